//! The door of the staff: signing in, and setting up the first admin of an empty house.
//!
//! Never gives a password back to the page, and never says whether an account exists.

use maud::{Markup, html};

use super::form::{self, Fault, Line};
use super::shell;
use crate::text::Texts;
use crate::web::layout::Title;

/// The sign-in page.
pub struct SignIn<'a> {
    /// The reader's language.
    pub texts: Texts,
    /// Proves that the form is ours.
    pub form_token: &'a str,
    /// What was typed before.
    pub email: &'a str,
    /// Why it was not accepted.
    pub problems: &'a [Fault],
    /// What the last request has to say.
    pub notice: Option<&'a str>,
}

/// The page of the set-up link.
pub struct SetUp<'a> {
    /// The reader's language.
    pub texts: Texts,
    /// Proves that the form is ours.
    pub form_token: &'a str,
    /// From the link, for the form's address.
    pub token: &'a str,
    /// What was typed before.
    pub name: &'a str,
    /// What was typed before.
    pub email: &'a str,
    /// Why it was not accepted.
    pub problems: &'a [Fault],
}

/// `GET /sign-in`, and the answer to a wrong password.
#[must_use]
pub fn sign_in(page: &SignIn<'_>) -> Markup {
    let texts = page.texts;
    let main = html! {
        main #main.door-card.card tabindex="-1" {
            h1 { (texts.get("sign-in-title")) }
            (form::summary(texts, page.problems))
            form.stack method="post" action="/sign-in" novalidate {
                input type="hidden" name="form_token" value=(page.form_token);
                (Line::new("email", texts.get("sign-in-email")).of_kind("email").filled_by("username").holding(page.email).markup(page.problems))
                (Line::new("password", texts.get("sign-in-password")).of_kind("password").filled_by("current-password").markup(page.problems))
                button.button.primary type="submit" { (texts.get("sign-in-enter")) }
            }
            p.hint { (texts.get("sign-in-help")) }
        }
    };
    shell::door(texts, title(texts, "sign-in-title", page.problems), page.notice, main)
}

/// `GET /set-up/{token}`, and the answer to a form that lacks something.
#[must_use]
pub fn set_up(page: &SetUp<'_>) -> Markup {
    let texts = page.texts;
    let main = html! {
        main #main.door-card.card tabindex="-1" {
            h1 { (texts.get("set-up-title")) }
            p { (texts.get("set-up-how")) }
            (form::summary(texts, page.problems))
            form.stack method="post" action={ "/set-up/" (page.token) } novalidate {
                input type="hidden" name="form_token" value=(page.form_token);
                (Line::new("name", texts.get("set-up-name")).filled_by("name").holding(page.name).markup(page.problems))
                (Line::new("email", texts.get("sign-in-email")).of_kind("email").filled_by("username").holding(page.email).markup(page.problems))
                (Line::new("password", texts.get("set-up-password")).of_kind("password").filled_by("new-password")
                    .hinting(texts.get("set-up-password-how")).markup(page.problems))
                button.button.primary type="submit" { (texts.get("set-up-enter")) }
            }
        }
    };
    shell::door(texts, title(texts, "set-up-title", page.problems), None, main)
}

/// The answer to a set-up link that was used, has expired, or never was.
#[must_use]
pub fn set_up_over(texts: Texts) -> Markup {
    let main = html! {
        main #main.door-card.card.stack tabindex="-1" {
            h1 { (texts.get("set-up-over-title")) }
            p { (texts.get("set-up-over-how")) }
            a.button.primary href="/sign-in" { (texts.get("sign-in-title")) }
        }
    };
    shell::door(texts, Title::Plain(texts.get("set-up-over-title")), None, main)
}

fn title(texts: Texts, key: &str, problems: &[Fault]) -> Title {
    if problems.is_empty() { Title::Plain(texts.get(key)) } else { Title::Error(texts.get(key)) }
}
