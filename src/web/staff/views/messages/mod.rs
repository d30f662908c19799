//! What left the house or will: to whom, which words, which link, how it went, and what can be done about it.
//!
//! The page for reading a link aloud, showing its code, or finding out that it never arrived. Never changes anything.

pub mod filters;
pub mod number;
pub mod slip;

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

pub use filters::{Counts, Filter, Shown};

use super::list::{Leaf, pager};
use super::moment::{self, Here};
use super::qr;
use super::shell::{self, Page, Place, Reader};
use crate::domain::ids::{CommandId, MessageId};
use crate::domain::message::budget::{Alarm, Budget};
use crate::domain::message::{Channel, MessageStatus};
use crate::domain::service::Services;
use crate::messages::Rendered;
use crate::providers::sms::Reach;
use crate::store::outbox::deliveries::Delivery;
use crate::store::replies::Reply;
use crate::text::Texts;
use crate::web::layout::Title;

/// `GET /messages`.
pub struct Messages<'a> {
    /// Who reads it.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// In whose visits the reader may do something.
    pub acts_for: Services,
    /// What was asked for.
    pub shown: Shown,
    /// One page of it.
    pub messages: &'a [Rendered],
    /// Those that left with another text than they would now; what that was is kept nowhere.
    pub otherwise: &'a HashSet<MessageId>,
    /// From when on these can be sent again.
    pub waits: &'a HashMap<MessageId, Timestamp>,
    /// How many there are of each kind.
    pub counts: &'a Counts,
    /// Which page that is.
    pub leaf: Leaf,
    /// How far text messages go.
    pub reach: Reach,
    /// What people answered, the newest first.
    pub replies: &'a [Reply],
    /// What today has cost, and what it may.
    pub budget: Option<Budget>,
}

/// The whole page.
#[must_use]
pub fn page(page: &Messages<'_>) -> Markup {
    let texts = page.reader.texts;
    let mut around = Page::new(Title::Plain(texts.get("messages-title")));
    around.place = Some(Place::Messages);
    around.stylesheets = &["agenda.css", "messages.css"];
    around.scripts = &["staff/messages.js"];
    around.head = html! { noscript { meta http-equiv="refresh" content="60"; } };
    let how = match page.reach {
        Reach::House => "messages-how",
        Reach::World => "messages-how-sent",
    };
    let main = html! {
        main #main.wide tabindex="-1" {
            div.page-head { div { h1 { (texts.get("messages-title")) } p.soft { (texts.get(how)) } } }
            @if let Some(budget) = page.budget { (alarm(texts, budget)) }
            (filters::bar(texts, page))
            p #news.message.warn role="status" hidden { a href=(page.shown.address()) { (texts.get("messages-changed")) } }
            @if page.messages.is_empty() {
                p.empty { (texts.get(if page.counts.is_empty() { "messages-empty" } else { "messages-none-such" })) }
            }
            ul #messages.messages data-socket="/board/socket" data-state="/board/state" {
                @for message in page.messages { (row(page, message)) }
            }
            (pager(texts, &page.shown.address(), page.leaf))
            @if !page.replies.is_empty() { (replies(texts, page)) }
        }
    };
    shell::page(page.reader, around, main)
}

/// When it came as far as it has, or was to.
fn came_at(message: &Rendered) -> Timestamp {
    message.sent_at.filter(|_| message.status != MessageStatus::Cancelled).unwrap_or(message.due_at)
}

/// Whether a message is one that staff may want to send once more: to a phone, in a visit that is open.
#[must_use]
pub fn may_be_sent_again(message: &Rendered) -> bool {
    let rests = !matches!(message.status, MessageStatus::Pending | MessageStatus::Sending | MessageStatus::Cancelled);
    let is_text = message.channel == Channel::Text && message.phone.is_some();
    // A date that arrived need not arrive twice.
    let is_wanted = message.template.carries_link() || is_lost(message);
    message.is_welcome && rests && is_text && is_wanted
}

/// A sentence with the time, and how far off it is: "at 10:04 (in 4 min)".
#[must_use]
pub fn again_in(texts: Texts, here: &Here, key: &str, from: Timestamp) -> String {
    let wait = from.duration_since(here.now).max(SignedDuration::ZERO);
    let minutes = (wait.as_secs() + 59) / 60;
    texts.with(key, &[("time", here.clock(from).into()), ("minutes", minutes.to_string().into())])
}

/// Nothing, until four fifths of the limit are used.
#[must_use]
pub fn alarm(texts: Texts, budget: Budget) -> Markup {
    let told = [("spent", budget.spent.to_string().into()), ("limit", budget.limit.to_string().into())];
    html! {
        @match budget.alarm() {
            Alarm::Silent => {},
            Alarm::Near => p.message.warn role="status" { (texts.with("message-budget-near", &told)) },
            Alarm::Reached => p.message.bad role="alert" { (texts.with("message-budget-reached", &told)) },
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
                        div.message-when {
                            (time(texts, page.here, reply.received_at))
                            a href={ "/consultations/" (reply.consultation) } { (texts.get("replies-visit")) }
                        }
                    }
                }
            }
        }
    }
}

/// When a message came so far; one that was called back never came there.
#[must_use]
pub fn when(texts: Texts, here: &Here, status: MessageStatus, at: Timestamp) -> Markup {
    html! {
        @if status == MessageStatus::Cancelled { span.soft { (texts.get("sending-was-due")) } " " }
        (time(texts, here, at))
    }
}

fn time(texts: Texts, here: &Here, at: Timestamp) -> Markup {
    let day = here.date(at);
    html! {
        time.soft datetime=(at) {
            @if day != here.today() { (moment::date(texts, day)) ", " }
            (here.clock(at))
        }
    }
}

