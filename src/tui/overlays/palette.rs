//! Every action by name, and every cell of the walk: typed words find them.

use crate::catalog::Kind;
use crate::session::place::CellKey;
use crate::stride::Category;
use crate::tui::app::{App, Effect};
use crate::tui::keymap::{self, Action};
use crate::tui::overlays::search::Search;
use crate::tui::overlays::{InputLine, Overlay};

/// The palette.
#[derive(Debug)]
pub struct Palette {
    /// What is searched for.
    pub line: InputLine,
    /// What was found, best first.
    pub entries: Vec<Entry>,
    /// The marked one.
    pub selected: usize,
}

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// In words.
    pub text: String,
    /// Other words by which people look for it.
    pub also: &'static str,
    /// The key for it.
    pub key: String,
    /// What it does.
    pub what: What,
}

/// What an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The same as the key.
    Action(Action),
    /// Goes to a cell.
    Cell(CellKey),
    /// Looks up an entry of the catalog.
    Entry(Kind, String),
}

impl Palette {
    /// Everything that can be done now.
    pub fn open(app: &App) -> Self {
        let mut palette = Self {
            line: InputLine::new(""),
            entries: Vec::new(),
            selected: 0,
        };
        palette.search(app);
        palette
    }

    /// Finds what holds every typed word.
    pub fn search(&mut self, app: &App) {
        let words: Vec<String> = self
            .line
            .text
            .to_lowercase()
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        let matches = |entry: &Entry| {
            let text = entry.text.to_lowercase();
            words
                .iter()
                .all(|word| text.contains(word.as_str()) || entry.also.contains(word.as_str()))
        };
        self.entries = all(app, &words).into_iter().filter(matches).collect();
        self.selected = 0;
    }

    /// Marks another entry.
    pub fn step(&mut self, by: isize) {
        let last = self.entries.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// The marked entry.
    pub fn chosen(&self) -> Option<&Entry> {
        self.entries.get(self.selected)
    }
}

fn all(app: &App, words: &[String]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for context in app.contexts() {
        for binding in keymap::of(context) {
            let moves = matches!(
                binding.action,
                Action::Up
                    | Action::Down
                    | Action::Left
                    | Action::Right
                    | Action::First
                    | Action::Last
                    | Action::PageUp
                    | Action::PageDown
                    | Action::NextPane
                    | Action::PreviousPane
                    | Action::Palette
                    | Action::Interrupt
                    | Action::Choose(_)
            );
            let known = entries
                .iter()
                .any(|entry| entry.what == What::Action(binding.action));
            if !moves && !known {
                entries.push(Entry {
                    text: named(binding),
                    also: also(binding.action),
                    key: binding.keys[0].to_string(),
                    what: What::Action(binding.action),
                });
            }
        }
    }
    if let (Some(open), Some(catalog)) = (&app.open, &app.catalog) {
        for id in open.components() {
            let name = catalog
                .component(id.as_str())
                .map_or(id.as_str(), |one| one.name.as_str());
            for category in Category::ALL {
                entries.push(Entry {
                    text: format!("Go to {name}: {category}"),
                    also: "open jump cell card",
                    key: String::new(),
                    what: What::Cell(CellKey {
                        component: id.clone(),
                        category,
                    }),
                });
            }
        }
    }
    // Terms and questions are many: they come only once something is typed.
    if let (false, Some(catalog)) = (words.is_empty(), &app.catalog) {
        entries.extend(catalog.glossary.iter().map(|term| Entry {
            text: format!("What is: {}", term.name),
            also: "term word glossary meaning define explain",
            key: String::new(),
            what: What::Entry(Kind::Term, term.id.as_str().to_owned()),
        }));
        if app.open.is_some() {
            let prompts = catalog
                .components
                .iter()
                .flat_map(|component| component.prompts.iter().map(move |one| (component, one)));
            entries.extend(prompts.map(|(component, prompt)| Entry {
                text: format!("{}: {}", component.name, prompt.question),
                also: "question ask",
                key: String::new(),
                what: What::Cell(CellKey {
                    component: component.id.clone(),
                    category: prompt.category,
                }),
            }));
        }
    }
    entries
}

/// The short name and the sentence of a key: people search by either.
fn named(binding: &keymap::Binding) -> String {
    let label = binding.label;
    if binding.help.to_lowercase().starts_with(label) {
        return binding.help.to_owned();
    }
    let mut letters = label.chars();
    let first = letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>());
    format!(
        "{}{}: {}",
        first.unwrap_or_default(),
        letters.as_str(),
        binding.help
    )
}

/// Other words for an action, in small letters.
const fn also(action: Action) -> &'static str {
    match action {
        Action::Undo => "take back revert oops",
        Action::Redo => "again forward",
        Action::Save => "write disk keep",
        Action::Quit => "exit leave close end bye",
        Action::Export => "save as file markdown print hand in download",
        Action::Remove => "delete discard throw away",
        Action::Add => "new own threat",
        Action::NotKnown => "unsure doubt question unknown",
        Action::Disagree => "doubt question conflict",
        Action::Compare => "sample model answer solution missed",
        Action::Leave => "accept ignore skip",
        Action::NothingApplies => "does not apply skip empty none",
        Action::Mitigate => "fix measure countermeasure",
        Action::Rate => "risk likelihood impact severity",
        Action::Note => "comment remark",
        Action::Rename => "title name",
        Action::Duplicate => "duplicate",
        Action::Search => "find look for",
        Action::Words => "glossary words terms explain define meaning dictionary",
        Action::Park => "later parking lot remember idea aside",
        Action::Parking => "parking lot later list",
        Action::History => {
            "earlier versions text restore yesterday before old bring back removed deleted"
        }
        Action::Ratings => "matrix risk picture table compare heat map likelihood impact",
        Action::Deal => "stuck ideas deck inspiration help us",
        Action::Sentence => "grammar build write",
        Action::ShowOfHands => "vote poll show of hands rating",
        Action::PassTurn => "who types whose turn facilitator round",
        Action::TimeBox => "timer clock minutes stop watch facilitator",
        Action::Wall => "projector big large font presentation back row",
        Action::Back => "previous return sessions home",
        _ => "",
    }
}

/// Does what an entry says.
pub fn carry_out(app: &mut App, entry: Entry, effects: &mut Vec<Effect>) {
    match entry.what {
        What::Action(action) => app.act(action, effects),
        What::Cell(cell) => app.visit_cell(cell),
        What::Entry(kind, id) => {
            app.overlay = Some(Overlay::Search(Search::entry(app, kind, &id)));
        }
    }
}
