//! Who may be the same person as somebody about to be saved, and the tick that says that they are not.
//!
//! Never decides it, and is never ticked beforehand: whoever saves has looked.

use maud::{Markup, html};

use crate::domain::person::PersonName;
use crate::store::patients::Likeness;
use crate::text::Texts;
use crate::web::staff::views::form::{self, Fault};

/// The tick's field.
pub const FIELD: &str = "somebody_else";

/// The part of a form that shows these people, with a tick to go on all the same, if there is one.
pub(super) fn card(texts: Texts, problems: &[Fault], people: &Markup, tick: &Markup) -> Markup {
    html! {
        section.card.part.alike aria-labelledby="alike-title" {
            h2 #alike-title.part-title { (texts.get("alike-title")) }
            (form::beside(problems, FIELD))
            ul.people { (people) }
            (tick)
        }
    }
}

/// The tick: these `ids`, which were looked at, are somebody else. The sentences' keys begin with `key`.
#[must_use]
pub fn tick(texts: Texts, problems: &[Fault], ids: impl IntoIterator<Item = impl ToString>, key: &str) -> Markup {
    let ids: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    html! {
        label.choice {
            input id=(FIELD) type="checkbox" name=(FIELD) value=(ids.join(" "))
                aria-describedby=[form::sentence_for(problems, FIELD).map(|_| "somebody_else-error")];
            span { b { (texts.get(key)) } span.hint { (texts.get(&format!("{key}-how"))) } }
        }
    }
}

/// In what two patients are alike, in words.
#[must_use]
pub fn why(texts: Texts, likeness: Likeness) -> String {
    texts.get(match likeness {
        Likeness::RecordNumber => "alike-record",
        Likeness::NameAndBirth => "alike-name-and-birth",
        Likeness::PhoneAndName => "alike-phone-and-name",
    })
}

/// A link to somebody's page that leaves what was typed where it is.
pub(super) fn aside(texts: Texts, page: &str, name: &PersonName) -> Markup {
    html! {
        a href=(page) target="_blank" rel="noopener" { (name) span.visually-hidden { " " (texts.get("alike-new-tab")) } }
    }
}
