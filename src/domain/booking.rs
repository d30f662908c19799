//! Opening a visit: from what staff chose to the visit's first state, or the reason why not.

use jiff::Timestamp;

use super::consultation::{Consultation, Guest, GuestSeat, Invitee, Kind, Participant, Phase, Standing};
use super::ids::{ConsultationId, ParticipantId, PatientId, WardId};
use super::person::Unreadable;
use super::schedule::{Appointment, LinkWindow};
use super::service::{Admission, Engine, Service};
use super::staff::{Operator, Role, StaffMember};
use super::words::words;

words! {
    /// When a visit is.
    Timing {
        /// At once: only the link is sent.
        Now = "now",
        /// At an appointment: date and time are sent at once, the link shortly before.
        Scheduled = "scheduled",
    }
}

/// What staff chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// What it is for.
    pub service: Service,
    /// Who is let in, and when.
    pub admission: Admission,
    /// About whom or with whom.
    pub patient: PatientId,
    /// Why, for staff only.
    pub reason: Reason,
    /// Who conducts it, if a doctor does.
    pub doctor: Option<StaffMember>,
    /// The inpatient's ward.
    pub ward: Option<WardId>,
    /// When.
    pub appointment: Appointment,
    /// Whether it is now.
    pub timing: Timing,
    /// Who is invited by link.
    pub guests: Vec<Guest>,
    /// Visits at the same time that whoever books has seen, and accepts.
    pub accepted: Vec<ConsultationId>,
}

/// Why a visit cannot be opened. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotBookable {
    /// This person may not open such a visit.
    #[error("not entitled")]
    NotEntitled,
    /// Nobody is invited.
    #[error("nobody is invited")]
    NobodyInvited,
    /// More people than a call can carry.
    #[error("more people than a call can carry")]
    TooMany,
    /// This service is conducted by a doctor.
    #[error("a doctor is needed")]
    NeedsDoctor,
    /// This service takes place on a ward.
    #[error("a ward is needed")]
    NeedsWard,
    /// The doctor is not permitted this service.
    #[error("the doctor is not permitted this service")]
    DoctorNotPermitted,
    /// This service has no seat for the patient.
    #[error("the patient has no seat in this service")]
    PatientNotSeated,
}

/// Why the visit takes place: up to 200 characters, none of them a control character, for staff only. May be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

/// The first state of a visit, at `rev` 0, and what only the store keeps about its guests.
///
/// # Errors
/// [`NotBookable`].
pub fn book(
    booking: &Booking,
    by: Operator,
    window: LinkWindow,
    now: Timestamp,
) -> Result<(Consultation, Vec<GuestSeat>), NotBookable> {
    if !may_book(booking, by) {
        return Err(NotBookable::NotEntitled);
    }
    if booking.guests.is_empty() {
        return Err(NotBookable::NobodyInvited);
    }
    if booking.service.needs_doctor() && booking.doctor.is_none() {
        return Err(NotBookable::NeedsDoctor);
    }
    if booking.service.needs_doctor()
        && booking.doctor.as_ref().is_some_and(|doctor| !doctor.services.hold(booking.service))
    {
        return Err(NotBookable::DoctorNotPermitted);
    }
    if !booking.service.needs_doctor() && booking.ward.is_none() {
        return Err(NotBookable::NeedsWard);
    }
    if !booking.service.seats_patient() && booking.guests.iter().any(|guest| guest.kind == Kind::Patient) {
        return Err(NotBookable::PatientNotSeated);
    }
    // One seat stays free for whoever conducts the visit.
    if booking.guests.len() >= Engine::MOST_IN_MESH {
        return Err(NotBookable::TooMany);
    }
    let (opens_at, expires_at) = window.around(booking.appointment.at, now);
    let doctor = booking.doctor.as_ref().filter(|_| booking.service.needs_doctor());
    let mut participants: Vec<Participant> = doctor.map(doctors_seat).into_iter().collect();
    let mut seated = Vec::with_capacity(booking.guests.len());
    for guest in &booking.guests {
        let (seat, guest) = Invitee::new(guest.clone()).seated(opens_at, expires_at);
        participants.push(seat);
        seated.push(guest);
    }
    let visit = Consultation {
        id: ConsultationId::mint(),
        rev: 0,
        service: booking.service,
        phase: Phase::Scheduled,
        admission: booking.admission,
        engine: Engine::Direct,
        doctor: doctor.map(|doctor| doctor.id),
        ward: booking.ward,
        starts_at: booking.appointment.at,
        minutes: booking.appointment.minutes,
        delay: None,
        participants,
    };
    Ok((visit, seated))
}

/// Clerks for anyone, doctors what they conduct themselves, ward staff tele-visits of their own ward.
fn may_book(booking: &Booking, by: Operator) -> bool {
    by.services.hold(booking.service)
        && match by.role {
            Role::Clerk => true,
            Role::Doctor => {
                booking.service.needs_doctor() && booking.doctor.as_ref().is_some_and(|doctor| doctor.id == by.staff)
            }
            Role::Ward => booking.service == Service::TeleVisit && booking.ward.is_some() && booking.ward == by.ward,
            Role::Admin => false,
        }
}

fn doctors_seat(doctor: &StaffMember) -> Participant {
    Participant {
        id: ParticipantId::mint(),
        kind: Kind::Doctor,
        staff: Some(doctor.id),
        name: doctor.name.clone(),
        phone: None,
        language: doctor.language,
        standing: Standing::Invited,
        arrived_at: None,
        device_changed: false,
        wants_text: false,
        link: None,
    }
}

impl std::str::FromStr for Reason {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > 200 {
            return Err(Unreadable::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(Unreadable::Malformed);
        }
        Ok(Self(text))
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line_that_every_database_can_hold() {
        assert_eq!(" Daily \n report ".parse::<Reason>().unwrap().to_string(), "Daily report");
        assert_eq!("Daily\0report".parse::<Reason>(), Err(Unreadable::Malformed));
        assert_eq!("Daily\u{1b}[31mreport".parse::<Reason>(), Err(Unreadable::Malformed));
        assert_eq!("a".repeat(201).parse::<Reason>(), Err(Unreadable::TooLong));
    }
}
