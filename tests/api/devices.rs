//! Whose cookie opens what: one seat, one visit, one browser at a time.

use antesala::domain::consultation::Standing;

use crate::app::on_each;
use crate::hospital::{HOME, REPORT, TELE};

#[tokio::test]
async fn the_link_on_another_phone_waits_while_the_admitted_one_stays_and_admitting_moves_the_seat() {
    on_each(async |app| {
        let visit = app.book(TELE).await;
        let ward = app.sign_in(&app.hospital.ward).await;
        let first = app.enter(&visit.links[1]).await;
        app.start(&visit).await;
        let participant = visit.seat(1).to_string();
        assert_eq!(ward.post(&visit.path("admissions"), &[("participant", &participant)]).await.status, 200);
        let mut old = first.socket().await;
        assert_eq!(old.expect("snapshot").await["seat"]["standing"], "admitted");

        let second = app.enter(&visit.links[1]).await;
        let mut new = second.socket().await;
        let snapshot = new.expect("snapshot").await;
        assert_eq!((&snapshot["seat"]["standing"], snapshot["call"].is_null()), (&"new_device".into(), true));
        assert!(old.settle().await.iter().all(|message| message["type"] == "presence"));
        let card = ward.get_json("/board/state").await.json()["cards"][0].clone();
        assert_eq!(card["seats"][1]["new_device"], true, "{card}");

        assert_eq!(ward.post(&visit.path("admissions"), &[("participant", &participant)]).await.status, 200);
        assert_eq!(new.expect("change").await["seat"]["standing"], "admitted");
        let moved = old.until("change").await;
        assert_eq!((&moved["seat"]["standing"], moved["call"].is_null()), (&"elsewhere".into(), true));
        assert_eq!(app.count(visit.id, "admitted").await, 2);
    })
    .await;
}

#[tokio::test]
async fn somebody_who_waits_and_opens_the_link_again_elsewhere_keeps_the_place() {
    on_each(async |app| {
        let visit = app.book(TELE).await;
        let mut old = app.enter(&visit.links[1]).await.socket().await;
        let since = old.expect("snapshot").await["seat"]["waiting_since"].clone();
        app.later(jiff::SignedDuration::from_mins(3));
        let mut new = app.enter(&visit.links[1]).await.socket().await;
        let snapshot = new.expect("snapshot").await;
        assert_eq!((&snapshot["seat"]["standing"], &snapshot["seat"]["waiting_since"]), (&"waiting".into(), &since));
        assert_eq!(old.expect("change").await["seat"]["standing"], "elsewhere");
    })
    .await;
}

#[tokio::test]
async fn two_visits_on_one_phone_both_work() {
    on_each(async |app| {
        let (report, home) = (app.book(REPORT).await, app.book(HOME).await);
        let phone = app.browser();
        let first = phone.take_seat(&report.links[0]).await;
        let second = phone.take_seat(&home.links[1]).await;
        for (seat, visit) in [(first, &report), (second, &home)] {
            let mut socket = phone.socket(&format!("/lobby/{seat}/socket")).await.unwrap();
            assert_eq!(socket.expect("snapshot").await["seat"]["id"], seat.to_string());
            app.start(visit).await;
            assert_eq!(socket.until("change").await["seat"]["standing"], "admitted");
        }
    })
    .await;
}

#[tokio::test]
async fn the_newest_tab_of_one_browser_takes_over() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let mut first = rosa.socket().await;
        first.expect("snapshot").await;
        let mut second = rosa.socket().await;
        second.expect("snapshot").await;
        assert_eq!(first.closed().await, Some(4001));
        app.start(&visit).await;
        second.expect("change").await;
    })
    .await;
}

