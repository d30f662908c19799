//! Twilio as its OpenAPI describes it, on loopback: it refuses what the real one refuses, keeps what it took, and reports.
//!
//! Never anything of the house's own: what it checks is written from Twilio's documentation.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "not every test needs all of it")]

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use antesala::clock::Clock;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use sha1::Sha1;

use crate::stub::{Reaction, Request, Stub};

pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub(crate) const TOKEN: &str = "a-token-of-twilio-for-tests";
pub(crate) const KEY: &str = "SK00000000000000000000000000000001";
pub(crate) const KEY_SECRET: &str = "a-secret-of-an-api-key-for-tests";
pub(crate) const NUMBER: &str = "+15005550006";
pub(crate) const SERVICE: &str = "MG00000000000000000000000000000001";

/// What it does with the next message.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mood {
    Take,
    /// Takes the message; the answer is lost.
    TakeAndHangUp,
    /// The connection is lost before it takes anything.
    HangUp,
    /// 429, never processed.
    TooMany(Option<u32>),
    /// 500 without having taken it.
    Fail,
    /// Takes the message, and answers late.
    Slow(Duration),
}

/// A message it took.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub(crate) sid: String,
    pub(crate) to: String,
    pub(crate) from: String,
    pub(crate) body: String,
    pub(crate) content: Option<(String, String)>,
    pub(crate) callback: Option<String>,
    pub(crate) valid_for: u32,
    pub(crate) smart_encoded: String,
    pub(crate) created: Timestamp,
}

/// Told of each message before it is answered: the moment it was asked for, and the moment it is kept.
type Watcher = Box<dyn Fn(Moment) + Send + Sync>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    Asked,
    Kept,
}

#[derive(Default)]
struct State {
    moods: VecDeque<Mood>,
    taken: Vec<Taken>,
    asked: usize,
    looked: usize,
    is_list_down: bool,
    /// How many messages a page of its list holds at most; none is as many as it is asked for.
    page: Option<usize>,
    opted_out: HashSet<String>,
    /// What became of the messages to a number, where they do not wait any more: status and code.
    fates: HashMap<String, (String, Option<u32>)>,
    /// Nobody has paid for the account yet.
    is_on_trial: bool,
}

/// The account.
pub(crate) struct FakeTwilio {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
    watcher: Arc<Mutex<Option<Watcher>>>,
}

impl FakeTwilio {
    pub(crate) fn start(clock: Clock) -> Self {
        let state = Arc::<Mutex<State>>::default();
        let watcher = Arc::<Mutex<Option<Watcher>>>::default();
        let (held, watched) = (Arc::clone(&state), Arc::clone(&watcher));
        let stub = Stub::start(move |request| react(&held, &watched, &clock, &request));
        Self { url: stub.url, state, watcher }
    }

    /// What it does with the next messages; then it takes them again.
    pub(crate) fn moods(&self, moods: &[Mood]) {
        self.state.lock().unwrap().moods.extend(moods.iter().copied());
    }

    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.state.lock().unwrap().taken.clone()
    }

    /// How often a message was handed in, and how often one was looked for.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let state = self.state.lock().unwrap();
        (state.asked, state.looked)
    }

    pub(crate) fn break_list(&self, is_down: bool) {
        self.state.lock().unwrap().is_list_down = is_down;
    }

    /// Shows its list in pages of at most so many.
    pub(crate) fn page_by(&self, messages: usize) {
        self.state.lock().unwrap().page = Some(messages);
    }

    /// What becomes of every message to this number, as it is shown from now on.
    pub(crate) fn fate(&self, number: &str, status: &str, code: Option<u32>) {
        self.state.lock().unwrap().fates.insert(number.to_owned(), (status.to_owned(), code));
    }

    /// Says before each message that the account is on trial.
    pub(crate) fn on_trial(&self) {
        self.state.lock().unwrap().is_on_trial = true;
    }

    pub(crate) fn opt_out(&self, number: &str) {
        self.state.lock().unwrap().opted_out.insert(number.to_owned());
    }

    pub(crate) fn watch(&self, watcher: impl Fn(Moment) + Send + Sync + 'static) {
        *self.watcher.lock().unwrap() = Some(Box::new(watcher));
    }
}

