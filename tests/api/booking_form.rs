//! The form that opens visits: what is shown before anything is saved, what is accepted, and who may not be invited.

use antesala::domain::ids::ConsultationId;
use antesala::domain::service::{Admission, Admissions, Service, Services};
use antesala::store::Batch;
use antesala::store::staff::own;

use crate::app::{TestApp, on_each};
use crate::browser::{Answer, Browser};
use crate::hospital::REPORT;

/// Tomorrow at 16:00 in Mexico City.
const TOMORROW: [(&str, &str); 3] = [("when", "scheduled"), ("date", "2026-11-24"), ("time", "16:00")];

pub(crate) async fn sent(browser: &Browser, path: &str, form: &[(&str, &str)]) -> Answer {
    browser.post_page(path, form).await
}

/// Tomás and his family see the doctor from home, tomorrow at four.
pub(crate) fn form<'a>(ids: &'a [String; 3], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let [patient, relative, doctor] = ids;
    let right = [
        ("service", "home_consultation"),
        ("patient", patient),
        ("people_of", patient),
        ("invite", "patient"),
        ("invite", relative),
        ("doctor", doctor),
    ];
    let kept = right.into_iter().chain(TOMORROW).filter(|(name, _)| more.iter().all(|(changed, _)| changed != name));
    kept.chain(more.iter().copied()).collect()
}

pub(crate) fn ids(app: &TestApp) -> [String; 3] {
    let hospital = &app.hospital;
    [hospital.patient.id.to_string(), hospital.relatives[0].id.to_string(), hospital.doctor.id.to_string()]
}

/// The value of the tick that accepts, if the page has one.
pub(crate) fn tick(page: &Answer) -> Option<String> {
    let (_, after) = page.body.split_once("id=\"accept\"")?;
    let (_, after) = after.split_once("value=\"")?;
    after.split_once('"').map(|(value, _)| value.to_owned())
}

pub(crate) fn booked(answer: &Answer) -> ConsultationId {
    answer.json()["consultation"].as_str().unwrap_or_else(|| panic!("{}", answer.body)).parse().unwrap()
}

/// Half past one in Tijuana, in the night in which its clocks go back from two to one.
const THAT_NIGHT: [(&str, &str); 3] = [("date", "2027-11-07"), ("time", "01:30"), ("zone", "America/Tijuana")];

