//! The session on the screen: the editor, where the team is, and what is made from it to be drawn.

use std::sync::Arc;

use jiff::Timestamp;
use ratatui::layout::Rect;

use crate::catalog::Catalog;
use crate::catalog::types::Id;
use crate::findings::standing::Standing;
use crate::review::CheckReport;
use crate::session::coverage::Coverage;
use crate::session::edit::Editor;
use crate::session::id::ThreatId;
use crate::session::place::{CellKey, Place, Step, TextField};
use crate::session::recorded::Recorded;
use crate::stride::Category;
use crate::tui::overlays::trouble::SaveTrouble;
use crate::tui::screens;
use crate::tui::screens::compare::Compare;
use crate::tui::screens::context::Glossary;
use crate::tui::screens::harden::filter::Filter;
use crate::tui::screens::report::ReportView;
use crate::tui::screens::scope::Flow;
use crate::tui::text::TextEdit;
use crate::tui::theme::Theme;
use crate::tui::widgets::pinned;
use crate::tui::widgets::rows::{
    ActiveField, Heights, ListState, Row, Target, View, field_columns,
};

/// The two panes of the walk that can have the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The map of cells.
    Map,
    /// The card of a cell.
    #[default]
    Card,
}

/// How the file stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Everything is on disk; when it was saved last, if it was in this run.
    Saved(Option<Timestamp>),
    /// There are changes that the saver has and the disk has not.
    Saving(Option<Timestamp>),
    /// The last save failed, and why; the last one that went well.
    Failed(SaveTrouble, Option<Timestamp>),
}

impl SaveState {
    /// When the last save went well.
    pub const fn last(&self) -> Option<Timestamp> {
        match self {
            Self::Saved(at) | Self::Saving(at) | Self::Failed(_, at) => *at,
        }
    }
}

/// The session on the screen.
#[derive(Debug)]
pub struct OpenSession {
    /// The name by which it is opened.
    pub name: String,
    /// The document with undo.
    pub editor: Editor,
    /// Why it may only be read.
    pub read_only: Option<String>,
    /// An earlier version is about to take its place: nothing is changed meanwhile, because the saver
    /// may have that one already.
    pub leaving: bool,
    /// How the file stands.
    pub save: SaveState,
    /// The step on the screen.
    pub step: Step,
    /// The cell of the walk.
    pub cell: CellKey,
    /// The pane of the walk with the focus.
    pub pane: Pane,
    /// The question first and large, without side panes.
    pub wall: bool,
    /// The threat that is open in the walk.
    pub threat: Option<ThreatId>,
    /// The cell whose answer stands beside the sample answer.
    pub compare: Option<Compare>,
    /// Where Esc goes from an open threat, if not to its card.
    pub came_from: Option<Step>,
    /// The row whose details are shown.
    pub expanded: Option<Target>,
    /// The field that is being typed into.
    pub active: Option<ActiveField>,
    /// What was copied last, and which piece of it.
    pub copied: Option<(Target, usize)>,
    /// Which findings are shown.
    pub findings: Filter,
    /// Where the session stands by its scans.
    pub standing: Standing,
    /// Cursor and scroll of each list.
    pub lists: [ListState; 5],
    /// Cursor and scroll of an open threat.
    pub threat_list: ListState,
    /// The rows of the list on the screen.
    pub rows: Vec<Row>,
    /// Where each of them begins.
    pub heights: Heights,
    /// The rows of the context, where there is room for it.
    pub context: Vec<Row>,
    /// The words that the glossary explains.
    pub glossary: Glossary,
    /// The states of all cells.
    pub coverage: Coverage,
    /// The threats of all cells.
    pub recorded: Recorded,
    /// The data-flow diagrams of the scope, made when it is first shown.
    pub flows: Vec<Flow>,
    /// What the brief still asks for and what stands out.
    pub check: Option<CheckReport>,
    /// The write-up on the screen.
    pub report: ReportView,
    /// The revisions for which `rows`, `coverage` and `check` were made.
    made_for: Made,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Made {
    coverage: Option<Counted>,
    check: Option<Counted>,
    standing: Option<u64>,
    recorded: Option<u64>,
    flows: Option<u64>,
    rows: Option<RowsFor>,
    context: Option<ContextFor>,
}

/// What the rows of a long list were made for: everything that rows may hang on. Short lists are
/// made for every event, which costs less than to find out whether they must be.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RowsFor {
    /// Every change; while a text is typed into, what is more than its letters.
    version: (u64, u64),
    step: Step,
    cell: CellKey,
    pane: Pane,
    threat: Option<ThreatId>,
    came_from: Option<Step>,
    compare: Option<Compare>,
    wall: bool,
    expanded: Option<Target>,
    typing: Option<TextField>,
    copied: Option<(Target, usize)>,
    findings: Filter,
    /// Where rows hang on the cursor.
    selected: Option<Target>,
}

