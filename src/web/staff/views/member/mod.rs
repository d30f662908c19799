//! One member of staff, for admins: who they are and what they may do, how they come in, and what becomes of their visits.
//!
//! Never shows a visit or a patient: of coming visits only how many there are of each service.

mod access;
mod fields;
mod webex;

use jiff::Timestamp;
use maud::{Markup, html};

pub use fields::meanwhile;
pub use webex::{AtWebex, choose, named};

use super::form::{self, Fault};
use super::moment::Here;
use super::roster;
use super::sessions::{self, Sessions};
use super::shell::{self, Page, Place, Reader};
use crate::domain::ids::{ConsultationId, StaffId, StaffSessionId};
use crate::domain::service::Service;
use crate::domain::staff::StaffMember;
use crate::store::sessions::ListedSession;
use crate::store::staff::roster::Entry;
use crate::store::wards::Ward;
use crate::web::layout::Title;
use crate::web::staff::forms::pairs::Pairs;

/// `GET /staff/{id}`, and the answer to a form that lacks something.
pub struct MemberPage<'a> {
    /// Who reads it.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// Whom it is about.
    pub entry: &'a Entry,
    /// The form as it stands.
    pub typed: &'a Pairs,
    /// What is wrong with it.
    pub problems: &'a [Fault],
    /// Wards to choose from.
    pub wards: &'a [Ward],
    /// The hospital's zone.
    pub zone: &'a str,
    /// Until when their link works, if they have one.
    pub link_until: Option<Timestamp>,
    /// What is known of Webex; nothing where no one needs an account.
    pub at_webex: Option<&'a AtWebex>,
    /// Where they are signed in.
    pub sessions: &'a [ListedSession],
    /// The reader's own session.
    pub own_session: StaffSessionId,
    /// The visits they still have to conduct.
    pub coming: &'a [(ConsultationId, Service)],
    /// Doctors those may be handed over to.
    pub doctors: &'a [StaffMember],
}

/// `GET /staff/new`, and the answer to a form that lacks something.
pub struct Newcomer<'a> {
    /// Who reads it.
    pub reader: Reader<'a>,
    /// The form as it stands.
    pub typed: &'a Pairs,
    /// What is wrong with it.
    pub problems: &'a [Fault],
    /// Wards to choose from.
    pub wards: &'a [Ward],
    /// The hospital's zone.
    pub zone: &'a str,
    /// When and in which zone.
    pub here: &'a Here,
    /// What is known of Webex; nothing where no one needs an account.
    pub at_webex: Option<&'a AtWebex>,
}

/// The page that adds somebody.
#[must_use]
pub fn newcomer(newcomer: &Newcomer<'_>) -> Markup {
    let Newcomer { reader, typed, problems, wards, zone, here, at_webex } = *newcomer;
    let texts = reader.texts;
    let main = html! {
        main #main.visit-form tabindex="-1" {
            h1 { (texts.get("people-new-title")) }
            (form::summary(texts, problems))
            form.person method="post" action="/staff" novalidate autocomplete="off" {
                input type="hidden" name="form_token" value=(reader.form_token);
                // The same form sent twice adds nobody twice.
                input type="hidden" name="id" value=(typed.one("id").parse().unwrap_or_else(|_| StaffId::mint()));
                (fields::all(texts, typed, problems, wards, zone))
                @if let Some(at_webex) = at_webex { (webex::part(texts, here, at_webex, typed, problems)) }
                div.form-end {
                    button.button.primary type="submit" { (texts.get("people-add-now")) }
                    a.button.quiet href="/staff" { (texts.get("people-back")) }
                }
                p.hint { (texts.get("people-add-how")) }
            }
        }
    };
    shell::page(reader, around(texts.get("people-new-title"), problems), main)
}

impl MemberPage<'_> {
    /// Whether it is about whoever reads it.
    fn is_reader(&self) -> bool {
        self.entry.member.id == self.reader.member.id
    }
}

/// The page about somebody.
#[must_use]
pub fn page(person: &MemberPage<'_>) -> Markup {
    let (texts, entry) = (person.reader.texts, person.entry);
    let member = &entry.member;
    let is_self = person.is_reader();
    let address = format!("/staff/{}", member.id);
    let main = html! {
        main #main.visit-form.person-page tabindex="-1" {
            p { a href="/staff" { (texts.get("people-back")) } }
            div.page-head {
                div {
                    h1 { (member.name) }
                    p.soft { (texts.get(shell::role_key(member.role))) " · " (member.email) }
                }
                span.account-state data-state=(entry.state()) { (roster::state_name(texts, entry.state())) }
            }
            (form::summary(texts, person.problems))
            form.person method="post" action=(address) novalidate autocomplete="off" {
                input type="hidden" name="form_token" value=(person.reader.form_token);
                input type="hidden" name="rev" value=(entry.rev);
                (fields::all(texts, person.typed, person.problems, person.wards, person.zone))
                @if let (Some(at_webex), true) = (person.at_webex, entry.is_active) {
                    (webex::part(texts, person.here, at_webex, person.typed, person.problems))
                }
                div.form-end { button.button.primary type="submit" { (texts.get("people-save")) } }
            }
            (access::section(person, &address))
            @if let Some(at_webex) = person.at_webex.filter(|at_webex| member.role.may_host() || at_webex.account.is_some()) {
                (webex::section(person, at_webex, &address))
            }
            section.card.part aria-labelledby="sessions-title" {
                h2 #sessions-title.part-title { (texts.get("sessions-title")) }
                (sessions::list(&Sessions {
                    reader: person.reader,
                    here: person.here,
                    sessions: person.sessions,
                    own: is_self.then_some(person.own_session),
                    action: &format!("{address}/sign-outs"),
                    all: if is_self { "sessions-end-others" } else { "sessions-end-all" },
                }))
            }
            @if !is_self { (access::door(person, &address)) }
        }
    };
    shell::page(person.reader, around(member.name.to_string(), person.problems), main)
}

fn around<'a>(title: String, problems: &[Fault]) -> Page<'a> {
    let mut page = Page::new(if problems.is_empty() { Title::Plain(title) } else { Title::Error(title) });
    page.place = Some(Place::Staff);
    page.stylesheets = &["people.css", "webex_people.css"];
    page.scripts = &["staff/webex-account.js"];
    page
}
