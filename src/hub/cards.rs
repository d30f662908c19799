//! Cards made from stored visits, and the day they are of.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::domain::consultation::Participant;
use crate::protocol::board::{Card, CardPatient, CardSeat, May, Presence, Side};
use crate::store::consultations::StoredVisit;

/// A visit's card as one side sees it; `presence` says where a seat's browser is.
pub(super) fn card(
    stored: &StoredVisit,
    side: Side,
    now: Timestamp,
    presence: impl Fn(&Participant) -> Presence,
) -> Card {
    let StoredVisit { visit, facts } = stored;
    let seat = |seat: &Participant| CardSeat {
        id: seat.id,
        kind: seat.kind,
        name: seat.name.clone(),
        relation: facts.relations.get(&seat.id).cloned(),
        phone: seat.phone.clone(),
        standing: seat.standing.as_str(),
        since: seat.arrived_at,
        new_device: seat.device_changed || seat.standing.newcomer().is_some(),
        link: seat.link.map(|link| link.standing(now)).into(),
        presence: presence(seat),
    };
    Card {
        consultation: visit.id,
        rev: visit.rev,
        phase: visit.phase.as_str(),
        service: visit.service,
        starts_at: visit.starts_at,
        ends_at: visit.phase.closed_at(),
        patient: CardPatient { name: facts.patient.clone(), born: facts.born, reason: facts.reason.clone() },
        doctor: facts.doctor.clone(),
        ward: facts.ward.clone(),
        admission: visit.admission,
        may: May::of(side, visit),
        seats: visit.participants.iter().map(seat).collect(),
    }
}

/// The day it is in `zone`, and its bounds; the end is excluded.
pub(super) fn day(now: Timestamp, zone: &TimeZone) -> (Date, Timestamp, Timestamp) {
    let today = now.to_zoned(zone.clone()).date();
    let start_of = |date: Date| date.to_zoned(zone.clone()).map_or(now, |midnight| midnight.timestamp());
    (today, start_of(today), start_of(today.saturating_add(1.day())))
}
