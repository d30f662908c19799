//! What Webex reports by itself: registering for it, recognising it, reading it.
//!
//! A report is signed: lower-case hex of HMAC-SHA1 over the raw body. Its `id` is the webhook's, the same for each report.
//! Never logs a report.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::api::{Ask, Body};
use super::meetings::ask;
use super::{Trouble, Webex};
use crate::domain::words::words;

words! {
    /// What is reported.
    Report {
        /// A meeting's host started it.
        MeetingStarted = "meetings started",
        /// A meeting is over.
        MeetingEnded = "meetings ended",
        /// Somebody came into a meeting.
        Joined = "meetingParticipants joined",
        /// Somebody left one.
        Left = "meetingParticipants left",
    }
}

/// A webhook, as Webex keeps it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Where its reports go.
    pub target_url: Option<String>,
    /// About what.
    pub resource: Option<String>,
    /// What of it.
    pub event: Option<String>,
    /// `active`, or `inactive` once too many deliveries failed.
    pub status: Option<String>,
}

/// A report, as far as it is of use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// What happened.
    pub report: Report,
    /// The meeting: a series, an occurrence or an instance of it.
    pub meeting: String,
    /// Whom it is about, by the address Webex has of them.
    pub email: Option<String>,
    /// What tells it from every other report.
    pub digest: [u8; 32],
}

#[derive(Deserialize)]
struct Envelope {
    resource: Option<String>,
    event: Option<String>,
    #[serde(default)]
    data: Data,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Data {
    id: Option<String>,
    meeting_id: Option<String>,
    email: Option<String>,
}

impl Report {
    /// What it is about, and what of it, as Webex says it.
    #[must_use]
    pub fn parts(self) -> (&'static str, &'static str) {
        self.as_str().split_once(' ').unwrap_or((self.as_str(), ""))
    }
}

impl Webhook {
    /// What it reports, if it is one of ours.
    #[must_use]
    pub fn report(&self) -> Option<Report> {
        let (resource, event) = (self.resource.as_deref()?, self.event.as_deref()?);
        Report::ALL.iter().copied().find(|report| report.parts() == (resource, event))
    }

    /// Whether its reports come.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status.as_deref().is_none_or(|status| status == "active")
    }
}

/// Whether `signature` is that of `body`, in constant time.
#[must_use]
pub fn is_genuine(secret: &SecretString, body: &[u8], signature: &str) -> bool {
    let Some(given) = from_hex(signature) else { return false };
    let mac = Hmac::<Sha1>::new_from_slice(secret.expose_secret().as_bytes());
    mac.is_ok_and(|mac| mac.chain_update(body).verify_slice(&given).is_ok())
}

/// The signature of a body.
#[must_use]
pub fn signature(secret: &SecretString, body: &[u8]) -> String {
    let Ok(mac) = Hmac::<Sha1>::new_from_slice(secret.expose_secret().as_bytes()) else { return String::new() };
    let digest = mac.chain_update(body).finalize().into_bytes();
    digest.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}

/// Reads a report; nothing where it is none of ours.
#[must_use]
pub fn read(body: &[u8]) -> Option<Reported> {
    let Envelope { resource, event, data } = serde_json::from_slice(body).ok()?;
    let (resource, event) = (resource?, event?);
    let report = Report::ALL.iter().copied().find(|report| report.parts() == (&resource, &event))?;
    let own = data.id.clone().unwrap_or_default();
    let meeting = match report {
        Report::MeetingStarted | Report::MeetingEnded => data.id.or(data.meeting_id)?,
        Report::Joined | Report::Left => data.meeting_id?,
    };
    let whole: [u8; 32] = Sha256::digest(body).into();
    let parts = [resource.as_bytes(), event.as_bytes(), own.as_bytes(), &whole].map(Sha256::digest);
    Some(Reported { report, meeting, email: data.email, digest: Sha256::digest(parts.concat()).into() })
}

