//! Every statement of the program, and every migration, must mean the same on SQLite and on PostgreSQL.
//!
//! Two checks: a scan for what is known not to survive on both (the list is `sql_dialect/rules.rs`), and each statement is
//! prepared by both engines against the migrated schema (PostgreSQL when `ANTESALA_TEST_POSTGRES` names a server).
//!
//! Never looks at the engines' own control statements: those are theirs.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

#[path = "support/database.rs"]
mod database;

#[path = "sql_dialect/broken.rs"]
mod broken;
#[path = "sql_dialect/rules.rs"]
mod rules;
#[path = "sql_dialect/rust.rs"]
mod rust;
#[path = "sql_dialect/schema.rs"]
mod schema;
#[path = "sql_dialect/token.rs"]
mod token;

use std::fs;
use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;
use sha2::{Digest as _, Sha256};

use rust::Constant;
use schema::Schema;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What belongs to one engine and is never run on the other.
const ENGINES: [&str; 3] = ["src/store/sqlite/", "src/store/postgres/", "src/store/migrations.rs"];

/// The migrations that hospitals may have run, and the SHA-256 of each.
const KEPT: &[(&str, &str)] = &[
    ("sql/V1__hospital.sql", "300ab8c665f6ec9d89a08aeb3fc7780e775bcbbac8dc10cfed1426717bccfef5"),
    ("sql/V2__consultations.sql", "fca1490e599d33252e1078b15a8c4ec59ded2d9feaf4b4ca124bcb34929003ea"),
    ("sql/V3__people.sql", "8319cd6ee68352c69e9595cccb23c0efff718603f17bacd43ba31ec907f2bd48"),
    ("sql/V4__staff.sql", "8b52919a4ed614861087e1f064922bf818b1b24714db10a4d9858e3b8a81f1cb"),
    ("sql/V5__agenda.sql", "e547af8b34c1c2d32eda85d5a10c58f9b25c4de7a5fd03dc5cbdadff28833656"),
    ("sql/V6__hospital.sql", "e4eb1485acafdc3d39feb65378d651e9fcd481390d9555dddd10fc453e0cfaee"),
    ("sql/V7__imports.sql", "7735ef114e4544c59212856dcbaed3371c8b97750cdffa891d9d2894bafc8081"),
    ("sql/V8__messages.sql", "a7d2ca1cd10591d45b837ff1ab75dd56ca39332b1d224c6568fee33a8fda3cbc"),
    ("sql/V9__texts.sql", "a85e4f8b096bf2cbfc6439987f2f5a95eea37edef0b37e279c1de59eb99ffbf3"),
    ("sql/V10__budget.sql", "96863474a7dd1bd942a0431959d7426e13dea21c3129fcb30e2ab0502d67c7e3"),
    ("sql/V11__webex.sql", "b59b46a09a5ea2b3428b3ef8f141a3c0a08025ff1d6a714fb5e08662ef78a087"),
    ("sql/V12__webex_people.sql", "bbec3738a8633574f9f0e52100201811ec080d614c55e804e43a4ac269a6924b"),
    ("sql/V13__handed.sql", "cd65df54173f7942f55b73104f531ff25de2260b703445aff1b2f7a86fcac19b"),
    ("sql/V14__delivered.sql", "8c19e2d65686daad82f0175c2ebf6a7a04ed794c3df0f2c9267e8f09b1a1ad95"),
    ("sql/V15__webex_asks.sql", "0bee4b70e4b001de491e27384f2af6b8d8b6dae7364a74af1a0d8d626f5a9121"),
];

