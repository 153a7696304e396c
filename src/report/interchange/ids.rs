//! Ids for formats that want UUIDs or plain names, made of ours: the same session gives the same ids.
//!
//! Not for ids of a session: those come from `session::id`.

use std::collections::{HashMap, HashSet};

/// A UUID made of a kind and an id. An id that is a UUID already stays what it is, so that what came
/// from another tool keeps its ids on the way back.
pub fn uuid(kind: &str, id: &str) -> String {
    if is_uuid(id) {
        return id.to_ascii_lowercase();
    }
    let mut hash = Fnv::default();
    for part in ["astride", kind, id] {
        hash.take(part.as_bytes());
        hash.take(&[0xff]);
    }
    // Version 8 is for a way of one's own to make them; the two bits after it say whose layout it is.
    let bits = hash.0 & !(0xf << 76) & !(0b11 << 62) | (0x8 << 76) | (0b10 << 62);
    let hex = format!("{bits:032x}");
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// A short number that stays the same for the same text.
pub fn fingerprint(text: &str) -> String {
    let mut hash = Fnv::default();
    hash.take(text.as_bytes());
    format!("{:032x}", hash.0)
}

fn is_uuid(id: &str) -> bool {
    let groups: Vec<&str> = id.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && id
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// FNV-1a over 128 bits: not for secrets, and short enough to stand here.
struct Fnv(u128);

impl Default for Fnv {
    fn default() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
}

impl Fnv {
    fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 ^= u128::from(*byte);
            self.0 = self
                .0
                .wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}

/// Names that no two things of one document share.
#[derive(Default)]
pub struct Names {
    taken: HashSet<String>,
    /// The last number behind a name that was wanted several times.
    numbers: HashMap<String, usize>,
}

impl Names {
    /// The name, with a number behind it where it is taken.
    pub fn give(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        let number = self.numbers.entry(wanted.to_owned()).or_insert(1);
        loop {
            *number += 1;
            let name = format!("{wanted}-{number}");
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// A name of lower-case letters, digits and hyphens.
pub fn symbolic(id: &str) -> String {
    id.chars()
        .map(|c| match c.to_ascii_lowercase() {
            c if c.is_ascii_lowercase() || c.is_ascii_digit() => c,
            _ => '-',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_stable_well_formed_and_of_its_kind() {
        let one = uuid("threat", "t-5x2wqa");
        assert_eq!(one, uuid("threat", "t-5x2wqa"));
        assert!(is_uuid(&one));
        assert_eq!(&one[14..15], "8");
        assert!(matches!(&one[19..20], "8" | "9" | "a" | "b"));
        assert_ne!(one, uuid("mitigation", "t-5x2wqa"));
        assert_ne!(uuid("a", "bc"), uuid("ab", "c"));
    }

    #[test]
    fn an_id_of_another_tool_stays() {
        let theirs = "21fc4b20-ca29-4891-9691-d8f0331b2a11";
        assert_eq!(uuid("threat", theirs), theirs);
    }

    #[test]
    fn a_name_is_given_once() {
        let mut names = Names::default();
        assert_eq!(
            ["a", "a", "a-2", "a"].map(|one| names.give(one)),
            ["a", "a-2", "a-2-2", "a-3"]
        );
    }
}
