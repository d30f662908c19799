//! The organisation's licences as Webex told them last, for pages that must not wait for Webex.
//!
//! Whoever reads them at Webex takes a lease first: many nodes ask once.

use jiff::Timestamp;

use super::one;
use crate::domain::account::Licence;
use crate::domain::meeting::Obstacle;
use crate::store::{Batch, Row, Store, StoreError};

/// What is known of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// In the order Webex told them.
    pub licences: Vec<Licence>,
    /// When.
    pub read_at: Option<Timestamp>,
    /// What was in the way the last time, if something was.
    pub obstacle: Option<Obstacle>,
}

const ALL: &str = "SELECT id, name, total, used, site FROM webex_licences ORDER BY position";

const READING: &str = "SELECT read_at, obstacle FROM webex_readings WHERE id = 1";

const LEASE: &str = "UPDATE webex_readings SET next_try_at = $1 WHERE id = 1 AND next_try_at <= $2 RETURNING id";

const SOON: &str = "UPDATE webex_readings SET next_try_at = 0 WHERE id = 1";

const FORGET: &str = "DELETE FROM webex_licences";

const PUT: &str = "INSERT INTO webex_licences (id, position, name, total, used, site) VALUES ($1, $2, $3, $4, $5, $6) \
     ON CONFLICT (id) DO NOTHING";

const READ: &str = "UPDATE webex_readings SET next_try_at = $1, read_at = $2, obstacle = NULL WHERE id = 1";

const PUT_OFF: &str = "UPDATE webex_readings SET next_try_at = $1, obstacle = $2 WHERE id = 1";

/// What is known of them.
///
/// # Errors
/// As [`Store::read`].
pub async fn known(store: &Store) -> Result<Known, StoreError> {
    let reading = store.read_one(READING, Vec::new()).await?.ok_or(StoreError::Malformed { column: 0 })?;
    let licences = store.read(ALL, Vec::new()).await?.iter().map(licence).collect::<Result<_, _>>()?;
    Ok(Known { licences, read_at: reading.instant_or_null(0)?, obstacle: reading.parsed_or_null(1)? })
}

/// Takes the reading of them, if it is due; nobody else does before `until`.
///
/// # Errors
/// As [`Store::write`].
pub async fn lease(store: &Store, now: Timestamp, until: Timestamp) -> Result<bool, StoreError> {
    let mut batch = Batch::new();
    batch.run(LEASE, vec![until.into(), now.into()]);
    Ok(store.write(batch).await?.iter().flatten().next().is_some())
}

/// They are other than is known: they are read at once.
///
/// # Errors
/// As [`Store::write`].
pub async fn read_soon(store: &Store) -> Result<(), StoreError> {
    one(store, SOON, Vec::new()).await
}

/// Keeps what Webex told.
///
/// # Errors
/// As [`Store::write`].
pub async fn keep(store: &Store, licences: &[Licence], at: Timestamp, next: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(READ, vec![next.into(), at.into()]);
    batch.run(FORGET, Vec::new());
    for (position, licence) in (0_i64..).zip(licences) {
        batch.run(
            PUT,
            vec![
                licence.id.as_str().into(),
                position.into(),
                licence.name.as_str().into(),
                licence.total.into(),
                licence.used.into(),
                licence.site.clone().into(),
            ],
        );
    }
    store.write(batch).await.map(drop)
}

/// They could not be read, for this reason; they are asked for again then.
///
/// # Errors
/// As [`Store::write`].
pub async fn put_off(store: &Store, obstacle: Obstacle, until: Timestamp) -> Result<(), StoreError> {
    one(store, PUT_OFF, vec![until.into(), obstacle.as_str().into()]).await
}

fn licence(row: &Row) -> Result<Licence, StoreError> {
    Ok(Licence {
        id: row.text(0)?.to_owned(),
        name: row.text(1)?.to_owned(),
        total: row.int(2)?,
        used: row.int(3)?,
        site: row.text_or_null(4)?.map(str::to_owned),
    })
}
