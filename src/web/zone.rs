//! How a time zone is called in a sentence. Never tells what time it is there.

use crate::text::Texts;

/// `Mexico City time` for `America/Mexico_City`.
#[must_use]
pub fn name(texts: Texts, iana: &str) -> String {
    let city = iana.rsplit('/').next().unwrap_or(iana);
    texts.with("when-zone", &[("city", city.to_owned().into()), ("name", city.replace('_', " ").into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    #[test]
    fn a_zone_without_a_translation_is_named_all_the_same() {
        assert_eq!(name(Texts::of(Language::English), "America/Bahia_Banderas"), "Bahia Banderas time");
    }
}
