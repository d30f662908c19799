//! Keeps the code in the shape that ARCHITECTURE.md promises, and says the reason where it is broken.
//!
//! Never looks at behaviour: it reads files as text.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that panics has failed, as it should")]

#[path = "architecture/source.rs"]
mod source;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use source::Source;

/// Who may import whom: (module, what it may import, why not more). The longest matching module counts.
const IMPORTS: &[(&str, &[&str], &str)] = &[
    ("domain", &[], "the rules of the house must be testable without a database, a clock or a framework"),
    ("clock", &[], "everybody may ask for the time, so the clock may depend on nobody"),
    ("config", &[], "configuration is read before anything else exists"),
    ("telemetry", &["config"], "logs and metrics must work when the rest does not"),
    ("text", &["domain"], "texts are looked up by a language, nothing else"),
    ("sheets", &["domain"], "a file's cells are the same wherever they come from"),
    ("protocol", &["domain"], "the wire translates the house's words and does nothing else"),
    ("store", &["domain"], "the store keeps what others decided"),
    ("store/sqlite", &["store", "domain", "config"], "an engine knows its interface, not who uses it"),
    ("store/postgres", &["store", "domain", "config"], "an engine knows its interface, not who uses it"),
    ("providers", &["domain", "config"], "a provider carries messages and calls for others and decides nothing"),
    (
        "providers/video/webex",
        &["providers", "domain", "config", "clock"],
        "its circuit breaker must know how long it has been open",
    ),
    ("auth", &["domain", "store", "clock"], "who somebody is must not depend on how pages or sockets are made"),
    ("hub", &["domain", "protocol", "store", "providers", "clock"], "the hub must run without any web framework"),
    (
        "messages",
        &["domain", "store", "auth", "clock", "text"],
        "a message is a text with a link; sending it is a worker's job",
    ),
    (
        "workers",
        &["domain", "store", "providers", "hub", "messages", "auth", "clock", "text", "sheets"],
        "a worker does queued jobs; it never serves a page",
    ),
    (
        "web",
        &[
            "domain",
            "protocol",
            "hub",
            "messages",
            "store",
            "providers",
            "auth",
            "clock",
            "config",
            "telemetry",
            "text",
            "sheets",
        ],
        "pages ask the hub and the store; nobody imports app, and workers run by themselves",
    ),
    (
        "app",
        &[
            "domain",
            "protocol",
            "hub",
            "store",
            "providers",
            "messages",
            "auth",
            "clock",
            "config",
            "telemetry",
            "text",
            "sheets",
            "web",
            "workers",
        ],
        "app puts the parts together",
    ),
    ("", &["app"], "main only starts app"),
];

/// Modules that only some may name: (module, who may, why).
const PRIVATE: &[(&str, &[&str], &str)] = &[
    ("store/sqlite", &["store", "app"], "everybody else works on either engine"),
    ("store/postgres", &["store", "app"], "everybody else works on either engine"),
    ("web/patient", &["web/patient", "web/routes", "web/site"], "an audience's pages serve that audience only"),
    ("web/staff", &["web/staff", "web/routes", "web/failures"], "an audience's pages serve that audience only"),
];

/// Library crates that only some may name: (crate, who may, why).
const CRATES: &[(&str, &[&str], &str)] = &[
    ("actix_web", &["web", "app", "main"], "the web framework ends at the door"),
    ("actix_web_actors", &["web/socket"], "it is deprecated upstream: one file must be enough to replace it"),
    ("actix", &["hub", "web/socket"], "actors live in the hub; others hold a handle"),
    ("maud", &["web"], "markup is made where pages are"),
    ("rusqlite", &["store"], "drivers stay behind the store's interface"),
    ("tokio_postgres", &["store"], "drivers stay behind the store's interface"),
    ("deadpool_postgres", &["store"], "drivers stay behind the store's interface"),
    ("refinery", &["store"], "migrations belong to the store"),
    ("reqwest", &["providers"], "nothing but a provider calls out"),
];

/// Clock readings: (tokens, who may).
const CLOCKS: &[(&[&str], &[&str])] = &[
    (&["Timestamp", "::", "now"], &["clock"]),
    (&["SystemTime", "::", "now"], &["clock"]),
    (&["Zoned", "::", "now"], &["clock"]),
    (&["Utc", "::", "now"], &["clock"]),
    (&["Local", "::", "now"], &["clock"]),
    (&["Instant", "::", "now"], &["clock", "telemetry"]),
];

