//! `GET /history`: filters, figures and charts of a period, and its visits with what became of each.
//!
//! Never shows a phone number. Times are the reader's own, and the page names the zone.

mod charts;

use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};

use self::charts::{Bar, Chart, chart};
use super::doctors::Doctors;
use super::form::{Fault, Line, summary};
use super::list::{Leaf, pager};
use super::moment::{self, Here};
use super::shell::{self, Page, Place, Reader};
use crate::domain::figures::{Count, Figures, WAITS_UP_TO};
use crate::domain::outcome::{Outcome, waited};
use crate::domain::service::Service;
use crate::domain::staff::Role;
use crate::store::history::PastVisit;
use crate::text::Texts;
use crate::web::layout::Title;
use crate::web::staff::forms::history::{Filter, Typed};
use crate::web::zone;

/// The page.
pub struct History<'a> {
    /// Who reads it.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// What was asked for, as typed.
    pub typed: &'a Typed,
    /// What is wrong with it.
    pub faults: &'a [Fault],
    /// Whose visits may be asked for; none where they are one's own.
    pub doctors: &'a Doctors,
    /// What was found; none where something is wrong.
    pub found: Option<&'a Found>,
}

/// What was found.
pub struct Found {
    /// What was looked for.
    pub filter: Filter,
    /// One page of it, newest first.
    pub visits: Vec<PastVisit>,
    /// All of it in figures; on the first page only.
    pub figures: Option<Figures>,
    /// Which page that is.
    pub leaf: Leaf,
    /// Whether there are more visits than pages.
    pub is_cut: bool,
}

/// The columns of the file; the page has them too, with patient and record, doctor and ward in one.
pub const COLUMNS: [&str; 14] = [
    "history-appointment",
    "history-patient",
    "history-record",
    "history-service",
    "history-doctor",
    "history-ward",
    "history-outcome",
    "history-sent",
    "history-delivered",
    "history-opened",
    "history-arrived",
    "history-waited",
    "history-admitted",
    "history-ended",
];

/// The columns of the page after the appointment and the patient.
const SHOWN: [&str; 10] = [
    "history-service",
    "history-conductor",
    "history-outcome",
    "history-sent",
    "history-delivered",
    "history-opened",
    "history-arrived",
    "history-waited-short",
    "history-admitted",
    "history-ended",
];

/// What is not known, or never was.
const NOTHING: &str = "—";

/// The whole page.
#[must_use]
pub fn page(history: &History<'_>) -> Markup {
    let texts = history.reader.texts;
    let title = texts.get("history-title");
    let mut page = Page::new(if history.faults.is_empty() { Title::Plain(title) } else { Title::Error(title) });
    page.place = Some(Place::History);
    page.stylesheets = &["history.css"];
    let main = html! {
        main #main.wide.history tabindex="-1" {
            div.page-head {
                div {
                    h1 { (texts.get("history-title")) }
                    p.soft { (texts.get("history-how")) " · " (zone::name(texts, &history.here.zone)) }
                }
                @if let Some(found) = history.found.filter(|found| !found.visits.is_empty()) {
                    div.page-acts {
                        a.button href=(found.filter.address("/history.csv")) download { (texts.get("history-file")) }
                    }
                }
            }
            (summary(texts, history.faults))
            (filters(history))
            @if let Some(found) = history.found { (results(history, found)) }
        }
    };
    shell::page(history.reader, page, main)
}

/// The name of an outcome.
#[must_use]
pub const fn outcome_key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Ended => "outcome-ended",
        Outcome::NoShowOfFamily => "outcome-no_show_of_family",
        Outcome::NoShowOfStaff => "outcome-no_show_of_staff",
        Outcome::Cancelled => "outcome-cancelled",
    }
}

