//! The worker's side of meetings: which wishes are due, and what became of them; and what pages need to let people in.
//!
//! Before Webex is asked for a new meeting that is noted; the note goes once it is certain that none was made. So a
//! meeting whose answer was lost is looked for, and never made twice. That there *is* one is recorded whoever learns of it.
//! What Webex is asked for is counted by host ([`super::asks`]).

use jiff::Timestamp;

use super::{Sealed, asks};
use crate::domain::ids::{ConsultationId, StaffId};
use crate::domain::meeting::{Obstacle, Readiness};
use crate::store::{Batch, Row, Store, StoreError, Value};

/// A wish in a worker's hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Whose.
    pub visit: ConsultationId,
    /// Which of the visit's wishes this is.
    pub rev: i64,
    /// Whether there shall be a meeting.
    pub is_wanted: bool,
    /// How often it was tried.
    pub tries: u32,
    /// When Webex was asked for a meeting, and may have made one.
    pub asked_at: Option<Timestamp>,
    /// In whose name it was asked last; nobody's where no host is named.
    pub asked_host: Option<String>,
    /// What was in the way at the last try.
    pub obstacle: Option<Obstacle>,
    /// When something last happened to the meeting at Webex, as far as is known.
    pub changed_at: Option<Timestamp>,
    /// The meeting there is.
    pub kept: Option<Kept>,
    /// Until when nobody else takes it; tells this lease from any other.
    pub until: Timestamp,
}

/// A meeting as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its id at Webex.
    pub id: String,
    /// The number people type.
    pub number: Option<String>,
    /// Where browsers of the SDK go.
    pub sip_address: Option<String>,
    /// Where other browsers go.
    pub web_link: Option<String>,
    /// What the SDK may be asked for.
    pub password: Option<Sealed>,
    /// Whose it is, as Webex knows them.
    pub host: Option<String>,
}

/// A visit's meeting, for those who enter it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How far it has come.
    pub readiness: Readiness,
    /// What is in the way.
    pub obstacle: Option<Obstacle>,
    /// The meeting, once there is one.
    pub kept: Option<Kept>,
    /// Who was last given a link to start it.
    pub starter: Option<StaffId>,
}

/// How many wishes wait, and what stands in the way of the one that waits longest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// How many are not carried out yet.
    pub count: u32,
    /// How many of those have met an obstacle.
    pub hindered: u32,
}

macro_rules! kept {
    () => {
        "meeting_id, number, sip_address, web_link, password, host"
    };
}

// The outer condition repeats the inner one, for the same reason as that of the outbox.
const LEASE: &str = concat!(
    "UPDATE webex_meetings SET next_try_at = $1 WHERE consultation_id IN (SELECT consultation_id FROM webex_meetings \
     WHERE done_rev < rev AND next_try_at <= $2 ORDER BY next_try_at, consultation_id LIMIT $3) \
     AND done_rev < rev AND next_try_at <= $2 RETURNING consultation_id, rev, wanted, tries, asked_at, asked_host, \
     obstacle, COALESCE(changed_at, made_at), ",
    kept!()
);

const ASK: &str = "UPDATE webex_meetings SET asked_at = $1, asked_host = $2 \
     WHERE consultation_id = $3 AND next_try_at = $4 AND rev = $5 AND asked_at IS NULL AND meeting_id IS NULL";

const FOUND: &str = "UPDATE webex_meetings SET meeting_id = $1, number = $2, sip_address = $3, web_link = $4, password = $5, \
     host = $6, asked_at = NULL, changed_at = $7 WHERE consultation_id = $8";

const AS_WISHED: &str =
    "UPDATE webex_meetings SET done_rev = $1, obstacle = NULL, tries = 0 WHERE consultation_id = $2";

const CHANGED: &str = "UPDATE webex_meetings SET changed_at = $1 \
     WHERE consultation_id = $2 AND (changed_at IS NULL OR changed_at < $1)";

const GONE: &str = "UPDATE webex_meetings SET meeting_id = NULL, number = NULL, sip_address = NULL, web_link = NULL, \
     password = NULL, host = NULL, asked_at = NULL WHERE consultation_id = $1 AND next_try_at = $2";

const DONE: &str = "UPDATE webex_meetings SET done_rev = $1, obstacle = NULL, tries = 0, asked_at = NULL \
     WHERE consultation_id = $2 AND next_try_at = $3";

const PUT_OFF: &str = "UPDATE webex_meetings SET next_try_at = $1, obstacle = $2, tries = tries + 1, asked_at = NULL \
     WHERE consultation_id = $3 AND next_try_at = $4";

