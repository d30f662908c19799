//! What left the house or will: to whom, which words, which link, and how it went.
//!
//! The page for reading a link aloud, showing its code, or finding out that it was never sent. Never changes anything.

use jiff::Timestamp;
use maud::{Markup, html};

use super::moment::{self, Here};
use super::qr;
use super::shell::{self, Page, Place, Reader};
use crate::domain::message::{Channel, MessageStatus};
use crate::messages::Rendered;
use crate::providers::sms::Reach;
use crate::store::replies::Reply;
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
    /// How far text messages go.
    pub reach: Reach,
    /// What people answered, the newest first.
    pub replies: &'a [Reply],
    /// What today has cost, and what it may.
    pub budget: Option<Budget>,
}

/// The day's limit of text messages, in segments.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// What was sent.
    pub spent: u64,
    /// What may be.
    pub limit: u64,
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
    let how = match page.reach {
        Reach::House => "messages-how",
        Reach::World => "messages-how-sent",
    };
    let main = html! {
        main #main.wide tabindex="-1" {
            div.page-head {
                div { h1 { (texts.get("messages-title")) } p.soft { (texts.get(how)) } }
                (filters(texts, page))
            }
            @if let Some(budget) = page.budget { (alarm(texts, budget)) }
            @if !page.replies.is_empty() { (replies(texts, page)) }
            @if shown.is_empty() {
                p.empty { (texts.get(if page.messages.is_empty() { "messages-empty" } else { "messages-none-such" })) }
            } @else {
                ul.messages { @for message in shown { li.sent-message { (one(texts, page.here, message)) } } }
            }
        }
    };
    shell::page(page.reader, around, main)
}

/// Nothing, until four fifths of the limit are used.
fn alarm(texts: Texts, budget: Budget) -> Markup {
    let Budget { spent, limit } = budget;
    let told = [("spent", spent.to_string().into()), ("limit", limit.to_string().into())];
    html! {
        @if spent >= limit {
            p.message.bad role="alert" { (texts.with("message-budget-reached", &told)) }
        } @else if spent * 5 >= limit * 4 {
            p.message.warn role="status" { (texts.with("message-budget-near", &told)) }
        }
    }
}

fn replies(texts: Texts, page: &Messages<'_>) -> Markup {
    html! {
        section.replies aria-labelledby="replies-title" {
            h2 #replies-title { (texts.get("replies-title")) }
            p.soft { (texts.get("replies-how")) }
            ul.messages {
                @for reply in page.replies {
                    li.sent-message {
                        div.message-whom {
                            b { (reply.name) }
                            a href={ "tel:" (reply.from) } { (reply.from) }
                            @if reply.name != reply.patient {
                                span.soft { (texts.with("replies-about", &[("patient", reply.patient.to_string().into())])) }
                            }
                        }
                        p.message-text { (reply.text) }
                        div.message-when { (when(texts, page.here, reply.received_at)) }
                    }
                }
            }
        }
    }
}

fn when(texts: Texts, here: &Here, at: Timestamp) -> Markup {
    let day = here.date(at);
    html! {
        time.soft datetime=(at) {
            @if day != here.today() { (moment::date(texts, day)) ", " }
            (here.clock(at))
        }
    }
}

/// Why a message came no further, and what staff can do.
fn trouble(texts: Texts, here: &Here, message: &Rendered) -> Markup {
    let is_lost = matches!(message.status, MessageStatus::Unknown | MessageStatus::Undelivered | MessageStatus::Failed);
    html! {
        @if let Some(reason) = message.reason {
            p.message-why {
                (texts.get(&format!("message-why-{reason}")))
                @if message.status == MessageStatus::Pending {
                    " " (texts.with("message-again-at", &[("time", here.clock(message.next_try_at).into())]))
                }
                @if let Some(code) = &message.code {
                    " " span.soft { (texts.with("message-code", &[("code", code.clone().into())])) }
                }
            }
        }
        @if let Some(phone) = message.phone.as_ref().filter(|_| is_lost) {
            p.message-call {
                a href={ "tel:" (phone) } { (texts.with("message-call", &[("phone", phone.to_string().into())])) }
            }
        }
    }
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
    let phone = message.phone.as_ref().map(ToString::to_string);
    let email = message.email.as_ref().map(ToString::to_string);
    let to = if message.channel == Channel::Email { email } else { phone };
    html! {
        div.message-whom {
            b { (message.to_name) }
            span.soft { (to.unwrap_or_else(|| texts.get("messages-no-phone"))) }
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
            (when(texts, here, message.sent_at.unwrap_or(message.due_at)))
        }
        (trouble(texts, here, message))
    }
}
