//! The real disk, with one call that goes wrong.

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use astride::store::{Disk, Files, Listed, NewFile};

/// What a [`FaultyDisk`] does at its marked call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The call fails with this error of Linux.
    Errno(i32),
    /// The call is done, and reports this error all the same.
    DoneButErrno(i32),
    /// The process is killed just before it: nothing is done any more.
    KilledBefore,
    /// The process is killed just after it.
    KilledAfter,
    /// Half of what is written arrives, and nothing is said.
    ShortWrite,
}

#[derive(Debug, Default)]
struct Script {
    calls: Vec<String>,
    fault: Option<(usize, Fault)>,
    /// Every call of this name fails.
    broken: Option<(&'static str, i32)>,
    dead: bool,
}

/// The real disk, with one call that goes wrong.
#[derive(Clone, Debug, Default)]
pub struct FaultyDisk {
    script: Arc<Mutex<Script>>,
}

impl FaultyDisk {
    /// The call number `at`, from 0, goes wrong.
    pub fn failing(at: usize, fault: Fault) -> Self {
        let disk = Self::default();
        disk.script.lock().unwrap().fault = Some((at, fault));
        disk
    }

    /// From now on, every call of that name fails.
    pub fn break_all(&self, name: &'static str, errno: i32) {
        self.script.lock().unwrap().broken = Some((name, errno));
    }

    /// From now on, nothing fails; calls are counted from 0 again.
    pub fn repair(&self) {
        *self.script.lock().unwrap() = Script::default();
    }

    /// What was called.
    pub fn calls(&self) -> Vec<String> {
        self.script.lock().unwrap().calls.clone()
    }

    fn call<T>(
        &self,
        name: &'static str,
        short: impl FnOnce() -> io::Result<T>,
        call: impl FnOnce() -> io::Result<T>,
    ) -> io::Result<T> {
        let mut script = self.script.lock().unwrap();
        let number = script.calls.len();
        script.calls.push(name.to_owned());
        if script.dead {
            return Err(io::Error::other("dead"));
        }
        if let Some((broken, errno)) = script.broken
            && broken == name
        {
            return Err(io::Error::from_raw_os_error(errno));
        }
        let fault = script.fault.filter(|(at, _)| *at == number);
        match fault.map(|(_, fault)| fault) {
            None => call(),
            Some(Fault::Errno(errno)) => Err(io::Error::from_raw_os_error(errno)),
            Some(Fault::DoneButErrno(errno)) => {
                call()?;
                Err(io::Error::from_raw_os_error(errno))
            }
            Some(Fault::KilledBefore) => {
                script.dead = true;
                Err(io::Error::other("dead"))
            }
            Some(Fault::KilledAfter) => {
                script.dead = true;
                call()?;
                Err(io::Error::other("dead"))
            }
            Some(Fault::ShortWrite) => short(),
        }
    }

    fn plain<T>(&self, name: &'static str, call: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        self.call(name, || Err(io::Error::other("not a write")), call)
    }
}

impl Files for FaultyDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.plain("read", || Disk.read(path, limit))
    }

    fn create_beside(&self, target: &Path) -> io::Result<Box<dyn NewFile>> {
        let file = self.plain("create", || Disk.create_beside(target))?;
        Ok(Box::new(FaultyFile {
            file,
            disk: self.clone(),
        }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.plain("rename", || Disk.rename(from, to))
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.plain("hard_link", || Disk.hard_link(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.plain("remove", || Disk.remove(path))
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        self.plain("exists", || Disk.exists(path))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.plain("create_folder", || Disk.create_folder(path))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.plain("sync_folder", || Disk.sync_folder(path))
    }

    fn keep_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.plain("keep_permissions", || Disk.keep_permissions(from, to))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        self.plain("list", || Disk.list(folder))
    }
}

struct FaultyFile {
    file: Box<dyn NewFile>,
    disk: FaultyDisk,
}

impl NewFile for FaultyFile {
    fn path(&self) -> &Path {
        self.file.path()
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let file = std::cell::RefCell::new(&mut self.file);
        self.disk.call(
            "write",
            || file.borrow_mut().write_all(&bytes[..bytes.len() / 2]),
            || file.borrow_mut().write_all(bytes),
        )
    }

    fn length(&self) -> io::Result<u64> {
        self.disk.plain("length", || self.file.length())
    }

    fn sync(&self) -> io::Result<()> {
        self.disk.plain("sync", || self.file.sync())
    }
}
