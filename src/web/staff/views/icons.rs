//! The small pictures beside words. A picture never stands alone: the word says it, the picture is found faster.

use maud::{Markup, PreEscaped, html};

/// Every picture, as symbols the page refers to.
#[must_use]
pub(super) fn sprite() -> Markup {
    html! {
        svg.sprite aria-hidden="true" width="0" height="0" {
            @for (name, paths) in PICTURES {
                symbol id={ "i-" (name) } viewBox="0 0 24 24" { (PreEscaped(paths)) }
            }
        }
    }
}

/// One picture of the sprite.
#[must_use]
pub(super) fn icon(name: &str) -> Markup {
    html! { svg.icon aria-hidden="true" { use href={ "#i-" (name) } {} } }
}

/// Names are the wire's words for standing, presence and link, prefixed where they would meet.
const PICTURES: &[(&str, &str)] = &[
    ("standing-invited", r#"<rect x="3" y="6" width="18" height="13" rx="2"/><path d="m4 8 8 6 8-6"/>"#),
    ("standing-waiting", r#"<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>"#),
    ("standing-admitted", r#"<path d="M13 4h6v16h-6M3 12h11M10 8l4 4-4 4"/>"#),
    ("standing-left", r#"<path d="M11 4H5v16h6M21 12H10M17 8l4 4-4 4"/>"#),
    ("standing-removed", r#"<circle cx="12" cy="12" r="9"/><path d="m6 6 12 12"/>"#),
    ("presence-away", r#"<circle cx="12" cy="12" r="5" stroke-dasharray="3 3"/>"#),
    ("presence-here", r#"<circle cx="12" cy="12" r="5" fill="currentColor"/>"#),
    ("presence-in_call", r#"<rect x="3" y="6" width="12" height="12" rx="2"/><path d="m15 11 6-3v8l-6-3z"/>"#),
    ("presence-absent", r#"<path d="M12 4 2.5 20h19zM12 10v4M12 17v.5"/>"#),
    ("link", r#"<path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"/>"#),
    ("device", r#"<rect x="7" y="3" width="10" height="18" rx="2"/><path d="M11 17.5h2"/>"#),
    (
        "more",
        r#"<circle cx="5" cy="12" r="1.5" fill="currentColor"/><circle cx="12" cy="12" r="1.5" fill="currentColor"/><circle cx="19" cy="12" r="1.5" fill="currentColor"/>"#,
    ),
    ("back", r#"<path d="m15 5-7 7 7 7"/>"#),
    ("forth", r#"<path d="m9 5 7 7-7 7"/>"#),
    (
        "people",
        r#"<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20a6.5 6.5 0 0 1 13 0M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.2a6.5 6.5 0 0 1 3.5 5.8"/>"#,
    ),
    ("message", r#"<path d="M4 5h16v11H9l-5 4z"/>"#),
    ("menu", r#"<path d="M4 7h16M4 12h16M4 17h16"/>"#),
    ("plus", r#"<path d="M12 5v14M5 12h14"/>"#),
];
