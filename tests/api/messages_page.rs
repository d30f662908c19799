//! The *Messages* page: which messages it shows to whom, as what, and what is noted of those that staff show.

use antesala::domain::consultation::Command;
use antesala::domain::ids::CommandId;
use antesala::domain::message::{MessageStatus, Template};
use antesala::hub::consultation::ShowCard;
use antesala::messages::Rendered;
use antesala::protocol::board::{CardDelivery, Side};
use antesala::providers::sms::digest;
use antesala::store::{Batch, outbox};
use jiff::SignedDuration;

use crate::app::{TestApp, on_each, on_each_with};
use crate::browser::Answer;
use crate::callbacks::through_twilio;
use crate::hospital::{REPORT, Visit};
use crate::inbox::messages_of;

pub(crate) const ROSA: &str = "+525512345602";
pub(crate) const OTHER: &str = "+525512345697";

/// The newest message to the visit's first guest.
pub(crate) async fn newest(app: &TestApp, visit: &Visit) -> Rendered {
    let messages = messages_of(&app.store, &app.messages, &app.hospital.clerk).await;
    messages.into_iter().find(|message| message.participant == visit.seat(0)).unwrap()
}

pub(crate) async fn set(app: &TestApp, message: &Rendered, status: MessageStatus) {
    let mut batch = Batch::new();
    let sql = "UPDATE outbox SET status = $1, next_try_at = $2 WHERE id = $3";
    let far = app.now() + SignedDuration::from_hours(1000);
    batch.run_on_one(sql, vec![status.as_str().into(), far.into(), message.message.to_string().into()]);
    app.store.write(batch).await.unwrap();
}

pub(crate) async fn cancel(app: &TestApp, visit: &Visit) {
    app.command(visit.id, Command::Cancel { by: app.hospital.doctor.operator() }).await.unwrap();
}

async fn book_by_clerk(app: &TestApp) {
    let booking = app.booking(REPORT);
    app.hub.book(app.hospital.clerk.operator(), CommandId::mint(), &booking).await.unwrap();
}

/// What the page that a redirect leads to says on top.
pub(crate) async fn said(browser: &crate::browser::Browser, answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.body);
    browser.get(answer.header("location")).await.body
}

#[tokio::test]
async fn a_list_is_of_one_day_and_of_those_that_were_asked_for() {
    on_each_with(through_twilio, async |app| {
        let today = app.book(REPORT).await;
        let tomorrow = app.book(REPORT.in_minutes(60 * 26)).await;
        set(app, &newest(app, &today).await, MessageStatus::Failed).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let rows = async |query: &str| {
            clerk.get(&format!("/messages?{query}")).await.body.matches("<li class=\"sent-message\" id").count()
        };
        // Two links now, two dates of tomorrow's visit, and tomorrow two links.
        assert_eq!(rows("").await, 4);
        assert_eq!(rows("show=trouble").await, 1);
        assert_eq!(rows("show=waiting").await, 3);
        assert_eq!(rows("show=coming").await, 2, "reminders of tomorrow's visit");
        assert_eq!(rows("day=2026-11-24&show=coming").await, 4, "its links, and who is missed");
        assert_eq!(rows("day=2026-11-24").await, 0, "nothing of it was due by now");
        assert_eq!(rows("day=2026-11-22").await, 0);
        assert_eq!(rows("day=yesterday&show=everything&page=-1").await, 4, "what nobody can read counts as not said");
        cancel(app, &tomorrow).await;
        assert_eq!(rows("day=2026-11-24&show=withdrawn").await, 4);
    })
    .await;
}

#[tokio::test]
async fn clerks_may_look_at_those_of_visits_they_opened_and_others_at_their_own_only() {
    on_each(async |app| {
        app.book(REPORT).await;
        let rows = async |member, query: &str| {
            let browser = app.sign_in(member).await;
            browser.get(&format!("/messages{query}")).await.body.matches("<li class=\"sent-message\" id").count()
        };
        assert_eq!(rows(&app.hospital.clerk, "").await, 2);
        assert_eq!(rows(&app.hospital.doctor, "").await, 2);
        assert_eq!(rows(&app.hospital.other_doctor, "").await, 0);
        assert_eq!(rows(&app.hospital.other_doctor, "?whose=mine").await, 0);
        let mut batch = Batch::new();
        batch.run("UPDATE consultations SET created_by = $1", vec![app.hospital.admin.id.to_string().into()]);
        app.store.write(batch).await.unwrap();
        assert_eq!(rows(&app.hospital.clerk, "?whose=mine").await, 0);
        book_by_clerk(app).await;
        assert_eq!(rows(&app.hospital.clerk, "?whose=mine").await, 2);
        assert_eq!(rows(&app.hospital.clerk, "").await, 4);
    })
    .await;
}

