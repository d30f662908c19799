//! How each door of the URL table is tried: by whom, in which visit, with which form.
//!
//! Never says what should happen: the access matrix and the cross-site tests do.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};

use antesala::auth::welcome;
use antesala::domain::consultation::{Command, Whom};
use antesala::domain::ids::{CommandId, PatientId, WardId};
use antesala::domain::staff::{Role, StaffMember};
use antesala::store::patients;
use antesala::store::wards::{self, Ward};
use antesala::web::access::{Access, Door};
use antesala::web::{assets, routes};
use reqwest::{Method, RequestBuilder};

use super::imports;
use crate::app::TestApp;
use crate::browser::{self, Answer, Browser};
use crate::hospital::{PASSWORD, REPORT, TELE, Visit, ZONE};

/// Who stands at a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Visitor {
    /// A browser without any cookie.
    Nobody,
    /// Rosa, who holds her seat in the visit.
    Family,
    Admin,
    Clerk,
    /// The doctor of the visit.
    Doctor,
    OtherDoctor,
    /// The ward of the visit.
    Ward,
    OtherWard,
}

/// In the order of the access matrix.
pub(crate) const VISITORS: [Visitor; 8] = [
    Visitor::Nobody,
    Visitor::Family,
    Visitor::Admin,
    Visitor::Clerk,
    Visitor::Doctor,
    Visitor::OtherDoctor,
    Visitor::Ward,
    Visitor::OtherWard,
];

/// Somebody at one door, with everything a request needs to succeed if they may.
pub(crate) struct Attempt {
    pub(crate) visit: Visit,
    pub(crate) method: Method,
    /// The address, filled in.
    pub(crate) path: String,
    /// The form to post.
    pub(crate) form: Vec<(&'static str, String)>,
    pub(crate) browser: Browser,
}

/// Everybody's browser, signed in once, and a visit for doors that leave it as it is.
#[derive(Default)]
pub(crate) struct Crowd {
    browsers: HashMap<Visitor, Browser>,
    visit: Option<(Visit, Browser)>,
}

impl Crowd {
    async fn browser(&mut self, app: &TestApp, visitor: Visitor) -> Browser {
        if let Some(known) = self.browsers.get(&visitor) {
            return known.clone();
        }
        let browser = fresh(app, visitor).await;
        self.browsers.insert(visitor, browser.clone());
        browser
    }

    /// A visit for this door, and Rosa's browser.
    async fn visit(&mut self, app: &TestApp, door: &Door, visitor: Visitor) -> (Visit, Browser) {
        let needs_its_own =
            ["/consultations/{id}", "/messages/", "/lobby/", "/j/"].iter().any(|start| door.path.starts_with(start));
        if !needs_its_own
            && !changes_sessions(door)
            && let Some(known) = &self.visit
        {
            return known.clone();
        }
        let is_ward = matches!(visitor, Visitor::Ward | Visitor::OtherWard);
        let plan = if is_ward { TELE } else { REPORT.one_by_one() };
        let visit =
            app.book(if door.path.ends_with("/doctor") { plan.in_minutes(60 * free_hour()) } else { plan }).await;
        let family = app.browser();
        family.take_seat(&visit.links[rosa_in(&visit)]).await;
        advance(app, &visit, door.path).await;
        self.visit.get_or_insert((visit.clone(), family.clone()));
        (visit, family)
    }
}

impl Attempt {
    /// Brings `visitor` to `door`, in a visit that stands where the door is of use.
    pub(crate) async fn at(app: &TestApp, crowd: &mut Crowd, door: &Door, visitor: Visitor) -> Self {
        let (visit, family) = crowd.visit(app, door, visitor).await;
        let rosa = rosa_in(&visit);
        let browser = match visitor {
            Visitor::Family => family,
            other if changes_sessions(door) => fresh(app, other).await,
            Visitor::Nobody => app.browser(),
            other => crowd.browser(app, other).await,
        };
        let method = door.method.as_str().parse().unwrap();
        let path = if door.path.starts_with("/settings/wards/{id}") {
            door.path.replace("{id}", &empty_ward(app).await.to_string())
        } else if let Some(rest) = door.path.strip_prefix("/imports/{id}") {
            format!("/imports/{}{rest}", imports::checked(app).await)
        } else if let Some(rest) = door.path.strip_prefix("/messages/{id}") {
            format!("/messages/{}{rest}", message_to(app, &visit, rosa).await)
        } else if let Some(path) = people(app, door.path).await {
            path
        } else if let Some(path) = colleague(app, door.path).await {
            path
        } else {
            fill(&method, door.path, &visit, rosa)
        };
        let mut form = form(app, door.path, visitor, &visit, rosa);
        if door.path == "/consultations/{id}/people" && method == Method::POST {
            form.push(("invite", app.join_family("Lucía Mora").await.id.to_string()));
        }
        Self { visit, method, path, form, browser }
    }

