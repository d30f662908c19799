//! An invented hospital for tests: one of each role, families, and visits to which they are invited.
//!
//! Never a real person: names and numbers are invented.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "not every test needs all of it")]

use antesala::domain::booking::{Booking, Timing};
use antesala::domain::consultation::{Command, Guest, Kind, Participant};
use antesala::domain::ids::{CommandId, ConsultationId, ParticipantId, PatientId, RelativeId, StaffId, WardId};
use antesala::domain::patient::Care;
use antesala::domain::person::Language;
use antesala::domain::schedule::Appointment;
use antesala::domain::service::{Admission, Service, Services};
use antesala::domain::staff::{Role, StaffMember};
use antesala::hub::HubError;
use antesala::store::Store;
use antesala::store::consultations::StoredVisit;
use antesala::store::patients::{self, Patient, Relative};
use antesala::store::staff::{self, NewStaff};
use antesala::store::wards::{self, Ward};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use jiff::{SignedDuration, Timestamp};

use crate::app::TestApp;

/// Everybody's password.
pub(crate) const PASSWORD: &str = "faro-manglar-tinta-61";

pub(crate) const ZONE: &str = "America/Mexico_City";

/// Who works there, and one family.
pub(crate) struct Hospital {
    pub(crate) doctor: StaffMember,
    pub(crate) other_doctor: StaffMember,
    pub(crate) clerk: StaffMember,
    pub(crate) ward: StaffMember,
    pub(crate) other_ward: StaffMember,
    pub(crate) admin: StaffMember,
    pub(crate) patient: Patient,
    /// Rosa and Julián.
    pub(crate) relatives: Vec<Relative>,
}

/// A visit as a test wants it.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) service: Service,
    /// From now to the appointment; at once when zero.
    pub(crate) minutes: i64,
    pub(crate) language: Language,
    pub(crate) admission: Admission,
}

/// A booked visit.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) id: ConsultationId,
    /// Everyone with a link, in the order they were invited.
    pub(crate) guests: Vec<Participant>,
    /// The path of each guest's link.
    pub(crate) links: Vec<String>,
}

/// Rosa and Julián hear from the doctor how Tomás is.
pub(crate) const REPORT: Plan = Plan {
    service: Service::MedicalReport,
    minutes: 0,
    language: Language::Spanish,
    admission: Admission::WhenStarted,
};

/// Tomás, Rosa and Julián see the doctor from home.
pub(crate) const HOME: Plan = Plan {
    service: Service::HomeConsultation,
    minutes: 0,
    language: Language::Spanish,
    admission: Admission::WhenStarted,
};

/// Rosa and Julián visit Tomás, who lies on the ward; they are let in one by one.
pub(crate) const TELE: Plan =
    Plan { service: Service::TeleVisit, minutes: 0, language: Language::Spanish, admission: Admission::OneByOne };

impl Plan {
    /// The same, with an appointment.
    pub(crate) const fn in_minutes(self, minutes: i64) -> Self {
        Self { minutes, ..self }
    }

    /// The same, letting people in one by one.
    pub(crate) const fn one_by_one(self) -> Self {
        Self { admission: Admission::OneByOne, ..self }
    }

    /// The same, for a family that reads another language.
    pub(crate) const fn reading(self, language: Language) -> Self {
        Self { language, ..self }
    }
}

impl Visit {
    /// The seat of the guest in this place.
    pub(crate) fn seat(&self, place: usize) -> ParticipantId {
        self.guests[place].id
    }

    /// `/consultations/{id}/{rest}`.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/consultations/{}/{rest}", self.id)
    }
}

impl Hospital {
    /// One of them.
    pub(crate) const fn of_role(&self, role: Role) -> &StaffMember {
        match role {
            Role::Admin => &self.admin,
            Role::Doctor => &self.doctor,
            Role::Clerk => &self.clerk,
            Role::Ward => &self.ward,
        }
    }
}

impl TestApp {
    /// Books a visit as the clerk does, whatever else there is at that time.
    pub(crate) async fn book(&self, plan: Plan) -> Visit {
        let mut booking = self.booking(plan);
        let id = match self.try_to_book(&booking).await {
            Err(HubError::Overlaps(overlaps)) => {
                booking.accepted = overlaps.iter().map(|overlap| overlap.consultation).collect();
                self.try_to_book(&booking).await.unwrap()
            }
            booked => booked.unwrap(),
        };
        self.visit(id).await
    }

