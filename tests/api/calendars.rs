//! Calendar files and private calendar addresses: what they say, what they never say, and when they are dead.

use antesala::domain::consultation::Command;
use antesala::store::Batch;

use crate::app::{TestApp, on_each};
use crate::browser::{Answer, Browser};
use crate::hospital::{HOME, TELE};

/// Nothing of this is anybody's business but the hospital's.
const SECRETS: &[&str] = &["Tomás", "Quiroga", "Rosa", "presión", "/j/", "5512345"];

fn unfolded(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    for secret in SECRETS {
        assert!(!answer.body.contains(secret), "{secret}: {}", answer.body);
    }
    answer.body.replace("\r\n ", "")
}

#[tokio::test]
async fn staff_and_families_keep_the_same_entry() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let file = doctor.get(&visit.path("calendar.ics")).await;
        assert!(file.header("content-disposition").starts_with("attachment"));
        let file = unfolded(&file);
        for line in [
            format!("UID:{}@localhost\r\n", visit.id),
            "DTSTART:20261123T160000Z\r\n".to_owned(),
            "DTEND:20261123T163000Z\r\n".to_owned(),
            "SEQUENCE:0\r\n".to_owned(),
            "STATUS:CONFIRMED\r\n".to_owned(),
            "SUMMARY:Videollamada · Hospital San Telmo\r\n".to_owned(),
            format!("URL:{}/consultations/{}\r\n", app.origin, visit.id),
        ] {
            assert!(file.contains(&line), "{line}: {file}");
        }
        app.later(jiff::SignedDuration::from_mins(51));
        let rosa = app.enter(&visit.links[1]).await;
        let lobby = rosa.browser.get(&rosa.path("")).await.body;
        assert!(lobby.contains(&rosa.path("/calendar.ics?lang=es")), "{lobby}");
        let own = unfolded(&rosa.browser.get(&rosa.path("/calendar.ics")).await);
        assert!(own.contains(&format!("UID:{}@localhost\r\n", visit.id)) && !own.contains("URL:"), "{own}");
        let english = unfolded(&rosa.browser.get(&rosa.path("/calendar.ics?lang=en")).await);
        assert!(english.contains("SUMMARY:Video call · Hospital San Telmo\r\n"), "{english}");

        let by = app.hospital.doctor.operator();
        app.command(visit.id, Command::Cancel { by }).await.unwrap();
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let file = unfolded(&doctor.get(&visit.path("calendar.ics")).await);
        assert!(file.contains("STATUS:CANCELLED\r\n"), "{file}");
    })
    .await;
}

#[tokio::test]
async fn a_private_address_shows_its_owners_visits_to_whoever_has_it() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let tele = app.book(TELE.in_minutes(60)).await;
        let far = app.book(HOME.in_minutes(181 * 24 * 60)).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let calendar = unfolded(&app.browser().get(&made(&doctor).await).await);
        assert!(calendar.contains(&visit.id.to_string()), "{calendar}");
        assert!(!calendar.contains(&tele.id.to_string()) && !calendar.contains(&far.id.to_string()), "{calendar}");
        let ward = app.sign_in(&app.hospital.ward).await;
        let calendar = unfolded(&app.browser().get(&made(&ward).await).await);
        assert!(calendar.contains(&tele.id.to_string()) && !calendar.contains(&visit.id.to_string()), "{calendar}");
        app.later(jiff::SignedDuration::from_hours(31 * 24));
        assert!(
            !unfolded(&app.browser().get(&made(&app.sign_in(&app.hospital.doctor).await).await).await)
                .contains(&visit.id.to_string()),
            "a month ago"
        );
    })
    .await;
}

#[tokio::test]
async fn an_address_that_was_replaced_removed_or_never_was_looks_like_any_other() {
    on_each(async |app| {
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let old = made(&doctor).await;
        let new = made(&doctor).await;
        let stranger = app.browser();
        assert_eq!(stranger.get(&new).await.status, 200);
        assert!(!doctor.get("/profile/calendar").await.body.contains("/calendars/"), "it is shown once");
        let mut dead = vec![old, "/calendars/8rH9RHmJbG7v3d2_hwV2Cg.ics".to_owned(), "/calendars/x".to_owned()];
        let removed = doctor.post_page("/profile/calendar/removal", &[]).await;
        assert_eq!((removed.status, removed.header("location")), (303, "/profile/calendar"));
        dead.push(new);
        let mut answers = Vec::new();
        for path in &dead {
            let answer = stranger.get(path).await;
            assert_eq!(answer.status, 404, "{path}");
            answers.push(answer.without_token());
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]));
    })
    .await;
}

#[tokio::test]
async fn who_no_longer_works_here_has_no_calendar() {
    on_each(async |app| {
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let address = made(&doctor).await;
        leave(app).await;
        assert_eq!(app.browser().get(&address).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn guessing_addresses_is_slowed_down_like_guessing_links() {
    on_each(async |app| {
        let stranger = app.browser();
        let mut statuses = Vec::new();
        for _ in 0..200 {
            statuses.push(stranger.get("/calendars/8rH9RHmJbG7v3d2_hwV2Cg").await.status);
        }
        assert_eq!((statuses[0], statuses.last()), (404, Some(&429)));
    })
    .await;
}

/// Makes an address, and answers its path.
async fn made(browser: &Browser) -> String {
    let page = browser.post_page("/profile/calendar", &[]).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let (_, rest) = page.body.split_once("/calendars/").unwrap();
    let (token, _) = rest.split_once('"').unwrap();
    format!("/calendars/{token}")
}

async fn leave(app: &TestApp) {
    let mut batch = Batch::new();
    let doctor = app.hospital.doctor.id.to_string();
    batch.run_on_one("UPDATE staff SET active = FALSE WHERE id = $1", vec![doctor.into()]);
    app.store.write(batch).await.unwrap();
}
