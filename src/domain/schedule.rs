//! When a visit is: wall time in a named zone, turned into an instant, and the windows that follow from it.
//!
//! Never reads a clock or the machine's own zone.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};

/// A date and time as people agreed on it. Kept beside the instant: rules of zones change, agreements don't.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// The instant.
    pub at: Timestamp,
    /// The clock on the wall.
    pub wall: DateTime,
    /// The IANA zone of that clock.
    pub zone: String,
    /// How long it is planned to last.
    pub minutes: u16,
}

/// How long a visit is planned to last unless staff choose otherwise.
pub const USUAL_MINUTES: u16 = 30;

/// The shortest and the longest visit that can be planned, in minutes.
pub const POSSIBLE_MINUTES: std::ops::RangeInclusive<u16> = 5..=480;

/// Why a date and time cannot be an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchTime {
    /// Not `YYYY-MM-DDTHH:MM`.
    #[error("not a date and time")]
    Malformed,
    /// Not an IANA zone.
    #[error("unknown time zone")]
    UnknownZone,
    /// The clock skips this time when summer time begins.
    #[error("the clock skips this time")]
    Skipped,
    /// It occurs twice, when summer time ends, and nobody said which of the two is meant.
    #[error("the clock shows this time twice")]
    Twice,
    /// It has passed.
    #[error("it has passed")]
    Past,
    /// More than two years ahead: most likely a slip of the pen.
    #[error("too far ahead")]
    TooFar,
}

/// One of the two instants at which a clock shows the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The instant.
    pub at: Timestamp,
    /// How far the clock is from UTC then.
    pub offset: Offset,
}

/// How long before the appointment links go out, and how long they last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkWindow {
    /// From sending to the appointment; ten minutes unless configured.
    pub lead: SignedDuration,
    /// From sending to expiry; one hour unless configured.
    pub lifetime: SignedDuration,
}

/// How long after the last link expired an empty visit is closed as a no-show.
pub const NO_SHOW_AFTER: SignedDuration = SignedDuration::from_hours(2);

impl Appointment {
    /// An appointment at an instant, on the wall clock of `zone`.
    ///
    /// # Errors
    /// [`NoSuchTime::UnknownZone`].
    pub fn now(now: Timestamp, zone: &str) -> Result<Self, NoSuchTime> {
        let wall = now.to_zoned(time_zone(zone)?).datetime();
        Ok(Self { at: now, wall, zone: zone.to_owned(), minutes: USUAL_MINUTES })
    }

    /// Reads `YYYY-MM-DDTHH:MM` on the wall clock of `zone`. Of a time that occurs twice, when summer time ends, it is the
    /// instant among those `meant`.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn parse(wall: &str, zone: &str, meant: Option<Timestamp>, now: Timestamp) -> Result<Self, NoSuchTime> {
        let wall = clock_time(wall)?;
        let at = instant(wall, zone, meant)?;
        if at < now {
            return Err(NoSuchTime::Past);
        }
        if at.duration_since(now) > SignedDuration::from_hours(24 * 366 * 2) {
            return Err(NoSuchTime::TooFar);
        }
        Ok(Self { at, wall, zone: zone.to_owned(), minutes: USUAL_MINUTES })
    }

    /// The clock on the wall so many weeks later.
    #[must_use]
    pub fn wall_after(&self, weeks: u8) -> DateTime {
        self.wall.saturating_add(i64::from(weeks).weeks())
    }

    /// The same clock time so many weeks later, whatever summer time does meanwhile; `meant` as in [`Appointment::parse`].
    ///
    /// # Errors
    /// [`NoSuchTime::Skipped`], [`NoSuchTime::Twice`].
    pub fn after(&self, weeks: u8, meant: Option<Timestamp>) -> Result<Self, NoSuchTime> {
        let wall = self.wall_after(weeks);
        Ok(Self { at: instant(wall, &self.zone, meant)?, wall, ..self.clone() })
    }

    /// The same, planned to last so long.
    #[must_use]
    pub fn lasting(self, minutes: u16) -> Self {
        Self { minutes, ..self }
    }

    /// When it is planned to be over.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        self.at + SignedDuration::from_mins(i64::from(self.minutes))
    }
}

impl LinkWindow {
    /// When the link of a visit at `starts_at` goes out, and when it expires. One booked later than that goes out at once.
    #[must_use]
    pub fn around(self, starts_at: Timestamp, now: Timestamp) -> (Timestamp, Timestamp) {
        let opens = (starts_at - self.lead).max(now);
        (opens, opens + self.lifetime)
    }
}

