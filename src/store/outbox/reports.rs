//! The providers' side of the outbox: what they report of a message later, in any order and more than once.
//!
//! A report names our message and theirs. It may come before our own commit of having handed the message over: then it is
//! the first to tell that it was taken. When it first came to its phone is kept, and only here: what staff show or tell is no
//! delivery. Never moves a message back: [`MessageStatus::may_become`] in SQL.

use jiff::Timestamp;

use crate::domain::ids::MessageId;
use crate::domain::message::{MessageStatus, ProviderId, Reason};
use crate::store::{Batch, Store, StoreError, Value};

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
    ($also:literal, $from:literal) => {
        concat!(
            "UPDATE outbox SET status = $1, provider_id = $2, reason = $3, code = $4, sent_at = COALESCE(sent_at, $5)",
            $also,
            " WHERE id = $6 AND COALESCE(provider_id, $2) = $2 AND status IN (",
            $from,
            ") RETURNING id"
        )
    };
}

const TO_ACCEPTED: &str = report!("", "'pending', 'sending', 'unknown'");
const TO_SENT: &str = report!("", "'pending', 'sending', 'unknown', 'accepted'");
const TO_UNDELIVERED: &str = report!("", "'pending', 'sending', 'unknown', 'accepted', 'sent'");
const TO_DELIVERED: &str = report!(
    ", delivered_at = COALESCE(delivered_at, $5)",
    "'pending', 'sending', 'unknown', 'accepted', 'sent', 'undelivered', 'failed'"
);

const INSERT_IF_LOST: &str = "INSERT INTO outbox (id, consultation_id, participant_id, template, due_at, next_try_at, status, \
     channel, instead_of, created_at) \
     SELECT $1, consultation_id, participant_id, template, CAST($2 AS BIGINT), CAST($2 AS BIGINT), 'pending', 'email', id, \
     CAST($2 AS BIGINT) FROM outbox WHERE id = $3 AND provider_id = $4 AND status IN ('undelivered', 'failed') \
     ON CONFLICT (instead_of) DO NOTHING";

/// Applies a report; says whether the message has moved. Where it was lost, an e-mail of the id `instead` stands for it, in
/// the same commit, unless one does already.
///
/// # Errors
/// As [`Store::write`].
pub async fn apply(
    store: &Store,
    report: &Report,
    instead: Option<MessageId>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let mut batch = Batch::new();
    report.add(&mut batch, instead, at);
    match store.write(batch).await {
        Ok(moved) => Ok(moved.iter().flatten().next().is_some()),
        // The provider's message is known as another one of ours.
        Err(StoreError::Duplicate) => Ok(false),
        Err(error) => Err(error),
    }
}

impl Report {
    /// Adds it, see [`apply`]; the first row that comes back says that the message has moved.
    pub(super) fn add(&self, batch: &mut Batch, instead: Option<MessageId>, at: Timestamp) {
        let sql = match self.status {
            MessageStatus::Accepted => TO_ACCEPTED,
            MessageStatus::Sent => TO_SENT,
            MessageStatus::Undelivered | MessageStatus::Failed => TO_UNDELIVERED,
            MessageStatus::Delivered => TO_DELIVERED,
            _ => return,
        };
        batch.run(
            sql,
            vec![
                self.status.as_str().into(),
                self.id.to_string().into(),
                self.reason.map(Reason::as_str).into(),
                self.code.clone().into(),
                at.into(),
                self.message.to_string().into(),
            ],
        );
        if let Some(id) = instead {
            let ids = [id.to_string(), self.message.to_string(), self.id.to_string()];
            let [id, of, provider_id] = ids.map(Value::from);
            batch.run(INSERT_IF_LOST, vec![id, at.into(), of, provider_id]);
        }
    }
}
