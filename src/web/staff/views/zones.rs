//! Choosing a time zone: those where families live most often, and a line for any other.
//!
//! Never guesses a zone, and never judges one: forms do.

use maud::{Markup, html};

use super::form::{self, Fault, Line};
use crate::text::Texts;
use crate::web::zone;

/// Zones where the hospital's families live most often; any other can be written.
pub const ZONES: &[&str] = &[
    "America/Mexico_City",
    "America/Cancun",
    "America/Hermosillo",
    "America/Mazatlan",
    "America/Chihuahua",
    "America/Ciudad_Juarez",
    "America/Tijuana",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Guatemala",
    "America/Bogota",
    "America/Lima",
    "America/Santiago",
    "America/Argentina/Buenos_Aires",
    "America/Sao_Paulo",
    "America/Manaus",
    "Europe/Madrid",
    "Europe/Lisbon",
    "UTC",
];

/// The fields `zone`, with `usual` first, and `other_zone`.
#[must_use]
pub fn fields(texts: Texts, usual: &str, chosen: &str, other: &str, problems: &[Fault]) -> Markup {
    let first = [usual];
    let is_listed = chosen.is_empty() || chosen == usual || ZONES.contains(&chosen);
    let listed = first.iter().chain(ZONES.iter().filter(|zone| **zone != usual));
    html! {
        div.field.zone-choice {
            label for="zone" { (texts.get("visit-zone")) }
            (form::beside(problems, "zone"))
            select #zone name="zone" {
                @if !is_listed { option value=(chosen) selected { (name(texts, chosen)) } }
                @for zone in listed { option value=(zone) selected[chosen == *zone] { (name(texts, zone)) } }
            }
        }
        (Line::new("other_zone", texts.get("visit-other-zone")).hinting(texts.get("visit-other-zone-how")).holding(other).markup(problems))
    }
}

/// `Mexico City time (America/Mexico_City)`.
fn name(texts: Texts, iana: &str) -> String {
    format!("{} ({iana})", zone::name(texts, iana))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    #[test]
    fn a_chosen_zone_that_is_not_on_the_list_stays_chosen() {
        let texts = Texts::of(Language::English);
        let page = |chosen| fields(texts, "America/Lima", chosen, "", &[]).into_string();
        assert!(page("Asia/Tokyo").contains(r#"<option value="Asia/Tokyo" selected>"#));
        assert!(page("UTC").contains(r#"<option value="UTC" selected>"#));
        assert_eq!(page("").matches("America/Lima\"").count(), 1);
        assert!(!page("").contains("selected"));
    }
}
