//! The command line: one definition for parsing, help, completions and the manual page.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Guided STRIDE threat modelling for Docker, Kubernetes and a web infrastructure.
///
/// Without a command, Astride shows your sessions: go on with one, begin a new one, or look at a
/// finished example. Everything is saved by itself on this machine, and nothing goes online.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Arguments {
    /// What every command takes
    #[command(flatten)]
    pub global: Global,

    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The options of every command.
#[derive(Debug, Args)]
pub struct Global {
    /// Where sessions live, instead of the platform's own folder
    #[arg(long, global = true, value_name = "DIR", env = "ASTRIDE_DATA_DIR", hide_env_values = true, help_heading = GLOBAL)]
    pub data_dir: Option<PathBuf>,

    /// A folder of RON files that add to the catalog or override its entries by id
    #[arg(long, global = true, value_name = "DIR", help_heading = GLOBAL)]
    pub catalog: Option<PathBuf>,

    /// When to use colours: auto, always or never; auto heeds `NO_COLOR`
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true,
        help_heading = GLOBAL
    )]
    pub color: Color,

    /// Line by line instead of a screen: for screen readers, for terminals that cannot place a cursor
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub plain: bool,

    /// The configuration file, instead of the one in the platform's own folder
    #[arg(long, global = true, value_name = "FILE", env = "ASTRIDE_CONFIG", hide_env_values = true, help_heading = GLOBAL)]
    pub config: Option<PathBuf>,
}

const GLOBAL: &str = "Options of every command";

