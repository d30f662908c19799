//! What messages say: all of them as families read them, and a form for one, with an example and how much of it fits.
//!
//! Never judges a text: the handler tried it.

use maud::{Markup, html};

use super::{Part, document, head};
use crate::domain::message::Template;
use crate::domain::message::wording::{Blank, Unworded, Wording};
use crate::domain::person::Language;
use crate::messages::segments::Measure;
use crate::text::Texts;
use crate::web::staff::views::form::{self, Fault};
use crate::web::staff::views::shell::Reader;

/// Where all texts are.
pub const LIST: &str = "/settings/texts";

/// The field of the text.
pub const TEXT: &str = "text";

/// The field that carries which text of the hospital's own was seen.
pub const SEEN: &str = "seen";

/// The button that only tries.
pub const PREVIEW: &str = "preview";

/// A text as families read it.
pub struct Worded {
    /// Which.
    pub template: Template,
    /// In which language.
    pub language: Language,
    /// What it says to an invented family.
    pub example: String,
    /// Whether these are the hospital's own words.
    pub is_own: bool,
}

/// The form for one text.
pub struct TextPage<'a> {
    /// The admin.
    pub reader: Reader<'a>,
    /// Which text.
    pub template: Template,
    /// In which language.
    pub language: Language,
    /// The hospital's own words for it now.
    pub own: Option<&'a Wording>,
    /// What the program's own words say to an invented family.
    pub ours: Option<String>,
    /// What stands in the field.
    pub typed: &'a str,
    /// What that says to an invented family.
    pub example: Option<&'a str>,
    /// How much of a message it takes at its longest.
    pub measure: Option<Measure>,
    /// What is wrong with it.
    pub problems: &'a [Fault],
}

/// `GET /settings/texts`.
#[must_use]
pub fn list(reader: Reader<'_>, worded: &[Worded]) -> Markup {
    let texts = reader.texts;
    let main = html! {
        (head(texts, Part::Texts))
        p { (texts.get("texts-lead")) }
        @for template in Template::ALL {
            section.card.part aria-labelledby={ "text-" (template) } {
                h2.part-title id={ "text-" (template) } { (texts.get(&format!("about-message-{template}"))) }
                p.hint { (texts.get(&format!("texts-when-{template}"))) }
                ul.texts {
                    @for one in worded.iter().filter(|one| one.template == *template) { li { (row(texts, one)) } }
                }
            }
        }
    };
    document(reader, Part::Texts, &[], &[], main)
}

fn row(texts: Texts, one: &Worded) -> Markup {
    let language = texts.get(&format!("language-{}", one.language));
    html! {
        p.field-head {
            b { (language) }
            @if one.is_own { span.as-started { (texts.get("texts-own")) } }
        }
        p.bubble lang=(one.language) { (one.example) }
        a.button.small href=(path(one.template, one.language)) {
            (texts.get("texts-change"))
            span.visually-hidden { ": " (texts.get(&format!("about-message-{}", one.template))) ", " (language) }
        }
    }
}

/// `GET /settings/texts/{template}/{language}`.
#[must_use]
pub fn page(page: &TextPage<'_>) -> Markup {
    let texts = page.reader.texts;
    let address = path(page.template, page.language);
    let problem = form::sentence_for(page.problems, TEXT);
    let hidden = html! {
        input type="hidden" name="form_token" value=(page.reader.form_token);
        input type="hidden" name=(SEEN) value=(page.own.map(Wording::written).unwrap_or_default());
    };
    let main = html! {
        (head(texts, Part::Texts))
        (form::summary(texts, page.problems))
        h2 { (texts.get(&format!("about-message-{}", page.template))) ", " (texts.get(&format!("language-{}", page.language))) }
        p { (texts.get(&format!("texts-when-{}", page.template))) }
        form #text-form method="post" action=(address) novalidate autocomplete="off" {
            (hidden)
            div.card.part {
                div.field {
                    label for=(TEXT) { (texts.get("texts-text")) }
                    p #text-hint.hint { (texts.get("texts-text-how")) }
                    (form::beside(page.problems, TEXT))
                    textarea id=(TEXT) name=(TEXT) lang=(page.language) rows="4" maxlength="480" spellcheck="true"
                        aria-describedby=(if problem.is_some() { "text-hint text-error" } else { "text-hint" })
                        aria-invalid=[problem.map(|_| "true")] { (page.typed) }
                    p #trouble.field-error role="status" {}
                }
                (blanks(texts, page.template))
            }
            section.card.part aria-labelledby="example-title" {
                h2 #example-title.part-title { (texts.get("texts-example")) }
                p #example.bubble lang=(page.language) hidden[page.example.is_none()] { (page.example.unwrap_or_default()) }
                p #count role="status" { @if let Some(measure) = page.measure { (count(texts, measure)) } }
            }
            div.form-end {
                button.button.primary type="submit" { (texts.get("texts-save")) }
                button.button type="submit" name=(PREVIEW) value="1" { (texts.get("texts-preview")) }
            }
        }
        @if page.own.is_some() { (ours(page, &address, &hidden)) }
        p { a href=(LIST) { (texts.get("texts-all")) } }
    };
    document(page.reader, Part::Texts, page.problems, &["staff/texts.js"], main)
}

/// The program's own words, and the way back to them.
fn ours(page: &TextPage<'_>, address: &str, hidden: &Markup) -> Markup {
    let texts = page.reader.texts;
    html! {
        section.card.part aria-labelledby="ours-title" {
            h2 #ours-title.part-title { (texts.get("texts-ours")) }
            @if let Some(ours) = &page.ours { p.bubble lang=(page.language) { (ours) } }
            form method="post" action={ (address) "/removal" } {
                (hidden)
                button.button type="submit" { (texts.get("texts-reset")) }
            }
        }
    }
}

/// What may stand between braces, and what has to.
fn blanks(texts: Texts, template: Template) -> Markup {
    html! {
        dl.blanks {
            @for blank in Blank::ALL.iter().filter(|blank| template.may_hold(**blank)) {
                div {
                    dt { code translate="no" { "{" (blank) "}" } }
                    dd {
                        (texts.get(&format!("blank-{blank}")))
                        @if template.must_hold(*blank) { " " b { (texts.get("texts-needed")) } }
                    }
                }
            }
        }
    }
}

/// How much of one message it takes.
#[must_use]
pub fn count(texts: Texts, measure: Measure) -> String {
    texts.with("texts-count", &[("used", measure.used.to_string().into()), ("limit", measure.limit.to_string().into())])
}

/// What is wrong with a text, and what to do about it.
#[must_use]
pub fn sentence(texts: Texts, fault: &Unworded) -> String {
    let named = |key, blank: &str| texts.with(key, &[("blank", format!("{{{blank}}}").into())]);
    match fault {
        Unworded::Empty => texts.get("texts-empty"),
        Unworded::TooLong => texts.get("texts-too-long"),
        Unworded::Control => texts.get("texts-control"),
        Unworded::Unclosed => texts.get("texts-unclosed"),
        Unworded::Unknown(name) => named("texts-unknown", name),
        Unworded::Misplaced(blank) => named("texts-misplaced", blank.as_str()),
        Unworded::Missing(blank) => named("texts-missing", blank.as_str()),
        Unworded::LinkStuck => named("texts-link-stuck", Blank::Link.as_str()),
    }
}

fn path(template: Template, language: Language) -> String {
    format!("{LIST}/{template}/{language}")
}
