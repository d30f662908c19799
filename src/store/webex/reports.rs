//! What Webex reported, to be worked on later: each once, whatever comes twice.
//!
//! Whom a report is about is forgotten once it is worked on.

use jiff::{SignedDuration, Timestamp};

use crate::store::{Batch, Row, Store, StoreError, Value};

/// How long it is remembered that a report came.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(48);

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What tells it from every other.
    pub digest: [u8; 32],
    /// What happened, in Webex's two words.
    pub what: String,
    /// The meeting's own id.
    pub meeting: String,
    /// Whom it is about, by the address Webex has of them.
    pub email: Option<String>,
    /// When it came.
    pub at: Timestamp,
}

/// A report in a worker's hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The report.
    pub report: Report,
    /// How often it was tried.
    pub tries: u32,
    /// Until when nobody else takes it.
    pub until: Timestamp,
}

const PUT: &str = "INSERT INTO webex_reports (digest, report, meeting_id, email, received_at, next_try_at, tries) \
     VALUES ($1, $2, $3, $4, $5, $5, 0) ON CONFLICT (digest) DO NOTHING RETURNING received_at";

const LEASE: &str = "UPDATE webex_reports SET next_try_at = $1, tries = tries + 1 WHERE digest IN (SELECT digest FROM webex_reports \
     WHERE done_at IS NULL AND next_try_at <= $2 ORDER BY received_at, digest LIMIT $3) \
     AND done_at IS NULL AND next_try_at <= $2 RETURNING digest, report, meeting_id, email, received_at, tries";

const DONE: &str = "UPDATE webex_reports SET done_at = $1, email = NULL WHERE digest = $2";

const PUT_OFF: &str = "UPDATE webex_reports SET next_try_at = $1 WHERE digest = $2 AND next_try_at = $3";

const LATER: &str = "UPDATE webex_reports SET next_try_at = $1, email = NULL WHERE digest = $2 AND next_try_at = $3";

const FORGET: &str = "DELETE FROM webex_reports WHERE received_at < $1";

/// Keeps a report to be worked on. Says whether it is new.
///
/// # Errors
/// As [`Store::write`].
pub async fn put(store: &Store, report: &Report) -> Result<bool, StoreError> {
    let mut batch = Batch::new();
    batch.run(
        PUT,
        vec![
            Value::Bytes(report.digest.to_vec()),
            report.what.as_str().into(),
            report.meeting.as_str().into(),
            report.email.clone().into(),
            report.at.into(),
        ],
    );
    Ok(store.write(batch).await?.iter().flatten().next().is_some())
}

/// Takes at most `limit` reports, the oldest first, for nobody else to take before `until`.
///
/// # Errors
/// As [`Store::write`].
pub async fn lease(store: &Store, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<Due>, StoreError> {
    let mut batch = Batch::new();
    batch.run(LEASE, vec![until.into(), now.into(), i64::from(limit).into()]);
    let rows = store.write(batch).await?;
    let mut due = rows.iter().flatten().map(|row| read(row, until)).collect::<Result<Vec<_>, _>>()?;
    due.sort_by_key(|due| due.report.at);
    Ok(due)
}

/// A report is worked on.
///
/// # Errors
/// As [`Store::write`].
pub async fn done(store: &Store, digest: &[u8; 32], at: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(DONE, vec![at.into(), Value::Bytes(digest.to_vec())]);
    store.write(batch).await.map(drop)
}

/// It is tried again then.
///
/// # Errors
/// As [`Store::write`].
pub async fn put_off(store: &Store, due: &Due, until: Timestamp) -> Result<(), StoreError> {
    again(store, PUT_OFF, due, until).await
}

/// Whom it is about was told; the rest is tried again then.
///
/// # Errors
/// As [`Store::write`].
pub async fn later(store: &Store, due: &Due, until: Timestamp) -> Result<(), StoreError> {
    again(store, LATER, due, until).await
}

/// Forgets what came long ago.
///
/// # Errors
/// As [`Store::write`].
pub async fn forget(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(FORGET, vec![(now - REMEMBERED).into()]);
    store.write(batch).await.map(drop)
}

async fn again(store: &Store, sql: &'static str, due: &Due, until: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(sql, vec![until.into(), Value::Bytes(due.report.digest.to_vec()), due.until.into()]);
    store.write(batch).await.map(drop)
}

fn read(row: &Row, until: Timestamp) -> Result<Due, StoreError> {
    let digest = row.bytes(0)?.try_into().map_err(|_| StoreError::Malformed { column: 0 })?;
    let report = Report {
        digest,
        what: row.text(1)?.to_owned(),
        meeting: row.text(2)?.to_owned(),
        email: row.text_or_null(3)?.map(str::to_owned),
        at: row.instant(4)?,
    };
    let tries = u32::try_from(row.int(5)?).map_err(|_| StoreError::Malformed { column: 5 })?;
    Ok(Due { report, tries, until })
}
