//! Fresh, migrated databases for tests: SQLite always, PostgreSQL when `ANTESALA_TEST_POSTGRES` names a server.
//!
//! Never shares a database between two tests, and leaves none behind.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "not every test binary needs all of it")]

use std::path::PathBuf;
use std::sync::Once;

use antesala::store::Store;
use antesala::store::migrations::{migrate_postgres, migrate_sqlite};
use antesala::store::postgres::Postgres;
use antesala::store::sqlite::Sqlite;
use secrecy::SecretString;
use tempfile::TempDir;
use uuid::Uuid;

/// The URL of a superuser on a throw-away server.
const SERVER: &str = "ANTESALA_TEST_POSTGRES";

/// A database of its own, gone when dropped.
pub(crate) struct TestStore {
    /// For failure messages.
    pub(crate) engine: &'static str,
    /// The store under test.
    pub(crate) store: Store,
    /// Where it lives.
    pub(crate) place: Place,
}

/// Where a database lives.
pub(crate) enum Place {
    /// In a file inside a folder of its own.
    File(TempDir),
    /// On the server, with this address.
    Server(ServerDatabase),
}

/// A database on the server, removed when dropped.
pub(crate) struct ServerDatabase {
    name: String,
    /// Its address.
    pub(crate) url: SecretString,
}

impl TestStore {
    /// Opens the same database once more, as another process would.
    pub(crate) async fn reopened(&self) -> Store {
        match &self.place {
            Place::File(folder) => Store::new(Sqlite::open(&file_in(folder)).unwrap()),
            Place::Server(database) => Store::new(Postgres::connect(&database.url, 8).await.unwrap()),
        }
    }

    /// What a binary under test takes as `DATABASE_URL`; none for the file.
    pub(crate) fn url(&self) -> Option<&SecretString> {
        match &self.place {
            Place::File(_) => None,
            Place::Server(database) => Some(&database.url),
        }
    }
}

/// One fresh store per engine.
pub(crate) async fn stores() -> Vec<TestStore> {
    let mut stores = vec![sqlite_store().await];
    stores.extend(postgres_store().await);
    stores
}

/// A fresh embedded store.
pub(crate) async fn sqlite_store() -> TestStore {
    let folder = tempfile::tempdir().unwrap();
    migrate_sqlite(&file_in(&folder)).await.unwrap();
    let store = Store::new(Sqlite::open(&file_in(&folder)).unwrap());
    TestStore { engine: "SQLite", store, place: Place::File(folder) }
}

/// A fresh store on the server, if there is one.
pub(crate) async fn postgres_store() -> Option<TestStore> {
    let database = empty_postgres().await?;
    migrate_postgres(&database.url).await.unwrap();
    let store = Store::new(Postgres::connect(&database.url, 8).await.unwrap());
    Some(TestStore { engine: "PostgreSQL", store, place: Place::Server(database) })
}

/// An empty database on the server, if there is one.
pub(crate) async fn empty_postgres() -> Option<ServerDatabase> {
    static SAID: Once = Once::new();
    let Ok(server) = std::env::var(SERVER) else {
        SAID.call_once(|| eprintln!("{SERVER} is not set: these tests run on SQLite only"));
        return None;
    };
    let name = format!("antesala_{}", Uuid::now_v7().simple());
    administer(&server, format!("CREATE DATABASE {name}")).await;
    Some(ServerDatabase { url: address_of(&server, &name), name })
}

/// The file inside a store's folder.
pub(crate) fn file_in(folder: &TempDir) -> PathBuf {
    folder.path().join("antesala.sqlite")
}

fn address_of(server: &str, name: &str) -> SecretString {
    let (address, query) = server.split_once('?').map_or((server, ""), |(address, query)| (address, query));
    let (scheme, rest) = address.split_once("://").expect("a postgres:// address");
    let host = rest.split('/').next().unwrap_or(rest);
    SecretString::from(format!("{scheme}://{host}/{name}?{query}"))
}

async fn administer(server: &str, statement: String) {
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await.expect("the test server");
    let running = tokio::spawn(connection);
    client.batch_execute(&statement).await.expect("a superuser on the test server");
    drop(client);
    running.await.unwrap().unwrap();
}

impl ServerDatabase {
    /// Removes it, under whoever is connected too. Removing it twice is the same.
    pub(crate) fn remove(&self) {
        let Ok(server) = std::env::var(SERVER) else { return };
        let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // A test's own runtime may be gone or busy here.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(administer(&server, statement));
        });
        if dropping.join().is_err() {
            eprintln!("the database of a test could not be removed");
        }
    }
}

impl Drop for ServerDatabase {
    fn drop(&mut self) {
        self.remove();
    }
}
