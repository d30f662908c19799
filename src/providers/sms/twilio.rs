//! Twilio Programmable Messaging: text messages, and WhatsApp through the same door.
//!
//! A create has no idempotency key: after a lost answer the message is looked for by number and day, by the link it holds
//! or else its words. Reports of delivery come to `/callbacks/twilio/status`, signed.
//!
//! WhatsApp wants a template that Meta approved for whatever we write first; one that is not configured is refused here.
//!
//! Source: Twilio's OpenAPI of April 2026. Never logs a body, a number or a credential.

use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::client::{self, CannotStart, Reply, Silence};
use super::{Answer, Carrier, Finding, Outcome, Outgoing, Reach, Receipt, Sighting, Sought};
use crate::config::{TwilioChannel, TwilioSettings};
use crate::domain::ids::MessageId;
use crate::domain::message::{MessageStatus, ProviderId, Reason, Template};
use crate::domain::person::Language;

/// Longer than this a message never waits at Twilio.
const LONGEST_VALIDITY: i64 = 36_000;

/// Twilio's clock and ours may differ by this much.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_secs(90);

/// Twilio.
pub struct Twilio {
    client: Client,
    messages_url: String,
    account_url: String,
    user: String,
    password: SecretString,
    sender: Sender,
    channel: TwilioChannel,
    templates: Vec<ContentTemplate>,
    /// Where reports go; none when they could not be verified.
    callback: Option<String>,
}

/// Whom messages come from.
enum Sender {
    Number(String),
    Service(String),
}

/// A template that Meta approved, for one text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ContentTemplate {
    template: Template,
    language: Language,
    sid: String,
}

#[derive(Deserialize)]
struct Message {
    sid: String,
    status: String,
    num_segments: Option<String>,
    body: Option<String>,
    date_created: Option<String>,
    direction: Option<String>,
}

#[derive(Deserialize)]
struct Page {
    messages: Vec<Message>,
}

#[derive(Deserialize)]
struct Failure {
    code: Option<i64>,
}

impl Twilio {
    /// Twilio with these settings, reporting to `public_url`.
    ///
    /// # Errors
    /// [`CannotStart`], when a setting is missing or wrong.
    pub fn new(settings: &TwilioSettings, public_url: &str) -> Result<Self, CannotStart> {
        let account = settings.account_sid.clone().ok_or(CannotStart::Missing("ANTESALA_TWILIO_ACCOUNT_SID"))?;
        let (user, password) = match (&settings.api_key, &settings.api_secret, &settings.auth_token) {
            (Some(key), Some(secret), _) => (key.clone(), secret.clone()),
            (Some(_), None, _) => return Err(CannotStart::Missing("ANTESALA_TWILIO_API_SECRET")),
            (None, _, Some(token)) => (account.clone(), token.clone()),
            (None, _, None) => return Err(CannotStart::Missing("ANTESALA_TWILIO_AUTH_TOKEN")),
        };
        let sender = match (&settings.messaging_service, &settings.from) {
            (Some(service), _) => Sender::Service(service.clone()),
            (None, Some(number)) => Sender::Number(number.clone()),
            (None, None) => {
                return Err(CannotStart::Missing("ANTESALA_TWILIO_FROM or ANTESALA_TWILIO_MESSAGING_SERVICE"));
            }
        };
        let base = settings.url.trim_end_matches('/');
        let callback = settings.auth_token.as_ref().map(|_| format!("{public_url}/callbacks/twilio/status"));
        Ok(Self {
            client: client::client()?,
            messages_url: format!("{base}/2010-04-01/Accounts/{account}/Messages.json"),
            account_url: format!("{base}/2010-04-01/Accounts/{account}.json"),
            user,
            password,
            sender,
            channel: settings.channel,
            templates: settings.templates.iter().map(|text| content_template(text)).collect::<Result<_, _>>()?,
            callback,
        })
    }

