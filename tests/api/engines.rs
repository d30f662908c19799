//! Switching what carries a visit while it runs, and the call page of the engine that does.

use std::sync::Mutex;

use antesala::config::Settings;
use antesala::domain::service::Engine;
use clap::Parser;
use serde_json::json;

use crate::app::{TestApp, on_each, on_each_with};
use crate::hospital::REPORT;
use crate::webex::FakeWebex;

/// The organisations of the nodes of this test, in the order in which the nodes start.
static ORGANISATIONS: Mutex<Vec<FakeWebex>> = Mutex::new(Vec::new());

/// What stands in place of the browser SDK.
const SDK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/sdk/meetings.min.js");

#[derive(Parser)]
struct Defaults {
    #[command(flatten)]
    settings: Settings,
}

fn with_webex(settings: &mut Settings) {
    let fake = FakeWebex::start(antesala::clock::Clock::manual(crate::app::BEGINNING.parse().unwrap()));
    settings.webex = fake.settings(Defaults::try_parse_from(["test"]).unwrap().settings.webex);
    settings.webex.sdk_file = Some(SDK.into());
    ORGANISATIONS.lock().unwrap().push(fake);
}

fn with_an_sdk_elsewhere(settings: &mut Settings) {
    with_webex(settings);
    settings.webex.sdk_file = None;
    settings.webex.sdk_url = Some("https://cdn.hospital.example/webex.js".to_owned());
    settings.webex.sdk_integrity = Some(format!("sha384-{}", "A".repeat(64)));
}

fn organisation(app: &TestApp) -> FakeWebex {
    let fake = ORGANISATIONS.lock().unwrap()[usize::from(app.engine != "SQLite")].clone();
    fake.add_host(&app.hospital.doctor.email.to_string());
    fake
}

