//! What a board shows: one card per visit, with every seat.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::{as_text, as_text_or_null, as_texts};
use crate::domain::booking::Reason;
use crate::domain::consultation::{Consultation, Kind, Phase};
use crate::domain::ids::{ConsultationId, ParticipantId};
use crate::domain::link::LinkStanding;
use crate::domain::meeting::{Obstacle, Readiness};
use crate::domain::person::{BirthDate, PersonName, Phone};
use crate::domain::service::{Admission, Engine, Service, Services};
use crate::domain::words::words;

/// A message to a board.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToBoard<'a> {
    /// Every card of the day.
    Snapshot {
        /// The day, in the hospital's zone.
        day: Date,
        /// The cards, in no particular order.
        cards: &'a [Card],
        /// What is counted instead; only where a board does not show every visit.
        #[serde(skip_serializing_if = "Option::is_none")]
        rest: Option<Rest>,
    },
    /// What is counted has changed.
    Rest {
        /// The new counts.
        rest: Rest,
    },
    /// One card, new or changed.
    Card {
        /// The card.
        card: &'a Card,
    },
    /// A visit that is no longer this board's: another doctor's, or of another day.
    Gone {
        /// The visit.
        #[serde(serialize_with = "as_text")]
        consultation: ConsultationId,
    },
}

/// Visits of the day that the clinic's board counts instead of showing them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rest {
    /// Open ones that need nobody yet.
    pub open: u32,
    /// Closed ones.
    pub over: u32,
}

/// One visit, as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Card {
    /// The visit.
    #[serde(serialize_with = "as_text")]
    pub consultation: ConsultationId,
    /// Its `rev`.
    pub rev: u64,
    /// Where it stands: [`Phase::as_str`].
    pub phase: &'static str,
    /// What it is for.
    #[serde(serialize_with = "as_text")]
    pub service: Service,
    /// The appointment.
    pub starts_at: Timestamp,
    /// When it will begin, where staff said that it is late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_at: Option<Timestamp>,
    /// When it was closed.
    pub ends_at: Option<Timestamp>,
    /// Whom it is about.
    pub patient: CardPatient,
    /// Who conducts it.
    #[serde(serialize_with = "as_text_or_null")]
    pub doctor: Option<PersonName>,
    /// The inpatient's ward.
    pub ward: Option<String>,
    /// Who is let in, and when.
    #[serde(serialize_with = "as_text")]
    pub admission: Admission,
    /// What carries its media.
    #[serde(serialize_with = "as_text")]
    pub engine: Engine,
    /// Its meeting at Webex; only where Webex carries it.
    pub meeting: Option<CardMeeting>,
    /// What the reader may do now.
    #[serde(serialize_with = "as_texts")]
    pub may: Vec<May>,
    /// Everyone with a seat.
    pub seats: Vec<CardSeat>,
}

/// The meeting that carries a visit at Webex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CardMeeting {
    /// How far it has come.
    #[serde(serialize_with = "as_text")]
    pub readiness: Readiness,
    /// What is in the way.
    #[serde(serialize_with = "as_text_or_null")]
    pub obstacle: Option<Obstacle>,
}

/// Whom a visit is about: enough never to enter the wrong patient's room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardPatient {
    /// Their name.
    #[serde(serialize_with = "as_text")]
    pub name: PersonName,
    /// Their date of birth.
    #[serde(serialize_with = "as_text")]
    pub born: BirthDate,
    /// Why the visit takes place.
    #[serde(serialize_with = "as_text")]
    pub reason: Reason,
}

/// A person's seat on a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardSeat {
    /// The seat.
    #[serde(serialize_with = "as_text")]
    pub id: ParticipantId,
    /// Who they are in this visit.
    #[serde(serialize_with = "as_text")]
    pub kind: Kind,
    /// How they are shown.
    #[serde(serialize_with = "as_text")]
    pub name: PersonName,
    /// How they are related to the patient.
    pub relation: Option<String>,
    /// Where to call them.
    #[serde(serialize_with = "as_text_or_null")]
    pub phone: Option<Phone>,
    /// Where they are: [`crate::domain::consultation::Standing::as_str`].
    pub standing: &'static str,
    /// First arrival: the place in line.
    pub since: Option<Timestamp>,
    /// Whether a browser waits that is not the one that came first.
    pub new_device: bool,
    /// Their link.
    #[serde(serialize_with = "as_text")]
    pub link: CardLink,
    /// How the latest message to them went.
    #[serde(serialize_with = "as_text")]
    pub delivery: CardDelivery,
    /// What they answered by text message, the newest last.
    pub replies: Vec<CardReply>,
    /// Their browser.
    #[serde(serialize_with = "as_text")]
    pub presence: Presence,
}

