//! What staff see of messages: on the card at once, and on the Messages page with what to do about it.

use antesala::domain::ids::CommandId;
use antesala::domain::message::MessageStatus;
use antesala::hub::consultation::{Refresh, ShowCard};
use antesala::protocol::board::{CardDelivery, Side};
use antesala::store::outbox::deliveries::{Correspondence, Deliveries, Delivery};
use antesala::store::outbox::queue::{self, Taken};
use antesala::store::scope::Scope;
use jiff::SignedDuration;

use super::callbacks::{link, signed, through_twilio};
use crate::app::{TestApp, on_each, on_each_with};
use crate::hospital::{REPORT, Visit};
use crate::inbox::rows_of;
use crate::twilio::NUMBER;

const ROSA: &str = "+525512345602";

#[tokio::test]
async fn what_was_read_earlier_and_told_later_is_no_news() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let (rosa, live) = (visit.seat(0), app.hub.visit(visit.id).await.unwrap());
        let with = |status| {
            let latest = Some(Delivery { status, has_left: true });
            Deliveries::from([(rosa, Correspondence { latest, ..Correspondence::default() })])
        };
        // Later than whatever the worker tells meanwhile.
        let (earlier, later) = (u64::MAX - 1, u64::MAX);
        live.do_send(Refresh { ticket: later, deliveries: with(MessageStatus::Delivered) });
        live.do_send(Refresh { ticket: earlier, deliveries: with(MessageStatus::Accepted) });
        let card = live.send(ShowCard(Side::Conducts)).await.unwrap();
        let seat = card.seats.iter().find(|seat| seat.id == rosa).unwrap();
        assert_eq!(seat.delivery, CardDelivery::Delivered);
    })
    .await;
}

/// Twilio reports on the visit's first message.
async fn report(app: &TestApp, visit: &Visit, status: &str, code: &str) {
    let path = format!("/callbacks/twilio/status?message={}", link(app, visit).await.id);
    let form = [("MessageSid", "SM1"), ("MessageStatus", status), ("ErrorCode", code)];
    assert_eq!(signed(app, &path, &form).await.status, 200);
}

async fn rosa_says(app: &TestApp, sid: &str, text: &str) {
    let form = [("MessageSid", sid), ("From", ROSA), ("To", NUMBER), ("Body", text)];
    assert_eq!(signed(app, "/callbacks/twilio/inbound", &form).await.status, 200);
}

#[tokio::test]
async fn a_report_is_on_the_card_at_once() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let mut board = doctor.socket("/board/socket").await.unwrap();
        board.expect("snapshot").await;
        for (status, code, shown) in [("undelivered", "30003", "undelivered"), ("delivered", "0", "delivered")] {
            report(app, &visit, status, code).await;
            board.until_it(|told| told["card"]["seats"][1]["delivery"] == shown).await;
            let page = doctor.get("/board").await.body;
            assert_eq!(page.contains(&format!("llame al {ROSA}")), shown == "undelivered", "{shown}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_page_says_why_a_message_did_not_arrive_and_whom_to_call() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT).await;
        report(app, &visit, "failed", "30007").await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let failed = clerk.get("/messages?show=trouble").await.body;
        for part in [
            "La compañía telefónica lo bloqueó.",
            "Código del proveedor: 30007",
            &format!("href=\"tel:{ROSA}\""),
            &format!("Llame al {ROSA}"),
        ] {
            assert!(failed.contains(part), "{part}");
        }
        assert!(!failed.contains("+525512345603"), "Julián's did not fail");
        assert!(!failed.contains("Aún nada sale de este servidor"));
    })
    .await;
}

#[tokio::test]
async fn what_a_family_answers_is_on_the_page_of_those_it_concerns() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT).await;
        // Handed over, and what became of it is not known yet.
        handed_over(app, &visit).await;
        rosa_says(app, "SM7", "Llego tarde <b>10</b> min").await;
        rosa_says(app, "SM7", "Llego tarde <b>10</b> min").await;
        for (member, reads) in
            [(&app.hospital.doctor, true), (&app.hospital.clerk, true), (&app.hospital.other_doctor, false)]
        {
            let page = app.sign_in(member).await.get("/messages").await.body;
            let times = page.matches("Llego tarde &lt;b&gt;10&lt;/b&gt; min").count();
            assert_eq!(times, usize::from(reads), "{}", member.name);
        }
    })
    .await;
}

