//! Where things stand in a RON text: records, fields, lists and values with their places.
//!
//! serde gives no places for values, and a parser that stops at its first error cannot say which
//! bracket was meant. This outline does both, for broken text too: it takes what it finds and notes
//! the first thing that does not fit. It knows no types and converts no values.

use super::fault::Fault;
use super::scanner::{Scanner, Token, TokenKind};

/// How deep records and lists may nest. Catalogs need 9.
pub const MAX_DEPTH: usize = 32;

/// The outline of one text.
#[derive(Debug)]
pub struct Outline {
    /// The value that the text is, if it holds one.
    pub root: Option<Node>,
    /// The first thing that does not fit.
    pub fault: Option<Fault>,
}

/// A value and where it stands.
#[derive(Debug)]
pub struct Node {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The word before the bracket, such as `component`.
    pub tag: Option<String>,
    /// What it is.
    pub shape: Shape,
}

/// What a value is.
#[derive(Debug)]
pub enum Shape {
    /// `(name: value, …)`
    Record(Vec<Field>),
    /// `[…]`, or `(…)` without names.
    List(Vec<Node>),
    /// Text in quotes, as it is written.
    Text(String),
    /// A word, a number or anything else.
    Other,
}

/// A field of a record.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Where the name starts.
    pub start: usize,
    /// Its value.
    pub value: Node,
}

impl Outline {
    /// Reads the outline of a text, whatever is wrong with it.
    pub fn of(text: &str) -> Self {
        let mut reader = Reader::new(text);
        let root = reader.value(0);
        if let (Some(_), Some(token)) = (&root, reader.peek()) {
            let fault = match token.kind {
                TokenKind::Close(bracket) => Fault::NotOpened {
                    bracket,
                    at: token.start,
                },
                _ => Fault::Trailing { at: token.start },
            };
            reader.note(fault);
        }
        Self {
            root,
            fault: reader.fault,
        }
    }

    /// The values that hold the byte, from the outermost to the innermost.
    pub fn around(&self, at: usize) -> Vec<&Node> {
        let mut chain = Vec::new();
        let mut next = self.root.as_ref();
        while let Some(node) = next {
            chain.push(node);
            next = node
                .children()
                .find(|child| child.start <= at && at < child.end);
        }
        chain
    }
}

impl Node {
    /// The value of a field. A tag around one value, as in `component((…))`, is seen through.
    pub fn field(&self, name: &str) -> Option<&Self> {
        match &self.inner().shape {
            Shape::Record(fields) => fields
                .iter()
                .find(|field| field.name == name)
                .map(|field| &field.value),
            _ => None,
        }
    }

    /// The item with this number, from 0. A tag around one list is seen through.
    pub fn item(&self, index: usize) -> Option<&Self> {
        match &self.inner().shape {
            Shape::List(items) => items.get(index),
            _ => None,
        }
    }

    fn inner(&self) -> &Self {
        match &self.shape {
            Shape::List(items) if self.tag.is_some() && items.len() == 1 => &items[0],
            _ => self,
        }
    }

