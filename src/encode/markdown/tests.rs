use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::super::line::paragraphs;
use super::*;

/// Everything that a renderer might have switched on.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
}

/// The visible text, and everything else that the parser found.
fn parsed(markdown: &str) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut structure = Vec::new();
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Text(piece) => text.push_str(&piece),
            Event::HardBreak => text.push('\n'),
            Event::End(TagEnd::Paragraph) => text.push_str("\n\n"),
            Event::End(_) | Event::Start(Tag::Paragraph) => {}
            other => structure.push(format!("{other:?}")),
        }
    }
    (text, structure)
}

/// Pieces that mean something to Markdown, and what stands between them.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "__",
        "`",
        "```",
        "~",
        "~~",
        "~~~",
        "#",
        "##",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "<",
        ">",
        "</",
        "<!--",
        "-->",
        "<script>",
        "<?",
        "&",
        "&lt;",
        "&#60;",
        "\\",
        "|",
        "---",
        "-",
        "+",
        "=",
        "===",
        ":-",
        ":",
        "1.",
        "1)",
        "2.",
        "[^1]:",
        "[a]: b",
        "[x]",
        "- [ ] ",
        "https://a.b",
        "www.a.b",
        "a@b.c",
        "mailto:a@b.c",
        "ftp://a",
        "$",
        "$$",
        "@",
        ".",
        "!",
        "{",
        "}",
        "\"",
        "'",
        "%",
        "^",
        "a",
        "b c",
        "word",
        "é",
        "中",
        "0",
        " ",
        "  ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\u{a0}",
        "\u{1b}",
        "\u{202e}",
        "\u{200b}",
        "\u{2028}",
        "\u{85}",
        "\u{c}",
        "👩‍💻",
        "\u{feff}",
    ]);
    prop_oneof![
        3 => prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        1 => "[ -~\n]{0,40}",
    ]
}

fn expected_block(text: &str) -> String {
    let lines = paragraphs(text).into_iter().map(|lines| lines.join("\n"));
    lines.map(|paragraph| paragraph + "\n\n").collect()
}

#[test]
fn ordinary_sentences_stay_as_they_are() {
    for text in [
        "The daemon's socket (2376) isn't protected; who could use it? Anyone, in fact!",
        "Set \"icc\": false, no-new-privileges and user_namespaces in /etc/docker/daemon.json.",
        "100% of pods run as root - by default = bad; a < b > c & d; ~/.docker + {x} ^ 5 | 6",
        "Issue #12, C#, 5.10 and v1.2, -v /:/host, unix:///var/run/docker.sock, img@sha256:0a1",
        "C:\\Users\\bo",
    ] {
        assert_eq!(markdown_inline(text), text);
        assert_eq!(markdown_block(text), text);
        assert_eq!(markdown_heading(&format!("{text} x")), format!("{text} x"));
    }
}

#[test]
fn what_could_act_gets_a_backslash_where_it_could_act() {
    for (text, expected) in [
        ("*a* _b_ `c` [d](e)", r"\*a\* \_b\_ \`c\` \[d](e)"),
        ("<b>x</b> &lt; ![i](j)", r"\<b>x\</b> \&lt; !\[i](j)"),
        ("- a", r"\- a"),
        ("1. a", r"1\. a"),
        ("# a", r"\# a"),
        ("> a", r"\> a"),
        ("---", r"\---"),
        (
            "https://a.b www.a.b bo@a.b",
            r"https\://a.b www\.a.b bo\@a.b",
        ),
        (r"\* \d", r"\\\* \d"),
        ("~~a~~ $x$", r"\~\~a\~\~ \$x\$"),
    ] {
        assert_eq!(markdown_inline(text), expected);
    }
}

#[test]
fn an_answer_keeps_its_paragraphs_and_lines() {
    assert_eq!(
        markdown_block("First:\n- one\n  two\n\nSecond\n====\n"),
        "First:\\\n\\- one\\\n&#32; two\n\nSecond\\\n\\===="
    );
}

#[test]
fn a_heading_does_not_end_in_what_linters_forbid() {
    assert_eq!(markdown_heading("It burns!"), "It burns&#33;");
    assert_eq!(markdown_heading("Written in C#"), r"Written in C\#");
    assert_eq!(markdown_heading("a #"), r"a \#");
    assert_eq!(markdown_heading("Why?"), "Why?");
}

#[test]
fn a_cell_has_no_pipes_and_no_breaks() {
    assert_eq!(markdown_cell("a|b\n\nc\\|d"), r"a\|b c\\\|d");
}

