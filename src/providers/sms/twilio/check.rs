//! Whether Twilio would take our messages, asked without sending one.
//!
//! Never shows a credential.

use reqwest::StatusCode;
use serde::Deserialize;

use super::{Sender, Twilio};
use crate::config::TwilioChannel;
use crate::providers::sms::Finding;
use crate::providers::sms::client::{self, Reply, Silence};

/// The numbers an account has.
#[derive(Deserialize)]
struct Numbers {
    incoming_phone_numbers: Vec<Number>,
}

#[derive(Deserialize)]
struct Number {
    capabilities: Option<Capabilities>,
}

#[derive(Deserialize)]
struct Capabilities {
    sms: Option<bool>,
}

impl Twilio {
    pub(super) async fn findings(&self) -> Vec<Finding> {
        let mut findings = vec![self.credentials().await];
        if findings.iter().all(Finding::is_good) {
            findings.push(self.sender().await);
        }
        if self.callback.is_none() {
            findings.push(Finding::doubtful(
                "Without ANTESALA_TWILIO_AUTH_TOKEN reports cannot be verified: staff will not see what was delivered, and \
                 nobody can answer STOP. Set it beside the API key.",
            ));
        }
        if self.channel == TwilioChannel::WhatsApp {
            findings.extend(self.templates.missing());
        }
        findings
    }

    async fn credentials(&self) -> Finding {
        match self.ask(&format!("{}.json", self.account_url)).await {
            Ok(reply) if reply.status.is_success() => Finding::good("Twilio accepts the credentials."),
            Ok(reply) if reply.status == StatusCode::UNAUTHORIZED => Finding::bad(
                "Twilio refuses the credentials: check ANTESALA_TWILIO_ACCOUNT_SID and the token or API key. Twilio's \
                 console shows them under Account Info.",
            ),
            Ok(reply) if reply.status == StatusCode::FORBIDDEN => Finding::doubtful(
                "Twilio accepts the API key, but does not let it read the account: sender and account were not looked at.",
            ),
            Ok(reply) => Finding::bad(format!("Twilio answers {} to a question. Try again later.", reply.status)),
            Err(_) => Finding::bad("Twilio does not answer: check the network and ANTESALA_TWILIO_URL."),
        }
    }

    /// Whether messages may come from whom they are to come from.
    async fn sender(&self) -> Finding {
        match &self.sender {
            Sender::Service(service) => match self.ask(&format!("{}/{service}", self.services_url)).await {
                Ok(reply) if reply.status.is_success() => {
                    Finding::good("The Messaging Service is one of this account.")
                }
                Ok(reply) if reply.status == StatusCode::NOT_FOUND => Finding::bad(
                    "Twilio knows no such Messaging Service: check ANTESALA_TWILIO_MESSAGING_SERVICE, which begins with MG.",
                ),
                _ => Finding::doubtful("The Messaging Service could not be looked at."),
            },
            Sender::Number(_) if self.channel == TwilioChannel::WhatsApp => Finding::doubtful(
                "Whether ANTESALA_TWILIO_FROM is a WhatsApp sender shows with --send-test: Twilio cannot be asked.",
            ),
            Sender::Number(number) => {
                let url = format!("{}/IncomingPhoneNumbers.json", self.account_url);
                let request = self.signed(self.client.get(url)).query(&[("PhoneNumber", number.as_str())]);
                number_found(client::ask(request).await)
            }
        }
    }

    async fn ask(&self, url: &str) -> Result<Reply, Silence> {
        client::ask(self.signed(self.client.get(url))).await
    }
}

fn number_found(answer: Result<Reply, Silence>) -> Finding {
    let numbers = answer.ok().filter(|reply| reply.status.is_success());
    let Some(numbers) = numbers.and_then(|reply| serde_json::from_slice::<Numbers>(&reply.body).ok()) else {
        return Finding::doubtful("The sender in ANTESALA_TWILIO_FROM could not be looked at.");
    };
    match numbers.incoming_phone_numbers.first() {
        // What Twilio does not say of a number is taken to be so.
        Some(number) if number.capabilities.as_ref().and_then(|can| can.sms) == Some(false) => Finding::bad(
            "The number in ANTESALA_TWILIO_FROM cannot send text messages: choose another one in Twilio's console.",
        ),
        Some(_) => Finding::good("The sender is a number of this account."),
        None => Finding::bad(
            "ANTESALA_TWILIO_FROM is no number of this account: write it as Twilio's console shows it, with + and country. \
             Short codes and names belong into a Messaging Service.",
        ),
    }
}
