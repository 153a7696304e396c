//! What the list of sessions shows about one, from reading its file.
//!
//! Slower than [`DataFolder::list`]: for those on the screen, not for all of them at once.

use super::decode::Loaded;
use super::envelope::Integrity;
use super::folder::DataFolder;
use super::name::SessionName;
use super::open_error::OpenError;
use crate::catalog::types::Id;
use crate::encode::ForeignText;
use crate::session::coverage::Coverage;
use crate::session::place::Place;

/// What the list of sessions shows about one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Its title. Foreign text: it goes through the screen's encoder.
    pub title: ForeignText,
    /// Its brief.
    pub brief: Id,
    /// How many cells in scope are answered.
    pub answered: usize,
    /// How many cells are in scope.
    pub cells: usize,
    /// How many threats are recorded.
    pub threats: usize,
    /// How many texts were begun and not finished.
    pub drafts: usize,
    /// Where the team was.
    pub place: Place,
    /// Whether the file is as it was saved.
    pub integrity: Integrity,
}

impl Summary {
    /// The summary of a session that was read.
    pub fn of(loaded: &Loaded) -> Self {
        let session = &loaded.session;
        let (answered, cells) = Coverage::of(session).answered();
        Self {
            title: session.title.clone(),
            brief: session.brief.clone(),
            answered,
            cells,
            threats: session.threats.len(),
            drafts: session.working.drafts.len(),
            place: session.working.place.clone(),
            integrity: loaded.integrity,
        }
    }
}

impl DataFolder {
    /// What there is to say about a session, or why it does not open: damaged, or newer.
    pub fn summary(&self, name: &SessionName) -> Result<Summary, OpenError> {
        let opened = self.read(&self.location(name)?)?;
        Ok(Summary::of(&opened.loaded))
    }
}
