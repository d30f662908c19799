//! What a visit wishes of Webex: written in the same commit as what caused it, carried out by a worker.
//!
//! One row per visit. A wish raises its `rev`; the worker notes which `rev` it has carried out. So a wish that comes while
//! another is being carried out is never lost.

use jiff::Timestamp;

use crate::domain::consultation::{Consultation, Event};
use crate::domain::ids::ConsultationId;
use crate::domain::service::Engine;
use crate::store::Batch;

const WANT: &str = "INSERT INTO webex_meetings (consultation_id, rev, done_rev, wanted, next_try_at, tries) \
     VALUES ($1, 1, 0, TRUE, $2, 0) ON CONFLICT (consultation_id) DO UPDATE SET rev = webex_meetings.rev + 1, \
     wanted = TRUE, next_try_at = excluded.next_try_at, tries = 0";

const CHANGE: &str = "UPDATE webex_meetings SET rev = rev + 1, next_try_at = $1, tries = 0 \
     WHERE consultation_id = $2 AND wanted = TRUE";

const FORGO: &str = "UPDATE webex_meetings SET rev = rev + 1, wanted = FALSE, next_try_at = $1, tries = 0 \
     WHERE consultation_id = $2 AND wanted = TRUE";

const TRY_NOW: &str = "UPDATE webex_meetings SET next_try_at = $1, tries = 0 \
     WHERE consultation_id = $2 AND done_rev < rev AND asked_at IS NULL";

/// What a new visit wishes.
pub fn of_new(batch: &mut Batch, visit: &Consultation, at: Timestamp) {
    if visit.engine == Engine::Webex {
        want(batch, visit.id, at);
    }
}

/// What an event makes a visit wish.
pub fn of_event(batch: &mut Batch, visit: ConsultationId, event: &Event, at: Timestamp) {
    let key = || vec![at.into(), visit.to_string().into()];
    match event {
        Event::EngineSwitched { engine: Engine::Webex, .. } => want(batch, visit, at),
        // A meeting that was left for the direct call stays until the visit is over: somebody may switch back.
        Event::Rescheduled { .. } | Event::HandedOver { .. } => drop(batch.run(CHANGE, key())),
        Event::Ended { .. } | Event::Cancelled { .. } | Event::NoShow { .. } => drop(batch.run(FORGO, key())),
        _ => {}
    }
}

/// What waits for its next try is tried now.
pub fn try_now(batch: &mut Batch, visit: ConsultationId, at: Timestamp) {
    batch.run(TRY_NOW, vec![at.into(), visit.to_string().into()]);
}

fn want(batch: &mut Batch, visit: ConsultationId, at: Timestamp) {
    batch.run_on_one(WANT, vec![visit.to_string().into(), at.into()]);
}
