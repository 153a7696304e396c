//! Long work that lets a key go first. The saver may run on the processor that the screen is about to
//! need; the system would leave it there for some milliseconds, which is longer than drawing takes.

use std::cell::Cell;
use std::thread;
use std::time::{Duration, Instant};

/// How long it works without a pause, where nobody waits for the processor: a tenth of what a frame takes.
const SHORTEST: Duration = Duration::from_micros(100);

/// The same, where other programs keep all processors busy and a pause lasts: as long as the pause was, so
/// that what is being saved has half of the time, but no longer than this.
const LONGEST: Duration = Duration::from_millis(5);

/// How many bytes are looked at before the clock is.
const STRETCH: usize = 512 * 1024;

/// How many entries are.
const ENTRIES: usize = 16;

thread_local! {
    /// When the next pause on this thread is due.
    static DUE: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Lets whoever waits for the processor have it, if nobody could for a while. Costs next to nothing
/// where nobody waits.
pub(super) fn step_aside() {
    let begin = Instant::now();
    if DUE.get().is_none_or(|due| begin >= due) {
        thread::yield_now();
        let end = Instant::now();
        DUE.set(Some(end + until_the_next(end - begin)));
    }
}

/// How long to work after a pause that lasted so long.
fn until_the_next(pause: Duration) -> Duration {
    pause.clamp(SHORTEST, LONGEST)
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
    fn after_a_long_pause_it_works_as_long() {
        for (pause, work) in [(0, 100), (99, 100), (700, 700), (80_000, 5_000)] {
            let pause = Duration::from_micros(pause);
            assert_eq!(until_the_next(pause), Duration::from_micros(work));
        }
    }

    #[test]
    fn a_checksum_in_stretches_is_the_checksum() {
        for length in [0, 1, STRETCH - 1, STRETCH, STRETCH + 1, 3 * STRETCH] {
            let bytes: Vec<u8> = (0..length).map(|at| ((at * at) >> 3) as u8).collect();
            assert_eq!(checksum(&bytes), crc32fast::hash(&bytes), "{length}");
        }
    }
}