    /// The request as a browser sends it, without what tells where it comes from.
    pub(crate) fn request(&self) -> RequestBuilder {
        let request = self.browser.request(self.method.clone(), &self.path).header("accept", self.accept());
        if self.path == "/settings/logo" {
            return browser::uploading(request, &self.form, browser::PIXEL);
        }
        match (self.method == Method::GET, self.path.contains("/state")) {
            (true, _) => request,
            (false, true) => request.header("content-type", "application/json").body("{\"type\":\"leave\"}"),
            (false, false) if self.path.ends_with("/imports") => {
                browser::uploading(request, &self.form, imports::SMALL)
            }
            (false, false) => request.form(&self.form),
        }
    }

    /// What happens when the request comes from our own page; 101 is an open socket.
    pub(crate) async fn status(&self) -> u16 {
        if self.path.ends_with("/socket") {
            return self.browser.socket(&self.path).await.map_or_else(|refused| refused, |_| 101);
        }
        self.answer().await.status
    }

    /// The answer to the request from our own page.
    pub(crate) async fn answer(&self) -> Answer {
        browser::answer(self.request().header("sec-fetch-site", "same-origin")).await
    }

    fn accept(&self) -> &'static str {
        let is_page = self.method == Method::GET && !self.path.contains("/state");
        if is_page { "text/html" } else { "application/json" }
    }
}

/// Every door by which people change something.
pub(crate) fn posts() -> impl Iterator<Item = &'static Door> {
    routes::DOORS.iter().filter(|door| door.method == "POST" && door.access != Access::Provider)
}

/// Who may succeed at a door that changes something.
pub(crate) fn owner(path: &str) -> Visitor {
    match path {
        path if path.starts_with("/consultations") || path == "/visits" => Visitor::Doctor,
        "/visits/drafts" | "/sign-out" => Visitor::Clerk,
        path if path.starts_with("/patients") || path.starts_with("/relatives") || path.starts_with("/imports") => {
            Visitor::Clerk
        }
        path if path.starts_with("/messages") => Visitor::Clerk,
        path if path.starts_with("/profile") => Visitor::Doctor,
        path if path.starts_with("/staff") => Visitor::Admin,
        path if path.starts_with("/lobby") => Visitor::Family,
        path if path.starts_with("/settings") => Visitor::Admin,
        _ => Visitor::Nobody,
    }
}

/// The address of a door to a patient's or a relative's record, which is nobody else's to change.
async fn people(app: &TestApp, pattern: &str) -> Option<String> {
    if !pattern.starts_with("/patients/{id}") && !pattern.starts_with("/relatives/{id}") {
        return None;
    }
    let (patient, relative) = app.register("Celia Prado").await;
    let (other, others) = app.register("Celia Prado").await;
    if pattern == "/patients/{id}/merger/{other}" {
        // The form has seen no relatives, so there are none.
        for gone in [relative.id, others.id] {
            patients::remove_relative(&app.store, gone, "1".parse().unwrap(), app.now()).await.unwrap();
        }
    }
    let id = if pattern.starts_with("/relatives") { relative.id.to_string() } else { patient.id.to_string() };
    Some(pattern.replace("{id}", &id).replace("{other}", &other.id.to_string()))
}

/// Rosa's place among the guests: a patient who is invited comes first.
fn rosa_in(visit: &Visit) -> usize {
    visit.guests.len() - 2
}

/// Whether a browser is another person's or nobody's after this door: no other door is tried with it then.
fn changes_sessions(door: &Door) -> bool {
    ["/sign-", "/welcome/"].iter().any(|start| door.path.starts_with(start))
}

async fn fresh(app: &TestApp, visitor: Visitor) -> Browser {
    match member(app, visitor) {
        Some(member) => app.sign_in(member).await,
        None => app.browser(),
    }
}

fn member(app: &TestApp, visitor: Visitor) -> Option<&StaffMember> {
    let hospital = &app.hospital;
    match visitor {
        Visitor::Nobody | Visitor::Family => None,
        Visitor::Admin => Some(&hospital.admin),
        Visitor::Clerk => Some(&hospital.clerk),
        Visitor::Doctor => Some(&hospital.doctor),
        Visitor::OtherDoctor => Some(&hospital.other_doctor),
        Visitor::Ward => Some(&hospital.ward),
        Visitor::OtherWard => Some(&hospital.other_ward),
    }
}

