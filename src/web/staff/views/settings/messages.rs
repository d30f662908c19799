//! How messages leave, and today's limit.
//!
//! Never offers to lift a limit that is not near.

use jiff::Timestamp;
use maud::{Markup, html};

use super::super::messages::alarm;
use super::super::moment::Here;
use super::super::shell::Reader;
use super::{Part, document, head};
use crate::domain::message::budget::{Alarm, Budget};
use crate::domain::person::PersonName;
use crate::providers::sms::{Reach, Sending};
use crate::text::Texts;

/// Where it is.
pub const PATH: &str = "/settings/messages";

/// The page.
pub struct MessagesPage<'a> {
    /// The admin.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// How messages leave.
    pub sending: &'a Sending,
    /// Today's limit, where there is one.
    pub budget: Option<Budget>,
    /// Who lifted it today, and when.
    pub lifted: Option<(PersonName, Timestamp)>,
}

/// `GET /settings/messages`.
#[must_use]
pub fn page(page: &MessagesPage<'_>) -> Markup {
    let texts = page.reader.texts;
    let main = html! {
        (head(texts, Part::Messages))
        @if let Some(budget) = page.budget.filter(|_| page.lifted.is_none()) { (alarm(texts, budget)) }
        section.card.part aria-labelledby="way-title" {
            h2 #way-title.part-title { (texts.get("sending-way")) }
            @match page.sending.reach {
                Reach::House => p { (texts.get("sending-nowhere")) },
                Reach::World => (countries(texts, page.sending)),
            }
            p.hint { (texts.get("sending-check")) }
        }
        section.card.part aria-labelledby="limit-title" {
            h2 #limit-title.part-title { (texts.get("sending-limit")) }
            p.hint { (texts.get("sending-limit-how")) }
            @match page.budget {
                Some(budget) => (limit(texts, page, budget)),
                None => p { (texts.get("sending-no-limit")) },
            }
        }
    };
    document(page.reader, Part::Messages, &[], &[], main)
}

fn countries(texts: Texts, sending: &Sending) -> Markup {
    let countries: Vec<String> = sending.countries.iter().map(ToString::to_string).collect();
    html! { p { (texts.with("sending-countries", &[("countries", countries.join(", ").into())])) } }
}

fn limit(texts: Texts, page: &MessagesPage<'_>, budget: Budget) -> Markup {
    let told = [("spent", budget.spent.to_string().into()), ("limit", budget.limit.to_string().into())];
    html! {
        p { b { (texts.with("sending-spent", &told)) } }
        @if let Some((name, at)) = &page.lifted {
            p { (texts.with("sending-lifted-by", &[("name", name.to_string().into()), ("time", page.here.clock(*at).into())])) }
        } @else if budget.alarm() != Alarm::Silent {
            form method="post" action={ (PATH) "/lifts" } {
                input type="hidden" name="form_token" value=(page.reader.form_token);
                p.hint { (texts.get("sending-lift-how")) }
                button.button type="submit" { (texts.get("sending-lift")) }
            }
        }
    }
}