    /// The values directly inside.
    pub fn children(&self) -> Box<dyn Iterator<Item = &Self> + '_> {
        match &self.shape {
            Shape::Record(fields) => Box::new(fields.iter().map(|field| &field.value)),
            Shape::List(items) => Box::new(items.iter()),
            Shape::Text(_) | Shape::Other => Box::new(std::iter::empty()),
        }
    }

    /// The text of a field, as it is written.
    pub fn text(&self, field: &str) -> Option<&str> {
        match &self.field(field)?.shape {
            Shape::Text(text) => Some(text),
            _ => None,
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    tokens: std::iter::Peekable<Scanner<'a>>,
    fault: Option<Fault>,
    /// The end of the last token taken.
    end: usize,
    /// The last token taken, if it was text over more than one line.
    long_text: Option<usize>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            tokens: Scanner::new(text).peekable(),
            fault: None,
            end: 0,
            long_text: None,
        }
    }

    fn peek(&mut self) -> Option<Token> {
        self.tokens.peek().copied()
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.next()?;
        self.end = token.end;
        self.long_text = match token.kind {
            TokenKind::Text { from, to } if self.text[from..to].contains('\n') => Some(token.start),
            _ => None,
        };
        match token.kind {
            TokenKind::OpenText => self.note(Fault::TextNotClosed {
                opened: token.start,
            }),
            TokenKind::OpenComment => self.note(Fault::CommentNotClosed {
                opened: token.start,
            }),
            _ => {}
        }
        Some(token)
    }

    /// Only the first fault counts: what follows from it would mislead.
    fn note(&mut self, fault: Fault) {
        if self.fault.is_none() {
            // A missing quote makes the text run on to the next quote, where nothing fits any more.
            self.fault = Some(match (fault, self.long_text) {
                (Fault::NoComma { .. }, Some(opened)) => Fault::TextNotClosed { opened },
                (fault, _) => fault,
            });
        }
    }

    fn is_next(&mut self, kind: TokenKind) -> bool {
        self.peek().is_some_and(|token| token.kind == kind)
    }

    /// A value, or nothing where none can start.
    fn value(&mut self, depth: usize) -> Option<Node> {
        let token = self.peek()?;
        match token.kind {
            TokenKind::Close(_) | TokenKind::Comma | TokenKind::Colon => None,
            TokenKind::Open(_) => Some(self.bracket(None, token.start, depth)),
            TokenKind::Word => {
                self.take();
                let word = self.text[token.start..token.end].to_owned();
                if self.is_next(TokenKind::Open('(')) {
                    return Some(self.bracket(Some(word), token.start, depth));
                }
                Some(node(token.start, token.end, Shape::Other))
            }
            TokenKind::Text { from, to } => {
                self.take();
                let text = self.text[from..to].to_owned();
                Some(node(token.start, token.end, Shape::Text(text)))
            }
            TokenKind::OpenText | TokenKind::OpenComment | TokenKind::Other => {
                self.take();
                Some(node(token.start, token.end, Shape::Other))
            }
        }
    }

    /// What stands in brackets, from the opening one to the closing one or to where it is missed.
    fn bracket(&mut self, tag: Option<String>, start: usize, depth: usize) -> Node {
        let Some(Token {
            kind: TokenKind::Open(open),
            start: opened,
            ..
        }) = self.take()
        else {
            return node(start, self.end, Shape::Other);
        };
        if depth >= MAX_DEPTH {
            self.note(Fault::TooDeep { at: opened });
            // Nothing further is of use, and going on could overflow the stack.
            while self.take().is_some() {}
            return node(start, self.end, Shape::Other);
        }
        let mut inside = Inside {
            open,
            opened,
            fields: Vec::new(),
            items: Vec::new(),
        };
        self.inside(&mut inside, depth);
        let shape = if inside.fields.is_empty() {
            Shape::List(inside.items)
        } else {
            Shape::Record(inside.fields)
        };
        Node {
            start,
            end: self.end,
            tag,
            shape,
        }
    }

    fn inside(&mut self, inside: &mut Inside, depth: usize) {
        loop {
            let Some(token) = self.peek() else {
                self.missed(inside, self.text.len(), None);
                return;
            };
            match token.kind {
                TokenKind::Close(bracket) if bracket == closing(inside.open) => {
                    self.take();
                    return;
                }
                TokenKind::Close(bracket) => {
                    self.missed(inside, token.start, Some(bracket.to_string()));
                    return;
                }
                TokenKind::Comma | TokenKind::Colon => {
                    self.take();
                    continue;
                }
                _ => {}
            }
            let Some(value) = self.value(depth + 1) else {
                continue;
            };
            if self.is_next(TokenKind::Colon) && inside.open != '{' && value.tag.is_none() {
                let name = self.text[value.start..value.end].to_owned();
                if inside.open == '[' {
                    // A field cannot stand in a list, so the list was meant to end before it.
                    self.missed(inside, value.start, Some(name));
                    return;
                }
                self.take();
                self.field(inside, name, value.start, depth);
            } else if inside.open == '(' && !inside.fields.is_empty() {
                self.stray(inside, &value);
                if self.fault.is_some() && matches!(value.shape, Shape::Record(_)) {
                    return;
                }
            } else {
                inside.items.push(value);
            }
            self.comma(inside);
        }
    }

    /// The value of a field whose name and colon were taken.
    fn field(&mut self, inside: &mut Inside, name: String, start: usize, depth: usize) {
        let value = self.value(depth + 1).unwrap_or_else(|| {
            self.note(Fault::NoValue {
                field: name.clone(),
                at: self.end,
            });
            node(self.end, self.end, Shape::Other)
        });
        inside.fields.push(Field { name, start, value });
    }

    /// Something without a name among fields with names.
    fn stray(&mut self, inside: &Inside, value: &Node) {
        let fault = match value.shape {
            // `(id: "a", (id: "b"`: the next entry starts before the last one ended.
            Shape::Record(_) | Shape::List(_) if value.tag.is_none() => Fault::NotClosed {
                bracket: inside.open,
                opened: inside.opened,
                noticed: value.start,
                found: Some("(".to_owned()),
            },
            Shape::Other => Fault::NoColon {
                field: self.text[value.start..value.end].to_owned(),
                at: value.end,
            },
            _ => Fault::NoComma { at: value.start },
        };
        self.note(fault);
    }

    /// A comma has to follow unless the bracket closes.
    fn comma(&mut self, inside: &Inside) {
        match self.peek().map(|token| (token.kind, token.start)) {
            Some((TokenKind::Comma, _)) => {
                self.take();
            }
            None | Some((TokenKind::Close(_), _)) => {}
            // In a map a colon stands between key and value.
            Some((TokenKind::Colon, _)) if inside.open == '{' => {
                self.take();
            }
            Some((_, at)) => self.note(Fault::NoComma { at }),
        }
    }

    fn missed(&mut self, inside: &Inside, noticed: usize, found: Option<String>) {
        self.note(Fault::NotClosed {
            bracket: inside.open,
            opened: inside.opened,
            noticed,
            found,
        });
    }
}

