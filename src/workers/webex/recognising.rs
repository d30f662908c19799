//! Whose seat somebody in a meeting has: by their address there; or, while Webex has told no address of a guest, by the name
//! they are shown with, if nobody else is called so.
//!
//! Never takes one of two for the other: whoever shares a name with another seat, or with somebody else in the meeting, is
//! nobody until their address is known. Nobody is let in by name alone while somebody was sent back, who may borrow one.

use super::WebexWork;
use crate::domain::consultation::{Consultation, Standing};
use crate::domain::ids::{ConsultationId, ParticipantId};
use crate::domain::meeting::short_name;
use crate::providers::video::webex::meetings::Attendee;
use crate::store::StoreError;
use crate::store::webex::guests;

/// Those who are in the meeting or at its door, each with their seat if they have one.
pub(super) async fn with_their_seats(
    work: &WebexWork,
    visit: &Consultation,
    attendees: Vec<Attendee>,
) -> Result<Vec<(Attendee, Option<ParticipantId>)>, StoreError> {
    let there: Vec<_> = attendees.into_iter().filter(|attendee| attendee.state.as_deref() != Some("end")).collect();
    let unaddressed = guests::unaddressed(&work.store, visit.id).await?;
    let names: Vec<_> = there.iter().map(|attendee| attendee.display_name.clone()).collect();
    let mut found = Vec::new();
    for attendee in there {
        let mut seat = match &attendee.email {
            Some(email) => guests::seat_of(&work.store, visit.id, email).await?,
            None => None,
        };
        if seat.is_none() && !attendee.host {
            seat = called(visit, attendee.display_name.as_deref(), &names).filter(|seat| unaddressed.contains(seat));
            if let (Some(seat), Some(email), false) = (seat, &attendee.email, somebody_was_sent_back(visit)) {
                guests::learn(&work.store, seat, email).await?;
            }
        }
        found.push((attendee, seat));
    }
    Ok(found)
}

/// Whether somebody waits or was sent away who may have been in the meeting before.
pub(super) fn somebody_was_sent_back(visit: &Consultation) -> bool {
    visit.guests().any(|seat| matches!(seat.standing, Standing::Waiting { .. } | Standing::Removed))
}

/// Whether somebody is known by their address to have this seat.
pub(super) async fn is_known(
    work: &WebexWork,
    visit: ConsultationId,
    attendee: &Attendee,
    seat: ParticipantId,
) -> Result<bool, StoreError> {
    let Some(email) = &attendee.email else { return Ok(false) };
    Ok(guests::seat_of(&work.store, visit, email).await? == Some(seat))
}

/// The only seat that is called so, if only one of those who are there is.
fn called(visit: &Consultation, name: Option<&str>, names: &[Option<String>]) -> Option<ParticipantId> {
    let name = name?;
    let mut seats = visit.participants.iter().filter(|seat| short_name(&seat.name) == name);
    let is_alone = names.iter().filter(|other| other.as_deref() == Some(name)).count() == 1;
    match (seats.next(), seats.next()) {
        (Some(seat), None) if is_alone => Some(seat.id),
        _ => None,
    }
}
