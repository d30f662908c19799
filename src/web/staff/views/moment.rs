//! Times, dates of birth and waits as staff read them; `static/staff/words.js` says them the same way.
//!
//! Clock times count to 24 in every language: a board has no room for "a.m.". Never reads a clock.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::domain::person::BirthDate;
use crate::domain::schedule::{Reading, reading_of, time_zone};
use crate::text::Texts;
use crate::web::zone;

/// Where and when somebody reads a page.
#[derive(Clone)]
pub struct Here {
    /// The time of the request.
    pub now: Timestamp,
    /// The reader's zone by its IANA name.
    pub zone: String,
}

impl Here {
    /// `09:10` on the reader's clock.
    #[must_use]
    pub fn clock(&self, at: Timestamp) -> String {
        let wall = self.wall(at);
        format!("{:02}:{:02}", wall.hour(), wall.minute())
    }

    /// The reader's date and clock.
    #[must_use]
    pub fn wall(&self, at: Timestamp) -> DateTime {
        at.to_zoned(self.time_zone()).datetime()
    }

    /// The reader's date.
    #[must_use]
    pub fn today(&self) -> Date {
        self.date(self.now)
    }

    /// The date of an instant on the reader's calendar.
    #[must_use]
    pub fn date(&self, at: Timestamp) -> Date {
        at.to_zoned(self.time_zone()).date()
    }

    /// Which of the two it is where the reader's clock shows this time twice.
    #[must_use]
    pub fn reading(&self, at: Timestamp) -> Option<Reading> {
        reading_of(at, &self.time_zone())
    }

    /// The reader's zone.
    #[must_use]
    pub fn time_zone(&self) -> TimeZone {
        time_zone(&self.zone).unwrap_or(TimeZone::UTC)
    }
}

/// `11 February 1950`.
#[must_use]
pub fn date(texts: Texts, date: Date) -> String {
    let months = texts.get("when-months");
    let month =
        months.split(',').nth(usize::try_from(date.month() - 1).unwrap_or_default()).unwrap_or_default().to_owned();
    texts.with(
        "staff-date",
        &[("day", date.day().to_string().into()), ("month", month.into()), ("year", date.year().to_string().into())],
    )
}

/// `Tuesday 24 November 2026`.
#[must_use]
pub fn day(texts: Texts, day: Date) -> String {
    let weekday = of_weekday(texts, "when-weekdays", day);
    texts.with("staff-day", &[("weekday", weekday.into()), ("date", date(texts, day).into())])
}

/// `Tue`.
#[must_use]
pub fn short_weekday(texts: Texts, day: Date) -> String {
    of_weekday(texts, "staff-weekdays-short", day)
}

/// The clock on the wall where something was agreed, if it shows another time than the reader's: `09:00, Tijuana time`. Where
/// that clock shows the time twice, the offset follows.
#[must_use]
pub fn elsewhere(texts: Texts, here: &Here, at: Timestamp, wall: DateTime, iana: &str) -> Option<String> {
    (here.wall(at) != wall).then(|| {
        let clock = format!("{:02}:{:02}", wall.hour(), wall.minute());
        let reading = time_zone(iana).ok().and_then(|there| reading_of(at, &there));
        let zone = match reading {
            Some(reading) => format!("{} ({reading})", zone::name(texts, iana)),
            None => zone::name(texts, iana),
        };
        texts.with("staff-elsewhere", &[("time", clock.into()), ("zone", zone.into())])
    })
}

/// `45 min`, `1 h 05 min`.
#[must_use]
pub fn length(texts: Texts, minutes: i64) -> String {
    if minutes < 60 {
        return texts.with("board-minutes", &[("minutes", minutes.to_string().into())]);
    }
    let rest = format!("{:02}", minutes % 60);
    texts.with("board-hours", &[("hours", (minutes / 60).to_string().into()), ("minutes", rest.into())])
}

/// `24 November 2026, 09:10`, on the reader's clock.
#[must_use]
pub fn instant(texts: Texts, here: &Here, at: Timestamp) -> String {
    texts.with("staff-moment", &[("date", date(texts, here.date(at)).into()), ("time", here.clock(at).into())])
}

/// `11 February 1950 (age 76)`.
#[must_use]
pub fn born(texts: Texts, born: BirthDate, today: Date) -> String {
    let day = born.to_string().parse().map(|day| date(texts, day)).unwrap_or_default();
    texts.with("staff-born", &[("date", day.into()), ("age", born.age_on(today).to_string().into())])
}

/// `12 min`, `1 h 05 min`.
#[must_use]
pub fn wait(texts: Texts, since: Timestamp, now: Timestamp) -> String {
    length(texts, now.duration_since(since).as_mins().max(0))
}

fn of_weekday(texts: Texts, list: &str, day: Date) -> String {
    let place = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
    texts.get(list).split(',').nth(place).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::domain::person::Language;

    #[test]
    fn a_date_of_birth_names_its_month() {
        let today = "2026-11-23".parse().unwrap();
        let say = |language| born(Texts::of(language), BirthDate::parse("1950-02-11", today).unwrap(), today);
        assert_eq!(say(Language::English), "11 February 1950 (age 76)");
        assert_eq!(say(Language::Spanish), "11 de febrero de 1950 (edad 76)");
        assert_eq!(say(Language::Portuguese), "11 de fevereiro de 1950 (idade 76)");
    }

    #[test]
    fn a_wait_is_told_in_minutes_then_hours() {
        let texts = Texts::of(Language::English);
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(10);
        let waited = |minutes| wait(texts, now - SignedDuration::from_mins(minutes), now);
        assert_eq!(waited(0), "0 min");
        assert_eq!(waited(59), "59 min");
        assert_eq!(waited(65), "1 h 05 min");
        assert_eq!(waited(-5), "0 min");
    }

    #[test]
    fn the_clock_is_the_readers() {
        let here = Here { now: "2026-11-23T05:30:00Z".parse().unwrap(), zone: "America/Mexico_City".to_owned() };
        assert_eq!(here.clock(here.now), "23:30");
        assert_eq!(here.today().to_string(), "2026-11-22");
    }
}
