//! A line of the coverage matrix: a name, a sign for each category, a count. It never wraps: with
//! less room the name gets shorter, then the signs move together, then the count goes.

use crate::tui::text::wrap;

/// A line of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixLine {
    /// Its name.
    pub name: String,
    /// The same where there is little room, at most 11 columns.
    pub short: String,
    /// One sign for each category.
    pub signs: [char; 6],
    /// What stands at the end.
    pub count: String,
}

/// The columns of a name, and of a short one.
const NAME: usize = 26;
const SHORT: usize = 11;

/// The columns that each layout takes.
const WIDE: usize = NAME + 3 * 6 + 6;
const NARROW: usize = SHORT + 2 * 6 + 5;

impl MatrixLine {
    /// The line in so many columns.
    pub fn text(&self, columns: usize) -> String {
        let (name, gap, count) = match columns {
            WIDE.. => (
                padded(&self.name, NAME),
                "  ",
                format!(" {:>4}", self.count),
            ),
            NARROW.. => (
                padded(&self.short, SHORT),
                " ",
                format!(" {:>4}", self.count),
            ),
            _ => (padded(&self.short, SHORT), "", String::new()),
        };
        let mut signs = String::new();
        for sign in self.signs {
            signs.push(sign);
            signs.push_str(gap);
        }
        let line = format!("{name} {signs}{count}");
        wrap::fitted(line.trim_end(), columns)
    }
}

fn padded(name: &str, columns: usize) -> String {
    let name = wrap::fitted(name, columns);
    let blanks = columns.saturating_sub(wrap::width(&name));
    format!("{name}{}", " ".repeat(blanks))
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;

    use super::*;

    #[test]
    fn it_gets_shorter_before_it_would_wrap() {
        let line = MatrixLine {
            name: "kube-controller-manager".into(),
            short: "controller".to_owned(),
            signs: ['●', '–', '○', '·', '·', '·'],
            count: "3".to_owned(),
        };
        for (columns, expected) in [
            (60, "kube-controller-manager    ●  –  ○  ·  ·  ·      3"),
            (34, "controller  ● – ○ · · ·     3"),
            (18, "controller  ●–○···"),
            (10, "controlle…"),
        ] {
            assert_eq!(line.text(columns), expected);
        }
        for columns in 0..120 {
            assert!(wrap::width(&line.text(columns)) <= columns, "{columns}");
        }
    }
}
