//! The hospital's wards.
//!
//! Never knows who works or lies there.

use super::{Batch, Store, StoreError};
use crate::domain::ids::WardId;

/// A ward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ward {
    /// Its id.
    pub id: WardId,
    /// What staff call it.
    pub name: String,
}

const INSERT: &str = "INSERT INTO wards (id, name) VALUES ($1, $2)";

const ALL: &str = "SELECT id, name FROM wards ORDER BY name, id";

/// Stores a ward.
///
/// # Errors
/// As [`Store::write`].
pub async fn insert(store: &Store, ward: &Ward) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(INSERT, vec![ward.id.to_string().into(), ward.name.as_str().into()]);
    store.write(batch).await.map(drop)
}

/// All of them, by name.
///
/// # Errors
/// As [`Store::read`].
pub async fn list(store: &Store) -> Result<Vec<Ward>, StoreError> {
    let rows = store.read(ALL, Vec::new()).await?;
    rows.iter().map(|row| Ok(Ward { id: row.parsed(0)?, name: row.text(1)?.to_owned() })).collect()
}
