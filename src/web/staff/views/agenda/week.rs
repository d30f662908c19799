//! A week: seven columns on a desk, seven short lists on a phone.
//!
//! Never shows a whole hospital's week: each day begins here and goes on in the page of the day.

use maud::{Markup, html};

use super::super::moment;
use super::{Agenda, DayOfWeek, View, agreed_elsewhere, nothing, visit_path};
use crate::domain::agenda::State;
use crate::domain::staff::Role;
use crate::store::agenda::Planned;

pub(super) fn columns(agenda: &Agenda<'_>, days: &[DayOfWeek]) -> Markup {
    if days.iter().all(|day| day.visits.is_empty()) {
        return nothing(agenda, "agenda-empty-week");
    }
    html! { ol.week { @for day in days { (column(agenda, day)) } } }
}

fn column(agenda: &Agenda<'_>, day: &DayOfWeek) -> Markup {
    let texts = agenda.reader.texts;
    let of_day = agenda.shown.seen_as(View::Day).on(day.day).address();
    let is_today = agenda.here.today() == day.day;
    let count = day.visits.len();
    html! {
        li.column data-key=(day.day) aria-current=[is_today.then_some("date")] {
            h2 {
                a href=(of_day) {
                    span aria-hidden="true" { (moment::short_weekday(texts, day.day)) " " b { (day.day.day()) } }
                    span.visually-hidden { (moment::day(texts, day.day)) }
                }
                @if count > 0 { " " span.count { (count) @if day.has_more { "+" } } }
            }
            @if day.visits.is_empty() {
                p.column-empty { (texts.get("agenda-none")) }
            } @else {
                ol { @for visit in &day.visits { (block(agenda, visit)) } }
                @if day.has_more { p { a href=(of_day) { (texts.get("agenda-whole-day")) } } }
            }
        }
    }
}

fn block(agenda: &Agenda<'_>, visit: &Planned) -> Markup {
    let texts = agenda.reader.texts;
    let is_everybodys = agenda.reader.member.role == Role::Clerk && agenda.shown.doctor.is_none();
    html! {
        li.block data-key=(visit.id) data-visit data-state=(visit.state) {
            time datetime=(visit.starts_at) { (agenda.here.clock(visit.starts_at)) }
            @if visit.state != State::Scheduled { span.block-state { (texts.get(&format!("phase-{}", visit.state))) } }
            a href=(visit_path(visit)) { (visit.patient) }
            span.soft { (texts.get(&format!("service-{}", visit.service))) }
            @if let Some(doctor) = visit.doctor.as_ref().filter(|_| is_everybodys) { span.soft { (doctor) } }
            @if let Some(elsewhere) = agreed_elsewhere(texts, agenda.here, visit) { span.planned-elsewhere { (elsewhere) } }
        }
    }
}
