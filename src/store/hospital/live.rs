//! The hospital as everybody on this node sees it: one value, exchanged whole, so that nobody sees half a change.
//!
//! Reading it never asks the store. Never decides when to look again: a worker does, and whoever changed something.

use std::sync::Arc;

use tokio::sync::watch;

use super::{read, rev};
use crate::domain::hospital::Hospital;
use crate::store::{Store, StoreError};

/// The rev of a hospital that was not read yet.
const UNREAD: i64 = 0;

/// A shared handle. Cloning is cheap.
#[derive(Clone)]
pub struct Live {
    started: Arc<Hospital>,
    current: Arc<watch::Sender<Current>>,
}

#[derive(Clone)]
struct Current {
    rev: i64,
    hospital: Arc<Hospital>,
}

impl Live {
    /// The hospital as the program was started with, until it is read.
    #[must_use]
    pub fn started_as(hospital: Hospital) -> Self {
        let started = Arc::new(hospital);
        let current = Current { rev: UNREAD, hospital: Arc::clone(&started) };
        Self { started, current: Arc::new(watch::Sender::new(current)) }
    }

    /// As it is now.
    #[must_use]
    pub fn now(&self) -> Arc<Hospital> {
        Arc::clone(&self.current.borrow().hospital)
    }

    /// As the program was started with.
    #[must_use]
    pub fn started(&self) -> &Hospital {
        &self.started
    }

    /// Looks whether anything changed, and makes it known on this node.
    ///
    /// # Errors
    /// As [`Store::read`]; then everything stays as it was known.
    pub async fn look_again(&self, store: &Store) -> Result<(), StoreError> {
        let held = self.current.borrow().rev;
        if rev(store).await? == held {
            return Ok(());
        }
        let stored = read(store, &self.started).await?;
        self.current.send_if_modified(|current| {
            // Two that looked at the same time: the newer wins.
            let is_newer = stored.rev > current.rev;
            if is_newer {
                *current = Current { rev: stored.rev, hospital: Arc::new(stored.hospital) };
            }
            is_newer
        });
        Ok(())
    }
}