#[tokio::test]
async fn an_hour_that_occurs_twice_is_booked_as_the_one_that_was_chosen() {
    on_each(async |app| {
        let (clerk, ids) = (app.sign_in(&app.hospital.clerk).await, ids(app));
        let night = |more: &[(&'static str, &'static str)]| form(&ids, &[&THAT_NIGHT[..], more].concat());
        let draft = sent(&clerk, "/visits/drafts", &night(&[])).await;
        let box_of = |page: &Answer| page.body.split_once("id=\"reading\"").map(|(_, rest)| rest.to_owned());
        let shown = box_of(&draft).unwrap();
        for said in ["01:30", "7 de noviembre de 2027", "UTC−07:00", "UTC−08:00", "value=\"2027-11-07T08:30:00Z\""]
        {
            assert!(shown.contains(said), "{said} in {shown}");
        }
        let (choices, _) = shown.split_once("</fieldset>").unwrap();
        assert!(!choices.contains("checked"), "nothing is decided for anybody: {choices}");
        for reading in ["", "2027-11-07", "2027-11-07T08:31:00Z"] {
            let refused = sent(&clerk, "/visits", &night(&[("reading", reading)])).await;
            assert_eq!(refused.status, 422, "{reading}");
            assert!(refused.body.contains("href=\"#reading\"") && refused.body.contains("value=\"01:30\""));
            assert!(box_of(&refused).is_some(), "{}", refused.body);
        }
        assert!(
            !clerk.get("/agenda?day=2027-11-07").await.body.contains("href=\"/consultations/"),
            "nothing was saved"
        );
        for (reading, at) in [("2027-11-07T09:30:00Z", "UTC−08:00"), ("2027-11-07T08:30:00Z", "UTC−07:00")] {
            let visit = booked(&clerk.post("/visits", &night(&[("reading", reading)])).await);
            assert_eq!(app.stored(visit).await.visit.starts_at.to_string(), reading);
            let page = clerk.get(&format!("/consultations/{visit}")).await.body;
            assert!(page.contains("01:30, ") && page.contains(at), "the page names the offset: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_series_asks_once_for_the_date_that_has_the_hour_twice() {
    on_each(async |app| {
        let (clerk, ids) = (app.sign_in(&app.hospital.clerk).await, ids(app));
        let series = [("date", "2027-10-31"), ("time", "01:30"), ("zone", "America/Tijuana"), ("weeks", "2")];
        let refused = sent(&clerk, "/visits", &form(&ids, &series)).await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.body.contains("href=\"#reading\"") && refused.body.contains("7 de noviembre"),
            "{}",
            refused.body
        );
        let chosen = [&series[..], &[("reading", "2027-11-07T09:30:00Z")]].concat();
        assert_eq!(clerk.post("/visits", &form(&ids, &chosen)).await.json()["count"], 2);
        let day = clerk.get("/agenda?day=2027-11-07").await.body;
        assert!(day.contains("2027-11-07T09:30:00Z"), "{day}");
    })
    .await;
}

#[tokio::test]
async fn a_free_time_shows_no_box_and_another_zone_is_named() {
    on_each(async |app| {
        let (clerk, ids) = (app.sign_in(&app.hospital.clerk).await, ids(app));
        let free = sent(&clerk, "/visits/drafts", &form(&ids, &[])).await;
        assert_eq!(tick(&free), None);
        booked(&clerk.post("/visits", &form(&ids, &[])).await);
        let tijuana = form(&ids, &[("time", "14:10"), ("zone", "America/Tijuana")]);
        let draft = sent(&clerk, "/visits/drafts", &tijuana).await;
        assert!(draft.body.contains("14:00–14:30") && draft.body.contains("hora de Tijuana"), "{}", draft.body);
    })
    .await;
}

#[tokio::test]
async fn a_weekly_visit_lists_its_dates_and_is_booked_whole() {
    on_each(async |app| {
        let (clerk, ids) = (app.sign_in(&app.hospital.clerk).await, ids(app));
        let taken = booked(&clerk.post("/visits", &form(&ids, &[("date", "2026-12-01")])).await);
        let draft = sent(&clerk, "/visits/drafts", &form(&ids, &[("weeks", "3")])).await;
        for date in ["24 de noviembre de 2026", "1 de diciembre de 2026", "8 de diciembre de 2026"] {
            assert!(draft.body.contains(date), "{date} in {}", draft.body);
        }
        let shown = tick(&draft).unwrap();
        assert_eq!(shown, taken.to_string());
        assert_eq!(sent(&clerk, "/visits", &form(&ids, &[("weeks", "3")])).await.status, 422);
        let answer = clerk.post("/visits", &form(&ids, &[("weeks", "3"), ("accept", &shown)])).await;
        assert_eq!(answer.json()["count"], 3, "{}", answer.body);

        let visits = app.store.read("SELECT id FROM consultations WHERE series IS NOT NULL ORDER BY starts_at", vec![]);
        let visits: Vec<String> =
            visits.await.unwrap().iter().map(|row| format!("/consultations/{}", row.text(0).unwrap())).collect();
        let links = async |browser: &Browser, page: &str| {
            let page = browser.get(page).await.body;
            visits.iter().map(|visit| page.contains(&format!("href=\"{visit}\""))).collect::<Vec<_>>()
        };
        assert_eq!(links(&clerk, &visits[1]).await, [true, false, true], "each leads to the others");
        assert_eq!(links(&clerk, &format!("/consultations/{taken}")).await, [false; 3], "it was booked alone");
        let moved =
            "UPDATE consultations SET doctor_id = $1 WHERE starts_at = (SELECT MAX(starts_at) FROM consultations)";
        let mut batch = Batch::new();
        batch.run_on_one(moved, vec![app.hospital.other_doctor.id.to_string().into()]);
        app.store.write(batch).await.unwrap();
        let doctor = app.sign_in(&app.hospital.doctor).await;
        assert_eq!(links(&doctor, &visits[0]).await, [false, true, false], "to those that are theirs");

        let skipped = [("weeks", "2"), ("zone", "America/Tijuana"), ("date", "2027-03-07"), ("time", "02:30")];
        let draft = sent(&clerk, "/visits/drafts", &form(&ids, &skipped)).await;
        assert!(draft.body.contains("El reloj salta esa hora."), "{}", draft.body);
        let refused = clerk.post("/visits", &form(&ids, &skipped)).await;
        assert_eq!(refused.status, 422);
        assert!(refused.json()["fields"]["weeks"].is_string(), "{}", refused.body);
    })
    .await;
}

#[tokio::test]
async fn whoever_books_lands_where_the_visit_can_be_seen() {
    on_each(async |app| {
        let ids = ids(app);
        let hospital = &app.hospital;
        let bookings = [
            (&hospital.clerk, "2026-12-01", "1"),
            (&hospital.doctor, "2026-12-02", "1"),
            (&hospital.clerk, "2027-02-02", "3"),
        ];
        for (member, date, weeks) in bookings {
            let browser = app.sign_in(member).await;
            let booked = sent(&browser, "/visits", &form(&ids, &[("date", date), ("weeks", weeks)])).await;
            let page = booked.header("location").to_owned();
            assert!(page.starts_with("/consultations/"), "{page}: {}", booked.body);
            let page = browser.get(&page).await;
            assert!(page.body.contains("Tomás Quiroga") && page.body.contains("class=\"notice\""), "{}", page.body);
            assert_eq!(page.body.contains("3 visitas semanales"), weeks == "3", "{}", page.body);
        }
    })
    .await;
}

#[tokio::test]
async fn a_planned_length_is_kept_and_impossible_ones_are_refused() {
    on_each(async |app| {
        let (clerk, ids) = (app.sign_in(&app.hospital.clerk).await, ids(app));
        let usual = booked(&clerk.post("/visits", &form(&ids, &[])).await);
        let long = form(&ids, &[("date", "2026-11-25"), ("minutes", "90")]);
        let long = booked(&clerk.post("/visits", &long).await);
        assert_eq!(app.stored(usual).await.visit.minutes, 30);
        assert_eq!(app.stored(long).await.visit.minutes, 90);
        for wrong in ["4", "481", "a while"] {
            let refused = clerk.post("/visits", &form(&ids, &[("minutes", wrong)])).await;
            assert_eq!((refused.status, refused.json()["fields"]["minutes"].is_string()), (422, true), "{wrong}");
        }
    })
    .await;
}

#[tokio::test]
async fn relatives_who_may_not_come_are_refused_beside_the_people() {
    on_each(async |app| {
        let (clerk, ids) = (app.sign_in(&app.hospital.clerk).await, ids(app));
        let mut barring = Batch::new();
        barring.run_on_one(
            "UPDATE relatives SET may_receive_report = FALSE, may_visit = FALSE WHERE id = $1",
            vec![ids[1].as_str().into()],
        );
        app.store.write(barring).await.unwrap();
        let ward = app.hospital.ward.ward.unwrap().to_string();
        for service in ["medical_report", "tele_visit"] {
            let refused = clerk.post("/visits", &form(&ids, &[("service", service), ("ward", &ward)])).await;
            assert_eq!(refused.status, 422, "{}", refused.body);
            let said = refused.json()["fields"]["invite"].clone();
            assert!(said.as_str().unwrap_or_default().contains("Rosa Quiroga"), "{said}");
        }
        let page = sent(&clerk, "/visits/drafts", &form(&ids, &[("service", "medical_report")])).await;
        assert!(page.body.contains("data-barred-from=\"medical_report tele_visit\""), "{}", page.body);
        assert!(page.body.contains("No debe recibir el informe médico."));
        booked(&clerk.post("/visits", &form(&ids, &[])).await);
    })
    .await;
}

#[tokio::test]
async fn only_a_doctor_who_is_permitted_the_service_is_booked_and_people_enter_as_with_that_doctor() {
    on_each(async |app| {
        let (clerk, ids) = (app.sign_in(&app.hospital.clerk).await, ids(app));
        let doctor = &app.hospital.doctor;
        let chosen: Admissions = [(Service::HomeConsultation, Admission::OneByOne)].into_iter().collect();
        own::keep_admissions(&app.store, doctor.id, &chosen).await.unwrap();
        let usual = booked(&clerk.post("/visits", &form(&ids, &[])).await);
        assert_eq!(app.stored(usual).await.visit.admission, Admission::OneByOne);
        let other = form(&ids, &[("date", "2026-11-25"), ("admission", "when_started")]);
        let other = booked(&clerk.post("/visits", &other).await);
        assert_eq!(app.stored(other).await.visit.admission, Admission::WhenStarted);

        let mut limiting = Batch::new();
        let only = Services::NONE.with(Service::FollowUp).to_string();
        limiting.run_on_one("UPDATE staff SET services = $1 WHERE id = $2", vec![only.into(), ids[2].as_str().into()]);
        app.store.write(limiting).await.unwrap();
        let refused = clerk.post("/visits", &form(&ids, &[("date", "2026-11-26")])).await;
        assert_eq!((refused.status, refused.json()["fields"]["doctor"].is_string()), (422, true), "{}", refused.body);
        let page = clerk.get("/visits/new").await;
        assert!(page.body.contains("data-services=\"follow_up\""), "{}", page.body);
        assert!(page.body.contains("Inés Soto (Seguimiento)"), "said without scripts too");
    })
    .await;
}

#[tokio::test]
async fn the_form_begins_with_a_patient_an_hour_or_another_visit_of_ones_own() {
    on_each(async |app| {
        let (clerk, [patient, _, doctor]) = (app.sign_in(&app.hospital.clerk).await, ids(app));
        let page = clerk.get(&format!("/visits/new?patient={patient}")).await;
        assert!(page.body.contains(&format!("name=\"patient\" value=\"{patient}\"")), "{}", page.body);
        let page = clerk.get(&format!("/visits/new?at=2026-11-30T16:00:00Z&doctor={doctor}")).await;
        for held in ["value=\"2026-11-30\"", "value=\"10:00\"", "value=\"scheduled\" checked"] {
            assert!(page.body.contains(held), "{held} in {}", page.body);
        }
        assert!(page.body.contains("Inés Soto"));
        assert_eq!(clerk.get("/visits/new?day=x&at=25:00&doctor=x&patient=x&copy=x").await.status, 200);

        let visit = app.book(REPORT.in_minutes(60)).await;
        let copy = format!("/visits/new?copy={}", visit.id);
        let page = clerk.get(&copy).await;
        assert!(page.body.contains("Control de presión") && page.body.contains("name=\"minutes\""), "{}", page.body);
        let rosa = format!("value=\"{}\" checked", app.hospital.relatives[0].id);
        assert!(page.body.contains(&rosa), "{}", page.body);
        assert!(page.body.contains("value=\"medical_report\" checked"));
        let other = app.sign_in(&app.hospital.other_doctor).await;
        assert_eq!(other.get(&copy).await.status, 404, "none of their business");
        assert_eq!(app.sign_in(&app.hospital.doctor).await.get(&copy).await.status, 200);
        let nobodys = format!("/visits/new?copy={}", ConsultationId::mint());
        assert_eq!(clerk.get(&nobodys).await.status, 404);
    })
    .await;
}
