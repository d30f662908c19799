//! A door by which browser tests move the fake: what a doctor does in Webex, and how Webex fails.
//!
//! Never part of what Webex offers.

use std::sync::Mutex;

use serde_json::{Value, json};

use super::{FakeWebex, Mood, State, error, text};
use crate::stub::{Reaction, Request};

pub(super) fn react(state: &Mutex<State>, door: &str, request: &Request) -> Reaction {
    let body: Value = serde_json::from_str(&request.body).unwrap_or(Value::Null);
    match (request.method.as_str(), door) {
        ("GET", "state") => Reaction::json(200, &told(&state.lock().unwrap())),
        ("POST", "hosts") => {
            let email = text(&body, "email").to_owned();
            with(state, |fake| fake.add_host(&email));
            Reaction::json(200, &json!({}))
        }
        ("POST", "started" | "ended" | "joined" | "left") => {
            let (meeting, email) = (text(&body, "meeting").to_owned(), text(&body, "email").to_owned());
            let answers = with(state, |fake| match door {
                "started" => fake.begin(&meeting),
                "ended" => fake.finish(&meeting),
                "joined" => fake.come(&meeting, &email),
                _ => fake.go(&meeting, &email),
            });
            Reaction::json(200, &json!({ "answers": answers }))
        }
        ("POST", "down") => {
            state.lock().unwrap().is_down = body["is"] == true;
            Reaction::json(200, &json!({}))
        }
        ("POST", "revocation") => {
            state.lock().unwrap().tokens.access = None;
            Reaction::json(200, &json!({}))
        }
        ("POST", "moods") => {
            let mood = match text(&body, "mood") {
                "hang_up" => Mood::HangUp,
                "do_and_hang_up" => Mood::DoAndHangUp,
                "too_many" => Mood::TooMany(body["after"].as_u64().and_then(|after| u32::try_from(after).ok())),
                _ => Mood::Fail(500),
            };
            // As long as the fake runs; there are few.
            let kind: &'static str = text(&body, "path").to_owned().leak();
            state.lock().unwrap().moods.push_back((kind, mood));
            Reaction::json(200, &json!({}))
        }
        _ => error(404, "No such door"),
    }
}

fn told(state: &State) -> Value {
    let meetings: Vec<_> = state
        .meetings
        .iter()
        .map(|meeting| json!({ "id": meeting.id, "host": meeting.host, "body": meeting.body, "state": meeting.state }))
        .collect();
    let asked: Vec<_> = state.asked.iter().map(|asked| format!("{} {}", asked.method, asked.path)).collect();
    let hooks: Vec<_> = state.hooks.iter().map(|hook| json!({ "event": hook.event, "status": hook.status })).collect();
    json!({
        "meetings": meetings, "asked": asked, "hooks": hooks, "guests": state.tokens.guests,
        "messages": state.rooms.messages,
    })
}

/// The fake as tests hold it; its own lock is taken only for a moment at a time, since reports are answered meanwhile.
fn with<T>(state: &Mutex<State>, act: impl FnOnce(&FakeWebex) -> T) -> T {
    let fake = state.lock().unwrap().handle();
    act(&fake)
}
