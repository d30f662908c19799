//! Today's visits of the demo: done, now, soon and later.

use jiff::{SignedDuration, Timestamp};

use super::people::PATIENTS;
use crate::app::terminal::Failure;
use crate::domain::booking::{Booking, Timing, book};
use crate::domain::consultation::{Command, Consultation, Guest, Kind, Whom, decide};
use crate::domain::ids::{BrowserId, CommandId, WardId};
use crate::domain::link::Link;
use crate::domain::schedule::Appointment;
use crate::domain::service::Service;
use crate::domain::staff::{Operator, Role, StaffMember};
use crate::store::calendars::Guards;
use crate::store::consultations::{self, Change, NewVisit};
use crate::store::outbox::queue::{self, Taken};
use crate::store::patients::{self, Patient, Relative};
use crate::store::scope::Scope;
use crate::store::staff;
use crate::web::site::Site;

/// How a visit of the demo has gone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Course {
    /// Nobody has done anything yet.
    Open,
    /// Everyone came, was let in, and it ended.
    Done,
    /// Nobody came.
    Missed,
}

/// Service, minutes from now, which doctor or ward, why, and how it has gone. One patient each, in their order.
const VISITS: &[(Service, i64, usize, &str, Course)] = &[
    (Service::HomeConsultation, 0, 0, "Control de presión arterial", Course::Open),
    (Service::MedicalReport, 2, 0, "Informe diario", Course::Open),
    (Service::TeleVisit, 0, 0, "Visita de la familia", Course::Open),
    (Service::TeleVisit, 15, 0, "Visita de la familia", Course::Open),
    (Service::HomeConsultation, 25, 0, "Resultados de laboratorio", Course::Open),
    (Service::MedicalReport, 55, 0, "Informe diario", Course::Open),
    (Service::HomeConsultation, 120, 0, "Seguimiento de diabetes", Course::Open),
    (Service::HomeConsultation, -180, 0, "Revisión de herida", Course::Done),
    (Service::MedicalReport, -120, 0, "Informe diario", Course::Done),
    (Service::HomeConsultation, -240, 0, "Ajuste de tratamiento", Course::Missed),
    (Service::HomeConsultation, 5, 1, "Dolor de rodilla", Course::Open),
    (Service::MedicalReport, 40, 1, "Informe diario", Course::Open),
    (Service::HomeConsultation, -90, 1, "Tos persistente", Course::Done),
    (Service::HomeConsultation, 20, 2, "Renovación de receta", Course::Open),
    (Service::TeleVisit, 90, 0, "Visita de la familia", Course::Open),
    (Service::TeleVisit, 30, 1, "Visita de la familia", Course::Open),
];

/// The place among the wards of where one of today's patients lies: on the ward that conducts their tele-visit, or, while a
/// doctor reports on them, on the first. All others come from home.
pub(super) fn ward_of(patient: usize) -> Option<usize> {
    let &(service, _, place, ..) = VISITS.get(patient)?;
    match service {
        Service::TeleVisit => Some(place),
        Service::MedicalReport => Some(0),
        _ => None,
    }
}

/// Adds today's visits.
pub(super) async fn add(
    site: &Site,
    members: &[StaffMember],
    wards: &[WardId],
    patients: &[(Patient, Vec<Relative>)],
) -> Result<(), Failure> {
    let of_role = |role: Role| members.iter().filter(move |member| member.role == role);
    let clerk = of_role(Role::Clerk).next().ok_or("the demo has no clerk")?;
    for (&(service, minutes, place, reason, course), (patient, relatives)) in VISITS.iter().zip(patients) {
        let starts_at = site.clock.now() + SignedDuration::from_mins(minutes);
        let booked_at = starts_at.min(site.clock.now());
        let booking = Booking {
            service,
            admission: service.default_admission(),
            patient: patient.id,
            reason: reason.parse()?,
            doctor: if service.needs_doctor() { of_role(Role::Doctor).nth(place).cloned() } else { None },
            ward: if service.needs_doctor() { None } else { wards.get(place).copied() },
            appointment: Appointment::now(starts_at, site.hospital().zone.name())?,
            timing: if minutes == 0 { Timing::Now } else { Timing::Scheduled },
            guests: guests(service, patient, relatives),
            accepted: Vec::new(),
        };
        let visit = write(site, &booking, clerk.operator(), booked_at).await?;
        let conductor =
            booking.doctor.as_ref().or_else(|| of_role(Role::Ward).find(|member| member.ward == booking.ward));
        let conductor = conductor.ok_or("the demo has nobody to conduct a visit")?.operator();
        play(site, visit, conductor, course, starts_at).await?;
    }
    Ok(())
}

/// The link of a patient whose visit is now.
pub(super) async fn invitation(site: &Site) -> Result<Option<String>, Failure> {
    let (_, from, until) = site.hub.today();
    for stored in consultations::in_scope(&site.store, Scope::Clinic, from, until).await? {
        if stored.visit.service != Service::HomeConsultation {
            continue;
        }
        let links = site.messages.links_of(stored.visit.id).await?;
        if let Some(link) =
            links.into_iter().find(|link| link.kind == Kind::Patient && site.clock.now() < link.expires_at)
        {
            return Ok(Some(link.url));
        }
    }
    Ok(None)
}

