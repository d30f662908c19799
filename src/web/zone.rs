//! How a time zone is called in a sentence. Never tells what time it is there.

use crate::text::Texts;

/// `Mexico City time` for `America/Mexico_City`.
#[must_use]
pub fn name(texts: Texts, iana: &str) -> String {
    let city = iana.rsplit('/').next().unwrap_or(iana);
    texts.with("when-zone", &[("city", city.to_owned().into()), ("name", texts.city(iana).into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    #[test]
    fn a_zone_without_a_translation_is_named_all_the_same() {
        assert_eq!(name(Texts::of(Language::English), "America/Bahia_Banderas"), "Bahía Banderas time");
        assert_eq!(name(Texts::of(Language::Spanish), "Asia/Ho_Chi_Minh"), "hora de Ho Chi Minh");
    }

    #[test]
    fn the_usual_zones_are_called_as_the_reader_calls_them() {
        let cases = [
            (Language::Spanish, "America/Mexico_City", "hora de Ciudad de México"),
            (Language::Spanish, "America/New_York", "hora de Nueva York"),
            (Language::Spanish, "America/Bogota", "hora de Bogotá"),
            (Language::English, "America/Bogota", "Bogotá time"),
            (Language::Portuguese, "America/Mexico_City", "horário da Cidade do México"),
            (Language::Portuguese, "America/Argentina/Buenos_Aires", "horário de Buenos Aires"),
            (Language::Portuguese, "Europe/Madrid", "horário de Madri"),
        ];
        for (language, zone, said) in cases {
            assert_eq!(name(Texts::of(language), zone), said);
        }
    }
}
