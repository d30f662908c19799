//! Whom a visit invites by link: when it is booked, and later.
//!
//! Never asks whose relatives they are, nor whether they were invited before: the store knows.

use jiff::Timestamp;

use super::decide::{Decision, entitled, may_support, open};
use super::{Consultation, Event, Kind, Participant, Refusal, Standing};
use crate::domain::ids::{InvitationId, ParticipantId, RelativeId};
use crate::domain::link::Link;
use crate::domain::person::{Language, PersonName, Phone};
use crate::domain::schedule::LinkWindow;
use crate::domain::service::Engine;
use crate::domain::staff::Operator;

/// Somebody invited by link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Patient, relative or interpreter.
    pub kind: Kind,
    /// The relative's record.
    pub relative: Option<RelativeId>,
    /// How they are shown.
    pub name: PersonName,
    /// How they are related to the patient.
    pub relation: Option<String>,
    /// Where their messages go; an inpatient without a phone gets the link from the ward.
    pub phone: Option<Phone>,
    /// The language of their messages and pages.
    pub language: Language,
}

/// A guest and the seat they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestSeat {
    /// The seat.
    pub seat: ParticipantId,
    /// The relative's record.
    pub relative: Option<RelativeId>,
    /// How they are related to the patient.
    pub relation: Option<String>,
}

/// Somebody to invite, and the seat to give them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    /// Who.
    pub guest: Guest,
    /// The seat.
    pub seat: ParticipantId,
    /// What their links derive from.
    pub invitation: InvitationId,
}

impl Invitee {
    /// Somebody with a seat of their own.
    #[must_use]
    pub fn new(guest: Guest) -> Self {
        Self { guest, seat: ParticipantId::mint(), invitation: InvitationId::mint() }
    }

    /// Their seat while they have not come, and what only the store keeps about it.
    #[must_use]
    pub fn seated(&self, opens_at: Timestamp, expires_at: Timestamp) -> (Participant, GuestSeat) {
        let Self { guest, seat, invitation } = self;
        let participant = Participant {
            id: *seat,
            kind: guest.kind,
            staff: None,
            name: guest.name.clone(),
            phone: guest.phone.clone(),
            language: guest.language,
            standing: Standing::Invited,
            arrived_at: None,
            device_changed: false,
            wants_text: false,
            link: Some(Link::first(*invitation, opens_at, expires_at)),
        };
        (participant, GuestSeat { seat: *seat, relative: guest.relative, relation: guest.relation.clone() })
    }
}

pub(super) fn invite(
    visit: &Consultation,
    by: Operator,
    invitees: &[Invitee],
    window: LinkWindow,
    now: Timestamp,
) -> Decision {
    entitled(may_support(visit, by))?;
    open(visit)?;
    let invites_patient = invitees.iter().any(|invitee| invitee.guest.kind == Kind::Patient);
    if invites_patient && !visit.service.seats_patient() {
        return Err(Refusal::PatientNotSeated);
    }
    // One seat stays free for whoever conducts the visit.
    let seats_of_staff = visit.participants.iter().filter(|seat| seat.staff.is_some()).count().max(1);
    if seats_of_staff + visit.guests().count() + invitees.len() > Engine::MOST_IN_MESH {
        return Err(Refusal::Full);
    }
    let (opens_at, expires_at) = visit.link_times(window, now);
    // Where the others were given more time, so are they.
    let expires_at = visit.last_expiry().map_or(expires_at, |last| last.max(expires_at));
    let invited = |invitee: &Invitee| {
        let (seat, guest) = invitee.seated(opens_at, expires_at);
        Event::Invited { seat: Box::new(seat), guest, by: by.staff }
    };
    Ok(invitees.iter().map(invited).collect())
}
