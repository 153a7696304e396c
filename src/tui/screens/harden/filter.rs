//! Which findings the Harden step shows, and the menu that chooses it.

use crate::catalog::Catalog;
use crate::catalog::types::Id;
use crate::encode::foreign;
use crate::findings::evidence::control_of;
use crate::findings::standing::{Latest, chosen};
use crate::session::types::{Finding, FindingStatus, Scan, Session};
use crate::stride::Category;
use crate::tui::app::OpenSession;
use crate::tui::overlays::menu::{Does, Entry, Menu};

/// Which findings, by what the scan says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Those that failed.
    #[default]
    Failed,
    /// Those that a person has to look at.
    Manual,
    /// Those that passed.
    Passed,
    /// All.
    All,
    /// Those that were chosen to be hardened.
    Chosen,
    /// Those that changed since the scan before.
    Changed,
}

impl Which {
    /// All six, in the order of the menu.
    pub const ALL: [Self; 6] = [
        Self::Failed,
        Self::Manual,
        Self::Passed,
        Self::All,
        Self::Chosen,
        Self::Changed,
    ];

    /// In a few words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Manual => "to look at by hand",
            Self::Passed => "passed",
            Self::All => "all checks",
            Self::Chosen => "chosen",
            Self::Changed => "what changed since the scan before",
        }
    }
}

/// Which findings are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// By what the scan says.
    pub which: Which,
    /// Only those that bear on this letter.
    pub letter: Option<Category>,
    /// Only those that bear on this component.
    pub component: Option<Id>,
    /// Only those with all of these words.
    pub words: String,
}

impl Filter {
    /// Whether anything but the usual is asked for.
    pub fn is_narrow(&self) -> bool {
        self.letter.is_some() || self.component.is_some() || !self.words.is_empty()
    }

    /// What is shown, in words.
    pub fn in_words(&self, catalog: &Catalog) -> String {
        let mut words = vec![self.which.name().to_owned()];
        words.extend(self.letter.map(|letter| letter.to_string()));
        if let Some(id) = &self.component {
            words.push(component_name(catalog, id));
        }
        if !self.words.is_empty() {
            words.push(format!("with '{}'", self.words));
        }
        words.join(" · ")
    }

    /// Whether a finding is shown.
    pub fn shows(&self, session: &Session, catalog: &Catalog, latest: &Latest, at: usize) -> bool {
        let scan = &session.scans[latest.scan];
        self.fits_status(session, scan, latest, at) && self.fits_rest(catalog, &scan.findings[at])
    }

    fn fits_status(&self, session: &Session, scan: &Scan, latest: &Latest, at: usize) -> bool {
        let finding = &scan.findings[at];
        match self.which {
            Which::Failed => finding.status == FindingStatus::Failed,
            Which::Manual => finding.status == FindingStatus::Manual,
            Which::Passed => finding.status == FindingStatus::Passed,
            Which::All => true,
            Which::Chosen => chosen(session, scan, finding).is_some(),
            Which::Changed => latest.change(at).is_some(),
        }
    }

    /// Whether letter, component and words fit.
    pub fn fits_rest(&self, catalog: &Catalog, finding: &Finding) -> bool {
        let control = control_of(catalog, finding);
        let letter = self
            .letter
            .is_none_or(|letter| control.is_some_and(|one| one.categories.contains(&letter)));
        let component = self
            .component
            .as_ref()
            .is_none_or(|id| control.is_some_and(|one| one.components.contains(id)));
        letter && component && self.has_words(catalog, finding)
    }

    fn has_words(&self, catalog: &Catalog, finding: &Finding) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let mut text = foreign!("{} {} ", finding.number, finding.title)
            .raw()
            .to_lowercase();
        for detail in &finding.details {
            text.push_str(&detail.raw().to_lowercase());
            text.push(' ');
        }
        if let Some(control) = control_of(catalog, finding) {
            text.push_str(&control.title.to_lowercase());
            text.push(' ');
            text.push_str(control.id.as_str());
        }
        let words = self.words.to_lowercase();
        words.split_whitespace().all(|word| text.contains(word))
    }
}

/// The menu of what can be shown, with the number of findings of each line.
pub fn menu(open: &OpenSession, catalog: &Catalog) -> Menu {
    let session = open.editor.session();
    let count = |filter: &Filter| -> usize {
        open.standing
            .latest
            .iter()
            .map(|latest| {
                let findings = 0..session.scans[latest.scan].findings.len();
                findings
                    .filter(|at| filter.shows(session, catalog, latest, *at))
                    .count()
            })
            .sum()
    };
    let mark = |on: bool, text: &str| format!("{} {text}", if on { "●" } else { "○" });
    let here = &open.findings;
    let mut entries: Vec<Entry> = Vec::new();
    for which in Which::ALL {
        if which == Which::Changed && !open.standing.has_before() {
            continue;
        }
        let filter = Filter {
            which,
            ..here.clone()
        };
        entries.push(Entry {
            text: mark(here.which == which, &format!("Show {}", which.name())),
            tail: count(&filter).to_string(),
            does: Does::Show(which),
        });
    }
    let letters = std::iter::once(None).chain(Category::ALL.map(Some));
    for letter in letters {
        let filter = Filter {
            letter,
            ..here.clone()
        };
        let count = count(&filter);
        let text = letter.map_or_else(
            || "every letter".to_owned(),
            |letter| format!("{} {letter}", letter.letter()),
        );
        entries.push(Entry {
            text: mark(here.letter == letter, &format!("on {text}")),
            tail: count.to_string(),
            does: Does::Letter(letter),
        });
    }
    let components = catalog.components.iter().map(|one| Some(one.id.clone()));
    for component in std::iter::once(None).chain(components) {
        let filter = Filter {
            component: component.clone(),
            ..here.clone()
        };
        let count = count(&filter);
        if count == 0 && component.is_some() && here.component != component {
            continue;
        }
        let name = component.as_ref().map_or_else(
            || "every component".to_owned(),
            |id| component_name(catalog, id),
        );
        entries.push(Entry {
            text: mark(here.component == component, &format!("on {name}")),
            tail: count.to_string(),
            does: Does::Component(component),
        });
    }
    let selected = Which::ALL.iter().position(|one| *one == here.which);
    Menu {
        heading: "Which findings",
        entries,
        selected: selected.unwrap_or(0),
    }
}

/// A component as people call it.
pub fn component_name(catalog: &Catalog, id: &Id) -> String {
    catalog
        .component(id.as_str())
        .map_or_else(|| id.to_string(), |one| one.name.to_string())
}
