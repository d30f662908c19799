//! Who may ask: the service app's tokens with their rotation and ends, guests of both kinds, and the bot.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{BOT, CLIENT, CLIENT_SECRET, Caller, FIRST_REFRESH, ISSUER, ISSUER_SECRET, Said, State, error, text};
use crate::stub::{Reaction, Request};

/// The service app's, and how often they were renewed.
pub(crate) struct Tokens {
    pub(crate) access: Option<(String, Timestamp)>,
    pub(crate) refresh: (String, Timestamp),
    pub(crate) renewals: usize,
    pub(crate) guests: Vec<(String, String)>,
}

impl Tokens {
    pub(super) fn fresh(now: Timestamp) -> Self {
        let refresh = (FIRST_REFRESH.to_owned(), now + SignedDuration::from_hours(24 * 90));
        Self { access: None, refresh, renewals: 0, guests: Vec::new() }
    }
}

pub(super) fn caller(state: &State, request: &Request) -> Result<Caller, Reaction> {
    let token = request.header("authorization").and_then(|given| given.strip_prefix("Bearer ")).unwrap_or_default();
    if token == BOT {
        return Ok(Caller::Bot);
    }
    match &state.tokens.access {
        Some((access, until)) if access == token && state.now() < *until => Ok(Caller::App),
        _ => Err(error(401, "The request requires a valid access token set in the Authorization request header.")),
    }
}

pub(super) fn renew(state: &mut State, request: &Request) -> Said {
    let oauth = |status, error: &str| {
        Reaction::json(status, &json!({ "error": error, "error_description": "No", "trackingId": super::TRACKING }))
    };
    let kind = request.header("content-type").unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") || request.field("grant_type") != "refresh_token" {
        return Err(oauth(400, "invalid_request"));
    }
    if (request.field("client_id"), request.field("client_secret")) != (CLIENT, CLIENT_SECRET) {
        return Err(oauth(401, "invalid_client"));
    }
    let (now, lives) = (state.now(), state.refresh_lives);
    let tokens = &mut state.tokens;
    if request.field("refresh_token") != tokens.refresh.0 || now >= tokens.refresh.1 {
        return Err(oauth(400, "invalid_grant"));
    }
    tokens.renewals += 1;
    let access = format!("access-{}-{}", tokens.renewals, "x".repeat(2000));
    tokens.refresh = (format!("refresh-{}", tokens.renewals), now + lives);
    tokens.access = Some((access.clone(), now + SignedDuration::from_secs(1_209_600)));
    Ok(Reaction::json(
        200,
        &json!({
            "access_token": access, "expires_in": 1_209_600, "refresh_token": tokens.refresh.0,
            "refresh_token_expires_in": lives.as_secs(), "token_type": "Bearer",
        }),
    ))
}

pub(super) fn guest(state: &mut State, body: &Value) -> Said {
    state.needs(&["guest-issuer:write"])?;
    let (subject, name) = (text(body, "subject"), text(body, "displayName"));
    if subject.is_empty() || name.is_empty() {
        return Err(error(400, "subject and displayName are required"));
    }
    state.tokens.guests.push((subject.to_owned(), name.to_owned()));
    let token = format!("guest-{}-{}", state.tokens.guests.len(), "y".repeat(2100));
    Ok(Reaction::json(
        200,
        &json!({
            "id": format!("person-of-{subject}"), "subject": subject, "displayName": name,
            "email": email_of(subject), "accessToken": token, "expiresIn": 64_799,
        }),
    ))
}

/// The address it makes up for a guest.
pub(crate) fn email_of(subject: &str) -> String {
    format!("{subject}@guest.webex.example")
}

pub(super) fn log_in(state: &mut State, request: &Request) -> Said {
    let refused = |why: &str| Err(error(401, why));
    if !request.body.is_empty() {
        return Err(error(400, "There is no body"));
    }
    let token = request.header("authorization").and_then(|given| given.strip_prefix("Bearer ")).unwrap_or_default();
    let parts: Vec<&str> = token.split('.').collect();
    let [head, claims, signature] = parts.as_slice() else { return refused("Not a JWT") };
    let mut mac = Hmac::<Sha256>::new_from_slice(&STANDARD.decode(ISSUER_SECRET).unwrap()).unwrap();
    mac.update(format!("{head}.{claims}").as_bytes());
    if mac.verify_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap_or_default()).is_err() {
        return refused("The signature is wrong");
    }
    let read = |part: &str| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    let (head, claims) = (read(head), read(claims));
    let subject = text(&claims, "sub");
    let is_subject = !subject.is_empty() && subject.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_good = head["alg"] == "HS256"
        && claims["iss"] == ISSUER
        && is_subject
        && claims["exp"].as_i64().is_some_and(|end| end > state.now().as_second());
    if !is_good {
        return refused("The claims are wrong");
    }
    state.tokens.guests.push((subject.to_owned(), text(&claims, "name").to_owned()));
    let token = format!("issued-{}", state.tokens.guests.len());
    Ok(Reaction::json(200, &json!({ "token": token, "expiresIn": 21_599 })))
}
