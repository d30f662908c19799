//! Threads behind one bounded queue; they end, after finishing what is queued, when this is dropped.
//!
//! Never waits for room in the queue: a full one is an answer of its own.

use std::sync::mpsc::{SyncSender, TrySendError};
use std::thread::{Builder, JoinHandle};

use crate::store::StoreError;

/// The giving end of a queue and the threads that take from it.
pub(super) struct Threads<J> {
    jobs: Option<SyncSender<J>>,
    running: Vec<JoinHandle<()>>,
}

impl<J> Threads<J> {
    /// Threads are added with [`Threads::run`].
    pub(super) fn new(jobs: SyncSender<J>) -> Self {
        Self { jobs: Some(jobs), running: Vec::new() }
    }

    /// Starts one more thread. `work` ends by itself once the queue's giving end is gone.
    pub(super) fn run(&mut self, name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), StoreError> {
        let thread = Builder::new().name(name.to_owned()).spawn(work).map_err(StoreError::unavailable)?;
        self.running.push(thread);
        Ok(())
    }

    /// Queues a job.
    pub(super) fn give(&self, job: J) -> Result<(), StoreError> {
        let Some(jobs) = &self.jobs else {
            return Err(StoreError::unavailable("the database is closing"));
        };
        jobs.try_send(job).map_err(|refused| match refused {
            TrySendError::Full(_) => StoreError::unavailable("the database's queue is full"),
            TrySendError::Disconnected(_) => StoreError::unavailable("a thread of the database ended"),
        })
    }
}

impl<J> Drop for Threads<J> {
    fn drop(&mut self) {
        self.jobs = None;
        for thread in self.running.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the database had ended in a panic");
            }
        }
    }
}
