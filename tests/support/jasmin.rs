//! A Jasmin gateway as its HTTP API is documented, on loopback.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "not every test needs all of it")]

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use uuid::Uuid;

use crate::stub::{Reaction, Request, Stub};

pub(crate) const USER: &str = "hospital";
pub(crate) const PASSWORD: &str = "a-password-of-a-gateway";
pub(crate) const SENDER: &str = "SanTelmo";

/// What it does with the next message.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mood {
    TakeAndHangUp,
    /// Its connection to the operator is down; it says so.
    Down,
    Busy,
    /// None of its lines to the operator stands.
    NoConnectors,
    /// 429, never processed; whoever stands before it may say so.
    TooMany(Option<u32>),
    /// Takes the message, and answers late.
    Slow(Duration),
}

#[derive(Default)]
struct State {
    moods: VecDeque<Mood>,
    taken: Vec<(String, HashMap<String, String>)>,
    asked: usize,
}

/// The gateway.
pub(crate) struct FakeJasmin {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
}

impl FakeJasmin {
    pub(crate) fn start() -> Self {
        let state = Arc::<Mutex<State>>::default();
        let held = Arc::clone(&state);
        let stub = Stub::start(move |request| react(&held, &request));
        Self { url: stub.url, state }
    }

    pub(crate) fn moods(&self, moods: &[Mood]) {
        self.state.lock().unwrap().moods.extend(moods);
    }

    /// Its names of the messages it took, and what was asked of it.
    pub(crate) fn taken(&self) -> Vec<(String, HashMap<String, String>)> {
        self.state.lock().unwrap().taken.clone()
    }

    pub(crate) fn asked(&self) -> usize {
        self.state.lock().unwrap().asked
    }
}

fn react(state: &Mutex<State>, request: &Request) -> Reaction {
    if request.path == "/ping" {
        return Reaction::text(200, "Jasmin/PONG");
    }
    if request.path != "/send" {
        return Reaction::text(404, "No Such Resource");
    }
    let mut state = state.lock().unwrap();
    state.asked += 1;
    if let Some((status, why)) = refusal(request) {
        return Reaction::text(status, format!("Error \"{why}\""));
    }
    let mood = state.moods.pop_front();
    match mood {
        Some(Mood::Down) => return Reaction::text(500, "Error \"Cannot send submit_sm, check log file for details\""),
        Some(Mood::Busy) => return Reaction::text(403, "Error \"User throughput exceeded\""),
        Some(Mood::NoConnectors) => return Reaction::text(412, "Error \"Failover route has no bound connectors\""),
        Some(Mood::TooMany(after)) => {
            let refused = Reaction::text(429, "");
            return match after {
                Some(seconds) => refused.with("retry-after", seconds.to_string()),
                None => refused,
            };
        }
        Some(Mood::TakeAndHangUp | Mood::Slow(_)) | None => {}
    }
    let id = Uuid::new_v4().to_string();
    state.taken.push((id.clone(), request.form.clone()));
    let taken = Reaction::text(200, format!("Success \"{id}\""));
    match mood {
        Some(Mood::TakeAndHangUp) => Reaction::HangUp,
        Some(Mood::Slow(pause)) => Reaction::After(pause, Box::new(taken)),
        _ => taken,
    }
}

fn refusal(request: &Request) -> Option<(u16, String)> {
    for name in ["to", "username", "password"] {
        if request.field(name).is_empty() {
            return Some((400, format!("Mandatory argument [{name}] is not found.")));
        }
    }
    let field = |name| request.field(name);
    let is_hex = |text: &str| text.len().is_multiple_of(4) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (status, why) = match () {
        () if field("content").is_empty() == field("hex-content").is_empty() => {
            (400, "content or hex-content not present.")
        }
        () if !["0", "8"].contains(&field("coding")) => (400, "Argument [coding] has an invalid value."),
        () if field("coding") == "8" && !is_hex(field("hex-content")) => (400, "Invalid hex-content data."),
        () if field("dlr") == "yes" && !field("dlr-url").starts_with("http") => (400, "dlr-url is missing."),
        () if field("dlr") == "yes" && !["GET", "POST"].contains(&field("dlr-method")) => {
            (400, "dlr-method is missing.")
        }
        () if !field("validity-period").bytes().all(|byte| byte.is_ascii_digit()) => {
            (400, "validity-period is invalid.")
        }
        () if (field("username"), field("password")) != (USER, PASSWORD) => {
            return Some((403, format!("Authentication failure for username:{}", field("username"))));
        }
        () if field("from") != SENDER => (412, "No route found"),
        () => return None,
    };
    Some((status, why.to_owned()))
}
