//! The link that creates the first admin: one at a time, known by the hash of its token, used once.
//!
//! Never decides when one is printed.

use jiff::Timestamp;

use super::sessions::{NewSession, begin_with};
use super::staff::{self, NewStaff};
use super::{Batch, Store, StoreError};

const DELETE_ALL: &str = "DELETE FROM setup_links";

const INSERT: &str = "INSERT INTO setup_links (token_hash, expires_at) VALUES ($1, $2)";

const EXPIRY: &str = "SELECT expires_at FROM setup_links WHERE token_hash = $1 AND NOT EXISTS (SELECT 1 FROM staff)";

const CONSUME: &str =
    "DELETE FROM setup_links WHERE token_hash = $1 AND expires_at > $2 AND NOT EXISTS (SELECT 1 FROM staff)";

/// Stores a new link; any older one is dead.
///
/// # Errors
/// As [`Store::write`].
pub async fn insert(store: &Store, token_hash: &[u8], expires_at: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(DELETE_ALL, Vec::new());
    batch.run_on_one(INSERT, vec![token_hash.into(), expires_at.into()]);
    store.write(batch).await.map(drop)
}

/// Until when the link with this hash works; nothing when it is unknown, replaced or used, or
/// when somebody works here.
///
/// # Errors
/// As [`Store::read`].
pub async fn expiry(store: &Store, token_hash: &[u8]) -> Result<Option<Timestamp>, StoreError> {
    store.read_one(EXPIRY, vec![token_hash.into()]).await?.map(|row| row.instant(0)).transpose()
}

/// Uses the link up, stores the admin and signs them in: all of it, or nothing.
///
/// # Errors
/// [`StoreError::Conflict`] when the link does not work (any more) or somebody works here by now; otherwise as
/// [`Store::write`].
pub async fn create_admin(
    store: &Store,
    token_hash: &[u8],
    admin: &NewStaff,
    session: &NewSession<'_>,
) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(CONSUME, vec![token_hash.into(), admin.created_at.into()]);
    staff::add(&mut batch, admin);
    begin_with(&mut batch, session);
    store.write(batch).await.map(drop)
}
