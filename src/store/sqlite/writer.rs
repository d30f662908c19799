//! The writing thread: takes what is queued, commits it together, then answers everybody.
//!
//! A lone batch never waits for company: only what queued while the last commit ran goes together. Each batch has a
//! savepoint of its own, so one that fails takes nobody along.
//!
//! Never answers before the commit is on the disk.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::connection;
use super::threads::Threads;
use crate::store::{Batch, Expect, Row, StoreError};

const MOST_QUEUED: usize = 4096;
const MOST_TOGETHER: usize = 256;

type Outcome = Result<Vec<Vec<Row>>, StoreError>;

/// A batch, and where its outcome goes.
pub(super) struct Job {
    pub(super) batch: Batch,
    pub(super) answer: oneshot::Sender<Outcome>,
}

/// The writing thread.
pub(super) struct Writer {
    thread: Threads<Job>,
    long_log: Arc<AtomicBool>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Result<Self, StoreError> {
        let (give, take) = sync_channel(MOST_QUEUED);
        let long_log = Arc::new(AtomicBool::new(false));
        let mut thread = Threads::new(give);
        let is_long = Arc::clone(&long_log);
        thread.run("store-writer", move || commit_batches(&connection, &take, &is_long))?;
        Ok(Self { thread, long_log })
    }

    pub(super) fn give(&self, job: Job) -> Result<(), StoreError> {
        self.thread.give(job)
    }

    /// Set by whoever watches the log, when only a pause of the writer can shorten it.
    pub(super) fn long_log(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.long_log)
    }
}

fn commit_batches(connection: &Connection, queue: &Receiver<Job>, long_log: &AtomicBool) {
    while let Ok(first) = queue.recv() {
        let group: Vec<Job> = std::iter::once(first).chain(queue.try_iter().take(MOST_TOGETHER - 1)).collect();
        commit_group(connection, group);
        if long_log.swap(false, Ordering::Relaxed) {
            shorten_log(connection, "PRAGMA wal_checkpoint(RESTART)");
        }
    }
    shorten_log(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
}

fn commit_group(connection: &Connection, group: Vec<Job>) {
    // Whoever gave up waiting was told that it was not saved: then it must not be.
    let group = group.into_iter().filter(|job| !job.answer.is_closed());
    let (batches, answers): (Vec<_>, Vec<_>) = group.map(|job| (job.batch, job.answer)).unzip();
    let outcomes = write_group(connection, &batches).unwrap_or_else(|failure| {
        roll_back(connection);
        let failure = Arc::new(failure);
        batches.iter().map(|_| Err(StoreError::unavailable(Arc::clone(&failure)))).collect()
    });
    for (answer, outcome) in answers.into_iter().zip(outcomes) {
        if answer.send(outcome).is_err() {
            tracing::trace!("nobody waits for the outcome of a batch any more");
        }
    }
}

/// One outcome per batch; an error means that the whole group was lost.
fn write_group(connection: &Connection, batches: &[Batch]) -> Result<Vec<Outcome>, rusqlite::Error> {
    control(connection, "BEGIN IMMEDIATE")?;
    let outcomes = batches.iter().map(|batch| write_apart(connection, batch)).collect::<Result<_, _>>()?;
    control(connection, "COMMIT")?;
    Ok(outcomes)
}

/// Writes one batch inside its savepoint.
fn write_apart(connection: &Connection, batch: &Batch) -> Result<Outcome, rusqlite::Error> {
    control(connection, "SAVEPOINT batch")?;
    let outcome = write_batch(connection, batch);
    if outcome.is_err() {
        // A full disk or an I/O error ends the transaction, and with it the savepoint: then this fails too.
        control(connection, "ROLLBACK TO batch")?;
    }
    control(connection, "RELEASE batch")?;
    Ok(outcome)
}

fn write_batch(connection: &Connection, batch: &Batch) -> Outcome {
    batch
        .statements()
        .iter()
        .map(|statement| {
            let done = connection::run(connection, statement.sql, &statement.params)?;
            match statement.expect {
                Expect::One if done.touched != 1 => Err(StoreError::Conflict),
                Expect::One | Expect::Any => Ok(done.rows),
            }
        })
        .collect()
}

fn control(connection: &Connection, sql: &str) -> Result<(), rusqlite::Error> {
    connection.prepare_cached(sql)?.execute([]).map(drop)
}

fn roll_back(connection: &Connection) {
    if !connection.is_autocommit()
        && let Err(error) = control(connection, "ROLLBACK")
    {
        tracing::error!(%error, "a failed group of writes could not be rolled back");
    }
}

fn shorten_log(connection: &Connection, sql: &str) {
    if let Err(error) = connection.query_row(sql, [], |_| Ok(())) {
        tracing::warn!(%error, "the database's log could not be folded back");
    }
}
