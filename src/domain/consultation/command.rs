//! What can be asked of a visit, and why it can be refused.

use jiff::{SignedDuration, Timestamp};

use super::{Invitee, Kind, Lateness};
use crate::domain::ids::{BrowserId, ParticipantId};
use crate::domain::person::{Language, PersonName};
use crate::domain::schedule::{Appointment, LinkWindow};
use crate::domain::service::Engine;
use crate::domain::staff::{Operator, Role, StaffMember};

/// Something asked of a visit, by staff (`by`), by a participant's browser, or by the house itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open the door.
    Start {
        /// Who asks.
        by: Operator,
    },
    /// Let people in.
    Admit {
        /// Who asks.
        by: Operator,
        /// One seat, or everyone who waits.
        whom: Whom,
    },
    /// Send somebody back to the lobby.
    Hold {
        /// Who asks.
        by: Operator,
        /// The seat.
        participant: ParticipantId,
    },
    /// Send somebody away.
    Remove {
        /// Who asks.
        by: Operator,
        /// The seat.
        participant: ParticipantId,
    },
    /// Close the visit for everyone.
    End {
        /// Who asks.
        by: Operator,
    },
    /// Call the visit off before it starts.
    Cancel {
        /// Who asks.
        by: Operator,
    },
    /// Move the appointment, or change how long it is planned to last.
    Reschedule {
        /// Who asks.
        by: Operator,
        /// The appointment they saw: what somebody else has moved meanwhile is not overwritten.
        seen: Timestamp,
        /// The new one.
        appointment: Appointment,
        /// When links go out, and how long they last.
        window: LinkWindow,
    },
    /// Let another doctor conduct it.
    HandOver {
        /// Who asks.
        by: Operator,
        /// The other doctor.
        to: Box<StaffMember>,
        /// The seat to give them while the visit runs, if they have none.
        seat: ParticipantId,
    },
    /// Say that it begins late.
    RunLate {
        /// Who asks.
        by: Operator,
        /// By how much.
        lateness: Lateness,
        /// When links go out, and how long they last.
        window: LinkWindow,
    },
    /// Invite more people.
    Invite {
        /// Who asks.
        by: Operator,
        /// Whom; people who have no seat yet.
        invitees: Vec<Invitee>,
        /// When links go out, and how long they last.
        window: LinkWindow,
    },
    /// Let links live longer.
    Extend {
        /// Who asks.
        by: Operator,
        /// By how much, counted from now or from the latest expiry, whichever is later.
        by_how_much: SignedDuration,
    },
    /// Send somebody a new link; the old one dies.
    RenewLink {
        /// Who asks.
        by: Operator,
        /// The seat.
        participant: ParticipantId,
        /// When links go out, and how long they last: before that, the new one waits too.
        window: LinkWindow,
    },
    /// Send somebody the same link again.
    ResendLink {
        /// Who asks.
        by: Operator,
        /// The seat.
        participant: ParticipantId,
    },
    /// A member of staff enters the call.
    Join(Joining),
    /// A browser used somebody's link.
    Arrive {
        /// Whose seat.
        participant: ParticipantId,
        /// The browser.
        browser: BrowserId,
    },
    /// Somebody hung up.
    Leave {
        /// Whose seat.
        participant: ParticipantId,
        /// The browser.
        browser: BrowserId,
    },
    /// Somebody who hung up enters again.
    Return {
        /// Whose seat.
        participant: ParticipantId,
        /// The browser.
        browser: BrowserId,
    },
    /// Somebody whose link no longer works asks for another.
    RequestLink {
        /// Whose seat.
        participant: ParticipantId,
        /// Which generation of the link they hold: a newer one may work, but they don't have it.
        generation: u32,
    },
    /// Let another engine carry the media.
    SwitchEngine {
        /// Who asks.
        by: Operator,
        /// Which.
        to: Engine,
    },
    /// The meeting that carries the visit was started by its host, outside the house.
    HostStarted {
        /// Whose meeting it is here.
        by: Operator,
    },
    /// That meeting is over.
    HostEnded {
        /// Whose meeting it is here.
        by: Operator,
    },
    /// Somebody who waits wants a message when it is their turn.
    AskForText {
        /// Whose seat.
        participant: ParticipantId,
        /// The browser.
        browser: BrowserId,
    },
    /// They no longer want it.
    DeclineText {
        /// Whose seat.
        participant: ParticipantId,
        /// The browser.
        browser: BrowserId,
    },
    /// Nobody is connected: close it if its time has passed. Asked by the house.
    CloseUnattended,
}

/// A member of staff at the door of the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    /// Who asks.
    pub by: Operator,
    /// How they are shown.
    pub name: PersonName,
    /// The language of their pages.
    pub language: Language,
    /// The seat to give them if they have none.
    pub seat: ParticipantId,
    /// Their signed-in session.
    pub browser: BrowserId,
}

/// Whom to admit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// One seat.
    One(ParticipantId),
    /// Everyone who waits in the lobby; not those who wait to change devices.
    Everyone,
}

/// Why a command was not carried out. Nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// This person may not do this in this visit.
    #[error("not entitled")]
    NotEntitled,
    /// The visit has no such seat.
    #[error("no such seat")]
    UnknownSeat,
    /// The visit is over.
    #[error("the visit is over")]
    Closed,
    /// Start it first.
    #[error("the visit has not started")]
    NotStarted,
    /// It is running already.
    #[error("the visit has started already")]
    AlreadyStarted,
    /// They are in already.
    #[error("already admitted")]
    AlreadyAdmitted,
    /// They have not come yet.
    #[error("not arrived yet")]
    NotArrived,
    /// The lobby is empty.
    #[error("nobody is waiting")]
    NobodyWaiting,
    /// They are not in the call.
    #[error("not in the call")]
    NotAdmitted,
    /// They were sent away.
    #[error("removed from the visit")]
    Removed,
    /// The link no longer works.
    #[error("the link has expired")]
    LinkExpired,
    /// The link still works: no new one is needed.
    #[error("the link still works")]
    LinkStillWorks,
    /// There is no number to write to.
    #[error("no phone")]
    NoPhone,
    /// That is done to participants, not to staff.
    #[error("that seat belongs to staff")]
    StaffSeat,
    /// The visit has as many seats as a call can carry.
    #[error("the call is full")]
    Full,
    /// They were invited before.
    #[error("invited already")]
    AlreadyInvited,
    /// This service has no seat for the patient.
    #[error("the patient has no seat in this service")]
    PatientNotSeated,
    /// Somebody else has moved it since it was looked at.
    #[error("the appointment was changed meanwhile")]
    Changed,
    /// That doctor does not conduct such visits.
    #[error("the doctor is not permitted this service")]
    DoctorNotPermitted,
    /// That doctor conducts it already.
    #[error("the same doctor")]
    SameDoctor,
    /// Not yet: people may still come.
    #[error("its time has not passed")]
    TooEarly,
}

impl Kind {
    /// Which staff seat an operator takes in a visit they do not have a seat in yet.
    pub(super) const fn of_joining(by: Operator) -> Self {
        match by.role {
            Role::Doctor => Self::Colleague,
            _ => Self::Ward,
        }
    }
}
