//! Files of patients in which phones come more than once: a person with a mistyped date, or a family that shares one.

use antesala::store::patients;

use crate::app::{TestApp, on_each};
use crate::browser::Browser;
use crate::imports::{settled, taken};

const HEADER: &str = "nombre,fecha de nacimiento,teléfono,teléfono compartido,familiar 1 nombre,familiar 1 parentesco,familiar 1 telefono,familiar 2 nombre,familiar 2 parentesco,familiar 2 telefono\n";

async fn checked(clerk: &Browser, rows: &str) -> (String, String) {
    let address = taken(clerk, "/patients/imports", format!("{HEADER}{rows}").as_bytes()).await;
    settled(clerk, &address, "checked").await;
    let page = clerk.get(&format!("{address}?show=problems")).await.body;
    (address, page)
}

async fn registered(clerk: &Browser, address: &str) {
    clerk.post_page(&format!("{address}/registration"), &[]).await;
    settled(clerk, address, "done").await;
}

async fn names(app: &TestApp) -> Vec<String> {
    let rows = app.store.read("SELECT name FROM patients ORDER BY created_at, id", vec![]).await.unwrap();
    let mut names: Vec<String> = rows.iter().map(|row| row.text(0).unwrap().to_owned()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_phone_with_a_similar_name_is_reported_and_a_family_that_shares_it_is_registered() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let tomas = patients::Patient {
            id: antesala::domain::ids::PatientId::mint(),
            name: "Tomás Olmedo".parse().unwrap(),
            phone: "+525512340001".parse().ok(),
            record: None,
            ..app.hospital.patient.clone()
        };
        patients::insert(&app.store, &tomas, &[], app.now()).await.unwrap();
        let before = names(app).await;

        // Line 2 mistypes a date; 3 and 4 are sisters; 5 lives with them; 6 has two relatives with one number.
        let rows = "TOMAS OLMEDO,1950-11-02,5512340001,,,,,,,\n\
            Ana Urrutia,2001-01-01,5512340002,,,,,,,\n\
            Eva Urrutia,2003-01-01,+52 55 1234 0002,,,,,,,\n\
            Ida Paz,1970-01-01,5512340002,,,,,,,\n\
            Leo Ibarra,1960-01-01,,,Rosa,hija,5512340009,Juan,hijo,5512340009\n";
        let (address, page) = checked(&clerk, rows).await;
        for sentence in [
            "Ya hay un paciente con este teléfono y nombre parecido.",
            "Mismo teléfono y nombre parecido que en la línea 3.",
            "Otro familiar de esta fila tiene este número.",
        ] {
            assert_eq!(page.matches(sentence).count(), 1, "{sentence}: {page}");
        }
        assert!(page.contains(&format!("/patients/{}", tomas.id)), "{page}");
        assert!(page.contains("Registrar a 2 pacientes"), "{page}");
        registered(&clerk, &address).await;
        assert_eq!(names(app).await.len(), before.len() + 2);

        // What was reported comes back corrected: the sisters and the relatives share a phone, and Tomás is a cousin.
        let problems = clerk.get(&format!("{address}/problems.csv")).await.body;
        assert_eq!(problems.lines().count(), 4, "{problems}");
        let shared = problems
            .replace("0001,,", "0001,sí,")
            .replace("0002,,", "0002,sí,")
            .replace("01-01,,,Rosa", "01-01,,X,Rosa");
        let again = taken(&clerk, "/patients/imports", shared.as_bytes()).await;
        settled(&clerk, &again, "checked").await;
        registered(&clerk, &again).await;
        let now = names(app).await;
        assert_eq!(now.len(), before.len() + 5, "{now:?}");

        // The file as it first came: whoever is registered by now is known, and not asked about again.
        let (_, page) = checked(&clerk, rows).await;
        assert!(!page.contains("nombre parecido"), "{page}");
        assert_eq!(names(app).await, now);
    })
    .await;
}

#[tokio::test]
async fn what_is_registered_after_the_look_is_seen_before_the_write() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let (address, page) = checked(&clerk, "Celia Olmedo,1980-01-01,5512340003,,,,,,,\n").await;
        assert!(page.contains("Registrar a 1 paciente"), "{page}");
        let celia = patients::Patient {
            id: antesala::domain::ids::PatientId::mint(),
            name: "Celia Olmedo Paz".parse().unwrap(),
            phone: "+525512340003".parse().ok(),
            record: None,
            ..app.hospital.patient.clone()
        };
        patients::insert(&app.store, &celia, &[], app.now()).await.unwrap();
        let before = names(app).await;
        registered(&clerk, &address).await;
        assert_eq!(names(app).await, before);
        let page = clerk.get(&address).await.body;
        assert!(page.contains("Ya hay un paciente con este teléfono y nombre parecido."), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_family_that_was_exported_comes_back_whole() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let rows = "Ana Urrutia,2001-01-01,5512340002,,,,,,,\n\
            Eva Urrutia,2003-01-01,5512340002,sí,,,,,,\n\
            Leo Ibarra,1960-01-01,,sí,Rosa,hija,5512340009,Juan,hijo,5512340009\n";
        let (address, _) = checked(&clerk, rows).await;
        registered(&clerk, &address).await;
        let export = clerk.get("/patients/export.csv").await.body;
        assert_eq!(crate::imports::emptied(app).await, 0);
        let again = taken(&clerk, "/patients/imports", export.as_bytes()).await;
        settled(&clerk, &again, "checked").await;
        registered(&clerk, &again).await;
        assert_eq!(clerk.get("/patients/export.csv").await.body, export);
        assert_eq!(names(app).await.len(), 4);
    })
    .await;
}
