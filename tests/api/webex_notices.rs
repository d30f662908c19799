//! The bot about meetings that Webex would not make: told once per wish, to the room and to whose visit it is.

use antesala::domain::account::{Chosen, Wanted};
use antesala::domain::consultation::Command;
use antesala::domain::service::Engine;
use antesala::store::Batch;
use antesala::store::webex_people::accounts::{self, Align, Wish};
use antesala::store::webex_people::choices::{self, Choices, Tells};
use antesala::workers::webex::WebexWork;
use antesala::workers::webex_notices::Bot;
use antesala::workers::webex_people::WebexPeople;
use jiff::SignedDuration;
use serde_json::Value;

use crate::app::{TestApp, on_each};
use crate::hospital::Visit;
use crate::meetings::{organisation, wished};
use crate::webex::{FakeWebex, LICENCE, Mood, SITE};

const ROOM: &str = "room-0001";

const TOLD: &str = "Webex no hizo 1 cosa que se le pidió.";

/// A hospital whose doctor Webex knows, with a visit that it is to carry.
struct Trouble<'a> {
    app: &'a TestApp,
    fake: FakeWebex,
    work: WebexWork,
    bot: Bot,
    visit: Visit,
}

impl<'a> Trouble<'a> {
    async fn about(app: &'a TestApp) -> Self {
        let (fake, work) = organisation(app).await;
        let bot = Bot {
            store: work.store.clone(),
            webex: work.webex.clone(),
            clock: work.clock.clone(),
            hospital: work.hospital.clone(),
            origin: "https://antesala.example".to_owned(),
            room: Some(ROOM.to_owned()),
        };
        let trouble = Self { app, fake, bot, visit: wished(app).await, work };
        trouble.know_the_doctor().await;
        trouble
    }

    async fn know_the_doctor(&self) {
        let staff = self.app.hospital.doctor.id;
        let chosen = Chosen { licences: [LICENCE.to_owned()].into(), sites: [SITE.to_owned()].into() };
        let mut batch = Batch::new();
        let (seen, wanted, held) = (None, Wanted::Account, chosen.clone());
        accounts::wish(&mut batch, &Wish { staff, seen, wanted, chosen, held, align: Align::default() });
        self.app.store.write(batch).await.unwrap();
        let people = WebexPeople {
            store: self.work.store.clone(),
            webex: self.work.webex.clone(),
            clock: self.work.clock.clone(),
        };
        assert_eq!(people.see_to_accounts().await.unwrap(), 1, "{}", self.app.engine);
    }

    /// Webex does not make the meeting so many times, with the pauses between.
    async fn refused(&self, times: usize) {
        self.failed(times, 409).await;
    }

    async fn failed(&self, times: usize, status: u16) {
        for _ in 0..times {
            // What may be asked twice is.
            self.fake.moods(&[("meetings", Mood::Fail(status)); 2]);
            assert_eq!(self.work.carry_out_wishes().await.unwrap(), 1, "{}", self.app.engine);
            self.fake.state().moods.clear();
            self.app.later(SignedDuration::from_mins(11));
        }
    }

    async fn step(&self) -> usize {
        self.bot.step().await.unwrap()
    }

    fn written(&self) -> Vec<Value> {
        self.fake.rooms().messages
    }
}

fn to(message: &Value) -> &str {
    message["roomId"].as_str().or(message["toPersonEmail"].as_str()).unwrap()
}

#[tokio::test]
async fn a_meeting_that_webex_would_not_make_is_told_once_and_without_a_name() {
    on_each(async |app| {
        let trouble = Trouble::about(app).await;
        trouble.refused(2).await;
        assert_eq!(trouble.step().await, 0, "{}: most of what fails once does not fail twice", app.engine);
        trouble.refused(1).await;
        assert_eq!(trouble.step().await, 2, "{}", app.engine);
        let written = trouble.written();
        let mut whom: Vec<_> = written.iter().map(to).collect();
        whom.sort_unstable();
        let mut expected = [app.hospital.doctor.email.to_string(), ROOM.to_owned()];
        expected.sort_unstable();
        assert_eq!(whom, expected, "{}", app.engine);
        for message in &written {
            let text = message.to_string();
            assert!(text.contains(TOLD), "{text}");
            for secret in ["Tomás", "Quiroga", "Rosa", "Control", &trouble.visit.id.to_string()] {
                assert!(!text.contains(secret), "{secret} in {text}");
            }
        }

        trouble.refused(2).await;
        assert_eq!(trouble.step().await, 0, "{}: the same wish is told of once", app.engine);
        // Webex again, after the direct call: that is another wish.
        let by = app.hospital.doctor.operator();
        for to in [Engine::Direct, Engine::Webex] {
            app.command(trouble.visit.id, Command::SwitchEngine { by, to }).await.unwrap();
        }
        trouble.refused(3).await;
        assert_eq!(trouble.step().await, 2, "{}", app.engine);
        assert_eq!(trouble.written().len(), 4, "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn what_only_somebody_can_change_is_told_at_once() {
    for status in [400, 403] {
        on_each(async |app| {
            let trouble = Trouble::about(app).await;
            trouble.failed(1, status).await;
            assert_eq!(trouble.step().await, 2, "{}: it is not tried again for hours", app.engine);
        })
        .await;
    }
}

#[tokio::test]
async fn a_meeting_that_webex_gives_no_answer_about_is_told_too() {
    on_each(async |app| {
        let trouble = Trouble::about(app).await;
        trouble.failed(2, 503).await;
        assert_eq!(trouble.step().await, 0, "{}: it is being looked for", app.engine);
        trouble.failed(1, 503).await;
        assert_eq!(trouble.step().await, 2, "{}", app.engine);
        assert!(trouble.written().iter().all(|message| message.to_string().contains(TOLD)), "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn a_meeting_that_nobody_needs_or_wants_to_hear_of_is_not_told() {
    on_each(async |app| {
        let trouble = Trouble::about(app).await;
        trouble.refused(3).await;
        let now = choices::read(&app.store).await.unwrap();
        let silent = Choices { tells: Tells { trouble: false, ..now.tells }, ..now.clone() };
        choices::save(&app.store, &silent).await.unwrap();
        assert_eq!(trouble.step().await, 0, "{}: turned off", app.engine);
        let now = choices::read(&app.store).await.unwrap();
        choices::save(&app.store, &Choices { tells: Tells { trouble: true, ..now.tells }, ..now }).await.unwrap();

        let by = app.hospital.clerk.operator();
        app.command(trouble.visit.id, Command::Cancel { by }).await.unwrap();
        assert_eq!(trouble.step().await, 0, "{}: called off", app.engine);
        assert!(trouble.written().is_empty(), "{}", app.engine);
    })
    .await;
}
