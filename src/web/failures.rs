//! What a failed request is answered with where nobody else has: a page for a person, a sentence for a script.
//!
//! Families read it in the language of their browser, and whom they can call. Staff read it in their own language, with the way
//! back and the reference to give. Never says more than the status does.

use actix_web::http::StatusCode;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use maud::{Markup, html};
use serde_json::json;

use super::csrf::FormToken;
use super::guard::{self, SignedIn};
use super::language;
use super::layout::{self, Frame, Title};
use super::requests::{RequestId, accepts_json};
use super::site::Site;
use super::staff::views::problem;
use crate::domain::hospital::HelpPhone;
use crate::text::Texts;

/// The answer to a request that ended with `status`.
pub async fn answer(site: &Site, request: &HttpRequest, status: StatusCode, id: RequestId) -> HttpResponse {
    let wants_json = accepts_json(request.headers());
    let reference = id.0.to_string();
    if let Some(staff) = staff(site, request).await {
        let texts = Texts::of(staff.member.language);
        if wants_json {
            return sentence(status, &texts.get(problem::sentence_key(status)), &reference);
        }
        if let Some(token) = token(request) {
            return layout::page(status, problem::page(&staff, token.as_str(), status, &reference));
        }
    }
    let hospital = site.hospital();
    let texts = Texts::of(language::of(request, hospital.language));
    if wants_json {
        return sentence(status, &texts.get(sentence_key(status)), &reference);
    }
    layout::page(status, page(texts, status, &reference, hospital.help_phone.as_ref()))
}

/// Who of the staff asked. At a family's door they are read to like a family, since that is what they look at.
async fn staff(site: &Site, request: &HttpRequest) -> Option<SignedIn> {
    if ["/j/", "/lobby/"].iter().any(|door| request.path().starts_with(door)) {
        return None;
    }
    let known = request.extensions().get::<SignedIn>().cloned();
    match known {
        Some(signed_in) => Some(signed_in),
        // A store that does not answer leaves the words for everybody.
        None => guard::signed_in(site, request).await.ok().flatten(),
    }
}

fn token(request: &HttpRequest) -> Option<FormToken> {
    request.extensions().get::<FormToken>().cloned()
}

fn sentence(status: StatusCode, sentence: &str, reference: &str) -> HttpResponse {
    HttpResponse::build(status).json(json!({ "sentence": sentence, "reference": reference }))
}

fn page(texts: Texts, status: StatusCode, reference: &str, help_phone: Option<&HelpPhone>) -> Markup {
    let title = texts.get(title_key(status));
    let body = html! {
        main #main.page-problem.stack {
            h1 { (title) }
            p { (texts.get(sentence_key(status))) }
            @if let Some(phone) = help_phone { p { (texts.with("problem-help", &[("phone", phone.as_str().into())])) } }
            @if status.is_server_error() { p { (texts.with("problem-reference", &[("id", reference.into())])) } }
            p { a.button href="/" { (texts.get("problem-home")) } }
        }
    };
    layout::document(Frame::new(texts, Title::Error(title), "patient"), body)
}

fn title_key(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "problem-missing-title",
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => "problem-forbidden-title",
        StatusCode::TOO_MANY_REQUESTS => "problem-too-many-title",
        status if status.is_server_error() => "problem-unavailable-title",
        _ => "problem-malformed-title",
    }
}

fn sentence_key(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "problem-missing",
        StatusCode::FORBIDDEN => "problem-forbidden",
        StatusCode::UNAUTHORIZED => "problem-signed-out",
        StatusCode::TOO_MANY_REQUESTS => "problem-too-many",
        status if status.is_server_error() => "problem-unavailable",
        _ => "problem-malformed",
    }
}
