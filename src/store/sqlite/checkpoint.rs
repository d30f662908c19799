//! Folds the log back into the file beside the writer, so that no commit waits for it.
//!
//! While writes never pause, a log that is folded back beside them still grows; past a limit the writer is asked to give
//! way once.
//!
//! Never blocks a reader or the writer itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use rusqlite::Connection;

use super::threads::Threads;
use crate::store::StoreError;

const EVERY: Duration = Duration::from_millis(500);

/// Pages of 4 KiB: 32 MiB of log.
const LONG_LOG: i64 = 8192;

/// The thread that folds the log back.
pub(super) struct Checkpoints {
    /// Held for its end: dropping it stops the thread.
    _thread: Threads<()>,
}

impl Checkpoints {
    /// Sets `long_log` when the writer has to give way.
    pub(super) fn start(connection: Connection, long_log: Arc<AtomicBool>) -> Result<Self, StoreError> {
        let (stop, stopped) = sync_channel(0);
        let mut thread = Threads::new(stop);
        thread.run("store-checkpoint", move || fold_back(&connection, &stopped, &long_log))?;
        Ok(Self { _thread: thread })
    }
}

fn fold_back(connection: &Connection, stopped: &Receiver<()>, long_log: &AtomicBool) {
    while stopped.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
        match connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get::<_, i64>(1)) {
            Ok(pages) => long_log.store(pages > LONG_LOG, Ordering::Relaxed),
            Err(error) => tracing::warn!(%error, "the database's log could not be folded back"),
        }
    }
}