pub(crate) async fn handed_over(app: &TestApp, visit: &Visit) {
    let sql = "UPDATE outbox SET handed_at = $1, sent_to = $2, status = 'accepted' WHERE participant_id = $3";
    let mut batch = antesala::store::Batch::new();
    batch.run_on_one(sql, vec![app.now().into(), ROSA.into(), visit.seat(0).to_string().into()]);
    app.store.write(batch).await.unwrap();
}

#[tokio::test]
async fn who_opted_out_is_written_to_no_more_and_the_card_says_to_call() {
    on_each_with(through_twilio, async |app| {
        rosa_says(app, "SM1", "ALTO").await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let mut board = clerk.socket("/board/socket").await.unwrap();
        board.expect("snapshot").await;
        let visit = app.book(REPORT).await;
        board.until_it(|told| told["card"]["seats"][1]["delivery"] == "opted_out").await;
        // The card knows before the worker has looked at the message.
        board.until_so(async || link(app, &visit).await.status == MessageStatus::Failed).await;
        assert_eq!(link(app, &visit).await.tries, 0);
        let page = clerk.get("/visits").await.body;
        assert!(page.contains(&format!("pidió no recibir mensajes: llame al {ROSA}")));
    })
    .await;
}

#[tokio::test]
async fn whoever_sends_a_link_again_and_again_waits_twice_as_long_each_time() {
    on_each_with(through_twilio, async |app| press_again_and_again(app, async |_| {}).await).await;
    // A link that waits to be shown gives way to the next one, and was asked for all the same.
    on_each(async |app| press_again_and_again(app, leave_to_be_shown).await).await;
}

async fn press_again_and_again(app: &TestApp, meanwhile: impl AsyncFn(&TestApp)) {
    let visit = app.book(REPORT).await;
    let clerk = app.sign_in(&app.hospital.clerk).await;
    let (path, rosa) = (visit.path("links"), visit.seat(0).to_string());
    let press = async |command: &str| {
        meanwhile(app).await;
        clerk.post(&path, &[("again", &rosa), ("command", command)]).await
    };
    let (first, second, third) = (command(), command(), command());
    assert_eq!(press(&first).await.status, 200);
    let refused = press(&second).await;
    assert_eq!(refused.status, 409, "{}", refused.body);
    assert!(refused.body.contains("09:00"), "it says when: {}", refused.body);
    assert_eq!(press(&first).await.status, 200, "a lost answer is answered again");
    app.later(SignedDuration::from_secs(31));
    assert_eq!(press(&second).await.status, 200);
    app.later(SignedDuration::from_secs(31));
    assert_eq!(press(&third).await.status, 409, "a minute now");
    app.later(SignedDuration::from_secs(31));
    assert_eq!(press(&third).await.status, 200);
    assert_eq!(app.count(visit.id, "link_resent").await, 3);
}

/// As the worker does, sooner or later.
async fn leave_to_be_shown(app: &TestApp) {
    for message in rows_of(&app.store, Scope::Clinic).await {
        queue::taken(&app.store, message.id, &Taken::shown(), app.now()).await.unwrap();
    }
}

