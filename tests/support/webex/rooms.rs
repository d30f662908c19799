//! What bots do: write messages, open rooms, invite.

use serde_json::{Value, json};

use super::{Caller, FakeWebex, Said, State, error, text};
use crate::stub::Reaction;

#[derive(Clone, Debug, Default)]
pub(crate) struct Rooms {
    pub(crate) messages: Vec<Value>,
    pub(crate) rooms: Vec<(String, String)>,
    pub(crate) members: Vec<(String, String)>,
}

impl FakeWebex {
    pub(crate) fn rooms(&self) -> Rooms {
        self.state().rooms.clone()
    }
}

pub(super) fn answer(state: &mut State, caller: Caller, parts: &[&str], body: &Value) -> Said {
    if caller != Caller::Bot {
        return Err(error(403, "The service app lacks a scope"));
    }
    let id = uuid::Uuid::now_v7().simple().to_string();
    let rooms = &mut state.rooms;
    match parts {
        ["people", "me"] => Ok(Reaction::json(200, &json!({ "id": "bot", "type": "bot" }))),
        ["messages"] => {
            let addressees = ["roomId", "toPersonId", "toPersonEmail"];
            if addressees.iter().filter(|name| !text(body, name).is_empty()).count() != 1 {
                return Err(error(400, "One of roomId, toPersonId and toPersonEmail"));
            }
            let is_empty =
                ["text", "markdown"].iter().all(|name| text(body, name).is_empty()) && body["files"].is_null();
            if is_empty || text(body, "markdown").len() > 7439 {
                return Err(error(400, "Nothing to write, or too much"));
            }
            let cards = body["attachments"].as_array().cloned().unwrap_or_default();
            if cards.iter().any(|card| text(card, "contentType") != "application/vnd.microsoft.card.adaptive") {
                return Err(error(400, "An attachment is an Adaptive Card"));
            }
            rooms.messages.push(body.clone());
            Ok(Reaction::json(200, &json!({ "id": id })))
        }
        ["rooms"] if !text(body, "title").is_empty() => {
            rooms.rooms.push((id.clone(), text(body, "title").to_owned()));
            Ok(Reaction::json(200, &json!({ "id": id, "title": body["title"] })))
        }
        ["memberships"] => {
            let member = (text(body, "roomId").to_owned(), text(body, "personEmail").to_owned());
            if rooms.members.contains(&member) {
                return Err(error(409, "User is already a participant"));
            }
            rooms.members.push(member);
            Ok(Reaction::json(200, &json!({ "id": id })))
        }
        _ => Err(error(400, "Bad Request")),
    }
}
