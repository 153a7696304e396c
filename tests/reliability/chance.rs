//! Chance that comes out the same each time, and a line of figures for the long runs.

use std::io::Write as _;

/// A generator of numbers (xorshift) that needs nothing from the machine.
pub struct Chance(u64);

impl Chance {
    pub const fn new(seed: u64) -> Self {
        // Zero would stay zero.
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    pub fn coin(&mut self) -> bool {
        self.next() & 1 == 1
    }
}

/// Says how a long run went; seen with `--nocapture`.
pub fn figures(words: &str) {
    let _ = writeln!(std::io::stderr(), "figures: {words}");
}
