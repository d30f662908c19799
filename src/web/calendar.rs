//! Appointments as calendar files (iCalendar, RFC 5545), for staff and for families alike.
//!
//! Never says whom or what a visit is about, and never carries a link of a family: calendars are synchronised to places
//! that the hospital does not know.

use actix_web::HttpResponse;
use actix_web::http::header;
use icalendar::{Calendar, Component, Event, Property};
use jiff::{SignedDuration, Timestamp};

use super::site::Site;
use crate::domain::agenda::State;
use crate::domain::hospital::{Hospital, HospitalName};
use crate::domain::ids::ConsultationId;
use crate::store::agenda::Kept;
use crate::text::Texts;

/// Where an entry of a calendar leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    /// Nowhere: a family's way in is the link of their message.
    Nowhere,
    /// To the page of the visit, for staff who sign in.
    ToItsPage,
}

/// Who makes the calendar.
#[derive(Clone, Copy)]
pub struct Maker<'a> {
    /// The reader's language.
    pub texts: Texts,
    /// The hospital's name.
    pub hospital: &'a HospitalName,
    /// Where browsers reach this server: `https://host[:port]`.
    pub origin: &'a str,
    /// Now.
    pub now: Timestamp,
    /// Where its entries lead.
    pub leads: Leads,
}

impl<'a> Maker<'a> {
    /// This site's calendars.
    #[must_use]
    pub fn of(site: &'a Site, hospital: &'a Hospital, texts: Texts, leads: Leads) -> Self {
        Self { texts, hospital: &hospital.name, origin: site.public_url.origin(), now: site.clock.now(), leads }
    }

    /// One visit: lines folded and ended as the standard wants.
    #[must_use]
    pub fn visit(&self, visit: &Kept) -> String {
        let mut calendar = empty();
        calendar.push(self.event(visit));
        calendar.to_string()
    }

    /// Somebody's visits, as a calendar with a name.
    #[must_use]
    pub fn visits(&self, visits: &[Kept]) -> String {
        let mut calendar = empty();
        calendar.append_property(Property::new("X-WR-CALNAME", self.title()));
        for visit in visits {
            calendar.push(self.event(visit));
        }
        calendar.to_string()
    }

    fn event(&self, visit: &Kept) -> Event {
        let ends_at = visit.starts_at + SignedDuration::from_mins(i64::from(visit.minutes));
        let mut event = Event::new();
        event.uid(&self.uid(visit.id));
        event.summary(&self.title());
        event.add_property("DTSTAMP", utc(self.now));
        event.add_property("DTSTART", utc(visit.starts_at));
        event.add_property("DTEND", utc(ends_at));
        event.add_property("SEQUENCE", visit.moves.to_string());
        event.add_property("STATUS", if visit.state == State::Cancelled { "CANCELLED" } else { "CONFIRMED" });
        if self.leads == Leads::ToItsPage {
            event.add_property("URL", format!("{}/consultations/{}", self.origin, visit.id));
        }
        event.done()
    }

    /// The same for a visit however often it is moved.
    fn uid(&self, visit: ConsultationId) -> String {
        let host = self.origin.rsplit("//").next().unwrap_or(self.origin);
        let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
        format!("{visit}@{host}")
    }

    fn title(&self) -> String {
        self.texts.with("calendar-title", &[("hospital", self.hospital.to_string().into())])
    }
}

/// A calendar as a file to keep.
#[must_use]
pub fn file(calendar: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(KIND)
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"visita.ics\""))
        .body(calendar)
}

/// A calendar that a program looks at from time to time.
#[must_use]
pub fn feed(calendar: String) -> HttpResponse {
    HttpResponse::Ok().content_type(KIND).body(calendar)
}

const KIND: &str = "text/calendar; charset=utf-8";

fn empty() -> Calendar {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Antesala//Agenda//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    calendar
}

/// `20261123T151000Z`.
fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    fn hospital() -> HospitalName {
        "Hospital Sur, Torre A; Norte".parse().unwrap()
    }

    fn maker(hospital: &HospitalName, leads: Leads) -> Maker<'_> {
        Maker {
            texts: Texts::of(Language::Spanish),
            hospital,
            origin: "https://video.hospital.example:8443",
            now: "2026-11-23T15:00:00Z".parse().unwrap(),
            leads,
        }
    }

    fn visit(state: State) -> Kept {
        Kept {
            id: "0190a000-0000-7000-8000-000000000001".parse().unwrap(),
            state,
            starts_at: "2026-11-24T16:00:00Z".parse().unwrap(),
            minutes: 45,
            moves: 2,
        }
    }

    #[test]
    fn a_visit_reads_as_the_standard_wants() {
        let expected = "BEGIN:VCALENDAR\r\n\
            VERSION:2.0\r\n\
            PRODID:-//Antesala//Agenda//EN\r\n\
            CALSCALE:GREGORIAN\r\n\
            METHOD:PUBLISH\r\n\
            BEGIN:VEVENT\r\n\
            DTEND:20261124T164500Z\r\n\
            DTSTAMP:20261123T150000Z\r\n\
            DTSTART:20261124T160000Z\r\n\
            SEQUENCE:2\r\n\
            STATUS:CONFIRMED\r\n\
            SUMMARY:Videollamada · Hospital Sur\\, Torre A\\; Norte\r\n\
            UID:0190a000-0000-7000-8000-000000000001@video.hospital.example\r\n\
            END:VEVENT\r\n\
            END:VCALENDAR\r\n";
        assert_eq!(maker(&hospital(), Leads::Nowhere).visit(&visit(State::Scheduled)), expected);
    }

    #[test]
    fn lines_are_as_short_as_the_standard_wants() {
        let calendar = maker(&hospital(), Leads::ToItsPage).visits(&[visit(State::Cancelled)]);
        assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "{calendar}");
        assert!(!calendar.replace("\r\n", "").contains(['\r', '\n']), "{calendar}");
        assert!(calendar.contains("STATUS:CANCELLED\r\n"), "{calendar}");
        let unfolded = calendar.replace("\r\n ", "");
        let page = "URL:https://video.hospital.example:8443/consultations/0190a000-0000-7000-8000-000000000001\r\n";
        assert!(unfolded.contains(page), "{unfolded}");
    }
}
