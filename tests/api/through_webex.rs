//! Visits that Webex carries, from booking to the end, through a whole node and an organisation at Webex on loopback.

use std::sync::Mutex;

use antesala::config::Settings;
use antesala::domain::consultation::Command;
use antesala::domain::meeting::{Obstacle, Readiness, address};
use antesala::domain::service::Engine;
use antesala::domain::staff::StaffMember;
use antesala::store::webex::meetings;
use clap::Parser;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{TestApp, on_each_with};
use crate::browser::{Answer, answer};
use crate::hospital::{REPORT, TELE, Visit};
use crate::webex::webhooks::{Hook, envelope, send};
use crate::webex::{FakeWebex, ISSUER, ISSUER_SECRET, Mood, WEBHOOK_SECRET};
use crate::wire::Socket;

/// The organisations of the nodes of this test, in the order in which the nodes start.
static ORGANISATIONS: Mutex<Vec<FakeWebex>> = Mutex::new(Vec::new());

#[derive(Parser)]
struct Defaults {
    #[command(flatten)]
    settings: Settings,
}

fn at_webex(settings: &mut Settings) {
    let fake = FakeWebex::start(antesala::clock::Clock::manual(crate::app::BEGINNING.parse().unwrap()));
    settings.webex = fake.settings(Defaults::try_parse_from(["test"]).unwrap().settings.webex);
    ORGANISATIONS.lock().unwrap().push(fake);
}

fn with_an_issuer(settings: &mut Settings) {
    at_webex(settings);
    settings.webex.issuer_id = Some(ISSUER.to_owned());
    settings.webex.issuer_secret = Some(ISSUER_SECRET.into());
}

fn organisation(app: &TestApp) -> FakeWebex {
    let place = usize::from(app.engine != "SQLite");
    let fake = ORGANISATIONS.lock().unwrap()[place].clone();
    fake.add_host(&app.hospital.doctor.email.to_string());
    fake
}

/// Somebody's board, which is told of every change.
pub(crate) async fn board(app: &TestApp, member: &StaffMember) -> Socket {
    let mut board = app.sign_in(member).await.socket("/board/socket").await.unwrap();
    board.expect("snapshot").await;
    board
}

/// The board is told that the meeting of a visit stands so.
pub(crate) async fn until_meeting(board: &mut Socket, visit: &Visit, readiness: Readiness, obstacle: Option<Obstacle>) {
    let meeting = json!({ "readiness": readiness.as_str(), "obstacle": obstacle.map(Obstacle::as_str) });
    let id = visit.id.to_string();
    board.until_it(|told| told["card"]["consultation"] == *id && told["card"]["meeting"] == meeting).await;
}

/// The admin lets Webex carry medical reports; a visit is booked, and its meeting made.
async fn ready(app: &TestApp, fake: &FakeWebex) -> (Visit, String) {
    let admin = app.sign_in(&app.hospital.admin).await;
    assert_eq!(admin.post("/settings", &[("carry_medical_report", "webex")]).await.status, 200);
    fake.until("signing in", |fake| fake.hooks().len() == 4).await;
    let mut board = board(app, &app.hospital.doctor).await;
    let visit = app.book(REPORT).await;
    assert_eq!(app.stored(visit.id).await.visit.engine, Engine::Webex);
    until_meeting(&mut board, &visit, Readiness::Ready, None).await;
    let meeting = meetings::of_visit(&app.store, visit.id).await.unwrap().unwrap().kept.unwrap();
    (visit, meeting.id)
}

async fn post(app: &TestApp, path: &str, body: &str, signature: &str) -> Answer {
    let request = app.browser().request(Method::POST, path).header("content-type", "application/json");
    answer(request.header("x-spark-signature", signature).body(body.to_owned())).await
}

