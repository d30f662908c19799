//! How each door of the URL table is tried: by whom, and in which visit.
//!
//! Never says what should happen: the access matrix and the cross-site tests do.

use std::collections::HashMap;

use antesala::domain::consultation::{Command, Whom};
use antesala::domain::service::{Service, Services};
use antesala::domain::staff::{Role, StaffMember};
use antesala::web::access::{Access, Door};
use antesala::web::routes;
use reqwest::{Method, RequestBuilder};

use super::{filling, imports};
use crate::app::TestApp;
use crate::browser::{self, Answer, Browser};
use crate::hospital::{REPORT, TELE, Visit};

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
    /// A clerk, in a visit of a service that is not theirs.
    ClerkOfOtherServices,
    /// A doctor, in a tele-visit of a ward.
    DoctorAtTeleVisit,
    /// A ward, in what a doctor reports on a patient of this very ward.
    WardAtReport,
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

/// Those who are of the right role, in a visit that is none of theirs.
pub(crate) const OUT_OF_PLACE: [Visitor; 3] =
    [Visitor::ClerkOfOtherServices, Visitor::DoctorAtTeleVisit, Visitor::WardAtReport];

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
        let is_on_ward = matches!(visitor, Visitor::Ward | Visitor::OtherWard | Visitor::DoctorAtTeleVisit);
        let plan = if is_on_ward { TELE } else { REPORT.one_by_one() };
        let visit = app
            .book(if door.path.ends_with("/doctor") { plan.in_minutes(60 * filling::free_hour()) } else { plan })
            .await;
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
        let path = filling::address(app, door, &visit, rosa).await;
        let form = filling::form(app, door, visitor, &visit, rosa).await;
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

/// Rosa's place among the guests: a patient who is invited comes first.
fn rosa_in(visit: &Visit) -> usize {
    visit.guests.len() - 2
}

/// Whether a browser is another person's or nobody's after this door: no other door is tried with it then.
fn changes_sessions(door: &Door) -> bool {
    ["/sign-", "/welcome/"].iter().any(|start| door.path.starts_with(start))
}

async fn fresh(app: &TestApp, visitor: Visitor) -> Browser {
    if visitor == Visitor::ClerkOfOtherServices {
        let others = Services::NONE.with(Service::FollowUp).with(Service::TeleVisit);
        return app.sign_in(&app.hire_for("Elsa Cano", Role::Clerk, others).await).await;
    }
    match member(app, visitor) {
        Some(member) => app.sign_in(member).await,
        None => app.browser(),
    }
}

fn member(app: &TestApp, visitor: Visitor) -> Option<&StaffMember> {
    let hospital = &app.hospital;
    match visitor {
        Visitor::Nobody | Visitor::Family | Visitor::ClerkOfOtherServices => None,
        Visitor::Admin => Some(&hospital.admin),
        Visitor::Clerk => Some(&hospital.clerk),
        Visitor::Doctor | Visitor::DoctorAtTeleVisit => Some(&hospital.doctor),
        Visitor::OtherDoctor => Some(&hospital.other_doctor),
        Visitor::Ward | Visitor::WardAtReport => Some(&hospital.ward),
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
