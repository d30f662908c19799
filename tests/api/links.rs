//! A link: opening it changes nothing, entering takes the seat, and a dead one tells nothing.

use antesala::domain::consultation::{Command, Standing};
use antesala::domain::ids::CommandId;
use antesala::domain::person::Language;
use antesala::domain::schedule::LinkWindow;
use jiff::SignedDuration;

use crate::app::{TestApp, on_each};
use crate::browser::Answer;
use crate::hospital::{HOME, REPORT, Visit};

#[tokio::test]
async fn fifty_looks_at_a_link_change_nothing_and_then_the_person_enters() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let before = app.stored(visit.id).await;
        for _ in 0..50 {
            // Scanners of messengers and mail keep no cookies.
            let scanner = app.browser();
            let (looked, peeked) = (scanner.get(&visit.links[0]).await, scanner.head(&visit.links[0]).await);
            assert_eq!((looked.status, peeked.status), (200, 200));
        }
        assert_eq!(app.stored(visit.id).await, before);
        let rosa = app.enter(&visit.links[0]).await;
        assert_eq!(rosa.id, visit.seat(0));
        assert_eq!(rosa.socket().await.expect("snapshot").await["seat"]["standing"], "waiting");
    })
    .await;
}

#[tokio::test]
async fn unknown_truncated_expired_and_replaced_links_look_alike() {
    on_each(async |app| {
        let expired = app.book(REPORT).await;
        let replaced = app.book(REPORT).await;
        app.later(SignedDuration::from_mins(61));
        renew(app, &replaced, 0).await;
        let unknown = "/j/8rH9RHmJbG7v3d2_hwV2Cg".to_owned();
        let truncated = expired.links[1][..expired.links[1].len() - 3].to_owned();
        let dead = [&unknown, &truncated, &expired.links[0], &replaced.links[0]];
        let mut looked = Vec::new();
        let mut entered = Vec::new();
        let mut asked = Vec::new();
        for link in dead {
            let browser = app.browser();
            looked.push(told(&browser.get(link).await, link));
            entered.push(told(&browser.post_page(link, &[("consent", "1")]).await, link));
            asked.push(told(&browser.post_page(&format!("{link}/requests"), &[]).await, link));
        }
        for answers in [&looked, &entered, &asked] {
            assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
        }
        assert_eq!((looked[0].0, entered[0].0, asked[0].0), (404, 404, 200));
        assert_eq!(app.stored(replaced.id).await.visit.participants[1].standing, Standing::Invited);
    })
    .await;
}

#[tokio::test]
async fn the_newest_link_of_what_was_called_off_says_so_and_asks_for_nothing() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let older = visit.links[0].clone();
        renew(app, &visit, 0).await;
        let newest = app.visit(visit.id).await.links[0].clone();
        app.command(visit.id, Command::Cancel { by: app.hospital.doctor.operator() }).await.unwrap();
        let browser = app.browser();
        for answer in [
            browser.get(&newest).await,
            browser.post_page(&newest, &[("consent", "1")]).await,
            browser.post_page(&format!("{newest}/requests"), &[]).await,
        ] {
            assert_eq!(answer.status, 410);
            assert!(answer.body.contains("La visita se canceló") && !answer.body.contains("<form"), "{}", answer.body);
            assert!(!answer.body.contains("Quiroga"), "and names nobody");
        }
        let replaced = browser.get(&older).await;
        assert!(
            replaced.status == 404 && !replaced.body.contains("se canceló"),
            "whoever has the old phone learns nothing"
        );
    })
    .await;
}

#[tokio::test]
async fn an_address_that_tries_unknown_links_is_slowed_down_and_real_links_still_open_there() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let browser = app.browser();
        let mut refused = 0;
        for number in 0..40 {
            let answer = browser.get(&format!("/j/8rH9RHmJbG7v3d2_hw{number:02}Cg")).await;
            assert!([404, 429].contains(&answer.status), "{}", answer.status);
            refused += usize::from(answer.status == 429);
        }
        assert_eq!(refused, 20);
        assert_eq!(browser.get(&visit.links[0]).await.status, 200);
        app.later(SignedDuration::from_secs(10));
        assert_eq!(browser.get("/j/8rH9RHmJbG7v3d2_hwV2Cg").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn somebody_early_is_let_into_the_lobby_and_waits_from_then_on() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(24 * 60)).await;
        let patient = app.enter(&visit.links[0]).await;
        let snapshot = patient.socket().await.expect("snapshot").await;
        assert_eq!(snapshot["seat"]["standing"], "waiting");
        assert_eq!(snapshot["seat"]["waiting_since"], app.now().to_string());
        assert_eq!(snapshot["visit"]["phase"], "scheduled");
    })
    .await;
}