#[tokio::test]
async fn a_visit_is_carried_by_webex_from_booking_to_the_end() {
    on_each_with(at_webex, async |app| {
        let fake = organisation(app);
        let (visit, meeting) = ready(app, &fake).await;
        let made = &fake.meetings()[0];
        let written = made.body.to_string();
        for secret in ["Tomás", "Quiroga", "Rosa", "Control"] {
            assert!(!written.contains(secret), "{}: {written}", app.engine);
        }
        let rosa = app.enter(&visit.links[0]).await;
        let mut socket = rosa.socket().await;
        socket.expect("snapshot").await;
        let early = rosa.browser.post(&rosa.path("/webex"), &[]).await;
        assert_eq!((early.status, &early.json()["reason"]), (409, &json!("not_admitted")));
        assert!(fake.state().tokens.guests.is_empty(), "never before they are admitted");

        let doctor = app.sign_in(&app.hospital.doctor).await;
        let link = doctor.post(&visit.path("webex"), &[]).await;
        assert_eq!(link.status, 200, "{}", link.body);
        assert!(link.json()["start_link"].as_str().unwrap().contains("/start/"));
        let page = doctor.post_page(&visit.path("webex"), &[]).await;
        assert!(page.status == 200 && page.body.contains("/start/"), "{}", page.body);

        assert_eq!(fake.begin(&meeting), [200], "{}", app.engine);
        let change = socket.until("change").await;
        let told = (&change["visit"]["phase"], &change["visit"]["engine"], &change["seat"]["standing"]);
        assert_eq!(told, (&json!("in_session"), &json!("webex"), &json!("admitted")), "{}", app.engine);

        let joined = rosa.browser.post(&rosa.path("/webex"), &[]).await;
        assert_eq!(joined.status, 200, "{}", joined.body);
        let joined: Value = joined.json();
        assert!(joined["token"].as_str().unwrap().len() > 2000);
        assert_eq!(
            (&joined["password"], joined["destination"].as_str().unwrap().contains('@')),
            (&json!("BgJep@43"), true)
        );
        assert_eq!(fake.state().tokens.guests, [(format!("antesala-{}", rosa.id), "Rosa Q.".to_owned())]);
        let other = rosa.browser.post(&rosa.path("/webex/link"), &[]).await;
        assert!(other.json()["join_link"].as_str().unwrap().contains("/join/"), "{}", other.body);

        let mut board = board(app, &app.hospital.doctor).await;
        // She stands in Webex's own lobby; the doctor has let her in here, so she need not be let in there once more.
        fake.come(&meeting, &crate::webex::email_of(&format!("antesala-{}", rosa.id)));
        fake.until("Rosa in the meeting", |fake| fake.meetings()[0].attendees[0].state == "joined").await;
        let is_in = |seat: &Value| seat["id"] == *rosa.id.to_string() && seat["presence"] == "in_call";
        board.until_it(|told| told["card"]["seats"].as_array().is_some_and(|seats| seats.iter().any(is_in))).await;

        assert_eq!(fake.finish(&meeting), [200]);
        assert_eq!(socket.until("change").await["visit"]["phase"], "ended", "{}", app.engine);
        fake.until("the meeting deleted", |fake| fake.meetings().is_empty()).await;
        assert_eq!(app.events(visit.id).await, ["booked", "arrived", "started", "admitted", "ended"]);
    })
    .await;
}

#[tokio::test]
async fn whoever_joins_on_webexs_own_page_is_let_in_there_and_seen_here() {
    on_each_with(at_webex, async |app| {
        let fake = organisation(app);
        let (visit, meeting) = ready(app, &fake).await;
        let [rosa, julian] = [app.enter(&visit.links[0]).await, app.enter(&visit.links[1]).await];
        app.start(&visit).await;
        for person in [&rosa, &julian] {
            assert_eq!(person.browser.post(&person.path("/webex/link"), &[]).await.status, 200, "{}", app.engine);
        }
        let given: Vec<_> =
            fake.asked("POST", "meetings/join").iter().map(|asked| asked.body["email"].clone()).collect();
        assert_eq!(given, [address(rosa.id), address(julian.id)], "{}: each has an address of their own", app.engine);

        let mut board = board(app, &app.hospital.doctor).await;
        let stands = |presence: &'static str| {
            let id = rosa.id.to_string();
            move |seat: &Value| seat["id"] == *id && seat["presence"] == presence
        };
        fake.come(&meeting, &address(rosa.id));
        fake.come(&meeting, "guest@antesala.invalid");
        fake.until("Rosa in the meeting", |fake| fake.meetings()[0].attendees[0].state == "joined").await;
        let is_in = stands("in_call");
        board.until_it(|told| told["card"]["seats"].as_array().is_some_and(|seats| seats.iter().any(&is_in))).await;
        assert_eq!(fake.meetings()[0].attendees[1].state, "lobby", "{}: not somebody else", app.engine);
        fake.go(&meeting, &address(rosa.id));
        board.until_it(|told| told["card"]["seats"].as_array().is_some_and(|seats| !seats.iter().any(&is_in))).await;
    })
    .await;
}

