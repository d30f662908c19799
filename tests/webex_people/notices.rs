//! The bot: who is told what, once, gathered, and without a word about a patient.

use antesala::domain::hospital::Hospital;
use antesala::store::Batch;
use antesala::store::hospital::Live;
use antesala::store::webex_people::choices::{self, Choices, Tells};
use antesala::workers::webex_notices::Bot;
use futures_util::future::join;
use serde_json::Value;

use crate::visit::{Booked, booked, scheduled};
use crate::webex::{LICENCE, Mood};
use crate::{House, houses};

const ROOM: &str = "room-0001";

impl House {
    fn bot(&self) -> Bot {
        let (name, zone, country) = ("Hospital San Telmo", "America/Mexico_City", "MX");
        let hospital = Hospital::usual(name.parse().unwrap(), zone.parse().unwrap(), country.parse().unwrap());
        Bot {
            store: self.store.clone(),
            webex: self.work.webex.clone(),
            clock: self.clock.clone(),
            hospital: Live::started_as(hospital),
            origin: "https://antesala.example".to_owned(),
            room: Some(ROOM.to_owned()),
        }
    }

    async fn step(&self) -> usize {
        self.bot().step().await.unwrap()
    }

    /// A visit of a doctor whom Webex knows, whose patient arrives now.
    async fn somebody_waits(&self) -> Booked {
        let visit = booked(&self.store, self.clock.now(), scheduled(self.clock.now())).await;
        self.ask_for(visit.doctor.id, &[LICENCE]).await;
        self.see_to_accounts().await;
        self.arrive(&visit).await;
        visit
    }

    async fn arrive(&self, visit: &Booked) {
        let mut batch = Batch::new();
        batch.run(
            "UPDATE participants SET standing = 'waiting', arrived_at = $1 WHERE consultation_id = $2 AND staff_id IS NULL",
            vec![self.clock.now().into(), visit.visit.id.to_string().into()],
        );
        self.store.write(batch).await.unwrap();
    }

    async fn leave(&self, visit: &Booked) {
        let mut batch = Batch::new();
        batch.run(
            "UPDATE participants SET standing = 'admitted' WHERE consultation_id = $1 AND staff_id IS NULL",
            vec![visit.visit.id.to_string().into()],
        );
        self.store.write(batch).await.unwrap();
    }

    fn written(&self) -> Vec<Value> {
        self.fake.rooms().messages
    }
}

fn to(message: &Value) -> &str {
    message["roomId"].as_str().or(message["toPersonEmail"].as_str()).unwrap()
}

#[tokio::test]
async fn who_waits_is_told_to_the_room_and_the_doctor_without_a_name() {
    for house in houses().await {
        let visit = house.somebody_waits().await;
        assert_eq!(house.step().await, 0, "most are let in sooner: {}", house.engine());
        house.pass(3 * 60);
        assert_eq!(house.step().await, 2, "{}", house.engine());
        let written = house.written();
        let mut whom: Vec<_> = written.iter().map(to).collect();
        whom.sort_unstable();
        let email = visit.doctor.email.to_string();
        assert_eq!(whom, [email.as_str(), ROOM], "{}", house.engine());
        for message in &written {
            let text = message.to_string();
            assert!(text.contains("1 persona espera desde hace 3 min."), "{text}");
            for secret in ["Tomás", "Quiroga", "5512345678", &visit.visit.id.to_string(), "Control"] {
                assert!(!text.contains(secret), "{secret} in {text}");
            }
            let card = &message["attachments"][0]["content"];
            assert_eq!(
                (&card["type"], &card["actions"][0]["type"]),
                (&"AdaptiveCard".into(), &"Action.OpenUrl".into())
            );
            let leads_to =
                if to(message) == ROOM { "https://antesala.example/" } else { "https://antesala.example/board" };
            assert_eq!(card["actions"][0]["url"], leads_to);
        }
        house.pass(3600);
        assert_eq!(house.step().await, 0, "the same thing is told once: {}", house.engine());
    }
}

#[tokio::test]
async fn what_happens_within_five_minutes_is_told_together() {
    for house in houses().await {
        house.somebody_waits().await;
        house.pass(3 * 60);
        assert_eq!(house.step().await, 2, "{}", house.engine());
        for _ in 0..3 {
            house.somebody_waits().await;
        }
        house.pass(2 * 60);
        // Three other doctors hear of theirs; the room has heard something just now.
        assert_eq!(house.step().await, 3, "{}", house.engine());
        house.pass(3 * 60);
        assert_eq!(house.step().await, 1, "{}", house.engine());
        let last = house.written().pop().unwrap();
        assert_eq!(to(&last), ROOM);
        assert!(last.to_string().contains("4 personas esperan. La primera, desde hace 8 min."), "{last}");
    }
}

