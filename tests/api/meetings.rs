//! The work on meetings, step by step, with Webex failing at each: nothing is made twice, nothing is lost.

use std::sync::Arc;

use antesala::auth::seal::Sealer;
use antesala::config::{Settings, WebexSettings};
use antesala::domain::consultation::Command;
use antesala::domain::meeting::{Obstacle, Readiness};
use antesala::domain::service::Engine;
use antesala::hub::booking::Rescheduling;
use antesala::providers::video::Webex;
use antesala::store::hospital::Live;
use antesala::workers::webex::WebexWork;
use clap::Parser;
use jiff::SignedDuration;

use crate::app::{TestApp, on_each};
use crate::hospital::{REPORT, Visit, ZONE};
use crate::webex::{FakeWebex, Mood};

#[derive(Parser)]
struct Defaults {
    #[command(flatten)]
    settings: Settings,
}

/// Settings with which this organisation is the hospital's.
pub(crate) fn settings(fake: &FakeWebex) -> WebexSettings {
    fake.settings(Defaults::try_parse_from(["test"]).unwrap().settings.webex)
}

/// A worker by hand, beside a node that has none.
pub(crate) fn worker(app: &TestApp, fake: &FakeWebex) -> WebexWork {
    worker_with(app, &settings(fake))
}

pub(crate) fn worker_with(app: &TestApp, settings: &WebexSettings) -> WebexWork {
    let webex = Webex::new(settings, "derived".into(), app.clock.clone()).unwrap().unwrap();
    let name = "Hospital San Telmo".parse().unwrap();
    let hospital = antesala::domain::hospital::Hospital::usual(name, ZONE.parse().unwrap(), "MX".parse().unwrap());
    WebexWork {
        store: app.store.clone(),
        webex: Arc::new(webex),
        sealer: Sealer::keyed_by(&[7; 32]).unwrap(),
        hub: app.hub.clone(),
        hospital: Live::started_as(hospital),
        clock: app.clock.clone(),
        target: "http://127.0.0.1:9/callbacks/webex/0123456789abcdef".to_owned(),
        bell: Arc::default(),
    }
}

pub(crate) async fn organisation(app: &TestApp) -> (FakeWebex, WebexWork) {
    let fake = FakeWebex::start(app.clock.clone());
    fake.add_host(&app.hospital.doctor.email.to_string());
    fake.add_host(&app.hospital.other_doctor.email.to_string());
    let work = worker(app, &fake);
    assert!(work.keep_signed_in().await.unwrap());
    (fake, work)
}

/// A visit in two hours that Webex is to carry.
pub(crate) async fn wished(app: &TestApp) -> Visit {
    wished_in(app, 120).await
}

/// A visit in so many minutes that Webex is to carry.
pub(crate) async fn wished_in(app: &TestApp, minutes: i64) -> Visit {
    let visit = app.book(REPORT.in_minutes(minutes)).await;
    let by = app.hospital.doctor.operator();
    app.command(visit.id, Command::SwitchEngine { by, to: Engine::Webex }).await.unwrap();
    visit
}

pub(crate) async fn standing(app: &TestApp, visit: &Visit) -> (Readiness, Option<Obstacle>) {
    app.stored(visit.id).await.facts.meeting.unwrap()
}

/// How often Webex was asked for a new meeting.
pub(crate) fn made(fake: &FakeWebex) -> usize {
    fake.asked("POST", "meetings").iter().filter(|asked| asked.path == "meetings").count()
}

