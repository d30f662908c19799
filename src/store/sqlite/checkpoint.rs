//! Folds the log back into the file beside the writer, so that no commit waits for it.
//!
//! While writes never pause, a log that is folded back beside them still grows; past a limit the writer is asked to give
//! way once.
//!
//! Never blocks a reader or the writer itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use rusqlite::Connection;

use super::threads::Threads;
use crate::store::StoreError;

const EVERY: Duration = Duration::from_millis(500);

/// Pages of 4 KiB: 32 MiB of log.
const LONG_LOG: u64 = 8192;

/// The thread that folds the log back.
pub(super) struct Checkpoints {
    /// Held for its end: dropping it stops the thread.
    _thread: Threads<()>,
    log_pages: Arc<AtomicU64>,
}

impl Checkpoints {
    /// Sets `long_log` when the writer has to give way.
    pub(super) fn start(connection: Connection, long_log: Arc<AtomicBool>) -> Result<Self, StoreError> {
        let (stop, stopped) = sync_channel(0);
        let log_pages = Arc::new(AtomicU64::new(0));
        let pages = Arc::clone(&log_pages);
        let mut thread = Threads::new(stop);
        thread.run("store-checkpoint", move || fold_back(&connection, &stopped, &pages, &long_log))?;
        Ok(Self { _thread: thread, log_pages })
    }

    pub(super) fn log_pages(&self) -> u64 {
        self.log_pages.load(Ordering::Relaxed)
    }
}

fn fold_back(connection: &Connection, stopped: &Receiver<()>, log_pages: &AtomicU64, long_log: &AtomicBool) {
    while stopped.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
        match connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get::<_, i64>(1)) {
            Ok(pages) => {
                let pages = u64::try_from(pages).unwrap_or(0);
                log_pages.store(pages, Ordering::Relaxed);
                long_log.store(pages > LONG_LOG, Ordering::Relaxed);
            }
            Err(error) => tracing::warn!(%error, "the database's log could not be folded back"),
        }
    }
}
