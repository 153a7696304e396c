//! Templates of the user's own: found in folders, by name. A template of a form's name takes that
//! form's place; any other name is one more form.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::output::Failure;
use crate::catalog::Catalog;
use crate::encode;
use crate::report::template::Template;
use crate::report::{Form, Options};
use crate::session::types::Session;

/// How the files' names end.
const ENDING: &str = ".md.j2";

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 1024 * 1024;

/// What a session is written up by.
pub enum Layout {
    /// A form of the program.
    Form(&'static Form),
    /// A file of the user's.
    File {
        /// Where it is.
        path: PathBuf,
        /// What is in it.
        source: String,
    },
}

impl Layout {
    /// The layout of this name; files in later folders win, then those in earlier ones.
    pub fn named(name: &str, folders: &[PathBuf]) -> Result<Self, Failure> {
        let files: Vec<(String, PathBuf)> = folders
            .iter()
            .rev()
            .map(|folder| files(folder))
            .collect::<Result<Vec<_>, _>>()?
            .concat();
        if let Some((_, path)) = files.iter().find(|(found, _)| found == name) {
            let source = read(path)?;
            let path = path.clone();
            return Ok(Self::File { path, source });
        }
        if let Some(form) = Form::by_id(name) {
            return Ok(Self::Form(form));
        }
        let mut known: Vec<&str> = Form::ALL.iter().map(|form| form.id).collect();
        for (own, _) in &files {
            if !known.contains(&own.as_str()) {
                known.push(own);
            }
        }
        Err(Failure::new(
            format!("There is no form {}.", encode::quoted(name)),
            format!("Choose one of: {}.", known.join(", ")),
        ))
    }

    /// As people call it.
    pub fn name(&self) -> String {
        match self {
            Self::Form(form) => form.name.to_owned(),
            Self::File { path, .. } => encode::quoted(&path.display().to_string()),
        }
    }

    /// What it could not carry of this session; a template leaves out what its author left out.
    pub fn left_out(&self, session: &Session, catalog: &Catalog, options: &Options) -> Vec<String> {
        match self {
            Self::Form(form) => form.left_out(session, catalog, options),
            Self::File { .. } => Vec::new(),
        }
    }

    /// Writes a session up.
    pub fn write(
        &self,
        session: &Session,
        catalog: &Catalog,
        options: &Options,
    ) -> Result<String, Failure> {
        match self {
            Self::Form(form) => Ok((form.write)(session, catalog, options)),
            Self::File { path, source } => {
                let name = path.display().to_string();
                let template = Template {
                    name: &name,
                    source,
                };
                template
                    .write(session, catalog, options)
                    .map_err(|error| Failure::new(error.to_string(), HELP))
            }
        }
    }
}

const HELP: &str = "Mend that line; docs/templates.md names what a template can use, and `astride \
                    template FORM` prints one that works.";

/// The templates in a folder with their names, in the order of the names.
fn files(folder: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::new(
            format!(
                "The folder of templates {} cannot be read: {error}.",
                folder.display()
            ),
            format!("Name a folder of files such as NAME{ENDING}."),
        )
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let file = entry.file_name();
        let name = file.to_str().and_then(|name| name.strip_suffix(ENDING));
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            found.push((name.to_owned(), entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<String, Failure> {
    let shown = path.display();
    let fail = |what: String| Failure::new(what, "Check the file, or take it out of the folder.");
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut bytes))
        .map_err(|error| fail(format!("{shown} cannot be read: {error}.")))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(fail(format!(
            "{shown} is larger than 1 MiB, which no template needs."
        )));
    }
    String::from_utf8(bytes).map_err(|error| {
        fail(format!(
            "{shown} is not UTF-8 text (byte {}).",
            error.utf8_error().valid_up_to()
        ))
    })
}
