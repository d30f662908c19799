//! Meetings that Webex refuses: it counts what it is asked for, so it is not asked in vain; and staff read why.

use antesala::config::WebexHost;
use antesala::domain::ids::ConsultationId;
use antesala::domain::meeting::{Obstacle, Readiness};
use antesala::domain::person::Language;
use antesala::store::Batch;
use antesala::store::webex_people::accounts;
use antesala::text::Texts;
use jiff::SignedDuration;

use crate::app::{TestApp, on_each};
use crate::meetings::{made, organisation, settings, standing, wished, wished_in, worker, worker_with};
use crate::through_webex::{board, until_meeting};
use crate::webex::FakeWebex;

/// In this host's name ('' for nobody's) a hundred meetings were made within the last 20 hours, one a minute.
async fn a_hundred_made(app: &TestApp, fake: &FakeWebex, host: &str) {
    let mut batch = Batch::new();
    for minute in 0..100 {
        let at = app.now() - SignedDuration::from_hours(20) + SignedDuration::from_mins(minute);
        let of = if host.is_empty() { "app@guest.webex.example" } else { host };
        fake.state().creations.push((of.to_owned(), at));
        let sql = "INSERT INTO webex_asks (host, counted_at, consultation_id) VALUES ($1, $2, $3)";
        batch.run_on_one(sql, vec![host.into(), at.into(), ConsultationId::mint().to_string().into()]);
    }
    app.store.write(batch).await.unwrap();
}

#[tokio::test]
async fn a_quota_is_over_after_a_day_and_not_used_up_by_asking() {
    on_each(async |app| {
        for host in [WebexHost::Doctor, WebexHost::GuestToGuest] {
            let (fake, _) = organisation(app).await;
            fake.state().is_guest_to_guest = host == WebexHost::GuestToGuest;
            let mut settings = settings(&fake);
            settings.host = host;
            settings.refresh_token = Some("refresh-1".into());
            let work = worker_with(app, &settings);
            assert!(work.keep_signed_in().await.unwrap());
            let doctor = app.hospital.doctor.email.to_string();
            a_hundred_made(app, &fake, if host == WebexHost::Doctor { &doctor } else { "" }).await;
            let (one, other) = (wished_in(app, 24 * 60).await, wished_in(app, 25 * 60).await);
            let stuck = (Readiness::Retrying, Some(Obstacle::Quota));
            let before = made(&fake);
            for _ in 0..8 {
                work.carry_out_wishes().await.unwrap();
                assert_eq!([standing(app, &one).await, standing(app, &other).await], [stuck; 2], "{}", app.engine);
                app.later(SignedDuration::from_mins(30));
            }
            let asked = made(&fake) - before;
            assert!(asked <= 2, "{}, {host:?}: each once at most, not {asked} times", app.engine);
            for _ in 0..10 {
                work.carry_out_wishes().await.unwrap();
                app.later(SignedDuration::from_mins(1));
            }
            let ready = (Readiness::Ready, None);
            assert_eq!([standing(app, &one).await, standing(app, &other).await], [ready; 2], "{}", app.engine);
            assert!(made(&fake) - before <= asked + 2, "{}, {host:?}: when there is room again", app.engine);
            assert_eq!(fake.meetings().len(), 2, "{}, {host:?}", app.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn one_request_tells_all_visits_of_a_host_that_its_day_is_over() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        a_hundred_made(app, &fake, &app.hospital.doctor.email.to_string()).await;
        let first = wished_in(app, 24 * 60).await;
        work.carry_out_wishes().await.unwrap();
        let mut later = Vec::new();
        for _ in 0..3 {
            later.push(wished_in(app, 24 * 60).await);
        }
        work.carry_out_wishes().await.unwrap();
        for visit in later.iter().chain([&first]) {
            assert_eq!(standing(app, visit).await, (Readiness::Retrying, Some(Obstacle::Quota)), "{}", app.engine);
        }
        assert_eq!(made(&fake), 1, "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn who_may_not_host_is_asked_for_rarely_and_again_once_their_account_is_another() {
    on_each(async |app| {
        let fake = FakeWebex::start(app.clock.clone());
        let work = worker(app, &fake);
        assert!(work.keep_signed_in().await.unwrap());
        let visit = wished_in(app, 24 * 60).await;
        for _ in 0..48 {
            work.carry_out_wishes().await.unwrap();
            app.later(SignedDuration::from_mins(5));
        }
        assert_eq!(standing(app, &visit).await, (Readiness::Retrying, Some(Obstacle::Forbidden)), "{}", app.engine);
        assert_eq!(made(&fake), 1, "{}: once in four hours", app.engine);
        work.carry_out_wishes().await.unwrap();
        assert_eq!(made(&fake), 2, "{}", app.engine);

        fake.add_host(&app.hospital.doctor.email.to_string());
        accounts::try_now(&app.store, app.hospital.other_doctor.id).await.unwrap();
        assert_eq!(work.carry_out_wishes().await.unwrap(), 0, "{}: somebody else's account", app.engine);
        accounts::try_now(&app.store, app.hospital.doctor.id).await.unwrap();
        work.carry_out_wishes().await.unwrap();
        assert_eq!(standing(app, &visit).await, (Readiness::Ready, None), "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn whatever_is_in_the_way_staff_read_a_sentence_in_their_language() {
    on_each(async |app| {
        let visit = wished(app).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let mut board = board(app, &app.hospital.doctor).await;
        for obstacle in Obstacle::ALL {
            let sql = "UPDATE webex_meetings SET obstacle = $1 WHERE consultation_id = $2";
            write(app, sql, vec![obstacle.as_str().into(), visit.id.to_string().into()]).await;
            app.hub.read_anew(visit.id).await;
            until_meeting(&mut board, &visit, Readiness::Retrying, Some(*obstacle)).await;
            for language in Language::ALL {
                let sql = "UPDATE staff SET language = $1 WHERE id = $2";
                let id = app.hospital.doctor.id.to_string();
                write(app, sql, vec![language.as_str().into(), id.into()]).await;
                let texts = Texts::of(*language);
                let key = format!("webex-obstacle-{obstacle}");
                let sentence = texts.get(&key);
                assert_ne!(sentence, key, "{language}");
                // The sentences alone are on the board for its script too; with the one before it only on a card.
                let told = format!("{} {sentence}", texts.get("webex-retrying"));
                for path in ["/board".to_owned(), format!("/consultations/{}", visit.id)] {
                    let page = doctor.get(&path).await.body;
                    assert!(page.contains(&told), "{}: {language}: {path}: {told}", app.engine);
                }
            }
        }
    })
    .await;
}

async fn write(app: &TestApp, sql: &'static str, params: Vec<antesala::store::Value>) {
    let mut batch = Batch::new();
    batch.run_on_one(sql, params);
    app.store.write(batch).await.unwrap();
}
