//! The hospital's own words for messages. A kind without a row is worded as the program words it.
//!
//! Never holds a message: what one says is rendered when it is sent or shown.

use super::{Editor, bump};
use crate::domain::message::Template;
use crate::domain::message::wording::{Wording, Wordings};
use crate::domain::person::Language;
use crate::store::{Batch, Store, StoreError};

const ALL: &str = "SELECT template, language, text FROM message_texts ORDER BY template, language";

const PUT: &str = "INSERT INTO message_texts (template, language, text) VALUES ($1, $2, $3) \
     ON CONFLICT (template, language) DO UPDATE SET text = excluded.text";

const FORGET: &str = "DELETE FROM message_texts WHERE template = $1 AND language = $2";

/// Words a kind of message anew.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody changed something that `editor` has not seen. Otherwise as [`Store::write`].
pub async fn keep_text(
    store: &Store,
    editor: Editor,
    (template, language): (Template, Language),
    wording: &Wording,
) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    bump(&mut batch, editor);
    batch.run_on_one(PUT, vec![template.as_str().into(), language.as_str().into(), wording.written().into()]);
    store.write(batch).await.map(drop)
}

/// Words a kind of message as the program does.
///
/// # Errors
/// As [`keep_text`].
pub async fn remove_text(
    store: &Store,
    editor: Editor,
    (template, language): (Template, Language),
) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    bump(&mut batch, editor);
    batch.run(FORGET, vec![template.as_str().into(), language.as_str().into()]);
    store.write(batch).await.map(drop)
}

pub(super) async fn all(store: &Store) -> Result<Wordings, StoreError> {
    let mut wordings = Vec::new();
    for row in store.read(ALL, Vec::new()).await? {
        let (template, language) = (row.parsed::<Template>(0)?, row.parsed::<Language>(1)?);
        match Wording::parse(template, row.text(2)?) {
            Ok(wording) => wordings.push(((template, language), wording)),
            Err(_) => tracing::warn!(%template, %language, "a stored text cannot be read; the program's own is used"),
        }
    }
    Ok(wordings.into_iter().collect())
}
