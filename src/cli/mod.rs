//! The command line: arguments, and one file for each command.
//!
//! Nothing here that a caller of the library would want: commands read, call the library, print.

pub mod arguments;
mod attach;
mod catalog;
mod check;
mod compare;
mod config;
mod diff;
mod doctor;
mod entry;
mod export;
mod findings;
mod git;
mod history;
mod import;
mod keys;
mod list;
mod manual;
mod merge;
mod new;
mod output;
mod refusal;
mod restore;
mod salvage;
mod show;
pub mod start;
mod tables;
mod template;
mod user_catalog;
mod user_templates;
mod watch;

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use clap::CommandFactory as _;
use directories::ProjectDirs;
use jiff::tz::TimeZone;

use crate::catalog::Catalog;
use crate::encode;
use crate::plain;
use crate::report::layout::Layout;
use crate::settings::{self, Place, Settings};
use crate::store::{DataFolder, Location, OpenError, Opened};
use crate::tui::run::{NotRun, Start};
use crate::tui::stage::LastWords;
use crate::tui::theme::Theme;
use crate::tui::{keymap, run, terminal};

use self::arguments::{Arguments, CatalogCommand, Color, Command};
pub use self::output::{Ending, Failure};

/// Does what the command line asks for.
pub fn run(arguments: Arguments) -> Result<Ending, Failure> {
    // What git calls works where there is no home folder, and needs none.
    match &arguments.command {
        Some(Command::GitSetup { patterns }) => return git::set_up(patterns),
        Some(Command::MergeDriver {
            base,
            ours,
            theirs,
            path,
            their_name,
        }) => return git::merge(base, ours, theirs, path, their_name.as_deref()),
        Some(Command::Textconv { file }) => return git::in_words(file),
        _ => {}
    }
    let context = Context::of(&arguments)?;
    match arguments.command {
        None => context.terminal(None),
        Some(Command::Open { session }) => context.terminal(Some(session)),
        Some(Command::New {
            name,
            brief,
            systems,
            participants,
            no_open,
        }) => new::run(&context, &name, &brief, &systems, &participants, no_open),
        Some(Command::List { json }) => list::run(&context, json),
        Some(Command::Show {
            session,
            salvage: true,
            ..
        }) => salvage::run(&context, &session),
        Some(Command::Show { session, json, .. }) => show::run(&context, &session, json),
        Some(Command::History { session, json }) => history::run(&context, &session, json),
        Some(Command::Restore { version, title }) => {
            restore::run(&context, &version, title.as_deref())
        }
        Some(Command::Export {
            session,
            form,
            templates,
            output,
            force,
            no_names,
        }) => {
            let layout = context.layout(&form, templates)?;
            export::run(
                &context,
                &session,
                &layout,
                output.as_deref(),
                force,
                !no_names,
            )
        }
        Some(Command::Template { form }) => template::run(&form),
        Some(Command::Import { file, name }) => import::run(&context, &file, name.as_deref()),
        Some(Command::Check { session, json }) => check::run(&context, &session, json),
        Some(Command::Findings {
            files,
            json,
            failed,
            compare,
        }) => findings::run(&context, &files, json, failed, compare.as_deref()),
        Some(Command::Attach { session, file }) => attach::run(&context, &session, &file),
        Some(Command::Merge { out, sessions }) => merge::run(&context, &out, &sessions),
        Some(Command::Compare {
            sessions,
            json,
            markdown,
        }) => compare::run(&context, &sessions, json, markdown),
        Some(Command::Diff {
            before,
            after,
            json,
            markdown,
        }) => diff::run(&context, &before, &after, json, markdown),
        Some(Command::Watch { session }) => watch::run(&context, &session),
        Some(Command::Catalog { command }) => match command {
            CatalogCommand::List { json } => catalog::list(&context, json),
            CatalogCommand::Show { id, kind, json } => {
                entry::run(&context, &id, kind.as_deref(), json)
            }
            CatalogCommand::Stats { json } => catalog::stats(&context, json),
            CatalogCommand::Check { folder, json } => {
                catalog::check(&context, folder.as_deref(), json)
            }
        },
        Some(Command::Keys { json }) => keys::run(json),
        Some(Command::Doctor { json }) => doctor::run(&context, json),
        Some(Command::Config { example }) => config::run(&context, example),
        Some(Command::Completions { shell }) => completions(shell),
        Some(Command::Man) => manual::run(),
        Some(Command::GitSetup { .. } | Command::MergeDriver { .. } | Command::Textconv { .. }) => {
            unreachable!("done before there was a context")
        }
    }
}

