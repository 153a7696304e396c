//! Deal me a card: a deck of the catalog's questions and threats for a room that is stuck.
//!
//! The deck holds what is still open: cells without an answer, suggestions neither taken nor left.
//! It decides nothing; taking a card is the same as taking the suggestion on its own card.

use crate::catalog::Catalog;
use crate::catalog::types::Id;
use crate::session::coverage::CellState;
use crate::session::edit::Operation;
use crate::session::place::{CellKey, DraftKey, TextField};
use crate::stride::Category;
use crate::tui::app::{App, OpenSession};
use crate::tui::keymap::Action;

/// The deck and the card on top.
#[derive(Clone, Debug)]
pub struct Deck {
    /// The cards, shuffled.
    pub cards: Vec<Card>,
    /// The one on the table.
    pub at: usize,
    /// From where cards are drawn.
    pub from: From,
    seed: u64,
}

/// A card: one concrete idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What it is about.
    pub cell: CellKey,
    /// What is on it.
    pub face: Face,
}

/// What is on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Face {
    /// A guiding question, by its id.
    Question(Id),
    /// A threat that the catalog knows, by its id.
    Threat(Id),
}

/// From where cards are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// Everything in scope.
    Scope,
    /// The component on the screen.
    Component,
    /// The cell on the screen.
    Cell,
}

impl From {
    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scope => "the whole scope",
            Self::Component => "this component",
            Self::Cell => "this cell",
        }
    }

    const fn next(self) -> Self {
        match self {
            Self::Scope => Self::Component,
            Self::Component => Self::Cell,
            Self::Cell => Self::Scope,
        }
    }
}

impl Deck {
    /// Shuffles what is open.
    pub fn shuffled(app: &App) -> Self {
        let seed = app.now.as_nanosecond().unsigned_abs() as u64;
        Self::from(app, From::Scope, seed)
    }

    fn from(app: &App, from: From, seed: u64) -> Self {
        let mut cards = match (&app.open, &app.catalog) {
            (Some(open), Some(catalog)) => open_cards(open, catalog, from),
            _ => Vec::new(),
        };
        shuffle(&mut cards, seed);
        Self {
            cards,
            at: 0,
            from,
            seed,
        }
    }

    /// The card on the table.
    pub fn card(&self) -> Option<&Card> {
        self.cards.get(self.at)
    }

    /// Carries out what a key means; whether the deck is put away.
    pub fn act(&mut self, app: &mut App, action: Action) -> bool {
        let card = self.card().cloned();
        match (action, card) {
            (Action::Deal, _) => self.draw(app),
            (Action::NextPane, _) => *self = Self::from(app, self.from.next(), self.seed),
            (Action::Toggle, Some(card)) => self.take(app, &card),
            (Action::Enter, Some(card)) => {
                match &card.face {
                    Face::Threat(id) => app.visit_suggestion(card.cell, id),
                    Face::Question(_) => app.visit_cell(card.cell),
                }
                return true;
            }
            (Action::Add, Some(card)) => {
                app.visit_cell(card.cell.clone());
                app.type_into(TextField::Draft(DraftKey::Threat(card.cell)));
                app.say("Your own idea: no card has that one. Write it down.");
                return true;
            }
            (Action::Undo, _) => app.undo(),
            (Action::Toggle | Action::Enter | Action::Add, None) => {
                app.say("No card is left here. Tab draws from elsewhere.");
            }
            _ => {}
        }
        false
    }

    fn draw(&mut self, app: &mut App) {
        if self.at + 1 < self.cards.len() {
            self.at += 1;
        } else if self.cards.is_empty() {
            app.say("No card is left here. Tab draws from elsewhere.");
        } else {
            self.seed = self.seed.wrapping_add(1);
            *self = Self::from(app, self.from, self.seed);
            app.say("That was the last card. Shuffled again.");
        }
    }

    fn take(&mut self, app: &mut App, card: &Card) {
        let Face::Threat(id) = &card.face else {
            app.say("A question cannot be taken. Enter goes to its cell, a writes your answer.");
            return;
        };
        let Some(catalog) = app.catalog.clone() else {
            return;
        };
        let Some((_, suggestion)) = catalog.threat(id.as_str()) else {
            return;
        };
        let operation = Operation::TakeSuggestion {
            component: card.cell.component.clone(),
            suggestion: Box::new(suggestion.clone()),
        };
        if app.edit(operation) {
            self.cards.remove(self.at);
            if self.at >= self.cards.len() {
                self.at = 0;
            }
            app.say("Taken as your own. Here is the next card.");
        }
    }
}

/// The cards of what is still open, in the order of the walk.
fn open_cards(open: &OpenSession, catalog: &Catalog, from: From) -> Vec<Card> {
    let session = open.editor.session();
    let mut cards = Vec::new();
    for component in open.components() {
        for category in Category::ALL {
            let cell = CellKey {
                component: component.clone(),
                category,
            };
            let wanted = match from {
                From::Scope => true,
                From::Component => cell.component == open.cell.component,
                From::Cell => cell == open.cell,
            };
            let state = open.coverage.state(component, category);
            if !wanted || state == CellState::NothingApplies {
                continue;
            }
            if !state.is_answered() {
                let prompts = catalog.prompts(component, category);
                cards.extend(prompts.map(|prompt| Card {
                    cell: cell.clone(),
                    face: Face::Question(prompt.id.clone()),
                }));
            }
            let record = session.cell(component, category);
            let suggestions = catalog.suggestions(component, category).filter(|one| {
                let taken = session.threats.iter().any(|threat| {
                    threat.suggestion.as_ref() == Some(&one.id) && threat.component == *component
                });
                let left = record
                    .is_some_and(|record| record.left.iter().any(|it| it.suggestion == one.id));
                !taken && !left
            });
            cards.extend(suggestions.map(|one| Card {
                cell: cell.clone(),
                face: Face::Threat(one.id.clone()),
            }));
        }
    }
    cards
}

/// Fisher and Yates, with splitmix64 for dice: a deck of cards needs no better.
fn shuffle<T>(cards: &mut [T], seed: u64) {
    let mut state = seed;
    let mut dice = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    for at in (1..cards.len()).rev() {
        let other = (dice() % (at as u64 + 1)) as usize;
        cards.swap(at, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shuffling_keeps_every_card_and_depends_on_the_seed_alone() {
        let deck: Vec<u32> = (0..52).collect();
        let shuffled = |seed| {
            let mut cards = deck.clone();
            shuffle(&mut cards, seed);
            cards
        };
        assert_eq!(shuffled(7), shuffled(7));
        assert_ne!(shuffled(7), shuffled(8));
        assert_ne!(shuffled(7), deck);
        let mut sorted = shuffled(7);
        sorted.sort_unstable();
        assert_eq!(sorted, deck);
    }
}