/// What the context was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ContextFor {
    revision: u64,
    cell: CellKey,
    selected: Option<Target>,
}

/// How many rows are made anew for every event without a second thought.
const SHORT: usize = 300;

/// What the coverage was counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    /// While a text is typed that no cell's state hangs on: entries that come and go.
    Structure(u64),
    /// Otherwise: every change, since a reason or a note makes a cell what it is.
    Revision(u64),
}

impl OpenSession {
    /// A session goes on the screen where the team left it.
    ///
    /// # Panics
    ///
    /// Where neither the session nor the catalog has a component; the embedded one has.
    pub fn new(name: String, editor: Editor, catalog: &Catalog) -> Self {
        let session = editor.session();
        let place = session.working.place.clone();
        let first = || CellKey {
            component: session
                .components
                .first()
                .cloned()
                .or_else(|| catalog.components.first().map(|one| one.id.clone()))
                .expect("the embedded catalog has components"),
            category: Category::Spoofing,
        };
        let cell = place
            .cell
            .clone()
            .filter(|cell| catalog.component(cell.component.as_str()).is_some())
            .unwrap_or_else(first);
        let coverage = Coverage::of(session);
        let mut open = Self {
            name,
            read_only: None,
            leaving: false,
            save: SaveState::Saved(None),
            step: place.step,
            cell,
            pane: Pane::Card,
            wall: false,
            threat: None,
            compare: None,
            came_from: None,
            expanded: None,
            active: None,
            copied: None,
            findings: Filter::default(),
            standing: Standing::default(),
            lists: Default::default(),
            threat_list: ListState::default(),
            rows: Vec::new(),
            heights: Heights::default(),
            context: Vec::new(),
            glossary: Glossary::of(catalog),
            coverage,
            recorded: Recorded::default(),
            flows: Vec::new(),
            check: None,
            report: ReportView::default(),
            made_for: Made::default(),
            editor,
        };
        open.resume(place);
        open
    }

    /// Goes on in the field that was being typed into, at the same word.
    fn resume(&mut self, place: Place) {
        let Some(field) = place.field else { return };
        let Some(text) = self.editor.session().text(&field) else {
            return;
        };
        let edit = TextEdit::at(text.raw(), place.cursor, field.is_long());
        if self.step == Step::Threats {
            self.threat = match &field {
                TextField::Threat(id, _) => Some(id.clone()),
                TextField::Draft(crate::session::place::DraftKey::Mitigation(id)) => {
                    Some(id.clone())
                }
                TextField::Mitigation(id, _) => self
                    .editor
                    .session()
                    .mitigation(id)
                    .and_then(|mitigation| mitigation.threats.first().cloned()),
                _ => None,
            };
        }
        self.expanded = match &field {
            TextField::Mitigation(id, _) => Some(Target::Mitigation(id.clone())),
            TextField::Hardening(id, _) => Some(Target::Hardening(id.clone())),
            _ => None,
        };
        let target = match &field {
            TextField::Draft(key) => Target::New(key.clone()),
            other => Target::Field(other.clone()),
        };
        self.list_mut().selected = Some(target);
        self.active = Some(ActiveField::new(field, edit));
    }

    /// Where the team is, to be saved.
    pub fn place(&self) -> Place {
        Place {
            step: self.step,
            cell: Some(self.cell.clone()),
            field: self.active.as_ref().map(|active| active.field.clone()),
            cursor: self.active.as_ref().map_or(0, |active| active.edit.cursor),
        }
    }

    /// Cursor and scroll of the list on the screen.
    pub fn list(&self) -> &ListState {
        if let Some(compare) = &self.compare {
            &compare.list
        } else if self.step == Step::Threats && self.threat.is_some() {
            &self.threat_list
        } else {
            &self.lists[self.step as usize]
        }
    }

    /// The same to change it.
    pub fn list_mut(&mut self) -> &mut ListState {
        if let Some(compare) = &mut self.compare {
            &mut compare.list
        } else if self.step == Step::Threats && self.threat.is_some() {
            &mut self.threat_list
        } else {
            &mut self.lists[self.step as usize]
        }
    }

    /// What the cursor rests on.
    pub fn selected(&self) -> Option<&Target> {
        self.list().selected.as_ref()
    }

