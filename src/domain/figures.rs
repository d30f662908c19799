//! Past visits in figures: how many a day, how long people waited, how many never came.
//!
//! Never knows a visit or a person: it is given counts.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::outcome::Outcome;

/// The upper ends of the waits that are told apart, in minutes; the last one is open.
pub const WAITS_UP_TO: [i64; 5] = [5, 10, 15, 30, 60];

/// Days from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    first: Date,
    last: Date,
}

/// Why two dates are no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPeriod {
    /// The last day comes before the first.
    #[error("the last day comes before the first")]
    Backwards,
    /// Longer than [`Period::MOST_DAYS`].
    #[error("too long")]
    TooLong,
}

/// How many visits began in one span of time and ended in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// An instant of the day.
    pub at: Timestamp,
    /// How they ended.
    pub outcome: Outcome,
    /// How many.
    pub visits: u64,
}

/// How many families waited so many whole minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waited {
    /// Whole minutes.
    pub minutes: i64,
    /// How many.
    pub visits: u64,
}

/// How visits ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Took place.
    pub ended: u64,
    /// One side never came.
    pub no_shows: u64,
    /// Called off.
    pub cancelled: u64,
}

/// A period in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// All of it.
    pub total: Count,
    /// Every day, also those without a visit.
    pub days: Vec<(Date, Count)>,
    /// Every week by its Monday.
    pub weeks: Vec<(Date, Count)>,
    /// Waits by [`WAITS_UP_TO`].
    pub waits: [u64; WAITS_UP_TO.len() + 1],
    /// The longest wait of the half that waited least, and of the nine in ten, in the whole minutes that lists show too; none
    /// where nobody waited.
    pub within: Option<(i64, i64)>,
}

impl Period {
    /// The longest one.
    pub const MOST_DAYS: i32 = 366;

    /// The days from `first` to `last`.
    ///
    /// # Errors
    /// [`NoPeriod`].
    pub fn new(first: Date, last: Date) -> Result<Self, NoPeriod> {
        let days = (last - first).get_days();
        if days < 0 {
            Err(NoPeriod::Backwards)
        } else if days >= Self::MOST_DAYS {
            Err(NoPeriod::TooLong)
        } else {
            Ok(Self { first, last })
        }
    }

    /// The thirty days up to `today`.
    #[must_use]
    pub fn up_to(today: Date) -> Self {
        Self { first: today.saturating_sub(29.days()), last: today }
    }

    /// Its first day.
    #[must_use]
    pub const fn first(self) -> Date {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub const fn last(self) -> Date {
        self.last
    }

    /// Its instants in `zone`; the end is excluded.
    #[must_use]
    pub fn bounds(self, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let start_of =
            |date: Date| date.to_zoned(zone.clone()).map_or(Timestamp::UNIX_EPOCH, |midnight| midnight.timestamp());
        (start_of(self.first), start_of(self.last.saturating_add(1.day())))
    }

    fn days(self) -> impl Iterator<Item = Date> {
        self.first.series(1.day()).take_while(move |date| *date <= self.last)
    }
}

impl Count {
    /// All of them.
    #[must_use]
    pub const fn all(self) -> u64 {
        self.ended + self.no_shows + self.cancelled
    }

    /// How many in a hundred never came, of those that were not called off; none where there were none.
    #[must_use]
    pub fn no_show_rate(self) -> Option<f64> {
        let expected = self.ended + self.no_shows;
        (expected > 0).then(|| self.no_shows as f64 * 100.0 / expected as f64)
    }

