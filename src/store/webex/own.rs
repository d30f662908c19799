//! What the house itself does in a meeting once something has happened here: kept in the same commit as what caused it,
//! among the reports that are worked on.
//!
//! Never says who: the worker looks who may be in the meeting when it gets there.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::reports::Due;
use crate::domain::consultation::{Consultation, Event, Phase};
use crate::domain::service::Engine;
use crate::domain::words::words;
use crate::store::{Batch, Store, StoreError, Value};

words! {
    /// What is to be done.
    Own {
        /// Whoever is held or removed here leaves the meeting.
        SendOut = "house sends out",
        /// The direct call carries the visit: the meeting ends.
        Close = "house closes",
    }
}

const WANT: &str = "INSERT INTO webex_reports (digest, report, meeting_id, received_at, next_try_at, tries) \
     SELECT $1, $2, meeting_id, CAST($3 AS BIGINT), CAST($3 AS BIGINT), 0 FROM webex_meetings \
     WHERE consultation_id = $4 AND meeting_id IS NOT NULL ON CONFLICT (digest) DO NOTHING";

const WITHDRAW: &str = "DELETE FROM webex_reports WHERE digest = $1";

const CLOSED: &str = "SELECT received_at FROM webex_reports WHERE report = $1 AND meeting_id = $2 AND received_at <= $3 \
     ORDER BY received_at DESC LIMIT 1";

const STARTED: &str = "SELECT COUNT(*) FROM webex_reports WHERE report = $1 AND meeting_id = $2 AND received_at > $3 AND received_at <= $4";

/// What an event makes the house do in the meeting that carries the visit, or carried it until now.
pub fn of_event(batch: &mut Batch, visit: &Consultation, rev: u64, event: &Event, at: Timestamp) {
    if !matches!(visit.phase, Phase::InSession { .. }) {
        return;
    }
    let own = match event {
        Event::Held { .. } | Event::Removed { .. } if visit.engine == Engine::Webex => Own::SendOut,
        Event::EngineSwitched { engine: Engine::Direct, .. } => Own::Close,
        _ => return,
    };
    let id = visit.id.to_string();
    let digest = Sha256::digest(format!("{own} {id} {rev}")).to_vec();
    batch.run(WANT, vec![Value::Bytes(digest), own.as_str().into(), at.into(), id.into()]);
}

/// It was not done: as if it had never been to be done.
///
/// # Errors
/// As [`Store::write`].
pub async fn withdraw(store: &Store, due: &Due) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(WITHDRAW, vec![Value::Bytes(due.report.digest.to_vec())]);
    store.write(batch).await.map(drop)
}

/// Whether the house itself ended what was reported to have ended: it closed this meeting, whose instance was not started
/// since. `series` is the part of its id that all its instances share; `start` is what a report of a start is called.
///
/// # Errors
/// As [`Store::read`].
pub async fn has_closed(store: &Store, series: &str, ended: &Due, start: &str) -> Result<bool, StoreError> {
    let until = ended.report.at;
    let params = vec![Own::Close.as_str().into(), series.into(), until.into()];
    let Some(closed) = store.read_one(CLOSED, params).await? else { return Ok(false) };
    let since = vec![start.into(), ended.report.meeting.as_str().into(), closed.instant(0)?.into(), until.into()];
    let row = store.read_one(STARTED, since).await?;
    Ok(row.map_or(Ok(0), |row| row.int(0))? == 0)
}
