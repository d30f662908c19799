//! Visits that are moved to another time or handed to another doctor: who is told, and what lobbies and boards show.

use antesala::domain::consultation::{Command, Refusal};
use antesala::domain::ids::CommandId;
use antesala::domain::schedule::Appointment;
use antesala::hub::HubError;
use antesala::hub::booking::Rescheduling;
use antesala::store::consultations::StoredVisit;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::app::{TestApp, on_each};
use crate::hospital::{HOME, REPORT, Visit, ZONE};

/// The clerk moves a visit by so many minutes.
async fn moved(app: &TestApp, visit: &Visit, minutes: i64) -> Result<u64, HubError> {
    let seen = app.stored(visit.id).await.visit.starts_at;
    reschedule(app, visit, seen, appointment(seen + SignedDuration::from_mins(minutes))).await
}

async fn reschedule(app: &TestApp, visit: &Visit, seen: Timestamp, appointment: Appointment) -> Result<u64, HubError> {
    let to = Rescheduling {
        seen,
        seen_minutes: app.stored(visit.id).await.visit.minutes,
        appointment,
        accepted: Vec::new(),
    };
    app.hub.reschedule(app.hospital.clerk.operator(), CommandId::mint(), visit.id, to).await
}

fn appointment(at: Timestamp) -> Appointment {
    Appointment::now(at, ZONE).unwrap().lasting(45)
}

/// Template and minutes from now of each message that was not called back, in the order they were written. How far
/// each has got is the worker's business, which runs meanwhile.
async fn messages(app: &TestApp, visit: &Visit) -> Vec<(String, i64)> {
    let sql = "SELECT template, due_at FROM outbox WHERE consultation_id = $1 AND status <> 'cancelled' ORDER BY id";
    let rows = app.store.read(sql, vec![visit.id.to_string().into()]).await.unwrap();
    let minutes = |at: Timestamp| at.duration_since(app.now()).as_mins();
    rows.iter().map(|row| (row.text(0).unwrap().to_owned(), minutes(row.instant(1).unwrap()))).collect()
}

/// Wall time, zone and number of moves, as the agenda and calendars read them.
async fn row(app: &TestApp, visit: &Visit) -> (String, String, i64) {
    let sql = "SELECT wall_time, zone, moves FROM consultations WHERE id = $1";
    let row = app.store.read_one(sql, vec![visit.id.to_string().into()]).await.unwrap().unwrap();
    (row.text(0).unwrap().to_owned(), row.text(1).unwrap().to_owned(), row.int(2).unwrap())
}