/// What every command may need: where things are.
struct Context {
    folder: DataFolder,
    /// Folders whose RON files join the catalog: the configuration's, then the command line's.
    catalogs: Vec<PathBuf>,
    /// Folders of the user's templates: the configuration's, the data folder's, that of the settings.
    templates: Vec<PathBuf>,
    /// How the program is called again, with the folders that it was called with.
    command: String,
    color: Color,
    plain: bool,
    /// The configuration file, whether it is there or not.
    config: Option<PathBuf>,
    settings: Settings,
    /// What is wrong with the settings.
    problem: Option<String>,
    place: Place,
}

impl Context {
    fn of(arguments: &Arguments) -> Result<Self, Failure> {
        let places = ProjectDirs::from("", "", "astride");
        let config = arguments.global.config.clone().or_else(|| {
            let places = places.as_ref()?;
            Some(places.config_dir().join(settings::FILE))
        });
        let (settings, problem) =
            read_settings(config.as_deref(), arguments.global.config.is_some());
        let data = match (&arguments.global.data_dir, &settings.data_dir, &places) {
            (Some(folder), ..) | (None, Some(folder), _) => folder.clone(),
            (None, None, Some(places)) => places.data_dir().to_owned(),
            (None, None, None) => {
                return Err(Failure::new(
                    "There is no home folder to keep sessions in.",
                    "Say where with --data-dir DIR or ASTRIDE_DATA_DIR.",
                ));
            }
        };
        let configured = |name: &str| {
            let folder = places.as_ref()?.config_dir().join(name);
            folder.is_dir().then_some(folder)
        };
        let mut catalogs: Vec<PathBuf> = configured("catalog").into_iter().collect();
        let mut problem = problem;
        match &settings.catalog_dir {
            Some(folder) if folder.is_dir() => catalogs.push(folder.clone()),
            Some(folder) => {
                let words = format!(
                    "catalog_dir: {}: there is no such folder.",
                    folder.display()
                );
                problem.get_or_insert(words);
            }
            None => {}
        }
        let mut templates: Vec<PathBuf> = configured("templates").into_iter().collect();
        let beside_sessions = data.join("templates");
        templates.extend(Some(beside_sessions).filter(|folder| folder.is_dir()));
        match &settings.templates_dir {
            Some(folder) if folder.is_dir() => templates.push(folder.clone()),
            Some(folder) => {
                let words = format!(
                    "templates_dir: {}: there is no such folder.",
                    folder.display()
                );
                problem.get_or_insert(words);
            }
            None => {}
        }
        if let Some(folder) = &arguments.global.catalog {
            if !folder.is_dir() {
                return Err(Failure::new(
                    format!("--catalog {}: there is no such folder.", folder.display()),
                    "Name a folder of RON files; docs/catalog.md shows how to make one.",
                ));
            }
            catalogs.push(folder.clone());
        }
        Ok(Self {
            folder: DataFolder::new(data),
            catalogs,
            templates,
            command: called_with(arguments),
            color: arguments.global.color,
            plain: arguments.global.plain,
            config,
            settings,
            problem,
            place: Place::of_this_process(),
        })
    }

    /// The program's catalog with the user's folders. Never taken apart again: at the end of a command
    /// that would cost as much as reading it did.
    fn catalog(&self) -> Result<ManuallyDrop<Catalog>, Failure> {
        user_catalog::load(&self.catalogs).map(ManuallyDrop::new)
    }

    /// The form of this name, or the user's own template: the command line's folder wins.
    fn layout(&self, name: &str, folder: Option<PathBuf>) -> Result<Layout, Failure> {
        let folders: Vec<PathBuf> = self.templates.iter().cloned().chain(folder).collect();
        user_templates::named(name, &folders)
    }

    fn location(&self, argument: &str) -> Result<Location, Failure> {
        self.folder
            .resolve(argument)
            .map_err(|error| refusal::to_resolve(&error))
    }

    /// Reads a session to look at. What a newer program saved is shown as far as it is understood,
    /// which is said.
    fn read(&self, argument: &str) -> Result<Opened, Failure> {
        let opened = self.read_by(argument, DataFolder::read)?;
        if let Some(newer) = &opened.loaded.newer {
            output::say(&newer.words());
        }
        Ok(opened)
    }

    /// Reads a session that goes into another one, or is saved again: all of it, or not at all.
    fn read_whole(&self, argument: &str) -> Result<Opened, Failure> {
        self.read_by(argument, DataFolder::read_whole)
    }

    fn read_by(
        &self,
        argument: &str,
        read: fn(&DataFolder, &Location) -> Result<Opened, OpenError>,
    ) -> Result<Opened, Failure> {
        let location = self.location(argument)?;
        read(&self.folder, &location)
            .map_err(|error| refusal::to_read(&self.folder, &location, &error))
    }

