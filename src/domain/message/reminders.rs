//! When families are reminded: the day before, at an hour the hospital chooses, and shortly after the hour itself.
//!
//! Never wakes anybody: what concerns another day waits until morning, on the clock where the visit was agreed.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::domain::schedule::time_zone;
use crate::domain::words::words;

words! {
    /// Whether something is done.
    Switch {
        /// It is.
        On = "on",
        /// It is not.
        Off = "off",
    }
}

/// How the hospital reminds families.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminders {
    /// Whether they are reminded the day before.
    pub day_before: Switch,
    /// At which hour, one of [`POSSIBLE_HOURS`].
    pub hour: i8,
}

/// The first hour at which nobody is woken, and the first at which somebody would be.
const DAYTIME: std::ops::Range<i8> = 8..21;

/// Full hours at which families may be reminded.
pub const POSSIBLE_HOURS: std::ops::RangeInclusive<i8> = 8..=20;

/// Whoever was told of the date so shortly before needs no reminder.
const JUST_TOLD: SignedDuration = SignedDuration::from_hours(4);

/// How long after the appointment somebody who has not come is written to.
pub const LATE_AFTER: SignedDuration = SignedDuration::from_mins(5);

impl Default for Reminders {
    fn default() -> Self {
        Self { day_before: Switch::On, hour: 18 }
    }
}

impl Reminders {
    /// When the reminder of a visit goes out that was agreed `now`; none where the hospital sends none, for a visit so soon
    /// that its date was only just told, or whose link is there by then.
    #[must_use]
    pub fn day_before(
        self,
        starts_at: Timestamp,
        zone: &str,
        link_opens_at: Timestamp,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let zone = time_zone(zone).ok().filter(|_| self.day_before == Switch::On)?;
        let eve = starts_at.to_zoned(zone.clone()).date().yesterday().ok()?;
        let at = eve.at(self.hour, 0, 0, 0).to_zoned(zone).ok()?.timestamp();
        (now + JUST_TOLD <= at && at < link_opens_at).then_some(at)
    }
}

/// The same instant, or the next morning where it is night in `zone`.
#[must_use]
pub fn by_day(at: Timestamp, zone: &str) -> Timestamp {
    let there = at.to_zoned(time_zone(zone).unwrap_or(TimeZone::UTC));
    if DAYTIME.contains(&there.hour()) {
        return at;
    }
    let is_evening = there.hour() >= DAYTIME.end;
    let morning = if is_evening { there.date().saturating_add(1.day()) } else { there.date() };
    let opens = morning.at(DAYTIME.start, 0, 0, 0).to_zoned(there.time_zone().clone());
    opens.map_or(at, |opens| opens.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn reminded(starts_at: &str, zone: &str, now: &str) -> Option<Timestamp> {
        let starts_at = at(starts_at);
        Reminders::default().day_before(starts_at, zone, starts_at - SignedDuration::from_mins(10), at(now))
    }

    #[test]
    fn a_family_is_reminded_at_six_in_the_evening_of_the_day_before_where_they_are() {
        let now = "2026-10-01T12:00:00Z";
        for (starts_at, zone, reminder) in [
            ("2026-11-25T16:30:00Z", "America/Mexico_City", "2026-11-25T00:00:00Z"),
            // 22:30 the day before in UTC is another day in Tijuana.
            ("2026-11-25T06:30:00Z", "America/Tijuana", "2026-11-24T02:00:00Z"),
            ("2026-11-25T16:30:00Z", "America/Sao_Paulo", "2026-11-24T21:00:00Z"),
            // Summer time ended in the night between.
            ("2026-11-01T18:00:00Z", "America/Tijuana", "2026-11-01T01:00:00Z"),
        ] {
            assert_eq!(reminded(starts_at, zone, now), Some(at(reminder)), "{starts_at} {zone}");
        }
    }

    #[test]
    fn nobody_is_reminded_of_what_they_were_just_told() {
        let zone = "America/Mexico_City";
        let visit = "2026-11-25T16:30:00Z";
        assert!(reminded(visit, zone, "2026-11-24T20:00:00Z").is_some());
        for now in ["2026-11-24T20:00:01Z", "2026-11-25T00:00:00Z", "2026-11-25T15:00:00Z"] {
            assert_eq!(reminded(visit, zone, now), None, "{now}");
        }
        let off = Reminders { day_before: Switch::Off, ..Reminders::default() };
        let now = at("2026-10-01T12:00:00Z");
        assert_eq!(off.day_before(at(visit), zone, at(visit), now), None);
        let link_is_there = at("2026-11-25T00:00:00Z");
        assert_eq!(Reminders::default().day_before(at(visit), zone, link_is_there, now), None);
    }

    #[test]
    fn nobody_is_woken() {
        for (zone, asked, sent) in [
            ("America/Mexico_City", "2026-11-24T14:00:00Z", "2026-11-24T14:00:00Z"), // 8:00
            ("America/Mexico_City", "2026-11-25T02:59:59Z", "2026-11-25T02:59:59Z"), // 20:59
            ("America/Mexico_City", "2026-11-25T03:00:00Z", "2026-11-25T14:00:00Z"), // 21:00
            ("America/Mexico_City", "2026-11-24T06:00:00Z", "2026-11-24T14:00:00Z"), // midnight
            ("America/Mexico_City", "2026-11-24T13:59:59Z", "2026-11-24T14:00:00Z"),
            ("America/Tijuana", "2026-11-01T07:30:00Z", "2026-11-01T16:00:00Z"), // the night that is longer
        ] {
            assert_eq!(by_day(at(asked), zone), at(sent), "{asked} {zone}");
        }
    }

    #[test]
    fn every_hour_that_can_be_chosen_is_by_day() {
        assert!(POSSIBLE_HOURS.clone().all(|hour| DAYTIME.contains(&hour)));
        assert!(POSSIBLE_HOURS.contains(&Reminders::default().hour));
    }
}
