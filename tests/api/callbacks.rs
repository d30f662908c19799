//! What providers report by themselves: believed for its signature or its address, applied once, and never backwards.

use antesala::config::{Settings, SmsProvider};
use antesala::domain::message::MessageStatus;
use antesala::store::opt_outs;
use antesala::store::outbox::{self, StoredMessage};
use reqwest::Method;

use crate::app::{TestApp, on_each_with};
use crate::browser::{Answer, answer};
use crate::hospital::{REPORT, Visit};
use crate::twilio::{ACCOUNT, NUMBER, TOKEN, signature};

/// A port where nobody listens: what is sent stays pending while reports come in.
const NOWHERE: &str = "http://127.0.0.1:1";

pub(crate) fn through_twilio(settings: &mut Settings) {
    settings.sending.sms = SmsProvider::Twilio;
    settings.sending.twilio.account_sid = Some(ACCOUNT.to_owned());
    settings.sending.twilio.auth_token = Some(TOKEN.into());
    settings.sending.twilio.from = Some(NUMBER.to_owned());
    settings.sending.twilio.url = NOWHERE.to_owned();
}

fn behind_a_proxy(settings: &mut Settings) {
    through_twilio(settings);
    settings.public_url = Some("https://video.hospital.example".parse().unwrap());
}

pub(crate) fn through_gateway(settings: &mut Settings) {
    settings.sending.sms = SmsProvider::Http;
    settings.sending.gateway.url = Some(NOWHERE.to_owned());
    settings.sending.gateway.username = Some("hospital".to_owned());
    settings.sending.gateway.password = Some("password".into());
    settings.link_key = Some("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8".into());
}

/// Posts a form as Twilio does, with a signature.
async fn post(app: &TestApp, path: &str, form: &[(&str, &str)], signature: &str) -> Answer {
    let request = app.browser().request(Method::POST, path).header("user-agent", "TwilioProxy/1.1");
    answer(request.header("x-twilio-signature", signature).form(form)).await
}

pub(crate) async fn signed(app: &TestApp, path: &str, form: &[(&str, &str)]) -> Answer {
    post(app, path, form, &signature(&format!("{}{path}", app.origin), form)).await
}

/// The link of the visit's first guest.
pub(crate) async fn link(app: &TestApp, visit: &Visit) -> StoredMessage {
    let sql = "SELECT id FROM outbox WHERE participant_id = $1";
    let rows = app.store.read(sql, vec![visit.seat(0).to_string().into()]).await.unwrap();
    let id = rows[0].text(0).unwrap().parse().unwrap();
    outbox::find(&app.store, id).await.unwrap().unwrap()
}

fn status<'a>(sid: &'a str, status: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("AccountSid", ACCOUNT),
        ("MessageSid", sid),
        ("MessageStatus", status),
        ("From", NUMBER),
        ("To", "+525512345602"),
        ("ApiVersion", "2010-04-01"),
        ("SomethingNew", "that nobody knows yet"),
    ]
}

#[tokio::test]
async fn signed_reports_move_a_message_on_and_never_back() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT).await;
        let message = link(app, &visit).await;
        let path = format!("/callbacks/twilio/status?message={}", message.id);
        // In the wrong order, some of them twice.
        let course = [
            ("sent", MessageStatus::Sent),
            ("queued", MessageStatus::Sent),
            ("teleported", MessageStatus::Sent),
            ("delivered", MessageStatus::Delivered),
            ("sent", MessageStatus::Delivered),
            ("undelivered", MessageStatus::Delivered),
            ("delivered", MessageStatus::Delivered),
        ];
        for (word, expected) in course {
            let answer = signed(app, &path, &status("SM1", word)).await;
            assert_eq!((answer.status, answer.header("content-type")), (200, "text/xml; charset=utf-8"), "{word}");
            assert!(answer.body.ends_with("<Response/>"), "{}", answer.body);
            assert!(!answer.headers.contains_key("set-cookie"), "{word}");
            assert_eq!(link(app, &visit).await.status, expected, "{word}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_report_without_a_genuine_signature_changes_nothing() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT).await;
        let before = link(app, &visit).await.status;
        let path = format!("/callbacks/twilio/status?message={}", link(app, &visit).await.id);
        let form = status("SM1", "delivered");
        let right = signature(&format!("{}{path}", app.origin), &form);
        let other_form = signature(&format!("{}{path}", app.origin), &status("SM1", "sent"));
        let other_place = signature(&format!("https://evil.example{path}"), &form);
        for wrong in ["", "AAAA", &right[1..], &other_form, &other_place] {
            for path in [&path, "/callbacks/twilio/inbound"] {
                assert_eq!(post(app, path, &form, wrong).await.status, 403, "{wrong}");
            }
        }
        let unsigned = answer(app.browser().request(Method::POST, &path).form(&form)).await;
        assert_eq!(unsigned.status, 403);
        assert_ne!(link(app, &visit).await.status, MessageStatus::Delivered);
        assert!(!before.is_settled());
        assert_eq!(post(app, &path, &form, &right).await.status, 200);
        assert_eq!(post(app, "/callbacks/sms/anything", &form, &right).await.status, 404, "no gateway here");
    })
    .await;
}

