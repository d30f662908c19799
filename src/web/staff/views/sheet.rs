//! A day on paper: who comes when, whom to call, room for notes, and a box to tick.
//!
//! Never shows navigation in print, nor anything that leads to a link of a family.

use maud::{Markup, html};

use super::agenda::{Shown, agreed_elsewhere};
use super::list::{Leaf, pager};
use super::moment::{self, Here};
use super::paper;
use crate::domain::agenda::State;
use crate::domain::hospital::HospitalName;
use crate::domain::staff::{Role, StaffMember};
use crate::store::agenda::{Invited, Planned};
use crate::text::Texts;
use crate::web::layout::{self, Frame, Title};
use crate::web::zone;

/// The page.
pub struct Sheet<'a> {
    /// Who prints it.
    pub member: &'a StaffMember,
    /// When and in which zone.
    pub here: &'a Here,
    /// The hospital's name.
    pub hospital: &'a HospitalName,
    /// What was asked for.
    pub shown: Shown,
    /// Whose day it is, where a clerk chose a doctor.
    pub doctor: Option<&'a StaffMember>,
    /// The visits, by the time they begin.
    pub visits: &'a [Planned],
    /// Who is invited to them.
    pub guests: &'a [Invited],
    /// Which page of them.
    pub leaf: Leaf,
}

/// The whole document.
#[must_use]
pub fn page(sheet: &Sheet<'_>) -> Markup {
    let texts = Texts::of(sheet.member.language);
    let day = moment::day(texts, sheet.shown.day);
    let mut frame =
        Frame::new(texts, Title::Plain(texts.with("sheet-title", &[("day", day.clone().into())])), "staff sheet");
    frame.stylesheets = &["staff.css", "agenda.css"];
    frame.scripts = paper::SCRIPTS;
    let acts = paper::Acts { back: &sheet.shown.address(), back_key: "sheet-back", how_key: "sheet-how" };
    let body = html! {
        main #main.sheet-page tabindex="-1" {
            (acts.markup(texts))
            header.sheet-head {
                div {
                    h1 { (day) }
                    p { (whose(texts, sheet)) }
                }
                p.soft { (sheet.hospital) br; (zone::name(texts, &sheet.here.zone)) }
            }
            @if sheet.visits.is_empty() { p.empty { (texts.get("agenda-empty-day")) } }
            ol.sheet-rows { @for visit in sheet.visits { (row(texts, sheet, visit)) } }
            (pager(texts, &sheet.shown.at("/agenda/sheet"), sheet.leaf))
            p.sheet-foot.soft {
                (texts.with("sheet-printed", &[
                    ("name", sheet.member.name.to_string().into()),
                    ("date", moment::date(texts, sheet.here.today()).into()),
                    ("time", sheet.here.clock(sheet.here.now).into()),
                ]))
            }
        }
    };
    layout::document(frame, body)
}

fn whose(texts: Texts, sheet: &Sheet<'_>) -> Markup {
    let of_doctor = sheet.doctor.or_else(|| Some(sheet.member).filter(|member| member.role == Role::Doctor));
    let of_service = sheet.shown.service.map(|service| texts.get(&format!("service-{service}")));
    html! {
        @if let Some(doctor) = of_doctor { b { (doctor.name) } }
        @if of_doctor.is_none() && sheet.member.role == Role::Clerk { b { (texts.get("agenda-every-doctor")) } }
        @if of_doctor.is_none() && sheet.member.role == Role::Ward { b { (texts.get("ward-title")) } }
        @if let Some(service) = of_service { " · " (service) }
    }
}

fn row(texts: Texts, sheet: &Sheet<'_>, visit: &Planned) -> Markup {
    let here = sheet.here;
    let conductor = visit.doctor.as_ref().map(ToString::to_string).or_else(|| visit.ward.clone());
    let is_everybodys = sheet.member.role == Role::Clerk && sheet.shown.doctor.is_none();
    html! {
        li data-state=(visit.state) {
            span.sheet-box aria-hidden="true" {}
            p.sheet-when {
                time datetime=(visit.starts_at) { (here.clock(visit.starts_at)) }
                span.soft { (texts.with("agenda-minutes", &[("minutes", visit.minutes.to_string().into())])) }
                @if let Some(elsewhere) = agreed_elsewhere(texts, here, visit) { span.soft { (elsewhere) } }
            }
            div.sheet-who {
                h2 { (visit.patient) }
                p { (moment::born(texts, visit.born, here.date(visit.starts_at))) }
                p { (texts.get(&format!("service-{}", visit.service)))
                    @if !visit.reason.to_string().is_empty() { " · " (visit.reason) }
                    @if let Some(conductor) = conductor.filter(|_| is_everybodys) { " · " (conductor) } }
                @if visit.state != State::Scheduled { p { b { (texts.get(&format!("phase-{}", visit.state))) } } }
            }
            ul.sheet-guests aria-label=(texts.get("visit-people")) {
                @for guest in sheet.guests.iter().filter(|guest| guest.visit == visit.id) {
                    li {
                        (guest.name)
                        span.soft { ", " (guest.relation.clone().unwrap_or_else(|| texts.get(&format!("kind-{}", guest.kind)))) }
                        br;
                        span.sheet-phone { (guest.phone.as_ref().map_or_else(|| texts.get("messages-no-phone"), ToString::to_string)) }
                    }
                }
            }
            p.sheet-notes { span.soft { (texts.get("sheet-notes")) } }
        }
    }
}
