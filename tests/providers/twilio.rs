//! Through Twilio: what is sent, what is tried again, and what is not.

use std::sync::Arc;
use std::time::Duration;

use antesala::clock::Clock;
use antesala::config::{TwilioChannel, TwilioSettings};
use antesala::domain::message::{MessageStatus, Reason};
use antesala::providers::sms::twilio::Twilio;
use antesala::providers::sms::{ANSWER_WITHIN, Carrier, Verdict};
use antesala::workers::outbox;
use futures_util::future::join_all;

use super::database::{TestStore, stores};
use super::house::{House, now};
use super::twilio::{ACCOUNT, FakeTwilio, KEY, KEY_SECRET, Mood, NUMBER, SERVICE, TOKEN};
use super::{announced, messages_of, opened, settings};

/// What a test changes about right settings.
type Wish = fn(&mut TwilioSettings);

pub(super) const PUBLIC: &str = "https://antesala.example";

pub(super) fn twilio_settings(twilio: &FakeTwilio) -> TwilioSettings {
    TwilioSettings {
        account_sid: Some(ACCOUNT.to_owned()),
        auth_token: Some(TOKEN.into()),
        from: Some(NUMBER.to_owned()),
        url: twilio.url.clone(),
        ..settings().sending.twilio
    }
}

pub(super) fn house(at: &TestStore) -> (House, FakeTwilio) {
    house_with(at, |_| {})
}

pub(super) fn house_with(at: &TestStore, wish: impl FnOnce(&mut TwilioSettings)) -> (House, FakeTwilio) {
    let clock = Clock::manual(now());
    let twilio = FakeTwilio::start(clock.clone());
    let mut settings = twilio_settings(&twilio);
    wish(&mut settings);
    let carrier = Twilio::new(&settings, PUBLIC, ANSWER_WITHIN).unwrap();
    (House::new(at.store.clone(), clock, Arc::new(carrier)), twilio)
}

#[tokio::test]
async fn a_link_is_taken_with_all_that_twilio_wants() {
    for at in stores().await {
        let (house, twilio) = house(&at);
        let booked = opened(&at.store, 1).await;
        assert_eq!(house.work().await, 1);
        let taken = twilio.taken();
        assert_eq!(taken.len(), 1, "{}", at.engine);
        let message = &messages_of(&house, &booked).await[0];
        assert_eq!((taken[0].to.as_str(), taken[0].from.as_str()), ("+525512340001", NUMBER));
        assert_eq!(taken[0].body, house.messages.written(message).text);
        assert_eq!(taken[0].callback, Some(format!("{PUBLIC}/callbacks/twilio/status?message={}", message.id)));
        assert_eq!(taken[0].valid_for, 3600, "as long as the link");
        assert_eq!(taken[0].smart_encoded, "false", "whatever the account is set to");
        assert_eq!((message.status, message.tries), (MessageStatus::Accepted, 1), "{}", at.engine);
        assert_eq!(house.work().await, 0, "{}", at.engine);
        assert_eq!(*house.told.borrow(), [booked.visit.id], "{}", at.engine);
    }
}

#[tokio::test]
async fn an_api_key_and_a_messaging_service_do_as_well() {
    for at in stores().await {
        let (house, twilio) = house_with(&at, |settings| {
            settings.auth_token = None;
            settings.api_key = Some(KEY.to_owned());
            settings.api_secret = Some(KEY_SECRET.into());
            settings.from = None;
            settings.messaging_service = Some(SERVICE.to_owned());
        });
        opened(&at.store, 1).await;
        house.work().await;
        let taken = twilio.taken();
        assert_eq!(taken[0].from, SERVICE, "{}", at.engine);
        assert_eq!(taken[0].callback, None, "what could not be verified is not asked for");
    }
}

