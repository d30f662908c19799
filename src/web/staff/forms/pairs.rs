//! The fields of a submitted form, by name; a name may come more than once.
//!
//! Never fails: a field that is missing is empty. Never shows a value in a log: one of them may be a password.

use std::fmt;

/// Names and values in the order they came.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// The first value of `name`, trimmed; empty when there is none.
    #[must_use]
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// The first value of `name` as it was typed, spaces included.
    #[must_use]
    pub fn untouched(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// Every value of `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    /// Whether `name` was submitted.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field == name)
    }

    /// The same form with one more value for `name`.
    #[must_use]
    pub fn and(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// The same form without the fields that begin so.
    #[must_use]
    pub fn without(mut self, beginning: &str) -> Self {
        self.0.retain(|(field, _)| !field.starts_with(beginning));
        self
    }

    /// The same form with another value for `name`.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.retain(|(field, _)| field != name);
        self.0.push((name.to_owned(), value.into()));
        self
    }
}

impl fmt::Debug for Pairs {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.0.iter().map(|(field, _)| field)).finish()
    }
}

impl From<Vec<(String, String)>> for Pairs {
    fn from(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_name() {
        let form = Pairs::from(vec![("a".to_owned(), " 1 ".to_owned()), ("a".to_owned(), "2".to_owned())]);
        assert_eq!((form.one("a"), form.untouched("a"), form.one("b")), ("1", " 1 ", ""));
        assert_eq!(form.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert!(form.has("a") && !form.has("b"));
        assert_eq!(form.clone().and("a", "3").all("a").count(), 3);
        assert_eq!(form.clone().with("a", "3").all("a").collect::<Vec<_>>(), ["3"]);
        assert!(!form.without("a").has("a"));
    }

    #[test]
    fn values_are_not_shown() {
        assert_eq!(format!("{:?}", Pairs::default().with("password", "secret")), r#"{"password"}"#);
    }
}
