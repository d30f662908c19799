//! Everybody's own page: one card for each thing they may choose.
//!
//! Never shows a password, and offers nothing that only admins decide.

use maud::{Markup, html};

use super::form::{self, Fault, Line};
use super::moment::Here;
use super::sessions::{self, Sessions};
use super::shell::{self, Page, Place, Reader};
use super::zones;
use crate::domain::ids::StaffSessionId;
use crate::domain::person::Language;
use crate::domain::service::{Admission, Admissions};
use crate::domain::staff::{CannedMessage, Role};
use crate::store::sessions::ListedSession;
use crate::web::layout::Title;
use crate::web::staff::forms::own::{admission_field, line_field, lines};
use crate::web::staff::forms::pairs::Pairs;

/// `GET /profile`, and the answer to a form that lacks something.
pub struct Profile<'a> {
    /// Who reads it; whose it is.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// The session they read it with.
    pub session: StaffSessionId,
    /// The form that was refused; empty otherwise.
    pub typed: &'a Pairs,
    /// What is wrong with it.
    pub problems: &'a [Fault],
    /// Where they are signed in.
    pub sessions: &'a [ListedSession],
    /// How they let people in.
    pub admissions: &'a Admissions,
    /// The sentences they keep ready.
    pub messages: &'a [CannedMessage],
}

/// The whole page.
#[must_use]
pub fn page(profile: &Profile<'_>) -> Markup {
    let (texts, member) = (profile.reader.texts, profile.reader.member);
    let title = texts.get("staff-nav-profile");
    let mut page =
        Page::new(if profile.problems.is_empty() { Title::Plain(title.clone()) } else { Title::Error(title.clone()) });
    page.place = Some(Place::Profile);
    page.stylesheets = &["people.css"];
    let conducts = matches!(member.role, Role::Doctor | Role::Ward);
    let main = html! {
        main #main.visit-form.profile tabindex="-1" {
            h1 { (title) }
            p.soft { (member.name) " · " (texts.get(shell::role_key(member.role))) " · " (member.email) }
            p.hint { (texts.get("profile-name-how")) }
            (form::summary(texts, profile.problems))
            (settings(profile))
            (password(profile))
            @if conducts {
                (admissions(profile))
                (messages(profile))
                section.card.part aria-labelledby="calendar-title" {
                    h2 #calendar-title.part-title { (texts.get("calendar-page")) }
                    p { (texts.get("calendar-how")) }
                    a.button href="/profile/calendar" { (texts.get("calendar-page")) }
                }
            }
            section.card.part aria-labelledby="sessions-title" {
                h2 #sessions-title.part-title { (texts.get("sessions-title")) }
                (sessions::list(&Sessions {
                    reader: profile.reader,
                    here: profile.here,
                    sessions: profile.sessions,
                    own: Some(profile.session),
                    action: "/profile/sign-outs",
                    all: "sessions-end-others",
                }))
            }
        }
    };
    shell::page(profile.reader, page, main)
}

fn token(profile: &Profile<'_>) -> Markup {
    html! { input type="hidden" name="form_token" value=(profile.reader.form_token); }
}

fn settings(profile: &Profile<'_>) -> Markup {
    let (texts, member) = (profile.reader.texts, profile.reader.member);
    let language = profile.typed.one("language").parse().unwrap_or(member.language);
    let zone = match profile.typed.one("zone") {
        "" => member.zone.as_str(),
        typed => typed,
    };
    html! {
        section.card.part aria-labelledby="settings-title" {
            h2 #settings-title.part-title { (texts.get("profile-settings")) }
            form.stack method="post" action="/profile" novalidate {
                (token(profile))
                div.grid {
                    div.field {
                        label for="language" { (texts.get("people-language")) }
                        select #language name="language" {
                            @for other in Language::ALL { option value=(other) selected[language == *other] { (texts.get(&format!("language-{other}"))) } }
                        }
                    }
                    (zones::fields(texts, &member.zone, zone, profile.typed.one("other_zone"), profile.problems))
                }
                button.button.primary type="submit" { (texts.get("people-save")) }
            }
        }
    }
}

fn password(profile: &Profile<'_>) -> Markup {
    let texts = profile.reader.texts;
    let email = profile.reader.member.email.to_string();
    html! {
        section.card.part aria-labelledby="password-title" {
            h2 #password-title.part-title { (texts.get("profile-password")) }
            form.stack method="post" action="/profile/password" novalidate {
                (token(profile))
                // For password managers, which keep a password with the name it belongs to.
                input type="text" name="email" value=(email) autocomplete="username" hidden;
                div.grid {
                    (Line::new("present", texts.get("profile-present")).of_kind("password").filled_by("current-password").markup(profile.problems))
                    (Line::new("password", texts.get("profile-new")).of_kind("password").filled_by("new-password")
                        .hinting(texts.get("set-up-password-how")).markup(profile.problems))
                }
                p.hint { (texts.get("profile-password-how")) }
                button.button type="submit" { (texts.get("profile-password-change")) }
            }
        }
    }
}

fn admissions(profile: &Profile<'_>) -> Markup {
    let (texts, member) = (profile.reader.texts, profile.reader.member);
    html! {
        section.card.part aria-labelledby="admissions-title" {
            h2 #admissions-title.part-title { (texts.get("profile-admissions")) }
            form.stack method="post" action="/profile/admissions" {
                (token(profile))
                p.hint { (texts.get("profile-admissions-how")) }
                @for service in member.services.iter() {
                    fieldset {
                        legend { (texts.get(&format!("service-{service}"))) }
                        div.choices {
                            @for admission in Admission::ALL {
                                label.choice {
                                    input type="radio" name=(admission_field(service)) value=(admission) checked[profile.admissions.of(service) == *admission];
                                    span { (texts.get(&format!("visit-admission-{admission}"))) }
                                }
                            }
                        }
                    }
                }
                button.button type="submit" { (texts.get("people-save")) }
            }
        }
    }
}

fn messages(profile: &Profile<'_>) -> Markup {
    let texts = profile.reader.texts;
    let was_refused = profile.typed.has(&line_field(0));
    let kept = |line: usize| profile.messages.get(line).map(ToString::to_string).unwrap_or_default();
    let value = |line: usize| if was_refused { profile.typed.one(&line_field(line)).to_owned() } else { kept(line) };
    html! {
        section #messages.card.part aria-labelledby="messages-title" {
            h2 #messages-title.part-title { (texts.get("profile-messages")) }
            form.stack method="post" action="/profile/messages" novalidate {
                (token(profile))
                p.hint { (texts.get("profile-messages-how")) }
                // Enter in a line saves; it must not move one.
                button.visually-hidden type="submit" tabindex="-1" aria-hidden="true" { (texts.get("people-save")) }
                ol.sentences {
                    @for line in 0..lines(profile.messages.len()) {
                        li {
                            (Line::new(&line_field(line), texts.with("profile-message", &[("number", (line + 1).into())]))
                                .holding(&value(line)).markup(profile.problems))
                            @if line > 0 && line < profile.messages.len() {
                                button.button.small type="submit" name="up" value=(line) {
                                    (texts.get("profile-message-up"))
                                    span.visually-hidden { ": " (kept(line)) }
                                }
                            }
                        }
                    }
                }
                button.button type="submit" { (texts.get("people-save")) }
            }
        }
    }
}