#[tokio::test]
async fn everyone_invited_hears_of_the_new_time_and_the_old_link_is_dead() {
    on_each(async |app| {
        let visit = app.book(REPORT.in_minutes(120)).await;
        app.later(SignedDuration::from_mins(115));
        moved(app, &visit, 60).await.unwrap();
        let told = messages(app, &visit).await;
        let message = |template: &str, minutes| (template.to_owned(), minutes);
        assert_eq!(told.iter().filter(|told| **told == message("rescheduled", 0)).count(), 2, "{told:?}");
        assert_eq!(told.iter().filter(|told| **told == message("link", 55)).count(), 2, "{told:?}");
        assert_eq!(told.iter().filter(|told| **told == message("you_are_late", 70)).count(), 2, "{told:?}");
        assert!(!told.iter().any(|told| *told == message("you_are_late", 10)), "{told:?}");

        let now = app.visit(visit.id).await;
        assert_ne!(now.links, visit.links, "they were issued");
        assert!(app.browser().get(&visit.links[0]).await.body.contains("requests"), "a dead link can be replaced");
        app.enter(&now.links[0]).await;
        let StoredVisit { visit: state, facts } = app.stored(visit.id).await;
        assert_eq!((state.minutes, facts.zone.as_str()), (45, ZONE));
        assert_eq!(row(app, &visit).await, ("2026-11-23T12:00:00".to_owned(), ZONE.to_owned(), 1));
        assert_eq!(app.count(visit.id, "rescheduled").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_lobby_keeps_its_people_and_shows_the_new_time_at_once() {
    on_each(async |app| {
        let visit = app.book(REPORT.in_minutes(5)).await;
        let mut rosa = app.enter(&visit.links[0]).await.socket().await;
        let waiting_since = rosa.expect("snapshot").await["seat"]["waiting_since"].clone();
        moved(app, &visit, 90).await.unwrap();
        let change = rosa.until("change").await;
        assert_eq!(change["visit"]["starts_at"], json!("2026-11-23T16:35:00Z"));
        assert_eq!(change["seat"]["standing"], "waiting");
        assert_eq!(change["seat"]["waiting_since"], waiting_since);
        let rosas: Vec<_> =
            messages(app, &visit).await.into_iter().filter(|(template, ..)| template == "rescheduled").collect();
        assert_eq!(rosas.len(), 2, "who waits may have looked away");
        assert_eq!(app.visit(visit.id).await.links[0], visit.links[0], "her link lives");
        assert_ne!(app.visit(visit.id).await.links[1], visit.links[1], "who has not come gets another");
    })
    .await;
}

#[tokio::test]
async fn what_somebody_else_moved_meanwhile_is_shown_and_not_overwritten() {
    on_each(async |app| {
        let visit = app.book(REPORT.in_minutes(120)).await;
        let seen = app.stored(visit.id).await.visit.starts_at;
        moved(app, &visit, 60).await.unwrap();
        let again = reschedule(app, &visit, seen, appointment(seen + SignedDuration::from_mins(30))).await;
        assert_eq!(again, Err(HubError::Refused(Refusal::Changed)));
        app.start(&visit).await;
        assert_eq!(moved(app, &visit, 60).await, Err(HubError::Refused(Refusal::AlreadyStarted)));
    })
    .await;
}

#[tokio::test]
async fn the_same_form_moves_once_and_another_length_tells_nobody() {
    on_each(async |app| {
        let visit = app.book(REPORT.in_minutes(120)).await;
        let before = messages(app, &visit).await;
        let seen = app.stored(visit.id).await.visit.starts_at;
        let (command, by) = (CommandId::mint(), app.hospital.clerk.operator());
        let to = Rescheduling {
            seen,
            seen_minutes: app.stored(visit.id).await.visit.minutes,
            appointment: appointment(seen).lasting(90),
            accepted: Vec::new(),
        };
        let rev = app.hub.reschedule(by, command, visit.id, to.clone()).await.unwrap();
        assert_eq!(app.hub.reschedule(by, command, visit.id, to).await, Ok(rev));
        assert_eq!(app.stored(visit.id).await.visit.minutes, 90);
        assert_eq!(messages(app, &visit).await, before);
        assert_eq!(row(app, &visit).await.2, 1, "its calendar entry changes all the same");
    })
    .await;
}

#[tokio::test]
async fn a_card_leaves_todays_board_when_its_visit_is_moved_to_another_day_and_comes_back() {
    on_each(async |app| {
        let visit = app.book(REPORT.in_minutes(120)).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let mut board = doctor.socket("/board/socket").await.unwrap();
        assert_eq!(board.expect("snapshot").await["cards"].as_array().unwrap().len(), 1);
        moved(app, &visit, 60).await.unwrap();
        // Its card may also tell how a message went.
        board.until_it(|told| told["card"]["starts_at"] == "2026-11-23T18:00:00Z").await;
        moved(app, &visit, 24 * 60).await.unwrap();
        assert_eq!(board.until("gone").await["consultation"], json!(visit.id.to_string()));
        moved(app, &visit, -24 * 60).await.unwrap();
        assert_eq!(board.until("card").await["card"]["consultation"], json!(visit.id.to_string()));
    })
    .await;
}

#[tokio::test]
async fn a_visit_handed_over_changes_boards_and_lobbies_at_once() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(5)).await;
        let mut before = app.sign_in(&app.hospital.doctor).await.socket("/board/socket").await.unwrap();
        let mut after = app.sign_in(&app.hospital.other_doctor).await.socket("/board/socket").await.unwrap();
        assert_eq!(before.expect("snapshot").await["cards"].as_array().unwrap().len(), 1);
        assert!(after.expect("snapshot").await["cards"].as_array().unwrap().is_empty());
        let mut tomas = app.enter(&visit.links[0]).await.socket().await;
        assert_eq!(tomas.expect("snapshot").await["visit"]["host"], "Inés Soto");

        // An admin does so when somebody is disabled.
        let by = app.hospital.admin.operator();
        app.hub
            .hand_over(by, CommandId::mint(), visit.id, Some(app.hospital.doctor.id), &app.hospital.other_doctor, &[])
            .await
            .unwrap();
        assert_eq!(before.until("gone").await["consultation"], json!(visit.id.to_string()));
        let card = after.until("card").await;
        assert_eq!(card["card"]["doctor"], "Carlos Méndez");
        assert!(card["card"]["may"].as_array().unwrap().contains(&json!("start")));
        assert_eq!(tomas.until("change").await["visit"]["host"], "Carlos Méndez");

        let start = |by| app.command(visit.id, Command::Start { by });
        assert_eq!(start(app.hospital.doctor.operator()).await, Err(HubError::Refused(Refusal::NotEntitled)));
        start(app.hospital.other_doctor.operator()).await.unwrap();
        let stored = app.stored(visit.id).await;
        assert_eq!(stored.visit.doctor, Some(app.hospital.other_doctor.id));
        assert_eq!(stored.facts.doctor.unwrap().to_string(), "Carlos Méndez");
    })
    .await;
}

