//! What has happened at Webex and is not shown there yet: nobody stays in its lobby, and no meeting is forgotten.

use antesala::domain::consultation::Command;
use antesala::domain::ids::CommandId;
use antesala::domain::meeting::{Obstacle, Readiness};
use antesala::domain::schedule::Appointment;
use antesala::hub::booking::Rescheduling;
use antesala::store::webex::{guests, meetings, reports};
use antesala::workers::webex::WebexWork;
use jiff::SignedDuration;

use crate::app::{TestApp, on_each};
use crate::hospital::{REPORT, Visit, ZONE};
use crate::meetings::{made, organisation, standing, wished};
use crate::webex::{FakeWebex, Mood, email_of};

/// Webex reports this about a visit's meeting.
async fn report(app: &TestApp, visit: &Visit, (mark, what): (u8, &str), email: Option<String>) {
    let meeting = meetings::of_visit(&app.store, visit.id).await.unwrap().unwrap().kept.unwrap().id;
    let report = reports::Report { digest: [mark; 32], what: what.to_owned(), meeting, email, at: app.now() };
    assert!(reports::put(&app.store, &report).await.unwrap(), "{}", app.engine);
}

/// Rosa is let in here, and stands in Webex's lobby.
async fn in_the_lobby_there(app: &TestApp, fake: &FakeWebex, work: &WebexWork) -> Visit {
    let visit = app.book(REPORT).await;
    let by = app.hospital.doctor.operator();
    let to = antesala::domain::service::Engine::Webex;
    app.command(visit.id, Command::SwitchEngine { by, to }).await.unwrap();
    work.carry_out_wishes().await.unwrap();
    let rosa = app.enter(&visit.links[0]).await;
    let _socket = rosa.socket().await;
    app.start(&visit).await;
    let email = email_of(&format!("antesala-{}", rosa.id));
    guests::put(&app.store, rosa.id, None, Some(email.clone())).await.unwrap();
    let meeting = fake.meetings()[0].id.clone();
    fake.begin(&meeting);
    fake.come(&meeting, &email);
    report(app, &visit, (1, "meetingParticipants joined"), Some(email)).await;
    visit
}

fn there(fake: &FakeWebex) -> &'static str {
    fake.meetings()[0].attendees[0].state
}

/// How many reports are still to be worked on, and how many of those still say whom they are about.
async fn open_reports(app: &TestApp) -> (i64, i64) {
    let sql = "SELECT COUNT(*), COUNT(email) FROM webex_reports WHERE done_at IS NULL";
    let rows = app.store.read(sql, vec![]).await.unwrap();
    (rows[0].int(0).unwrap(), rows[0].int(1).unwrap())
}

#[tokio::test]
async fn who_is_not_shown_yet_is_let_in_once_they_are() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        in_the_lobby_there(app, &fake, &work).await;
        fake.state().lag = SignedDuration::from_mins(9);
        for _ in 0..9 {
            work.work_on_reports().await.unwrap();
            assert_eq!(there(&fake), "lobby", "{}", app.engine);
            assert_eq!(open_reports(app).await, (1, 0), "{}: who came is told once", app.engine);
            app.later(SignedDuration::from_mins(1));
        }
        work.work_on_reports().await.unwrap();
        assert_eq!(there(&fake), "joined", "{}", app.engine);
        assert_eq!(open_reports(app).await, (0, 0), "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn who_comes_while_webex_is_busy_or_fails_is_let_in_later() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        in_the_lobby_there(app, &fake, &work).await;
        let asked = || fake.asked("GET", "meetingParticipants").len();
        fake.moods(&[("meetingParticipants", Mood::TooMany(Some(120)))]);
        work.work_on_reports().await.unwrap();
        app.later(SignedDuration::from_secs(119));
        assert_eq!((work.work_on_reports().await.unwrap(), asked()), (0, 1), "{}: as long as it asks", app.engine);
        for mood in [Mood::TooMany(None), Mood::Fail(503), Mood::HangUp] {
            fake.moods(&[("meetingParticipants/admit", mood)]);
            app.later(SignedDuration::from_secs(30));
            assert_eq!(work.work_on_reports().await.unwrap(), 1, "{}: {mood:?}", app.engine);
            assert_eq!(there(&fake), "lobby", "{}: {mood:?}", app.engine);
        }
        app.later(SignedDuration::from_secs(30));
        work.work_on_reports().await.unwrap();
        assert_eq!(there(&fake), "joined", "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn letting_in_is_given_up_in_the_end_and_at_once_where_it_is_refused() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        let visit = in_the_lobby_there(app, &fake, &work).await;
        fake.state().scopes.remove("meeting:participants_read");
        work.work_on_reports().await.unwrap();
        assert_eq!(open_reports(app).await, (0, 0), "{}: staff let them in by hand", app.engine);

        report(app, &visit, (2, "meetingParticipants joined"), None).await;
        fake.state().scopes.insert("meeting:participants_read");
        fake.state().lag = SignedDuration::from_hours(24);
        for _ in 0..16 {
            work.work_on_reports().await.unwrap();
            app.later(SignedDuration::from_mins(1));
        }
        assert_eq!(open_reports(app).await, (0, 0), "{}: it will not be shown any more", app.engine);
    })
    .await;
}

