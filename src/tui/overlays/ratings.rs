//! All threats by how often and how bad: a picture in text, and a list in which they can be rated.
//!
//! It holds what is marked; ratings are edits like any other. Not for a show of hands: see
//! [`super::votes`].

use crate::session::edit::Operation;
use crate::session::types::{Impact, Likelihood, Threat};
use crate::tui::app::App;
use crate::tui::keymap::Action;
use crate::tui::screens::card::{risk_of, risk_sign};

/// The scale on which keys rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// How often.
    #[default]
    Likelihood,
    /// How bad.
    Impact,
}

/// The picture of all ratings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ratings {
    /// The marked threat, from 0, in the order of the session.
    pub selected: usize,
    /// The scale on which keys rate.
    pub scale: Scale,
}

impl Ratings {
    /// The picture, with the threat marked that is open or under the cursor.
    pub fn open(app: &App) -> Self {
        use crate::tui::widgets::rows::Target;
        let marked = app.open.as_ref().and_then(|open| {
            let under = match open.selected() {
                Some(Target::Threat(id)) => Some(id),
                _ => None,
            };
            let id = open.threat.as_ref().or(under)?;
            threats(app).iter().position(|one| one.id == *id)
        });
        Self {
            selected: marked.unwrap_or(0),
            scale: Scale::default(),
        }
    }

    /// The marked threat.
    pub fn threat<'a>(&self, app: &'a App) -> Option<&'a Threat> {
        threats(app).get(self.selected)
    }

    /// Carries out what a key means; whether the picture closes.
    pub fn act(&mut self, app: &mut App, action: Action) -> bool {
        let last = threats(app).len().saturating_sub(1);
        match action {
            Action::NextPane | Action::PreviousPane if threats(app).is_empty() => nothing(app),
            Action::Undo => app.undo(),
            Action::Redo => app.redo(),
            Action::NextPane | Action::PreviousPane => {
                self.scale = match self.scale {
                    Scale::Likelihood => Scale::Impact,
                    Scale::Impact => Scale::Likelihood,
                };
            }
            Action::Up => self.mark(self.selected.saturating_sub(1)),
            Action::Down => self.mark((self.selected + 1).min(last)),
            Action::First => self.mark(0),
            Action::Last => self.mark(last),
            action => return self.act_on_threat(app, action),
        }
        // An undo may have taken the last threats.
        self.selected = self.selected.min(threats(app).len().saturating_sub(1));
        false
    }

    fn mark(&mut self, at: usize) {
        self.selected = at;
        self.scale = Scale::default();
    }

    fn act_on_threat(&mut self, app: &mut App, action: Action) -> bool {
        let Some(threat) = self.threat(app) else {
            nothing(app);
            return false;
        };
        let id = threat.id.clone();
        let level = match self.scale {
            Scale::Likelihood => threat.likelihood.map(|level| level as usize + 1),
            Scale::Impact => threat.impact.map(|level| level as usize + 1),
        }
        .unwrap_or(0);
        match action {
            Action::Enter => {
                let from = app.open.as_ref().map(|open| open.step).unwrap_or_default();
                app.visit_threat(id, from);
                return true;
            }
            Action::Left => self.rate(app, level.saturating_sub(1)),
            Action::Right => self.rate(app, (level + 1).min(5)),
            Action::Choose(number) => {
                let rated = self.scale;
                self.rate(app, usize::from(number));
                // Two numbers in a row rate a threat: how often, then how bad.
                self.scale = match rated {
                    Scale::Likelihood if number > 0 => Scale::Impact,
                    _ => Scale::Likelihood,
                };
            }
            _ => {}
        }
        false
    }

    /// Rates the marked threat on the marked scale, from 1; 0 is not sure.
    fn rate(&self, app: &mut App, level: usize) {
        let Some(id) = self.threat(app).map(|one| one.id.clone()) else {
            return;
        };
        let at = level.checked_sub(1);
        let operation = match self.scale {
            Scale::Likelihood => {
                let level = at.and_then(|at| Likelihood::ALL.get(at)).copied();
                Operation::SetLikelihood(id, level)
            }
            Scale::Impact => {
                let level = at.and_then(|at| Impact::ALL.get(at)).copied();
                Operation::SetImpact(id, level)
            }
        };
        if app.edit(operation)
            && let Some(threat) = self.threat(app)
        {
            let words = in_words(threat);
            app.say(format!("Rated: {words}. Undo with u."));
        }
    }
}

fn nothing(app: &mut App) {
    app.say("There is no threat to rate yet. a on a card writes one.");
}

/// All threats of the open session, in its order: their numbers count from 1.
pub fn threats(app: &App) -> &[Threat] {
    app.open
        .as_ref()
        .map_or(&[], |open| open.editor.session().threats.as_slice())
}

/// The rating of a threat: `likely, major ▲▲▲ high`, or what is not rated.
pub fn in_words(threat: &Threat) -> String {
    let often = threat.likelihood.map(Likelihood::name);
    let bad = threat.impact.map(Impact::name);
    match (often, bad, risk_of(threat)) {
        (Some(often), Some(bad), Some(risk)) => format!("{often}, {bad} {}", risk_sign(risk)),
        (Some(often), ..) => format!("{often}, how bad?"),
        (None, Some(bad), _) => format!("how often? {bad}"),
        (None, None, _) => "not rated".to_owned(),
    }
}
