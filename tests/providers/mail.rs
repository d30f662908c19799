//! E-mail through a real mail server: for who has an address and no phone, once.

use std::sync::Arc;

use antesala::clock::Clock;
use antesala::config::MailSettings;
use antesala::domain::booking::Timing;
use antesala::domain::message::{Channel, MessageStatus, Reason};
use antesala::providers::sms::mail::Mail;
use antesala::providers::sms::{Carrier, Console, Verdict};

use super::database::{TestStore, stores};
use super::house::{House, now};
use super::mailbox::Mailbox;
use super::{Booked, Wish, booked, messages_of, scheduled};

fn mail(url: &str) -> Mail {
    let from = Some("Hospital General Díaz <visits@hospital.example>".to_owned());
    Mail::new(&MailSettings { url: Some(url.into()), from }).unwrap().unwrap()
}

fn house(at: &TestStore, url: &str) -> House {
    let mut house = House::new(at.store.clone(), Clock::manual(now()), Arc::new(Console));
    house.mail = Some(Arc::new(mail(url)));
    house
}

async fn opened_for(at: &TestStore, email: &'static str) -> Booked {
    let wish = Wish { phone: None, email: Some(email), timing: Timing::Now, ..scheduled(now()) };
    booked(&at.store, now(), wish).await
}

#[tokio::test]
async fn a_letter_holds_the_link_and_says_no_more_than_it_must() {
    for at in stores().await {
        let mailbox = Mailbox::open();
        let house = house(&at, &mailbox.url);
        let booked = opened_for(&at, "tomas@mail.example").await;
        house.work().await;
        let message = &messages_of(&house, &booked).await[0];
        assert_eq!((message.status, message.channel), (MessageStatus::Sent, Channel::Email), "{}", at.engine);
        let letter = mailbox.letters().remove(0);
        assert_eq!(letter["To"], "tomas@mail.example");
        assert_eq!(letter["From"], "Hospital General Díaz <visits@hospital.example>");
        assert_eq!(letter["Message-ID"], format!("<{}@hospital.example>", message.id));
        assert_eq!(letter["Subject"], "Hospital General Díaz: su videollamada");
        assert_eq!(letter["body"].as_str().unwrap().trim(), house.messages.written(message).text);
        assert_eq!(house.work().await, 0, "{}", at.engine);
    }
}

#[tokio::test]
async fn what_the_server_says_decides_whether_it_is_tried_again() {
    for at in stores().await {
        let mailbox = Mailbox::open();
        let house = house(&at, &mailbox.url);
        let unknown = opened_for(&at, "nobody@mail.example").await;
        let filtered = opened_for(&at, "filtered@mail.example").await;
        let busy = opened_for(&at, "busy@mail.example").await;
        let lost = opened_for(&at, "lost@mail.example").await;
        house.work().await;
        house.pass(5);
        house.work().await;
        house.pass(5);
        let of = async |booked| messages_of(&house, booked).await.remove(0);
        let refused = of(&unknown).await;
        assert_eq!((refused.status, refused.reason), (MessageStatus::Failed, Some(Reason::BadNumber)), "{}", at.engine);
        assert_eq!(refused.code.as_deref(), Some("550"), "{}", at.engine);
        let filtered = of(&filtered).await;
        let expected = (MessageStatus::Failed, Some(Reason::Refused));
        assert_eq!((filtered.status, filtered.reason), expected, "{}: no fault of the address", at.engine);
        let waits = of(&busy).await;
        assert_eq!((waits.status, waits.tries), (MessageStatus::Pending, 2), "{}", at.engine);
        let unsure = of(&lost).await;
        assert_eq!((unsure.status, unsure.tries), (MessageStatus::Unknown, 1), "{}: once", at.engine);
        assert_eq!(mailbox.letters().len(), 1, "{}", at.engine);
    }
}

#[tokio::test]
async fn whoever_signs_in_wrongly_has_a_setting_to_mend_and_writes_to_nobody() {
    for at in stores().await {
        let mailbox = Mailbox::open();
        let url = |password: &str| mailbox.url.replace("smtp://", &format!("smtp://hospital:{password}@"));
        let wrong = house(&at, &url("wrong"));
        let booked = opened_for(&at, "tomas@mail.example").await;
        wrong.work().await;
        let refused = &messages_of(&wrong, &booked).await[0];
        assert_eq!((refused.status, refused.reason), (MessageStatus::Failed, Some(Reason::Setup)), "{}", at.engine);
        assert_eq!((refused.code.as_deref(), mailbox.letters().len()), (Some("535"), 0), "{}", at.engine);
        let found = mail(&url("wrong")).check().await;
        assert!(found[0].verdict == Verdict::Bad && found[0].sentence.contains("user or password"), "{found:?}");

        assert_eq!(mail(&url("letters")).check().await[0].verdict, Verdict::Good, "{}", at.engine);
        let right = house(&at, &url("letters"));
        opened_for(&at, "ana@mail.example").await;
        right.work().await;
        assert_eq!(mailbox.letters().len(), 1, "{}", at.engine);
    }
}

#[tokio::test]
async fn a_server_that_is_down_has_taken_nothing() {
    for at in stores().await {
        let house = house(&at, "smtp://127.0.0.1:1");
        let booked = opened_for(&at, "tomas@mail.example").await;
        house.work().await;
        let waits = &messages_of(&house, &booked).await[0];
        assert_eq!((waits.status, waits.handed_at), (MessageStatus::Pending, None), "{}", at.engine);
    }
    let mailbox = Mailbox::open();
    assert_eq!(mail(&mailbox.url).check().await[0].verdict, Verdict::Good);
    assert_eq!(mail("smtp://127.0.0.1:1").check().await[0].verdict, Verdict::Bad);
    let open = mail("smtp://mail.hospital.invalid").check().await;
    assert!(open.iter().any(|found| found.sentence.contains("unencrypted")), "{open:?}");
    assert!(Mail::new(&MailSettings { url: Some("ftp://mail".into()), from: Some("a@b.example".to_owned()) }).is_err());
    assert!(Mail::new(&MailSettings { url: Some("smtp://mail".into()), from: None }).is_err());
}
