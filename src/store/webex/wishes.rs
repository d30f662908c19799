//! What a visit wishes of Webex: written in the same commit as what caused it, carried out by a worker.
//!
//! One row per visit. A wish raises its `rev`; the worker notes which `rev` it has carried out. So a wish that comes while
//! another is being carried out is never lost.

use jiff::Timestamp;

use crate::domain::consultation::{Consultation, Event};
use crate::domain::ids::{ConsultationId, StaffId};
use crate::domain::service::Engine;
use crate::store::Batch;

const WANT: &str = "INSERT INTO webex_meetings (consultation_id, rev, done_rev, wanted, next_try_at, tries) \
     VALUES ($1, 1, 0, TRUE, $2, 0) ON CONFLICT (consultation_id) DO UPDATE SET rev = webex_meetings.rev + 1, \
     wanted = TRUE, next_try_at = excluded.next_try_at, tries = 0";

const CHANGE: &str = "UPDATE webex_meetings SET rev = rev + 1, next_try_at = $1, tries = 0 \
     WHERE consultation_id = $2 AND wanted = TRUE";

const FORGO: &str = "UPDATE webex_meetings SET rev = rev + 1, wanted = FALSE, next_try_at = $1, tries = 0 \
     WHERE consultation_id = $2 AND wanted = TRUE";

// What was refused to this person. A meeting that may have been made is being looked for, and has its own pace.
const TRY_AGAIN: &str = "UPDATE webex_meetings SET next_try_at = 0, tries = 0 WHERE done_rev < rev AND asked_at IS NULL \
     AND obstacle IN ('forbidden', 'refused') AND asked_host = (SELECT email FROM staff WHERE id = $1)";

const TRY_ALL_AGAIN: &str = "UPDATE webex_meetings SET next_try_at = 0, tries = 0 WHERE done_rev < rev \
     AND asked_at IS NULL AND obstacle IN ('forbidden', 'refused')";

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

/// Somebody's account at Webex is another by now, or may be: what was refused to them is tried again.
pub fn account_changed(batch: &mut Batch, staff: StaffId) {
    batch.run(TRY_AGAIN, vec![staff.to_string().into()]);
}

/// The house is another to Webex by now: all that was refused is tried again.
pub fn house_changed(batch: &mut Batch) {
    batch.run(TRY_ALL_AGAIN, vec![]);
}

fn want(batch: &mut Batch, visit: ConsultationId, at: Timestamp) {
    batch.run_on_one(WANT, vec![visit.to_string().into(), at.into()]);
}
