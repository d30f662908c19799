//! A visit's meeting at Webex, as the house speaks of it: how far it has come, and what stands in its way.
//!
//! Never holds what lets anybody in, and never a word about the patient.

use jiff::{SignedDuration, Timestamp};

use super::consultation::{Consultation, Participant};
use super::ids::{ConsultationId, ParticipantId};
use super::person::PersonName;
use super::words::words;

words! {
    /// How far the meeting of a visit has come.
    Readiness {
        /// It is being made, or brought to the visit's new time.
        Preparing = "preparing",
        /// It stands as the visit does.
        Ready = "ready",
        /// Something was in the way; it is tried again by itself.
        Retrying = "retrying",
    }
}

words! {
    /// What stands in the way at Webex. Each has a sentence for staff.
    Obstacle {
        /// The house has no valid token there.
        SignedOut = "signed_out",
        /// A scope or a permission is missing.
        Forbidden = "forbidden",
        /// Nobody at Webex can host this visit.
        NoHost = "no_host",
        /// What was asked for is not there, or not yet.
        NotFound = "not_found",
        /// It is there already, or being used.
        Conflict = "conflict",
        /// Webex says no for another reason.
        Refused = "refused",
        /// Too many requests at once.
        Busy = "busy",
        /// As many meetings as a host may make in a day.
        Quota = "quota",
        /// Webex does not answer, or answers that it cannot.
        Down = "down",
        /// The answer was lost: it may have been done.
        Lost = "lost",
        /// The answer cannot be read.
        Unreadable = "unreadable",
        /// Webex is not set up here.
        NotSetUp = "not_set_up",
    }
}

/// The shortest and the longest that a meeting may last, in minutes.
const POSSIBLE_MINUTES: std::ops::RangeInclusive<i64> = 10..=23 * 60 + 59;

/// How the name of every seat begins.
const OURS: &str = "antesala-";

/// Where the addresses are of those who join on Webex's own page: a domain that nobody has.
const NOBODYS: &str = "antesala.invalid";

/// How long somebody who is in may come back after everything was to be over.
const GRACE: SignedDuration = SignedDuration::from_mins(15);

/// When a meeting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its start, on a full minute, never in the past.
    pub start: Timestamp,
    /// Its end, on a full minute.
    pub end: Timestamp,
}

impl Window {
    /// The window of a visit, as seen `now`: a visit that has begun gets a meeting from the next minute on.
    #[must_use]
    pub fn of(starts_at: Timestamp, minutes: u16, now: Timestamp) -> Self {
        let start = full_minute(starts_at.max(now + SignedDuration::from_mins(1)));
        let minutes = i64::from(minutes).clamp(*POSSIBLE_MINUTES.start(), *POSSIBLE_MINUTES.end());
        Self { start, end: start + SignedDuration::from_mins(minutes) }
    }
}

/// What everybody may read of a meeting: where, and a few letters by which staff tell visits apart.
#[must_use]
pub fn title(hospital: &str, visit: ConsultationId) -> String {
    let id = visit.to_string();
    let mark = id.get(id.len().saturating_sub(6)..).unwrap_or_default();
    let place: String = hospital.chars().take(100).collect();
    format!("{place} · {mark}")
}

/// The name of a seat at Webex. It says nothing, and stays the same for the same seat.
#[must_use]
pub fn subject(seat: ParticipantId) -> String {
    format!("{OURS}{seat}")
}

/// The address of a seat on Webex's own page, where Webex makes none up. It says nothing, and stays the same for the seat.
#[must_use]
pub fn address(seat: ParticipantId) -> String {
    format!("{}@{NOBODYS}", subject(seat))
}

/// The seat whose address this is, whatever became of its capitals on the way.
#[must_use]
pub fn seat_at(address: &str) -> Option<ParticipantId> {
    let address = address.to_ascii_lowercase();
    let (subject, domain) = address.split_once('@')?;
    subject.strip_prefix(OURS).filter(|_| domain == NOBODYS)?.parse().ok()
}

/// How somebody is called at Webex: the first name, and the first letter of the last.
#[must_use]
pub fn short_name(name: &PersonName) -> String {
    let full = name.to_string();
    let mut words = full.split_whitespace();
    let first = words.next().unwrap_or_default();
    match words.next_back().and_then(|last| last.chars().next()) {
        Some(initial) => format!("{first} {initial}."),
        None => first.to_owned(),
    }
}

/// Until when what a seat enters with may be good: as long as its invitation, which lives with the visit once entered.
#[must_use]
pub fn welcome_until(visit: &Consultation, seat: &Participant, now: Timestamp) -> Timestamp {
    let invited = seat.link.map_or(visit.starts_at, |link| link.expires_at);
    invited.max(visit.planned_end()).max(now + GRACE)
}

fn full_minute(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second().div_euclid(60) * 60).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_meeting_is_on_full_minutes_and_never_in_the_past() {
        let later = Window::of(at("2026-11-23T16:30:00Z"), 20, at("2026-11-23T15:00:30Z"));
        assert_eq!((later.start, later.end), (at("2026-11-23T16:30:00Z"), at("2026-11-23T16:50:00Z")));
        let begun = Window::of(at("2026-11-23T14:00:00Z"), 5, at("2026-11-23T15:00:30Z"));
        assert_eq!((begun.start, begun.end), (at("2026-11-23T15:01:00Z"), at("2026-11-23T15:11:00Z")));
        let exact = Window::of(at("2026-11-23T14:00:00Z"), 5, at("2026-11-23T15:00:01Z"));
        assert_eq!(exact.start, at("2026-11-23T15:01:00Z"));
        let long = Window::of(at("2026-11-23T16:00:00Z"), 2000, at("2026-11-23T15:00:00Z"));
        assert_eq!(long.end, at("2026-11-24T15:59:00Z"));
    }

    #[test]
    fn a_title_says_nothing_about_anybody() {
        let visit = "0193a5b0-0000-7000-8000-0000000abcde".parse().unwrap();
        assert_eq!(title("Hospital San Telmo", visit), "Hospital San Telmo · 0abcde");
        assert!(title(&"H".repeat(200), visit).chars().count() <= 128);
    }

    #[test]
    fn names_at_webex_are_short() {
        for (full, short) in [("Ana María Pérez", "Ana P."), ("Ana", "Ana"), ("Ágata Ñúñez", "Ágata Ñ.")] {
            assert_eq!(short_name(&full.parse().unwrap()), short);
        }
    }

    #[test]
    fn an_address_leads_back_to_its_seat_and_no_other_does() {
        let seat = ParticipantId::mint();
        assert_eq!(seat_at(&address(seat)), Some(seat));
        assert_eq!(seat_at(&address(seat).to_ascii_uppercase()), Some(seat));
        for other in ["guest@antesala.invalid", "antesala-@antesala.invalid", &format!("antesala-{seat}@else.example")]
        {
            assert_eq!(seat_at(other), None, "{other}");
        }
    }

    #[test]
    fn a_subject_is_made_of_letters_digits_and_hyphens() {
        let subject = subject(ParticipantId::mint());
        assert!(subject.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{subject}");
    }
}
