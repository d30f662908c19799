//! What can go wrong in a store, by meaning.
//!
//! Never carries a statement's values: they may be personal data.

use std::error::Error as StdError;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A statement touched another number of rows than it had to: somebody else was faster.
    #[error("another change came first")]
    Conflict,
    /// A value that must be unique exists already.
    #[error("a value that must be unique exists already")]
    Duplicate,
    /// The database did not answer, or not in time. A write may or may not have happened.
    #[error("the database is not available")]
    Unavailable(#[source] Box<dyn StdError + Send + Sync>),
    /// A row does not have the shape this program wrote.
    #[error("column {column} holds an unexpected value")]
    Malformed {
        /// Zero-based position in the row.
        column: usize,
    },
}

impl StoreError {
    /// Wraps a driver's error that has no more precise meaning.
    pub fn unavailable(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Unavailable(source.into())
    }
}