/// The work of so many minutes.
async fn minutes(app: &TestApp, work: &WebexWork, minutes: usize) {
    for _ in 0..minutes {
        work.carry_out_wishes().await.unwrap();
        app.later(SignedDuration::from_mins(1));
    }
    work.carry_out_wishes().await.unwrap();
}

#[tokio::test]
async fn a_visit_that_is_called_off_before_webex_shows_its_meeting_leaves_none() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        fake.state().lag = SignedDuration::from_mins(9);
        let visit = wished(app).await;
        work.carry_out_wishes().await.unwrap();
        app.later(SignedDuration::from_mins(3));
        app.command(visit.id, Command::Cancel { by: app.hospital.clerk.operator() }).await.unwrap();
        work.carry_out_wishes().await.unwrap();
        assert_eq!(fake.asked("DELETE", "meetings").len(), 1, "{}", app.engine);
        minutes(app, &work, 12).await;
        assert!(fake.meetings().is_empty(), "{}: not believed too early", app.engine);
    })
    .await;
}

#[tokio::test]
async fn a_meeting_that_somebody_deleted_at_webex_is_believed_to_be_gone() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        let visit = wished(app).await;
        work.carry_out_wishes().await.unwrap();
        fake.state().meetings.clear();
        app.later(SignedDuration::from_mins(10));
        app.command(visit.id, Command::Cancel { by: app.hospital.clerk.operator() }).await.unwrap();
        assert_eq!(work.carry_out_wishes().await.unwrap(), 1, "{}", app.engine);
        minutes(app, &work, 1).await;
        assert_eq!(fake.asked("DELETE", "meetings").len(), 1, "{}: once is enough", app.engine);
    })
    .await;
}

