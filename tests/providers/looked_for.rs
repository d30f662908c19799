//! What Twilio may have taken is looked for there before anything is sent twice.

use std::sync::Arc;
use std::time::Duration;

use antesala::clock::Clock;
use antesala::config::TwilioChannel;
use antesala::domain::consultation::Command;
use antesala::domain::message::{MessageStatus, Reason};
use antesala::domain::schedule::{Appointment, LinkWindow};
use antesala::providers::sms::ANSWER_WITHIN;
use antesala::providers::sms::twilio::Twilio;
use antesala::store::{Batch, consultations};
use jiff::SignedDuration;

use super::database::stores;
use super::house::{House, now};
use super::through_twilio::{PUBLIC, house, house_with, twilio_settings};
use super::twilio::{FakeTwilio, Mood};
use super::visit::{ZONE, give};
use super::{announced, messages_of, opened};

const WINDOW: LinkWindow = LinkWindow { lead: SignedDuration::from_mins(10), lifetime: SignedDuration::from_hours(1) };

#[tokio::test]
async fn a_message_that_was_taken_while_its_answer_was_lost_is_found_and_not_sent_again() {
    for at in stores().await {
        for booking in [true, false] {
            let (house, twilio) = house(&at);
            twilio.moods(&[Mood::TakeAndHangUp]);
            let booked = if booking { announced(&at.store, 1).await } else { opened(&at.store, 2).await };
            house.work().await;
            assert_eq!(messages_of(&house, &booked).await[0].status, MessageStatus::Unknown, "{}", at.engine);
            assert_eq!(house.work().await, 0, "{}: not at once", at.engine);
            house.pass_seconds(21);
            assert_eq!(house.work().await, 1, "{}", at.engine);
            let message = &messages_of(&house, &booked).await[0];
            assert_eq!((message.status, message.reason), (MessageStatus::Accepted, None), "{}", at.engine);
            house.pass(30);
            house.work().await;
            assert_eq!((twilio.taken().len(), twilio.counts().0), (1, 1), "{}", at.engine);
        }
    }
}

#[tokio::test]
async fn a_message_that_was_not_taken_is_sent_again_only_once_that_is_certain() {
    for at in stores().await {
        for mood in [Mood::HangUp, Mood::Fail] {
            let (house, twilio) = house(&at);
            twilio.moods(&[mood]);
            let booked = opened(&at.store, 1).await;
            house.work().await;
            house.pass_seconds(21);
            house.work().await;
            assert_eq!(house.statuses(&booked).await, [MessageStatus::Unknown], "{}: it may come yet", at.engine);
            assert_eq!(twilio.counts(), (1, 1), "{}", at.engine);
            twilio.break_list(true);
            house.pass_seconds(100);
            house.work().await;
            assert_eq!(house.statuses(&booked).await, [MessageStatus::Unknown], "{}: nobody says", at.engine);
            twilio.break_list(false);
            house.pass(5);
            house.work().await;
            assert_eq!(house.work().await, 1, "{}", at.engine);
            assert_eq!(house.statuses(&booked).await, [MessageStatus::Accepted], "{} {mood:?}", at.engine);
            assert_eq!((twilio.taken().len(), twilio.counts().0), (1, 2), "{}", at.engine);
        }
    }
}

#[tokio::test]
async fn an_answer_that_comes_after_the_deadline_is_looked_for_and_the_message_not_doubled() {
    assert_eq!(ANSWER_WITHIN, Duration::from_secs(15), "what carriers are started with");
    for at in stores().await {
        let clock = Clock::manual(now());
        let twilio = FakeTwilio::start(clock.clone());
        twilio.moods(&[Mood::Slow(Duration::from_secs(2))]);
        let carrier = Twilio::new(&twilio_settings(&twilio), PUBLIC, Duration::from_millis(200)).unwrap();
        let house = House::new(at.store.clone(), clock, Arc::new(carrier));
        let booked = opened(&at.store, 1).await;
        house.work().await;
        assert_eq!(messages_of(&house, &booked).await[0].status, MessageStatus::Unknown, "{}", at.engine);
        house.pass_seconds(21);
        house.work().await;
        let message = &messages_of(&house, &booked).await[0];
        assert_eq!((message.status, message.tries), (MessageStatus::Accepted, 1), "{}", at.engine);
        house.pass(5);
        assert_eq!(house.work().await, 0, "{}", at.engine);
        assert_eq!((twilio.taken().len(), twilio.counts()), (1, (1, 1)), "{}", at.engine);
    }
}

