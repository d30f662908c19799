//! Lets those in from Webex's own lobby whom the doctor has let in here: nobody is admitted twice.
//!
//! Never lets in anybody who is not admitted here now, and never asks for each who waits: once for each who comes.

use super::WebexWork;
use super::meetings::room;
use crate::domain::consultation::Standing as Seated;
use crate::domain::ids::ConsultationId;
use crate::store::webex::meetings::{self, Standing};
use crate::store::{StoreError, consultations};

/// Lets them in.
pub(super) async fn admit_those_who_may(
    work: &WebexWork,
    visit: ConsultationId,
    standing: &Standing,
) -> Result<(), StoreError> {
    let Some(stored) = consultations::find(&work.store, visit).await? else { return Ok(()) };
    let Some(room) = standing.kept.as_ref().map(room) else { return Ok(()) };
    // Staff in the call can let people in by hand where this is refused; the client has logged why.
    let Ok(attendees) = work.webex.attendees(&room).await else { return Ok(()) };
    let mut welcome = Vec::new();
    for attendee in attendees.into_iter().filter(|attendee| attendee.state.as_deref() == Some("lobby")) {
        let Some(email) = &attendee.email else { continue };
        let seat = meetings::seat_of(&work.store, visit, email).await?;
        let is_in = |seated: Seated| matches!(seated, Seated::Admitted { .. });
        if seat.and_then(|seat| stored.visit.participant(seat)).is_some_and(|seat| is_in(seat.standing)) {
            welcome.push(attendee.id);
        }
    }
    if !welcome.is_empty() {
        drop(work.webex.admit(&welcome).await);
    }
    Ok(())
}
