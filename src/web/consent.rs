//! What families agree to, in words: the hospital's own, or the program's from `locales/`.
//!
//! Never decides which version that is: the hospital's settings say.

use crate::domain::hospital::{ByLanguage, Consent, ConsentText};
use crate::domain::person::Language;
use crate::text::Texts;

/// The program's own, sentence by sentence.
const BUILT_IN: [&str; 4] =
    ["landing-consent", "landing-consent-media", "landing-consent-data", "landing-consent-leave"];

/// Paragraphs in the language of `texts`.
#[must_use]
pub fn paragraphs(texts: Texts, consent: &Consent) -> Vec<String> {
    match &consent.texts {
        Some(own) => own.of(texts.language()).paragraphs().to_vec(),
        None => BUILT_IN.iter().map(|key| texts.get(key)).collect(),
    }
}

/// The wording in one language, as an admin edits it.
#[must_use]
pub fn written(language: Language, consent: &Consent) -> String {
    paragraphs(Texts::of(language), consent).join("\n\n")
}

/// Whether `texts` word the consent as it is worded now.
#[must_use]
pub fn is_worded_as(consent: &Consent, texts: &ByLanguage<ConsentText>) -> bool {
    Language::ALL.iter().all(|language| texts.of(*language).written() == written(*language, consent))
}
