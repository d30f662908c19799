//! Links as QR codes: black on white in every theme, with the quiet zone that cameras need.

use maud::{Markup, PreEscaped, html};
use qrcode::QrCode;
use qrcode::render::svg;

/// A code that holds `url`, named for who cannot see it. Nothing when the link is longer than a code can hold.
#[must_use]
pub fn code(url: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::new(url.as_bytes()) else {
        return html! {};
    };
    let drawing = code.render::<svg::Color<'_>>().min_dimensions(200, 200).quiet_zone(true).build();
    // The renderer opens with an XML declaration, which is not HTML.
    let drawing = drawing.find("<svg").and_then(|start| drawing.get(start..)).unwrap_or_default();
    html! { div.qr role="img" aria-label=(label) { (PreEscaped(drawing)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_drawing_with_a_name() {
        let code = code("https://visitas.example/j/AAAAAAAAAAAAAAAAAAAAAA", "Code for Rosa").into_string();
        assert!(code.contains("<svg") && code.contains(r#"aria-label="Code for Rosa""#));
        assert!(!code.contains("<?xml") && !code.contains("style="));
    }

    #[test]
    fn what_no_code_can_hold_is_left_out() {
        assert_eq!(super::code(&"x".repeat(5000), "").into_string(), "");
    }
}
