//! What is kept up at Webex beside meetings, step by step: tokens that one node renews, webhooks, and reports.

use std::sync::Arc;

use antesala::providers::video::Webex;
use antesala::store::webex::{meetings, reports, tokens};
use antesala::workers::webex::WebexWork;
use jiff::SignedDuration;

use crate::app::on_each;
use crate::meetings::{organisation, settings, wished, worker};

#[tokio::test]
async fn one_node_renews_and_the_others_take_what_it_keeps() {
    on_each(async |app| {
        let (fake, one) = organisation(app).await;
        let others: Vec<_> = (0..4).map(|_| worker(app, &fake)).collect();
        app.later(SignedDuration::from_hours(24 * 13 + 12));
        let all = std::iter::once(&one).chain(&others).map(WebexWork::keep_signed_in);
        futures_util::future::join_all(all).await;
        for work in std::iter::once(&one).chain(&others) {
            assert!(work.keep_signed_in().await.unwrap(), "{}", app.engine);
            work.webex.licences().await.unwrap();
        }
        assert_eq!(fake.state().tokens.renewals, 2, "{}: the first, and one for all", app.engine);
    })
    .await;
}

#[tokio::test]
async fn a_lease_of_a_node_that_died_ends() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        app.later(SignedDuration::from_hours(24 * 13 + 12));
        let kept = tokens::read(&app.store).await.unwrap().unwrap();
        tokens::lease(&app.store, kept.rev, app.now() + SignedDuration::from_secs(30), app.now()).await.unwrap();
        assert!(!work.keep_signed_in().await.unwrap(), "{}", app.engine);
        app.later(SignedDuration::from_secs(31));
        assert!(work.keep_signed_in().await.unwrap(), "{}", app.engine);
        assert_eq!(fake.state().tokens.renewals, 2);
    })
    .await;
}

#[tokio::test]
async fn another_refresh_token_begins_anew() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        app.later(SignedDuration::from_hours(24 * 91));
        assert!(!work.keep_signed_in().await.unwrap(), "{}: it has ended", app.engine);
        fake.state().tokens.refresh = ("another".to_owned(), app.now() + SignedDuration::from_hours(24));
        let mut settings = settings(&fake);
        settings.refresh_token = Some("another".into());
        let webex = Arc::new(Webex::new(&settings, "derived".into(), app.clock.clone()).unwrap().unwrap());
        let again = WebexWork { webex, ..work };
        assert!(again.keep_signed_in().await.unwrap(), "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn webhooks_are_registered_revived_and_kept_single() {
    on_each(async |app| {
        let (fake, work) = organisation(app).await;
        work.watch_webhooks().await.unwrap();
        work.watch_webhooks().await.unwrap();
        assert_eq!(fake.hooks().len(), 4, "{}", app.engine);
        {
            let mut state = fake.state();
            state.hooks[1].status = "inactive";
            let double = state.hooks[0].clone();
            state.hooks.push(crate::webex::webhooks::Hook { id: "double".to_owned(), ..double.clone() });
            let old = "http://127.0.0.1:9/callbacks/webex/fedcba9876543210".to_owned();
            state.hooks.push(crate::webex::webhooks::Hook { id: "old".to_owned(), target: old, ..double.clone() });
            let foreign = "https://elsewhere.example/hook".to_owned();
            state.hooks.push(crate::webex::webhooks::Hook { id: "foreign".to_owned(), target: foreign, ..double });
        }
        work.watch_webhooks().await.unwrap();
        let left: Vec<_> = fake.hooks().into_iter().map(|hook| (hook.id, hook.status)).collect();
        assert_eq!(left.len(), 5, "{left:?}");
        assert!(left.iter().all(|(id, status)| *status == "active" && id != "double" && id != "old"), "{left:?}");
        assert!(left.iter().any(|(id, _)| id == "foreign"), "what is not ours is left alone");
    })
    .await;
}

#[tokio::test]
async fn a_report_that_cannot_be_worked_on_holds_up_no_other() {
    on_each(async |app| {
        let (_fake, work) = organisation(app).await;
        let (broken, visit) = (wished(app).await, wished(app).await);
        work.carry_out_wishes().await.unwrap();
        for (mark, visit) in [(1, &broken), (2, &visit)] {
            let meeting = meetings::of_visit(&app.store, visit.id).await.unwrap().unwrap().kept.unwrap().id;
            let (what, at) = ("meetings started".to_owned(), app.now());
            let report = reports::Report { digest: [mark; 32], what, meeting, email: None, at };
            assert!(reports::put(&app.store, &report).await.unwrap(), "{}", app.engine);
        }
        let sql = "UPDATE webex_meetings SET obstacle = 'of another release' WHERE consultation_id = $1";
        let mut batch = antesala::store::Batch::new();
        batch.run_on_one(sql, vec![broken.id.to_string().into()]);
        app.store.write(batch).await.unwrap();
        assert_eq!(work.work_on_reports().await.unwrap(), 2, "{}", app.engine);
        assert_eq!(app.count(visit.id, "started").await, 1, "{}", app.engine);
        let open = "SELECT COUNT(*) FROM webex_reports WHERE done_at IS NULL";
        assert_eq!(app.store.read(open, vec![]).await.unwrap()[0].int(0).unwrap(), 1, "{}", app.engine);
        for _ in 0..20 {
            app.later(SignedDuration::from_mins(1));
            work.work_on_reports().await.unwrap();
        }
        let left = app.store.read(open, vec![]).await.unwrap()[0].int(0).unwrap();
        assert_eq!(left, 0, "{}: given up in the end", app.engine);
    })
    .await;
}
