//! How the hospital stands with Webex: whether it answers, how long the house stays signed in, and which meetings wait.
//!
//! Never shows a secret, nor whose meetings wait.

use jiff::Timestamp;
use maud::{Markup, html};

use super::{Part, document, head};
use crate::domain::meeting::Obstacle;
use crate::providers::video::Circuit;
use crate::store::webex::meetings::Waiting;
use crate::text::Texts;
use crate::web::staff::views::moment::{self, Here};
use crate::web::staff::views::shell::Reader;

/// The page as it stands.
pub struct WebexPage<'a> {
    /// The admin.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// How it stands, where Webex is set up.
    pub health: Option<Health>,
}

/// How the hospital stands with Webex.
pub struct Health {
    /// Whether it answers.
    pub circuit: Circuit,
    /// Until when the house stays signed in without doing anything; none before it ever was.
    pub signed_in_until: Option<Timestamp>,
    /// Whether that is soon enough for somebody to look.
    pub ends_soon: bool,
    /// Meetings that are not as their visits are.
    pub waiting: Waiting,
    /// What stands in the way of most of them.
    pub obstacle: Option<Obstacle>,
}

/// `GET /settings/webex`.
#[must_use]
pub fn page(page: &WebexPage<'_>) -> Markup {
    let texts = page.reader.texts;
    let main = html! {
        (head(texts, Part::Webex))
        @if page.health.is_some() { p { a href="/staff/webex/choices" { (texts.get("webex-choices-title")) } } }
        @match &page.health {
            None => p { (texts.get("settings-webex-none")) },
            Some(health) => (shown(texts, page.here, health)),
        }
    };
    document(page.reader, Part::Webex, &[], &[], main)
}

fn shown(texts: Texts, here: &Here, health: &Health) -> Markup {
    html! {
        @if health.ends_soon || health.signed_in_until.is_none() {
            p.message.bad role="alert" { (texts.get("settings-webex-ends-soon")) }
        }
        section.card.part aria-labelledby="webex-health" {
            h2 #webex-health.part-title { (texts.get("settings-webex-health")) }
            dl.facts {
                div { dt { (texts.get("settings-webex-answers")) } dd { (circuit(texts, here, health.circuit)) } }
                div { dt { (texts.get("settings-webex-signed-in")) } dd { (signed_in(texts, here, health)) } }
                div { dt { (texts.get("settings-webex-waiting")) } dd { (waiting(texts, health)) } }
            }
            p.hint { (texts.get("settings-webex-how")) }
        }
    }
}

fn circuit(texts: Texts, here: &Here, circuit: Circuit) -> String {
    match circuit {
        Circuit::Closed => texts.get("settings-webex-answers-yes"),
        Circuit::Trying => texts.get("settings-webex-answers-trying"),
        Circuit::Open { since } => {
            texts.with("settings-webex-answers-no", &[("when", moment::instant(texts, here, since).into())])
        }
    }
}

fn signed_in(texts: Texts, here: &Here, health: &Health) -> String {
    match health.signed_in_until {
        Some(until) => texts.with("settings-webex-until", &[("when", moment::instant(texts, here, until).into())]),
        None => texts.get("settings-webex-never"),
    }
}

fn waiting(texts: Texts, health: &Health) -> String {
    let Waiting { count, hindered } = health.waiting;
    if count == 0 {
        return texts.get("settings-webex-waiting-none");
    }
    let told = texts.with(
        "settings-webex-waiting-some",
        &[("count", i64::from(count).into()), ("hindered", i64::from(hindered).into())],
    );
    match health.obstacle {
        Some(obstacle) => format!("{told} {}", texts.get(&format!("webex-obstacle-{obstacle}"))),
        None => told,
    }
}
