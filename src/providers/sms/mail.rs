//! E-mail over SMTP, for people who have an address and no phone that takes messages.
//!
//! A server cannot be asked about a letter, so one whose answer was lost stays unknown. Each carries a `Message-ID` made of
//! our own id, the same each time it is handed over. Never logs an address, a text or what the server said: that may name
//! the address.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::{AsyncSmtpTransport, Error};
use lettre::{AsyncTransport, Message, Tokio1Executor};
use reqwest::Url;
use secrecy::ExposeSecret;

use super::client::{CannotStart, can_be_reached_from_outside};
use super::{Address, Answer, Carrier, Finding, Outcome, Outgoing, Reach, Receipt, Sighting, Sought};
use crate::config::MailSettings;
use crate::domain::message::{MessageStatus, Reason};

/// How long a server may take to answer. Much less than a lease lasts.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// A mail server.
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    way: Way,
}

/// Who can read along on the way to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Nobody: it is encrypted, or does not leave this machine.
    Closed,
    /// Everybody in between.
    Open,
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
            way: Way::to(url.expose_secret()),
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
            Err(error) if error.is_permanent() => refused(&error, meaning(&error)),
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
        let mut findings = Vec::new();
        findings.push(match self.transport.test_connection().await {
            Ok(true) => Finding::good("The mail server answers and accepts the credentials."),
            Err(error) if error.is_permanent() => {
                Finding::bad("The mail server refuses the user or password in ANTESALA_SMTP_URL.")
            }
            Err(error) if error.is_client() || error.is_tls() => Finding::bad(
                "The mail server does not offer the encryption or the way to sign in that ANTESALA_SMTP_URL asks for.",
            ),
            _ => Finding::bad("The mail server does not answer: check ANTESALA_SMTP_URL and the network."),
        });
        if self.way == Way::Open {
            findings.push(Finding::doubtful(
                "E-mail, and the password of the mail server, may travel there unencrypted: everybody in between can read \
                 the links. Write ANTESALA_SMTP_URL with smtps://, or end it with ?tls=required.",
            ));
        }
        findings
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

impl Way {
    fn to(url: &str) -> Self {
        let Ok(url) = Url::parse(url) else { return Self::Open };
        let is_encrypted =
            url.scheme() == "smtps" || url.query_pairs().any(|(name, value)| name == "tls" && value == "required");
        let host = url.host_str().unwrap_or_default();
        if is_encrypted || !can_be_reached_from_outside(host) { Self::Closed } else { Self::Open }
    }
}

fn refused(error: &Error, reason: Reason) -> Outcome {
    Outcome::rejected(reason, error.status().map(|code| code.to_string()))
}

fn meaning(error: &Error) -> Reason {
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    reason_of(error.status().map(u16::from).unwrap_or_default(), &said)
}

/// What a permanent refusal means. Only some speak of the address that is written to; that a letter is too large or looks like
/// advertising is no fault of it. Source: RFC 5321, 4.2.3, and the enhanced codes of RFC 3463 and RFC 4954.
fn reason_of(code: u16, said: &str) -> Reason {
    match (code, enhanced(said)) {
        // We are to sign in first, or did so wrongly; or the address we write from is none.
        (530 | 534 | 535 | 538, _) | (_, Some((1, 7 | 8))) => Reason::Setup,
        (_, Some((1, _))) | (550 | 551 | 553, None) => Reason::BadNumber,
        _ => Reason::Refused,
    }
}

/// The second and third number of a code such as 5.1.1.
fn enhanced(said: &str) -> Option<(u16, u16)> {
    let (subject, detail) = said.split_whitespace().next()?.strip_prefix("5.")?.split_once('.')?;
    Some((subject.parse().ok()?, detail.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_speaks_of_the_address_counts_against_it() {
        for (code, said, reason) in [
            (550, "5.1.1 no such mailbox", Reason::BadNumber),
            (550, "no such mailbox", Reason::BadNumber),
            (551, "User not local", Reason::BadNumber),
            (553, "Mailbox name not allowed", Reason::BadNumber),
            (556, "5.1.10 Domain takes no mail", Reason::BadNumber),
            (550, "5.7.1 looks like advertising", Reason::Refused),
            (552, "5.2.2 mailbox full", Reason::Refused),
            (554, "Transaction failed", Reason::Refused),
            (535, "5.7.8 Authentication failed", Reason::Setup),
            (530, "5.7.0 Sign in first", Reason::Setup),
            (550, "5.1.8 Sender's domain does not exist", Reason::Setup),
        ] {
            assert_eq!(reason_of(code, said), reason, "{code} {said}");
        }
    }

    #[test]
    fn a_way_is_closed_by_encryption_or_where_it_does_not_leave_this_machine() {
        for (url, way) in [
            ("smtps://user:password@mail.example", Way::Closed),
            ("smtp://mail.example?tls=required", Way::Closed),
            ("smtp://localhost:25", Way::Closed),
            ("smtp://user:password@127.0.0.1", Way::Closed),
            ("smtp://[::1]:25", Way::Closed),
            ("smtp://mail.example", Way::Open),
            ("smtp://mail.example?tls=opportunistic", Way::Open),
            ("smtp://localhost:password@mail.example", Way::Open),
        ] {
            assert_eq!(Way::to(url), way, "{url}");
        }
    }
}
