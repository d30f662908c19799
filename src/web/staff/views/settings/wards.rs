//! The hospital's wards, each with its name to change and a way to remove it.
//!
//! Never says who works or lies there.

use maud::{Markup, html};

use super::{Part, document, head};
use crate::domain::ids::WardId;
use crate::store::wards::Ward;
use crate::web::staff::views::form::{self, Fault, Line};
use crate::web::staff::views::shell::Reader;

/// The field of a new ward's name.
pub const ADDED: &str = "name";

/// The page as it stands.
pub struct WardsPage<'a> {
    /// The admin.
    pub reader: Reader<'a>,
    /// By name.
    pub wards: &'a [Ward],
    /// The id of the one that the form adds, so that the same form twice adds it once.
    pub new: WardId,
    /// The name typed for a new one.
    pub added: &'a str,
    /// The name typed for another one.
    pub renaming: Option<Renaming<'a>>,
    /// What is wrong with it.
    pub problems: &'a [Fault],
}

/// A name that was typed for a ward, and not kept.
#[derive(Clone, Copy)]
pub struct Renaming<'a> {
    /// Which.
    pub ward: WardId,
    /// What was typed.
    pub typed: &'a str,
}

/// The field of a ward's name.
#[must_use]
pub fn field(ward: WardId) -> String {
    format!("ward-{ward}")
}

/// `GET /settings/wards`.
#[must_use]
pub fn page(page: &WardsPage<'_>) -> Markup {
    let texts = page.reader.texts;
    let main = html! {
        (head(texts, Part::Wards))
        (form::summary(texts, page.problems))
        p { (texts.get("settings-wards-lead")) }
        form.card.part.ward method="post" action="/settings/wards" novalidate autocomplete="off" {
            input type="hidden" name="form_token" value=(page.reader.form_token);
            input type="hidden" name="ward" value=(page.new);
            (Line::new(ADDED, texts.get("settings-ward-new")).holding(page.added).markup(page.problems))
            button.button.primary type="submit" { (texts.get("settings-ward-add")) }
        }
        @if page.wards.is_empty() {
            p.empty { (texts.get("settings-wards-none")) }
        } @else {
            ul.wards { @for ward in page.wards { (self::ward(page, ward)) } }
        }
    };
    document(page.reader, Part::Wards, page.problems, &[], main)
}

fn ward(page: &WardsPage<'_>, ward: &Ward) -> Markup {
    let texts = page.reader.texts;
    let field = field(ward.id);
    let problem = form::sentence_for(page.problems, &field);
    let typed =
        page.renaming.filter(|renaming| renaming.ward == ward.id).map_or(ward.name.as_str(), |renaming| renaming.typed);
    let named = |key| texts.with(key, &[("name", ward.name.clone().into())]);
    html! {
        li.card.part.ward {
            form.ward-name method="post" action={ "/settings/wards/" (ward.id) } novalidate autocomplete="off" {
                input type="hidden" name="form_token" value=(page.reader.form_token);
                input type="hidden" name="seen" value=(ward.name);
                div.field {
                    label.visually-hidden for=(field) { (named("settings-ward-name")) }
                    (form::beside(page.problems, &field))
                    input id=(field) name="name" type="text" value=(typed) autocomplete="off"
                        aria-describedby=[problem.map(|_| format!("{field}-error"))] aria-invalid=[problem.map(|_| "true")];
                }
                button.button.small type="submit" { (texts.get("settings-ward-rename")) span.visually-hidden { " " (ward.name) } }
                button.button.small.quiet type="submit" formaction={ "/settings/wards/" (ward.id) "/removal" } {
                    (texts.get("settings-ward-remove")) span.visually-hidden { " " (ward.name) }
                }
            }
        }
    }
}
