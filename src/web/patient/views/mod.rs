//! What a patient or relative sees: one document from the link to the call, and one honest page for a link that leads nowhere.
//!
//! Pure functions from plain structs to markup. Never asks the hub or the store for anything, and never tells a person who
//! only holds a link more than the hospital, the kind of visit and its time.

mod frame;
mod landing;
mod link_problem;
mod lobby;
mod steps;
pub mod when;

use maud::Markup;

use crate::domain::ids::ParticipantId;
use crate::domain::schedule::Appointment;
use crate::domain::service::Service;
use crate::text::Texts;

/// The version of the consent a person gives by entering; raised whenever its wording changes.
pub const CONSENT_VERSION: i64 = 1;

/// Who invites, and whom to call when nothing works.
#[derive(Clone, Copy)]
pub struct Hospital<'a> {
    /// As patients know it.
    pub name: &'a str,
    /// As it is to be read and dialled; the same place on every page.
    pub help_phone: Option<&'a str>,
}

/// The one document of a visit: landing, lobby, call and farewell.
pub struct VisitDocument<'a> {
    /// The reader's language.
    pub texts: Texts,
    /// Who invites.
    pub hospital: Hospital<'a>,
    /// Shown in neutral words.
    pub service: Service,
    /// Shown in its own zone; the script restates it in the reader's.
    pub appointment: &'a Appointment,
    /// Where the person stands.
    pub door: Door<'a>,
}

/// Before or behind the door.
pub enum Door<'a> {
    /// `GET /j/{token}`: the link was opened, nothing has changed.
    Landing {
        /// From the link, for the form's address.
        token: &'a str,
        /// Proves the form is ours where browsers hide the origin.
        form_token: &'a str,
        /// Why the last attempt to enter failed.
        problem: Option<String>,
    },
    /// `GET /lobby/{seat}`: the person has a place.
    Lobby {
        /// Whose place.
        seat: ParticipantId,
        /// What a browser without scripts is told; with scripts the snapshot says it.
        place: Place,
    },
}

/// Where a person with a seat stands, in the words of the lobby.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before the appointment.
    Parked,
    /// In line.
    Waiting,
    /// Another browser was admitted; this one waits to replace it.
    NewDevice,
    /// Another browser holds the seat.
    Elsewhere,
    /// May enter the call.
    Admitted,
    /// Taken out of the visit.
    Removed,
    /// The visit is over.
    Ended,
    /// The visit was called off.
    Cancelled,
    /// Closed, since nobody came.
    NoShow,
}

/// The page of a link that is expired, replaced or unknown (they look alike), or of a lobby whose cookie is gone.
pub struct LinkProblem<'a> {
    /// The reader's language.
    pub texts: Texts,
    /// Who may be called.
    pub hospital: Hospital<'a>,
    /// What can be done about it.
    pub remedy: Remedy<'a>,
}

/// What a person with a dead link can do.
pub enum Remedy<'a> {
    /// `GET /j/{token}`: ask for a new link.
    Ask {
        /// From the link, for the form's address.
        token: &'a str,
        /// Proves the form is ours where browsers hide the origin.
        form_token: &'a str,
    },
    /// After `POST /j/{token}/requests`: somebody will look at it.
    Asked,
    /// `GET /lobby/{seat}` without its cookie: open the link of the message again.
    OpenLinkAgain,
}

/// `GET /j/{token}` of a live link, and `GET /lobby/{seat}`.
#[must_use]
pub fn visit(document: &VisitDocument<'_>) -> Markup {
    frame::visit(document)
}

/// A link or lobby that leads nowhere; answer 404 or 410 as the guard decides, the page looks the same.
#[must_use]
pub fn link_problem(page: &LinkProblem<'_>) -> Markup {
    link_problem::page(page)
}
