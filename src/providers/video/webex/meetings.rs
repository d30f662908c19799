//! Meetings: made, moved, deleted, ended; links for those who start and those who join; and who is in the lobby there.
//!
//! Titles and tags name a visit, never a patient. Never makes a meeting twice by itself: a lost answer is told to the
//! caller, who looks for the meeting by its tag.

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::api::{Ask, Body, Proof};
use super::{Plan, Room, Trouble, Webex};
use crate::domain::ids::ConsultationId;

/// How long a link to a meeting is good; it is made when somebody clicks.
const LINK_LIVES: SignedDuration = SignedDuration::from_mins(30);

/// How many people may be let in from the lobby at once.
const MOST_ADMITTED: usize = 100;

/// A meeting as Webex tells it. All but its id may be missing.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    id: String,
    meeting_number: Option<String>,
    password: Option<SecretString>,
    host_email: Option<String>,
    web_link: Option<String>,
    sip_address: Option<String>,
    state: Option<String>,
}

/// Links to a meeting.
#[derive(Clone, Debug)]
pub struct Links {
    /// For its host; nobody else gets one.
    pub start: Option<SecretString>,
    /// For everybody.
    pub join: Option<SecretString>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToldLinks {
    start_link: Option<SecretString>,
    join_link: Option<SecretString>,
}

/// Somebody at the door of a meeting, or in it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Attendee {
    /// Their name in this meeting.
    pub id: String,
    /// Their address; guests have one made up by Webex.
    pub email: Option<String>,
    /// How they are shown.
    pub display_name: Option<String>,
    /// `lobby`, `joined` or `end`.
    pub state: Option<String>,
    /// Whether they are its host.
    #[serde(default)]
    pub host: bool,
}

/// What is done to somebody in a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Silence their microphone.
    Mute,
    /// Let them in from the lobby.
    Admit,
    /// Send them away.
    Expel,
}

impl Webex {
    /// `POST /meetings`.
    pub(super) async fn create_meeting(&self, plan: &Plan) -> Result<Room, Trouble> {
        let ask = ask("create meeting", Method::POST, &["meetings"], Body::Json(self.wanted(plan)));
        let answer = self.api.ask(ask).await?;
        if answer.ignored_some {
            tracing::warn!(consultation = %plan.visit, "Webex ignored a setting of a new meeting");
            metrics::counter!("antesala_webex_settings_ignored_total").increment(1);
        }
        Ok(self.whole(named(answer.read::<Told>()?.into(), plan)).await)
    }

    /// `PATCH /meetings/{id}`: brings it to where the visit is.
    pub(super) async fn move_meeting(&self, room: &Room, plan: &Plan) -> Result<Room, Trouble> {
        let mut change = json!({
            "title": plan.title, "start": minute(plan.window.start), "end": minute(plan.window.end), "timezone": "UTC",
            "sendEmail": false,
        });
        let room = self.whole(named(room.clone(), plan)).await;
        // A host is not changed by naming another here: the meeting stays whose it is.
        if let (Some(host), Some(change)) = (&room.host, change.as_object_mut()) {
            change.insert("hostEmail".to_owned(), host.as_str().into());
        }
        let told: Told =
            self.api.read(ask("move meeting", Method::PATCH, &["meetings", &room.id], Body::Merge(change))).await?;
        Ok(Room::from(told).or(&room))
    }

    /// Asks once more where an answer did not say how to get there. That the meeting is there counts all the same. Before
    /// a change, since what has changed may not be shown for a while.
    async fn whole(&self, room: Room) -> Room {
        if room.has_destination() {
            return room;
        }
        match self.read_meeting(&room).await {
            Ok(told) => Room::from(told).or(&room),
            Err(_) => room,
        }
    }

