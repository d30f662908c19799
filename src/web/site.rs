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
use crate::domain::hospital::Hospital;
use crate::hub::Hub;
use crate::messages::Messages;
use crate::protocol::seat::Texting;
use crate::providers::sms::Sending;
use crate::store::Store;
use crate::store::hospital::Live;
use crate::web::client;
use crate::web::sdk::Sdk;
use crate::web::webex::Reception;

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
    /// The browser SDK of Webex, where the hospital has one.
    pub sdk: Option<Sdk>,
    /// What admins set for the hospital.
    pub settings: Live,
    /// Whether text messages reach families.
    pub texting: Texting,
    /// How messages leave, and how their reports come back.
    pub sending: Sending,
    /// What the doors of Webex need, where it is set up.
    pub webex: Option<Reception>,
    /// Whether the node is stopping: not ready, and no new sockets.
    pub draining: Arc<AtomicBool>,
}

impl Site {
    /// The hospital as it is now.
    #[must_use]
    pub fn hospital(&self) -> Arc<Hospital> {
        self.settings.now()
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
