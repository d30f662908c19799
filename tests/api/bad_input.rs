//! Forms filled in wrongly: each gets a sentence at its field, nothing is saved, and what was typed is kept.

use reqwest::Method;
use serde_json::Value;

use crate::app::{TestApp, on_each};
use crate::browser::{self, Browser};

type Fields<'a> = Vec<(&'a str, String)>;

#[tokio::test]
async fn what_is_wrong_with_a_visit_is_said_at_its_field_and_nothing_is_booked() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let later = [("when", "scheduled"), ("date", "2026-12-01"), ("time", "10:00")];
        let wrong: &[(&[(&str, &str)], &str)] = &[
            (&[("invite", "")], "invite"),
            (&[("doctor", "")], "doctor"),
            (&[("patient", "")], "patient_search"),
            (&[("patient", "nonsense")], "patient_search"),
            (&[("service", "haircut")], "service"),
            (&[later[0], ("date", "2026-11-22"), later[2]], "date"),
            (&[later[0], ("date", "2036-12-01"), later[2]], "date"),
            (&[later[0], ("date", ""), later[2]], "date"),
            (&[later[0], ("date", "tomorrow"), later[2]], "date"),
            (&[later[0], later[1], ("time", "")], "time"),
            // Tijuana's clocks skip this half hour.
            (&[later[0], ("date", "2027-03-14"), ("time", "02:30"), ("zone", "America/Tijuana")], "time"),
            (&[later[0], later[1], later[2], ("other_zone", "America/Atlantis")], "other_zone"),
            (&[("reason", &"x".repeat(201))], "reason"),
        ];
        for (changes, field) in wrong {
            let (status, fields) = booked(&clerk, booking(app, changes)).await;
            assert_eq!(status, 422, "{changes:?}: {fields}");
            let sentence = fields[*field].as_str().unwrap_or_default();
            assert!(sentence.len() > 10, "{changes:?}: {fields}");
        }
        assert_eq!(clerk.get_json("/board/state").await.json()["cards"], serde_json::json!([]));
        let (status, answer) = booked(&clerk, booking(app, &later)).await;
        assert_eq!(status, 200, "{answer}");
    })
    .await;
}

#[tokio::test]
async fn a_patient_with_a_wrong_number_or_birth_date_is_not_added() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let wrong: &[(&[(&str, &str)], &str)] = &[
            (&[("new_name", "")], "new_name"),
            (&[("new_name", "12345")], "new_name"),
            (&[("new_born", "")], "new_born"),
            (&[("new_born", "2027-01-01")], "new_born"),
            (&[("new_born", "1850-01-01")], "new_born"),
            (&[("new_born", "30/07/1962")], "new_born"),
            (&[("new_phone", "12")], "new_phone"),
            (&[("new_phone", "+999 12345678")], "new_phone"),
            (&[("new_phone", "call me")], "new_phone"),
            (&[("relative_0_name", "Darío Prado"), ("relative_0_relation", "hijo")], "relative_0_phone"),
            (&[("relative_0_name", "Darío Prado"), ("relative_0_phone", "5512345699")], "relative_0_relation"),
        ];
        for (changes, field) in wrong {
            let (status, fields) = posted(&clerk, "/patients", with(&PATIENT, changes)).await;
            assert_eq!(status, 422, "{changes:?}: {fields}");
            assert!(fields[*field].is_string(), "{changes:?}: {fields}");
        }
        assert_eq!(patients(app).await, 1);
        // A number without its country is of the hospital's country.
        let (status, answer) = posted(&clerk, "/patients", with(&PATIENT, &[("new_phone", "55 1234 5688")])).await;
        assert_eq!(status, 200, "{answer}");
        let stored = app.store.read_one("SELECT phone FROM patients WHERE name = 'Celia Prado'", vec![]).await.unwrap();
        assert_eq!(stored.unwrap().text(0).unwrap(), "+525512345688");
    })
    .await;
}