/// Brings the visit to where the door is of use.
async fn advance(app: &TestApp, visit: &Visit, path: &str) {
    let before_it_starts = ["/session", "/cancellation", "/appointment", "/delays"];
    if before_it_starts.iter().any(|door| path.ends_with(door)) {
        return;
    }
    app.start(visit).await;
    if path == "/consultations/{id}/holds" {
        let by = app.conductor(visit).await.operator();
        app.command(visit.id, Command::Admit { by, whom: Whom::One(visit.seat(rosa_in(visit))) }).await.unwrap();
    }
}

/// The address of a door that is about a colleague: about one who has just begun and whom nobody else needs.
async fn colleague(app: &TestApp, pattern: &str) -> Option<String> {
    if !pattern.starts_with("/staff/{id}") && pattern != "/welcome/{token}" {
        return None;
    }
    let id = app.hire("Fermín Arce", Role::Doctor).await.id;
    let link = welcome::invite(&app.store, id, app.now()).await.unwrap();
    Some(pattern.replace("{id}", &id.to_string()).replace("{token}", &link.to_text()))
}

fn fill(method: &Method, pattern: &str, visit: &Visit, rosa: usize) -> String {
    let connection = if method == Method::POST && pattern.contains("/state") { "?connection=1" } else { "" };
    let path = match pattern {
        "/static/{version}/{file:.*}" => assets::url("base.css"),
        "/webex/sdk/{digest}" => "/webex/sdk/8d969eef6ecad3c29a3a629280e686cf".to_owned(),
        "/logo/{digest}" => "/logo/8d969eef6ecad3c29a3a629280e686cf".to_owned(),
        "/calendars/{token}" => "/calendars/8rH9RHmJbG7v3d2_hwV2Cg.ics".to_owned(),
        "/set-up/{token}" => "/set-up/8rH9RHmJbG7v3d2_hwV2Cg".to_owned(),
        "/callbacks/webex/{mark}" => "/callbacks/webex/01e0cb6a53731b96".to_owned(),
        "/callbacks/sms/{secret}" => "/callbacks/sms/8rH9RHmJbG7v3d2_hwV2Cg".to_owned(),
        path if path.starts_with("/j/{token}") => path.replace("/j/{token}", &visit.links[rosa]),
        path if path.starts_with("/settings/texts/") => {
            path.replace("{template}", "come_now").replace("{language}", "es")
        }
        path => path.replace("{id}", &visit.id.to_string()).replace("{seat}", &visit.seat(rosa).to_string()),
    };
    assert!(!path.contains('{'), "{path}: say how to fill it");
    format!("{path}{connection}")
}