#[tokio::test]
async fn what_never_leaves_the_house_is_said_to_be_shown_and_never_to_be_sent() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        leave_to_be_shown(app).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        for (path, part) in [
            ("/messages?show=away", "class=\"sending sent\">Por mostrar<"),
            ("/messages", ">Por mostrar <span class=\"count\" id=\"count-away\">2<"),
            ("/board", "data-delivery=\"by_hand\""),
            (&format!("/consultations/{}", visit.id), "Mensaje con el enlace: Por mostrar"),
        ] {
            let page = doctor.get(path).await.body;
            assert!(page.contains(part), "{part} in {path}: {page}");
            assert!(!page.contains(">Enviado") && !page.contains("enlace enviado"), "{path}: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_provider_has_is_said_to_be_sent() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT).await;
        report(app, &visit, "sent", "0").await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        assert!(doctor.get("/messages").await.body.contains("class=\"sending sent\">Enviado<"));
        assert!(doctor.get("/board").await.body.contains("data-delivery=\"sent\""));
        assert!(doctor.get(&format!("/consultations/{}", visit.id)).await.body.contains("enlace: Enviado"));
    })
    .await;
}

/// Asks for a link once more by script, and by plain form until the flash says so.
async fn confirmed(app: &TestApp, sentence: &str) {
    let visit = app.book(REPORT).await;
    let doctor = app.sign_in(&app.hospital.doctor).await;
    let (path, rosa, command) = (visit.path("links"), visit.seat(0).to_string(), command());
    let form = [("again", rosa.as_str()), ("command", &command), ("from", "board")];
    let told: serde_json::Value = serde_json::from_str(&doctor.post(&path, &form).await.body).unwrap();
    assert_eq!(told["sentence"], sentence);
    let answer = doctor.post_page(&path, &form).await;
    assert!(doctor.get(answer.header("location")).await.body.contains(sentence));
}

#[tokio::test]
async fn sending_a_link_again_is_confirmed_to_scripts_and_on_the_page() {
    on_each_with(through_twilio, async |app| confirmed(app, "El enlace se enviará otra vez.").await).await;
    on_each(async |app| confirmed(app, "El enlace está listo. Muéstrelo desde la página Mensajes.").await).await;
}

pub(crate) fn command() -> String {
    CommandId::mint().to_string()
}

#[tokio::test]
async fn what_a_family_answers_is_on_the_card_at_once() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT).await;
        handed_over(app, &visit).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let mut board = doctor.socket("/board/socket").await.unwrap();
        board.expect("snapshot").await;
        for (sid, text) in [("SM1", "uno"), ("SM2", "dos"), ("SM3", "Llego tarde <b>10</b> min"), ("SM4", "cuatro")] {
            rosa_says(app, sid, text).await;
        }
        let told = board.until_it(|told| told["card"]["seats"][1]["replies"][2]["text"] == "cuatro").await;
        assert_eq!(told["card"]["seats"][1]["replies"][0]["text"], "dos", "the last three");
        assert_eq!(told["card"]["seats"][2]["replies"].as_array().unwrap().len(), 0, "Julián said nothing");
        for path in ["/board", &format!("/consultations/{}", visit.id)] {
            let page = doctor.get(path).await.body;
            assert!(page.contains("<q>Llego tarde &lt;b&gt;10&lt;/b&gt; min</q>"), "{path}: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn stop_is_on_every_card_of_that_number_and_start_takes_it_back() {
    on_each_with(through_twilio, async |app| {
        let visits = [app.book(REPORT).await, app.book(REPORT.in_minutes(120)).await];
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let mut board = clerk.socket("/board/socket").await.unwrap();
        board.expect("snapshot").await;
        for (sid, word, is_stopped) in [("SM1", "ALTO", true), ("SM2", "ALTA", false)] {
            rosa_says(app, sid, word).await;
            for visit in &visits {
                let id = visit.id.to_string();
                let is_told = |told: &serde_json::Value| {
                    told["card"]["consultation"] == id.as_str()
                        && (told["card"]["seats"][1]["delivery"] == "opted_out") == is_stopped
                };
                board.until_it(is_told).await;
            }
            let page = clerk.get("/visits").await.body;
            let sentence = format!("pidió no recibir mensajes: llame al {ROSA}");
            assert_eq!(page.matches(&sentence).count(), if is_stopped { 2 } else { 0 }, "{word}");
            assert!(!page.contains(&format!("<q>{word}</q>")), "a word that only stops is no answer to read");
        }
    })
    .await;
}
