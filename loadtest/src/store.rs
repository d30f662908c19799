//! Which engine is measured, and how the hospital is written into it before the server starts.
//!
//! Never shows the address of a database: it may hold a password.

use std::path::Path;
use std::str::FromStr;

use antesala::store::postgres::Postgres;
use antesala::store::sqlite::Sqlite;
use antesala::store::{Store, StoreError, migrations};
use secrecy::{ExposeSecret, SecretString};

/// Where the server looks for the embedded database in its data folder.
const DATABASE_FILE: &str = "antesala.db";

/// Connections while the hospital is written.
const POOL: usize = 16;

/// The engine under test.
#[derive(Clone, Debug)]
pub(crate) enum Engine {
    /// The embedded one.
    Sqlite,
    /// A PostgreSQL database.
    Postgres(SecretString),
}

impl Engine {
    /// Opens it, migrated.
    pub(crate) async fn open(&self, folder: &Path) -> Result<Store, StoreError> {
        match self {
            Self::Sqlite => {
                let file = folder.join(DATABASE_FILE);
                migrations::migrate_sqlite(&file).await?;
                Ok(Store::new(Sqlite::open(&file)?))
            }
            Self::Postgres(url) => {
                migrations::migrate_postgres(url).await?;
                Ok(Store::new(Postgres::connect(url, POOL).await?))
            }
        }
    }

    /// The address the server needs, if it needs one.
    pub(crate) fn url(&self) -> Option<&str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres(url) => Some(url.expose_secret()),
        }
    }

    /// Its name in the report.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }
}

impl FromStr for Engine {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "sqlite" => Ok(Self::Sqlite),
            url if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Ok(Self::Postgres(SecretString::from(url)))
            }
            _ => Err("write it as sqlite, or as postgres://user:password@host/database"),
        }
    }
}
