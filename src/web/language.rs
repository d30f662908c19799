//! Which language a reader who is not signed in gets: what they chose, else what their browser asks for.

use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT_LANGUAGE;

use crate::domain::person::Language;

/// The language chosen with `?lang=`.
#[must_use]
pub fn chosen(request: &HttpRequest) -> Option<Language> {
    request.query_string().split('&').find_map(|pair| pair.strip_prefix("lang="))?.parse().ok()
}

/// The language for this reader; `otherwise` where they show none that the house speaks.
#[must_use]
pub fn of(request: &HttpRequest, otherwise: Language) -> Language {
    chosen(request).or_else(|| accepted(request)).unwrap_or(otherwise)
}

/// The first accepted language the house speaks. Browsers list them by preference, so weights are not read.
fn accepted(request: &HttpRequest) -> Option<Language> {
    let header = request.headers().get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    header.split(',').find_map(|range| range.trim().get(..2)?.to_ascii_lowercase().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn language(uri: &str, accept: &str) -> Language {
        let request = TestRequest::with_uri(uri).insert_header((ACCEPT_LANGUAGE, accept)).to_http_request();
        of(&request, Language::Spanish)
    }

    #[test]
    fn a_choice_comes_before_the_browser_before_the_house() {
        assert_eq!(language("/j/x?lang=pt", "en"), Language::Portuguese);
        assert_eq!(language("/j/x", "fr-FR,en;q=0.8"), Language::English);
        assert_eq!(language("/j/x?lang=xx", "pt-BR"), Language::Portuguese);
        assert_eq!(language("/j/x", "fr"), Language::Spanish);
        assert_eq!(language("/j/x", "ñ"), Language::Spanish);
    }
}
