//! Appointments by day and by week, as doctors, wards and clerks live with them.
//!
//! Times are on the reader's clock; where a visit was agreed on another one, that is said too. Filters are plain forms that
//! keep ids and dates in the address, and never a name. Scripts keep an open page up to date; without them it says when it
//! was read. Never changes anything.

mod day;
mod week;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use maud::{Markup, html};

use super::board::live;
use super::doctors::Doctors;
use super::form::{self, Fault};
use super::icons::icon;
use super::list::Leaf;
use super::moment::{self, Here};
use super::shell::{self, Page, Place, Reader};
use crate::domain::agenda::week_of;
use crate::domain::ids::StaffId;
use crate::domain::service::Service;
use crate::domain::staff::Role;
use crate::domain::words::words;
use crate::store::agenda::Planned;
use crate::text::Texts;
use crate::web::layout::{self, Title};
use crate::web::zone;

words! {
    /// How much an agenda shows.
    View {
        /// One day, visit by visit.
        Day = "day",
        /// Monday to Sunday.
        Week = "week",
    }
}

/// What an agenda is asked to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// How much.
    pub view: View,
    /// The day, or one of the week.
    pub day: Date,
    /// Only this doctor's; clerks choose.
    pub doctor: Option<StaffId>,
    /// Only this service's.
    pub service: Option<Service>,
}

/// The page.
pub struct Agenda<'a> {
    /// Who reads it.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// What was asked for.
    pub shown: Shown,
    /// Which page of a day; a week is on one.
    pub leaf: Leaf,
    /// Whose visits may be chosen; nobody where nobody chooses.
    pub doctors: &'a Doctors,
    /// What the address says wrongly.
    pub problems: &'a [Fault],
    /// What there is.
    pub found: Found<'a>,
}

/// The visits of a day, or of each day of a week.
pub enum Found<'a> {
    /// One page of a day, by the time they begin.
    Day(&'a [Planned]),
    /// Seven days.
    Week(&'a [DayOfWeek]),
}

/// One day of a week.
pub struct DayOfWeek {
    /// Which.
    pub day: Date,
    /// Its first visits.
    pub visits: Vec<Planned>,
    /// Whether there are more.
    pub has_more: bool,
}

impl Shown {
    /// The agenda's address with these filters.
    #[must_use]
    pub fn address(self) -> String {
        self.at("/agenda")
    }

    /// The same on another page about the same visits.
    #[must_use]
    pub fn at(self, path: &str) -> String {
        let mut address = format!("{path}?day={}", self.day);
        if self.view != View::Day {
            address.push_str(&format!("&view={}", self.view));
        }
        if let Some(doctor) = self.doctor {
            address.push_str(&format!("&doctor={doctor}"));
        }
        if let Some(service) = self.service {
            address.push_str(&format!("&service={service}"));
        }
        address
    }

    /// The same for another day.
    #[must_use]
    pub const fn on(self, day: Date) -> Self {
        Self { day, ..self }
    }

    /// The same, as a day or a week.
    #[must_use]
    pub const fn seen_as(self, view: View) -> Self {
        Self { view, ..self }
    }

    /// Where a visit is opened for this day, and for this doctor.
    #[must_use]
    pub fn new_visit(self) -> String {
        let doctor = self.doctor.map(|doctor| format!("&doctor={doctor}")).unwrap_or_default();
        format!("/visits/new?day={}{doctor}", self.day)
    }

    /// The same at an instant: no clock shows it twice, and no zone needs to stand in the address.
    #[must_use]
    pub fn new_visit_at(self, at: Timestamp) -> String {
        let doctor = self.doctor.map(|doctor| format!("&doctor={doctor}")).unwrap_or_default();
        format!("/visits/new?at={at}{doctor}")
    }

    fn step(self, steps: i64) -> Self {
        let days = if self.view == View::Week { 7 } else { 1 };
        self.on(self.day.saturating_add((steps * days).days()))
    }
}

/// The whole page.
#[must_use]
pub fn page(agenda: &Agenda<'_>) -> Markup {
    let Agenda { reader, here, shown, .. } = agenda;
    let texts = reader.texts;
    let title = texts.get("agenda-title");
    let mut page = Page::new(if agenda.problems.is_empty() { Title::Plain(title) } else { Title::Error(title) });
    page.place = Some(Place::Agenda);
    page.stylesheets = &["agenda.css"];
    page.scripts = &["staff/agenda.js"];
    page.preloads = MODULES;
    let main = html! {
        main #main.wide.agenda tabindex="-1" data-socket=(shown.at("/agenda/socket")) data-state=(shown.at("/agenda/state")) {
            div.page-head {
                div {
                    h1 { (heading(agenda)) }
                    p.soft { (whose(agenda)) (zone::name(texts, &here.zone)) }
                }
                div.page-acts {
                    @if reader.member.role != Role::Clerk { a.button.quiet href="/profile/calendar" { (texts.get("calendar-page")) } }
                    a.button href=(shown.seen_as(View::Day).at("/agenda/sheet")) { (texts.get("agenda-sheet")) }
                    a.button.primary href=(shown.new_visit()) { (icon("plus")) (texts.get("staff-nav-new-visit")) }
                }
            }
            (filters(agenda))
            (live(texts))
            noscript { (read_at(agenda)) }
            // `static/staff/agenda.js` takes over what differs in a newer page, by `data-key`.
            div #agenda-shown {
                @match &agenda.found {
                    Found::Day(visits) => (day::list(agenda, visits)),
                    Found::Week(days) => (week::columns(agenda, days)),
                }
            }
            (layout::texts_block(texts, TEXT_KEYS))
        }
    };
    shell::page(*reader, page, main)
}

