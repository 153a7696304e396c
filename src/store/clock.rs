//! What time it is, given from outside so that tests need not wait for it.

use std::time::{Duration, Instant};

use jiff::Timestamp;

/// A source of time.
pub trait Clock: Send + Sync {
    /// The time of day, for people. It may jump.
    fn now(&self) -> Timestamp;
    /// Time since some start, for intervals. It never goes back.
    fn elapsed(&self) -> Duration;
}

/// The computer's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// A clock that counts from now.
    pub fn start() -> Self {
        Self {
            start: Instant::now(),
        }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }
}
