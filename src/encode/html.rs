//! Text inside an HTML document: nothing in it is markup, nothing hides, and a browser shows exactly what
//! was typed.

use super::Foreign;
use super::line::{one_line, paragraphs};

/// A text on one line, for the inside of an element or an attribute in double quotes.
pub fn html_inline<'a>(text: impl Into<Foreign<'a>>) -> String {
    escaped(&one_line(text.into().raw()))
}

/// The paragraphs of a text as elements that keep lines and indentation (`white-space: pre-wrap` for the
/// class `said`).
pub fn html_block<'a>(text: impl Into<Foreign<'a>>) -> String {
    let paragraphs = paragraphs(text.into().raw()).into_iter();
    let elements =
        paragraphs.map(|lines| format!("<p class=\"said\">{}</p>\n", escaped(&lines.join("\n"))));
    elements.collect()
}

/// A text with every line as it is, for the inside of `pre`.
pub fn html_code<'a>(text: impl Into<Foreign<'a>>) -> String {
    let paragraphs: Vec<String> = paragraphs(text.into().raw())
        .into_iter()
        .map(|lines| lines.join("\n"))
        .collect();
    escaped(&paragraphs.join("\n\n"))
}

/// The five characters that mean something in HTML as character references.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::hidden::is_hidden;
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
