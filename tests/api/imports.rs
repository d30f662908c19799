//! Files that are handed in and out, from the page to the people who are found afterwards.

use std::time::Duration;

use antesala::domain::ids::ImportId;
use antesala::store::Batch;
use antesala::store::patients;
use reqwest::Method;

use crate::app::{TestApp, on_each};
use crate::browser::{self, Answer, Browser, PIXEL, uploading};

/// A file that is in order, for every kind of import.
pub(crate) const SMALL: &[u8] = b"name,email,role,born\nCelia Prado,celia@hospital.example,clerk,1962-07-30\n";

const HEADER: &str =
    "nombre,fecha de nacimiento,expediente,familiar 1 nombre,familiar 1 parentesco,familiar 1 telefono\n";

/// A file of patients that a clerk handed in and nobody has decided about. Others may exist beside it.
pub(crate) async fn checked(app: &TestApp) -> ImportId {
    let id = ImportId::mint();
    let mut batch = Batch::new();
    batch.run_on_one(
        "INSERT INTO imports (id, subject, stage, header, language, country, zone, total, checked, known, faulty, registered, \
         created_by, created_at, rev) VALUES ($1, 'patients', 'checked', '[\"name\"]', 'es', 'MX', 'UTC', 1, 1, 0, 1, 0, $2, $3, 1)",
        vec![id.to_string().into(), app.hospital.clerk.id.to_string().into(), app.now().into()],
    );
    batch.run_on_one(
        "INSERT INTO import_rows (import_id, position, line, cells, state, faults) \
         VALUES ($1, 1, 2, '[\"12\"]', 'faulty', '[[0,\"name-malformed\",null]]')",
        vec![id.to_string().into()],
    );
    app.store.write(batch).await.unwrap();
    id
}

/// Hands a file in as a page does.
async fn hand_in(browser: &Browser, to: &str, file: &[u8]) -> Answer {
    let request =
        browser.request(Method::POST, to).header("sec-fetch-site", "same-origin").header("accept", "text/html");
    browser::answer(uploading(request, &[], file)).await
}

/// The address of a file that was taken.
pub(crate) async fn taken(browser: &Browser, to: &str, file: &[u8]) -> String {
    let answer = hand_in(browser, to, file).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

/// Waits until the house has nothing more to do for a file. It asks again and again as the page's own script does
/// (`static/staff/import.js`): the worker tells nobody how far it is. To take its steps here instead would pass without it.
pub(crate) async fn settled(browser: &Browser, address: &str, stage: &str) {
    let settles = async {
        while browser.get_json(address).await.json()["stage"] != stage {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(90), settles).await.unwrap();
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    app.store.read_one(sql, vec![]).await.unwrap().unwrap().int(0).unwrap()
}

async fn people(app: &TestApp) -> i64 {
    count(app, "SELECT COUNT(*) FROM patients").await
}

#[tokio::test]
async fn a_thousand_patients_with_relatives_are_registered_and_found() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let mut file = HEADER.to_owned();
        for row in 0..1_000 {
            let name = letters(row);
            file += &format!("Paciente {name},1950-02-11,E-{row},Familiar {name},hija,55{:08}\n", 41_000_000 + row);
        }
        file += "Sin Fecha,,,,,\n=cmd|' /C calc'!A0,11/02/1950,,,,\n";
        let address = taken(&clerk, "/patients/imports", file.as_bytes()).await;
        settled(&clerk, &address, "checked").await;
        assert_eq!(people(app).await, 1, "nothing is registered by looking at it");
        let page = clerk.get(&address).await.body;
        assert!(
            page.contains("Registrar a 1001 pacientes") && page.contains("Falta la fecha de nacimiento."),
            "{page}"
        );

        assert_eq!(clerk.post_page(&format!("{address}/registration"), &[]).await.status, 303);
        settled(&clerk, &address, "done").await;
        assert_eq!(people(app).await, 1_002);
        let found = patients::search(&app.store, &letters(777), 5).await.unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        let relatives = patients::relatives_of(&app.store, found[0].id).await.unwrap();
        assert_eq!(relatives[0].phone.to_string(), "+525541000777");
        assert_eq!(count(app, "SELECT COUNT(*) FROM import_rows").await, 1, "only what is to be corrected is kept");

        let export = clerk.get("/patients/export.csv").await;
        assert_eq!(export.status, 200);
        assert!(export.header("content-disposition").starts_with("attachment"), "{:?}", export.headers);
        assert_eq!(export.body.lines().count(), 1_003);
        assert!(export.body.contains("\n'=cmd|' /C calc'!A0,"), "no cell runs as a formula");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_no_table_of_patients_is_refused_with_one_sentence() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        for (file, sentence) in [
            (&b""[..], "El archivo está vacío"),
            (b"nombre,fecha de nacimiento\nIn\xE9s,1950-02-11\n", "CSV UTF-8"),
            (b"PK\x03\x04...", "Es un libro de hojas de cálculo."),
            (PIXEL, "Es una imagen, no un archivo CSV."),
            (b"%PDF-1.7\n", "Es un PDF, no un archivo CSV."),
            (b"\0\0\0\0", "No es un archivo CSV."),
            (b"nombre,color\nAna,rojo\n", "Faltan estas columnas: fecha de nacimiento."),
            (b"nombre,fecha de nacimiento\n", "no tiene filas"),
            (b"1,2\n3,4\n", "La primera línea"),
            (&vec![b'x'; 17 * 1024 * 1024], "16 MB"),
        ] {
            let answer = hand_in(&clerk, "/patients/imports", file).await;
            assert_eq!(answer.status, 422, "{sentence}");
            assert!(answer.body.contains(sentence) && answer.body.contains("<title>Error:"), "{sentence}");
        }
        assert_eq!(count(app, "SELECT COUNT(*) FROM imports").await, 0);
    })
    .await;
}

