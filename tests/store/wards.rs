//! A small table to write to, so that these tests need no repository.

use antesala::store::{Batch, Store, StoreError, Value};

pub(crate) const INSERT: &str = "INSERT INTO wards (id, name) VALUES ($1, $2)";
pub(crate) const RENAME: &str = "UPDATE wards SET name = $1 WHERE id = $2";
pub(crate) const COUNT: &str = "SELECT COUNT(*) FROM wards";
pub(crate) const NAME: &str = "SELECT name FROM wards WHERE id = $1";

/// A batch that adds one ward.
pub(crate) fn adding(id: &str, name: &str) -> Batch {
    let mut batch = Batch::new();
    batch.run_on_one(INSERT, vec![id.into(), name.into()]);
    batch
}

/// Adds one ward.
pub(crate) async fn add(store: &Store, id: &str, name: &str) -> Result<(), StoreError> {
    store.write(adding(id, name)).await.map(drop)
}

/// How many there are.
pub(crate) async fn count(store: &Store) -> i64 {
    store.read_one(COUNT, Vec::new()).await.unwrap().unwrap().int(0).unwrap()
}

/// What one is called.
pub(crate) async fn name(store: &Store, id: &str) -> Option<String> {
    let row = store.read_one(NAME, vec![Value::from(id)]).await.unwrap()?;
    Some(row.text(0).unwrap().to_owned())
}

/// Adds one ward, from a task of its own.
pub(crate) async fn add_owned(store: Store, id: String) -> Result<(), StoreError> {
    add(&store, &id, "Flood").await
}
