//! Webhooks: registered one by one, posted back with signatures, and disabled when too many deliveries fail.

use antesala::providers::video::webex::webhooks::signature;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{FakeWebex, Said, State, done, error, text};
use crate::stub::Reaction;

/// How many failed deliveries disable one, within how long.
const MOST_FAILURES: usize = 100;
const WINDOW: SignedDuration = SignedDuration::from_mins(5);

#[derive(Clone, Debug)]
pub(crate) struct Hook {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) target: String,
    pub(crate) resource: String,
    pub(crate) event: String,
    pub(crate) secret: String,
    pub(crate) status: &'static str,
    pub(crate) failures: Vec<Timestamp>,
}

impl FakeWebex {
    pub(crate) fn hooks(&self) -> Vec<Hook> {
        self.state().hooks.clone()
    }

    /// Posts a report to whoever wants it; tells what was answered, 0 for nothing.
    pub(crate) fn post(&self, resource: &str, event: &str, data: &Value) -> Vec<u16> {
        let is_wanted = |hook: &&Hook| hook.resource == resource && hook.event == event && hook.status == "active";
        let hooks: Vec<Hook> = self.state().hooks.iter().filter(is_wanted).cloned().collect();
        hooks.iter().map(|hook| self.deliver(hook, &envelope(hook, data).to_string())).collect()
    }

    /// Posts one body, signed with the hook's secret.
    pub(crate) fn deliver(&self, hook: &Hook, body: &str) -> u16 {
        let signed = signature(&hook.secret.as_str().into(), body.as_bytes());
        let status = send(&hook.target, body, &signed);
        if !(200..300).contains(&status) {
            let mut state = self.state();
            let now = state.now();
            // It may have been taken away meanwhile.
            let Some(hook) = state.hooks.iter_mut().find(|kept| kept.id == hook.id) else { return status };
            hook.failures.retain(|at| now < *at + WINDOW);
            hook.failures.push(now);
            if hook.failures.len() >= MOST_FAILURES {
                hook.status = "inactive";
            }
            state.answered.send_replace(());
        }
        status
    }
}

/// The report of a hook. Its `id` is the webhook's.
pub(crate) fn envelope(hook: &Hook, data: &Value) -> Value {
    json!({
        "id": hook.id, "name": hook.name, "targetUrl": hook.target, "resource": hook.resource, "event": hook.event,
        "orgId": "org", "createdBy": "app", "appId": "app", "ownedBy": "org", "status": "active", "data": data,
    })
}

/// Posts from a thread of its own, so that it may be called from anywhere.
pub(crate) fn send(url: &str, body: &str, signed: &str) -> u16 {
    let (url, body, signed) = (url.to_owned(), body.to_owned(), signed.to_owned());
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let request = reqwest::Client::new().post(url).header("content-type", "application/json");
            let answer = request.header("x-spark-signature", signed).body(body).send().await;
            answer.map_or(0, |answer| answer.status().as_u16())
        })
    })
    .join()
    .unwrap()
}

pub(super) fn answer(state: &mut State, method: &str, parts: &[&str], body: &Value) -> Said {
    state.needs(&["webhooks"])?;
    match (method, parts) {
        ("GET", ["webhooks"]) => {
            let items: Vec<_> = state.hooks.iter().map(shown).collect();
            Ok(Reaction::json(200, &json!({ "items": items })))
        }
        ("POST", ["webhooks"]) => {
            let needed = ["name", "targetUrl", "resource", "event"];
            if needed.iter().any(|name| text(body, name).is_empty()) {
                return Err(error(400, "name, targetUrl, resource and event are required"));
            }
            let is_event = match text(body, "resource") {
                "meetings" => ["started", "ended", "created", "updated", "deleted"].contains(&text(body, "event")),
                "meetingParticipants" => ["joined", "left"].contains(&text(body, "event")),
                _ => false,
            };
            if !is_event {
                return Err(error(400, "These are registered one by one"));
            }
            let hook = Hook {
                id: uuid::Uuid::now_v7().simple().to_string(),
                name: text(body, "name").to_owned(),
                target: text(body, "targetUrl").to_owned(),
                resource: text(body, "resource").to_owned(),
                event: text(body, "event").to_owned(),
                secret: text(body, "secret").to_owned(),
                status: "active",
                failures: Vec::new(),
            };
            let answer = Reaction::json(200, &shown(&hook));
            state.hooks.push(hook);
            Ok(answer)
        }
        ("PUT", ["webhooks", id]) => {
            let hook = state.hooks.iter_mut().find(|hook| hook.id == *id).ok_or_else(|| error(404, "No webhook"))?;
            if text(body, "name").is_empty() || text(body, "targetUrl").is_empty() {
                return Err(error(400, "name and targetUrl are required"));
            }
            hook.target = text(body, "targetUrl").to_owned();
            if text(body, "status") == "active" {
                (hook.status, hook.failures) = ("active", Vec::new());
            }
            Ok(Reaction::json(200, &shown(hook)))
        }
        ("DELETE", ["webhooks", id]) => {
            let place = state.hooks.iter().position(|hook| hook.id == *id).ok_or_else(|| error(404, "No webhook"))?;
            state.hooks.remove(place);
            done()
        }
        _ => Err(error(405, "Method Not Allowed")),
    }
}

fn shown(hook: &Hook) -> Value {
    json!({
        "id": hook.id, "name": hook.name, "targetUrl": hook.target, "resource": hook.resource, "event": hook.event,
        "status": hook.status,
    })
}
