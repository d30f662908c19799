//! The worker's side of the outbox: what is due, what was handed over, and what became of it.
//!
//! A message goes through two commits before it may reach a provider: [`lease`] takes it in hand, [`hand_over`] notes that
//! it is about to be given away. Whoever dies between the two has certainly not sent it; whoever dies after the second may
//! have, and the next worker gets it as `unknown`, to be looked for first.
//!
//! Every later write names the lease it was made under, and changes nothing once another worker has taken over. Only that
//! a provider *has* a message is recorded whoever learns of it.
//!
//! Never decides anything: what to do with a message is the worker's business.

use jiff::Timestamp;

use super::reports::Report;
use super::{MESSAGE, StoredMessage, message};
use crate::domain::ids::MessageId;
use crate::domain::message::{Channel, MessageStatus, ProviderId, Reason};
use crate::store::{Batch, Store, StoreError};

/// When a message is looked at that no worker looks at any more: in the year 3000.
pub(super) const NEVER: Timestamp = Timestamp::constant(32_503_680_000, 0);

/// One message under one lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Which.
    pub message: MessageId,
    /// Until when nobody else takes it; tells this lease from any other.
    pub until: Timestamp,
}

/// What a provider says of a message that it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its own name for it, where it gives one.
    pub id: Option<ProviderId>,
    /// [`MessageStatus::Accepted`] or [`MessageStatus::Sent`].
    pub status: MessageStatus,
    /// What it costs, where the provider says so.
    pub segments: Option<u32>,
}

impl Taken {
    /// What nobody sends: staff show it.
    #[must_use]
    pub const fn shown() -> Self {
        Self { id: None, status: MessageStatus::Sent, segments: None }
    }

    fn add(&self, batch: &mut Batch, id: MessageId, at: Timestamp) {
        batch.run(
            TAKEN,
            vec![
                self.status.as_str().into(),
                self.id.as_ref().map(ToString::to_string).into(),
                self.segments.map(i64::from).into(),
                at.into(),
                id.to_string().into(),
            ],
        );
    }
}

/// A message that is about to be given away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handing {
    /// Under which lease.
    pub lease: Lease,
    /// By which way.
    pub channel: Channel,
    /// Number or address.
    pub to: String,
    /// SHA-256 of what it says.
    pub digest: [u8; 32],
    /// What it will cost; an e-mail costs nothing.
    pub segments: u32,
}

// The outer condition repeats the inner one: where two workers choose the same rows, PostgreSQL lets the second look
// again once the first has committed, and it looks at the outer condition only.
const LEASE: &str = "UPDATE outbox SET status = CASE WHEN handed_at IS NULL THEN 'sending' ELSE 'unknown' END, \
     next_try_at = $1 WHERE id IN (SELECT id FROM outbox WHERE status IN ('pending', 'sending', 'unknown') \
     AND next_try_at <= $2 ORDER BY next_try_at, id LIMIT $3) \
     AND status IN ('pending', 'sending', 'unknown') AND next_try_at <= $2 RETURNING id";

const HAND_OVER: &str = "UPDATE outbox SET handed_at = $1, channel = $2, sent_to = $3, segments = $4, handed_digest = $5, \
     tries = tries + 1 WHERE id = $6 AND next_try_at = $7 AND status = 'sending' RETURNING id";

const TAKEN: &str = "UPDATE outbox SET status = $1, provider_id = $2, segments = COALESCE($3, segments), sent_at = $4, \
     reason = NULL, code = NULL WHERE id = $5 AND status IN ('pending', 'sending', 'unknown')";

const PUT_OFF: &str = "UPDATE outbox SET status = 'pending', handed_at = NULL, next_try_at = $1, reason = $2, code = $3 \
     WHERE id = $4 AND next_try_at = $5 AND status IN ('sending', 'unknown')";

const DOUBT: &str = "UPDATE outbox SET status = 'unknown', next_try_at = $1, reason = 'unsure' \
     WHERE id = $2 AND next_try_at = $3 AND status IN ('sending', 'unknown')";

