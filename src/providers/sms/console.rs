//! The provider that sends nothing: staff read the message, its link and its QR code on the *Messages* page.
//!
//! Never prints a name, a number, a text or a link: the log says that a message exists, and nothing else.

use super::{Answer, Carrier, Finding, Outcome, Outgoing, Reach, Receipt, Sighting, Sought};
use crate::domain::message::MessageStatus;

/// Sends nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Console;

impl Carrier for Console {
    fn send<'a>(&'a self, message: &'a Outgoing) -> Answer<'a, Outcome> {
        tracing::info!(message_id = %message.id, "a message is ready on the Messages page; nothing leaves the house");
        Box::pin(std::future::ready(Outcome::Accepted(shown())))
    }

    /// What nobody sends is as good as shown.
    fn look_up<'a>(&'a self, _: &'a Outgoing, _: &'a Sought) -> Answer<'a, Sighting> {
        Box::pin(std::future::ready(Sighting::Found(shown())))
    }

    fn check(&self) -> Answer<'_, Vec<Finding>> {
        let sentence = "Text messages do not leave this server: staff read links out from the Messages page. \
                        Set ANTESALA_SMS to twilio or http to send them.";
        Box::pin(std::future::ready(vec![Finding::doubtful(sentence)]))
    }

    fn reach(&self) -> Reach {
        Reach::House
    }
}

const fn shown() -> Receipt {
    Receipt::of(None, MessageStatus::Sent)
}
