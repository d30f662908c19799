//! What became of a visit, and how long its family waited.
//!
//! Never judges who is to blame for it.

use jiff::{SignedDuration, Timestamp};

use super::words::words;

words! {
    /// How a visit ended.
    Outcome {
        /// It took place.
        Ended = "ended",
        /// Nobody who was invited by link came.
        NoShowOfFamily = "no_show_of_family",
        /// Somebody waited, and no staff started it.
        NoShowOfStaff = "no_show_of_staff",
        /// It was called off.
        Cancelled = "cancelled",
    }
}

/// How long the first guest waited to be let in; whoever is early waits from the appointment on.
#[must_use]
pub fn waited(starts_at: Timestamp, arrived: Option<Timestamp>, admitted: Option<Timestamp>) -> Option<SignedDuration> {
    let since = arrived?.max(starts_at);
    Some(admitted?.duration_since(since).max(SignedDuration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_early_waits_from_the_appointment_on() {
        let at = |minute: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute);
        let minutes = |arrived: i64, admitted: i64| {
            waited(at(10), Some(at(arrived)), Some(at(admitted))).map(|waited| waited.as_mins())
        };
        assert_eq!(minutes(4, 13), Some(3));
        assert_eq!(minutes(12, 13), Some(1));
        assert_eq!(minutes(4, 8), Some(0), "let in ahead of time");
        assert_eq!(waited(at(10), Some(at(9)), None), None);
        assert_eq!(waited(at(10), None, Some(at(9))), None);
    }
}
