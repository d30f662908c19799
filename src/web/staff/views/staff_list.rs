//! Who works here, for the admin.
//!
//! Never shows anything clinical, and adds nobody: that is done on the server for now, and the page says how.

use maud::{Markup, html};

use super::shell::{self, Page, Place, Reader};
use crate::domain::staff::StaffMember;
use crate::web::layout::Title;

/// A member of staff and the name of their ward.
pub struct Listed {
    /// Who.
    pub member: StaffMember,
    /// Where, for ward staff.
    pub ward: Option<String>,
}

/// `GET /staff`.
#[must_use]
pub fn page(reader: Reader<'_>, people: &[Listed]) -> Markup {
    let texts = reader.texts;
    let mut page = Page::new(Title::Plain(texts.get("staff-list-title")));
    page.place = Some(Place::Staff);
    let main = html! {
        main #main.wide tabindex="-1" {
            div.page-head { h1 { (texts.get("staff-list-title")) } p.soft { (texts.with("staff-list-count", &[("count", people.len().to_string().into())])) } }
            div.table-frame tabindex="0" role="region" aria-label=(texts.get("staff-list-title")) {
                table {
                    thead { tr {
                        @for key in ["staff-list-name", "staff-list-email", "staff-list-role", "staff-list-ward"] {
                            th scope="col" { (texts.get(key)) }
                        }
                    } }
                    tbody {
                        @for person in people {
                            tr {
                                th scope="row" { (person.member.name) }
                                td { (person.member.email) }
                                td { (texts.get(shell::role_key(person.member.role))) }
                                td { (person.ward.as_deref().unwrap_or("—")) }
                            }
                        }
                    }
                }
            }
            section.message.stack {
                h2 { (texts.get("staff-list-add")) }
                p { (texts.get("staff-list-add-how")) }
                p { code { "antesala staff add --help" } }
            }
        }
    };
    shell::page(reader, page, main)
}
