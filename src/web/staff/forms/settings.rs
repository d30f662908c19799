//! The hospital's settings as an admin types them, over what they had before their eyes.
//!
//! Each field carries the value that was seen. What only another admin changed meanwhile stays as they left it; what both
//! changed is shown, and kept only when it is sent again. Never asks the store.

use super::pairs::Pairs;
use crate::domain::hospital::{Hospital, Setting};
use crate::text::Texts;
use crate::web::staff::views::form::Fault;

/// The line for a zone that is not in the list.
pub const OTHER_ZONE: &str = "other_zone";

/// The name of the field that carries what was seen of a setting.
#[must_use]
pub fn seen_field(setting: Setting) -> String {
    format!("seen_{setting}")
}

/// The hospital as it shall be from `now` on.
///
/// # Errors
/// What is wrong, and what somebody else changed meanwhile.
pub fn read(form: &Pairs, texts: Texts, now: &Hospital) -> Result<Hospital, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut wanted = now.clone();
    for setting in Setting::ALL.iter().copied().filter(|setting| form.has(setting.as_str())) {
        let (field, typed) = typed(form, setting);
        let current = now.value(setting);
        if typed == seen(form, setting, &current) || typed == current {
            continue;
        }
        if current != seen(form, setting, &current) {
            faults.push(Fault { field: field.to_owned(), sentence: meanwhile(texts, &current) });
            continue;
        }
        match wanted.clone().with(setting, typed) {
            Ok(set) => wanted = set,
            Err(_) => faults.push(Fault::new(texts, field, &format!("settings-{setting}-wrong"))),
        }
    }
    if faults.is_empty() && !wanted.links_outlast_the_wait() {
        faults.push(Fault::new(texts, Setting::LinkLifetime.as_str(), "settings-link_lifetime-short"));
    }
    if faults.is_empty() { Ok(wanted) } else { Err(faults) }
}

/// The form once its reader has seen the hospital as it is `now`: what they left alone follows.
#[must_use]
pub fn seen_anew(form: &Pairs, now: &Hospital) -> Pairs {
    Setting::ALL.iter().fold(form.clone(), |form, setting| {
        let current = now.value(*setting);
        let (_, typed) = typed(&form, *setting);
        let is_untouched = !form.has(setting.as_str()) || typed == seen(&form, *setting, &current);
        let form = if is_untouched { form.with(setting.as_str(), current.clone()) } else { form };
        form.with(&seen_field(*setting), current)
    })
}

/// The field somebody typed in, and what.
fn typed(form: &Pairs, setting: Setting) -> (&'static str, &str) {
    match setting {
        Setting::Zone if !form.one(OTHER_ZONE).is_empty() => (OTHER_ZONE, form.one(OTHER_ZONE)),
        _ => (setting.as_str(), form.one(setting.as_str())),
    }
}

fn seen<'a>(form: &'a Pairs, setting: Setting, otherwise: &'a str) -> &'a str {
    let field = seen_field(setting);
    if form.has(&field) { form.one(&field) } else { otherwise }
}

fn meanwhile(texts: Texts, current: &str) -> String {
    if current.is_empty() {
        return texts.get("settings-meanwhile-emptied");
    }
    texts.with("settings-meanwhile", &[("value", current.to_owned().into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;
    use crate::web::staff::views::samples::hospital;

    fn form(pairs: &[(&str, &str)]) -> Pairs {
        pairs.iter().fold(Pairs::default(), |form, (name, value)| form.with(name, *value))
    }

    fn reads(pairs: &[(&str, &str)]) -> Result<Hospital, Vec<String>> {
        let read = read(&form(pairs), Texts::of(Language::English), &hospital());
        read.map_err(|faults| faults.into_iter().map(|fault| fault.field).collect())
    }

    #[test]
    fn what_is_not_in_the_form_stays() {
        assert_eq!(reads(&[]), Ok(hospital()));
        let renamed = reads(&[("name", "Clínica del Mar")]).unwrap();
        assert_eq!(renamed, hospital().with(Setting::Name, "Clínica del Mar").unwrap());
    }

    #[test]
    fn an_empty_form_shows_the_hospital_as_it_is() {
        let shown = seen_anew(&Pairs::default(), &hospital());
        for setting in Setting::ALL {
            assert_eq!(shown.one(setting.as_str()), hospital().value(*setting), "{setting}");
            assert_eq!(shown.one(&seen_field(*setting)), hospital().value(*setting), "{setting}");
        }
    }

    #[test]
    fn every_fault_stands_at_its_field() {
        let wrong = [("name", ""), ("country", "Mexico"), ("link_lead", "0"), ("keep_calls", "x")];
        assert_eq!(reads(&wrong).unwrap_err(), ["name", "country", "link_lead", "keep_calls"]);
        assert_eq!(reads(&[("link_lead", "90")]).unwrap_err(), ["link_lifetime"]);
        assert_eq!(reads(&[("zone", "UTC"), ("other_zone", "America/Atlantis")]).unwrap_err(), ["other_zone"]);
        assert_eq!(reads(&[("zone", "America/Atlantis")]).unwrap_err(), ["zone"]);
    }

    #[test]
    fn another_zone_comes_before_the_list() {
        let moved = reads(&[("zone", "UTC"), ("other_zone", "America/Tegucigalpa")]).unwrap();
        assert_eq!(moved.zone.name(), "America/Tegucigalpa");
    }

    #[test]
    fn what_somebody_else_changed_meanwhile_is_shown_before_it_is_overwritten() {
        // Seen as San Rafael; meanwhile somebody called it San Telmo.
        let both =
            [("name", "Clínica del Mar"), ("seen_name", "San Rafael"), ("link_lead", "5"), ("seen_link_lead", "10")];
        let faults = read(&form(&both), Texts::of(Language::English), &hospital()).unwrap_err();
        assert_eq!(faults.len(), 1);
        assert!(faults[0].sentence.contains("Hospital San Telmo"), "{faults:?}");

        let again = seen_anew(&form(&both), &hospital());
        assert_eq!((again.one("name"), again.one("seen_name")), ("Clínica del Mar", "Hospital San Telmo"));
        let wanted = read(&again, Texts::of(Language::English), &hospital()).unwrap();
        assert_eq!((wanted.name.as_str(), wanted.value(Setting::LinkLead)), ("Clínica del Mar", "5".to_owned()));
    }

    #[test]
    fn what_only_somebody_else_changed_stays_as_they_left_it() {
        let untouched =
            [("name", "San Rafael"), ("seen_name", "San Rafael"), ("link_lead", "5"), ("seen_link_lead", "10")];
        let wanted = reads(&untouched).unwrap();
        assert_eq!((wanted.name.as_str(), wanted.value(Setting::LinkLead)), ("Hospital San Telmo", "5".to_owned()));
        assert_eq!(seen_anew(&form(&untouched), &hospital()).one("name"), "Hospital San Telmo");
    }
}
