//! The numbered migrations of `sql/`, embedded, the same for both engines.
//!
//! Each runs in a transaction of its own: a process killed in between leaves a database that the next start completes.
//! Two nodes that start together take turns on PostgreSQL.
//!
//! Never goes back, and never touches a database that holds migrations this program does not know.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use tokio::task::{AbortHandle, spawn, spawn_blocking};
use tokio_postgres::Client;

use super::StoreError;
use super::postgres::{self, Address};
use super::sqlite;

/// The key of the advisory lock that makes nodes take turns: "antesala" in ASCII.
const TURN: i64 = 0x616e_7465_7361_6c61;
const TAKE_TURN: &str = "SELECT pg_advisory_lock($1)";

mod embedded {
    refinery::embed_migrations!("sql");
}

/// Brings the file up to date, making it when there is none. Returns how many migrations ran.
///
/// # Errors
/// [`StoreError::Unavailable`] when the file cannot be written, or holds migrations this program does not know.
pub async fn migrate_sqlite(path: &Path) -> Result<usize, StoreError> {
    let path: PathBuf = path.to_owned();
    spawn_blocking(move || {
        let mut connection = sqlite::open_for_writing(&path)?;
        let report = embedded::migrations::runner().run(&mut connection).map_err(StoreError::unavailable)?;
        Ok(report.applied_migrations().len())
    })
    .await
    .map_err(StoreError::unavailable)?
}

/// Brings the database up to date. Returns how many migrations ran.
///
/// # Errors
/// [`StoreError::Unavailable`] when the server does not answer, is older than 14, or holds migrations this program does
/// not know.
pub async fn migrate_postgres(url: &SecretString) -> Result<usize, StoreError> {
    let address = Address::parse(url)?;
    let (mut client, connection) = address.for_migrating().connect(address.tls()?).await.map_err(postgres::meaning)?;
    let _ends_connection = AbortOnDrop(
        spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "the connection for migrations ended");
            }
        })
        .abort_handle(),
    );
    migrate(&mut client).await
}

async fn migrate(client: &mut Client) -> Result<usize, StoreError> {
    postgres::check_server(client).await?;
    // Held until the connection ends, however it ends.
    client.execute(TAKE_TURN, &[&TURN]).await.map_err(postgres::meaning)?;
    let report = embedded::migrations::runner().run_async(client).await.map_err(StoreError::unavailable)?;
    Ok(report.applied_migrations().len())
}

struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_embedded() {
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/sql")).unwrap().count();
        assert_eq!(embedded::migrations::runner().get_migrations().len(), files);
    }
}