#[tokio::test]
async fn expiry_refuses_a_first_entry_and_nothing_else() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        app.later(SignedDuration::from_mins(60));
        assert_eq!(app.browser().get(&visit.links[1]).await.status, 404);
        assert_eq!(app.browser().post(&visit.links[1], &[("consent", "1")]).await.status, 404);
        // Rosa is in: her cookie, her link and even another browser with her link still work.
        assert_eq!(rosa.browser.get(&rosa.path("")).await.status, 200);
        let back = rosa.browser.get(&visit.links[0]).await;
        assert_eq!((back.status, back.header("location")), (303, rosa.path("").as_str()));
        assert_eq!(app.enter(&visit.links[0]).await.id, rosa.id);
    })
    .await;
}

#[tokio::test]
async fn whoever_asks_for_a_new_link_gets_one_once_staff_approve_and_the_old_one_dies() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        app.later(SignedDuration::from_mins(61));
        for _ in 0..2 {
            assert_eq!(app.browser().post_page(&format!("{}/requests", visit.links[0]), &[]).await.status, 200);
        }
        assert_eq!(app.count(visit.id, "link_requested").await, 1);
        assert_eq!(clerk.get("/").await.status, 303);
        let board = sign_in_again(app).await.get_json("/board/state").await.json();
        assert_eq!(board["cards"][0]["seats"][1]["link"], "requested", "{board}");

        let clerk = sign_in_again(app).await;
        let seat = visit.seat(0).to_string();
        let renewed = clerk.post(&visit.path("links"), &[("renew", &seat)]).await;
        assert_eq!(renewed.status, 200, "{}", renewed.body);
        let now = app.visit(visit.id).await;
        assert_ne!(now.links[0], visit.links[0]);
        assert_eq!(app.browser().get(&visit.links[0]).await.status, 404);
        assert_eq!(app.enter(&now.links[0]).await.id, visit.seat(0));
    })
    .await;
}

#[tokio::test]
async fn asking_for_a_new_link_while_the_old_one_works_changes_nothing() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let before = app.stored(visit.id).await;
        assert_eq!(app.browser().post_page(&format!("{}/requests", visit.links[0]), &[]).await.status, 200);
        assert_eq!(app.stored(visit.id).await, before);
    })
    .await;
}

#[tokio::test]
async fn the_language_of_the_landing_is_the_language_of_the_lobby() {
    on_each(async |app| {
        let visit = app.book(REPORT.reading(Language::Portuguese)).await;
        let noted = app.browser();
        assert!(noted.get(&visit.links[0]).await.body.contains("<html lang=\"pt\""));
        let chosen = format!("{}?lang=en", visit.links[1]);
        let browser = app.browser();
        let page = browser.get(&chosen).await;
        assert!(page.body.contains("<html lang=\"en\""));
        let fields = page.hidden_fields();
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let entered = browser.post_page(&visit.links[1], &fields).await;
        assert_eq!(entered.status, 303);
        assert!(browser.get(entered.header("location")).await.body.contains("<html lang=\"en\""));
    })
    .await;
}

/// What a person is told, without what the address itself shows.
fn told(answer: &Answer, link: &str) -> (u16, String) {
    (answer.status, answer.without_token().replace(link, "…"))
}

async fn renew(app: &TestApp, visit: &Visit, place: usize) {
    let by = app.hospital.clerk.operator();
    let renew = Command::RenewLink {
        by,
        participant: visit.seat(place),
        window: LinkWindow { lead: SignedDuration::from_mins(10), lifetime: SignedDuration::from_hours(1) },
    };
    app.hub.command(visit.id, CommandId::mint(), renew).await.unwrap();
}

/// The clerk's session is over after an hour of silence.
async fn sign_in_again(app: &TestApp) -> crate::browser::Browser {
    app.sign_in(&app.hospital.clerk).await
}
