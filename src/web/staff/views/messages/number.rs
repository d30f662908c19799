//! The form for another number: whose, why, and where it is to count.
//!
//! Never judges a number: the form's reader did.

use maud::{Markup, html};

use super::super::form::{self, Fault, Line};
use super::super::moment::Here;
use super::super::shell::{self, Page, Place, Reader};
use super::filters::{Filter, Shown};
use crate::domain::ids::CommandId;
use crate::messages::Rendered;
use crate::store::patients::Rev;
use crate::text::Texts;
use crate::web::layout::Title;
use crate::web::staff::forms::number::Extent;
use crate::web::staff::forms::pairs::Pairs;

/// The page.
pub struct NumberForm<'a> {
    /// Who fills it in.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// The message that did not arrive.
    pub message: &'a Rendered,
    /// The state of the record the number was copied from, where the reader may change it.
    pub record: Option<Rev>,
    /// What was typed.
    pub typed: &'a Pairs,
    /// What is wrong with it.
    pub problems: &'a [Fault],
}

/// The whole page.
#[must_use]
pub fn page(form: &NumberForm<'_>) -> Markup {
    let NumberForm { reader, message, .. } = form;
    let texts = reader.texts;
    let title = texts.get("number-title");
    let mut page = Page::new(if form.problems.is_empty() { Title::Plain(title) } else { Title::Error(title) });
    page.place = Some(Place::Messages);
    page.stylesheets = &["messages.css"];
    let main = html! {
        main #main.visit-form tabindex="-1" {
            h1 { (texts.get("number-title")) }
            (form::summary(texts, form.problems))
            (facts(texts, form))
            form.stack.card.part method="post" action={ "/messages/" (message.message) "/number" } novalidate autocomplete="off" {
                input type="hidden" name="form_token" value=(reader.form_token);
                input type="hidden" name="command" value=(CommandId::mint());
                input type="hidden" name="list" value=(list(form).query());
                input type="hidden" name="seen" value=[message.phone.as_ref()];
                input type="hidden" name="rev" value=[form.record.map(|rev| rev.to_string())];
                (Line::new("phone", texts.get("number-new"))
                    .of_kind("tel")
                    .holding(form.typed.one("phone"))
                    .hinting(texts.get("number-new-how"))
                    .markup(form.problems))
                (extent(texts, form))
                p.hint { (texts.get("number-what-follows")) }
                div.form-end {
                    button.button.primary type="submit" { (texts.get("number-save")) }
                    a.button.quiet href=(list(form).address()) { (texts.get("number-back")) }
                }
            }
        }
    };
    shell::page(*reader, page, main)
}

fn facts(texts: Texts, form: &NumberForm<'_>) -> Markup {
    let message = form.message;
    let fact = |key: &str, value: Markup| html! { div { dt { (texts.get(key)) } dd { (value) } } };
    html! {
        dl.number-facts {
            (fact("number-whose", html! { (message.to_name) }))
            @if message.to_name != message.patient { (fact("number-patient", html! { (message.patient) })) }
            (fact("number-now", html! {
                @match &message.phone { Some(phone) => (phone), None => (texts.get("messages-no-phone")) }
            }))
            @if let Some(reason) = message.reason { (fact("number-why", html! { (texts.get(&format!("message-why-{reason}"))) })) }
        }
    }
}

/// Where it counts; only this visit where there is nothing to choose.
fn extent(texts: Texts, form: &NumberForm<'_>) -> Markup {
    let chosen = form.typed.one("extent").parse().unwrap_or(Extent::Visit);
    html! {
        @if form.record.is_some() {
            fieldset.field {
                legend { (texts.get("number-extent")) }
                @for extent in Extent::ALL {
                    label.choice {
                        input type="radio" name="extent" value=(extent) checked[*extent == chosen];
                        span { (texts.get(&format!("number-extent-{extent}"))) }
                    }
                }
            }
        } @else {
            p { (texts.get("number-only-visit")) }
        }
    }
}

/// The day the message was due.
fn list(form: &NumberForm<'_>) -> Shown {
    Shown { show: Filter::All, day: form.here.date(form.message.due_at).min(form.here.today()), is_own: false }
}
