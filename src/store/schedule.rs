//! When the next save is due. Only arithmetic on times: the thread that waits and saves is
//! [`super::saver`].

use std::time::Duration;

/// The intervals of saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// From the first change that is not saved to its save, when the save before is long past: a few
    /// letters go together, and a single one does not wait.
    pub first: Duration,
    /// From the beginning of one save to the next, while changes keep coming. This and the time that a
    /// save takes is what may be lost to a kill or a power cut, as far as the machine keeps up.
    pub interval: Duration,
    /// After a failed save, the waits before the next attempts; the last one repeats.
    pub retries: [Duration; 4],
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            first: Duration::from_millis(100),
            interval: Duration::from_millis(250),
            retries: [1, 2, 5, 15].map(Duration::from_secs),
        }
    }
}

/// What is not saved yet, and since when.
#[derive(Clone, Debug)]
pub(super) struct Schedule {
    pace: Pace,
    /// When the first change that is not saved was made.
    dirty_since: Option<Duration>,
    /// The cursor moved, which is worth a save only together with something else or at the end.
    place_moved: bool,
    begun: Option<Duration>,
    failures: usize,
    retry_at: Option<Duration>,
}

impl Schedule {
    pub const fn new(pace: Pace) -> Self {
        Self {
            pace,
            dirty_since: None,
            place_moved: false,
            begun: None,
            failures: 0,
            retry_at: None,
        }
    }

    /// Something changed that must be saved.
    pub fn changed(&mut self, at: Duration) {
        self.dirty_since.get_or_insert(at);
    }

    /// The place moved.
    pub const fn moved(&mut self) {
        self.place_moved = true;
    }

    /// Whether there is anything to save, the place included.
    pub const fn has_news(&self) -> bool {
        self.dirty_since.is_some() || self.place_moved
    }

    /// When to save by itself; never while nothing but the place changed.
    pub fn due(&self) -> Option<Duration> {
        let dirty = self.dirty_since?;
        if let Some(retry) = self.retry_at {
            return Some(retry);
        }
        let after_last = self.begun.map(|begun| begun + self.pace.interval);
        Some((dirty + self.pace.first).max(after_last.unwrap_or_default()))
    }

    /// A save begins; it holds everything up to now.
    pub const fn begins(&mut self, now: Duration) {
        self.begun = Some(now);
    }

    /// It is on disk.
    pub const fn succeeded(&mut self) {
        self.dirty_since = None;
        self.place_moved = false;
        self.failures = 0;
        self.retry_at = None;
    }

    /// It is not. Says how long to wait before the next attempt.
    pub fn failed(&mut self, now: Duration) -> Duration {
        let last = self.pace.retries.len() - 1;
        let wait = self.pace.retries[self.failures.min(last)];
        self.failures += 1;
        // What could not be saved is unsaved now, even if only the place had moved.
        self.dirty_since.get_or_insert(now);
        self.retry_at = Some(now + wait);
        wait
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use proptest::prelude::*;

    use super::*;

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    fn schedule() -> Schedule {
        Schedule::new(Pace::default())
    }

    #[test]
    fn nothing_is_due_while_nothing_changed() {
        let mut schedule = schedule();
        assert_eq!(schedule.due(), None);
        schedule.moved();
        assert_eq!(schedule.due(), None);
        assert!(schedule.has_news());
    }

    #[test]
    fn changes_in_a_row_are_saved_together() {
        let mut schedule = schedule();
        for at in [1_000, 1_050, 1_099] {
            schedule.changed(ms(at));
        }
        assert_eq!(schedule.due(), Some(ms(1_100)));
    }

    #[test]
    fn the_first_change_after_a_quiet_time_is_saved_sooner_than_those_that_follow() {
        let mut schedule = schedule();
        schedule.changed(ms(1_000));
        schedule.begins(ms(1_100));
        schedule.succeeded();
        schedule.changed(ms(1_101));
        assert_eq!(schedule.due(), Some(ms(1_350)), "250 ms after the save");
        schedule.begins(ms(1_350));
        schedule.succeeded();
        schedule.changed(ms(1_590));
        assert_eq!(schedule.due(), Some(ms(1_690)));
    }

    #[test]
    fn failures_are_retried_after_1_2_5_and_15_seconds() {
        let mut schedule = schedule();
        schedule.changed(ms(0));
        let waits: Vec<u64> = (0..6).map(|_| schedule.failed(ms(0)).as_secs()).collect();
        assert_eq!(waits, [1, 2, 5, 15, 15, 15]);
        schedule.changed(ms(10));
        assert_eq!(
            schedule.due(),
            Some(ms(15_000)),
            "typing does not hurry a retry"
        );
        schedule.succeeded();
        assert_eq!(schedule.due(), None);
        schedule.changed(ms(20_000));
        assert_eq!(schedule.failed(ms(20_250)).as_secs(), 1);
    }

    proptest! {
        /// Typing at any rhythm: no change waits longer than 250 ms, and after a quiet time none longer
        /// than 100 ms; no two saves begin within 250 ms.
        #[test]
        fn every_change_is_saved_in_time(pauses in prop::collection::vec(0_u64..700, 1..200)) {
            let mut schedule = schedule();
            let mut now = ms(0);
            let mut last_save = None;
            for pause in pauses {
                let next = now + ms(pause);
                while let Some(due) = schedule.due().filter(|due| *due <= next) {
                    if let Some(last) = last_save {
                        prop_assert!(due >= last + ms(250));
                    }
                    last_save = Some(due);
                    schedule.begins(due);
                    schedule.succeeded();
                }
                now = next;
                schedule.changed(now);
                let due = schedule.due().expect("there is a change");
                prop_assert!(due <= now + ms(250));
                let is_quiet = last_save.is_none_or(|last| now >= last + ms(150));
                prop_assert!(!is_quiet || due <= now + ms(100));
            }
        }
    }
}