#[test]
fn every_file_keeps_to_its_place() {
    let complaints: Vec<String> = sources().iter().flat_map(complaints).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn no_two_modules_import_each_other() {
    let complaints = mutual_imports(&sources());
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn paths_named_in_the_documents_exist() {
    for document in ["ARCHITECTURE.md", "README.md", "docs/operations.md"] {
        let document = root().join(document);
        let folder = document.parent().unwrap();
        let text = fs::read_to_string(&document).unwrap();
        let missing = missing_paths(&text, |path| root().join(path).exists() || folder.join(path).exists());
        assert_eq!(missing, Vec::<String>::new(), "{} names what is gone", document.display());
    }
}

#[test]
fn migrations_are_numbered_without_gaps() {
    let names: Vec<String> = fs::read_dir(root().join("sql"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(misnumbered(&names), Vec::<String>::new());
}

#[test]
fn the_checker_sees_a_forbidden_import_however_it_is_written() {
    for import in [
        "use crate::web::routes;",
        "use crate::{domain::Visit, web::{self, routes}};",
        "fn f() { crate::web::routes::map(); }",
        "use super::super::web::routes;",
        "pub(crate) use crate::web as pages;",
    ] {
        let found = complaints(&Source::new("hub/board.rs", &format!("//! Promise.\n{import}")));
        assert_eq!(found.len(), 1, "{import}: {found:?}");
        assert!(found[0].contains("without any web framework"), "{found:?}");
    }
}

#[test]
fn the_checker_sees_engines_audiences_crates_and_clocks() {
    for (path, text, reason) in [
        ("hub/mod.rs", "use crate::store::sqlite::Sqlite;", "either engine"),
        ("web/staff/board.rs", "use crate::web::patient::lobby;", "that audience only"),
        ("web/staff/board.rs", "use super::super::patient::lobby;", "that audience only"),
        ("auth/sessions.rs", "use actix_web::HttpRequest;", "ends at the door"),
        ("web/routes.rs", "use actix::prelude::*;", "hold a handle"),
        ("web/page.rs", "use actix_web_actors::ws;", "one file"),
        ("hub/view.rs", "fn f() { maud::html! {} }", "where pages are"),
        ("web/page.rs", "fn f() -> rusqlite::Result<()> {}", "behind the store"),
        ("workers/outbox.rs", "let client = reqwest::Client::new();", "a provider"),
        ("domain/access.rs", "let now = jiff::Timestamp::now();", "time is a parameter"),
        ("web/page.rs", "let begun = Instant::now();", "time is a parameter"),
    ] {
        let found = complaints(&Source::new(path, &format!("//! Promise.\n{text}")));
        assert_eq!(found.len(), 1, "{path}: {text}: {found:?}");
        assert!(found[0].contains(reason), "{found:?} should give the reason \"{reason}\"");
    }
}

#[test]
fn the_checker_leaves_words_in_comments_strings_and_tests_alone() {
    let text = r##"//! Never names actix_web::App.
        use crate::domain::Visit; // crate::web is elsewhere
        /* crate::app::run() /* nested */ */
        const HELP: &str = "crate::web::routes and Instant::now()";
        const RAW: &str = r#"reqwest::get("x")"#;
        fn quote<'a>(text: &'a str) -> char { let _ = text; '"' }
        fn own(store: &Held) { store.actix(); }
        #[cfg(test)]
        mod tests { use crate::web::routes; fn t() { std::time::Instant::now(); } }
    "##;
    assert_eq!(complaints(&Source::new("hub/board.rs", text)), Vec::<String>::new());
}

#[test]
fn the_checker_wants_a_promise_first_and_knows_every_module() {
    assert!(complaints(&Source::new("hub/board.rs", "use std::fmt;"))[0].contains("//!"));
    assert!(complaints(&Source::new("helpers/mod.rs", "//! Helps."))[0].contains("IMPORTS"));
}

#[test]
fn the_checker_sees_mutual_imports_dead_paths_and_bad_numbers() {
    let pair =
        [Source::new("hub/mod.rs", "use crate::auth::Session;"), Source::new("auth/mod.rs", "use crate::hub::Hub;")];
    assert_eq!(mutual_imports(&pair).len(), 1);

    let text = "See `src/gone.rs`, `src/here.rs`, `cargo run`, `/lobby/{seat}`, `text/html` and [notes](docs/gone.md).";
    assert_eq!(missing_paths(text, |path| path == "src/here.rs"), ["src/gone.rs", "docs/gone.md"]);

    let names = ["V1__a.sql", "V3__b.sql", "c.sql"].map(str::to_owned);
    assert_eq!(misnumbered(&names), ["V3__b.sql", "c.sql"]);
}

fn complaints(source: &Source) -> Vec<String> {
    let path = &source.path;
    let mut found = Vec::new();
    if !source.text.starts_with("//!") {
        found.push(format!("{path} opens without `//!`: a file says its promise first"));
    }
    if path == "lib.rs" || is_test(path) {
        return found;
    }
    let place = place(source);
    let imports: BTreeSet<String> = source.own_paths().iter().map(|path| path.join("/")).collect();

    let rule = IMPORTS.iter().filter(|(module, ..)| inside(&place, module)).max_by_key(|(module, ..)| module.len());
    match rule {
        Some((module, allowed, reason)) if !module.is_empty() || place == "main" => {
            let own = top(module);
            let targets: BTreeSet<&str> = imports.iter().map(|import| top(import)).filter(|to| *to != own).collect();
            for target in targets.into_iter().filter(|to| is_module(to) && !allowed.contains(to)) {
                found.push(format!("{path} imports {target}: {reason}"));
            }
        }
        _ => found.push(format!("{path} lies in a module that IMPORTS in tests/architecture.rs does not place yet")),
    }
    for (module, allowed, reason) in PRIVATE {
        let named = imports.iter().any(|import| inside(import, module));
        if named && !allowed.iter().any(|allowed| inside(&place, allowed)) {
            found.push(format!("{path} names {module}: {reason}"));
        }
    }
    for (name, allowed, reason) in CRATES {
        if source.names_crate(name) && !allowed.iter().any(|allowed| inside(&place, allowed)) {
            found.push(format!("{path} names the crate {name}: {reason}"));
        }
    }
    for (reading, allowed) in CLOCKS {
        if source.has_sequence(reading) && !allowed.iter().any(|allowed| inside(&place, allowed)) {
            found.push(format!("{path} reads a clock ({}): time is a parameter", reading.concat()));
        }
    }
    found
}

fn mutual_imports(sources: &[Source]) -> Vec<String> {
    let imports: BTreeSet<(String, String)> = sources
        .iter()
        .filter(|source| !is_test(&source.path) && source.path.contains('/'))
        .flat_map(|source| {
            let from = top(&source.path).to_owned();
            source.own_paths().into_iter().filter_map(move |path| Some((from.clone(), path.into_iter().next()?)))
        })
        .collect();
    imports
        .iter()
        .filter(|(from, to)| from < to && imports.contains(&(to.clone(), from.clone())))
        .map(|(one, other)| format!("{one} and {other} import each other: neither can be read or tested alone"))
        .collect()
}

/// Files that a document names in backticks or links to, and that are not there.
fn missing_paths(text: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    const FOLDERS: &[&str] = &["src", "static", "sql", "tests", "loadtest", "deploy", "docs", "locales", ".ci"];
    const ENDINGS: &[&str] = &[".rs", ".toml", ".md", ".sql", ".js", ".css", ".ftl", ".conf", ".service", ".example"];
    let quoted = text.split('`').skip(1).step_by(2);
    let linked = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    quoted
        .chain(linked)
        .map(|path| path.split('#').next().unwrap_or(path).trim_end_matches('/'))
        .filter(|path| !path.contains([' ', '{', '<', '*', ':', '(', '…']) && !path.starts_with('/'))
        .filter(|path| FOLDERS.contains(&top(path)) || ENDINGS.iter().any(|ending| path.ends_with(ending)))
        .filter(|path| !exists(path))
        .map(str::to_owned)
        .collect()
}

/// Migrations that are not `V<next number>__<name>.sql`.
fn misnumbered(names: &[String]) -> Vec<String> {
    let number = |name: &str| -> Option<usize> {
        let (number, rest) = name.strip_prefix('V')?.split_once("__")?;
        rest.ends_with(".sql").then(|| number.parse().ok())?
    };
    let mut sorted: Vec<&String> = names.iter().collect();
    sorted.sort_by_key(|name| (number(name).unwrap_or(usize::MAX), (*name).clone()));
    sorted
        .iter()
        .enumerate()
        .filter(|(at, name)| number(name) != Some(at + 1))
        .map(|(_, name)| (*name).clone())
        .collect()
}

/// A file's module as the table writes it: `web/patient`, `clock`, `main`.
fn place(source: &Source) -> String {
    if source.path == "main.rs" { "main".to_owned() } else { source.module().join("/") }
}

fn top(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

fn inside(path: &str, module: &str) -> bool {
    module.is_empty() || path.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Types that `lib.rs` re-exports are no modules.
fn is_module(name: &str) -> bool {
    name.starts_with(char::is_lowercase)
}

fn is_test(path: &str) -> bool {
    path.split('/').any(|part| part == "tests" || part == "tests.rs" || part.ends_with("_tests.rs"))
}

fn sources() -> Vec<Source> {
    let folder = root().join("src");
    let mut waiting = vec![folder.clone()];
    let mut sources = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
            sources.push(Source::new(&name, &fs::read_to_string(&path).unwrap()));
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    sources
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}
