//! What newcomers get at Webex, and what the bot tells.
//!
//! Never shows who has what: that is on each person's page.

use maud::{Markup, html};

use super::form::{self, Fault};
use super::member::choose;
use super::moment::Here;
use super::shell::{self, Page, Place, Reader};
use crate::store::webex_people::licences::Known;
use crate::web::layout::Title;
use crate::web::staff::forms::pairs::Pairs;

/// Where the page is.
pub const ADDRESS: &str = "/staff/webex/choices";

/// The bot tells that people wait.
pub const WAITING: &str = "tells_waiting";

/// The bot tells that messages did not arrive.
pub const MESSAGES: &str = "tells_messages";

/// The bot tells that something is wrong at Webex.
pub const TROUBLE: &str = "tells_trouble";

/// The page as it stands.
pub struct WebexPage<'a> {
    /// The admin.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// What Webex tells of.
    pub known: &'a Known,
    /// The site meetings are on.
    pub site: Option<&'a str>,
    /// Whether a bot is set up.
    pub has_bot: bool,
    /// Whether staff need accounts at all.
    pub needs_accounts: bool,
    /// Which state of the choices was seen.
    pub rev: i64,
    /// The form as it stands.
    pub typed: &'a Pairs,
    /// What is wrong with it.
    pub problems: &'a [Fault],
}

/// `GET /staff/webex/choices`.
#[must_use]
pub fn page(page: &WebexPage<'_>) -> Markup {
    let texts = page.reader.texts;
    let main = html! {
        p { a href="/staff" { (texts.get("people-back")) } @if page.needs_accounts { " · " a href="/staff/webex" { (texts.get("webex-compare-title")) } } }
        div.page-head { h1 { (texts.get("webex-choices-title")) } }
        (form::summary(texts, page.problems))
        form method="post" action=(ADDRESS) novalidate {
            input type="hidden" name="form_token" value=(page.reader.form_token);
            input type="hidden" name="rev" value=(page.rev);
            @if page.needs_accounts {
                section.card.part aria-labelledby="usual-title" {
                    h2 #usual-title.part-title { (texts.get("webex-usual")) }
                    p.hint { (texts.get("webex-usual-how")) }
                    (choose(texts, page.here, page.known, page.site, page.typed, page.problems))
                }
            }
            fieldset.card.part {
                legend { (texts.get("webex-tells")) }
                p.hint { (texts.get(if page.has_bot { "webex-tells-how" } else { "webex-tells-no-bot" })) }
                div.choices {
                    @for (name, key) in [(WAITING, "webex-tells-waiting"), (MESSAGES, "webex-tells-messages"), (TROUBLE, "webex-tells-trouble")] {
                        label.choice {
                            input type="checkbox" name=(name) value="on" checked[page.typed.has(name)];
                            span { b { (texts.get(key)) } span.hint { (texts.get(&format!("{key}-how"))) } }
                        }
                    }
                }
            }
            div.form-end { button.button.primary type="submit" { (texts.get("settings-save")) } }
        }
    };
    let title = texts.get("webex-choices-title");
    let mut around = Page::new(if page.problems.is_empty() { Title::Plain(title) } else { Title::Error(title) });
    around.place = Some(Place::Staff);
    around.stylesheets = &["people.css", "settings.css", "webex_people.css"];
    shell::page(page.reader, around, html! { main #main.settings tabindex="-1" { (main) } })
}
