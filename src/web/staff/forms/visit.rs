//! The form that opens a visit.
//!
//! Never books: it says what was wished for, or what is missing, field by field.

use jiff::Timestamp;

use super::pairs::Pairs;
use super::when;
use crate::domain::booking::{Reason, Timing};
use crate::domain::ids::{CommandId, ConsultationId, PatientId, RelativeId, StaffId, WardId};
use crate::domain::person::Unreadable;
use crate::domain::schedule::Appointment;
use crate::domain::service::{Admission, Service};
use crate::domain::staff::{Role, StaffMember};
use crate::store::patients::Relative;
use crate::text::Texts;
use crate::web::staff::views::form::Fault;

/// What was wished for, as far as the form alone can say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Makes a double submit harmless.
    pub command: CommandId,
    /// What it is for.
    pub service: Service,
    /// About whom.
    pub patient: PatientId,
    /// Who is invited besides, or instead of, the patient.
    pub guests: Vec<Wanted>,
    /// Who conducts it.
    pub doctor: Option<StaffId>,
    /// Where the patient lies; their own ward unless chosen.
    pub ward: Option<WardId>,
    /// Why.
    pub reason: Reason,
    /// Now or later.
    pub timing: Timing,
    /// When: once, or week after week.
    pub appointments: Vec<Appointment>,
    /// Who is let in, and when; none for as usual.
    pub admission: Option<Admission>,
    /// Visits at the same time that were shown, and are accepted.
    pub accepted: Vec<ConsultationId>,
}

/// Somebody to invite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The patient.
    Patient,
    /// One of the patient's relatives.
    Relative(RelativeId),
}

/// Who fills the form in, when and where.
#[derive(Clone, Copy)]
pub struct Filling<'a> {
    /// Who.
    pub member: &'a StaffMember,
    /// In their language.
    pub texts: Texts,
    /// When.
    pub now: Timestamp,
    /// The hospital's zone, for visits that are now.
    pub zone: &'a str,
}

/// The services somebody opens.
pub fn services(member: &StaffMember) -> impl Iterator<Item = Service> {
    member.services.among(member.role.possible_services()).iter()
}

/// The service that is chosen so far: their first one at the start.
#[must_use]
pub fn service(form: &Pairs, member: &StaffMember) -> Option<Service> {
    if form.has("service") {
        return form.one("service").parse().ok().filter(|service| services(member).any(|own| own == *service));
    }
    services(member).next()
}

/// Who is ticked: the patient at first, then whoever was ticked among the people that were shown.
#[must_use]
pub fn wanted(form: &Pairs, patient: PatientId) -> Vec<Wanted> {
    if form.one("people_of") != patient.to_string() {
        return vec![Wanted::Patient];
    }
    ticked(form)
}

/// Who is ticked, each once.
#[must_use]
pub fn ticked(form: &Pairs) -> Vec<Wanted> {
    let mut ticked = Vec::new();
    for value in form.all("invite") {
        let wanted = match value {
            "patient" => Some(Wanted::Patient),
            other => other.parse().ok().map(Wanted::Relative),
        };
        ticked.extend(wanted.filter(|wanted| !ticked.contains(wanted)));
    }
    ticked
}

/// Whether a relative may be invited to such a visit.
#[must_use]
pub const fn may_come(relative: &Relative, service: Service) -> bool {
    match service {
        Service::MedicalReport => relative.may_receive_report,
        Service::TeleVisit => relative.may_visit,
        Service::HomeConsultation | Service::FollowUp => true,
    }
}

/// The visits at the same time that were shown, and are accepted.
#[must_use]
pub fn accepted(form: &Pairs) -> Vec<ConsultationId> {
    form.all("accept").flat_map(str::split_whitespace).filter_map(|id| id.parse().ok()).collect()
}

/// Reads the form.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(form: &Pairs, filling: Filling<'_>) -> Result<Wish, Vec<Fault>> {
    let texts = filling.texts;
    let mut problems = Vec::new();
    let mut miss = |field: &str, key: &str| problems.push(Fault::new(texts, field, key));

    let service = service(form, filling.member);
    if service.is_none() {
        miss("service", "visit-service-missing");
    }
    let patient = form.one("patient").parse::<PatientId>().ok();
    if patient.is_none() {
        miss("patient_search", "visit-patient-missing");
    }
    let guests = patient.map(|patient| seated(wanted(form, patient), service)).unwrap_or_default();
    if patient.is_some() && guests.is_empty() {
        miss("invite", "visit-people-missing");
    }
    let doctor = doctor(form, filling.member);
    if service.is_some_and(Service::needs_doctor) && doctor.is_none() {
        miss("doctor", "visit-doctor-missing");
    }
    let reason = form.one("reason").parse::<Reason>();
    match reason {
        Ok(_) => {}
        Err(Unreadable::TooLong) => miss("reason", "visit-reason-long"),
        Err(_) => miss("reason", "visit-reason-malformed"),
    }
    let appointments = when::read(form, service, filling);
    if let Err((field, key)) = &appointments {
        miss(field, key);
    }
    let command = form.one("command").parse().unwrap_or_else(|_| CommandId::mint());
    match (service, patient, reason, appointments) {
        (Some(service), Some(patient), Ok(reason), Ok(appointments)) if problems.is_empty() => Ok(Wish {
            command,
            service,
            patient,
            guests,
            doctor,
            ward: ward(form, filling.member),
            reason,
            timing: when::timing(form),
            appointments,
            admission: form.one("admission").parse().ok(),
            accepted: accepted(form),
        }),
        _ => Err(problems),
    }
}

