//! E-mail over SMTP, for people who have an address and no phone that takes messages.
//!
//! A server cannot be asked about a letter, so one whose answer was lost stays unknown. Each carries a `Message-ID` made of
//! our own id, the same each time it is handed over. Never logs an address, a text or what the server said: that may name
//! the address.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport, Message, Tokio1Executor};
use secrecy::ExposeSecret;

use super::client::CannotStart;
use super::{Address, Answer, Carrier, Finding, Outcome, Outgoing, Reach, Receipt, Sighting, Sought};
use crate::config::MailSettings;
use crate::domain::message::{MessageStatus, Reason};

/// How long a server may take to answer. Much less than a lease lasts.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// A mail server.
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mail {
    /// The server with these settings; none when no server is set.
    ///
    /// # Errors
    /// [`CannotStart`], when a setting is missing or wrong.
    pub fn new(settings: &MailSettings) -> Result<Option<Self>, CannotStart> {
        let Some(url) = &settings.url else { return Ok(None) };
        let from = settings.from.as_deref().ok_or(CannotStart::Missing("ANTESALA_MAIL_FROM"))?;
        let wrong = |setting, why| CannotStart::Wrong { setting, why };
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret()).map_err(|_| {
            wrong("ANTESALA_SMTP_URL", "write it as smtps://user:password@host, or smtp://host?tls=required")
        })?;
        Ok(Some(Self {
            transport: builder.timeout(Some(ANSWER_WITHIN)).build(),
            from: from
                .parse()
                .map_err(|_| wrong("ANTESALA_MAIL_FROM", "write it as Hospital <visits@hospital.example>"))?,
        }))
    }

    async fn post(&self, message: &Outgoing) -> Outcome {
        let Some(letter) = self.letter(message) else { return Outcome::rejected(Reason::BadNumber, None) };
        // A server that does not greet has certainly taken nothing.
        match self.transport.test_connection().await {
            Ok(true) => {}
            Ok(false) => return Outcome::not_taken("not-connected"),
            Err(error) if error.is_permanent() => return refused(&error, Reason::Setup),
            Err(_) => return Outcome::not_taken("not-connected"),
        }
        match self.transport.send(letter).await {
            Ok(_) => Outcome::Accepted(Receipt::of(None, MessageStatus::Sent)),
            Err(error) if error.is_permanent() => refused(&error, Reason::BadNumber),
            Err(error) if error.is_transient() => {
                Outcome::RetryAfter { after: None, code: error.status().map(|code| code.to_string()) }
            }
            Err(error) if error.is_client() || error.is_tls() => Outcome::not_taken("not-connected"),
            Err(_) => Outcome::Unknown,
        }
    }

    fn letter(&self, message: &Outgoing) -> Option<Message> {
        let Address::Email(to) = &message.to else { return None };
        let host = self.from.email.domain();
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.to_string().parse().ok()?))
            .subject(message.subject.as_str())
            .message_id(Some(format!("<{}@{host}>", message.id)))
            .header(ContentType::TEXT_PLAIN)
            .body(message.text.clone())
            .ok()
    }

    async fn findings(&self) -> Vec<Finding> {
        let finding = match self.transport.test_connection().await {
            Ok(true) => Finding::good("The mail server answers and accepts the credentials."),
            Err(error) if error.is_permanent() => {
                Finding::bad("The mail server refuses the user or password in ANTESALA_SMTP_URL.")
            }
            _ => Finding::bad("The mail server does not answer: check ANTESALA_SMTP_URL and the network."),
        };
        vec![finding]
    }
}

impl Carrier for Mail {
    fn send<'a>(&'a self, message: &'a Outgoing) -> Answer<'a, Outcome> {
        Box::pin(self.post(message))
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

fn refused(error: &lettre::transport::smtp::Error, reason: Reason) -> Outcome {
    Outcome::rejected(reason, error.status().map(|code| code.to_string()))
}
