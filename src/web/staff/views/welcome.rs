//! The link by which somebody chooses a password: as its admin hands it over, and as its owner opens it.
//!
//! The link stands on the answer to one request and nowhere else. Never says why a link does not work.

use jiff::Timestamp;
use maud::{Markup, html};

use super::form::{self, Fault, Line};
use super::moment::{self, Here};
use super::qr;
use super::shell::{self, Page, Place, Reader};
use crate::auth::secret::Secret16;
use crate::domain::staff::StaffMember;
use crate::text::Texts;
use crate::web::layout::Title;

/// A link just made.
pub struct Link<'a> {
    /// Whose.
    pub member: &'a StaffMember,
    /// Its secret part.
    pub token: &'a Secret16,
    /// Until when it works.
    pub until: Timestamp,
    /// Whether its owner never had a password.
    pub is_new: bool,
}

/// The page behind the link.
pub struct Welcome<'a> {
    /// The owner's language.
    pub texts: Texts,
    /// Proves that the form is ours.
    pub form_token: &'a str,
    /// From the link, for the form's address.
    pub token: &'a str,
    /// Its owner.
    pub member: &'a StaffMember,
    /// Why the password was not accepted.
    pub problems: &'a [Fault],
}

/// The page that shows an admin a link once.
#[must_use]
pub fn handed_over(reader: Reader<'_>, here: &Here, origin: &str, link: &Link<'_>) -> Markup {
    let texts = reader.texts;
    let url = format!("{origin}/welcome/{}", link.token.to_text());
    let name = || link.member.name.to_string();
    let title =
        texts.with(if link.is_new { "welcome-link-new" } else { "welcome-link-again" }, &[("name", name().into())]);
    let mut page = Page::new(Title::Plain(title.clone()));
    page.place = Some(Place::Staff);
    page.stylesheets = &["people.css"];
    page.scripts = &["staff/copy.js"];
    let main = html! {
        main #main.visit-form tabindex="-1" {
            h1 { (title) }
            section.card.part.stack {
                p { (texts.with("welcome-link-how", &[("name", name().into()), ("until", moment::instant(texts, here, link.until).into())])) }
                div.one-time {
                    label for="link" { (texts.get("welcome-link-label")) }
                    div.copied {
                        input #link type="text" readonly value=(url);
                        button.button type="button" data-copy="link" data-done=(texts.get("welcome-link-copied")) hidden { (texts.get("welcome-link-copy")) }
                    }
                    p #copied.hint role="status" {}
                }
                details.code {
                    summary { (texts.get("welcome-link-code")) }
                    (qr::code(&url, &texts.with("qr-label", &[("name", name().into())])))
                }
                p.message.warn { (texts.get("welcome-link-once")) }
            }
            div.form-end {
                a.button.primary href={ "/staff/" (link.member.id) } { (texts.get("welcome-link-done")) }
                a.button.quiet href="/staff/new" { (texts.get("people-add-another")) }
            }
        }
    };
    shell::page(reader, page, main)
}

/// `GET /welcome/{token}`, and the answer to a password that is not accepted.
#[must_use]
pub fn page(page: &Welcome<'_>) -> Markup {
    let texts = page.texts;
    let title = texts.get("welcome-title");
    let email = page.member.email.to_string();
    let main = html! {
        main #main.door-card.card tabindex="-1" {
            h1 { (title) }
            p { (texts.with("welcome-how", &[("name", page.member.name.to_string().into())])) }
            (form::summary(texts, page.problems))
            form.stack method="post" action={ "/welcome/" (page.token) } novalidate {
                input type="hidden" name="form_token" value=(page.form_token);
                // For password managers, which keep a password with the name it belongs to.
                (Line::new("email", texts.get("sign-in-email")).of_kind("email").filled_by("username")
                    .holding(&email).fixed().markup(&[]))
                (Line::new("password", texts.get("set-up-password")).of_kind("password").filled_by("new-password")
                    .hinting(texts.get("set-up-password-how")).markup(page.problems))
                button.button.primary type="submit" { (texts.get("welcome-enter")) }
            }
        }
    };
    let title = if page.problems.is_empty() { Title::Plain(title) } else { Title::Error(title) };
    shell::door(texts, title, None, main)
}

/// The answer to a link that does not work.
#[must_use]
pub fn over(texts: Texts) -> Markup {
    let main = html! {
        main #main.door-card.card.stack tabindex="-1" {
            h1 { (texts.get("set-up-over-title")) }
            p { (texts.get("welcome-over-how")) }
            a.button.primary href="/sign-in" { (texts.get("sign-in-title")) }
        }
    };
    shell::door(texts, Title::Plain(texts.get("set-up-over-title")), None, main)
}