/// The signature of a form that is posted to `url`.
pub(crate) fn signature(url: &str, form: &[(&str, &str)]) -> String {
    let mut form = form.to_vec();
    form.sort_unstable();
    form.dedup();
    let mut mac = Hmac::<Sha1>::new_from_slice(TOKEN.as_bytes()).unwrap();
    mac.update(url.as_bytes());
    for (name, value) in form {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    STANDARD.encode(mac.finalize().into_bytes())
}

fn react(state: &Mutex<State>, watcher: &Mutex<Option<Watcher>>, clock: &Clock, request: &Request) -> Reaction {
    let known = [(ACCOUNT, TOKEN), (KEY, KEY_SECRET)];
    let is_known = request.credentials().is_some_and(|(user, password)| known.contains(&(&user, &password)));
    if !is_known {
        return error(401, 20003, "Authenticate");
    }
    let messages = format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json");
    if request.path == format!("/2010-04-01/Accounts/{ACCOUNT}.json") {
        return Reaction::json(200, &json!({"sid": ACCOUNT, "status": "active"}));
    }
    if request.path == format!("/2010-04-01/Accounts/{ACCOUNT}/IncomingPhoneNumbers.json") {
        let is_ours = request.query.get("PhoneNumber").is_some_and(|number| number == NUMBER);
        let number = json!({"phone_number": NUMBER, "capabilities": {"sms": true, "voice": false}});
        return Reaction::json(200, &json!({"incoming_phone_numbers": if is_ours { vec![number] } else { vec![] }}));
    }
    if request.path == format!("/v1/Services/{SERVICE}") {
        return Reaction::json(200, &json!({"sid": SERVICE, "friendly_name": "Antesala"}));
    }
    if request.path != messages {
        return error(404, 20404, "The requested resource was not found");
    }
    if request.method == "GET" {
        return list(&mut state.lock().unwrap(), request);
    }
    let tell = |moment| {
        if let Some(watcher) = &*watcher.lock().unwrap() {
            watcher(moment);
        }
    };
    state.lock().unwrap().asked += 1;
    tell(Moment::Asked);
    let mood = state.lock().unwrap().moods.pop_front().unwrap_or(Mood::Take);
    match mood {
        Mood::HangUp => return Reaction::HangUp,
        Mood::Fail => return error(500, 20500, "Internal Server Error"),
        Mood::TooMany(after) => {
            let refused = error(429, 20429, "Too Many Requests");
            return match after {
                Some(seconds) => refused.with("retry-after", seconds.to_string()),
                None => refused,
            };
        }
        Mood::Take | Mood::TakeAndHangUp | Mood::Slow(_) => {}
    }
    let answer = {
        let mut state = state.lock().unwrap();
        if let Some(refusal) = refusal(&state, request) {
            return refusal;
        }
        let mut taken = take(request, clock.now());
        if state.is_on_trial {
            taken.body.insert_str(0, "Sent from your Twilio trial account - ");
        }
        let answer = Reaction::json(201, &shown(&state, &taken));
        state.taken.push(taken);
        answer
    };
    tell(Moment::Kept);
    match mood {
        Mood::TakeAndHangUp => Reaction::HangUp,
        Mood::Slow(pause) => Reaction::After(pause, Box::new(answer)),
        _ => answer,
    }
}

/// What Twilio says no to, in the order in which it does.
fn refusal(state: &State, request: &Request) -> Option<Reaction> {
    let to = request.field("To");
    let bare = to.strip_prefix("whatsapp:").unwrap_or(to);
    let is_number = |number: &str| {
        number.strip_prefix('+').is_some_and(|rest| rest.len() >= 8 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let from = request.field("From");
    let (service, body) = (request.field("MessagingServiceSid"), request.field("Body"));
    let validity = request.field("ValidityPeriod").parse::<u32>().unwrap_or(14_400);
    let host = request.field("StatusCallback").split('/').nth(2).unwrap_or_default().to_owned();
    let (code, why) = match () {
        () if to.is_empty() => (21604, "A 'To' phone number is required."),
        () if !is_number(bare) => (21211, "Invalid 'To' Phone Number"),
        () if from.is_empty() && service.is_empty() => (21603, "A 'From' phone number is required."),
        () if !service.is_empty() && service != SERVICE => (21701, "The Messaging Service does not exist"),
        () if !from.is_empty() && from.strip_prefix("whatsapp:").unwrap_or(from) != NUMBER => {
            (21606, "The 'From' phone number provided is not a valid message-capable Twilio phone number")
        }
        () if from.starts_with("whatsapp:") != to.starts_with("whatsapp:") && service.is_empty() => {
            (21910, "Invalid From and To pair")
        }
        () if body.is_empty() && request.field("ContentSid").is_empty() => (21602, "Message body is required."),
        () if body.chars().count() > 1600 => (21617, "The message body exceeds 1600 characters"),
        () if !(1..=36_000).contains(&validity) => (30004, "ValidityPeriod out of range"),
        () if host.contains('_') => (21609, "The 'StatusCallback' URL is not a valid URL."),
        () if state.opted_out.contains(bare) => (21610, "Attempt to send to unsubscribed recipient"),
        () if bare.starts_with("+5280") => (21614, "'To' number is not a valid mobile number"),
        () => return None,
    };
    Some(error(400, code, why))
}

fn take(request: &Request, now: Timestamp) -> Taken {
    let either = |one: &str, other: &str| if one.is_empty() { other.to_owned() } else { one.to_owned() };
    let content = request.form.get("ContentSid").map(|sid| (sid.clone(), request.field("ContentVariables").to_owned()));
    Taken {
        sid: format!("SM{}", uuid::Uuid::now_v7().simple()),
        to: request.field("To").to_owned(),
        from: either(request.field("From"), request.field("MessagingServiceSid")),
        body: either(request.field("Body"), content.as_ref().map_or("", |(_, variables)| variables)),
        content,
        callback: request.form.get("StatusCallback").cloned(),
        valid_for: request.field("ValidityPeriod").parse().unwrap_or(0),
        smart_encoded: request.field("SmartEncoded").to_owned(),
        created: now,
    }
}

fn list(state: &mut State, request: &Request) -> Reaction {
    state.looked += 1;
    if state.is_list_down {
        return error(503, 20503, "Service Unavailable");
    }
    // What still waits was sent on no day.
    let has_date = ["DateSent", "DateSent<", "DateSent>"].iter().any(|name| request.query.contains_key(*name));
    let wanted = |taken: &&Taken| !has_date && request.query.get("To").is_none_or(|to| *to == taken.to);
    let number = |name: &str, usual| request.query.get(name).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (page, size) = (number("Page", 0), number("PageSize", 50).min(state.page.unwrap_or(1000)));
    let found: Vec<_> = state.taken.iter().rev().filter(wanted).map(|taken| shown(state, taken)).collect();
    let next = (found.len() > (page + 1) * size).then(|| {
        let to = request.query.get("To").map_or("", String::as_str).replace('+', "%2B");
        format!("{}?To={to}&PageSize={size}&Page={}&PageToken=PA{page}", request.path, page + 1)
    });
    let messages: Vec<_> = found.into_iter().skip(page * size).take(size).collect();
    Reaction::json(200, &json!({"messages": messages, "next_page_uri": next, "page": page}))
}

fn shown(state: &State, taken: &Taken) -> serde_json::Value {
    let (status, code) = state.fates.get(&taken.to).cloned().unwrap_or_else(|| ("queued".to_owned(), None));
    let created = taken.created.to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S +0000").to_string();
    json!({
        "sid": taken.sid, "status": status, "error_code": code, "error_message": null, "num_segments": "1",
        "messaging_service_sid": null, "direction": "outbound-api", "from": taken.from, "to": taken.to,
        "body": taken.body, "date_created": created, "date_sent": null, "uri": format!("/2010-04-01/Accounts/{ACCOUNT}/Messages/{}.json", taken.sid),
    })
}

fn error(status: u16, code: u32, message: &str) -> Reaction {
    let more = format!("https://www.twilio.com/docs/errors/{code}");
    Reaction::json(status, &json!({"code": code, "message": message, "more_info": more, "status": status}))
}