const REFUSE: &str = "UPDATE outbox SET status = 'failed', reason = $1, code = $2 \
     WHERE id = $3 AND next_try_at = $4 AND status IN ('sending', 'unknown')";

const WITHDRAW: &str = "UPDATE outbox SET status = 'cancelled', reason = $1 \
     WHERE id = $2 AND next_try_at = $3 AND status IN ('sending', 'unknown')";

const INSERT_INSTEAD: &str = "INSERT INTO outbox (id, consultation_id, participant_id, template, due_at, next_try_at, status, \
     channel, instead_of, created_at) VALUES ($1, $2, $3, $4, $5, $5, 'pending', 'email', $6, $5)";

const HANDED_TO: &str = "SELECT handed_at FROM outbox WHERE sent_to = $1 AND handed_at > $2";

const KNOWN_TO: &str =
    "SELECT provider_id FROM outbox WHERE sent_to = $1 AND handed_at > $2 AND provider_id IS NOT NULL";

const SPENT: &str =
    "SELECT COALESCE(CAST(SUM(segments) AS BIGINT), 0) FROM outbox WHERE handed_at >= $1 AND channel = 'text'";

/// Takes at most `limit` messages that are due, for nobody else to take before `until`. One that comes as
/// [`MessageStatus::Unknown`] may be with the provider already. A row that cannot be read is left out, so that it keeps
/// nobody else's message back; it comes again with the next lease.
///
/// # Errors
/// As [`Store::write`]; what was taken by then is due again at `until`.
pub async fn lease(
    store: &Store,
    now: Timestamp,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<StoredMessage>, StoreError> {
    let mut batch = Batch::new();
    batch.run(LEASE, vec![until.into(), now.into(), i64::from(limit).into()]);
    let mut leased = Vec::new();
    for row in store.write(batch).await?.iter().flatten() {
        let id = row.text(0)?;
        match store.read_one(MESSAGE, vec![id.into()]).await?.as_ref().map(message).transpose() {
            Ok(read) => leased.extend(read),
            Err(error) => tracing::error!(message = id, %error, "a message that is due cannot be read"),
        }
    }
    leased.sort_by_key(|message| (message.due_at, message.id));
    Ok(leased)
}

/// Notes that these messages are about to be given away; returns those that may be: the others were called back
/// meanwhile, or another worker has them.
///
/// # Errors
/// As [`Store::write`]: then none may be.
pub async fn hand_over(store: &Store, handings: &[Handing], at: Timestamp) -> Result<Vec<MessageId>, StoreError> {
    let mut batch = Batch::new();
    for handing in handings {
        batch.run(
            HAND_OVER,
            vec![
                at.into(),
                handing.channel.as_str().into(),
                handing.to.as_str().into(),
                i64::from(handing.segments).into(),
                handing.digest.as_slice().into(),
                handing.lease.message.to_string().into(),
                handing.lease.until.into(),
            ],
        );
    }
    store.write(batch).await?.iter().flatten().map(|row| row.parsed(0)).collect()
}

/// Records that a provider has a message, or that it was shown to whoever has no address.
///
/// # Errors
/// [`StoreError::Duplicate`] when the provider's name for it is another message's. Otherwise as [`Store::write`].
pub async fn taken(store: &Store, id: MessageId, taken: &Taken, at: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    taken.add(&mut batch, id, at);
    store.write(batch).await.map(drop)
}

/// Records that a provider has a message and says already what became of it: as [`taken`] and its report right after, in
/// one commit. Where it was lost, an e-mail of the id `instead` stands for it.
///
/// # Errors
/// As [`taken`].
pub async fn settled(
    store: &Store,
    report: &Report,
    segments: Option<u32>,
    instead: Option<MessageId>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let taken = Taken { id: Some(report.id.clone()), status: MessageStatus::Accepted, segments };
    let mut batch = Batch::new();
    taken.add(&mut batch, report.message, at);
    report.add(&mut batch, instead, at);
    store.write(batch).await.map(drop)
}

/// Records that a message certainly did not leave, and when to try again.
///
/// # Errors
/// As [`Store::write`].
pub async fn put_off(
    store: &Store,
    lease: Lease,
    until: Timestamp,
    reason: Reason,
    code: Option<&str>,
) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(
        PUT_OFF,
        vec![until.into(), reason.as_str().into(), code.into(), lease.message.to_string().into(), lease.until.into()],
    );
    store.write(batch).await.map(drop)
}

