//! How Webex is asked: one request at a time, with a deadline, following no redirect, and never with a `Content-Type` where
//! there is no body.
//!
//! What may safely be asked twice is asked once more when no answer came; what makes something new never is. A 401 means
//! that nothing was done: then a newer token is waited for, briefly. Never logs an address, a body or a token.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Method, RequestBuilder, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::answer::{self, Answer};
use super::bearer::Bearer;
use super::breaker::Breaker;
use super::trouble::{Repeatable, Trouble};
use crate::clock::Clock;
use crate::domain::meeting::Obstacle;

/// How long until a connection stands.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);

/// How long Webex may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(8);

/// How many pages of a list we read.
const MOST_PAGES: usize = 100;

/// What a request carries.
pub(super) enum Body {
    None,
    Json(Value),
    /// A change to something, whose content type is set by whoever runs this.
    Merge(Value),
    Form(Vec<(&'static str, SecretString)>),
}

/// With what a request proves who asks.
pub(super) enum Proof<'a> {
    /// The token of the service app.
    App,
    /// A token of its own.
    Own(&'a SecretString),
    None,
}

/// One request.
pub(super) struct Ask<'a> {
    /// What it is called in metrics and logs.
    pub(super) name: &'static str,
    pub(super) method: Method,
    /// The segments of its path.
    pub(super) path: &'a [&'a str],
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) body: Body,
    pub(super) proof: Proof<'a>,
}

/// Webex's REST API at one address.
pub(super) struct Api {
    http: Client,
    base: Url,
    merge_type: String,
    pub(super) bearer: Arc<Bearer>,
    pub(super) breaker: Breaker,
    pub(super) clock: Clock,
}

