//! Write-ups by template: a layout that people can copy and change, filled with what `fields` says
//! about a session.
//!
//! Text from a session or a catalog is escaped where it is written, whatever the template does; there
//! is no way to write it raw. Not for finding templates on disk, which is the caller's.

mod engine;
mod names;
mod record;
mod tidy;

use thiserror::Error;

use super::{Options, fields};
use crate::catalog::Catalog;
use crate::session::types::Session;

pub use names::Names;
pub use record::{Record, Sparse, list};

/// A layout of a write-up.
#[derive(Clone, Copy, Debug)]
pub struct Template<'a> {
    /// What errors call it, such as the path of its file.
    pub name: &'a str,
    /// Its text.
    pub source: &'a str,
}

/// A template that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{name}:{line}: {message}")]
pub struct TemplateError {
    /// The template's name.
    pub name: String,
    /// The line of the mistake, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Template<'_> {
    /// Writes a session up.
    pub fn write(
        &self,
        session: &Session,
        catalog: &Catalog,
        options: &Options,
    ) -> Result<String, TemplateError> {
        engine::rendered(self, |names| fields::of(session, catalog, options, names))
    }
}

#[cfg(test)]
mod tests;
