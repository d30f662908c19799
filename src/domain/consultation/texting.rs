//! Waiting elsewhere: somebody in the lobby asks for a message when it is their turn, and puts the phone away.
//!
//! The wish lives until they enter the call. Never asks who is looking: whoever is let in and does not enter within
//! [`GRACE`] is written to.

use jiff::SignedDuration;

use super::decide::{Decision, guest_seat, open};
use super::{Consultation, Event, Refusal, Standing};
use crate::domain::ids::{BrowserId, ParticipantId};

/// Whoever is looking at the lobby enters within this, and needs no message.
pub const GRACE: SignedDuration = SignedDuration::from_secs(20);

pub(super) fn ask(visit: &Consultation, id: ParticipantId, browser: BrowserId) -> Decision {
    open(visit)?;
    let seat = guest_seat(visit, id)?;
    match seat.standing {
        Standing::Waiting { browser: held } if held == browser => {}
        Standing::Removed => return Err(Refusal::Removed),
        Standing::Admitted { .. } | Standing::Left { .. } => return Err(Refusal::AlreadyAdmitted),
        Standing::Invited | Standing::Waiting { .. } => return Err(Refusal::NotArrived),
    }
    match &seat.phone {
        None => Err(Refusal::NoPhone),
        Some(_) if seat.wants_text => Ok(vec![]),
        Some(_) => Ok(vec![Event::TextAsked { participant: id }]),
    }
}

pub(super) fn decline(visit: &Consultation, id: ParticipantId, browser: BrowserId) -> Decision {
    open(visit)?;
    let seat = guest_seat(visit, id)?;
    if seat.standing.browser() != Some(browser) {
        return Err(Refusal::NotArrived);
    }
    Ok(if seat.wants_text { vec![Event::TextDeclined { participant: id }] } else { vec![] })
}
