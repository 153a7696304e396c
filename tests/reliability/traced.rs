//! A whole session under `strace`: begun, typed into, written up, left. No socket, no child, and nothing
//! written outside the data folder and the file of the write-up. Skipped where there is no strace or
//! it may not trace.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::Command;

use super::common::Terminal;

const STRACE: &str = "/usr/bin/strace";

/// What a dynamic program and its runtime read by themselves, and the terminal.
const READ_ANYWHERE: [&str; 12] = [
    "/etc/ld.so",
    "/lib",
    "/usr/lib",
    "/proc/self",
    "/proc/sys",
    "/sys/fs/cgroup",
    "/sys/devices/system/cpu",
    "/dev/tty",
    "/dev/null",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/etc/zoneinfo",
];

/// One call of the trace.
struct Call<'a> {
    name: &'a str,
    line: &'a str,
}

impl<'a> Call<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let (_, call) = line.split_once(' ')?;
        let (name, _) = call.trim_start().split_once('(')?;
        let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        is_name.then_some(Self { name, line })
    }

    /// The paths that it names.
    fn paths(&self) -> Vec<&'a str> {
        self.line.split('"').skip(1).step_by(2).collect()
    }

    fn writes(&self) -> bool {
        match self.name {
            "open" | "openat" => ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"]
                .iter()
                .any(|flag| self.line.contains(flag)),
            "readlink" | "readlinkat" | "stat" | "lstat" | "newfstatat" | "statx" | "access"
            | "faccessat" | "faccessat2" | "getcwd" | "statfs" => false,
            _ => true,
        }
    }
}

fn may_trace(folder: &Path) -> bool {
    let log = folder.join("try");
    Command::new(STRACE)
        .args(["-o", log.to_str().unwrap(), "/bin/true"])
        .output()
        .is_ok_and(|output| output.status.success())
}

#[test]
fn a_session_opens_no_socket_starts_nothing_and_writes_only_where_it_may() {
    let folder = tempfile::tempdir().unwrap();
    if !may_trace(folder.path()) {
        return;
    }
    let home = fs::canonicalize(folder.path()).unwrap();
    let log = home.join("trace");
    let arguments = [
        "-f",
        "-qq",
        "-s",
        "512",
        "-e",
        "trace=%file,%network,%process",
        "-e",
        "signal=none",
        "-o",
        log.to_str().unwrap(),
        env!("CARGO_BIN_EXE_astride"),
    ];
    let mut program = Terminal::start_other(&home, 80, 24, STRACE, &arguments);
    program.wait("New session").send("n").wait("The assignment");
    program.send("Team blue\r").wait("Map");
    program.send("a").wait("Enter done");
    program.send("The socket is shared").wait("is shared");
    program.send("\r").wait("Recorded.").esc();
    program.wait_gone("Enter done").send("5").wait("• Brief:");
    program
        .send("w")
        .wait("Write the file to")
        .send("\r")
        .wait("Written to");
    program.send("q").wait("Go on with");
    program.end();

    let trace = fs::read_to_string(&log).unwrap();
    let calls: Vec<Call<'_>> = trace.lines().filter_map(Call::of).collect();
    assert!(calls.len() > 100, "{} calls", calls.len());
    // A pair of sockets without a name is how a signal handler wakes a thread of the same program.
    let network = ["socket", "connect", "bind", "listen", "accept", "accept4"];
    let mut started = 0;
    for call in &calls {
        assert!(!network.contains(&call.name), "{}", call.line);
        match call.name {
            "execve" | "execveat" => started += 1,
            "fork" | "vfork" => panic!("{}", call.line),
            "clone" | "clone3" => assert!(call.line.contains("CLONE_THREAD"), "{}", call.line),
            _ => {}
        }
    }
    assert_eq!(started, 1, "only the program itself");
    for call in &calls {
        for path in call.paths() {
            let is_ours = Path::new(path).starts_with(&home) || !path.starts_with('/');
            if ["execve", "execveat"].contains(&call.name) || is_ours {
                continue;
            }
            let is_terminal = path.starts_with("/dev/tty") || path.starts_with("/dev/pts");
            assert!(is_terminal || !call.writes(), "{}", call.line);
            let is_looked_at = !call.name.starts_with("open");
            let may_be_read = READ_ANYWHERE.iter().any(|one| path.starts_with(one));
            // Looking whether a folder above is there reads nothing of it.
            let is_above = home.starts_with(path);
            assert!(is_looked_at || may_be_read || is_above, "{}", call.line);
        }
    }
    // What was written outside the data folder is the write-up and nothing else.
    let mut beside: Vec<String> = fs::read_dir(&home)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    beside.retain(|name| !["trace", "try", "data"].contains(&name.as_str()));
    assert_eq!(beside, ["team-blue.md"]);
}
