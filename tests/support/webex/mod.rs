//! Webex as its OpenAPI describes it, on loopback: it refuses what the real one refuses, keeps what it was given, expires
//! tokens, and posts its reports back with signatures.
//!
//! Never anything of the house's own: what it checks is written from Webex's documentation.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#![allow(dead_code, unused_imports, reason = "not every test needs all of it")]

pub(crate) mod control;
mod meetings;
mod people;
mod rooms;
mod tokens;
pub(crate) mod webhooks;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, Weak};
use std::time::Duration;

use antesala::clock::Clock;
use antesala::config::WebexSettings;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::stub::{Reaction, Request, Stub};

pub(crate) use meetings::Meeting;
pub(crate) use people::{LICENCE, SCARCE};
pub(crate) use tokens::email_of;

pub(crate) const CLIENT: &str = "C0000000000000000000000000000001";
pub(crate) const CLIENT_SECRET: &str = "a-client-secret-of-webex-for-tests";
pub(crate) const FIRST_REFRESH: &str = "the-first-refresh-token-of-webex-for-tests";
pub(crate) const BOT: &str = "a-bot-token-of-webex-for-tests";
pub(crate) const SITE: &str = "hospital.webex.example";
pub(crate) const ISSUER: &str = "issuer-0001";
/// `a secret of a guest issuer`, in base64.
pub(crate) const ISSUER_SECRET: &str = "YSBzZWNyZXQgb2YgYSBndWVzdCBpc3N1ZXI=";
pub(crate) const WEBHOOK_SECRET: &str = "a-webhook-secret-for-tests";
pub(crate) const TRACKING: &str = "ROUTER_0000-TEST";

/// How long something may take to come about.
const PATIENCE: Duration = Duration::from_secs(20);

/// What it does with the next request of a kind.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mood {
    /// The connection is lost before anything is done.
    HangUp,
    /// It is done; the answer is lost.
    DoAndHangUp,
    /// 429, never processed.
    TooMany(Option<u32>),
    /// Another error, without anything being done.
    Fail(u16),
    /// It is done, and answered with a 400.
    DoAndRefuse,
    /// It is done, and answered late.
    Slow(Duration),
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: BTreeMap<String, String>,
    pub(crate) content_type: Option<String>,
    pub(crate) authorization: Option<String>,
    pub(crate) body: Value,
    pub(crate) form: BTreeMap<String, String>,
}

/// Whom a token belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    App,
    Bot,
}

pub(crate) struct State {
    pub(crate) clock: Clock,
    /// Where it answers, for the addresses of next pages.
    pub(crate) url: String,
    pub(crate) moods: VecDeque<(&'static str, Mood)>,
    pub(crate) asked: Vec<Asked>,
    pub(crate) scopes: BTreeSet<&'static str>,
    pub(crate) is_guest_to_guest: bool,
    pub(crate) is_down: bool,
    pub(crate) ignores_settings: bool,
    /// Of what it makes or moves it says nothing but the id.
    pub(crate) says_only_ids: bool,
    /// It writes addresses in capitals.
    pub(crate) shouts: bool,
    /// With which status it refuses to delete a meeting in progress: its documentation does not say.
    pub(crate) refuses_to_delete_with: u16,
    /// How long what happened is not seen through REST.
    pub(crate) lag: SignedDuration,
    pub(crate) page_size: usize,
    pub(crate) refresh_lives: SignedDuration,
    pub(crate) tokens: tokens::Tokens,
    pub(crate) meetings: Vec<Meeting>,
    pub(crate) creations: Vec<(String, Timestamp)>,
    pub(crate) hooks: Vec<webhooks::Hook>,
    pub(crate) people: Vec<people::Person>,
    pub(crate) licences: Vec<people::Licence>,
    pub(crate) rooms: rooms::Rooms,
    /// Told after every request, and after every delivery that failed.
    answered: watch::Sender<()>,
    /// Itself, for its own door.
    myself: Weak<Mutex<State>>,
}

/// An organisation at Webex.
#[derive(Clone)]
pub(crate) struct FakeWebex {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
}

/// Those of `docs/webex.md`, of both kinds of site.
const SCOPES: [&str; 12] = [
    "guest-issuer:write",
    "guest-meeting:rw",
    "meeting:schedules_read",
    "meeting:schedules_write",
    "meeting:admin_schedule_read",
    "meeting:admin_schedule_write",
    "meeting:participants_read",
    "meeting:participants_write",
    "spark-admin:people_read",
    "spark-admin:people_write",
    "spark-admin:licenses_read",
    "webhooks",
];

impl FakeWebex {
    pub(crate) fn start(clock: Clock) -> Self {
        Self::start_on(clock, 0)
    }

