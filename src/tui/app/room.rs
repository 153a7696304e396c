//! What the facilitator does: whose turn it is, how much time there is, how far the wall reads.
//!
//! Not for answers. The overlays for parked thoughts, cards and hands are in [`crate::tui::overlays`].

use jiff::{SignedDuration, Timestamp};

use super::App;
use crate::session::edit::Operation;
use crate::session::place::Step;
use crate::session::types::TimeBox;
use crate::tui::overlays::{Asked, Overlay};

/// What a step usually takes in a workshop of ninety minutes.
const fn usual_minutes(step: Step) -> u16 {
    match step {
        Step::Scope => 15,
        Step::Threats => 40,
        Step::Harden => 20,
        Step::Review => 10,
        Step::Report => 5,
    }
}

impl App {
    /// Passes the turn on to the next one in the room; after the last to nobody.
    pub fn pass_turn(&mut self) {
        let Some(open) = &self.open else { return };
        let session = open.editor.session();
        if session.participants.is_empty() {
            self.say("Write down who is in the room first: step 1, 'In the room'.");
            return;
        }
        let ids = || session.participants.iter().map(|one| one.id.clone());
        let next = match &session.room.turn {
            None => ids().next(),
            Some(turn) => ids().skip_while(|id| id != turn).nth(1),
        };
        let words = match &next {
            Some(id) => format!("It is {}'s turn.", self.name_of(id)),
            None => "It is nobody's turn: speak as you like. T begins again.".to_owned(),
        };
        if self.edit(Operation::SetTurn(next.clone())) {
            if let Some(open) = &mut self.open {
                open.editor.set_typist(next);
            }
            self.say(words);
        }
    }

    fn name_of(&self, id: &crate::session::id::ParticipantId) -> String {
        self.open
            .as_ref()
            .and_then(|open| {
                let mut participants = open.editor.session().participants.iter();
                participants.find(|one| one.id == *id)
            })
            .map_or_else(String::new, |one| one.name.shown().into_owned())
    }

    /// Whose turn it is and who is next, for the top line: `Ada, then Bo`.
    pub fn turn_words(&self) -> Option<String> {
        let session = self.open.as_ref()?.editor.session();
        let turn = session.room.turn.as_ref()?;
        let at = session
            .participants
            .iter()
            .position(|one| one.id == *turn)?;
        let name = &session.participants[at].name;
        Some(match session.participants.get(at + 1) {
            Some(next) => format!("{}, then {}", name.shown(), next.name.shown()),
            None => name.shown().into_owned(),
        })
    }

    /// Stops the time box that runs, or asks how long the next one is to be.
    pub fn time_box(&mut self) {
        let Some(open) = &self.open else { return };
        if open.editor.session().room.time_box.is_some() {
            if self.edit(Operation::SetTimeBox(None)) {
                self.say("The time box is stopped.");
            }
            return;
        }
        let minutes = usual_minutes(open.step).to_string();
        self.overlay = Some(Overlay::ask(Asked::TimeBox, &minutes));
    }

    /// Starts a time box for the step on the screen; whether the minutes made sense.
    pub fn start_time_box(&mut self, minutes: &str) -> bool {
        let Some(open) = &self.open else { return true };
        let step = open.step;
        let Ok(minutes @ 1..=600) = minutes.trim().parse::<u16>() else {
            self.say("Type the minutes as a number from 1 to 600.");
            return false;
        };
        let time_box = TimeBox {
            step,
            minutes,
            started: self.now,
        };
        if self.edit(Operation::SetTimeBox(Some(time_box))) {
            self.say(format!(
                "{minutes} minutes for {}. B stops it.",
                step.name()
            ));
        }
        true
    }

    /// The time box in words, for the top line: `Threats 18 of 40 min`. Calm: it never counts
    /// seconds and never says that anybody is late.
    pub fn time_words(&self) -> Option<String> {
        let session = self.open.as_ref()?.editor.session();
        let time_box = session.room.time_box.as_ref()?;
        let minutes = self.now.duration_since(time_box.started).as_mins().max(0);
        let name = time_box.step.name();
        Some(if minutes >= i64::from(time_box.minutes) {
            format!("{name} {} min are over", time_box.minutes)
        } else {
            format!("{name} {minutes} of {} min", time_box.minutes)
        })
    }

    /// When the screen has to be drawn again without an event: at the next minute of a time box.
    /// Nothing where none runs, or where it is over: then the program sleeps until a key.
    pub fn next_tick(&self) -> Option<Timestamp> {
        let session = self.open.as_ref()?.editor.session();
        let time_box = session.room.time_box.as_ref()?;
        let minutes = self.now.duration_since(time_box.started).as_mins().max(0);
        if minutes >= i64::from(time_box.minutes) {
            return None;
        }
        let next = SignedDuration::from_mins(minutes + 1);
        time_box.started.checked_add(next).ok()
    }

    /// Changes between the wall view and the usual one.
    pub fn toggle_wall(&mut self) {
        let Some(open) = &mut self.open else { return };
        open.wall = !open.wall;
        let words = if open.wall {
            "Wall view: the question first, and room to read it from the back. W goes back."
        } else {
            "The usual view, with map and context."
        };
        self.say(words);
    }
}
