//! Days whose limit of text messages an admin has lifted.
//!
//! Never counts anything: [`super::outbox::queue::spent`] does.

use jiff::Timestamp;

use super::{Batch, Store, StoreError};
use crate::domain::ids::StaffId;
use crate::domain::person::PersonName;

const LIFT: &str = "INSERT INTO budget_lifts (day_from, lifted_by, lifted_at) VALUES ($1, $2, $3) \
     ON CONFLICT (day_from) DO NOTHING";

const LIFTED: &str =
    "SELECT p.name, b.lifted_at FROM budget_lifts b JOIN staff p ON p.id = b.lifted_by WHERE b.day_from = $1";

/// Who lifted the limit of the day that begins then, and when; none if nobody did.
///
/// # Errors
/// As [`Store::read`].
pub async fn lifted(store: &Store, day_from: Timestamp) -> Result<Option<(PersonName, Timestamp)>, StoreError> {
    let row = store.read_one(LIFTED, vec![day_from.into()]).await?;
    row.map(|row| Ok((row.parsed(0)?, row.instant(1)?))).transpose()
}

/// Lifts the limit of the day that begins then. A second time changes nothing.
///
/// # Errors
/// As [`Store::write`].
pub async fn lift(store: &Store, day_from: Timestamp, by: StaffId, at: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(LIFT, vec![day_from.into(), by.to_string().into(), at.into()]);
    store.write(batch).await.map(drop)
}
