//! `antesala check`: asks every provider of messages whether the settings are right, and says in plain words what is not.
//!
//! Sends nothing, unless told a number to send one message to.

use clap::Args;
use jiff::SignedDuration;

use super::carriers::Carriers;
use super::start::link_key;
use super::terminal::{Failure, say};
use super::{check_callbacks, check_webex};
use crate::config::{PublicUrl, Scheme, Settings};
use crate::domain::ids::MessageId;
use crate::domain::message::{Letters, Reason, Template};
use crate::domain::person::{Language, Phone};
use crate::providers::sms::{Address, Carrier, Finding, Outcome, Outgoing, Reach, Receipt, Verdict};
use crate::telemetry;

/// Arguments of `check`.
#[derive(Args, Debug)]
pub(super) struct CheckArgs {
    /// Send one message to this number, written as +525512345678
    #[arg(long, value_name = "PHONE", value_parser = |text: &str| Phone::parse(text, None))]
    send_test: Option<Phone>,

    #[command(flatten)]
    settings: Settings,
}

/// Says what is right and what is not; fails when something is not.
pub(super) async fn run(arguments: CheckArgs) -> Result<(), Failure> {
    let CheckArgs { send_test, settings } = arguments;
    telemetry::start_logging(settings.log, settings.log_format);
    let public_url =
        settings.public_url.clone().unwrap_or_else(|| PublicUrl::on_this_machine(Scheme::Http, settings.listen.port()));
    let carriers = Carriers::of(&settings, &public_url, &link_key(&settings)?)?;
    let mut findings = carriers.texts.check().await;
    if carriers.texts.reach() == Reach::World {
        findings.extend(check_callbacks::findings(settings.sending.sms, &carriers, &public_url).await);
    }
    match &carriers.mail {
        Some(mail) => findings.extend(mail.check().await),
        None => findings.push(Finding::doubtful("No e-mail is sent: ANTESALA_SMTP_URL is not set.")),
    }
    findings.extend(check_webex::findings(&settings, &public_url).await?);
    if let Some(phone) = send_test {
        findings.push(test(&*carriers.texts, &settings, phone).await);
    }
    for Finding { verdict, sentence } in &findings {
        let mark = match verdict {
            Verdict::Good => "good ",
            Verdict::Doubtful => "note ",
            Verdict::Bad => "WRONG",
        };
        say(&format!("{mark}  {sentence}"));
    }
    let wrong = findings.iter().filter(|finding| finding.verdict == Verdict::Bad).count();
    if wrong == 0 {
        Ok(())
    } else {
        Err(format!("{wrong} of {} things are not as they should be", findings.len()).into())
    }
}

async fn test(carrier: &dyn Carrier, settings: &Settings, phone: Phone) -> Finding {
    let text = format!("{}: test of Antesala. Nothing to do.", settings.hospital);
    let message = Outgoing {
        id: MessageId::mint(),
        to: Address::Phone(phone),
        subject: String::new(),
        letters: if text.is_ascii() { Letters::Gsm7 } else { Letters::Ucs2 },
        text,
        mark: None,
        template: Template::Booked,
        language: Language::Spanish,
        blanks: vec![settings.hospital.clone(), "test".to_owned(), "00:00".to_owned(), "-".to_owned(), "0".to_owned()],
        valid_for: SignedDuration::from_mins(10),
    };
    if carrier.reach() == Reach::House {
        return Finding::bad("No test message was sent: with ANTESALA_SMS=console nothing leaves this server.");
    }
    match carrier.send(&message).await {
        Outcome::Accepted(Receipt { reason: Some(reason), code, .. }) => {
            let code = code.unwrap_or_else(|| "no code".to_owned());
            Finding::bad(format!("The provider took the test message and gave it up ({code}): {}.", because(reason)))
        }
        Outcome::Accepted(receipt) => {
            let id = receipt.id.map_or_else(|| "without a name".to_owned(), |id| format!("as {id}"));
            Finding::good(format!("The provider took the test message {id}. Does the phone show it?"))
        }
        Outcome::Rejected(refusal) => {
            let code = refusal.code.unwrap_or_else(|| "no code".to_owned());
            Finding::bad(format!("The provider refused the test message ({code}): {}.", because(refusal.reason)))
        }
        Outcome::RetryAfter { code, .. } => {
            let code = code.unwrap_or_else(|| "no code".to_owned());
            Finding::bad(format!("The provider did not take the test message now ({code}). Try again later."))
        }
        Outcome::Unknown => Finding::bad("The answer was lost: nobody can say whether the test message was taken."),
    }
}

const fn because(reason: Reason) -> &'static str {
    match reason {
        Reason::OptedOut => "this number asked for no more messages",
        Reason::Country => "messages to this country are not allowed, or there is no route to it",
        Reason::BadNumber => "there is no such number",
        Reason::Landline => "this number takes no text messages",
        Reason::Blocked => "the carrier blocks it",
        Reason::Setup => "credentials or sender are wrong",
        Reason::NoTemplate => "WhatsApp wants an approved template: see ANTESALA_TWILIO_TEMPLATES",
        _ => "it gives no reason we know",
    }
}
