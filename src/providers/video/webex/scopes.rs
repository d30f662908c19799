//! Whether the service app may do what it has to, for `antesala check`.
//!
//! Each is asked with a request that can change nothing: it is about a meeting or a person whom nobody knows, or lacks what
//! is required. Whoever may not ask is told 403 before Webex looks at that.

use reqwest::Method;
use serde_json::json;

use super::api::{Ask, Body};
use super::guests::Minting;
use super::meetings::ask;
use super::{Trouble, Webex};
use crate::domain::meeting::Obstacle;

/// The name of a meeting, of somebody in it and of a person whom there is not.
const NOBODY: &str = "antesala-check";

/// Something the service app has to be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// To make guests.
    MakeGuests,
    /// To read meetings, in the name of a host where meetings have one.
    ReadMeetings,
    /// To make and change them.
    ChangeMeetings,
    /// To see who is in a meeting.
    SeeAttendees,
    /// To let them in and send them out.
    MoveAttendees,
    /// To look people up.
    ReadPeople,
    /// To give them accounts and licences.
    ChangePeople,
}

impl Webex {
    /// Whether guests come from an issuer of before 2026, and not from the service app.
    #[must_use]
    pub const fn has_issuer(&self) -> bool {
        matches!(self.minting, Minting::Issuer { .. })
    }

    /// Asks whether the service app has a permission.
    ///
    /// # Errors
    /// [`Trouble`]: [`Obstacle::Forbidden`] where it has not; [`Obstacle::NoHost`] where there is nobody in whose name to
    /// ask.
    pub async fn may(&self, permission: Permission) -> Result<(), Trouble> {
        let asked = match permission {
            Permission::MakeGuests => self.probe(Method::POST, &["guests", "token"], vec![]).await,
            Permission::ReadMeetings => {
                let host = self.host_for(None)?.map(|host| host.to_string());
                self.meetings_in_progress(host.as_deref()).await.map(drop)
            }
            Permission::ChangeMeetings => {
                self.host_for(None)?;
                self.probe(Method::PATCH, &["meetings", NOBODY], vec![]).await
            }
            Permission::SeeAttendees => {
                self.probe(Method::GET, &["meetingParticipants"], vec![("meetingId", NOBODY.to_owned())]).await
            }
            Permission::MoveAttendees => self.probe(Method::PUT, &["meetingParticipants", NOBODY], vec![]).await,
            Permission::ReadPeople => self.probe(Method::GET, &["people", NOBODY], vec![]).await,
            Permission::ChangePeople => self.probe(Method::PUT, &["people", NOBODY], vec![]).await,
        };
        match asked {
            // It would have been done, had there been anything to do.
            Err(trouble) if matches!(trouble.obstacle, Obstacle::Refused | Obstacle::NotFound) => Ok(()),
            other => other,
        }
    }

    async fn probe(&self, method: Method, path: &[&str], query: Vec<(&'static str, String)>) -> Result<(), Trouble> {
        let body = match method {
            Method::GET => Body::None,
            Method::PATCH => Body::Merge(json!({})),
            _ => Body::Json(json!({})),
        };
        self.api.probe(Ask { query, ..ask("probe", method, path, body) }).await
    }
}
