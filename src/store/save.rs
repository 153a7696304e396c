//! One save: text that was parsed back and compared, write beside, harden, compare with what is on
//! disk, keep the version before, rename, harden the folder.
//!
//! At every moment either the old or the new file is there, whole. Not for when to save (see
//! [`super::saver`]), and not for the text and its comparison (see [`super::replica`]).

use std::io;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::decode::{MAX_FILE, decode};
use super::disk_fault::DiskFault;
use super::files::Files;
use super::generations::{self, NewFileStep, ToKeep, write_new};
use super::location::{Location, OnDisk};
use super::lock::Permit;
use super::replica::Replica;
use super::save_error::{SaveError, SaveStep};
use super::texts::is_lost;
use super::watch::Version;
use crate::session::types::Session;

/// A version is kept at most this often while people type.
const BETWEEN_GENERATIONS: SignedDuration = SignedDuration::from_mins(3);

/// Somebody else's file that a save would have overwritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Where this session was saved instead, and will be from now on.
    pub ours: PathBuf,
    /// The file that was changed by somebody else, untouched.
    pub theirs: PathBuf,
}

/// Something that did not work out in a save that did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The version before could not be kept. No text is in it that is not in the new one.
    VersionNotKept(DiskFault),
    /// The version before has text that the new one does not have, and the history cannot be
    /// written: it is kept beside the session.
    VersionKeptBeside {
        /// Where.
        path: PathBuf,
        /// Why not in the history.
        fault: DiskFault,
    },
}

/// What a save did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The number of the save.
    pub sequence: u64,
    /// The file.
    pub path: PathBuf,
    /// How large it is.
    pub bytes: usize,
    /// It was saved under another name than before.
    pub conflict: Option<Conflict>,
    /// What did not work out.
    pub warning: Option<Warning>,
}

/// Where a writer saved before it moved.
pub struct Before {
    location: Location,
    permit: Permit,
    on_disk: OnDisk,
    kept_at: Option<Timestamp>,
}

/// Saves one session again and again.
pub struct Writer {
    files: Box<dyn Files>,
    location: Location,
    permit: Permit,
    on_disk: OnDisk,
    /// The number of the last attempt; 0 before the first.
    attempted: u64,
    kept_at: Option<Timestamp>,
    must_keep: bool,
    /// Of whoever saves whole sessions, for what was in the one before.
    own: Option<Replica>,
    /// Happened in a save that failed after it.
    unreported: Option<Conflict>,
}

impl Writer {
    /// A writer for a session that was found `on_disk` at its location, or that is new there.
    pub fn new(files: Box<dyn Files>, location: Location, on_disk: OnDisk, permit: Permit) -> Self {
        Self {
            files,
            location,
            permit,
            on_disk,
            attempted: 0,
            kept_at: None,
            must_keep: false,
            own: None,
            unreported: None,
        }
    }

    /// Rather fail than replace a file that could not be kept: for what no session was read from.
    #[must_use]
    pub(super) fn keeping_for_certain(mut self) -> Self {
        self.must_keep = true;
        self
    }

    /// Where it saves.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// What it last wrote or found.
    pub const fn on_disk(&self) -> OnDisk {
        self.on_disk
    }

    /// Saves elsewhere from now on, in a place where nothing is yet. Gives what is needed to go
    /// back.
    pub fn move_to(&mut self, location: Location, permit: Permit) -> Before {
        Before {
            location: std::mem::replace(&mut self.location, location),
            permit: std::mem::replace(&mut self.permit, permit),
            on_disk: std::mem::replace(&mut self.on_disk, OnDisk::Nothing),
            kept_at: self.kept_at.take(),
        }
    }

    /// Goes back to where it saved before, because the other place is no better.
    pub fn move_back(&mut self, before: Before) {
        self.location = before.location;
        self.permit = before.permit;
        self.on_disk = before.on_disk;
        self.kept_at = before.kept_at;
    }

    /// Saves a whole session, for whoever has no [`Replica`] of it. Everything else is as in
    /// [`save_replica`](Self::save_replica).
    pub fn save(&mut self, session: &Session, now: Timestamp) -> Result<Saved, SaveError> {
        let mut own = match self.own.take() {
            Some(mut own) => {
                own.replace(session.clone());
                own
            }
            None => Replica::new(session.clone()),
        };
        let saved = self.save_replica(&mut own, now);
        self.own = Some(own);
        saved
    }

