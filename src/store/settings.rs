//! The hospital's own settings: one text per key.
//!
//! Never knows what a key means or what it is when nobody set it.

use super::{Batch, Store, StoreError};

const GET: &str = "SELECT value FROM settings WHERE key = $1";

const ALL: &str = "SELECT key, value FROM settings ORDER BY key";

const PUT: &str =
    "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

/// One setting, if it was ever set.
///
/// # Errors
/// As [`Store::read`].
pub async fn get(store: &Store, key: &str) -> Result<Option<String>, StoreError> {
    store.read_one(GET, vec![key.into()]).await?.map(|row| Ok(row.text(0)?.to_owned())).transpose()
}

/// Key and value of every setting.
///
/// # Errors
/// As [`Store::read`].
pub async fn all(store: &Store) -> Result<Vec<(String, String)>, StoreError> {
    let rows = store.read(ALL, Vec::new()).await?;
    rows.iter().map(|row| Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned()))).collect()
}

/// Sets one, whether it was set before or not.
///
/// # Errors
/// As [`Store::write`].
pub async fn put(store: &Store, key: &str, value: &str) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(PUT, vec![key.into(), value.into()]);
    store.write(batch).await.map(drop)
}