/// Modules behind the page.
const MODULES: &[&str] = &["lib/connection.js", "lib/page.js", "lib/texts.js"];

/// Sentences of its script.
const TEXT_KEYS: &[&str] =
    &["agenda-said-new", "agenda-said-gone", "agenda-said-state", "agenda-said-changed", "agenda-said-many"];

/// How old the page is, for who has no scripts, and the way to a newer one.
fn read_at(agenda: &Agenda<'_>) -> Markup {
    let (texts, here) = (agenda.reader.texts, agenda.here);
    html! {
        p.soft {
            (texts.with("agenda-read-at", &[("time", here.clock(here.now).into())])) " "
            a href=(agenda.leaf.page.of(&agenda.shown.address())) { (texts.get("agenda-read-again")) }
        }
    }
}

/// The day, or from which day to which.
fn heading(agenda: &Agenda<'_>) -> String {
    let (texts, shown) = (agenda.reader.texts, agenda.shown);
    match shown.view {
        View::Day => moment::day(texts, shown.day),
        View::Week => {
            let mut days = week_of(shown.day);
            let (first, last) = (days.next().unwrap_or(shown.day), days.last().unwrap_or(shown.day));
            texts.with(
                "agenda-week-of",
                &[("first", moment::date(texts, first).into()), ("last", moment::date(texts, last).into())],
            )
        }
    }
}

/// Whose visits these are, for who may look at more than their own.
fn whose(agenda: &Agenda<'_>) -> Markup {
    let chosen = agenda.doctors.find(agenda.shown.doctor);
    html! { @if let Some(doctor) = chosen { b { (doctor.name) } " · " } }
}

fn filters(agenda: &Agenda<'_>) -> Markup {
    let (texts, shown) = (agenda.reader.texts, agenda.shown);
    let today = agenda.here.today();
    let problem = form::sentence_for(agenda.problems, "day");
    let (previous, next) = match shown.view {
        View::Day => ("agenda-previous-day", "agenda-next-day"),
        View::Week => ("agenda-previous-week", "agenda-next-week"),
    };
    html! {
        div.agenda-bar {
            nav.filters aria-label=(texts.get("agenda-view")) {
                @for view in View::ALL {
                    a href=(shown.seen_as(*view).address()) aria-current=[(*view == shown.view).then_some("true")] { (texts.get(&format!("agenda-view-{view}"))) }
                }
            }
            nav.agenda-steps aria-label=(texts.get("agenda-steps")) {
                a.button.small rel="prev" href=(shown.step(-1).address()) { (icon("back")) span.visually-hidden { (texts.get(previous)) } }
                a.button.small href=(shown.on(today).address()) aria-current=[(shown.day == today).then_some("date")] { (texts.get("agenda-today")) }
                a.button.small rel="next" href=(shown.step(1).address()) { (icon("forth")) span.visually-hidden { (texts.get(next)) } }
            }
            form.agenda-choose method="get" action="/agenda" role="search" aria-label=(texts.get("agenda-choose")) {
                @if shown.view != View::Day { input type="hidden" name="view" value=(shown.view); }
                label.visually-hidden for="day" { (texts.get("agenda-day")) }
                input #day type="date" name="day" value=(shown.day) required aria-invalid=[problem.map(|_| "true")]
                    aria-describedby=[problem.map(|_| "day-error")];
                @if agenda.reader.member.role == Role::Clerk {
                    label.visually-hidden for="doctor" { (texts.get("visit-doctor")) }
                    select #doctor name="doctor" {
                        option value="" { (texts.get("agenda-every-doctor")) }
                        @for (id, name) in agenda.doctors.named(texts) { option value=(id) selected[shown.doctor == Some(id)] { (name) } }
                    }
                }
                @if agenda.reader.member.role != Role::Ward {
                    label.visually-hidden for="service" { (texts.get("agenda-service")) }
                    select #service name="service" {
                        option value="" { (texts.get("agenda-every-service")) }
                        @for service in agenda.reader.member.role.possible_services().iter() {
                            option value=(service) selected[shown.service == Some(service)] { (texts.get(&format!("service-{service}"))) }
                        }
                    }
                }
                button.button.small type="submit" { (texts.get("agenda-show")) }
                (form::beside(agenda.problems, "day"))
            }
        }
    }
}

/// Where a visit's own page is.
#[must_use]
pub fn visit_path(visit: &Planned) -> String {
    format!("/consultations/{}", visit.id)
}

/// What the reader's clock alone does not say: which hour it is where that clock shows it twice, and the clock a visit was
/// agreed on where it shows another time.
#[must_use]
pub fn agreed_elsewhere(texts: Texts, here: &Here, visit: &Planned) -> Option<String> {
    let reading = here.reading(visit.starts_at).map(|reading| reading.to_string());
    let elsewhere = moment::elsewhere(texts, here, visit.starts_at, visit.wall, &visit.zone);
    let known: Vec<_> = reading.into_iter().chain(elsewhere).collect();
    (!known.is_empty()).then(|| known.join(" · "))
}

/// Nothing to see, and what to do about it.
fn nothing(agenda: &Agenda<'_>, key: &str) -> Markup {
    let texts = agenda.reader.texts;
    html! {
        div.empty.agenda-empty {
            p { (texts.get(key)) }
            a.button href=(agenda.shown.new_visit()) { (icon("plus")) (texts.get("agenda-open-one")) }
        }
    }
}
