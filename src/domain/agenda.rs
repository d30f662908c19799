//! Days and weeks of appointments: where they begin and end on a wall clock, and what is free between visits.
//!
//! Never reads a clock or the machine's own zone.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::words::words;

words! {
    /// Where a visit stands, in one word.
    State {
        /// Not started.
        Scheduled = "scheduled",
        /// Started by staff.
        InSession = "in_session",
        /// Over.
        Ended = "ended",
        /// Called off.
        Cancelled = "cancelled",
        /// One side never came.
        NoShow = "no_show",
    }
}

/// A stretch of time; its end is excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub until: Timestamp,
}

/// What is too short to be of use between two visits.
const SHORTEST_GAP: SignedDuration = SignedDuration::from_mins(10);

impl State {
    /// Whether anything can still happen.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Scheduled | Self::InSession)
    }
}

impl Stretch {
    /// A day on the wall clock of `zone`: 23 or 25 hours long where summer time begins or ends.
    #[must_use]
    pub fn of_day(day: Date, zone: &TimeZone) -> Self {
        Self { from: start_of(day, zone), until: start_of(day.saturating_add(1.day()), zone) }
    }

    /// Whether `at` is in it.
    #[must_use]
    pub fn holds(self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }

    /// How long it is, to the nearest minute.
    #[must_use]
    pub fn minutes(self) -> i64 {
        (self.until.duration_since(self.from) + SignedDuration::from_secs(30)).as_mins()
    }
}

/// The days of the week that holds `day`, Monday first.
pub fn week_of(day: Date) -> impl Iterator<Item = Date> {
    let monday = day.saturating_sub(i64::from(day.weekday().since(Weekday::Monday)).days());
    (0..7).map(move |days: i64| monday.saturating_add(days.days()))
}

/// What is free between stretches that are taken, which come in the order they begin. Before the first and after the last
/// there is no gap: nobody knows when somebody's day begins.
#[must_use]
pub fn gaps(taken: impl IntoIterator<Item = Stretch>) -> Vec<Stretch> {
    let mut gaps = Vec::new();
    let mut taken_until: Option<Timestamp> = None;
    for stretch in taken {
        if let Some(from) = taken_until
            && stretch.from.duration_since(from) >= SHORTEST_GAP
        {
            gaps.push(Stretch { from, until: stretch.from });
        }
        taken_until = Some(taken_until.map_or(stretch.until, |until| until.max(stretch.until)));
    }
    gaps
}

/// Some days begin at one o'clock: there the clock skips midnight.
fn start_of(day: Date, zone: &TimeZone) -> Timestamp {
    day.to_zoned(zone.clone()).map_or(Timestamp::MAX, |start| start.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schedule::time_zone;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn stretch(from: &str, until: &str) -> Stretch {
        let on_monday = |clock: &str| at(&format!("2026-11-23T{clock}:00Z"));
        Stretch { from: on_monday(from), until: on_monday(until) }
    }

    #[test]
    fn a_day_is_as_long_as_its_clock_says() {
        let hours = |day: &str, zone| {
            let stretch = Stretch::of_day(day.parse().unwrap(), &time_zone(zone).unwrap());
            (stretch.from, stretch.minutes() / 60)
        };
        assert_eq!(hours("2026-11-23", "America/Mexico_City"), (at("2026-11-23T06:00:00Z"), 24));
        assert_eq!(hours("2026-03-08", "America/Tijuana"), (at("2026-03-08T08:00:00Z"), 23));
        assert_eq!(hours("2026-11-01", "America/Tijuana"), (at("2026-11-01T07:00:00Z"), 25));
        // Havana's clock skips midnight.
        assert_eq!(hours("2026-03-08", "America/Havana"), (at("2026-03-08T05:00:00Z"), 23));
    }

    #[test]
    fn a_week_begins_on_monday() {
        let week = |day: &str| week_of(day.parse().unwrap()).map(|day| day.to_string()).collect::<Vec<_>>();
        assert_eq!(week("2026-11-29"), week("2026-11-23"));
        assert_eq!(week("2026-11-25")[0], "2026-11-23");
        assert_eq!(week("2026-11-25")[6], "2026-11-29");
        assert_eq!(week("2026-12-31")[6], "2027-01-03");
    }

    #[test]
    fn a_gap_is_what_no_visit_takes() {
        let taken = [
            stretch("09:00", "09:30"),
            stretch("09:30", "10:30"),
            stretch("09:45", "10:00"), // within the one before
            stretch("10:35", "11:00"), // five minutes are no gap
            stretch("12:00", "12:20"),
        ];
        assert_eq!(gaps(taken), [stretch("11:00", "12:00")]);
        assert_eq!(gaps([]), []);
    }

    #[test]
    fn the_end_of_a_stretch_is_not_in_it() {
        let morning = stretch("09:00", "12:00");
        assert!(morning.holds(morning.from) && !morning.holds(morning.until));
    }
}