impl Webex {
    /// `GET /webhooks`: all of the service app's.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn webhooks(&self) -> Result<Vec<Webhook>, Trouble> {
        let query = vec![("max", "100".to_owned()), ("ownedBy", "org".to_owned())];
        self.api.list(Ask { query, ..ask("list webhooks", Method::GET, &["webhooks"], Body::None) }).await
    }

    /// `POST /webhooks`: reports of this kind go to `target` from now on.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn register(&self, report: Report, target: &str) -> Result<Webhook, Trouble> {
        let (resource, event) = report.parts();
        let body = Body::Json(json!({
            "name": name(report), "targetUrl": target, "resource": resource, "event": event,
            "secret": self.webhook_secret.expose_secret(), "ownedBy": "org",
        }));
        self.api.read(ask("register webhook", Method::POST, &["webhooks"], body)).await
    }

    /// `PUT /webhooks/{id}`: reports come again.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn revive(&self, webhook: &Webhook, report: Report, target: &str) -> Result<(), Trouble> {
        let body = Body::Json(json!({ "name": name(report), "targetUrl": target, "status": "active" }));
        self.api.ask(ask("revive webhook", Method::PUT, &["webhooks", &webhook.id], body)).await.map(drop)
    }

    /// `DELETE /webhooks/{id}`.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn unregister(&self, webhook: &Webhook) -> Result<(), Trouble> {
        self.api.ask(ask("delete webhook", Method::DELETE, &["webhooks", &webhook.id], Body::None)).await.map(drop)
    }
}

fn name(report: Report) -> String {
    format!("Antesala: {report}")
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    if !text.len().is_multiple_of(2) || !text.bytes().all(|letter| matches!(letter, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"a":1,"b":2,"c":{"d":3}}"#;
    const SIGNED: &str = "01e0cb6a53731b9615b483335d77d97023410c72";

    #[test]
    fn a_signature_is_webexs_own() {
        let secret = SecretString::from("myBongoSecret");
        assert_eq!(signature(&secret, BODY), SIGNED);
        assert!(is_genuine(&secret, BODY, SIGNED));
        let mut flipped = BODY.to_vec();
        flipped[5] ^= 1;
        assert!(!is_genuine(&secret, &flipped, SIGNED));
        for bad in ["", "01", "zz", &SIGNED.to_uppercase(), &SIGNED[..39], &format!("{SIGNED}00")] {
            assert!(!is_genuine(&secret, BODY, bad), "{bad}");
        }
        assert!(!is_genuine(&"another".into(), BODY, SIGNED));
    }

    #[test]
    fn reports_are_told_apart_by_what_happened_and_not_by_their_id() {
        let report = |event: &str, meeting: &str| {
            let body = json!({"id": "hook", "resource": "meetings", "event": event, "data": {"id": meeting}});
            read(body.to_string().as_bytes()).unwrap()
        };
        let started = report("started", "abc_I_1");
        assert_eq!((started.report, started.meeting.as_str()), (Report::MeetingStarted, "abc_I_1"));
        assert_eq!(started.digest, report("started", "abc_I_1").digest);
        assert_ne!(started.digest, report("ended", "abc_I_1").digest);
        assert_ne!(started.digest, report("started", "abc_I_2").digest);
    }

    #[test]
    fn what_is_not_ours_or_says_nothing_is_no_report() {
        for body in [
            r#"{"resource":"messages","event":"created","data":{"id":"x"}}"#,
            r#"{"resource":"meetings","event":"updated","data":{"id":"x"}}"#,
            r#"{"resource":"meetings","event":"started"}"#,
            r#"{"resource":"meetingParticipants","event":"joined","data":{"id":"x"}}"#,
            "[]",
            "",
        ] {
            assert_eq!(read(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn every_report_has_its_two_parts() {
        for report in Report::ALL {
            assert!(matches!(report.parts(), (resource, event) if !resource.is_empty() && !event.is_empty()));
        }
    }
}
