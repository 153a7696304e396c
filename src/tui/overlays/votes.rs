//! A show of hands on one threat: how many say what, on both scales. The spread is kept as it is;
//! nothing is averaged. What the group settles on is a key of its own.

use crate::session::edit::Operation;
use crate::session::id::ThreatId;
use crate::session::place::{TextField, ThreatText};
use crate::session::types::{Impact, Level, Likelihood, Votes};
use crate::tui::app::App;
use crate::tui::keymap::Action;

/// The show of hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShowOfHands {
    /// The threat.
    pub threat: ThreatId,
    /// The marked level.
    pub marked: Level,
}

impl ShowOfHands {
    /// Begins with the lowest likelihood.
    pub const fn of(threat: ThreatId) -> Self {
        Self {
            threat,
            marked: Level::Likelihood(Likelihood::Rare),
        }
    }

    /// What was counted so far.
    pub fn votes(&self, app: &App) -> Votes {
        app.open
            .as_ref()
            .and_then(|open| open.editor.session().threat(&self.threat))
            .map(|threat| threat.votes.clone())
            .unwrap_or_default()
    }

    /// Carries out what a key means; whether the show of hands is over.
    pub fn act(&mut self, app: &mut App, action: Action) -> bool {
        match action {
            Action::Up => self.step(-1),
            Action::Down => self.step(1),
            Action::Left | Action::Right | Action::NextPane => {
                self.marked = match self.marked {
                    Level::Likelihood(level) => Level::Impact(Impact::ALL[level as usize]),
                    Level::Impact(level) => Level::Likelihood(Likelihood::ALL[level as usize]),
                };
            }
            Action::Choose(hands) => {
                app.edit(Operation::CountHands {
                    threat: self.threat.clone(),
                    level: self.marked,
                    hands,
                });
                self.step(1);
            }
            Action::Enter => {
                let threat = self.threat.clone();
                let (operation, word) = match self.marked {
                    Level::Likelihood(level) => {
                        (Operation::SetLikelihood(threat, Some(level)), level.name())
                    }
                    Level::Impact(level) => {
                        (Operation::SetImpact(threat, Some(level)), level.name())
                    }
                };
                if app.edit(operation) {
                    app.say(format!(
                        "The group settles on '{word}'. The hands stay counted."
                    ));
                }
            }
            Action::Note => {
                let field = TextField::Threat(self.threat.clone(), ThreatText::VotesNote);
                app.type_into(field);
                return true;
            }
            Action::Undo => app.undo(),
            _ => {}
        }
        false
    }

    fn step(&mut self, by: isize) {
        let moved = |at: usize| at.saturating_add_signed(by).min(4);
        self.marked = match self.marked {
            Level::Likelihood(level) => Level::Likelihood(Likelihood::ALL[moved(level as usize)]),
            Level::Impact(level) => Level::Impact(Impact::ALL[moved(level as usize)]),
        };
    }
}
