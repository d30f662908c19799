//! Visits nobody attended are closed by themselves, once, and never over anybody's head.

use antesala::domain::consultation::{Missing, Phase};
use antesala::domain::ids::ConsultationId;
use antesala::domain::schedule::NO_SHOW_AFTER;
use antesala::workers::unattended::close_unattended;
use jiff::SignedDuration;

use crate::app::{TestApp, on_each};
use crate::hospital::{HOME, REPORT, Visit};

/// One round of the worker: how many visits it closed.
async fn round(app: &TestApp) -> usize {
    close_unattended(&app.store, &app.hub, &app.clock).await.unwrap()
}

/// Lets time pass until the visit's last link has long expired.
async fn until_nobody_is_expected(app: &TestApp, visit: &Visit) {
    let last = app.stored(visit.id).await.visit.last_expiry().unwrap();
    app.later(last.duration_since(app.now()) + NO_SHOW_AFTER + SignedDuration::from_mins(1));
}

async fn missing(app: &TestApp, id: ConsultationId) -> Option<Missing> {
    match app.stored(id).await.visit.phase {
        Phase::NoShow { missing, .. } => Some(missing),
        _ => None,
    }
}

async fn is_open(app: &TestApp, id: ConsultationId) -> bool {
    app.stored(id).await.visit.phase.is_open()
}

/// The history lists the visit under this outcome, and the visit's own page tells the sentence.
async fn is_told(app: &TestApp, visit: &Visit, outcome: &str, sentence: &str) {
    let clerk = app.sign_in(&app.hospital.clerk).await;
    let list = clerk.get(&format!("/history?outcome={outcome}")).await.body;
    assert!(list.contains(&format!("href=\"/consultations/{}\"", visit.id)), "{list}");
    assert!(list.contains(&format!("class=\"outcome {outcome}\"")), "{list}");
    let page = clerk.get(&format!("/consultations/{}", visit.id)).await.body;
    assert!(page.contains(sentence), "{page}");
}

#[tokio::test]
async fn a_visit_nobody_came_to_is_closed_once_in_the_familys_name() {
    on_each(async |app| {
        let visit = app.book(HOME).await;
        let last = app.stored(visit.id).await.visit.last_expiry().unwrap();
        app.later(last.duration_since(app.now()) + NO_SHOW_AFTER - SignedDuration::from_mins(1));
        assert_eq!(round(app).await, 0);
        assert!(is_open(app, visit.id).await, "somebody may still come with a new link");
        app.later(SignedDuration::from_mins(2));
        assert_eq!(round(app).await, 1);
        assert_eq!(missing(app, visit.id).await, Some(Missing::Patient));
        let rev = app.rev(visit.id).await;
        assert_eq!(round(app).await, 0, "it is closed already");
        assert_eq!((app.rev(visit.id).await, app.count(visit.id, "no_show").await), (rev, 1));
        is_told(app, &visit, "no_show_of_family", "La visita se cerró sola: no llegó nadie.").await;
    })
    .await;
}

#[tokio::test]
async fn where_a_family_waited_in_vain_it_was_the_staff_who_did_not_come() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let mut rosa = app.enter(&visit.links[0]).await.socket().await;
        rosa.expect("snapshot").await;
        assert_eq!(app.count(visit.id, "arrived").await, 1);
        drop(rosa);
        until_nobody_is_expected(app, &visit).await;
        assert_eq!(round(app).await, 1);
        assert_eq!(missing(app, visit.id).await, Some(Missing::Staff));
        is_told(app, &visit, "no_show_of_staff", "La visita se cerró sola: el personal no llegó.").await;
    })
    .await;
}

#[tokio::test]
async fn a_visit_that_took_place_and_was_never_ended_counts_as_ended() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        drop(app.enter(&visit.links[0]).await.socket().await);
        app.start(&visit).await;
        until_nobody_is_expected(app, &visit).await;
        assert_eq!(round(app).await, 1);
        assert!(matches!(app.stored(visit.id).await.visit.phase, Phase::Ended { .. }));
        assert_eq!(app.count(visit.id, "no_show").await, 0);
    })
    .await;
}

#[tokio::test]
async fn as_long_as_a_lobby_is_open_its_visit_is_too() {
    on_each(async |app| {
        let (waited_for, nobodys) = (app.book(REPORT).await, app.book(HOME).await);
        let mut rosa = app.enter(&waited_for.links[0]).await.socket().await;
        rosa.expect("snapshot").await;
        until_nobody_is_expected(app, &waited_for).await;
        // The browser is still there: it answers.
        rosa.settle().await;
        assert_eq!(round(app).await, 1, "only the other one");
        assert!(is_open(app, waited_for.id).await && !is_open(app, nobodys.id).await);
        // It fell silent: nobody knows of anybody there.
        app.later(SignedDuration::from_mins(1));
        assert_eq!(round(app).await, 1);
        assert_eq!(missing(app, waited_for.id).await, Some(Missing::Staff));
    })
    .await;
}