fn filters(history: &History<'_>) -> Markup {
    let (texts, typed, faults) = (history.reader.texts, history.typed, history.faults);
    let usual = history.found.map(|found| found.filter.period);
    let shown = |typed: &str, day: Option<Date>| match (typed.trim(), day) {
        ("", Some(day)) => day.to_string(),
        (typed, _) => typed.to_owned(),
    };
    let (from, to) =
        (shown(&typed.from, usual.map(|period| period.first())), shown(&typed.to, usual.map(|period| period.last())));
    let services: Vec<_> =
        Service::ALL.iter().map(|service| (service.to_string(), texts.get(&format!("service-{service}")))).collect();
    let doctors: Vec<_> = history.doctors.named(texts).map(|(id, name)| (id.to_string(), name)).collect();
    let outcomes: Vec<_> =
        Outcome::ALL.iter().map(|outcome| (outcome.to_string(), texts.get(outcome_key(*outcome)))).collect();
    html! {
        form.history-filters method="get" action="/history" {
            (Line::new("from", texts.get("history-from")).of_kind("date").holding(&from).markup(faults))
            (Line::new("to", texts.get("history-to")).of_kind("date").holding(&to).markup(faults))
            @if history.reader.member.role != Role::Ward { (choice(texts, "service", "history-service", &typed.service, &services)) }
            @if !doctors.is_empty() { (choice(texts, "doctor", "history-doctor", &typed.doctor, &doctors)) }
            (choice(texts, "outcome", "history-outcome", &typed.outcome, &outcomes))
            button.button.primary type="submit" { (texts.get("history-show")) }
        }
    }
}

/// One of a list, or any.
fn choice(texts: Texts, name: &str, label: &str, chosen: &str, options: &[(String, String)]) -> Markup {
    html! {
        div.field {
            label for=(name) { (texts.get(label)) }
            select id=(name) name=(name) {
                option value="" { (texts.get("history-any")) }
                @for (value, said) in options { option value=(value) selected[value == chosen] { (said) } }
            }
        }
    }
}

fn results(history: &History<'_>, found: &Found) -> Markup {
    let texts = history.reader.texts;
    html! {
        @if found.visits.is_empty() {
            p.empty { (texts.get("history-empty")) }
        } @else {
            @if let Some(figures) = &found.figures { (in_figures(texts, figures)) }
            div.stack {
                h2 #visits-title { (texts.get("history-visits")) }
                (table(history, &found.visits))
                @if found.is_cut { p.message.warn { (texts.get("history-cut")) } }
            }
        }
        (pager(texts, &found.filter.address("/history"), found.leaf))
    }
}

fn in_figures(texts: Texts, figures: &Figures) -> Markup {
    let Count { ended, no_shows, cancelled } = figures.total;
    let rate = figures.total.no_show_rate().map(percent);
    let no_shows = rate.map_or_else(|| no_shows.to_string(), |rate| format!("{no_shows} ({rate} %)"));
    let facts = [
        ("history-all", figures.total.all().to_string()),
        ("outcome-ended", ended.to_string()),
        ("history-no-shows", no_shows),
        ("outcome-cancelled", cancelled.to_string()),
    ];
    html! {
        div.stack {
            h2 { (texts.get("history-figures")) }
            dl.figures { @for (key, figure) in facts { div { dt { (texts.get(key)) } dd { (figure) } } } }
            @if let Some((half, most)) = figures.within {
                p { (texts.with("history-within", &[("half", half.to_string().into()), ("most", most.to_string().into())])) }
            }
            div.charts {
                (chart(texts, &days(texts, figures)))
                (chart(texts, &waits(texts, figures)))
                (chart(texts, &rates(texts, figures)))
            }
        }
    }
}

fn days<'a>(texts: Texts, figures: &Figures) -> Chart<'a> {
    let bar = |(date, count): &(Date, Count)| Bar {
        label: short(*date),
        name: moment::date(texts, *date),
        value: count.all() as f64,
        told: count.all().to_string(),
    };
    Chart {
        id: "days",
        title: texts.get("history-days"),
        about: texts.get("history-days-about"),
        columns: [texts.get("history-day"), texts.get("history-visits")],
        unit: "",
        bars: figures.days.iter().map(bar).collect(),
    }
}