    /// What the clerk chooses for such a visit.
    pub(crate) fn booking(&self, plan: Plan) -> Booking {
        let starts_at = self.now() + SignedDuration::from_mins(plan.minutes);
        let doctor = plan.service.needs_doctor().then(|| self.hospital.doctor.clone());
        Booking {
            service: plan.service,
            admission: plan.admission,
            patient: self.hospital.patient.id,
            reason: "Control de presión".parse().unwrap(),
            doctor,
            ward: self.hospital.ward.ward,
            appointment: Appointment::now(starts_at, ZONE).unwrap(),
            timing: if plan.minutes == 0 { Timing::Now } else { Timing::Scheduled },
            guests: guests(&self.hospital, plan),
            accepted: Vec::new(),
        }
    }

    /// Sends the clerk's form.
    pub(crate) async fn try_to_book(&self, booking: &Booking) -> Result<ConsultationId, HubError> {
        self.hub.book(self.hospital.clerk.operator(), CommandId::mint(), booking).await
    }

    /// A visit with its links as they are now.
    pub(crate) async fn visit(&self, id: ConsultationId) -> Visit {
        let stored = self.stored(id).await;
        let guests: Vec<_> = stored.visit.participants.into_iter().filter(|seat| seat.link.is_some()).collect();
        let links = guests.iter().map(|seat| self.link_of(seat)).collect();
        Visit { id, guests, links }
    }

    /// The visit as stored.
    pub(crate) async fn stored(&self, id: ConsultationId) -> StoredVisit {
        self.hub.stored(id).await.unwrap()
    }

    /// Somebody else of the family is registered.
    pub(crate) async fn join_family(&self, name: &str) -> Relative {
        let newcomer = relative(name, "sobrina", "+525512345604");
        patients::add_relative(&self.store, self.hospital.patient.id, &newcomer, self.now()).await.unwrap();
        newcomer
    }

    /// Somebody else who is registered here, with one relative.
    pub(crate) async fn register(&self, name: &str) -> (Patient, Relative) {
        let patient = Patient {
            id: PatientId::mint(),
            name: name.parse().unwrap(),
            born: "1962-07-30".parse().unwrap(),
            record: None,
            phone: None,
            ..self.hospital.patient.clone()
        };
        let relative = relative("Darío Prado", "hijo", "+525512345699");
        patients::insert(&self.store, &patient, std::slice::from_ref(&relative), self.now()).await.unwrap();
        (patient, relative)
    }

    /// The visit's `rev`.
    pub(crate) async fn rev(&self, id: ConsultationId) -> u64 {
        self.stored(id).await.visit.rev
    }

    /// What has happened in a visit, in words of the store.
    pub(crate) async fn events(&self, id: ConsultationId) -> Vec<String> {
        let sql = "SELECT kind FROM events WHERE consultation_id = $1 ORDER BY rev";
        let rows = self.store.read(sql, vec![id.to_string().into()]).await.unwrap();
        rows.iter().map(|row| row.text(0).unwrap().to_owned()).collect()
    }

    /// How often something has happened in a visit.
    pub(crate) async fn count(&self, id: ConsultationId, event: &str) -> usize {
        self.events(id).await.iter().filter(|kind| *kind == event).count()
    }

    /// Gives a command to the hub.
    pub(crate) async fn command(&self, id: ConsultationId, command: Command) -> Result<u64, HubError> {
        self.hub.command(id, CommandId::mint(), command).await
    }

    /// The visit's doctor, or its ward, opens the door.
    pub(crate) async fn start(&self, visit: &Visit) {
        let by = self.conductor(visit).await.operator();
        self.command(visit.id, Command::Start { by }).await.unwrap();
    }

    /// Who conducts a visit.
    pub(crate) async fn conductor(&self, visit: &Visit) -> &StaffMember {
        let has_doctor = self.stored(visit.id).await.visit.doctor.is_some();
        if has_doctor { &self.hospital.doctor } else { &self.hospital.ward }
    }

    /// Somebody begins to work here.
    pub(crate) async fn hire(&self, name: &str, role: Role) -> StaffMember {
        let ward = if role == Role::Ward { self.hospital.ward.ward } else { None };
        hired(&self.store, name, role, ward, self.now()).await
    }

