//! The store's promise: reads are queries, writes are atomic batches, one SQL text for two engines.
//!
//! A batch either commits whole or changes nothing; each statement may state how many rows it must touch. There are no
//! interactive transactions, and no statement reads what an earlier one of its batch returned. The SQL lives in the
//! sibling modules, one per aggregate, in the dialect both engines share (`sql/`, checked by `tests/sql_dialect.rs`).
//!
//! Never: decides a rule of the house, reads a clock, or lets a driver's type out.

pub mod agenda;
pub mod archive;
pub mod budget;
pub mod calendar_feeds;
pub mod calendars;
pub mod consultations;
pub mod details;
pub mod finishing;
pub mod history;
pub mod hospital;
pub mod imports;
pub mod migrations;
pub mod numbers;
pub mod opt_outs;
pub mod outbox;
pub mod patients;
pub mod postgres;
pub mod replies;
pub mod scope;
pub mod sessions;
pub mod setup_links;
pub mod sqlite;
pub mod staff;
pub mod value;
pub mod wards;
pub mod webex;
pub mod webex_people;

mod error;

use std::pin::Pin;
use std::sync::Arc;

pub use error::StoreError;
pub use value::{Row, Value};

/// The answer of an engine, on its way.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// How many rows a statement must touch; otherwise its batch is [`StoreError::Conflict`] and nothing is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Any number, also none.
    Any,
    /// Exactly one.
    One,
}

/// One statement of a batch.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Text in the shared dialect, with `$1 … $n` in first-use order.
    pub sql: &'static str,
    /// Values for `$1 … $n`.
    pub params: Vec<Value>,
    /// How many rows it must touch.
    pub expect: Expect,
}

/// Statements that commit together or not at all.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    statements: Vec<Statement>,
}

impl Batch {
    /// An empty batch; committing it does nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a statement that may touch any number of rows.
    pub fn run(&mut self, sql: &'static str, params: Vec<Value>) -> &mut Self {
        self.push(sql, params, Expect::Any)
    }

    /// Adds a statement that must touch exactly one row.
    pub fn run_on_one(&mut self, sql: &'static str, params: Vec<Value>) -> &mut Self {
        self.push(sql, params, Expect::One)
    }

    /// The statements, in the order they run.
    #[must_use]
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    fn push(&mut self, sql: &'static str, params: Vec<Value>, expect: Expect) -> &mut Self {
        self.statements.push(Statement { sql, params, expect });
        self
    }
}

/// What a storage engine can do. Two exist: [`sqlite`] (embedded) and [`postgres`].
pub trait Engine: Send + Sync {
    /// Runs one query and returns its rows.
    fn read<'a>(&'a self, sql: &'static str, params: Vec<Value>) -> Answer<'a, Vec<Row>>;

    /// Commits a batch durably. Returns, per statement, the rows of its `RETURNING` clause.
    fn write(&self, batch: Batch) -> Answer<'_, Vec<Vec<Row>>>;

    /// Answers when the database does.
    fn ping(&self) -> Answer<'_, ()>;
}

/// A shared handle to the engine in use.
#[derive(Clone)]
pub struct Store(Arc<dyn Engine>);

impl Store {
    /// Wraps an engine.
    #[must_use]
    pub fn new(engine: impl Engine + 'static) -> Self {
        Self(Arc::new(engine))
    }

    /// Runs one query.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn read(&self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        self.0.read(sql, params).await
    }

    /// Runs one query that returns at most one row of interest.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn read_one(&self, sql: &'static str, params: Vec<Value>) -> Result<Option<Row>, StoreError> {
        Ok(self.0.read(sql, params).await?.into_iter().next())
    }

    /// Commits a batch; durable when this returns.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a statement touched another number of rows than it had to,
    /// [`StoreError::Duplicate`] when a unique value exists already: then nothing was written. [`StoreError::Unavailable`]
    /// otherwise: then it may have been.
    pub async fn write(&self, batch: Batch) -> Result<Vec<Vec<Row>>, StoreError> {
        self.0.write(batch).await
    }

    /// Answers when the database does.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.0.ping().await
    }
}
