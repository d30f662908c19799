//! How often Webex was asked for a new meeting in somebody's name within a day: it counts also what it refused.
//!
//! Never keeps more than a day of it.

use jiff::{SignedDuration, Timestamp};

use super::meetings::Wish;
use crate::domain::ids::ConsultationId;
use crate::domain::meeting::Obstacle;
use crate::store::{Batch, Store, StoreError};

/// How often a host may ask within [`WINDOW`]. Some may more often: so this alone shuts nobody out.
const QUOTA: i64 = 100;

/// How long what was asked counts.
const WINDOW: SignedDuration = SignedDuration::from_hours(24);

const NOTE: &str =
    "INSERT INTO webex_asks (host, counted_at, consultation_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

const FORGET: &str = "DELETE FROM webex_asks WHERE counted_at <= $1";

const NTH: &str =
    "SELECT counted_at FROM webex_asks WHERE host = $1 AND counted_at > $2 ORDER BY counted_at DESC LIMIT 1 OFFSET $3";

const OTHERS_WAIT: &str = "SELECT COUNT(*) FROM webex_meetings \
     WHERE asked_host = $1 AND consultation_id <> $2 AND obstacle = 'quota' AND done_rev < rev";

/// Notes that Webex is asked in this host's name; '' where no host is named.
pub(super) fn note(batch: &mut Batch, host: &str, visit: ConsultationId, at: Timestamp) {
    batch.run(NOTE, vec![host.into(), at.into(), visit.to_string().into()]);
    batch.run(FORGET, vec![(at - WINDOW).into()]);
}

/// When a host may ask again who was asking too often just now: each of those who wait at a time of their own. Nothing
/// where it was not that often.
///
/// # Errors
/// As [`Store::read`].
pub async fn exhausted(
    store: &Store,
    wish: &Wish,
    host: Option<&str>,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let host = host.unwrap_or_default();
    let nth = async |nth: i64| {
        let row = store.read_one(NTH, vec![host.into(), (now - WINDOW).into(), nth.into()]).await?;
        row.map(|row| row.instant(0)).transpose()
    };
    if nth(QUOTA - 1).await?.is_none() {
        return Ok(None);
    }
    let others = others_wait(store, wish, host).await?;
    Ok(nth((QUOTA - 1 - others).max(0)).await?.map(|at| at + WINDOW))
}

/// As [`exhausted`], before Webex is asked: only where it has said so to this wish or to another of the same host.
///
/// # Errors
/// As [`Store::read`].
pub async fn known_exhausted(
    store: &Store,
    wish: &Wish,
    host: Option<&str>,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    // Somebody changed the visit since: it is asked for once, whatever is known.
    let is_news = wish.obstacle == Some(Obstacle::Quota) && wish.tries == 0;
    let is_told =
        wish.obstacle == Some(Obstacle::Quota) || others_wait(store, wish, host.unwrap_or_default()).await? > 0;
    if is_news || !is_told { Ok(None) } else { exhausted(store, wish, host, now).await }
}

async fn others_wait(store: &Store, wish: &Wish, host: &str) -> Result<i64, StoreError> {
    let row = store.read_one(OTHERS_WAIT, vec![host.into(), wish.visit.to_string().into()]).await?;
    row.map_or(Ok(0), |row| row.int(0))
}
