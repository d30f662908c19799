//! What every response says about itself: what it may load, who may frame it, what it may ask the device for.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, web};

use super::sdk::Sdk;
use super::site::Site;

/// Pages on which a camera may be used.
const CAMERA_PAGES: &[&str] = &[
    "/j/{token}",
    "/lobby/{seat}",
    "/consultations/{id}/call",
    "/lobby/{seat}/webex",
    "/consultations/{id}/call/webex",
];

const REST: &str =
    "manifest-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/// Pages that run the browser SDK of Webex.
const WEBEX_PAGES: &[&str] = &["/lobby/{seat}/webex", "/consultations/{id}/call/webex"];

/// Whom that SDK talks to.
const WEBEX: &str = "https://*.wbx2.com wss://*.wbx2.com https://*.ciscospark.com wss://*.ciscospark.com \
    https://*.webex.com wss://*.webex.com https://*.webexcontent.com https://*.clouddrive.com https://webexapis.com";

const NO_DEVICES: &str = "camera=(), microphone=(), display-capture=(), geolocation=(), payment=(), usb=()";
const OUR_DEVICES: &str = "camera=(self), microphone=(self), screen-wake-lock=(self), autoplay=(self), display-capture=(), geolocation=(), payment=(), usb=()";

/// Middleware: see the module.
///
/// # Errors
/// Those of the inner service.
pub async fn secure<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let Some(site) = request.app_data::<web::Data<Site>>().cloned() else { return next.call(request).await };
    let uses_camera = request.match_pattern().is_some_and(|pattern| CAMERA_PAGES.contains(&pattern.as_str()));
    let runs_sdk = request.match_pattern().is_some_and(|pattern| WEBEX_PAGES.contains(&pattern.as_str()));
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    let policy = if runs_sdk { policy_with_sdk(&site) } else { policy(&site) };
    put(headers, header::CONTENT_SECURITY_POLICY, &policy);
    put(headers, HeaderName::from_static("permissions-policy"), if uses_camera { OUR_DEVICES } else { NO_DEVICES });
    put(headers, header::REFERRER_POLICY, "no-referrer");
    put(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if !headers.contains_key(header::CACHE_CONTROL) {
        put(headers, header::CACHE_CONTROL, "no-store");
    }
    if site.public_url.is_https() {
        put(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    Ok(response)
}

fn policy(site: &Site) -> String {
    // Older Safari does not count wss: as 'self'.
    let socket = site.public_url.socket_origin();
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; \
         connect-src 'self' {socket}; {REST}"
    )
}

/// What the SDK needs, on its own pages only: its script, Webex's servers, its workers.
fn policy_with_sdk(site: &Site) -> String {
    let socket = site.public_url.socket_origin();
    let script = site.sdk.as_ref().and_then(Sdk::source).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {script}; style-src 'self'; img-src 'self' data:; \
         media-src 'self' blob:; worker-src blob:; connect-src 'self' {socket} {WEBEX}; {REST}"
    )
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
