//! Who did something and when, in words: the same on the screen and on the command line.

use super::id::ParticipantId;
use super::types::{Session, Stamp};

impl Session {
    /// Such as `Ana, 21 Nov 2026`; without a name where the group named nobody. The day is that of UTC.
    pub fn who_and_when(&self, stamp: &Stamp) -> String {
        let day = stamp.at.strftime("%-d %b %Y");
        let known = |id: &ParticipantId| self.participants.iter().find(|one| one.id == *id);
        match stamp.by.as_ref().and_then(known) {
            Some(participant) if !participant.name.trim().is_empty() => {
                format!("{}, {day}", participant.name.trim().shown())
            }
            _ => day.to_string(),
        }
    }
}
