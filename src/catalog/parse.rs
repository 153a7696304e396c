//! One RON file in, its content out, or what is wrong with it in words for a catalog author.
//!
//! The RON parser knows the types, the outline knows the brackets; the message comes from whichever
//! saw the mistake first. Whether the content makes sense is [`super::check`]'s.

use ron::error::{Error as RonError, SpannedError};
use ron::extensions::Extensions;

use super::fault::Fault;
use super::locate::{Locator, byte_at, line_and_column};
use super::outline::{MAX_DEPTH, Node, Shape, closing};
use super::scanner::{Scanner, Token, TokenKind};
use super::source::{Problem, SourceFile};
use super::suggest::nearest;
use super::types::CatalogFile;
use super::words::{entry, field_example, shown, value_of, with_article};

/// The longest catalog file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 2 * 1024 * 1024;

/// The content of one file, or where it cannot be understood.
pub fn parse(file: &SourceFile) -> Result<CatalogFile, Problem> {
    if file.text.len() > MAX_FILE_BYTES {
        return Err(Problem {
            file: file.path.clone(),
            line: 1,
            column: 1,
            path: String::new(),
            message: "the file is larger than 2 MiB, so it was not read; split it".to_owned(),
        });
    }
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(MAX_DEPTH)
        .from_str(text)
        .map_err(|error| explain(&Locator::new(file), &error))
}

fn explain(locator: &Locator<'_>, error: &SpannedError) -> Problem {
    let text = &*locator.file().text;
    let start = byte_at(text, error.span.start.line, error.span.start.col);
    let end = byte_at(text, error.span.end.line, error.span.end.col);
    let next = token_after(text, start);
    // The parser also stumbles over what follows from a bracket or quote that was left out.
    if is_syntax(&error.code)
        && let Some(fault) = &locator.outline().fault
        && fault.at() <= next.map_or(end, |token| token.start.max(end))
    {
        return explain_fault(locator, fault);
    }
    let at = match &error.code {
        RonError::MissingStructField { .. } | RonError::ExpectedDifferentLength { .. } => {
            let around = locator
                .outline()
                .around(next.map_or(start, |token| token.start));
            around.last().map_or(start, |node| node.start)
        }
        RonError::ExpectedComma | RonError::NoSuchExtension(_) => start,
        RonError::InvalidEscape(_) => {
            let read = text.get(start..end).unwrap_or_default();
            start + read.rfind('\\').unwrap_or(0)
        }
        RonError::Eof => 0,
        _ => next.map_or(text.len(), |token| token.start),
    };
    let mut message = describe(locator, &error.code, at, next);
    if matches!(error.code, RonError::NoSuchStructField { .. }) && locator.outline().fault.is_some()
    {
        message.push_str("; or a closing bracket is missing before it");
    }
    locator.problem_at(at, message)
}

/// The token at a byte, or the next one after it.
fn token_after(text: &str, at: usize) -> Option<Token> {
    Scanner::new(text).find(|token| token.end > at)
}

/// Whether the error is about brackets, commas and the like, not about names and values.
fn is_syntax(code: &RonError) -> bool {
    matches!(
        code,
        RonError::Eof
            | RonError::ExpectedArray
            | RonError::ExpectedArrayEnd
            | RonError::ExpectedComma
            | RonError::ExpectedDifferentStructName { .. }
            | RonError::ExpectedIdentifier
            | RonError::ExpectedMapColon
            | RonError::ExpectedNamedStructLike(_)
            | RonError::ExpectedOptionEnd
            | RonError::ExpectedString
            | RonError::ExpectedStringEnd
            | RonError::ExpectedStructLike
            | RonError::ExpectedStructLikeEnd
            | RonError::ExceededRecursionLimit
            | RonError::SuggestRawIdentifier(_)
            | RonError::TrailingCharacters
            | RonError::UnclosedBlockComment
            | RonError::UnexpectedChar(_)
    )
}

fn explain_fault(locator: &Locator<'_>, fault: &Fault) -> Problem {
    let text = &*locator.file().text;
    let message = match fault {
        Fault::NotClosed {
            bracket,
            opened,
            found,
            ..
        } => {
            let (line, column) = line_and_column(text, *opened);
            let close = closing(*bracket);
            let where_to = match found {
                Some(found) => format!("add {close} before {}", shown(found)),
                None => format!("add {close} where it should end"),
            };
            format!("the {bracket} of line {line}, column {column} is not closed; {where_to}")
        }
        Fault::NotOpened { bracket, .. } => {
            format!("this {bracket} closes nothing; take it away, or add what it should close")
        }
        Fault::TextNotClosed { .. } => {
            "the text that starts here has no closing quote; add \" at its end".to_owned()
        }
        Fault::CommentNotClosed { .. } => {
            "the comment that starts here has no end; add */ after it".to_owned()
        }
        Fault::NoComma { .. } => "a comma is missing before this; add one".to_owned(),
        Fault::NoColon { field, .. } => {
            let field = shown(field);
            format!("a colon and a value are missing after {field}; write {field}: …")
        }
        Fault::NoValue { field, .. } => {
            let field = shown(field);
            format!(
                "the field {field} has no value; write {field}: {}",
                field_example(field)
            )
        }
        Fault::TooDeep { .. } => too_deep(),
        Fault::Trailing { .. } => trailing(),
    };
    locator.problem_at(fault.at(), message)
}

