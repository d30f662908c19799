//! Messages called back, put off or given up because something happened meanwhile, in the same commit as what happened.
//!
//! Never touches what has left already, other than to stop looking for it.

use jiff::Timestamp;

use super::queue::NEVER;
use crate::domain::ids::{ConsultationId, ParticipantId};
use crate::domain::message::Template;
use crate::store::Batch;

macro_rules! give_up {
    ($scope:literal, $templates:literal) => {
        concat!(
            "UPDATE outbox SET status = 'unknown', next_try_at = $1, reason = 'unsure' WHERE ",
            $scope,
            " AND status IN ('sending', 'unknown') AND handed_at IS NOT NULL",
            $templates
        )
    };
}

const GIVE_UP: &str = give_up!("participant_id = $2", "");
const GIVE_UP_ALL: &str = give_up!("consultation_id = $2", "");
const GIVE_UP_LINKS: &str =
    give_up!("participant_id = $2", " AND template IN ('link', 'new_link', 'come_now', 'you_are_late')");
const GIVE_UP_ONE_KIND: &str = give_up!("participant_id = $2", " AND template = $3");

const OF_VISIT: &str = "UPDATE outbox SET status = 'cancelled' WHERE consultation_id = $1 \
     AND (status = 'pending' OR (status = 'sending' AND handed_at IS NULL))";

// What a worker has in hand and has not given away yet is called back too: it asks once more before it does.
macro_rules! cancel {
    ($scope:literal, $templates:literal) => {
        concat!(
            "UPDATE outbox SET status = 'cancelled', reason = 'needless' \
             WHERE (status = 'pending' OR (status = 'sending' AND handed_at IS NULL)) AND ",
            $scope,
            " AND template IN (",
            $templates,
            ")"
        )
    };
}

const LINKS: &str = cancel!("participant_id = $1", "'link', 'new_link'");
const AWAITING: &str = cancel!("participant_id = $1", "'reminder', 'running_late', 'you_are_late'");
const TURN: &str = cancel!("participant_id = $1", "'come_now'");
const LATE: &str = cancel!("consultation_id = $1", "'running_late'");

const PUT_OFF_LATE: &str = "UPDATE outbox SET due_at = $1, next_try_at = $1 \
     WHERE consultation_id = $2 AND template = 'you_are_late' AND status = 'pending'";

const OF_SEAT: &str = "UPDATE outbox SET status = 'cancelled' \
     WHERE consultation_id = $1 AND participant_id = $2 \
     AND (status = 'pending' OR (status = 'sending' AND handed_at IS NULL))";

/// Calls back what a visit has not sent yet, and looks no longer for what it may have sent: sent now, it would say what is
/// not so any more.
pub fn of_visit(batch: &mut Batch, visit: ConsultationId) {
    batch.run(OF_VISIT, vec![visit.to_string().into()]);
    batch.run(GIVE_UP_ALL, vec![NEVER.into(), visit.to_string().into()]);
}

/// The same for one seat.
pub fn of_seat(batch: &mut Batch, visit: ConsultationId, seat: ParticipantId) {
    batch.run(OF_SEAT, vec![visit.to_string().into(), seat.to_string().into()]);
    stop_looking(batch, seat);
}

/// Calls back the links that have not gone out to a seat yet: a newer one takes their place.
pub fn links(batch: &mut Batch, seat: ParticipantId) {
    batch.run(LINKS, vec![seat.to_string().into()]);
}

/// Calls back what asks somebody to come: they have.
pub fn awaiting(batch: &mut Batch, seat: ParticipantId) {
    batch.run(AWAITING, vec![seat.to_string().into()]);
}

/// Calls back that it is somebody's turn: they are in, or it no longer is.
pub fn turn(batch: &mut Batch, seat: ParticipantId) {
    batch.run(TURN, vec![seat.to_string().into()]);
}

/// Calls back that a visit begins late: it has begun.
pub fn late(batch: &mut Batch, visit: ConsultationId) {
    batch.run(LATE, vec![visit.to_string().into()]);
}

/// Writes only at `until` to whoever has not come by the hour: staff are late themselves.
pub fn put_off_late(batch: &mut Batch, visit: ConsultationId, until: Timestamp) {
    batch.run(PUT_OFF_LATE, vec![until.into(), visit.to_string().into()]);
}

/// Looks no longer for what may have been sent to a seat: something else is sent in its place, and must not come twice.
pub fn stop_looking(batch: &mut Batch, seat: ParticipantId) {
    batch.run(GIVE_UP, vec![NEVER.into(), seat.to_string().into()]);
}

/// The same for what holds the seat's link only: the link itself is sent again.
pub fn stop_looking_for_links(batch: &mut Batch, seat: ParticipantId) {
    batch.run(GIVE_UP_LINKS, vec![NEVER.into(), seat.to_string().into()]);
}

/// The same for one text only: that text is sent again.
pub fn stop_looking_for(batch: &mut Batch, seat: ParticipantId, template: Template) {
    batch.run(GIVE_UP_ONE_KIND, vec![NEVER.into(), seat.to_string().into(), template.as_str().into()]);
}
