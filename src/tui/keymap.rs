//! The one table of keys: dispatch, key bar, help, palette and manual all read it.
//!
//! Typed text is not in it: in a field every printable key is text, see [`super::text::edit`].

use std::sync::OnceLock;

use ratatui::crossterm::event::KeyEvent;

use super::key::Key;

mod changes;
mod table;

pub use changes::{KeyChanges, changed_table};
pub use table::TABLE;

/// The table with the keys of the person's own, where there are such.
static CHANGED: OnceLock<Vec<Binding>> = OnceLock::new();

/// The table that holds in this run.
pub fn table() -> &'static [Binding] {
    CHANGED.get().map_or(TABLE, Vec::as_slice)
}

/// Lets a changed table hold, once, at the start of the program.
pub fn install(table: Vec<Binding>) {
    // A second start within one process keeps the first one's keys.
    let _ = CHANGED.set(table);
}

/// What a key can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// One step out.
    Back,
    /// Keys and words for this screen.
    Help,
    /// Every action by name.
    Palette,
    /// Search what was typed and what the catalog knows.
    Search,
    /// Look words of the field up.
    Words,
    /// Put a thought aside.
    Park,
    /// The thoughts that were put aside.
    Parking,
    /// Earlier texts and versions.
    History,
    /// All threats by how often and how bad.
    Ratings,
    /// Deal a card of the catalog; draw the next one.
    Deal,
    /// Build a threat as a sentence.
    Sentence,
    /// A show of hands on a threat.
    ShowOfHands,
    /// The next one in the room types.
    PassTurn,
    /// Start or stop a time box.
    TimeBox,
    /// The question large, without side panes, or the usual view.
    Wall,
    /// Leave the program.
    Quit,
    /// The first press says that all is saved, the second quits.
    Interrupt,
    /// Draw everything anew.
    Redraw,
    /// Save at once.
    Save,
    /// Save in another folder, because its own cannot be written.
    SaveElsewhere,
    /// Show the texts of a session that does not open or is not saved.
    ShowTexts,
    /// Copy them.
    CopyTexts,
    /// Go back to the newest version that opens.
    GoodVersion,
    /// Stop as the shell's Ctrl+Z does.
    Suspend,
    /// Take the last step back.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Open or choose what is under the cursor.
    Enter,
    /// The next pane or field.
    NextPane,
    /// The pane or field before.
    PreviousPane,
    /// Step 1.
    StepScope,
    /// Step 2.
    StepThreats,
    /// Step 3.
    StepHarden,
    /// Step 4.
    StepReview,
    /// Step 5.
    StepReport,
    /// The next cell of the walk.
    NextCell,
    /// The cell before.
    PreviousCell,
    /// The next cell without an answer.
    NextOpen,
    /// Take or give back, tick or untick, go one on.
    Toggle,
    /// Write something new here.
    Add,
    /// Change what is under the cursor.
    Edit,
    /// Write a mitigation.
    Mitigate,
    /// Rate likelihood and impact.
    Rate,
    /// Say that nothing applies.
    NothingApplies,
    /// Leave a suggestion, or what stands out.
    Leave,
    /// Say that nobody here knows.
    NotKnown,
    /// Say that the room disagrees.
    Disagree,
    /// Set the group's answer beside the catalog's.
    Compare,
    /// Remove what is under the cursor.
    Remove,
    /// A note on the cell.
    Note,
    /// Add a finding by hand.
    AddFinding,
    /// Read a scanner's report.
    Import,
    /// Choose which findings are shown.
    Filter,
    /// Show only findings with some words.
    FilterWords,
    /// Search everything for the words that were typed.
    SearchEverything,
    /// Make a finding a threat.
    MakeThreat,
    /// Copy what is to be pasted elsewhere.
    CopySnippet,
    /// Say that somebody looked by hand.
    ConfirmByHand,
    /// Type on as far as the names agree.
    Complete,
    /// A new session.
    NewSession,
    /// Rename a session.
    Rename,
    /// Duplicate a session.
    Duplicate,
    /// The sessions in the trash.
    Trash,
    /// Write the file.
    Export,
    /// Choose the form of the write-up.
    ChooseForm,
    /// The write-up as its reader sees it, as it is written, or both.
    NextView,
    /// Find words in the text on the screen.
    FindText,
    /// The next place with these words.
    NextHit,
    /// The place before.
    PreviousHit,
    /// Copy the command that does the same from a shell.
    CopyCommand,
    /// Names in the write-up, or not.
    ToggleNames,
    /// Yes.
    Confirm,
    /// Go on from a short field.
    Submit,
    /// Break the line in a long field.
    NewLine,
    /// Choose by number.
    Choose(u8),
    /// The next set of colours.
    NextTheme,
    /// Take the mouse, or leave it to the terminal.
    ToggleMouse,
    /// Frames and signs in ASCII, or not.
    ToggleAscii,
    /// The text in the person's own editor.
    EditOutside,
}

impl Action {
    /// Its name in the configuration file, such as `next_open`.
    pub fn id(self) -> String {
        snake(&format!("{self:?}"))
    }
}

/// A name of the code as people write it in a file: small letters and underscores.
fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        match character {
            '(' => snake.push('_'),
            ')' => {}
            other => {
                if other.is_ascii_uppercase() && !snake.is_empty() {
                    snake.push('_');
                }
                snake.push(other.to_ascii_lowercase());
            }
        }
    }
    snake
}

