//! What a card offers: which button stands there, where it posts to, and when it is shown.
//!
//! `static/staff/acts.js` shows and hides by the same rules. Never decides what is allowed: `may` comes from the hub.

use crate::domain::ids::ConsultationId;
use crate::domain::meeting::Readiness;
use crate::domain::service::Engine;
use crate::domain::words::words;
use crate::protocol::board::{Card, CardLink, CardSeat, May};

words! {
    /// What can be done with a visit.
    CardAct {
        /// Open the door.
        Start = "start",
        /// Start, or enter, its meeting at Webex.
        Host = "host",
        /// Let in everyone who waits.
        AdmitEveryone = "admit-everyone",
        /// Go to the call.
        Call = "call",
        /// Say that it begins late.
        RunLate = "run_late",
        /// Let the direct call carry it.
        ToDirect = "to_direct",
        /// Let Webex carry it.
        ToWebex = "to_webex",
        /// Let links live longer.
        Extend = "extend",
        /// Call it off.
        Cancel = "cancel",
        /// Close it for everyone.
        End = "end",
    }
}

words! {
    /// What can be done with a seat.
    SeatAct {
        /// Let them in.
        Admit = "admit",
        /// Back to the lobby.
        Hold = "hold",
        /// Approve the new link they asked for.
        Renew = "renew",
        /// Send the same link again.
        Again = "again",
        /// Send a new link although they did not ask.
        Replace = "replace",
        /// Send them away.
        Remove = "remove",
    }
}

/// A seat, and what its reader may do in the visit.
#[derive(Clone, Copy)]
pub struct Offered<'a> {
    /// What the reader may do.
    pub may: &'a [May],
    /// The seat.
    pub seat: &'a CardSeat,
}

/// Whether anything can still happen in a visit.
#[must_use]
pub fn is_open(card: &Card) -> bool {
    matches!(card.phase, "scheduled" | "in_session")
}

impl CardAct {
    /// Whether the card shows it.
    #[must_use]
    pub fn is_offered(self, card: &Card) -> bool {
        let may = |may| card.may.contains(&may);
        match self {
            Self::Start => may(May::Start),
            Self::Host => may(May::Host) && card.meeting.is_some_and(|meeting| meeting.readiness == Readiness::Ready),
            Self::AdmitEveryone => {
                may(May::Admit) && card.seats.iter().filter(|seat| seat.standing == "waiting").count() > 1
            }
            Self::Call => may(May::Call),
            Self::RunLate => may(May::RunLate),
            Self::ToDirect => may(May::ToDirect),
            Self::ToWebex => may(May::ToWebex),
            Self::Extend => may(May::Extend),
            Self::Cancel => may(May::Cancel),
            Self::End => may(May::End),
        }
    }

    /// Where it posts to, or leads.
    #[must_use]
    pub fn path(self, visit: ConsultationId) -> String {
        let resource = match self {
            Self::Start => "session",
            Self::Host => "webex",
            Self::AdmitEveryone => "admissions",
            Self::Call => "call",
            Self::RunLate => "delays",
            Self::ToDirect | Self::ToWebex => "engine",
            Self::Extend => "extensions",
            Self::Cancel => "cancellation",
            Self::End => "ending",
        };
        format!("/consultations/{visit}/{resource}")
    }

    /// The text of its button.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Start => "board-start",
            Self::Host => "webex-start",
            Self::AdmitEveryone => "board-admit-everyone",
            Self::Call => "board-call",
            Self::RunLate => "board-late",
            Self::ToDirect => "board-to-direct",
            Self::ToWebex => "board-to-webex",
            Self::Extend => "board-extend",
            Self::Cancel => "board-cancel",
            Self::End => "board-end",
        }
    }

    /// What its button says of itself: the name and value of a field.
    #[must_use]
    pub const fn field(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::ToDirect => Some(("engine", Engine::Direct.as_str())),
            Self::ToWebex => Some(("engine", Engine::Webex.as_str())),
            _ => None,
        }
    }

    /// The question before it is done.
    #[must_use]
    pub const fn question_key(self) -> &'static str {
        match self {
            Self::End => "board-end-question",
            _ => "board-cancel-question",
        }
    }

    /// The text of the button that does it.
    #[must_use]
    pub const fn answer_key(self) -> &'static str {
        match self {
            Self::End => "board-end-answer",
            _ => "board-cancel-answer",
        }
    }
}