    /// Saves. Whatever happens, the old or the new file is whole under its name; on an error the
    /// caller still has the session and tries again.
    pub fn save_replica(
        &mut self,
        replica: &mut Replica,
        now: Timestamp,
    ) -> Result<Saved, SaveError> {
        // A number is never used twice, not even after an error: what was meant to be save 7 may
        // be on disk all the same.
        self.attempted = self.newest_number().max(self.attempted) + 1;
        let sequence = self.attempted;
        let text = replica.checked_text(sequence)?;
        let written = OnDisk::of(text.as_bytes());
        let bytes = text.len();
        let temporary =
            write_new(&*self.files, self.location.path(), text.as_bytes()).map_err(new_file)?;
        // Large, and not needed while the file that is there now is looked at.
        drop(text);
        let replaced = self.prepare(replica, now).and_then(|plan| {
            let again = || replica.text_again(sequence);
            self.replace(&temporary, again, plan)
        });
        let plan = match replaced {
            Ok(plan) => plan,
            Err(error) => {
                let _ = self.files.remove(&temporary);
                return Err(error);
            }
        };
        // From here on the new file is there under its name, whatever else fails.
        self.on_disk = written;
        self.must_keep = false;
        if plan.kept {
            self.kept_at = Some(now);
        }
        replica.saved(sequence, plan.kept, now);
        if let Some(ours) = plan.ours {
            self.settle(ours);
        }
        let path = self.location.path().to_owned();
        if let Some(folder) = path.parent() {
            self.files
                .sync_folder(folder)
                .or_else(generations::unless_unsupported)
                .map_err(disk(SaveStep::HardenFolder))?;
        }
        if plan.kept {
            // Old versions that stay are no harm.
            let _ = generations::thin(&*self.files, &self.location.history(), now);
        }
        Ok(Saved {
            sequence,
            path,
            bytes,
            conflict: self.unreported.take(),
            warning: plan.warning,
        })
    }

    /// Lives in another place from now on, because somebody else has the one before.
    fn settle(&mut self, ours: Location) {
        let theirs = self.location.path().to_owned();
        self.permit = self.permit.also_for(&ours.lock_file());
        self.location = ours;
        self.kept_at = None;
        self.unreported = Some(Conflict {
            ours: self.location.path().to_owned(),
            theirs,
        });
    }

    /// The highest number that this session is known to have had.
    fn newest_number(&self) -> u64 {
        let known = self.on_disk.sequence();
        if self.attempted > 0 {
            return known;
        }
        let kept = generations::list(&*self.files, &self.location.history());
        let newest = kept.unwrap_or_default().first().map(|one| one.id.sequence);
        newest.unwrap_or(0).max(known)
    }

