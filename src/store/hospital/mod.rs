//! What admins set for the hospital, over what the program was started with.
//!
//! A setting has a row only where it differs from the start. Every change bumps one `rev`, and is refused when it was
//! made without having seen the newest. Never decides what a setting may be: the domain reads each value.

mod consents;
mod live;
mod logos;
mod texts;

use jiff::Timestamp;

pub use consents::{ConsentVersion, add_consent, consents};
pub use live::Live;
pub use logos::{find_logo, remove_logo, replace_logo};
pub use texts::{keep_text, remove_text};

use super::{Batch, Store, StoreError};
use crate::domain::hospital::{Hospital, Setting};
use crate::domain::ids::StaffId;
use crate::domain::person::PersonName;

/// The hospital as stored, at one `rev`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Rises with every change.
    pub rev: i64,
    /// What it is like.
    pub hospital: Hospital,
    /// Who changed something last, and when.
    pub changed: Option<(PersonName, Timestamp)>,
}

/// Whoever changes something: who, when, and which `rev` they had before their eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Editor {
    /// Who.
    pub by: StaffId,
    /// Now.
    pub at: Timestamp,
    /// What they saw.
    pub seen: i64,
}

const REV: &str = "SELECT rev FROM settings_state WHERE id = 1";

const STATE: &str = "SELECT s.rev, p.name, s.changed_at FROM settings_state s \
     LEFT JOIN staff p ON p.id = s.changed_by WHERE s.id = 1";

const BUMP: &str =
    "UPDATE settings_state SET rev = rev + 1, changed_by = $1, changed_at = $2 WHERE id = 1 AND rev = $3";

const ALL: &str = "SELECT name, value FROM settings ORDER BY name";

const PUT: &str = "INSERT INTO settings (name, value) VALUES ($1, $2) \
     ON CONFLICT (name) DO UPDATE SET value = excluded.value";

const FORGET: &str = "DELETE FROM settings WHERE name = $1";

/// The hospital as it is: `started` with what was changed since.
///
/// # Errors
/// As [`Store::read`].
pub async fn read(store: &Store, started: &Hospital) -> Result<Stored, StoreError> {
    // The state first: what changes while we read makes it older than the rest, and is read again.
    let state = store.read_one(STATE, Vec::new()).await?.ok_or(StoreError::Malformed { column: 0 })?;
    let changed = match (state.parsed_or_null(1)?, state.instant_or_null(2)?) {
        (Some(name), Some(at)) => Some((name, at)),
        _ => None,
    };
    let mut hospital = started.clone();
    for row in store.read(ALL, Vec::new()).await? {
        let (name, value) = (row.text(0)?, row.text(1)?);
        match name.parse::<Setting>().map(|setting| hospital.clone().with(setting, value)) {
            Ok(Ok(set)) => hospital = set,
            _ => tracing::warn!(name, "a stored setting cannot be read; it stays as started"),
        }
    }
    if let Some(consent) = consents::newest(store).await? {
        hospital.consent = consent;
    }
    hospital.logo = logos::digest(store).await?;
    hospital.wordings = texts::all(store).await?;
    Ok(Stored { rev: state.int(0)?, hospital, changed })
}

/// Keeps what of `wanted` differs from `started`; logo, consent and texts are no settings, and stay.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody changed something that `editor` has not seen. Otherwise as [`Store::write`].
pub async fn save(store: &Store, editor: Editor, started: &Hospital, wanted: &Hospital) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    bump(&mut batch, editor);
    for setting in Setting::ALL {
        let (name, value) = (setting.as_str(), wanted.value(*setting));
        if value == started.value(*setting) {
            batch.run(FORGET, vec![name.into()]);
        } else {
            batch.run_on_one(PUT, vec![name.into(), value.into()]);
        }
    }
    store.write(batch).await.map(drop)
}

async fn rev(store: &Store) -> Result<i64, StoreError> {
    store.read_one(REV, Vec::new()).await?.ok_or(StoreError::Malformed { column: 0 })?.int(0)
}

fn bump(batch: &mut Batch, editor: Editor) {
    batch.run_on_one(BUMP, vec![editor.by.to_string().into(), editor.at.into(), editor.seen.into()]);
}
