//! What a session is written up by: a form of the program, or a template of the user's own. A template
//! of a form's name takes that form's place; any other name is one more.
//!
//! Not for finding templates on disk, which is the caller's.

use std::sync::Arc;

use thiserror::Error;

use super::template::{Template, TemplateError};
use super::{Form, Options};
use crate::catalog::Catalog;
use crate::session::types::Session;

/// What a session is written up by.
#[derive(Clone, Debug)]
pub enum Layout {
    /// A form of the program.
    Form(&'static Form),
    /// A template of the user's own.
    Own(Arc<OwnTemplate>),
}

/// A template of the user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnTemplate {
    /// Its name, by which it is chosen.
    pub name: String,
    /// Where it is, for people to read.
    pub path: String,
    /// Its text, or why that cannot be read.
    pub source: Result<String, String>,
}

/// Why nothing could be written by a template.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotWritten {
    /// It cannot be read, and why.
    #[error("{0}")]
    Unreadable(String),
    /// It has a mistake.
    #[error(transparent)]
    Mistake(#[from] TemplateError),
}

impl Layout {
    /// Everything that can be chosen: the forms with templates in their places, then other templates.
    pub fn all(own: &[Arc<OwnTemplate>]) -> Vec<Self> {
        let named = |name: &str| own.iter().find(|one| one.name == name).cloned();
        let forms = Form::ALL
            .iter()
            .map(|form| named(form.id).map_or(Self::Form(form), Self::Own));
        let more = own.iter().filter(|one| Form::by_id(&one.name).is_none());
        forms.chain(more.cloned().map(Self::Own)).collect()
    }

    /// The layout of this name.
    pub fn named(name: &str, own: &[Arc<OwnTemplate>]) -> Option<Self> {
        let own = own.iter().find(|one| one.name == name).cloned();
        own.map(Self::Own)
            .or_else(|| Form::by_id(name).map(Self::Form))
    }

    /// The name by which it is chosen.
    pub fn id(&self) -> &str {
        match self {
            Self::Form(form) => form.id,
            Self::Own(template) => &template.name,
        }
    }

    /// As people call it.
    pub fn name(&self) -> &str {
        match self {
            Self::Form(form) => form.name,
            Self::Own(template) => &template.name,
        }
    }

    /// The usual end of its file's name.
    pub const fn extension(&self) -> &'static str {
        match self {
            Self::Form(form) => form.extension,
            Self::Own(_) => "md",
        }
    }

    /// Whether it writes Markdown.
    pub fn is_markdown(&self) -> bool {
        self.extension() == "md"
    }

    /// What it could not carry of this session; a template leaves out what its author left out.
    pub fn left_out(&self, session: &Session, catalog: &Catalog, options: &Options) -> Vec<String> {
        match self {
            Self::Form(form) => form.left_out(session, catalog, options),
            Self::Own(_) => Vec::new(),
        }
    }

    /// Writes a session up.
    pub fn write(
        &self,
        session: &Session,
        catalog: &Catalog,
        options: &Options,
    ) -> Result<String, NotWritten> {
        match self {
            Self::Form(form) => Ok((form.write)(session, catalog, options)),
            Self::Own(template) => {
                let source = template.source.as_ref();
                let source = source.map_err(|why| NotWritten::Unreadable(why.clone()))?;
                let template = Template {
                    name: &template.path,
                    source,
                };
                Ok(template.write(session, catalog, options)?)
            }
        }
    }
}