impl Api {
    pub(super) fn new(
        base: Url,
        merge_type: String,
        bearer: Arc<Bearer>,
        clock: Clock,
    ) -> Result<Self, reqwest::Error> {
        let http = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(ANSWER_WITHIN)
            .connect_timeout(CONNECT_WITHIN)
            .user_agent(concat!("antesala/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { http, base, merge_type, bearer, breaker: Breaker::default(), clock })
    }

    /// Asks, and reads the answer.
    pub(super) async fn read<T: DeserializeOwned>(&self, ask: Ask<'_>) -> Result<T, Trouble> {
        self.ask(ask).await?.read()
    }

    /// Asks for a list, page after page.
    pub(super) async fn list<T: DeserializeOwned>(&self, ask: Ask<'_>) -> Result<Vec<T>, Trouble> {
        let (name, proof) = (ask.name, &ask.proof);
        let mut url = self.url(ask.path, &ask.query)?;
        let mut all = Vec::new();
        for _ in 0..MOST_PAGES {
            let (mut items, next) = self.page_at(name, &url, proof).await?;
            all.append(&mut items);
            match next {
                Some(next) => url = next,
                None => return Ok(all),
            }
        }
        Ok(all)
    }

    /// One page of a list: the one at `from`, which an earlier page told, or the first.
    pub(super) async fn page<T: DeserializeOwned>(
        &self,
        ask: Ask<'_>,
        from: Option<&str>,
    ) -> Result<(Vec<T>, Option<String>), Trouble> {
        let url = match from {
            Some(from) => Url::parse(from)
                .ok()
                .filter(|url| url.origin() == self.base.origin())
                .ok_or_else(|| Trouble::unanswered(Obstacle::Unreadable))?,
            None => self.url(ask.path, &ask.query)?,
        };
        let (items, next) = self.page_at(ask.name, &url, &ask.proof).await?;
        Ok((items, next.map(String::from)))
    }

    async fn page_at<T: DeserializeOwned>(
        &self,
        name: &'static str,
        url: &Url,
        proof: &Proof<'_>,
    ) -> Result<(Vec<T>, Option<Url>), Trouble> {
        #[derive(serde::Deserialize)]
        struct Page<T> {
            #[serde(default = "Vec::new")]
            items: Vec<T>,
        }
        let answer = self.go(name, &Method::GET, url, &Body::None, proof).await?;
        let items = answer.read::<Page<T>>()?.items;
        match answer.next {
            // The token goes nowhere else.
            Some(next) if next.origin() != self.base.origin() => Err(Trouble::unanswered(Obstacle::Unreadable)),
            next => Ok((items, next)),
        }
    }

    pub(super) async fn ask(&self, ask: Ask<'_>) -> Result<Answer, Trouble> {
        let url = self.url(ask.path, &ask.query)?;
        self.go(ask.name, &ask.method, &url, &ask.body, &ask.proof).await
    }

    /// As [`Self::ask`], where to be refused is no news: nothing is logged or counted.
    pub(super) async fn probe(&self, ask: Ask<'_>) -> Result<(), Trouble> {
        let url = self.url(ask.path, &ask.query)?;
        self.go_with_a_token(&ask.method, &url, &ask.body, &ask.proof).await.map(drop)
    }

    fn url(&self, path: &[&str], query: &[(&'static str, String)]) -> Result<Url, Trouble> {
        let mut url = self.base.clone();
        match url.path_segments_mut() {
            Ok(mut segments) => drop(segments.pop_if_empty().extend(path)),
            Err(()) => return Err(Trouble::unanswered(Obstacle::NotSetUp)),
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }

    async fn go(
        &self,
        name: &'static str,
        method: &Method,
        url: &Url,
        body: &Body,
        proof: &Proof<'_>,
    ) -> Result<Answer, Trouble> {
        let result = self.go_with_a_token(method, url, body, proof).await;
        let outcome = result.as_ref().map_or_else(|trouble| trouble.obstacle.as_str(), |_| "done");
        metrics::counter!("antesala_webex_requests_total", "call" => name, "outcome" => outcome).increment(1);
        if let Err(trouble) = &result {
            tracing::warn!(call = name, %trouble, "Webex did not do what was asked");
        }
        result
    }

    async fn go_with_a_token(
        &self,
        method: &Method,
        url: &Url,
        body: &Body,
        proof: &Proof<'_>,
    ) -> Result<Answer, Trouble> {
        let Proof::App = proof else {
            let token = if let Proof::Own(token) = proof { Some(*token) } else { None };
            return self.go_safely(method, url, body, token).await;
        };
        let held = self.bearer.current(self.clock.now()).ok_or(Trouble::unanswered(Obstacle::SignedOut))?;
        let result = self.go_safely(method, url, body, Some(&held)).await;
        let Err(trouble) = result else { return result };
        if trouble.status != Some(401) {
            return Err(trouble);
        }
        // Refused before anything was done: with a newer token it may be asked again, whatever it is.
        match self.bearer.newer_than(&held).await {
            Some(newer) => self.go_safely(method, url, body, Some(&newer)).await,
            None => Err(trouble),
        }
    }

    /// Once, or once more where that does no harm.
    async fn go_safely(
        &self,
        method: &Method,
        url: &Url,
        body: &Body,
        token: Option<&SecretString>,
    ) -> Result<Answer, Trouble> {
        let repeatable = if *method == Method::POST { Repeatable::No } else { Repeatable::Yes };
        let first = self.go_once(method, url, body, token, repeatable).await;
        let is_worth_another = |trouble: &Trouble| trouble.obstacle == Obstacle::Down;
        match first {
            Err(trouble) if repeatable == Repeatable::Yes && is_worth_another(&trouble) => {
                self.go_once(method, url, body, token, repeatable).await
            }
            other => other,
        }
    }

    async fn go_once(
        &self,
        method: &Method,
        url: &Url,
        body: &Body,
        token: Option<&SecretString>,
        repeatable: Repeatable,
    ) -> Result<Answer, Trouble> {
        if !self.breaker.lets_through(self.clock.now()) {
            return Err(Trouble::unanswered(Obstacle::Down));
        }
        let result = answer::send(self.request(method, url, body, token), repeatable).await;
        match &result {
            Err(trouble) if matches!(trouble.obstacle, Obstacle::Down | Obstacle::Lost) => {
                self.breaker.failed(self.clock.now());
            }
            _ => self.breaker.answered(),
        }
        result
    }

    fn request(&self, method: &Method, url: &Url, body: &Body, token: Option<&SecretString>) -> RequestBuilder {
        let mut request = self.http.request(method.clone(), url.clone());
        if let Some(token) = token {
            request = request.bearer_auth(token.expose_secret());
        }
        match body {
            Body::None if *method == Method::POST => request.body(Vec::new()),
            Body::None => request,
            Body::Json(value) => request.json(value),
            Body::Merge(value) => request.header(CONTENT_TYPE, &self.merge_type).body(value.to_string()),
            Body::Form(fields) => {
                let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.expose_secret())).collect();
                request.form(&fields)
            }
        }
    }
}
