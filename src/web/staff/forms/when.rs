//! When a visit is to be: now, or at a date and time, perhaps week after week, and how long.
//!
//! Never asks whether that time is free.

use jiff::civil::DateTime;
use jiff::{Timestamp, ToSpan};

use super::pairs::Pairs;
use super::visit::Filling;
use crate::domain::booking::Timing;
use crate::domain::schedule::{Appointment, NoSuchTime, POSSIBLE_MINUTES, Reading, clock_time, readings, time_zone};
use crate::domain::service::Service;

/// How often a visit can be repeated, the first time included.
pub const MOST_WEEKS: u8 = 12;

/// A field, and the key of what is wrong with it.
type Wrong = (&'static str, &'static str);

/// One of the dates that the form stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The clock on the wall.
    pub wall: DateTime,
    /// The appointment; none when the clock skips this time, or shows it twice and nobody chose.
    pub appointment: Result<Appointment, NoSuchTime>,
}

/// A date of the form at which its clock shows the time twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Twice {
    /// The clock on the wall.
    pub wall: DateTime,
    /// When it shows that, the earlier first.
    pub readings: [Reading; 2],
    /// Which of them was chosen.
    pub chosen: Option<Timestamp>,
}

/// Now or later; now unless chosen.
#[must_use]
pub fn timing(form: &Pairs) -> Timing {
    form.one("when").parse().unwrap_or(Timing::Now)
}

/// How often, the first time included; once unless chosen.
#[must_use]
pub fn weeks(form: &Pairs) -> u8 {
    form.one("weeks").parse().unwrap_or(1).clamp(1, MOST_WEEKS)
}

/// The zone of the appointment: another one where it was written, else the one chosen, else the hospital's.
#[must_use]
pub fn zone<'a>(form: &'a Pairs, hospital: &'a str) -> &'a str {
    [form.one("other_zone"), form.one("zone")].into_iter().find(|zone| !zone.is_empty()).unwrap_or(hospital)
}

/// The one date of the form at which its clock shows the time twice; no clock goes back twice within [`MOST_WEEKS`].
#[must_use]
pub fn twice(form: &Pairs, hospital: &str) -> Option<Twice> {
    let rules = time_zone(zone(form, hospital)).ok()?;
    let first = clock_time(&format!("{}T{}", form.one("date"), form.one("time"))).ok()?;
    (0..weeks(form)).find_map(|week| {
        let wall = first.saturating_add(i64::from(week).weeks());
        let readings = readings(wall, &rules)?;
        let chosen = meant(form).filter(|at| readings.iter().any(|reading| reading.at == *at));
        Some(Twice { wall, readings, chosen })
    })
}

/// Every appointment of the form, the first one first.
///
/// # Errors
/// The first thing that is wrong.
pub fn read(form: &Pairs, service: Option<Service>, filling: Filling<'_>) -> Result<Vec<Appointment>, Wrong> {
    let first = first(form, service, filling)?;
    let again =
        (1..weeks(form)).filter(|_| timing(form) == Timing::Scheduled).map(|week| first.after(week, meant(form)));
    let again: Vec<_> = again.collect::<Result<_, _>>().map_err(|problem| match problem {
        NoSuchTime::Twice => ("reading", "visit-time-twice"),
        _ => ("weeks", "visit-weeks-skipped"),
    })?;
    Ok(std::iter::once(first).chain(again).collect())
}

/// The dates that the form stands for as far as it is filled in; none for a visit that is now.
#[must_use]
pub fn planned(form: &Pairs, service: Option<Service>, filling: Filling<'_>) -> Vec<Planned> {
    if timing(form) == Timing::Now {
        return Vec::new();
    }
    let Ok(first) = first(form, service, filling) else { return Vec::new() };
    let planned = |week| Planned { wall: first.wall_after(week), appointment: first.after(week, meant(form)) };
    (0..weeks(form)).map(planned).collect()
}

fn first(form: &Pairs, service: Option<Service>, filling: Filling<'_>) -> Result<Appointment, Wrong> {
    let appointment = match timing(form) {
        Timing::Now => Appointment::now(filling.now, filling.zone),
        Timing::Scheduled => {
            let (date, time) = (form.one("date"), form.one("time"));
            if date.is_empty() {
                return Err(("date", "visit-date-missing"));
            }
            if time.is_empty() {
                return Err(("time", "visit-time-missing"));
            }
            Appointment::parse(&format!("{date}T{time}"), zone(form, filling.zone), meant(form), filling.now)
        }
    };
    let appointment = appointment.map_err(|problem| match problem {
        NoSuchTime::Malformed => ("date", "visit-date-malformed"),
        NoSuchTime::UnknownZone => ("other_zone", "visit-zone-unknown"),
        NoSuchTime::Skipped => ("time", "visit-time-skipped"),
        NoSuchTime::Twice => ("reading", "visit-time-twice"),
        NoSuchTime::Past => ("date", "visit-date-past"),
        NoSuchTime::TooFar => ("date", "visit-date-far"),
    })?;
    Ok(appointment.lasting(minutes(form, service)?))
}

/// Which instant is meant by a time that occurs twice. It counts for that very time only.
fn meant(form: &Pairs) -> Option<Timestamp> {
    form.one("reading").parse().ok()
}

/// As typed, or as usual for the service.
fn minutes(form: &Pairs, service: Option<Service>) -> Result<u16, Wrong> {
    match form.one("minutes") {
        "" => Ok(service.map_or(crate::domain::schedule::USUAL_MINUTES, Service::usual_minutes)),
        typed => typed
            .parse()
            .ok()
            .filter(|minutes| POSSIBLE_MINUTES.contains(minutes))
            .ok_or(("minutes", "visit-minutes-wrong")),
    }
}
