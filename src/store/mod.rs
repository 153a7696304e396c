//! Where sessions live: their files, saving without losing a word, opening without trusting a
//! byte, locks, earlier versions and the trash.
//!
//! Not for the document itself (`session`) and not for what is shown of it. Below this module
//! nothing knows a file system. To work on a session:
//!
//! 1. [`DataFolder::resolve`] or [`DataFolder::create`] says where it lives ([`Location`]);
//! 2. [`DataFolder::open`] reads it and asks for the lock;
//! 3. [`Locking::permit`] gives the right to write, [`Opened::writer`] a writer, [`Saver::start`]
//!    the thread that saves;
//! 4. every change goes to [`SaveHandle::changes`], and [`Saver::finish`] ends.

mod check;
mod clock;
mod courtesy;
mod decode;
mod disk_fault;
mod encode;
mod envelope;
mod error;
mod files;
mod folder;
mod generations;
mod location;
mod lock;
mod migrate;
mod name;
mod newer;
mod open_error;
mod pieces;
mod replica;
mod salvage;
mod save;
mod save_error;
mod save_handle;
mod saver;
mod scan;
mod schedule;
mod summary;
mod texts;
mod trash;
mod watch;

pub use clock::{Clock, SystemClock};
pub use decode::{Loaded, MAX_FILE, decode, decode_to_look_at};
pub use disk_fault::DiskFault;
pub use encode::encode;
pub use envelope::Integrity;
pub use error::{Explanation, FolderError, Problem};
pub use files::{Disk, Files, Listed, NewFile};
pub use folder::{DataFolder, Entry, Imported, OpenedSession, Restored, split_version};
pub use generations::{Generation, GenerationId};
pub use location::{Location, OnDisk, Opened};
pub use lock::{HeldByOther, Lock, Locking, Owner, Permit, acquire_lock};
pub use name::SessionName;
pub use newer::Newer;
pub use open_error::OpenError;
pub use replica::{OutOfStep, Replica};
pub use salvage::{Salvaged, salvage};
pub use save::{Before, Conflict, Saved, Warning, Writer};
pub use save_error::{SaveError, SaveStep};
pub use save_handle::{Outcome, SaveHandle};
pub use saver::{Saver, SaverEvent, Unfinished, needs_a_save};
pub use schedule::Pace;
pub use summary::Summary;
pub use trash::Trashed;
