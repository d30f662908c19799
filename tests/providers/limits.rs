//! What is not sent although somebody asked for it: to whoever opted out, abroad, too often, beyond the day's limit.

use std::sync::Arc;

use antesala::clock::Clock;
use antesala::config::GatewaySettings;
use antesala::domain::message::{Channel, MessageStatus, Reason};
use antesala::providers::sms::gateway::Gateway;
use antesala::providers::sms::{ANSWER_WITHIN, Console};
use antesala::store::{Batch, budget, opt_outs};

use super::database::{TestStore, stores};
use super::house::{House, now};
use super::jasmin::{FakeJasmin, PASSWORD, SENDER, USER};
use super::{Wish, booked, messages_of, opened, scheduled};

fn house(at: &TestStore) -> (House, FakeJasmin) {
    let jasmin = FakeJasmin::start();
    let settings = GatewaySettings {
        url: Some(jasmin.url.clone()),
        username: Some(USER.to_owned()),
        password: Some(PASSWORD.into()),
        from: Some(SENDER.to_owned()),
    };
    let carrier =
        Gateway::new(&settings, "https://antesala.example/callbacks/sms/x".to_owned(), ANSWER_WITHIN).unwrap();
    (House::new(at.store.clone(), Clock::manual(now()), Arc::new(carrier)), jasmin)
}

async fn opt_out(at: &TestStore, number: &str) {
    let mut batch = Batch::new();
    opt_outs::add(&mut batch, &number.parse().unwrap(), now());
    at.store.write(batch).await.unwrap();
}

#[tokio::test]
async fn who_opted_out_gets_nothing_and_who_has_an_address_an_e_mail() {
    for at in stores().await {
        let (mut house, jasmin) = house(&at);
        opt_out(&at, "+525512340001").await;
        let booked_one = opened(&at.store, 1).await;
        let email = Some("tomas@mail.example");
        let timing = antesala::domain::booking::Timing::Now;
        house.mail = Some(Arc::new(Console));
        opt_out(&at, "+525512345678").await;
        let with_mail = booked(&at.store, now(), Wish { email, timing, ..scheduled(now()) }).await;
        house.work().await;
        house.work().await;
        let refused = &messages_of(&house, &booked_one).await[0];
        assert_eq!((refused.status, refused.reason), (MessageStatus::Failed, Some(Reason::OptedOut)), "{}", at.engine);
        let both = messages_of(&house, &with_mail).await;
        let went: Vec<_> = both.iter().map(|message| (message.channel, message.status)).collect();
        let expected = [(Channel::Text, MessageStatus::Failed), (Channel::Email, MessageStatus::Sent)];
        assert_eq!(went, expected, "{}", at.engine);
        assert_eq!(jasmin.asked(), 0, "{}", at.engine);
    }
}

#[tokio::test]
async fn only_countries_on_the_list_are_written_to() {
    for at in stores().await {
        let (mut house, jasmin) = house(&at);
        let wish =
            |phone| Wish { phone: Some(phone), timing: antesala::domain::booking::Timing::Now, ..scheduled(now()) };
        let abroad = booked(&at.store, now(), wish("+12125550123")).await;
        house.work().await;
        let refused = &messages_of(&house, &abroad).await[0];
        assert_eq!((refused.status, refused.reason), (MessageStatus::Failed, Some(Reason::Country)), "{}", at.engine);
        house.limits.countries.push("US".parse().unwrap());
        booked(&at.store, now(), wish("+12125550123")).await;
        house.work().await;
        assert_eq!(jasmin.taken().len(), 1, "{}", at.engine);
    }
}

#[tokio::test]
async fn one_number_gets_three_in_ten_minutes_and_the_fourth_later() {
    for at in stores().await {
        let (house, jasmin) = house(&at);
        let mut visits = Vec::new();
        for _ in 0..4 {
            visits.push(opened(&at.store, 7).await);
        }
        opened(&at.store, 8).await;
        house.work().await;
        assert_eq!(jasmin.taken().len(), 4, "{}: three, and the other number's", at.engine);
        let waits = &messages_of(&house, &visits[3]).await[0];
        assert_eq!((waits.status, waits.reason), (MessageStatus::Pending, Some(Reason::Often)), "{}", at.engine);
        house.pass(9);
        assert_eq!(house.work().await, 0, "{}", at.engine);
        house.pass(2);
        house.work().await;
        assert_eq!(jasmin.taken().len(), 5, "{}", at.engine);
        assert_eq!(house.statuses(&visits[3]).await, [MessageStatus::Accepted], "{}", at.engine);
    }
}

#[tokio::test]
async fn beyond_the_days_limit_messages_wait_until_it_is_raised_or_they_are_too_late() {
    for at in stores().await {
        let (mut house, jasmin) = house(&at);
        house.limits.daily = Some(2);
        let visits = [opened(&at.store, 1).await, opened(&at.store, 2).await, opened(&at.store, 3).await];
        house.work().await;
        assert_eq!(jasmin.taken().len(), 2, "{}", at.engine);
        let waits = &messages_of(&house, &visits[2]).await[0];
        assert_eq!((waits.status, waits.reason), (MessageStatus::Pending, Some(Reason::Budget)), "{}", at.engine);
        house.pass(2);
        house.work().await;
        assert_eq!(jasmin.taken().len(), 2, "{}: it is still reached", at.engine);
        house.limits.daily = Some(3);
        house.pass(2);
        house.work().await;
        assert_eq!(jasmin.taken().len(), 3, "{}", at.engine);
    }
}

#[tokio::test]
async fn an_admin_lifts_the_limit_for_one_day() {
    for at in stores().await {
        let (mut house, jasmin) = house(&at);
        house.limits.daily = Some(1);
        let visits = [opened(&at.store, 1).await, opened(&at.store, 2).await];
        house.work().await;
        assert_eq!(jasmin.taken().len(), 1, "{}", at.engine);
        let today = house.messages.start_of_today();
        budget::lift(&at.store, today, visits[0].doctor.id, now()).await.unwrap();
        budget::lift(&at.store, today, visits[1].doctor.id, now()).await.unwrap();
        let lifted = budget::lifted(&at.store, today).await.unwrap().unwrap();
        assert_eq!(lifted, (visits[0].doctor.name.clone(), now()), "{}: the first counts", at.engine);
        house.pass(2);
        house.work().await;
        assert_eq!(jasmin.taken().len(), 2, "{}", at.engine);
        house.pass(60 * 24);
        let later = house.clock.now();
        let timing = antesala::domain::booking::Timing::Now;
        for phone in ["+525512340003", "+525512340004"] {
            booked(&at.store, later, Wish { phone: Some(phone), timing, ..scheduled(later) }).await;
        }
        house.work().await;
        assert_eq!(jasmin.taken().len(), 3, "{}: a new day has its limit again", at.engine);
    }
}
