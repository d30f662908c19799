//! What staff decide reaches the browsers it concerns, in order, and closes those for whom it is over.

use crate::app::on_each;
use crate::hospital::{REPORT, TELE};

#[tokio::test]
async fn starting_admits_everyone_who_waits_and_tells_each_of_them() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let mut sockets =
            [app.enter(&visit.links[0]).await.socket().await, app.enter(&visit.links[1]).await.socket().await];
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let mut revs = Vec::new();
        for socket in &mut sockets {
            let snapshot = socket.expect("snapshot").await;
            assert_eq!((&snapshot["seat"]["standing"], snapshot["call"].is_null()), (&"waiting".into(), true));
            revs.push(snapshot["rev"].as_u64().unwrap());
        }
        let started = doctor.post(&visit.path("session"), &[]).await;
        assert_eq!(started.status, 200, "{}", started.body);
        for (socket, rev) in sockets.iter_mut().zip(revs) {
            let change = socket.expect("change").await;
            assert_eq!(
                (&change["visit"]["phase"], &change["seat"]["standing"]),
                (&"in_session".into(), &"admitted".into())
            );
            assert!(change["call"]["ice_servers"].is_array());
            assert!(change["rev"].as_u64().unwrap() > rev);
            assert_eq!(change["rev"], started.json()["rev"]);
            let presence = socket.expect("presence").await;
            assert_eq!((&presence["in_call"], presence["you"].is_null()), (&serde_json::json!([]), true));
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_comes_after_the_start_is_let_in_at_once() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        app.start(&visit).await;
        let mut late = app.enter(&visit.links[0]).await.socket().await;
        assert_eq!(late.expect("snapshot").await["seat"]["standing"], "admitted");
    })
    .await;
}

#[tokio::test]
async fn one_by_one_only_the_one_admitted_is_told() {
    on_each(async |app| {
        let visit = app.book(TELE).await;
        let mut rosa = app.enter(&visit.links[1]).await.socket().await;
        let mut julian = app.enter(&visit.links[2]).await.socket().await;
        let ward = app.sign_in(&app.hospital.ward).await;
        app.start(&visit).await;
        for socket in [&mut rosa, &mut julian] {
            socket.expect("snapshot").await;
            let change = socket.expect("change").await;
            assert_eq!(
                (&change["visit"]["phase"], &change["seat"]["standing"]),
                (&"in_session".into(), &"waiting".into())
            );
        }
        let seat = visit.seat(1).to_string();
        assert_eq!(ward.post(&visit.path("admissions"), &[("participant", &seat)]).await.status, 200);
        assert_eq!(rosa.expect("change").await["seat"]["standing"], "admitted");
        assert_eq!(julian.settle().await, Vec::<serde_json::Value>::new());
        assert_eq!(ward.post(&visit.path("admissions"), &[]).await.status, 200);
        assert_eq!(julian.expect("change").await["seat"]["standing"], "admitted");
        assert_eq!(ward.post(&visit.path("admissions"), &[]).await.status, 409);
    })
    .await;
}

#[tokio::test]
async fn who_is_held_goes_back_to_the_lobby_with_their_place_and_can_be_admitted_again() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let mut socket = rosa.socket().await;
        let since = socket.expect("snapshot").await["seat"]["waiting_since"].clone();
        let doctor = app.sign_in(&app.hospital.doctor).await;
        app.start(&visit).await;
        socket.until("presence").await;
        app.later(jiff::SignedDuration::from_mins(5));
        let seat = rosa.id.to_string();
        assert_eq!(doctor.post(&visit.path("holds"), &[("participant", &seat)]).await.status, 200);
        let held = socket.expect("change").await;
        assert_eq!((&held["seat"]["standing"], &held["seat"]["waiting_since"]), (&"waiting".into(), &since));
        assert!(held["call"].is_null());
        assert_eq!(doctor.post(&visit.path("admissions"), &[("participant", &seat)]).await.status, 200);
        assert_eq!(socket.expect("change").await["seat"]["standing"], "admitted");
    })
    .await;
}