    fn add(&mut self, outcome: Outcome, visits: u64) {
        match outcome {
            Outcome::Ended => self.ended += visits,
            Outcome::NoShowOfFamily | Outcome::NoShowOfStaff => self.no_shows += visits,
            Outcome::Cancelled => self.cancelled += visits,
        }
    }
}

impl Figures {
    /// A period in figures, its days as `zone` counts them.
    #[must_use]
    pub fn of(period: Period, zone: &TimeZone, tallies: &[Tally], waited: &[Waited]) -> Self {
        let mut days: Vec<_> = period.days().map(|date| (date, Count::default())).collect();
        let mut total = Count::default();
        for tally in tallies {
            let date = tally.at.to_zoned(zone.clone()).date();
            let place = usize::try_from((date - period.first).get_days());
            if let Some((_, count)) = place.ok().and_then(|place| days.get_mut(place)) {
                count.add(tally.outcome, tally.visits);
                total.add(tally.outcome, tally.visits);
            }
        }
        let weeks = weeks(&days);
        Self { total, days, weeks, waits: distribution(waited), within: within(waited) }
    }
}

fn weeks(days: &[(Date, Count)]) -> Vec<(Date, Count)> {
    let mut weeks: Vec<(Date, Count)> = Vec::new();
    for (date, count) in days {
        let since_monday = date.weekday().since(Weekday::Monday);
        let monday = date.saturating_sub(i64::from(since_monday).days());
        if weeks.last().is_none_or(|(last, _)| *last != monday) {
            weeks.push((monday, Count::default()));
        }
        if let Some((_, week)) = weeks.last_mut() {
            week.ended += count.ended;
            week.no_shows += count.no_shows;
            week.cancelled += count.cancelled;
        }
    }
    weeks
}

fn distribution(waited: &[Waited]) -> [u64; WAITS_UP_TO.len() + 1] {
    let mut waits = [0; WAITS_UP_TO.len() + 1];
    for wait in waited {
        let place = WAITS_UP_TO.iter().take_while(|end| wait.minutes >= **end).count();
        if let Some(count) = waits.get_mut(place) {
            *count += wait.visits;
        }
    }
    waits
}

/// By nearest rank.
fn within(waited: &[Waited]) -> Option<(i64, i64)> {
    let mut sorted = waited.to_vec();
    sorted.sort_by_key(|wait| wait.minutes);
    let all: u64 = sorted.iter().map(|wait| wait.visits).sum();
    let rank = |tenths: u64| {
        let wanted = (all * tenths).div_ceil(10).max(1);
        let mut passed = 0;
        sorted.iter().find(|wait| {
            passed += wait.visits;
            passed >= wanted
        })
    };
    Some((rank(5)?.minutes.max(0), rank(9)?.minutes.max(0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schedule::time_zone;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn tally(at: &str, outcome: Outcome, visits: u64) -> Tally {
        Tally { at: at.parse().unwrap(), outcome, visits }
    }

    #[test]
    fn a_period_is_bounded() {
        assert_eq!(Period::new(day("2026-11-02"), day("2026-11-01")), Err(NoPeriod::Backwards));
        assert_eq!(Period::new(day("2025-11-01"), day("2026-11-02")), Err(NoPeriod::TooLong));
        assert!(Period::new(day("2025-11-02"), day("2026-11-02")).is_ok());
        let days = Period::up_to(day("2026-11-24")).days().count();
        assert_eq!(days, 30);
    }

    #[test]
    fn visits_count_on_the_day_of_the_zone_and_in_the_week_from_monday() {
        let zone = time_zone("America/Mexico_City").unwrap();
        let period = Period::new(day("2026-11-21"), day("2026-11-24")).unwrap();
        let tallies = [
            tally("2026-11-22T05:45:00Z", Outcome::Ended, 3), // still Saturday in Mexico
            tally("2026-11-23T15:00:00Z", Outcome::Ended, 6),
            tally("2026-11-23T15:15:00Z", Outcome::NoShowOfFamily, 1),
            tally("2026-11-24T15:15:00Z", Outcome::NoShowOfStaff, 1),
            tally("2026-11-24T15:15:00Z", Outcome::Cancelled, 4),
            tally("2026-11-30T15:15:00Z", Outcome::Ended, 9), // of another period
        ];
        let figures = Figures::of(period, &zone, &tallies, &[]);
        let all: Vec<_> = figures.days.iter().map(|(date, count)| (date.to_string(), count.all())).collect();
        let wanted = [("2026-11-21", 3), ("2026-11-22", 0), ("2026-11-23", 7), ("2026-11-24", 5)];
        assert_eq!(all, wanted.map(|(date, count)| (date.to_owned(), count)));
        let weeks: Vec<_> =
            figures.weeks.iter().map(|(date, count)| (date.to_string(), count.no_show_rate())).collect();
        assert_eq!(weeks, [("2026-11-16".to_owned(), Some(0.0)), ("2026-11-23".to_owned(), Some(25.0))]);
        assert_eq!(figures.total, Count { ended: 9, no_shows: 2, cancelled: 4 });
        assert_eq!(figures.within, None);
    }

    #[test]
    fn waits_fall_into_spans_and_have_a_middle() {
        let waited =
            [(0, 4), (4, 1), (5, 2), (29, 1), (30, 1), (600, 1)].map(|(minutes, visits)| Waited { minutes, visits });
        let period = Period::up_to(day("2026-11-24"));
        let figures = Figures::of(period, &TimeZone::UTC, &[], &waited);
        assert_eq!(figures.waits, [5, 2, 0, 1, 1, 1]);
        assert_eq!(figures.within, Some((4, 30)));
        let alone = Figures::of(period, &TimeZone::UTC, &[], &[Waited { minutes: 3, visits: 1 }]);
        assert_eq!(alone.within, Some((3, 3)), "the wait the list shows");
    }
}