fn waits<'a>(texts: Texts, figures: &Figures) -> Chart<'a> {
    let mut start = 0;
    let mut names: Vec<String> = WAITS_UP_TO
        .iter()
        .map(|end| {
            let name = format!("{start}–{}", end - 1);
            start = *end;
            name
        })
        .collect();
    names.push(format!("≥ {start}"));
    let bar = |(name, visits): (String, &u64)| Bar {
        label: name.clone(),
        name,
        value: *visits as f64,
        told: visits.to_string(),
    };
    Chart {
        id: "waits",
        title: texts.get("history-waits"),
        about: texts.get("history-waits-about"),
        columns: [texts.get("history-minutes"), texts.get("history-visits")],
        unit: "",
        bars: names.into_iter().zip(&figures.waits).map(bar).collect(),
    }
}

fn rates<'a>(texts: Texts, figures: &Figures) -> Chart<'a> {
    let bar = |(monday, count): &(Date, Count)| Bar {
        label: short(*monday),
        name: moment::date(texts, *monday),
        value: count.no_show_rate().unwrap_or_default(),
        told: count.no_show_rate().map_or_else(|| NOTHING.to_owned(), |rate| format!("{} %", percent(rate))),
    };
    Chart {
        id: "rates",
        title: texts.get("history-rates"),
        about: texts.get("history-rates-about"),
        columns: [texts.get("history-week"), texts.get("history-no-shows")],
        unit: "%",
        bars: figures.weeks.iter().map(bar).collect(),
    }
}

fn table(history: &History<'_>, visits: &[PastVisit]) -> Markup {
    let texts = history.reader.texts;
    html! {
        div.table-frame.ledger tabindex="0" role="region" aria-labelledby="visits-title" {
            table {
                thead { tr {
                    th scope="col" { (texts.get("history-patient")) }
                    @for key in SHOWN { th scope="col" { (texts.get(key)) } }
                } }
                tbody { @for visit in visits { (row(history, visit)) } }
            }
        }
    }
}

fn row(history: &History<'_>, visit: &PastVisit) -> Markup {
    let (texts, here) = (history.reader.texts, history.here);
    let day = here.date(visit.starts_at);
    let time = |at: Option<Timestamp>| {
        html! {
            @if let Some(at) = at {
                time datetime=(at) {
                    @if here.date(at) != day { (short(here.date(at))) " " }
                    (here.clock(at))
                }
            } @else { (NOTHING) }
        }
    };
    let waited = waited(visit.starts_at, visit.arrived_at, visit.admitted_at);
    let conductor = visit.doctor.as_ref().map(ToString::to_string).or_else(|| visit.ward.clone());
    html! {
        tr {
            th scope="row" {
                a href={ "/consultations/" (visit.id) } { (visit.patient) }
                @if let Some(record) = &visit.record { " " span.soft { (record) } }
                br;
                time.soft datetime=(visit.starts_at) { (moment::date(texts, day)) ", " (here.clock(visit.starts_at)) }
            }
            td { (texts.get(&format!("service-{}", visit.service))) }
            td { (conductor.as_deref().unwrap_or(NOTHING)) }
            td { span class={ "outcome " (visit.outcome) } { (texts.get(outcome_key(visit.outcome))) } }
            td { (time(visit.sent_at)) }
            td { (time(visit.delivered_at)) }
            td { (time(visit.opened_at)) }
            td { (time(visit.arrived_at)) }
            td { (waited.map_or_else(|| NOTHING.to_owned(), |waited| waited.as_mins().to_string())) }
            td { (time(visit.admitted_at)) }
            td { (time(visit.closed_at)) }
        }
    }
}

/// `24/11`: where a month's name has no room.
fn short(date: Date) -> String {
    format!("{:02}/{:02}", date.day(), date.month())
}

/// One place after the point.
fn percent(rate: f64) -> f64 {
    (rate * 10.0).round() / 10.0
}