#[tokio::test]
async fn a_meeting_follows_its_visit() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        let visit = wished(app).await;
        assert_eq!(standing(app, &visit).await, (Readiness::Preparing, None));
        assert_eq!(work.carry_out_wishes().await.unwrap(), 1);
        assert_eq!(standing(app, &visit).await, (Readiness::Ready, None), "{}", app.engine);
        assert_eq!(work.carry_out_wishes().await.unwrap(), 0, "{}", app.engine);

        let clerk = app.hospital.clerk.operator();
        let seen = app.stored(visit.id).await.visit;
        let later = app.now() + SignedDuration::from_hours(5);
        let appointment = antesala::domain::schedule::Appointment::now(later, ZONE).unwrap();
        let to = Rescheduling { seen: seen.starts_at, seen_minutes: seen.minutes, appointment, accepted: vec![] };
        app.hub.reschedule(clerk, antesala::domain::ids::CommandId::mint(), visit.id, to).await.unwrap();
        assert_eq!(standing(app, &visit).await, (Readiness::Preparing, None), "{}", app.engine);
        work.carry_out_wishes().await.unwrap();
        assert_eq!(fake.meetings()[0].start, later, "{}", app.engine);
        assert_eq!((fake.meetings().len(), made(&fake)), (1, 1));

        app.command(visit.id, Command::Cancel { by: clerk }).await.unwrap();
        work.carry_out_wishes().await.unwrap();
        assert!(fake.meetings().is_empty(), "{}", app.engine);
        assert_eq!(work.carry_out_wishes().await.unwrap(), 0, "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn another_doctor_gets_a_meeting_of_their_own() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        let visit = wished(app).await;
        work.carry_out_wishes().await.unwrap();
        let to = Box::new(app.hospital.other_doctor.clone());
        let seat = antesala::domain::ids::ParticipantId::mint();
        let by = app.hospital.clerk.operator();
        app.command(visit.id, Command::HandOver { by, to, seat }).await.unwrap();
        work.carry_out_wishes().await.unwrap();
        let hosts: Vec<_> = fake.meetings().into_iter().map(|meeting| meeting.host).collect();
        assert_eq!(hosts, [app.hospital.other_doctor.email.to_string()], "{}", app.engine);
        assert_eq!(standing(app, &visit).await, (Readiness::Ready, None), "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn a_lost_answer_makes_no_second_meeting() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        let visit = wished(app).await;
        fake.state().lag = SignedDuration::from_mins(9);
        fake.moods(&[("meetings", Mood::DoAndHangUp)]);
        work.carry_out_wishes().await.unwrap();
        assert_eq!(standing(app, &visit).await, (Readiness::Retrying, Some(Obstacle::Lost)), "{}", app.engine);
        for _ in 0..8 {
            app.later(SignedDuration::from_mins(1));
            work.carry_out_wishes().await.unwrap();
            assert_eq!(made(&fake), 1, "{}: it may come yet", app.engine);
        }
        app.later(SignedDuration::from_mins(2));
        work.carry_out_wishes().await.unwrap();
        assert_eq!(standing(app, &visit).await, (Readiness::Ready, None), "{}", app.engine);
        assert_eq!((fake.meetings().len(), made(&fake)), (1, 1), "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn what_was_certainly_not_made_is_made_again() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        let visit = wished(app).await;
        fake.moods(&[("meetings", Mood::HangUp)]);
        work.carry_out_wishes().await.unwrap();
        for _ in 0..12 {
            app.later(SignedDuration::from_mins(1));
            work.keep_signed_in().await.unwrap();
            work.carry_out_wishes().await.unwrap();
        }
        assert_eq!(standing(app, &visit).await, (Readiness::Ready, None), "{}", app.engine);
        assert_eq!((fake.meetings().len(), made(&fake)), (1, 2), "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn who_dies_between_asking_and_recording_leaves_a_meeting_that_is_found() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        let visit = wished(app).await;
        // As if the process had died once Webex had made it: the note is there, the meeting is not recorded.
        work.carry_out_wishes().await.unwrap();
        let sql = "UPDATE webex_meetings SET meeting_id = NULL, done_rev = 0, asked_at = $1, next_try_at = $1";
        let mut batch = antesala::store::Batch::new();
        batch.run_on_one(sql, vec![app.now().into()]);
        app.store.write(batch).await.unwrap();
        work.carry_out_wishes().await.unwrap();
        assert_eq!(standing(app, &visit).await, (Readiness::Ready, None), "{}", app.engine);
        assert_eq!(made(&fake), 1, "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn what_stands_in_the_way_is_said_and_tried_again() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        let visit = wished_in(app, 24 * 60).await;
        for (mood, obstacle) in [
            (Mood::Fail(403), Obstacle::Forbidden),
            (Mood::Fail(400), Obstacle::Refused),
            (Mood::TooMany(Some(120)), Obstacle::Busy),
            (Mood::Fail(409), Obstacle::Conflict),
        ] {
            fake.moods(&[("meetings", mood)]);
            work.carry_out_wishes().await.unwrap();
            assert_eq!(standing(app, &visit).await, (Readiness::Retrying, Some(obstacle)), "{}", app.engine);
            let before = made(&fake);
            assert_eq!(work.carry_out_wishes().await.unwrap(), 0, "{}: with a pause", app.engine);
            assert_eq!(made(&fake), before);
            app.later(SignedDuration::from_hours(4));
        }
        work.carry_out_wishes().await.unwrap();
        assert_eq!(standing(app, &visit).await, (Readiness::Ready, None), "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn a_meeting_in_progress_is_ended_before_it_is_deleted() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        let visit = wished(app).await;
        work.carry_out_wishes().await.unwrap();
        fake.begin(&fake.meetings()[0].id);
        let by = app.hospital.doctor.operator();
        app.command(visit.id, Command::Start { by }).await.unwrap();
        app.command(visit.id, Command::End { by }).await.unwrap();
        for _ in 0..3 {
            work.carry_out_wishes().await.unwrap();
            app.later(SignedDuration::from_mins(1));
        }
        assert_eq!(fake.asked("POST", "meetings").iter().filter(|asked| asked.path.ends_with("/end")).count(), 1);
        assert!(fake.meetings().is_empty(), "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn a_switch_and_back_while_webex_works_loses_nothing() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        let visit = wished(app).await;
        let by = app.hospital.doctor.operator();
        for to in [Engine::Direct, Engine::Webex] {
            app.command(visit.id, Command::SwitchEngine { by, to }).await.unwrap();
        }
        work.carry_out_wishes().await.unwrap();
        work.carry_out_wishes().await.unwrap();
        assert_eq!((fake.meetings().len(), made(&fake)), (1, 1), "{}", app.engine);
        assert_eq!(standing(app, &visit).await, (Readiness::Ready, None), "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn two_workers_make_one_meeting_each() {
    on_each(async |app| {
        let (fake, one) = organisation(app).await;
        let other = worker(app, &fake);
        assert!(other.keep_signed_in().await.unwrap());
        for _ in 0..8 {
            wished(app).await;
        }
        let works =
            (0..4).map(|number| if number % 2 == 0 { one.carry_out_wishes() } else { other.carry_out_wishes() });
        futures_util::future::join_all(works).await;
        one.carry_out_wishes().await.unwrap();
        assert_eq!((fake.meetings().len(), made(&fake)), (8, 8), "{}", app.engine);
    })
    .await;
}
