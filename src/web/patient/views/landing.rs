//! Before the door: who invites, when, what will happen, what is agreed to, and one button.
//!
//! Never names the person, the doctor or the patient: whoever holds the link may read this, link previews too.

use maud::{Markup, html};

use super::VisitDocument;
use super::steps::steps;
use super::when::moment;
use crate::domain::service::Service;
use crate::web::consent;

/// Sentences the script of the landing view shows.
pub(super) const TEXT_KEYS: &[&str] =
    &["landing-enter", "landing-entering", "landing-offline", "landing-failed", "in-app-copied", "in-app-by-hand"];

pub(super) fn landing(document: &VisitDocument<'_>, token: &str, form_token: &str, problem: Option<&str>) -> Markup {
    let texts = document.texts;
    html! {
        section #landing.view aria-labelledby="landing-title" {
            p.eyebrow { (texts.with("landing-invites", &[("name", document.hospital.name.as_str().into())])) }
            h1 #landing-title tabindex="-1" { (texts.get("landing-title")) }
            @if let Some(problem) = problem {
                div.error-summary role="alert" tabindex="-1" { h2 { (texts.get("landing-problem")) } p { (problem) } }
            }
            dl.facts {
                div { dt { (texts.get("landing-what")) } dd { (texts.get(service_key(document.service))) } }
                div { dt { (texts.get("landing-when")) } dd { (moment(texts, document.appointment)) } }
            }
            div #in-app.message.warn.stack hidden {
                h2 { (texts.get("in-app-title")) }
                p { (texts.get("in-app-how")) }
                button #in-app-copy.button type="button" { (texts.get("in-app-copy")) }
                p #in-app-said role="status" {}
            }
            (steps(texts, "landing-steps"))
            form #enter-form method="post" action={ "/j/" (token) } {
                input type="hidden" name="consent" value=(document.hospital.consent.version);
                input type="hidden" name="lang" value=(texts.language());
                input type="hidden" name="form_token" value=(form_token);
                section.consent aria-labelledby="consent-title" {
                    h2 #consent-title tabindex="-1" { (texts.get("landing-consent-title")) }
                    ul { @for paragraph in consent::paragraphs(texts, &document.hospital.consent) { li { (paragraph) } } }
                }
                noscript { p.message.warn { (texts.get("landing-no-script")) } }
            }
            div.action {
                p #enter-problem.message.bad role="alert" {}
                p { a href="#consent-title" { (texts.get("landing-consent-short")) } }
                button #enter-lobby.button.primary.big type="submit" form="enter-form" { (texts.get("landing-enter")) }
            }
        }
    }
}

/// The service in neutral words: nothing about anybody's health.
const fn service_key(service: Service) -> &'static str {
    match service {
        Service::HomeConsultation => "visit-home-consultation",
        Service::MedicalReport => "visit-medical-report",
        Service::TeleVisit => "visit-tele-visit",
        Service::FollowUp => "visit-follow-up",
    }
}
