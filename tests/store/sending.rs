//! What was handed to a provider and what the provider says of it: nothing is lost, and nothing ever goes back.

use antesala::domain::booking::Timing;
use antesala::domain::consultation::{Command, Consultation};
use antesala::domain::ids::MessageId;
use antesala::domain::message::opt_out::Answer;
use antesala::domain::message::{Channel, MessageStatus, Reason};
use antesala::domain::person::Phone;
use antesala::store::outbox::queue::{self, Handing, Instead, Lease, Taken};
use antesala::store::outbox::reports::{self, Report};
use antesala::store::outbox::{self, StoredMessage, deliveries};
use antesala::store::replies::{self, NewReply};
use antesala::store::scope::Scope;
use antesala::store::{Batch, Store, StoreError, consultations, opt_outs};
use jiff::{SignedDuration, Timestamp};

use super::database::stores;
use super::visit::{Booked, Wish, booked, give, scheduled};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const NUMBER: &str = "+525512345678";

fn now() -> Timestamp {
    "2026-11-23T15:00:00Z".parse().unwrap()
}

/// A visit that begins now; its link is due.
async fn due(store: &Store) -> Booked {
    let email = Some("tomas@mail.example");
    booked(store, now(), Wish { timing: Timing::Now, email, ..scheduled(now()) }).await
}

async fn stored(store: &Store, booked: &Booked) -> Consultation {
    consultations::find(store, booked.visit.id).await.unwrap().unwrap().visit
}

async fn lease(store: &Store, at: Timestamp) -> Option<StoredMessage> {
    queue::lease(store, at, at + MINUTE, 10).await.unwrap().pop()
}

fn lease_of(message: &StoredMessage) -> Lease {
    Lease { message: message.id, until: message.next_try_at }
}

async fn handed(store: &Store, message: &StoredMessage, at: Timestamp) -> bool {
    let (lease, to) = (lease_of(message), NUMBER.to_owned());
    let handing = Handing { lease, channel: Channel::Text, to, digest: [7; 32], segments: 1 };
    !queue::hand_over(store, &[handing], at).await.unwrap().is_empty()
}

fn taken(id: &str) -> Taken {
    Taken { id: Some(id.parse().unwrap()), status: MessageStatus::Accepted, segments: Some(2) }
}

fn report(message: &StoredMessage, id: &str, status: MessageStatus) -> Report {
    Report { message: message.id, id: id.parse().unwrap(), status, reason: None, code: None }
}

async fn read(store: &Store, message: &StoredMessage) -> StoredMessage {
    outbox::find(store, message.id).await.unwrap().unwrap()
}

#[tokio::test]
async fn who_dies_before_handing_over_has_not_sent_and_who_dies_after_may_have() {
    for at in stores().await {
        due(&at.store).await;
        let first = lease(&at.store, now()).await.unwrap();
        assert_eq!(first.status, MessageStatus::Sending, "{}", at.engine);
        let second = lease(&at.store, now() + MINUTE).await.unwrap();
        assert_eq!(second.status, MessageStatus::Sending, "{}: it was never handed over", at.engine);
        assert!(!handed(&at.store, &first, now()).await, "{}: the first lease has ended", at.engine);
        assert!(handed(&at.store, &second, now() + MINUTE).await, "{}", at.engine);
        let third = lease(&at.store, now() + MINUTE * 2).await.unwrap();
        assert_eq!((third.status, third.tries), (MessageStatus::Unknown, 1), "{}", at.engine);
        assert!(!handed(&at.store, &third, now() + MINUTE * 2).await, "{}: not blindly again", at.engine);

        let certain = queue::put_off(&at.store, lease_of(&third), now() + MINUTE * 3, Reason::Unsure, None);
        certain.await.unwrap();
        let fourth = lease(&at.store, now() + MINUTE * 3).await.unwrap();
        assert_eq!((fourth.status, fourth.handed_at), (MessageStatus::Sending, None), "{}", at.engine);
    }
}

