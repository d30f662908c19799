//! The embedded engine: one file, one writer that commits in groups, a few readers.
//!
//! Whoever writes waits for one `fsync` at most twice: the one under way, and the one that carries the own batch. Dropping
//! the engine finishes what is queued, folds the log back into the file and ends every thread.
//!
//! Never touches the disk on a caller's thread, and never queues without bound: a full queue is
//! [`StoreError::Unavailable`].

mod checkpoint;
mod connection;
mod readers;
mod threads;
mod writer;

use std::path::Path;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use super::{Answer, Batch, Engine, Row, StoreError, Value};
use checkpoint::Checkpoints;
pub(super) use connection::open_for_writing;
use readers::Readers;
use writer::Writer;

/// After this long a caller is told that the database does not answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// A SQLite database in a file of its own.
///
/// The order of the fields is the order they end in: the writer goes last and leaves a file without a log.
pub struct Sqlite {
    readers: Readers,
    /// Held for its end: dropping it stops the thread.
    _checkpoints: Checkpoints,
    writer: Writer,
}

impl Sqlite {
    /// Opens the file, or makes an empty one that only its owner may read. Migrations are a step of their own:
    /// [`super::migrations::migrate_sqlite`].
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the file cannot be opened or is no database.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let writer = Writer::start(open_for_writing(path)?)?;
        let checkpoints = Checkpoints::start(open_for_writing(path)?, writer.long_log())?;
        let readers = Readers::start(path)?;
        Ok(Self { readers, _checkpoints: checkpoints, writer })
    }
}

impl Engine for Sqlite {
    fn read<'a>(&'a self, sql: &'static str, params: Vec<Value>) -> Answer<'a, Vec<Row>> {
        Box::pin(async move {
            let (answer, rows) = oneshot::channel();
            self.readers.give(readers::Query { sql, params, answer })?;
            patiently(rows).await
        })
    }

    fn write(&self, batch: Batch) -> Answer<'_, Vec<Vec<Row>>> {
        Box::pin(async move {
            let (answer, outcome) = oneshot::channel();
            self.writer.give(writer::Job { batch, answer })?;
            patiently(outcome).await
        })
    }

    fn ping(&self) -> Answer<'_, ()> {
        // Through the writer: it is the thread that a full disk or a foreign lock stops.
        Box::pin(async move { self.write(Batch::new()).await.map(drop) })
    }
}

async fn patiently<T>(answer: oneshot::Receiver<Result<T, StoreError>>) -> Result<T, StoreError> {
    match timeout(PATIENCE, answer).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(StoreError::unavailable("a thread of the database ended")),
        Err(_) => Err(StoreError::unavailable("the database did not answer in time")),
    }
}

impl std::fmt::Debug for Sqlite {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Sqlite")
    }
}