#[tokio::test]
async fn every_kind_of_double_is_told_and_nobody_is_registered_twice() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let known = &app.hospital.patient;
        let file = format!(
            "{HEADER}{},{},,,,\nAna Cruz,1950-02-11,E-1,,,\nEva Ruiz,1950-02-11,e-1,,,\nANA  CRUZ,11/02/1950,,,,\nLeo Paz,1960-01-01,E-2,,,\n",
            known.name, known.born
        );
        let address = taken(&clerk, "/patients/imports", file.as_bytes()).await;
        settled(&clerk, &address, "checked").await;
        let page = clerk.get(&address).await.body;
        assert_eq!(page.matches("Repite a la persona de la línea 3.").count(), 2, "{page}");
        let known_page = clerk.get(&format!("{address}?show=known")).await.body;
        assert!(known_page.contains(&format!("/patients/{}", known.id)), "{known_page}");
        let problems = clerk.get(&format!("{address}/problems.csv")).await.body;
        assert!(problems.starts_with("\u{feff}línea,problema,nombre,"), "{problems}");
        assert!(problems.contains("\n4,expediente: Repite a la persona de la línea 3.,Eva Ruiz,"), "{problems}");

        // Somebody registers Leo by hand before the file is.
        let by_hand = taken_by_hand(app).await;
        clerk.post_page(&format!("{address}/registration"), &[]).await;
        settled(&clerk, &address, "done").await;
        assert_eq!(people(app).await, by_hand + 1, "Ana");
        let again = taken(&clerk, "/patients/imports", problems.as_bytes()).await;
        settled(&clerk, &again, "checked").await;
        assert!(!clerk.get(&again).await.body.contains("no se conocen"), "our own columns are no strangers");
    })
    .await;
}

#[tokio::test]
async fn what_was_exported_is_the_same_in_an_empty_house() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let file = "name;date of birth;record number;phone;email;language;status;ward;bed;discharged on;relative 1 name;relative 1 relation;relative 1 phone;relative 1 report;relative 2 name;relative 2 relation;relative 2 phone;relative 2 visit\n\
            =Ana; 1950-02-11;-1/a;5512345699;ana@correo.example;pt;;NORTE;7;;Rosa;=hija;5512345698;no;Juan;hijo;5512345697;no\n\
            \"Leo \"\"el\"\" Paz\";1960-01-01;;;;;;;;20/11/2026;;;;;;;;\n";
        let address = taken(&clerk, "/patients/imports", file.as_bytes()).await;
        settled(&clerk, &address, "checked").await;
        clerk.post_page(&format!("{address}/registration"), &[]).await;
        settled(&clerk, &address, "done").await;
        let export = clerk.get("/patients/export.csv").await.body;
        let empty = emptied(app).await;
        assert_eq!(empty, 0);
        let address = taken(&clerk, "/patients/imports", export.as_bytes()).await;
        settled(&clerk, &address, "checked").await;
        clerk.post_page(&format!("{address}/registration"), &[]).await;
        settled(&clerk, &address, "done").await;
        assert_eq!(clerk.get("/patients/export.csv").await.body, export);
        assert_eq!(people(app).await, 3);
    })
    .await;
}

#[tokio::test]
async fn fifty_thousand_rows_are_looked_at_within_a_minute() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let mut file = HEADER.to_owned();
        for row in 0..50_000 {
            file += &format!("Paciente {},1950-02-11,E-{row},,,\n", letters(row));
        }
        let address = taken(&clerk, "/patients/imports", file.as_bytes()).await;
        settled(&clerk, &address, "checked").await;
        assert!(clerk.get(&address).await.body.contains("Registrar a 50000 pacientes"));
        assert_eq!(clerk.post_page(&format!("{address}/removal"), &[]).await.header("location"), "/patients/imports");
        assert_eq!(count(app, "SELECT COUNT(*) FROM import_rows").await, 0);
        file += "One,1950-02-11,,,,\n";
        assert_eq!(hand_in(&clerk, "/patients/imports", file.as_bytes()).await.status, 422);
    })
    .await;
}