    pub(crate) fn start_on(clock: Clock, port: u16) -> Self {
        let state = Arc::new_cyclic(|myself| {
            Mutex::new(State {
                myself: Weak::clone(myself),
                tokens: tokens::Tokens::fresh(clock.now()),
                url: String::new(),
                clock,
                moods: VecDeque::new(),
                asked: Vec::new(),
                scopes: SCOPES.into(),
                is_guest_to_guest: false,
                is_down: false,
                ignores_settings: false,
                says_only_ids: false,
                shouts: false,
                refuses_to_delete_with: 409,
                lag: SignedDuration::ZERO,
                page_size: 100,
                refresh_lives: SignedDuration::from_secs(7_776_000),
                meetings: Vec::new(),
                creations: Vec::new(),
                hooks: Vec::new(),
                people: Vec::new(),
                licences: people::stock(),
                rooms: rooms::Rooms::default(),
                answered: watch::Sender::new(()),
            })
        });
        let held = Arc::clone(&state);
        let stub = Stub::start_on(port, move |request| {
            let reaction = react(&held, &request);
            held.lock().unwrap().answered.send_replace(());
            reaction
        });
        let url = format!("{}/v1", stub.url);
        state.lock().unwrap().url.clone_from(&url);
        Self { url, state }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Returns once something that requests bring about is so.
    pub(crate) async fn until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let mut answered = self.state().answered.subscribe();
        let comes_about = async {
            while !is_so(self) {
                answered.changed().await.unwrap();
            }
        };
        assert!(timeout(PATIENCE, comes_about).await.is_ok(), "{what} did not come about");
    }

