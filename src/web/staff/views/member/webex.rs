//! What somebody has at Webex, for admins: what to choose, how it stands, and what to do where it does not.
//!
//! Shown only where people need accounts there, and never as of now: when Webex was asked stands beside it.

use maud::{Markup, html};

use super::MemberPage;
use crate::domain::account::{Chosen, Licence, Names, Outcome, Standing, Wanted};
use crate::store::webex_people::accounts::Account;
use crate::store::webex_people::licences::Known;
use crate::text::Texts;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::webex::{self as fields, LICENCE, LICENCES, SITE, WANTED};
use crate::web::staff::views::form::{self, Fault};
use crate::web::staff::views::moment::{self, Here};

/// What pages know of Webex.
pub struct AtWebex {
    /// The licences.
    pub known: Known,
    /// What newcomers get.
    pub usual: Chosen,
    /// The site meetings are on.
    pub site: Option<String>,
    /// The person's account, if anybody has decided about one.
    pub account: Option<Account>,
}

/// The fields: whether they shall have an account, and with what.
pub(super) fn part(texts: Texts, here: &Here, at_webex: &AtWebex, typed: &Pairs, problems: &[Fault]) -> Markup {
    html! {
        fieldset #webex.card.part {
            legend { (texts.get("webex-part")) }
            p.hint { (texts.get("webex-part-how")) }
            div.choices {
                @for wanted in [Wanted::Account, Wanted::Released] {
                    label.choice {
                        input type="radio" name=(WANTED) value=(wanted) checked[typed.one(WANTED) == wanted.as_str()];
                        span { b { (texts.get(&format!("webex-wanted-{wanted}"))) } span.hint { (texts.get(&format!("webex-wanted-{wanted}-how"))) } }
                    }
                }
            }
            (choose(texts, here, &at_webex.known, at_webex.site.as_deref(), typed, problems))
        }
    }
}

/// Licences with how many of each are taken, and the site.
#[must_use]
pub fn choose(
    texts: Texts,
    here: &Here,
    known: &Known,
    site: Option<&str>,
    typed: &Pairs,
    problems: &[Fault],
) -> Markup {
    let ticked: Names = typed.all(LICENCE).map(str::to_owned).collect();
    let gone: Vec<_> = ticked.iter().filter(|id| known.licences.iter().all(|licence| licence.id != **id)).collect();
    let mut sites = fields::sites(known, site);
    sites.extend(typed.all(SITE).filter(|site| !site.is_empty()).map(str::to_owned));
    html! {
        fieldset.webex-licences id=(LICENCES) tabindex="-1" {
            legend { (texts.get("webex-licences")) }
            (form::beside(problems, LICENCES))
            @if known.licences.is_empty() {
                p { (texts.get(if known.obstacle.is_some() { "webex-licences-unread" } else { "webex-licences-none" })) }
            }
            ul {
                @for licence in &known.licences { li { (licence_box(texts, licence, &ticked)) } }
                @for id in gone {
                    li { label.choice {
                        input type="checkbox" name=(LICENCE) value=(id) checked;
                        span { b { (texts.get("webex-licence-gone")) } span.hint { (id) } }
                    } }
                }
            }
            @if let Some(at) = known.read_at {
                p.hint { (texts.with("webex-licences-as-of", &[("time", moment::instant(texts, here, at).into())])) }
            }
            @if let Some(obstacle) = known.obstacle { p.hint { (texts.get(&format!("webex-people-{obstacle}"))) } }
        }
        @if !sites.is_empty() {
            div.field {
                label for=(SITE) { (texts.get("webex-site")) }
                p.hint id={ (SITE) "-hint" } { (texts.get("webex-site-how")) }
                (form::beside(problems, SITE))
                select id=(SITE) name=(SITE) aria-describedby={ (SITE) "-hint" } aria-invalid=[form::sentence_for(problems, SITE).map(|_| "true")] {
                    option value="" { (texts.get("webex-site-any")) }
                    @for site in &sites { option value=(site) selected[typed.one(SITE) == site] { (site) } }
                }
            }
        }
    }
}

