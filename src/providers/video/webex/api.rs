//! How Webex is asked: one request at a time, with a deadline, following no redirect, and never with a `Content-Type` where
//! there is no body.
//!
//! What may safely be asked twice is asked once more when no answer came; what makes something new never is. A 401 means
//! that nothing was done: then a newer token is waited for, briefly. Never logs an address, a body or a token.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use reqwest::header::{CONTENT_TYPE, HeaderMap, LINK, RETRY_AFTER, WARNING};
use reqwest::{Client, Method, RequestBuilder, Response, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::bearer::Bearer;
use super::breaker::Breaker;
use super::trouble::{Repeatable, Trouble};
use crate::clock::Clock;
use crate::domain::meeting::Obstacle;

/// How long until a connection stands.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);

/// How long Webex may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(8);

/// The longest answer we read, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;

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

/// An answer that is no error.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Where the list goes on.
    next: Option<Url>,
    /// Whether Webex ignored something that was asked for.
    pub(super) ignored_some: bool,
    body: Vec<u8>,
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
        let result = send(self.request(method, url, body, token), repeatable).await;
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

impl Answer {
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, Trouble> {
        let shape = if self.body.is_empty() { b"{}" } else { self.body.as_slice() };
        serde_json::from_slice(shape).map_err(|_| Trouble::unanswered(Obstacle::Unreadable))
    }
}

async fn send(request: RequestBuilder, repeatable: Repeatable) -> Result<Answer, Trouble> {
    let lost = match repeatable {
        Repeatable::Yes => Obstacle::Down,
        Repeatable::No => Obstacle::Lost,
    };
    let response = request.send().await.map_err(|error| {
        let is_unsent = error.is_connect() || error.is_builder();
        Trouble::unanswered(if is_unsent { Obstacle::Down } else { lost })
    })?;
    let status = response.status();
    let headers = response.headers().clone();
    let body = read(response).await.ok_or(Trouble::unanswered(lost))?;
    if !status.is_success() {
        let (tracking, after) = (text(&headers, "trackingid"), retry_after(&headers));
        return Err(Trouble::answered(status.as_u16(), &body, tracking, after, repeatable));
    }
    let ignored_some = text(&headers, WARNING.as_str()).is_some_and(|warning| warning.contains("1001"));
    Ok(Answer { status: status.as_u16(), next: next_page(&headers), ignored_some, body })
}

async fn read(mut response: Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if body.len() + chunk.len() > LONGEST {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body)
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// Seconds; a date counts as nothing said.
fn retry_after(headers: &HeaderMap) -> Option<SignedDuration> {
    text(headers, RETRY_AFTER.as_str())?.trim().parse().ok().map(SignedDuration::from_secs)
}

/// The `next` of an RFC 8288 `Link`, without the `max=null` that Webex may put there.
fn next_page(headers: &HeaderMap) -> Option<Url> {
    let links = headers.get_all(LINK).iter().filter_map(|link| link.to_str().ok()).flat_map(|link| link.split(','));
    let next = links.filter_map(|link| link.trim().strip_prefix('<')?.split_once('>')).find_map(|(url, rest)| {
        rest.split(';').any(|part| matches!(part.trim(), "rel=\"next\"" | "rel=next")).then_some(url)
    })?;
    let mut url = Url::parse(next).ok()?;
    let kept: Vec<_> = url
        .query_pairs()
        .into_owned()
        .filter(|(name, value)| (name.as_str(), value.as_str()) != ("max", "null"))
        .collect();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(link: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(LINK, link.parse().unwrap());
        next_page(&headers).map(String::from)
    }

    #[test]
    fn the_next_page_loses_the_nonsense_in_its_address() {
        assert_eq!(
            next(r#"<https://webexapis.com/v1/people?max=null&cursor=b%3D2>; rel="next""#).as_deref(),
            Some("https://webexapis.com/v1/people?cursor=b%3D2")
        );
        assert_eq!(
            next(r#"<https://a.example/1>; rel="first", <https://a.example/3?max=5>; rel="next""#).as_deref(),
            Some("https://a.example/3?max=5")
        );
        assert_eq!(next(r#"<https://a.example/1>; rel="prev""#), None);
        assert_eq!(next("nonsense"), None);
    }
}
