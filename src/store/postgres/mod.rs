//! The PostgreSQL engine, for hospitals that run a server: a bounded pool, one transaction per batch.
//!
//! Connections live on a thread of their own, so that they outlive whichever worker opened them. Every wait ends after
//! `PATIENCE`; a connection that was given up is not used again.
//!
//! Never shows the password of its address, and never a bound value.

mod address;
mod batch;
mod bind;
mod failure;
mod runtime;

use std::time::Duration;

use deadpool_postgres::{Client, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use secrecy::SecretString;
use tokio::time::timeout;

use super::{Answer, Batch, Engine, Row, StoreError, Value};
pub(super) use address::Address;
pub(super) use failure::meaning;
use runtime::OwnRuntime;

/// The longest wait for a free connection, for a new one, and for an answer; each.
const PATIENCE: Duration = Duration::from_secs(2);

/// The oldest server whose behaviour the statements rely on.
const OLDEST_SERVER: u32 = 140_000;

/// A PostgreSQL database behind a bounded pool of connections.
pub struct Postgres {
    pool: Pool,
    /// Held for its end: dropping it ends the connections' thread.
    _runtime: OwnRuntime,
}

impl Postgres {
    /// Opens a pool of at most `connections` and checks the server. Migrations are a step of their own:
    /// [`super::migrations::migrate_postgres`].
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the address is unreadable, the server does not answer or is older than 14.
    pub async fn connect(url: &SecretString, connections: usize) -> Result<Self, StoreError> {
        let address = Address::parse(url)?;
        let runtime = OwnRuntime::start()?;
        let manager = Manager::from_connect(
            address.for_serving(),
            runtime.connects_with(address.tls()?),
            ManagerConfig { recycling_method: RecyclingMethod::Fast },
        );
        let pool = Pool::builder(manager)
            .max_size(connections)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .recycle_timeout(Some(PATIENCE))
            .build()
            .map_err(StoreError::unavailable)?;
        let engine = Self { pool, _runtime: runtime };
        check_server(&**engine.client().await?).await?;
        Ok(engine)
    }

    async fn client(&self) -> Result<Client, StoreError> {
        self.pool.get().await.map_err(failure::of_pool)
    }
}

impl Engine for Postgres {
    fn read<'a>(&'a self, sql: &'static str, params: Vec<Value>) -> Answer<'a, Vec<Row>> {
        Box::pin(async move {
            let client = self.client().await?;
            let outcome = timeout(PATIENCE, batch::read(&client, sql, &params)).await;
            settle(client, outcome)
        })
    }

    fn write(&self, batch: Batch) -> Answer<'_, Vec<Vec<Row>>> {
        Box::pin(async move {
            let mut client = self.client().await?;
            let outcome = timeout(PATIENCE, batch::write(&mut client, &batch)).await;
            settle(client, outcome)
        })
    }

    fn ping(&self) -> Answer<'_, ()> {
        Box::pin(async move { self.read("SELECT 1", Vec::new()).await.map(drop) })
    }
}

/// Refuses a server that is too old.
pub(super) async fn check_server(client: &tokio_postgres::Client) -> Result<(), StoreError> {
    let row = client.query_one("SHOW server_version_num", &[]).await.map_err(meaning)?;
    let version: String = row.try_get(0).map_err(meaning)?;
    match version.parse::<u32>() {
        Ok(number) if number >= OLDEST_SERVER => Ok(()),
        _ => Err(StoreError::unavailable("the PostgreSQL server is older than version 14")),
    }
}

/// Hands the connection back to the pool, unless its state is unknown.
fn settle<T>(
    client: Client,
    outcome: Result<Result<T, StoreError>, tokio::time::error::Elapsed>,
) -> Result<T, StoreError> {
    let outcome = outcome.unwrap_or_else(|_| Err(StoreError::unavailable("the database did not answer in time")));
    if matches!(outcome, Err(StoreError::Unavailable(_))) {
        drop(Client::take(client));
    }
    outcome
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Postgres")
    }
}
