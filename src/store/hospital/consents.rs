//! The wordings of the consent, each a version in every language.
//!
//! Never changes or removes one: somebody agreed to it.

use jiff::Timestamp;

use super::{Editor, bump};
use crate::domain::hospital::{ByLanguage, Consent, ConsentText};
use crate::domain::person::{Language, PersonName};
use crate::store::{Batch, Row, Store, StoreError};

/// One version, for the list of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentVersion {
    /// Its number.
    pub version: i64,
    /// Its wording.
    pub texts: ByLanguage<ConsentText>,
    /// Who wrote it.
    pub by: PersonName,
    /// When.
    pub at: Timestamp,
}

const NEWEST: &str = "SELECT version, language, text FROM consents \
     WHERE version = (SELECT MAX(version) FROM consents) ORDER BY language";

const ALL: &str = "SELECT c.version, c.language, c.text, p.name, c.created_at FROM consents c \
     JOIN staff p ON p.id = c.created_by ORDER BY c.version DESC, c.language";

const INSERT: &str =
    "INSERT INTO consents (version, language, text, created_by, created_at) VALUES ($1, $2, $3, $4, $5)";

/// Adds the version after `before`.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody changed something that `editor` has not seen; [`StoreError::Duplicate`] when
/// there is that version. Otherwise as [`Store::write`].
pub async fn add_consent(
    store: &Store,
    editor: Editor,
    before: i64,
    texts: &ByLanguage<ConsentText>,
) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    bump(&mut batch, editor);
    for language in Language::ALL {
        batch.run_on_one(
            INSERT,
            vec![
                (before + 1).into(),
                language.as_str().into(),
                texts.of(*language).written().into(),
                editor.by.to_string().into(),
                editor.at.into(),
            ],
        );
    }
    store.write(batch).await.map(drop)
}

/// Every version an admin wrote, the newest first.
///
/// # Errors
/// As [`Store::read`].
pub async fn consents(store: &Store) -> Result<Vec<ConsentVersion>, StoreError> {
    let rows = store.read(ALL, Vec::new()).await?;
    rows.chunk_by(|one, next| one.int(0).ok() == next.int(0).ok())
        .map(|rows| {
            let first = rows.first().ok_or(StoreError::Malformed { column: 0 })?;
            Ok(ConsentVersion {
                version: first.int(0)?,
                texts: texts(rows)?,
                by: first.parsed(3)?,
                at: first.instant(4)?,
            })
        })
        .collect()
}

/// The newest an admin wrote.
pub(super) async fn newest(store: &Store) -> Result<Option<Consent>, StoreError> {
    let rows = store.read(NEWEST, Vec::new()).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    Ok(Some(Consent { version: first.int(0)?, texts: Some(texts(&rows)?) }))
}

/// Rows of version, language, text: one for each language.
fn texts(rows: &[Row]) -> Result<ByLanguage<ConsentText>, StoreError> {
    ByLanguage::try_each(|language| {
        let row = rows.iter().find(|row| row.text(1).ok() == Some(language.as_str()));
        row.ok_or(StoreError::Malformed { column: 1 })?.parsed(2)
    })
}
