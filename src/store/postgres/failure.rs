//! What the server's errors mean to a caller.
//!
//! Never passes on a `DETAIL` line: it quotes the row.

use deadpool_postgres::{PoolError, TimeoutType};
use tokio_postgres::error::SqlState;

use crate::store::StoreError;

/// The server refused a statement.
#[derive(Debug, thiserror::Error)]
#[error("the database refused: {sentence} ({state})")]
struct Refused {
    state: String,
    sentence: String,
}

/// By SQLSTATE (PostgreSQL documentation, appendix A).
pub(in crate::store) fn meaning(error: tokio_postgres::Error) -> StoreError {
    let Some(refusal) = error.as_db_error() else {
        return StoreError::unavailable(error);
    };
    match refusal.code() {
        &SqlState::UNIQUE_VIOLATION => StoreError::Duplicate,
        &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED | &SqlState::LOCK_NOT_AVAILABLE => {
            StoreError::Conflict
        }
        state => {
            // Class 22, data exceptions, quotes the value in the sentence itself.
            let sentence = if state.code().starts_with("22") { "a value does not fit" } else { refusal.message() };
            StoreError::unavailable(Refused { state: state.code().to_owned(), sentence: sentence.to_owned() })
        }
    }
}

/// No connection was to be had.
pub(super) fn of_pool(error: PoolError) -> StoreError {
    match error {
        PoolError::Backend(error) => meaning(error),
        PoolError::Timeout(TimeoutType::Wait) => StoreError::unavailable("every connection to the database is in use"),
        PoolError::Timeout(_) => StoreError::unavailable("the database did not answer in time"),
        other => StoreError::unavailable(other),
    }
}
