//! Waiting elsewhere: a family asks for a message when it is their turn, and gets one unless they are there by themselves.

use antesala::config::Settings;
use antesala::domain::consultation::{Command, Whom};
use jiff::SignedDuration;
use serde_json::json;

use super::callbacks::{signed, through_twilio};
use crate::app::{TestApp, on_each, on_each_with};
use crate::browser::Seat;
use crate::hospital::{REPORT, Visit};
use crate::inbox::messages_of;
use crate::twilio::NUMBER;

/// Where the page with messages stands for the family's phone.
fn demo(settings: &mut Settings) {
    settings.is_demo = true;
}

/// Seconds from now and status of each message that calls this seat in.
async fn called(app: &TestApp, seat: &Seat) -> Vec<(i64, String)> {
    let sql = "SELECT due_at, status FROM outbox WHERE participant_id = $1 AND template = 'come_now' ORDER BY id";
    let rows = app.store.read(sql, vec![seat.id.to_string().into()]).await.unwrap();
    let seconds = |at: jiff::Timestamp| at.duration_since(app.now()).as_secs();
    rows.iter().map(|row| (seconds(row.instant(0).unwrap()), row.text(1).unwrap().to_owned())).collect()
}

async fn wish(seat: &Seat, wish: &str) -> (u16, String) {
    let answer = seat.browser.post(&seat.path("/texts"), &[("wish", wish)]).await;
    (answer.status, answer.body)
}

async fn admit(app: &TestApp, visit: &Visit, seat: &Seat) {
    let by = app.hospital.doctor.operator();
    app.command(visit.id, Command::Admit { by, whom: Whom::One(seat.id) }).await.unwrap();
}

#[tokio::test]
async fn whoever_put_the_phone_away_is_called_in_and_whoever_enters_by_themselves_is_not() {
    on_each_with(demo, async |app| {
        let visit = app.book(REPORT.one_by_one()).await;
        let [rosa, julian] = [app.enter(&visit.links[0]).await, app.enter(&visit.links[1]).await];
        let mut lobby = rosa.socket().await;
        assert_eq!(lobby.expect("snapshot").await["seat"]["text"], "offered");
        for seat in [&rosa, &julian] {
            assert_eq!(wish(seat, "ask").await.0, 204);
            assert_eq!(wish(seat, "ask").await.0, 204, "asked already");
        }
        assert_eq!(lobby.until("change").await["seat"]["text"], "asked");
        assert_eq!(app.count(visit.id, "text_asked").await, 2);
        let mut board = app.sign_in(&app.hospital.doctor).await.socket("/board/socket").await.unwrap();
        board.expect("snapshot").await;

        app.start(&visit).await;
        assert_eq!(called(app, &rosa).await, [], "it is nobody's turn yet");
        admit(app, &visit, &rosa).await;
        admit(app, &visit, &julian).await;
        assert_eq!(called(app, &rosa).await, [(20, "pending".to_owned())]);
        // Rosa was looking: she enters.
        lobby.until_it(|told| told["seat"]["standing"] == "admitted").await;
        lobby.say(&json!({ "type": "enter" })).await;
        lobby.until("presence").await;
        while app.count(visit.id, "text_declined").await == 0 {
            board.until("card").await;
        }
        assert_eq!(called(app, &rosa).await, [(20, "cancelled".to_owned())]);

        app.later(SignedDuration::from_secs(21));
        while called(app, &julian).await != [(-1, "sent".to_owned())] {
            board.until("card").await;
        }
        let messages = messages_of(&app.store, &app.messages, &app.hospital.doctor).await;
        let text = &messages.iter().find(|message| message.text.contains("ya puede pasar")).unwrap().text;
        assert!(text.ends_with(&visit.links[1]), "{text}");
    })
    .await;
}

#[tokio::test]
async fn whoever_is_held_before_entering_waits_for_the_next_turn() {
    on_each_with(demo, async |app| {
        let visit = app.book(REPORT.one_by_one()).await;
        let rosa = app.enter(&visit.links[0]).await;
        assert_eq!(wish(&rosa, "ask").await.0, 204);
        app.start(&visit).await;
        admit(app, &visit, &rosa).await;
        let by = app.hospital.doctor.operator();
        app.command(visit.id, Command::Hold { by, participant: rosa.id }).await.unwrap();
        assert_eq!(called(app, &rosa).await, [(20, "cancelled".to_owned())]);
        admit(app, &visit, &rosa).await;
        assert_eq!(called(app, &rosa).await[1..], [(20, "pending".to_owned())]);
        assert_eq!(wish(&rosa, "ask").await.0, 409, "it is her turn");
        assert_eq!(wish(&rosa, "withdraw").await.0, 204);
        assert!(called(app, &rosa).await.iter().all(|(_, status)| status == "cancelled"));
    })
    .await;
}

#[tokio::test]
async fn everyone_who_is_let_in_by_the_start_is_called_too() {
    on_each_with(demo, async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        assert_eq!(wish(&rosa, "ask").await.0, 204);
        app.start(&visit).await;
        assert_eq!(called(app, &rosa).await, [(20, "pending".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_promised_that_would_not_be_kept() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let snapshot = rosa.socket().await.expect("snapshot").await;
        assert_eq!(snapshot["seat"].get("text"), None, "no message leaves this house");
        assert_eq!(wish(&rosa, "ask").await.0, 409);
        assert_eq!(wish(&rosa, "perhaps").await.0, 400);
        assert_eq!(app.count(visit.id, "text_asked").await, 0);
    })
    .await;
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let form = [("MessageSid", "SM1"), ("From", "+525512345602"), ("To", NUMBER), ("Body", "ALTO")];
        assert_eq!(signed(app, "/callbacks/twilio/inbound", &form).await.status, 200);
        let (status, body) = wish(&rosa, "ask").await;
        assert_eq!((status, body.contains("Usted pidió no recibir mensajes")), (409, true), "{body}");
        assert_eq!(app.count(visit.id, "text_asked").await, 0);
    })
    .await;
}
