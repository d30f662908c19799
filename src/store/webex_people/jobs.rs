//! Wishes in a worker's hand: taken for a while, and what came of them.
//!
//! Never changes a row whose wish is another by now, or that somebody else has taken since.

use jiff::Timestamp;

use super::accounts::{Account, Align, account};
use super::{count, list};
use crate::domain::account::{Chosen, Names, Outcome};
use crate::domain::meeting::Obstacle;
use crate::domain::person::{Email, PersonName};
use crate::store::webex::wishes;
use crate::store::{Batch, Row, Store, StoreError, Value};

/// A wish in a worker's hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// How it stood.
    pub account: Account,
    /// How they are called here.
    pub name: PersonName,
    /// Their address here.
    pub email: Email,
    /// What is made equal to those.
    pub align: Align,
    /// Whether their way in there may have been shut from here.
    pub is_shut: bool,
    /// How often it was tried.
    pub tries: u32,
    /// Until when nobody else takes it; tells this lease from any other.
    pub until: Timestamp,
}

/// What a worker found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What came of the wish.
    pub outcome: Outcome,
    /// What of ours they have now.
    pub held: Chosen,
    /// Asked for, and not given; or to be taken back, and kept.
    pub missing: Names,
    /// Their id at Webex, if they are there.
    pub person: Option<String>,
    /// Their address there.
    pub address: Option<String>,
    /// Now.
    pub at: Timestamp,
}

// The outer condition repeats the inner one: on PostgreSQL a row that another node took meanwhile no longer fits it. The
// columns begin with those of an account, in their order.
const LEASE: &str = "UPDATE webex_accounts SET next_try_at = $1 WHERE staff_id IN (SELECT staff_id FROM webex_accounts \
     WHERE done_rev < rev AND next_try_at <= $2 ORDER BY next_try_at LIMIT $3) AND done_rev < rev AND next_try_at <= $2 \
     RETURNING staff_id, wanted, licences, sites, held, held_sites, outcome, missing, obstacle, tracking, person_id, address, \
     looked_at, next_try_at, rev, done_rev, rename, readdress, shut, tries, \
     (SELECT s.name FROM staff s WHERE s.id = webex_accounts.staff_id), \
     (SELECT s.email FROM staff s WHERE s.id = webex_accounts.staff_id)";

const SHUT: &str = "UPDATE webex_accounts SET shut = TRUE WHERE staff_id = $1 AND rev = $2 AND next_try_at = $3";

const SETTLE: &str = "UPDATE webex_accounts SET done_rev = $1, outcome = $2, held = $3, held_sites = $4, missing = $5, \
     person_id = $6, address = $7, looked_at = $8, obstacle = NULL, tracking = NULL, rename = FALSE, readdress = FALSE, \
     shut = CASE WHEN wanted = 'closed' THEN shut ELSE FALSE END, tries = 0 WHERE staff_id = $9 AND rev = $10 AND next_try_at = $11";

const TRY_AGAIN: &str = "UPDATE webex_accounts SET next_try_at = $1, tries = tries + 1, outcome = $2, held = $3, \
     held_sites = $4, missing = $5, person_id = $6, address = $7, looked_at = $8, obstacle = NULL, tracking = NULL, \
     rename = FALSE, readdress = FALSE WHERE staff_id = $9 AND rev = $10 AND next_try_at = $11";

const PUT_OFF: &str = "UPDATE webex_accounts SET next_try_at = $1, tries = tries + 1, outcome = NULL, obstacle = $2, \
     tracking = $3, looked_at = $4 WHERE staff_id = $5 AND rev = $6 AND next_try_at = $7";

const TELL_DIFFERENCES: &str = "UPDATE webex_differences SET state = $1, obstacle = $2 \
     WHERE staff_id = $3 AND state IN ('asked', 'failed')";

/// Takes at most `limit` wishes that are due, for nobody else to take before `until`.
///
/// # Errors
/// As [`Store::write`].
pub async fn lease(store: &Store, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<Job>, StoreError> {
    let mut batch = Batch::new();
    batch.run(LEASE, vec![until.into(), now.into(), i64::from(limit).into()]);
    store.write(batch).await?.iter().flatten().map(|row| job(row, until)).collect()
}

/// Notes that somebody's way in there is about to be shut from here.
///
/// # Errors
/// [`StoreError::Conflict`] when the wish is another by now, or in other hands: then it must not be shut.
pub async fn shuts(store: &Store, job: &Job) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(SHUT, vec![job.account.staff.to_string().into(), job.account.rev.into(), job.until.into()]);
    store.write(batch).await.map(drop)
}

/// Records that a wish is carried out.
///
/// # Errors
/// [`StoreError::Conflict`] when the wish is another by now, or in other hands.
pub async fn settle(store: &Store, job: &Job, found: &Found) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(SETTLE, params(job.account.rev.into(), job, found));
    wishes::account_changed(&mut batch, job.account.staff);
    tell_differences(&mut batch, job, "done", None);
    store.write(batch).await.map(drop)
}

/// Records what came of a wish that is not carried out whole; it is tried again then.
///
/// # Errors
/// As [`settle`].
pub async fn try_again(store: &Store, job: &Job, found: &Found, at: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(TRY_AGAIN, params(at.into(), job, found));
    tell_differences(&mut batch, job, "failed", Some(Obstacle::Refused));
    store.write(batch).await.map(drop)
}

/// Nothing was done, for this reason; it is tried again then.
///
/// # Errors
/// As [`settle`].
pub async fn put_off(
    store: &Store,
    job: &Job,
    (obstacle, tracking): (Obstacle, Option<&str>),
    until: Timestamp,
    at: Timestamp,
) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(
        PUT_OFF,
        vec![
            until.into(),
            obstacle.as_str().into(),
            tracking.into(),
            at.into(),
            job.account.staff.to_string().into(),
            job.account.rev.into(),
            job.until.into(),
        ],
    );
    tell_differences(&mut batch, job, "failed", Some(obstacle));
    store.write(batch).await.map(drop)
}

/// What an admin chose to make equal has come this far.
fn tell_differences(batch: &mut Batch, job: &Job, state: &'static str, obstacle: Option<Obstacle>) {
    let obstacle = Value::from(obstacle.map(Obstacle::as_str));
    batch.run(TELL_DIFFERENCES, vec![state.into(), obstacle, job.account.staff.to_string().into()]);
}

fn params(first: Value, job: &Job, found: &Found) -> Vec<Value> {
    vec![
        first,
        found.outcome.as_str().into(),
        list(&found.held.licences),
        list(&found.held.sites),
        list(&found.missing),
        found.person.clone().into(),
        found.address.clone().into(),
        found.at.into(),
        job.account.staff.to_string().into(),
        job.account.rev.into(),
        job.until.into(),
    ]
}

fn job(row: &Row, until: Timestamp) -> Result<Job, StoreError> {
    Ok(Job {
        account: account(row)?,
        align: Align { name: row.bool(16)?, address: row.bool(17)? },
        is_shut: row.bool(18)?,
        tries: count(row, 19)?,
        name: row.parsed(20)?,
        email: row.parsed(21)?,
        until,
    })
}
