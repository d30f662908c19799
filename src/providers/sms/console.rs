//! The provider that sends nothing: staff read the message, its link and its QR code on the *Messages* page.
//!
//! Never prints a name, a number, a text or a link: the log says that a message exists, and nothing else.

use std::pin::Pin;

use super::{Outcome, Sms, TextMessage};

/// Sends nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Console;

impl Sms for Console {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Pin<Box<dyn Future<Output = Outcome> + Send + 'a>> {
        tracing::info!(message_id = %message.id, "a message is ready on the Messages page; nothing leaves the house");
        Box::pin(std::future::ready(Outcome::Accepted))
    }
}
