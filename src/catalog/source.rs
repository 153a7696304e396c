//! Where a catalog comes from: the files that the program carries, and files of the user's.
//!
//! Not for reading a disk, and not for understanding the texts: see [`super::parse()`].

use std::borrow::Cow;
use std::fmt;

use super::packing::unpack;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

/// Who wrote an entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// It came with the program.
    Program,
    /// It came from a folder of the user's; this file in it.
    User(String),
}

/// One RON file of a catalog.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// As messages name it.
    pub path: String,
    /// Its text.
    pub text: Cow<'static, str>,
    /// Who wrote it.
    pub origin: Origin,
}

/// The catalog that the program carries, as the build script compiled it.
pub(super) const COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalog.bin"));

/// The texts in it, each once, one behind the other.
pub(super) const COMPILED_TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/catalog.txt"));

/// The same as its authors wrote it, with the paths of the files: packed by the build script.
const TEXTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalog.texts"));

/// The catalog that the program carries, as its authors wrote it. Unpacked each time: it is for
/// checking and for messages, not for the program's work.
///
/// # Panics
///
/// Never in a program that passed its tests: they read what the build wrote.
pub fn embedded_catalog() -> Vec<SourceFile> {
    unpack(TEXTS, COMPILED_TEXTS)
        .expect("the build script packed the one beside the other")
        .into_iter()
        .map(|(path, text)| SourceFile {
            path,
            text: Cow::Owned(text),
            origin: Origin::Program,
        })
        .collect()
}

/// A finished example session that the program carries.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The name of its file.
    pub file: &'static str,
    packed: &'static [u8],
}

impl Example {
    /// The text of its file. Unpacked each time.
    ///
    /// # Panics
    ///
    /// Never in a program that passed its tests: they read what the build wrote.
    pub fn text(&self) -> String {
        let bytes = miniz_oxide::inflate::decompress_to_vec(self.packed)
            .expect("the build script compressed these bytes");
        String::from_utf8(bytes).expect("the build script compressed a text")
    }
}

/// The example sessions that the program carries.
pub fn embedded_examples() -> &'static [Example] {
    embedded::EXAMPLES
}

/// Something wrong in a catalog, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The ids on the way to it, such as `docker › docker-host › host-docker-sock-mounted`.
    pub path: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}: ", self.file, self.line, self.column)?;
        if !self.path.is_empty() {
            write!(formatter, "{}: ", self.path)?;
        }
        formatter.write_str(&self.message)
    }
}

impl SourceFile {
    /// A file of the user's. Reading it from the disk is the caller's part.
    pub fn user(path: impl Into<String>, text: impl Into<Cow<'static, str>>) -> Self {
        let path = path.into();
        Self {
            origin: Origin::User(path.clone()),
            path,
            text: text.into(),
        }
    }
}