#[test]
fn a_fence_is_longer_than_what_is_inside() {
    assert_eq!(code_fence("a\n\tb\n", "sh"), "```sh\na\n    b\n```");
    assert_eq!(code_fence("````", "json"), "`````json\n````\n`````");
    assert_eq!(code_fence("", "a b`"), "```text\n```");
}

#[test]
fn a_tilde_behind_the_spaces_of_a_line_closes_nothing() {
    let text = "~\n ~#";
    let (found, structure) = parsed(&markdown_block(text));
    assert_eq!(found.trim_end(), text);
    assert_eq!(structure, Vec::<String>::new());
}

#[test]
fn long_runs_take_no_long_time() {
    for sign in [
        "#", "_", "&a", "a@", "*", "~", "`", "\\", "1", "-", "www.", "\n", " ",
    ] {
        let text = sign.repeat(256 * 1024 / sign.len());
        markdown_block(&text);
        markdown_heading(&text);
        markdown_cell(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn inline_text_comes_back_exactly(text in hostile()) {
        let expected = one_line(&text);
        let encoded = markdown_inline(&text);
        let (found, structure) = parsed(&encoded);
        prop_assert_eq!(found.trim_end_matches('\n'), &expected, "{}", encoded);
        prop_assert_eq!(structure, Vec::<String>::new(), "{}", encoded);
    }

    #[test]
    fn inline_text_stands_in_lists_and_behind_labels(text in hostile()) {
        let expected = one_line(&text);
        let item = format!("- {}\n", markdown_inline(&text));
        let (found, structure) = parsed(&item);
        prop_assert_eq!(found.trim_end_matches('\n'), &expected, "{}", item);
        prop_assert_eq!(structure, ["Start(List(None))", "Start(Item)"], "{}", item);
        let label_and_text = format!("Label: {expected}");
        let labelled = format!("**Label:** {}\n", markdown_inline(&text));
        let (found, structure) = parsed(&labelled);
        prop_assert_eq!(
            found.trim_end(), label_and_text.trim_end(), "{}", labelled
        );
        prop_assert_eq!(structure, ["Start(Strong)"], "{}", labelled);
    }

    #[test]
    fn a_heading_comes_back_exactly(text in hostile()) {
        let encoded = format!("### 1. {}\n", markdown_heading(&text));
        let (found, structure) = parsed(&encoded);
        let expected = format!("1. {}", one_line(&text));
        prop_assert_eq!(&found, expected.trim_end(), "{}", encoded);
        prop_assert_eq!(structure.len(), 1, "{}", encoded);
    }

    #[test]
    fn an_answer_comes_back_exactly(text in hostile()) {
        let encoded = markdown_block(&text);
        let (found, structure) = parsed(&encoded);
        prop_assert_eq!(found, expected_block(&text), "{}", encoded);
        prop_assert_eq!(structure, Vec::<String>::new(), "{}", encoded);
    }

    #[test]
    fn a_cell_comes_back_exactly(left in hostile(), right in hostile()) {
        let encoded = format!(
            "| a | b |\n| --- | --- |\n| {} | {} |\n",
            markdown_cell(&left),
            markdown_cell(&right)
        );
        let mut cells = Vec::new();
        let mut structure = 0;
        for event in Parser::new_ext(&encoded, options()) {
            match event {
                Event::Start(Tag::TableCell) => cells.push(String::new()),
                Event::Text(piece) => cells.last_mut().expect("a text stands in a cell").push_str(&piece),
                Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow)
                | Event::End(_) => {}
                _ => structure += 1,
            }
        }
        prop_assert_eq!(structure, 0, "{}", encoded);
        prop_assert_eq!(&cells[2..], [one_line(&left), one_line(&right)], "{}", encoded);
    }

    #[test]
    fn code_comes_back_exactly(text in hostile()) {
        let encoded = code_fence(&text, "json");
        let mut found = String::new();
        for event in Parser::new_ext(&encoded, options()) {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    prop_assert_eq!(&*language, "json");
                }
                Event::Text(piece) => found.push_str(&piece),
                Event::End(TagEnd::CodeBlock) => {}
                other => prop_assert!(false, "{other:?} in {encoded}"),
            }
        }
        let lines = with_marks(&text).replace("\r\n", "\n").replace('\r', "\n");
        let expected = lines.replace('\t', "    ");
        prop_assert_eq!(found.trim_end_matches('\n'), expected.trim_end_matches('\n'));
    }
}
