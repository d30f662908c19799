//! Moving a visit: to another time, or to another doctor.
//!
//! Never asks whether that time is free: the store guards calendars.

use jiff::Timestamp;

use super::decide::{Decision, entitled, may_support, open};
use super::{Consultation, Event, Kind, Participant, Phase, Refusal, Standing};
use crate::domain::ids::ParticipantId;
use crate::domain::schedule::{Appointment, LinkWindow};
use crate::domain::service::Engine;
use crate::domain::staff::{Operator, Role, StaffMember};

pub(super) fn reschedule(
    visit: &Consultation,
    by: Operator,
    seen: Timestamp,
    appointment: &Appointment,
    window: LinkWindow,
    now: Timestamp,
) -> Decision {
    entitled(may_support(visit, by))?;
    match visit.phase {
        Phase::Scheduled => {}
        Phase::InSession { .. } => return Err(Refusal::AlreadyStarted),
        _ => return Err(Refusal::Closed),
    }
    if seen != visit.starts_at {
        return Err(Refusal::Changed);
    }
    if (appointment.at, appointment.minutes) == (visit.starts_at, visit.minutes) {
        return Ok(vec![]);
    }
    let (opens_at, expires_at) = window.around(appointment.at, now);
    Ok(vec![Event::Rescheduled { appointment: appointment.clone(), opens_at, expires_at, by: by.staff }])
}

pub(super) fn hand_over(visit: &Consultation, by: Operator, to: &StaffMember, seat: ParticipantId) -> Decision {
    entitled(may_hand_over(visit, by))?;
    open(visit)?;
    if !visit.service.needs_doctor() || to.role != Role::Doctor || !to.services.hold(visit.service) {
        return Err(Refusal::DoctorNotPermitted);
    }
    if visit.doctor == Some(to.id) {
        return Err(Refusal::SameDoctor);
    }
    let seat = doctors_seat(visit, to, seat)?;
    Ok(vec![Event::HandedOver { seat: Box::new(seat), by: by.staff }])
}

/// Who may support it; and an admin before it starts, for a doctor who leaves.
fn may_hand_over(visit: &Consultation, by: Operator) -> bool {
    may_support(visit, by) || (by.role == Role::Admin && visit.phase == Phase::Scheduled)
}

/// From where the other doctor conducts: before the start in the seat there is, afterwards in one of their own.
fn doctors_seat(visit: &Consultation, to: &StaffMember, fresh: ParticipantId) -> Result<Participant, Refusal> {
    if let Some(own) = visit.seat_of_staff(to.id) {
        return Ok(Participant { kind: Kind::Doctor, ..own.clone() });
    }
    let old = visit.participants.iter().find(|seat| seat.kind == Kind::Doctor);
    let id = match (visit.phase, old) {
        (Phase::Scheduled, Some(old)) => old.id,
        _ if visit.participants.len() >= Engine::MOST_IN_MESH => return Err(Refusal::Full),
        _ => fresh,
    };
    Ok(Participant {
        id,
        kind: Kind::Doctor,
        staff: Some(to.id),
        name: to.name.clone(),
        phone: None,
        language: to.language,
        standing: Standing::Invited,
        arrived_at: None,
        device_changed: false,
        wants_text: false,
        link: None,
    })
}
