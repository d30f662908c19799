//! The private address of somebody's calendar: one each, known by the hash of its token; a new one ends the old one.
//!
//! Never knows the token, nor what the calendar holds.

use jiff::Timestamp;

use super::{Batch, Store, StoreError, staff};
use crate::domain::ids::StaffId;
use crate::domain::staff::StaffMember;

const REPLACE: &str = "INSERT INTO calendar_feeds (staff_id, token_hash, created_at) VALUES ($1, $2, $3) \
     ON CONFLICT (staff_id) DO UPDATE SET token_hash = $2, created_at = $3";

const REMOVE: &str = "DELETE FROM calendar_feeds WHERE staff_id = $1";

const MADE_AT: &str = "SELECT created_at FROM calendar_feeds WHERE staff_id = $1";

const OWNER: &str = "SELECT s.id, s.email, s.name, s.role, s.ward_id, s.language, s.zone, s.services \
     FROM calendar_feeds f JOIN staff s ON s.id = f.staff_id WHERE f.token_hash = $1 AND s.active = TRUE";

/// Stores a new address; any older one is dead.
///
/// # Errors
/// As [`Store::write`].
pub async fn replace(store: &Store, owner: StaffId, token_hash: &[u8], now: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(REPLACE, vec![owner.to_string().into(), token_hash.into(), now.into()]);
    store.write(batch).await.map(drop)
}

/// Ends an address, if there is one.
///
/// # Errors
/// As [`Store::write`].
pub async fn remove(store: &Store, owner: StaffId) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(REMOVE, vec![owner.to_string().into()]);
    store.write(batch).await.map(drop)
}

/// When somebody's address was made; nothing when they have none.
///
/// # Errors
/// As [`Store::read`].
pub async fn made_at(store: &Store, owner: StaffId) -> Result<Option<Timestamp>, StoreError> {
    store.read_one(MADE_AT, vec![owner.to_string().into()]).await?.map(|row| row.instant(0)).transpose()
}

/// Whose calendar the address with this hash shows; nobody's when it is unknown, replaced or ended, or when they no longer
/// work here.
///
/// # Errors
/// As [`Store::read`].
pub async fn owner(store: &Store, token_hash: &[u8]) -> Result<Option<StaffMember>, StoreError> {
    store.read_one(OWNER, vec![token_hash.into()]).await?.map(|row| staff::member(&row, 0)).transpose()
}
