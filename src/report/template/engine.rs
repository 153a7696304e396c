//! The template engine, set up so that text cannot act: everything that is written is escaped for any
//! place of a Markdown document, unless one of our own filters has done so already.
//!
//! The engine's own filters are left out, and `safe` with them. Names that do not exist are errors,
//! since a misspelt field would otherwise be an answer that is silently missing.

use std::borrow::Cow;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use super::tidy::Tidy;
use super::{Names, Record, Template, TemplateError};
use crate::encode;
use crate::report::markdown::push_set_in;

/// How many steps of the engine a template may take: far more than any of our own takes for ten thousand
/// threats. A loop in a loop in a loop over them would keep the screen waiting for hours.
const FUEL: u64 = 100_000_000;

/// Fills a template with the fields that `fields` gives for the names that it uses, and puts the
/// layout in order.
pub fn rendered(
    template: &Template<'_>,
    fields: impl FnOnce(&Names) -> Record,
) -> Result<String, TemplateError> {
    rendered_within(FUEL, template, fields)
}

/// The same with so many steps at most.
pub(super) fn rendered_within(
    fuel: u64,
    template: &Template<'_>,
    fields: impl FnOnce(&Names) -> Record,
) -> Result<String, TemplateError> {
    let said = |error: Error| explained(template, &error);
    let mut environment = environment();
    environment.set_fuel(Some(fuel));
    let compiled = environment
        .template_from_named_str(template.name, template.source)
        .map_err(said)?;
    let names = Names::of(template.source, compiled.undeclared_variables(false));
    let mut tidy = Tidy::default();
    compiled
        .render_captured_to(fields(&names), &mut tidy)
        .map_err(said)?;
    Ok(tidy.finish())
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // Tags on lines of their own leave no lines behind.
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
        .expect("the usual signs do not collide");
    environment.set_syntax(syntax);
    // What is caught in a variable was escaped when it was written.
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    environment.set_formatter(write);
    environment.add_filter("block", block);
    environment.add_filter("code", code);
    environment.add_filter("join", join);
    environment.add_filter("length", length);
    environment.add_filter("lower", |text: Cow<'_, str>| text.to_lowercase());
    environment.add_filter("upper", |text: Cow<'_, str>| text.to_uppercase());
    environment
}

/// The one way into the write-up.
fn write(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let text = plain(value)?;
    if value.is_safe() {
        out.write_str(&text)?;
    } else {
        out.write_str(&encode::markdown(&text))?;
    }
    Ok(())
}

/// A value as text.
fn plain(value: &Value) -> Result<Cow<'_, str>, Error> {
    match value.kind() {
        ValueKind::None | ValueKind::Undefined => Ok(Cow::Borrowed("")),
        ValueKind::String => Ok(Cow::Borrowed(value.as_str().unwrap_or_default())),
        ValueKind::Number | ValueKind::Bool => Ok(Cow::Owned(value.to_string())),
        _ => Err(Error::new(
            ErrorKind::InvalidOperation,
            "a list or a record cannot be written; go through it with `for`, or choose a field of it",
        )),
    }
}

/// A text with its paragraphs and line breaks; later lines are set in, for a text inside a list.
fn block(value: &Value, indent: Option<usize>) -> Result<Value, Error> {
    const DEEPEST: usize = 32;
    let text = plain(value)?;
    let markdown = if value.is_safe() {
        Cow::Borrowed(&*text)
    } else {
        encode::markdown_block(&text)
    };
    let mut set = String::with_capacity(markdown.len());
    push_set_in(&mut set, indent.unwrap_or(0).min(DEEPEST), &markdown);
    Ok(Value::from_safe_string(set))
}

/// A text in a fence.
fn code(value: &Value, language: Option<&str>) -> Result<Value, Error> {
    let fence = encode::code_fence(&plain(value)?, language.unwrap_or_default());
    Ok(Value::from_safe_string(fence))
}

/// The entries of a list in a line.
fn join(values: &Value, between: Option<&str>) -> Result<String, Error> {
    let mut out = String::new();
    for (at, value) in values.try_iter()?.enumerate() {
        if at > 0 {
            out.push_str(between.unwrap_or(", "));
        }
        out.push_str(&plain(&value)?);
    }
    Ok(out)
}

fn length(value: &Value) -> Result<usize, Error> {
    value.len().ok_or_else(|| {
        Error::new(
            ErrorKind::InvalidOperation,
            "only texts and lists have a length",
        )
    })
}

fn explained(template: &Template<'_>, error: &Error) -> TemplateError {
    let what = error.kind().to_string();
    let message = match (error.kind(), error.detail()) {
        (ErrorKind::UndefinedError, detail) => format!(
            "there is no such name{}",
            detail.map_or_else(String::new, |detail| format!(" ({detail})"))
        ),
        (ErrorKind::OutOfFuel, _) => {
            "it goes on for too long; look for a loop over all threats inside another".to_owned()
        }
        (_, Some(detail)) => format!("{what}: {detail}"),
        (_, None) => what,
    };
    TemplateError {
        name: template.name.to_owned(),
        line: error.line().unwrap_or(1),
        message,
    }
}
