//! What staff do on the *Messages* page where a message did not arrive: send it again, or to another number.

use antesala::domain::ids::CommandId;
use antesala::domain::message::{MessageStatus, Template};
use antesala::domain::person::Phone;
use antesala::messages::Rendered;
use antesala::store::patients::{self, Filed};
use antesala::store::{Batch, outbox};
use jiff::SignedDuration;

use crate::app::on_each_with;
use crate::callbacks::through_twilio;
use crate::hospital::REPORT;
use crate::inbox::messages_of;
use crate::messages_page::{OTHER, ROSA, cancel, newest, said, set};

fn command() -> String {
    CommandId::mint().to_string()
}

#[tokio::test]
async fn a_link_is_sent_again_once_for_each_form_and_the_next_time_it_says_how_long_to_wait() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT).await;
        let message = newest(app, &visit).await;
        set(app, &message, MessageStatus::Undelivered).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let page = doctor.get("/messages?show=trouble").await.body;
        assert!(page.contains("Enviar otra vez") && page.contains(&format!("tel:{ROSA}")), "{page}");
        let form = command();
        let path = format!("/messages/{}/repeats", message.message);
        let press = async |form: &str| {
            doctor.post_page(&path, &[("command", form), ("list", "day=2026-11-23&show=trouble")]).await
        };
        let answer = press(&form).await;
        assert_eq!(answer.header("location"), "/messages?day=2026-11-23&show=trouble");
        assert!(said(&doctor, &answer).await.contains("El mensaje sale otra vez."));
        assert!(said(&doctor, &press(&form).await).await.contains("El mensaje sale otra vez."), "the same form");
        assert_eq!(app.count(visit.id, "link_resent").await, 1);
        let refused = said(&doctor, &press(&command()).await).await;
        assert!(refused.contains("Puede enviarlo otra vez a las 09:00 (en 1 min)"), "{refused}");
        let page = doctor.get("/messages?show=trouble").await.body;
        assert!(page.contains("Se puede enviar otra vez a las 09:00 (en 1 min)"), "{page}");
        assert_eq!(app.count(visit.id, "link_resent").await, 1);
        app.later(SignedDuration::from_secs(31));
        assert!(said(&doctor, &press(&command()).await).await.contains("El mensaje sale otra vez."));
        assert_eq!(app.count(visit.id, "link_resent").await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_again_is_looked_for_no_longer_so_that_it_cannot_come_twice() {
    on_each_with(through_twilio, async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        for (plan, first) in [(REPORT, Template::Link), (REPORT.in_minutes(120), Template::Booked)] {
            let visit = app.book(plan).await;
            let all = messages_of(&app.store, &app.messages, &app.hospital.clerk).await;
            let of_rosa = |message: &&Rendered| message.participant == visit.seat(0);
            let message = all.iter().filter(of_rosa).find(|message| message.template == first).unwrap();
            set(app, message, MessageStatus::Unknown).await;
            let mut batch = Batch::new();
            let handed = vec![app.now().into(), message.message.to_string().into()];
            batch.run_on_one("UPDATE outbox SET handed_at = $1 WHERE id = $2", handed);
            app.store.write(batch).await.unwrap();
            let path = format!("/messages/{}/repeats", message.message);
            let answer = clerk.post_page(&path, &[("command", &command())]).await;
            assert!(said(&clerk, &answer).await.contains("El mensaje sale otra vez."));
            let stored = outbox::find(&app.store, message.message).await.unwrap().unwrap();
            assert_eq!(stored.status, MessageStatus::Unknown, "nobody knows");
            assert_eq!(stored.next_try_at.to_string(), "3000-01-01T00:00:00Z", "{first}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_date_that_did_not_arrive_is_sent_again_and_one_that_waits_is_not() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT.in_minutes(120)).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let all = async || {
            let all = messages_of(&app.store, &app.messages, &app.hospital.clerk).await;
            all.into_iter().filter(|message| message.participant == visit.seat(0)).collect::<Vec<_>>()
        };
        let date = all().await.into_iter().find(|message| message.template == Template::Booked).unwrap();
        let path = format!("/messages/{}/repeats", date.message);
        let waits = clerk.post_page(&path, &[("command", &command())]).await;
        assert!(said(&clerk, &waits).await.contains("Ese mensaje saldrá por sí solo."));
        set(app, &date, MessageStatus::Failed).await;
        let form = command();
        for _ in 0..2 {
            let answer = clerk.post_page(&path, &[("command", &form)]).await;
            assert!(said(&clerk, &answer).await.contains("El mensaje sale otra vez."));
        }
        assert_eq!(all().await.iter().filter(|message| message.template == Template::Booked).count(), 2);
        cancel(app, &visit).await;
        let over = clerk.post_page(&path, &[("command", &command())]).await;
        assert!(said(&clerk, &over).await.contains("ya terminó"), "nothing is sent of a visit that is over");
    })
    .await;
}

#[tokio::test]
async fn another_number_for_this_visit_gets_a_new_link_and_the_old_one_dies() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT).await;
        let message = newest(app, &visit).await;
        set(app, &message, MessageStatus::Undelivered).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let path = format!("/messages/{}/number", message.message);
        let form = doctor.get(&path).await.body;
        assert!(form.contains(ROSA) && form.contains("El número cambia solo para esta visita."), "{form}");
        assert!(!form.contains("value=\"record\""), "records are the clerks' business");
        let answer = doctor
            .post_page(&path, &[("command", &command()), ("seen", ROSA), ("phone", OTHER), ("extent", "record")])
            .await;
        let page = said(&doctor, &answer).await;
        assert!(page.contains(&format!("es {OTHER} en esta visita. El mensaje sale ahora.")), "{page}");
        let sent = newest(app, &visit).await;
        assert_eq!((sent.template, sent.phone.unwrap().to_string().as_str()), (Template::NewLink, OTHER));
        assert_eq!(app.count(visit.id, "link_renewed").await, 1);
        assert!(
            !app.browser().get(&visit.links[0]).await.body.contains("Entrar a la sala de espera"),
            "a stranger may hold it"
        );
        let record = patients::find_relative(&app.store, app.hospital.relatives[0].id).await.unwrap().unwrap();
        assert_eq!(record.1.value.phone.to_string(), ROSA, "the record stays");
    })
    .await;
}

