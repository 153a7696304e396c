//! The table itself: one key a line. What its columns mean and how it is read is in [`super`].

use ratatui::crossterm::event::KeyCode;

use super::{Action, Binding, Context};
use crate::tui::key::Key;

const fn bind(
    context: Context,
    action: Action,
    keys: &'static [Key],
    label: &'static str,
    help: &'static str,
    bar: bool,
) -> Binding {
    Binding {
        action,
        context,
        keys,
        label,
        help,
        bar,
    }
}

const UP: &[Key] = &[Key::plain(KeyCode::Up), Key::char('k')];
const DOWN: &[Key] = &[Key::plain(KeyCode::Down), Key::char('j')];
const LEFT: &[Key] = &[Key::plain(KeyCode::Left), Key::char('h')];
const RIGHT: &[Key] = &[Key::plain(KeyCode::Right), Key::char('l')];
const FIRST: &[Key] = &[Key::char('g'), Key::plain(KeyCode::Home)];
const LAST: &[Key] = &[Key::char('G'), Key::plain(KeyCode::End)];
const PAGE_UP: &[Key] = &[Key::plain(KeyCode::PageUp)];
const PAGE_DOWN: &[Key] = &[Key::plain(KeyCode::PageDown)];
const ENTER: &[Key] = &[Key::plain(KeyCode::Enter)];
const ESC: &[Key] = &[Key::plain(KeyCode::Esc)];
const TAB: &[Key] = &[Key::plain(KeyCode::Tab)];
const BACK_TAB: &[Key] = &[Key::plain(KeyCode::BackTab)];
const SPACE: &[Key] = &[Key::char(' ')];

use Action as A;
use Context as C;

