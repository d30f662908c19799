//! Every text a person reads, in each language the house speaks, from `locales/`.
//!
//! The files are part of the program; a key that one language lacks fails the tests.
//!
//! Never decides which language: that is the reader's.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::domain::person::Language;

/// The texts of one language.
#[derive(Clone, Copy)]
pub struct Texts {
    language: Language,
    bundle: &'static FluentBundle<FluentResource>,
}

impl Texts {
    /// The texts of `language`.
    #[must_use]
    pub fn of(language: Language) -> Self {
        let bundle = match language {
            Language::Spanish => &*SPANISH,
            Language::English => &*ENGLISH,
            Language::Portuguese => &*PORTUGUESE,
        };
        Self { language, bundle }
    }

    /// Which language this is.
    #[must_use]
    pub const fn language(self) -> Language {
        self.language
    }

    /// The text of `key`; the key itself where there is none, which the tests don't let happen.
    #[must_use]
    pub fn get(self, key: &str) -> String {
        self.complete(key, None)
    }

    /// The text of `key` with its placeables filled.
    #[must_use]
    pub fn with(self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let values: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.complete(key, Some(&values))
    }

    /// The city that names a zone, as its people call it: `Ciudad de México` for `America/Mexico_City`.
    #[must_use]
    pub fn city(self, zone: &str) -> String {
        let city = zone.rsplit('/').next().unwrap_or(zone);
        self.with("zone-city", &[("city", city.to_owned().into()), ("name", city.replace('_', " ").into())])
    }

    /// The text of `key` with its placeables left for the browser to fill, each as `{$name}`.
    #[must_use]
    pub fn template(self, key: &str) -> String {
        self.format(key, None).0
    }

    fn complete(self, key: &str, values: Option<&FluentArgs<'_>>) -> String {
        let (text, is_complete) = self.format(key, values);
        if !is_complete {
            tracing::error!(key, language = self.language.as_str(), "a text lacks a value, or is missing");
        }
        text
    }

    fn format(self, key: &str, values: Option<&FluentArgs<'_>>) -> (String, bool) {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return (key.to_owned(), false);
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, values, &mut errors).into_owned();
        (text, errors.is_empty())
    }
}

/// The files of one language, in `locales/`.
macro_rules! files {
    ($language:literal) => {
        files!($language: "patient" "staff" "messages" "delivery" "house" "agenda" "patients" "imports" "people" "settings" "history" "webex" "webex_people")
    };
    ($language:literal: $($name:literal)+) => {
        [$(($name, include_str!(concat!("../locales/", $language, "/", $name, ".ftl")))),+]
    };
}

type Files = [(&'static str, &'static str); 13];

const IN_SPANISH: Files = files!("es");
const IN_ENGLISH: Files = files!("en");
const IN_PORTUGUESE: Files = files!("pt");

static SPANISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Language::Spanish, &IN_SPANISH));
static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Language::English, &IN_ENGLISH));
static PORTUGUESE: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| bundle(Language::Portuguese, &IN_PORTUGUESE));

fn bundle(language: Language, files: &Files) -> FluentBundle<FluentResource> {
    let mut bundle =
        FluentBundle::new_concurrent(language.as_str().parse::<LanguageIdentifier>().into_iter().collect());
    // Isolation marks are invisible characters: they would cost a segment in an SMS and confuse screen readers.
    bundle.set_use_isolating(false);
    for (_, file) in files {
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, errors)| {
            tracing::error!(errors = errors.len(), "a locale file has errors");
            resource
        });
        if bundle.add_resource(resource).is_err() {
            tracing::error!("a text is defined twice");
        }
    }
    bundle
}

/// The keys a locale file defines.
#[must_use]
pub fn keys(file: &str) -> BTreeSet<&str> {
    file.lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each file in Spanish, English and Portuguese.
    fn each() -> impl Iterator<Item = (&'static str, [&'static str; 3])> {
        IN_SPANISH
            .iter()
            .zip(IN_ENGLISH)
            .zip(IN_PORTUGUESE)
            .map(|(((name, spanish), (_, english)), (_, portuguese))| (*name, [*spanish, english, portuguese]))
    }

    #[test]
    fn every_language_has_every_text() {
        for (name, [spanish, english, portuguese]) in each() {
            for other in [english, portuguese] {
                let missing: Vec<_> = keys(spanish).symmetric_difference(&keys(other)).copied().collect();
                assert!(missing.is_empty(), "{name}: {missing:?}");
            }
        }
    }

    #[test]
    fn every_file_is_read_without_errors_and_no_text_is_defined_twice() {
        for (name, languages) in each() {
            for file in languages {
                assert!(FluentResource::try_new(file.to_owned()).is_ok(), "{name}");
                let defined =
                    file.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase())).count();
                assert_eq!(defined, keys(file).len(), "{name}: a text is defined twice");
            }
        }
    }

    #[test]
    fn no_two_files_define_the_same_text() {
        let mut seen = BTreeSet::new();
        let twice: Vec<_> =
            IN_SPANISH.iter().flat_map(|(_, file)| keys(file)).filter(|key| !seen.insert(*key)).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn placeables_agree_between_languages() {
        for (name, [spanish, english, portuguese]) in each() {
            for other in [english, portuguese] {
                assert_eq!(placeables(spanish), placeables(other), "{name}");
            }
        }
    }

    fn placeables(file: &str) -> BTreeSet<(String, String)> {
        let mut key = String::new();
        let mut found = BTreeSet::new();
        for line in file.lines() {
            if let Some((name, _)) =
                line.split_once('=').filter(|_| line.starts_with(|first: char| first.is_ascii_lowercase()))
            {
                key = name.trim().to_owned();
            }
            for part in line.split('$').skip(1) {
                let name: String = part
                    .chars()
                    .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_' || *letter == '-')
                    .collect();
                found.insert((key.clone(), name));
            }
        }
        found
    }
}