/// Records that nobody can say whether a message was taken, and when to look for it; never where it cannot be looked for.
///
/// # Errors
/// As [`Store::write`].
pub async fn doubt(store: &Store, lease: Lease, look_at: Option<Timestamp>) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    let look_at = look_at.unwrap_or(NEVER);
    batch.run(DOUBT, vec![look_at.into(), lease.message.to_string().into(), lease.until.into()]);
    store.write(batch).await.map(drop)
}

/// Records that a message will not be sent; with `instead`, an e-mail stands for it.
///
/// # Errors
/// As [`Store::write`].
pub async fn refuse(
    store: &Store,
    lease: Lease,
    reason: Reason,
    code: Option<&str>,
    instead: Option<&Instead<'_>>,
) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    let params = vec![reason.as_str().into(), code.into(), lease.message.to_string().into(), lease.until.into()];
    match instead {
        None => batch.run(REFUSE, params),
        // Only whoever still holds the lease writes the e-mail.
        Some(instead) => instead.add(batch.run_on_one(REFUSE, params)),
    };
    store.write(batch).await.map(drop)
}

/// Records that a message is not sent because nobody needs it any more.
///
/// # Errors
/// As [`Store::write`].
pub async fn withdraw(store: &Store, lease: Lease, reason: Reason) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(WITHDRAW, vec![reason.as_str().into(), lease.message.to_string().into(), lease.until.into()]);
    store.write(batch).await.map(drop)
}

/// An e-mail that stands for a text message that did not arrive.
#[derive(Clone, Copy, Debug)]
pub struct Instead<'a> {
    /// The text message.
    pub of: &'a StoredMessage,
    /// Now.
    pub at: Timestamp,
}

impl Instead<'_> {
    /// Adds it; a second one for the same message is [`StoreError::Duplicate`].
    fn add<'b>(&self, batch: &'b mut Batch) -> &'b mut Batch {
        batch.run(
            INSERT_INSTEAD,
            vec![
                MessageId::mint().to_string().into(),
                self.of.consultation.to_string().into(),
                self.of.participant.to_string().into(),
                self.of.template.as_str().into(),
                self.at.into(),
                self.of.id.to_string().into(),
            ],
        )
    }
}

/// When messages were handed over to this number or address, after `since`.
///
/// # Errors
/// As [`Store::read`].
pub async fn handed_to(store: &Store, to: &str, since: Timestamp) -> Result<Vec<Timestamp>, StoreError> {
    store.read(HANDED_TO, vec![to.into(), since.into()]).await?.iter().map(|row| row.instant(0)).collect()
}

/// The provider's names of messages to this number that were handed over after `since`.
///
/// # Errors
/// As [`Store::read`].
pub async fn known_to(store: &Store, to: &str, since: Timestamp) -> Result<Vec<ProviderId>, StoreError> {
    store.read(KNOWN_TO, vec![to.into(), since.into()]).await?.iter().map(|row| row.parsed(0)).collect()
}

/// What text messages have cost since then, in segments.
///
/// # Errors
/// As [`Store::read`].
pub async fn spent(store: &Store, since: Timestamp) -> Result<u64, StoreError> {
    let row = store.read_one(SPENT, vec![since.into()]).await?;
    let spent = row.map_or(Ok(0), |row| row.int(0))?;
    Ok(u64::try_from(spent).unwrap_or(0))
}
