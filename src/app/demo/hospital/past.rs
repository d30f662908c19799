//! A year of visits that are over, with believable outcomes.

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::chance::Chance;
use super::plan::{Hospital, Planned};
use super::words::REASONS;
use super::{Progress, write_all};
use crate::app::terminal::Failure;
use crate::domain::consultation::{Kind, Missing};
use crate::store::archive::{self, Course, OldSeat, OldVisit};
use crate::store::{Batch, Store};

/// Visits on a working day, and on another.
pub(super) const VISITS: usize = 2_000;
const ON_A_SUNDAY: usize = 200;

/// How many days the year before today has.
const DAYS: i64 = 365;

/// So many days back it is known what happened in a visit step by step; of older ones only the ledger remains.
const REMEMBERED_DAYS: i64 = 30;

/// Visits written together.
const TOGETHER: usize = 100;

/// Visits of a working day begin from 07:00 to 20:00.
const OPENS: i8 = 7;
const HOURS_OPEN: i64 = 13;

/// Adds the year before `today`.
pub(super) async fn add_year(store: &Store, hospital: &Hospital<'_>, today: Date) -> Result<usize, Failure> {
    let mut chance = Chance::from(3);
    let mut progress = Progress::of("days of past visits", usize::try_from(DAYS).unwrap_or_default());
    let mut added = 0;
    for (number, back) in (1..=DAYS).rev().enumerate() {
        let date = today.saturating_sub(back.days());
        let from = date.at(OPENS, 0, 0, 0).to_zoned(hospital.rules.clone())?.timestamp();
        let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        let count = if is_weekend { ON_A_SUNDAY } else { VISITS };
        let planned: Vec<_> =
            hospital.day(number, count, from, from + SignedDuration::from_hours(HOURS_OPEN)).collect();
        let batches = planned.chunks(TOGETHER).map(|visits| {
            let mut batch = Batch::new();
            for visit in visits {
                let is_remembered = back <= REMEMBERED_DAYS;
                archive::add(&mut batch, &OldVisit { is_remembered, ..old(&mut chance, visit) });
            }
            batch
        });
        write_all(store, batches.collect()).await?;
        added += planned.len();
        progress.tell(number + 1);
    }
    Ok(added)
}

/// A visit that is over, remembered step by step.
pub(super) fn old<'a>(chance: &mut Chance, planned: &Planned<'a>) -> OldVisit<'a> {
    let starts_at = planned.appointment.at;
    let (course, closed_at) = course(chance, starts_at);
    let relatives = planned.family.relatives.iter().take(if chance.percent(70) { 1 } else { 2 });
    let relatives = relatives.map(|relative| OldSeat {
        kind: Kind::Relative,
        relative: Some(relative.id),
        name: &relative.name,
        relation: Some(&relative.relation),
        phone: Some(&relative.phone),
        language: relative.language,
    });
    let patient = &planned.family.patient;
    let patient_seat = planned.service.seats_patient().then_some(OldSeat {
        kind: Kind::Patient,
        relative: None,
        name: &patient.name,
        relation: None,
        phone: patient.phone.as_ref(),
        language: patient.language,
    });
    OldVisit {
        service: planned.service,
        patient: patient.id,
        reason: chance.of(REASONS),
        doctor: planned.doctor.map(|doctor| doctor.id),
        ward: planned.ward,
        appointment: planned.appointment.clone(),
        by: planned.clerk.id,
        booked_at: starts_at - SignedDuration::from_hours(24),
        seats: patient_seat.into_iter().chain(relatives).collect(),
        course,
        closed_at,
        is_remembered: true,
    }
}

/// Nine in ten take place; most people are a few minutes early and wait a few minutes, some much longer.
fn course(chance: &mut Chance, starts_at: Timestamp) -> (Course, Timestamp) {
    let after = |seconds: i64| starts_at + SignedDuration::from_secs(seconds);
    let mut some = |end: u64| i64::try_from(chance.below(end)).unwrap_or_default();
    let sent = -600 + some(20);
    let delivered = sent + 2 + some(15);
    let opened = sent + 20 + some(400);
    let arrived = opened + 15 + some(500);
    // The cube of chance: short waits are common, long ones happen.
    let share = some(1000);
    let wait = 20 + share * share * share / 1_000_000_000 * 2 + share * share * 1500 / 1_000_000;
    let admitted = arrived.max(0) + wait;
    let closed = admitted + 300 + some(1500);
    let sent = Course { sent_at: Some(after(sent)), delivered_at: Some(after(delivered)), ..Course::default() };
    match some(1000) {
        0..890 => {
            let (opened_at, arrived_at) = (Some(after(opened)), Some(after(arrived)));
            (Course { opened_at, arrived_at, admitted_at: Some(after(admitted)), ..sent }, after(closed))
        }
        890..945 => (Course { missing: Some(Missing::Patient), ..sent }, after(3 * 3600)),
        945..955 => {
            let (opened_at, arrived_at) = (Some(after(opened)), Some(after(arrived)));
            (Course { opened_at, arrived_at, missing: Some(Missing::Staff), ..sent }, after(3 * 3600))
        }
        _ => (Course::default(), after(-3600 * 5)),
    }
}
