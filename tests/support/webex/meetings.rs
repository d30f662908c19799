//! Meetings: made, moved, deleted, started and ended, with a quota and a lag.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{FakeWebex, Said, State, done, error, text};
use crate::stub::{Reaction, Request};

/// Whose the meetings of the service app itself are. A list without a host is of these only.
const OWN: &str = "app@guest.webex.example";

/// How many meetings a host may make in a day.
const QUOTA: usize = 100;

#[derive(Clone, Debug)]
pub(crate) struct Meeting {
    pub(crate) id: String,
    pub(crate) host: String,
    pub(crate) body: Value,
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    pub(crate) state: &'static str,
    pub(crate) changed: Timestamp,
    pub(crate) instance: usize,
    pub(crate) attendees: Vec<Attendee>,
}

#[derive(Clone, Debug)]
pub(crate) struct Attendee {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) state: &'static str,
}

impl FakeWebex {
    pub(crate) fn meetings(&self) -> Vec<Meeting> {
        self.state().meetings.clone()
    }

    /// The host starts it; tells what its webhooks were answered.
    pub(crate) fn begin(&self, meeting: &str) -> Vec<u16> {
        let data = self.change(meeting, |meeting| {
            meeting.state = "inProgress";
            meeting.instance += 1;
        });
        self.post("meetings", "started", &data)
    }

    /// It ends there.
    pub(crate) fn finish(&self, meeting: &str) -> Vec<u16> {
        let data = self.change(meeting, |meeting| meeting.state = "ended");
        self.post("meetings", "ended", &data)
    }

    /// Somebody comes to its lobby.
    pub(crate) fn come(&self, meeting: &str, email: &str) -> Vec<u16> {
        self.come_as(meeting, email, "Somebody")
    }

    /// Somebody who is called so comes to its lobby.
    pub(crate) fn come_as(&self, meeting: &str, email: &str, name: &str) -> Vec<u16> {
        let data = self.change(meeting, |meeting| {
            let id = format!("{}_P_{}", meeting.id, meeting.attendees.len());
            meeting.attendees.push(Attendee { id, email: email.to_owned(), name: name.to_owned(), state: "lobby" });
        });
        self.post("meetingParticipants", "joined", &attendee(&data, email, "lobby"))
    }

    /// Somebody leaves it.
    pub(crate) fn go(&self, meeting: &str, email: &str) -> Vec<u16> {
        let data = self.change(meeting, |meeting| {
            meeting.attendees.iter_mut().filter(|attendee| attendee.email == email).for_each(|gone| gone.state = "end");
        });
        self.post("meetingParticipants", "left", &attendee(&data, email, "end"))
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut Meeting)) -> Value {
        changed(&mut self.state(), id, change)
    }
}

/// Changes a meeting, and tells what a report says of it.
fn changed(state: &mut State, id: &str, change: impl FnOnce(&mut Meeting)) -> Value {
    let now = state.now();
    let meeting = state.meetings.iter_mut().find(|meeting| meeting.id == id).unwrap();
    change(meeting);
    meeting.changed = now;
    json!({
        "id": format!("{}_I_{}", meeting.id, meeting.instance), "meetingType": "meeting", "state": meeting.state,
        "hostEmail": meeting.host, "title": meeting.body["title"],
    })
}

/// What reading and what changing meetings takes: another thing on a Guest-to-Guest site than on behalf of hosts.
pub(super) fn scopes(state: &State) -> ([&'static str; 1], [&'static str; 1]) {
    if state.is_guest_to_guest {
        (["meeting:schedules_read"], ["meeting:schedules_write"])
    } else {
        (["meeting:admin_schedule_read"], ["meeting:admin_schedule_write"])
    }
}

fn attendee(meeting: &Value, email: &str, state: &str) -> Value {
    json!({ "id": format!("{}-{email}", meeting["id"]), "meetingId": meeting["id"], "email": email, "state": state })
}