impl std::fmt::Display for Reading {
    /// `UTC−07:00`.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let minutes = self.offset.seconds() / 60;
        let sign = if minutes < 0 { '−' } else { '+' };
        write!(out, "UTC{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    }
}

/// Reads `YYYY-MM-DDTHH:MM`.
///
/// # Errors
/// [`NoSuchTime::Malformed`].
pub fn clock_time(text: &str) -> Result<DateTime, NoSuchTime> {
    text.trim().parse().map_err(|_| NoSuchTime::Malformed)
}

/// The two instants at which the clock of `zone` shows `wall`, the earlier first; none where it shows it once, or never.
#[must_use]
pub fn readings(wall: DateTime, zone: &TimeZone) -> Option<[Reading; 2]> {
    let AmbiguousOffset::Fold { before, after } = zone.to_ambiguous_timestamp(wall).offset() else { return None };
    let reading = |offset: Offset| offset.to_timestamp(wall).ok().map(|at| Reading { at, offset });
    Some([reading(before)?, reading(after)?])
}

/// Which of the two it is when the clock of `zone` shows the time of `at` twice; none where it shows it once.
#[must_use]
pub fn reading_of(at: Timestamp, zone: &TimeZone) -> Option<Reading> {
    let wall = at.to_zoned(zone.clone()).datetime();
    readings(wall, zone)?.into_iter().find(|reading| reading.at == at)
}

fn instant(wall: DateTime, zone: &str, meant: Option<Timestamp>) -> Result<Timestamp, NoSuchTime> {
    let zone = time_zone(zone)?;
    if let Some(readings) = readings(wall, &zone) {
        let meant = readings.iter().find(|reading| Some(reading.at) == meant);
        return meant.map(|reading| reading.at).ok_or(NoSuchTime::Twice);
    }
    match zone.to_ambiguous_timestamp(wall) {
        skipped if matches!(skipped.offset(), AmbiguousOffset::Gap { .. }) => Err(NoSuchTime::Skipped),
        once => once.unambiguous().map_err(|_| NoSuchTime::Malformed),
    }
}

/// Looks a zone up in the bundled IANA database.
///
/// # Errors
/// [`NoSuchTime::UnknownZone`].
pub fn time_zone(name: &str) -> Result<TimeZone, NoSuchTime> {
    TimeZone::get(name).map_err(|_| NoSuchTime::UnknownZone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn wall_times_become_instants() {
        let cases = [
            ("America/Mexico_City", "2026-07-01T10:00", "2026-07-01T16:00:00Z"), // no summer time since 2022
            ("America/Tijuana", "2026-07-01T10:00", "2026-07-01T17:00:00Z"),     // border cities keep it
            ("America/Tijuana", "2026-12-01T10:00", "2026-12-01T18:00:00Z"),
            ("America/Ciudad_Juarez", "2026-07-01T10:00", "2026-07-01T16:00:00Z"),
            ("America/Sao_Paulo", "2026-12-01T10:00", "2026-12-01T13:00:00Z"),
        ];
        for (zone, wall, instant) in cases {
            let appointment = Appointment::parse(wall, zone, None, at("2026-01-01T00:00:00Z")).unwrap();
            assert_eq!(appointment.at, at(instant), "{wall} {zone}");
        }
    }

    #[test]
    fn a_time_that_occurs_twice_is_never_decided_silently() {
        // Clocks of the border go back at two on the first Sunday of November; Mexico City's have not since 2022, and
        // São Paulo's, which went back at midnight, not since 2019.
        for (zone, wall, twice) in [
            ("America/Tijuana", "2026-11-01T00:59", None),
            ("America/Tijuana", "2026-11-01T01:00", Some(["2026-11-01T08:00:00Z", "2026-11-01T09:00:00Z"])),
            ("America/Tijuana", "2026-11-01T01:59", Some(["2026-11-01T08:59:00Z", "2026-11-01T09:59:00Z"])),
            ("America/Tijuana", "2026-11-01T02:00", None),
            ("America/Ciudad_Juarez", "2026-11-01T01:30", Some(["2026-11-01T07:30:00Z", "2026-11-01T08:30:00Z"])),
            ("America/Mexico_City", "2022-10-30T01:30", Some(["2022-10-30T06:30:00Z", "2022-10-30T07:30:00Z"])),
            ("America/Mexico_City", "2026-10-25T01:30", None),
            ("America/Sao_Paulo", "2019-02-16T23:30", Some(["2019-02-17T01:30:00Z", "2019-02-17T02:30:00Z"])),
            ("America/Sao_Paulo", "2026-02-14T23:30", None),
        ] {
            let rules = time_zone(zone).unwrap();
            let found = readings(wall.parse().unwrap(), &rules);
            assert_eq!(
                found.map(|both| both.map(|reading| reading.at)),
                twice.map(|both| both.map(at)),
                "{wall} {zone}"
            );
            let long_ago = at("2019-01-01T00:00:00Z");
            let parse = |meant| Appointment::parse(wall, zone, meant, long_ago.max(at(&format!("{wall}:00Z")) - DAYS));
            match twice {
                None => assert!(parse(None).is_ok(), "{wall} {zone}"),
                Some(both) => {
                    assert_eq!(parse(None), Err(NoSuchTime::Twice), "{wall} {zone}");
                    assert_eq!(parse(Some(at("2026-05-01T00:00:00Z"))), Err(NoSuchTime::Twice), "another hour");
                    for instant in both.map(at) {
                        assert_eq!(parse(Some(instant)).map(|read| read.at), Ok(instant), "{wall} {zone}");
                        assert_eq!(reading_of(instant, &rules).map(|reading| reading.at), Some(instant));
                    }
                }
            }
        }
    }

    const DAYS: SignedDuration = SignedDuration::from_hours(72);

    #[test]
    fn a_reading_names_its_offset() {
        let named = |wall: &str, zone| {
            let both = readings(wall.parse().unwrap(), &time_zone(zone).unwrap()).unwrap();
            both.map(|reading| reading.to_string())
        };
        assert_eq!(named("2026-11-01T01:30", "America/Tijuana"), ["UTC−07:00", "UTC−08:00"]);
        assert_eq!(named("2026-10-25T02:30", "Europe/Madrid"), ["UTC+02:00", "UTC+01:00"]);
        assert_eq!(named("2026-11-01T01:30", "America/St_Johns"), ["UTC−02:30", "UTC−03:30"]);
    }

    #[test]
    fn a_week_later_the_clock_says_the_same() {
        let parse = |wall| Appointment::parse(wall, "America/Tijuana", None, at("2026-01-01T00:00:00Z")).unwrap();
        let first = parse("2026-10-28T10:00");
        let later = first.lasting(45).after(1, None).unwrap();
        assert_eq!((later.at, later.minutes), (at("2026-11-04T18:00:00Z"), 45), "summer time ended meanwhile");
        let before = parse("2026-03-01T02:30");
        assert_eq!(before.after(1, None), Err(NoSuchTime::Skipped));
        assert_eq!(before.after(2, None).unwrap().wall.to_string(), "2026-03-15T02:30:00");
        let (night, second) = (parse("2026-10-25T01:30"), at("2026-11-01T09:30:00Z"));
        assert_eq!(night.after(1, None), Err(NoSuchTime::Twice));
        assert_eq!(night.after(1, Some(second)).map(|read| read.at), Ok(second));
    }

    #[test]
    fn times_that_cannot_be_are_told_apart() {
        let now = at("2026-01-01T00:00:00Z");
        let parse = |wall, zone| Appointment::parse(wall, zone, None, now).unwrap_err();
        assert_eq!(parse("2026-03-08T02:30", "America/Tijuana"), NoSuchTime::Skipped);
        assert_eq!(parse("2025-12-31T10:00", "America/Mexico_City"), NoSuchTime::Past);
        assert_eq!(parse("2036-01-01T10:00", "America/Mexico_City"), NoSuchTime::TooFar);
        assert_eq!(parse("tomorrow", "America/Mexico_City"), NoSuchTime::Malformed);
        assert_eq!(parse("2026-07-01T10:00", "America/Atlantis"), NoSuchTime::UnknownZone);
    }

    #[test]
    fn a_link_goes_out_ahead_or_at_once() {
        let window = LinkWindow { lead: SignedDuration::from_mins(10), lifetime: SignedDuration::from_hours(1) };
        let now = at("2026-01-01T12:00:00Z");
        assert_eq!(
            window.around(at("2026-01-01T15:00:00Z"), now),
            (at("2026-01-01T14:50:00Z"), at("2026-01-01T15:50:00Z"))
        );
        assert_eq!(window.around(at("2026-01-01T12:05:00Z"), now), (now, at("2026-01-01T13:00:00Z")));
    }
}