#[tokio::test]
async fn another_number_in_the_record_is_known_to_all_visits_to_come() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT.in_minutes(120)).await;
        let other = app.book(REPORT.in_minutes(300)).await;
        let message = newest(app, &visit).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let path = format!("/messages/{}/number", message.message);
        let hidden = clerk.get(&path).await.hidden_fields();
        let rev = hidden.iter().find(|(name, _)| name == "rev").unwrap().1.clone();
        let fields =
            [("command", command()), ("rev", rev), ("phone", OTHER.to_owned()), ("extent", "record".to_owned())];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let page = said(&clerk, &clerk.post_page(&path, &fields).await).await;
        assert!(page.contains(&format!("es {OTHER} en su expediente y sus visitas.")), "{page}");
        let wanted: Phone = OTHER.parse().unwrap();
        for visit in [&visit, &other] {
            let seat = app.stored(visit.id).await.visit.participant(visit.seat(0)).unwrap().clone();
            assert_eq!(seat.phone, Some(wanted.clone()));
        }
        let Some(Filed::Here(_, relatives)) = patients::read(&app.store, app.hospital.patient.id).await.unwrap() else {
            unreachable!("the patient is registered");
        };
        assert!(relatives.iter().any(|relative| relative.value.phone == wanted));
        let late = clerk
            .post_page(
                &path,
                &[("command", &command()), ("rev", "1"), ("phone", "+525512345696"), ("extent", "record")],
            )
            .await;
        assert_eq!(late.status, 422);
        assert!(
            late.body.contains(&format!("Alguien cambió este número mientras tanto. Ahora es {OTHER}.")),
            "{}",
            late.body
        );
        assert!(late.body.contains("<title>Error:"), "{}", late.body);
    })
    .await;
}

#[tokio::test]
async fn a_number_that_cannot_be_written_to_changes_nothing_and_stays_typed() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT).await;
        let message = newest(app, &visit).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let path = format!("/messages/{}/number", message.message);
        let before = app.stored(visit.id).await;
        for (typed, sentence) in
            [("+12125550123", "A números de ese país no se envían mensajes."), ("12", "número"), ("", "número")]
        {
            let refused = clerk.post_page(&path, &[("command", &command()), ("seen", ROSA), ("phone", typed)]).await;
            assert_eq!(refused.status, 422, "{typed}");
            assert!(
                refused.body.contains(sentence) && refused.body.contains(&format!("value=\"{typed}\"")),
                "{}",
                refused.body
            );
        }
        let stale =
            clerk.post_page(&path, &[("command", &command()), ("seen", "+525512345600"), ("phone", OTHER)]).await;
        assert_eq!(stale.status, 422, "somebody changed it since it was seen");
        assert_eq!(app.stored(visit.id).await, before);
    })
    .await;
}
