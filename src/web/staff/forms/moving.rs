//! The form that moves a visit: the one that books, filled in with the present appointment.
//!
//! Never asks whether that time is free: the hub does.

use super::pairs::Pairs;
use super::visit::Filling;
use super::when;
use crate::domain::booking::Timing;
use crate::domain::schedule::Appointment;
use crate::domain::service::Service;

/// What is wrong: the field, and the key of its sentence.
pub type Wrong = (&'static str, &'static str);

/// The appointment a present one would be written as.
#[must_use]
pub fn filled_in(appointment: &Appointment) -> Pairs {
    let wall = appointment.wall;
    // Where the clock shows the time twice, it is the same one again.
    Pairs::default()
        .with("reading", appointment.at.to_string())
        .with("date", wall.date().to_string())
        .with("time", wall.strftime("%H:%M").to_string())
        .with("zone", appointment.zone.as_str())
        .with("minutes", appointment.minutes.to_string())
        .with("seen", appointment.at.to_string())
}

/// Reads the new appointment, on the clock of the present one unless another is chosen.
///
/// # Errors
/// The first thing that is wrong.
pub fn read(form: &Pairs, present: &Appointment, service: Service, filling: Filling<'_>) -> Result<Appointment, Wrong> {
    let mut once = form.clone().with("when", Timing::Scheduled.as_str()).without("weeks");
    if once.one("minutes").is_empty() {
        once = once.with("minutes", present.minutes.to_string());
    }
    let mut appointments = when::read(&once, Some(service), Filling { zone: &present.zone, ..filling })?;
    appointments.pop().ok_or(("date", "visit-date-missing"))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::ids::StaffId;
    use crate::domain::person::Language;
    use crate::domain::staff::{Role, StaffMember};
    use crate::text::Texts;

    fn member() -> StaffMember {
        StaffMember {
            id: StaffId::mint(),
            email: "pilar@hospital.example".parse().unwrap(),
            name: "Pilar Cruz".parse().unwrap(),
            role: Role::Clerk,
            ward: None,
            language: Language::English,
            zone: "America/Mexico_City".to_owned(),
            services: Role::Clerk.possible_services(),
        }
    }

    fn reads(form: &Pairs) -> Result<Appointment, Wrong> {
        read(form, &present(), Service::FollowUp, filling(&member()))
    }

    fn filling(member: &StaffMember) -> Filling<'_> {
        Filling { member, texts: Texts::of(Language::English), now: now(), zone: "America/Mexico_City" }
    }

    fn now() -> Timestamp {
        "2026-11-23T15:00:00Z".parse().unwrap()
    }

    fn present() -> Appointment {
        present_at("2026-11-30T10:00", None)
    }

    fn present_at(wall: &str, meant: Option<Timestamp>) -> Appointment {
        Appointment::parse(wall, "America/Tijuana", meant, now()).unwrap().lasting(45)
    }

    #[test]
    fn a_form_left_as_it_was_says_the_same_appointment() {
        assert_eq!(reads(&filled_in(&present())), Ok(present()));
        for at in ["2027-11-07T08:30:00Z", "2027-11-07T09:30:00Z"] {
            let night = present_at("2027-11-07T01:30", Some(at.parse().unwrap()));
            let form = filled_in(&night);
            assert_eq!(read(&form, &night, Service::FollowUp, filling(&member())), Ok(night), "{at}");
        }
    }

    #[test]
    fn an_hour_that_occurs_twice_is_asked_for_anew() {
        let form = filled_in(&present()).with("date", "2027-11-07").with("time", "01:30");
        assert_eq!(reads(&form).unwrap_err().0, "reading", "what was meant is another hour");
        let chosen = form.with("reading", "2027-11-07T09:30:00Z");
        assert_eq!(reads(&chosen).map(|read| read.at.to_string()), Ok("2027-11-07T09:30:00Z".to_owned()));
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        let form = filled_in(&present());
        let wrong = |field: &str, value: &str| reads(&form.clone().with(field, value)).unwrap_err().0;
        assert_eq!(wrong("date", ""), "date");
        assert_eq!(wrong("date", "2026-11-22"), "date");
        assert_eq!(wrong("time", ""), "time");
        assert_eq!(wrong("other_zone", "America/Atlantis"), "other_zone");
        assert_eq!(wrong("minutes", "481"), "minutes");
        assert_eq!(reads(&form.clone().with("minutes", "")).map(|read| read.minutes), Ok(45), "as long as before");
        let skipped = form.clone().with("date", "2027-03-14").with("time", "02:30");
        assert_eq!(reads(&skipped).unwrap_err().0, "time");
    }
}