#[tokio::test]
async fn everybody_in_the_visit_is_told_and_led_to_the_other_call_page() {
    on_each_with(with_webex, async |app| {
        let _ = organisation(app);
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        app.start(&visit).await;
        let mut socket = rosa.socket().await;
        socket.expect("snapshot").await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let board = doctor.get("/board").await.body;
        assert!(offers_webex(&board), "{}", app.engine);
        assert_eq!(rosa.browser.get(&rosa.path("/webex")).await.header("location"), format!("/lobby/{}", rosa.id));

        let form = [("engine", "webex"), ("command", "0e7f0b0a-6d2c-4f5e-9b55-0c1f6c7d8e9f")];
        for _ in 0..2 {
            assert_eq!(doctor.post(&visit.path("engine"), &form).await.status, 200, "{}", app.engine);
        }
        assert_eq!(app.count(visit.id, "engine_switched").await, 1, "pressed twice is once");
        assert_eq!(socket.until("change").await["visit"]["engine"], json!("webex"), "{}", app.engine);

        let family = rosa.browser.get(&rosa.path("/webex")).await;
        assert_eq!(family.status, 200);
        assert!(family.body.contains("No está cifrada de extremo a extremo."));
        for secret in ["guest-", "BgJep", "access_token"] {
            assert!(!family.body.contains(secret), "nothing that lets anybody in is on the page");
        }
        let policy = family.header("content-security-policy");
        for part in ["https://*.wbx2.com", "wss://*.webex.com", "worker-src blob:", "'wasm-unsafe-eval'"] {
            assert!(policy.contains(part), "{part} in {policy}");
        }
        let lobby = rosa.browser.get(&format!("/lobby/{}", rosa.id)).await;
        assert!(!lobby.header("content-security-policy").contains("wbx2"), "only there");

        let moved = doctor.get(&visit.path("call")).await;
        assert_eq!((moved.status, moved.header("location")), (303, &*visit.path("call/webex")));
        let page = doctor.get(&visit.path("call/webex")).await;
        assert!(page.status == 200 && page.body.contains("Pasar a llamada directa"), "{}", page.body);

        // Without scripts, back to the page the form stood on, which leads on.
        let back = doctor.post_page(&visit.path("engine"), &[("engine", "direct"), ("from", "call")]).await;
        assert_eq!((back.status, back.header("location")), (303, &*visit.path("call")));
        assert_eq!(doctor.get(&visit.path("call")).await.status, 200);
        assert_eq!(doctor.get(&visit.path("call/webex")).await.header("location"), visit.path("call"));
        assert_eq!(rosa.browser.get(&rosa.path("/webex")).await.status, 303);
        assert_eq!(socket.until("change").await["visit"]["engine"], json!("direct"), "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn an_engine_that_cannot_carry_the_visit_says_why_and_changes_nothing() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        app.start(&visit).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        assert!(!offers_webex(&doctor.get("/board").await.body), "{}", app.engine);
        let before = app.stored(visit.id).await;
        let refused = doctor.post(&visit.path("engine"), &[("engine", "webex")]).await;
        assert_eq!(
            (refused.status, refused.json()["sentence"].as_str()),
            (503, Some("Webex no está configurado aquí."))
        );
        assert_eq!(doctor.post(&visit.path("engine"), &[("engine", "jitsi")]).await.status, 422);
        assert_eq!(doctor.post(&visit.path("engine"), &[]).await.status, 422);
        assert_eq!(app.stored(visit.id).await, before, "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn webex_that_does_not_answer_is_not_switched_to_and_is_left_at_once() {
    on_each_with(with_webex, async |app| {
        let fake = organisation(app);
        fake.state().is_down = true;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let lost = app.book(REPORT).await;
        let mut board = doctor.socket("/board/socket").await.unwrap();
        board.expect("snapshot").await;
        assert_eq!(doctor.post(&lost.path("engine"), &[("engine", "webex")]).await.status, 200, "nobody knows yet");
        // The work on its meeting finds out, try after try.
        let admin = app.sign_in(&app.hospital.admin).await;
        board
            .until_so(async || {
                let is_known = admin.get("/settings/webex").await.body.contains("Webex no responde desde");
                if !is_known {
                    app.later(jiff::SignedDuration::from_mins(2));
                }
                is_known
            })
            .await;
        let visit = app.book(REPORT).await;
        assert_eq!(doctor.post(&visit.path("engine"), &[("engine", "webex")]).await.status, 503, "{}", app.engine);
        assert_eq!(app.stored(visit.id).await.visit.engine, Engine::Direct);
        let left = doctor.post(&lost.path("engine"), &[("engine", "direct")]).await;
        assert_eq!(left.status, 200, "the way out of Webex is always open: {}", left.body);
        assert_eq!(app.stored(lost.id).await.visit.engine, Engine::Direct);
    })
    .await;
}

#[tokio::test]
async fn the_sdk_comes_from_here_under_its_digest() {
    on_each_with(with_webex, async |app| {
        let page = call_page(app).await;
        let address =
            page.body.split(r#"data-sdk=""#).nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
        let sdk = app.browser().get(&address).await;
        assert_eq!((sdk.status, sdk.body.as_str()), (200, &*std::fs::read_to_string(SDK).unwrap()));
        assert_eq!(sdk.header("cache-control"), "public, max-age=31536000, immutable");
        assert!(sdk.header("content-type").starts_with("text/javascript"));
        assert!(page.header("content-security-policy").contains("script-src 'self' 'wasm-unsafe-eval' ;"));
    })
    .await;
}

#[tokio::test]
async fn an_sdk_elsewhere_is_allowed_by_its_address_alone() {
    on_each_with(with_an_sdk_elsewhere, async |app| {
        let page = call_page(app).await;
        assert!(page.body.contains(r#"data-sdk="https://cdn.hospital.example/webex.js" data-integrity="sha384-"#));
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval' https://cdn.hospital.example/webex.js;"),
            "{policy}"
        );
    })
    .await;
}

/// The doctor's call page of a visit that Webex carries.
async fn call_page(app: &TestApp) -> crate::browser::Answer {
    let visit = app.book(REPORT).await;
    app.start(&visit).await;
    let doctor = app.sign_in(&app.hospital.doctor).await;
    assert_eq!(doctor.post(&visit.path("engine"), &[("engine", "webex")]).await.status, 200);
    doctor.get(&visit.path("call/webex")).await
}

/// Whether a card on a page shows the button.
fn offers_webex(page: &str) -> bool {
    let buttons = page.split("<button").filter(|part| part.contains(r#"data-act="to_webex""#));
    buttons.filter_map(|part| part.split('>').next()).any(|tag| !tag.contains(" hidden"))
}
