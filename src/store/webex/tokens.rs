//! The service app's tokens, sealed: one row, whose `rev` rises with each renewal, and a short lease so that one node renews.
//!
//! Never unseals anything.

use jiff::{SignedDuration, Timestamp};

use super::{Sealed, wishes};
use crate::store::{Batch, Store, StoreError, Value};

/// From when on somebody has to look at a refresh token: the last two weeks of three months.
pub const ENDS_SOON: SignedDuration = SignedDuration::from_hours(14 * 24);

/// The tokens as they are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Rises with each renewal.
    pub rev: i64,
    /// Which set-up they come from: another one begins anew.
    pub setup: Vec<u8>,
    /// For requests, and until when; none before the first renewal.
    pub access: Option<(Sealed, Timestamp)>,
    /// For the next renewal.
    pub refresh: Sealed,
    /// Until when that is good; not known before the first renewal.
    pub refresh_until: Option<Timestamp>,
}

/// Both tokens, renewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewed {
    /// For requests.
    pub access: Sealed,
    /// Until when.
    pub access_until: Timestamp,
    /// For the next renewal.
    pub refresh: Sealed,
    /// Until when.
    pub refresh_until: Timestamp,
}

const READ: &str = "SELECT rev, setup, access, access_until, refresh, refresh_until FROM webex_tokens WHERE id = 1";

const BEGIN: &str = "INSERT INTO webex_tokens (id, rev, setup, refresh, leased_until) VALUES (1, 1, $1, $2, 0) \
     ON CONFLICT (id) DO UPDATE SET rev = webex_tokens.rev + 1, setup = excluded.setup, access = NULL, access_until = NULL, \
     refresh = excluded.refresh, refresh_until = NULL, leased_until = 0 WHERE webex_tokens.setup <> excluded.setup";

const LEASE: &str = "UPDATE webex_tokens SET leased_until = $1 WHERE id = 1 AND rev = $2 AND leased_until <= $3";

const KEEP: &str = "UPDATE webex_tokens SET rev = rev + 1, access = $1, access_until = $2, refresh = $3, refresh_until = $4, \
     leased_until = 0 WHERE id = 1 AND rev = $5";

/// As they are kept; nothing before the first start.
///
/// # Errors
/// As [`Store::read`].
pub async fn read(store: &Store) -> Result<Option<Kept>, StoreError> {
    let Some(row) = store.read_one(READ, Vec::new()).await? else { return Ok(None) };
    let access = match row.instant_or_null(3)? {
        Some(until) => Some((Sealed(row.bytes(2)?.to_vec()), until)),
        None => None,
    };
    Ok(Some(Kept {
        rev: row.int(0)?,
        setup: row.bytes(1)?.to_vec(),
        access,
        refresh: Sealed(row.bytes(4)?.to_vec()),
        refresh_until: row.instant_or_null(5)?,
    }))
}

/// Begins anew with the refresh token of a set-up, unless these tokens come from it already. What the house was refused
/// before is tried again.
///
/// # Errors
/// As [`Store::write`].
pub async fn begin(store: &Store, setup: &[u8], refresh: &Sealed) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(BEGIN, vec![Value::Bytes(setup.to_vec()), bytes(refresh)]);
    wishes::house_changed(&mut batch);
    store.write(batch).await.map(drop)
}

/// Takes renewing in hand until then.
///
/// # Errors
/// [`StoreError::Conflict`] when another node has it in hand, or has renewed already.
pub async fn lease(store: &Store, rev: i64, until: Timestamp, now: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(LEASE, vec![until.into(), rev.into(), now.into()]);
    store.write(batch).await.map(drop)
}

/// Keeps both tokens.
///
/// # Errors
/// [`StoreError::Conflict`] when they were renewed or begun anew meanwhile.
pub async fn keep(store: &Store, rev: i64, renewed: &Renewed) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(
        KEEP,
        vec![
            bytes(&renewed.access),
            renewed.access_until.into(),
            bytes(&renewed.refresh),
            renewed.refresh_until.into(),
            rev.into(),
        ],
    );
    store.write(batch).await.map(drop)
}

fn bytes(sealed: &Sealed) -> Value {
    Value::Bytes(sealed.0.clone())
}
