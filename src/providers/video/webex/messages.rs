//! What the bot tells staff: messages and cards in rooms, or to one person.
//!
//! Never a word about a patient: what a message says is up to its caller, who has counts and minutes only.

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::api::{Ask, Body, Proof};
use super::{Trouble, Webex};
use crate::domain::meeting::Obstacle;
use crate::domain::person::Email;

/// The longest markdown, in bytes.
pub const LONGEST_MARKDOWN: usize = 7439;

/// Where the bot writes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addressee {
    /// A room.
    Room(String),
    /// A person, by their address.
    Person(Email),
}

/// What the bot writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// For those who cannot see the rest, and for notifications.
    pub text: String,
    /// The same, set in markdown; cut where it is too long.
    pub markdown: Option<String>,
    /// An Adaptive Card.
    pub card: Option<Value>,
}

#[derive(Deserialize)]
struct Made {
    id: String,
}

impl Webex {
    /// `POST /messages`; the id of what was written.
    ///
    /// # Errors
    /// [`Trouble`]; `not_set_up` without a bot.
    pub async fn tell(&self, whom: &Addressee, notice: &Notice) -> Result<String, Trouble> {
        let mut body = json!({ "text": notice.text });
        let (name, value) = match whom {
            Addressee::Room(room) => ("roomId", room.clone()),
            Addressee::Person(email) => ("toPersonEmail", email.to_string()),
        };
        if let Some(body) = body.as_object_mut() {
            body.insert(name.to_owned(), value.into());
            if let Some(markdown) = &notice.markdown {
                body.insert("markdown".to_owned(), cut(markdown).into());
            }
            if let Some(card) = &notice.card {
                let attachment = json!({ "contentType": "application/vnd.microsoft.card.adaptive", "content": card });
                body.insert("attachments".to_owned(), json!([attachment]));
            }
        }
        Ok(self.bots::<Made>("write message", &["messages"], body).await?.id)
    }

    /// `POST /rooms`; its id.
    ///
    /// # Errors
    /// As [`Webex::tell`].
    pub async fn open_room(&self, title: &str) -> Result<String, Trouble> {
        Ok(self.bots::<Made>("open room", &["rooms"], json!({ "title": title })).await?.id)
    }

    /// `POST /memberships`. Who is a member already stays one.
    ///
    /// # Errors
    /// As [`Webex::tell`].
    pub async fn invite_to_room(&self, room: &str, email: &Email) -> Result<(), Trouble> {
        let body = json!({ "roomId": room, "personEmail": email.to_string(), "isModerator": false });
        match self.bots::<Value>("invite to room", &["memberships"], body).await {
            Err(trouble) if trouble.status == Some(409) => Ok(()),
            other => other.map(drop),
        }
    }

    /// `GET /people/me`: whether the bot's token is good.
    ///
    /// # Errors
    /// As [`Webex::tell`].
    pub async fn bot_is_known(&self) -> Result<(), Trouble> {
        let bot = self.bot.as_ref().ok_or(Trouble::unanswered(Obstacle::NotSetUp))?;
        let proof = Proof::Own(bot);
        let ask = Ask {
            name: "ask who the bot is",
            method: Method::GET,
            path: &["people", "me"],
            query: vec![],
            body: Body::None,
            proof,
        };
        self.api.ask(ask).await.map(drop)
    }

    async fn bots<T: serde::de::DeserializeOwned>(
        &self,
        name: &'static str,
        path: &[&str],
        body: Value,
    ) -> Result<T, Trouble> {
        let bot = self.bot.as_ref().ok_or(Trouble::unanswered(Obstacle::NotSetUp))?;
        let proof = Proof::Own(bot);
        self.api.read(Ask { name, method: Method::POST, path, query: vec![], body: Body::Json(body), proof }).await
    }
}

/// As many bytes as Webex takes, without cutting a letter in two.
fn cut(markdown: &str) -> &str {
    markdown.get(..markdown.floor_char_boundary(LONGEST_MARKDOWN)).unwrap_or(markdown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_cut_between_letters() {
        assert_eq!(cut("short"), "short");
        let long = "ñ".repeat(4000);
        assert_eq!(cut(&long).len(), LONGEST_MARKDOWN - 1);
    }
}