    async fn create(&self, message: &Outgoing) -> Outcome {
        let Some(to) = message.phone() else { return Outcome::rejected(Reason::BadNumber, None) };
        let mut form = vec![("To", self.address(&to.to_string()))];
        match &self.sender {
            Sender::Number(number) => form.push(("From", self.address(number))),
            Sender::Service(service) => form.push(("MessagingServiceSid", service.clone())),
        }
        match self.content(message) {
            Ok(content) => form.extend(content),
            Err(outcome) => return outcome,
        }
        form.push(("ValidityPeriod", message.valid_for.as_secs().clamp(1, LONGEST_VALIDITY).to_string()));
        if let Some(callback) = &self.callback {
            form.push(("StatusCallback", format!("{callback}?message={}", message.id)));
        }
        match client::ask(self.signed(self.client.post(&self.messages_url)).form(&form)).await {
            Ok(reply) => outcome(&reply),
            Err(Silence::NotSent) => Outcome::not_taken("not-connected"),
            Err(Silence::Lost) => Outcome::Unknown,
        }
    }

    /// What the message says: its words, or an approved template with its blanks filled in.
    fn content(&self, message: &Outgoing) -> Result<Vec<(&'static str, String)>, Outcome> {
        if self.channel == TwilioChannel::Sms {
            return Ok(vec![("Body", message.text.clone())]);
        }
        let approved = self
            .templates
            .iter()
            .find(|approved| approved.template == message.template && approved.language == message.language);
        // What Twilio itself answers to free words outside a conversation.
        let approved = approved.ok_or_else(|| Outcome::rejected(Reason::Setup, "63016".to_owned()))?;
        let blanks: serde_json::Map<_, _> =
            (1..).zip(&message.blanks).map(|(place, blank)| (place.to_string(), blank.clone().into())).collect();
        Ok(vec![
            ("ContentSid", approved.sid.clone()),
            ("ContentVariables", serde_json::Value::Object(blanks).to_string()),
        ])
    }

    async fn find(&self, message: &Outgoing, sought: &Sought) -> Sighting {
        let Some(to) = message.phone() else { return Sighting::Absent };
        let to = self.address(&to.to_string());
        let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date().to_string();
        let mut days = vec![day(sought.handed_at - CLOCKS_DIFFER), day(sought.now)];
        days.dedup();
        for day in days {
            let query = [("To", to.as_str()), ("DateSent", day.as_str()), ("PageSize", "1000")];
            let reply = match client::ask(self.signed(self.client.get(&self.messages_url)).query(&query)).await {
                Ok(reply) if reply.status.is_success() => reply,
                _ => return Sighting::Unclear,
            };
            let Ok(page) = serde_json::from_slice::<Page>(&reply.body) else { return Sighting::Unclear };
            if let Some(found) = page.messages.iter().find(|found| is_it(found, message, sought)) {
                return Sighting::Found(receipt(found));
            }
        }
        Sighting::Absent
    }

    async fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        match client::ask(self.signed(self.client.get(&self.account_url))).await {
            Ok(reply) if reply.status.is_success() => findings.push(Finding::good("Twilio accepts the credentials.")),
            Ok(reply) if reply.status == StatusCode::UNAUTHORIZED => {
                findings.push(Finding::bad(
                    "Twilio refuses the credentials: check ANTESALA_TWILIO_ACCOUNT_SID and the token or API key.",
                ));
            }
            Ok(reply) => findings.push(Finding::bad(format!("Twilio answers {} to a question.", reply.status))),
            Err(_) => findings.push(Finding::bad("Twilio does not answer: check the network and ANTESALA_TWILIO_URL.")),
        }
        if self.callback.is_none() {
            findings.push(Finding::doubtful(
                "Without ANTESALA_TWILIO_AUTH_TOKEN reports cannot be verified: staff will not see what was delivered.",
            ));
        }
        if self.channel == TwilioChannel::WhatsApp {
            findings.extend(self.missing_templates());
        }
        findings
    }

    fn missing_templates(&self) -> Vec<Finding> {
        let wanted =
            Template::ALL.iter().flat_map(|template| Language::ALL.iter().map(move |language| (template, language)));
        let missing = wanted.filter(|(template, language)| {
            !self.templates.iter().any(|approved| approved.template == **template && approved.language == **language)
        });
        missing
            .map(|(template, language)| {
                Finding::bad(format!(
                    "WhatsApp: no approved template for {template}:{language} in ANTESALA_TWILIO_TEMPLATES; \
                     such messages will fail."
                ))
            })
            .collect()
    }

    fn address(&self, number: &str) -> String {
        match self.channel {
            TwilioChannel::Sms => number.to_owned(),
            TwilioChannel::WhatsApp => format!("whatsapp:{number}"),
        }
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        request.basic_auth(&self.user, Some(self.password.expose_secret()))
    }
}

