//! What Twilio's answers and reports mean, in our words.
//!
//! Never decides what follows from it, and never logs any of it.

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use reqwest::StatusCode;
use serde::Deserialize;

use super::super::client::Reply;
use super::super::{Outcome, Outgoing, Receipt, Sought, digest};
use crate::domain::ids::MessageId;
use crate::domain::message::{MessageStatus, ProviderId, Reason};

/// Twilio's clock and ours may differ by this much.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_secs(90);

/// What an account that is not paid for yet writes before each message, also where it shows it.
const ON_TRIAL: &str = "Sent from your Twilio trial account - ";

/// A message as Twilio shows it.
#[derive(Deserialize)]
pub(super) struct Message {
    sid: String,
    status: String,
    error_code: Option<i64>,
    num_segments: Option<String>,
    body: Option<String>,
    date_created: Option<String>,
    direction: Option<String>,
}

/// A list of them.
#[derive(Deserialize)]
pub(super) struct Page {
    pub(super) messages: Vec<Message>,
    /// Where it goes on, from a slash on.
    pub(super) next_page_uri: Option<String>,
}

#[derive(Deserialize)]
struct Failure {
    code: Option<i64>,
}

/// What a report says of a message: `MessageStatus` and `ErrorCode`. Unknown words say nothing.
#[must_use]
pub fn reported(status: &str, code: Option<&str>) -> Option<(MessageStatus, Option<Reason>)> {
    let status = status_of(status)?;
    let is_bad = matches!(status, MessageStatus::Undelivered | MessageStatus::Failed);
    Some((status, is_bad.then(|| reason_of(code.and_then(|code| code.parse().ok()).unwrap_or_default()))))
}

/// The message a report's address names.
#[must_use]
pub fn message_in(query: &str) -> Option<MessageId> {
    query.split('&').find_map(|pair| pair.strip_prefix("message="))?.parse().ok()
}

/// What became of a message that was handed over.
pub(super) fn outcome(reply: &Reply) -> Outcome {
    if reply.status.is_success() {
        // Taken, but by which name? It will be looked for.
        return serde_json::from_slice(&reply.body)
            .map_or(Outcome::Unknown, |message| Outcome::Accepted(receipt(&message)));
    }
    let code = serde_json::from_slice::<Failure>(&reply.body).ok().and_then(|failure| failure.code);
    let word = code.map_or_else(|| format!("http-{}", reply.status.as_u16()), |code| code.to_string());
    match (reply.status, code) {
        // Neither was processed.
        (StatusCode::TOO_MANY_REQUESTS, _) | (_, Some(20429 | 21611)) => {
            Outcome::RetryAfter { after: reply.retry_after, code: Some(word) }
        }
        (status, _) if status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT => {
            Outcome::rejected(code.map_or(Reason::Setup, reason_of), word)
        }
        _ => Outcome::Unknown,
    }
}

/// A message that Twilio has, as far as it has come: its reports may have found nobody.
pub(super) fn receipt(message: &Message) -> Receipt {
    let code = message.error_code.filter(|code| *code != 0).map(|code| code.to_string());
    let (status, reason) = reported(&message.status, code.as_deref()).unwrap_or((MessageStatus::Accepted, None));
    Receipt {
        id: message.sid.parse().ok(),
        status,
        reason,
        code,
        segments: message.num_segments.as_ref().and_then(|segments| segments.parse().ok()).filter(|count| *count > 0),
    }
}

/// Whether a message of the provider's may be the one that is looked for: it was made since, and is no other one of ours.
pub(super) fn may_be_it(found: &Message, sought: &Sought) -> bool {
    let is_ours = found.direction.as_deref().is_none_or(|direction| direction.starts_with("outbound"));
    let is_new =
        found.date_created.as_deref().and_then(instant).is_none_or(|at| at >= sought.handed_at - CLOCKS_DIFFER);
    let is_other = found.sid.parse::<ProviderId>().is_ok_and(|id| sought.others.contains(&id));
    is_ours && is_new && !is_other
}