/// The link of a patient whose visit was opened just now, in a hospital that has been here for a while.
pub(super) async fn fresh_invitation(site: &Site) -> Result<String, Failure> {
    let doctor = staff::doctors(&site.store).await?.into_iter().next().ok_or("the demo has no doctor")?;
    let (name, ..) = PATIENTS.first().ok_or("the demo has no patients")?;
    let patient = patients::search(&site.store, name, 1).await?.pop();
    let patient = patient.ok_or("this folder is not a demo's")?;
    let relatives = patients::relatives_of(&site.store, patient.id).await?;
    let service = Service::HomeConsultation;
    let booking = Booking {
        service,
        admission: service.default_admission(),
        patient: patient.id,
        reason: "Control de presión arterial".parse()?,
        doctor: Some(doctor.clone()),
        ward: None,
        appointment: Appointment::now(site.clock.now(), site.hospital().zone.name())?,
        timing: Timing::Now,
        guests: guests(service, &patient, &relatives),
        accepted: Vec::new(),
    };
    let visit = site.hub.book(doctor.operator(), CommandId::mint(), &booking).await?;
    let mut links = site.messages.links_of(visit).await?.into_iter();
    let link = links.find(|link| link.kind == Kind::Patient).ok_or("the demo's patient was not invited")?;
    Ok(link.url)
}

pub(super) fn guests(service: Service, patient: &Patient, relatives: &[Relative]) -> Vec<Guest> {
    let seated_patient = service.seats_patient().then(|| Guest {
        kind: Kind::Patient,
        relative: None,
        name: patient.name.clone(),
        relation: None,
        // An inpatient gets the link from the ward.
        phone: patient.phone.clone().filter(|_| service != Service::TeleVisit),
        language: patient.language,
    });
    let relatives = relatives.iter().map(|relative| Guest {
        kind: Kind::Relative,
        relative: Some(relative.id),
        name: relative.name.clone(),
        relation: Some(relative.relation.clone()),
        phone: Some(relative.phone.clone()),
        language: relative.language,
    });
    seated_patient.into_iter().chain(relatives).collect()
}

pub(super) async fn write(
    site: &Site,
    booking: &Booking,
    by: Operator,
    at: Timestamp,
) -> Result<Consultation, Failure> {
    let (mut visit, seated) = book(booking, by, site.hospital().links, at)?;
    let link_hash = link_hash(site);
    let command = CommandId::mint();
    let new = NewVisit {
        visit: &visit,
        booking,
        seated: &seated,
        series: None,
        by: by.staff,
        command,
        reminders: site.hospital().reminders,
        at,
        link_hash: &link_hash,
    };
    consultations::insert(&site.store, &[new]).await?;
    visit.rev = 1;
    Ok(visit)
}

/// Plays a visit of earlier today: its messages went out then, people came or did not.
async fn play(
    site: &Site,
    mut visit: Consultation,
    by: Operator,
    course: Course,
    starts_at: Timestamp,
) -> Result<(), Failure> {
    if course == Course::Open {
        return Ok(());
    }
    let now = site.clock.now();
    for message in queue::lease(&site.store, starts_at, now, 50).await? {
        queue::taken(&site.store, message.id, &Taken::shown(), starts_at).await?;
    }
    let minutes = |minutes| starts_at + SignedDuration::from_mins(minutes);
    if course == Course::Missed {
        return carry_out(site, &mut visit, Command::CloseUnattended, minutes(190)).await;
    }
    let seats: Vec<_> = visit.participants.iter().filter(|seat| seat.staff.is_none()).map(|seat| seat.id).collect();
    for participant in seats {
        carry_out(site, &mut visit, Command::Arrive { participant, browser: BrowserId::mint() }, minutes(1)).await?;
    }
    carry_out(site, &mut visit, Command::Start { by }, minutes(4)).await?;
    if visit.admission == crate::domain::service::Admission::OneByOne {
        carry_out(site, &mut visit, Command::Admit { by, whom: Whom::Everyone }, minutes(5)).await?;
    }
    carry_out(site, &mut visit, Command::End { by }, minutes(22)).await
}

pub(super) async fn carry_out(
    site: &Site,
    visit: &mut Consultation,
    command: Command,
    at: Timestamp,
) -> Result<(), Failure> {
    let events = decide(visit, &command, at)?;
    let before = visit.clone();
    events.iter().for_each(|event| visit.apply(event, at));
    let link_hash = link_hash(site);
    let hospital = site.hospital();
    let change = Change {
        before: &before,
        after: visit,
        events: &events,
        command: CommandId::mint(),
        zone: hospital.zone.name(),
        reminders: hospital.reminders,
        at,
        browser: None,
        guards: &Guards::default(),
        link_hash: &link_hash,
    };
    consultations::commit(&site.store, &change).await?;
    Ok(())
}

fn link_hash(site: &Site) -> impl Fn(&Link) -> [u8; 32] + Send + Sync + '_ {
    |link| site.link_key.token(link.invitation, link.generation).hash()
}
