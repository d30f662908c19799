//! Of many who are as fast as each other, one wins and the others are told.

use std::time::Duration;

use antesala::store::{Batch, StoreError};
use futures_util::future::join_all;
use secrecy::ExposeSecret;
use tokio::time::timeout;

use super::database::{postgres_store, stores};
use super::wards;

#[tokio::test]
async fn a_hundred_race_for_one_revision() {
    const BUMP: &str = "UPDATE consultations_like SET rev = $1 WHERE id = $2 AND rev = $3";
    const MAKE: &str = "CREATE TABLE consultations_like (id TEXT PRIMARY KEY, rev BIGINT NOT NULL)";
    for at in stores().await {
        let mut making = Batch::new();
        making.run(MAKE, Vec::new());
        at.store.write(making).await.unwrap();
        let mut batch = Batch::new();
        batch.run("INSERT INTO consultations_like (id, rev) VALUES ($1, $2)", vec!["c".into(), 4.into()]);
        at.store.write(batch).await.unwrap();

        let racers = (0..100).map(|racer| {
            let store = at.store.clone();
            tokio::spawn(async move {
                let mut batch = Batch::new();
                batch.run_on_one(BUMP, vec![5.into(), "c".into(), 4.into()]);
                batch.run_on_one(wards::INSERT, vec![racer.to_string().into(), "the winner's".into()]);
                store.write(batch).await
            })
        });
        let outcomes: Vec<_> = join_all(racers).await.into_iter().map(Result::unwrap).collect();
        let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        let told = outcomes.iter().filter(|outcome| matches!(outcome, Err(StoreError::Conflict))).count();
        assert_eq!((won, told), (1, 99), "{}", at.engine);
        assert_eq!(wards::count(&at.store).await, 1, "{}", at.engine);
    }
}

#[tokio::test]
async fn of_two_who_take_the_same_unique_value_one_wins() {
    for at in stores().await {
        let racers = (0..20).map(|_| wards::add(&at.store, "w-1", "Cardiology"));
        let outcomes = join_all(racers).await;
        let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        let told = outcomes.iter().filter(|outcome| matches!(outcome, Err(StoreError::Duplicate))).count();
        assert_eq!((won, told), (1, 19), "{}", at.engine);
    }
}

#[tokio::test]
async fn crossing_updates_end_in_an_answer_and_leave_the_store_well() {
    for at in stores().await {
        wards::add(&at.store, "w-1", "One").await.unwrap();
        wards::add(&at.store, "w-2", "Two").await.unwrap();
        let crossing = (0..40).map(|number| {
            let (first, second) = if number % 2 == 0 { ("w-1", "w-2") } else { ("w-2", "w-1") };
            at.store.write(renaming(first, second))
        });
        let outcomes = timeout(Duration::from_secs(10), join_all(crossing)).await.unwrap();
        assert!(outcomes.iter().any(Result::is_ok), "{}", at.engine);
        at.store.write(renaming("w-1", "w-2")).await.unwrap();
    }
}

#[tokio::test]
async fn a_deadlock_is_a_conflict() {
    let Some(at) = postgres_store().await else { return };
    wards::add(&at.store, "w-1", "One").await.unwrap();
    wards::add(&at.store, "w-2", "Two").await.unwrap();
    let (other, connection) =
        tokio_postgres::connect(at.url().unwrap().expose_secret(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    // PostgreSQL ends one of the two: ours, unless this machine took longer to get here than it takes to notice.
    for _ in 0..10 {
        other.batch_execute("BEGIN; UPDATE wards SET name = 'other' WHERE id = 'w-2'").await.unwrap();
        let store = at.store.clone();
        let ours = tokio::spawn(async move { store.write(renaming("w-1", "w-2")).await });
        let is_waiting = async { while !blocks_somebody(&other).await {} };
        tokio::time::timeout(Duration::from_secs(10), is_waiting).await.unwrap();
        let theirs = other.batch_execute("UPDATE wards SET name = 'other' WHERE id = 'w-1'; COMMIT").await;
        let outcome = ours.await.unwrap();
        if theirs.is_ok() {
            assert!(matches!(outcome, Err(StoreError::Conflict)), "{outcome:?}");
            assert_eq!(wards::name(&at.store, "w-1").await.as_deref(), Some("other"));
            return;
        }
        other.batch_execute("ROLLBACK").await.unwrap();
    }
    panic!("ours was never the one");
}

/// Whether another connection waits for a lock of this one. Each question is a round trip, so asking again is no busy loop.
async fn blocks_somebody(client: &tokio_postgres::Client) -> bool {
    let waiting = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))";
    client.query_one(waiting, &[]).await.unwrap().get::<_, i64>(0) > 0
}

fn renaming(first: &str, second: &str) -> Batch {
    let mut batch = Batch::new();
    batch.run_on_one(wards::RENAME, vec!["x".into(), first.into()]);
    batch.run_on_one(wards::RENAME, vec!["y".into(), second.into()]);
    batch
}