    /// Somebody begins to work here for these services only.
    pub(crate) async fn hire_for(&self, name: &str, role: Role, services: Services) -> StaffMember {
        let member = StaffMember { services, ..newcomer(name, role, None) };
        take_on(&self.store, &member, self.now()).await;
        member
    }

    /// The path of a seat's link.
    pub(crate) fn link_of(&self, seat: &Participant) -> String {
        let url = self.messages.url(&seat.link.unwrap());
        url.strip_prefix(&self.origin).unwrap().to_owned()
    }
}

/// Founds the hospital.
pub(crate) async fn found(store: &Store, now: Timestamp) -> Hospital {
    let wards = [WardId::mint(), WardId::mint()];
    for (id, name) in wards.iter().zip(["Norte", "Sur"]) {
        wards::insert(store, &Ward { id: *id, name: name.to_owned() }).await.unwrap();
    }
    let patient = Patient {
        id: PatientId::mint(),
        name: "Tomás Quiroga".parse().unwrap(),
        born: "1950-02-11".parse().unwrap(),
        record: None,
        phone: Some("+525512345601".parse().unwrap()),
        email: None,
        language: Language::Spanish,
        care: Care::Outpatient,
    };
    let relatives =
        vec![relative("Rosa Quiroga", "hija", "+525512345602"), relative("Julián Quiroga", "hijo", "+525512345603")];
    patients::insert(store, &patient, &relatives, now).await.unwrap();
    Hospital {
        doctor: hired(store, "Inés Soto", Role::Doctor, None, now).await,
        other_doctor: hired(store, "Carlos Méndez", Role::Doctor, None, now).await,
        clerk: hired(store, "Pilar Cruz", Role::Clerk, None, now).await,
        ward: hired(store, "Guillermo Ríos", Role::Ward, Some(wards[0]), now).await,
        other_ward: hired(store, "Sara León", Role::Ward, Some(wards[1]), now).await,
        admin: hired(store, "Ada Luna", Role::Admin, None, now).await,
        patient,
        relatives,
    }
}

fn guests(hospital: &Hospital, plan: Plan) -> Vec<Guest> {
    let patient = plan.service.seats_patient().then(|| Guest {
        kind: Kind::Patient,
        relative: None,
        name: hospital.patient.name.clone(),
        relation: None,
        phone: hospital.patient.phone.clone(),
        language: plan.language,
    });
    let relatives = hospital.relatives.iter().map(|relative| Guest {
        kind: Kind::Relative,
        relative: Some(relative.id),
        name: relative.name.clone(),
        relation: Some(relative.relation.clone()),
        phone: Some(relative.phone.clone()),
        language: plan.language,
    });
    patient.into_iter().chain(relatives).collect()
}

fn relative(name: &str, relation: &str, phone: &str) -> Relative {
    Relative {
        id: RelativeId::mint(),
        name: name.parse().unwrap(),
        relation: relation.to_owned(),
        phone: phone.parse().unwrap(),
        language: Language::Spanish,
        may_receive_report: true,
        may_visit: true,
    }
}

async fn hired(store: &Store, name: &str, role: Role, ward: Option<WardId>, now: Timestamp) -> StaffMember {
    let member = newcomer(name, role, ward);
    take_on(store, &member, now).await;
    member
}

async fn take_on(store: &Store, member: &StaffMember, now: Timestamp) {
    let new = NewStaff { member: member.clone(), password_hash: password_hash(), created_at: now };
    staff::insert(store, &new).await.unwrap();
}

/// Permitted all that their role may be.
fn newcomer(name: &str, role: Role, ward: Option<WardId>) -> StaffMember {
    let id = StaffId::mint();
    StaffMember {
        id,
        email: format!("{id}@hospital.example").parse().unwrap(),
        name: name.parse().unwrap(),
        role,
        ward,
        language: Language::Spanish,
        zone: ZONE.to_owned(),
        services: role.possible_services(),
    }
}

/// Made with next to no work: how slow it is elsewhere is none of these tests' business.
fn password_hash() -> String {
    let quick = Params::new(Params::MIN_M_COST, Params::MIN_T_COST, Params::MIN_P_COST, None).unwrap();
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, quick);
    hasher.hash_password(PASSWORD.as_bytes()).unwrap().to_string()
}
