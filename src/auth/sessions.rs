//! Staff sessions: kept by the server, known by a random cookie value of which the store holds only the hash.
//!
//! A sign-in always begins a new session (a value planted before is worth nothing). It ends half an hour after the last
//! request, twelve hours after sign-in, at sign-out, or when the person is no longer active. Never sets a cookie itself.

use jiff::{SignedDuration, Timestamp};

use super::secret::Secret16;
use crate::domain::ids::{StaffId, StaffSessionId};
use crate::domain::staff::StaffMember;
use crate::store::sessions::{self, ListedSession, NewSession};
use crate::store::{Store, StoreError};

/// Without a request for this long, a session is over.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);

/// This long after sign-in, a session is over.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(12);

/// How stale the stored time of the last request may be: one write a minute, not one a request.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Begins a session in a browser that is called `agent` in words, and returns the value for its cookie.
///
/// # Errors
/// [`StoreError::Conflict`], when its owner is not active any more; another [`StoreError`], when it could not be stored. Then
/// there is no session.
pub async fn begin(store: &Store, staff: StaffId, agent: &str, now: Timestamp) -> Result<Secret16, StoreError> {
    let (cookie, new) = draw(staff, agent, now);
    sessions::insert(store, &new).await?;
    Ok(cookie)
}

/// A session's cookie value and what to store in its place, for a batch of its own or of somebody else's.
#[must_use]
pub fn draw(staff: StaffId, agent: &str, now: Timestamp) -> (Secret16, NewSession<'_>) {
    let cookie = Secret16::mint();
    let new = NewSession { id: StaffSessionId::mint(), staff, cookie_hash: cookie.hash(), agent, at: now };
    (cookie, new)
}

/// Somebody's sessions that have not timed out, the one used last first.
///
/// # Errors
/// [`StoreError`], when the database does not answer.
pub async fn of(store: &Store, staff: StaffId, now: Timestamp) -> Result<Vec<ListedSession>, StoreError> {
    let mut listed = sessions::of_staff(store, staff).await?;
    listed.retain(|session| !is_over(session.created_at, session.seen_at, now));
    Ok(listed)
}

/// Who holds this cookie; nobody when the session is unknown, ended or timed out.
///
/// # Errors
/// [`StoreError`], when the database does not answer.
pub async fn resume(
    store: &Store,
    cookie: &Secret16,
    now: Timestamp,
) -> Result<Option<(StaffSessionId, StaffMember)>, StoreError> {
    let Some(session) = sessions::find_by_cookie(store, &cookie.hash()).await? else {
        return Ok(None);
    };
    if is_over(session.created_at, session.seen_at, now) {
        sessions::end(store, session.id).await?;
        return Ok(None);
    }
    if now.duration_since(session.seen_at) >= TOUCH_EVERY {
        sessions::touch(store, session.id, now).await?;
    }
    Ok(Some((session.id, session.member)))
}

/// Keeps a session alive whose owner has a live page open, such as a call that lasts longer than [`IDLE`]. Answers whether
/// it still is one: it may have been ended elsewhere, or have reached [`LONGEST`].
///
/// # Errors
/// [`StoreError`], when the database does not answer.
pub async fn keep(store: &Store, session: StaffSessionId, now: Timestamp) -> Result<bool, StoreError> {
    let Some(found) = sessions::find(store, session).await? else { return Ok(false) };
    if is_over(found.created_at, found.seen_at, now) {
        sessions::end(store, session).await?;
        return Ok(false);
    }
    sessions::touch(store, session, now).await?;
    Ok(true)
}

/// Ends a session; ending it twice is the same.
///
/// # Errors
/// [`StoreError`], when the database does not answer; then the session lives on.
pub async fn end(store: &Store, session: StaffSessionId) -> Result<(), StoreError> {
    sessions::end(store, session).await
}

/// Whether a session begun and last seen then has timed out.
#[must_use]
pub fn is_over(created_at: Timestamp, seen_at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(seen_at) >= IDLE || now.duration_since(created_at) >= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
    }

    #[test]
    fn half_an_hour_of_silence_ends_a_session() {
        assert!(!is_over(after(0), after(10), after(39)));
        assert!(is_over(after(0), after(10), after(40)));
    }

    #[test]
    fn twelve_hours_end_it_however_busy() {
        assert!(!is_over(after(0), after(719), after(719)));
        assert!(is_over(after(0), after(720), after(720)));
    }
}
