//! What went wrong with a file, in four parts: what happened, what that means for the text, what
//! there is, what can be done now. For a session that does not open, and for one that is not saved.
//!
//! Not for messages that need no decision: those are the status line's.

use std::time::Duration;

use jiff::Timestamp;

use crate::encode::ForeignText;
use crate::session::place::TextField;
use crate::session::types::Session;
use crate::store::SaveError;
use crate::tui::app::{App, Effect, SaveState};
use crate::tui::keymap::{self, Action, Context};
use crate::tui::overlays::{Asked, Overlay};
use crate::tui::text::wrap;
use crate::tui::theme::Meaning;

/// The widest that the box gets.
pub const WIDTH: u16 = 76;
/// Columns of the border and the space inside it.
const BORDER: u16 = 4;
/// Rows of the border, and below the box for the status line and the keys.
const ROWS_AROUND: u16 = 4;

/// A session that does not open, and what there is of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The name by which it would be opened.
    pub name: String,
    /// What happened.
    pub what: String,
    /// What it means for the text.
    pub meaning: String,
    /// The newest earlier version that opens, and when it was saved.
    pub good: Option<(String, Timestamp)>,
    /// The texts that can still be read, each with the name of its field.
    pub texts: Vec<(String, ForeignText)>,
    /// Whether a newer program saved it, so that nothing is lost.
    pub is_newer: bool,
}

/// Why the session on the screen is not on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaveTrouble {
    /// In a few words.
    pub reason: String,
    /// What happened, as a sentence.
    pub what: String,
    /// What it means for the text.
    pub meaning: String,
    /// What can be done about it.
    pub advice: String,
    /// In how many seconds it is tried again.
    pub retry_in: u64,
}

impl SaveTrouble {
    /// The words for an error of the saver.
    pub fn of(error: &SaveError, retry_in: Duration) -> Self {
        let explanation = error.explain();
        let reason = match error {
            SaveError::Disk { fault, .. } => fault.to_string(),
            other => other.reason(),
        };
        Self {
            reason,
            what: explanation.what,
            meaning: explanation.meaning,
            advice: explanation.advice,
            retry_in: retry_in.as_millis().div_ceil(1_000) as u64,
        }
    }

    /// For the status line: why, when it is tried again, and where the ways out are.
    pub fn words(&self) -> String {
        let reason = &self.reason;
        let seconds = self.retry_in;
        format!("NOT SAVED: {reason}. Tried again in {seconds} s. Ctrl+S shows what you can do.")
    }
}

/// What the box is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A session that does not open.
    Damaged(Damage),
    /// The session on the screen, which is not saved.
    NotSaved,
}

/// The box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What it is about.
    pub about: About,
    /// The texts, while they are shown instead of the four parts.
    pub texts: Option<Vec<(String, ForeignText)>>,
    /// The first visible row.
    pub top: usize,
}

impl Trouble {
    /// The box, with the four parts.
    pub const fn new(about: About) -> Self {
        Self {
            about,
            texts: None,
            top: 0,
        }
    }

    /// Where keys are pressed while it is open.
    pub const fn context(&self) -> Context {
        match self.about {
            About::Damaged(_) => Context::Damaged,
            About::NotSaved => Context::NotSaved,
        }
    }

    /// The heading of the box.
    pub const fn heading(&self) -> &'static str {
        match (&self.texts, &self.about) {
            (Some(_), About::Damaged(_)) => "What can still be read",
            (Some(_), About::NotSaved) => "Everything that you typed",
            (None, About::Damaged(damage)) if damage.is_newer => "From a newer Astride",
            (None, About::Damaged(_)) => "This session does not open",
            (None, About::NotSaved) => "Not saved",
        }
    }

    /// Everything in it, row by row as it is wrapped in a window of this size.
    pub fn rows(&self, app: &App) -> Vec<(String, Meaning)> {
        let width = usize::from(WIDTH.min(app.size.0).saturating_sub(BORDER));
        let mut rows = Vec::new();
        for (text, meaning) in self.paragraphs(app) {
            for range in wrap::lines(&text, width) {
                rows.push((text[range].trim_end().to_owned(), meaning));
            }
        }
        rows
    }

    fn paragraphs(&self, app: &App) -> Vec<(String, Meaning)> {
        if let Some(texts) = &self.texts {
            let mut paragraphs = Vec::new();
            for (field, text) in texts {
                paragraphs.push((field.clone(), Meaning::Muted));
                paragraphs.push((text.shown().into_owned(), Meaning::Text));
                paragraphs.push((String::new(), Meaning::Text));
            }
            return paragraphs;
        }
        match &self.about {
            About::Damaged(damage) => four_parts([
                damage.what.clone(),
                damage.meaning.clone(),
                there_is(app, damage),
                can_do(damage),
            ]),
            About::NotSaved => not_saved(app),
        }
    }

    /// Moves the text; never beyond its last row.
    fn scroll(&mut self, app: &App, by: isize) {
        let shown = usize::from(app.size.1.saturating_sub(ROWS_AROUND));
        let last = self.rows(app).len().saturating_sub(shown.max(1));
        self.top = self.top.saturating_add_signed(by).min(last);
    }
}

fn four_parts(parts: [String; 4]) -> Vec<(String, Meaning)> {
    let headings = [
        "What happened",
        "What it means",
        "What there is",
        "What you can do",
    ];
    let mut paragraphs = Vec::new();
    for (heading, part) in headings.into_iter().zip(parts) {
        if !paragraphs.is_empty() {
            paragraphs.push((String::new(), Meaning::Text));
        }
        paragraphs.push((heading.to_owned(), Meaning::Heading));
        paragraphs.push((part, Meaning::Text));
    }
    paragraphs
}