pub(super) fn answer(state: &mut State, request: &Request, parts: &[&str], body: &Value) -> Said {
    let (reads, writes) = scopes(state);
    match (request.method.as_str(), parts) {
        ("POST", ["meetings"]) => {
            state.needs(&writes)?;
            if state.is_guest_to_guest {
                state.needs(&["guest-meeting:rw"])?;
            }
            create(state, body)
        }
        ("GET", ["meetings"]) => {
            state.needs(&reads)?;
            list(state, request)
        }
        ("POST", ["meetings", "join"]) => {
            state.needs(&writes)?;
            links(state, body)
        }
        ("GET", ["meetings", id]) => {
            state.needs(&reads)?;
            host_is_named(state, request)?;
            let place = find(state, id)?;
            Ok(Reaction::json(200, &shown(state, &state.meetings[place])))
        }
        ("PATCH", ["meetings", id]) => {
            state.needs(&writes)?;
            if !state.is_guest_to_guest && text(body, "hostEmail").is_empty() {
                return Err(error(400, "hostEmail is required for service apps"));
            }
            let place = find(state, id)?;
            change(state, place, body)
        }
        ("DELETE", ["meetings", id]) => {
            state.needs(&writes)?;
            host_is_named(state, request)?;
            let place = find(state, id)?;
            if state.meetings[place].state == "inProgress" {
                return Err(error(state.refuses_to_delete_with, "The meeting is in progress"));
            }
            state.meetings.remove(place);
            done()
        }
        ("POST", ["meetings", id, "end"]) => {
            state.needs(&writes)?;
            let place = find(state, id)?;
            if text(body, "reason").is_empty() {
                return Err(error(400, "reason is required"));
            }
            if state.meetings[place].state != "inProgress" {
                return Err(error(409, "The meeting is not in progress"));
            }
            let (fake, id) = (state.handle(), (*id).to_owned());
            let data = changed(state, &id, |meeting| meeting.state = "ended");
            // Reported beside the answer, as Webex does it.
            std::thread::spawn(move || fake.post("meetings", "ended", &data));
            done()
        }
        ("GET", ["meetingParticipants"]) => {
            state.needs(&["meeting:participants_read"])?;
            let id = request.query.get("meetingId").cloned().ok_or_else(|| error(400, "meetingId is required"))?;
            let place = find(state, id.split("_I_").next().unwrap())?;
            let shown = |attendee: &Attendee| {
                json!({
                    "id": attendee.id, "email": attendee.email, "displayName": attendee.name, "state": attendee.state,
                })
            };
            let items = state.meetings[place].attendees.iter().map(shown).collect();
            state.page(request, "meetingParticipants", items)
        }
        ("POST", ["meetingParticipants", "admit"]) => {
            state.needs(&["meeting:participants_write"])?;
            let items = body["items"].as_array().cloned().unwrap_or_default();
            if items.is_empty() || items.len() > 100 {
                return Err(error(400, "1 to 100 items"));
            }
            for item in &items {
                attend(state, text(item, "participantId"), |attendee| attendee.state = "joined")?;
            }
            done()
        }
        ("PUT", ["meetingParticipants", id]) => {
            state.needs(&["meeting:participants_write"])?;
            if body["muted"].is_null() && body["admit"].is_null() && body["expel"].is_null() {
                return Err(error(400, "Nothing to do"));
            }
            let (admits, expels) = (body["admit"] == true, body["expel"] == true);
            attend(state, id, |attendee| match (admits, expels) {
                (true, _) => attendee.state = "joined",
                (_, true) => attendee.state = "end",
                _ => {}
            })?;
            Ok(Reaction::json(200, &json!({ "id": id })))
        }
        _ => Err(error(405, "Method Not Allowed")),
    }
}

fn attend(state: &mut State, id: &str, change: impl FnOnce(&mut Attendee)) -> Result<(), Reaction> {
    let mut all = state.meetings.iter_mut().flat_map(|meeting| meeting.attendees.iter_mut());
    let attendee = all.find(|attendee| attendee.id == id).ok_or_else(|| error(404, "No such participant"))?;
    change(attendee);
    Ok(())
}

/// Service apps act for a host, whom they name; on a Guest-to-Guest site there is none to name.
fn host_is_named(state: &State, request: &Request) -> Result<(), Reaction> {
    if state.is_guest_to_guest || request.query.contains_key("hostEmail") {
        return Ok(());
    }
    Err(error(400, "hostEmail is required for service apps"))
}

fn find(state: &State, id: &str) -> Result<usize, Reaction> {
    let place = state.meetings.iter().position(|meeting| meeting.id == id);
    let visible = place.filter(|place| state.now() >= state.meetings[*place].changed + state.lag);
    visible.ok_or_else(|| error(404, "No such meeting"))
}

fn create(state: &mut State, body: &Value) -> Said {
    let host = match text(body, "hostEmail") {
        "" if state.is_guest_to_guest => OWN.to_owned(),
        "" => return Err(error(400, "hostEmail is required for service apps")),
        host => host.to_owned(),
    };
    let now = state.now();
    let yesterday = now - SignedDuration::from_hours(24);
    let made = state.creations.iter().filter(|(of, at)| *of == host && *at > yesterday).count();
    // Failures count.
    state.creations.push((host.clone(), now));
    if made >= QUOTA {
        return Err(error(429, "The user has made as many meetings as allowed in 24 hours"));
    }
    let (start, end) = judge(state, body)?;
    if !state.is_guest_to_guest && !state.people.iter().any(|person| person.email == host && person.can_host()) {
        return Err(error(403, "hostEmail is not a host of this site"));
    }
    let meeting = Meeting {
        id: uuid::Uuid::now_v7().simple().to_string(),
        host,
        body: body.clone(),
        start,
        end,
        state: "active",
        changed: now,
        instance: 0,
        attendees: Vec::new(),
    };
    let answer = Reaction::json(200, &said(state, &meeting));
    state.meetings.push(meeting);
    Ok(if state.ignores_settings {
        answer.with("warning", "299 webex \"1001 attributes were ignored\"")
    } else {
        answer
    })
}

