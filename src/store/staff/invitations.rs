//! The link by which somebody chooses a password: one at a time for each, known by the hash of its token, used once.
//!
//! Never makes a token, and never decides how long one works.

use jiff::Timestamp;

use super::{Batch, Store, StoreError, member};
use crate::domain::ids::{StaffId, StaffSessionId};
use crate::domain::staff::StaffMember;
use crate::store::sessions::{NewSession, begin_with, end_others_with, ended};

/// A link about to be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvitation {
    /// Whose.
    pub staff: StaffId,
    /// In place of its token.
    pub token_hash: [u8; 32],
    /// Until when it works.
    pub expires_at: Timestamp,
    /// Now.
    pub created_at: Timestamp,
}

const REPLACE: &str = "INSERT INTO staff_invitations (staff_id, token_hash, expires_at, created_at) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (staff_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at, \
     created_at = excluded.created_at";

const OF_SOMEBODY_ACTIVE: &str = "UPDATE staff SET active = TRUE WHERE id = $1 AND active = TRUE";

const HOLDER: &str = "SELECT s.id, s.email, s.name, s.role, s.ward_id, s.language, s.zone, s.services \
     FROM staff_invitations i JOIN staff s ON s.id = i.staff_id \
     WHERE i.token_hash = $1 AND i.expires_at > $2 AND s.active = TRUE";

const EXPIRY: &str = "SELECT expires_at FROM staff_invitations WHERE staff_id = $1";

const CONSUME: &str = "DELETE FROM staff_invitations WHERE staff_id = $1 AND token_hash = $2 AND expires_at > $3";

const SET_PASSWORD: &str = "UPDATE staff SET password_hash = $1 WHERE id = $2 AND active = TRUE";

/// Adds a link to what is committed together; an earlier one of the same person ends. Nothing is committed when they are not
/// active.
pub fn add(batch: &mut Batch, new: &NewInvitation) {
    let staff = new.staff.to_string();
    batch.run_on_one(OF_SOMEBODY_ACTIVE, vec![staff.as_str().into()]);
    let token_hash = new.token_hash.as_slice();
    batch.run_on_one(REPLACE, vec![staff.into(), token_hash.into(), new.expires_at.into(), new.created_at.into()]);
}

/// Stores a link; an earlier one of the same person ends.
///
/// # Errors
/// [`StoreError::Conflict`] when they are not active; otherwise as [`Store::write`].
pub async fn replace(store: &Store, new: &NewInvitation) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    add(&mut batch, new);
    store.write(batch).await.map(drop)
}

/// Whose link this is; nobody's when it is unknown, used, replaced or has expired, or when they are not active.
///
/// # Errors
/// As [`Store::read`].
pub async fn holder(store: &Store, token_hash: &[u8], now: Timestamp) -> Result<Option<StaffMember>, StoreError> {
    store.read_one(HOLDER, vec![token_hash.into(), now.into()]).await?.map(|row| member(&row, 0)).transpose()
}

/// Until when somebody's unused link works; it may have expired.
///
/// # Errors
/// As [`Store::read`].
pub async fn expiry(store: &Store, staff: StaffId) -> Result<Option<Timestamp>, StoreError> {
    store.read_one(EXPIRY, vec![staff.to_string().into()]).await?.map(|row| row.instant(0)).transpose()
}

/// Uses a link up, stores the password chosen with it and begins `session`; answers the sessions that ended, which are all
/// others of its owner.
///
/// # Errors
/// [`StoreError::Conflict`] when the link does not work any more; otherwise as [`Store::write`].
pub async fn accept(
    store: &Store,
    token_hash: &[u8],
    password_hash: &str,
    session: &NewSession<'_>,
) -> Result<Vec<StaffSessionId>, StoreError> {
    let id = session.staff.to_string();
    let mut batch = Batch::new();
    batch.run_on_one(CONSUME, vec![id.as_str().into(), token_hash.into(), session.at.into()]);
    batch.run_on_one(SET_PASSWORD, vec![password_hash.into(), id.into()]);
    begin_with(&mut batch, session);
    end_others_with(&mut batch, session.staff, session.id);
    ended(&store.write(batch).await?)
}