const DOUBT: &str = "UPDATE webex_meetings SET next_try_at = $1, obstacle = 'lost', tries = tries + 1 \
     WHERE consultation_id = $2 AND next_try_at = $3";

const OF_VISIT: &str =
    concat!("SELECT rev, done_rev, obstacle, started_by, ", kept!(), " FROM webex_meetings WHERE consultation_id = $1");

const BY_MEETING: &str = "SELECT consultation_id FROM webex_meetings WHERE meeting_id = $1";

const STARTS: &str = "UPDATE webex_meetings SET started_by = $1 WHERE consultation_id = $2";

const WAITING: &str = "SELECT COUNT(*), COALESCE(CAST(SUM(CASE WHEN obstacle IS NULL THEN 0 ELSE 1 END) AS BIGINT), 0) \
     FROM webex_meetings WHERE done_rev < rev";

const OBSTACLE: &str = "SELECT obstacle FROM webex_meetings WHERE done_rev < rev AND obstacle IS NOT NULL \
     GROUP BY obstacle ORDER BY COUNT(*) DESC, obstacle NULLS LAST LIMIT 1";

const MARK_MADE: &str = "UPDATE webex_meetings SET made_at = $1 WHERE consultation_id = $2";

/// Takes at most `limit` wishes that are due, for nobody else to take before `until`.
///
/// # Errors
/// As [`Store::write`].
pub async fn lease(store: &Store, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<Wish>, StoreError> {
    let mut batch = Batch::new();
    batch.run(LEASE, vec![until.into(), now.into(), i64::from(limit).into()]);
    let rows = store.write(batch).await?;
    rows.iter().flatten().map(|row| wish(row, until)).collect()
}

/// Notes that Webex is about to be asked for a meeting, in this host's name or in nobody's.
///
/// # Errors
/// [`StoreError::Conflict`] when the wish is another by now, or in other hands: then it must not be asked.
pub async fn ask(store: &Store, wish: &Wish, host: Option<&str>, at: Timestamp) -> Result<(), StoreError> {
    let (host, visit) = (host.unwrap_or_default(), wish.visit.to_string());
    let mut batch = Batch::new();
    batch.run_on_one(ASK, vec![at.into(), host.into(), visit.into(), wish.until.into(), wish.rev.into()]);
    asks::note(&mut batch, host, wish.visit, at);
    store.write(batch).await.map(drop)
}

/// Records that there is a meeting, as this wish has it. A newer wish stays due.
///
/// # Errors
/// As [`Store::write`].
pub async fn made(store: &Store, wish: &Wish, kept: &Kept, at: Timestamp) -> Result<(), StoreError> {
    let mut batch = there_is(wish, kept, at);
    batch.run_on_one(AS_WISHED, vec![wish.rev.into(), wish.visit.to_string().into()]);
    store.write(batch).await.map(drop)
}

/// Records that there is a meeting, which is not yet as this wish has it.
///
/// # Errors
/// As [`Store::write`].
pub async fn found(store: &Store, wish: &Wish, kept: &Kept, at: Timestamp) -> Result<(), StoreError> {
    store.write(there_is(wish, kept, at)).await.map(drop)
}

/// Records that something happened to the meeting of a visit at Webex.
///
/// # Errors
/// As [`Store::write`].
pub async fn changed(store: &Store, visit: ConsultationId, at: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(CHANGED, vec![at.into(), visit.to_string().into()]);
    store.write(batch).await.map(drop)
}

fn there_is(wish: &Wish, kept: &Kept, at: Timestamp) -> Batch {
    let visit = wish.visit.to_string();
    let mut batch = Batch::new();
    batch.run_on_one(
        FOUND,
        vec![
            kept.id.as_str().into(),
            kept.number.clone().into(),
            kept.sip_address.clone().into(),
            kept.web_link.clone().into(),
            kept.password.as_ref().map_or(Value::Null, |sealed| Value::Bytes(sealed.0.clone())),
            kept.host.clone().into(),
            at.into(),
            visit.as_str().into(),
        ],
    );
    if wish.kept.is_none() {
        batch.run_on_one(MARK_MADE, vec![at.into(), visit.into()]);
    }
    batch
}

/// Records that there is no meeting any more; what is wished goes on.
///
/// # Errors
/// [`StoreError::Conflict`] when it is in other hands by now.
pub async fn gone(store: &Store, wish: &Wish) -> Result<(), StoreError> {
    one(store, GONE, vec![wish.visit.to_string().into(), wish.until.into()]).await
}

/// Records that a wish is carried out.
///
/// # Errors
/// As [`gone`].
pub async fn done(store: &Store, wish: &Wish) -> Result<(), StoreError> {
    one(store, DONE, vec![wish.rev.into(), wish.visit.to_string().into(), wish.until.into()]).await
}

/// Nothing was done, for this reason; it is tried again then.
///
/// # Errors
/// As [`gone`].
pub async fn put_off(store: &Store, wish: &Wish, until: Timestamp, obstacle: Obstacle) -> Result<(), StoreError> {
    let params = vec![until.into(), obstacle.as_str().into(), wish.visit.to_string().into(), wish.until.into()];
    one(store, PUT_OFF, params).await
}

/// A meeting may have been made; it is looked for then.
///
/// # Errors
/// As [`gone`].
pub async fn doubt(store: &Store, wish: &Wish, look_at: Timestamp) -> Result<(), StoreError> {
    one(store, DOUBT, vec![look_at.into(), wish.visit.to_string().into(), wish.until.into()]).await
}

/// How the meeting of a visit stands; nothing where none was ever wished for.
///
/// # Errors
/// As [`Store::read`].
pub async fn of_visit(store: &Store, visit: ConsultationId) -> Result<Option<Standing>, StoreError> {
    let Some(row) = store.read_one(OF_VISIT, vec![visit.to_string().into()]).await? else { return Ok(None) };
    let kept = kept(&row, 4)?;
    let obstacle = row.parsed_or_null(2)?;
    let is_done = row.int(0)? == row.int(1)?;
    Ok(Some(Standing {
        readiness: if is_done && kept.is_some() { Readiness::Ready } else { unready(obstacle) },
        obstacle,
        kept,
        starter: row.parsed_or_null(3)?,
    }))
}

/// Whose meeting this is.
///
/// # Errors
/// As [`Store::read`].
pub async fn visit_of(store: &Store, meeting: &str) -> Result<Option<ConsultationId>, StoreError> {
    store.read_one(BY_MEETING, vec![meeting.into()]).await?.map(|row| row.parsed(0)).transpose()
}

/// Remembers who is given a link to start a meeting.
///
/// # Errors
/// As [`Store::write`].
pub async fn starts(store: &Store, visit: ConsultationId, by: StaffId) -> Result<(), StoreError> {
    one(store, STARTS, vec![by.to_string().into(), visit.to_string().into()]).await
}

/// How many wishes wait.
///
/// # Errors
/// As [`Store::read`].
pub async fn waiting(store: &Store) -> Result<Waiting, StoreError> {
    let Some(row) = store.read_one(WAITING, Vec::new()).await? else { return Ok(Waiting::default()) };
    Ok(Waiting { count: count(&row, 0)?, hindered: count(&row, 1)? })
}

/// What stands in the way of most of them.
///
/// # Errors
/// As [`Store::read`].
pub async fn commonest_obstacle(store: &Store) -> Result<Option<Obstacle>, StoreError> {
    store.read_one(OBSTACLE, Vec::new()).await?.map(|row| row.parsed(0)).transpose()
}

/// How far a meeting has come that is not ready.
pub(in crate::store) const fn unready(obstacle: Option<Obstacle>) -> Readiness {
    match obstacle {
        Some(_) => Readiness::Retrying,
        None => Readiness::Preparing,
    }
}

async fn one(store: &Store, sql: &'static str, params: Vec<Value>) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(sql, params);
    store.write(batch).await.map(drop)
}

fn wish(row: &Row, until: Timestamp) -> Result<Wish, StoreError> {
    Ok(Wish {
        visit: row.parsed(0)?,
        rev: row.int(1)?,
        is_wanted: row.bool(2)?,
        tries: count(row, 3)?,
        asked_at: row.instant_or_null(4)?,
        asked_host: row.text_or_null(5)?.filter(|host| !host.is_empty()).map(str::to_owned),
        obstacle: row.parsed_or_null(6)?,
        changed_at: row.instant_or_null(7)?,
        kept: kept(row, 8)?,
        until,
    })
}

fn kept(row: &Row, first: usize) -> Result<Option<Kept>, StoreError> {
    let text = |column: usize| row.text_or_null(first + column).map(|text| text.map(str::to_owned));
    let Some(id) = text(0)? else { return Ok(None) };
    let password = match row.0.get(first + 4) {
        Some(Value::Null) => None,
        _ => Some(Sealed(row.bytes(first + 4)?.to_vec())),
    };
    Ok(Some(Kept { id, number: text(1)?, sip_address: text(2)?, web_link: text(3)?, password, host: text(5)? }))
}

fn count(row: &Row, column: usize) -> Result<u32, StoreError> {
    u32::try_from(row.int(column)?).map_err(|_| StoreError::Malformed { column })
}
