//! What a migration cannot compute in SQL, done when the store is opened.
//!
//! Each part is done in small batches and marks what is done: a process killed in between, or a second node that opens the
//! same store, repeats nothing. Never changes what a person wrote.

use super::{Store, StoreError, patients, wards};

/// Finishes what migrations have begun. Where nothing is left this costs three reads of empty indexes.
///
/// # Errors
/// As [`Store::write`].
pub async fn finish(store: &Store) -> Result<(), StoreError> {
    wards::fold_names(store).await?;
    let completed = patients::complete_words(store).await?;
    if completed > 0 {
        tracing::info!(
            people = completed,
            "people whom an earlier program registered are found by all their words now"
        );
    }
    Ok(())
}
