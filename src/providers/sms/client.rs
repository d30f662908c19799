//! How we talk HTTP to providers: with deadlines, following no redirect, and never keeping an answer that is too long.
//!
//! Never says what an answer means.

use std::time::Duration;

use jiff::SignedDuration;
use reqwest::header::{ACCEPT, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode};

use crate::providers::body;

/// How long a provider may take to answer. Much less than a lease lasts.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// How long until a connection stands.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);

/// Why a provider cannot be used with these settings.
#[derive(Debug, thiserror::Error)]
pub enum CannotStart {
    /// The TLS stack or the trusted certificates.
    #[error("this machine's trusted certificates cannot be read")]
    Client(#[source] reqwest::Error),
    /// A setting that is needed is not there.
    #[error("{0} is needed for this; `antesala --help` explains it")]
    Missing(&'static str),
    /// A setting makes no sense.
    #[error("{setting} cannot be used: {why}")]
    Wrong {
        /// Which.
        setting: &'static str,
        /// Why.
        why: &'static str,
    },
}

/// What came back.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    /// What the provider asks for in `Retry-After`, in seconds; a date counts as nothing.
    pub(super) retry_after: Option<SignedDuration>,
    pub(super) body: Vec<u8>,
}

/// Why nothing came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Silence {
    /// The request certainly did not reach anybody.
    NotSent,
    /// It may have.
    Lost,
}

/// A client whose requests end after `within`, answered or not.
pub(super) fn client(within: Duration) -> Result<Client, CannotStart> {
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(within)
        .connect_timeout(CONNECT_WITHIN)
        .user_agent(concat!("antesala/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(CannotStart::Client)
}

/// Sends a request and reads the answer whole.
pub(super) async fn ask(request: reqwest::RequestBuilder) -> Result<Reply, Silence> {
    let response = request.send().await.map_err(|error| {
        let is_unsent = error.is_connect() || error.is_builder();
        if is_unsent { Silence::NotSent } else { Silence::Lost }
    })?;
    let status = response.status();
    let retry_after = retry_after(&response);
    Ok(Reply { status, retry_after, body: body::read(response).await.ok_or(Silence::Lost)? })
}

/// Whether something answers there with success.
pub async fn answers(url: &str) -> bool {
    let Ok(client) = client(ANSWER_WITHIN) else { return false };
    ask(client.get(url)).await.is_ok_and(|reply| reply.status.is_success())
}

/// What an empty form posted there is answered with, status and text; none where nobody answers.
pub async fn knock(url: &str) -> Option<(u16, String)> {
    let client = client(ANSWER_WITHIN).ok()?;
    let request = client.post(url).header(ACCEPT, "application/json").form::<[(&str, &str)]>(&[]);
    let reply = ask(request).await.ok()?;
    Some((reply.status.as_u16(), reply.text().to_owned()))
}

/// Whether an origin names more than this machine.
#[must_use]
pub fn can_be_reached_from_outside(origin: &str) -> bool {
    let host = origin.split_once("://").map_or(origin, |(_, rest)| rest);
    !["localhost", "127.", "[::1]"].iter().any(|own| host.starts_with(own))
}

impl Reply {
    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or_default()
    }
}

fn retry_after(response: &Response) -> Option<SignedDuration> {
    let seconds: i64 = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    (seconds >= 0).then(|| SignedDuration::from_secs(seconds))
}
