//! Staff say that they begin late: when they expect to, and when families who have not come hear of it.
//!
//! Never tells anybody: the store writes the message, the lobby shows the time.

use jiff::{RoundMode, SignedDuration, Timestamp, TimestampRound, Unit};

use super::decide::{Decision, entitled, may_support, open};
use super::{Consultation, Event, Phase, Refusal};
use crate::domain::schedule::LinkWindow;
use crate::domain::staff::Operator;
use crate::domain::words::words;

words! {
    /// By how many minutes a visit begins later: than agreed, or once that hour has passed, than now.
    Lateness {
        /// Ten.
        Ten = "10",
        /// Twenty.
        Twenty = "20",
        /// Thirty.
        Thirty = "30",
        /// Three quarters of an hour.
        FortyFive = "45",
    }
}

/// What was last said about a late start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay {
    /// When staff expect to begin.
    pub expected_at: Timestamp,
    /// When families who have not come hear of it; one that waits for that moment says the newest.
    pub told_at: Timestamp,
}

/// Somebody who pressed the wrong button has so long to press the right one.
const SETTLES: SignedDuration = SignedDuration::from_secs(20);

/// Nobody hears of it more often.
const APART: SignedDuration = SignedDuration::from_mins(10);

impl Lateness {
    /// As a span of time.
    #[must_use]
    pub const fn duration(self) -> SignedDuration {
        SignedDuration::from_mins(match self {
            Self::Ten => 10,
            Self::Twenty => 20,
            Self::Thirty => 30,
            Self::FortyFive => 45,
        })
    }
}

impl Delay {
    /// What is said now, after what was said `before`.
    fn said(before: Option<Self>, starts_at: Timestamp, lateness: Lateness, now: Timestamp) -> Self {
        let expected_at =
            if now <= starts_at { starts_at + lateness.duration() } else { in_fives(now + lateness.duration()) };
        let told_at = match before {
            Some(before) if before.told_at > now => before.told_at,
            Some(before) => (before.told_at + APART).max(now + SETTLES),
            None => now + SETTLES,
        };
        Self { expected_at, told_at }
    }
}

pub(super) fn run_late(
    visit: &Consultation,
    by: Operator,
    lateness: Lateness,
    window: LinkWindow,
    now: Timestamp,
) -> Decision {
    entitled(may_support(visit, by))?;
    open(visit)?;
    if visit.phase != Phase::Scheduled {
        return Err(Refusal::AlreadyStarted);
    }
    let delay = Delay::said(visit.delay, visit.starts_at, lateness, now);
    if visit.delay.is_some_and(|before| before.expected_at == delay.expected_at) {
        return Ok(vec![]);
    }
    // Whoever comes at the new time finds a link that works as long as it would have at the old one.
    let links_until = delay.expected_at + (window.lifetime - window.lead);
    Ok(vec![Event::Delayed { delay, links_until, by: by.staff }])
}

/// The next five minutes of the clock: nobody expects to begin at 10:47.
fn in_fives(at: Timestamp) -> Timestamp {
    let up = TimestampRound::new().smallest(Unit::Minute).increment(5).mode(RoundMode::Ceil);
    at.round(up).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-11-23T{text}Z").parse().unwrap()
    }

    fn said(before: Option<(&str, &str)>, lateness: Lateness, now: &str) -> (Timestamp, Timestamp) {
        let before = before.map(|(expected, told)| Delay { expected_at: at(expected), told_at: at(told) });
        let delay = Delay::said(before, at("15:00:00"), lateness, at(now));
        (delay.expected_at, delay.told_at)
    }

    #[test]
    fn late_is_later_than_agreed_or_than_now() {
        let expected = |lateness, now| said(None, lateness, now).0;
        assert_eq!(expected(Lateness::Ten, "14:20:00"), at("15:10:00"));
        assert_eq!(expected(Lateness::FortyFive, "15:00:00"), at("15:45:00"));
        assert_eq!(expected(Lateness::Ten, "15:07:30"), at("15:20:00"));
        assert_eq!(expected(Lateness::Ten, "15:10:00"), at("15:20:00"));
    }

    #[test]
    fn families_hear_of_it_after_twenty_seconds_and_then_every_ten_minutes_at_most() {
        let told = |before, now| said(before, Lateness::Twenty, now).1;
        assert_eq!(told(None, "14:50:00"), at("14:50:20"));
        // The right button after the wrong one: the message that waits says the newest.
        assert_eq!(told(Some(("15:10:00", "14:50:20")), "14:50:05"), at("14:50:20"));
        assert_eq!(told(Some(("15:10:00", "14:50:20")), "14:51:00"), at("15:00:20"));
        assert_eq!(told(Some(("15:10:00", "15:00:20")), "14:53:00"), at("15:00:20"));
        assert_eq!(told(Some(("15:10:00", "14:50:20")), "15:30:00"), at("15:30:20"));
    }
}
