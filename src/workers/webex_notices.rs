//! The bot: tells a room, and each doctor, that people wait, that messages did not arrive, that something is wrong at Webex.
//!
//! Counts and minutes only, gathered, at most once in five minutes to each. What may have been told is never told again.
//! Never writes to somebody whom Webex does not know: that would invite them.

use std::collections::BTreeSet;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::domain::ids::StaffId;
use crate::domain::meeting::Obstacle;
use crate::domain::notice::{PATIENCE, QUIET, Receiver, Topic, Waiting};
use crate::domain::person::{Email, Language};
use crate::providers::video::Webex;
use crate::providers::video::webex::messages::{Addressee, Notice};
use crate::store::hospital::Live;
use crate::store::webex_people::accounts;
use crate::store::webex_people::choices::{self, Tells};
use crate::store::webex_people::notices::{self, Note, Turn, Waiter};
use crate::store::{Store, StoreError, staff};
use crate::text::Texts;
use crate::workers::pauses::Pauses;

/// How often it looks.
const LOOK: Duration = Duration::from_secs(10);

/// How many tries something has failed before anybody is told: most of what fails once does not fail twice.
const TRIES: u32 = 3;

/// How old a message that did not arrive may be.
const YESTERDAY: SignedDuration = SignedDuration::from_hours(24);

/// How long it is remembered what was told: longer than a visit can be open.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 7);

/// The pauses before writing is tried again.
const PAUSES: Pauses = Pauses { shortest: SignedDuration::from_secs(30), longest: SignedDuration::from_mins(30) };

/// What the bot needs.
#[derive(Clone)]
pub struct Bot {
    /// Where things are noted.
    pub store: Store,
    /// The client.
    pub webex: Arc<Webex>,
    /// The time.
    pub clock: Clock,
    /// The hospital's name and language.
    pub hospital: Live,
    /// Where its buttons lead.
    pub origin: String,
    /// The room it writes to.
    pub room: Option<String>,
}

/// What somebody is told.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    language: Language,
    lines: Vec<String>,
    path: &'static str,
}

