//! One visit: its people, its phases, and the machine that says what may happen next.
//!
//! [`decide`] answers a command with the events it causes, or with the reason why not; [`Consultation::apply`] turns an
//! event into the next state. Both are pure. What each keeps: one doctor conducts; nobody is admitted but by staff
//! entitled to; what has ended never reopens; a seat is in one standing; `rev` grows by one per event.
//!
//! Never: does I/O, reads a clock, tells anybody.

mod apply;
mod carrying;
mod command;
mod decide;
mod delay;
mod event;
mod inviting;
mod moving;
#[cfg(test)]
mod tests;
pub mod texting;

use jiff::{SignedDuration, Timestamp};

pub use command::{Command, Joining, Refusal, Whom};
pub use decide::{decide, may_conduct, may_support};
pub use delay::{Delay, Lateness};
pub use event::{Event, Missing};
pub use inviting::{Guest, GuestSeat, Invitee};

use super::ids::{BrowserId, ConsultationId, ParticipantId, StaffId, WardId};
use super::link::Link;
use super::person::{Language, PersonName, Phone};
use super::schedule::LinkWindow;
use super::service::{Admission, Engine, Service};
use super::words::words;

/// One visit as the rules see it. Who the patient is belongs to the store: the rules don't ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consultation {
    /// Its id.
    pub id: ConsultationId,
    /// How many events it has seen.
    pub rev: u64,
    /// What it is for.
    pub service: Service,
    /// Where it stands.
    pub phase: Phase,
    /// Who is let in, and when.
    pub admission: Admission,
    /// What carries its media.
    pub engine: Engine,
    /// Who conducts it; none for tele-visits, which the ward conducts.
    pub doctor: Option<StaffId>,
    /// The inpatient's ward.
    pub ward: Option<WardId>,
    /// The appointment.
    pub starts_at: Timestamp,
    /// How long it is planned to last.
    pub minutes: u16,
    /// What staff last said about a late start.
    pub delay: Option<Delay>,
    /// Everyone with a seat, in the order they were invited.
    pub participants: Vec<Participant>,
}

/// Where a visit stands. Whether its lobby is open follows from the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not started.
    Scheduled,
    /// Started by staff.
    InSession {
        /// Since when.
        since: Timestamp,
    },
    /// Over.
    Ended {
        /// Since when.
        at: Timestamp,
    },
    /// Called off before it started.
    Cancelled {
        /// Since when.
        at: Timestamp,
    },
    /// Its time passed and one side never came.
    NoShow {
        /// Since when.
        at: Timestamp,
        /// Which side.
        missing: Missing,
    },
}

words! {
    /// Who somebody is in a visit.
    Kind {
        /// The doctor who conducts it.
        Doctor = "doctor",
        /// Another doctor.
        Colleague = "colleague",
        /// Ward staff.
        Ward = "ward",
        /// The patient.
        Patient = "patient",
        /// A relative of the patient.
        Relative = "relative",
        /// An interpreter.
        Interpreter = "interpreter",
    }
}

/// A person's seat in one visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// The seat's id.
    pub id: ParticipantId,
    /// Who they are in this visit.
    pub kind: Kind,
    /// Set for staff, who need no link and no admission.
    pub staff: Option<StaffId>,
    /// How they are shown.
    pub name: PersonName,
    /// Where their messages go.
    pub phone: Option<Phone>,
    /// The language of their messages and pages.
    pub language: Language,
    /// Where they are.
    pub standing: Standing,
    /// First arrival: their place in line, which nothing resets.
    pub arrived_at: Option<Timestamp>,
    /// Whether the browser that waits is another than the one that arrived first.
    pub device_changed: bool,
    /// Whether they asked for a message when it is their turn.
    pub wants_text: bool,
    /// Their link; staff have none.
    pub link: Option<Link>,
}

/// Where somebody is. Admission belongs to a seat *and* a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Has not come yet.
    Invited,
    /// In the lobby.
    Waiting {
        /// The browser that holds the seat.
        browser: BrowserId,
    },
    /// May be in the call.
    Admitted {
        /// The browser that was let in.
        browser: BrowserId,
        /// Another browser with the same link, which waits to take over.
        newcomer: Option<BrowserId>,
    },
    /// Hung up; may enter again.
    Left {
        /// The browser that was let in.
        browser: BrowserId,
        /// Another browser with the same link, which waits to take over.
        newcomer: Option<BrowserId>,
    },
    /// Sent away. Only a new link brings them back.
    Removed,
}

impl Consultation {
    /// The seat with this id.
    #[must_use]
    pub fn participant(&self, id: ParticipantId) -> Option<&Participant> {
        self.participants.iter().find(|participant| participant.id == id)
    }

    /// The seat of this member of staff.
    #[must_use]
    pub fn seat_of_staff(&self, staff: StaffId) -> Option<&Participant> {
        self.participants.iter().find(|participant| participant.staff == Some(staff))
    }

    /// Everyone who is not staff.
    pub fn guests(&self) -> impl Iterator<Item = &Participant> {
        self.participants.iter().filter(|seat| seat.staff.is_none())
    }

    /// When it is planned to be over.
    #[must_use]
    pub fn planned_end(&self) -> Timestamp {
        self.starts_at + SignedDuration::from_mins(i64::from(self.minutes))
    }

    /// When the last link expires of those who were not sent away; none when nobody has one.
    #[must_use]
    pub fn last_expiry(&self) -> Option<Timestamp> {
        let welcome = self.participants.iter().filter(|seat| seat.standing != Standing::Removed);
        welcome.filter_map(|seat| seat.link).map(|link| link.expires_at).max()
    }

    /// When a link that is given out `now` opens and expires: ahead of the appointment, but at once where staff have begun.
    #[must_use]
    pub fn link_times(&self, window: LinkWindow, now: Timestamp) -> (Timestamp, Timestamp) {
        let begins = if let Phase::InSession { .. } = self.phase { self.starts_at.min(now) } else { self.starts_at };
        window.around(begins, now)
    }
}

impl Phase {
    /// Whether anything can still happen.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Scheduled | Self::InSession { .. })
    }

    /// When it was closed.
    #[must_use]
    pub const fn closed_at(self) -> Option<Timestamp> {
        match self {
            Self::Scheduled | Self::InSession { .. } => None,
            Self::Ended { at } | Self::Cancelled { at } | Self::NoShow { at, .. } => Some(at),
        }
    }

    /// The one spelling, for the store and the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::InSession { .. } => "in_session",
            Self::Ended { .. } => "ended",
            Self::Cancelled { .. } => "cancelled",
            Self::NoShow { .. } => "no_show",
        }
    }
}

impl Standing {
    /// The browser that holds the seat.
    #[must_use]
    pub const fn browser(self) -> Option<BrowserId> {
        match self {
            Self::Invited | Self::Removed => None,
            Self::Waiting { browser } | Self::Admitted { browser, .. } | Self::Left { browser, .. } => Some(browser),
        }
    }

    /// The browser that waits to take the seat over.
    #[must_use]
    pub const fn newcomer(self) -> Option<BrowserId> {
        match self {
            Self::Invited | Self::Waiting { .. } | Self::Removed => None,
            Self::Admitted { newcomer, .. } | Self::Left { newcomer, .. } => newcomer,
        }
    }

    /// The one spelling, for the store and the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Waiting { .. } => "waiting",
            Self::Admitted { .. } => "admitted",
            Self::Left { .. } => "left",
            Self::Removed => "removed",
        }
    }
}
