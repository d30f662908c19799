//! The hospital's settings: each with a sentence about what it does, and whether it is still as the program was started.
//!
//! Never judges a value: the form did.

pub mod consent;
pub mod messages;
pub mod texts;
pub mod wards;
pub mod webex;

use jiff::Timestamp;
use maud::{Markup, html};

use super::form::{self, Fault};
use super::moment::{self, Here};
use super::shell::{self, Page, Place, Reader};
use super::zones;
use crate::domain::hospital::{Hospital, Setting};
use crate::domain::message::reminders::Switch;
use crate::domain::message::wording::Lettering;
use crate::domain::person::{Language, PersonName};
use crate::domain::service::Engine;
use crate::text::Texts;
use crate::web::layout::{self, Title};
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::settings::{OTHER_ZONE, seen_field};
use crate::web::staff::settings::logo::SEEN as SEEN_LOGO;

/// Sentences of the script that counts the letters of the name.
const TEXT_KEYS: &[&str] = &["settings-name-fits", "settings-name-long", "settings-name-too-long"];

/// The page as it stands.
pub struct SettingsPage<'a> {
    /// The admin.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// The hospital as the program was started.
    pub started: &'a Hospital,
    /// The hospital as it is.
    pub now: &'a Hospital,
    /// Who changed something last, and when.
    pub changed: Option<&'a (PersonName, Timestamp)>,
    /// What can carry visits here.
    pub engines: &'a [Engine],
    /// What stands in the fields.
    pub typed: &'a Pairs,
    /// What is wrong with it.
    pub problems: &'a [Fault],
}

/// The pages about the hospital.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Hospital,
    Texts,
    Messages,
    Consent,
    Wards,
    Webex,
}

impl Part {
    const ALL: [Self; 6] = [Self::Hospital, Self::Texts, Self::Messages, Self::Consent, Self::Wards, Self::Webex];

    const fn path(self) -> &'static str {
        match self {
            Self::Hospital => "/settings",
            Self::Texts => texts::LIST,
            Self::Messages => messages::PATH,
            Self::Consent => "/settings/consent",
            Self::Wards => "/settings/wards",
            Self::Webex => "/settings/webex",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Hospital => "settings-title",
            Self::Texts => "texts-title",
            Self::Messages => "sending-title",
            Self::Consent => "settings-consent-title",
            Self::Wards => "settings-wards-title",
            Self::Webex => "settings-webex-title",
        }
    }
}

/// `GET /settings`.
#[must_use]
pub fn page(page: &SettingsPage<'_>) -> Markup {
    let texts = page.reader.texts;
    let main = html! {
        (head(texts, Part::Hospital))
        (form::summary(texts, page.problems))
        p { (texts.get("settings-lead")) " " (texts.get("settings-as-started-how")) }
        @if let Some((name, at)) = page.changed {
            p.soft { (texts.with("settings-changed", &[
                ("name", name.to_string().into()),
                ("date", moment::date(texts, page.here.date(*at)).into()),
                ("time", page.here.clock(*at).into()),
            ])) }
        }
        form #settings-form method="post" action="/settings" novalidate autocomplete="off" {
            input type="hidden" name="form_token" value=(page.reader.form_token);
            @for setting in Setting::ALL {
                input type="hidden" name=(seen_field(*setting)) value=(page.now.value(*setting));
            }
            (part(page, "families", html! {
                (line(page, Setting::Name))
                p #name-count.hint role="status" {}
                (line(page, Setting::HelpPhone))
                (line(page, Setting::HelpSpanish))
                (line(page, Setting::HelpEnglish))
                (line(page, Setting::HelpPortuguese))
            }))
            (part(page, "place", html! {
                p.hint { (texts.get("settings-zone-how")) (origin(page, Setting::Zone)) }
                div.pair {
                    (zones::fields(texts, page.now.zone.name(), page.typed.one(Setting::Zone.as_str()), page.typed.one(OTHER_ZONE), page.problems))
                }
                div.pair { (line(page, Setting::Country)) (languages(page)) }
            }))
            (part(page, "links", html! {
                div.pair { (line(page, Setting::LinkLead)) (line(page, Setting::LinkLifetime)) }
            }))
            (part(page, "reminders", html! {
                div.pair { (words(page, Setting::DayBefore, Switch::ALL.iter().map(|word| word.as_str()))) (line(page, Setting::ReminderHour)) }
                (words(page, Setting::Lettering, Lettering::ALL.iter().map(|word| word.as_str())))
            }))
            (part(page, "keeping", html! {
                div.pair {
                    @for setting in [Setting::KeepVisits, Setting::KeepMessages, Setting::KeepCalls, Setting::KeepAudit] { (line(page, setting)) }
                }
            }))
            @if page.engines.len() > 1 {
                (part(page, "carrying", html! {
                    div.pair {
                        @for setting in Setting::ALL.iter().filter(|setting| setting.carries().is_some()) { (engines(page, *setting)) }
                    }
                }))
            }
            div.form-end { button.button.primary type="submit" { (texts.get("settings-save")) } }
        }
        (logo(page))
        (layout::texts_block(texts, TEXT_KEYS))
    };
    document(page.reader, Part::Hospital, page.problems, &["staff/settings.js"], main)
}

/// A fieldset with a sentence about what it is for.
fn part(page: &SettingsPage<'_>, name: &str, fields: Markup) -> Markup {
    let texts = page.reader.texts;
    html! {
        fieldset.card.part {
            legend { (texts.get(&format!("settings-{name}"))) }
            p.hint { (texts.get(&format!("settings-{name}-how"))) }
            (fields)
        }
    }
}