    /// `GET /meetings?integrationTag=`: the meeting that was made for a visit, if Webex shows one. Without a host Webex
    /// shows only those of the service app.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn find_meeting(&self, visit: ConsultationId, host: Option<&str>) -> Result<Option<Room>, Trouble> {
        let mut query = vec![("integrationTag", visit.to_string())];
        query.extend(host.map(|host| ("hostEmail", host.to_owned())));
        let ask = Ask { query, ..ask("find meeting", Method::GET, &["meetings"], Body::None) };
        let found: Vec<Told> = self.api.list(ask).await?;
        let named = |room: Room| Room { host: room.host.or_else(|| host.map(str::to_owned)), ..room };
        Ok(found.into_iter().next().map(|told| named(told.into())))
    }

    /// `GET /meetings/{id}`: its state, as far as Webex tells one.
    ///
    /// # Errors
    /// [`Trouble`]; `not_found` for up to ten minutes after something happened to it.
    pub async fn meeting_state(&self, room: &Room) -> Result<Option<String>, Trouble> {
        Ok(self.read_meeting(room).await?.state)
    }

    async fn read_meeting(&self, room: &Room) -> Result<Told, Trouble> {
        let (query, path) = (host_of(room), ["meetings", &room.id]);
        self.api.read(Ask { query, ..ask("read meeting", Method::GET, &path, Body::None) }).await
    }

    /// `DELETE /meetings/{id}`.
    ///
    /// # Errors
    /// [`Trouble`]; also while it is in progress. `not_found` where it is not there, or is not shown yet: the caller knows
    /// when something last happened to it.
    pub async fn delete_meeting(&self, room: &Room) -> Result<(), Trouble> {
        let (mut query, path) = (host_of(room), ["meetings", &room.id]);
        query.push(("sendEmail", "false".to_owned()));
        let ask = Ask { query, ..ask("delete meeting", Method::DELETE, &path, Body::None) };
        self.api.ask(ask).await.map(drop)
    }

    /// `POST /meetings/{id}/end`.
    pub(super) async fn end_meeting(&self, room: &Room) -> Result<(), Trouble> {
        let body = Body::Json(json!({ "reason": "The visit is over." }));
        self.api.ask(ask("end meeting", Method::POST, &["meetings", &room.id, "end"], body)).await.map(drop)
    }

    /// `POST /meetings/join`: links for one person, made at the moment they click.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn links(&self, room: &Room, email: &str, name: &str) -> Result<Links, Trouble> {
        let mut body = json!({
            "meetingId": room.id, "joinDirectly": false, "email": email, "displayName": name,
            "expirationMinutes": LINK_LIVES.as_mins(),
        });
        if let (Some(host), Some(body)) = (&room.host, body.as_object_mut()) {
            body.insert("hostEmail".to_owned(), host.as_str().into());
        }
        let told: ToldLinks =
            self.api.read(ask("make links", Method::POST, &["meetings", "join"], Body::Json(body))).await?;
        Ok(Links { start: told.start_link, join: told.join_link })
    }

    /// `GET /meetingParticipants`.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn attendees(&self, room: &Room) -> Result<Vec<Attendee>, Trouble> {
        let query = vec![("meetingId", room.id.clone())];
        self.api.list(Ask { query, ..ask("list attendees", Method::GET, &["meetingParticipants"], Body::None) }).await
    }

    /// `POST /meetingParticipants/admit`: lets people in who are in the lobby there.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn admit(&self, attendees: &[String]) -> Result<(), Trouble> {
        for some in attendees.chunks(MOST_ADMITTED) {
            let items: Vec<_> = some.iter().map(|id| json!({ "participantId": id })).collect();
            let body = Body::Json(json!({ "items": items }));
            self.api.ask(ask("admit attendees", Method::POST, &["meetingParticipants", "admit"], body)).await?;
        }
        Ok(())
    }

    /// `PUT /meetingParticipants/{id}`.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn measure(&self, attendee: &str, measure: Measure) -> Result<(), Trouble> {
        let body = Body::Json(match measure {
            Measure::Mute => json!({ "muted": true }),
            Measure::Admit => json!({ "admit": true }),
            Measure::Expel => json!({ "expel": true }),
        });
        self.api.ask(ask("control attendee", Method::PUT, &["meetingParticipants", attendee], body)).await.map(drop)
    }

    /// `GET /meetings` of those in progress. Lags by fifteen minutes or more: for `antesala check` only.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn meetings_in_progress(&self, host: Option<&str>) -> Result<usize, Trouble> {
        let mut query = vec![("meetingType", "meeting".to_owned()), ("state", "inProgress".to_owned())];
        query.extend(host.map(|host| ("hostEmail", host.to_owned())));
        let ask = Ask { query, ..ask("list meetings", Method::GET, &["meetings"], Body::None) };
        Ok(self.api.list::<Told>(ask).await?.len())
    }

    fn wanted(&self, plan: &Plan) -> Value {
        let mut wanted = Map::new();
        let mut put = |name: &str, value: Value| drop(wanted.insert(name.to_owned(), value));
        put("title", plan.title.as_str().into());
        put("start", minute(plan.window.start).into());
        put("end", minute(plan.window.end).into());
        put("timezone", "UTC".into());
        put("enabledJoinBeforeHost", false.into());
        put("joinBeforeHostMinutes", 0.into());
        put("unlockedMeetingJoinSecurity", "allowJoinWithLobby".into());
        put("publicMeeting", false.into());
        put("sendEmail", false.into());
        put("allowAnyUserToBeCoHost", false.into());
        put("integrationTags", vec![plan.visit.to_string()].into());
        if let Some(host) = &plan.host {
            put("hostEmail", host.to_string().into());
        }
        if let Some(site) = &self.site {
            put("siteUrl", site.as_str().into());
        }
        wanted.into()
    }
}

impl From<Told> for Room {
    fn from(told: Told) -> Self {
        Self {
            id: told.id,
            number: told.meeting_number,
            sip_address: told.sip_address,
            web_link: told.web_link,
            password: told.password,
            host: told.host_email,
        }
    }
}

/// A request of the service app.
pub(super) fn ask<'a>(name: &'static str, method: Method, path: &'a [&'a str], body: Body) -> Ask<'a> {
    Ask { name, method, path, query: vec![], body, proof: Proof::App }
}

fn host_of(room: &Room) -> Vec<(&'static str, String)> {
    room.host.iter().map(|host| ("hostEmail", host.clone())).collect()
}

/// Whose it is where Webex does not say so: whose it was asked for.
fn named(room: Room, plan: &Plan) -> Room {
    let host = room.host.or_else(|| plan.host.as_ref().map(ToString::to_string));
    Room { host, ..room }
}

/// An instant as Webex reads it: to the minute.
fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:00Z").to_string()
}

/// The part of an id that a meeting, its occurrences and its instances share.
#[must_use]
pub fn series_of(id: &str) -> &str {
    id.split('_').next().unwrap_or(id)
}
