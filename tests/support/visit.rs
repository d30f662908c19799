//! A booked visit for tests that need one: a doctor, a patient at home with a phone, and the first messages.
//!
//! Never a real person: names and numbers are invented.

#![allow(dead_code, reason = "not every test binary needs all of it")]

use antesala::domain::booking::{Booking, Timing, book};
use antesala::domain::consultation::{Command, Consultation, Guest, Kind, decide};
use antesala::domain::ids::{CommandId, PatientId, StaffId, WardId};
use antesala::domain::message::reminders::Reminders;
use antesala::domain::person::Language;
use antesala::domain::schedule::{Appointment, LinkWindow};
use antesala::domain::service::Service;
use antesala::domain::staff::{Role, StaffMember};
use antesala::store::calendars::Guards;
use antesala::store::consultations::{self, Change, NewVisit, insert};
use antesala::store::{Batch, Store};
use jiff::{SignedDuration, Timestamp};

pub(crate) const ZONE: &str = "America/Mexico_City";

/// A booked visit and who is in it.
pub(crate) struct Booked {
    pub(crate) visit: Consultation,
    pub(crate) doctor: StaffMember,
    pub(crate) ward: StaffMember,
}

/// What a test chooses about a visit.
pub(crate) struct Wish {
    pub(crate) service: Service,
    pub(crate) timing: Timing,
    pub(crate) starts_at: Timestamp,
    /// The phone of the one guest, who is the patient.
    pub(crate) phone: Option<&'static str>,
    /// The patient's e-mail.
    pub(crate) email: Option<&'static str>,
}

/// A home consultation at `starts_at`.
pub(crate) fn scheduled(starts_at: Timestamp) -> Wish {
    Wish {
        service: Service::HomeConsultation,
        timing: Timing::Scheduled,
        starts_at,
        phone: Some("+525512345678"),
        email: None,
    }
}

/// Books a visit; links go out ten minutes before, and last an hour.
pub(crate) async fn booked(store: &Store, now: Timestamp, wish: Wish) -> Booked {
    let doctor = member(Role::Doctor, None);
    let ward = member(Role::Ward, Some(WardId::mint()));
    let patient = PatientId::mint();
    add_people(store, &[&doctor, &ward], patient, wish.email).await;
    let booking = Booking {
        service: wish.service,
        admission: wish.service.default_admission(),
        patient,
        reason: "Control".parse().unwrap(),
        doctor: wish.service.needs_doctor().then(|| doctor.clone()),
        ward: ward.ward,
        appointment: Appointment::now(wish.starts_at, ZONE).unwrap(),
        timing: wish.timing,
        guests: vec![Guest {
            kind: Kind::Patient,
            relative: None,
            name: "Tomás Quiroga".parse().unwrap(),
            relation: None,
            phone: wish.phone.map(|phone| phone.parse().unwrap()),
            language: Language::Spanish,
        }],
        accepted: Vec::new(),
    };
    let by = if wish.service.needs_doctor() { &doctor } else { &ward };
    let window = LinkWindow { lead: SignedDuration::from_mins(10), lifetime: SignedDuration::from_hours(1) };
    let (visit, seated) = book(&booking, by.operator(), window, now).unwrap();
    let new = NewVisit {
        visit: &visit,
        booking: &booking,
        seated: &seated,
        series: None,
        by: by.id,
        command: CommandId::mint(),
        reminders: Reminders::default(),
        at: now,
        // Unique is enough where nobody opens the link.
        link_hash: &|link| [*link.invitation.as_bytes(); 2].concat().try_into().unwrap(),
    };
    insert(store, &[new]).await.unwrap();
    Booked { visit, doctor, ward }
}

/// A member of staff who is in no store.
pub(crate) fn member(role: Role, ward: Option<WardId>) -> StaffMember {
    let id = StaffId::mint();
    StaffMember {
        id,
        email: format!("{id}@hospital.example").parse().unwrap(),
        name: "Inés Soto".parse().unwrap(),
        role,
        ward,
        language: Language::Spanish,
        zone: ZONE.to_owned(),
        services: role.possible_services(),
    }
}

async fn add_people(store: &Store, staff: &[&StaffMember], patient: PatientId, email: Option<&str>) {
    let mut batch = Batch::new();
    for member in staff {
        if let Some(ward) = member.ward {
            batch.run("INSERT INTO wards (id, name) VALUES ($1, $2)", vec![ward.to_string().into(), "Norte".into()]);
        }
        batch.run(
            "INSERT INTO staff (id, email, name, role, ward_id, language, zone, password_hash, active, created_at) \
             VALUES ($1, $2, $3, $4, $5, 'es', $6, '', TRUE, 0)",
            vec![
                member.id.to_string().into(),
                member.email.to_string().into(),
                member.name.to_string().into(),
                member.role.as_str().into(),
                member.ward.map(|ward| ward.to_string()).into(),
                member.zone.as_str().into(),
            ],
        );
    }
    batch.run(
        "INSERT INTO patients (id, name, folded, birth_date, email, language, created_at) \
         VALUES ($1, 'Tomás Quiroga', 'tomas quiroga', '1950-02-11', $2, 'es', 0)",
        vec![patient.to_string().into(), email.into()],
    );
    store.write(batch).await.unwrap();
}

/// Gives a command to the rules, and writes what it causes.
pub(crate) async fn give(store: &Store, at: Timestamp, visit: &mut Consultation, command: Command) {
    let events = decide(visit, &command, at).unwrap();
    let before = visit.clone();
    events.iter().for_each(|event| visit.apply(event, at));
    let change = Change {
        before: &before,
        after: visit,
        events: &events,
        command: CommandId::mint(),
        zone: ZONE,
        reminders: Reminders::default(),
        at,
        browser: None,
        guards: &Guards::default(),
        link_hash: &|link| {
            let mut hash: [u8; 32] = [*link.invitation.as_bytes(); 2].concat().try_into().unwrap();
            hash[0] ^= u8::try_from(link.generation).unwrap();
            hash
        },
    };
    consultations::commit(store, &change).await.unwrap();
}
