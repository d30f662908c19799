//! Running queries and batches on one connection.
//!
//! A batch costs three round trips, whatever its length: its statements are sent one behind the other without waiting.
//!
//! Never commits unless every statement touched the rows it had to.

use deadpool_postgres::{Client, GenericClient};
use futures_util::TryStreamExt;
use futures_util::future::{join_all, try_join_all};
use tokio_postgres::Statement as Prepared;

use super::{bind, meaning};
use crate::store::{Batch, Expect, Row, StoreError, Value};

/// What a statement did.
struct Done {
    rows: Vec<Row>,
    touched: u64,
}

/// Runs one query.
pub(super) async fn read(client: &Client, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
    let prepared = client.prepare_cached(sql).await.map_err(meaning)?;
    run(client, &prepared, params).await.map(|done| done.rows)
}

/// Commits one batch.
pub(super) async fn write(client: &mut Client, batch: &Batch) -> Result<Vec<Vec<Row>>, StoreError> {
    let statements = batch.statements();
    if statements.is_empty() {
        return Ok(Vec::new());
    }
    let transaction = client.transaction().await.map_err(meaning)?;
    let prepared = try_join_all(statements.iter().map(|statement| transaction.prepare_cached(statement.sql)))
        .await
        .map_err(meaning)?;
    // Each is sent when first polled, in this order; the server runs them in the order they arrive.
    let running =
        statements.iter().zip(&prepared).map(|(statement, prepared)| run(&transaction, prepared, &statement.params));
    let mut rows = Vec::with_capacity(statements.len());
    // The first failure tells why; those after it only say that the transaction had failed.
    for (statement, outcome) in statements.iter().zip(join_all(running).await) {
        let done = outcome?;
        if statement.expect == Expect::One && done.touched != 1 {
            return Err(StoreError::Conflict);
        }
        rows.push(done.rows);
    }
    transaction.commit().await.map_err(meaning)?;
    Ok(rows)
}

async fn run(client: &impl GenericClient, prepared: &Prepared, params: &[Value]) -> Result<Done, StoreError> {
    let stream = client.query_raw(prepared, params).await.map_err(meaning)?;
    futures_util::pin_mut!(stream);
    let mut rows = Vec::new();
    while let Some(row) = stream.try_next().await.map_err(meaning)? {
        rows.push(bind::read_row(&row)?);
    }
    let touched = stream.rows_affected().unwrap_or(0);
    Ok(Done { rows, touched })
}
