//! What a family may not know: other families, other people's numbers, and what is meant for staff.

use antesala::domain::consultation::{Command, Whom};

use crate::app::on_each;
use crate::hospital::{HOME, REPORT, TELE};

#[tokio::test]
async fn a_participant_hears_nothing_of_others_until_they_meet_in_the_call() {
    on_each(async |app| {
        let (visit, other) = (app.book(TELE).await, app.book(HOME).await);
        let mut rosa = app.enter(&visit.links[1]).await.socket().await;
        let mut julian = app.enter(&visit.links[2]).await.socket().await;
        app.enter(&other.links[0]).await.socket().await.expect("snapshot").await;
        app.start(&visit).await;
        app.start(&other).await;
        let by = app.hospital.ward.operator();
        app.command(visit.id, Command::Admit { by, whom: Whom::One(visit.seat(2)) }).await.unwrap();
        julian.until("presence").await;
        julian.enter().await;
        julian.until("presence").await;
        let heard = rosa.settle().await;
        assert_eq!(heard.len(), 2, "her snapshot and the start: {heard:?}");
        silent_about(&heard, &["Julián", "Tomás"]);

        app.command(visit.id, Command::Admit { by, whom: Whom::One(visit.seat(1)) }).await.unwrap();
        let admitted = rosa.settle().await;
        let met = admitted.last().unwrap();
        assert_eq!(met["in_call"][0]["name"], "Julián Quiroga");
        let fields: Vec<_> = met["in_call"][0].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, ["connection", "kind", "name", "seat"]);
        silent_about(&admitted, &["Tomás"]);
    })
    .await;
}

#[tokio::test]
async fn a_relative_s_pages_never_name_the_patient() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let landing = app.browser().get(&visit.links[0]).await;
        let rosa = app.enter(&visit.links[0]).await;
        let lobby = rosa.browser.get(&rosa.path("")).await;
        let state = rosa.browser.get(&rosa.path("/state")).await;
        for answer in [landing, lobby, state] {
            assert_eq!(answer.status, 200);
            silent_about(&[serde_json::Value::String(answer.body)], &["Tomás", "Julián"]);
        }
    })
    .await;
}

#[tokio::test]
async fn clerks_see_states_on_the_board_and_never_enter_a_call() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        app.start(&visit).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let board = clerk.get_json("/board/state").await.json();
        assert_eq!(board["cards"][0]["may"], serde_json::json!(["extend", "send_link"]));
        assert_eq!(clerk.get(&visit.path("call")).await.status, 403);
        assert_eq!(clerk.socket(&visit.path("call/socket")).await.err(), Some(403));
    })
    .await;
}

#[tokio::test]
async fn an_admin_has_no_clinical_view() {
    on_each(async |app| {
        app.book(REPORT).await;
        let admin = app.sign_in(&app.hospital.admin).await;
        assert_eq!(admin.get_json("/board/state").await.status, 403);
        assert_eq!(admin.socket("/board/socket").await.err(), Some(403));
        let list = admin.get("/staff").await;
        assert_eq!(list.status, 200);
        assert!(!list.body.contains("Quiroga"));
    })
    .await;
}

/// Not a word of these, nor of anybody's number, birth date or reason.
fn silent_about(heard: &[serde_json::Value], names: &[&str]) {
    let text = heard.iter().map(ToString::to_string).collect::<String>();
    for word in names.iter().chain(&["55123456", "1950-02-11", "Control de presión", "hija"]) {
        assert!(!text.contains(word), "{word} in {text}");
    }
}
