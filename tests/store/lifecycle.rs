//! Opening, migrating, asking whether it lives, closing.

use antesala::store::migrations::{migrate_postgres, migrate_sqlite};
use antesala::store::postgres::Postgres;
use antesala::store::sqlite::Sqlite;
use antesala::store::{Batch, Store, StoreError};
use futures_util::future::join_all;
use secrecy::SecretString;

use super::database::{empty_postgres, file_in, stores};
use super::wards;

#[tokio::test]
async fn it_answers() {
    for at in stores().await {
        at.store.ping().await.unwrap();
    }
}

#[tokio::test]
async fn an_engine_dropped_finishes_what_it_took_and_reopens() {
    for at in stores().await {
        let second = at.reopened().await;
        let writing: Vec<_> =
            (0..200).map(|number| tokio::spawn(wards::add_owned(second.clone(), format!("w-{number}")))).collect();
        drop(second);
        let kept = join_all(writing).await.into_iter().filter(|outcome| matches!(outcome, Ok(Ok(())))).count();
        assert_eq!(kept, 200, "{}", at.engine);
        assert_eq!(wards::count(&at.reopened().await).await, 200, "{}", at.engine);
    }
}

#[tokio::test]
async fn migrations_run_once_however_many_start_together() {
    let folder = tempfile::tempdir().unwrap();
    let file = file_in(&folder);
    assert!(migrate_sqlite(&file).await.unwrap() >= 2);
    assert_eq!(migrate_sqlite(&file).await.unwrap(), 0);

    let Some(database) = empty_postgres().await else { return };
    let ran = join_all((0..4).map(|_| migrate_postgres(&database.url))).await;
    let ran: Vec<usize> = ran.into_iter().map(Result::unwrap).collect();
    assert_eq!(ran.iter().filter(|count| **count > 0).count(), 1, "{ran:?}");
}

#[tokio::test]
async fn a_closed_file_leaves_no_log_and_only_its_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let file = file_in(&folder);
    migrate_sqlite(&file).await.unwrap();
    let store = Store::new(Sqlite::open(&file).unwrap());
    wards::add(&store, "w-1", "Cardiology").await.unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.file_name());
    }
    drop(store);
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["antesala.sqlite"]);
}

#[tokio::test]
async fn what_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = file_in(&folder);
    std::fs::write(
        &file,
        "this is a letter, not a database, and it is long enough to be read as a header. ".repeat(50),
    )
    .unwrap();
    assert!(matches!(Sqlite::open(&file), Err(StoreError::Unavailable(_))));
    assert!(Sqlite::open(&folder.path().join("no such folder").join("x")).is_err());
    assert!(migrate_sqlite(&file).await.is_err());
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unavailable_within_its_limits() {
    // Port 9 (discard) is closed on every machine we know.
    let url = SecretString::from("postgres://ines:hunter22@127.0.0.1:9/antesala");
    let started = std::time::Instant::now();
    let error = Postgres::connect(&url, 2).await.err().unwrap();
    assert!(matches!(error, StoreError::Unavailable(_)));
    assert!(!format!("{error:?}").contains("hunter22"));
    assert!(started.elapsed() < std::time::Duration::from_secs(5));
}

#[tokio::test]
async fn a_slow_statement_is_given_up_and_the_pool_recovers() {
    let Some(database) = empty_postgres().await else { return };
    let store = Store::new(Postgres::connect(&database.url, 1).await.unwrap());
    let error = store.read("SELECT 1 FROM pg_sleep(10)", Vec::new()).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    store.ping().await.unwrap();
    let mut batch = Batch::new();
    batch.run("SELECT 1 FROM pg_sleep(10)", Vec::new());
    assert!(store.write(batch).await.is_err());
    store.ping().await.unwrap();
}

#[tokio::test]
async fn connections_survive_the_runtime_that_opened_them() {
    let Some(database) = empty_postgres().await else { return };
    let store = Store::new(Postgres::connect(&database.url, 1).await.unwrap());
    let lent = store.clone();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(lent.ping()).unwrap();
    })
    .join()
    .unwrap();
    let pid = "SELECT CAST(pg_backend_pid() AS BIGINT)";
    let before = store.read_one(pid, Vec::new()).await.unwrap();
    assert_eq!(before, store.read_one(pid, Vec::new()).await.unwrap());
}

#[tokio::test]
async fn a_connection_the_server_ends_is_replaced() {
    let Some(database) = empty_postgres().await else { return };
    let store = Store::new(Postgres::connect(&database.url, 2).await.unwrap());
    // The one that asks is ended too.
    let ended = store.read("SELECT pg_terminate_backend(pg_backend_pid())", Vec::new()).await;
    assert!(matches!(ended, Err(StoreError::Unavailable(_))), "{ended:?}");
    store.ping().await.unwrap();
}
