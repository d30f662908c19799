//! The hospital's wards.
//!
//! No two have one name, however it is written. Never knows who works or lies there, only how many. A ward that anything
//! refers to is not removed.

use super::{Batch, Store, StoreError};
use crate::domain::ids::WardId;
use crate::domain::person::fold;

/// A ward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ward {
    /// Its id.
    pub id: WardId,
    /// What staff call it.
    pub name: String,
}

/// What refers to a ward.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// Staff who work there, or did.
    pub staff: i64,
    /// Patients who lie there.
    pub patients: i64,
    /// Visits, of any day.
    pub visits: i64,
}

const INSERT: &str = "INSERT INTO wards (id, name, folded_name) VALUES ($1, $2, $3)";

const ALL: &str = "SELECT id, name FROM wards ORDER BY name, id";

const RENAME: &str = "UPDATE wards SET name = $1, folded_name = $2 WHERE id = $3 AND name = $4";

const UNFOLDED: &str = "SELECT id, name FROM wards WHERE folded_name IS NULL ORDER BY id";

const FOLD: &str = "UPDATE wards SET folded_name = $1 WHERE id = $2 AND folded_name IS NULL";

const REMOVE: &str = "DELETE FROM wards WHERE id = $1 \
     AND NOT EXISTS (SELECT 1 FROM staff WHERE ward_id = $1) \
     AND NOT EXISTS (SELECT 1 FROM patients WHERE ward_id = $1) \
     AND NOT EXISTS (SELECT 1 FROM consultations WHERE ward_id = $1)";

const USES: &str = "SELECT (SELECT COUNT(*) FROM staff WHERE ward_id = $1), \
     (SELECT COUNT(*) FROM patients WHERE ward_id = $1), (SELECT COUNT(*) FROM consultations WHERE ward_id = $1)";

impl Uses {
    /// Whether nothing does.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// Stores a ward.
///
/// # Errors
/// [`StoreError::Duplicate`] when its id is stored already (the same form was sent twice), or another ward has this name.
/// Otherwise as [`Store::write`].
pub async fn insert(store: &Store, ward: &Ward) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(INSERT, vec![ward.id.to_string().into(), ward.name.as_str().into(), fold(&ward.name).into()]);
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

/// Gives a ward that is called `before` another name.
///
/// # Errors
/// [`StoreError::Conflict`] when it is called otherwise by now, or is gone; [`StoreError::Duplicate`] when another ward has
/// this name. Otherwise as [`Store::write`].
pub async fn rename(store: &Store, ward: &Ward, before: &str) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    let (name, folded) = (ward.name.as_str(), fold(&ward.name));
    batch.run_on_one(RENAME, vec![name.into(), folded.into(), ward.id.to_string().into(), before.into()]);
    store.write(batch).await.map(drop)
}

/// Removes a ward that nothing refers to.
///
/// # Errors
/// [`StoreError::Conflict`] when something does, or it is gone. Otherwise as [`Store::write`].
pub async fn remove(store: &Store, ward: WardId) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(REMOVE, vec![ward.to_string().into()]);
    store.write(batch).await.map(drop)
}

/// What refers to a ward.
///
/// # Errors
/// As [`Store::read`].
pub async fn uses(store: &Store, ward: WardId) -> Result<Uses, StoreError> {
    let row = store.read_one(USES, vec![ward.to_string().into()]).await?.ok_or(StoreError::Malformed { column: 0 })?;
    Ok(Uses { staff: row.int(0)?, patients: row.int(1)?, visits: row.int(2)? })
}

/// Lets wards that an earlier program named be known by their names. Of two with one name the second stays as it is, until
/// somebody gives it another.
///
/// # Errors
/// As [`Store::write`].
pub(super) async fn fold_names(store: &Store) -> Result<(), StoreError> {
    for row in store.read(UNFOLDED, Vec::new()).await? {
        let mut batch = Batch::new();
        batch.run(FOLD, vec![fold(row.text(1)?).into(), row.text(0)?.into()]);
        match store.write(batch).await {
            Ok(_) | Err(StoreError::Duplicate) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
