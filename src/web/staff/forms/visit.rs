//! The form that opens a visit.
//!
//! Never books: it says what was wished for, or what is missing, field by field.

use jiff::Timestamp;

use super::pairs::Pairs;
use crate::domain::booking::{Reason, Timing};
use crate::domain::ids::{CommandId, PatientId, RelativeId, StaffId, WardId};
use crate::domain::person::Unreadable;
use crate::domain::schedule::{Appointment, NoSuchTime};
use crate::domain::service::{Admission, Service};
use crate::domain::staff::{Role, StaffMember};
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
    /// When.
    pub appointment: Appointment,
    /// Who is let in, and when.
    pub admission: Admission,
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
    form.all("invite")
        .filter_map(|value| match value {
            "patient" => Some(Wanted::Patient),
            other => other.parse().ok().map(Wanted::Relative),
        })
        .collect()
}

/// The zone of the appointment: another one where it was written, else the one chosen, else the hospital's.
#[must_use]
pub fn zone<'a>(form: &'a Pairs, hospital: &'a str) -> &'a str {
    [form.one("other_zone"), form.one("zone")].into_iter().find(|zone| !zone.is_empty()).unwrap_or(hospital)
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
    let timing = form.one("when").parse().unwrap_or(Timing::Now);
    let appointment = appointment(form, timing, filling);
    if let Err((field, key)) = &appointment {
        miss(field, key);
    }
    let command = form.one("command").parse().unwrap_or_else(|_| CommandId::mint());
    match (service, patient, reason, appointment) {
        (Some(service), Some(patient), Ok(reason), Ok(appointment)) if problems.is_empty() => Ok(Wish {
            command,
            service,
            patient,
            guests,
            doctor,
            ward: ward(form, filling.member),
            reason,
            timing,
            appointment,
            admission: form.one("admission").parse().unwrap_or(service.default_admission()),
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
fn doctor(form: &Pairs, member: &StaffMember) -> Option<StaffId> {
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

fn appointment(
    form: &Pairs,
    timing: Timing,
    filling: Filling<'_>,
) -> Result<Appointment, (&'static str, &'static str)> {
    match timing {
        Timing::Now => Appointment::now(filling.now, filling.zone),
        Timing::Scheduled => {
            let (date, time) = (form.one("date"), form.one("time"));
            if date.is_empty() {
                return Err(("date", "visit-date-missing"));
            }
            if time.is_empty() {
                return Err(("time", "visit-time-missing"));
            }
            Appointment::parse(&format!("{date}T{time}"), zone(form, filling.zone), filling.now)
        }
    }
    .map_err(|problem| match problem {
        NoSuchTime::Malformed => ("date", "visit-date-malformed"),
        NoSuchTime::UnknownZone => ("other_zone", "visit-zone-unknown"),
        NoSuchTime::Skipped => ("time", "visit-time-skipped"),
        NoSuchTime::Past => ("date", "visit-date-past"),
        NoSuchTime::TooFar => ("date", "visit-date-far"),
    })
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
        assert_eq!((wish.timing, wish.admission), (Timing::Now, Admission::WhenStarted));
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
