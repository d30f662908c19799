//! Twilio Programmable Messaging: text messages, and WhatsApp through the same door.
//!
//! A create has no idempotency key: after a lost answer the message is looked for among all to that number, by the link it
//! holds or else by the digest of its words. Reports of delivery come to `/callbacks/twilio/status`, signed.
//!
//! WhatsApp wants a template that Meta approved for whatever we write first; one that is not configured is refused here.
//!
//! Source: Twilio's OpenAPI of April 2026. Never logs a body, a number or a credential.

mod answers;
mod check;
mod templates;

use std::time::Duration;

use reqwest::{Client, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};

pub use answers::{message_in, reported};

use self::answers::{Page, is_it, may_be_it, outcome, receipt};
use self::templates::Templates;
use super::client::{self, CannotStart, Silence};
use super::{Answer, Carrier, Finding, Outcome, Outgoing, Reach, Sighting, Sought};
use crate::config::{TwilioChannel, TwilioSettings};
use crate::domain::message::Reason;

/// Longer than this a message never waits at Twilio.
const LONGEST_VALIDITY: i64 = 36_000;

/// How many messages a page of a list holds: as many as Twilio gives.
const PAGE: &str = "1000";

/// How many pages are read. All of them must be before the lease ends, each in as long as Twilio may take.
const MOST_PAGES: usize = 5;

/// Where Twilio says what a Messaging Service is; the rest of it answers at another address.
const SERVICES: &str = "https://messaging.twilio.com";

/// Where Twilio answers, unless set.
const TWILIO: &str = "https://api.twilio.com";

/// Twilio.
pub struct Twilio {
    client: Client,
    /// Where Twilio answers, without a slash at its end.
    base: String,
    account_url: String,
    services_url: String,
    user: String,
    password: SecretString,
    sender: Sender,
    channel: TwilioChannel,
    templates: Templates,
    /// Where reports go; none when they could not be verified.
    callback: Option<String>,
}

/// Whom messages come from.
enum Sender {
    Number(String),
    Service(String),
}

impl Twilio {
    /// Twilio with these settings, reporting to `public_url`. A message that it has not answered for `within` is looked for.
    ///
    /// # Errors
    /// [`CannotStart`], when a setting is missing or wrong.
    pub fn new(settings: &TwilioSettings, public_url: &str, within: Duration) -> Result<Self, CannotStart> {
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
            client: client::client(within)?,
            base: base.to_owned(),
            account_url: format!("{base}/2010-04-01/Accounts/{account}"),
            services_url: format!("{}/v1/Services", if base == TWILIO { SERVICES } else { base }),
            user,
            password,
            sender,
            channel: settings.channel,
            templates: Templates::read(&settings.templates)?,
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
        // What is said stays as it is, so that it is known again by its digest.
        form.push(("SmartEncoded", "false".to_owned()));
        form.push(("ValidityPeriod", message.valid_for.as_secs().clamp(1, LONGEST_VALIDITY).to_string()));
        if let Some(callback) = &self.callback {
            form.push(("StatusCallback", format!("{callback}?message={}", message.id)));
        }
        match client::ask(self.signed(self.client.post(self.messages_url())).form(&form)).await {
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
        self.templates.fill(message).map(Vec::from)
    }

    /// Reads all messages to the number. Not those of a day: one that waits at Twilio was sent on none. Not those of our
    /// sender: a Messaging Service may not have chosen it yet. And to their end: where in a list one without a date stands
    /// is said nowhere.
    async fn find(&self, message: &Outgoing, sought: &Sought) -> Sighting {
        let Some(to) = message.phone() else { return Sighting::Absent };
        let to = self.address(&to.to_string());
        let mut has_others = false;
        let mut request = self.client.get(self.messages_url()).query(&[("To", to.as_str()), ("PageSize", PAGE)]);
        for _ in 0..MOST_PAGES {
            let Some(page) = self.page(request).await else { return Sighting::Unclear };
            for found in page.messages.iter().filter(|found| may_be_it(found, sought)) {
                if is_it(found, message, sought) {
                    return Sighting::Found(receipt(found));
                }
                has_others = true;
            }
            match page.next_page_uri {
                Some(next) if next.starts_with('/') => request = self.client.get(format!("{}{next}", self.base)),
                Some(_) => return Sighting::Unclear,
                // What an approved template says, Twilio alone knows: another message may be this one.
                None if has_others && self.channel == TwilioChannel::WhatsApp => return Sighting::Untraceable,
                None => return Sighting::Absent,
            }
        }
        Sighting::Unclear
    }

    async fn page(&self, request: RequestBuilder) -> Option<Page> {
        let reply = client::ask(self.signed(request)).await.ok()?;
        reply.status.is_success().then(|| serde_json::from_slice(&reply.body).ok()).flatten()
    }

    fn messages_url(&self) -> String {
        format!("{}/Messages.json", self.account_url)
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
