//! Fields of forms, and what is wrong with them: a linked summary on top, a sentence beside each field.
//!
//! What was typed is kept; passwords are not. Never judges a value.

use maud::{Markup, html};

use crate::text::Texts;

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's name, which is its id on the page.
    pub field: String,
    /// What to do about it.
    pub sentence: String,
}

/// One line to type in.
pub struct Line<'a> {
    name: &'a str,
    label: String,
    kind: &'a str,
    value: &'a str,
    hint: Option<String>,
    autocomplete: &'a str,
    suggestions: Option<&'a str>,
    is_fixed: bool,
}

impl Fault {
    /// A fault of `field`, in the words of `key`.
    #[must_use]
    pub fn new(texts: Texts, field: &str, key: &str) -> Self {
        Self { field: field.to_owned(), sentence: texts.get(key) }
    }
}

impl<'a> Line<'a> {
    /// An empty line of text.
    #[must_use]
    pub const fn new(name: &'a str, label: String) -> Self {
        Self {
            name,
            label,
            kind: "text",
            value: "",
            hint: None,
            autocomplete: "off",
            suggestions: None,
            is_fixed: false,
        }
    }

    /// What was typed before.
    #[must_use]
    pub const fn holding(mut self, value: &'a str) -> Self {
        self.value = value;
        self
    }

    /// An input type of HTML: `email`, `tel`, `date`, `password` …
    #[must_use]
    pub const fn of_kind(mut self, kind: &'a str) -> Self {
        self.kind = kind;
        self
    }

    /// What helps to fill it in.
    #[must_use]
    pub fn hinting(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }

    /// What a password manager or browser may fill in.
    #[must_use]
    pub const fn filled_by(mut self, autocomplete: &'a str) -> Self {
        self.autocomplete = autocomplete;
        self
    }

    /// The id of a `<datalist>`.
    #[must_use]
    pub const fn suggesting(mut self, list: &'a str) -> Self {
        self.suggestions = Some(list);
        self
    }

    /// Shown, not changed.
    #[must_use]
    pub const fn fixed(mut self) -> Self {
        self.is_fixed = true;
        self
    }

    /// Label, hint, problem and input.
    #[must_use]
    pub fn markup(&self, problems: &[Fault]) -> Markup {
        let problem = sentence_for(problems, self.name);
        html! {
            div.field {
                label for=(self.name) { (self.label) }
                @if let Some(hint) = &self.hint { p.hint id={ (self.name) "-hint" } { (hint) } }
                (beside(problems, self.name))
                input id=(self.name) name=(self.name) type=(self.kind) value=(self.value) autocomplete=(self.autocomplete)
                    list=[self.suggestions] readonly[self.is_fixed] aria-invalid=[problem.map(|_| "true")]
                    aria-describedby=[described_by(self.name, &[self.hint.as_ref().map(|_| "hint"), problem.map(|_| "error")])];
            }
        }
    }
}

/// Everything that is wrong, on top; it takes the focus when the page opens.
#[must_use]
pub fn summary(texts: Texts, problems: &[Fault]) -> Markup {
    html! {
        @if !problems.is_empty() {
            div #error-summary.error-summary role="alert" tabindex="-1" autofocus {
                h2 { (texts.get("form-summary")) }
                ul {
                    @for problem in problems { li { a href={ "#" (problem.field) } { (problem.sentence) } } }
                }
            }
        }
    }
}

/// The sentence beside a field, if something is wrong with it.
#[must_use]
pub fn beside(problems: &[Fault], field: &str) -> Markup {
    html! {
        @if let Some(sentence) = sentence_for(problems, field) { p.field-error id={ (field) "-error" } { (sentence) } }
    }
}

/// What is wrong with a field.
#[must_use]
pub fn sentence_for<'a>(problems: &'a [Fault], field: &str) -> Option<&'a str> {
    problems.iter().find(|problem| problem.field == field).map(|problem| problem.sentence.as_str())
}

fn described_by(name: &str, endings: &[Option<&str>]) -> Option<String> {
    let ids: Vec<String> = endings.iter().flatten().map(|ending| format!("{name}-{ending}")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    #[test]
    fn a_field_is_described_by_its_hint_and_its_problem() {
        let problems = [Fault { field: "phone".to_owned(), sentence: "Write the country.".to_owned() }];
        let field = Line::new("phone", "Phone".to_owned())
            .holding("55 12")
            .hinting("With country".to_owned())
            .markup(&problems)
            .into_string();
        assert!(field.contains(r#"aria-describedby="phone-hint phone-error""#), "{field}");
        assert!(field.contains(r#"value="55 12""#) && field.contains(r#"aria-invalid="true""#), "{field}");
    }

    #[test]
    fn the_summary_links_every_field_and_takes_the_focus() {
        let texts = Texts::of(Language::English);
        let problems = [Fault { field: "name".to_owned(), sentence: "Write a name.".to_owned() }];
        let summary = summary(texts, &problems).into_string();
        assert!(
            summary.contains(r##"<a href="#name">Write a name.</a>"##) && summary.contains("autofocus"),
            "{summary}"
        );
        assert_eq!(super::summary(texts, &[]).into_string(), "");
    }
}