#[tokio::test]
async fn behind_a_proxy_the_public_address_is_what_was_signed() {
    on_each_with(behind_a_proxy, async |app| {
        let visit = app.book(REPORT).await;
        let path = format!("/callbacks/twilio/status?message={}", link(app, &visit).await.id);
        for (word, origin) in
            [("sent", "https://video.hospital.example"), ("delivered", "https://video.hospital.example:443")]
        {
            let form = status("SM1", word);
            let answer = post(app, &path, &form, &signature(&format!("{origin}{path}"), &form)).await;
            assert_eq!(answer.status, 200, "{origin}");
            assert_eq!(link(app, &visit).await.status.as_str(), word, "{origin}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_answers_stop_is_left_alone_until_they_answer_start() {
    on_each_with(through_twilio, async |app| {
        let rosa = "+525512345602";
        let stopped = async || opt_outs::since(&app.store, &rosa.parse().unwrap()).await.unwrap().is_some();
        let says = async |sid: &str, text: &str, more: &[(&str, &str)]| {
            let mut form = vec![("MessageSid", sid), ("From", rosa), ("To", NUMBER), ("Body", text), ("NumMedia", "0")];
            form.extend(more);
            assert_eq!(signed(app, "/callbacks/twilio/inbound", &form).await.status, 200, "{text}");
        };
        for (turn, (stop, start)) in
            [("STOP", "START"), ("alto", "Alta"), ("Baja.", "iniciar"), ("PARAR", "voltar"), ("Sair", "começar")]
                .into_iter()
                .enumerate()
        {
            says(&format!("SM1{turn}"), stop, &[]).await;
            assert!(stopped().await, "{stop}");
            says(&format!("SM2{turn}"), start, &[]).await;
            assert!(!stopped().await, "{start}");
        }
        says("SM3", "Vamos tarde, 10 minutos", &[]).await;
        assert!(!stopped().await);
        says("SM4", "Cancelar", &[("OptOutType", "STOP")]).await;
        assert!(stopped().await, "Twilio keeps a list of its own");
        says("SM5", "", &[("SomethingNew", "1")]).await;
    })
    .await;
}

#[tokio::test]
async fn stop_counts_in_whichever_spelling_the_number_comes() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT).await;
        let says = async |sid: &str, from: &str, text: &str| {
            let form = [("MessageSid", sid), ("From", from), ("To", NUMBER), ("Body", text)];
            assert_eq!(signed(app, "/callbacks/twilio/inbound", &form).await.status, 200, "{from}");
        };
        let stopped = async |number: &str| {
            let number = number.parse().unwrap();
            opt_outs::since(&app.store, &number).await.unwrap().is_some()
        };
        let mut batch = antesala::store::Batch::new();
        let sql = "UPDATE outbox SET handed_at = $1, sent_to = $2, status = 'accepted' WHERE participant_id = $3";
        let seat = visit.seat(0).to_string();
        batch.run_on_one(sql, vec![app.now().into(), "+525512345602".into(), seat.as_str().into()]);
        app.store.write(batch).await.unwrap();
        let (rosa, old) = ("+525512345602", "whatsapp:+5215512345602");
        says("SM1", old, "ALTO").await;
        assert!(stopped(rosa).await, "as we write to it");
        says("SM2", rosa, "ALTA").await;
        assert!(!stopped(rosa).await && !stopped("+5215512345602").await);
        says("SM3", "whatsapp:+551187654321", "PARAR").await;
        assert!(stopped("+5511987654321").await && stopped("+551187654321").await);
        says("SM4", old, "Llego tarde").await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let page = clerk.get("/messages").await.body;
        assert!(page.contains("Llego tarde"), "with the visit it is about: {page}");
        assert!(!page.contains("+5215512345602"), "under the number that is called");
    })
    .await;
}

#[tokio::test]
async fn a_gateways_report_is_believed_at_one_address_only() {
    on_each_with(through_gateway, async |app| {
        let visit = app.book(REPORT).await;
        let message = link(app, &visit).await;
        let secret = app.callback_secret();
        let post = async |secret: &str, form: &[(&str, &str)]| {
            let path = format!("/callbacks/sms/{secret}?message={}", message.id);
            answer(app.browser().request(Method::POST, &path).form(form)).await
        };
        let delivered = [("id", "07033084-5cfd"), ("message_status", "DELIVRD"), ("level", "2"), ("err", "000")];
        for wrong in ["", "x", &secret[1..], &secret.to_uppercase()] {
            assert_eq!(post(wrong, &delivered).await.status, 404, "{wrong}");
        }
        assert!(!link(app, &visit).await.status.is_settled());
        for (form, expected) in [
            (&[("id", "07033084-5cfd"), ("message_status", "ESME_ROK"), ("level", "1")][..], MessageStatus::Sent),
            (&delivered, MessageStatus::Delivered),
            (&[("id", "07033084-5cfd"), ("message_status", "UNDELIV")], MessageStatus::Delivered),
            (&[("id", "07033084-5cfd"), ("message_status", "NEW_WORD")], MessageStatus::Delivered),
            (&[("something", "else")], MessageStatus::Delivered),
        ] {
            let answer = post(&secret, form).await;
            assert_eq!((answer.status, answer.body.as_str()), (200, "ACK/Jasmin"), "{form:?}");
            assert_eq!(link(app, &visit).await.status, expected, "{form:?}");
        }
        let stop = [("id", "0703-mo"), ("from", "525512345602"), ("to", "12345"), ("content", "ALTO")];
        assert_eq!(post(&secret, &stop).await.body, "ACK/Jasmin");
        let rosa = "+525512345602".parse().unwrap();
        assert!(opt_outs::since(&app.store, &rosa).await.unwrap().is_some());
    })
    .await;
}
