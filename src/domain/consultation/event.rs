//! What has happened in a visit.

use jiff::Timestamp;

use super::{Delay, GuestSeat, Participant};
use crate::domain::ids::{BrowserId, ParticipantId, StaffId};
use crate::domain::link::Link;
use crate::domain::schedule::Appointment;
use crate::domain::service::Engine;
use crate::domain::words::words;

words! {
    /// Which side never came.
    Missing {
        /// Nobody who was invited by link.
        Patient = "patient",
        /// Somebody waited, and no staff started the visit.
        Staff = "staff",
    }
}

/// Something that happened in a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Staff opened the door.
    Started {
        /// Who.
        by: StaffId,
    },
    /// Somebody came to the lobby for the first time.
    Arrived {
        /// Whose seat.
        participant: ParticipantId,
        /// With which browser.
        browser: BrowserId,
    },
    /// Somebody who waits opened the link in another browser, which waits on in their place.
    DeviceChanged {
        /// Whose seat.
        participant: ParticipantId,
        /// With which browser.
        browser: BrowserId,
    },
    /// Somebody who is in opened the link in another browser, which waits to take over.
    NewDeviceWaits {
        /// Whose seat.
        participant: ParticipantId,
        /// With which browser.
        browser: BrowserId,
    },
    /// Somebody may enter the call.
    Admitted {
        /// Whose seat.
        participant: ParticipantId,
        /// With which browser.
        browser: BrowserId,
        /// By whom; none when the visit lets everyone in once it has started.
        by: Option<StaffId>,
    },
    /// Somebody was sent back to the lobby.
    Held {
        /// Whose seat.
        participant: ParticipantId,
        /// By whom.
        by: StaffId,
    },
    /// Somebody hung up.
    Left {
        /// Whose seat.
        participant: ParticipantId,
    },
    /// Somebody who had hung up entered again.
    Returned {
        /// Whose seat.
        participant: ParticipantId,
    },
    /// Somebody was sent away.
    Removed {
        /// Whose seat.
        participant: ParticipantId,
        /// By whom.
        by: StaffId,
    },
    /// A member of staff took a seat of their own.
    StaffJoined {
        /// The new seat.
        seat: Box<Participant>,
    },
    /// Somebody was invited to a visit that was booked already.
    Invited {
        /// The new seat.
        seat: Box<Participant>,
        /// What only the store keeps about it.
        guest: GuestSeat,
        /// By whom.
        by: StaffId,
    },
    /// Somebody whose link no longer works asked for another.
    LinkRequested {
        /// Whose seat.
        participant: ParticipantId,
    },
    /// A new link replaced the old one.
    LinkRenewed {
        /// Whose seat.
        participant: ParticipantId,
        /// The new link.
        link: Link,
        /// By whom.
        by: StaffId,
    },
    /// The same link was sent once more.
    LinkResent {
        /// Whose seat.
        participant: ParticipantId,
        /// By whom.
        by: StaffId,
    },
    /// The appointment was moved, or its planned length changed.
    Rescheduled {
        /// The new one.
        appointment: Appointment,
        /// When links go out now.
        opens_at: Timestamp,
        /// When they expire.
        expires_at: Timestamp,
        /// By whom.
        by: StaffId,
    },
    /// Another doctor conducts it from now on.
    HandedOver {
        /// The seat from which they conduct it: the other doctor's until now, their own, or a new one.
        seat: Box<Participant>,
        /// By whom.
        by: StaffId,
    },
    /// Another engine carries the media from now on.
    EngineSwitched {
        /// Which.
        engine: Engine,
        /// By whom.
        by: StaffId,
    },
    /// Staff said that it begins late.
    Delayed {
        /// When they expect to begin, and when families who have not come hear of it.
        delay: Delay,
        /// Links that would have expired earlier live until then.
        links_until: Timestamp,
        /// By whom.
        by: StaffId,
    },
    /// Somebody who waits wants a message when it is their turn.
    TextAsked {
        /// Whose seat.
        participant: ParticipantId,
    },
    /// They need it no longer: they are in, or said so.
    TextDeclined {
        /// Whose seat.
        participant: ParticipantId,
    },
    /// Links that would have expired earlier live until then.
    Extended {
        /// Until when.
        until: Timestamp,
        /// By whom.
        by: StaffId,
    },
    /// The visit was closed for everyone.
    Ended {
        /// By whom; none when everybody had gone and its time had passed.
        by: Option<StaffId>,
    },
    /// The visit was called off.
    Cancelled {
        /// By whom.
        by: StaffId,
    },
    /// Its time passed and one side never came.
    NoShow {
        /// Which side.
        missing: Missing,
    },
}