#[tokio::test]
async fn what_twilio_will_never_take_fails_at_once() {
    for at in stores().await {
        let cases: [(Wish, Reason, &str); 3] = [
            (|settings| settings.from = Some("+15005550007".to_owned()), Reason::Setup, "21606"),
            (|settings| settings.auth_token = Some("wrong".into()), Reason::Setup, "20003"),
            (|settings| settings.account_sid = Some("AC2".to_owned()), Reason::Setup, "20003"),
        ];
        for (number, (wish, reason, code)) in cases.into_iter().enumerate() {
            let (house, twilio) = house_with(&at, wish);
            let booked = opened(&at.store, number).await;
            house.work().await;
            house.pass(10);
            assert_eq!(house.work().await, 0, "{}: {code} is not tried again", at.engine);
            let message = &messages_of(&house, &booked).await[0];
            assert_eq!((message.status, message.reason), (MessageStatus::Failed, Some(reason)), "{}", at.engine);
            assert_eq!(message.code.as_deref(), Some(code), "{}", at.engine);
            assert!(twilio.taken().is_empty());
        }
        let (house, twilio) = house(&at);
        twilio.opt_out("+525512340009");
        let booked = opened(&at.store, 9).await;
        house.work().await;
        assert_eq!(messages_of(&house, &booked).await[0].reason, Some(Reason::OptedOut), "{}", at.engine);
    }
}

#[tokio::test]
async fn too_many_requests_wait_as_long_as_twilio_asks_and_else_longer_each_time() {
    for at in stores().await {
        let (house, twilio) = house(&at);
        twilio.moods(&[Mood::TooMany(Some(90)), Mood::TooMany(None)]);
        let booked = opened(&at.store, 1).await;
        house.work().await;
        let message = &messages_of(&house, &booked).await[0];
        assert_eq!((message.status, message.reason), (MessageStatus::Pending, Some(Reason::Busy)), "{}", at.engine);
        house.pass_seconds(89);
        assert_eq!(house.work().await, 0, "{}: Retry-After", at.engine);
        house.pass_seconds(7);
        assert_eq!(house.work().await, 1, "{}", at.engine);
        assert_eq!(house.work().await, 0, "{}: a pause of our own", at.engine);
        house.pass_seconds(11);
        assert_eq!(house.work().await, 1, "{}", at.engine);
        assert_eq!((twilio.taken().len(), twilio.counts().0), (1, 3), "{}", at.engine);
        assert_eq!(house.statuses(&booked).await, [MessageStatus::Accepted], "{}", at.engine);
    }
}

#[tokio::test]
async fn it_gives_up_when_the_message_would_come_too_late() {
    for at in stores().await {
        let (house, twilio) = house(&at);
        twilio.moods(&[Mood::TooMany(Some(3600)), Mood::TooMany(Some(3000))]);
        let late = opened(&at.store, 1).await;
        house.work().await;
        let message = &messages_of(&house, &late).await[0];
        assert_eq!((message.status, message.reason), (MessageStatus::Failed, Some(Reason::TooLate)), "{}", at.engine);
        assert_eq!(message.code.as_deref(), Some("20429"), "{}", at.engine);
        let waits = opened(&at.store, 2).await;
        house.work().await;
        assert_eq!(house.statuses(&waits).await, [MessageStatus::Pending], "{}", at.engine);
        house.pass(61);
        house.work().await;
        assert_eq!(house.statuses(&waits).await, [MessageStatus::Failed], "{}", at.engine);
        assert!(twilio.taken().is_empty(), "{}", at.engine);
    }
}

#[tokio::test]
async fn twilio_that_cannot_be_reached_took_nothing() {
    for at in stores().await {
        let (house, _) = house_with(&at, |settings| settings.url = "http://127.0.0.1:1".to_owned());
        let booked = opened(&at.store, 1).await;
        house.work().await;
        let message = &messages_of(&house, &booked).await[0];
        assert_eq!((message.status, message.handed_at), (MessageStatus::Pending, None), "{}", at.engine);
        assert_eq!(message.code.as_deref(), Some("not-connected"), "{}", at.engine);
    }
}

#[tokio::test]
async fn whatsapp_wants_its_template() {
    for at in stores().await {
        let (house, twilio) = house_with(&at, |settings| {
            settings.channel = TwilioChannel::WhatsApp;
            settings.templates = vec!["link:es=HX1".to_owned()];
        });
        let link = opened(&at.store, 1).await;
        let date = announced(&at.store, 2).await;
        house.work().await;
        let taken = twilio.taken();
        assert_eq!(taken.len(), 1, "{}", at.engine);
        assert_eq!((taken[0].to.as_str(), taken[0].from.as_str()), ("whatsapp:+525512340001", "whatsapp:+15005550006"));
        let (sid, blanks) = taken[0].content.clone().unwrap();
        let blanks: serde_json::Value = serde_json::from_str(&blanks).unwrap();
        let written = house.messages.written(&messages_of(&house, &link).await[0]);
        assert_eq!((sid.as_str(), blanks["5"].as_str()), ("HX1", written.link.as_deref()), "{}", at.engine);
        assert_eq!(blanks["1"], "Hospital General Díaz");
        let refused = &messages_of(&house, &date).await[0];
        assert_eq!((refused.status, refused.code.as_deref()), (MessageStatus::Failed, Some("63016")), "{}", at.engine);
        assert_eq!(refused.reason, Some(Reason::NoTemplate), "{}", at.engine);
    }
}

