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

/// A session about to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession<'a> {
    /// Its id.
    pub id: StaffSessionId,
    /// Whose.
    pub staff: StaffId,
    /// In place of its cookie.
    pub cookie_hash: [u8; 32],
    /// Browser and system, in words; empty where they are unknown.
    pub agent: &'a str,
    /// Now.
    pub at: Timestamp,
}

/// One of somebody's sessions, as lists show it. It may have timed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSession {
    /// Its id.
    pub id: StaffSessionId,
    /// Browser and system, in words; empty where they are unknown.
    pub agent: String,
    /// When they signed in.
    pub created_at: Timestamp,
    /// When they were last noted.
    pub seen_at: Timestamp,
}

const SIGN_IN: &str = "UPDATE staff SET signed_in_at = $1 WHERE id = $2 AND active = TRUE";

const INSERT: &str = "INSERT INTO staff_sessions (id, staff_id, cookie_hash, agent, created_at, seen_at) \
     VALUES ($1, $2, $3, $4, $5, $5)";

const OF_STAFF: &str =
    "SELECT id, agent, created_at, seen_at FROM staff_sessions WHERE staff_id = $1 ORDER BY seen_at DESC, id DESC";

const END_ONE_OF: &str = "DELETE FROM staff_sessions WHERE staff_id = $1 AND id = $2 RETURNING id";

const END_ALL_OF: &str = "DELETE FROM staff_sessions WHERE staff_id = $1 RETURNING id";

const END_OTHERS_OF: &str = "DELETE FROM staff_sessions WHERE staff_id = $1 AND id <> $2 RETURNING id";

const BY_COOKIE: &str = "SELECT b.id, b.created_at, b.seen_at, s.id, s.email, s.name, s.role, s.ward_id, s.language, s.zone, s.services \
     FROM staff_sessions b JOIN staff s ON s.id = b.staff_id WHERE b.cookie_hash = $1 AND s.active = TRUE";

const BY_ID: &str = "SELECT b.id, b.created_at, b.seen_at, s.id, s.email, s.name, s.role, s.ward_id, s.language, s.zone, s.services \
     FROM staff_sessions b JOIN staff s ON s.id = b.staff_id WHERE b.id = $1 AND s.active = TRUE";

const TOUCH: &str = "UPDATE staff_sessions SET seen_at = $1 WHERE id = $2";

const END: &str = "DELETE FROM staff_sessions WHERE id = $1";

/// Begins a session, and notes when its owner signed in.
///
/// # Errors
/// [`StoreError::Conflict`] when its owner is not active (any more); otherwise as [`Store::write`].
pub async fn insert(store: &Store, new: &NewSession<'_>) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    begin_with(&mut batch, new);
    store.write(batch).await.map(drop)
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

/// Somebody's sessions, the one used last first.
///
/// # Errors
/// As [`Store::read`].
pub async fn of_staff(store: &Store, staff: StaffId) -> Result<Vec<ListedSession>, StoreError> {
    let listed = |row: &Row| {
        Ok(ListedSession {
            id: row.parsed(0)?,
            agent: row.text(1)?.to_owned(),
            created_at: row.instant(2)?,
            seen_at: row.instant(3)?,
        })
    };
    store.read(OF_STAFF, vec![staff.to_string().into()]).await?.iter().map(listed).collect()
}

/// Ends one session if it is theirs; answers it if there was one.
///
/// # Errors
/// As [`Store::write`].
pub async fn end_one_of(store: &Store, staff: StaffId, id: StaffSessionId) -> Result<Vec<StaffSessionId>, StoreError> {
    ending(store, END_ONE_OF, vec![staff.to_string().into(), id.to_string().into()]).await
}

/// Ends all of somebody's sessions; answers which.
///
/// # Errors
/// As [`Store::write`].
pub async fn end_all_of(store: &Store, staff: StaffId) -> Result<Vec<StaffSessionId>, StoreError> {
    ending(store, END_ALL_OF, vec![staff.to_string().into()]).await
}

/// Ends all of somebody's sessions but one; answers which.
///
/// # Errors
/// As [`Store::write`].
pub async fn end_others_of(
    store: &Store,
    staff: StaffId,
    kept: StaffSessionId,
) -> Result<Vec<StaffSessionId>, StoreError> {
    ending(store, END_OTHERS_OF, vec![staff.to_string().into(), kept.to_string().into()]).await
}

/// Begins a session with a batch, and notes when its owner signed in. Nothing is committed when they are not active.
pub(super) fn begin_with(batch: &mut Batch, new: &NewSession<'_>) {
    let (staff, cookie_hash) = (new.staff.to_string(), new.cookie_hash.as_slice());
    batch.run_on_one(SIGN_IN, vec![new.at.into(), staff.as_str().into()]);
    batch.run_on_one(
        INSERT,
        vec![new.id.to_string().into(), staff.into(), cookie_hash.into(), new.agent.into(), new.at.into()],
    );
}

/// Ends all of somebody's sessions with a batch; its last statement answers which ([`ended`]).
pub(super) fn end_all_with(batch: &mut Batch, staff: StaffId) {
    batch.run(END_ALL_OF, vec![staff.to_string().into()]);
}

/// As [`end_all_with`], but one goes on.
pub(super) fn end_others_with(batch: &mut Batch, staff: StaffId, kept: StaffSessionId) {
    batch.run(END_OTHERS_OF, vec![staff.to_string().into(), kept.to_string().into()]);
}

/// The sessions that the last statement of a batch ended.
pub(super) fn ended(answers: &[Vec<Row>]) -> Result<Vec<StaffSessionId>, StoreError> {
    answers.last().into_iter().flatten().map(|row| row.parsed(0)).collect()
}

async fn ending(store: &Store, sql: &'static str, params: Vec<Value>) -> Result<Vec<StaffSessionId>, StoreError> {
    let mut batch = Batch::new();
    batch.run(sql, params);
    ended(&store.write(batch).await?)
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
