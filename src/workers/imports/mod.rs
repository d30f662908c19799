//! Works on files that were handed in: looks at their rows, and registers those without problems once somebody says so.
//!
//! One step is one chunk of one file, committed whole. So a node that is killed loses nothing and repeats nothing, several
//! nodes share the work, and visits are never kept waiting for a large file. Never decides to register by itself, and never
//! logs a cell.

mod judge;
mod patients;
mod staff;

use std::pin::pin;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::clock::Clock;
use crate::domain::ids::WardId;
use crate::domain::import::{Fault, Stage, Subject, Why};
use crate::domain::person::fold;
use crate::domain::schedule::time_zone;
use crate::sheets::House;
use crate::store::imports::{self, Import, StoredRow, Verdict};
use crate::store::{Batch, Store, StoreError, wards};

/// How many rows are looked at in one step.
const LOOKED_AT: u16 = 250;

/// How many rows are registered in one step: as many as a doctor's click may wait for.
const REGISTERED: u16 = 20;

/// How often the worker looks for a file.
const PAUSE: Duration = Duration::from_millis(500);

/// How long nobody else takes the file that a worker has in hand: many times what a chunk takes, and as long as people wait
/// after a node was killed.
pub const LEASE: SignedDuration = SignedDuration::from_secs(10);

/// How often what nobody needs any more is deleted.
const SWEEP_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// What a worker needs.
#[derive(Clone)]
pub struct Imports {
    /// Where files and people are kept.
    pub store: Store,
    /// The time.
    pub clock: Clock,
}

/// What a step found to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A chunk of a file.
    Taken,
    /// Nothing.
    Idle,
}

/// The house as a chunk is read in it.
struct Around {
    now: Timestamp,
    wards: Vec<(WardId, String)>,
}

/// Takes step after step until `shutdown` completes; the one in hand by then is finished.
pub async fn run(imports: Imports, shutdown: impl Future<Output = ()>) {
    let mut shutdown = pin!(shutdown);
    let mut swept_at = Timestamp::UNIX_EPOCH;
    loop {
        let now = imports.clock.now();
        if now.duration_since(swept_at) >= SWEEP_EVERY {
            swept_at = now;
            if let Err(error) = imports::forget_old(&imports.store, now).await {
                tracing::warn!(%error, "files that nobody needs any more could not be deleted");
            }
        }
        let pause = match step(&imports).await {
            Ok(Step::Taken) => Duration::ZERO,
            Ok(Step::Idle) => PAUSE,
            Err(error) => {
                tracing::warn!(%error, "a file could not be worked on; trying again");
                PAUSE
            }
        };
        tokio::select! {
            biased;
            () = &mut shutdown => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Works on one chunk of one file, if there is any.
///
/// # Errors
/// As [`Store::write`]; what was in hand is free again when its lease ends.
pub async fn step(imports: &Imports) -> Result<Step, StoreError> {
    let now = imports.clock.now();
    let Some(import) = imports::lease(&imports.store, now, now + LEASE).await? else { return Ok(Step::Idle) };
    let wards = wards::list(&imports.store).await?.into_iter().map(|ward| (ward.id, fold(&ward.name))).collect();
    let around = Around { now, wards };
    let outcome = match import.stage {
        Stage::Checking => look(&imports.store, &import, &around).await,
        _ => register(&imports.store, &import, &around).await,
    };
    match outcome {
        // The file was stopped or removed meanwhile, or another worker has it.
        Err(StoreError::Conflict) => {
            tracing::debug!(import = %import.id, "a chunk was given up");
            Ok(Step::Taken)
        }
        outcome => outcome.map(|()| Step::Taken),
    }
}

async fn look(store: &Store, import: &Import, around: &Around) -> Result<(), StoreError> {
    let rows = imports::unread_rows(store, import, LOOKED_AT).await?;
    let to = rows.last().map_or(import.tally.total, |row| row.position);
    let judged = match import.subject {
        Subject::Patients => patients::look(store, import, &rows, around).await?,
        Subject::Staff => staff::look(store, import, &rows, around).await?,
    };
    imports::check(store, import, to, &judged).await
}

async fn register(store: &Store, import: &Import, around: &Around) -> Result<(), StoreError> {
    let rows = imports::fresh_rows(store, import, REGISTERED).await?;
    if rows.is_empty() {
        return imports::finish(store, import).await;
    }
    match store.write(batch_of(store, import, &rows, around).await?).await {
        // Somebody registered one of them between our look and our write: the others need not wait for a person.
        Err(StoreError::Duplicate) => register_the_first(store, import, &rows, around).await,
        outcome => outcome.map(drop),
    }
}

/// Registers one row by itself, or says that it cannot be.
async fn register_the_first(
    store: &Store,
    import: &Import,
    rows: &[StoredRow],
    around: &Around,
) -> Result<(), StoreError> {
    let Some(row) = rows.first() else { return Ok(()) };
    match store.write(batch_of(store, import, std::slice::from_ref(row), around).await?).await {
        Err(StoreError::Duplicate) => {
            let taken = Fault { place: None, why: Why::RecordTaken, line: None };
            imports::refute(store, import, (row.position, Verdict::Faulty(vec![taken], None))).await
        }
        outcome => outcome.map(drop),
    }
}

async fn batch_of(store: &Store, import: &Import, rows: &[StoredRow], around: &Around) -> Result<Batch, StoreError> {
    match import.subject {
        Subject::Patients => patients::register(store, import, rows, around).await,
        Subject::Staff => staff::register(store, import, rows, around).await,
    }
}

impl Around {
    /// What the rows of a file are understood with.
    fn house(&self, import: &Import) -> House<'_> {
        let zone = time_zone(&import.zone).unwrap_or(jiff::tz::TimeZone::UTC);
        House {
            country: import.country,
            today: import.created_at.to_zoned(zone).date(),
            language: import.language,
            wards: &self.wards,
        }
    }
}
