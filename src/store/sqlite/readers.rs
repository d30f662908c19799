//! The reading threads: each has a connection of its own, all take from one queue.
//!
//! Never sees what is not committed, and never holds a reading transaction open between two queries.

use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::connection;
use super::threads::Threads;
use crate::store::{Row, StoreError, Value};

const THREADS: usize = 3;
const MOST_QUEUED: usize = 4096;

/// A query, and where its rows go.
pub(super) struct Query {
    pub(super) sql: &'static str,
    pub(super) params: Vec<Value>,
    pub(super) answer: oneshot::Sender<Result<Vec<Row>, StoreError>>,
}

/// The reading threads.
pub(super) struct Readers(Threads<Query>);

impl Readers {
    pub(super) fn start(path: &Path) -> Result<Self, StoreError> {
        let (give, take) = sync_channel(MOST_QUEUED);
        let take = Arc::new(Mutex::new(take));
        let mut threads = Threads::new(give);
        for _ in 0..THREADS {
            let connection = connection::open_for_reading(path)?;
            let take = Arc::clone(&take);
            threads.run("store-reader", move || answer_queries(&connection, &take))?;
        }
        Ok(Self(threads))
    }

    pub(super) fn give(&self, query: Query) -> Result<(), StoreError> {
        self.0.give(query)
    }
}

fn answer_queries(connection: &Connection, queue: &Mutex<Receiver<Query>>) {
    while let Some(query) = next(queue) {
        if query.answer.is_closed() {
            continue;
        }
        let rows = connection::run(connection, query.sql, &query.params).map(|done| done.rows);
        if query.answer.send(rows).is_err() {
            tracing::trace!("nobody waits for the answer to a query any more");
        }
    }
}

fn next(queue: &Mutex<Receiver<Query>>) -> Option<Query> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}
