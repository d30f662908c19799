//! What somebody reads when a request fails: staff in their own language and about their own work, families in theirs.

use antesala::domain::ids::ConsultationId;
use antesala::store::Batch;
use reqwest::Method;

use crate::app::{TestApp, on_each};
use crate::browser::{self, Answer, Browser};
use crate::hospital::HOME;

/// A page as a browser that prefers English asks for it.
async fn page(browser: &Browser, path: &str) -> Answer {
    browser::answer(browser.request(Method::GET, path).header("accept-language", "en")).await
}

async fn speaks_portuguese(app: &TestApp) {
    let mut batch = Batch::new();
    let clerk = app.hospital.clerk.id.to_string();
    batch.run_on_one("UPDATE staff SET language = 'pt' WHERE id = $1", vec![clerk.into()]);
    app.store.write(batch).await.unwrap();
}

#[tokio::test]
async fn staff_read_it_in_their_own_language_with_the_way_back_and_a_reference() {
    on_each(async |app| {
        speaks_portuguese(app).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let nobodys = format!("/consultations/{}", ConsultationId::mint());
        let of_doctor = ("lang=\"es\"", "href=\"/board\"");
        let of_clerk = ("lang=\"pt\"", "href=\"/visits\"");
        for (browser, path, status, (language, back), said) in [
            (&doctor, "/nowhere", 404, of_doctor, "No encontramos esto"),
            (&doctor, nobodys.as_str(), 404, of_doctor, "no es de lo que usted puede ver"),
            (&doctor, "/patients", 403, of_doctor, "pídala a quien administra las cuentas"),
            (&clerk, "/nowhere", 404, of_clerk, "Não encontramos isto"),
            (&clerk, "/settings", 403, of_clerk, "peça a quem administra as contas"),
        ] {
            let answer = page(browser, path).await;
            assert_eq!(answer.status, status, "{path}");
            let reference = answer.header("x-request-id").to_owned();
            for part in [language, back, said, "<title>Err", "action=\"/sign-out\"", &reference] {
                assert!(answer.body.contains(part), "{path}: {part}: {}", answer.body);
            }
        }
        let refused = doctor.get_json("/patients").await;
        assert_eq!((refused.status, refused.json()["reference"].as_str().unwrap().len()), (403, 36));
        assert!(refused.json()["sentence"].as_str().unwrap().contains("administra las cuentas"), "{}", refused.body);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_another_site_sent_is_refused_in_the_same_words() {
    on_each(async |app| {
        let doctor = app.sign_in(&app.hospital.doctor).await;
        assert_eq!(doctor.get("/agenda").await.status, 200, "a page was open before");
        let foreign = doctor.request(Method::POST, "/visits").header("sec-fetch-site", "cross-site");
        let answer = browser::answer(foreign.form(&[("service", "follow_up")])).await;
        assert_eq!(answer.status, 403);
        assert!(answer.body.contains("href=\"/board\"") && answer.body.contains("lang=\"es\""), "{}", answer.body);
    })
    .await;
}

#[tokio::test]
async fn families_and_strangers_read_it_as_before_whoever_is_signed_in_beside_them() {
    on_each(async |app| {
        let visit = app.book(HOME).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let lobby = format!("/lobby/{}/calendar.ics", visit.guests[0].id);
        for (browser, path) in
            [(&app.browser(), "/nowhere"), (&app.browser(), lobby.as_str()), (&doctor, lobby.as_str())]
        {
            let answer = page(browser, path).await;
            assert_eq!(answer.status, 404, "{path}");
            assert!(answer.body.contains("lang=\"en\"") && answer.body.contains("find this page"), "{}", answer.body);
            assert!(!answer.body.contains("/sign-out") && !answer.body.contains("Inés Soto"), "{}", answer.body);
        }
    })
    .await;
}
