//! A text as a cell of a CSV table that no spreadsheet takes for a formula.

use super::hidden::with_marks;

/// The text in double quotes, lines kept, a tab four spaces, everything hidden a mark. Where a spreadsheet could take the
/// cell for a formula, an apostrophe stands before it, which spreadsheets read as 'this is text'.
pub fn csv_cell(text: &str) -> String {
    let marked = with_marks(text);
    let mut out = String::with_capacity(marked.len() + 3);
    out.push('"');
    if opens_formula(&marked) {
        out.push('\'');
    }
    let mut rest = &*marked;
    while let Some(at) = rest.find(['\r', '\t', '"']) {
        let (before, sign) = rest.split_at(at);
        out.push_str(before);
        let (written, length) = match sign.as_bytes() {
            [b'\t', ..] => ("    ", 1),
            [b'"', ..] => ("\"\"", 1),
            [_, b'\n', ..] => ("\n", 2),
            _ => ("\n", 1),
        };
        out.push_str(written);
        rest = &sign[length..];
    }
    out.push_str(rest);
    out.push('"');
    out
}

/// Whether a spreadsheet may calculate it: some look behind white space, some know wide forms.
fn opens_formula(text: &str) -> bool {
    let blank = text.starts_with(['\n', '\r']);
    blank
        || text
            .trim_start()
            .starts_with(['=', '+', '-', '@', '|', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quotes_are_doubled_and_lines_kept() {
        assert_eq!(csv_cell("a \"b\",\r\nc\u{1b}"), "\"a \"\"b\"\",\nc‹ESC›\"");
        assert_eq!(csv_cell(""), "\"\"");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1", "|x"] {
            assert!(csv_cell(text).starts_with("\"'"), "{text:?}");
        }
        assert_eq!(csv_cell("1 = 1"), "\"1 = 1\"");
    }

    proptest! {
        #[test]
        fn a_reader_gets_the_text_back(text in "[^\\p{C}]{0,40}") {
            let row = format!("{},x\r\n", csv_cell(&text));
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(row.as_bytes());
            let record = reader.records().next().unwrap().unwrap();
            prop_assert_eq!(record.len(), 2);
            let marked = with_marks(&text);
            prop_assert_eq!(record[0].trim_start_matches('\''), marked.trim_start_matches('\''));
            prop_assert!(!opens_formula(&record[0]));
        }
    }
}
