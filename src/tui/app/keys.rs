//! What a key is about: text, an overlay or the screen below it. Not for what an action then does: see
//! `act`; nor for which key means what: see `tui::keymap`.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::open::{Pane, SaveState};
use super::{App, Effect, Event};
use crate::session::place::Step;
use crate::tui::key::Key;
use crate::tui::keymap::{self, Action, Context};
use crate::tui::layout::SMALLEST;
use crate::tui::overlays;
use crate::tui::widgets::rows::Target;

/// How long after one Ctrl+C a second one quits, in seconds.
const SECOND_INTERRUPT: i64 = 2;

impl App {
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

    pub(super) fn key(&mut self, key: KeyEvent, effects: &mut Vec<Effect>) {
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
    pub(super) fn typed(&mut self, text: &str, effects: &mut Vec<Effect>) {
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

    pub(super) fn interrupt(&mut self) {
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
}
