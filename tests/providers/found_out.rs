//! What became of a message at Twilio while its reports found nobody counts as if they had been heard.

use std::sync::Arc;

use antesala::domain::booking::Timing;
use antesala::domain::message::{Channel, MessageStatus, Reason};
use antesala::providers::sms::Console;

use super::database::stores;
use super::house::now;
use super::through_twilio::house;
use super::twilio::Mood;
use super::{Wish, booked, messages_of, opened, scheduled};

const NUMBER: &str = "+525512340001";

/// What Twilio shows, and what it means.
type Fate = (&'static str, Option<u32>, MessageStatus, Option<Reason>);

const FATES: [Fate; 10] = [
    ("queued", None, MessageStatus::Accepted, None),
    ("sending", None, MessageStatus::Accepted, None),
    ("sent", None, MessageStatus::Sent, None),
    ("delivered", None, MessageStatus::Delivered, None),
    ("read", None, MessageStatus::Delivered, None),
    ("undelivered", Some(30003), MessageStatus::Undelivered, Some(Reason::Unreachable)),
    ("undelivered", Some(30006), MessageStatus::Undelivered, Some(Reason::Landline)),
    ("failed", Some(30007), MessageStatus::Failed, Some(Reason::Blocked)),
    ("failed", Some(21610), MessageStatus::Failed, Some(Reason::OptedOut)),
    ("canceled", None, MessageStatus::Failed, Some(Reason::Refused)),
];

#[tokio::test]
async fn a_message_that_is_found_is_as_far_as_twilio_says() {
    for at in stores().await {
        let (house, twilio) = house(&at);
        twilio.moods(&[Mood::TakeAndHangUp; FATES.len()]);
        let mut visits = Vec::new();
        for number in 0..FATES.len() {
            visits.push(opened(&at.store, number).await);
        }
        house.work().await;
        for (number, (word, code, ..)) in FATES.into_iter().enumerate() {
            let unsure = &messages_of(&house, &visits[number]).await[0];
            assert_eq!(unsure.status, MessageStatus::Unknown, "{} {word}", at.engine);
            twilio.fate(&format!("+52551234{number:04}"), word, code);
        }
        house.pass(3);
        assert_eq!(house.work().await as usize, FATES.len(), "{}", at.engine);
        for (visit, (word, code, status, reason)) in visits.iter().zip(FATES) {
            let message = &messages_of(&house, visit).await[0];
            assert_eq!((message.status, message.reason), (status, reason), "{} {word}", at.engine);
            assert_eq!(message.code, code.map(|code| code.to_string()), "{} {word}", at.engine);
        }
        house.pass(5);
        assert_eq!(house.work().await, 0, "{}", at.engine);
        assert_eq!(twilio.taken().len(), FATES.len(), "{}: none twice", at.engine);
    }
}

#[tokio::test]
async fn a_message_that_is_given_up_while_it_is_taken_has_failed_at_once() {
    for at in stores().await {
        let (house, twilio) = house(&at);
        twilio.fate(NUMBER, "failed", Some(30007));
        let booked = opened(&at.store, 1).await;
        house.work().await;
        let message = &messages_of(&house, &booked).await[0];
        assert_eq!((message.status, message.reason), (MessageStatus::Failed, Some(Reason::Blocked)), "{}", at.engine);
        assert_eq!(message.code.as_deref(), Some("30007"), "{}", at.engine);
        assert_eq!(*house.told.borrow(), [booked.visit.id], "{}: whoever shows it is told", at.engine);
        house.pass(5);
        assert_eq!((house.work().await, twilio.counts()), (0, (1, 0)), "{}", at.engine);
    }
}

#[tokio::test]
async fn an_e_mail_stands_for_a_message_that_is_found_lost() {
    for at in stores().await {
        let (mut house, twilio) = house(&at);
        house.mail = Some(Arc::new(Console));
        twilio.moods(&[Mood::TakeAndHangUp]);
        let email = Some("tomas@mail.example");
        let wish = Wish { phone: Some(NUMBER), email, timing: Timing::Now, ..scheduled(now()) };
        let booked = booked(&at.store, now(), wish).await;
        house.work().await;
        twilio.fate(NUMBER, "undelivered", Some(30003));
        house.pass(3);
        // What is found is written down before new messages are taken in hand.
        house.work().await;
        house.work().await;
        let went: Vec<_> = messages_of(&house, &booked).await.iter().map(|one| (one.channel, one.status)).collect();
        let expected = [(Channel::Text, MessageStatus::Undelivered), (Channel::Email, MessageStatus::Sent)];
        assert_eq!(went, expected, "{}", at.engine);
        assert_eq!((house.work().await, twilio.taken().len()), (0, 1), "{}", at.engine);
    }
}

#[tokio::test]
async fn an_account_on_trial_writes_before_each_message_and_it_is_known_all_the_same() {
    for at in stores().await {
        let (house, twilio) = house(&at);
        twilio.on_trial();
        twilio.moods(&[Mood::TakeAndHangUp]);
        // Without a link in it, its words alone tell it.
        let booked = super::announced(&at.store, 1).await;
        house.work().await;
        house.pass(3);
        for _ in 0..3 {
            house.work().await;
        }
        let message = &messages_of(&house, &booked).await[0];
        assert_eq!((message.status, message.tries), (MessageStatus::Accepted, 1), "{}", at.engine);
        let taken = twilio.taken();
        assert!(taken[0].body.starts_with("Sent from your Twilio trial account - "), "{}", at.engine);
        assert_eq!(taken.len(), 1, "{}: never twice", at.engine);
    }
}
