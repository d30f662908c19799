//! When a visit is: wall time in a named zone, turned into an instant, and the windows that follow from it.
//!
//! Never reads a clock or the machine's own zone.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
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
    /// It has passed.
    #[error("it has passed")]
    Past,
    /// More than two years ahead: most likely a slip of the pen.
    #[error("too far ahead")]
    TooFar,
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

    /// Reads `YYYY-MM-DDTHH:MM` on the wall clock of `zone`. A time that occurs twice, when summer time ends, is the first.
    ///
    /// # Errors
    /// [`NoSuchTime`].
    pub fn parse(wall: &str, zone: &str, now: Timestamp) -> Result<Self, NoSuchTime> {
        let wall: DateTime = wall.trim().parse().map_err(|_| NoSuchTime::Malformed)?;
        let at = instant(wall, zone)?;
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

    /// The same clock time so many weeks later, whatever summer time does meanwhile.
    ///
    /// # Errors
    /// [`NoSuchTime::Skipped`].
    pub fn after(&self, weeks: u8) -> Result<Self, NoSuchTime> {
        let wall = self.wall_after(weeks);
        Ok(Self { at: instant(wall, &self.zone)?, wall, ..self.clone() })
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

fn instant(wall: DateTime, zone: &str) -> Result<Timestamp, NoSuchTime> {
    let ambiguous = time_zone(zone)?.into_ambiguous_zoned(wall);
    if matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. }) {
        return Err(NoSuchTime::Skipped);
    }
    ambiguous.earlier().map(|zoned| zoned.timestamp()).map_err(|_| NoSuchTime::Malformed)
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
            ("America/Tijuana", "2026-11-01T01:30", "2026-11-01T08:30:00Z"), // occurs twice: the first
        ];
        for (zone, wall, instant) in cases {
            let appointment = Appointment::parse(wall, zone, at("2026-01-01T00:00:00Z")).unwrap();
            assert_eq!(appointment.at, at(instant), "{wall} {zone}");
        }
    }

    #[test]
    fn a_week_later_the_clock_says_the_same() {
        let first = Appointment::parse("2026-10-28T10:00", "America/Tijuana", at("2026-01-01T00:00:00Z")).unwrap();
        let later = first.lasting(45).after(1).unwrap();
        assert_eq!((later.at, later.minutes), (at("2026-11-04T18:00:00Z"), 45), "summer time ended meanwhile");
        let before = Appointment::parse("2026-03-01T02:30", "America/Tijuana", at("2026-01-01T00:00:00Z")).unwrap();
        assert_eq!(before.after(1), Err(NoSuchTime::Skipped));
        assert_eq!(before.after(2).unwrap().wall.to_string(), "2026-03-15T02:30:00");
    }

    #[test]
    fn times_that_cannot_be_are_told_apart() {
        let now = at("2026-01-01T00:00:00Z");
        let parse = |wall, zone| Appointment::parse(wall, zone, now).unwrap_err();
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
