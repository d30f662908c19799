//! One visit in any state, and everybody who may ask something of it.

use jiff::{SignedDuration, Timestamp};

use super::super::*;
use crate::domain::ids::{InvitationId, RelativeId};
use crate::domain::schedule::{Appointment, LinkWindow};
use crate::domain::staff::{Operator, Role, StaffMember};

pub(super) const HOUR: SignedDuration = SignedDuration::from_hours(1);

pub(super) const WINDOW: LinkWindow = LinkWindow { lead: SignedDuration::from_mins(10), lifetime: HOUR };

/// Everybody's ids.
#[derive(Clone, Copy)]
pub(super) struct People {
    pub(super) doctor: Operator,
    pub(super) colleague: Operator,
    pub(super) clerk: Operator,
    pub(super) admin: Operator,
    pub(super) ward: Operator,
    pub(super) other_ward: Operator,
    /// The doctor's seat.
    pub(super) doctors: ParticipantId,
    /// The seat for a doctor who takes over.
    pub(super) successors: ParticipantId,
    /// The seat for somebody who is invited later.
    pub(super) invitees: ParticipantId,
    pub(super) invitation: InvitationId,
    /// The guest whom commands are about.
    pub(super) guest: ParticipantId,
    /// Another guest, who never comes.
    pub(super) absent: ParticipantId,
    /// A seat of another visit.
    pub(super) unknown: ParticipantId,
    pub(super) holder: BrowserId,
    pub(super) newcomer: BrowserId,
    pub(super) stranger: BrowserId,
}

impl People {
    pub(super) fn new() -> Self {
        let operator = |role, ward| Operator { staff: StaffId::mint(), role, ward, services: role.possible_services() };
        Self {
            doctor: operator(Role::Doctor, None),
            colleague: operator(Role::Doctor, None),
            clerk: operator(Role::Clerk, None),
            admin: operator(Role::Admin, None),
            ward: operator(Role::Ward, Some(WardId::mint())),
            other_ward: operator(Role::Ward, Some(WardId::mint())),
            doctors: ParticipantId::mint(),
            successors: ParticipantId::mint(),
            invitees: ParticipantId::mint(),
            invitation: InvitationId::mint(),
            guest: ParticipantId::mint(),
            absent: ParticipantId::mint(),
            unknown: ParticipantId::mint(),
            holder: BrowserId::mint(),
            newcomer: BrowserId::mint(),
            stranger: BrowserId::mint(),
        }
    }

    /// A doctor who has no part in the visit.
    pub(super) fn other_doctor(&self) -> Operator {
        Operator { staff: StaffId::mint(), ..self.doctor }
    }

    pub(super) fn operators(&self) -> [Operator; 6] {
        [self.doctor, self.colleague, self.clerk, self.admin, self.ward, self.other_ward]
    }
}

pub(super) fn now() -> Timestamp {
    "2026-11-23T15:00:00Z".parse().unwrap()
}

/// A visit that has not started, with a doctor's seat unless it is a tele-visit, and nobody there yet.
pub(super) fn visit(people: &People, service: Service, admission: Admission) -> Consultation {
    let doctor = service.needs_doctor().then_some(people.doctor.staff);
    let mut participants = vec![guest(people.guest), guest(people.absent)];
    if doctor.is_some() {
        let staff = Participant { kind: Kind::Doctor, staff: doctor, phone: None, link: None, ..guest(people.doctors) };
        participants.insert(0, staff);
    }
    Consultation {
        id: ConsultationId::mint(),
        rev: 3,
        service,
        phase: Phase::Scheduled,
        admission,
        engine: Engine::Direct,
        doctor,
        ward: people.ward.ward,
        starts_at: now(),
        minutes: 30,
        delay: None,
        participants,
    }
}

/// A guest who has not come yet; the link works for another 50 minutes.
pub(super) fn guest(id: ParticipantId) -> Participant {
    let opens_at = now() - SignedDuration::from_mins(10);
    Participant {
        id,
        kind: Kind::Relative,
        staff: None,
        name: "Rosa Quiroga".parse().unwrap(),
        phone: "+525512345678".parse().ok(),
        language: Language::Spanish,
        standing: Standing::Invited,
        arrived_at: None,
        device_changed: false,
        wants_text: false,
        link: Some(Link {
            invitation: InvitationId::mint(),
            generation: 1,
            opens_at,
            expires_at: opens_at + HOUR,
            requested_at: None,
        }),
    }
}

pub(super) fn seat(visit: &mut Consultation, id: ParticipantId) -> &mut Participant {
    visit.participants.iter_mut().find(|seat| seat.id == id).unwrap()
}

pub(super) fn joining(by: Operator, browser: BrowserId) -> Joining {
    Joining {
        by,
        name: "Inés Soto".parse().unwrap(),
        language: Language::Spanish,
        seat: ParticipantId::mint(),
        browser,
    }
}

/// Moves a visit that starts [`now`] by so much, and gives it an hour.
pub(super) fn reschedule(by: Operator, by_how_much: SignedDuration) -> Command {
    Command::Reschedule { by, seen: now(), appointment: appointment(now() + by_how_much, 60), window: WINDOW }
}

pub(super) fn appointment(at: Timestamp, minutes: u16) -> Appointment {
    Appointment::now(at, "America/Mexico_City").unwrap().lasting(minutes)
}

/// Invites one more of this kind.
pub(super) fn invite(by: Operator, people: &People, kind: Kind) -> Command {
    Command::Invite { by, invitees: vec![invitee(people, kind)], window: WINDOW }
}

pub(super) fn invitee(people: &People, kind: Kind) -> Invitee {
    let guest = Guest {
        kind,
        relative: (kind == Kind::Relative).then(RelativeId::mint),
        name: "Lucía Mora".parse().unwrap(),
        relation: None,
        phone: "+525587654321".parse().ok(),
        language: Language::English,
    };
    Invitee { guest, seat: people.invitees, invitation: people.invitation }
}

/// Hands a visit over to the colleague.
pub(super) fn hand_over(by: Operator, people: &People) -> Command {
    Command::HandOver { by, to: Box::new(member(people.colleague)), seat: people.successors }
}

pub(super) fn member(operator: Operator) -> StaffMember {
    StaffMember {
        id: operator.staff,
        email: "doctor@hospital.example".parse().unwrap(),
        name: "Carlos Méndez".parse().unwrap(),
        role: operator.role,
        ward: operator.ward,
        language: Language::Portuguese,
        zone: "America/Sao_Paulo".to_owned(),
        services: operator.services,
    }
}