    /// Looks at what is on disk, and keeps it where that is due.
    fn prepare(&self, replica: &Replica, now: Timestamp) -> Result<Plan, SaveError> {
        let path = self.location.path();
        let found = match self.files.read(path, MAX_FILE as u64 + 1) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(disk(SaveStep::Compare)(error)),
        };
        let Some(found) = found else {
            // Taken away meanwhile: nothing to overwrite.
            return Ok(Plan::default());
        };
        if OnDisk::of(&found) != self.on_disk {
            return Ok(Plan {
                ours: Some(self.free_place()?),
                ..Plan::default()
            });
        }
        let plan = Plan {
            replaces: true,
            ..Plan::default()
        };
        let went = replica.went();
        if went.is_none() && !self.is_keeping_due(replica, now) {
            return Ok(plan);
        }
        match self.keep(&found, went.as_ref()) {
            Ok(()) => Ok(Plan { kept: true, ..plan }),
            Err(error) if self.must_keep => Err(disk(SaveStep::Keep)(error)),
            Err(error) => {
                let fault = error.into();
                let warning = if went.is_none() && !text_goes(&found, replica) {
                    Warning::VersionNotKept(fault)
                } else {
                    let path = self
                        .keep_beside(&found, went.as_ref())
                        .map_err(disk(SaveStep::Keep))?;
                    Warning::VersionKeptBeside { path, fault }
                };
                Ok(Plan {
                    warning: Some(warning),
                    ..plan
                })
            }
        }
    }

    /// Keeps the file that is about to be replaced, and the version of half a minute ago where
    /// that has more.
    fn keep(&self, found: &[u8], went: Option<&Version>) -> io::Result<()> {
        let history = self.location.history();
        if let Some(version) = went {
            generations::keep(&*self.files, &history, ToKeep::from(version))?;
        }
        generations::keep(&*self.files, &history, self.found_version(found))
    }

    /// The same in the session's own folder, which can be written or there would be no save.
    fn keep_beside(&self, found: &[u8], went: Option<&Version>) -> io::Result<PathBuf> {
        let found = self.found_version(found);
        let mut kept = PathBuf::new();
        for version in went.map(ToKeep::from).into_iter().chain([found]) {
            let name = |copy| self.location.beside(version.sequence, copy);
            kept = generations::keep_as(&*self.files, name, version)?;
        }
        Ok(kept)
    }

    fn found_version<'a>(&'a self, found: &'a [u8]) -> ToKeep<'a> {
        ToKeep {
            bytes: found,
            // A file without a number was not saved by us; it is newer than what we have of it.
            sequence: match self.on_disk.sequence() {
                0 => self.attempted - 1,
                sequence => sequence,
            },
            file: Some(self.location.path()),
        }
    }

    /// Before the first overwrite of a run, then every few minutes, and before text goes.
    fn is_keeping_due(&self, replica: &Replica, now: Timestamp) -> bool {
        let recently = self.kept_at.is_some_and(|kept| {
            let passed = now.duration_since(kept);
            passed >= SignedDuration::ZERO && passed < BETWEEN_GENERATIONS
        });
        !recently || replica.goes() == Some(true)
    }

    fn free_place(&self) -> Result<Location, SaveError> {
        for number in 2..1_000 {
            let place = self.location.conflict(number);
            if !self
                .files
                .exists(place.path())
                .map_err(disk(SaveStep::Compare))?
            {
                return Ok(place);
            }
        }
        Err(disk(SaveStep::Replace)(io::ErrorKind::AlreadyExists.into()))
    }

    fn replace(
        &self,
        temporary: &Path,
        text: impl FnOnce() -> String,
        plan: Plan,
    ) -> Result<Plan, SaveError> {
        let target = plan.ours.as_ref().unwrap_or(&self.location).path();
        if plan.replaces {
            // Not every disk has permissions; the new file is for its owner only in any case.
            let _ = self.files.keep_permissions(target, temporary);
        }
        match self.files.rename(temporary, target) {
            Ok(()) => Ok(plan),
            // A network folder may have done it and lost its answer: look before believing.
            Err(error) => match self.files.read(target, MAX_FILE as u64 + 1) {
                Ok(found) if found == text().as_bytes() => Ok(plan),
                _ => Err(disk(SaveStep::Replace)(error)),
            },
        }
    }
}

impl<'a> From<&'a Version> for ToKeep<'a> {
    fn from(version: &'a Version) -> Self {
        Self {
            bytes: version.text.as_bytes(),
            sequence: version.sequence,
            file: None,
        }
    }
}

/// What a save is about to do.
#[derive(Default)]
struct Plan {
    /// There is a file to replace.
    replaces: bool,
    /// Another place, because somebody else changed the file.
    ours: Option<Location>,
    /// The version before was kept.
    kept: bool,
    warning: Option<Warning>,
}

/// Whether text of the file that is about to be replaced is not in the session any more.
fn text_goes(found: &[u8], replica: &Replica) -> bool {
    replica.goes().unwrap_or_else(|| {
        decode(found).map_or(true, |loaded| is_lost(&loaded.session, replica.session()))
    })
}

fn new_file((step, error): (NewFileStep, io::Error)) -> SaveError {
    let step = match step {
        NewFileStep::Create => SaveStep::Create,
        NewFileStep::Write => SaveStep::Write,
        NewFileStep::Harden => SaveStep::Harden,
    };
    disk(step)(error)
}

fn disk(step: SaveStep) -> impl Fn(io::Error) -> SaveError {
    move |error| SaveError::Disk {
        step,
        fault: error.into(),
    }
}
