//! What a family is promised with an appointment, and what of it still makes sense when its moment has come, with a clock
//! that is moved by hand.

use antesala::domain::consultation::{Command, Consultation};
use antesala::domain::hospital::Setting;
use antesala::domain::ids::BrowserId;
use antesala::domain::message::{MessageStatus, Reason, Template};
use antesala::domain::schedule::{Appointment, LinkWindow};
use antesala::store::consultations;
use antesala::store::history;
use antesala::store::hospital::{self, Editor};
use antesala::store::scope::Scope;
use jiff::{SignedDuration, Timestamp};

use super::House;
use super::database::stores;
use super::house::now;
use super::inbox::rows_of;
use super::visit::{Booked, ZONE, booked, give, scheduled};

const LINKS: LinkWindow = LinkWindow { lead: SignedDuration::from_mins(10), lifetime: SignedDuration::from_hours(1) };

/// Wednesday at half past ten in Mexico City; it is Monday, nine o'clock.
fn on_wednesday() -> Timestamp {
    "2026-11-25T16:30:00Z".parse().unwrap()
}

/// Every message there is, in the order they are due, as `kind status reason`.
async fn told(house: &House) -> Vec<String> {
    let mut messages = rows_of(&house.store, Scope::Clinic).await;
    messages.sort_by_key(|message| (message.due_at, message.id));
    let say = |reason: Option<Reason>| reason.map_or_else(String::new, |reason| format!(" {reason}"));
    messages.iter().map(|message| format!("{} {}{}", message.template, message.status, say(message.reason))).collect()
}

async fn due(house: &House, template: Template) -> Option<Timestamp> {
    let messages = rows_of(&house.store, Scope::Clinic).await;
    let found = messages.iter().find(|found| found.template == template && found.status == MessageStatus::Pending);
    found.map(|found| found.due_at)
}

async fn stored(house: &House, booked: &Booked) -> Consultation {
    consultations::find(&house.store, booked.visit.id).await.unwrap().unwrap().visit
}

fn move_to(booked: &Booked, seen: Timestamp, to: Timestamp) -> Command {
    let appointment = Appointment::now(to, ZONE).unwrap();
    Command::Reschedule { by: booked.doctor.operator(), seen, appointment, window: LINKS }
}

#[tokio::test]
async fn a_family_is_told_reminded_let_in_and_waited_for() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        booked(&at.store, now(), scheduled(on_wednesday())).await;
        assert_eq!(
            told(&house).await,
            ["booked pending", "reminder pending", "link pending", "you_are_late pending"],
            "{}",
            at.engine
        );
        let moments = [
            (0, "2026-11-23T15:00:00Z", "consulta por video el miércoles 25 nov a las 10:30"),
            (33 * 60, "2026-11-25T00:00:00Z", "recuerde su consulta por video: miércoles 25 nov, 10:30"),
            (16 * 60 + 20, "2026-11-25T16:20:00Z", "videollamada a las 10:30 (Ciudad de México). Toque y entre: https"),
            (15, "2026-11-25T16:35:00Z", "su videollamada era a las 10:30. Todavia puede entrar: https"),
        ];
        for (minutes, moment, text) in moments {
            house.pass(minutes - i64::from(minutes > 0));
            let early = house.work().await;
            house.pass(i64::from(minutes > 0));
            assert_eq!(house.clock.now(), moment.parse::<Timestamp>().unwrap());
            assert_eq!(early + house.work().await, 1, "{moment} on {}", at.engine);
            assert!(house.sms.texts().pop().unwrap().contains(text), "{:?}", house.sms.texts());
        }
        house.pass(60 * 48);
        assert_eq!(house.work().await, 0, "{}", at.engine);
        assert_eq!(house.sms.texts().len(), 4, "{}", at.engine);
    }
}

#[tokio::test]
async fn moving_and_cancelling_call_back_what_has_not_gone_out() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        let booked = booked(&at.store, now(), scheduled(on_wednesday())).await;
        let thursday = on_wednesday() + SignedDuration::from_hours(24);
        let mut visit = stored(&house, &booked).await;
        house.work().await;
        give(&house.store, house.clock.now(), &mut visit, move_to(&booked, on_wednesday(), thursday)).await;
        let lead = SignedDuration::from_mins(10);
        assert_eq!(due(&house, Template::Reminder).await, "2026-11-26T00:00:00Z".parse().ok(), "{}", at.engine);
        assert_eq!(due(&house, Template::Link).await, Some(thursday - lead), "{}", at.engine);
        assert_eq!(due(&house, Template::YouAreLate).await, Some(thursday + lead / 2), "{}", at.engine);
        // With the date that staff had to say: this carrier takes nothing out of the house.
        let cancelled = told(&house).await.iter().filter(|row| row.contains("cancelled")).count();
        assert_eq!(cancelled, 4, "{}: {:?}", at.engine, told(&house).await);

        give(&house.store, house.clock.now(), &mut visit, Command::Cancel { by: booked.doctor.operator() }).await;
        house.work().await;
        house.pass(60 * 24 * 5);
        assert_eq!(house.work().await, 0, "{}: nothing is left", at.engine);
        let texts = house.sms.texts();
        assert_eq!(texts.len(), 2, "{}: {texts:?}", at.engine);
        assert!(texts[1].contains("se cancela su videollamada del jueves 26 nov"), "{texts:?}");
    }
}

