//! Where files are handed in: what a file must look like, an example of it, and the files that were handed in lately.
//!
//! Never shows a row.

use maud::{Markup, html};

use super::form::{self, Fault};
use super::import::state;
use super::moment::{self, Here};
use super::shell::{self, Page, Place, Reader};
use crate::domain::import::Subject;
use crate::sheets;
use crate::store::imports::Listed;
use crate::text::Texts;
use crate::web::layout::Title;
use crate::web::staff::forms::import::FILE;

/// `GET /patients/imports`, `GET /staff/imports`.
pub struct HandIn<'a> {
    /// Who reads it.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// What is handed in.
    pub subject: Subject,
    /// What was handed in lately, the latest first.
    pub listed: &'a [Listed],
    /// Why the last file was not taken.
    pub problems: &'a [Fault],
}

/// The address of the page.
#[must_use]
pub const fn path(subject: Subject) -> &'static str {
    match subject {
        Subject::Patients => "/patients/imports",
        Subject::Staff => "/staff/imports",
    }
}

/// The place in the navigation that files of a kind belong to.
pub(super) const fn place(subject: Subject) -> Place {
    match subject {
        Subject::Patients => Place::Patients,
        Subject::Staff => Place::Staff,
    }
}

/// The whole page.
#[must_use]
pub fn page(page: &HandIn<'_>) -> Markup {
    let texts = page.reader.texts;
    let title = texts.get(&format!("import-title-{}", page.subject));
    let mut around =
        Page::new(if page.problems.is_empty() { Title::Plain(title.clone()) } else { Title::Error(title.clone()) });
    around.place = Some(place(page.subject));
    around.stylesheets = &["import.css"];
    let main = html! {
        main #main.wide.import tabindex="-1" {
            div.page-head {
                div { h1 { (title) } p.soft { (texts.get("import-how")) } }
                p { a.button.small href={ "/" (page.subject) "/export.csv" } download { (texts.get(&format!("import-export-{}", page.subject))) } }
            }
            (form::summary(texts, page.problems))
            div.import-columns {
                (hand_in(texts, page))
                (rules(texts, page.subject))
            }
            section.stack aria-labelledby="import-list" {
                h2 #import-list { (texts.get("import-list")) }
                (list(texts, page))
            }
        }
    };
    shell::page(page.reader, around, main)
}

fn hand_in(texts: Texts, page: &HandIn<'_>) -> Markup {
    let problem = form::sentence_for(page.problems, FILE);
    html! {
        form.card.stack method="post" action=(path(page.subject)) enctype="multipart/form-data" {
            input type="hidden" name="form_token" value=(page.reader.form_token);
            h2 { (texts.get("import-choose")) }
            div.field {
                label for=(FILE) { (texts.get("import-file")) }
                p.hint id={ (FILE) "-hint" } { (texts.get("import-file-hint")) }
                (form::beside(page.problems, FILE))
                input id=(FILE) name=(FILE) type="file" accept=".csv,.txt,text/csv" required
                    aria-invalid=[problem.map(|_| "true")]
                    aria-describedby=(if problem.is_some() { "file-hint file-error" } else { "file-hint" });
            }
            button.button.primary type="submit" { (texts.get("import-check")) }
            p.soft { (texts.get("import-check-how")) }
        }
    }
}

fn rules(texts: Texts, subject: Subject) -> Markup {
    let header = match subject {
        Subject::Patients => sheets::patients::header(1, texts.language()),
        Subject::Staff => sheets::staff::header(texts.language()),
    };
    let required = sheets::heading(subject, &[], texts.language()).missing;
    let rules: &[&str] = match subject {
        Subject::Patients => &[
            "import-rule-patients",
            "import-rule-relatives",
            "import-rule-dates",
            "import-rule-phones",
            "import-rule-shared-phone",
            "import-rule-care",
        ],
        Subject::Staff => &["import-rule-staff", "import-rule-services", "import-rule-passwords"],
    };
    html! {
        section.stack aria-labelledby="import-rules" {
            h2 #import-rules { (texts.get("import-rules")) }
            p { a href={ (path(subject)) "/example.csv" } download { (texts.get("import-example")) } }
            ul.import-rules {
                li { (texts.get("import-rule-file")) }
                @for rule in rules { li { (texts.get(rule)) } }
            }
            details {
                summary { (texts.get("import-columns")) }
                ul.import-headings {
                    @for heading in &header {
                        li { code { (heading) } @if required.contains(heading) { " " span.soft { (texts.get("import-required")) } } }
                    }
                }
            }
        }
    }
}

fn list(texts: Texts, page: &HandIn<'_>) -> Markup {
    html! {
        @if page.listed.is_empty() {
            p.empty { (texts.get("import-list-empty")) }
        } @else {
            ul.import-list {
                @for Listed { import, by } in page.listed {
                    li {
                        a href={ "/imports/" (import.id) } {
                            (texts.with("import-handed-in", &[
                                ("date", moment::date(texts, page.here.date(import.created_at)).into()),
                                ("time", page.here.clock(import.created_at).into()),
                            ]))
                        }
                        span { (by) }
                        span.soft { (state(texts, import.stage, import.tally)) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    #[test]
    fn the_columns_that_must_be_there_are_named() {
        let rules = rules(Texts::of(Language::English), Subject::Patients).into_string();
        assert!(rules.contains("<code>date of birth</code> <span class=\"soft\">"), "{rules}");
        assert!(rules.contains("<code>ward</code></li>"), "{rules}");
        assert!(rules.contains("/patients/imports/example.csv"), "{rules}");
    }
}