    /// Makes anew what is drawn from the session, where the session changed.
    pub fn refresh(&mut self, catalog: &Arc<Catalog>) {
        let revision = self.editor.revision();
        let counted = match self.active.as_ref().map(|active| &active.field) {
            None | Some(TextField::NothingAppliesReason(_) | TextField::CellNote(_)) => {
                Counted::Revision(revision)
            }
            Some(_) => Counted::Structure(self.editor.structure()),
        };
        if self.made_for.coverage != Some(counted) {
            self.coverage = Coverage::of(self.editor.session());
            self.made_for.coverage = Some(counted);
        }
        let structure = self.editor.structure();
        if self.made_for.standing != Some(structure) {
            self.standing = Standing::of(self.editor.session());
            self.made_for.standing = Some(structure);
        }
        if self.made_for.recorded != Some(structure) {
            self.recorded = Recorded::of(self.editor.session());
            self.made_for.recorded = Some(structure);
        }
        if self.step == Step::Scope && self.made_for.flows != Some(structure) {
            self.flows = screens::scope::flows(self.editor.session(), catalog);
            self.made_for.flows = Some(structure);
        }
        // While a reason is typed, what it is about stays where it is.
        let counted = if self.active.is_some() {
            Counted::Structure(self.editor.structure())
        } else {
            Counted::Revision(revision)
        };
        if self.step == Step::Review && self.made_for.check != Some(counted) {
            self.check = Some(crate::review::check(self.editor.session(), catalog));
            self.made_for.check = Some(counted);
        }
        if self.step == Step::Report {
            self.report
                .refresh(self.editor.session(), catalog, revision);
        }
        self.refresh_rows(catalog);
        self.refresh_context(catalog);
    }

    fn refresh_rows(&mut self, catalog: &Catalog) {
        let position = self.list().position(&self.rows).unwrap_or(0);
        let made_for = self.rows_for();
        if self.rows.len() <= SHORT || self.made_for.rows.as_ref() != Some(&made_for) {
            self.rows = screens::rows(self, catalog);
            self.made_for.rows = Some(made_for);
            self.heights = Heights::default();
        }
        let rows = std::mem::take(&mut self.rows);
        self.list_mut().settle(&rows, position);
        self.rows = rows;
    }

    fn rows_for(&self) -> RowsFor {
        let typing = self.active.as_ref().map(|active| active.field.clone());
        let revision = self.editor.revision();
        // What is typed is read from the session where it is drawn; what other rows say of it is
        // brought up to date once the field is left.
        let letters = if typing.is_some() { 0 } else { revision };
        RowsFor {
            version: (self.editor.structure(), letters),
            step: self.step,
            cell: self.cell.clone(),
            pane: self.pane,
            threat: self.threat.clone(),
            came_from: self.came_from,
            compare: self.compare.clone(),
            wall: self.wall,
            expanded: self.expanded.clone(),
            typing,
            copied: self.copied.clone(),
            findings: self.findings.clone(),
            selected: self
                .selected()
                .filter(|_| screens::rows_follow_the_cursor(self.step))
                .cloned(),
        }
    }

    fn refresh_context(&mut self, catalog: &Catalog) {
        let made_for = ContextFor {
            revision: self.editor.revision(),
            cell: self.cell.clone(),
            selected: self.selected().cloned(),
        };
        if self.step == Step::Threats && self.made_for.context.as_ref() != Some(&made_for) {
            self.context = screens::context::rows(self, catalog);
            self.made_for.context = Some(made_for);
        }
    }

    /// Measures the rows, where they or the width changed, and scrolls to the cursor.
    pub fn scroll(&mut self, area: Rect, theme: Theme) {
        let mut list = std::mem::take(self.list_mut());
        let typed = self.active.as_ref().and_then(|active| {
            let shows = |row: &Row| row.indent_of(&active.field);
            // It is the cursor's own row, but for the moments in which it is not.
            let at = list.position(&self.rows);
            at.and_then(|at| Some((at, shows(&self.rows[at])?)))
                .or_else(|| {
                    let mut rows = self.rows.iter().enumerate();
                    rows.find_map(|(at, row)| Some((at, shows(row)?)))
                })
        });
        if let Some(active) = &mut self.active {
            let indent = typed.map_or(0, |(_, indent)| indent);
            active.wrap(self.editor.session(), field_columns(area.width, indent));
        }
        let selected = list.selected.clone();
        let view = View {
            area,
            session: self.editor.session(),
            active: self.active.as_ref(),
            selected: selected.as_ref(),
            focused: true,
            theme,
        };
        if self.heights.fit(&self.rows, area.width) {
            self.heights
                .follow(list.position(&self.rows), &self.rows, &view);
            if let Some((at, _)) = typed {
                self.heights.measure_again(at, &self.rows, &view);
            }
        } else {
            self.heights.measure(&self.rows, &view);
        }
        list.scroll(&self.rows, &self.heights, &view);
        // Where the question is scrolled away, it takes a line or two of the list.
        let below = pinned::below(&self.rows, area, list.top);
        if below != area {
            let view = View {
                area: below,
                ..view
            };
            list.scroll(&self.rows, &self.heights, &view);
        }
        *self.list_mut() = list;
    }

    /// The order of the walk: every cell in scope.
    pub fn walk(&self) -> impl Iterator<Item = CellKey> + '_ {
        self.editor
            .session()
            .components
            .iter()
            .flat_map(|component| {
                Category::ALL.map(|category| CellKey {
                    component: component.clone(),
                    category,
                })
            })
    }

    /// The components on the map: those in scope.
    pub fn components(&self) -> &[Id] {
        &self.editor.session().components
    }
}
