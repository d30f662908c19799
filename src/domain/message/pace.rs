//! How long to wait before a message is tried again, and how often one number may be written to.
//!
//! Never draws chance by itself: whoever asks brings a number from 0 to 1.

use jiff::{SignedDuration, Timestamp};

/// The pause after the first try; it doubles with each.
const FIRST: SignedDuration = SignedDuration::from_secs(5);

/// No pause of our own is longer.
const LONGEST: SignedDuration = SignedDuration::from_mins(5);

/// A provider that asks for more is asked again after this.
const LONGEST_ASKED: SignedDuration = SignedDuration::from_hours(1);

/// So many messages go to one number within [`WITHIN`].
pub const AT_MOST: usize = 3;

/// See [`AT_MOST`].
pub const WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// How long after it was handed over a message that the provider does not know counts as never taken.
pub const SETTLES_AFTER: SignedDuration = SignedDuration::from_mins(2);

/// The wait after somebody asked once to send a link again; it doubles with each time they ask.
const FIRST_RESEND: SignedDuration = SignedDuration::from_secs(30);

/// The pause before try `tries + 1`. It doubles, and half of it is chance, so that messages that failed together do not
/// come back together. What the provider `asked` for is kept, with a little chance on top.
#[must_use]
pub fn pause(tries: u32, asked: Option<SignedDuration>, chance: f64) -> SignedDuration {
    let doubled = doubled(FIRST, tries.saturating_sub(1)).min(LONGEST);
    match asked {
        Some(asked) => asked.clamp(SignedDuration::from_secs(1), LONGEST_ASKED) + FIRST.mul_f64(chance),
        None => doubled / 2 + (doubled / 2).mul_f64(chance),
    }
}

/// When a number that was written to at `earlier`, in any order, may be written to again; `None` is now.
#[must_use]
pub fn free_again(earlier: &[Timestamp], now: Timestamp) -> Option<Timestamp> {
    let mut recent: Vec<Timestamp> = earlier.iter().copied().filter(|at| *at + WITHIN > now).collect();
    recent.sort_unstable_by(|one, other| other.cmp(one));
    recent.get(AT_MOST - 1).map(|oldest| *oldest + WITHIN)
}

/// When a link that was sent at `earlier`, in any order, may be sent again; `None` is now. The first repetition is free.
#[must_use]
pub fn resend_from(earlier: &[Timestamp], now: Timestamp) -> Option<Timestamp> {
    let last = earlier.iter().max()?;
    let repeated = u32::try_from(earlier.len()).unwrap_or(u32::MAX).checked_sub(2)?;
    let from = *last + doubled(FIRST_RESEND, repeated).min(SignedDuration::from_hours(1));
    (from > now).then_some(from)
}

fn doubled(once: SignedDuration, times: u32) -> SignedDuration {
    once * 2_i32.saturating_pow(times.min(16))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: i64) -> SignedDuration {
        SignedDuration::from_secs(seconds)
    }

    #[test]
    fn pauses_double_up_to_five_minutes_and_half_of_each_is_chance() {
        for (tries, shortest, longest) in [(1, 2.5, 5.0), (2, 5.0, 10.0), (4, 20.0, 40.0), (9, 150.0, 300.0)] {
            assert_eq!(pause(tries, None, 0.0).as_secs_f64(), shortest, "try {tries}");
            assert_eq!(pause(tries, None, 1.0).as_secs_f64(), longest, "try {tries}");
        }
        assert_eq!(pause(u32::MAX, None, 1.0), LONGEST);
        assert_eq!(pause(0, None, 1.0), FIRST);
    }

    #[test]
    fn what_the_provider_asks_for_is_kept() {
        assert_eq!(pause(1, Some(seconds(90)), 0.0), seconds(90));
        assert!(pause(7, Some(seconds(2)), 1.0) >= seconds(2));
        assert_eq!(pause(1, Some(seconds(0)), 0.0), seconds(1));
        assert_eq!(pause(1, Some(SignedDuration::from_hours(48)), 0.0), LONGEST_ASKED);
    }

    #[test]
    fn a_number_gets_three_in_ten_minutes() {
        let now: Timestamp = "2026-11-23T15:00:00Z".parse().unwrap();
        let ago = |minutes: i64| now - SignedDuration::from_mins(minutes);
        assert_eq!(free_again(&[], now), None);
        assert_eq!(free_again(&[ago(1), ago(2)], now), None);
        assert_eq!(free_again(&[ago(1), ago(9), ago(4)], now), Some(now + SignedDuration::from_mins(1)));
        assert_eq!(free_again(&[ago(1), ago(4), ago(10), ago(30)], now), None);
    }

    #[test]
    fn each_repetition_waits_twice_as_long() {
        let now: Timestamp = "2026-11-23T15:00:00Z".parse().unwrap();
        assert_eq!(resend_from(&[], now), None);
        assert_eq!(resend_from(&[now], now), None, "the first repetition is free");
        assert_eq!(resend_from(&[now, now], now), Some(now + seconds(30)));
        assert_eq!(resend_from(&[now, now, now], now), Some(now + seconds(60)));
        assert_eq!(resend_from(&[now; 4], now), Some(now + seconds(120)));
        assert_eq!(resend_from(&[now - seconds(30), now - seconds(90)], now), None);
    }
}
