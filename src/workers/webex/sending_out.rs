//! Sends those out at Webex who are held or removed here, and ends the meeting of a visit that went to the direct call: their
//! own pages leave by themselves, Webex's own page does not.
//!
//! Never does so to anybody who may be in the call by now, nor to somebody whom the house does not know.

use jiff::SignedDuration;

use super::WebexWork;
use super::meetings::room;
use super::recognising::with_their_seats;
use crate::domain::consultation::{Phase, Standing as Seated};
use crate::domain::ids::ConsultationId;
use crate::domain::meeting::Obstacle;
use crate::domain::service::Engine;
use crate::providers::video::webex::meetings::Measure;
use crate::providers::video::{Trouble, Video};
use crate::store::webex::meetings::Standing;
use crate::store::webex::own::Own;
use crate::store::{StoreError, consultations};

/// What came of it.
pub(super) enum Sent {
    /// It is done.
    Done,
    /// There is nothing to do any more, or Webex does not do it.
    NotDone,
    /// Webex may do it later; not before this pause, where it asked for one.
    Again(Option<SignedDuration>),
}

/// Does it, as the visit stands by now.
pub(super) async fn carry_out(
    work: &WebexWork,
    own: Own,
    visit: ConsultationId,
    standing: &Standing,
) -> Result<Sent, StoreError> {
    let Some(stored) = consultations::find(&work.store, visit).await? else { return Ok(Sent::NotDone) };
    let visit = &stored.visit;
    let is_running = matches!(visit.phase, Phase::InSession { .. });
    match (own, visit.engine) {
        (Own::SendOut, Engine::Webex) if is_running => send_out(work, visit.id, standing).await,
        (Own::Close, Engine::Direct) if is_running => close(work, standing).await,
        _ => Ok(Sent::NotDone),
    }
}

async fn send_out(work: &WebexWork, visit: ConsultationId, standing: &Standing) -> Result<Sent, StoreError> {
    let Some(room) = standing.kept.as_ref().map(room) else { return Ok(Sent::NotDone) };
    let attendees = match work.webex.attendees(&room).await {
        Ok(attendees) => attendees,
        // It may not show a meeting for a while that has just begun.
        Err(trouble) if trouble.obstacle == Obstacle::NotFound => return Ok(Sent::Again(trouble.after)),
        Err(trouble) => return Ok(after(&trouble)),
    };
    // Read after asking: somebody may have been let in again meanwhile.
    let Some(stored) = consultations::find(&work.store, visit).await? else { return Ok(Sent::NotDone) };
    let visit = &stored.visit;
    let mut sent = Sent::Done;
    for (attendee, seat) in with_their_seats(work, visit, attendees).await? {
        let Some(seat) = seat.and_then(|seat| visit.participant(seat)) else { continue };
        // Who stands in Webex's own lobby is not let in from there.
        let is_in = attendee.state.as_deref() == Some("joined");
        if !is_in || matches!(seat.standing, Seated::Admitted { .. } | Seated::Left { .. }) {
            continue;
        }
        match work.webex.measure(&attendee.id, Measure::Expel).await {
            Ok(()) => metrics::counter!("antesala_webex_sent_out_total").increment(1),
            Err(trouble) => {
                if let again @ Sent::Again(_) = after(&trouble) {
                    sent = again;
                }
            }
        }
    }
    Ok(sent)
}

async fn close(work: &WebexWork, standing: &Standing) -> Result<Sent, StoreError> {
    let Some(room) = standing.kept.as_ref().map(room) else { return Ok(Sent::NotDone) };
    Ok(match work.webex.end(&room).await {
        Ok(()) => Sent::Done,
        // It may not show a meeting for a while that has just begun.
        Err(trouble) if trouble.obstacle == Obstacle::NotFound => Sent::Again(trouble.after),
        Err(trouble) => after(&trouble),
    })
}

/// Whether another try may help: who left by themselves need not be sent out.
const fn after(trouble: &Trouble) -> Sent {
    match trouble.obstacle {
        Obstacle::NotFound | Obstacle::Conflict | Obstacle::Refused | Obstacle::Forbidden => Sent::NotDone,
        _ => Sent::Again(trouble.after),
    }
}