/// Where there is no seat for the patient, the patient is not invited.
fn seated(wanted: Vec<Wanted>, service: Option<Service>) -> Vec<Wanted> {
    let seats_patient = service.is_none_or(Service::seats_patient);
    wanted.into_iter().filter(|guest| seats_patient || *guest != Wanted::Patient).collect()
}

/// Doctors open visits of their own; others choose.
#[must_use]
pub fn doctor(form: &Pairs, member: &StaffMember) -> Option<StaffId> {
    match member.role {
        Role::Doctor => Some(member.id),
        _ => form.one("doctor").parse().ok(),
    }
}

/// Ward staff open visits on their own ward; others choose.
fn ward(form: &Pairs, member: &StaffMember) -> Option<WardId> {
    match member.role {
        Role::Ward => member.ward,
        _ => form.one("ward").parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    const PATIENT: &str = "0190a000-0000-7000-8000-000000000001";
    const RELATIVE: &str = "0190a000-0000-7000-8000-000000000002";

    fn member(role: Role) -> StaffMember {
        StaffMember {
            id: StaffId::mint(),
            email: "ines@hospital.example".parse().unwrap(),
            name: "Inés Soto".parse().unwrap(),
            role,
            ward: (role == Role::Ward).then(WardId::mint),
            language: Language::English,
            zone: "America/Mexico_City".to_owned(),
            services: role.possible_services(),
        }
    }

    fn form(pairs: &[(&str, &str)]) -> Pairs {
        let fixed = [
            ("service", "medical_report"),
            ("patient", PATIENT),
            ("people_of", PATIENT),
            ("invite", RELATIVE),
            ("when", "now"),
        ];
        let pairs = pairs.iter().chain(fixed.iter().filter(|(name, _)| !pairs.iter().any(|(other, _)| other == name)));
        pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>().into()
    }

    fn reads(form: &Pairs, member: &StaffMember) -> Result<Wish, Vec<String>> {
        let filling = Filling {
            member,
            texts: Texts::of(Language::English),
            now: "2026-01-01T12:00:00Z".parse().unwrap(),
            zone: "America/Mexico_City",
        };
        read(form, filling).map_err(|problems| problems.into_iter().map(|problem| problem.field).collect())
    }

    #[test]
    fn a_doctor_opens_a_report_of_their_own() {
        let ines = member(Role::Doctor);
        let wish = reads(&form(&[("reason", " Daily  report ")]), &ines).unwrap();
        assert_eq!(wish.doctor, Some(ines.id));
        assert_eq!(wish.guests, [Wanted::Relative(RELATIVE.parse().unwrap())]);
        assert_eq!((wish.timing, wish.admission), (Timing::Now, None));
        assert_eq!(wish.appointments.iter().map(|one| one.minutes).collect::<Vec<_>>(), [15], "as usual");
        assert_eq!(wish.reason.to_string(), "Daily report");
    }

    #[test]
    fn what_is_missing_is_told_field_by_field() {
        let clerk = member(Role::Clerk);
        assert_eq!(reads(&Pairs::default().with("service", "spa"), &clerk).unwrap_err(), ["service", "patient_search"]);
        assert_eq!(reads(&form(&[("invite", "patient")]), &clerk).unwrap_err(), ["invite", "doctor"]);
        let later = |date: &str, time: &str| {
            reads(&form(&[("when", "scheduled"), ("date", date), ("time", time)]), &member(Role::Doctor))
        };
        assert_eq!(later("", "10:00").unwrap_err(), ["date"]);
        assert_eq!(later("2026-01-02", "").unwrap_err(), ["time"]);
        assert_eq!(later("2025-12-31", "10:00").unwrap_err(), ["date"]);
        assert!(later("2026-01-02", "10:00").is_ok());
    }

    #[test]
    fn a_time_the_clock_skips_is_the_times_fault() {
        let skipped = [("when", "scheduled"), ("date", "2026-03-08"), ("time", "02:30"), ("zone", "America/Tijuana")];
        assert_eq!(reads(&form(&skipped), &member(Role::Doctor)).unwrap_err(), ["time"]);
        let unknown =
            [("when", "scheduled"), ("date", "2026-03-08"), ("time", "02:30"), ("other_zone", "America/Atlantis")];
        assert_eq!(reads(&form(&unknown), &member(Role::Doctor)).unwrap_err(), ["other_zone"]);
    }

    #[test]
    fn week_after_week_the_clock_says_the_same_and_one_skipped_hour_refuses_all() {
        let weekly = |date, zone, weeks| {
            let when = [("when", "scheduled"), ("date", date), ("time", "02:30"), ("zone", zone), ("weeks", weeks)];
            reads(&form(&when), &member(Role::Doctor))
        };
        let walls: Vec<_> = weekly("2026-10-28", "America/Tijuana", "3")
            .unwrap()
            .appointments
            .iter()
            .map(|one| (one.wall.to_string(), one.at.to_string()))
            .collect();
        let expected = [
            ("2026-10-28T02:30:00", "2026-10-28T09:30:00Z"),
            ("2026-11-04T02:30:00", "2026-11-04T10:30:00Z"),
            ("2026-11-11T02:30:00", "2026-11-11T10:30:00Z"),
        ];
        assert_eq!(walls, expected.map(|(wall, at)| (wall.to_owned(), at.to_owned())));
        assert_eq!(weekly("2026-03-01", "America/Tijuana", "2").unwrap_err(), ["weeks"]);
        assert_eq!(weekly("2026-03-01", "UTC", "1000").unwrap().appointments.len(), 1, "no such choice");
    }

    #[test]
    fn an_hour_that_occurs_twice_is_chosen_once_for_a_whole_series() {
        let twice = |date, weeks, reading| {
            let when = [("when", "scheduled"), ("date", date), ("time", "01:30"), ("zone", "America/Tijuana")];
            form(&[&when[..], &[("weeks", weeks), ("reading", reading)]].concat())
        };
        let at = |form: &Pairs| {
            let wish = reads(form, &member(Role::Doctor))?;
            Ok::<_, Vec<String>>(wish.appointments.iter().map(|one| one.at.to_string()).collect::<Vec<_>>())
        };
        for (date, weeks) in [("2026-11-01", "1"), ("2026-10-25", "2")] {
            for reading in ["", "now", "2026-11-01T08:31:00Z"] {
                assert_eq!(at(&twice(date, weeks, reading)).unwrap_err(), ["reading"], "{date} {reading}");
            }
        }
        let series = at(&twice("2026-10-25", "3", "2026-11-01T09:30:00Z")).unwrap();
        assert_eq!(series, ["2026-10-25T08:30:00Z", "2026-11-01T09:30:00Z", "2026-11-08T09:30:00Z"]);
        let shown = when::twice(&twice("2026-10-25", "3", ""), "UTC").unwrap();
        assert_eq!((shown.wall.to_string().as_str(), shown.chosen), ("2026-11-01T01:30:00", None));
        assert_eq!(when::twice(&twice("2026-11-08", "12", ""), "UTC"), None);
    }

    #[test]
    fn a_visit_lasts_minutes_that_can_be() {
        let lasting = |minutes| reads(&form(&[("minutes", minutes)]), &member(Role::Doctor));
        assert_eq!(lasting("45").unwrap().appointments.iter().map(|one| one.minutes).collect::<Vec<_>>(), [45]);
        for wrong in ["4", "481", "-30", "half an hour"] {
            assert_eq!(lasting(wrong).unwrap_err(), ["minutes"], "{wrong}");
        }
    }

    #[test]
    fn what_is_accepted_are_the_ids_that_were_shown() {
        let ids = format!("{PATIENT} {RELATIVE} nonsense");
        assert_eq!(accepted(&Pairs::default().with("accept", ids)).len(), 2);
        assert_eq!(accepted(&Pairs::default()), []);
    }

    #[test]
    fn the_patient_is_ticked_until_somebody_unticks() {
        let patient = PATIENT.parse().unwrap();
        assert_eq!(wanted(&Pairs::default(), patient), [Wanted::Patient]);
        assert_eq!(wanted(&Pairs::default().with("people_of", PATIENT), patient), []);
    }

    #[test]
    fn ward_staff_open_visits_of_their_own_ward_only() {
        let nurse = member(Role::Ward);
        assert_eq!(reads(&form(&[]), &nurse).unwrap_err(), ["service"]);
        let wish = reads(&form(&[("service", "tele_visit"), ("ward", PATIENT)]), &nurse).unwrap();
        assert_eq!((wish.ward, wish.doctor), (nurse.ward, None));
    }
}
