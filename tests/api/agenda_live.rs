//! Open agendas follow: each is told when something of what it shows changes, by whomever, and of nothing else.

use antesala::domain::consultation::Command;
use jiff::SignedDuration;

use crate::app::{TestApp, on_each};
use crate::browser::Browser;
use crate::hospital::{HOME, TELE};
use crate::wire::Socket;

/// Opens an agenda, which is told once that it may be old.
async fn open(browser: &Browser, filters: &str) -> Socket {
    let mut agenda = browser.socket(&format!("/agenda/socket{filters}")).await.unwrap();
    agenda.expect("changed").await;
    agenda
}

/// Nothing was said to it before what it is told now, by a visit booked for that purpose.
async fn was_told_nothing(app: &TestApp, agenda: &mut Socket) {
    agenda.silent().await;
    app.book(HOME.in_minutes(60)).await;
    agenda.expect("changed").await;
}

#[tokio::test]
async fn an_agenda_is_told_of_what_is_booked_moved_started_and_called_off() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let mut agendas = [
            open(&clerk, "").await,
            open(&clerk, "?view=week").await,
            open(&clerk, &format!("?doctor={}&service=home_consultation", app.hospital.doctor.id)).await,
            open(&doctor, "").await,
        ];
        let visit = app.book(HOME.in_minutes(60)).await;
        let by = app.hospital.clerk.operator();
        for agenda in &mut agendas {
            agenda.expect("changed").await;
        }
        // To another day of the same week, and back: the day it leaves is told, too.
        for (day, time) in [("2026-11-24", "12:00"), ("2026-11-23", "12:00")] {
            let path = visit.path("appointment");
            let moved = clerk.post(&path, &[("date", day), ("time", time), ("minutes", "30")]).await;
            assert_eq!(moved.status, 200, "{}", moved.body);
            for agenda in &mut agendas {
                agenda.expect("changed").await;
            }
        }
        app.start(&visit).await;
        for agenda in &mut agendas {
            agenda.expect("changed").await;
        }
        let other = app.book(HOME.in_minutes(240)).await;
        app.command(other.id, Command::Cancel { by }).await.unwrap();
        for agenda in &mut agendas {
            agenda.expect("changed").await;
            agenda.expect("changed").await;
        }
    })
    .await;
}

#[tokio::test]
async fn an_agenda_is_not_told_of_other_days_other_people_and_who_waits() {
    on_each(async |app| {
        let visit = app.book(HOME).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let mut today = open(&clerk, "").await;
        let mut own = open(&doctor, "").await;
        let mut others = open(&app.sign_in(&app.hospital.other_doctor).await, "").await;
        let mut ward = open(&app.sign_in(&app.hospital.ward).await, "").await;
        app.enter(&visit.links[0]).await;
        app.book(HOME.in_minutes(60 * 48)).await;
        was_told_nothing(app, &mut today).await;
        own.expect("changed").await;
        others.silent().await;
        ward.silent().await;
        app.book(TELE.in_minutes(120)).await;
        ward.expect("changed").await;
        today.expect("changed").await;
        own.silent().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_is_handed_a_visit_sees_it_come_and_the_other_sees_it_go() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let mut before = open(&app.sign_in(&app.hospital.doctor).await, "").await;
        let mut after = open(&app.sign_in(&app.hospital.other_doctor).await, "").await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let to = app.hospital.other_doctor.id.to_string();
        assert_eq!(clerk.post(&visit.path("doctor"), &[("doctor", &to)]).await.status, 200);
        before.expect("changed").await;
        after.expect("changed").await;
    })
    .await;
}

#[tokio::test]
async fn an_agenda_closes_with_its_session_and_a_blocked_browser_asks() {
    on_each(async |app| {
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let agenda = open(&doctor, "").await;
        let state = doctor.get_json("/agenda/state?view=week").await;
        assert_eq!((state.status, state.json()["type"].as_str()), (200, Some("changed")));
        assert_eq!(doctor.post("/sign-out", &[]).await.status, 303);
        assert_eq!(agenda.closed().await, Some(1008));
        app.later(SignedDuration::from_mins(1));
        assert_eq!(doctor.get_json("/agenda/state").await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn a_page_that_a_script_reads_leaves_the_notice_to_the_page_that_is_shown() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let path = visit.path("appointment");
        let moved = [("date", "2026-11-23"), ("time", "12:00"), ("minutes", "30")];
        assert_eq!(clerk.post_page(&path, &moved).await.status, 303);
        let in_background = clerk.request(reqwest::Method::GET, "/agenda").header("sec-fetch-dest", "empty");
        let read = crate::browser::answer(in_background).await;
        assert!(!read.body.contains("La visita cambió de hora."), "{}", read.body);
        let shown = clerk.get(&format!("/consultations/{}", visit.id)).await.body;
        assert!(shown.contains("La visita cambió de hora."), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn without_scripts_the_page_says_when_it_was_read() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let page = clerk.get("/agenda?day=2026-11-24&page=2&view=day").await.body;
        let (_, aside) = page.split_once("<noscript>").unwrap();
        assert!(
            aside.contains("Se leyó a las 09:00.") && aside.contains("/agenda?day=2026-11-24&amp;page=2"),
            "{aside}"
        );
    })
    .await;
}
