//! What admins chose for Webex: what newcomers get there, and what the bot tells.
//!
//! Every change bumps a `rev`, and is refused when it was made without having seen the newest.

use super::{list, names, one};
use crate::domain::account::Chosen;
use crate::store::{Store, StoreError};

/// What was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Rises with every change.
    pub rev: i64,
    /// What newcomers get, unless an admin says otherwise.
    pub usual: Chosen,
    /// What the bot tells.
    pub tells: Tells,
}

/// What the bot tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tells {
    /// That people wait.
    pub waiting: bool,
    /// That messages did not arrive.
    pub messages: bool,
    /// That something is wrong at Webex.
    pub trouble: bool,
}

const READ: &str = "SELECT rev, licences, sites, tells_waiting, tells_messages, tells_trouble \
     FROM webex_choices WHERE id = 1";

const SAVE: &str = "UPDATE webex_choices SET rev = rev + 1, licences = $1, sites = $2, tells_waiting = $3, \
     tells_messages = $4, tells_trouble = $5 WHERE id = 1 AND rev = $6";

/// What was chosen.
///
/// # Errors
/// As [`Store::read`].
pub async fn read(store: &Store) -> Result<Choices, StoreError> {
    let row = store.read_one(READ, Vec::new()).await?.ok_or(StoreError::Malformed { column: 0 })?;
    Ok(Choices {
        rev: row.int(0)?,
        usual: Chosen { licences: names(&row, 1)?, sites: names(&row, 2)? },
        tells: Tells { waiting: row.bool(3)?, messages: row.bool(4)?, trouble: row.bool(5)? },
    })
}

/// Keeps what was chosen by somebody who has seen its `rev`.
///
/// # Errors
/// [`StoreError::Conflict`] when it was changed meanwhile; otherwise as [`Store::write`].
pub async fn save(store: &Store, choices: &Choices) -> Result<(), StoreError> {
    let Choices { rev, usual, tells } = choices;
    let params = vec![
        list(&usual.licences),
        list(&usual.sites),
        tells.waiting.into(),
        tells.messages.into(),
        tells.trouble.into(),
        (*rev).into(),
    ];
    one(store, SAVE, params).await
}
