//! Lets those in from Webex's own lobby whom the doctor has let in here: nobody is admitted twice.
//!
//! Never lets in anybody who is not admitted here now, and never asks for each who waits: once for each who comes.

use super::WebexWork;
use super::meetings::room;
use super::recognising::{is_known, somebody_was_sent_back, with_their_seats};
use crate::domain::consultation::Standing as Seated;
use crate::domain::ids::ConsultationId;
use crate::hub::consultation::InMeeting;
use crate::store::consultations;
use crate::store::webex::meetings::Standing;
use crate::workers::failure::Failure;

/// Lets them in.
///
/// # Errors
/// [`Failure`]: then somebody may still stand in the lobby there.
pub(super) async fn admit_those_who_may(
    work: &WebexWork,
    visit: ConsultationId,
    standing: &Standing,
) -> Result<(), Failure> {
    let Some(room) = standing.kept.as_ref().map(room) else { return Ok(()) };
    let attendees = work.webex.attendees(&room).await?;
    // Read after asking: somebody may have been held meanwhile.
    let Some(stored) = consultations::find(&work.store, visit).await? else { return Ok(()) };
    if !stored.visit.phase.is_open() {
        return Ok(());
    }
    let mut welcome = Vec::new();
    for (attendee, seat) in with_their_seats(work, &stored.visit, attendees).await? {
        let Some(seat) = seat.and_then(|seat| stored.visit.participant(seat)) else { continue };
        if !matches!(seat.standing, Seated::Admitted { .. }) {
            continue;
        }
        if attendee.state.as_deref() == Some("lobby") {
            // Whoever was sent back has the meeting's link, and knows the others' names.
            let is_certain =
                !somebody_was_sent_back(&stored.visit) || is_known(work, visit, &attendee, seat.id).await?;
            if !is_certain {
                continue;
            }
            welcome.push(attendee.id);
        }
        // The report may have come with an address that nobody knew then.
        work.hub.in_meeting(visit, InMeeting::Joined(seat.id)).await;
    }
    if !welcome.is_empty() {
        work.webex.admit(&welcome).await?;
    }
    Ok(())
}
