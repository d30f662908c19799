//! "Running late" in one tap: lobbies say so at once, who has not come gets one message, and nobody counts as late meanwhile.

use antesala::domain::consultation::Command;
use jiff::SignedDuration;
use serde_json::json;

use crate::app::{TestApp, on_each};
use crate::hospital::{REPORT, Visit};
use crate::inbox::messages_of;

/// Seat's place among the guests, seconds from now and status of each message of this kind, in the order they were written.
async fn told(app: &TestApp, visit: &Visit, template: &str) -> Vec<(usize, i64, String)> {
    let sql =
        "SELECT participant_id, due_at, status FROM outbox WHERE consultation_id = $1 AND template = $2 ORDER BY id";
    let rows = app.store.read(sql, vec![visit.id.to_string().into(), template.into()]).await.unwrap();
    rows.iter()
        .map(|row| {
            let seat = visit.guests.iter().position(|seat| seat.id.to_string() == row.text(0).unwrap()).unwrap();
            let seconds = row.instant(1).unwrap().duration_since(app.now()).as_secs();
            (seat, seconds, row.text(2).unwrap().to_owned())
        })
        .collect()
}

async fn late(app: &TestApp, visit: &Visit, minutes: &str) -> u16 {
    let doctor = app.sign_in(&app.hospital.doctor).await;
    doctor.post(&visit.path("delays"), &[("minutes", minutes)]).await.status
}

#[tokio::test]
async fn the_lobby_and_the_board_say_so_at_once_and_who_has_not_come_gets_a_message() {
    on_each(async |app| {
        let visit = app.book(REPORT.in_minutes(5)).await;
        let rosa = app.enter(&visit.links[0]).await;
        let mut lobby = rosa.socket().await;
        assert_eq!(lobby.expect("snapshot").await["visit"].get("expected_at"), None);
        let mut board = app.sign_in(&app.hospital.clerk).await.socket("/board/socket").await.unwrap();
        board.expect("snapshot").await;

        assert_eq!(late(app, &visit, "20").await, 200);
        // Five past nine, and twenty minutes.
        let expected = json!("2026-11-23T15:25:00Z");
        assert_eq!(lobby.until("change").await["visit"]["expected_at"], expected);
        board.until_it(|told| told["card"]["expected_at"] == expected).await;
        let page = rosa.browser.get(&rosa.path("")).await.body;
        assert!(page.contains("hacia las 9:25 a. m. empezará la visita"), "without scripts, too: {page}");
        let cards = app.sign_in(&app.hospital.doctor).await.get("/board").await.body;
        assert!(cards.contains("Se avisó: empieza hacia las 09:25"), "{cards}");

        assert_eq!(told(app, &visit, "running_late").await, [(1, 20, "pending".to_owned())], "Julián only");
        let late: Vec<_> = told(app, &visit, "you_are_late").await;
        assert_eq!(
            late.iter().filter(|row| row.2 == "pending").map(|row| (row.0, row.1)).collect::<Vec<_>>(),
            [(1, 1800)]
        );
        let messages = messages_of(&app.store, &app.messages, &app.hospital.clerk).await;
        assert!(messages.iter().any(|message| message.text.contains("empezara hacia las 09:25")), "{}", app.engine);
        assert_eq!(app.count(visit.id, "delayed").await, 1);
        let history = app.sign_in(&app.hospital.doctor).await.get(&format!("/consultations/{}", visit.id)).await.body;
        assert!(history.contains("Inés Soto avisó que empieza más tarde"), "{history}");
    })
    .await;
}

#[tokio::test]
async fn pressing_again_corrects_and_does_not_spam() {
    on_each(async |app| {
        let visit = app.book(REPORT.in_minutes(30)).await;
        assert_eq!(late(app, &visit, "10").await, 200);
        assert_eq!(late(app, &visit, "30").await, 200);
        assert_eq!(late(app, &visit, "30").await, 200, "the same again");
        assert_eq!(app.count(visit.id, "delayed").await, 2);
        let rows = told(app, &visit, "running_late").await;
        assert_eq!(rows.iter().map(|row| (row.0, row.1)).collect::<Vec<_>>(), [(0, 20), (1, 20)], "one each");
        let messages = messages_of(&app.store, &app.messages, &app.hospital.clerk).await;
        let texts: Vec<_> = messages.iter().filter(|message| message.text.contains("hay retraso")).collect();
        assert!(texts.iter().all(|message| message.text.contains("10:00")), "the newest hour");

        app.later(SignedDuration::from_mins(2));
        assert_eq!(late(app, &visit, "45").await, 200);
        let rows = told(app, &visit, "running_late").await;
        assert_eq!(
            rows[2..].iter().map(|row| (row.0, row.1)).collect::<Vec<_>>(),
            [(0, 500), (1, 500)],
            "ten minutes on"
        );
        for (minutes, status) in [("15", 422), ("", 422), ("ten", 422)] {
            assert_eq!(late(app, &visit, minutes).await, status, "{minutes}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_comes_or_is_called_in_is_not_told_any_more() {
    on_each(async |app| {
        let visit = app.book(REPORT.in_minutes(5)).await;
        assert_eq!(late(app, &visit, "10").await, 200);
        app.enter(&visit.links[0]).await;
        let pending = async || {
            told(app, &visit, "running_late")
                .await
                .into_iter()
                .filter(|row| row.2 == "pending")
                .map(|row| row.0)
                .collect()
        };
        let rest: Vec<usize> = pending().await;
        assert_eq!(rest, [1], "Rosa has come");
        app.start(&visit).await;
        let rest: Vec<usize> = pending().await;
        assert_eq!(rest, Vec::<usize>::new(), "it has begun");
        assert_eq!(late(app, &visit, "10").await, 409);
        // Who has not come by then is still written to, later.
        assert!(told(app, &visit, "you_are_late").await.contains(&(1, 1200, "pending".to_owned())));
    })
    .await;
}

#[tokio::test]
async fn a_link_works_at_the_new_hour_as_it_would_have_at_the_old_one() {
    on_each(async |app| {
        let visit = app.book(REPORT.in_minutes(10)).await;
        assert_eq!(late(app, &visit, "45").await, 200);
        app.later(SignedDuration::from_mins(100));
        assert_eq!(app.browser().get(&visit.links[0]).await.status, 200);
        app.enter(&visit.links[0]).await;
        let by = app.hospital.clerk.operator();
        app.command(visit.id, Command::Cancel { by }).await.unwrap();
        let left = told(app, &visit, "you_are_late").await;
        assert!(left.iter().all(|row| row.2 != "pending"), "{left:?}");
    })
    .await;
}
