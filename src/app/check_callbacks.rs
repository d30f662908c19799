//! The part of `antesala check` that asks whether providers can report back: it knocks at our own door from outside.
//!
//! Sends nothing that a server would believe.

use secrecy::ExposeSecret;

use super::carriers::Carriers;
use crate::config::{PublicUrl, SmsProvider};
use crate::providers::sms::gateway::ACKNOWLEDGED;
use crate::providers::sms::{Finding, answers, can_be_reached_from_outside, knock};

/// What is right and what is not, as far as that can be seen from here.
pub(super) async fn findings(sms: SmsProvider, carriers: &Carriers, public_url: &PublicUrl) -> Vec<Finding> {
    let mut found = vec![reachable(sms, public_url).await];
    if found.iter().all(Finding::is_good) {
        found.extend(way_in(carriers).await);
    }
    if sms == SmsProvider::Http {
        found.push(Finding::good(format!(
            "Reports ask for their address by themselves. For what people answer, enter it at the gateway, with the method \
             POST (at Jasmin an HTTP connector and an MO route): {}. Nobody else may know it.",
            carriers.reports_to
        )));
    }
    found
}

async fn reachable(sms: SmsProvider, public_url: &PublicUrl) -> Finding {
    if !can_be_reached_from_outside(public_url.origin()) {
        let sentence = format!(
            "{public_url} is this machine only: the provider cannot report what was delivered. Set ANTESALA_PUBLIC_URL."
        );
        let is_close = sms == SmsProvider::Http;
        return if is_close { Finding::doubtful(sentence) } else { Finding::bad(sentence) };
    }
    if answers(&format!("{public_url}/livez")).await {
        Finding::good(format!("{public_url} answers from here."))
    } else {
        Finding::doubtful(format!(
            "{public_url} does not answer from here. Reports need it to answer the provider: is the server running?"
        ))
    }
}

/// Whether a report would get as far as the server. None where none is expected.
async fn way_in(carriers: &Carriers) -> Option<Finding> {
    let door = &carriers.reports_to;
    if let Some(secret) = &carriers.callbacks.gateway_secret {
        // The address as it may be shown in a ticket.
        let shown = door.replace(secret.expose_secret(), "…");
        return Some(match knock(door).await {
            Some((200, answer)) if answer == ACKNOWLEDGED => Finding::good("Reports of the gateway get through."),
            Some((404, answer)) if is_ours(&answer) => Finding::bad(
                "The server has another address for reports: run this with the service's own settings and data folder, \
                 which hold the key it is made of.",
            ),
            answer => blocked(&shown, answer),
        });
    }
    carriers.callbacks.twilio_token.as_ref()?;
    Some(match knock(door).await {
        Some((403, answer)) if is_ours(&answer) => {
            Finding::good(format!("Reports get through to {door}, and one that Twilio has not signed is refused."))
        }
        Some((404, answer)) if is_ours(&answer) => {
            Finding::bad("The server expects no reports of Twilio: start it anew with these settings.")
        }
        answer => blocked(door, answer),
    })
}

/// A refusal of this program names a reference; one of a proxy or a firewall does not.
fn is_ours(answer: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(answer).is_ok_and(|answer| answer.get("reference").is_some())
}

fn blocked(door: &str, answer: Option<(u16, String)>) -> Finding {
    let said = answer.map_or_else(|| "nothing".to_owned(), |(status, _)| status.to_string());
    Finding::bad(format!(
        "A report to {door} is answered with {said}, and not by this program. Something in between keeps it out: let POST \
         to /callbacks/ through the proxy or firewall, without a sign-in, a redirect or a test for browsers."
    ))
}
