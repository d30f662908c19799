//! The history of a visit: one row per event. It is written here and read by people and reports, never replayed.

use super::{CommandId, ConsultationId, Timestamp};
use crate::domain::consultation::{Event, Missing};
use crate::store::Batch;

const INSERT: &str = "INSERT INTO events (consultation_id, rev, at, kind, participant_id, staff_id, detail, command_id) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Adds an event's row; `rev` is the visit's after it.
pub(super) fn add(
    batch: &mut Batch,
    visit: ConsultationId,
    rev: u64,
    at: Timestamp,
    event: &Event,
    command: CommandId,
) {
    batch.run_on_one(
        INSERT,
        vec![
            visit.to_string().into(),
            rev.cast_signed().into(),
            at.into(),
            event.as_str().into(),
            event.participant().map(|seat| seat.to_string()).into(),
            event.staff().map(|staff| staff.to_string()).into(),
            detail(event).into(),
            command.to_string().into(),
        ],
    );
}

/// What the columns don't hold, in one word or number.
fn detail(event: &Event) -> Option<String> {
    match event {
        Event::Arrived { browser, .. }
        | Event::DeviceChanged { browser, .. }
        | Event::NewDeviceWaits { browser, .. }
        | Event::Admitted { browser, .. } => Some(browser.to_string()),
        Event::LinkRenewed { link, .. } => Some(link.generation.to_string()),
        Event::Extended { until, .. } => Some(until.to_string()),
        Event::Rescheduled { appointment, .. } => Some(appointment.at.to_string()),
        Event::EngineSwitched { engine, .. } => Some(engine.to_string()),
        Event::Delayed { delay, .. } => Some(delay.expected_at.to_string()),
        Event::HandedOver { seat, .. } => seat.staff.map(|doctor| doctor.to_string()),
        Event::NoShow { missing: Missing::Patient } => Some(Missing::Patient.to_string()),
        Event::NoShow { missing: Missing::Staff } => Some(Missing::Staff.to_string()),
        Event::Started { .. }
        | Event::Held { .. }
        | Event::Left { .. }
        | Event::Returned { .. }
        | Event::Removed { .. }
        | Event::StaffJoined { .. }
        | Event::Invited { .. }
        | Event::LinkRequested { .. }
        | Event::LinkResent { .. }
        | Event::TextAsked { .. }
        | Event::TextDeclined { .. }
        | Event::Ended { .. }
        | Event::Cancelled { .. } => None,
    }
}