#[tokio::test]
async fn a_message_is_looked_for_at_the_number_it_went_to_whatever_the_record_says_by_now() {
    for at in stores().await {
        let (house, twilio) = house(&at);
        twilio.moods(&[Mood::TakeAndHangUp, Mood::HangUp]);
        let visits = [opened(&at.store, 1).await, opened(&at.store, 2).await];
        house.work().await;
        let mut batch = Batch::new();
        batch.run("UPDATE participants SET phone = $1", vec!["+525512340009".into()]);
        at.store.write(batch).await.unwrap();
        house.pass(3);
        for _ in 0..3 {
            house.work().await;
        }
        let mut numbers: Vec<_> = twilio.taken().into_iter().map(|taken| taken.to).collect();
        numbers.sort();
        // Which of the two was lost, the order of the connections decides.
        assert_eq!(numbers.len(), 2, "{}", at.engine);
        assert_eq!(numbers[1], "+525512340009", "{}: what was never taken goes to the new number", at.engine);
        assert_ne!(numbers[0], "+525512340009", "{}: what was taken is not sent again", at.engine);
        for visit in &visits {
            assert_eq!(house.statuses(visit).await, [MessageStatus::Accepted], "{}", at.engine);
        }
    }
}

#[tokio::test]
async fn what_was_never_taken_is_not_sent_any_more_once_the_visit_was_moved_or_called_off() {
    for at in stores().await {
        let (house, twilio) = house(&at);
        for (number, is_moved) in [(1, true), (2, false)] {
            twilio.moods(&[Mood::HangUp]);
            let booked = announced(&at.store, number).await;
            house.work().await;
            assert_eq!(messages_of(&house, &booked).await[0].status, MessageStatus::Unknown, "{}", at.engine);
            let (by, seen) = (booked.doctor.operator(), booked.visit.starts_at);
            let to = Appointment::now(seen + SignedDuration::from_hours(72), ZONE).unwrap();
            let command = if is_moved {
                Command::Reschedule { by, seen, appointment: to, window: WINDOW }
            } else {
                Command::Cancel { by }
            };
            let mut visit = consultations::find(&at.store, booked.visit.id).await.unwrap().unwrap().visit;
            give(&at.store, house.clock.now(), &mut visit, command).await;
            for _ in 0..4 {
                house.work().await;
                house.pass(3);
            }
            let of_theirs = twilio.taken().into_iter().filter(|taken| taken.to.ends_with(&format!("{number:04}")));
            let bodies: Vec<_> = of_theirs.map(|taken| taken.body).collect();
            let word = if is_moved { "cambia al" } else { "se cancela" };
            assert!(bodies.len() == 1 && bodies[0].contains(word), "{}: {bodies:?}", at.engine);
        }
    }
}

#[tokio::test]
async fn a_message_is_told_by_what_it_said_whatever_it_would_say_by_now() {
    for at in stores().await {
        let (house, twilio) = house(&at);
        twilio.moods(&[Mood::TakeAndHangUp]);
        let booked = announced(&at.store, 1).await;
        house.work().await;
        let said = async || house.messages.written(&messages_of(&house, &booked).await[0]).text;
        let before = said().await;
        let mut batch = Batch::new();
        let later = booked.visit.starts_at + jiff::SignedDuration::from_hours(1);
        batch.run("UPDATE consultations SET starts_at = $1", vec![later.into()]);
        at.store.write(batch).await.unwrap();
        assert_ne!(said().await, before, "{}", at.engine);
        house.pass(3);
        for _ in 0..3 {
            house.work().await;
        }
        let message = &messages_of(&house, &booked).await[0];
        assert_eq!((message.status, message.tries), (MessageStatus::Accepted, 1), "{}", at.engine);
        assert_eq!(twilio.taken().len(), 1, "{}", at.engine);
    }
}

