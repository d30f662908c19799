//! What handlers share.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::HttpRequest;
use secrecy::SecretString;

use crate::auth::form_token::FormTokens;
use crate::auth::guessing::{Guesses, Limit, Network};
use crate::auth::links::LinkKey;
use crate::auth::password::Passwords;
use crate::clock::Clock;
use crate::config::PublicUrl;
use crate::domain::person::{Country, Language};
use crate::domain::schedule::LinkWindow;
use crate::hub::Hub;
use crate::messages::Messages;
use crate::store::Store;
use crate::web::client;
use crate::web::patient::views::Hospital;

/// What handlers share.
pub struct Site {
    /// Where things are kept.
    pub store: Store,
    /// Live visits and boards.
    pub hub: Hub,
    /// The time.
    pub clock: Clock,
    /// Messages as staff see them.
    pub messages: Messages,
    /// Where links come from.
    pub link_key: LinkKey,
    /// When links go out, and how long they last.
    pub link_window: LinkWindow,
    /// Where browsers reach this server.
    pub public_url: PublicUrl,
    /// Whose forwarded address counts.
    pub trusted_proxies: Vec<IpAddr>,
    /// Hashes and verifies staff passwords.
    pub passwords: Passwords,
    /// Bounds guessing of passwords.
    pub guesses: Guesses,
    /// Bounds guessing of links, by address.
    pub link_guesses: Limit<Network>,
    /// Proves that a form is ours.
    pub form_tokens: FormTokens,
    /// Lets other machines read the metrics.
    pub metrics_token: Option<SecretString>,
    /// The hospital's name.
    pub hospital: String,
    /// Whom families can call.
    pub help_phone: Option<String>,
    /// The hospital's IANA zone.
    pub zone: String,
    /// Country of numbers written without one.
    pub country: Country,
    /// The language of a reader who shows none that the house speaks.
    pub language: Language,
    /// Whether the node is stopping: not ready, and no new sockets.
    pub draining: Arc<AtomicBool>,
}

impl Site {
    /// The hospital, as families see it.
    #[must_use]
    pub fn hospital(&self) -> Hospital<'_> {
        Hospital { name: &self.hospital, help_phone: self.help_phone.as_deref() }
    }

    /// Whether the node is stopping.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }

    /// The address of whoever asks.
    #[must_use]
    pub fn client(&self, request: &HttpRequest) -> IpAddr {
        client::address(request, &self.trusted_proxies)
    }
}