#[tokio::test]
async fn who_is_removed_is_told_so_and_stays_out() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let mut julian = app.enter(&visit.links[1]).await.socket().await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let socket = rosa.socket().await;
        let seat = rosa.id.to_string();
        assert_eq!(doctor.post(&visit.path("removals"), &[("participant", &seat)]).await.status, 200);
        let (messages, code) = socket.rest().await;
        assert_eq!((&messages.last().unwrap()["seat"]["standing"], code), (&"removed".into(), Some(1008)));
        let (messages, code) = rosa.socket().await.rest().await;
        assert_eq!((&messages[0]["seat"]["standing"], code), (&"removed".into(), Some(1008)));
        assert_eq!(app.browser().get(&visit.links[0]).await.status, 404);
        assert_eq!(app.browser().post(&visit.links[0], &[("consent", "1")]).await.status, 404);
        assert_eq!(julian.settle().await.len(), 1, "Julián heard only his own snapshot");
    })
    .await;
}

#[tokio::test]
async fn ending_tells_everyone_and_closes_every_line() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let socket = rosa.socket().await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        app.start(&visit).await;
        let own = doctor.socket(&visit.path("call/socket")).await.unwrap();
        let ended = doctor.post(&visit.path("ending"), &[]).await;
        assert_eq!(ended.status, 200, "{}", ended.body);
        for socket in [socket, own] {
            let (messages, code) = socket.rest().await;
            let last = messages.iter().rfind(|message| message["type"] == "change").unwrap();
            assert_eq!((&last["visit"]["phase"], last["call"].is_null(), code), (&"ended".into(), true, Some(4003)));
        }
        let (messages, code) = rosa.socket().await.rest().await;
        assert_eq!((&messages[0]["visit"]["phase"], code), (&"ended".into(), Some(4003)));
        for rest in ["session", "admissions", "ending"] {
            assert_eq!(doctor.post(&visit.path(rest), &[]).await.status, 409, "ended never reopens by {rest}");
        }
    })
    .await;
}

#[tokio::test]
async fn cancelling_reaches_those_who_wait_already() {
    on_each(async |app| {
        let visit = app.book(REPORT.in_minutes(30)).await;
        let rosa = app.enter(&visit.links[0]).await.socket().await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        assert_eq!(clerk.post(&visit.path("cancellation"), &[]).await.status, 200);
        let (messages, code) = rosa.rest().await;
        assert_eq!((&messages.last().unwrap()["visit"]["phase"], code), (&"cancelled".into(), Some(4003)));
        assert_eq!(app.browser().get(&visit.links[1]).await.status, 410, "and those who have not come");
    })
    .await;
}

#[tokio::test]
async fn the_board_shows_each_step_while_it_happens() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let mut board = doctor.socket("/board/socket").await.unwrap();
        let snapshot = board.expect("snapshot").await;
        assert_eq!(snapshot["cards"][0]["consultation"], visit.id.to_string());
        let seat_is = |card: &serde_json::Value, standing: &str, presence: &str| {
            let seat =
                card["card"]["seats"].as_array().unwrap().iter().find(|seat| seat["id"] == visit.seat(0).to_string());
            seat.is_some_and(|seat| seat["standing"] == standing && seat["presence"] == presence)
        };
        let rosa = app.enter(&visit.links[0]).await;
        board.until_it(|card| seat_is(card, "waiting", "away")).await;
        let mut socket = rosa.socket().await;
        board.until_it(|card| seat_is(card, "waiting", "here")).await;
        app.start(&visit).await;
        board.until_it(|card| seat_is(card, "admitted", "here")).await;
        socket.enter().await;
        board.until_it(|card| seat_is(card, "admitted", "in_call")).await;
        socket.leave().await;
        board.until_it(|card| seat_is(card, "left", "here")).await;
        drop(socket);
        board.until_it(|card| seat_is(card, "left", "away")).await;
        let other = app.sign_in(&app.hospital.other_doctor).await;
        let theirs = other.socket("/board/socket").await.unwrap().expect("snapshot").await;
        assert_eq!(theirs["cards"], serde_json::json!([]));
    })
    .await;
}
