//! What Webex answers: sent, read within a bound, and told apart by whether it may safely be asked again.
//!
//! Never follows a link by itself, and never logs a body.

use jiff::SignedDuration;
use reqwest::header::{HeaderMap, LINK, RETRY_AFTER, WARNING};
use reqwest::{RequestBuilder, Url};
use serde::de::DeserializeOwned;

use super::trouble::{Repeatable, Trouble};
use crate::domain::meeting::Obstacle;
use crate::providers::body;

/// An answer that is no error.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Where the list goes on.
    pub(super) next: Option<Url>,
    /// Whether Webex ignored something that was asked for.
    pub(super) ignored_some: bool,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, Trouble> {
        let shape = if self.body.is_empty() { b"{}" } else { self.body.as_slice() };
        serde_json::from_slice(shape).map_err(|_| Trouble::unanswered(Obstacle::Unreadable))
    }
}

/// Sends a request. No answer to what is not [`Repeatable`] may mean that it was done.
pub(super) async fn send(request: RequestBuilder, repeatable: Repeatable) -> Result<Answer, Trouble> {
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
    let body = body::read(response).await.ok_or(Trouble::unanswered(lost))?;
    if !status.is_success() {
        let (tracking, after) = (text(&headers, "trackingid"), retry_after(&headers));
        return Err(Trouble::answered(status.as_u16(), &body, tracking, after, repeatable));
    }
    let ignored_some = text(&headers, WARNING.as_str()).is_some_and(|warning| warning.contains("1001"));
    Ok(Answer { status: status.as_u16(), next: next_page(&headers), ignored_some, body })
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
