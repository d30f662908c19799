//! Guests: one for each seat, made at the moment they join.
//!
//! The current way is the service app's; a guest issuer of before 2026 still works. Never makes a guest before they are
//! admitted (its caller sees to that), never prints a token.

use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::Method;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::api::{Ask, Body, Proof};
use super::{Joiner, Trouble, Webex};
use crate::domain::meeting::Obstacle;
use crate::providers::video::Guest;

/// Where guests come from.
pub(super) enum Minting {
    /// From the service app.
    ServiceApp,
    /// From an issuer, whose secret is the key.
    Issuer { id: String, key: EncodingKey },
}

/// A guest, able to enter.
#[derive(Debug)]
pub(super) struct Minted {
    pub(super) token: SecretString,
    pub(super) lives_for: SignedDuration,
    pub(super) guest: Guest,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AppGuest {
    id: Option<String>,
    email: Option<String>,
    access_token: SecretString,
    expires_in: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct IssuedGuest {
    token: SecretString,
    expires_in: i64,
}

/// What an issuer signs. `exp` is a whole number.
#[derive(Serialize)]
struct Claims<'a> {
    sub: &'a str,
    name: &'a str,
    iss: &'a str,
    exp: i64,
}

impl Webex {
    /// Makes a guest of a seat. The same seat is the same guest, with a token of its own each time.
    pub(super) async fn mint_guest(&self, seat: &Joiner) -> Result<Minted, Trouble> {
        match &self.minting {
            Minting::ServiceApp => self.guest_of_app(seat).await,
            Minting::Issuer { id, key } => self.guest_of_issuer(seat, id, key).await,
        }
    }

    async fn guest_of_app(&self, seat: &Joiner) -> Result<Minted, Trouble> {
        let ask = Ask {
            name: "make guest",
            method: Method::POST,
            path: &["guests", "token"],
            query: vec![],
            body: Body::Json(json!({ "subject": seat.subject, "displayName": seat.name })),
            proof: Proof::App,
        };
        let made: AppGuest = self.api.read(ask).await?;
        Ok(Minted {
            token: made.access_token,
            lives_for: SignedDuration::from_secs(made.expires_in),
            guest: Guest { id: made.id, email: made.email },
        })
    }

    async fn guest_of_issuer(&self, seat: &Joiner, issuer: &str, key: &EncodingKey) -> Result<Minted, Trouble> {
        let claims = Claims { sub: &seat.subject, name: &seat.name, iss: issuer, exp: seat.until.as_second() };
        let signed = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, key);
        let proof = SecretString::from(signed.map_err(|_| Trouble::unanswered(Obstacle::NotSetUp))?);
        let ask = Ask {
            name: "log guest in",
            method: Method::POST,
            path: &["jwt", "login"],
            query: vec![],
            body: Body::None,
            proof: Proof::Own(&proof),
        };
        let made: IssuedGuest = self.api.read(ask).await?;
        let lives_for = SignedDuration::from_secs(made.expires_in);
        // Its address is told by nobody before it is in a meeting.
        let guest = Guest { id: Some(seat.subject.clone()), email: None };
        Ok(Minted { token: made.token, lives_for, guest })
    }
}