#[tokio::test]
async fn who_was_let_in_meanwhile_is_not_told_of() {
    for house in houses().await {
        house.fake.state().is_down = false;
        let first = house.somebody_waits().await;
        house.pass(3 * 60);
        house.step().await;
        let second = house.somebody_waits().await;
        house.leave(&first).await;
        house.pass(2 * 60);
        house.step().await;
        house.leave(&second).await;
        let before = house.written().len();
        house.pass(5 * 60);
        assert_eq!(house.step().await, 0, "{}", house.engine());
        assert_eq!(house.written().len(), before, "{}", house.engine());
    }
}

#[tokio::test]
async fn two_nodes_tell_everything_once() {
    for house in houses().await {
        for _ in 0..3 {
            house.somebody_waits().await;
        }
        house.pass(3 * 60);
        let (one, other) = join(house.step(), house.step()).await;
        assert_eq!(one + other, 4, "{}", house.engine());
        assert_eq!(house.written().len(), 4, "{}", house.engine());
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_is_not_told_again_and_a_refusal_that_passes_is() {
    for house in houses().await {
        let visit = house.somebody_waits().await;
        house.pass(3 * 60);
        house.fake.moods(&[("messages", Mood::DoAndHangUp), ("messages", Mood::DoAndHangUp)]);
        assert_eq!(house.step().await, 0, "nobody can say: {}", house.engine());
        assert_eq!(house.written().len(), 2, "{}", house.engine());
        house.pass(3600);
        assert_eq!(house.step().await, 0, "{}", house.engine());
        assert_eq!(house.written().len(), 2, "{}", house.engine());
        house.leave(&visit).await;

        house.somebody_waits().await;
        house.pass(3 * 60);
        house.fake.moods(&[("messages", Mood::TooMany(Some(60))); 6]);
        assert_eq!(house.step().await, 0, "{}", house.engine());
        house.fake.state().moods.clear();
        assert_eq!(house.step().await, 0, "not before Webex asked: {}", house.engine());
        house.pass(5 * 60);
        assert_eq!(house.step().await, 2, "{}", house.engine());
        assert_eq!(house.written().len(), 4, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_worker_that_died_while_telling_leaves_nothing_to_tell_twice() {
    use antesala::domain::notice::QUIET;
    use antesala::store::webex_people::notices;
    for house in houses().await {
        house.somebody_waits().await;
        house.pass(3 * 60);
        let bot = Bot { room: None, ..house.bot() };
        // It noted, took the turn, marked what it tells, and was gone.
        house.fake.moods(&[("messages", Mood::TooMany(Some(1))); 6]);
        bot.step().await.unwrap();
        house.fake.state().moods.clear();
        house.pass(5 * 60);
        let turn = notices::take_turn(&house.store, house.clock.now(), QUIET).await.unwrap().unwrap();
        assert_eq!(notices::begin_telling(&house.store, turn).await.unwrap().len(), 1, "{}", house.engine());
        house.pass(3600);
        assert_eq!(bot.step().await.unwrap(), 0, "{}", house.engine());
        assert!(house.written().is_empty(), "{}", house.engine());
    }
}

#[tokio::test]
async fn each_kind_can_be_turned_off() {
    for house in houses().await {
        let now = choices::read(&house.store).await.unwrap();
        let tells = Tells { waiting: false, ..now.tells };
        choices::save(&house.store, &Choices { tells, ..now }).await.unwrap();
        let visit = house.somebody_waits().await;
        house.pass(3 * 60);
        assert_eq!(house.step().await, 0, "{}", house.engine());
        let mut batch = Batch::new();
        let params = vec![visit.visit.id.to_string().into()];
        batch.run("UPDATE outbox SET status = 'failed' WHERE consultation_id = $1", params);
        house.store.write(batch).await.unwrap();
        assert_eq!(house.step().await, 2, "{}", house.engine());
        for message in house.written() {
            assert!(message.to_string().contains("no lleg"), "{message}");
            assert!(!message.to_string().contains("espera"), "{message}");
        }
    }
}

#[tokio::test]
async fn an_account_that_webex_would_not_see_to_is_told_to_the_room() {
    for house in houses().await {
        let ines = house.hire("Inés Soto", "ines@hospital.example", antesala::domain::staff::Role::Doctor).await;
        house.ask_for(ines, &[LICENCE]).await;
        for _ in 0..3 {
            house.fake.moods(&[("people", Mood::Fail(403))]);
            house.see_to_accounts().await;
            house.fake.state().moods.clear();
            house.pass(600);
        }
        assert_eq!(house.step().await, 1, "{}", house.engine());
        let message = house.written().pop().unwrap();
        assert!(message.to_string().contains("Webex no hizo 1 cosa"), "{message}");
        assert!(!message.to_string().contains("Inés"), "{message}");
    }
}

#[tokio::test]
async fn who_is_not_at_webex_is_not_written_to() {
    for house in houses().await {
        let visit = booked(&house.store, house.clock.now(), scheduled(house.clock.now())).await;
        house.arrive(&visit).await;
        house.pass(3 * 60);
        let bot = Bot { room: None, ..house.bot() };
        assert_eq!(bot.step().await.unwrap(), 0, "that would invite them: {}", house.engine());
        assert!(house.written().is_empty());
    }
}
