//! Whom the staff list shows: those of a role, those in a state, those whose name or address was searched.
//!
//! What was searched never stands in an address; role and state do. Sorts by name as people expect it, accents aside, alike on
//! both engines.

use serde::Deserialize;

use super::pairs::Pairs;
use crate::domain::person::fold;
use crate::domain::staff::{AccountState, Role};
use crate::store::staff::roster::Entry;

/// What `GET /staff` may ask for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    role: Option<String>,
    state: Option<String>,
    /// Which page.
    pub page: Option<String>,
}

/// Whom to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this role only.
    pub role: Option<Role>,
    /// In this state only.
    pub state: Option<AccountState>,
    /// Whose name or address this is part of; empty for everybody.
    pub text: String,
}

impl Filter {
    /// What a form asks for.
    #[must_use]
    pub fn read(form: &Pairs) -> Self {
        let text = form.one("search").to_owned();
        Self { role: form.one("role").parse().ok(), state: form.one("state").parse().ok(), text }
    }

    /// The list's address with its filters, without what was searched.
    #[must_use]
    pub fn address(&self) -> String {
        let role = self.role.map(|role| format!("role={role}"));
        let state = self.state.map(|state| format!("state={state}"));
        let asked: Vec<_> = role.into_iter().chain(state).collect();
        if asked.is_empty() { "/staff".to_owned() } else { format!("/staff?{}", asked.join("&")) }
    }

    /// Those to show, by name.
    #[must_use]
    pub fn of(&self, mut everybody: Vec<Entry>) -> Vec<Entry> {
        let words = fold(&self.text);
        everybody.retain(|entry| self.shows(entry, &words));
        everybody.sort_by_cached_key(|entry| (entry.member.name.folded(), entry.member.id));
        everybody
    }

    fn shows(&self, entry: &Entry, words: &str) -> bool {
        let member = &entry.member;
        let (name, email) = (member.name.folded(), member.email.to_string());
        self.role.is_none_or(|role| role == member.role)
            && self.state.is_none_or(|state| state == entry.state())
            && words
                .split_whitespace()
                .all(|word| name.split_whitespace().any(|part| part.starts_with(word)) || email.contains(word))
    }
}

impl From<&Asked> for Filter {
    fn from(asked: &Asked) -> Self {
        let role = asked.role.as_deref().and_then(|role| role.parse().ok());
        Self { role, state: asked.state.as_deref().and_then(|state| state.parse().ok()), text: String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::StaffId;
    use crate::domain::person::Language;
    use crate::domain::service::Services;
    use crate::domain::staff::StaffMember;

    fn entry(name: &str, email: &str, role: Role) -> Entry {
        let member = StaffMember {
            id: StaffId::mint(),
            email: email.parse().unwrap(),
            name: name.parse().unwrap(),
            role,
            ward: None,
            language: Language::Spanish,
            zone: "UTC".to_owned(),
            services: Services::ALL,
        };
        Entry { member, is_active: true, has_password: true, signed_in_at: None, rev: 1 }
    }

    fn shown(filter: &Filter) -> Vec<String> {
        let everybody = vec![
            entry("Zoé Amaya", "zoe@hospital.example", Role::Clerk),
            entry("Ángel Ruiz", "direccion@hospital.example", Role::Admin),
            Entry { has_password: false, ..entry("Inés Soto Amaya", "ines@hospital.example", Role::Doctor) },
        ];
        filter.of(everybody).into_iter().map(|entry| entry.member.name.to_string()).collect()
    }

    #[test]
    fn everybody_comes_by_name_accents_aside() {
        assert_eq!(shown(&Filter::default()), ["Ángel Ruiz", "Inés Soto Amaya", "Zoé Amaya"]);
    }

    #[test]
    fn a_search_finds_beginnings_of_names_and_parts_of_addresses() {
        let search = |text: &str| shown(&Filter { text: text.to_owned(), ..Filter::default() });
        assert_eq!(search("AMAYA"), ["Inés Soto Amaya", "Zoé Amaya"]);
        assert_eq!(search("sot ines"), ["Inés Soto Amaya"]);
        assert_eq!(search("direcc"), ["Ángel Ruiz"]);
        assert!(search("oto").is_empty());
    }

    #[test]
    fn a_filter_keeps_a_role_and_a_state() {
        let asked = Asked { role: Some("doctor".to_owned()), state: Some("not_set_up".to_owned()), page: None };
        let filter = Filter::from(&asked);
        assert_eq!(shown(&filter), ["Inés Soto Amaya"]);
        assert_eq!(filter.address(), "/staff?role=doctor&state=not_set_up");
        assert_eq!(Filter::from(&Asked::default()).address(), "/staff");
    }
}