fn line(page: &SettingsPage<'_>, setting: Setting) -> Markup {
    let name = setting.as_str();
    let kind = if setting == Setting::HelpPhone { "tel" } else { "text" };
    field(page, setting, |described| {
        let is_wrong = form::sentence_for(page.problems, name).map(|_| "true");
        html! {
            input id=(name) name=(name) type=(kind) value=(page.typed.one(name)) autocomplete="off"
                aria-describedby=(described) aria-invalid=[is_wrong];
        }
    })
}

/// Label, sentence and problem around what `input` makes of the ids that describe it.
fn field(page: &SettingsPage<'_>, setting: Setting, input: impl FnOnce(&str) -> Markup) -> Markup {
    let texts = page.reader.texts;
    let name = setting.as_str();
    let error = form::sentence_for(page.problems, name).map(|_| format!(" {name}-error")).unwrap_or_default();
    html! {
        div.field {
            p.field-head { label for=(name) { (texts.get(&format!("settings-{name}"))) } (origin(page, setting)) }
            p.hint id={ (name) "-hint" } { (texts.get(&format!("settings-{name}-how"))) }
            (form::beside(page.problems, name))
            (input(&format!("{name}-hint{error}")))
        }
    }
}

/// Says that a setting is still as started.
fn origin(page: &SettingsPage<'_>, setting: Setting) -> Markup {
    let is_as_started = page.now.value(setting) == page.started.value(setting);
    html! { @if is_as_started { " " span.as-started { (page.reader.texts.get("settings-as-started")) } } }
}

fn languages(page: &SettingsPage<'_>) -> Markup {
    let texts = page.reader.texts;
    choice(
        page,
        Setting::Language,
        Language::ALL.iter().map(|word| (word.as_str(), texts.get(&format!("language-{word}")))),
    )
}

fn engines(page: &SettingsPage<'_>, setting: Setting) -> Markup {
    let texts = page.reader.texts;
    choice(page, setting, page.engines.iter().map(|engine| (engine.as_str(), texts.get(&format!("engine-{engine}")))))
}

/// A choice between words, each with its sentence.
fn words(page: &SettingsPage<'_>, setting: Setting, words: impl Iterator<Item = &'static str>) -> Markup {
    let texts = page.reader.texts;
    choice(page, setting, words.map(|word| (word, texts.get(&format!("settings-{setting}-{word}")))))
}

fn choice(page: &SettingsPage<'_>, setting: Setting, words: impl Iterator<Item = (&'static str, String)>) -> Markup {
    let name = setting.as_str();
    let chosen = page.typed.one(name);
    field(page, setting, |described| {
        html! {
            select id=(name) name=(name) aria-describedby=(described) {
                @for (word, said) in words { option value=(word) selected[word == chosen] { (said) } }
            }
        }
    })
}

fn logo(page: &SettingsPage<'_>) -> Markup {
    let texts = page.reader.texts;
    let digest = page.now.logo.as_deref();
    let hidden = html! {
        input type="hidden" name="form_token" value=(page.reader.form_token);
        input type="hidden" name=(SEEN_LOGO) value=(digest.unwrap_or_default());
    };
    html! {
        section.card.part aria-labelledby="logo-title" {
            h2 #logo-title.part-title { (texts.get("settings-logo")) }
            p.hint #logo-hint { (texts.get("settings-logo-how")) }
            @match digest {
                Some(digest) => p.logo-shown { img src={ "/logo/" (digest) } alt=(texts.get("settings-logo-now")); },
                None => p { (texts.get("settings-logo-none")) },
            }
            form.logo-form method="post" action="/settings/logo" enctype="multipart/form-data" {
                (hidden)
                div.field {
                    label for="logo" { (texts.get("settings-logo-file")) }
                    (form::beside(page.problems, "logo"))
                    input #logo name="logo" type="file" accept="image/png,image/jpeg,image/webp" aria-describedby="logo-hint"
                        aria-invalid=[form::sentence_for(page.problems, "logo").map(|_| "true")];
                }
                button.button type="submit" { (texts.get("settings-logo-send")) }
            }
            @if digest.is_some() {
                form method="post" action="/settings/logo/removal" {
                    (hidden)
                    button.button.quiet type="submit" { (texts.get("settings-logo-remove")) }
                }
            }
        }
    }
}

/// Title, and the way to the other pages about the hospital.
fn head(texts: Texts, here: Part) -> Markup {
    html! {
        div.page-head {
            h1 { (texts.get(here.key())) }
            nav.filters aria-label=(texts.get("settings-parts")) {
                @for part in Part::ALL {
                    a href=(part.path()) aria-current=[(part == here).then_some("page")] { (texts.get(part.key())) }
                }
            }
        }
    }
}

fn document(reader: Reader<'_>, part: Part, problems: &[Fault], scripts: &[&str], main: Markup) -> Markup {
    let title = reader.texts.get(part.key());
    let mut page = Page::new(if problems.is_empty() { Title::Plain(title) } else { Title::Error(title) });
    page.place = Some(Place::Settings);
    page.stylesheets = if part == Part::Texts { &["settings.css", "texts.css"] } else { &["settings.css"] };
    page.scripts = scripts;
    shell::page(reader, page, html! { main #main.settings tabindex="-1" { (main) } })
}