#[tokio::test]
async fn the_doctor_who_hands_a_running_visit_over_stays_in_the_call() {
    on_each(async |app| {
        let visit = app.book(HOME).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        app.start(&visit).await;
        assert_eq!(doctor.get(&visit.path("call/state")).await.status, 200);
        let by = app.hospital.doctor.operator();
        app.hub
            .hand_over(by, CommandId::mint(), visit.id, Some(app.hospital.doctor.id), &app.hospital.other_doctor, &[])
            .await
            .unwrap();

        assert_eq!(doctor.get(&visit.path("call")).await.status, 200, "a reload");
        assert_eq!(doctor.get(&visit.path("call/state")).await.status, 200);
        assert_eq!(doctor.post(&visit.path("ending"), &[]).await.status, 409, "a colleague does not end it");
        let other = app.sign_in(&app.hospital.other_doctor).await;
        assert_eq!(other.get(&visit.path("call/state")).await.status, 200);
        let kinds: Vec<_> =
            app.stored(visit.id).await.visit.participants.iter().map(|seat| seat.kind.as_str()).collect();
        assert_eq!(kinds, ["colleague", "patient", "relative", "relative", "doctor"]);
        assert_eq!(other.post(&visit.path("ending"), &[]).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn the_ledger_keeps_when_the_first_guest_came_and_was_let_in() {
    on_each(async |app| {
        let ledger = async |visit: &Visit| {
            let sql = "SELECT first_arrived_at, first_admitted_at FROM consultations WHERE id = $1";
            let row = app.store.read_one(sql, vec![visit.id.to_string().into()]).await.unwrap().unwrap();
            (row.instant_or_null(0).unwrap(), row.instant_or_null(1).unwrap())
        };
        let visit = app.book(REPORT).await;
        assert_eq!(ledger(&visit).await, (None, None));
        let minute = SignedDuration::from_mins(1);
        let beginning = app.now();
        app.later(minute);
        app.enter(&visit.links[0]).await;
        app.later(minute);
        let doctor = app.sign_in(&app.hospital.doctor).await;
        app.start(&visit).await;
        doctor.get(&visit.path("call/state")).await;
        app.later(minute);
        app.enter(&visit.links[1]).await;
        assert_eq!(ledger(&visit).await, (Some(beginning + minute), Some(beginning + minute * 2)));
    })
    .await;
}
