//! Templates for WhatsApp, which wants one that Meta approved for whatever a business writes first.
//!
//! Every message of ours goes as a template, also within the day after somebody wrote to us, when free words would do: so
//! none depends on when they wrote last. Never makes up words for a text that has no template.

use super::super::{CannotStart, Finding, Outcome, Outgoing};
use crate::domain::message::{Reason, Template};
use crate::domain::person::Language;

/// What Twilio answers to free words outside a conversation.
const NO_TEMPLATE: &str = "63016";

/// The templates that were approved.
pub(super) struct Templates(Vec<Approved>);

/// One of them, for one text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Approved {
    template: Template,
    language: Language,
    sid: String,
}

impl Templates {
    /// Reads them as they are set.
    pub(super) fn read(settings: &[String]) -> Result<Self, CannotStart> {
        settings.iter().map(|text| approved(text)).collect::<Result<_, _>>().map(Self)
    }

    /// The template of a message with its blanks filled in, as parameters of the request.
    pub(super) fn fill(&self, message: &Outgoing) -> Result<[(&'static str, String); 2], Outcome> {
        let missing = || Outcome::rejected(Reason::NoTemplate, NO_TEMPLATE.to_owned());
        let approved = self.find(message.template, message.language).ok_or_else(missing)?;
        let blanks: serde_json::Map<_, _> =
            (1..).zip(&message.blanks).map(|(place, blank)| (place.to_string(), blank.clone().into())).collect();
        Ok([("ContentSid", approved.sid.clone()), ("ContentVariables", serde_json::Value::Object(blanks).to_string())])
    }

    /// A finding for each text and language that has none.
    pub(super) fn missing(&self) -> Vec<Finding> {
        let wanted =
            Template::ALL.iter().flat_map(|template| Language::ALL.iter().map(move |language| (*template, *language)));
        wanted
            .filter(|(template, language)| self.find(*template, *language).is_none())
            .map(|(template, language)| {
                Finding::bad(format!(
                    "WhatsApp: no approved template for {template}:{language}, so that such messages fail (63016). Have \
                     one approved at Twilio, and add {template}:{language}=HX… to ANTESALA_TWILIO_TEMPLATES."
                ))
            })
            .collect()
    }

    fn find(&self, template: Template, language: Language) -> Option<&Approved> {
        self.0.iter().find(|approved| approved.template == template && approved.language == language)
    }
}

/// `link:es=HX…`
fn approved(text: &str) -> Result<Approved, CannotStart> {
    let read = || {
        let (which, sid) = text.trim().split_once('=')?;
        let (template, language) = which.split_once(':')?;
        let sid = sid.trim();
        let is_sid = sid.starts_with("HX") && sid.bytes().all(|byte| byte.is_ascii_alphanumeric());
        Some(Approved {
            template: template.trim().parse().ok()?,
            language: language.trim().parse().ok()?,
            sid: is_sid.then(|| sid.to_owned())?,
        })
    };
    read().ok_or(CannotStart::Wrong {
        setting: "ANTESALA_TWILIO_TEMPLATES",
        why: "write each as link:es=HX…: the text, the language (es, en or pt), and the template's SID",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_read() {
        assert_eq!(
            approved("new_link:pt=HX12ab").unwrap(),
            Approved { template: Template::NewLink, language: Language::Portuguese, sid: "HX12ab".to_owned() }
        );
        for text in ["link=HX1", "link:es", "link:fr=HX1", "hello:es=HX1", "link:es=MG1", "link:es=HX 1"] {
            assert!(approved(text).is_err(), "{text}");
        }
    }
}
