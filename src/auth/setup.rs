//! The link that sets up the first admin: there is one while nobody can sign in, it works once, and for a day.
//!
//! Only the hash of its token is stored. Never prints it: whoever starts the program does, once.

use jiff::{SignedDuration, Timestamp};

use super::secret::Secret16;
use super::sessions;
use crate::store::staff::NewStaff;
use crate::store::{Store, StoreError, setup_links, staff};

/// How long the link works.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// Why the first admin was not created. Nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// The link was used, replaced, has expired, or never was; or somebody works here by now.
    #[error("the set-up link does not work")]
    LinkOver,
    /// Somebody signs in with that address already.
    #[error("the e-mail address is taken")]
    EmailTaken,
    /// The database did not answer.
    #[error("the first admin could not be stored")]
    Store(#[source] StoreError),
}

/// A fresh link's token when nobody can sign in yet; any older link is dead. None in a house with staff.
///
/// # Errors
/// [`StoreError`], when the database does not answer.
pub async fn issue(store: &Store, now: Timestamp) -> Result<Option<Secret16>, StoreError> {
    if staff::count(store).await? > 0 {
        return Ok(None);
    }
    let token = Secret16::mint();
    setup_links::insert(store, &token.hash(), now + LIFETIME).await?;
    Ok(Some(token))
}

/// Whether the link of `token` works. None does in a house with staff, however they came.
///
/// # Errors
/// [`StoreError`], when the database does not answer.
pub async fn works(store: &Store, token: &Secret16, now: Timestamp) -> Result<bool, StoreError> {
    Ok(setup_links::expiry(store, &token.hash()).await?.is_some_and(|expires_at| now < expires_at))
}

/// Creates the first admin, uses the link up and signs the browser in that is called `agent` in words: all of it, or
/// nothing. Answers the value of the session's cookie.
///
/// # Errors
/// [`SetUpError`].
pub async fn create_admin(
    store: &Store,
    token: &Secret16,
    admin: &NewStaff,
    agent: &str,
) -> Result<Secret16, SetUpError> {
    let (cookie, session) = sessions::draw(admin.member.id, agent, admin.created_at);
    match setup_links::create_admin(store, &token.hash(), admin, &session).await {
        Ok(()) => Ok(cookie),
        Err(StoreError::Conflict) => Err(SetUpError::LinkOver),
        Err(StoreError::Duplicate) => Err(SetUpError::EmailTaken),
        Err(other) => Err(SetUpError::Store(other)),
    }
}
