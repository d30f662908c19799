//! The link by which somebody chooses their password: handed over by an admin when they begin here, and when they forgot it.
//!
//! It works once, for a week, and a new one ends the old one. Only the hash of its token is stored. Choosing a password ends
//! every session its owner had, since whoever knew the old password must be out, and begins one where it was chosen. Never
//! tells why a link does not work.

use jiff::{SignedDuration, Timestamp};

use super::secret::Secret16;
use super::sessions;
use crate::domain::ids::{StaffId, StaffSessionId};
use crate::domain::staff::StaffMember;
use crate::store::staff::invitations::{self, NewInvitation};
use crate::store::{Store, StoreError};

/// How long a link works.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What follows from a password that was chosen.
#[derive(Debug)]
pub struct Accepted {
    /// The value of the cookie of the session that began.
    pub cookie: Secret16,
    /// The sessions that ended.
    pub ended: Vec<StaffSessionId>,
}

/// Why no password was stored. Nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum WelcomeError {
    /// The link was used, replaced, has expired, or never was; or its owner may not sign in.
    #[error("the link to choose a password does not work")]
    LinkOver,
    /// The database did not answer.
    #[error("the password could not be stored")]
    Store(#[source] StoreError),
}

/// A link's token and what to store in its place, for a batch of its own or of somebody else's.
#[must_use]
pub fn draw(staff: StaffId, now: Timestamp) -> (Secret16, NewInvitation) {
    let token = Secret16::mint();
    let new = NewInvitation { staff, token_hash: token.hash(), expires_at: now + LIFETIME, created_at: now };
    (token, new)
}

/// A fresh link's token; any older link of theirs is dead.
///
/// # Errors
/// [`StoreError::Conflict`], when they are not active; another [`StoreError`], when it could not be stored.
pub async fn invite(store: &Store, staff: StaffId, now: Timestamp) -> Result<Secret16, StoreError> {
    let (token, new) = draw(staff, now);
    invitations::replace(store, &new).await?;
    Ok(token)
}

/// Whose link this is, as long as it works.
///
/// # Errors
/// [`StoreError`], when the database does not answer.
pub async fn holder(store: &Store, token: &Secret16, now: Timestamp) -> Result<Option<StaffMember>, StoreError> {
    invitations::holder(store, &token.hash(), now).await
}

/// Stores the password of `staff`, chosen with their link in a browser that is called `agent` in words, uses the link up and
/// signs that browser in: all of it, or nothing.
///
/// # Errors
/// [`WelcomeError`].
pub async fn accept(
    store: &Store,
    staff: StaffId,
    token: &Secret16,
    password_hash: &str,
    agent: &str,
    now: Timestamp,
) -> Result<Accepted, WelcomeError> {
    let (cookie, session) = sessions::draw(staff, agent, now);
    match invitations::accept(store, &token.hash(), password_hash, &session).await {
        Ok(ended) => Ok(Accepted { cookie, ended }),
        Err(StoreError::Conflict) => Err(WelcomeError::LinkOver),
        Err(error) => Err(WelcomeError::Store(error)),
    }
}
