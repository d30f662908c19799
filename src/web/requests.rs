//! Around every request: an id, one line in the log, metrics, and a page for those that failed.
//!
//! Never logs a path, which may hold a token: its pattern is logged.

use actix_web::body::{BodySize, BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, web};
use tracing::Instrument;
use uuid::Uuid;

use super::cookies::{self, Name};
use super::site::Site;
use super::{failures, flash};
use crate::clock::stopwatch;

/// A request's id: in the log, in `X-Request-Id`, and on the page of a failure.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(pub Uuid);

/// Middleware: see the module.
///
/// # Errors
/// Those of the inner service that are not responses.
pub async fn watch<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let id = RequestId(Uuid::now_v7());
    request.extensions_mut().insert(id);
    let started = stopwatch();
    let method = request.method().clone();
    let pattern = request.match_pattern().unwrap_or_else(|| "unmatched".to_owned());
    // At the level of errors, so that whatever level is logged, a cause is found by the reference its page shows.
    let span = tracing::error_span!("http", request = %id.0);
    let response = next.call(request).instrument(span).await?;
    let elapsed = started.elapsed();
    let status = response.status();
    metrics::histogram!("antesala_http_seconds", "pattern" => pattern.clone()).record(elapsed.as_secs_f64());
    metrics::counter!("antesala_http_total", "pattern" => pattern.clone(), "status" => status.as_str().to_owned())
        .increment(1);
    if status.is_server_error() {
        tracing::error!(request = %id.0, %method, pattern, status = status.as_u16(), "failed");
    } else {
        tracing::debug!(request = %id.0, %method, pattern, status = status.as_u16(), micros = elapsed.as_micros() as u64, "served");
    }
    let mut response = finish(response, id).await;
    if let Ok(value) = header::HeaderValue::from_str(&id.0.to_string()) {
        response.headers_mut().insert(header::HeaderName::from_static("x-request-id"), value);
    }
    Ok(response)
}

/// Whether a script asks, rather than a person who looks at a page.
#[must_use]
pub fn accepts_json(headers: &header::HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"))
}

/// Gives a failure without a page of its own its page, and forgets a sentence that a page has shown.
async fn finish<B: MessageBody + 'static>(
    response: ServiceResponse<B>,
    id: RequestId,
) -> ServiceResponse<EitherBody<B, BoxBody>> {
    let status = response.status();
    let is_failure = status.is_client_error() || status.is_server_error();
    if !is_failure || has_page(response.response()) {
        return forget_flash(response).map_into_left_body();
    }
    let Some(site) = response.request().app_data::<web::Data<Site>>().cloned() else {
        return response.map_into_left_body();
    };
    let retry = response.headers().get(header::RETRY_AFTER).cloned();
    let mut answer = failures::answer(&site, response.request(), status, id).await;
    if let Some(retry) = retry {
        answer.headers_mut().insert(header::RETRY_AFTER, retry);
    }
    response.into_response(answer).map_into_right_body()
}

/// What the framework says of a body or an address it cannot read is plain text for programmers.
fn has_page<B: MessageBody>(response: &HttpResponse<B>) -> bool {
    let is_empty = matches!(response.body().size(), BodySize::None | BodySize::Sized(0));
    let kind = response.headers().get(header::CONTENT_TYPE);
    !is_empty && kind.is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"))
}

fn forget_flash<B>(mut response: ServiceResponse<B>) -> ServiceResponse<B> {
    let Some(site) = response.request().app_data::<web::Data<Site>>().cloned() else { return response };
    let is_page = response.status() == StatusCode::OK
        && response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page && flash::take(response.request(), &site.public_url).is_some() {
        let gone = cookies::forget(&site.public_url, Name::Flash);
        // Only a cookie with a malformed name can fail here; ours is constant.
        drop(response.response_mut().add_cookie(&gone));
    }
    response
}
