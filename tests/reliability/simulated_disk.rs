//! A disk in memory that knows the difference between written and lasting. At a power cut, what was
//! not synced may be there, be torn at a sector, or be gone; names likewise, in any combination.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use astride::store::{Files, Listed, NewFile};
use jiff::Timestamp;

use super::chance::Chance;

const SECTOR: usize = 512;

#[derive(Clone, Debug, Default)]
struct Content {
    now: Vec<u8>,
    /// What it was when it was last synced.
    lasting: Option<Vec<u8>>,
}

/// A change of names that a cut may undo until its folder is synced.
#[derive(Clone, Debug)]
enum Renaming {
    Link(PathBuf, usize),
    Unlink(PathBuf),
    Move(PathBuf, PathBuf, usize),
}

impl Renaming {
    fn folder(&self) -> &Path {
        let (Self::Link(path, _) | Self::Unlink(path) | Self::Move(_, path, _)) = self;
        path.parent().unwrap()
    }

    fn carry_out(&self, names: &mut BTreeMap<PathBuf, usize>) {
        match self {
            Self::Link(path, content) => _ = names.insert(path.clone(), *content),
            Self::Unlink(path) => _ = names.remove(path),
            Self::Move(from, to, content) => {
                names.remove(from);
                names.insert(to.clone(), *content);
            }
        }
    }
}

#[derive(Clone, Debug, Default)]
struct State {
    contents: Vec<Content>,
    names: BTreeMap<PathBuf, usize>,
    lasting_names: BTreeMap<PathBuf, usize>,
    /// In order, since their folders were synced.
    pending: Vec<Renaming>,
    calls: u64,
}

/// A moment of the disk, to be cut off.
#[derive(Clone, Debug)]
pub struct Moment(State);

type Watcher = Box<dyn FnMut(Moment) + Send>;

/// The disk. What is done to it can be watched call by call.
#[derive(Clone, Default)]
pub struct SimulatedDisk {
    state: Arc<Mutex<State>>,
    watcher: Arc<Mutex<Option<Watcher>>>,
}

impl SimulatedDisk {
    /// Shows every moment between two calls to `watcher`.
    pub fn watched(watcher: impl FnMut(Moment) + Send + 'static) -> Self {
        let disk = Self::default();
        *disk.watcher.lock().unwrap() = Some(Box::new(watcher));
        disk
    }

    pub fn moment(&self) -> Moment {
        Moment(self.state.lock().unwrap().clone())
    }

    /// One call: the moment before it may be the last one.
    fn call(&self) -> MutexGuard<'_, State> {
        let moment = self.moment();
        if let Some(watcher) = self.watcher.lock().unwrap().as_mut() {
            watcher(moment);
        }
        let mut state = self.state.lock().unwrap();
        state.calls += 1;
        state
    }
}

impl Moment {
    /// What is found after the power comes back: one of many possible disks.
    pub fn cut(&self, chance: &mut Chance) -> BTreeMap<PathBuf, Vec<u8>> {
        let state = &self.0;
        let mut names = state.lasting_names.clone();
        for renaming in &state.pending {
            if chance.coin() {
                renaming.carry_out(&mut names);
            }
        }
        let contents: Vec<Vec<u8>> = state
            .contents
            .iter()
            .map(|content| survivor(content, chance))
            .collect();
        names
            .into_iter()
            .map(|(name, content)| (name, contents[content].clone()))
            .collect()
    }

    /// What is found after the program was killed and the power stayed: everything written.
    pub fn kill(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let names = self.0.names.iter();
        names
            .map(|(name, content)| (name.clone(), self.0.contents[*content].now.clone()))
            .collect()
    }
}

/// Content after a cut: synced and unchanged is certain, anything else is not.
fn survivor(content: &Content, chance: &mut Chance) -> Vec<u8> {
    if content.lasting.as_ref() == Some(&content.now) {
        return content.now.clone();
    }
    let old = content.lasting.clone().unwrap_or_default();
    match chance.below(4) {
        0 => content.now.clone(),
        1 => old,
        2 => {
            // A prefix of the sectors.
            let sectors = content.now.len().div_ceil(SECTOR) as u64;
            let length = chance.below(sectors + 1) as usize * SECTOR;
            content.now[..length.min(content.now.len())].to_vec()
        }
        _ => {
            // The length arrived, some sectors did not.
            let mut torn = content.now.clone();
            for sector in torn.chunks_mut(SECTOR) {
                if chance.coin() {
                    sector.fill(0);
                }
            }
            torn
        }
    }
}

fn missing() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl Files for SimulatedDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let state = self.call();
        let content = state.names.get(path).ok_or_else(missing)?;
        let bytes = &state.contents[*content].now;
        Ok(bytes[..bytes.len().min(limit as usize)].to_vec())
    }

    fn create_beside(&self, target: &Path) -> io::Result<Box<dyn NewFile>> {
        let mut state = self.call();
        let number = state.contents.len();
        let stem = target.file_stem().unwrap().to_string_lossy();
        let path = target.with_file_name(format!(".{stem}.{number:06}.tmp"));
        state.contents.push(Content::default());
        state.names.insert(path.clone(), number);
        state.pending.push(Renaming::Link(path.clone(), number));
        drop(state);
        Ok(Box::new(SimulatedFile {
            disk: self.clone(),
            path,
            content: number,
        }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.call();
        let content = *state.names.get(from).ok_or_else(missing)?;
        let renaming = Renaming::Move(from.to_owned(), to.to_owned(), content);
        renaming.carry_out(&mut state.names);
        state.pending.push(renaming);
        Ok(())
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.call();
        if state.names.contains_key(to) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let content = *state.names.get(from).ok_or_else(missing)?;
        let renaming = Renaming::Link(to.to_owned(), content);
        renaming.carry_out(&mut state.names);
        state.pending.push(renaming);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.call();
        state.names.remove(path).ok_or_else(missing)?;
        state.pending.push(Renaming::Unlink(path.to_owned()));
        Ok(())
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        Ok(self.call().names.contains_key(path))
    }

    fn create_folder(&self, _path: &Path) -> io::Result<()> {
        // Folders are always there: losing one would only lose what is not synced in it either.
        drop(self.call());
        Ok(())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.call();
        let State {
            pending,
            lasting_names,
            ..
        } = &mut *state;
        pending.retain(|renaming| {
            let is_here = renaming.folder() == path;
            if is_here {
                renaming.carry_out(lasting_names);
            }
            !is_here
        });
        Ok(())
    }

    fn keep_permissions(&self, _from: &Path, _to: &Path) -> io::Result<()> {
        drop(self.call());
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        let state = self.call();
        let here = state.names.iter();
        Ok(here
            .filter(|(path, _)| path.parent() == Some(folder))
            .map(|(path, content)| Listed {
                name: path.file_name().unwrap().to_string_lossy().into_owned(),
                bytes: state.contents[*content].now.len() as u64,
                modified: Timestamp::UNIX_EPOCH,
            })
            .collect())
    }
}

struct SimulatedFile {
    disk: SimulatedDisk,
    path: PathBuf,
    content: usize,
}

impl NewFile for SimulatedFile {
    fn path(&self) -> &Path {
        &self.path
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.disk.call().contents[self.content].now.extend(bytes);
        Ok(())
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.disk.call().contents[self.content].now.len() as u64)
    }

    fn sync(&self) -> io::Result<()> {
        let mut state = self.disk.call();
        let content = &mut state.contents[self.content];
        content.lasting = Some(content.now.clone());
        Ok(())
    }
}
