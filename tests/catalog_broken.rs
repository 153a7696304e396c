//! What a catalog author reads when something is wrong: one folder for each mistake, with the
//! exact messages.

#![allow(clippy::unwrap_used)] // a panic in a test is a result

use std::fs;
use std::path::{Path, PathBuf};

use astride::catalog::source::SourceFile;
use astride::catalog::{Catalog, MAX_FILE_BYTES, check_user};
use pretty_assertions::assert_eq;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/catalog/broken")
}

/// The files of a folder in the order of their names.
fn files(folder: &Path) -> Vec<SourceFile> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            SourceFile::user(name, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// The folder, and what `astride catalog check` says about it.
const TABLE: &[(&str, &[&str])] = &[
    (
        "addition-to-nothing",
        &["more.ron:1:22: docker-hos: there is no component docker-hos; did you mean docker-host?"],
    ),
    (
        "bracket-too-many",
        &["words.ron:5:1: this ) closes nothing; take it away, or add what it should close"],
    ),
    (
        "broken-file-blames-no-other",
        &[
            r#"runner.ron:5:12: pipeline › runner: the text that starts here has no closing quote; add " at its end"#,
        ],
    ),
    (
        "columns-are-characters",
        &["words.ron:3:42: our-store: a term has no field defintion; did you mean definition?"],
    ),
    (
        "comment-without-end",
        &["words.ron:3:5: the comment that starts here has no end; add */ after it"],
    ),
    (
        "component-of-another-system",
        &[
            "system.ron:5:28: pipeline: the component etcd belongs to kubernetes; take it from this list",
        ],
    ),
    (
        "component-of-no-system",
        &[
            "runner.ron:3:13: pipeline › runner: there is no system pipeline; add it, or correct the id",
        ],
    ),
    (
        "dangling-attacker-component",
        &["attacker.ron:9:22: our-attacker: there is no component kublet; did you mean kubelet?"],
    ),
    (
        "dangling-component",
        &["brief.ron:5:18: our-brief: there is no component dockerhost; did you mean docker-host?"],
    ),
    (
        "dangling-control",
        &[
            "runner.ron:62:24: pipeline › runner › runner-threat-s: there is no control daemon-icc-of; did you mean daemon-icc-off?",
        ],
    ),
    (
        "dangling-element",
        &[
            "system.ron:12:53: pipeline › runner-to-store: there is no element stores; did you mean store?",
        ],
    ),
    (
        "dangling-reference",
        &[
            "runner.ron:61:26: pipeline › runner › runner-threat-s: there is no reference T9999; add it, or correct the id",
        ],
    ),
    (
        "dangling-sample-threat",
        &[
            "runner.ron:49:64: pipeline › runner: there is no threat runner-threat-x; did you mean runner-threat-d?",
        ],
    ),
    (
        "dangling-surface",
        &[
            "runner.ron:53:22: pipeline › runner › runner-threat-s: there is no attack surface in runner called job; did you mean jobs?",
        ],
    ),
    (
        "dangling-system",
        &["brief.ron:6:36: our-brief: there is no system doker; did you mean docker?"],
    ),
    (
        "dangling-term-surface",
        &[
            "words.ron:3:77: our-store: there is no attack surface shared-kernal; did you mean shared-kernel?",
        ],
    ),
    (
        "dangling-zone",
        &["system.ron:8:61: pipeline › runner: there is no trust zone insid; did you mean inside?"],
    ),
    (
        "deep-nesting",
        &[r#"words.ron:2:52: our-runner: definition takes text in quotes, such as "…""#],
    ),
    (
        "duplicate-id",
        &[
            "runner.ron:121:17: pipeline › runner › runner-threat-s: the threat id runner-threat-s stands twice, first in line 51; ids are unique, so choose another",
        ],
    ),
    (
        "duplicate-id-in-a-diagram",
        &["system.ron:9:14: pipeline › runner: an element runner stands here already; keep one"],
    ),
    (
        "duplicate-id-in-a-list",
        &[
            "words.ron:3:10: our-runner: the term id our-runner stands twice, first in line 2; ids are unique, so choose another",
        ],
    ),
    (
        "duplicate-id-over-files",
        &[
            "b.ron:2:10: our-runner: the term id our-runner stands twice, first in a.ron:2; ids are unique, so choose another",
            "b.ron:3:10: our-store: the term id our-store stands twice, first in a.ron:3; ids are unique, so choose another",
        ],
    ),
    (
        "empty-cell",
        &[
            "runner.ron:11:14: pipeline › runner: the cell repudiation has no prompt; add one for this category",
        ],
    ),
    (
        "empty-cell-of-threats",
        &[
            "runner.ron:49:14: pipeline › runner: the cell denial_of_service has no threat; add one for this category",
        ],
    ),
    ("empty-cells-of-a-draft", &[]),
    (
        "empty-file",
        &[
            "words.ron:1:1: the file holds nothing; begin it with one of system((…)), component((…)), addition((…)), controls([…]), attackers([…]), glossary([…]), references([…]), brief((…))",
        ],
    ),
    (
        "empty-text",
        &[
            "runner.ron:57:21: pipeline › runner › runner-threat-s: impact is empty; write something",
        ],
    ),
    (
        "field-twice",
        &[
            "runner.ron:16:35: pipeline › runner › runner-s1: the field hint stands twice in this prompt; keep one",
        ],
    ),
    (
        "id-of-another-component",
        &[
            "runner.ron:51:17: pipeline › runner › host-docker-sock-mounted: the threat host-docker-sock-mounted belongs to the component docker-host; override it there, or choose another id",
        ],
    ),
    (
        "malformed-id",
        &[
            r#"runner.ron:9:14: pipeline › runner: the id "Runner_Tokens" is not kebab-case: use lower-case letters and digits, with single hyphens between words, at most 64 characters, such as docker-host"#,
        ],
    ),
    (
        "malformed-reference-id",
        &[
            r#"runner.ron:61:35: pipeline › runner › runner-threat-s: the reference id "CWE 250" does not fit: use letters, digits, dots, colons and hyphens, at most 64 characters, such as T1611 or CWE-250"#,
        ],
    ),
    (
        "missing-bracket-at-the-end",
        &["runner.ron:136:1: the ( of line 1, column 10 is not closed; add ) where it should end"],
    ),
    (
        "missing-bracket-of-a-list",
        &[
            "runner.ron:10:5: pipeline › runner: the [ of line 7, column 15 is not closed; add ] before prompts",
        ],
    ),
    (
        "missing-bracket-of-an-entry",
        &[
            "runner.ron:9:9: pipeline › runner › jobs: the ( of line 8, column 9 is not closed; add ) before (",
        ],
    ),
    (
        "missing-bracket-of-the-last-entry",
        &[
            "runner.ron:10:5: pipeline › runner: the ( of line 9, column 9 is not closed; add ) before ]",
        ],
    ),
    (
        "missing-colon",
        &[
            "runner.ron:16:17: pipeline › runner › runner-s1: a colon and a value are missing after hint; write hint: …",
        ],
    ),
    (
        "missing-comma",
        &[
            "runner.ron:15:13: pipeline › runner › runner-s1: a comma is missing before this; add one",
        ],
    ),
    (
        "missing-field",
        &[
            r#"runner.ron:50:9: pipeline › runner › runner-threat-s: this threat lacks the field impact; add impact: "…""#,
        ],
    ),
    (
        "missing-quote",
        &[
            r#"runner.ron:16:19: pipeline › runner › runner-s1: the text that starts here has no closing quote; add " at its end"#,
        ],
    ),
    (
        "missing-quote-at-the-end",
        &[
            r#"runner.ron:132:24: pipeline › runner › runner-threat-e: the text that starts here has no closing quote; add " at its end"#,
        ],
    ),
    (
        "missing-value",
        &[
            r#"runner.ron:16:18: pipeline › runner › runner-s1: the field hint has no value; write hint: "…""#,
        ],
    ),
    (
        "misspelt-category",
        &[
            "runner.ron:26:23: pipeline › runner › runner-r1: there is no category repudation; did you mean repudiation?",
        ],
    ),
    (
        "misspelt-kind-of-file",
        &["words.ron:1:1: there is no kind of file glosary; did you mean glossary?"],
    ),
    (
        "misspelt-level",
        &["control.ron:7:16: our-control: there is no level on; did you mean one?"],
    ),
    (
        "misspelt-requirement",
        &["brief.ron:6:20: our-brief: there is no requirement threat; did you mean threats?"],
    ),
    (
        "mitigation-without-verification",
        &[
            "runner.ron:59:49: pipeline › runner › runner-threat-s: verify is empty; write something",
        ],
    ),
    (
        "negative-number",
        &["brief.ron:6:56: our-brief: at_least takes a whole number, such as 5"],
    ),
    (
        "no-mitigation",
        &[
            "runner.ron:58:26: pipeline › runner › runner-threat-s: the threat has no mitigation; add at least one",
        ],
    ),
    (
        "not-a-catalog-file",
        &[
            "words.ron:1:1: a catalog file begins with what it holds, such as component((…)) or controls([…])",
        ],
    ),
    (
        "not-a-pair",
        &[
            r#"control.ron:11:19: our-control: this is not a pair; write the edition and the number: ("cis-docker-1.6.0", "5.11")"#,
        ],
    ),
    ("nothing-wrong", &[]),
    (
        "number-for-text",
        &[r#"runner.ron:13:17: pipeline › runner: id takes text in quotes, such as "…""#],
    ),
    (
        "one-bracket-for-two",
        &[
            "runner.ron:2:5: pipeline › runner: a second bracket is missing here; write component((…)) around the fields",
        ],
    ),
    (
        "over-long-short-name",
        &["runner.ron:5:12: pipeline › runner: the short name has 12 characters; shorten it to 11"],
    ),
    (
        "over-long-title",
        &[
            "runner.ron:68:20: pipeline › runner › runner-threat-t: the title has 74 characters; shorten it to 70",
        ],
    ),
    (
        "quoted-category",
        &[
            "runner.ron:26:23: pipeline › runner › runner-r1: category takes a word without quotes, such as spoofing",
        ],
    ),
    (
        "reference-without-a-name",
        &["references.ron:3:39: T9998: name is empty; write something"],
    ),
    (
        "same-title-twice",
        &[
            "runner.ron:68:20: pipeline › runner › runner-threat-t: another threat of this component has the same title; tell them apart",
        ],
    ),
    (
        "several-problems-in-order",
        &[
            "runner.ron:53:22: pipeline › runner › runner-threat-s: there is no attack surface in runner called job; did you mean jobs?",
            "runner.ron:67:22: pipeline › runner › runner-threat-t: there is no attack surface in runner called job; did you mean jobs?",
            "runner.ron:81:22: pipeline › runner › runner-threat-r: there is no attack surface in runner called job; did you mean jobs?",
        ],
    ),
    (
        "system-without-its-component",
        &[
            "system.ron:5:18: pipeline: there is no component runner; add it, or correct the id",
            "system.ron:8:82: pipeline › runner: there is no component runner; add it, or correct the id",
        ],
    ),
    (
        "text-for-a-list",
        &[
            "runner.ron:61:25: pipeline › runner › runner-threat-s: references takes a list in square brackets: […]",
        ],
    ),
    (
        "text-for-a-number",
        &["brief.ron:6:56: our-brief: at_least takes a whole number, such as 5"],
    ),
    (
        "two-samples-for-a-category",
        &[
            "runner.ron:49:79: pipeline › runner: there is a sample answer for spoofing already; keep one",
        ],
    ),
    (
        "two-things-in-a-file",
        &[
            "words.ron:6:1: a file holds one thing, and it ended before this; move the rest to a file of its own",
        ],
    ),
    (
        "unknown-category",
        &[
            "runner.ron:26:23: pipeline › runner › runner-r1: there is no category laziness; it is one of spoofing, tampering, repudiation, information_disclosure, denial_of_service, elevation_of_privilege",
        ],
    ),
    (
        "unknown-escape",
        &[
            r#"words.ron:2:55: our-runner: this escape is not known; write \\ for a backslash, \" for a quote, \n for a new line"#,
        ],
    ),
    (
        "unknown-extension",
        &[
            "words.ron:1:11: RON has no extension of this name; the first line may be #![enable(implicit_some)]",
        ],
    ),
    (
        "unknown-field",
        &[
            "runner.ron:55:13: pipeline › runner › runner-threat-s: a threat has no field what_goes_wrongs; did you mean what_goes_wrong?",
        ],
    ),
    (
        "unknown-field-after-a-missing-bracket",
        &[
            "runner.ron:60:13: pipeline › runner › runner-threat-s: a mitigation has no field references; its fields are what, verify, controls; or a closing bracket is missing before it",
        ],
    ),
    (
        "unknown-field-unlike-any",
        &[
            "runner.ron:57:43: pipeline › runner › runner-threat-s: a threat has no field severity; its fields are id, category, surface, title, what_goes_wrong, preconditions, impact, mitigations, references, controls, correction, unverified, rank",
        ],
    ),
    (
        "wrong-bracket",
        &["words.ron:4:1: the [ of line 1, column 10 is not closed; add ] before )"],
    ),
];

#[test]
fn every_mistake_is_told_with_its_place_and_what_to_do() {
    for (folder, expected) in TABLE {
        let told: Vec<String> = check_user(&files(&fixtures().join(folder)))
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(told, *expected, "{folder}");
    }
}

#[test]
fn every_folder_of_mistakes_is_in_the_table() {
    let mut folders: Vec<String> = fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    folders.sort();
    let listed: Vec<&str> = TABLE.iter().map(|(folder, _)| *folder).collect();
    assert_eq!(folders, listed);
}

#[test]
fn a_file_of_more_than_two_mebibytes_is_not_read() {
    let text = format!("// {}\nglossary([])\n", "x".repeat(MAX_FILE_BYTES));
    let told = check_user(&[SourceFile::user("big.ron", text)]);
    assert_eq!(
        told[0].to_string(),
        "big.ron:1:1: the file is larger than 2 MiB, so it was not read; split it"
    );
    assert_eq!(told.len(), 1);
}

#[test]
fn more_than_two_thousand_files_are_refused_at_the_first_one_too_many() {
    let mut files: Vec<SourceFile> = (0..2_001)
        .map(|number| SourceFile::user(format!("{number}.ron"), "glossary([])"))
        .collect();
    let told = check_user(&files);
    assert_eq!(
        told.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "2000.ron:1:1: there are more than 2000 catalog files; this one and those after it were \
             not read"
        ]
    );
    files.pop();
    assert_eq!(check_user(&files), []);
}

#[test]
fn a_program_that_starts_refuses_what_it_cannot_read_and_takes_what_is_only_unfinished() {
    for (folder, starts) in [
        ("missing-comma", false),
        ("duplicate-id", false),
        ("component-of-no-system", false),
        ("addition-to-nothing", false),
        ("empty-cell", true),
        ("dangling-control", true),
        ("over-long-title", true),
    ] {
        let loaded = Catalog::load_with(files(&fixtures().join(folder)));
        assert_eq!(loaded.is_ok(), starts, "{folder}");
    }
}