/// What was found between two brackets so far.
struct Inside {
    open: char,
    opened: usize,
    fields: Vec<Field>,
    items: Vec<Node>,
}

/// The bracket that closes another.
pub const fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

const fn node(start: usize, end: usize, shape: Shape) -> Node {
    Node {
        start,
        end,
        tag: None,
        shape,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Fault {
        Outline::of(text).fault.unwrap()
    }

    /// The text from the place where the author should look.
    fn place<'a>(text: &'a str, fault: &Fault) -> &'a str {
        &text[fault.at()..]
    }

    #[test]
    fn values_are_found_by_their_way_from_the_top() {
        let text = r#"component((id: "a", threats: [(id: "b"), (id: "c", pairs: [("x", "y")])]))"#;
        let outline = Outline::of(text);
        assert_eq!(outline.fault, None);
        let root = outline.root.unwrap();
        assert_eq!(root.tag.as_deref(), Some("component"));
        assert_eq!(root.text("id"), Some("a"));
        let second = root.field("threats").unwrap().item(1).unwrap();
        assert_eq!(second.text("id"), Some("c"));
        let pair = second.field("pairs").unwrap().item(0).unwrap();
        assert_eq!(&text[pair.item(1).unwrap().start..][..3], r#""y""#);
    }

    #[test]
    fn a_list_at_the_top_is_seen_through_its_tag() {
        let outline = Outline::of(r#"glossary([(id: "a"), (id: "b")])"#);
        let root = outline.root.unwrap();
        assert_eq!(root.item(1).unwrap().text("id"), Some("b"));
        assert!(root.item(2).is_none());
    }

    #[test]
    fn the_entries_around_a_place_come_from_the_outermost() {
        let text = r#"brief((id: "a", requirements: [threats(system: "b")]))"#;
        let outline = Outline::of(text);
        let around = outline.around(text.find("\"b\"").unwrap());
        let tags: Vec<_> = around.iter().filter_map(|one| one.tag.as_deref()).collect();
        assert_eq!(tags, ["brief", "threats"]);
    }

    #[test]
    fn the_bracket_that_was_left_out_is_named_and_not_one_after_it() {
        for (text, bracket, noticed) in [
            ("a((b: [(c: 1), d: 2))", '[', "d: 2))"),
            ("a((b: [(c: 1, (c: 2)]))", '(', "(c: 2)]))"),
            ("a((b: [(c: 1]))", '(', "]))"),
            ("a((b: 1)", '(', ""),
            ("a([1, 2)", '[', ")"),
        ] {
            let fault = fault(text);
            assert_eq!(place(text, &fault), noticed, "{text}");
            assert!(
                matches!(fault, Fault::NotClosed { bracket: one, .. } if one == bracket),
                "{text}: {fault:?}"
            );
        }
    }

    #[test]
    fn a_quote_that_was_left_out_is_looked_for_where_the_text_began() {
        let text = "a((b: \"one,\n c: \"two\"))";
        let fault = fault(text);
        assert!(matches!(fault, Fault::TextNotClosed { .. }), "{fault:?}");
        assert!(place(text, &fault).starts_with("\"one"));
    }

    #[test]
    fn nesting_beyond_the_limit_ends_the_reading() {
        let text = "[".repeat(MAX_DEPTH + 10_000);
        assert_eq!(fault(&text), Fault::TooDeep { at: MAX_DEPTH });
    }
}