fn licence_box(texts: Texts, licence: &Licence, ticked: &Names) -> Markup {
    let counts = [("used", licence.used.to_string().into()), ("total", licence.total.to_string().into())];
    html! {
        label.choice {
            input type="checkbox" name=(LICENCE) value=(licence.id) checked[ticked.contains(&licence.id)];
            span {
                b { (licence.name) }
                span.hint {
                    (texts.with("webex-licence-used", &counts))
                    @if let Some(site) = &licence.site { " · " (site) }
                    @if licence.left() <= 0 { " · " strong { (texts.get("webex-licence-used-up")) } }
                }
            }
        }
    }
}

/// How their account stands, and what to do where it does not.
pub(super) fn section(person: &MemberPage<'_>, at_webex: &AtWebex, address: &str) -> Markup {
    let texts = person.reader.texts;
    let account = at_webex.account.as_ref();
    let state = account.map_or("undecided", word);
    let waits = account.is_some_and(|account| account.next_try_at.is_some());
    html! {
        section #webex-account.card.part aria-labelledby="webex-account-title" data-state=(state) {
            h2 #webex-account-title.part-title { (texts.get("webex-account")) }
            div role="status" aria-atomic="true" {
                p.webex-state { b.account-state data-state=(state) { (texts.get(&format!("webex-state-{state}"))) } }
                p { (texts.get(&what_to_do(account))) }
                @if let Some(account) = account { (details(person, at_webex, account)) }
            }
            @if waits {
                form method="post" action={ (address) "/webex" } {
                    input type="hidden" name="form_token" value=(person.reader.form_token);
                    button.button type="submit" { (texts.get("webex-account-try")) }
                }
            }
        }
    }
}

fn details(person: &MemberPage<'_>, at_webex: &AtWebex, account: &Account) -> Markup {
    let texts = person.reader.texts;
    let licences = named(&at_webex.known, &account.held.licences);
    let missing = named(&at_webex.known, &account.missing);
    let instant = |at| moment::instant(texts, person.here, at);
    let email = person.entry.member.email.to_string();
    let other = account.address.as_ref().filter(|address| **address != email);
    html! {
        @if let Some(address) = other {
            p { (texts.with("webex-account-other-address", &[("address", address.clone().into())])) " " a href="/staff/webex" { (texts.get("webex-compare-title")) } }
        }
        dl.facts {
            @if !missing.is_empty() { div { dt { (texts.get("webex-account-missing")) } dd { (missing) } } }
            @if account.outcome.is_some() && !licences.is_empty() { div { dt { (texts.get("webex-account-has")) } dd { (licences) } } }
            @if let Some(at) = account.looked_at { div { dt { (texts.get("webex-account-looked")) } dd { (instant(at)) } } }
            @if let (Some(at), true) = (account.next_try_at, account.looked_at.is_some()) {
                @if at > person.here.now { div { dt { (texts.get("webex-account-next")) } dd { (instant(at)) } } }
            }
            @if let (Standing::Failed(_), Some(tracking)) = (account.standing(), &account.tracking) {
                div { dt { (texts.get("webex-account-tracking")) } dd { code { (tracking) } } }
            }
        }
    }
}

/// Their names, or the ids where the names are not known.
#[must_use]
pub fn named(known: &Known, ids: &Names) -> String {
    let name = |id: &String| {
        let licence = known.licences.iter().find(|licence| licence.id == *id);
        licence.map_or_else(|| id.clone(), |licence| licence.name.clone())
    };
    ids.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// How it stands, in a word.
fn word(account: &Account) -> &'static str {
    match (account.standing(), account.wanted) {
        (Standing::AskedFor, _) => "asked_for",
        (Standing::AskedBack, _) if account.next_try_at.is_none() => "declined",
        (Standing::AskedBack, _) => "asked_back",
        (Standing::Ended(outcome), _) => outcome.as_str(),
        (Standing::Failed(_), _) => "failed",
    }
}

fn what_to_do(account: Option<&Account>) -> String {
    let Some(account) = account else { return "webex-do-undecided".to_owned() };
    match account.standing() {
        Standing::Failed(obstacle) => format!("webex-people-{obstacle}"),
        Standing::Ended(Outcome::Granted) => "webex-do-granted".to_owned(),
        _ => format!("webex-do-{}", word(account)),
    }
}
