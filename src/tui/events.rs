//! What happens: keys, pastes and sizes of the terminal, what other threads report, and an end from
//! outside. The loop waits for all of it in one place, the [`Inbox`], and sleeps until something comes.
//!
//! No thread of its own reads the terminal: to wake another thread for each key takes as long as to
//! draw half a frame (docs/performance.md). Not for what an event means: see `app::update`.

mod ends;
mod inbox;
mod waiter;

pub use ends::watch_for_end;
pub use inbox::{EventSender, Inbox};