#[tokio::test]
async fn one_new_patient_sent_twice_is_added_once() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let id = antesala::domain::ids::PatientId::mint().to_string();
        for _ in 0..2 {
            let (status, answer) = posted(&clerk, "/patients", with(&PATIENT, &[("new_patient", &id)])).await;
            assert_eq!(status, 200, "{answer}");
        }
        assert_eq!(patients(app).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_page_says_error_in_its_title_and_keeps_what_was_typed() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let form = booking(app, &[("invite", ""), ("reason", "Visita de control larga")]);
        let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let page = clerk.post_page("/visits", &form).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("<title>Error:"), "{}", page.body);
        assert!(page.body.contains("Visita de control larga"));
        assert!(page.body.contains("href=\"#invite"), "the summary leads to the field: {}", page.body);
    })
    .await;
}

#[tokio::test]
async fn bodies_that_are_no_form_are_malformed_and_never_a_failure_of_ours() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let visit = app.book(crate::hospital::REPORT).await;
        let kind = "application/x-www-form-urlencoded";
        let bodies: [(&str, Vec<u8>); 5] = [
            (kind, b"service=%ff%fe&patient=%00".to_vec()),
            (kind, b"&&&===%".to_vec()),
            (kind, [b"service=".as_slice(), &vec![b'x'; 600_000]].concat()),
            ("application/json", b"{\"service\":1}".to_vec()),
            ("multipart/form-data; boundary=x", b"--x--".to_vec()),
        ];
        for path in ["/visits", "/patients", "/visits/drafts", "/sign-in", &visit.path("links"), &visit.links[0]] {
            for (kind, body) in &bodies {
                let request = clerk.request(Method::POST, path).header("sec-fetch-site", "same-origin");
                let answer = browser::answer(request.header("content-type", *kind).body(body.clone())).await;
                let place = format!("{path} with {kind} of {} bytes", body.len());
                assert!(answer.status < 500, "{place}: {} {}", answer.status, answer.body);
                let is_page = [303, 204].contains(&answer.status) || answer.body.contains("<h1");
                assert!(is_page, "{place}: a person reads a page: {}", answer.body);
            }
        }
        assert_eq!(app.events(visit.id).await.len() as u64, app.rev(visit.id).await);
    })
    .await;
}

#[tokio::test]
async fn addresses_that_make_no_sense_are_answered_in_sentences() {
    on_each(async |app| {
        let visit = app.book(crate::hospital::REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let state = rosa.path("/state?connection=x");
        for (browser, path) in [
            (&rosa.browser, state.as_str()),
            (&clerk, "/messages?show=%ff"),
            (&clerk, "/j/%ff%fe"),
            (&clerk, "/../etc/passwd"),
        ] {
            let page = browser.get(path).await;
            assert!(page.status < 500 && page.body.contains("<h1"), "{path}: {} {}", page.status, page.body);
            let json = browser.get_json(path).await;
            assert!(
                json.status == 200 || json.body.contains("<h1") || json.json()["sentence"].is_string(),
                "{path}: {}",
                json.body
            );
        }
    })
    .await;
}

const PATIENT: [(&str, &str); 2] = [("new_name", "Celia Prado"), ("new_born", "1962-07-30")];

/// A booking that would be accepted, but for `changes`.
fn booking<'a>(app: &TestApp, changes: &[(&'a str, &str)]) -> Fields<'a> {
    let patient = app.hospital.patient.id.to_string();
    let relative = app.hospital.relatives[0].id.to_string();
    let doctor = app.hospital.doctor.id.to_string();
    let right = [
        ("service", "medical_report"),
        ("patient", &patient),
        ("people_of", &patient),
        ("invite", &relative),
        ("doctor", &doctor),
        ("when", "now"),
    ];
    with(&right, changes)
}

fn with<'a>(right: &[(&'a str, &str)], changes: &[(&'a str, &str)]) -> Fields<'a> {
    let kept = right.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    kept.chain(changes).map(|(name, value)| (*name, (*value).to_owned())).collect()
}

async fn booked(browser: &Browser, form: Fields<'_>) -> (u16, Value) {
    posted(browser, "/visits", form).await
}

/// The status, and what is said of each field, or the whole answer.
async fn posted(browser: &Browser, path: &str, form: Fields<'_>) -> (u16, Value) {
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = browser.post(path, &form).await;
    let json = answer.json();
    let fields = if json["fields"].is_object() { json["fields"].clone() } else { json };
    (answer.status, fields)
}

async fn patients(app: &TestApp) -> i64 {
    app.store.read_one("SELECT COUNT(*) FROM patients", vec![]).await.unwrap().unwrap().int(0).unwrap()
}