impl Carrier for Twilio {
    fn send<'a>(&'a self, message: &'a Outgoing) -> Answer<'a, Outcome> {
        Box::pin(self.create(message))
    }

    fn look_up<'a>(&'a self, message: &'a Outgoing, sought: &'a Sought) -> Answer<'a, Sighting> {
        Box::pin(self.find(message, sought))
    }

    fn check(&self) -> Answer<'_, Vec<Finding>> {
        Box::pin(self.findings())
    }

    fn reach(&self) -> Reach {
        Reach::World
    }
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

fn outcome(reply: &Reply) -> Outcome {
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

fn receipt(message: &Message) -> Receipt {
    let status = match status_of(&message.status) {
        Some(MessageStatus::Accepted) | None => MessageStatus::Accepted,
        // What else became of it, a report will tell.
        Some(_) => MessageStatus::Sent,
    };
    Receipt {
        id: message.sid.parse().ok(),
        status,
        segments: message.num_segments.as_ref().and_then(|segments| segments.parse().ok()).filter(|count| *count > 0),
    }
}

/// Whether a message of the provider's is the one that is looked for: it holds the link's mark, or where there is none says the
/// same words; it was made since; and it is no other one of ours.
fn is_it(found: &Message, message: &Outgoing, sought: &Sought) -> bool {
    let body = found.body.as_deref().unwrap_or_default();
    let says_it = message.mark.as_ref().map_or_else(|| body == message.text, |mark| body.contains(mark.as_str()));
    let is_ours = found.direction.as_deref().is_none_or(|direction| direction.starts_with("outbound"));
    let is_new =
        found.date_created.as_deref().and_then(instant).is_none_or(|at| at >= sought.handed_at - CLOCKS_DIFFER);
    let is_other = found.sid.parse::<ProviderId>().is_ok_and(|id| sought.others.contains(&id));
    says_it && is_ours && is_new && !is_other
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
        20003 | 21606 | 21659 | 63016 => Reason::Setup,
        _ => Reason::Refused,
    }
}

/// `link:es=HX…`
fn content_template(text: &str) -> Result<ContentTemplate, CannotStart> {
    let read = || {
        let (which, sid) = text.trim().split_once('=')?;
        let (template, language) = which.split_once(':')?;
        let sid = sid.trim();
        let is_sid = sid.starts_with("HX") && sid.bytes().all(|byte| byte.is_ascii_alphanumeric());
        Some(ContentTemplate {
            template: template.trim().parse().ok()?,
            language: language.trim().parse().ok()?,
            sid: is_sid.then(|| sid.to_owned())?,
        })
    };
    read().ok_or(CannotStart::Wrong {
        setting: "ANTESALA_TWILIO_TEMPLATES",
        why: "write each as link:es=HX…, with booked, link, new_link, rescheduled or cancelled, and es, en or pt",
    })
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

    #[test]
    fn templates_are_read() {
        assert_eq!(
            content_template("new_link:pt=HX12ab").unwrap(),
            ContentTemplate { template: Template::NewLink, language: Language::Portuguese, sid: "HX12ab".to_owned() }
        );
        for text in ["link=HX1", "link:es", "link:fr=HX1", "hello:es=HX1", "link:es=MG1", "link:es=HX 1"] {
            assert!(content_template(text).is_err(), "{text}");
        }
    }
}
