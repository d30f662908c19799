//! The shell of every page: one document with its language, title, stylesheets, modules, notice and texts for scripts.
//!
//! Never holds an inline script or style (the content security policy refuses them), and never asks a third party for anything.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::text::Texts;
use crate::web::assets;

/// What a page puts around its body.
pub struct Frame<'a> {
    /// The reader's language.
    pub texts: Texts,
    /// What the tab says.
    pub title: Title,
    /// Files of `static/`, in order; `base.css` comes first by itself.
    pub stylesheets: &'a [&'a str],
    /// ES modules of `static/`.
    pub scripts: &'a [&'a str],
    /// Modules the scripts import, fetched at once instead of one after the other.
    pub preloads: &'a [&'a str],
    /// Class of `<body>`: `patient`, `staff` or a page's own.
    pub body_class: &'a str,
    /// What the last request has to say, shown once on top.
    pub notice: Option<&'a str>,
    /// Further elements of `<head>`.
    pub head: Markup,
}

/// The title of a page.
pub enum Title {
    /// All is well.
    Plain(String),
    /// The page reports something to correct; the title says so first.
    Error(String),
}

impl<'a> Frame<'a> {
    /// A page with a title, and nothing else yet.
    #[must_use]
    pub fn new(texts: Texts, title: Title, body_class: &'a str) -> Self {
        Self { texts, title, stylesheets: &[], scripts: &[], preloads: &[], body_class, notice: None, head: html! {} }
    }
}

/// A whole document around `body`, which brings its own landmarks (`header`, `main`, `footer`).
#[must_use]
pub fn document(frame: Frame<'_>, body: Markup) -> Markup {
    let title = match frame.title {
        Title::Plain(title) => title,
        Title::Error(title) => frame.texts.with("page-title-error", &[("title", title.into())]),
    };
    html! {
        (DOCTYPE)
        html lang=(frame.texts.language().as_str()) dir="ltr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="format-detection" content="telephone=no";
                meta name="theme-color" content="#0b4f55";
                title { (title) " · Antesala" }
                link rel="icon" href=(assets::url("icon.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(assets::url("base.css"));
                @for file in frame.stylesheets { link rel="stylesheet" href=(assets::url(file)); }
                @for file in frame.preloads { link rel="modulepreload" href=(assets::url(file)); }
                @for file in frame.scripts { script type="module" src=(assets::url(file)) {} }
                (frame.head)
            }
            body class=(frame.body_class) {
                @if let Some(notice) = frame.notice {
                    div.notice role="status" { p { (notice) } }
                }
                (body)
            }
        }
    }
}

/// A document as an answer.
#[must_use]
pub fn page(status: StatusCode, document: Markup) -> HttpResponse {
    HttpResponse::build(status).content_type("text/html; charset=utf-8").body(document.into_string())
}

/// Sentences that scripts show, as `<script type="application/json" data-texts>`; a page may have several blocks, read
/// together by `static/lib/texts.js`.
///
/// A placeable stays in braces (`{$minutes}`), for the script to fill in.
#[must_use]
pub fn texts_block(texts: Texts, keys: &[&str]) -> Markup {
    let sentences: serde_json::Map<String, serde_json::Value> =
        keys.iter().map(|key| ((*key).to_owned(), texts.template(key).into())).collect();
    let json = serde_json::Value::Object(sentences).to_string().replace('<', "\\u003c");
    html! { script type="application/json" data-texts { (PreEscaped(json)) } }
}