#[tokio::test]
async fn two_workers_and_a_moody_twilio_lose_nothing_and_send_nothing_twice() {
    for at in stores().await {
        let (house, twilio) = house(&at);
        let moods = [Mood::TakeAndHangUp, Mood::Take, Mood::HangUp, Mood::TooMany(None), Mood::Fail];
        twilio.moods(&moods.repeat(12));
        twilio.moods(&[Mood::Slow(Duration::from_millis(300)), Mood::TooMany(Some(7))]);
        for number in 0..60 {
            opened(&at.store, number).await;
        }
        for _ in 0..20 {
            let (one, other) = (house.outbox(), house.outbox());
            let workers = [outbox::send_due(&one, 50), outbox::send_due(&other, 50)];
            assert!(join_all(workers).await.iter().all(Result::is_ok), "{}", at.engine);
            house.pass_seconds(61);
        }
        let rows = at.store.read("SELECT DISTINCT status FROM outbox ORDER BY status", vec![]).await.unwrap();
        let statuses: Vec<_> = rows.iter().map(|row| row.text(0).unwrap().to_owned()).collect();
        assert_eq!(statuses, ["accepted"], "{}", at.engine);
        let mut numbers: Vec<_> = twilio.taken().into_iter().map(|taken| taken.to).collect();
        numbers.sort();
        numbers.dedup();
        assert_eq!((numbers.len(), twilio.taken().len()), (60, 60), "{}", at.engine);
    }
}

#[tokio::test]
async fn a_worker_that_is_told_to_stop_waits_for_the_answer_to_what_is_on_its_way() {
    for at in stores().await {
        let (house, twilio) = house(&at);
        let (asked, mut was_asked) = tokio::sync::watch::channel(());
        twilio.watch(move |_| asked.send(()).unwrap_or_default());
        twilio.moods(&[Mood::Slow(Duration::from_millis(300))]);
        let booked = opened(&at.store, 1).await;
        let stop = async move { drop(was_asked.changed().await) };
        tokio::time::timeout(Duration::from_secs(10), outbox::run(house.outbox(), stop)).await.unwrap();
        assert_eq!(house.statuses(&booked).await, [MessageStatus::Accepted], "{}", at.engine);
        assert_eq!(twilio.taken().len(), 1, "{}", at.engine);
    }
}

#[tokio::test]
async fn a_check_says_what_is_wrong_in_plain_words() {
    let twilio = FakeTwilio::start(Clock::manual(now()));
    let right = twilio_settings(&twilio);
    let of = async |settings: &TwilioSettings| Twilio::new(settings, PUBLIC, ANSWER_WITHIN).unwrap().check().await;
    let good = of(&right).await;
    assert!(good.iter().all(|finding| finding.verdict == Verdict::Good), "{good:?}");
    for settings in [
        TwilioSettings { auth_token: Some("wrong".into()), ..right.clone() },
        TwilioSettings { from: Some("+15005550007".to_owned()), ..right.clone() },
        TwilioSettings { messaging_service: Some("MG2".to_owned()), ..right.clone() },
        TwilioSettings { url: "http://127.0.0.1:1".to_owned(), ..right.clone() },
        TwilioSettings { channel: TwilioChannel::WhatsApp, ..right.clone() },
    ] {
        let found = of(&settings).await;
        assert!(found.iter().any(|finding| finding.verdict == Verdict::Bad), "{found:?}");
        assert!(found.iter().all(|finding| !finding.sentence.contains("wrong")), "{found:?}");
    }
    for settings in [
        TwilioSettings { account_sid: None, ..right.clone() },
        TwilioSettings { auth_token: None, ..right.clone() },
        TwilioSettings { from: None, ..right.clone() },
        TwilioSettings { api_key: Some(KEY.to_owned()), ..right.clone() },
        TwilioSettings { templates: vec!["link:es".to_owned()], ..right },
    ] {
        assert!(Twilio::new(&settings, PUBLIC, ANSWER_WITHIN).is_err());
    }
}