/// Where keys are pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// Everywhere outside text.
    Everywhere,
    /// The list of sessions.
    Home,
    /// The trash.
    Trash,
    /// Any step of an open session.
    Session,
    /// Step 1.
    Scope,
    /// Step 2, the map of cells.
    Map,
    /// Step 2, the card of a cell.
    Card,
    /// Step 2, the decision on a suggestion that is left.
    Decision,
    /// An answer beside the sample answer.
    Compare,
    /// Step 2, one threat.
    Threat,
    /// Step 3.
    Harden,
    /// Step 4.
    Review,
    /// Step 5.
    Report,
    /// A field in which Enter makes a new line.
    LongText,
    /// A field in which Enter goes on.
    ShortText,
    /// The form for a new session.
    NewSession,
    /// The help.
    Help,
    /// The palette.
    Palette,
    /// The search.
    Search,
    /// The thoughts that were put aside.
    Parking,
    /// Earlier texts and versions.
    History,
    /// All threats by how often and how bad.
    Ratings,
    /// The deck of cards.
    Deck,
    /// A show of hands.
    ShowOfHands,
    /// A short text that is asked for.
    Ask,
    /// Words that the shown findings hold.
    FindingWords,
    /// The path of a scanner's report.
    ReportPath,
    /// The path of the file to write.
    ExportPath,
    /// What a report holds, before it is added.
    Preview,
    /// A few choices.
    Menu,
    /// A question to be answered yes or no.
    Question,
    /// A session that does not open.
    Damaged,
    /// A session that is not saved.
    NotSaved,
    /// The facilitator's second terminal, where nothing can be changed.
    Watch,
}

impl Context {
    /// Its name in the configuration file, such as `long_text`.
    pub fn id(self) -> String {
        snake(&format!("{self:?}"))
    }

    /// As the help names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Home => "Sessions",
            Self::Trash => "Trash",
            Self::Session => "In a session",
            Self::Scope => "Scope",
            Self::Map => "Map",
            Self::Card => "Card",
            Self::Decision => "A suggestion that is left",
            Self::Compare => "Compare",
            Self::Threat => "Threat",
            Self::Harden => "Harden",
            Self::Review => "Review",
            Self::Report => "Report",
            Self::LongText => "While typing a long answer",
            Self::ShortText => "While typing a short answer",
            Self::NewSession => "New session",
            Self::Help => "Help",
            Self::Palette => "Palette",
            Self::Search => "Search",
            Self::Parking => "Parked thoughts",
            Self::History => "Earlier versions",
            Self::Ratings => "All ratings",
            Self::Deck => "Cards",
            Self::ShowOfHands => "Show of hands",
            Self::Ask => "A short text",
            Self::FindingWords => "Finding words",
            Self::ReportPath => "The path of a report",
            Self::ExportPath => "The path to write to",
            Self::Preview => "A report that was read",
            Self::Menu => "A few choices",
            Self::Question => "Question",
            Self::Damaged => "A session that does not open",
            Self::NotSaved => "When it is not saved",
            Self::Watch => "Watching a session",
        }
    }
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// What happens.
    pub action: Action,
    /// Where.
    pub context: Context,
    /// By which keys; the first one is shown in the key bar.
    pub keys: &'static [Key],
    /// One to three words, for the key bar.
    pub label: &'static str,
    /// A sentence, for help, palette and manual.
    pub help: &'static str,
    /// Whether it belongs in the key bar of its context.
    pub bar: bool,
}

/// The meaning of a key: the first context in the list that knows it decides.
pub fn meaning(contexts: &[Context], event: &KeyEvent) -> Option<Action> {
    contexts.iter().find_map(|context| {
        of(*context)
            .find(|binding| binding.keys.iter().any(|key| key.matches(event)))
            .map(|binding| binding.action)
    })
}

/// The lines of a context.
pub fn of(context: Context) -> impl Iterator<Item = &'static Binding> {
    table()
        .iter()
        .filter(move |binding| binding.context == context)
}

/// The line by which an action is reached from these contexts.
pub fn binding(contexts: &[Context], action: Action) -> Option<&'static Binding> {
    contexts
        .iter()
        .find_map(|context| of(*context).find(|binding| binding.action == action))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use ratatui::crossterm::event::KeyCode;

    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_context() {
        let mut seen = HashSet::new();
        for binding in TABLE {
            for key in binding.keys {
                assert!(
                    seen.insert((binding.context, *key)),
                    "{key} twice in {:?}",
                    binding.context
                );
            }
        }
    }

    #[test]
    fn every_binding_has_words() {
        for binding in TABLE {
            assert!(!binding.keys.is_empty() && !binding.label.is_empty());
            assert!(
                binding.help.len() > 1
                    && binding.help.chars().next().is_some_and(char::is_uppercase)
            );
        }
    }

    #[test]
    fn destructive_actions_sit_on_capital_letters() {
        for binding in TABLE
            .iter()
            .filter(|binding| binding.action == Action::Remove)
        {
            assert!(binding.keys.iter().all(
                |key| matches!(key.code, KeyCode::Char(letter) if letter.is_ascii_uppercase())
            ));
        }
    }
}
