//! A record's form, over what its reader had before their eyes while somebody else changed the record.
//!
//! Each field carries what was seen of it. What only somebody else changed follows them; what both changed is named. Never
//! asks the store, and never decides between two people.

use super::pairs::Pairs;

/// Fields that are changed as one: a bed means nothing without its ward.
pub type Unit = &'static [&'static str];

/// A form and the record as it stands, brought together.
pub struct Merged {
    /// What was typed, and where nothing was typed what the record says now; all of it has been seen.
    pub form: Pairs,
    /// Fields that both changed, each in its own way.
    pub both: Vec<&'static str>,
}

/// The name of the field that carries what was seen of another one.
#[must_use]
pub fn field(name: &str) -> String {
    format!("seen_{name}")
}

/// The form once its reader has seen the record as it is `now`.
#[must_use]
pub fn anew(form: Pairs, units: &[Unit], now: &Pairs) -> Pairs {
    units.iter().copied().flatten().fold(form, |form, name| form.with(&field(name), now.one(name)))
}

/// What comes of a form when the record is as it is `now`. Where a form does not say what was seen, all of it was typed.
#[must_use]
pub fn merge(form: &Pairs, units: &[Unit], now: &Pairs) -> Merged {
    let mut merged = Merged { form: form.clone(), both: Vec::new() };
    for unit in units {
        let is_otherwise =
            |side: &Pairs, name: &str| !form.has(&field(name)) || side.one(name) != form.one(&field(name));
        let is_changed_in = |side: &Pairs| unit.iter().any(|name| is_otherwise(side, name));
        if !is_changed_in(form) {
            merged.form = unit.iter().fold(merged.form, |form, name| follow(form, name, now));
        } else if is_changed_in(now) {
            merged.both.extend(unit.iter().filter(|name| form.one(name) != now.one(name)));
        }
    }
    merged.form = anew(merged.form, units, now);
    merged
}

/// A box that is not ticked is not in a form at all.
fn follow(form: Pairs, name: &str, now: &Pairs) -> Pairs {
    if now.has(name) { form.with(name, now.one(name)) } else { form.without(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNITS: &[Unit] = &[&["name"], &["ward", "bed"], &["may_visit"]];

    fn form(pairs: &[(&str, &str)]) -> Pairs {
        pairs.iter().fold(Pairs::default(), |form, (name, value)| form.with(name, *value))
    }

    /// Seen as Rosa, in ward 1, bed 2, who may visit.
    fn seen() -> Pairs {
        let record = form(&[("name", "Rosa"), ("ward", "1"), ("bed", "2"), ("may_visit", "1")]);
        anew(record.clone(), UNITS, &record)
    }

    #[test]
    fn what_only_somebody_else_changed_follows_them() {
        let now = form(&[("name", "Rosa Díaz"), ("ward", "1"), ("bed", "2")]);
        let merged = merge(&seen().with("bed", "3"), UNITS, &now);
        assert_eq!((merged.form.one("name"), merged.form.one("bed")), ("Rosa Díaz", "3"));
        assert!(!merged.form.has("may_visit"), "they unticked it");
        assert!(merged.both.is_empty(), "{:?}", merged.both);
        assert_eq!(merged.form.one("seen_name"), "Rosa Díaz");
    }

    #[test]
    fn what_both_changed_is_named_unless_they_agree() {
        let now = form(&[("name", "Rosa Díaz"), ("ward", "1"), ("bed", "2"), ("may_visit", "1")]);
        let merged = merge(&seen().with("name", "Rosa Luz"), UNITS, &now);
        assert_eq!((merged.form.one("name"), merged.both), ("Rosa Luz", vec!["name"]));
        assert!(merge(&seen().with("name", "Rosa Díaz"), UNITS, &now).both.is_empty());
    }

    #[test]
    fn a_bed_is_not_carried_into_another_ward() {
        let now = form(&[("name", "Rosa"), ("ward", "9"), ("bed", "2"), ("may_visit", "1")]);
        let merged = merge(&seen().with("bed", "3"), UNITS, &now);
        assert_eq!((merged.form.one("ward"), merged.form.one("bed")), ("1", "3"));
        assert_eq!(merged.both, ["ward", "bed"]);
    }

    #[test]
    fn a_form_that_does_not_say_what_was_seen_overwrites_nothing_unasked() {
        let typed = form(&[("name", "Rosa"), ("ward", "1"), ("bed", "2"), ("may_visit", "1")]);
        let now = typed.clone().with("name", "Rosa Díaz");
        let merged = merge(&typed, UNITS, &now);
        assert_eq!((merged.form.one("name"), merged.both), ("Rosa", vec!["name"]));
    }
}
