//! Refuses unsafe requests that another site made the browser send.
//!
//! `Sec-Fetch-Site` decides where browsers send it. Without it (older Safari, plain http) our own `Origin` is accepted; and
//! `null` or none, which form posts send under `Referrer-Policy: no-referrer`, only with a valid form token.

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, web};
use futures_util::future::{Ready, ready};
use futures_util::{StreamExt, TryStreamExt, stream};

use super::access::CALLBACKS;
use super::cookies::{self, Name};
use super::problem::Problem;
use super::site::Site;
use crate::auth::secret::Secret16;
use crate::config::PublicUrl;

/// The hidden field of every form, and the header of every script's request, that carries the form token.
pub const FIELD: &str = "form_token";
const HEADER: &str = "x-form-token";

/// The longest form without a file, in bytes.
const LONGEST_FORM: usize = 256 * 1024;

/// Within how many bytes the first field of a form with a file ends.
const FIRST_FIELD: usize = 1024;

/// The form token of whoever asks, for the forms of a page.
#[derive(Clone, Debug)]
pub struct FormToken(String);

/// What the headers say about where a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Ours,
    Foreign,
    Unclear,
}

impl FormToken {
    /// For the hidden field [`FIELD`].
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromRequest for FormToken {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.extensions().get::<Self>().cloned().ok_or(Problem::Unavailable(None)))
    }
}

/// Middleware: see the module. Also gives each browser the cookie its form tokens are bound to.
///
/// # Errors
/// Those of the inner service; what another site sent gets a response.
pub async fn guard<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let Some(site) = request.app_data::<web::Data<Site>>().cloned() else {
        return Ok(request.error_response(Problem::Unavailable(None)).map_into_right_body());
    };
    let held = cookies::read_secret(request.request(), &site.public_url, Name::Form);
    // Also for the page that a refused form ends on.
    if let Some(held) = &held {
        request.extensions_mut().insert(FormToken(site.form_tokens.of(held)));
    }
    // Providers show neither an origin nor a token, and a browser that is made to send there has nothing to lend: what
    // counts behind those doors is a signature, or an address that nobody can guess.
    let is_for_providers = request.path().starts_with(CALLBACKS);
    if !request.method().is_safe()
        && !is_for_providers
        && let Err(why) = judge(&mut request, &site, held.as_ref()).await
    {
        tracing::warn!(why, "a cross-site request was refused");
        metrics::counter!("antesala_cross_site_refused_total").increment(1);
        return Ok(request.error_response(Problem::Forbidden).map_into_right_body());
    }
    let is_new = held.is_none();
    let secret = held.unwrap_or_else(Secret16::mint);
    request.extensions_mut().insert(FormToken(site.form_tokens.of(&secret)));
    let mut response = next.call(request).await?;
    if is_new && is_page(response.headers()) {
        let cookie = cookies::put(&site.public_url, Name::Form, secret.to_text());
        // Only a cookie with a malformed name can fail here; ours is constant.
        drop(response.response_mut().add_cookie(&cookie));
    }
    Ok(response.map_into_left_body())
}

/// Whether a WebSocket upgrade comes from one of our pages. Browsers always send `Origin` with it.
#[must_use]
pub fn is_our_origin(headers: &HeaderMap, public_url: &PublicUrl) -> bool {
    headers.get(header::ORIGIN).is_some_and(|origin| origin.as_bytes() == public_url.origin().as_bytes())
}

fn verdict(headers: &HeaderMap, public_url: &PublicUrl) -> Verdict {
    if let Some(site) = headers.get("sec-fetch-site") {
        return match site.as_bytes() {
            b"same-origin" | b"none" => Verdict::Ours,
            _ => Verdict::Foreign,
        };
    }
    match headers.get(header::ORIGIN).map(header::HeaderValue::as_bytes) {
        Some(origin) if origin == public_url.origin().as_bytes() => Verdict::Ours,
        None | Some(b"null") => Verdict::Unclear,
        Some(_) => Verdict::Foreign,
    }
}