#[tokio::test]
async fn a_long_list_has_pages() {
    on_each(async |app| {
        for _ in 0..26 {
            app.book(REPORT).await;
        }
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let first = clerk.get("/messages").await.body;
        let second = clerk.get("/messages?page=2").await.body;
        let count = |page: &str| page.matches("<li class=\"sent-message\" id").count();
        assert_eq!((count(&first), count(&second)), (50, 2));
        assert!(first.contains("page=2") && !second.contains("page=3"));
    })
    .await;
}

#[tokio::test]
async fn a_slip_holds_the_code_and_plain_steps_in_the_familys_language_once_the_link_is_open() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let coming = app.book(REPORT.in_minutes(120)).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let slip = doctor.get(&format!("/messages/{}/slip", newest(app, &visit).await.message)).await;
        assert_eq!(slip.status, 200);
        for part in [visit.links[0].as_str(), "role=\"img\"", "Abra la cámara de su teléfono", "<article lang=\"es\">"]
        {
            assert!(slip.body.contains(part), "{part}: {}", slip.body);
        }
        assert!(!slip.body.contains("Informe"), "never what the visit is about");
        let early = doctor.get(&format!("/messages/{}/slip", newest(app, &coming).await.message)).await;
        assert_eq!(early.status, 404, "its link has not opened");
    })
    .await;
}

/// The page's row of a message.
async fn row(browser: &crate::browser::Browser, message: &Rendered) -> String {
    let page = browser.get("/messages").await.body;
    let (_, row) = page.split_once(&format!("id=\"message-{}\"", message.message)).unwrap();
    row.split("</li>").next().unwrap().to_owned()
}

#[tokio::test]
async fn what_nobody_sends_is_noted_as_shown_once_and_not_in_a_visit_that_is_called_off() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let [rosa, julian] = [0, 1].map(|place| visit.seat(place));
        let all = messages_of(&app.store, &app.messages, &app.hospital.clerk).await;
        let [rosa, julian] = [rosa, julian].map(|seat| all.iter().find(|message| message.participant == seat).unwrap());
        for message in &all {
            set(app, message, MessageStatus::Sent).await;
        }
        let clerk = app.sign_in(&app.hospital.clerk).await;
        assert!(row(&clerk, rosa).await.contains("Ya avisé"));
        let path = format!("/messages/{}/showings", rosa.message);
        for _ in 0..2 {
            let answer = clerk.post_page(&path, &[("list", "day=2026-11-23&show=away")]).await;
            let row = format!("/messages?day=2026-11-23&show=away#message-{}", rosa.message);
            assert_eq!(answer.header("location"), row, "where they were");
            assert!(said(&clerk, &answer).await.contains("El mensaje está anotado como mostrado."));
        }
        let shown = row(&clerk, rosa).await;
        assert!(shown.contains(">Mostrado<") && !shown.contains("Ya avisé"), "{shown}");
        assert!(row(&clerk, julian).await.contains(">Por mostrar<"), "nobody else's");

        cancel(app, &visit).await;
        let withdrawn = row(&clerk, julian).await;
        assert!(withdrawn.contains(">Retirado<") && withdrawn.contains("previsto:"), "{withdrawn}");
        assert!(row(&clerk, rosa).await.contains(">Mostrado<"), "what was shown was shown");
        let over = clerk.post_page(&format!("/messages/{}/showings", julian.message), &[]).await;
        assert!(said(&clerk, &over).await.contains("Ese mensaje ya no hay que mostrarlo."));
        assert!(row(&clerk, julian).await.contains(">Retirado<"));
        let all = messages_of(&app.store, &app.messages, &app.hospital.clerk).await;
        let notice = all.iter().find(|message| message.template == Template::Cancelled).unwrap();
        set(app, notice, MessageStatus::Sent).await;
        assert!(row(&clerk, notice).await.contains("Ya avisé"), "somebody has to tell them");
        let visit = clerk.get(&format!("/consultations/{}", visit.id)).await.body;
        assert!(visit.contains("Ya no se le espera") && !visit.contains("No llegó"), "nobody missed it: {visit}");
    })
    .await;
}