/// Works until `shutdown` completes.
pub async fn run(bot: Bot, shutdown: impl Future<Output = ()>) {
    let mut shutdown = pin!(shutdown);
    loop {
        tokio::select! {
            biased;
            () = &mut shutdown => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        if let Err(error) = bot.step().await {
            tracing::warn!(%error, "what the bot has to tell could not be read; trying again");
        }
    }
}

impl Bot {
    /// Notes what is to be told, and tells it to those who may be written to; returns how many were written to.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn step(&self) -> Result<usize, StoreError> {
        let tells = choices::read(&self.store).await?.tells;
        self.gather(tells).await?;
        let mut written = 0;
        while let Some(turn) = notices::take_turn(&self.store, self.clock.now(), QUIET).await? {
            written += usize::from(self.tell(turn, tells).await? == Written::Yes);
        }
        Ok(written)
    }

    async fn gather(&self, tells: Tells) -> Result<(), StoreError> {
        let now = self.clock.now();
        let doctors: BTreeSet<_> = notices::known_there(&self.store).await?.into_iter().collect();
        let mut notes = Vec::new();
        let mut note = |topic, doctor: Option<StaffId>, subject: String| {
            let doctor = doctor.filter(|doctor| doctors.contains(doctor)).map(Receiver::Staff);
            let room = self.room.as_ref().map(|_| Receiver::Room);
            let receivers = [doctor, room].into_iter().flatten();
            notes.extend(receivers.map(|receiver| Note { receiver, topic, subject: subject.clone() }));
        };
        if tells.waiting {
            for waiter in self.waiting().await?.iter().filter(|waiter| waiter.since + PATIENCE <= now) {
                note(Topic::Waiting, waiter.doctor, waiter.seat.to_string());
            }
        }
        if tells.messages {
            for (message, doctor) in notices::failed_messages(&self.store, now - YESTERDAY).await? {
                note(Topic::Messages, doctor, message.to_string());
            }
        }
        if tells.trouble {
            for account in notices::accounts_in_trouble(&self.store, TRIES).await? {
                note(Topic::Trouble, None, account);
            }
            for (meeting, doctor) in notices::meetings_in_trouble(&self.store, TRIES).await? {
                note(Topic::Trouble, doctor, meeting);
            }
        }
        notices::note(&self.store, &notes, now).await?;
        notices::forget_old(&self.store, now - REMEMBERED).await
    }

    async fn waiting(&self) -> Result<Vec<Waiter>, StoreError> {
        notices::waiting(&self.store).await
    }

    async fn tell(&self, turn: Turn, tells: Tells) -> Result<Written, StoreError> {
        let topics = notices::begin_telling(&self.store, turn).await?;
        let whom = self.addressee(turn.receiver).await?;
        let said = self.said(turn.receiver, &topics, tells).await?;
        let (Some((whom, language)), Some(lines)) = (whom, said) else {
            notices::was_needless(&self.store, turn).await?;
            return Ok(Written::No);
        };
        let path = if turn.receiver == Receiver::Room { "/" } else { "/board" };
        let texts = Texts::of(language);
        let said = Said { language, lines: lines.into_iter().map(|line| line.told(texts)).collect(), path };
        match self.webex.tell(&whom, &self.notice(&said)).await {
            Ok(_) => notices::told(&self.store, turn).await.map(|()| Written::Yes),
            Err(trouble) if is_worth_another_try(trouble.obstacle) => {
                tracing::warn!(%trouble, "the bot could not write; trying again");
                let next = self.clock.now() + PAUSES.after(turn.tries, trouble.after);
                notices::put_off(&self.store, turn, next).await.map(|()| Written::No)
            }
            // It may have been written, or never can be: twice would be worse.
            Err(trouble) => {
                tracing::warn!(%trouble, "the bot could not write");
                notices::told(&self.store, turn).await.map(|()| Written::No)
            }
        }
    }

    /// Where a notice goes, and in which language; nowhere, where they are gone.
    async fn addressee(&self, receiver: Receiver) -> Result<Option<(Addressee, Language)>, StoreError> {
        let Receiver::Staff(id) = receiver else {
            let room = self.room.clone().map(Addressee::Room);
            return Ok(room.map(|room| (room, self.hospital.now().language)));
        };
        let Some(member) = staff::find(&self.store, id).await? else { return Ok(None) };
        let there = accounts::find(&self.store, id).await?.and_then(|account| account.address);
        let email: Option<Email> = there.and_then(|address| address.parse().ok());
        Ok(Some((Addressee::Person(email.unwrap_or(member.email)), member.language)))
    }

    /// What of these topics is still to be told.
    async fn said(&self, receiver: Receiver, topics: &[Topic], tells: Tells) -> Result<Option<Vec<Line>>, StoreError> {
        let count = |topic| u32::try_from(topics.iter().filter(|one| **one == topic).count()).unwrap_or(u32::MAX);
        let mut lines = Vec::new();
        if tells.waiting && count(Topic::Waiting) > 0 {
            let waiting = self.waiting().await?.into_iter().filter(|waiter| match receiver {
                Receiver::Room => true,
                Receiver::Staff(doctor) => waiter.doctor == Some(doctor),
            });
            let waiting = Waiting::among(waiting.map(|waiter| waiter.since), self.clock.now());
            lines.extend(waiting.map(Line::Waiting));
        }
        if tells.messages && count(Topic::Messages) > 0 {
            lines.push(Line::Messages(count(Topic::Messages)));
        }
        if tells.trouble && count(Topic::Trouble) > 0 {
            lines.push(Line::Trouble(count(Topic::Trouble)));
        }
        Ok((!lines.is_empty()).then_some(lines))
    }

    fn notice(&self, said: &Said) -> Notice {
        let text = said.lines.join("\n");
        let title = self.hospital.now().name.to_string();
        let open = Texts::of(said.language).get("webex-notice-open");
        let url = format!("{}{}", self.origin, said.path);
        Notice {
            markdown: None,
            card: Some(card(&title, &said.lines, &open, &url)),
            text: format!("{title}\n{text}\n{url}"),
        }
    }
}

/// One sentence of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Waiting(Waiting),
    Messages(u32),
    Trouble(u32),
}

/// Whether somebody was written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    Yes,
    No,
}

impl Line {
    fn told(self, texts: Texts) -> String {
        let number = |count: u32| i64::from(count).into();
        match self {
            Self::Waiting(Waiting { count, minutes }) => {
                texts.with("webex-notice-waiting", &[("count", number(count)), ("minutes", minutes.into())])
            }
            Self::Messages(count) => texts.with("webex-notice-messages", &[("count", number(count))]),
            Self::Trouble(count) => texts.with("webex-notice-trouble", &[("count", number(count))]),
        }
    }
}

/// An Adaptive Card: what there is to say, and one button.
fn card(title: &str, lines: &[String], open: &str, url: &str) -> Value {
    let head = json!({ "type": "TextBlock", "text": title, "weight": "Bolder", "size": "Medium", "wrap": true });
    let lines = lines.iter().map(|line| json!({ "type": "TextBlock", "text": line, "wrap": true }));
    json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.3",
        "body": std::iter::once(head).chain(lines).collect::<Vec<_>>(),
        "actions": [{ "type": "Action.OpenUrl", "title": open, "url": url }],
    })
}

/// Whether it certainly was not written, and may be later.
const fn is_worth_another_try(obstacle: Obstacle) -> bool {
    matches!(obstacle, Obstacle::Busy | Obstacle::Down | Obstacle::SignedOut | Obstacle::Forbidden)
}