impl SeatAct {
    /// What stands behind "more".
    pub const MORE: &'static [Self] = &[Self::Again, Self::Replace, Self::Remove];

    /// Whether the seat shows it.
    #[must_use]
    pub fn is_offered(self, offered: Offered<'_>) -> bool {
        let Offered { may, seat } = offered;
        let is_guest = seat.link != CardLink::None;
        let is_in = matches!(seat.standing, "admitted" | "left");
        let may = |needed| is_guest && may.contains(&needed);
        match self {
            Self::Admit => may(May::Admit) && (seat.standing == "waiting" || (is_in && seat.new_device)),
            Self::Hold => may(May::Hold) && is_in,
            Self::Renew => may(May::SendLink) && seat.link == CardLink::Requested,
            Self::Again => may(May::SendLink) && seat.link == CardLink::Sent && seat.standing != "removed",
            Self::Replace => may(May::SendLink) && seat.link != CardLink::Requested,
            Self::Remove => may(May::Remove) && seat.standing != "removed",
        }
    }

    /// Where it posts to.
    #[must_use]
    pub fn path(self, visit: ConsultationId) -> String {
        let resource = match self {
            Self::Admit => "admissions",
            Self::Hold => "holds",
            Self::Renew | Self::Again | Self::Replace => "links",
            Self::Remove => "removals",
        };
        format!("/consultations/{visit}/{resource}")
    }

    /// The form field that names the seat.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Renew | Self::Replace => "renew",
            Self::Again => "again",
            Self::Admit | Self::Hold | Self::Remove => "participant",
        }
    }

    /// The text of its button.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Admit => "board-admit",
            Self::Hold => "board-hold",
            Self::Renew => "board-renew",
            Self::Again => "board-again",
            Self::Replace => "board-replace",
            Self::Remove => "board-remove",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{card, seat};
    use super::*;

    const CONDUCTING: &[May] = &[May::Admit, May::Hold, May::Remove, May::End, May::Extend, May::SendLink, May::Call];

    fn offered(may: &[May], seat: &CardSeat) -> Vec<SeatAct> {
        SeatAct::ALL.iter().copied().filter(|act| act.is_offered(Offered { may, seat })).collect()
    }

    #[test]
    fn a_seat_offers_what_its_standing_allows() {
        let acts = |standing, link| offered(CONDUCTING, &seat(standing, None, link));
        assert_eq!(
            acts("waiting", CardLink::Sent),
            [SeatAct::Admit, SeatAct::Again, SeatAct::Replace, SeatAct::Remove]
        );
        assert_eq!(
            acts("admitted", CardLink::Sent),
            [SeatAct::Hold, SeatAct::Again, SeatAct::Replace, SeatAct::Remove]
        );
        assert_eq!(acts("invited", CardLink::Requested), [SeatAct::Renew, SeatAct::Remove]);
        assert_eq!(acts("invited", CardLink::Expired), [SeatAct::Replace, SeatAct::Remove]);
        assert_eq!(acts("removed", CardLink::Sent), [SeatAct::Replace]);
        assert_eq!(acts("waiting", CardLink::None), []);
    }

    #[test]
    fn somebody_in_the_call_is_admitted_again_on_a_new_device() {
        let moved = CardSeat { new_device: true, ..seat("admitted", None, CardLink::Sent) };
        assert!(SeatAct::Admit.is_offered(Offered { may: CONDUCTING, seat: &moved }));
    }

    #[test]
    fn clerks_are_offered_links_only() {
        assert_eq!(
            offered(&[May::Extend, May::SendLink], &seat("waiting", None, CardLink::Sent)),
            [SeatAct::Again, SeatAct::Replace]
        );
    }

    #[test]
    fn everyone_is_more_than_one() {
        let waiting = || seat("waiting", None, CardLink::Sent);
        let with = |seats| card("2026-11-23T15:00:00Z", "in_session", CONDUCTING, seats);
        assert!(!CardAct::AdmitEveryone.is_offered(&with(vec![waiting()])));
        assert!(CardAct::AdmitEveryone.is_offered(&with(vec![waiting(), waiting()])));
    }
}
