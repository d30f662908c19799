//! People and their licences, with counts.

use serde_json::{Value, json};

use super::{FakeWebex, Said, State, error, text};
use crate::stub::{Reaction, Request};

/// A licence to host, of which there are enough.
pub(crate) const LICENCE: &str = "licence-meetings";
/// Another, of which there is one.
pub(crate) const SCARCE: &str = "licence-scarce";

#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) body: Value,
    pub(crate) licences: Vec<String>,
    pub(crate) sites: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Licence {
    pub(crate) id: &'static str,
    pub(crate) total: usize,
}

impl Person {
    pub(crate) fn can_host(&self) -> bool {
        self.licences.iter().any(|licence| licence == LICENCE)
    }
}

pub(super) fn stock() -> Vec<Licence> {
    vec![Licence { id: LICENCE, total: 50 }, Licence { id: SCARCE, total: 1 }]
}

impl FakeWebex {
    /// Somebody who may host.
    pub(crate) fn add_host(&self, email: &str) {
        self.add_person(email, &[LICENCE]);
    }

    pub(crate) fn add_person(&self, email: &str, licences: &[&str]) {
        let body = json!({ "emails": [email], "displayName": email });
        let licences: Vec<_> = licences.iter().map(|id| (*id).to_owned()).collect();
        let sites = vec![super::SITE.to_owned()];
        let id = uuid::Uuid::now_v7().simple().to_string();
        self.state().people.push(Person { id, email: email.to_owned(), body, licences, sites });
    }

    pub(crate) fn person(&self, email: &str) -> Option<Person> {
        self.state().people.iter().find(|person| person.email == email).cloned()
    }
}

pub(super) fn answer(state: &mut State, request: &Request, parts: &[&str], body: &Value) -> Said {
    let (reads, writes) = (["spark-admin:people_read"], ["spark-admin:people_write"]);
    match (request.method.as_str(), parts) {
        ("GET", ["people"]) => {
            state.needs(&reads)?;
            let email = request.query.get("email");
            let wanted = |person: &&Person| email.is_none_or(|email| *email == person.email);
            let items = state.people.iter().filter(wanted).map(shown).collect();
            state.page(request, "people", items)
        }
        ("GET", ["people", id]) => {
            state.needs(&reads)?;
            let person = state.people.iter().find(|person| person.id == *id);
            person.map(|person| Reaction::json(200, &shown(person))).ok_or_else(|| error(404, "No such person"))
        }
        ("POST", ["people"]) => {
            state.needs(&writes)?;
            create(state, body)
        }
        ("PUT", ["people", id]) => {
            state.needs(&writes)?;
            let person = state.people.iter_mut().find(|person| person.id == *id);
            let person = person.ok_or_else(|| error(404, "No such person"))?;
            if body["emails"].is_null() || text(body, "displayName").is_empty() {
                return Err(error(400, "A person is replaced whole"));
            }
            person.body = body.clone();
            person.licences = texts(&body["licenses"]);
            person.sites = texts(&body["siteUrls"]);
            Ok(Reaction::json(200, &shown(person)))
        }
        ("GET", ["licenses"]) => {
            state.needs(&["spark-admin:licenses_read"])?;
            let items = state.licences.iter().map(|licence| {
                json!({
                    "id": licence.id, "name": format!("Name of {}", licence.id), "totalUnits": licence.total,
                    "consumedUnits": taken(state, licence.id), "siteUrl": super::SITE, "siteType": "Control Hub managed site",
                })
            });
            state.page(request, "licenses", items.collect())
        }
        ("PATCH", ["licenses", "users"]) => {
            state.needs(&writes)?;
            grant(state, body)
        }
        _ => Err(error(405, "Method Not Allowed")),
    }
}

fn create(state: &mut State, body: &Value) -> Said {
    let emails = texts(&body["emails"]);
    let [email] = emails.as_slice() else { return Err(error(400, "emails holds one address")) };
    if text(body, "displayName").is_empty() && text(body, "firstName").is_empty() {
        return Err(error(400, "displayName is required"));
    }
    if state.people.iter().any(|person| person.email == *email) {
        return Err(error(409, "There is such a person already"));
    }
    let licences = texts(&body["licenses"]);
    for id in &licences {
        let total = state.licences.iter().find(|licence| licence.id == id).map(|licence| licence.total);
        if total.is_none_or(|total| taken(state, id) >= total) {
            return Err(error(400, "No such licence, or none left"));
        }
    }
    let person = Person {
        id: uuid::Uuid::now_v7().simple().to_string(),
        email: email.clone(),
        body: body.clone(),
        licences,
        sites: texts(&body["siteUrls"]),
    };
    let answer = Reaction::json(200, &shown(&person));
    state.people.push(person);
    Ok(answer)
}

fn grant(state: &mut State, body: &Value) -> Said {
    let email = text(body, "email").to_owned();
    let place =
        state.people.iter().position(|person| person.email == email).ok_or_else(|| error(404, "No such person"))?;
    let mut is_whole = true;
    for wanted in body["licenses"].as_array().cloned().unwrap_or_default() {
        let id = text(&wanted, "id").to_owned();
        match text(&wanted, "operation") {
            "remove" => state.people[place].licences.retain(|held| *held != id),
            "add" => {
                let total = state.licences.iter().find(|licence| licence.id == id).map(|licence| licence.total);
                let holds = state.people[place].licences.contains(&id);
                if !holds && total.is_some_and(|total| taken(state, &id) < total) {
                    state.people[place].licences.push(id);
                } else if !holds {
                    is_whole = false;
                }
            }
            _ => return Err(error(400, "operation is add or remove")),
        }
    }
    for wanted in body["siteUrls"].as_array().cloned().unwrap_or_default() {
        let url = text(&wanted, "siteUrl").to_owned();
        match text(&wanted, "operation") {
            "add" if !state.people[place].sites.contains(&url) => state.people[place].sites.push(url),
            "add" => {}
            _ => state.people[place].sites.retain(|held| *held != url),
        }
    }
    let person = &state.people[place];
    let sites: Vec<_> = person.sites.iter().map(|url| json!({ "siteUrl": url, "accountType": "host" })).collect();
    let told = json!({ "orgId": "org", "personId": person.id, "email": email, "licenses": person.licences, "siteUrls": sites });
    Ok(Reaction::json(if is_whole { 200 } else { 206 }, &told))
}

fn taken(state: &State, licence: &str) -> usize {
    state.people.iter().filter(|person| person.licences.iter().any(|held| held == licence)).count()
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

fn shown(person: &Person) -> Value {
    let mut shown = person.body.clone();
    shown["id"] = person.id.as_str().into();
    shown["licenses"] = json!(person.licences);
    shown["siteUrls"] = json!(person.sites);
    shown["avatar"] = "https://avatar.example/unknown-to-the-house".into();
    shown
}
