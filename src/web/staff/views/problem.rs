//! What staff read when something could not be served: what it means for them, the way back, and the reference to give.
//!
//! Never tells whether something exists that they may not see.

use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::shell::{self, Page, Reader};
use crate::text::Texts;
use crate::web::guard::SignedIn;
use crate::web::layout::Title;

/// The page.
#[must_use]
pub fn page(signed_in: &SignedIn, form_token: &str, status: StatusCode, reference: &str) -> Markup {
    let SignedIn { member, hospital, .. } = signed_in;
    let texts = Texts::of(member.language);
    let reader = Reader { texts, member, hospital, form_token, notice: None };
    let title = texts.get(title_key(status));
    let main = html! {
        main #main.page-problem.stack tabindex="-1" {
            h1 { (title) }
            p { (texts.get(sentence_key(status))) }
            p.soft { (texts.with("trouble-reference", &[("id", reference.into())])) }
            p { a.button.primary href=(shell::landing(member.role)) { (texts.get("trouble-back")) } }
        }
    };
    shell::page(reader, Page::new(Title::Error(title)), main)
}

fn title_key(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "trouble-missing-title",
        StatusCode::GONE => "trouble-gone-title",
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => "trouble-forbidden-title",
        StatusCode::PAYLOAD_TOO_LARGE => "trouble-large-title",
        StatusCode::TOO_MANY_REQUESTS => "problem-too-many-title",
        status if status.is_server_error() => "trouble-unavailable-title",
        _ => "trouble-malformed-title",
    }
}

/// What it means.
#[must_use]
pub fn sentence_key(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "trouble-missing",
        StatusCode::GONE => "trouble-gone",
        StatusCode::FORBIDDEN => "trouble-forbidden",
        StatusCode::UNAUTHORIZED => "problem-signed-out",
        StatusCode::PAYLOAD_TOO_LARGE => "trouble-large",
        StatusCode::TOO_MANY_REQUESTS => "problem-too-many",
        status if status.is_server_error() => "trouble-unavailable",
        _ => "trouble-malformed",
    }
}
