//! Cards made from stored visits, and the day they are of.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::domain::consultation::{Participant, Phase};
use crate::domain::message::MessageStatus;
use crate::protocol::board::{Card, CardDelivery, CardMeeting, CardPatient, CardReply, CardSeat, May, Presence, Side};
use crate::providers::video::Engines;
use crate::store::consultations::StoredVisit;
use crate::store::outbox::deliveries::{Correspondence, Deliveries, Delivery};

/// A visit's card as one side sees it; `presence` says where a seat's browser is.
pub(super) fn card(
    stored: &StoredVisit,
    deliveries: &Deliveries,
    engines: &Engines,
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
        delivery: deliveries.get(&seat.id).map_or(CardDelivery::None, delivery),
        replies: deliveries.get(&seat.id).map(replies).unwrap_or_default(),
        presence: presence(seat),
    };
    Card {
        consultation: visit.id,
        rev: visit.rev,
        phase: visit.phase.as_str(),
        service: visit.service,
        starts_at: visit.starts_at,
        expected_at: visit.delay.map(|delay| delay.expected_at).filter(|_| visit.phase == Phase::Scheduled),
        ends_at: visit.phase.closed_at(),
        patient: CardPatient { name: facts.patient.clone(), born: facts.born, reason: facts.reason.clone() },
        doctor: facts.doctor.clone(),
        ward: facts.ward.clone(),
        admission: visit.admission,
        engine: visit.engine,
        meeting: facts.meeting.map(|(readiness, obstacle)| CardMeeting { readiness, obstacle }),
        may: [May::of(side, visit), May::about_engines(side, visit, engines.possible())].concat(),
        seats: visit.participants.iter().map(seat).collect(),
    }
}

/// What staff need to know of the messages to a seat: that one waits, is on its way or arrived, or that they have to call.
fn delivery(messages: &Correspondence) -> CardDelivery {
    match (messages.latest, messages.wants_none) {
        (_, true) => CardDelivery::OptedOut,
        (Some(latest), false) => of_latest(latest),
        (None, false) => CardDelivery::None,
    }
}

const fn of_latest(delivery: Delivery) -> CardDelivery {
    match delivery.status {
        MessageStatus::Pending => CardDelivery::Waiting,
        MessageStatus::Unknown => CardDelivery::Unsure,
        MessageStatus::Delivered => CardDelivery::Delivered,
        // Also where it was refused because they wanted none: by now they may want them again.
        MessageStatus::Undelivered | MessageStatus::Failed => CardDelivery::Undelivered,
        MessageStatus::Accepted => CardDelivery::Sent,
        MessageStatus::Sent if delivery.has_left => CardDelivery::Sent,
        MessageStatus::Sent => CardDelivery::ByHand,
        MessageStatus::Sending | MessageStatus::Cancelled => CardDelivery::None,
    }
}

fn replies(messages: &Correspondence) -> Vec<CardReply> {
    messages.answers.iter().map(|answered| CardReply { text: answered.text.clone(), at: answered.at }).collect()
}

/// The day it is in `zone`, and its bounds; the end is excluded.
pub(super) fn day(now: Timestamp, zone: &TimeZone) -> (Date, Timestamp, Timestamp) {
    let today = now.to_zoned(zone.clone()).date();
    let start_of = |date: Date| date.to_zoned(zone.clone()).map_or(now, |midnight| midnight.timestamp());
    (today, start_of(today), start_of(today.saturating_add(1.day())))
}
