//! Visits that are over before this program hears of them, written many at a time: for demonstrations and measurements.
//!
//! Never part of anybody's work: a real visit is booked, changed and closed event by event.

use jiff::Timestamp;

use super::{Batch, Store, StoreError, Value};
use crate::domain::consultation::{Kind, Missing};
use crate::domain::ids::{
    BrowserId, CommandId, ConsultationId, MessageId, ParticipantId, PatientId, RelativeId, StaffId, WardId,
};
use crate::domain::message::MessageStatus;
use crate::domain::person::{Language, PersonName, Phone};
use crate::domain::schedule::Appointment;
use crate::domain::service::{Engine, Service};

/// A visit that is over.
pub struct OldVisit<'a> {
    /// What it was for.
    pub service: Service,
    /// Whom it was about.
    pub patient: PatientId,
    /// Why it took place.
    pub reason: &'a str,
    /// Who conducted it,
    pub doctor: Option<StaffId>,
    /// or where.
    pub ward: Option<WardId>,
    /// The appointment.
    pub appointment: Appointment,
    /// Who booked it.
    pub by: StaffId,
    /// When.
    pub booked_at: Timestamp,
    /// Everyone who was invited.
    pub seats: Vec<OldSeat<'a>>,
    /// What became of it.
    pub course: Course,
    /// When it was closed.
    pub closed_at: Timestamp,
    /// Whether what happened is still known step by step.
    pub is_remembered: bool,
}

/// Somebody's seat.
pub struct OldSeat<'a> {
    /// Who they were in the visit.
    pub kind: Kind,
    /// Which relative.
    pub relative: Option<RelativeId>,
    /// Their name.
    pub name: &'a PersonName,
    /// How they are related to the patient.
    pub relation: Option<&'a str>,
    /// Their number.
    pub phone: Option<&'a Phone>,
    /// Their language.
    pub language: Language,
}

/// What became of a visit; the link was sent, delivered, opened and so on, each unless it was not.
#[derive(Clone, Copy, Debug, Default)]
pub struct Course {
    /// When the link was sent.
    pub sent_at: Option<Timestamp>,
    /// When it was on their phone.
    pub delivered_at: Option<Timestamp>,
    /// When the first guest had it open.
    pub opened_at: Option<Timestamp>,
    /// When the first guest came.
    pub arrived_at: Option<Timestamp>,
    /// When it was started and the first guest let in.
    pub admitted_at: Option<Timestamp>,
    /// Who never came.
    pub missing: Option<Missing>,
}

const INSERT_VISIT: &str = "INSERT INTO consultations (id, rev, service, phase, admission, engine, patient_id, reason, \
     doctor_id, ward_id, starts_at, wall_time, zone, minutes, started_at, closed_at, missing, first_arrived_at, \
     first_admitted_at, created_by, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";

const INSERT_SEAT: &str = "INSERT INTO participants (id, consultation_id, position, kind, relative_id, name, relation, phone, \
     language, standing, arrived_at, browser_id, device_changed, opened_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, FALSE, $13)";

const INSERT_EVENT: &str = "INSERT INTO events (consultation_id, rev, at, kind, participant_id, staff_id, detail, command_id) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

const INSERT_MESSAGE: &str = "INSERT INTO outbox (id, consultation_id, participant_id, template, due_at, status, sent_at, delivered_at, \
     created_at, provider_id) VALUES ($1, $2, $3, 'link', $4, $5, $4, $6, $7, $1)";

const SENT: &str = "UPDATE outbox SET status = 'sent', sent_at = due_at WHERE status = 'pending' AND due_at <= $1";

/// Adds a visit to a batch.
pub fn add(batch: &mut Batch, old: &OldVisit<'_>) {
    let id = ConsultationId::mint();
    let seats: Vec<_> = old.seats.iter().map(|_| ParticipantId::mint()).collect();
    let steps = steps(old, seats.first().copied());
    add_visit(batch, old, id, steps.len());
    for ((position, seat), seat_id) in (0_i64..).zip(&old.seats).zip(&seats) {
        add_seat(batch, old, id, position, seat, *seat_id);
    }
    let Course { sent_at, delivered_at, .. } = old.course;
    if let (Some(sent_at), Some(seat)) = (sent_at, seats.first()) {
        let status = if delivered_at.is_some() { MessageStatus::Delivered } else { MessageStatus::Sent };
        batch.run_on_one(
            INSERT_MESSAGE,
            vec![
                text(MessageId::mint()),
                text(id),
                text(seat),
                sent_at.into(),
                status.as_str().into(),
                delivered_at.into(),
                old.booked_at.into(),
            ],
        );
    }
    if old.is_remembered {
        for (rev, step) in (1_i64..).zip(steps) {
            let command = CommandId::mint();
            batch.run_on_one(
                INSERT_EVENT,
                vec![
                    text(id),
                    rev.into(),
                    step.at.into(),
                    step.kind.into(),
                    step.seat.map(|seat| seat.to_string()).into(),
                    step.staff.map(|staff| staff.to_string()).into(),
                    step.detail.map(str::to_owned).into(),
                    text(command),
                ],
            );
        }
    }
}

