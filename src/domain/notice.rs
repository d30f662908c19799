//! What the bot tells staff: that people wait, that messages did not arrive, that something is wrong at Webex.
//!
//! Counts and minutes only: never a name, a number or an id of a visit.

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};

use super::ids::StaffId;
use super::words::{UnknownWord, words};

/// How long somebody has waited before anybody is told: most are let in sooner.
pub const PATIENCE: SignedDuration = SignedDuration::from_mins(2);

/// How long nobody is written to again.
pub const QUIET: SignedDuration = SignedDuration::from_mins(5);

words! {
    /// What a notice is about.
    Topic {
        /// People wait.
        Waiting = "waiting",
        /// Messages did not arrive.
        Messages = "messages",
        /// Webex did not do something.
        Trouble = "trouble",
    }
}

/// Whom the bot writes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Receiver {
    /// The configured room.
    Room,
    /// A doctor.
    Staff(StaffId),
}

/// People who wait, as far as a notice tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub count: u32,
    /// For how long the first of them has.
    pub minutes: i64,
}

/// Since when somebody waits for a doctor: whoever came early waits from the appointment on.
#[must_use]
pub fn waits_since(arrived_at: Timestamp, starts_at: Timestamp) -> Timestamp {
    arrived_at.max(starts_at)
}

impl Waiting {
    /// Those who have waited since these instants; nothing where nobody has yet.
    #[must_use]
    pub fn among(since: impl Iterator<Item = Timestamp>, now: Timestamp) -> Option<Self> {
        let waiting: Vec<_> = since.filter(|since| *since <= now).collect();
        let first = waiting.iter().min()?;
        let count = u32::try_from(waiting.len()).unwrap_or(u32::MAX);
        Some(Self { count, minutes: now.duration_since(*first).as_mins() })
    }
}

impl fmt::Display for Receiver {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Room => out.write_str("room"),
            Self::Staff(id) => id.fmt(out),
        }
    }
}

impl FromStr for Receiver {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text {
            "room" => Ok(Self::Room),
            id => id.parse().map(Self::Staff).map_err(|_| UnknownWord),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
    }

    #[test]
    fn minutes_are_those_of_who_waits_longest() {
        let since = [at(7), at(3), at(20)];
        assert_eq!(Waiting::among(since.into_iter(), at(10)), Some(Waiting { count: 2, minutes: 7 }));
        assert_eq!(Waiting::among(since.into_iter(), at(1)), None, "the appointment is still to come");
    }

    #[test]
    fn who_comes_early_waits_from_the_appointment_on() {
        assert_eq!(waits_since(at(3), at(10)), at(10));
        assert_eq!(waits_since(at(12), at(10)), at(12));
    }

    #[test]
    fn a_receiver_is_read_as_it_is_written() {
        for receiver in [Receiver::Room, Receiver::Staff(StaffId::mint())] {
            assert_eq!(receiver.to_string().parse(), Ok(receiver));
        }
        assert_eq!("nobody".parse::<Receiver>(), Err(UnknownWord));
    }
}
