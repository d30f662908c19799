//! The providers' side of the outbox: what they report of a message later, in any order and more than once.
//!
//! A report names our message and theirs. It may come before our own commit of having handed the message over: then it is
//! the first to tell that it was taken. Never moves a message back: [`MessageStatus::may_become`] in SQL.

use jiff::Timestamp;

use super::StoredMessage;
use super::queue::Instead;
use crate::domain::ids::MessageId;
use crate::domain::message::{MessageStatus, ProviderId, Reason};
use crate::store::{Batch, Store, StoreError};

/// What a provider reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Our message.
    pub message: MessageId,
    /// The provider's name for it.
    pub id: ProviderId,
    /// How far it has come.
    pub status: MessageStatus,
    /// Why no further.
    pub reason: Option<Reason>,
    /// The provider's own word for that.
    pub code: Option<String>,
}

macro_rules! report {
    ($from:literal) => {
        concat!(
            "UPDATE outbox SET status = $1, provider_id = $2, reason = $3, code = $4, sent_at = COALESCE(sent_at, $5) \
             WHERE id = $6 AND COALESCE(provider_id, $2) = $2 AND status IN (",
            $from,
            ") RETURNING id"
        )
    };
}

const TO_ACCEPTED: &str = report!("'pending', 'sending', 'unknown'");
const TO_SENT: &str = report!("'pending', 'sending', 'unknown', 'accepted'");
const TO_UNDELIVERED: &str = report!("'pending', 'sending', 'unknown', 'accepted', 'sent'");
const TO_DELIVERED: &str = report!("'pending', 'sending', 'unknown', 'accepted', 'sent', 'undelivered', 'failed'");

/// Applies a report; says whether the message has moved.
///
/// # Errors
/// As [`Store::write`].
pub async fn apply(store: &Store, report: &Report, at: Timestamp) -> Result<bool, StoreError> {
    let sql = match report.status {
        MessageStatus::Accepted => TO_ACCEPTED,
        MessageStatus::Sent => TO_SENT,
        MessageStatus::Undelivered | MessageStatus::Failed => TO_UNDELIVERED,
        MessageStatus::Delivered => TO_DELIVERED,
        _ => return Ok(false),
    };
    let mut batch = Batch::new();
    batch.run(
        sql,
        vec![
            report.status.as_str().into(),
            report.id.to_string().into(),
            report.reason.map(Reason::as_str).into(),
            report.code.clone().into(),
            at.into(),
            report.message.to_string().into(),
        ],
    );
    match store.write(batch).await {
        Ok(moved) => Ok(moved.iter().flatten().next().is_some()),
        // The provider's message is known as another one of ours.
        Err(StoreError::Duplicate) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Writes the e-mail that stands for a text message that did not arrive; a second time changes nothing.
///
/// # Errors
/// As [`Store::write`].
pub async fn add_instead(store: &Store, of: &StoredMessage, at: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    Instead { of, at }.add(&mut batch);
    match store.write(batch).await {
        Ok(_) | Err(StoreError::Duplicate) => Ok(()),
        Err(error) => Err(error),
    }
}
