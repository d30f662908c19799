//! What surrounds every staff page: house, places to go, who is signed in, and the way out.
//!
//! Never offers a place the role may not enter: the list follows the access matrix.

use maud::{Markup, html};

use super::icons;
use crate::domain::hospital::Hospital;
use crate::domain::staff::{Role, StaffMember};
use crate::text::Texts;
use crate::web::layout::{self, Frame, Title};
use crate::web::{assets, logo};

/// The pages of the staff side that the navigation names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A doctor's visits of today.
    Board,
    /// The clinic's visits of today.
    Visits,
    /// A ward's tele-visits.
    Ward,
    /// Appointments, day by day.
    Agenda,
    /// Who is treated here.
    Patients,
    /// What became of visits.
    History,
    /// The hospital's settings.
    Settings,
    /// What everybody chooses for themselves.
    Profile,
    /// Opening a visit.
    NewVisit,
    /// What left the house, or will.
    Messages,
    /// Who works here.
    Staff,
}

/// Who reads a page, and what its forms carry.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// In their language.
    pub texts: Texts,
    /// Who they are.
    pub member: &'a StaffMember,
    /// Where they work.
    pub hospital: &'a Hospital,
    /// Proves that a form is ours.
    pub form_token: &'a str,
    /// What the last request has to say.
    pub notice: Option<&'a str>,
}

/// What sets one staff page apart from another.
pub struct Page<'a> {
    /// What the tab says.
    pub title: Title,
    /// Where it is in the navigation.
    pub place: Option<Place>,
    /// Its modules.
    pub scripts: &'a [&'a str],
    /// Its stylesheets besides the staff's own.
    pub stylesheets: &'a [&'a str],
    /// Modules its modules import.
    pub preloads: &'a [&'a str],
    /// Further elements of `<head>`.
    pub head: Markup,
}

impl Place {
    /// The places of a role, its landing page first.
    #[must_use]
    pub const fn of(role: Role) -> &'static [Self] {
        match role {
            Role::Doctor => &[Self::Board, Self::Agenda, Self::NewVisit, Self::Messages, Self::History],
            Role::Clerk => &[Self::Visits, Self::Agenda, Self::NewVisit, Self::Patients, Self::Messages, Self::History],
            Role::Ward => &[Self::Ward, Self::Agenda, Self::NewVisit, Self::Messages, Self::History],
            Role::Admin => &[Self::Staff, Self::Settings],
        }
    }

    /// Its address.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Board => "/board",
            Self::Visits => "/visits",
            Self::Ward => "/ward",
            Self::Agenda => "/agenda",
            Self::Patients => "/patients",
            Self::History => "/history",
            Self::Settings => "/settings",
            Self::Profile => "/profile",
            Self::NewVisit => "/visits/new",
            Self::Messages => "/messages",
            Self::Staff => "/staff",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Board => "staff-nav-board",
            Self::Visits => "staff-nav-visits",
            Self::Ward => "staff-nav-ward",
            Self::Agenda => "staff-nav-agenda",
            Self::Patients => "staff-nav-patients",
            Self::History => "staff-nav-history",
            Self::Settings => "staff-nav-settings",
            Self::Profile => "staff-nav-profile",
            Self::NewVisit => "staff-nav-new-visit",
            Self::Messages => "staff-nav-messages",
            Self::Staff => "staff-nav-staff",
        }
    }
}

impl<'a> Page<'a> {
    /// A page without scripts.
    #[must_use]
    pub fn new(title: Title) -> Self {
        Self { title, place: None, scripts: &[], stylesheets: &[], preloads: &[], head: html! {} }
    }
}

/// Where a role lands after signing in.
#[must_use]
pub fn landing(role: Role) -> &'static str {
    match role {
        Role::Doctor => Place::Board.path(),
        Role::Clerk => Place::Visits.path(),
        Role::Ward => Place::Ward.path(),
        Role::Admin => Place::Staff.path(),
    }
}

/// Where starting a visit leads: doctors go on to the call, a ward stays with its list.
#[must_use]
pub const fn start_leads_to(role: Role) -> Option<&'static str> {
    match role {
        Role::Doctor => Some("call"),
        _ => None,
    }
}

/// A whole staff document around `main`, the page's `<main id="main">`.
#[must_use]
pub fn page(reader: Reader<'_>, page: Page<'_>, main: Markup) -> Markup {
    let stylesheets = [&["staff.css"], page.stylesheets].concat();
    let mut frame = Frame::new(reader.texts, page.title, "staff");
    frame.stylesheets = &stylesheets;
    frame.scripts = page.scripts;
    frame.preloads = page.preloads;
    frame.notice = reader.notice;
    frame.head = page.head;
    let body = html! {
        (bar(reader, page.place))
        (main)
        (icons::sprite())
    };
    layout::document(frame, body)
}

/// A document for somebody who has not signed in.
#[must_use]
pub fn door(texts: Texts, title: Title, notice: Option<&str>, main: Markup) -> Markup {
    let mut frame = Frame::new(texts, title, "staff door");
    frame.stylesheets = &["staff.css"];
    frame.notice = notice;
    let body = html! {
        header.door-brand { img src=(assets::url("icon.svg")) alt="" width="28" height="28"; span { "Antesala" } }
        (main)
    };
    layout::document(frame, body)
}

fn bar(reader: Reader<'_>, here: Option<Place>) -> Markup {
    let Reader { texts, member, hospital, form_token, .. } = reader;
    html! {
        a.skip.visually-hidden href="#main" { (texts.get("page-skip")) }
        header.bar {
            a.brand href="/" { (logo::markup(hospital, 28)) span { (hospital.name) } }
            button.button.bar-menu type="button" popovertarget="places" { (icons::icon("menu")) (texts.get("staff-menu")) }
            div #places.places popover {
                nav aria-label=(texts.get("staff-nav")) {
                    ul {
                        @for place in Place::of(member.role) {
                            li { a href=(place.path()) aria-current=[(here == Some(*place)).then_some("page")] { (texts.get(place.key())) } }
                        }
                    }
                }
                form.who method="post" action="/sign-out" {
                    input type="hidden" name="form_token" value=(form_token);
                    p { a.me href=(Place::Profile.path()) aria-current=[(here == Some(Place::Profile)).then_some("page")] { (member.name) } " " span.soft { (texts.get(role_key(member.role))) } }
                    button.button.small type="submit" { (texts.get("staff-sign-out")) }
                }
            }
        }
    }
}

/// The name of a role.
#[must_use]
pub const fn role_key(role: Role) -> &'static str {
    match role {
        Role::Admin => "role-admin",
        Role::Doctor => "role-doctor",
        Role::Clerk => "role-clerk",
        Role::Ward => "role-ward",
    }
}
