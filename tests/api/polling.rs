//! Where WebSockets are blocked: the same view by asking again, and the same messages by posting.

use serde_json::{Value, json};

use crate::app::{TestApp, on_each};
use crate::browser::Browser;
use crate::hospital::{REPORT, TELE};

/// A browser that polls one place.
struct Polling<'a> {
    browser: &'a Browser,
    path: String,
    connection: u64,
}

impl<'a> Polling<'a> {
    async fn begin(browser: &'a Browser, path: String) -> (Self, Vec<Value>) {
        let (connection, messages) = parts(browser.get_json(&path).await.json());
        (Self { browser, path, connection }, messages)
    }

    async fn ask(&self) -> Vec<Value> {
        let (connection, messages) = parts(self.browser.get_json(&self.url()).await.json());
        assert_eq!(connection, self.connection);
        messages
    }

    async fn say(&self, message: &Value) {
        let said = self.browser.say(&self.url(), message).await;
        assert_eq!(said.status, 204, "{}", said.body);
    }

    fn url(&self) -> String {
        format!("{}?connection={}", self.path, self.connection)
    }
}

#[tokio::test]
async fn a_lobby_without_websockets_sees_the_same() {
    on_each(async |app| {
        let visit = app.book(TELE).await;
        let rosa = app.enter(&visit.links[1]).await;
        let snapshot = rosa.socket().await.expect("snapshot").await;
        let (polling, first) = Polling::begin(&rosa.browser, rosa.path("/state")).await;
        assert_eq!(first, [snapshot]);
        assert_eq!(polling.ask().await, Vec::<Value>::new());
        let ward = app.sign_in(&app.hospital.ward).await;
        app.start(&visit).await;
        assert_eq!(polling.ask().await[0]["visit"]["phase"], "in_session");
        assert_eq!(ward.post(&visit.path("admissions"), &[]).await.status, 200);
        let admitted = polling.ask().await;
        assert_eq!((&admitted[0]["type"], &admitted[0]["seat"]["standing"]), (&"change".into(), &"admitted".into()));
        assert_eq!(admitted[1]["type"], "presence");
        assert_eq!(ward.post(&visit.path("ending"), &[]).await.status, 200);
        assert_eq!(polling.ask().await[0]["visit"]["phase"], "ended");
    })
    .await;
}

#[tokio::test]
async fn a_call_without_websockets_is_signalled_all_the_same() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        app.start(&visit).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let (staff, _) = Polling::begin(&doctor, visit.path("call/state")).await;
        let rosa = app.enter(&visit.links[0]).await;
        let mut socket = rosa.socket().await;
        staff.say(&json!({ "type": "enter" })).await;
        assert_eq!(staff.ask().await.last().unwrap()["you"], staff.connection);
        socket.enter().await;
        let presence = socket.until_it(|message| message["you"].is_u64()).await;
        let you = presence["you"].as_u64().unwrap();
        staff.ask().await;

        staff
            .say(&json!({ "type": "signal", "to": you, "data": { "description": { "type": "offer", "sdp": "v=0" } } }))
            .await;
        assert_eq!(socket.expect("signal").await["from"], staff.connection);
        socket.signal(staff.connection, &json!({ "candidate": null })).await;
        socket.settle().await;
        let heard = staff.ask().await;
        assert_eq!(heard, [json!({ "type": "signal", "from": you, "data": { "candidate": null } })]);

        staff.say(&json!({ "type": "nonsense" })).await;
        assert_eq!(staff.ask().await, [json!({ "type": "refused", "reason": "malformed" })]);
        staff.say(&json!({ "type": "leave" })).await;
        socket
            .until_it(|message| message["type"] == "presence" && message["in_call"].as_array().unwrap().len() == 1)
            .await;
    })
    .await;
}

#[tokio::test]
async fn another_seat_s_connection_gives_nothing_and_takes_nothing() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        app.start(&visit).await;
        let (rosa, julian) = (app.enter(&visit.links[0]).await, app.enter(&visit.links[1]).await);
        let (victim, _) = Polling::begin(&rosa.browser, rosa.path("/state")).await;
        victim.say(&json!({ "type": "enter" })).await;
        let stolen = format!("{}?connection={}", julian.path("/state"), victim.connection);
        assert_eq!(julian.browser.get_json(&stolen).await.status, 410);
        assert_eq!(julian.browser.say(&stolen, &json!({ "type": "leave" })).await.status, 410);
        let heard = victim.ask().await;
        assert!(heard.iter().all(|message| message["seat"]["standing"] != "left"), "{heard:?}");
        assert!(
            heard.iter().any(|message| message["you"] == victim.connection),
            "Rosa is still in the call: {heard:?}"
        );
        assert_eq!(app.count(visit.id, "left").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_late_question_takes_nothing_back_from_the_socket_that_took_over() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let (polling, _) = Polling::begin(&rosa.browser, rosa.path("/state")).await;
        let mut socket = rosa.socket().await;
        socket.expect("snapshot").await;
        assert_eq!(rosa.browser.get_json(&polling.url()).await.status, 410);
        app.start(&visit).await;
        assert_eq!(socket.expect("change").await["seat"]["standing"], "admitted");
    })
    .await;
}

#[tokio::test]
async fn a_message_without_its_connection_or_too_large_is_malformed() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let (polling, _) = Polling::begin(&rosa.browser, rosa.path("/state")).await;
        assert_eq!(rosa.browser.say(&polling.path, &json!({ "type": "enter" })).await.status, 400);
        let large = json!({ "type": "signal", "to": 1, "data": { "x": "x".repeat(70_000) } });
        assert_eq!(rosa.browser.say(&polling.url(), &large).await.status, 400);
    })
    .await;
}

#[tokio::test]
async fn who_floods_by_posting_is_refused_beyond_the_burst() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let (polling, _) = Polling::begin(&rosa.browser, rosa.path("/state")).await;
        let mut refused = Vec::new();
        for _ in 0..310 {
            polling.say(&json!({ "type": "enter" })).await;
            refused.extend(polling.ask().await);
        }
        let too_many = refused.iter().filter(|message| message["reason"] == "too_many").count();
        assert_eq!((too_many, refused.len()), (10, 310));
        app.later(jiff::SignedDuration::from_secs(6));
        polling.say(&json!({ "type": "enter" })).await;
        assert_eq!(polling.ask().await[0]["reason"], "not_admitted", "six seconds give ten back");
    })
    .await;
}

#[tokio::test]
async fn a_board_without_websockets_sees_the_same_cards() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let mut socket = rosa.socket().await;
        socket.expect("snapshot").await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let live = doctor.socket("/board/socket").await.unwrap().expect("snapshot").await;
        assert_eq!(doctor.get_json("/board/state").await.json(), live);
        assert_eq!(live["cards"][0]["seats"][1]["presence"], "here");
        still_open(app, &visit.id.to_string(), &live);
    })
    .await;
}

fn still_open(app: &TestApp, id: &str, board: &Value) {
    let day = app.now().in_tz("America/Mexico_City").unwrap().date().to_string();
    assert_eq!((&board["day"], &board["cards"][0]["consultation"]), (&day.into(), &id.into()));
}

fn parts(answer: Value) -> (u64, Vec<Value>) {
    (answer["connection"].as_u64().unwrap(), answer["messages"].as_array().unwrap().clone())
}