#[test]
fn every_statement_survives_on_both_engines() {
    let schema = schema();
    let mut complaints = Vec::new();
    for constant in statements() {
        for fault in rules::faults_of_statement(&constant.text, &schema) {
            complaints.push(format!("{}: {}: {fault}", constant.file, constant.name));
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn every_migration_survives_on_both_engines() {
    let mut complaints = Vec::new();
    for (file, text) in migrations() {
        for fault in rules::faults_of_migration(&text) {
            complaints.push(format!("{file}: {fault}"));
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn a_migration_never_changes_once_a_hospital_may_have_run_it() {
    let digest = |text: &str| Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut now: Vec<_> = migrations().into_iter().map(|(file, text)| (file, digest(&text))).collect();
    now.sort();
    let mut kept: Vec<_> = KEPT.iter().map(|(file, digest)| ((*file).to_owned(), (*digest).to_owned())).collect();
    kept.sort();
    assert_eq!(now, kept, "a database made by the older text would not open: write a new migration, and add it here");
}

#[test]
fn every_statement_is_a_named_constant() {
    let loose: Vec<String> = sources().iter().flat_map(|(file, text)| rust::loose_statements(file, text)).collect();
    assert!(
        loose.is_empty(),
        "SQL that is not `const NAME: &str = …`, so that nobody checks it:\n{}\n",
        loose.join("\n")
    );
}

#[test]
fn the_scan_sees_the_program() {
    assert!(
        statements().len() > 10,
        "only {} statements found: does the scan still read the sources?",
        statements().len()
    );
    assert!(schema().is_boolean("active") && schema().may_be_null("arrived_at"), "the schema was not read");
}

#[tokio::test]
async fn both_engines_understand_every_statement() {
    let at = database::sqlite_store().await;
    let database::Place::File(folder) = &at.place else { unreachable!() };
    let file = rusqlite::Connection::open(database::file_in(folder)).unwrap();
    let mut complaints = Vec::new();
    for constant in statements() {
        if let Err(error) = file.prepare(&constant.text) {
            complaints.push(format!("SQLite: {}: {}: {error}", constant.file, constant.name));
        }
    }
    if let Some(at) = database::postgres_store().await {
        let address = at.url().unwrap().expose_secret();
        let (server, connection) = tokio_postgres::connect(address, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        for constant in statements() {
            if let Err(error) = server.prepare(&constant.text).await {
                let why = error.as_db_error().map_or_else(|| error.to_string(), |refusal| refusal.message().to_owned());
                complaints.push(format!("PostgreSQL: {}: {}: {why}", constant.file, constant.name));
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// A hospital's year is half a million visits: a day of them is found by an index, or not in time.
#[tokio::test]
async fn an_agenda_never_looks_through_all_visits() {
    let at = database::sqlite_store().await;
    let database::Place::File(folder) = &at.place else { unreachable!() };
    let file = rusqlite::Connection::open(database::file_in(folder)).unwrap();
    let agenda: Vec<Constant> =
        statements().into_iter().filter(|constant| constant.file == "src/store/agenda.rs").collect();
    assert!(agenda.len() > 10, "only {} statements found", agenda.len());
    for constant in agenda {
        let steps = plan(&file, &constant);
        let scans: Vec<_> = steps.iter().filter(|step| step.starts_with("SCAN")).collect();
        assert!(scans.is_empty(), "{}: {steps:#?}", constant.name);
    }
}

/// A hundred thousand patients are found while somebody types: words are read from their indexes alone, in their order, and a
/// person is read only once their word is chosen.
#[tokio::test]
async fn a_search_reads_words_from_their_indexes_alone() {
    let at = database::sqlite_store().await;
    let database::Place::File(folder) = &at.place else { unreachable!() };
    let file = rusqlite::Connection::open(database::file_in(folder)).unwrap();
    let searches: Vec<Constant> =
        statements().into_iter().filter(|constant| constant.file == "src/store/patients/search.rs").collect();
    assert!(searches.len() >= 4, "only {} statements found", searches.len());
    for constant in searches {
        let steps = plan(&file, &constant);
        for step in steps.iter().filter(|step| step.starts_with("SEARCH") || step.starts_with("SCAN")) {
            // The chosen words (`w`, `v`, `a`) are looked through; their people (`p`, `r`) are found by id.
            let is_chosen = ["SCAN w", "SCAN v", "SCAN a"].contains(&step.as_str());
            let is_person = step.starts_with("SEARCH p USING INDEX sqlite_autoindex_patients_1 (id=?)")
                || step.starts_with("SEARCH r USING INDEX sqlite_autoindex_relatives_1 (id=?)");
            let is_word =
                step.starts_with("SEARCH") && step.contains(" USING COVERING INDEX ") && step.contains("word");
            assert!(is_chosen || is_person || is_word, "{}: {step}: {steps:#?}", constant.name);
        }
    }
}

/// A file of everybody, and the people whose words are due, are read a page at a time: each page begins in an index.
#[tokio::test]
async fn a_page_of_everybody_begins_where_the_last_one_ended() {
    let at = database::sqlite_store().await;
    let database::Place::File(folder) = &at.place else { unreachable!() };
    let file = rusqlite::Connection::open(database::file_in(folder)).unwrap();
    for (wanted, index) in [
        ("PATIENTS", "patients_by_registration (created_at>?)"),
        ("RELATIVES", "patients_by_registration (created_at>? AND created_at<?)"),
        ("DUE_PATIENTS", "patients_words_due"),
        ("DUE_RELATIVES", "relatives_words_due"),
    ] {
        let mut found = statements().into_iter().filter(|constant| constant.file.starts_with("src/store/patients/"));
        let constant = found.find(|constant| constant.name == wanted).unwrap();
        let steps = plan(&file, &constant);
        assert!(steps.iter().any(|step| step.contains(index)), "{wanted}: {steps:#?}");
        let sorts = steps.iter().any(|step| step.contains("TEMP B-TREE"));
        assert!(!sorts || wanted == "RELATIVES", "{wanted} sorts everybody: {steps:#?}");
    }
}

/// How SQLite goes about a statement, step by step.
fn plan(file: &rusqlite::Connection, constant: &Constant) -> Vec<String> {
    let mut plan = file.prepare(&format!("EXPLAIN QUERY PLAN {}", constant.text)).unwrap();
    let count = plan.parameter_count();
    let values = rusqlite::params_from_iter(std::iter::repeat_n(rusqlite::types::Null, count));
    plan.query_map(values, |row| row.get(3)).unwrap().map(|step| step.unwrap()).collect()
}

fn statements() -> Vec<Constant> {
    sources().iter().flat_map(|(file, text)| rust::statements(file, text)).collect()
}

fn schema() -> Schema {
    let mut schema = Schema::default();
    migrations().iter().for_each(|(_, text)| schema.read(text));
    schema
}

fn migrations() -> Vec<(String, String)> {
    files_below("sql", "sql")
}

fn sources() -> Vec<(String, String)> {
    let mut files = files_below("src/store", "rs");
    files.retain(|(file, _)| !ENGINES.iter().any(|engine| file.starts_with(engine)));
    files
}

/// Paths from the root of the repository, with their text.
fn files_below(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![Path::new(ROOT).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|own| own == ending) {
                let name = path.strip_prefix(ROOT).unwrap().display().to_string();
                found.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
