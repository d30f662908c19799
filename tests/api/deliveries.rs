//! What staff see of messages: on the card at once, and on the Messages page with what to do about it.

use antesala::domain::ids::CommandId;
use antesala::domain::message::MessageStatus;
use jiff::SignedDuration;

use super::callbacks::{link, signed, through_twilio};
use crate::app::{TestApp, on_each, on_each_with};
use crate::hospital::{REPORT, Visit};
use crate::twilio::NUMBER;

const ROSA: &str = "+525512345602";

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

async fn handed_over(app: &TestApp, visit: &Visit) {
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
        let message = link(app, &visit).await;
        assert_eq!((message.status, message.tries), (MessageStatus::Failed, 0));
        let page = clerk.get("/visits").await.body;
        assert!(page.contains(&format!("pidió no recibir mensajes: llame al {ROSA}")));
    })
    .await;
}

#[tokio::test]
async fn the_days_limit_raises_an_alarm_on_the_page() {
    fn little(settings: &mut antesala::config::Settings) {
        through_twilio(settings);
        settings.sending.sms_daily_limit = 1;
    }
    on_each_with(little, async |app| {
        let visit = app.book(REPORT).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        assert!(!clerk.get("/messages").await.body.contains("role=\"alert\""));
        handed_over(app, &visit).await;
        let mut batch = antesala::store::Batch::new();
        let spent = vec![visit.seat(0).to_string().into()];
        batch.run_on_one("UPDATE outbox SET segments = 1 WHERE participant_id = $1", spent);
        app.store.write(batch).await.unwrap();
        let page = clerk.get("/messages").await.body;
        assert!(page.contains("Se alcanzó el límite de mensajes de hoy (1)."), "{page}");
    })
    .await;
}

#[tokio::test]
async fn whoever_sends_a_link_again_and_again_waits_twice_as_long_each_time() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let (path, rosa) = (visit.path("links"), visit.seat(0).to_string());
        let press = async |command: &str| clerk.post(&path, &[("again", &rosa), ("command", command)]).await;
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
    })
    .await;
}

fn command() -> String {
    CommandId::mint().to_string()
}