/// Why an unsafe request is refused, if it is.
async fn judge(request: &mut ServiceRequest, site: &Site, held: Option<&Secret16>) -> Result<(), &'static str> {
    match verdict(request.headers(), &site.public_url) {
        Verdict::Ours => Ok(()),
        Verdict::Foreign => Err("sent by another site"),
        Verdict::Unclear => {
            let token = given_token(request).await;
            let is_valid = held.zip(token).is_some_and(|(held, token)| site.form_tokens.accepts(held, &token));
            if is_valid { Ok(()) } else { Err("no origin and no valid form token") }
        }
    }
}

fn is_page(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// The token in the header, else in a form's body, which is put back for the handler.
async fn given_token(request: &mut ServiceRequest) -> Option<String> {
    if let Some(token) = request.headers().get(HEADER) {
        return token.to_str().ok().map(str::to_owned);
    }
    let kind = request.headers().get(header::CONTENT_TYPE)?.as_bytes();
    let is_upload = kind.starts_with(b"multipart/form-data");
    if !is_upload && !kind.starts_with(b"application/x-www-form-urlencoded") {
        return None;
    }
    let mut payload = request.take_payload();
    let mut body = web::BytesMut::new();
    // Of a file only the beginning is needed; the rest is left for whoever reads it.
    while !is_upload || body.len() < FIRST_FIELD {
        let Some(chunk) = payload.try_next().await.ok()? else { break };
        if !is_upload && body.len() + chunk.len() > LONGEST_FORM {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    let token = if is_upload { token_of_upload(&body) } else { token_of_form(&body) };
    let token = token.and_then(|token| std::str::from_utf8(token).ok()).map(str::to_owned);
    let read = stream::once(ready(Ok(body.freeze())));
    request.set_payload(Payload::Stream { payload: Box::pin(read.chain(payload)) });
    token
}

fn token_of_form(body: &[u8]) -> Option<&[u8]> {
    body.split(|byte| *byte == b'&').find_map(|pair| pair.strip_prefix(FIELD.as_bytes())?.strip_prefix(b"="))
}

/// The token is the first field of a form with a file: whatever comes later is a stranger's.
fn token_of_upload(body: &[u8]) -> Option<&[u8]> {
    let start = body.get(..body.len().min(FIRST_FIELD))?;
    let (head, rest) = split_at(start, b"\r\n\r\n")?;
    let is_token = split_at(head, format!("name=\"{FIELD}\"").as_bytes()).is_some();
    is_token.then_some(split_at(rest, b"\r\n")?.0)
}

/// What stands before and after the first `mark`.
fn split_at<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes.windows(mark.len()).position(|window| window == mark)?;
    Some((bytes.get(..at)?, bytes.get(at + mark.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    fn judged(pairs: &[(&'static str, &'static str)]) -> Verdict {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        verdict(&headers, &"https://hospital.example".parse().unwrap())
    }

    #[test]
    fn the_token_is_found_in_both_kinds_of_forms() {
        assert_eq!(token_of_form(b"a=1&form_token=t&b=2"), Some(&b"t"[..]));
        let upload = b"--x\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\nt\r\n--x\r\n";
        assert_eq!(token_of_upload(upload), Some(&b"t"[..]));
        let later = b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nform_token\r\n\r\nt\r\n--x--";
        assert_eq!(token_of_upload(later), None);
        assert_eq!(token_of_upload(b""), None);
    }

    #[test]
    fn where_a_request_comes_from() {
        assert_eq!(judged(&[("sec-fetch-site", "same-origin")]), Verdict::Ours);
        assert_eq!(judged(&[("sec-fetch-site", "none")]), Verdict::Ours);
        assert_eq!(judged(&[("sec-fetch-site", "same-site")]), Verdict::Foreign);
        assert_eq!(
            judged(&[("sec-fetch-site", "cross-site"), ("origin", "https://hospital.example")]),
            Verdict::Foreign
        );
        assert_eq!(judged(&[("origin", "https://hospital.example")]), Verdict::Ours);
        assert_eq!(judged(&[("origin", "https://evil.example")]), Verdict::Foreign);
        assert_eq!(judged(&[("origin", "null")]), Verdict::Unclear);
        assert_eq!(judged(&[]), Verdict::Unclear);
    }
}
