//! The forms that move a visit: to another time, or to another doctor.
//!
//! Never asks whether that time is free: the hub does.

use jiff::Timestamp;

use super::pairs::Pairs;
use crate::domain::ids::ConsultationId;
use crate::domain::schedule::{Appointment, NoSuchTime, POSSIBLE_MINUTES};

/// What is wrong: the field, and the key of its sentence.
pub type Wrong = (&'static str, &'static str);

/// The appointment a present one would be written as.
#[must_use]
pub fn filled_in(appointment: &Appointment) -> Pairs {
    let wall = appointment.wall;
    Pairs::default()
        .with("date", wall.date().to_string())
        .with("time", wall.strftime("%H:%M").to_string())
        .with("zone", appointment.zone.as_str())
        .with("minutes", appointment.minutes.to_string())
        .with("seen", appointment.at.to_string())
}

/// Reads the new appointment; `zone` is that of the present one.
///
/// # Errors
/// The first thing that is wrong.
pub fn read(form: &Pairs, zone: &str, now: Timestamp) -> Result<Appointment, Wrong> {
    let (date, time) = (form.one("date"), form.one("time"));
    if date.is_empty() {
        return Err(("date", "visit-date-missing"));
    }
    if time.is_empty() {
        return Err(("time", "visit-time-missing"));
    }
    let minutes = form.one("minutes").parse().ok().filter(|minutes| POSSIBLE_MINUTES.contains(minutes));
    let minutes = minutes.ok_or(("minutes", "moving-minutes"))?;
    let zone = [form.one("other_zone"), form.one("zone")].into_iter().find(|zone| !zone.is_empty()).unwrap_or(zone);
    let appointment = Appointment::parse(&format!("{date}T{time}"), zone, now).map_err(|problem| match problem {
        NoSuchTime::Malformed => ("date", "visit-date-malformed"),
        NoSuchTime::UnknownZone => ("other_zone", "visit-zone-unknown"),
        NoSuchTime::Skipped => ("time", "visit-time-skipped"),
        NoSuchTime::Past => ("date", "visit-date-past"),
        NoSuchTime::TooFar => ("date", "visit-date-far"),
    })?;
    Ok(appointment.lasting(minutes))
}

/// The visits at the same time that were shown, and are accepted.
#[must_use]
pub fn accepted(form: &Pairs) -> Vec<ConsultationId> {
    form.all("accept").flat_map(str::split_whitespace).filter_map(|id| id.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T15:00:00Z".parse().unwrap()
    }

    fn present() -> Appointment {
        Appointment::parse("2026-11-30T10:00", "America/Tijuana", now()).unwrap().lasting(45)
    }

    #[test]
    fn a_form_left_as_it_was_says_the_same_appointment() {
        assert_eq!(read(&filled_in(&present()), "America/Mexico_City", now()), Ok(present()));
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        let form = filled_in(&present());
        let wrong = |field: &str, value: &str| read(&form.clone().with(field, value), "UTC", now()).unwrap_err().0;
        assert_eq!(wrong("date", ""), "date");
        assert_eq!(wrong("date", "2026-11-22"), "date");
        assert_eq!(wrong("time", ""), "time");
        assert_eq!(wrong("other_zone", "America/Atlantis"), "other_zone");
        assert_eq!(wrong("minutes", "481"), "minutes");
        let skipped = form.clone().with("date", "2027-03-14").with("time", "02:30");
        assert_eq!(read(&skipped, "UTC", now()).unwrap_err().0, "time");
    }

    #[test]
    fn what_is_accepted_are_the_ids_that_were_shown() {
        let id = ConsultationId::mint();
        assert_eq!(accepted(&Pairs::default().with("accept", format!("{id} nonsense"))), [id]);
    }
}