#[tokio::test]
async fn staff_are_registered_with_limited_services_and_without_a_password() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let clerk = &app.hospital.clerk;
        let file = format!(
            "nombre;correo;función;sala;servicios\n\
             Celia Prado;Celia@hospital.example;doctora;;informe médico\n\
             Otra;celia@hospital.example;doctora;;\n\
             Yo;{};captura;;\n\
             Eva;eva@hospital.example;doctora;;televisita\n",
            clerk.email
        );
        let address = taken(&admin, "/staff/imports", file.as_bytes()).await;
        settled(&admin, &address, "checked").await;
        admin.post_page(&format!("{address}/registration"), &[]).await;
        settled(&admin, &address, "done").await;
        let stored = app
            .store
            .read("SELECT name, services, password_hash FROM staff WHERE email = 'celia@hospital.example'", vec![]);
        let stored = stored.await.unwrap();
        assert_eq!(stored.len(), 1);
        assert_eq!((stored[0].text(1).unwrap(), stored[0].text(2).unwrap()), ("medical_report", ""));
        let page = admin.get(&address).await.body;
        assert!(page.contains("invitación") && page.contains("Celia Prado"), "{page}");
        assert!(page.contains("Con esta función no se puede dar ese servicio."), "{page}");

        let export = admin.get("/staff/export.csv").await.body;
        assert!(export.contains("\nCelia Prado,celia@hospital.example,medicina,,informe médico,es\n"), "{export}");
        assert!(!export.contains("argon2"), "{export}");
        // What admins hand in is nobody else's business.
        assert_eq!(app.sign_in(clerk).await.get(&address).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn nobody_has_two_files_in_progress() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let mut batch = Batch::new();
        let running = ImportId::mint();
        batch.run_on_one(
            "INSERT INTO imports (id, subject, stage, header, language, country, zone, total, checked, known, faulty, registered, \
             created_by, created_at, leased_until, rev) VALUES ($1, 'patients', 'checking', '[]', 'es', 'MX', 'UTC', 1, 0, 0, 0, 0, $2, $3, $4, 1)",
            vec![
                running.to_string().into(),
                app.hospital.clerk.id.to_string().into(),
                app.now().into(),
                (app.now() + jiff::SignedDuration::from_hours(1)).into(),
            ],
        );
        app.store.write(batch).await.unwrap();
        let answer = hand_in(&clerk, "/patients/imports", SMALL).await;
        assert_eq!(answer.header("location"), format!("/imports/{running}"));
        let page = clerk.get(answer.header("location")).await.body;
        assert!(page.contains("Ya tiene un archivo en proceso.") && page.contains("http-equiv=\"refresh\""), "{page}");
        assert_eq!(clerk.post_page(&format!("/imports/{running}/removal"), &[]).await.status, 303);
        taken(&clerk, "/patients/imports", SMALL).await;
    })
    .await;
}

#[tokio::test]
async fn the_example_can_be_handed_in() {
    on_each(async |app| {
        for (browser, place) in [
            (app.sign_in(&app.hospital.clerk).await, "/patients/imports"),
            (app.sign_in(&app.hospital.admin).await, "/staff/imports"),
        ] {
            let example = browser.get(&format!("{place}/example.csv")).await.body;
            let address = taken(&browser, place, example.as_bytes()).await;
            settled(&browser, &address, "checked").await;
            let page = browser.get(&address).await.body;
            assert!(!page.contains("<h2 id=\"import-rows\">"), "{page}");
        }
    })
    .await;
}

async fn taken_by_hand(app: &TestApp) -> i64 {
    let leo = patients::Patient {
        id: antesala::domain::ids::PatientId::mint(),
        name: "Leo Paz".parse().unwrap(),
        born: "1960-01-01".parse().unwrap(),
        record: "E-2".parse().ok(),
        ..app.hospital.patient.clone()
    };
    patients::insert(&app.store, &leo, &[], app.now()).await.unwrap();
    people(app).await
}

/// Removes every patient; says how many are left.
pub(crate) async fn emptied(app: &TestApp) -> i64 {
    let mut batch = Batch::new();
    for sql in
        ["DELETE FROM relative_words", "DELETE FROM relatives", "DELETE FROM patient_words", "DELETE FROM patients"]
    {
        batch.run(sql, vec![]);
    }
    app.store.write(batch).await.unwrap();
    people(app).await
}

/// A number as a name of its own.
fn letters(number: u32) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'k')).collect()
}
