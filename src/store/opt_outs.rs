//! Numbers that asked for no more messages. Never forgets one by itself: its owner takes it back, by answering START.

use jiff::Timestamp;

use super::{Batch, Store, StoreError};
use crate::domain::person::Phone;

const INSERT: &str = "INSERT INTO opt_outs (phone, since) VALUES ($1, $2) ON CONFLICT (phone) DO NOTHING";

const DELETE: &str = "DELETE FROM opt_outs WHERE phone = $1";

const FIND: &str = "SELECT since FROM opt_outs WHERE phone = $1";

/// Since when this number wants no messages; none if it takes them.
///
/// # Errors
/// As [`Store::read`].
pub async fn since(store: &Store, phone: &Phone) -> Result<Option<Timestamp>, StoreError> {
    store.read_one(FIND, vec![phone.to_string().into()]).await?.map(|row| row.instant(0)).transpose()
}

/// Adds that this number wants no more messages, in whichever spelling we write to it.
pub fn add(batch: &mut Batch, phone: &Phone, at: Timestamp) {
    for phone in phone.spellings() {
        batch.run(INSERT, vec![phone.to_string().into(), at.into()]);
    }
}

/// Adds that this number takes messages again.
pub fn remove(batch: &mut Batch, phone: &Phone) {
    for phone in phone.spellings() {
        batch.run(DELETE, vec![phone.to_string().into()]);
    }
}
