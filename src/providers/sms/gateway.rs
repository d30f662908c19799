//! An HTTP gateway with SMPP behind it, as Jasmin and Kannel are: `POST /send`, answered `Success "id"`.
//!
//! It cannot be asked about a message, so one whose answer was lost stays unknown until a report comes; only what it
//! certainly did not take is tried again. Reports are unsigned: they come to an address that nobody can guess, and are
//! answered with exactly `ACK/Jasmin`, or they come again.
//!
//! Source: Jasmin's HTTP API. Never logs a body, a number or a credential.

use std::time::Duration;

use jiff::SignedDuration;
use reqwest::{Client, StatusCode};
use secrecy::{ExposeSecret, SecretString};

use super::client::{self, CannotStart, Reply, Silence};
use super::{Answer, Carrier, Finding, Outcome, Outgoing, Reach, Receipt, Sighting, Sought};
use crate::config::GatewaySettings;
use crate::domain::message::{Letters, MessageStatus, Reason};

/// The one answer that ends a report's repetitions.
pub const ACKNOWLEDGED: &str = "ACK/Jasmin";

/// A gateway.
pub struct Gateway {
    client: Client,
    send_url: String,
    ping_url: String,
    username: String,
    password: SecretString,
    from: Option<String>,
    callback: String,
}

impl Gateway {
    /// The gateway with these settings, reporting to `callback`. A message that it has not answered for `within` stays unknown.
    ///
    /// # Errors
    /// [`CannotStart`], when a setting is missing.
    pub fn new(settings: &GatewaySettings, callback: String, within: Duration) -> Result<Self, CannotStart> {
        let base = settings.url.as_deref().ok_or(CannotStart::Missing("ANTESALA_GATEWAY_URL"))?.trim_end_matches('/');
        Ok(Self {
            client: client::client(within)?,
            send_url: format!("{base}/send"),
            ping_url: format!("{base}/ping"),
            username: settings.username.clone().ok_or(CannotStart::Missing("ANTESALA_GATEWAY_USERNAME"))?,
            password: settings.password.clone().ok_or(CannotStart::Missing("ANTESALA_GATEWAY_PASSWORD"))?,
            from: settings.from.clone(),
            callback,
        })
    }

    async fn hand_in(&self, message: &Outgoing) -> Outcome {
        let Some(to) = message.phone() else { return Outcome::rejected(Reason::BadNumber, None) };
        let mut form = vec![
            ("username", self.username.clone()),
            ("password", self.password.expose_secret().to_owned()),
            ("to", to.to_string()),
            ("dlr", "yes".to_owned()),
            ("dlr-level", "3".to_owned()),
            ("dlr-method", "POST".to_owned()),
            ("dlr-url", format!("{}?message={}", self.callback, message.id)),
            ("validity-period", minutes(message.valid_for).to_string()),
        ];
        form.extend(self.from.clone().map(|from| ("from", from)));
        form.extend(content(message));
        match client::ask(self.client.post(&self.send_url).form(&form)).await {
            Ok(reply) => outcome(&reply),
            Err(Silence::NotSent) => Outcome::not_taken("not-connected"),
            Err(Silence::Lost) => Outcome::Unknown,
        }
    }

    async fn findings(&self) -> Vec<Finding> {
        let finding = match client::ask(self.client.get(&self.ping_url)).await {
            Ok(reply) if reply.status.is_success() => {
                Finding::good("The SMS gateway answers. Whether it takes the password shows with --send-test.")
            }
            Ok(reply) => Finding::doubtful(format!("The SMS gateway answers {} to /ping.", reply.status)),
            Err(_) => Finding::bad("The SMS gateway does not answer: check ANTESALA_GATEWAY_URL and the network."),
        };
        vec![finding]
    }
}

impl Carrier for Gateway {
    fn send<'a>(&'a self, message: &'a Outgoing) -> Answer<'a, Outcome> {
        Box::pin(self.hand_in(message))
    }

    fn look_up<'a>(&'a self, _: &'a Outgoing, _: &'a Sought) -> Answer<'a, Sighting> {
        Box::pin(std::future::ready(Sighting::Untraceable))
    }

    fn check(&self) -> Answer<'_, Vec<Finding>> {
        Box::pin(self.findings())
    }

    fn reach(&self) -> Reach {
        Reach::World
    }
}

