//! Two records of one person become one, in one batch.
//!
//! Never decides which value is right: the caller brings the record as it shall be. It cannot be undone.

use jiff::Timestamp;

use super::{Patient, PatientId, Relative, Rev, Stored, relatives, seats, write};
use crate::store::{Batch, Store, StoreError};

/// What is to become one.
#[derive(Clone, Debug)]
pub struct Merge {
    /// The record that stays, as it shall be, and as it was read.
    pub survivor: Stored<Patient>,
    /// Its relatives, as read.
    pub relatives: Vec<Stored<Relative>>,
    /// The record that goes, as it was read.
    pub other: (PatientId, Rev),
    /// Its relatives, as read.
    pub others: Vec<Stored<Relative>>,
}

const GO: &str = "UPDATE patients SET merged_into = $1, record_number = NULL, rev = rev + 1 \
     WHERE id = $2 AND rev = $3 AND merged_into IS NULL";

/// Records that were merged into the one that goes lead on to the one that stays.
const LEAD_ON: &str = "UPDATE patients SET merged_into = $1 WHERE merged_into = $2";

const MOVE_RELATIVES: &str = "UPDATE relatives SET patient_id = $1, rev = rev + 1 WHERE patient_id = $2";

const MOVE_VISITS: &str = "UPDATE consultations SET patient_id = $1 WHERE patient_id = $2";

/// Merges. Relatives and visits move to the survivor; a relative with the number of one of the survivor's is that one.
///
/// # Errors
/// [`StoreError::Conflict`] when one of the records or their relatives is no longer as it was read, or somebody was added;
/// [`StoreError::Duplicate`] when the record number is a third patient's. Otherwise as [`Store::write`].
pub async fn merge(store: &Store, merge: &Merge, now: Timestamp) -> Result<(), StoreError> {
    let survivor = &merge.survivor.value;
    let (kept, gone) = (survivor.id.to_string(), merge.other.0.to_string());
    let mut batch = Batch::new();
    batch.run_on_one(GO, vec![kept.as_str().into(), gone.as_str().into(), merge.other.1.0.into()]);
    batch.run(LEAD_ON, vec![kept.as_str().into(), gone.as_str().into()]);
    write::forget_words(&mut batch, gone.as_str().into());
    batch.run(MOVE_VISITS, vec![kept.as_str().into(), gone.as_str().into()]);
    // After the visits have moved: the patient's seats in them follow the record, too.
    write::set(&mut batch, survivor, merge.survivor.rev);
    relatives::are_as_read(&mut batch, survivor.id, &merge.relatives);
    relatives::are_as_read(&mut batch, merge.other.0, &merge.others);
    let mut known = merge.relatives.clone();
    for other in &merge.others {
        if let Some(known) = known.iter_mut().find(|known| known.value.phone == other.value.phone) {
            seats::sit_as(&mut batch, survivor.id, known.value.id, other.value.id);
            relatives::remove(&mut batch, other.value.id, other.rev, now);
            let folded = folded(&known.value, &other.value);
            relatives::set(&mut batch, &folded, known.rev);
            *known = Stored { value: folded, rev: Rev(known.rev.0 + 1) };
        }
    }
    batch.run(MOVE_RELATIVES, vec![kept.as_str().into(), gone.as_str().into()]);
    store.write(batch).await.map(drop)
}

/// The relatives of the record that goes who will be one with a relative of the record that stays.
pub fn folded_relatives<'a>(
    kept: &'a [Stored<Relative>],
    others: &'a [Stored<Relative>],
) -> impl Iterator<Item = &'a Relative> {
    let has = |other: &&Relative| kept.iter().any(|known| known.value.phone == other.phone);
    others.iter().map(|other| &other.value).filter(has)
}

/// What only one record allowed, nobody said of both: it is not allowed until somebody does.
fn folded(known: &Relative, other: &Relative) -> Relative {
    Relative {
        may_receive_report: known.may_receive_report && other.may_receive_report,
        may_visit: known.may_visit && other.may_visit,
        ..known.clone()
    }
}