#[tokio::test]
async fn what_an_approved_template_says_cannot_be_told_so_it_is_given_up_rather_than_sent_again() {
    for at in stores().await {
        let (house, twilio) = house_with(&at, |settings| {
            settings.channel = TwilioChannel::WhatsApp;
            settings.templates = vec!["booked:es=HX2".to_owned()];
        });
        twilio.moods(&[Mood::TakeAndHangUp, Mood::HangUp]);
        let taken = announced(&at.store, 1).await;
        house.work().await;
        let lost = announced(&at.store, 2).await;
        house.work().await;
        house.pass(3);
        for _ in 0..3 {
            house.work().await;
        }
        let message = &messages_of(&house, &taken).await[0];
        assert_eq!((message.status, message.reason), (MessageStatus::Unknown, Some(Reason::Unsure)), "{}", at.engine);
        assert_eq!(message.tries, 1, "{}", at.engine);
        let message = &messages_of(&house, &lost).await[0];
        assert_eq!((message.status, message.tries), (MessageStatus::Accepted, 2), "{}: nothing was there", at.engine);
        assert_eq!(twilio.taken().len(), 2, "{}", at.engine);
    }
}

#[tokio::test]
async fn a_long_list_is_read_to_its_end_before_a_message_counts_as_never_taken() {
    for at in stores().await {
        let (house, twilio) = house(&at);
        twilio.page_by(1);
        twilio.moods(&[Mood::TakeAndHangUp]);
        let first = opened(&at.store, 1).await;
        house.work().await;
        opened(&at.store, 1).await;
        opened(&at.store, 1).await;
        house.work().await;
        house.pass(3);
        house.work().await;
        assert_eq!(house.statuses(&first).await, [MessageStatus::Accepted], "{}", at.engine);
        assert_eq!((twilio.taken().len(), twilio.counts()), (3, (3, 3)), "{}: on the third page", at.engine);

        for number in [2, 3, 4] {
            house.pass(11);
            opened_late(&house, number).await;
        }
        twilio.moods(&[Mood::HangUp]);
        let lost = opened_late(&house, 5).await;
        house.pass(3);
        house.work().await;
        assert_eq!(house.statuses(&lost).await, [MessageStatus::Unknown], "{}: there are more pages", at.engine);
        twilio.page_by(1000);
        house.pass(10);
        house.work().await;
        house.work().await;
        assert_eq!(house.statuses(&lost).await, [MessageStatus::Accepted], "{}", at.engine);
        assert_eq!(twilio.taken().len(), 7, "{}", at.engine);
    }
}

/// One more visit to the same number, that begins now; its link is handed over.
async fn opened_late(house: &House, turn: usize) -> super::Booked {
    let timing = antesala::domain::booking::Timing::Now;
    let wish = super::Wish { phone: Some("+525512340001"), timing, ..super::scheduled(house.clock.now()) };
    let booked = super::booked(&house.store, house.clock.now(), wish).await;
    assert_eq!(house.work().await, 1, "visit {turn}");
    booked
}

#[tokio::test]
async fn around_midnight_it_is_found_although_it_still_waits_at_twilio() {
    for at in stores().await {
        let (house, twilio) = house(&at);
        // A quarter to midnight, UTC.
        house.pass(60 * 8 + 59);
        house.pass_seconds(58);
        twilio.moods(&[Mood::TakeAndHangUp]);
        let late = house.clock.now();
        let wish = super::Wish { timing: antesala::domain::booking::Timing::Now, ..super::scheduled(late) };
        let booked = super::booked(&at.store, late, wish).await;
        house.work().await;
        house.pass_seconds(21);
        house.work().await;
        assert_eq!(messages_of(&house, &booked).await[0].status, MessageStatus::Accepted, "{}", at.engine);
    }
}

#[tokio::test]
async fn a_link_sent_again_is_not_mistaken_for_the_first() {
    for at in stores().await {
        let (house, twilio) = house(&at);
        let booked = opened(&at.store, 1).await;
        house.work().await;
        let first = messages_of(&house, &booked).await.remove(0);
        let mut batch = Batch::new();
        let again = antesala::store::outbox::NewMessage {
            id: antesala::domain::ids::MessageId::mint(),
            consultation: first.consultation,
            participant: first.participant,
            template: first.template,
            due_at: now(),
            created_at: now(),
        };
        antesala::store::outbox::add(&mut batch, &again);
        at.store.write(batch).await.unwrap();
        twilio.moods(&[Mood::HangUp]);
        house.work().await;
        house.pass(3);
        house.work().await;
        house.work().await;
        assert_eq!(house.statuses(&booked).await, [MessageStatus::Accepted; 2], "{}", at.engine);
        assert_eq!(twilio.taken().len(), 2, "{}: the second was sent, not found in the first", at.engine);
    }
}
