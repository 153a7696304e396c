//! Text inside an HTML document: nothing in it is markup, nothing hides, and a browser shows exactly what
//! was typed.

use std::borrow::Cow;

use super::line::{Begins, lines, one_line};

/// A text on one line, for the inside of an element or an attribute in double quotes.
pub fn html_inline(text: &str) -> Cow<'_, str> {
    match one_line(text) {
        Cow::Borrowed(line) => escaped(line),
        Cow::Owned(line) => Cow::Owned(escaped(&line).into_owned()),
    }
}

/// The paragraphs of a text as elements that keep lines and indentation (`white-space: pre-wrap` for the
/// class `said`).
pub fn html_block(text: &str) -> String {
    const BEFORE: &str = "<p class=\"said\">";
    const AFTER: &str = "</p>\n";
    let mut out = String::with_capacity(text.len() + text.len() / 16 + BEFORE.len() + AFTER.len());
    lines(text, |begins, line| {
        match begins {
            Begins::Text => out.push_str(BEFORE),
            Begins::Paragraph => {
                out.push_str(AFTER);
                out.push_str(BEFORE);
            }
            Begins::Nothing => out.push('\n'),
        }
        out.push_str(&escaped(line));
    });
    if !out.is_empty() {
        out.push_str(AFTER);
    }
    out
}

/// A text with every line as it is, for the inside of `pre`.
pub fn html_code(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    lines(text, |begins, line| {
        out.push_str(match begins {
            Begins::Text => "",
            Begins::Paragraph => "\n\n",
            Begins::Nothing => "\n",
        });
        out.push_str(&escaped(line));
    });
    out
}

/// The five characters that mean something in HTML as character references; the text itself where it
/// has none.
fn escaped(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let reference = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        if out.is_empty() {
            out.reserve(text.len() + text.len() / 16 + reference.len());
        }
        out.push_str(&text[copied..at]);
        out.push_str(reference);
        copied = at + 1;
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::hidden::is_hidden;
    use super::super::line::paragraphs;
    use super::*;

    /// What a browser makes of character references.
    fn shown(html: &str) -> String {
        html.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&")
    }

    #[test]
    fn markup_is_only_text() {
        assert_eq!(
            html_inline("<script>alert('x')</script>\n\"&lt;"),
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &quot;&amp;lt;"
        );
        assert_eq!(
            html_block("a\n  b\n\nc"),
            "<p class=\"said\">a\n  b</p>\n<p class=\"said\">c</p>\n"
        );
        assert_eq!(html_inline("\u{1b}[2J\u{202e}"), "‹ESC›[2J‹U+202E›");
    }

    proptest! {
        #[test]
        fn nothing_is_active_and_the_text_comes_back(text in any::<String>()) {
            let inline = html_inline(&text);
            prop_assert!(!inline.contains(['<', '>', '"', '\'', '\n']));
            let part_of_emoji = |c: char| matches!(c, '\u{200d}' | '\u{fe0f}');
            let hidden = inline.chars().find(|c| is_hidden(*c) && !part_of_emoji(*c));
            prop_assert_eq!(hidden, None);
            prop_assert_eq!(shown(&inline), one_line(&text));
            let code = html_code(&text);
            prop_assert!(!code.contains(['<', '>']));
            let lines: Vec<String> = paragraphs(&text).into_iter().map(|one| one.join("\n")).collect();
            prop_assert_eq!(shown(&code), lines.join("\n\n"));
            let block = html_block(&text);
            let bare = block.replace("<p class=\"said\">", "").replace("</p>\n", "\n\n");
            prop_assert!(!bare.contains(['<', '>']));
            prop_assert_eq!(shown(bare.trim_end_matches("\n\n")), lines.join("\n\n"));
        }

        #[test]
        fn references_in_a_text_stay_as_they_were_typed(text in "(&|&amp;|&lt;|#39;|;|<|x){0,12}") {
            prop_assert_eq!(shown(&html_inline(&text)), one_line(&text));
        }
    }
}