/// Every key of the program.
#[rustfmt::skip] // a table: one key a line
pub const TABLE: &[Binding] = &[
    // Home
    bind(C::Home, A::Enter, ENTER, "open", "Open the session, or begin a new one", true),
    bind(C::Home, A::NewSession, &[Key::char('n')], "new", "Begin a new session", true),
    bind(C::Home, A::Quit, &[Key::char('q'), Key::control('q')], "quit", "Quit; all is saved", true),
    bind(C::Home, A::Rename, &[Key::char('r')], "rename", "Rename the session", true),
    bind(C::Home, A::Duplicate, &[Key::char('c')], "copy", "Make a copy of the session", true),
    bind(C::Home, A::Remove, &[Key::char('D')], "delete", "Move the session to the trash", true),
    bind(C::Home, A::Search, &[Key::char('/')], "search", "Search sessions and everything that the catalog knows", true),
    bind(C::Home, A::Trash, &[Key::char('t')], "trash", "Show the trash, to bring sessions back", true),
    bind(C::Home, A::Back, ESC, "start", "This is the start: there is nothing to go back to", false),
    // Trash
    bind(C::Trash, A::Enter, ENTER, "bring back", "Bring the session back", true),
    bind(C::Trash, A::Back, ESC, "back", "Back to the list of sessions", true),
    // Scope
    bind(C::Scope, A::Enter, ENTER, "edit", "Type here, or tick and untick", true),
    bind(C::Scope, A::Toggle, SPACE, "in or out", "Put the component or attacker in or out", true),
    bind(C::Scope, A::Remove, &[Key::char('D')], "remove", "Remove the assumption or participant", true),
    // Map
    bind(C::Map, A::Enter, ENTER, "open cell", "Go to the card of this cell", true),
    bind(C::Map, A::Deal, &[Key::char('d')], "cards", "Deal cards: ideas for what is still open", true),
    bind(C::Map, A::NextOpen, &[Key::char('n')], "next", "Go to the next cell without an answer", true),
    // Card
    bind(C::Card, A::Toggle, SPACE, "take", "Take the suggestion as your threat, or give it back", true),
    bind(C::Card, A::Add, &[Key::char('a')], "add", "Write a threat of your own", true),
    bind(C::Card, A::Enter, ENTER, "open", "Show a suggestion's details, or open a threat", true),
    bind(C::Card, A::Mitigate, &[Key::char('m')], "mitigate", "Write down what to do about the threat", true),
    bind(C::Card, A::Rate, &[Key::char('r')], "rate", "Rate how often and how bad", true),
    bind(C::Card, A::NothingApplies, &[Key::char('-')], "nothing", "Say that nothing applies here, and why", true),
    bind(C::Card, A::NextOpen, &[Key::char('n')], "next", "Go to the next cell without an answer", true),
    bind(C::Card, A::Deal, &[Key::char('d')], "cards", "Deal cards: ideas for what is still open", true),
    bind(C::Card, A::Sentence, &[Key::char('s')], "sentence", "Build a threat as a sentence: who can do what, and why", false),
    bind(C::Card, A::Leave, &[Key::char('x')], "leave", "Leave the suggestion, and say why", false),
    bind(C::Card, A::Edit, &[Key::char('e')], "edit", "Open the threat to edit it", false),
    bind(C::Card, A::Note, &[Key::char('o')], "note", "Write a note on this cell", false),
    bind(C::Card, A::Remove, &[Key::char('D')], "remove", "Remove the threat with its mitigations", false),
    bind(C::Card, A::Left, LEFT, "cell before", "Go to the cell before", false),
    bind(C::Card, A::Right, RIGHT, "next cell", "Go to the next cell", false),
    // Threat
    bind(C::Threat, A::Enter, ENTER, "edit", "Type here, choose, or take the suggested mitigation", true),
    bind(C::Threat, A::Left, LEFT, "less", "Choose the value before", true),
    bind(C::Threat, A::Right, RIGHT, "more", "Choose the next value", true),
    bind(C::Threat, A::Toggle, SPACE, "take", "Take the mitigation, or say how far it is", true),
    bind(C::Threat, A::Mitigate, &[Key::char('m'), Key::char('a')], "mitigation", "Write a mitigation", true),
    bind(C::Threat, A::ShowOfHands, &[Key::char('v')], "hands", "A show of hands: how often, how bad", true),
    bind(C::Threat, A::Remove, &[Key::char('D')], "remove", "Remove the mitigation, or the threat", true),
    bind(C::Threat, A::Choose(0), &[Key::char('0'), Key::plain(KeyCode::Backspace)], "none", "Clear the rating or the choice", false),
    bind(C::Threat, A::Choose(1), &[Key::char('1')], "1", "Choose the first value", false),
    bind(C::Threat, A::Choose(2), &[Key::char('2')], "2", "Choose the second value", false),
    bind(C::Threat, A::Choose(3), &[Key::char('3')], "3", "Choose the third value", false),
    bind(C::Threat, A::Choose(4), &[Key::char('4')], "4", "Choose the fourth value", false),
    bind(C::Threat, A::Choose(5), &[Key::char('5')], "5", "Choose the fifth value", false),
    // Harden
    bind(C::Harden, A::Enter, ENTER, "open", "Open the mitigation or finding, or type in its field", true),
    bind(C::Harden, A::Toggle, SPACE, "how far", "Planned, done, verified; or choose a finding", true),
    bind(C::Harden, A::AddFinding, &[Key::char('f')], "add finding", "Write a finding down by hand", true),
    bind(C::Harden, A::Remove, &[Key::char('D')], "remove", "Remove the mitigation or finding", true),
    // Review
    bind(C::Review, A::Enter, ENTER, "go there", "Go to the place where it can be put right", true),
    bind(C::Review, A::Note, &[Key::char('o'), Key::char('a')], "note", "Write a note on your own work", true),
    bind(C::Review, A::Remove, &[Key::char('D')], "remove", "Remove the note", false),
    // Report
    bind(C::Report, A::Export, &[Key::char('w'), Key::plain(KeyCode::Enter)], "write file", "Export: write the file; the path is asked", true),
    bind(C::Report, A::ToggleNames, &[Key::char('a')], "names", "Names in the write-up, or not", true),
    bind(C::Report, A::NextForm, &[Key::char('f')], "form", "The next form of write-up", true),
    bind(C::Report, A::PageDown, &[Key::char(' '), Key::plain(KeyCode::PageDown)], "page", "A page down", true),
    // Any step
    bind(C::Session, A::StepScope, &[Key::char('1')], "Scope", "Step 1: what are we working on?", false),
    bind(C::Session, A::StepThreats, &[Key::char('2')], "Threats", "Step 2: what can go wrong?", false),
    bind(C::Session, A::StepHarden, &[Key::char('3')], "Harden", "Step 3: what are we going to do about it?", false),
    bind(C::Session, A::StepReview, &[Key::char('4')], "Review", "Step 4: did we do a good enough job?", false),
    bind(C::Session, A::StepReport, &[Key::char('5')], "Report", "Step 5: the write-up", false),
    bind(C::Session, A::Search, &[Key::char('/')], "search", "Search what you typed and what the catalog knows", true),
    bind(C::Session, A::Words, &[Key::char('t')], "words", "Look up the words of this card, or any other", false),
    bind(C::Session, A::Park, &[Key::char('p')], "park", "Put a thought aside, without losing the place", false),
    bind(C::Session, A::Parking, &[Key::char('P')], "parked", "The thoughts that were put aside", false),
    bind(C::Session, A::PassTurn, &[Key::char('T')], "turn", "Pass the turn on to the next one in the room", false),
    bind(C::Session, A::TimeBox, &[Key::char('B')], "time box", "Give this step some minutes, or stop the time box", false),
    bind(C::Session, A::Wall, &[Key::char('W')], "wall", "The wall view: the question first, readable from the back", false),
    bind(C::Session, A::NextCell, &[Key::control('n')], "next cell", "Go to the next cell of the walk", false),
    bind(C::Session, A::PreviousCell, &[Key::control('p')], "cell before", "Go to the cell before", false),
    bind(C::Session, A::Undo, &[Key::char('u')], "undo", "Take the last step back", false),
    bind(C::Session, A::Redo, &[Key::control('r')], "redo", "Do again what was taken back", false),
    bind(C::Session, A::Save, &[Key::control('s')], "save", "Save at once; it is saved by itself too", false),
    bind(C::Session, A::Export, &[Key::control('e')], "export", "Write the report to a file; the path is asked", false),
    // While typing
    bind(C::LongText, A::NewLine, ENTER, "new line", "Make a new line", true),
    bind(C::LongText, A::Back, ESC, "done", "Leave the field; the text is kept", true),
    bind(C::LongText, A::NextPane, TAB, "next field", "Go to the next field", true),
    bind(C::LongText, A::PreviousPane, BACK_TAB, "field before", "Go to the field before", false),
    bind(C::LongText, A::Undo, &[Key::control('z')], "undo", "Take the last step back", true),
    bind(C::LongText, A::Redo, &[Key::control('r'), Key::control('y')], "redo", "Do again what was taken back", false),
    bind(C::LongText, A::NextCell, &[Key::control('n')], "next cell", "Go to the next cell; the text is kept", true),
    bind(C::LongText, A::PreviousCell, &[Key::control('p')], "cell before", "Go to the cell before; the text is kept", false),
    bind(C::LongText, A::Save, &[Key::control('s')], "save", "Save at once; it is saved by itself too", false),
    bind(C::LongText, A::EditOutside, &[Key::control('o')], "editor", "Open the text in your own editor, which EDITOR names", false),
    bind(C::LongText, A::Park, &[Key::control('t')], "park", "Put a thought aside; this text is kept", false),
    bind(C::LongText, A::Help, &[Key::plain(KeyCode::F(1))], "help", "Keys while typing", true),
    bind(C::ShortText, A::Submit, ENTER, "done", "Done, go on", true),
    bind(C::ShortText, A::Back, ESC, "later", "Leave the field; the text is kept", true),
    bind(C::ShortText, A::NextPane, TAB, "next field", "Go to the next field", false),
    bind(C::ShortText, A::PreviousPane, BACK_TAB, "field before", "Go to the field before", false),
    bind(C::ShortText, A::Undo, &[Key::control('z')], "undo", "Take the last step back", true),
    bind(C::ShortText, A::Redo, &[Key::control('r'), Key::control('y')], "redo", "Do again what was taken back", false),
    bind(C::ShortText, A::NextCell, &[Key::control('n')], "next cell", "Go to the next cell; the text is kept", false),
    bind(C::ShortText, A::PreviousCell, &[Key::control('p')], "cell before", "Go to the cell before; the text is kept", false),
    bind(C::ShortText, A::Save, &[Key::control('s')], "save", "Save at once; it is saved by itself too", false),
    bind(C::ShortText, A::EditOutside, &[Key::control('o')], "editor", "Open the text in your own editor, which EDITOR names", false),
    bind(C::ShortText, A::Park, &[Key::control('t')], "park", "Put a thought aside; this text is kept", false),
    bind(C::ShortText, A::Help, &[Key::plain(KeyCode::F(1))], "help", "Keys while typing", true),
    // Overlays
    bind(C::NewSession, A::Submit, ENTER, "begin", "Begin the session", true),
    bind(C::NewSession, A::Up, &[Key::plain(KeyCode::Up)], "assignment above", "Choose the assignment above", false),
    bind(C::NewSession, A::Down, &[Key::plain(KeyCode::Down)], "next assignment", "Choose the next assignment", true),
    bind(C::NewSession, A::Back, ESC, "back", "Back to the list of sessions", true),
    bind(C::Help, A::Up, UP, "up", "Up", true),
    bind(C::Help, A::Down, DOWN, "down", "Down", true),
    bind(C::Help, A::PageUp, PAGE_UP, "page up", "A page up", false),
    bind(C::Help, A::PageDown, &[Key::char(' '), Key::plain(KeyCode::PageDown)], "page down", "A page down", true),
    bind(C::Help, A::Back, &[Key::plain(KeyCode::Esc), Key::char('?'), Key::plain(KeyCode::F(1)), Key::char('q')], "close", "Close the help", true),
    bind(C::Palette, A::Submit, ENTER, "do it", "Do what is marked", true),
    bind(C::Palette, A::Back, ESC, "close", "Close the palette", true),
    bind(C::Ask, A::Submit, ENTER, "done", "Take this text", true),
    bind(C::Ask, A::Back, ESC, "back", "Back; nothing is changed", true),
    bind(C::Ask, A::Undo, &[Key::control('z')], "clear", "Empty the line", true),
    bind(C::Palette, A::Up, &[Key::plain(KeyCode::Up), Key::control('p')], "up", "Mark the one above", false),
    bind(C::Palette, A::Down, &[Key::plain(KeyCode::Down), Key::control('n')], "down", "Mark the one below", false),
    bind(C::Search, A::Submit, ENTER, "go there", "Go to where it stands", true),
    bind(C::Search, A::Up, &[Key::plain(KeyCode::Up), Key::control('p')], "up", "Mark the one above", false),
    bind(C::Search, A::Down, &[Key::plain(KeyCode::Down), Key::control('n')], "down", "Mark the one below", false),
    bind(C::Search, A::PageUp, PAGE_UP, "up", "Scroll what stands below the list up", false),
    bind(C::Search, A::PageDown, PAGE_DOWN, "read on", "Scroll what stands below the list down", true),
    bind(C::Search, A::Back, ESC, "close", "Close the search", true),
    bind(C::Parking, A::Enter, ENTER, "go there", "Go to the card where it was parked", true),
    bind(C::Parking, A::Toggle, SPACE, "done", "Done with, or open again", true),
    bind(C::Parking, A::Park, &[Key::char('p'), Key::char('a')], "park", "Put another thought aside", true),
    bind(C::Parking, A::Remove, &[Key::char('D')], "forget", "Forget the thought", true),
    bind(C::Parking, A::Undo, &[Key::char('u')], "undo", "Take the last step back", true),
    bind(C::Parking, A::Up, UP, "up", "Mark the one above", false),
    bind(C::Parking, A::Down, DOWN, "down", "Mark the one below", false),
    bind(C::Parking, A::Back, &[Key::plain(KeyCode::Esc), Key::char('P'), Key::char('q')], "close", "Close the list", true),
    bind(C::Deck, A::Toggle, SPACE, "take", "Take the threat as your own", true),
    bind(C::Deck, A::Deal, &[Key::char('d'), Key::char('n'), Key::plain(KeyCode::Right)], "next card", "Draw the next card", true),
    bind(C::Deck, A::Add, &[Key::char('a')], "another", "We thought of another: write it down", true),
    bind(C::Deck, A::Enter, ENTER, "go there", "Go to the cell of the card", true),
    bind(C::Deck, A::NextPane, TAB, "from where", "Draw from the whole scope, this component, or this cell", true),
    bind(C::Deck, A::Undo, &[Key::char('u')], "undo", "Take the last step back", false),
    bind(C::Deck, A::Back, &[Key::plain(KeyCode::Esc), Key::char('q')], "put away", "Put the cards away", true),
    bind(C::ShowOfHands, A::Up, UP, "up", "The level above", false),
    bind(C::ShowOfHands, A::Down, DOWN, "down", "The level below", false),
    bind(C::ShowOfHands, A::Left, LEFT, "other scale", "The other scale", false),
    bind(C::ShowOfHands, A::Right, RIGHT, "other scale", "The other scale", true),
    bind(C::ShowOfHands, A::NextPane, TAB, "other scale", "The other scale", false),
    bind(C::ShowOfHands, A::Choose(0), &[Key::char('0'), Key::plain(KeyCode::Backspace)], "no hand", "No hand went up", false),
    bind(C::ShowOfHands, A::Choose(1), &[Key::char('1')], "how many", "One hand; the other digits likewise", true),
    bind(C::ShowOfHands, A::Choose(2), &[Key::char('2')], "2", "Two hands", false),
    bind(C::ShowOfHands, A::Choose(3), &[Key::char('3')], "3", "Three hands", false),
    bind(C::ShowOfHands, A::Choose(4), &[Key::char('4')], "4", "Four hands", false),
    bind(C::ShowOfHands, A::Choose(5), &[Key::char('5')], "5", "Five hands", false),
    bind(C::ShowOfHands, A::Choose(6), &[Key::char('6')], "6", "Six hands", false),
    bind(C::ShowOfHands, A::Choose(7), &[Key::char('7')], "7", "Seven hands", false),
    bind(C::ShowOfHands, A::Choose(8), &[Key::char('8')], "8", "Eight hands", false),
    bind(C::ShowOfHands, A::Choose(9), &[Key::char('9')], "9", "Nine hands", false),
    bind(C::ShowOfHands, A::Enter, ENTER, "settle", "The group settles on the marked level", true),
    bind(C::ShowOfHands, A::Note, &[Key::char('o')], "note", "Note what those apart from the others say", true),
    bind(C::ShowOfHands, A::Undo, &[Key::char('u')], "undo", "Take the last step back", false),
    bind(C::ShowOfHands, A::Back, &[Key::plain(KeyCode::Esc), Key::char('q'), Key::char('v')], "close", "Back to the threat", true),
    bind(C::Question, A::Confirm, &[Key::char('y')], "yes", "Yes", true),
    bind(C::Question, A::Back, &[Key::plain(KeyCode::Esc), Key::char('n')], "no", "No", true),
    // Everywhere outside text
    bind(C::Everywhere, A::Up, UP, "up", "Up", false),
    bind(C::Everywhere, A::Down, DOWN, "down", "Down", false),
    bind(C::Everywhere, A::Left, LEFT, "left", "Left", false),
    bind(C::Everywhere, A::Right, RIGHT, "right", "Right", false),
    bind(C::Everywhere, A::First, FIRST, "first", "To the first", false),
    bind(C::Everywhere, A::Last, LAST, "last", "To the last", false),
    bind(C::Everywhere, A::PageUp, PAGE_UP, "page up", "A page up", false),
    bind(C::Everywhere, A::PageDown, PAGE_DOWN, "page down", "A page down", false),
    bind(C::Everywhere, A::NextPane, TAB, "next pane", "To the next pane", false),
    bind(C::Everywhere, A::PreviousPane, BACK_TAB, "pane before", "To the pane before", false),
    bind(C::Everywhere, A::Back, ESC, "back", "One step out; nothing is lost", true),
    bind(C::Everywhere, A::Redraw, &[Key::control('l')], "redraw", "Draw the screen anew", false),
    bind(C::Everywhere, A::NextTheme, &[Key::plain(KeyCode::F(6))], "colours", "The next set of colours: dark, light, high contrast, none", false),
    bind(C::Everywhere, A::ToggleMouse, &[Key::plain(KeyCode::F(7))], "mouse", "Take the mouse: click and wheel; or leave it to the terminal", false),
    bind(C::Everywhere, A::ToggleAscii, &[Key::plain(KeyCode::F(8))], "signs", "Frames and signs in plain ASCII, or not", false),
    bind(C::Everywhere, A::Suspend, &[Key::control('z')], "suspend", "Stop until the shell brings it back with fg", false),
    bind(C::Everywhere, A::Interrupt, &[Key::control('c')], "quit", "Pressed twice, quits; all is saved", false),
    bind(C::Everywhere, A::Quit, &[Key::char('q'), Key::control('q')], "quit", "Quit; all is saved", false),
    bind(C::Everywhere, A::Palette, &[Key::char(':')], "palette", "Every action by name", true),
    bind(C::Everywhere, A::Help, &[Key::char('?'), Key::plain(KeyCode::F(1))], "help", "Keys and words for this screen", true),
];