#[tokio::test]
async fn five_reloads_keep_the_seat_and_the_place() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let before = app.stored(visit.id).await;
        for _ in 0..5 {
            app.later(jiff::SignedDuration::from_mins(1));
            assert_eq!(rosa.browser.get(&rosa.path("")).await.status, 200);
            assert_eq!(rosa.browser.get(&visit.links[0]).await.status, 303);
            assert_eq!(rosa.browser.post(&visit.links[0], &[("consent", "1")]).await.status, 200);
            assert_eq!(rosa.socket().await.expect("snapshot").await["seat"]["standing"], "waiting");
        }
        assert_eq!(app.stored(visit.id).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_seat_s_cookie_opens_no_other_seat() {
    on_each(async |app| {
        let (visit, other) = (app.book(REPORT).await, app.book(HOME).await);
        let rosa = app.enter(&visit.links[0]).await;
        app.enter(&visit.links[1]).await;
        app.enter(&other.links[0]).await;
        for seat in [visit.seat(1), other.seat(0), other.seat(2)] {
            let path = |rest: &str| format!("/lobby/{seat}{rest}");
            assert_eq!(rosa.browser.get(&path("")).await.status, 404);
            assert_eq!(rosa.browser.get(&path("/state")).await.status, 404);
            assert_eq!(rosa.browser.get_json(&path("/state")).await.status, 404);
            let leave = serde_json::json!({ "type": "leave" });
            assert_eq!(rosa.browser.say(&path("/state?connection=1"), &leave).await.status, 404);
            assert_eq!(rosa.browser.socket(&path("/socket")).await.err(), Some(404));
        }
    })
    .await;
}

#[tokio::test]
async fn a_seat_s_secret_under_another_seat_s_name_opens_nothing() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        app.enter(&visit.links[1]).await;
        let held = rosa.browser.cookies();
        let forged = held.replace(&visit.seat(0).to_string(), &visit.seat(1).to_string());
        assert_ne!(forged, held);
        let path = format!("/lobby/{}", visit.seat(1));
        for path in [path.clone(), format!("{path}/state")] {
            let request = app.browser().request(reqwest::Method::GET, &path).header("cookie", &forged);
            assert_eq!(crate::browser::answer(request).await.status, 404, "{path}");
        }
        let signed_in = forged.replace(&format!("seat-{}", visit.seat(1)), "antesala");
        let request = app.browser().request(reqwest::Method::GET, "/board").header("cookie", &signed_in);
        assert_eq!(crate::browser::answer(request).await.header("location"), "/sign-in");
    })
    .await;
}

#[tokio::test]
async fn a_seat_s_cookie_opens_no_staff_door() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let seat = rosa.id.to_string();
        let before = app.stored(visit.id).await;
        for path in ["/board", "/visits", "/ward", "/staff", "/messages", "/visits/new", &visit.path("call")] {
            let answer = rosa.browser.get(path).await;
            assert_eq!((answer.status, answer.header("location")), (303, "/sign-in"), "{path}");
        }
        for path in ["/board/state", &visit.path("call/state")] {
            assert_eq!(rosa.browser.get_json(path).await.status, 401, "{path}");
        }
        for path in ["/board/socket", &visit.path("call/socket")] {
            assert_eq!(rosa.browser.socket(path).await.err(), Some(401), "{path}");
        }
        for rest in ["session", "admissions", "holds", "removals", "ending", "extensions", "cancellation", "links"] {
            let form = [("participant", seat.as_str()), ("renew", seat.as_str()), ("minutes", "30")];
            assert_eq!(rosa.browser.post(&visit.path(rest), &form).await.status, 401, "{rest}");
        }
        assert_eq!(app.stored(visit.id).await, before);
        assert!(matches!(before.visit.participant(rosa.id).unwrap().standing, Standing::Waiting { .. }));
    })
    .await;
}

#[tokio::test]
async fn a_made_up_cookie_opens_nothing() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        app.enter(&visit.links[0]).await;
        let seat = visit.seat(0);
        for value in ["", "x", "8rH9RHmJbG7v3d2_hwV2Cg", &"A".repeat(5_000)] {
            let request = app.browser().request(reqwest::Method::GET, &format!("/lobby/{seat}/state"));
            let cookies = format!("seat-{seat}={value}; antesala={value}");
            let answer = crate::browser::answer(request.header("cookie", cookies)).await;
            assert!([400, 404, 431].contains(&answer.status), "{} for {value}", answer.status);
        }
    })
    .await;
}
