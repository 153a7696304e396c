//! The compiled program with pipes for a terminal: lines in, lines out.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// How long is waited for a line. Only reached when a test fails.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Plain {
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
    pub heard: Vec<String>,
}

impl Plain {
    pub fn start(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_astride"))
            .args(arguments)
            .env_clear()
            .env("HOME", folder)
            .env("TZ", "UTC")
            .env("ASTRIDE_DATA_DIR", folder.join("data"))
            .envs(environment.iter().copied())
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self {
            input: child.stdin.take(),
            child,
            lines,
            heard: Vec::new(),
        }
    }

    pub fn say(&mut self, line: &str) -> &mut Self {
        let input = self.input.as_mut().unwrap();
        writeln!(input, "{line}").unwrap();
        input.flush().unwrap();
        self
    }

    /// Waits until a line holds the words; gives the line.
    pub fn hear(&mut self, words: &str) -> String {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => {
                    self.heard.push(line.clone());
                    if line.contains(words) {
                        return line;
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!(
                        "{words:?} was not said. This was:\n{}",
                        self.heard.join("\n")
                    )
                }
            }
        }
    }

    /// The number of the list's line that holds these words.
    pub fn number(&mut self, words: &str) -> String {
        let line = self.hear(words);
        let (number, _) = line.split_once(". ").unwrap();
        number.trim().to_owned()
    }

    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends the input; gives the exit code and what was said beside the result.
    pub fn end(mut self) -> (i32, String) {
        drop(self.input.take());
        let mut text = String::new();
        let errors = self.child.stderr.take().unwrap();
        for line in BufReader::new(errors).lines().map_while(Result::ok) {
            text.push_str(&line);
            text.push('\n');
        }
        let code = self.child.wait().unwrap().code().unwrap();
        for line in &self.lines {
            self.heard.push(line);
        }
        (code, text)
    }
}