/// What a report says: `message_status` and `err`. Unknown words say nothing.
#[must_use]
pub fn reported(status: &str) -> Option<(MessageStatus, Option<Reason>)> {
    Some(match status {
        "ESME_ROK" | "ACCEPTD" | "ENROUTE" => (MessageStatus::Sent, None),
        "DELIVRD" => (MessageStatus::Delivered, None),
        "EXPIRED" => (MessageStatus::Undelivered, Some(Reason::Unreachable)),
        "REJECTD" => (MessageStatus::Undelivered, Some(Reason::Blocked)),
        "UNDELIV" | "DELETED" => (MessageStatus::Undelivered, Some(Reason::Refused)),
        // The operator took no message with this number.
        "ESME_RINVDSTADR" => (MessageStatus::Failed, Some(Reason::BadNumber)),
        failed if failed.starts_with("ESME_") => (MessageStatus::Failed, Some(Reason::Refused)),
        _ => return None,
    })
}

fn outcome(reply: &Reply) -> Outcome {
    let text = reply.text().trim();
    if let Some(id) = text.strip_prefix("Success \"").and_then(|rest| rest.strip_suffix('"')) {
        return Outcome::Accepted(Receipt::of(id.parse().ok(), MessageStatus::Accepted));
    }
    let says_no = text.starts_with("Error \"");
    let word = format!("http-{}", reply.status.as_u16());
    let again = || Outcome::RetryAfter { after: reply.retry_after, code: Some(word.clone()) };
    match reply.status {
        StatusCode::TOO_MANY_REQUESTS => again(),
        StatusCode::SERVICE_UNAVAILABLE if reply.retry_after.is_some() || says_no => again(),
        // Its own fault or its throughput: it says that it did not take the message.
        StatusCode::INTERNAL_SERVER_ERROR if says_no => again(),
        StatusCode::FORBIDDEN if text.contains("throughput") => again(),
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND => {
            Outcome::rejected(Reason::Setup, word)
        }
        // Its line to the operator is down, and it has given the message up.
        StatusCode::PRECONDITION_FAILED if text.to_ascii_lowercase().contains("connector") => again(),
        StatusCode::PRECONDITION_FAILED => Outcome::rejected(Reason::Country, word),
        status if status.is_client_error() => Outcome::rejected(Reason::Refused, word),
        _ => Outcome::Unknown,
    }
}

/// UCS-2 goes as hexadecimal UTF-16.
fn content(message: &Outgoing) -> [(&'static str, String); 2] {
    match message.letters {
        Letters::Gsm7 => [("coding", "0".to_owned()), ("content", message.text.clone())],
        Letters::Ucs2 => {
            let hex = message.text.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
            [("coding", "8".to_owned()), ("hex-content", hex)]
        }
    }
}

fn minutes(valid_for: SignedDuration) -> i64 {
    valid_for.as_mins().clamp(1, 60 * 24 * 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(status: u16, body: &str) -> Outcome {
        let retry_after = None;
        outcome(&Reply { status: StatusCode::from_u16(status).unwrap(), retry_after, body: body.as_bytes().to_vec() })
    }

    #[test]
    fn only_what_was_certainly_not_taken_is_tried_again() {
        let accepted = said(200, "Success \"07033084-5cfd-4812-90a4-e4d24ffb6e3d\"");
        assert!(matches!(accepted, Outcome::Accepted(Receipt { id: Some(_), .. })), "{accepted:?}");
        for (status, body) in [
            (429, ""),
            (403, "Error \"Cannot send message: throughput exceeded\""),
            (500, "Error \"Cannot send submit_sm, check SMPPClientManagerPB log file for details\""),
            (503, "Error \"no connection\""),
            (412, "Error \"Failover route has no bound connectors\""),
        ] {
            assert!(matches!(said(status, body), Outcome::RetryAfter { .. }), "{status} {body}");
        }
        for (status, body, reason) in [
            (400, "Error \"Mandatory argument [to] is not found.\"", Reason::Refused),
            (403, "Error \"Authentication failure for username:hospital\"", Reason::Setup),
            (412, "Error \"No route found\"", Reason::Country),
        ] {
            assert_eq!(said(status, body), Outcome::rejected(reason, format!("http-{status}")), "{body}");
        }
        for (status, body) in [(502, "<html>"), (504, ""), (200, "<html>"), (500, "<html>"), (503, "")] {
            assert_eq!(said(status, body), Outcome::Unknown, "{status}");
        }
    }

    #[test]
    fn reports_are_read_and_unknown_ones_say_nothing() {
        assert_eq!(reported("DELIVRD"), Some((MessageStatus::Delivered, None)));
        assert_eq!(reported("ESME_ROK"), Some((MessageStatus::Sent, None)));
        assert_eq!(reported("UNDELIV"), Some((MessageStatus::Undelivered, Some(Reason::Refused))));
        assert_eq!(reported("ESME_RTHROTTLED"), Some((MessageStatus::Failed, Some(Reason::Refused))));
        assert_eq!(reported("UNKNOWN"), None);
    }
}