fn describe(locator: &Locator<'_>, code: &RonError, at: usize, next: Option<Token>) -> String {
    match code {
        RonError::NoSuchStructField {
            expected,
            found,
            outer,
        } => unknown_field(expected, found, outer.as_deref()),
        RonError::MissingStructField { field, outer } => format!(
            "this {} lacks the field {field}; add {field}: {}",
            entry(outer.as_deref()),
            field_example(field)
        ),
        RonError::DuplicateStructField { field, outer } => format!(
            "the field {field} stands twice in this {}; keep one",
            entry(outer.as_deref())
        ),
        RonError::NoSuchEnumVariant {
            expected,
            found,
            outer,
        } => unknown_word(expected, found, outer.as_deref()),
        RonError::Message(message) => message.clone(),
        RonError::Eof => "the file holds nothing; begin it with one of system((…)), component((…)), \
                          addition((…)), controls([…]), attackers([…]), glossary([…]), \
                          references([…]), brief((…))"
            .to_owned(),
        RonError::InvalidEscape(_) => {
            "this escape is not known; write \\\\ for a backslash, \\\" for a quote, \\n for a new line"
                .to_owned()
        }
        RonError::NoSuchExtension(_) => {
            "RON has no extension of this name; the first line may be #![enable(implicit_some)]"
                .to_owned()
        }
        RonError::IntegerOutOfBounds
        | RonError::ExpectedInteger
        | RonError::InvalidIntegerDigit { .. }
        | RonError::UnderscoreAtBeginning => {
            format!("{} takes a whole number, such as 5", field_at(locator, at))
        }
        RonError::ExpectedDifferentLength { .. } => {
            "this is not a pair; write the edition and the number: (\"cis-docker-1.6.0\", \"5.11\")"
                .to_owned()
        }
        RonError::ExceededRecursionLimit => too_deep(),
        RonError::TrailingCharacters => trailing(),
        RonError::ExpectedComma | RonError::ExpectedStructLikeEnd => {
            "a comma or a closing bracket is missing here, or what follows does not belong here"
                .to_owned()
        }
        RonError::ExpectedDifferentStructName { expected, found } => {
            wrong_start(locator, expected, found)
        }
        RonError::ExpectedNamedStructLike(name) => {
            format!("{} starts here with (", with_article(entry(Some(name))))
        }
        RonError::ExpectedIdentifier | RonError::SuggestRawIdentifier(_)
            if locator.outline().root.as_ref().is_none_or(|root| root.tag.is_none()) =>
        {
            "a catalog file begins with what it holds, such as component((…)) or controls([…])"
                .to_owned()
        }
        RonError::ExpectedIdentifier
        | RonError::SuggestRawIdentifier(_)
        | RonError::ExpectedString
        | RonError::ExpectedArray
        | RonError::ExpectedStructLike => wrong_value(locator, code, at, next),
        other => {
            let text = other.to_string();
            let mut characters = text.chars();
            let first = characters.next().map(|c| c.to_lowercase().to_string());
            format!(
                "{}{}; compare with docs/catalog.md",
                first.unwrap_or_default(),
                characters.as_str()
            )
        }
    }
}

fn unknown_field(expected: &[&str], found: &str, outer: Option<&str>) -> String {
    let entry = with_article(entry(outer));
    let found = shown(found);
    match nearest(found, expected.iter().copied()) {
        Some(near) => format!("{entry} has no field {found}; did you mean {near}?"),
        None => format!(
            "{entry} has no field {found}; its fields are {}",
            expected.join(", ")
        ),
    }
}

fn unknown_word(expected: &[&str], found: &str, outer: Option<&str>) -> String {
    let what = entry(outer);
    let found = shown(found);
    match nearest(found, expected.iter().copied()) {
        Some(near) => format!("there is no {what} {found}; did you mean {near}?"),
        None => format!(
            "there is no {what} {found}; it is one of {}",
            expected.join(", ")
        ),
    }
}

/// A name stands where an entry should start.
fn wrong_start(locator: &Locator<'_>, expected: &str, found: &str) -> String {
    let root = locator.outline().root.as_ref();
    if let Some(Node {
        tag: Some(tag),
        shape: Shape::Record(_),
        ..
    }) = root
    {
        return format!("a second bracket is missing here; write {tag}((…)) around the fields");
    }
    format!(
        "{} does not belong here; {} starts with (",
        shown(found),
        with_article(entry(Some(expected)))
    )
}

/// A value of the wrong kind: text for a word, a word for text, one for many.
fn wrong_value(locator: &Locator<'_>, code: &RonError, at: usize, next: Option<Token>) -> String {
    let field = field_at(locator, at);
    let is_text = next.is_some_and(|token| matches!(token.kind, TokenKind::Text { .. }));
    match code {
        RonError::ExpectedString => format!("{field} takes text in quotes, such as \"…\""),
        RonError::ExpectedArray => format!("{field} takes a list in square brackets: […]"),
        RonError::ExpectedStructLike => {
            format!("{field} takes an entry in round brackets: (…)")
        }
        _ if is_text => format!(
            "{field} takes a word without quotes, such as {}",
            value_of(&field)
        ),
        _ => format!("{field} takes a word, such as {}", value_of(&field)),
    }
}

/// The name of the field whose value stands at a byte, or words for a value without one.
fn field_at(locator: &Locator<'_>, at: usize) -> String {
    let outline = locator.outline();
    let around = outline.around(at);
    let named = around.iter().rev().find_map(|node| match &node.shape {
        Shape::Record(fields) => fields
            .iter()
            .find(|field| field.start <= at && at <= field.value.end)
            .map(|field| field.name.clone()),
        _ => None,
    });
    let named = named.as_deref().map_or("this", shown);
    if named == "this" {
        "this place".to_owned()
    } else {
        named.to_owned()
    }
}

fn too_deep() -> String {
    format!("brackets nest more than {MAX_DEPTH} deep here, more than any catalog needs")
}

fn trailing() -> String {
    "a file holds one thing, and it ended before this; move the rest to a file of its own"
        .to_owned()
}
