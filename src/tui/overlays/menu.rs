//! A few choices under a heading: one is marked, Enter takes it.

use crate::catalog::types::Id;
use crate::merge::past::Version;
use crate::session::id::ScanId;
use crate::session::place::CellKey;
use crate::stride::Category;
use crate::tui::app::{App, Effect};
use crate::tui::screens::harden;
use crate::tui::screens::harden::filter::Which;
use crate::tui::screens::report;

/// The choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// What is chosen.
    pub heading: &'static str,
    /// The lines.
    pub entries: Vec<Entry>,
    /// The marked one.
    pub selected: usize,
}

/// A line of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// In words.
    pub text: String,
    /// Something short at the right end.
    pub tail: String,
    /// What it does.
    pub does: Does,
}

/// What a line of a menu does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// Shows these findings.
    Show(Which),
    /// Shows only findings that bear on a letter, or on any.
    Letter(Option<Category>),
    /// Shows only findings that bear on a component, or on any.
    Component(Option<Id>),
    /// Writes the session up by the form or template of this name.
    Form(String),
    /// Makes a finding a threat of this cell.
    Threat(ScanId, usize, CellKey),
    /// Makes a new session of an earlier version and opens it.
    VersionAsCopy(Version),
    /// Puts an earlier version in the place of the session.
    VersionInPlace(Version),
}

impl Menu {
    /// Marks another line.
    pub fn step(&mut self, by: isize) {
        let last = self.entries.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// What the marked line does.
    pub fn chosen(&self) -> Option<&Does> {
        self.entries.get(self.selected).map(|entry| &entry.does)
    }
}

/// Does what a line says.
pub fn carry_out(app: &mut App, does: Does, effects: &mut Vec<Effect>) {
    match does {
        Does::VersionAsCopy(version) => app.open_version_as_copy(version, effects),
        Does::VersionInPlace(version) => app.go_back_to_version(version, effects),
        Does::Threat(scan, finding, cell) => harden::make_threat::record(app, &scan, finding, cell),
        Does::Form(name) => report::act::take_form(app, &name),
        other => harden::shown::choose_filter(app, other),
    }
}