fn judge(state: &State, body: &Value) -> Result<(Timestamp, Timestamp), Reaction> {
    let title = text(body, "title");
    if title.is_empty() || title.chars().count() > 128 {
        return Err(error(400, "title is required, with at most 128 letters"));
    }
    let instant = |name| text(body, name).parse::<Timestamp>().map_err(|_| error(400, "start and end are required"));
    let (start, end) = (instant("start")?, instant("end")?);
    let lasts = end.duration_since(start);
    if start.as_second() % 60 != 0 || end.as_second() % 60 != 0 || start <= state.now() {
        return Err(error(400, "start is in the past, or not on a full minute"));
    }
    if lasts < SignedDuration::from_mins(10) || lasts > SignedDuration::from_mins(23 * 60 + 59) {
        return Err(error(400, "a meeting lasts between 10 minutes and 23:59"));
    }
    let site = text(body, "siteUrl");
    if (!site.is_empty() && site != super::SITE) || (state.is_guest_to_guest && site.is_empty()) {
        return Err(error(400, "siteUrl is not a site of this organisation"));
    }
    let is_one = |name: &str, of: &[Value]| body[name].is_null() || of.contains(&body[name]);
    if !is_one("joinBeforeHostMinutes", &[0.into(), 5.into(), 10.into(), 15.into()])
        || !is_one(
            "unlockedMeetingJoinSecurity",
            &["allowJoin".into(), "allowJoinWithLobby".into(), "blockFromJoin".into()],
        )
    {
        return Err(error(400, "an option is none of the possible ones"));
    }
    Ok((start, end))
}

fn list(state: &State, request: &Request) -> Said {
    let tag = request.query.get("integrationTag");
    let wanted = |meeting: &&Meeting| {
        let tags = meeting.body["integrationTags"].as_array().cloned().unwrap_or_default();
        state.now() >= meeting.changed + state.lag
            && tag.is_none_or(|tag| tags.contains(&tag.as_str().into()))
            && request.query.get("hostEmail").map_or(OWN, String::as_str).eq_ignore_ascii_case(&meeting.host)
            && request.query.get("state").is_none_or(|wanted| *wanted == meeting.state)
    };
    let items = state.meetings.iter().filter(wanted).map(|meeting| shown(state, meeting)).collect();
    state.page(request, "meetings", items)
}

fn change(state: &mut State, place: usize, body: &Value) -> Said {
    let mut whole = state.meetings[place].body.clone();
    for (name, value) in body.as_object().cloned().unwrap_or_default() {
        whole[name] = value;
    }
    let (start, end) = judge(state, &whole)?;
    let now = state.now();
    let meeting = &mut state.meetings[place];
    (meeting.body, meeting.start, meeting.end, meeting.changed) = (whole, start, end, now);
    Ok(Reaction::json(200, &said(state, &state.meetings[place])))
}

fn links(state: &State, body: &Value) -> Said {
    if body["joinDirectly"] != false {
        let away = Reaction::Answer {
            status: 302,
            headers: vec![("location", "https://away.example".to_owned())],
            body: String::new(),
        };
        return Ok(away);
    }
    let minutes = body["expirationMinutes"].as_i64().unwrap_or(15);
    if text(body, "email").is_empty() || text(body, "displayName").is_empty() || text(body, "hostEmail").is_empty() {
        return Err(error(400, "email, displayName and hostEmail are required"));
    }
    if !(1..=60).contains(&minutes) {
        return Err(error(400, "expirationMinutes is between 1 and 60"));
    }
    let place = find(state, text(body, "meetingId"))?;
    let meeting = &state.meetings[place];
    let link = |kind: &str| format!("https://{}/{kind}/{}?token=secret-{kind}", super::SITE, meeting.id);
    let is_host = state.is_guest_to_guest || meeting.host == text(body, "email");
    let until = state.now() + SignedDuration::from_mins(minutes);
    let mut told = json!({ "joinLink": link("join"), "expiration": until.to_string() });
    if is_host {
        told["startLink"] = link("start").into();
    }
    Ok(Reaction::json(200, &told))
}

/// The answer to a change. All but the id is optional.
fn said(state: &State, meeting: &Meeting) -> Value {
    if state.says_only_ids { json!({ "id": meeting.id }) } else { shown(state, meeting) }
}

fn shown(state: &State, meeting: &Meeting) -> Value {
    let host = if state.shouts { meeting.host.to_uppercase() } else { meeting.host.clone() };
    json!({
        "id": meeting.id, "meetingNumber": "2550000001", "title": meeting.body["title"], "password": "BgJep@43",
        "meetingType": "meetingSeries", "state": meeting.state, "timezone": "UTC", "start": meeting.start.to_string(),
        "end": meeting.end.to_string(), "hostEmail": host, "siteUrl": super::SITE,
        "webLink": format!("https://{}/m/{}", super::SITE, meeting.id),
        "sipAddress": format!("{}@{}", meeting.id, super::SITE),
    })
}