impl Event {
    /// The one spelling, for the history.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Started { .. } => "started",
            Self::Arrived { .. } => "arrived",
            Self::DeviceChanged { .. } => "device_changed",
            Self::NewDeviceWaits { .. } => "new_device_waits",
            Self::Admitted { .. } => "admitted",
            Self::Held { .. } => "held",
            Self::Left { .. } => "left",
            Self::Returned { .. } => "returned",
            Self::Removed { .. } => "removed",
            Self::StaffJoined { .. } => "staff_joined",
            Self::Invited { .. } => "invited",
            Self::LinkRequested { .. } => "link_requested",
            Self::LinkRenewed { .. } => "link_renewed",
            Self::LinkResent { .. } => "link_resent",
            Self::Rescheduled { .. } => "rescheduled",
            Self::HandedOver { .. } => "handed_over",
            Self::EngineSwitched { .. } => "engine_switched",
            Self::Delayed { .. } => "delayed",
            Self::TextAsked { .. } => "text_asked",
            Self::TextDeclined { .. } => "text_declined",
            Self::Extended { .. } => "extended",
            Self::Ended { .. } => "ended",
            Self::Cancelled { .. } => "cancelled",
            Self::NoShow { .. } => "no_show",
        }
    }

    /// Whose seat it is about, if it is about one.
    #[must_use]
    pub fn participant(&self) -> Option<ParticipantId> {
        match self {
            Self::Arrived { participant, .. }
            | Self::DeviceChanged { participant, .. }
            | Self::NewDeviceWaits { participant, .. }
            | Self::Admitted { participant, .. }
            | Self::Held { participant, .. }
            | Self::Left { participant }
            | Self::Returned { participant }
            | Self::Removed { participant, .. }
            | Self::LinkRequested { participant }
            | Self::TextAsked { participant }
            | Self::TextDeclined { participant }
            | Self::LinkRenewed { participant, .. }
            | Self::LinkResent { participant, .. } => Some(*participant),
            Self::StaffJoined { seat } | Self::Invited { seat, .. } | Self::HandedOver { seat, .. } => Some(seat.id),
            Self::Started { .. }
            | Self::Rescheduled { .. }
            | Self::EngineSwitched { .. }
            | Self::Delayed { .. }
            | Self::Extended { .. }
            | Self::Ended { .. }
            | Self::Cancelled { .. }
            | Self::NoShow { .. } => None,
        }
    }

    /// Which member of staff did it, if one did.
    #[must_use]
    pub fn staff(&self) -> Option<StaffId> {
        match self {
            Self::Started { by }
            | Self::Held { by, .. }
            | Self::Removed { by, .. }
            | Self::Invited { by, .. }
            | Self::LinkRenewed { by, .. }
            | Self::LinkResent { by, .. }
            | Self::Rescheduled { by, .. }
            | Self::HandedOver { by, .. }
            | Self::EngineSwitched { by, .. }
            | Self::Delayed { by, .. }
            | Self::Extended { by, .. }
            | Self::Cancelled { by } => Some(*by),
            Self::Admitted { by, .. } | Self::Ended { by } => *by,
            Self::StaffJoined { seat } => seat.staff,
            Self::Arrived { .. }
            | Self::DeviceChanged { .. }
            | Self::NewDeviceWaits { .. }
            | Self::Left { .. }
            | Self::Returned { .. }
            | Self::LinkRequested { .. }
            | Self::TextAsked { .. }
            | Self::TextDeclined { .. }
            | Self::NoShow { .. } => None,
        }
    }
}
