//! A day, visit by visit, with what is free between them and where it is now.
//!
//! Never shows gaps between visits of different people: they mean nothing.

use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use super::super::icons::icon;
use super::super::list::{Leaf, PageNumber, pager};
use super::super::moment;
use super::{Agenda, agreed_elsewhere, nothing, visit_path};
use crate::domain::agenda::{State, Stretch, gaps};
use crate::domain::staff::Role;
use crate::store::agenda::Planned;

/// One line of a day.
enum Line<'a> {
    Visit(&'a Planned),
    Gap(Stretch),
    Now,
}

pub(super) fn list(agenda: &Agenda<'_>, visits: &[Planned]) -> Markup {
    let texts = agenda.reader.texts;
    if visits.is_empty() {
        return nothing(agenda, "agenda-empty-day");
    }
    html! {
        ol.day {
            @for line in lines(agenda, visits) {
                @match line {
                    Line::Visit(visit) => (row(agenda, visit)),
                    Line::Gap(gap) => (free(agenda, gap)),
                    Line::Now => {
                        li.now data-key="now" { span { (texts.with("agenda-now", &[("time", agenda.here.clock(agenda.here.now).into())])) } }
                    }
                }
            }
        }
        (pager(texts, &agenda.shown.address(), agenda.leaf))
    }
}

/// Visits, gaps and the present, by time.
fn lines<'a>(agenda: &Agenda<'_>, visits: &'a [Planned]) -> Vec<Line<'a>> {
    let free =
        if is_of_one(agenda) { gaps(visits.iter().filter(|visit| takes_time(visit)).map(planned)) } else { Vec::new() };
    let mut lines: Vec<(Timestamp, u8, Line<'a>)> = Vec::with_capacity(visits.len() + free.len() + 1);
    lines.extend(visits.iter().map(|visit| (visit.starts_at, 1, Line::Visit(visit))));
    lines.extend(free.into_iter().map(|gap| (gap.from, 0, Line::Gap(gap))));
    let now = agenda.here.now;
    let Leaf { page, has_more } = agenda.leaf;
    let is_before_page = page != PageNumber::FIRST && visits.first().is_some_and(|first| now < first.starts_at);
    let is_after_page = has_more && visits.last().is_some_and(|last| last.starts_at <= now);
    if agenda.here.today() == agenda.shown.day && !is_before_page && !is_after_page {
        lines.push((now, 2, Line::Now));
    }
    lines.sort_by_key(|(at, order, _)| (*at, *order));
    lines.into_iter().map(|(_, _, line)| line).collect()
}

/// Whether all visits are of one doctor, who cannot be in two at once.
fn is_of_one(agenda: &Agenda<'_>) -> bool {
    agenda.shown.service.is_none() && (agenda.reader.member.role == Role::Doctor || agenda.shown.doctor.is_some())
}

fn takes_time(visit: &Planned) -> bool {
    !matches!(visit.state, State::Cancelled | State::NoShow)
}

fn planned(visit: &Planned) -> Stretch {
    Stretch { from: visit.starts_at, until: ends_at(visit) }
}

fn ends_at(visit: &Planned) -> Timestamp {
    visit.starts_at + SignedDuration::from_mins(i64::from(visit.minutes))
}

fn row(agenda: &Agenda<'_>, visit: &Planned) -> Markup {
    let texts = agenda.reader.texts;
    let here = agenda.here;
    let conductor = visit.doctor.as_ref().map(ToString::to_string).or_else(|| visit.ward.clone());
    let is_own = agenda.reader.member.role == Role::Doctor || agenda.shown.doctor.is_some();
    html! {
        li.planned data-key=(visit.id) data-visit data-state=(visit.state) {
            p.planned-when {
                time datetime=(visit.starts_at) { (here.clock(visit.starts_at)) }
                span.planned-length { (texts.with("agenda-minutes", &[("minutes", visit.minutes.to_string().into())])) }
                @if let Some(elsewhere) = agreed_elsewhere(texts, here, visit) { span.planned-elsewhere { (elsewhere) } }
            }
            div.planned-who {
                h2 { a href=(visit_path(visit)) { (visit.patient) } }
                p.soft { (moment::born(texts, visit.born, here.date(visit.starts_at))) }
            }
            div.planned-what {
                p { b { (texts.get(&format!("service-{}", visit.service))) } }
                p.soft { (visit.reason) }
            }
            p.planned-whom {
                @if let Some(conductor) = conductor.filter(|_| !is_own) { span { (conductor) } }
                span.soft { (icon("people")) (texts.with("agenda-guests", &[("count", visit.guests.into())])) }
            }
            p.phase { (texts.get(&format!("phase-{}", visit.state))) }
        }
    }
}

fn free(agenda: &Agenda<'_>, gap: Stretch) -> Markup {
    let (texts, here) = (agenda.reader.texts, agenda.here);
    let (from, until) = (here.clock(gap.from), here.clock(gap.until));
    // What is over cannot be booked.
    let is_bookable = here.now < gap.until;
    html! {
        li.gap data-key={ "gap-" (gap.from) } {
            span { (texts.with("agenda-free", &[("from", from.clone().into()), ("until", until.into()), ("length", moment::length(texts, gap.minutes()).into())])) }
            @if is_bookable && here.now <= gap.from {
                a href=(agenda.shown.new_visit_at(gap.from)) { (texts.get("agenda-open-here")) span.visually-hidden { " " (from) } }
            }
        }
    }
}