#[tokio::test]
async fn whoever_waits_when_a_visit_moves_is_sent_the_link_before_the_new_hour() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        let booked = booked(&at.store, now(), scheduled(on_wednesday())).await;
        let mut visit = stored(&house, &booked).await;
        let participant = booked.visit.participants[1].id;
        give(&house.store, house.clock.now(), &mut visit, Command::Arrive { participant, browser: BrowserId::mint() })
            .await;
        let thursday = on_wednesday() + SignedDuration::from_hours(24);
        give(&house.store, house.clock.now(), &mut visit, move_to(&booked, on_wednesday(), thursday)).await;
        let lead = SignedDuration::from_mins(10);
        assert_eq!(due(&house, Template::Link).await, Some(thursday - lead), "{}", at.engine);
        assert_eq!(house.work().await, 1, "{}: the new date", at.engine);
        house.pass(73 * 60 + 20);
        assert_eq!(house.work().await, 1, "{}: the link", at.engine);
        let texts = house.sms.texts();
        assert!(texts[0].contains("jueves 26 nov") && texts[1].contains("/j/"), "{texts:?}");
    }
}

#[tokio::test]
async fn after_an_outage_what_still_makes_sense_is_sent_and_the_rest_says_why_not() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        booked(&at.store, now(), scheduled(on_wednesday())).await;
        // Down until Wednesday, 10:25: the link is all that helps.
        house.pass(49 * 60 + 25);
        house.work().await;
        assert_eq!(
            told(&house).await,
            ["booked sent", "reminder cancelled too_late", "link sent", "you_are_late pending"],
            "{}",
            at.engine
        );
    }
    for at in stores().await {
        let house = House::new(at.store.clone());
        booked(&at.store, now(), scheduled(on_wednesday())).await;
        house.work().await;
        // Down until Tuesday, 23:00: nobody is woken, and in the morning it still helps.
        house.pass(38 * 60);
        house.work().await;
        assert_eq!(told(&house).await[1], "reminder pending night", "{}", at.engine);
        house.pass(9 * 60);
        assert_eq!(house.work().await, 1, "{}", at.engine);
        assert_eq!(told(&house).await[1], "reminder sent", "{}", at.engine);
        // Down again until Thursday: nothing does any more.
        house.pass(24 * 60);
        house.work().await;
        assert_eq!(
            told(&house).await[2..],
            ["link failed too_late", "you_are_late cancelled too_late"],
            "{}",
            at.engine
        );
        assert_eq!(house.sms.texts().len(), 2, "{}", at.engine);
    }
}

#[tokio::test]
async fn who_has_come_or_has_the_link_open_is_not_waited_for() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        let [came, opened, neither] = [
            booked(&at.store, now(), scheduled(on_wednesday())).await,
            booked(&at.store, now(), scheduled(on_wednesday())).await,
            booked(&at.store, now(), scheduled(on_wednesday())).await,
        ];
        house.pass(49 * 60 + 25);
        let guest = |booked: &Booked| booked.visit.participants[1].id;
        let arrives = Command::Arrive { participant: guest(&came), browser: BrowserId::mint() };
        give(&house.store, house.clock.now(), &mut stored(&house, &came).await, arrives).await;
        history::opened(&at.store, guest(&opened), house.clock.now()).await.unwrap();
        house.pass(10);
        house.work().await;
        let late = async |booked: &Booked| {
            let everything = rows_of(&at.store, Scope::Doctor(booked.doctor.id)).await;
            let found = everything.into_iter().find(|row| row.template == Template::YouAreLate).unwrap();
            (found.status, found.reason)
        };
        let needless = (MessageStatus::Cancelled, Some(Reason::Needless));
        assert_eq!(late(&came).await, needless, "{}", at.engine);
        assert_eq!(late(&opened).await, needless, "{}", at.engine);
        assert_eq!(late(&neither).await, (MessageStatus::Sent, None), "{}", at.engine);
    }
}

#[tokio::test]
async fn a_new_link_takes_the_place_of_the_old_one_and_of_nothing_else() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        let booked = booked(&at.store, now(), scheduled(on_wednesday())).await;
        let participant = booked.visit.participants[1].id;
        let renew = Command::RenewLink { by: booked.doctor.operator(), participant, window: LINKS };
        give(&house.store, house.clock.now(), &mut stored(&house, &booked).await, renew).await;
        assert_eq!(
            told(&house).await,
            [
                "booked pending",
                "reminder pending",
                "link cancelled needless",
                "new_link pending",
                "you_are_late pending"
            ],
            "{}",
            at.engine
        );
    }
}

#[tokio::test]
async fn a_hospital_that_switches_reminders_off_sends_none_that_were_planned() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        let booked = booked(&at.store, now(), scheduled(on_wednesday())).await;
        let started = house.hospital.started().clone();
        let silent = started.clone().with(Setting::DayBefore, "off").unwrap();
        let editor = Editor { by: booked.doctor.id, at: now(), seen: 1 };
        hospital::save(&at.store, editor, &started, &silent).await.unwrap();
        house.hospital.look_again(&at.store).await.unwrap();
        house.pass(40 * 60);
        house.work().await;
        assert_eq!(told(&house).await[1], "reminder cancelled switched_off", "{}", at.engine);
        // A card has nothing to say about it.
        let deliveries = antesala::store::outbox::deliveries::of_visit(&at.store, booked.visit.id).await.unwrap();
        assert_eq!(
            deliveries[&booked.visit.participants[1].id].latest.unwrap().status,
            MessageStatus::Sent,
            "{}",
            at.engine
        );
    }
}

#[tokio::test]
async fn a_visit_that_is_now_was_promised_nothing_more() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        let wish = super::visit::Wish { timing: antesala::domain::booking::Timing::Now, ..scheduled(now()) };
        booked(&at.store, now(), wish).await;
        assert_eq!(told(&house).await, ["link pending"], "{}", at.engine);
    }
}
