//! The compiled program in a real pseudo-terminal, its screen read through a terminal emulator.

#![allow(dead_code, clippy::unwrap_used)] // each test file uses a part, and a panic is a result

pub mod scan;

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long is waited for something to appear. Only reached when a test fails.
const DEADLINE: Duration = Duration::from_secs(20);

/// A program in a pseudo-terminal.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn std::io::Write + Send>,
    /// Reads until the terminal has no writer any more.
    reading: thread::JoinHandle<()>,
    screen: Arc<Mutex<vt100::Parser>>,
    /// Every byte that reached the terminal.
    raw: Arc<Mutex<Vec<u8>>>,
    /// How the terminal was set when the program got it.
    settings: String,
    /// Whether everything on the terminal came from the program, so that its bytes can be judged.
    is_own: bool,
}

impl Terminal {
    /// Starts the program in a window of this size, with its sessions in `folder`.
    pub fn start(folder: &Path, columns: u16, rows: u16, arguments: &[&str]) -> Self {
        Self::start_with(folder, (columns, rows), arguments, &[])
    }

    /// The same with more in its environment.
    pub fn start_with(
        folder: &Path,
        size: (u16, u16),
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Self {
        let program = env!("CARGO_BIN_EXE_astride");
        let mut terminal = Self::spawn(folder, size, program, arguments, environment);
        terminal.is_own = true;
        terminal
    }

    /// Starts another program, such as a shell, in the same way.
    pub fn start_other(
        folder: &Path,
        columns: u16,
        rows: u16,
        program: &str,
        arguments: &[&str],
    ) -> Self {
        Self::spawn(folder, (columns, rows), program, arguments, &[])
    }

    fn spawn(
        folder: &Path,
        (columns, rows): (u16, u16),
        program: &str,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Self {
        let size = PtySize {
            rows,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("HOME", folder);
        command.env("TZ", "UTC");
        command.env("ASTRIDE_DATA_DIR", folder.join("data"));
        // For those who are no terminal of their own: shells, and what they start.
        command.env("PATH", "/usr/bin:/bin");
        for (name, value) in environment {
            command.env(name, value);
        }
        command.cwd(folder);
        let settings = settings_of(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(
            rows.try_into().unwrap(),
            columns.try_into().unwrap(),
            0,
        )));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let shared = Arc::clone(&screen);
        let raw = Arc::new(Mutex::new(Vec::new()));
        let recorded = Arc::clone(&raw);
        let reading = thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                recorded.lock().unwrap().extend(&buffer[..count]);
                shared.lock().unwrap().process(&buffer[..count]);
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self {
            child,
            master: pair.master,
            writer,
            reading,
            screen,
            raw,
            settings,
            is_own: false,
        }
    }

    /// Whether the terminal is set as it was before the program came: echo, lines, signals.
    pub fn is_set_as_before(&self) -> bool {
        settings_of(&*self.master) == self.settings
    }

    /// What the program is not allowed to send to a terminal, where it did.
    pub fn forbidden(&self) -> Option<String> {
        scan::forbidden(&self.raw.lock().unwrap())
    }

    /// Sends bytes as a keyboard would.
    pub fn send(&mut self, keys: &str) -> &mut Self {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self
    }

    /// Esc, and nothing glued to it.
    pub fn esc(&mut self) -> &mut Self {
        let before = self.text();
        self.send("\x1b");
        self.wait_for_change(&before)
    }

    /// Waits until the screen holds a text.
    pub fn wait(&mut self, wanted: &str) -> &mut Self {
        self.wait_until(wanted, |text| text.contains(wanted))
    }

    /// Waits until the screen does not hold a text any more.
    pub fn wait_gone(&mut self, unwanted: &str) -> &mut Self {
        self.wait_until(&format!("no more {unwanted}"), |text| {
            !text.contains(unwanted)
        })
    }

    fn wait_for_change(&mut self, before: &str) -> &mut Self {
        self.wait_until("a change", |text| text != before)
    }

    /// Waits until the screen is as it should be, at one moment.
    pub fn wait_until(&mut self, what: &str, is_there: impl Fn(&str) -> bool) -> &mut Self {
        let start = Instant::now();
        loop {
            let text = self.text();
            if is_there(&text) {
                return self;
            }
            assert!(start.elapsed() < DEADLINE, "waited for {what:?} on\n{text}");
            thread::yield_now();
            thread::park_timeout(Duration::from_millis(2));
        }
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// The screen without borders and line breaks, for texts that are wrapped on it.
    pub fn flowing(&self) -> String {
        let text = self.text();
        let mut words = Vec::new();
        for line in text.lines() {
            let line: String = line
                .chars()
                .map(|c| {
                    if "│┃┏┗┓┛━─┌└┐┘".contains(c) {
                        ' '
                    } else {
                        c
                    }
                })
                .collect();
            words.extend(line.split_whitespace().map(str::to_owned));
        }
        words.join(" ")
    }

    /// Whether the program's own screen is shown, and paste is one event.
    pub fn modes(&self) -> (bool, bool) {
        let parser = self.screen.lock().unwrap();
        (
            parser.screen().alternate_screen(),
            parser.screen().bracketed_paste(),
        )
    }

    /// Whether the program has the mouse.
    pub fn has_mouse(&self) -> bool {
        let parser = self.screen.lock().unwrap();
        parser.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None
    }

    /// Whether the cursor is hidden.
    pub fn hides_cursor(&self) -> bool {
        self.screen.lock().unwrap().screen().hide_cursor()
    }

    /// Changes the size of the window.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        let size = PtySize {
            rows,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        self.screen
            .lock()
            .unwrap()
            .screen_mut()
            .set_size(rows.try_into().unwrap(), columns.try_into().unwrap());
        self.master.resize(size).unwrap();
        self
    }

    /// Sends a signal by name, such as `KILL`.
    pub fn signal(&mut self, name: &str) {
        let process = self.child.process_id().unwrap().to_string();
        let done = Command::new("kill")
            .args([&format!("-{name}"), &process])
            .status()
            .unwrap();
        assert!(done.success());
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits for the program's end and gives its exit code.
    pub fn end(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What it wrote last may still be on its way. A child of its own may hold the terminal.
                while !self.reading.is_finished() && start.elapsed() < DEADLINE / 10 {
                    thread::park_timeout(Duration::from_millis(1));
                }
                return status.exit_code();
            }
            assert!(
                start.elapsed() < DEADLINE,
                "still running:\n{}",
                self.text()
            );
            thread::park_timeout(Duration::from_millis(5));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if self.is_own && !thread::panicking() {
            assert_eq!(self.forbidden(), None, "sent to the terminal");
        }
    }
}

/// Echo, line mode, signals and so on, as text to compare.
fn settings_of(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}
