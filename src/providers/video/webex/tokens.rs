//! Renewing the service app's tokens: an access token for two weeks, a refresh token for three months.
//!
//! Never keeps what it gets: whoever asked stores both, each time.

use jiff::SignedDuration;
use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::api::{Ask, Body, Proof};
use super::{Trouble, Webex};

/// The service app, as it was set up.
pub(super) struct App {
    pub(super) client_id: String,
    pub(super) client_secret: SecretString,
    pub(super) refresh_token: SecretString,
}

/// Both tokens of the service app.
#[derive(Clone, Debug)]
pub struct Renewed {
    /// For requests.
    pub access: SecretString,
    /// How long it is good.
    pub access_lives: SignedDuration,
    /// For the next renewal.
    pub refresh: SecretString,
    /// How long it is good.
    pub refresh_lives: SignedDuration,
}

#[derive(Deserialize)]
struct Granted {
    access_token: SecretString,
    expires_in: i64,
    /// Webex sends it each time; where it does not, the old one goes on.
    refresh_token: Option<SecretString>,
    refresh_token_expires_in: i64,
}

impl Webex {
    /// The refresh token it was set up with.
    #[must_use]
    pub const fn first_refresh_token(&self) -> &SecretString {
        &self.app.refresh_token
    }

    /// What tells one set-up from another without saying anything about it.
    #[must_use]
    pub fn setup_digest(&self) -> [u8; 32] {
        let app = &self.app;
        let parts = [&app.client_id, app.refresh_token.expose_secret()].map(|part| Sha256::digest(part.as_bytes()));
        Sha256::digest(parts.concat()).into()
    }

    /// `POST /access_token`: both tokens anew.
    ///
    /// # Errors
    /// [`Trouble`]; `signed_out` when the refresh token is no longer good.
    pub async fn renew(&self, refresh: &SecretString) -> Result<Renewed, Trouble> {
        let app = &self.app;
        let form = vec![
            ("grant_type", SecretString::from("refresh_token")),
            ("client_id", app.client_id.clone().into()),
            ("client_secret", app.client_secret.clone()),
            ("refresh_token", refresh.clone()),
        ];
        let ask = Ask {
            name: "renew tokens",
            method: Method::POST,
            path: &["access_token"],
            query: vec![],
            body: Body::Form(form),
            proof: Proof::None,
        };
        let granted: Granted = self.api.read(ask).await?;
        Ok(Renewed {
            access: granted.access_token,
            access_lives: SignedDuration::from_secs(granted.expires_in),
            refresh: granted.refresh_token.unwrap_or_else(|| refresh.clone()),
            refresh_lives: SignedDuration::from_secs(granted.refresh_token_expires_in),
        })
    }
}
