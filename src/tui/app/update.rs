//! What an event does to the program. Decides everything and does nothing: what is to be done
//! outside comes back as effects.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::open::{Pane, SaveState};
use super::{App, Effect, Event, OpenSession, Opened};
use crate::session::edit::{Editor, Operation};
use crate::session::id::{IdSource, ThreatId};
use crate::session::place::{CellKey, DraftKey, Step, TextField};
use crate::tui::key::Key;
use crate::tui::keymap::{self, Action, Context};
use crate::tui::layout::{Areas, SMALLEST};
use crate::tui::overlays::{
    self, Overlay, deck::Deck, help::Help, palette::Palette, parking::Parking, ratings::Ratings,
    search::Search, trouble::About,
};
use crate::tui::screens::{self, card::Start};
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{Choice, ListState, Target};

/// How long after one Ctrl+C a second one quits, in seconds.
const SECOND_INTERRUPT: i64 = 2;

impl App {
    /// Takes in one event and says what is to be done.
    pub fn update(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        self.now = now;
        let mut effects = Vec::new();
        if let (Some(held), Event::Key(_) | Event::Typed(_) | Event::Paste(_)) =
            (&mut self.held, &event)
        {
            held.push(event);
            return effects;
        }
        match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => return effects,
            Event::Key(key) => self.key(key, &mut effects),
            Event::Typed(text) => self.typed(&text, &mut effects),
            Event::Paste(text) => self.paste(&text),
            Event::Mouse(mouse) => self.on_mouse(mouse, &mut effects),
            Event::Edited { field, text } => self.edited(&field, &text, &mut effects),
            Event::Resize(columns, rows) => self.size = (columns, rows),
            Event::Catalog(catalog) => {
                self.catalog = Some(Arc::clone(&catalog));
                self.shared_catalog = Some(catalog);
                if let Some(waiting) = self.waiting.take() {
                    self.opened(waiting);
                }
                for event in self.held.take().into_iter().flatten() {
                    effects.extend(self.update(event, now));
                }
            }
            Event::Sessions(sessions) => self.home.listed(sessions),
            Event::Summaries(mut summaries) => {
                for session in self.home.sessions.iter_mut().flatten() {
                    if let Some(summary) = summaries.remove(&session.name) {
                        session.summary = Some(summary);
                    }
                }
            }
            Event::Trash(trash) => {
                self.home.trash = Some(trash);
                self.home.selected = 0;
            }
            Event::Opened(opened) => self.opened(opened),
            Event::Saved(at) => {
                if let Some(open) = &mut self.open {
                    open.save = SaveState::Saved(Some(at));
                }
            }
            Event::SaveFailed(trouble) => {
                if let Some(open) = &mut self.open {
                    open.save = SaveState::Failed(trouble, open.save.last());
                }
            }
            Event::Damaged(damage) => {
                self.notice = None;
                self.goes_to = None;
                self.overlay = Some(Overlay::trouble(About::Damaged(*damage)));
            }
            Event::OutOfStep | Event::SavedUpTo { .. } | Event::Minute => {}
            Event::Told(words) => self.say(words),
            Event::Failed(words) => {
                self.goes_to = None;
                self.warn(words);
            }
            Event::ExportExists { path } => self.ask_to_overwrite(path),
            Event::PathNames(names) => overlays::import::names(self, names),
            Event::Report(report) => overlays::import::read(self, *report),
            Event::Texts(texts) => overlays::search::texts(self, texts),
            Event::Past(past) => overlays::history::read(self, *past),
            Event::Terminate => self.quitting = true,
        }
        self.finish(&mut effects);
        effects
    }

    fn opened(&mut self, opened: Box<Opened>) {
        let Some(shared) = self.shared_catalog.clone() else {
            self.waiting = Some(opened);
            self.held.get_or_insert_default();
            return;
        };
        let opened = *opened;
        let catalog = match opened.session.with_own_systems(&shared) {
            Cow::Borrowed(_) => Arc::clone(&shared),
            Cow::Owned(joined) => Arc::new(joined),
        };
        self.catalog = Some(Arc::clone(&catalog));
        // It belongs to the catalog that it was made of.
        self.search_index = None;
        let mut editor = Editor::new(opened.session, IdSource::new(opened.id_seed));
        editor.set_typist(editor.session().room.turn.clone());
        if opened.read_only.is_none() {
            self.name_typist(&mut editor, opened.is_new);
        }
        let mut open = OpenSession::new(opened.name, editor, &catalog);
        open.read_only = opened.read_only;
        self.overlay = None;
        if let Some(reason) = &open.read_only {
            let reason = reason.clone();
            self.warn(reason);
        } else if let Some(words) = opened.notice {
            self.warn(words);
        } else if let Some(words) = screens::disputes::notice(open.editor.session()) {
            self.warn(words);
        } else if opened.is_new {
            self.say(
                "Read the question aloud. Space takes a suggestion, a adds a threat of your own.",
            );
        } else if open.active.is_some() {
            self.say("Here you stopped. Go on typing.");
        } else {
            self.notice = None;
        }
        self.open = Some(Box::new(open));
        if let Some(field) = self.goes_to.take() {
            self.go_to_found(&field);
        }
    }

    fn ask_to_overwrite(&mut self, path: String) {
        let Some(open) = &self.open else { return };
        let text = open.report.text.clone();
        self.overlay = Some(Overlay::Question {
            text: format!("{path} is there already. Replace it?"),
            yes: Box::new(Effect::Export {
                path,
                text,
                overwrite: true,
            }),
        });
    }

    /// Where keys are pressed, the narrowest first.
    pub fn contexts(&self) -> Vec<Context> {
        let mut contexts = Vec::new();
        match &self.open {
            None if self.home.trash.is_some() => contexts.push(Context::Trash),
            None => contexts.push(Context::Home),
            Some(open) => {
                if matches!(open.selected(), Some(Target::LeaveKind(_))) {
                    contexts.push(Context::Decision);
                }
                contexts.push(match (open.step, &open.threat, open.pane) {
                    _ if open.compare.is_some() => Context::Compare,
                    (Step::Scope, ..) => Context::Scope,
                    (Step::Threats, Some(_), _) => Context::Threat,
                    (Step::Threats, None, Pane::Map) => Context::Map,
                    (Step::Threats, None, Pane::Card) => Context::Card,
                    (Step::Harden, ..) => Context::Harden,
                    (Step::Review, ..) => Context::Review,
                    (Step::Report, ..) => Context::Report,
                });
                contexts.push(Context::Session);
            }
        }
        contexts.push(Context::Everywhere);
        contexts
    }

    /// The contexts whose keys the key bar shows.
    pub fn bar_contexts(&self) -> Vec<Context> {
        if let Some(overlay) = &self.overlay {
            return vec![overlay.context()];
        }
        match self.open.as_ref().and_then(|open| open.active.as_ref()) {
            Some(active) if active.field.is_long() => vec![Context::LongText],
            Some(_) => vec![Context::ShortText],
            None => self.contexts(),
        }
    }

    fn key(&mut self, key: KeyEvent, effects: &mut Vec<Effect>) {
        let interrupt = Key::control('c').matches(&key);
        if !interrupt {
            self.interrupted = None;
        }
        if interrupt && !self.copies(key) {
            return self.interrupt();
        }
        if self.is_too_small() && self.open.as_ref().is_none_or(|open| open.active.is_none()) {
            return self.key_unseen(key, effects);
        }
        if self.overlay.is_some() {
            self.notice = None;
            return overlays::key(self, key, effects);
        }
        if self.open.as_ref().is_some_and(|open| open.active.is_some()) {
            return self.key_in_text(key, effects);
        }
        self.notice = None;
        match keymap::meaning(&self.contexts(), &key) {
            Some(action) => self.act(action, effects),
            None => self.unknown(key),
        }
    }

    /// Whether nothing is shown but a plea for room.
    const fn is_too_small(&self) -> bool {
        self.size.0 < SMALLEST.0 || self.size.1 < SMALLEST.1
    }

    /// Where nobody sees what a key would do, only those work that cannot do harm.
    fn key_unseen(&mut self, key: KeyEvent, effects: &mut Vec<Effect>) {
        self.notice = None;
        if let Some(action @ (Action::Save | Action::Quit | Action::Suspend | Action::Redraw)) =
            keymap::meaning(&self.contexts(), &key)
        {
            self.act(action, effects);
        }
    }

    /// Characters in a row: one edit in a field, one key after the other elsewhere.
    fn typed(&mut self, text: &str, effects: &mut Vec<Effect>) {
        if self.overlay.is_none() && self.open.as_ref().is_some_and(|open| open.active.is_some()) {
            self.notice = None;
            self.interrupted = None;
            self.insert(text);
            return;
        }
        for character in text.chars() {
            let key = KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE);
            effects.extend(self.update(Event::Key(key), self.now));
        }
    }

    /// Whether Ctrl+C has something to copy.
    fn copies(&self, key: KeyEvent) -> bool {
        debug_assert!(Key::control('c').matches(&key));
        let active = self.open.as_ref().and_then(|open| open.active.as_ref());
        self.overlay.is_none() && active.is_some_and(|active| active.edit.selection().is_some())
    }

    fn interrupt(&mut self) {
        let again = self
            .interrupted
            .is_some_and(|at| self.now.as_second() - at.as_second() <= SECOND_INTERRUPT);
        if again {
            self.quitting = true;
        } else {
            self.interrupted = Some(self.now);
            let words = match self.open.as_ref().map(|open| &open.save) {
                Some(SaveState::Failed(trouble, _)) => format!(
                    "NOT SAVED: {}. Ctrl+C again quits all the same.",
                    trouble.reason
                ),
                _ => "Everything is saved. Ctrl+C again quits.".to_owned(),
            };
            self.say(words);
        }
    }

    fn unknown(&mut self, key: KeyEvent) {
        // Keys that are no more than half a chord say nothing.
        if matches!(key.code, KeyCode::Modifier(_) | KeyCode::Null) {
            return;
        }
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let shown = Key {
            code: key.code,
            control,
            shift: false,
        };
        self.say(format!(
            "{shown} does nothing here. ? shows the keys that do."
        ));
    }

    /// Carries out what a key means outside text.
    pub fn act(&mut self, action: Action, effects: &mut Vec<Effect>) {
        if self.act_on_screen(action, effects) || self.act_on_list(action) {
            return;
        }
        match action {
            Action::Help => self.overlay = Some(Overlay::Help(Help::for_screen(self))),
            Action::Palette => self.overlay = Some(Overlay::Palette(Palette::open(self))),
            Action::Search => self.search_everything(effects),
            Action::Words => self.overlay = Some(Overlay::Search(Search::words(self))),
            Action::Park => self.ask_to_park(),
            Action::Parking => self.overlay = Some(Overlay::Parking(Parking::open(self))),
            Action::History => self.show_history(effects),
            Action::Ratings => self.overlay = Some(Overlay::Ratings(Ratings::open(self))),
            Action::Deal => self.overlay = Some(Overlay::Deck(Deck::shuffled(self))),
            Action::PassTurn => self.pass_turn(),
            Action::TimeBox => self.time_box(),
            Action::Wall => self.toggle_wall(),
            Action::Quit => self.quitting = !self.holds_unsaved_text(),
            Action::Interrupt => self.interrupt(),
            Action::Redraw => effects.push(Effect::Redraw),
            Action::Suspend => effects.extend([Effect::SaveNow, Effect::Suspend]),
            Action::Save => self.save(effects),
            Action::Export => self.export(),
            Action::NextTheme => self.next_theme(),
            Action::ToggleMouse => self.toggle_mouse(effects),
            Action::ToggleAscii => self.toggle_ascii(),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::StepScope => _ = self.go_step(1),
            Action::StepThreats => _ = self.go_step(2),
            Action::StepHarden => _ = self.go_step(3),
            Action::StepReview => _ = self.go_step(4),
            Action::StepReport => _ = self.go_step(5),
            Action::NextCell => self.go_cell(1),
            Action::PreviousCell => self.go_cell(-1),
            Action::NextOpen => self.go_next_open(),
            Action::NextPane | Action::PreviousPane => self.next_pane(),
            Action::Back => self.back(effects),
            _ => self.say("Nothing to do here with that key. ? shows the keys that do something."),
        }
    }

    fn act_on_screen(&mut self, action: Action, effects: &mut Vec<Effect>) -> bool {
        let Some(open) = &self.open else {
            return screens::home::act(self, action, effects);
        };
        match (open.step, open.threat.is_some(), open.pane) {
            _ if open.compare.is_some() => screens::compare::act(self, action),
            (Step::Scope, ..) => screens::scope::act(self, action),
            (Step::Threats, true, _) => screens::threat::act(self, action),
            (Step::Threats, false, Pane::Map) => screens::map::act(self, action),
            (Step::Threats, false, Pane::Card) => screens::card::act(self, action),
            (Step::Harden, ..) => screens::harden::act(self, action, effects),
            (Step::Review, ..) => screens::review::act(self, action),
            (Step::Report, ..) => screens::report::act(self, action),
        }
    }

    /// Moves the cursor in the list on the screen.
    fn act_on_list(&mut self, action: Action) -> bool {
        let page = isize::try_from(self.size.1 / 2).unwrap_or(10);
        let Some(open) = &mut self.open else {
            return false;
        };
        let by = match action {
            Action::Up => -1,
            Action::Down => 1,
            Action::PageUp => -page,
            Action::PageDown => page,
            Action::First => isize::MIN / 2,
            Action::Last => isize::MAX / 2,
            _ => return false,
        };
        let rows = std::mem::take(&mut open.rows);
        open.list_mut().step(&rows, by);
        open.rows = rows;
        true
    }

    /// Goes to the write-up, and asks where to write it.
    fn export(&mut self) {
        if self.go_step(Step::Report.number()) {
            screens::report::act(self, Action::Export);
        }
    }

    fn save(&mut self, effects: &mut Vec<Effect>) {
        let Some(open) = &self.open else { return };
        if open.read_only.is_some() {
            self.say("This session is open for reading only; there is nothing to save.");
            return;
        }
        effects.push(Effect::SaveNow);
        if matches!(open.save, SaveState::Failed(..)) {
            self.overlay = Some(Overlay::trouble(About::NotSaved));
            return;
        }
        let (answered, _) = open.coverage.answered();
        let threats = open.editor.session().threats.len();
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        self.say(format!(
            "Saved: {answered} cell{} answered, {threats} threat{}.",
            plural(answered),
            plural(threats)
        ));
    }

    /// Says that the disk has not everything, where it has not: then one key must not leave.
    fn holds_unsaved_text(&mut self) -> bool {
        let Some(SaveState::Failed(trouble, _)) = self.open.as_ref().map(|open| &open.save) else {
            return false;
        };
        let reason = &trouble.reason;
        let words = format!("NOT SAVED: {reason}. Ctrl+C twice leaves all the same.");
        self.overlay = Some(Overlay::trouble(About::NotSaved));
        self.say(words);
        true
    }

    /// Makes one edit; says why where it cannot be made.
    pub fn edit(&mut self, operation: Operation) -> bool {
        let now = self.now;
        let Some(open) = &mut self.open else {
            return false;
        };
        if open.read_only.is_some() {
            self.warn("This session is open for reading only; nothing was changed.");
            return false;
        }
        match open.editor.perform(operation, now) {
            Ok(()) => true,
            Err(refusal) => {
                self.say(format!("Not done: {refusal}."));
                false
            }
        }
    }

    /// Removes something and says how it comes back.
    pub fn remove(&mut self, operation: Operation) -> bool {
        let removed = self.edit(operation);
        if removed {
            self.say("Removed. u brings it back.");
        }
        removed
    }

    /// Takes the last step back and says what it was.
    pub fn undo(&mut self) {
        let Some(open) = &mut self.open else { return };
        match open.editor.undo() {
            Some(label) => {
                self.say(format!("Undone: {label}. Ctrl+R does it again."));
                self.settle_text();
            }
            None => self.say("Nothing to undo."),
        }
    }

    /// Does again what was taken back.
    pub fn redo(&mut self) {
        let Some(open) = &mut self.open else { return };
        match open.editor.redo() {
            Some(label) => {
                self.say(format!("Done again: {label}."));
                self.settle_text();
            }
            None => self.say("Nothing to do again."),
        }
    }

    /// Goes to a step by its number.
    pub fn go_step(&mut self, number: usize) -> bool {
        let Some(open) = &mut self.open else {
            return false;
        };
        let Some(step) = number.checked_sub(1).and_then(|at| Step::ALL.get(at)) else {
            return false;
        };
        if *step == Step::Threats {
            open.threat = None;
        }
        open.step = *step;
        open.compare = None;
        open.came_from = None;
        true
    }

    /// Goes so many cells on in the walk.
    pub fn go_cell(&mut self, by: isize) {
        let Some(open) = &mut self.open else { return };
        let walk: Vec<CellKey> = open.walk().collect();
        let here = walk.iter().position(|cell| *cell == open.cell);
        let there = match here {
            Some(at) => at.saturating_add_signed(by),
            None => 0,
        };
        match walk.get(there) {
            Some(cell) if here != Some(there) => {
                let cell = cell.clone();
                self.visit_cell(cell);
            }
            _ if by < 0 => self.say("This is the first cell of the walk."),
            _ => self.say("This is the last cell of the walk. 4 shows what is still open."),
        }
    }

    fn go_next_open(&mut self) {
        let Some(open) = &mut self.open else { return };
        let walk: Vec<CellKey> = open.walk().collect();
        let here = walk
            .iter()
            .position(|cell| *cell == open.cell)
            .map_or(0, |at| at + 1);
        let (before, after) = walk.split_at(here.min(walk.len()));
        let next = after.iter().chain(before).find(|cell| {
            !open
                .coverage
                .state(&cell.component, cell.category)
                .is_answered()
        });
        match next {
            Some(cell) if *cell != open.cell => {
                let cell = cell.clone();
                self.visit_cell(cell);
            }
            Some(_) => self.say("This is the only cell left without an answer."),
            None => self.say("Every cell in scope has an answer. 4 shows the review."),
        }
    }

    /// Goes to the card of a cell.
    pub fn visit_cell(&mut self, cell: CellKey) {
        let Some(open) = &mut self.open else { return };
        open.step = Step::Threats;
        open.compare = None;
        open.threat = None;
        open.came_from = None;
        open.pane = Pane::Card;
        open.expanded = None;
        open.lists[Step::Threats as usize] = ListState::default();
        open.cell = cell;
    }

    /// Opens a threat of the card.
    pub fn open_threat(&mut self, id: ThreatId, start: Option<Start>) {
        let Some(catalog) = self.catalog.clone() else {
            return;
        };
        let Some(open) = &mut self.open else { return };
        open.threat_list = ListState::default();
        open.expanded = None;
        open.threat = Some(id.clone());
        match start {
            None => {}
            Some(Start::Rating) => {
                open.threat_list.selected = Some(Target::Choice(Choice::Likelihood));
                self.say("← and → or 1 to 5 rate it. Esc goes back to the card.");
            }
            Some(Start::Mitigation) => match screens::threat::first_untaken(open, &catalog, &id) {
                Some(at) => {
                    open.threat_list.selected = Some(Target::SuggestedMitigation(at));
                    self.say("Space takes a suggested mitigation. m writes one of your own.");
                }
                None => self.type_into(TextField::Draft(DraftKey::Mitigation(id))),
            },
        }
    }

    /// Opens a threat from another step, to which Esc goes back.
    pub fn visit_threat(&mut self, id: ThreatId, from: Step) {
        let Some(open) = &mut self.open else { return };
        let Some(threat) = open.editor.session().threat(&id) else {
            return;
        };
        let cell = CellKey {
            component: threat.component.clone(),
            category: threat.category,
        };
        self.visit_cell(cell);
        self.open_threat(id, None);
        if let Some(open) = &mut self.open {
            open.came_from = Some(from);
        }
    }

    /// Goes back from an open threat to where it was opened.
    pub fn leave_threat(&mut self) {
        let Some(open) = &mut self.open else { return };
        if let Some(id) = open.threat.take() {
            let target = Target::Threat(id);
            open.lists[Step::Threats as usize].selected = Some(target);
        }
        open.expanded = None;
        if let Some(step) = open.came_from.take() {
            open.step = step;
        }
    }

    fn next_pane(&mut self) {
        let Some(open) = &mut self.open else { return };
        if open.step == Step::Threats && open.threat.is_none() && open.compare.is_none() {
            open.pane = match open.pane {
                Pane::Map => Pane::Card,
                Pane::Card => Pane::Map,
            };
        } else {
            self.say("There is one pane here. 1 to 5 go to the other steps.");
        }
    }

    /// One step out: an open threat, the card, the step, the session.
    fn back(&mut self, effects: &mut Vec<Effect>) {
        let Some(open) = &mut self.open else { return };
        if open.step == Step::Threats && open.threat.is_some() && open.compare.is_none() {
            self.leave_threat();
        } else if open.expanded.is_some() {
            open.expanded = None;
        } else if open.compare.is_some() {
            open.compare = None;
        } else if open.step == Step::Threats && open.pane == Pane::Card {
            open.pane = Pane::Map;
        } else if open.step != Step::Threats {
            _ = self.go_step(Step::Threats.number());
        } else if !self.holds_unsaved_text()
            && let Some(open) = &mut self.open
        {
            open.editor.set_place(open.place());
            effects.push(Effect::Changes(open.editor.take_changes()));
            effects.extend([Effect::Close, Effect::ListSessions]);
            self.open = None;
            self.home.selected = 0;
            self.say("Saved. Enter goes on with the session where you stopped.");
        }
    }

    /// Brings everything that is drawn up to date and hands changes to the saver.
    pub fn finish(&mut self, effects: &mut Vec<Effect>) {
        if let (Some(open), Some(catalog)) = (&mut self.open, &self.catalog) {
            open.editor.set_place(open.place());
            open.refresh(&Arc::clone(catalog));
            let changes = open.editor.take_changes();
            if !changes.is_empty() {
                if changes
                    .iter()
                    .any(|delta| !matches!(delta, crate::session::edit::Delta::Place { .. }))
                {
                    open.save = match &open.save {
                        SaveState::Failed(trouble, at) => SaveState::Failed(trouble.clone(), *at),
                        other => SaveState::Saving(other.last()),
                    };
                }
                effects.push(Effect::Changes(changes));
            }
        }
        self.scroll();
        if self.open.is_none() && self.home.trash.is_none() {
            let unread = self.home.ask_for_unread(usize::from(self.size.1));
            if !unread.is_empty() {
                effects.push(Effect::Summarise(unread));
            }
        }
    }

    /// Keeps the cursor of the list visible.
    fn scroll(&mut self) {
        let areas = Areas::of(self);
        let theme = self.theme;
        if let (Some(open), Some(area)) = (&mut self.open, areas.inner()) {
            open.scroll(area, theme);
        }
    }

    /// Says that the text is not safe, in the colour of danger.
    pub fn save_words(&self) -> (String, Meaning) {
        let Some(open) = &self.open else {
            return (String::new(), Meaning::Muted);
        };
        if open.read_only.is_some() {
            return ("reading only".to_owned(), Meaning::Warning);
        }
        match &open.save {
            SaveState::Saved(Some(at)) => (format!("saved {}", self.clock(*at)), Meaning::Muted),
            SaveState::Saved(None) => ("saved".to_owned(), Meaning::Muted),
            SaveState::Saving(_) => ("saving…".to_owned(), Meaning::Muted),
            SaveState::Failed(..) => ("NOT SAVED".to_owned(), Meaning::Danger),
        }
    }
}