    /// The terminal program, with a session if one is named.
    fn terminal(&self, open: Option<String>) -> Result<Ending, Failure> {
        if let Some(argument) = open.as_ref().filter(|_| !terminal::is_there()) {
            // A session that does not open is the better reason.
            self.read(argument)?;
        }
        let plain = self.plain || self.place.wants_plain();
        if !plain {
            Self::needs_terminal()?;
        }
        let catalogs = self.catalogs.clone();
        if !catalogs.is_empty() {
            // Mistakes in a folder of the user's are said before the screen opens.
            self.catalog()?;
        }
        let read = move || {
            user_catalog::files(&catalogs)
                .map_err(|failure| user_catalog::unreadable(&failure))
                .and_then(|files| user_catalog::load_files(&files))
        };
        let start = Start {
            folder: DataFolder::new(self.folder.root().to_owned()),
            theme: self.theme(),
            ascii: self.place.ascii(&self.settings),
            mouse: self.settings.mouse.unwrap_or(false),
            author: self.settings.author.clone(),
            editor: self.editor(),
            notice: self.problem.clone(),
            zone: TimeZone::system(),
            templates: self.templates.clone(),
            command: self.command.clone(),
            open: open.clone(),
            catalog: Box::new(read),
        };
        let result = if plain {
            plain::run::run(start).map_err(NotRun::Terminal)
        } else {
            run::run(start)
        };
        match (result, open) {
            (Ok(words), _) => self.last_words(words),
            (Err(NotRun::Terminal(error)), _) => Err(Failure::new(
                format!("The terminal could not be used: {error}."),
                "",
            )),
            // Said here, where the shell shows it, and not in a screen that closes again.
            (Err(NotRun::Open(words)), argument) => {
                if let Some(argument) = &argument {
                    self.read(argument)?;
                }
                Err(Failure::new(words, ""))
            }
        }
    }

    /// Refuses where nobody could see the screen, before anything is made for it.
    fn needs_terminal() -> Result<(), Failure> {
        if terminal::is_there() {
            return Ok(());
        }
        Err(Failure::new(
            "Astride needs a terminal for its screen, and there is none here.",
            "Run it in a terminal, or use a command: `astride --help` lists them, and \
             `astride new NAME --no-open` makes a session without a screen.",
        ))
    }

    fn theme(&self) -> Theme {
        match self.color {
            Color::Never => Theme::None,
            Color::Auto => self.place.theme(&self.settings).into(),
            Color::Always => self.settings.theme.map_or(Theme::Dark, Theme::from),
        }
    }

    /// The person's editor.
    fn editor(&self) -> Option<String> {
        let named = self
            .place
            .get("VISUAL")
            .or_else(|| self.place.get("EDITOR"));
        named.map(str::to_owned)
    }

    /// Says where the session is and how it is opened again.
    fn last_words(&self, words: LastWords) -> Result<Ending, Failure> {
        match words {
            LastWords::Nothing => Ok(Ending::Done),
            LastWords::Saved { path, argument } => {
                output::say(&format!("Saved in {}", path.display()));
                output::say(&format!(
                    "Go on with: {} open {}",
                    self.command,
                    encode::shell_word(&argument)
                ));
                Ok(Ending::Done)
            }
            LastWords::NotSaved(why) => Err(Failure::new(
                format!("The last changes could not be saved. {why}"),
                "Earlier versions are kept in the history of the data folder.",
            )),
        }
    }
}

/// The settings, and what is wrong with them: said, and never a reason to stop.
fn read_settings(file: Option<&Path>, named: bool) -> (Settings, Option<String>) {
    let Some(file) = file else {
        return (Settings::default(), None);
    };
    let read = settings::read(file);
    let mut problem = read.problem;
    if named && !file.exists() {
        problem = Some(format!(
            "--config {}: there is no such file; the defaults are used.",
            file.display()
        ));
    }
    if !read.settings.keys.is_empty() {
        let (table, problems) = keymap::changed_table(&read.settings.keys);
        keymap::install(table);
        if let Some(first) = problems.into_iter().next() {
            problem.get_or_insert(format!("{}: {first}.", file.display()));
        }
    }
    (read.settings, problem)
}

/// The program with those options that decide what is read.
fn called_with(arguments: &Arguments) -> String {
    let mut command = "astride".to_owned();
    let options = [
        ("--data-dir", &arguments.global.data_dir),
        ("--catalog", &arguments.global.catalog),
        ("--config", &arguments.global.config),
    ];
    for (option, value) in options {
        if let Some(value) = value {
            command.push(' ');
            command.push_str(option);
            command.push(' ');
            command.push_str(&encode::shell_word(&value.display().to_string()));
        }
    }
    command
}

fn completions(shell: clap_complete::Shell) -> Result<Ending, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "astride", &mut text);
    output::raw(&String::from_utf8_lossy(&text))?;
    Ok(Ending::Done)
}
