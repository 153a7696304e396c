//! A session that a program of tomorrow saved: shown as far as it is understood, never written.

use std::fs;

use super::sandbox::Sandbox;

/// The session in which every field holds something, with fields that nobody knows yet.
fn of_tomorrow(sandbox: &Sandbox) -> String {
    let text = include_str!("everything.ron")
        .replace("    format: 1,\n", "    format: 2,\n    mood: \"calm\",\n")
        .replace(
            "            what_goes_wrong:",
            "            withdrawn: false,\n            what_goes_wrong:",
        );
    let path = sandbox.write("tomorrow.ron", text);
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_session_of_tomorrow_is_read_and_never_written() {
    let sandbox = Sandbox::new();
    let (path, today) = (of_tomorrow(&sandbox), sandbox.everything());
    let before = fs::read(&path).unwrap();
    let words = "Reading only: a newer Astride saved this session (format 2, this one writes 1). \
                 Not shown here: mood, withdrawn of threats. Its file stays as it is.\n";
    for command in [
        &["show"][..],
        &["check"],
        &["export", "--form", "full"],
        &["export", "--form", "json"],
    ] {
        let with = |path: &str| {
            let mut arguments = command.to_vec();
            arguments.push(path);
            sandbox.run(&arguments)
        };
        let (ran, same) = (with(&path), with(&today));
        assert!(ran.stderr.starts_with(words), "{}", ran.stderr);
        assert_eq!((ran.code, ran.stdout), (same.code, same.stdout));
    }
    let report = sandbox.write("report.txt", include_str!("before.log"));
    for refused in [
        &["attach", &path, report.to_str().unwrap()][..],
        &["merge", "together", &path, &today],
    ] {
        let said = sandbox.refused(refused);
        assert!(said.contains("was saved by a newer Astride"), "{said}");
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}