    /// What it does with the next requests whose path starts so; then it is itself again.
    pub(crate) fn moods(&self, moods: &[(&'static str, Mood)]) {
        self.state().moods.extend(moods.iter().copied());
    }

    /// What was asked with this method, of paths that start so.
    pub(crate) fn asked(&self, method: &str, path: &str) -> Vec<Asked> {
        let matches = |asked: &&Asked| asked.method == method && asked.path.starts_with(path);
        self.state().asked.iter().filter(matches).cloned().collect()
    }

    /// The last request.
    pub(crate) fn last(&self) -> Asked {
        self.state().asked.last().unwrap().clone()
    }

    /// Settings with which this organisation is the hospital's.
    pub(crate) fn settings(&self, usual: WebexSettings) -> WebexSettings {
        WebexSettings {
            client_id: Some(CLIENT.to_owned()),
            client_secret: Some(CLIENT_SECRET.into()),
            refresh_token: Some(FIRST_REFRESH.into()),
            site: Some(SITE.to_owned()),
            bot_token: Some(BOT.into()),
            webhook_secret: Some(WEBHOOK_SECRET.into()),
            url: self.url.clone(),
            ..usual
        }
    }
}

/// What the fake answers: a status, and a body.
pub(crate) type Said = Result<Reaction, Reaction>;

fn react(state: &Mutex<State>, request: &Request) -> Reaction {
    if let Some(door) = request.path.strip_prefix("/control/") {
        return control::react(state, door, request);
    }
    let mut state = state.lock().unwrap();
    let path = request.path.strip_prefix("/v1/").unwrap_or_default().to_owned();
    state.asked.push(asked(request, &path));
    if state.is_down {
        return error(503, "Service Unavailable");
    }
    let place = state.moods.iter().position(|(kind, _)| path.starts_with(kind));
    let mood = place.and_then(|place| state.moods.remove(place)).map(|(_, mood)| mood);
    match mood {
        Some(Mood::HangUp) => return Reaction::HangUp,
        Some(Mood::Fail(status)) => return error(status, "No"),
        Some(Mood::TooMany(after)) => {
            let refused = error(429, "Too Many Requests");
            return match after {
                Some(seconds) => refused.with("retry-after", seconds.to_string()),
                None => refused,
            };
        }
        _ => {}
    }
    let answer = answer(&mut state, request, &path).unwrap_or_else(|refusal| refusal);
    match mood {
        Some(Mood::DoAndHangUp) => Reaction::HangUp,
        Some(Mood::DoAndRefuse) => error(400, "Something went wrong after it was made"),
        Some(Mood::Slow(pause)) => Reaction::After(pause, Box::new(answer)),
        _ => answer,
    }
}

fn asked(request: &Request, path: &str) -> Asked {
    Asked {
        method: request.method.clone(),
        path: path.to_owned(),
        query: request.query.clone().into_iter().collect(),
        content_type: request.header("content-type").map(str::to_owned),
        authorization: request.header("authorization").map(str::to_owned),
        body: serde_json::from_str(&request.body).unwrap_or(Value::Null),
        form: request.form.clone().into_iter().collect(),
    }
}

fn answer(state: &mut State, request: &Request, path: &str) -> Said {
    let parts: Vec<&str> = path.split('/').collect();
    let method = request.method.as_str();
    if method == "GET" && request.header("content-type").is_some() {
        return Err(error(415, "A GET has no content type"));
    }
    match (method, parts.as_slice()) {
        ("POST", ["access_token"]) => return tokens::renew(state, request),
        ("POST", ["jwt", "login"]) => return tokens::log_in(state, request),
        _ => {}
    }
    let caller = tokens::caller(state, request)?;
    if method == "POST" && !request.query.is_empty() {
        return Err(error(400, "Body fields are not query parameters"));
    }
    if matches!(method, "POST" | "PUT" | "PATCH") && request.header("content-type") != Some("application/json") {
        return Err(error(415, "Unsupported Media Type"));
    }
    let body: Value = serde_json::from_str(&request.body).unwrap_or(Value::Null);
    match (method, parts.as_slice()) {
        (_, ["messages" | "rooms" | "memberships", ..]) | ("GET", ["people", "me"]) => {
            rooms::answer(state, caller, &parts, &body)
        }
        _ if caller == Caller::Bot => Err(error(403, "Bots cannot do that")),
        ("POST", ["guests", "token"]) => tokens::guest(state, &body),
        (_, ["meetings" | "meetingParticipants", ..]) => meetings::answer(state, request, &parts, &body),
        (_, ["webhooks", ..]) => webhooks::answer(state, method, &parts, &body),
        (_, ["people" | "licenses", ..]) => people::answer(state, request, &parts, &body),
        _ => Err(error(404, "No such resource")),
    }
}

impl State {
    /// A handle to the whole.
    fn handle(&self) -> FakeWebex {
        FakeWebex { url: self.url.clone(), state: self.myself.upgrade().unwrap() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn needs(&self, scopes: &[&str]) -> Result<(), Reaction> {
        let has = scopes.iter().any(|scope| self.scopes.contains(scope));
        if has { Ok(()) } else { Err(error(403, "The caller lacks a scope")) }
    }

    /// One page of a list, with where it goes on; the address holds Webex's own nonsense.
    pub(crate) fn page(&self, request: &Request, path: &str, items: Vec<Value>) -> Said {
        let from: usize = request.query.get("cursor").map_or(0, |cursor| cursor.parse().unwrap());
        let next = from + self.page_size;
        let goes_on = items.len() > next;
        let shown: Vec<_> = items.into_iter().skip(from).take(self.page_size).collect();
        let answer = Reaction::json(200, &json!({ "items": shown, "notFoundIds": [] }));
        if !goes_on {
            return Ok(answer);
        }
        let mut kept: Vec<_> = request.query.iter().filter(|(name, _)| *name != "cursor" && *name != "max").collect();
        kept.sort();
        let kept: String = kept.iter().map(|(name, value)| format!("&{name}={value}")).collect();
        let link = format!("<{}/{path}?max=null{kept}&cursor={next}>; rel=\"next\"", self.url);
        Ok(answer.with("link", link))
    }
}

pub(crate) fn error(status: u16, message: &str) -> Reaction {
    let body = json!({"message": message, "errors": [{"description": message}], "trackingId": TRACKING});
    // Some errors carry it in a header only.
    if status >= 500 {
        return Reaction::json(status, &json!({ "message": message })).with("trackingid", TRACKING);
    }
    Reaction::json(status, &body)
}

pub(crate) fn done() -> Said {
    Ok(Reaction::Answer { status: 204, headers: vec![], body: String::new() })
}

/// A text of a body.
pub(crate) fn text<'a>(body: &'a Value, name: &str) -> &'a str {
    body[name].as_str().unwrap_or_default()
}