#[tokio::test]
async fn a_visit_that_is_over_soon_after_its_start_leaves_no_meeting() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        for (mark, is_reported) in [(1, true), (2, false)] {
            fake.state().lag = SignedDuration::ZERO;
            let visit = wished(app).await;
            work.carry_out_wishes().await.unwrap();
            app.later(SignedDuration::from_mins(30));
            fake.state().lag = SignedDuration::from_mins(9);
            fake.begin(&fake.meetings()[0].id);
            if is_reported {
                report(app, &visit, (mark, "meetings started"), None).await;
                work.work_on_reports().await.unwrap();
            } else {
                app.start(&visit).await;
            }
            app.later(SignedDuration::from_mins(2));
            app.command(visit.id, Command::End { by: app.hospital.doctor.operator() }).await.unwrap();
            minutes(app, &work, 30).await;
            assert!(fake.meetings().is_empty(), "{}: {is_reported}", app.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn however_webex_refuses_to_delete_a_meeting_in_progress_it_is_ended_first() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        for status in [400, 403, 409, 423] {
            fake.state().refuses_to_delete_with = status;
            let visit = wished(app).await;
            work.carry_out_wishes().await.unwrap();
            fake.begin(&fake.meetings()[0].id);
            // Nobody here knows: the report was lost.
            app.command(visit.id, Command::Cancel { by: app.hospital.clerk.operator() }).await.unwrap();
            minutes(app, &work, 1).await;
            assert!(fake.meetings().is_empty(), "{}: {status}", app.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn a_meeting_whose_answer_was_lost_is_looked_for_as_it_was_asked_for() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        let (handed_over, cancelled) = (wished(app).await, wished(app).await);
        fake.moods(&[("meetings", Mood::DoAndHangUp), ("meetings", Mood::DoAndHangUp)]);
        work.carry_out_wishes().await.unwrap();
        let by = app.hospital.clerk.operator();
        let seat = antesala::domain::ids::ParticipantId::mint();
        let to = Box::new(app.hospital.other_doctor.clone());
        app.command(handed_over.id, Command::HandOver { by, to, seat }).await.unwrap();
        app.command(cancelled.id, Command::Cancel { by }).await.unwrap();
        minutes(app, &work, 12).await;
        let hosts: Vec<_> = fake.meetings().into_iter().map(|meeting| meeting.host).collect();
        assert_eq!(hosts, [app.hospital.other_doctor.email.to_string()], "{}: nobody else's is left", app.engine);
        assert_eq!(standing(app, &handed_over).await, (Readiness::Ready, None), "{}", app.engine);
        assert_eq!(made(&fake), 3, "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn a_meeting_that_is_found_is_brought_to_where_the_visit_is_by_now() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        let visit = wished(app).await;
        fake.moods(&[("meetings", Mood::DoAndHangUp)]);
        work.carry_out_wishes().await.unwrap();
        let later = move_on(app, &visit, 5).await;
        minutes(app, &work, 2).await;
        assert_eq!((fake.meetings()[0].start, made(&fake)), (later, 1), "{}", app.engine);
    })
    .await;
}

/// The visit is in so many hours instead.
async fn move_on(app: &TestApp, visit: &Visit, hours: i64) -> jiff::Timestamp {
    let seen = app.stored(visit.id).await.visit;
    let later = app.now() + SignedDuration::from_hours(hours);
    let appointment = Appointment::now(later, ZONE).unwrap();
    let to = Rescheduling { seen: seen.starts_at, seen_minutes: seen.minutes, appointment, accepted: vec![] };
    app.hub.reschedule(app.hospital.clerk.operator(), CommandId::mint(), visit.id, to).await.unwrap();
    later
}

#[tokio::test]
async fn an_answer_with_nothing_but_an_id_is_a_meeting_all_the_same() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        {
            let mut state = fake.state();
            (state.says_only_ids, state.lag) = (true, SignedDuration::from_mins(9));
        }
        let visit = wished(app).await;
        work.carry_out_wishes().await.unwrap();
        let stuck = (Readiness::Retrying, Some(Obstacle::NotFound));
        assert_eq!(standing(app, &visit).await, stuck, "{}: nobody could get there", app.engine);
        minutes(app, &work, 20).await;
        assert_eq!(standing(app, &visit).await, (Readiness::Ready, None), "{}", app.engine);
        let kept = meetings::of_visit(&app.store, visit.id).await.unwrap().unwrap().kept.unwrap();
        assert!(kept.web_link.is_some() && kept.sip_address.is_some() && kept.password.is_some(), "{}", app.engine);
        assert_eq!(made(&fake), 1, "{}", app.engine);

        fake.state().lag = SignedDuration::ZERO;
        move_on(app, &visit, 5).await;
        work.carry_out_wishes().await.unwrap();
        assert_eq!(standing(app, &visit).await, (Readiness::Ready, None), "{}: what was known stays", app.engine);
        app.command(visit.id, Command::Cancel { by: app.hospital.clerk.operator() }).await.unwrap();
        work.carry_out_wishes().await.unwrap();
        assert!(fake.meetings().is_empty(), "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn an_address_in_capitals_is_the_same_host() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        fake.state().shouts = true;
        let visit = wished(app).await;
        work.carry_out_wishes().await.unwrap();
        let later = move_on(app, &visit, 5).await;
        work.carry_out_wishes().await.unwrap();
        assert_eq!((fake.meetings()[0].start, made(&fake)), (later, 1), "{}: moved, not made anew", app.engine);
    })
    .await;
}