const EXIT_CODES: &str = "Exit codes: 0 done, 1 the check found something, 2 wrong use or a file \
                          that could not be read or written.";

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// Where the terminal has them and `NO_COLOR` is not set
    Auto,
    /// Always
    Always,
    /// Never; bold, reverse and signs carry everything
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin a session, and open it
    New {
        /// Its title
        name: String,
        /// The assignment; `astride catalog list` names them
        #[arg(long, value_name = "ID", default_value = "free")]
        brief: String,
        /// Put only this system in scope; can be given several times
        #[arg(long = "system", value_name = "ID")]
        systems: Vec<String>,
        /// Somebody in the room, by name or initials; can be given several times
        #[arg(long = "participant", value_name = "NAME")]
        participants: Vec<String>,
        /// Only make the file
        #[arg(long)]
        no_open: bool,
    },
    /// Go on with a session
    Open {
        /// A name in the data folder, or a path to a .ron file
        session: String,
    },
    /// List the sessions
    List {
        /// As JSON, for other programs; docs/json.md describes it
        #[arg(long)]
        json: bool,
    },
    /// Show all that a session holds, or an earlier version of it: SESSION@VERSION
    Show {
        /// A name in the data folder, or a path to a .ron file
        session: String,
        /// As JSON, for other programs; docs/json.md describes it
        #[arg(long)]
        json: bool,
        /// Only the texts that can still be read, of a file that does not open
        #[arg(long, conflicts_with = "json")]
        salvage: bool,
    },
    /// List the earlier versions of a session
    History {
        /// A name in the data folder, or a path to a .ron file
        session: String,
        /// As JSON, for other programs; docs/json.md describes it
        #[arg(long)]
        json: bool,
    },
    /// Go back to an earlier version; what is there now is kept as a version too
    Restore {
        /// Which session and version, as `astride history` names them: team-blue@12
        #[arg(value_name = "SESSION@VERSION")]
        version: String,
        /// Leave the session as it is, and make a new one with this title
        #[arg(long = "as", value_name = "NAME")]
        title: Option<String>,
    },
    /// Write a session up, to standard output or a file
    Export {
        /// A name in the data folder, or a path to a .ron file
        session: String,
        /// The form of the write-up
        #[arg(long, value_name = "FORM", default_value = "course")]
        form: String,
        /// A folder of templates, NAME.md.j2: more forms, or other layouts of known ones
        #[arg(long, value_name = "DIR")]
        templates: Option<PathBuf>,
        /// The file to write
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace a file that is there
        #[arg(long)]
        force: bool,
        /// Leave the names of people out
        #[arg(long)]
        no_names: bool,
    },
    /// Print the template of a form, to copy and change
    Template {
        /// The form
        form: String,
    },
    /// Make a session of a model of Open Threat Model, Threat Dragon 2 or Threat Composer 1
    Import {
        /// The model; what it is, is seen from what it says
        file: PathBuf,
        /// The session's title, instead of the model's
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
    },
    /// Say what the brief still asks for and what stands out; exit code 1 where something is missing
    Check {
        /// A name in the data folder, or a path to a .ron file
        session: String,
        /// As JSON, for other programs; docs/json.md describes it
        #[arg(long)]
        json: bool,
    },
    /// Read reports of docker-bench, kube-bench or Trivy; no session is needed
    Findings {
        /// The reports as the scanner wrote them; - reads standard input
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// As JSON, for other programs; docs/json.md describes it
        #[arg(long)]
        json: bool,
        /// Only what failed
        #[arg(long)]
        failed: bool,
        /// A later report of the same machine: what is fixed, still failing, new, not checked
        #[arg(long, value_name = "FILE")]
        compare: Option<PathBuf>,
    },
    /// Add a scanner's report to a session
    Attach {
        /// A name in the data folder, or a path to a .ron file
        session: String,
        /// The report as the scanner wrote it; - reads standard input
        file: PathBuf,
    },
    /// Bring the sessions of several tables together in a new one
    ///
    /// Nothing is dropped: threats about the same thing stand side by side, what is word for word the
    /// same stands once, and where tables disagree, step 4 shows what is to be settled.
    Merge {
        /// The new session: a name in the data folder, or a path to a .ron file
        out: String,
        /// The sessions to bring together
        #[arg(required = true, value_name = "SESSION")]
        sessions: Vec<String>,
    },
    /// Put the sessions of a cohort beside each other: who found what, what nobody could answer
    Compare {
        /// The sessions
        #[arg(required = true, value_name = "SESSION")]
        sessions: Vec<String>,
        /// As JSON, for other programs; docs/json.md describes it
        #[arg(long, conflicts_with = "markdown")]
        json: bool,
        /// As Markdown
        #[arg(long)]
        markdown: bool,
    },
    /// Show what changed from one session to another, or since an earlier version: `blue@3 blue`
    Diff {
        /// The session before; `NAME@3` is its version 3
        before: String,
        /// The session after
        after: String,
        /// As JSON, for other programs; docs/json.md describes it
        #[arg(long, conflicts_with = "markdown")]
        json: bool,
        /// As Markdown
        #[arg(long)]
        markdown: bool,
    },
    /// Follow a session in a second terminal; nothing is ever written
    Watch {
        /// A name in the data folder, or a path to a .ron file
        session: String,
    },
    /// Let git merge and compare sessions in the repository that you are in
    GitSetup {
        /// Which files are sessions, as in .gitattributes; *.ron where nothing is said
        #[arg(value_name = "PATTERN")]
        patterns: Vec<String>,
    },
    /// Merge a session for git; git-setup tells git to call it
    #[command(hide = true)]
    MergeDriver {
        /// The common version
        base: PathBuf,
        /// Our version, which the result replaces
        ours: PathBuf,
        /// Their version
        theirs: PathBuf,
        /// The file's path in the repository
        #[arg(allow_hyphen_values = true)]
        path: String,
        /// What git calls their side
        #[arg(allow_hyphen_values = true)]
        their_name: Option<String>,
    },
    /// Print a session in words for git; git-setup tells git to call it
    #[command(hide = true)]
    Textconv {
        /// The file
        file: PathBuf,
    },
    /// Look into the catalog, or check one of your own
    Catalog {
        /// What to do with it
        #[command(subcommand)]
        command: CatalogCommand,
    },
    /// Print every key with its place and what it does
    Keys {
        /// As JSON, for other programs; docs/json.md describes it
        #[arg(long)]
        json: bool,
    },
    /// Say where everything is, what the terminal can do, and what Astride would do here
    Doctor {
        /// As JSON, for other programs; docs/json.md describes it
        #[arg(long)]
        json: bool,
    },
    /// Show the settings that hold
    Config {
        /// Print a configuration file with every setting, explained and switched off
        #[arg(long)]
        example: bool,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// What can be done with the catalog.
#[derive(Debug, Subcommand)]
pub enum CatalogCommand {
    /// List every entry with its kind, id and title
    List {
        /// As JSON, for other programs; docs/json.md describes it
        #[arg(long)]
        json: bool,
    },
    /// Show one entry
    Show {
        /// Its id
        id: String,
        /// Its kind, where two kinds have the same id: system, component, threat, term, brief, …
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
        /// As JSON, for other programs; docs/json.md describes it
        #[arg(long)]
        json: bool,
    },
    /// Count what the catalog holds
    Stats {
        /// As JSON, for other programs; docs/json.md describes it
        #[arg(long)]
        json: bool,
    },
    /// Check the catalog, or the files in a folder; exit code 1 where something is wrong
    Check {
        /// A folder of RON files; without it, the whole catalog as the program sees it
        folder: Option<PathBuf>,
        /// As JSON, for other programs; docs/json.md describes it
        #[arg(long)]
        json: bool,
    },
}
