//! Through a gateway that cannot be asked: what is unknown stays so, and only what was certainly not taken is tried again.

use std::sync::Arc;
use std::time::Duration;

use antesala::clock::Clock;
use antesala::config::GatewaySettings;
use antesala::domain::message::{MessageStatus, Reason};
use antesala::providers::sms::gateway::Gateway;
use antesala::providers::sms::{ANSWER_WITHIN, Carrier, Verdict};

use super::database::{TestStore, stores};
use super::house::{House, now};
use super::jasmin::{FakeJasmin, Mood, PASSWORD, SENDER, USER};
use super::{messages_of, opened};

const CALLBACK: &str = "https://antesala.example/callbacks/sms/unguessable";

fn gateway_settings(jasmin: &FakeJasmin) -> GatewaySettings {
    GatewaySettings {
        url: Some(jasmin.url.clone()),
        username: Some(USER.to_owned()),
        password: Some(PASSWORD.into()),
        from: Some(SENDER.to_owned()),
    }
}

fn house(at: &TestStore, wish: impl FnOnce(&mut GatewaySettings)) -> (House, FakeJasmin) {
    let jasmin = FakeJasmin::start();
    let mut settings = gateway_settings(&jasmin);
    wish(&mut settings);
    let carrier = Gateway::new(&settings, CALLBACK.to_owned(), ANSWER_WITHIN).unwrap();
    (House::new(at.store.clone(), Clock::manual(now()), Arc::new(carrier)), jasmin)
}

#[tokio::test]
async fn a_link_is_taken_with_all_that_the_gateway_wants() {
    for at in stores().await {
        let (house, jasmin) = house(&at, |_| {});
        let booked = opened(&at.store, 1).await;
        house.work().await;
        let (_, asked) = jasmin.taken().remove(0);
        let message = &messages_of(&house, &booked).await[0];
        assert_eq!(asked["to"], "+525512340001");
        assert_eq!(asked["content"], house.messages.written(message).text);
        assert_eq!(asked["dlr-url"], format!("{CALLBACK}?message={}", message.id));
        assert_eq!((asked["coding"].as_str(), asked["validity-period"].as_str()), ("0", "60"));
        assert_eq!(message.status, MessageStatus::Accepted, "{}", at.engine);
    }
}

#[tokio::test]
async fn what_the_gateway_says_it_did_not_take_is_tried_again() {
    for at in stores().await {
        let (house, jasmin) = house(&at, |_| {});
        jasmin.moods(&[Mood::Down, Mood::Busy, Mood::NoConnectors, Mood::TooMany(None)]);
        let booked = opened(&at.store, 1).await;
        for _ in 0..5 {
            assert_eq!(house.work().await, 1, "{}", at.engine);
            house.pass_seconds(45);
        }
        assert_eq!(house.statuses(&booked).await, [MessageStatus::Accepted], "{}", at.engine);
        assert_eq!((jasmin.asked(), jasmin.taken().len()), (5, 1), "{}", at.engine);
    }
}

#[tokio::test]
async fn it_waits_as_long_as_the_gateway_asks_for() {
    for at in stores().await {
        let (house, jasmin) = house(&at, |_| {});
        jasmin.moods(&[Mood::TooMany(Some(90))]);
        let booked = opened(&at.store, 1).await;
        house.work().await;
        let message = &messages_of(&house, &booked).await[0];
        assert_eq!((message.status, message.reason), (MessageStatus::Pending, Some(Reason::Busy)), "{}", at.engine);
        house.pass_seconds(89);
        assert_eq!(house.work().await, 0, "{}: Retry-After", at.engine);
        house.pass_seconds(7);
        assert_eq!(house.work().await, 1, "{}", at.engine);
        assert_eq!(house.statuses(&booked).await, [MessageStatus::Accepted], "{}", at.engine);
    }
}

#[tokio::test]
async fn a_gateway_that_answers_late_may_have_taken_it() {
    for at in stores().await {
        let jasmin = FakeJasmin::start();
        jasmin.moods(&[Mood::Slow(Duration::from_secs(2))]);
        let settings = gateway_settings(&jasmin);
        let carrier = Gateway::new(&settings, CALLBACK.to_owned(), Duration::from_millis(200)).unwrap();
        let house = House::new(at.store.clone(), Clock::manual(now()), Arc::new(carrier));
        let booked = opened(&at.store, 1).await;
        for _ in 0..4 {
            house.work().await;
            house.pass(5);
        }
        let message = &messages_of(&house, &booked).await[0];
        assert_eq!((message.status, message.reason), (MessageStatus::Unknown, Some(Reason::Unsure)), "{}", at.engine);
        assert_eq!((jasmin.asked(), jasmin.taken().len()), (1, 1), "{}: never twice", at.engine);
    }
}

#[tokio::test]
async fn what_it_may_have_taken_is_never_sent_again() {
    for at in stores().await {
        let (house, jasmin) = house(&at, |_| {});
        jasmin.moods(&[Mood::TakeAndHangUp]);
        let booked = opened(&at.store, 1).await;
        for _ in 0..6 {
            house.work().await;
            house.pass(5);
        }
        let message = &messages_of(&house, &booked).await[0];
        assert_eq!((message.status, message.reason), (MessageStatus::Unknown, Some(Reason::Unsure)), "{}", at.engine);
        assert_eq!((jasmin.asked(), jasmin.taken().len()), (1, 1), "{}", at.engine);
        assert_eq!(house.work().await, 0, "{}: staff are told; nobody looks any more", at.engine);
    }
}

#[tokio::test]
async fn wrong_settings_fail_at_once_and_are_explained() {
    for at in stores().await {
        let cases: [fn(&mut GatewaySettings); 2] =
            [|settings| settings.password = Some("wrong".into()), |settings| settings.from = Some("Nobody".to_owned())];
        for (number, wish) in cases.into_iter().enumerate() {
            let (house, jasmin) = house(&at, wish);
            let booked = opened(&at.store, number).await;
            house.work().await;
            house.pass(10);
            house.work().await;
            assert_eq!(house.statuses(&booked).await, [MessageStatus::Failed], "{}", at.engine);
            assert_eq!(jasmin.asked(), 1, "{}", at.engine);
        }
    }
    let jasmin = FakeJasmin::start();
    let right = gateway_settings(&jasmin);
    let gateway = Gateway::new(&right, CALLBACK.to_owned(), ANSWER_WITHIN).unwrap();
    assert_eq!(gateway.check().await[0].verdict, Verdict::Good);
    let gone = GatewaySettings { url: Some("http://127.0.0.1:1".to_owned()), ..right.clone() };
    assert_eq!(Gateway::new(&gone, CALLBACK.to_owned(), ANSWER_WITHIN).unwrap().check().await[0].verdict, Verdict::Bad);
    assert!(Gateway::new(&GatewaySettings { url: None, ..right }, CALLBACK.to_owned(), ANSWER_WITHIN).is_err());
}