#[tokio::test]
async fn what_a_worker_has_in_hand_is_called_back_until_it_is_given_away() {
    for at in stores().await {
        let booked = due(&at.store).await;
        let held = lease(&at.store, now()).await.unwrap();
        give(&at.store, now(), &mut stored(&at.store, &booked).await, Command::Cancel { by: booked.doctor.operator() })
            .await;
        assert!(!handed(&at.store, &held, now()).await, "{}", at.engine);
        assert_eq!(read(&at.store, &held).await.status, MessageStatus::Cancelled, "{}", at.engine);
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_read_keeps_no_other_message_back() {
    for at in stores().await {
        due(&at.store).await;
        due(&at.store).await;
        let broken = lease(&at.store, now()).await.unwrap();
        let mut batch = Batch::new();
        let sql = "UPDATE participants SET phone = $1 WHERE id = $2";
        batch.run_on_one(sql, vec!["no number".into(), broken.participant.to_string().into()]);
        at.store.write(batch).await.unwrap();
        for turn in 1..4 {
            let later = now() + MINUTE * turn;
            let leased = queue::lease(&at.store, later, later + MINUTE, 10).await.unwrap();
            let seats: Vec<_> = leased.iter().map(|message| message.participant).collect();
            assert_eq!(seats.len(), 1, "{}: turn {turn}", at.engine);
            assert!(!seats.contains(&broken.participant), "{}", at.engine);
        }
    }
}

#[tokio::test]
async fn that_a_provider_has_a_message_is_recorded_whoever_learns_of_it() {
    for at in stores().await {
        due(&at.store).await;
        let slow = lease(&at.store, now()).await.unwrap();
        assert!(handed(&at.store, &slow, now()).await);
        let quick = lease(&at.store, now() + MINUTE).await.unwrap();
        queue::put_off(&at.store, lease_of(&quick), now() + MINUTE, Reason::Unsure, None).await.unwrap();
        queue::taken(&at.store, slow.id, &taken("SM1"), now() + MINUTE).await.unwrap();
        assert!(lease(&at.store, now() + MINUTE * 9).await.is_none(), "{}: it is not sent again", at.engine);
        assert_eq!(read(&at.store, &slow).await.status, MessageStatus::Accepted, "{}", at.engine);
    }
}

#[tokio::test]
async fn reports_in_any_order_only_ever_move_a_message_on() {
    for at in stores().await {
        for from in MessageStatus::ALL {
            for to in MessageStatus::ALL {
                due(&at.store).await;
                let message = lease(&at.store, now()).await.unwrap();
                assert!(handed(&at.store, &message, now()).await);
                let mut batch = Batch::new();
                let params = vec![from.as_str().into(), message.id.to_string().into()];
                batch.run_on_one("UPDATE outbox SET status = $1 WHERE id = $2", params);
                at.store.write(batch).await.unwrap();
                let reported = report(&message, &message.id.to_string(), *to);
                let moved = reports::apply(&at.store, &reported, None, now()).await.unwrap();
                let may = from.may_become(*to) && *to >= MessageStatus::Accepted;
                assert_eq!(moved, may, "{}: from {from} to {to}", at.engine);
                let after = read(&at.store, &message).await.status;
                assert_eq!(after, if may { *to } else { *from }, "{}: from {from} to {to}", at.engine);
                assert!(!reports::apply(&at.store, &reported, None, now()).await.unwrap(), "a second time");
                queue::taken(&at.store, message.id, &Taken::shown(), now()).await.unwrap();
                close(&at.store, &message).await;
            }
        }
    }
}

/// Out of the way of the next.
async fn close(store: &Store, message: &StoredMessage) {
    let mut batch = Batch::new();
    batch.run_on_one("UPDATE outbox SET status = 'cancelled' WHERE id = $1", vec![message.id.to_string().into()]);
    store.write(batch).await.unwrap();
}

#[tokio::test]
async fn a_report_that_comes_before_our_own_commit_settles_the_message() {
    for at in stores().await {
        due(&at.store).await;
        let message = lease(&at.store, now()).await.unwrap();
        assert!(handed(&at.store, &message, now()).await);
        let delivered = report(&message, "SM1", MessageStatus::Delivered);
        assert!(reports::apply(&at.store, &delivered, None, now()).await.unwrap());
        queue::taken(&at.store, message.id, &taken("SM1"), now()).await.unwrap();
        queue::doubt(&at.store, lease_of(&message), Some(now())).await.unwrap();
        queue::refuse(&at.store, lease_of(&message), Reason::Refused, None, None).await.unwrap();
        assert_eq!(read(&at.store, &message).await.status, MessageStatus::Delivered, "{}", at.engine);
        let other = report(&message, "SM2", MessageStatus::Delivered);
        assert!(
            !reports::apply(&at.store, &other, None, now()).await.unwrap(),
            "{}: another message of theirs",
            at.engine
        );
    }
}

#[tokio::test]
async fn one_message_of_the_provider_is_never_two_of_ours() {
    for at in stores().await {
        due(&at.store).await;
        due(&at.store).await;
        let leased = queue::lease(&at.store, now(), now() + MINUTE, 10).await.unwrap();
        for message in &leased {
            assert!(handed(&at.store, message, now()).await);
        }
        queue::taken(&at.store, leased[0].id, &taken("SM1"), now()).await.unwrap();
        let twice = queue::taken(&at.store, leased[1].id, &taken("SM1"), now()).await;
        assert!(matches!(twice, Err(StoreError::Duplicate)), "{}: {twice:?}", at.engine);
        let reported = report(&leased[1], "SM1", MessageStatus::Delivered);
        assert!(!reports::apply(&at.store, &reported, None, now()).await.unwrap(), "{}", at.engine);
        assert_eq!(queue::known_to(&at.store, NUMBER, now() - MINUTE).await.unwrap().len(), 1, "{}", at.engine);
        assert_eq!(queue::handed_to(&at.store, NUMBER, now() - MINUTE).await.unwrap().len(), 2, "{}", at.engine);
        assert_eq!(queue::spent(&at.store, now()).await.unwrap(), 3, "{}: one of two, one of one", at.engine);
        assert_eq!(queue::spent(&at.store, now() + MINUTE).await.unwrap(), 0, "{}", at.engine);
    }
}

#[tokio::test]
async fn an_e_mail_stands_for_a_text_message_once() {
    for at in stores().await {
        due(&at.store).await;
        let message = lease(&at.store, now()).await.unwrap();
        assert_eq!(message.email.as_ref().unwrap().to_string(), "tomas@mail.example", "{}", at.engine);
        let instead = Instead { of: &message, at: now() };
        queue::refuse(&at.store, lease_of(&message), Reason::OptedOut, None, Some(&instead)).await.unwrap();
        let late = queue::refuse(&at.store, lease_of(&message), Reason::OptedOut, None, Some(&instead)).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{}: {late:?}", at.engine);
        // A report that comes late writes no second one.
        let lost = report(&message, "SM1", MessageStatus::Undelivered);
        assert!(!reports::apply(&at.store, &lost, Some(MessageId::mint()), now()).await.unwrap(), "{}", at.engine);
        let mails = queue::lease(&at.store, now(), now() + MINUTE, 10).await.unwrap();
        assert_eq!(mails.len(), 1, "{}", at.engine);
        assert_eq!((mails[0].channel, mails[0].template), (Channel::Email, message.template), "{}", at.engine);

        let seats = deliveries::of_visit(&at.store, message.consultation).await.unwrap();
        assert_eq!(
            seats[&message.participant].latest.unwrap().status,
            MessageStatus::Sending,
            "{}: the latest",
            at.engine
        );
        let of_all = deliveries::in_scope(&at.store, Scope::Clinic, now(), now() + MINUTE).await.unwrap();
        assert_eq!(of_all[&message.consultation], seats, "{}", at.engine);
    }
}

#[tokio::test]
async fn that_a_message_was_lost_and_the_e_mail_for_it_are_one_commit() {
    for at in stores().await {
        due(&at.store).await;
        let message = lease(&at.store, now()).await.unwrap();
        assert!(handed(&at.store, &message, now()).await);
        queue::taken(&at.store, message.id, &taken("SM1"), now()).await.unwrap();
        let apply = async |id, status, instead| {
            reports::apply(&at.store, &report(&message, id, status), Some(instead), now()).await.unwrap()
        };
        assert!(!apply("SM2", MessageStatus::Undelivered, MessageId::mint()).await, "{}: another of theirs", at.engine);
        // An e-mail that cannot be written, for its id is taken.
        assert!(!apply("SM1", MessageStatus::Undelivered, message.id).await, "{}", at.engine);
        assert_eq!(read(&at.store, &message).await.status, MessageStatus::Accepted, "{}: neither", at.engine);
        assert!(apply("SM1", MessageStatus::Sent, MessageId::mint()).await, "{}: not lost", at.engine);
        assert!(lease(&at.store, now()).await.is_none(), "{}", at.engine);
        for moves in [true, false] {
            assert_eq!(apply("SM1", MessageStatus::Undelivered, MessageId::mint()).await, moves, "{}", at.engine);
        }
        let mails = queue::lease(&at.store, now(), now() + MINUTE, 10).await.unwrap();
        assert_eq!((mails.len(), mails[0].channel), (1, Channel::Email), "{}: once", at.engine);
        assert_eq!(read(&at.store, &message).await.status, MessageStatus::Undelivered, "{}", at.engine);
    }
}

#[tokio::test]
async fn answers_are_kept_once_with_the_visit_they_are_about() {
    for at in stores().await {
        due(&at.store).await;
        let message = lease(&at.store, now()).await.unwrap();
        assert!(handed(&at.store, &message, now()).await);
        let phone: Phone = NUMBER.parse().unwrap();
        let reply = |id: &str, text: &str| NewReply {
            id: id.parse().unwrap(),
            from: phone.clone(),
            text: text.to_owned(),
            at: now(),
        };
        let keep = async |id, text| replies::keep(&at.store, &reply(id, text), Answer::read(text)).await.unwrap();
        assert_eq!(keep("SM1", "Voy\ntarde\u{0}").await, Some(message.consultation), "{}", at.engine);
        assert_eq!(keep("SM1", "Voy tarde").await, None, "{}: twice", at.engine);
        assert!(opt_outs::since(&at.store, &phone).await.unwrap().is_none());
        keep("SM2", "ALTO").await;
        assert_eq!(opt_outs::since(&at.store, &phone).await.unwrap(), Some(now()), "{}", at.engine);
        keep("SM3", "Alta").await;
        keep("SM2", "ALTO").await;
        assert_eq!(opt_outs::since(&at.store, &phone).await.unwrap(), None, "{}: an old STOP again", at.engine);
        let shown = replies::recent(&at.store, Scope::Clinic, now()).await.unwrap();
        assert_eq!(shown.len(), 3, "{}", at.engine);
        assert_eq!((shown[2].text.as_str(), shown[2].name.to_string()), ("Voy tarde", "Tomás Quiroga".to_owned()));
        assert!(replies::recent(&at.store, Scope::Clinic, now() + MINUTE).await.unwrap().is_empty());
    }
}