fn there_is(app: &App, damage: &Damage) -> String {
    let version = match &damage.good {
        Some((version, saved)) => format!(
            "An earlier version that opens: number {version}, saved {}.",
            app.age(*saved)
        ),
        None if damage.is_newer => String::new(),
        None => "No earlier version of it opens.".to_owned(),
    };
    let texts = match damage.texts.len() {
        0 => "No text can be read in the file any more.".to_owned(),
        1 => "One text can still be read in the file.".to_owned(),
        count => format!("{count} texts can be read in the file."),
    };
    format!("{version} {texts}").trim().to_owned()
}

fn can_do(damage: &Damage) -> String {
    let context = Context::Damaged;
    let mut ways = Vec::new();
    if damage.is_newer {
        ways.push("Open it with the newer Astride.".to_owned());
    }
    if damage.good.is_some() {
        ways.push(format!(
            "{} opens the earlier version; the file as it is now is kept as a version.",
            key(context, Action::GoodVersion)
        ));
    }
    if !damage.texts.is_empty() {
        ways.push(format!(
            "{} shows the texts, {} copies them.",
            key(context, Action::ShowTexts),
            key(context, Action::CopyTexts)
        ));
    }
    ways.push(format!(
        "{} goes back; nothing is changed.",
        key(context, Action::Back)
    ));
    ways.join(" ")
}

fn not_saved(app: &App) -> Vec<(String, Meaning)> {
    let Some(SaveState::Failed(trouble, last)) = app.open.as_ref().map(|open| &open.save) else {
        return vec![
            ("It is saved.".to_owned(), Meaning::Heading),
            (
                "Everything that you typed is on disk now. Esc goes on.".to_owned(),
                Meaning::Text,
            ),
        ];
    };
    let context = Context::NotSaved;
    let saved = last.map_or_else(
        || "Nothing was saved since it was opened.".to_owned(),
        |at| format!("It was saved last at {}.", app.clock(at)),
    );
    let can_do = format!(
        "{} {} tries again now, {} saves it in another folder, {} shows everything as text, {} \
         copies that. {} goes on typing; it is tried again by itself in {} s.",
        trouble
            .advice
            .replace(" Saving is tried again by itself.", ""),
        key(context, Action::Save),
        key(context, Action::SaveElsewhere),
        key(context, Action::ShowTexts),
        key(context, Action::CopyTexts),
        key(context, Action::Back),
        trouble.retry_in
    );
    four_parts([trouble.what.clone(), trouble.meaning.clone(), saved, can_do])
}

fn key(context: Context, action: Action) -> String {
    keymap::binding(&[context], action).map_or_else(String::new, |one| one.keys[0].to_string())
}

/// Everything that was typed into a session, for people: the name of the field and the text. What
/// was not finished comes first, because it is nowhere else.
pub fn everything(session: &Session) -> Vec<(String, ForeignText)> {
    let mut texts = session.texts();
    texts.sort_by_key(|(field, _)| !matches!(field, TextField::Draft(_)));
    texts
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(field, text)| (field.name().to_owned(), text.clone()))
        .collect()
}

/// Every letter as it was typed, because it is to be pasted.
fn plain(texts: &[(String, ForeignText)]) -> String {
    let lines: Vec<String> = texts
        .iter()
        .map(|(field, text)| format!("{field}\n{}\n", text.raw()))
        .collect();
    lines.join("\n")
}

/// Carries out a key; whether the box closes.
pub fn act(
    app: &mut App,
    trouble: &mut Trouble,
    action: Action,
    effects: &mut Vec<Effect>,
) -> bool {
    let page = isize::try_from(app.size.1 / 2).unwrap_or(10);
    match action {
        Action::Up => trouble.scroll(app, -1),
        Action::Down => trouble.scroll(app, 1),
        Action::PageUp => trouble.scroll(app, -page),
        Action::PageDown => trouble.scroll(app, page),
        Action::Back | Action::ShowTexts if trouble.texts.is_some() => {
            trouble.texts = None;
            trouble.top = 0;
        }
        Action::Back => return true,
        Action::ShowTexts => {
            let texts = texts(app, &trouble.about);
            if texts.is_empty() {
                app.say("There is no text that could be shown.");
            } else {
                trouble.texts = Some(texts);
                trouble.top = 0;
            }
        }
        Action::CopyTexts => {
            let texts = texts(app, &trouble.about);
            if texts.is_empty() {
                app.say("There is no text that could be copied.");
            } else {
                effects.push(Effect::Copy(plain(&texts)));
                app.say("Sent to the terminal's clipboard.");
            }
        }
        Action::GoodVersion => return open_good_version(app, &trouble.about, effects),
        Action::Save => {
            effects.push(Effect::SaveNow);
            app.say("It is tried again now.");
        }
        Action::SaveElsewhere => {
            app.overlay = Some(Overlay::ask(Asked::SaveFolder, "~/"));
            return true;
        }
        _ => {}
    }
    false
}

fn texts(app: &App, about: &About) -> Vec<(String, ForeignText)> {
    match about {
        About::Damaged(damage) => damage.texts.clone(),
        About::NotSaved => app
            .open
            .as_ref()
            .map(|open| everything(open.editor.session()))
            .unwrap_or_default(),
    }
}

fn open_good_version(app: &mut App, about: &About, effects: &mut Vec<Effect>) -> bool {
    let About::Damaged(Damage {
        name,
        good: Some((version, _)),
        ..
    }) = about
    else {
        app.say("There is no earlier version that opens.");
        return false;
    };
    effects.push(Effect::Restore {
        name: name.clone(),
        version: version.clone(),
    });
    true
}
