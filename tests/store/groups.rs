//! Batches that commit together stay apart: one that fails takes nobody along.

use antesala::store::{Batch, StoreError};
use futures_util::future::join_all;

use super::database::{sqlite_store, stores};
use super::wards;

#[tokio::test]
async fn bad_batches_among_many_fail_alone() {
    for at in stores().await {
        wards::add(&at.store, "taken", "Taken").await.unwrap();
        let writes = (0..300).map(|number| {
            let mut batch = wards::adding(&format!("w-{number}"), "Good");
            match number % 10 {
                3 => batch.run_on_one(wards::RENAME, vec!["x".into(), "w-none".into()]),
                5 => batch.run_on_one(wards::INSERT, vec!["taken".into(), "x".into()]),
                7 => batch.run("INSERT INTO no_such_table (id) VALUES ($1)", vec!["x".into()]),
                _ => &mut batch,
            };
            at.store.write(batch)
        });
        for (number, outcome) in join_all(writes).await.into_iter().enumerate() {
            let as_due = match number % 10 {
                3 => matches!(outcome, Err(StoreError::Conflict)),
                5 => matches!(outcome, Err(StoreError::Duplicate)),
                7 => matches!(outcome, Err(StoreError::Unavailable(_))),
                _ => outcome.is_ok(),
            };
            assert!(as_due, "{}: batch {number} ended as {outcome:?}", at.engine);
        }
        assert_eq!(wards::count(&at.store).await, 1 + 300 * 7 / 10, "{}", at.engine);
    }
}

#[tokio::test]
async fn what_is_answered_is_seen_by_the_next_reader() {
    for at in stores().await {
        let writers = (0..100).map(|number| {
            let store = at.store.clone();
            tokio::spawn(async move {
                let id = format!("w-{number}");
                wards::add(&store, &id, "Here").await.unwrap();
                wards::name(&store, &id).await
            })
        });
        for seen in join_all(writers).await {
            assert_eq!(seen.unwrap().as_deref(), Some("Here"), "{}", at.engine);
        }
    }
}

#[tokio::test]
async fn when_the_commit_itself_fails_nobody_is_told_otherwise() {
    let at = sqlite_store().await;
    let mut spoiler = Batch::new();
    spoiler.run("PRAGMA defer_foreign_keys = ON", Vec::new());
    spoiler.run(
        "INSERT INTO setup_links (token_hash, expires_at) VALUES ($1, $2)",
        vec![[1u8].as_slice().into(), 1.into()],
    );
    spoiler.run("INSERT INTO relatives (id, patient_id, name, relation, phone, language, created_at) VALUES ('r', 'nobody', '', '', '', '', 0)", Vec::new());
    let outcome = at.store.write(spoiler).await;
    assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
    let links = at.store.read("SELECT expires_at FROM setup_links", Vec::new()).await.unwrap();
    assert!(links.is_empty(), "a batch whose commit failed left a row");
    wards::add(&at.store, "w-1", "Works again").await.unwrap();
}

#[tokio::test]
async fn a_flood_is_answered_whole_and_never_kept_waiting_without_bound() {
    let at = sqlite_store().await;
    let writes = (0..6000).map(|number| wards::add_owned(at.store.clone(), format!("w-{number}")));
    let outcomes = join_all(writes.map(tokio::spawn)).await;
    let (kept, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().map(Result::unwrap).partition(Result::is_ok);
    assert!(refused.iter().all(|outcome| matches!(outcome, Err(StoreError::Unavailable(_)))));
    assert_eq!(wards::count(&at.store).await, i64::try_from(kept.len()).unwrap());
}
