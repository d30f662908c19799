//! What families agree to: a form for the next wording, and the wordings so far.
//!
//! Never shows markup of a text: it is paragraphs.

use maud::{Markup, html};

use super::{Part, document, head};
use crate::domain::hospital::Consent;
use crate::domain::person::Language;
use crate::store::hospital::ConsentVersion;
use crate::web::consent;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::settings::consent::SEEN;
use crate::web::staff::views::form::{self, Fault};
use crate::web::staff::views::moment::{self, Here};
use crate::web::staff::views::shell::Reader;

/// The page as it stands.
pub struct ConsentPage<'a> {
    /// The admin.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// What families agree to now.
    pub now: &'a Consent,
    /// Every version an admin wrote, the newest first.
    pub versions: &'a [ConsentVersion],
    /// What was typed.
    pub typed: &'a Pairs,
    /// What is wrong with it.
    pub problems: &'a [Fault],
}

/// The field of one language.
#[must_use]
pub const fn field(language: Language) -> &'static str {
    match language {
        Language::Spanish => "consent_es",
        Language::English => "consent_en",
        Language::Portuguese => "consent_pt",
    }
}

/// `GET /settings/consent`.
#[must_use]
pub fn page(page: &ConsentPage<'_>) -> Markup {
    let texts = page.reader.texts;
    let main = html! {
        (head(texts, Part::Consent))
        (form::summary(texts, page.problems))
        p { (texts.get("settings-consent-lead")) }
        form method="post" action="/settings/consent" novalidate autocomplete="off" {
            input type="hidden" name="form_token" value=(page.reader.form_token);
            input type="hidden" name=(SEEN) value=(page.now.version);
            div.card.part {
                h2.part-title { (texts.get("settings-consent-next")) }
                p.hint #consent-hint { (texts.get("settings-consent-how")) }
                @for language in Language::ALL { (text(page, *language)) }
            }
            div.form-end { button.button.primary type="submit" { (texts.get("settings-consent-publish")) } }
        }
        section.card.part aria-labelledby="versions-title" {
            h2 #versions-title.part-title { (texts.get("settings-consent-versions")) }
            ol.versions reversed {
                @for version in page.versions { (self::version(page, version)) }
                li {
                    details {
                        summary { (texts.with("settings-consent-version", &[("version", "1".into())])) " · " (texts.get("settings-consent-built-in")) }
                        @for paragraph in consent::paragraphs(texts, &Consent::built_in()) { p { (paragraph) } }
                    }
                }
            }
        }
    };
    document(page.reader, Part::Consent, page.problems, &[], main)
}

fn text(page: &ConsentPage<'_>, language: Language) -> Markup {
    let name = field(language);
    let typed =
        if page.typed.has(name) { page.typed.one(name).to_owned() } else { consent::written(language, page.now) };
    let problem = form::sentence_for(page.problems, name);
    html! {
        div.field {
            label for=(name) { (page.reader.texts.get(&format!("language-{language}"))) }
            (form::beside(page.problems, name))
            textarea id=(name) name=(name) lang=(language) rows="8" maxlength="3000"
                aria-describedby=(if problem.is_some() { format!("consent-hint {name}-error") } else { "consent-hint".to_owned() })
                aria-invalid=[problem.map(|_| "true")] { (typed) }
        }
    }
}

fn version(page: &ConsentPage<'_>, version: &ConsentVersion) -> Markup {
    let texts = page.reader.texts;
    html! {
        li {
            details open[page.problems.is_empty() && version.version == page.now.version] {
                summary {
                    (texts.with("settings-consent-version", &[("version", version.version.to_string().into())])) " · "
                    (moment::date(texts, page.here.date(version.at))) ", " (page.here.clock(version.at)) " · " (version.by)
                }
                @for language in Language::ALL {
                    div lang=(language) {
                        h3 { (texts.get(&format!("language-{language}"))) }
                        @for paragraph in version.texts.of(*language).paragraphs() { p { (paragraph) } }
                    }
                }
            }
        }
    }
}