#[tokio::test]
async fn whoever_has_come_was_told_and_who_has_not_need_not_be_once_it_is_over() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let all = messages_of(&app.store, &app.messages, &app.hospital.clerk).await;
        for message in &all {
            set(app, message, MessageStatus::Sent).await;
        }
        let of = |seat| all.iter().find(|message| message.participant == seat).unwrap();
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let mut board = clerk.socket("/board/socket").await.unwrap();
        board.expect("snapshot").await;
        app.enter(&visit.links[0]).await;
        let is_told = |seat: &serde_json::Value| seat["standing"] == "waiting" && seat["delivery"] == "delivered";
        let came = |message: &serde_json::Value| {
            message["card"]["seats"].as_array().is_some_and(|all| all.iter().any(is_told))
        };
        board.until_it(came).await;
        assert!(row(&clerk, of(visit.seat(0))).await.contains(">Mostrado<"));
        assert!(row(&clerk, of(visit.seat(1))).await.contains(">Por mostrar<"));
        let live = app.hub.visit(visit.id).await.unwrap();
        let card = live.send(ShowCard(Side::Conducts)).await.unwrap();
        let delivery = |seat| card.seats.iter().find(|shown| shown.id == seat).unwrap().delivery;
        assert_eq!((delivery(visit.seat(0)), delivery(visit.seat(1))), (CardDelivery::Delivered, CardDelivery::ByHand));

        let by = app.hospital.doctor.operator();
        app.command(visit.id, Command::ResendLink { by, participant: visit.seat(1) }).await.unwrap();
        let withdrawn = row(&clerk, of(visit.seat(1))).await;
        assert!(withdrawn.contains(">Retirado<"), "the newer one is shown: {withdrawn}");

        let other = app.book(REPORT).await;
        let message = newest(app, &other).await;
        set(app, &message, MessageStatus::Sent).await;
        app.start(&other).await;
        app.command(other.id, Command::End { by }).await.unwrap();
        let over = row(&clerk, &message).await;
        assert!(over.contains(">Retirado<") && !over.contains("Ya avisé"), "{over}");
    })
    .await;
}

#[tokio::test]
async fn a_message_is_shown_as_it_went_or_not_at_all() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT.in_minutes(120)).await;
        let all = messages_of(&app.store, &app.messages, &app.hospital.clerk).await;
        let is_date = |message: &Rendered| message.participant == visit.seat(0) && message.template == Template::Booked;
        let message = all.into_iter().find(is_date).unwrap();
        let stored = outbox::find(&app.store, message.message).await.unwrap().unwrap();
        let text = app.messages.written(&stored).text;
        let mut batch = Batch::new();
        let sql = "UPDATE outbox SET status = 'delivered', provider_id = 'SM1', handed_at = $1, sent_to = $2, \
                   handed_digest = $3 WHERE id = $4";
        let went = digest(&text);
        let values = vec![app.now().into(), ROSA.into(), went.as_slice().into(), message.message.to_string().into()];
        batch.run_on_one(sql, values);
        app.store.write(batch).await.unwrap();
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let as_it_went = row(&clerk, &message).await;
        assert!(as_it_went.contains(&text) && as_it_went.contains(ROSA), "{as_it_went}");

        let mut batch = Batch::new();
        let other = vec![OTHER.into(), visit.seat(0).to_string().into()];
        batch.run_on_one("UPDATE participants SET phone = $1 WHERE id = $2", other);
        batch.run("UPDATE consultations SET starts_at = starts_at + 3600000000", vec![]);
        app.store.write(batch).await.unwrap();
        let changed = row(&clerk, &message).await;
        assert!(changed.contains("Salió con otro texto") && !changed.contains("11:00"), "{changed}");
        assert!(changed.contains(&format!(">{ROSA}<")) && !changed.contains(&format!(">{OTHER}<")), "{changed}");
    })
    .await;
}