/// Messages that were due by now have left, as if the hospital had been open all the time.
///
/// # Errors
/// As [`Store::write`].
pub async fn messages_were_sent(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(SENT, vec![now.into()]);
    store.write(batch).await.map(drop)
}

struct Step {
    at: Timestamp,
    kind: &'static str,
    seat: Option<ParticipantId>,
    staff: Option<StaffId>,
    detail: Option<&'static str>,
}

fn steps(old: &OldVisit<'_>, first: Option<ParticipantId>) -> Vec<Step> {
    let step = |at, kind| Step { at, kind, seat: None, staff: None, detail: None };
    let conductor = old.doctor;
    let mut steps = vec![Step { staff: Some(old.by), ..step(old.booked_at, "booked") }];
    let Course { arrived_at, admitted_at, missing, .. } = old.course;
    steps.extend(arrived_at.map(|at| Step { seat: first, ..step(at, "arrived") }));
    steps.extend(admitted_at.map(|at| Step { staff: conductor, ..step(at, "started") }));
    steps.extend(admitted_at.map(|at| Step { seat: first, staff: conductor, ..step(at, "admitted") }));
    steps.push(match (missing, admitted_at) {
        (Some(missing), _) => Step { detail: Some(missing.as_str()), ..step(old.closed_at, "no_show") },
        (None, Some(_)) => Step { staff: conductor, ..step(old.closed_at, "ended") },
        (None, None) => Step { staff: Some(old.by), ..step(old.closed_at, "cancelled") },
    });
    steps
}

fn add_visit(batch: &mut Batch, old: &OldVisit<'_>, id: ConsultationId, steps: usize) {
    let Course { arrived_at, admitted_at, missing, .. } = old.course;
    let phase = match (missing, admitted_at) {
        (Some(_), _) => "no_show",
        (None, Some(_)) => "ended",
        (None, None) => "cancelled",
    };
    batch.run_on_one(
        INSERT_VISIT,
        vec![
            text(id),
            i64::try_from(steps).unwrap_or(i64::MAX).into(),
            old.service.as_str().into(),
            phase.into(),
            old.service.default_admission().as_str().into(),
            Engine::Direct.as_str().into(),
            text(old.patient),
            old.reason.into(),
            old.doctor.map(|doctor| doctor.to_string()).into(),
            old.ward.map(|ward| ward.to_string()).into(),
            old.appointment.at.into(),
            text(old.appointment.wall),
            old.appointment.zone.as_str().into(),
            i64::from(old.appointment.minutes).into(),
            admitted_at.into(),
            old.closed_at.into(),
            missing.map(Missing::as_str).map(str::to_owned).into(),
            arrived_at.into(),
            admitted_at.into(),
            text(old.by),
            old.booked_at.into(),
        ],
    );
}

fn add_seat(
    batch: &mut Batch,
    old: &OldVisit<'_>,
    visit: ConsultationId,
    position: i64,
    seat: &OldSeat<'_>,
    id: ParticipantId,
) {
    let Course { opened_at, arrived_at, admitted_at, .. } = old.course;
    let standing = match (arrived_at, admitted_at) {
        (Some(_), Some(_)) => "left",
        (Some(_), None) => "waiting",
        (None, _) => "invited",
    };
    let browser = arrived_at.map(|_| BrowserId::mint().to_string());
    batch.run_on_one(
        INSERT_SEAT,
        vec![
            text(id),
            text(visit),
            position.into(),
            seat.kind.as_str().into(),
            seat.relative.map(|relative| relative.to_string()).into(),
            text(seat.name),
            seat.relation.map(str::to_owned).into(),
            seat.phone.map(ToString::to_string).into(),
            seat.language.as_str().into(),
            standing.into(),
            arrived_at.into(),
            browser.into(),
            opened_at.into(),
        ],
    );
}

fn text(shown: impl ToString) -> Value {
    shown.to_string().into()
}
