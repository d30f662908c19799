//! For machines that watch this one, and for the moments when something it needs is gone.

use antesala::config::Settings;
use reqwest::Method;

use crate::app::{METRICS_TOKEN, TestApp, on_each, on_each_with};
use crate::browser::{self, Answer};
use crate::hospital::{PASSWORD, REPORT};

#[tokio::test]
async fn a_node_without_its_database_lives_is_not_ready_and_claims_nothing_saved() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let mut socket = rosa.socket().await;
        socket.expect("snapshot").await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let browser = app.browser();
        assert_eq!((browser.get("/livez").await.status, browser.get("/readyz").await.status), (200, 200));
        if !app.lose_database() {
            return;
        }
        assert_eq!((browser.get("/livez").await.status, browser.get("/readyz").await.status), (200, 503));
        let page = browser.get(&visit.links[1]).await;
        assert_eq!(page.status, 503);
        assert!(page.body.contains(page.header("x-request-id")), "a person can quote the reference: {}", page.body);
        let email = app.hospital.doctor.email.to_string();
        let form = [("email", email.as_str()), ("password", PASSWORD)];
        assert_eq!(browser.post_page("/sign-in", &form).await.status, 503);
        let start = doctor.post(&visit.path("session"), &[]).await;
        assert_eq!((start.status, start.json()["sentence"].is_string()), (503, true));
        assert_eq!(socket.settle().await, Vec::<serde_json::Value>::new(), "nobody is told what was not saved");
    })
    .await;
}

#[tokio::test]
async fn metrics_are_for_this_machine_or_whoever_has_the_token() {
    let behind_a_proxy = |settings: &mut Settings| settings.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    on_each_with(behind_a_proxy, async |app| {
        assert_eq!(metrics(app, None, None).await.status, 200);
        assert_eq!(metrics(app, Some("127.0.0.1"), None).await.status, 200);
        let elsewhere = Some("203.0.113.7");
        assert_eq!(metrics(app, elsewhere, None).await.status, 404);
        assert_eq!(metrics(app, elsewhere, Some("Bearer a-wrong-token")).await.status, 404);
        assert_eq!(metrics(app, elsewhere, Some(METRICS_TOKEN)).await.status, 404);
        assert_eq!(
            metrics(app, Some("127.0.0.1, 203.0.113.7"), None).await.status,
            404,
            "what the client claims counts not"
        );
        let answer = metrics(app, elsewhere, Some(&format!("Bearer {METRICS_TOKEN}"))).await;
        assert_eq!(answer.status, 200);
        assert!(answer.body.contains("antesala_http_total"), "{}", answer.body);
    })
    .await;
}

#[tokio::test]
async fn an_untrusted_forwarded_address_counts_for_nothing() {
    on_each(async |app| {
        assert_eq!(metrics(app, None, None).await.status, 200);
        assert_eq!(metrics(app, Some("127.0.0.1"), None).await.status, 404, "a proxy speaks for who knows whom");
        let browser = app.browser();
        let mut refused = 0;
        for number in 0..30 {
            let request = browser.request(Method::GET, &format!("/j/8rH9RHmJbG7v3d2_hw{number:02}Cg"));
            let answer = browser::answer(request.header("x-forwarded-for", format!("203.0.113.{number}"))).await;
            refused += usize::from(answer.status == 429);
        }
        assert_eq!(refused, 10, "one address, whatever it claims");
    })
    .await;
}

#[tokio::test]
async fn metrics_hold_patterns_and_no_addresses() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        app.enter(&visit.links[0]).await;
        let text = metrics(app, None, None).await.body;
        assert!(text.contains("/j/{token}"));
        let token = visit.links[0].trim_start_matches("/j/");
        for word in [token, &visit.id.to_string(), &visit.seat(0).to_string(), "Rosa", "5512345602"] {
            assert!(!text.contains(word), "{word}");
        }
    })
    .await;
}

async fn metrics(app: &TestApp, forwarded_for: Option<&str>, authorization: Option<&str>) -> Answer {
    let browser = app.browser();
    let mut request = browser.request(Method::GET, "/metrics");
    if let Some(addresses) = forwarded_for {
        request = request.header("x-forwarded-for", addresses);
    }
    if let Some(authorization) = authorization {
        request = request.header("authorization", authorization);
    }
    browser::answer(request).await
}
