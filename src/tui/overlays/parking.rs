//! The parking lot: thoughts that were put aside, to be taken up when there is time.
//!
//! Not for putting one aside: that is a short text that is asked for, see [`super::Asked::Park`].

use crate::session::edit::Operation;
use crate::session::types::ParkedThought;
use crate::tui::app::App;
use crate::tui::keymap::Action;
use crate::tui::overlays::{Asked, Overlay};

/// The list of parked thoughts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parking {
    /// The marked one, from 0.
    pub selected: usize,
}

impl Parking {
    /// The list, with the first open thought marked.
    pub fn open(app: &App) -> Self {
        let thoughts = thoughts(app);
        let selected = thoughts.iter().position(|one| !one.settled).unwrap_or(0);
        Self { selected }
    }

    /// Carries out what a key means; whether the list closes.
    pub fn act(&mut self, app: &mut App, action: Action) -> bool {
        let count = thoughts(app).len();
        let marked = thoughts(app).get(self.selected).cloned();
        match (action, marked) {
            (Action::Up, _) => self.selected = self.selected.saturating_sub(1),
            (Action::Down, _) => {
                self.selected = (self.selected + 1).min(count.saturating_sub(1));
            }
            (Action::Park, _) => {
                app.ask_to_park();
                return true;
            }
            (Action::Enter, Some(thought)) => match thought.cell {
                Some(cell) => {
                    app.visit_cell(cell);
                    return true;
                }
                None => app.say("This thought was parked away from any card."),
            },
            (Action::Toggle, Some(thought)) => {
                let settled = !thought.settled;
                if app.edit(Operation::SettleParked(thought.id, settled)) {
                    app.say(if settled {
                        "Done with. Space opens it again."
                    } else {
                        "Open again."
                    });
                }
            }
            (Action::Remove, Some(thought)) => {
                app.remove(Operation::RemoveParked(thought.id));
                self.selected = self.selected.min(thoughts(app).len().saturating_sub(1));
            }
            (Action::Undo, _) => app.undo(),
            (Action::Enter | Action::Toggle | Action::Remove, None) => {
                app.say("Nothing is parked. p parks a thought.");
            }
            _ => {}
        }
        false
    }
}

/// The parked thoughts of the open session.
pub fn thoughts(app: &App) -> &[ParkedThought] {
    app.open
        .as_ref()
        .map_or(&[], |open| open.editor.session().parked.as_slice())
}

impl App {
    /// Asks for a thought to be put aside. What was typed before and not yet parked is still there.
    pub fn ask_to_park(&mut self) {
        use crate::session::place::DraftKey;
        let Some(open) = &self.open else { return };
        let draft = open.editor.session().draft(&DraftKey::Parked);
        let draft = draft.unwrap_or_default().clone();
        self.overlay = Some(Overlay::ask(Asked::Park, draft.raw()));
    }
}
