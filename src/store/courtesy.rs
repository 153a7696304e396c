//! Long work that lets a key go first. The saver may run on the processor that the screen is about to
//! need; the system would leave it there for some milliseconds, which is longer than drawing takes.

use std::cell::Cell;
use std::thread;
use std::time::{Duration, Instant};

/// How long it works without a pause. Not shorter: where other programs keep all processors busy, each
/// pause may last some milliseconds, and what is being saved must not wait for long either.
const AT_A_TIME: Duration = Duration::from_micros(500);

/// How many bytes are looked at before the clock is.
const STRETCH: usize = 512 * 1024;

/// How many entries are.
const ENTRIES: usize = 64;

thread_local! {
    /// The end of the last pause on this thread.
    static SINCE: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Lets whoever waits for the processor have it, if nobody could for a while. Costs next to nothing
/// where nobody waits.
pub(super) fn step_aside() {
    let is_due = SINCE.get().is_none_or(|since| since.elapsed() >= AT_A_TIME);
    if is_due {
        thread::yield_now();
        SINCE.set(Some(Instant::now()));
    }
}

/// The same at every so manyth entry.
pub(super) fn step_aside_at(entry: usize) {
    if entry % ENTRIES == ENTRIES - 1 {
        step_aside();
    }
}

/// The checksum of bytes.
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for stretch in bytes.chunks(STRETCH) {
        hasher.update(stretch);
        if stretch.len() == STRETCH {
            step_aside();
        }
    }
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_in_stretches_is_the_checksum() {
        for length in [0, 1, STRETCH - 1, STRETCH, STRETCH + 1, 3 * STRETCH] {
            let bytes: Vec<u8> = (0..length).map(|at| ((at * at) >> 3) as u8).collect();
            assert_eq!(checksum(&bytes), crc32fast::hash(&bytes), "{length}");
        }
    }
}
