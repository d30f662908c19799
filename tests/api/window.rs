//! The clinic's board on a full day: a window of visits that need somebody, the others counted, and a doctor's board whole.

use antesala::domain::consultation::Command;
use antesala::domain::ids::StaffSessionId;
use antesala::hub::boards::{Unwatch, Watch};
use antesala::hub::line::{Line, Polled};
use serde_json::{Value, json};

use crate::app::{TestApp, on_each};
use crate::hospital::{HOME, Visit};

/// More visits than the window holds, none of which starts soon.
async fn full_day(app: &TestApp) -> Vec<Visit> {
    let mut visits = Vec::new();
    for number in 0..63 {
        visits.push(app.book(HOME.in_minutes(20 + number)).await);
    }
    visits
}

fn ids(snapshot: &Value) -> Vec<&str> {
    snapshot["cards"].as_array().unwrap().iter().map(|card| card["consultation"].as_str().unwrap()).collect()
}

async fn cancel(app: &TestApp, visit: &Visit) {
    let by = app.hospital.clerk.operator();
    app.command(visit.id, Command::Cancel { by }).await.unwrap();
}

#[tokio::test]
async fn a_full_day_is_a_window_and_two_counts() {
    on_each(async |app| {
        let visits = full_day(app).await;
        cancel(app, &visits[0]).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let board = clerk.get_json("/board/state").await.json();
        assert_eq!((ids(&board).len(), &board["rest"]), (60, &json!({ "open": 2, "over": 1 })));
        assert!(!ids(&board).contains(&visits[62].id.to_string().as_str()), "the last one of the day");
        let page = clerk.get("/visits").await.body;
        assert_eq!(page.matches("id=\"visit-").count(), 60);
        assert!(page.contains("id=\"later-count\">2<") && page.contains("id=\"over-count\">1<"), "{page}");

        // Whoever is early in the last visit of the day needs somebody now.
        app.later(jiff::SignedDuration::from_mins(75));
        app.enter(&visits[62].links[0]).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let board = clerk.get_json("/board/state").await.json();
        assert!(ids(&board).contains(&visits[62].id.to_string().as_str()));

        let doctor = app.sign_in(&app.hospital.doctor).await.get_json("/board/state").await.json();
        assert_eq!((ids(&doctor).len(), &doctor["rest"]), (63, &Value::Null));
    })
    .await;
}

#[tokio::test]
async fn the_window_follows_what_happens() {
    on_each(async |app| {
        let visits = full_day(app).await;
        app.later(jiff::SignedDuration::from_mins(75));
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let mut board = clerk.socket("/board/socket").await.unwrap();
        assert_eq!(board.expect("snapshot").await["rest"], json!({ "open": 3, "over": 0 }));
        let last = visits[62].id.to_string();
        let is_of = |id: &str, kind: &str, message: &Value| {
            let about = if kind == "card" { &message["card"]["consultation"] } else { &message["consultation"] };
            message["type"] == kind && about == id
        };

        app.enter(&visits[62].links[0]).await;
        let came = board.until_it(|message| is_of(&last, "card", message)).await;
        let seats = came["card"]["seats"].as_array().unwrap();
        assert!(seats.iter().any(|seat| seat["standing"] == "waiting"), "at once, although the window is full: {came}");
        // Another one makes room for it.
        board.until("gone").await;

        let first = visits[0].id.to_string();
        cancel(app, &visits[0]).await;
        // Its link may have become due and been shown meanwhile, which its card says too.
        board.until_it(|message| is_of(&first, "card", message) && message["card"]["phase"] == "cancelled").await;
        board.until_it(|message| is_of(&first, "gone", message)).await;
        let counted = board.until("rest").await;
        assert_eq!(counted["rest"], json!({ "open": 2, "over": 1 }));
    })
    .await;
}

#[tokio::test]
async fn who_left_while_the_day_was_read_leaves_no_old_day_behind() {
    on_each(async |app| {
        let clerk = &app.hospital.clerk;
        let (board, connection) = (app.hub.board(clerk).unwrap(), app.hub.mint_connection());
        let (session, acts_for) = (StaffSessionId::mint(), clerk.operator().acts_for());
        board.do_send(Watch { connection, session, acts_for, line: Line::Polled(Polled::open(app.now())) });
        board.do_send(Unwatch(connection));
        let visit = app.book(HOME.in_minutes(10)).await;
        let mut board = app.sign_in(clerk).await.socket("/board/socket").await.unwrap();
        assert_eq!(ids(&board.expect("snapshot").await), [visit.id.to_string()]);
    })
    .await;
}
