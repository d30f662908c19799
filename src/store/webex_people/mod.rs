//! Webex and the people who work here: their accounts, the organisation's licences, what both sides differ in, and what the
//! bot has to tell.
//!
//! Never asks Webex, and never holds a word about a patient.

pub mod accounts;
pub mod choices;
pub mod comparisons;
pub mod differences;
pub mod jobs;
pub mod licences;
pub mod notices;

use super::{Batch, Row, Store, StoreError, Value};
use crate::domain::account::Names;

/// A list as it is kept.
fn list(names: &Names) -> Value {
    serde_json::Value::from_iter(names.iter().cloned()).to_string().into()
}

/// A list that is kept.
fn names(row: &Row, column: usize) -> Result<Names, StoreError> {
    serde_json::from_str(row.text(column)?).map_err(|_| StoreError::Malformed { column })
}

fn count(row: &Row, column: usize) -> Result<u32, StoreError> {
    u32::try_from(row.int(column)?).map_err(|_| StoreError::Malformed { column })
}

/// Commits one statement that must touch one row.
async fn one(store: &Store, sql: &'static str, params: Vec<Value>) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(sql, params);
    store.write(batch).await.map(drop)
}