/// How far a message has come. What nobody sends is to be shown.
#[must_use]
pub fn sending(texts: Texts, delivery: Delivery) -> String {
    match delivery {
        Delivery { status: MessageStatus::Sent, has_left: false } => texts.get("sending-by-hand"),
        Delivery { status: MessageStatus::Delivered, has_left: false } => texts.get("sending-shown"),
        Delivery { status, .. } => texts.get(&format!("sending-{status}")),
    }
}

const fn is_lost(message: &Rendered) -> bool {
    matches!(message.status, MessageStatus::Unknown | MessageStatus::Undelivered | MessageStatus::Failed)
}

/// One message. `data-version` changes with whatever the row says, so that the script knows which to exchange.
fn row(page: &Messages<'_>, message: &Rendered) -> Markup {
    let texts = page.reader.texts;
    let waits = page.waits.get(&message.message);
    let went_otherwise = page.otherwise.contains(&message.message);
    let version = format!(
        "{} {} {} {} {} {went_otherwise}",
        message.status,
        message.reason.map(|reason| reason.to_string()).unwrap_or_default(),
        message.next_try_at.as_second(),
        message.phone.as_ref().map(ToString::to_string).unwrap_or_default(),
        waits.is_some(),
    );
    html! {
        li.sent-message id={ "message-" (message.message) } data-version=(version) tabindex="-1" {
            (whom(texts, message))
            @if went_otherwise { p.message-text.soft { (texts.get("message-went-otherwise")) } } @else { (words(message)) }
            div.message-link {
                @if let Some(link) = &message.link {
                    details.code {
                        summary { (texts.get("messages-code")) }
                        (qr::code(link, &texts.with("qr-label", &[("name", message.to_name.to_string().into())])))
                    }
                }
            }
            div.message-when {
                span class={ "sending " (message.status) } { (sending(texts, Delivery { status: message.status, has_left: message.has_left })) }
                (when(texts, page.here, message.status, came_at(message)))
            }
            (trouble(texts, page.here, message))
            (acts(page, message, waits.copied()))
        }
    }
}

/// What it says; the link in it can be followed where it stands.
fn words(message: &Rendered) -> Markup {
    let text = message.text.as_str();
    html! {
        p.message-text {
            @if let Some(link) = &message.link {
                @let (before, after) = text.split_once(link.as_str()).unwrap_or((text, ""));
                (before) a href=(link) target="_blank" rel="noopener noreferrer" data-invitation { (link) } (after)
            } @else {
                (text)
            }
        }
    }
}

fn whom(texts: Texts, message: &Rendered) -> Markup {
    let phone = message.phone.as_ref().map(ToString::to_string);
    let email = message.email.as_ref().map(ToString::to_string);
    let to = message.went_to.clone().or(if message.channel == Channel::Email { email } else { phone });
    html! {
        div.message-whom {
            b { (message.to_name) }
            span.soft { (to.unwrap_or_else(|| texts.get("messages-no-phone"))) }
            @if message.to_name != message.patient {
                span.soft { (texts.with("ward-code-of", &[("patient", message.patient.to_string().into())])) }
            }
        }
    }
}

/// Why a message came no further, and whom to call.
fn trouble(texts: Texts, here: &Here, message: &Rendered) -> Markup {
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
        @if let Some(phone) = message.phone.as_ref().filter(|_| is_lost(message)) {
            p.message-call {
                a href={ "tel:" (phone) } { (texts.with("message-call", &[("phone", phone.to_string().into())])) }
            }
        }
    }
}

/// What can be done: send it again, to another number, or print its link.
fn acts(page: &Messages<'_>, message: &Rendered, waits: Option<Timestamp>) -> Markup {
    let texts = page.reader.texts;
    let to = html! { span.visually-hidden { " " (message.to_name) } };
    let may_change_number = message.is_welcome && message.channel == Channel::Text;
    let is_to_be_shown = message.status == MessageStatus::Sent && !message.has_left;
    let may_be_noted_as_shown = is_to_be_shown && page.acts_for.hold(message.service);
    html! {
        @if may_be_sent_again(message) || may_change_number || message.link.is_some() || may_be_noted_as_shown {
            div.message-acts {
                @if may_be_noted_as_shown {
                    (form(page, message, "showings", &submit(texts, "message-shown", &to)))
                }
                @if may_be_sent_again(message) {
                    @if let Some(from) = waits {
                        span.soft { (again_in(texts, page.here, "message-again-from", from)) }
                    } @else {
                        (form(page, message, "repeats", &html! {
                            input type="hidden" name="command" value=(CommandId::mint());
                            (submit(texts, again_key(page, message), &to))
                        }))
                    }
                }
                @if may_change_number {
                    a.button.small.quiet href={ "/messages/" (message.message) "/number" } { (texts.get("message-other-number")) (to) }
                }
                @if message.link.is_some() {
                    a.button.small.quiet href={ "/messages/" (message.message) "/slip" } { (texts.get("message-print")) (to) }
                }
            }
        }
    }
}

fn again_key(page: &Messages<'_>, message: &Rendered) -> &'static str {
    let is_dead = !message.has_entered && message.expires_at <= page.here.now;
    if message.template.carries_link() && is_dead { "repeat-new-link" } else { "repeat-again" }
}

/// Posts what it holds, and leads back to this list.
fn form(page: &Messages<'_>, message: &Rendered, act: &str, held: &Markup) -> Markup {
    html! {
        form method="post" action={ "/messages/" (message.message) "/" (act) } {
            input type="hidden" name="form_token" value=(page.reader.form_token);
            input type="hidden" name="list" value=(page.shown.query());
            (held)
        }
    }
}

fn submit(texts: Texts, key: &str, to: &Markup) -> Markup {
    html! { button.button.small type="submit" { (texts.get(key)) (to) } }
}