/// What somebody answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardReply {
    /// What it says, cut to what a card has room for.
    pub text: String,
    /// When it came.
    pub at: Timestamp,
}

words! {
    /// What the reader of a card may do now.
    May {
        /// Open the door.
        Start = "start",
        /// Start its meeting at Webex.
        Host = "host",
        /// Let people in.
        Admit = "admit",
        /// Send somebody back to the lobby.
        Hold = "hold",
        /// Send somebody away.
        Remove = "remove",
        /// Close the visit for everyone.
        End = "end",
        /// Call it off.
        Cancel = "cancel",
        /// Say that it begins late.
        RunLate = "run_late",
        /// Let links live longer.
        Extend = "extend",
        /// Send a link again, or a new one.
        SendLink = "send_link",
        /// Enter the call.
        Call = "call",
        /// Let the direct call carry it.
        ToDirect = "to_direct",
        /// Let Webex carry it.
        ToWebex = "to_webex",
    }
}

words! {
    /// A seat's link, on a card.
    CardLink {
        /// Staff have none.
        None = "none",
        /// It will be sent.
        Scheduled = "scheduled",
        /// It was sent and works.
        Sent = "sent",
        /// A first entry is no longer possible.
        Expired = "expired",
        /// Its holder asks for a new one.
        Requested = "requested",
    }
}

words! {
    /// How the latest message to a seat went, as far as it matters to staff.
    CardDelivery {
        /// Nothing to tell: none was due.
        None = "none",
        /// It does not leave the house: staff show it.
        ByHand = "by_hand",
        /// One waits to be sent.
        Waiting = "waiting",
        /// It has left, and nobody has told yet whether it arrived.
        Sent = "sent",
        /// Nobody can say whether it was sent.
        Unsure = "unsure",
        /// It is on their phone.
        Delivered = "delivered",
        /// It did not arrive.
        Undelivered = "undelivered",
        /// They asked for no more messages.
        OptedOut = "opted_out",
    }
}

words! {
    /// Where a seat's browser is.
    Presence {
        /// No browser is connected.
        Away = "away",
        /// The lobby is open.
        Here = "here",
        /// In the call.
        InCall = "in_call",
        /// Connected, but silent for 45 s.
        Absent = "absent",
    }
}

words! {
    /// From which side staff look at a visit.
    Side {
        /// Its doctor, or its ward.
        Conducts = "conducts",
        /// Clerks.
        Supports = "supports",
        /// Another doctor who has a seat in the call.
        Attends = "attends",
    }
}

impl Card {
    /// The card of somebody who may act for these services only: of another one, they look at it.
    #[must_use]
    pub fn seen_by(self, acts_for: Services) -> Self {
        if acts_for.hold(self.service) { self } else { Self { may: Vec::new(), ..self } }
    }
}

impl May {
    /// What somebody on this side may do in the visit as it stands.
    #[must_use]
    pub fn of(side: Side, visit: &Consultation) -> Vec<Self> {
        let mut may = match (visit.phase, side) {
            (Phase::Scheduled, Side::Conducts) => {
                vec![Self::Start, Self::RunLate, Self::Cancel, Self::Remove, Self::Extend, Self::SendLink]
            }
            (Phase::Scheduled, Side::Supports) => vec![Self::RunLate, Self::Cancel, Self::Extend, Self::SendLink],
            (Phase::InSession { .. }, Side::Conducts) => {
                vec![Self::Admit, Self::Hold, Self::Remove, Self::End, Self::Extend, Self::SendLink, Self::Call]
            }
            (Phase::InSession { .. }, Side::Supports) => vec![Self::Extend, Self::SendLink],
            (Phase::InSession { .. }, Side::Attends) => vec![Self::Call],
            _ => vec![],
        };
        if side == Side::Conducts && visit.engine == Engine::Webex && visit.phase.is_open() {
            may.push(Self::Host);
        }
        may
    }
}

impl May {
    /// What somebody on this side may do about what carries the visit, where these engines are possible.
    #[must_use]
    pub fn about_engines(side: Side, visit: &Consultation, possible: impl Iterator<Item = Engine>) -> Vec<Self> {
        if side != Side::Conducts || !visit.phase.is_open() {
            return vec![];
        }
        let others = possible.filter(|engine| *engine != visit.engine);
        others
            .map(|engine| match engine {
                Engine::Direct => Self::ToDirect,
                Engine::Webex => Self::ToWebex,
            })
            .collect()
    }
}

impl From<Option<LinkStanding>> for CardLink {
    fn from(standing: Option<LinkStanding>) -> Self {
        match standing {
            None => Self::None,
            Some(LinkStanding::Scheduled) => Self::Scheduled,
            Some(LinkStanding::Sent) => Self::Sent,
            Some(LinkStanding::Expired) => Self::Expired,
            Some(LinkStanding::Requested) => Self::Requested,
        }
    }
}
