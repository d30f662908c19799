//! For machines that watch this one: is it alive, is it ready, how is it doing.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::client;
use super::problem::Problem;
use super::site::Site;
use crate::telemetry;

/// `GET /livez`: this process answers. Ignores the database, whose failure a restart would not mend.
pub async fn livez() -> HttpResponse {
    HttpResponse::Ok().body("alive\n")
}

/// `GET /readyz`: this node can serve, database included, and is not stopping.
///
/// # Errors
/// [`Problem::Stopping`], [`Problem::Unavailable`].
pub async fn readyz(site: web::Data<Site>) -> Result<HttpResponse, Problem> {
    if site.is_draining() {
        return Err(Problem::Stopping);
    }
    site.store.ping().await?;
    Ok(HttpResponse::Ok().body("ready\n"))
}

/// `GET /metrics`, for this machine or with the token.
///
/// # Errors
/// [`Problem::NotFound`] for everybody else.
pub async fn metrics(request: HttpRequest, site: web::Data<Site>) -> Result<HttpResponse, Problem> {
    if !client::is_this_machine(&request, &site.trusted_proxies) && !has_token(&request, &site) {
        return Err(Problem::NotFound);
    }
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(telemetry::render_metrics()))
}

fn has_token(request: &HttpRequest, site: &Site) -> bool {
    let given =
        request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    match (given, &site.metrics_token) {
        // Comparing hashes takes the same time whichever letter is wrong.
        (Some(given), Some(token)) => Sha256::digest(given) == Sha256::digest(token.expose_secret()),
        _ => false,
    }
}
