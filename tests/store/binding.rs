//! A value comes back as it went in, also when it is nothing.

use antesala::store::{Batch, Row, Store, StoreError, Value};

use super::database::stores;

const MAKE: &str = "CREATE TABLE kinds (id TEXT PRIMARY KEY, words TEXT, number BIGINT, truth BOOLEAN, bytes BYTEA)";
const INSERT: &str = "INSERT INTO kinds (id, words, number, truth, bytes) VALUES ($1, $2, $3, $4, $5)";
const ALL: &str = "SELECT words, number, truth, bytes FROM kinds WHERE id = $1";

async fn round_trip(store: &Store, id: &str, values: [Value; 4]) -> Row {
    let mut batch = Batch::new();
    batch.run_on_one(INSERT, std::iter::once(Value::from(id)).chain(values).collect());
    store.write(batch).await.unwrap();
    store.read_one(ALL, vec![id.into()]).await.unwrap().unwrap()
}

async fn make(store: &Store) {
    let mut batch = Batch::new();
    batch.run(MAKE, Vec::new());
    store.write(batch).await.unwrap();
}

#[tokio::test]
async fn each_kind_comes_back() {
    for at in stores().await {
        make(&at.store).await;
        let bytes: Vec<u8> = (0..=255).collect();
        for (number, truth) in [(i64::MIN, true), (0, false), (i64::MAX, true)] {
            let values = ["Íñigo ñ 👵 ' \" \\".into(), number.into(), truth.into(), bytes.as_slice().into()];
            let row = round_trip(&at.store, &number.to_string(), values).await;
            assert_eq!(row.text(0).unwrap(), "Íñigo ñ 👵 ' \" \\", "{}", at.engine);
            assert_eq!(row.int(1).unwrap(), number, "{}", at.engine);
            assert_eq!(row.bool(2).unwrap(), truth, "{}", at.engine);
            assert_eq!(row.bytes(3).unwrap(), bytes, "{}", at.engine);
        }
    }
}

#[tokio::test]
async fn nothing_binds_to_each_kind() {
    for at in stores().await {
        make(&at.store).await;
        let row = round_trip(&at.store, "empty", [Value::Null, Value::Null, Value::Null, Value::Null]).await;
        assert_eq!(row, Row(vec![Value::Null; 4]), "{}", at.engine);
        assert_eq!(row.text_or_null(0).unwrap(), None, "{}", at.engine);
        assert_eq!(row.instant_or_null(1).unwrap(), None, "{}", at.engine);
        assert!(matches!(row.text(0), Err(StoreError::Malformed { column: 0 })), "{}", at.engine);
    }
}

#[tokio::test]
async fn text_that_looks_like_a_number_stays_text() {
    for at in stores().await {
        make(&at.store).await;
        let row = round_trip(&at.store, "n", ["007".into(), 7.into(), false.into(), [].as_slice().into()]).await;
        assert_eq!(row.text(0).unwrap(), "007", "{}", at.engine);
        assert!(row.bytes(3).unwrap().is_empty(), "{}", at.engine);
    }
}

#[tokio::test]
async fn conditions_counts_and_sums_read_alike() {
    for at in stores().await {
        make(&at.store).await;
        round_trip(&at.store, "a", ["x".into(), 40.into(), true.into(), Value::Null]).await;
        round_trip(&at.store, "b", ["y".into(), 2.into(), false.into(), Value::Null]).await;
        let sums = "SELECT COUNT(*), CAST(SUM(number) AS BIGINT), COUNT(bytes) FROM kinds WHERE number > $1";
        let row = at.store.read_one(sums, vec![0.into()]).await.unwrap().unwrap();
        assert_eq!((row.int(0).unwrap(), row.int(1).unwrap(), row.int(2).unwrap()), (2, 42, 0), "{}", at.engine);
        let true_ones = "SELECT id, number > $1 FROM kinds WHERE truth = TRUE LIMIT $2";
        let rows = at.store.read(true_ones, vec![39.into(), 10.into()]).await.unwrap();
        assert_eq!((rows.len(), rows[0].text(0).unwrap()), (1, "a"), "{}", at.engine);
        assert!(rows[0].bool(1).unwrap(), "{}", at.engine);
    }
}

#[tokio::test]
async fn a_parameter_may_be_used_twice() {
    for at in stores().await {
        make(&at.store).await;
        round_trip(&at.store, "a", ["a".into(), 1.into(), true.into(), Value::Null]).await;
        let twice = "SELECT id FROM kinds WHERE id = $1 AND words = $1 AND number = $2";
        assert_eq!(at.store.read(twice, vec!["a".into(), 1.into()]).await.unwrap().len(), 1, "{}", at.engine);
    }
}

#[tokio::test]
async fn too_few_values_are_refused() {
    for at in stores().await {
        make(&at.store).await;
        assert!(at.store.read(ALL, Vec::new()).await.is_err(), "{}", at.engine);
    }
}
