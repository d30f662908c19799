//! Signing in, staying in, and being out.

use std::time::{Duration, Instant};

use jiff::SignedDuration;

use crate::app::on_each;
use crate::hospital::{PASSWORD, REPORT};

#[tokio::test]
async fn everybody_lands_where_their_work_is() {
    on_each(async |app| {
        let hospital = &app.hospital;
        let landings = [
            (&hospital.doctor, "/board"),
            (&hospital.clerk, "/visits"),
            (&hospital.ward, "/ward"),
            (&hospital.admin, "/staff"),
        ];
        for (member, landing) in landings {
            let browser = app.sign_in(member).await;
            for path in ["/", "/sign-in"] {
                assert_eq!(browser.get(path).await.header("location"), landing);
            }
            assert_eq!(browser.get(landing).await.status, 200, "{landing}");
        }
        assert_eq!(app.browser().get("/").await.header("location"), "/sign-in");
    })
    .await;
}

#[tokio::test]
async fn half_an_hour_of_silence_ends_a_session_and_a_request_keeps_it() {
    on_each(async |app| {
        let doctor = app.sign_in(&app.hospital.doctor).await;
        for _ in 0..3 {
            app.later(SignedDuration::from_mins(29));
            assert_eq!(doctor.get("/board").await.status, 200);
        }
        app.later(SignedDuration::from_mins(30));
        assert_eq!(doctor.get("/board").await.header("location"), "/sign-in");
        assert_eq!(doctor.get_json("/board/state").await.status, 401);
        assert_eq!(doctor.socket("/board/socket").await.err(), Some(401));
    })
    .await;
}

#[tokio::test]
async fn twelve_hours_end_a_session_however_busy() {
    on_each(async |app| {
        let doctor = app.sign_in(&app.hospital.doctor).await;
        for _ in 0..(12 * 60 / 20 - 1) {
            app.later(SignedDuration::from_mins(20));
            assert_eq!(doctor.get("/board").await.status, 200);
        }
        app.later(SignedDuration::from_mins(20));
        assert_eq!(doctor.get("/board").await.header("location"), "/sign-in");
    })
    .await;
}

#[tokio::test]
async fn signing_out_closes_the_board_and_the_call_within_a_second() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        app.start(&visit).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let elsewhere = app.sign_in(&app.hospital.doctor).await;
        let mut stays = elsewhere.socket("/board/socket").await.unwrap();
        let mut rosa = app.enter(&visit.links[0]).await.socket().await;
        let mut board = doctor.socket("/board/socket").await.unwrap();
        let mut call = doctor.socket(&visit.path("call/socket")).await.unwrap();
        board.expect("snapshot").await;
        call.enter().await;
        call.until_it(|message| message["you"].is_u64()).await;
        let cookies = doctor.cookies();

        let began = Instant::now();
        assert_eq!(doctor.post_page("/sign-out", &[]).await.header("location"), "/sign-in");
        assert_eq!(board.closed().await, Some(1008));
        assert_eq!(call.closed().await, Some(1008));
        assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
        rosa.until_it(|message| message["type"] == "presence" && message["in_call"] == serde_json::json!([])).await;
        stays.until("snapshot").await;
        let stolen = app.browser().request(reqwest::Method::GET, "/board/state").header("cookie", cookies);
        let stolen = crate::browser::answer(stolen.header("accept", "application/json")).await;
        assert_eq!(stolen.status, 401, "the old cookie is worth nothing");
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_an_unknown_account_and_a_stranger_s_address_are_answered_alike() {
    on_each(async |app| {
        let browser = app.browser();
        let known = app.hospital.doctor.email.to_string();
        let mut answers = Vec::new();
        for (email, password) in [(known.as_str(), "not-her-password-91"), ("nobody@hospital.example", PASSWORD)] {
            let answer = browser.post_page("/sign-in", &[("email", email), ("password", password)]).await;
            assert!(
                !answer.headers.contains_key("set-cookie") || !answer.header("set-cookie").starts_with("antesala=")
            );
            answers.push((answer.status, answer.without_token().replace(email, "…")));
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0].0, 422);
        assert!(!answers[0].1.contains(PASSWORD));
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slowed_down_and_time_gives_the_owner_the_door_back() {
    on_each(async |app| {
        let browser = app.browser();
        let email = app.hospital.doctor.email.to_string();
        let attempt = async |password: &str| {
            browser.post_page("/sign-in", &[("email", &email), ("password", password)]).await.status
        };
        for _ in 0..10 {
            assert_eq!(attempt("a wrong password").await, 422);
        }
        assert_eq!(attempt("a wrong password").await, 429);
        assert_eq!(attempt(PASSWORD).await, 429);
        app.sign_in(&app.hospital.clerk).await;
        app.later(SignedDuration::from_secs(90));
        assert_eq!(attempt(PASSWORD).await, 303);
    })
    .await;
}

#[tokio::test]
async fn signing_in_mints_a_new_session_and_ends_the_one_before() {
    on_each(async |app| {
        let browser = app.sign_in(&app.hospital.doctor).await;
        let old = browser.cookies();
        let email = app.hospital.doctor.email.to_string();
        let form = [("email", email.as_str()), ("password", PASSWORD)];
        assert_eq!(browser.post_page("/sign-in", &form).await.status, 303);
        assert_ne!(browser.cookies(), old);
        for cookies in [old, "antesala=8rH9RHmJbG7v3d2_hwV2Cg".to_owned()] {
            let request = app.browser().request(reqwest::Method::GET, "/board").header("cookie", cookies);
            assert_eq!(crate::browser::answer(request).await.header("location"), "/sign-in");
        }
        assert_eq!(browser.get("/board").await.status, 200);
    })
    .await;
}
