//! The logo in use.
//!
//! Never looks into the picture: the domain did.

use super::{Editor, bump};
use crate::domain::hospital::{Logo, LogoKind};
use crate::store::{Batch, Store, StoreError};

const CLEAR: &str = "DELETE FROM logos";

const INSERT: &str = "INSERT INTO logos (digest, kind, image) VALUES ($1, $2, $3)";

const DIGEST: &str = "SELECT digest FROM logos";

const FIND: &str = "SELECT kind, image FROM logos WHERE digest = $1";

/// Uses this logo, known by its digest, from now on.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody changed something that `editor` has not seen. Otherwise as [`Store::write`].
pub async fn replace_logo(store: &Store, editor: Editor, digest: &str, logo: &Logo) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    bump(&mut batch, editor);
    batch.run(CLEAR, Vec::new());
    batch.run_on_one(INSERT, vec![digest.into(), logo.kind().as_str().into(), logo.image().into()]);
    store.write(batch).await.map(drop)
}

/// Uses no logo.
///
/// # Errors
/// As [`replace_logo`].
pub async fn remove_logo(store: &Store, editor: Editor) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    bump(&mut batch, editor);
    batch.run(CLEAR, Vec::new());
    store.write(batch).await.map(drop)
}

/// The picture with this digest, if it is in use.
///
/// # Errors
/// As [`Store::read`].
pub async fn find_logo(store: &Store, digest: &str) -> Result<Option<(LogoKind, Vec<u8>)>, StoreError> {
    let row = store.read_one(FIND, vec![digest.into()]).await?;
    row.map(|row| Ok((row.parsed(0)?, row.bytes(1)?.to_vec()))).transpose()
}

/// The digest of the logo in use.
pub(super) async fn digest(store: &Store) -> Result<Option<String>, StoreError> {
    store.read_one(DIGEST, Vec::new()).await?.map(|row| Ok(row.text(0)?.to_owned())).transpose()
}