/// Whether it is: it says what was handed over, or holds the link's mark.
pub(super) fn is_it(found: &Message, message: &Outgoing, sought: &Sought) -> bool {
    let body = found.body.as_deref().unwrap_or_default();
    let body = body.strip_prefix(ON_TRIAL).unwrap_or(body);
    let holds_mark = message.mark.as_ref().is_some_and(|mark| body.contains(mark.as_str()));
    holds_mark || sought.digest == Some(digest(body))
}

fn instant(text: &str) -> Option<Timestamp> {
    rfc2822::parse(text).ok().map(|zoned| zoned.timestamp())
}

fn status_of(word: &str) -> Option<MessageStatus> {
    Some(match word {
        "accepted" | "scheduled" | "queued" | "sending" => MessageStatus::Accepted,
        "sent" => MessageStatus::Sent,
        "delivered" | "read" => MessageStatus::Delivered,
        "undelivered" => MessageStatus::Undelivered,
        "failed" | "canceled" => MessageStatus::Failed,
        _ => return None,
    })
}

const fn reason_of(code: i64) -> Reason {
    match code {
        21211 | 21214 | 21217 | 30005 => Reason::BadNumber,
        21610 => Reason::OptedOut,
        21614 | 21635 | 30006 => Reason::Landline,
        21408 | 21612 => Reason::Country,
        30003 => Reason::Unreachable,
        30004 | 30007 => Reason::Blocked,
        20003 | 21606 | 21659 => Reason::Setup,
        63016 => Reason::NoTemplate,
        _ => Reason::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status: StatusCode::from_u16(status).unwrap(), retry_after: None, body: body.as_bytes().to_vec() }
    }

    #[test]
    fn errors_are_told_apart_by_whether_trying_again_helps() {
        let failing = |status, code: i64| outcome(&reply(status, &format!("{{\"code\":{code},\"message\":\"no\"}}")));
        for (code, reason) in [
            (21211, Reason::BadNumber),
            (21408, Reason::Country),
            (21610, Reason::OptedOut),
            (21612, Reason::Country),
            (21614, Reason::Landline),
            (21635, Reason::Landline),
            (21606, Reason::Setup),
        ] {
            assert_eq!(failing(400, code), Outcome::rejected(reason, code.to_string()), "{code}");
        }
        assert_eq!(failing(401, 20003), Outcome::rejected(Reason::Setup, "20003".to_owned()));
        for (status, code) in [(429, 20429), (400, 21611)] {
            assert!(matches!(failing(status, code), Outcome::RetryAfter { .. }), "{code}");
        }
        assert!(matches!(outcome(&reply(429, "")), Outcome::RetryAfter { .. }));
        assert_eq!(outcome(&reply(404, "<html>")), Outcome::rejected(Reason::Setup, "http-404".to_owned()));
        for (status, body) in [(500, ""), (503, "{}"), (408, ""), (201, "{}"), (302, "")] {
            assert_eq!(outcome(&reply(status, body)), Outcome::Unknown, "{status}");
        }
    }

    #[test]
    fn reports_are_read_and_unknown_ones_say_nothing() {
        assert_eq!(reported("delivered", None), Some((MessageStatus::Delivered, None)));
        assert_eq!(reported("read", Some("0")), Some((MessageStatus::Delivered, None)));
        assert_eq!(
            reported("undelivered", Some("30003")),
            Some((MessageStatus::Undelivered, Some(Reason::Unreachable)))
        );
        assert_eq!(reported("failed", Some("30007")), Some((MessageStatus::Failed, Some(Reason::Blocked))));
        assert_eq!(reported("failed", None), Some((MessageStatus::Failed, Some(Reason::Refused))));
        assert_eq!(reported("teleported", None), None);
        let id = MessageId::mint();
        assert_eq!(message_in(&format!("a=1&message={id}")), Some(id));
        assert_eq!(message_in("message=x"), None);
    }
}
