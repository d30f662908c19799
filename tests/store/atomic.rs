//! A batch commits whole or changes nothing.

use antesala::store::{Batch, StoreError};

use super::database::stores;
use super::wards;

#[tokio::test]
async fn a_batch_commits_whole() {
    for at in stores().await {
        let mut batch = wards::adding("w-1", "Cardiology");
        batch.run_on_one(wards::INSERT, vec!["w-2".into(), "Surgery".into()]);
        batch.run_on_one(wards::RENAME, vec!["Heart".into(), "w-1".into()]);
        at.store.write(batch).await.unwrap();
        assert_eq!(wards::count(&at.store).await, 2, "{}", at.engine);
        assert_eq!(wards::name(&at.store, "w-1").await.as_deref(), Some("Heart"), "{}", at.engine);
    }
}

#[tokio::test]
async fn touching_no_row_where_one_is_due_is_a_conflict_and_undoes_the_rest() {
    for at in stores().await {
        let mut batch = wards::adding("w-1", "Cardiology");
        batch.run_on_one(wards::RENAME, vec!["Heart".into(), "w-none".into()]);
        batch.run_on_one(wards::INSERT, vec!["w-2".into(), "Surgery".into()]);
        let outcome = at.store.write(batch).await;
        assert!(matches!(outcome, Err(StoreError::Conflict)), "{}: {outcome:?}", at.engine);
        assert_eq!(wards::count(&at.store).await, 0, "{}", at.engine);
    }
}

#[tokio::test]
async fn touching_two_rows_where_one_is_due_is_a_conflict() {
    for at in stores().await {
        wards::add(&at.store, "w-1", "Cardiology").await.unwrap();
        wards::add(&at.store, "w-2", "Surgery").await.unwrap();
        let mut batch = Batch::new();
        batch.run_on_one("UPDATE wards SET name = $1", vec!["Same".into()]);
        let outcome = at.store.write(batch).await;
        assert!(matches!(outcome, Err(StoreError::Conflict)), "{}: {outcome:?}", at.engine);
        assert_eq!(wards::name(&at.store, "w-1").await.as_deref(), Some("Cardiology"), "{}", at.engine);
    }
}

#[tokio::test]
async fn a_statement_without_expectation_may_touch_none() {
    for at in stores().await {
        let mut batch = Batch::new();
        batch.run(wards::RENAME, vec!["Heart".into(), "w-none".into()]);
        at.store.write(batch).await.unwrap();
        at.store.write(Batch::new()).await.unwrap();
    }
}

#[tokio::test]
async fn a_unique_value_twice_is_a_duplicate_and_undoes_the_rest() {
    for at in stores().await {
        wards::add(&at.store, "w-1", "Cardiology").await.unwrap();
        let mut batch = wards::adding("w-2", "Surgery");
        batch.run_on_one(wards::INSERT, vec!["w-1".into(), "Again".into()]);
        let outcome = at.store.write(batch).await;
        assert!(matches!(outcome, Err(StoreError::Duplicate)), "{}: {outcome:?}", at.engine);
        assert_eq!(wards::count(&at.store).await, 1, "{}", at.engine);
    }
}

#[tokio::test]
async fn a_row_that_nothing_refers_to_correctly_is_refused_without_quoting_it() {
    for at in stores().await {
        let mut batch = Batch::new();
        batch.run_on_one(
            "INSERT INTO staff_sessions (id, staff_id, cookie_hash, created_at, seen_at) VALUES ($1, $2, $3, $4, $5)",
            vec!["s-1".into(), "nobody-known".into(), [7u8; 4].as_slice().into(), 1.into(), 1.into()],
        );
        let error = at.store.write(batch).await.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable(_)), "{}: {error:?}", at.engine);
        assert!(!format!("{error:?}").contains("nobody-known"), "{}: {error:?}", at.engine);
    }
}

#[tokio::test]
async fn rows_come_back_per_statement() {
    for at in stores().await {
        let mut batch = Batch::new();
        batch.run_on_one(
            "INSERT INTO wards (id, name) VALUES ($1, $2) RETURNING name, id",
            vec!["w-1".into(), "A".into()],
        );
        batch.run_on_one(wards::INSERT, vec!["w-2".into(), "B".into()]);
        batch.run("DELETE FROM wards WHERE name = $1 RETURNING id", vec!["B".into()]);
        let rows = at.store.write(batch).await.unwrap();
        assert_eq!(rows.len(), 3, "{}", at.engine);
        assert_eq!((rows[0][0].text(0).unwrap(), rows[0][0].text(1).unwrap()), ("A", "w-1"), "{}", at.engine);
        assert!(rows[1].is_empty(), "{}", at.engine);
        assert_eq!(rows[2][0].text(0).unwrap(), "w-2", "{}", at.engine);
    }
}

#[tokio::test]
async fn on_conflict_do_nothing_touches_no_row() {
    const INSERT_ONCE: &str = "INSERT INTO wards (id, name) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
    for at in stores().await {
        wards::add(&at.store, "w-1", "Cardiology").await.unwrap();
        let mut batch = Batch::new();
        batch.run_on_one(INSERT_ONCE, vec!["w-1".into(), "Again".into()]);
        let outcome = at.store.write(batch).await;
        assert!(matches!(outcome, Err(StoreError::Conflict)), "{}: {outcome:?}", at.engine);
    }
}