#[tokio::test]
async fn how_long_webex_asks_to_be_left_alone_is_told_to_the_page() {
    on_each_with(at_webex, async |app| {
        let fake = organisation(app);
        let (visit, _) = ready(app, &fake).await;
        let rosa = app.enter(&visit.links[0]).await;
        app.start(&visit).await;
        fake.moods(&[
            ("guests/token", Mood::TooMany(Some(40))),
            ("guests/token", Mood::TooMany(None)),
            ("meetings/join", Mood::TooMany(Some(7))),
        ]);
        for (path, seconds) in [("/webex", "40"), ("/webex", "5"), ("/webex/link", "7")] {
            let told = rosa.browser.post(&rosa.path(path), &[]).await;
            assert_eq!((told.status, &told.json()["reason"]), (503, &json!("busy")), "{}: {path}", app.engine);
            assert_eq!(told.header("retry-after"), seconds, "{}: {path}", app.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn guests_may_come_from_an_issuer_of_old() {
    on_each_with(with_an_issuer, async |app| {
        let fake = organisation(app);
        let (visit, meeting) = ready(app, &fake).await;
        let rosa = app.enter(&visit.links[0]).await;
        app.start(&visit).await;
        let joined = rosa.browser.post(&rosa.path("/webex"), &[]).await;
        assert_eq!((joined.status, &joined.json()["token"]), (200, &json!("issued-1")), "{}", joined.body);
        assert_eq!(fake.asked("POST", "guests/token").len(), 0);

        // Whose address it is only the meeting tells; she need not be let in once more all the same, and is seen.
        let mut board = board(app, &app.hospital.doctor).await;
        let seats = |told: &Value, is_in: bool| {
            let hers = |seat: &&Value| seat["id"] == *rosa.id.to_string();
            let seat = told["card"]["seats"].as_array().and_then(|seats| seats.iter().find(hers).cloned());
            seat.is_some_and(|seat| (seat["presence"] == "in_call") == is_in)
        };
        fake.come_as(&meeting, "0001@issued.webex.example", "Rosa Q.");
        fake.until("Rosa in the meeting", |fake| fake.meetings()[0].attendees[0].state == "joined").await;
        board.until_it(|told| seats(told, true)).await;
        fake.go(&meeting, "0001@issued.webex.example");
        board.until_it(|told| seats(told, false)).await;
    })
    .await;
}

#[tokio::test]
async fn only_signed_reports_count_and_each_once() {
    on_each_with(at_webex, async |app| {
        let fake = organisation(app);
        let (visit, meeting) = ready(app, &fake).await;
        let hook: Hook = fake.hooks().into_iter().find(|hook| hook.event == "started").unwrap();
        let path = hook.target.strip_prefix(&app.origin).unwrap();
        let body = envelope(&hook, &json!({ "id": format!("{meeting}_I_1") })).to_string();
        let good = antesala::providers::video::webex::webhooks::signature(&WEBHOOK_SECRET.into(), body.as_bytes());
        for (body, signature) in
            [(&*body, "01e0cb6a53731b9615b483335d77d97023410c72"), (&body.replace("_I_1", "_I_2"), &good), (&body, "")]
        {
            assert_eq!(post(app, path, body, signature).await.status, 403);
        }
        assert_eq!(app.count(visit.id, "started").await, 0, "{}", app.engine);
        let mut board = board(app, &app.hospital.doctor).await;
        for _ in 0..3 {
            assert_eq!(post(app, path, &body, &good).await.status, 200);
        }
        board.until_it(|told| told["card"]["phase"] == "in_session").await;
        assert_eq!(app.count(visit.id, "started").await, 1, "{}", app.engine);
        let rows = app.store.read("SELECT COUNT(*) FROM webex_reports", vec![]).await.unwrap();
        assert_eq!(rows[0].int(0).unwrap(), 1, "{}", app.engine);
        // Something new, and something about a meeting of somebody else.
        for data in [json!({ "id": "unknown" }), json!({ "new": true })] {
            let body = envelope(&hook, &data).to_string();
            let signed =
                antesala::providers::video::webex::webhooks::signature(&WEBHOOK_SECRET.into(), body.as_bytes());
            assert_eq!(send(&hook.target, &body, &signed), 200);
        }
        assert_eq!(app.count(visit.id, "started").await, 1);
    })
    .await;
}

#[tokio::test]
async fn webex_down_holds_up_no_booking_and_the_doctor_goes_on_without_it() {
    on_each_with(at_webex, async |app| {
        let fake = organisation(app);
        let (_, _) = ready(app, &fake).await;
        fake.state().is_down = true;
        let mut board = board(app, &app.hospital.doctor).await;
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let mut socket = rosa.socket().await;
        socket.expect("snapshot").await;
        until_meeting(&mut board, &visit, Readiness::Retrying, Some(Obstacle::Lost)).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let shown = doctor.get("/board").await.body;
        let stuck =
            "Webex no está listo. Seguimos intentando. No se sabe si Webex hizo la reunión. La estamos buscando.";
        let way_out = format!("{stuck} Puede pasar a la llamada directa.<");
        assert!(shown.contains(&format!("data-slot=\"carrying\">{way_out}")), "{}: {shown}", app.engine);
        let page = doctor.get(&format!("/consultations/{}", visit.id)).await.body;
        let button = "name=\"engine\" value=\"direct\">Pasar a llamada directa";
        assert!(page.contains(&way_out) && page.contains(button), "{}: {page}", app.engine);
        let clerk = app.sign_in(&app.hospital.clerk).await.get("/visits").await.body;
        assert!(clerk.contains(&format!("data-slot=\"carrying\">{stuck}<")), "{}: no way out", app.engine);
        let refused = doctor.post(&visit.path("webex"), &[]).await;
        assert_eq!(refused.status, 503);
        assert!(!refused.json()["sentence"].as_str().unwrap().is_empty());

        app.start(&visit).await;
        socket.until("change").await;
        let by = app.hospital.doctor.operator();
        app.command(visit.id, Command::SwitchEngine { by, to: Engine::Direct }).await.unwrap();
        let change = socket.until("change").await;
        assert_eq!((&change["visit"]["engine"], change["call"].is_null()), (&json!("direct"), false), "{}", app.engine);
        let late = rosa.browser.post(&rosa.path("/webex"), &[]).await;
        assert_eq!(late.status, 409, "a visit that Webex no longer carries mints nothing");
    })
    .await;
}

#[tokio::test]
async fn a_revoked_token_is_renewed_by_itself() {
    on_each_with(at_webex, async |app| {
        let fake = organisation(app);
        let (visit, _) = ready(app, &fake).await;
        let rosa = app.enter(&visit.links[0]).await;
        app.start(&visit).await;
        fake.state().tokens.access = None;
        let joined = rosa.browser.post(&rosa.path("/webex"), &[]).await;
        assert_eq!(joined.status, 200, "{}: {}", app.engine, joined.body);
        let rows = app.store.read("SELECT refresh, access FROM webex_tokens", vec![]).await.unwrap();
        for column in 0..2 {
            let kept = rows[0].bytes(column).unwrap();
            assert!(!kept.windows(7).any(|bytes| bytes == b"refresh" || bytes == b"access-"), "sealed");
        }
    })
    .await;
}

#[tokio::test]
async fn a_visit_without_a_host_says_so() {
    on_each_with(at_webex, async |app| {
        let _ = organisation(app);
        let mut board = board(app, &app.hospital.ward).await;
        let visit = app.book(TELE).await;
        let by = app.hospital.ward.operator();
        app.command(visit.id, Command::SwitchEngine { by, to: Engine::Webex }).await.unwrap();
        until_meeting(&mut board, &visit, Readiness::Retrying, Some(Obstacle::NoHost)).await;
    })
    .await;
}
