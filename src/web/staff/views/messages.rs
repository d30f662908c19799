//! What left the house or will: to whom, which words, which link, and how it went.
//!
//! The page for reading a link aloud, showing its code, or finding out that it was never sent. Never changes anything.

use maud::{Markup, html};

use super::moment::{self, Here};
use super::qr;
use super::shell::{self, Page, Place, Reader};
use crate::domain::message::MessageStatus;
use crate::messages::Rendered;
use crate::text::Texts;
use crate::web::layout::Title;

/// `GET /messages`.
pub struct Messages<'a> {
    /// Who reads it.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// The newest first.
    pub messages: &'a [Rendered],
    /// Only these are shown.
    pub only: Option<MessageStatus>,
}

/// The whole page.
#[must_use]
pub fn page(page: &Messages<'_>) -> Markup {
    let texts = page.reader.texts;
    let mut around = Page::new(Title::Plain(texts.get("messages-title")));
    around.place = Some(Place::Messages);
    around.head = html! { noscript { meta http-equiv="refresh" content="60"; } };
    let shown: Vec<&Rendered> =
        page.messages.iter().filter(|message| page.only.is_none_or(|only| message.status == only)).collect();
    let main = html! {
        main #main.wide tabindex="-1" {
            div.page-head {
                div { h1 { (texts.get("messages-title")) } p.soft { (texts.get("messages-how")) } }
                (filters(texts, page))
            }
            @if shown.is_empty() {
                p.empty { (texts.get(if page.messages.is_empty() { "messages-empty" } else { "messages-none-such" })) }
            } @else {
                ul.messages { @for message in shown { li.sent-message { (one(texts, page.here, message)) } } }
            }
        }
    };
    shell::page(page.reader, around, main)
}

fn filters(texts: Texts, page: &Messages<'_>) -> Markup {
    let count = |only: Option<MessageStatus>| {
        page.messages.iter().filter(|message| only.is_none_or(|only| message.status == only)).count()
    };
    html! {
        nav.filters aria-label=(texts.get("messages-filter")) {
            a href="/messages" aria-current=[page.only.is_none().then_some("true")] { (texts.get("messages-all")) " " span.count { (count(None)) } }
            @for status in MessageStatus::ALL {
                a href={ "/messages?status=" (status) } aria-current=[(page.only == Some(*status)).then_some("true")] {
                    (texts.get(&format!("messages-{status}"))) " " span.count { (count(Some(*status))) }
                }
            }
        }
    }
}

fn one(texts: Texts, here: &Here, message: &Rendered) -> Markup {
    let at = message.sent_at.unwrap_or(message.due_at);
    let day = here.date(at);
    let phone = message.phone.as_ref().map_or_else(|| texts.get("messages-no-phone"), ToString::to_string);
    html! {
        div.message-whom {
            b { (message.to_name) }
            span.soft { (phone) }
            @if message.to_name != message.patient { span.soft { (texts.with("ward-code-of", &[("patient", message.patient.to_string().into())])) } }
        }
        p.message-text { (message.text) }
        div.message-link {
            @if let Some(link) = &message.link {
                a href=(link) target="_blank" rel="noopener noreferrer" data-invitation { (link) }
                details.code {
                    summary { (texts.get("messages-code")) }
                    (qr::code(link, &texts.with("qr-label", &[("name", message.to_name.to_string().into())])))
                }
            }
        }
        div.message-when {
            span class={ "sending " (message.status) } { (texts.get(&format!("sending-{}", message.status))) }
            time.soft datetime=(at) {
                @if day != here.today() { (moment::date(texts, day)) ", " }
                (here.clock(at))
            }
        }
    }
}
