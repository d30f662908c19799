//! Signed-in sessions of staff, known by the hash of their cookie.
//!
//! Never decides whether one has timed out, and never holds the cookie itself.

use jiff::Timestamp;

use super::{Batch, Row, Store, StoreError, Value, staff};
use crate::domain::ids::{StaffId, StaffSessionId};
use crate::domain::staff::StaffMember;

/// A session, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// Its id.
    pub id: StaffSessionId,
    /// Who is signed in; active when it was read.
    pub member: StaffMember,
    /// When they signed in.
    pub created_at: Timestamp,
    /// When they were last noted.
    pub seen_at: Timestamp,
}

const INSERT: &str =
    "INSERT INTO staff_sessions (id, staff_id, cookie_hash, created_at, seen_at) VALUES ($1, $2, $3, $4, $4)";

const BY_COOKIE: &str = "SELECT b.id, b.created_at, b.seen_at, s.id, s.email, s.name, s.role, s.ward_id, s.language, s.zone, s.services \
     FROM staff_sessions b JOIN staff s ON s.id = b.staff_id WHERE b.cookie_hash = $1 AND s.active = TRUE";

const BY_ID: &str = "SELECT b.id, b.created_at, b.seen_at, s.id, s.email, s.name, s.role, s.ward_id, s.language, s.zone, s.services \
     FROM staff_sessions b JOIN staff s ON s.id = b.staff_id WHERE b.id = $1 AND s.active = TRUE";

const TOUCH: &str = "UPDATE staff_sessions SET seen_at = $1 WHERE id = $2";

const END: &str = "DELETE FROM staff_sessions WHERE id = $1";

/// Begins a session.
///
/// # Errors
/// As [`Store::write`].
pub async fn insert(
    store: &Store,
    id: StaffSessionId,
    staff: StaffId,
    cookie_hash: &[u8],
    now: Timestamp,
) -> Result<(), StoreError> {
    run(store, INSERT, vec![id.to_string().into(), staff.to_string().into(), cookie_hash.into(), now.into()]).await
}

/// The session with this cookie, when its owner is active.
///
/// # Errors
/// As [`Store::read`].
pub async fn find_by_cookie(store: &Store, cookie_hash: &[u8]) -> Result<Option<StoredSession>, StoreError> {
    store.read_one(BY_COOKIE, vec![cookie_hash.into()]).await?.map(|row| session(&row)).transpose()
}

/// The session with this id, when its owner is active.
///
/// # Errors
/// As [`Store::read`].
pub async fn find(store: &Store, id: StaffSessionId) -> Result<Option<StoredSession>, StoreError> {
    store.read_one(BY_ID, vec![id.to_string().into()]).await?.map(|row| session(&row)).transpose()
}

/// Notes that its owner was here.
///
/// # Errors
/// As [`Store::write`].
pub async fn touch(store: &Store, id: StaffSessionId, now: Timestamp) -> Result<(), StoreError> {
    run(store, TOUCH, vec![now.into(), id.to_string().into()]).await
}

/// Ends a session; ending it twice is the same.
///
/// # Errors
/// As [`Store::write`].
pub async fn end(store: &Store, id: StaffSessionId) -> Result<(), StoreError> {
    run(store, END, vec![id.to_string().into()]).await
}

async fn run(store: &Store, sql: &'static str, params: Vec<Value>) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(sql, params);
    store.write(batch).await.map(drop)
}

fn session(row: &Row) -> Result<StoredSession, StoreError> {
    Ok(StoredSession {
        id: row.parsed(0)?,
        created_at: row.instant(1)?,
        seen_at: row.instant(2)?,
        member: staff::member(row, 3)?,
    })
}