fn form(app: &TestApp, path: &str, visitor: Visitor, visit: &Visit, rosa: usize) -> Vec<(&'static str, String)> {
    let is_ward = matches!(visitor, Visitor::Ward | Visitor::OtherWard);
    let seat = visit.seat(rosa).to_string();
    let patient = app.hospital.patient.id.to_string();
    match path {
        "/j/{token}" => vec![("consent", "1".to_owned())],
        "/sign-in" => vec![("email", app.hospital.clerk.email.to_string()), ("password", PASSWORD.to_owned())],
        "/visits" => vec![
            ("service", if is_ward { "tele_visit" } else { "medical_report" }.to_owned()),
            ("patient", patient.clone()),
            ("people_of", patient),
            ("invite", app.hospital.relatives[0].id.to_string()),
            ("doctor", app.hospital.doctor.id.to_string()),
            ("when", "now".to_owned()),
        ],
        "/patients" => vec![
            ("new_patient", PatientId::mint().to_string()),
            ("new_name", format!("Celia {}", letters(&PatientId::mint().to_string()))),
            ("new_born", "1962-07-30".to_owned()),
        ],
        "/patients/new" => record(&format!("Celia {}", letters(&PatientId::mint().to_string()))),
        "/patients/{id}/edit" => {
            let name = format!("Celia {}", letters(&PatientId::mint().to_string()));
            [record(&name), vec![("rev", "1".to_owned())]].concat()
        }
        "/patients/{id}/merger/{other}" => ["rev", "other_rev", "sure"].map(|field| (field, "1".to_owned())).to_vec(),
        "/patients/{id}/relatives" | "/relatives/{id}" => vec![
            ("rev", "1".to_owned()),
            ("name", "Eva Prado".to_owned()),
            ("relation", "hija".to_owned()),
            ("phone", "+525512345698".to_owned()),
        ],
        "/relatives/{id}/removal" => vec![("rev", "1".to_owned())],
        "/patients/searches" | "/patients/{id}/merger/searches" => vec![("text", "celia".to_owned())],
        "/consultations/{id}/admissions" | "/consultations/{id}/holds" | "/consultations/{id}/removals" => {
            vec![("participant", seat)]
        }
        "/consultations/{id}/appointment" => {
            let wall = jiff::civil::datetime(2026, 12, 1, 0, 0, 0, 0) + jiff::SignedDuration::from_hours(free_hour());
            let time = wall.strftime("%H:%M").to_string();
            vec![("date", wall.date().to_string()), ("time", time), ("minutes", "30".to_owned())]
        }
        "/consultations/{id}/doctor" => vec![("doctor", app.hospital.other_doctor.id.to_string())],
        "/staff" | "/staff/{id}" => vec![
            ("name", "Fermín Arce".to_owned()),
            ("email", format!("{}@hospital.example", PatientId::mint())),
            ("role", "doctor".to_owned()),
            ("service", "follow_up".to_owned()),
            ("rev", "1".to_owned()),
        ],
        "/welcome/{token}" => vec![("password", PASSWORD.to_owned())],
        "/profile" => vec![("language", "es".to_owned()), ("zone", ZONE.to_owned())],
        "/profile/password" => vec![("present", PASSWORD.to_owned()), ("password", PASSWORD.to_owned())],
        "/messages/{id}/repeats" => vec![("command", CommandId::mint().to_string())],
        "/messages/{id}/number" => {
            vec![
                ("command", CommandId::mint().to_string()),
                ("phone", "+525512345697".to_owned()),
                ("seen", rosas(visit, rosa)),
            ]
        }
        "/profile/messages" => vec![("message_0", "Ya voy".to_owned())],
        "/consultations/{id}/delays" => vec![("minutes", "10".to_owned())],
        "/lobby/{seat}/texts" => vec![("wish", "withdraw".to_owned())],
        "/consultations/{id}/engine" => vec![("engine", "direct".to_owned())],
        "/consultations/{id}/extensions" => vec![("minutes", "30".to_owned())],
        "/consultations/{id}/links" => vec![("again", seat)],
        "/settings" => vec![("link_lead", "12".to_owned())],
        "/settings/consent" => {
            let text = format!("Usted acepta {}.", letters(&PatientId::mint().to_string()));
            vec![("consent_es", text.clone()), ("consent_en", text.clone()), ("consent_pt", text)]
        }
        "/settings/texts/{template}/{language}" => {
            let words = letters(&PatientId::mint().to_string());
            vec![("text", format!("{{hospital}}: {words} {{link}}"))]
        }
        "/settings/wards" | "/settings/wards/{id}" => {
            vec![("name", letters(&PatientId::mint().to_string()))]
        }
        _ => vec![],
    }
}

fn rosas(visit: &Visit, rosa: usize) -> String {
    visit.guests[rosa].phone.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// The link that went to Rosa.
async fn message_to(app: &TestApp, visit: &Visit, rosa: usize) -> String {
    let sql = "SELECT id FROM outbox WHERE participant_id = $1 AND template = 'link'";
    let rows = app.store.read(sql, vec![visit.seat(rosa).to_string().into()]).await.unwrap();
    rows[0].text(0).unwrap().to_owned()
}

/// A ward to which nothing belongs.
async fn empty_ward(app: &TestApp) -> WardId {
    let ward = Ward { id: WardId::mint(), name: letters(&WardId::mint().to_string()) };
    wards::insert(&app.store, &ward).await.unwrap();
    ward.id
}

fn record(name: &str) -> Vec<(&'static str, String)> {
    vec![("name", name.to_owned()), ("born", "1962-07-30".to_owned()), ("care", "outpatient".to_owned())]
}

/// An hour at which nobody has another visit, counted from some beginning.
fn free_hour() -> i64 {
    static HOURS: AtomicI64 = AtomicI64::new(1);
    HOURS.fetch_add(1, Ordering::Relaxed)
}

/// A name of its own for each patient that is added.
fn letters(id: &str) -> String {
    id.bytes().filter(u8::is_ascii_hexdigit).map(|digit| char::from(b'a' + digit % 26)).collect()
}
