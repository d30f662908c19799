//! What a seat's browser is told: its own standing, the visit, and who is in the call with it.
//!
//! Never tells who else waits, anybody's contact data, or a fact meant for staff.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;

use super::{as_text, as_text_or_null};
use crate::domain::consultation::{Consultation, Kind, Participant, Standing};
use crate::domain::ids::{BrowserId, ParticipantId};
use crate::domain::person::PersonName;
use crate::domain::service::{Engine, Service};
use crate::domain::words::words;

/// A message to a seat's browser.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToSeat<'a> {
    /// Everything this person may know; first message of a connection, or after it fell behind.
    Snapshot(SeatView<'a>),
    /// The same after a commit.
    Change(SeatView<'a>),
    /// Who is in the call now.
    Presence {
        /// The visit's `rev`.
        rev: u64,
        /// This browser's own connection, while it is in the call.
        you: Option<u64>,
        /// Everyone in the call.
        in_call: &'a [InCall<'a>],
    },
    /// From another browser of the call.
    Signal {
        /// Its connection.
        from: u64,
        /// As it was sent.
        data: &'a RawValue,
    },
    /// The last message was not carried out.
    Refused {
        /// Why.
        reason: RefusedReason,
    },
}

/// Everything a participant may know.
#[derive(Debug, Serialize)]
pub struct SeatView<'a> {
    /// The visit's `rev`.
    pub rev: u64,
    /// Their seat.
    pub seat: SeatFacts<'a>,
    /// The visit.
    pub visit: VisitFacts<'a>,
    /// How to reach the others, once admitted.
    pub call: Option<CallFacts>,
}

/// A participant's own seat.
#[derive(Debug, Serialize)]
pub struct SeatFacts<'a> {
    #[serde(serialize_with = "as_text")]
    id: ParticipantId,
    #[serde(serialize_with = "as_text")]
    kind: Kind,
    #[serde(serialize_with = "as_text")]
    name: &'a PersonName,
    #[serde(serialize_with = "as_text")]
    standing: SeatStanding,
    waiting_since: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_text_or_null")]
    text: Option<SeatText>,
}

/// What a participant knows of the visit.
#[derive(Debug, Serialize)]
pub struct VisitFacts<'a> {
    phase: &'static str,
    #[serde(serialize_with = "as_text")]
    service: Service,
    starts_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected_at: Option<Timestamp>,
    #[serde(serialize_with = "as_text_or_null")]
    host: Option<&'a PersonName>,
    #[serde(serialize_with = "as_text")]
    engine: Engine,
}

/// How to reach the others.
#[derive(Debug, Serialize)]
pub struct CallFacts {
    /// In the shape `RTCPeerConnection` takes.
    pub ice_servers: Vec<IceServer>,
}

/// A STUN or TURN server, in the shape `RTCPeerConnection` takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IceServer {
    /// `stun:`, `turn:` or `turns:` URLs.
    pub urls: Vec<String>,
    /// Short-lived; TURN only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Short-lived; TURN only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
}

/// Somebody in the call.
#[derive(Debug, Serialize)]
pub struct InCall<'a> {
    /// Their seat.
    #[serde(serialize_with = "as_text")]
    pub seat: ParticipantId,
    /// Their browser's connection.
    pub connection: u64,
    /// How they are shown.
    #[serde(serialize_with = "as_text")]
    pub name: &'a PersonName,
    /// Who they are in this visit.
    #[serde(serialize_with = "as_text")]
    pub kind: Kind,
}

words! {
    /// Whether somebody who waits gets a message when it is their turn.
    SeatText {
        /// They may ask for one.
        Offered = "offered",
        /// They asked.
        Asked = "asked",
    }
}

/// Whether text messages reach families.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texting {
    /// They do.
    Possible,
    /// Staff read them out: a promise of one would not be kept.
    Impossible,
}

impl SeatText {
    /// What a seat's holder may know: nothing once they are in, or where there is nothing to offer.
    #[must_use]
    pub fn of(seat: &Participant, texting: Texting) -> Option<Self> {
        let may_ask = texting == Texting::Possible && seat.phone.is_some();
        let waits = matches!(seat.standing, Standing::Waiting { .. });
        match (waits, seat.wants_text) {
            (true, true) => Some(Self::Asked),
            (true, false) if may_ask => Some(Self::Offered),
            _ => None,
        }
    }
}

words! {
    /// Where a seat's holder is, as *this* browser may know it.
    SeatStanding {
        /// Has not entered the lobby.
        Invited = "invited",
        /// In the lobby.
        Waiting = "waiting",
        /// Admitted in another browser; this one waits to take over.
        NewDevice = "new_device",
        /// May be in the call.
        Admitted = "admitted",
        /// Hung up; may enter again.
        Left = "left",
        /// Sent away.
        Removed = "removed",
        /// Another browser took the seat.
        Elsewhere = "elsewhere",
    }
}

/// Why a message was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusedReason {
    /// Only for those who were admitted.
    NotAdmitted,
    /// Not a message of the protocol.
    Malformed,
    /// That browser is not in the call.
    UnknownPeer,
    /// Too many at once.
    TooMany,
    /// Could not be saved; try again.
    Unavailable,
}

impl SeatStanding {
    /// Where the seat's holder is, as `browser` may know it.
    #[must_use]
    pub fn seen_by(browser: BrowserId, standing: Standing) -> Self {
        let holds = standing.browser() == Some(browser);
        match standing {
            Standing::Invited => Self::Invited,
            Standing::Removed => Self::Removed,
            Standing::Waiting { .. } if holds => Self::Waiting,
            Standing::Admitted { .. } if holds => Self::Admitted,
            Standing::Left { .. } if holds => Self::Left,
            _ if standing.newcomer() == Some(browser) => Self::NewDevice,
            _ => Self::Elsewhere,
        }
    }

    /// Whether this browser may be in the call.
    #[must_use]
    pub const fn may_call(self) -> bool {
        matches!(self, Self::Admitted | Self::Left)
    }
}

impl<'a> SeatView<'a> {
    /// What `browser` may know; `ice_servers` are made and go out only if it may be in the call.
    #[must_use]
    pub fn of(
        visit: &'a Consultation,
        host: Option<&'a PersonName>,
        seat: &'a Participant,
        browser: BrowserId,
        texting: Texting,
        ice_servers: impl FnOnce() -> Vec<IceServer>,
    ) -> Self {
        let standing = SeatStanding::seen_by(browser, seat.standing);
        let call = (visit.phase.is_open() && standing.may_call()).then(|| CallFacts { ice_servers: ice_servers() });
        Self {
            rev: visit.rev,
            seat: SeatFacts {
                id: seat.id,
                kind: seat.kind,
                name: &seat.name,
                standing,
                waiting_since: seat.arrived_at,
                text: SeatText::of(seat, texting),
            },
            visit: VisitFacts {
                phase: visit.phase.as_str(),
                service: visit.service,
                starts_at: visit.starts_at,
                expected_at: visit.delay.map(|delay| delay.expected_at),
                host,
                engine: visit.engine,
            },
            call,
        }
    }
}
