//! The next state after an event. Total: it trusts that [`super::decide`] let the event happen.

use jiff::Timestamp;

use super::{Consultation, Event, Kind, Participant, Phase, Standing};
use crate::domain::ids::ParticipantId;
use crate::domain::link::Link;

impl Consultation {
    /// The state after `event` happened at `at`.
    pub fn apply(&mut self, event: &Event, at: Timestamp) {
        self.rev += 1;
        match event {
            Event::Started { .. } => self.phase = Phase::InSession { since: at },
            Event::Ended { .. } => self.phase = Phase::Ended { at },
            Event::Cancelled { .. } => self.phase = Phase::Cancelled { at },
            Event::NoShow { missing } => self.phase = Phase::NoShow { at, missing: *missing },
            Event::StaffJoined { seat } | Event::Invited { seat, .. } => self.participants.push((**seat).clone()),
            Event::EngineSwitched { engine, .. } => self.engine = *engine,
            Event::Extended { until, .. } => self.extend_links(*until),
            Event::Rescheduled { appointment, opens_at, expires_at, .. } => {
                if appointment.at != self.starts_at {
                    self.delay = None;
                    self.move_links(*opens_at, *expires_at, at);
                }
                self.starts_at = appointment.at;
                self.minutes = appointment.minutes;
            }
            Event::Delayed { delay, links_until, .. } => {
                self.delay = Some(*delay);
                self.extend_links(*links_until);
            }
            Event::TextAsked { participant } => self.change(*participant, |seat| seat.wants_text = true),
            Event::TextDeclined { participant } => self.change(*participant, |seat| seat.wants_text = false),
            Event::HandedOver { seat, .. } => {
                self.doctor = seat.staff;
                self.seat_doctor(seat);
            }
            Event::Arrived { participant, browser } => self.change(*participant, |seat| {
                seat.standing = Standing::Waiting { browser: *browser };
                seat.arrived_at = seat.arrived_at.or(Some(at));
                if let Some(link) = &mut seat.link {
                    link.requested_at = None;
                }
            }),
            Event::DeviceChanged { participant, browser } => self.change(*participant, |seat| {
                seat.standing = Standing::Waiting { browser: *browser };
                seat.device_changed = true;
            }),
            Event::NewDeviceWaits { participant, browser } => self.change(*participant, |seat| {
                seat.standing = match seat.standing {
                    Standing::Left { browser: old, .. } => Standing::Left { browser: old, newcomer: Some(*browser) },
                    Standing::Admitted { browser: old, .. } => {
                        Standing::Admitted { browser: old, newcomer: Some(*browser) }
                    }
                    other => other,
                };
            }),
            Event::Admitted { participant, browser, .. } => self.change(*participant, |seat| {
                seat.standing = Standing::Admitted { browser: *browser, newcomer: None };
                seat.device_changed = false;
                seat.arrived_at = seat.arrived_at.or(Some(at));
            }),
            Event::Held { participant, .. } => self.change(*participant, |seat| {
                if let Some(browser) = seat.standing.browser() {
                    seat.standing = Standing::Waiting { browser };
                }
            }),
            Event::Left { participant } => self.change(*participant, |seat| {
                if let Standing::Admitted { browser, newcomer } = seat.standing {
                    seat.standing = Standing::Left { browser, newcomer };
                }
            }),
            Event::Returned { participant } => self.change(*participant, |seat| {
                if let Standing::Left { browser, newcomer } = seat.standing {
                    seat.standing = Standing::Admitted { browser, newcomer };
                }
            }),
            Event::Removed { participant, .. } => self.change(*participant, |seat| seat.standing = Standing::Removed),
            Event::LinkRequested { participant } => self.change(*participant, |seat| {
                if let Some(link) = &mut seat.link {
                    link.requested_at = Some(at);
                }
            }),
            Event::LinkRenewed { participant, link, .. } => self.change(*participant, |seat| {
                seat.link = Some(*link);
                if seat.standing == Standing::Removed {
                    seat.standing = Standing::Invited;
                }
            }),
            Event::LinkResent { .. } => {}
        }
    }

    fn change(&mut self, id: ParticipantId, change: impl FnOnce(&mut Participant)) {
        if let Some(seat) = self.participants.iter_mut().find(|seat| seat.id == id) {
            change(seat);
        }
    }

    /// Who has not come yet gets a new link if the old one was issued. Who is in keeps theirs.
    fn move_links(&mut self, opens_at: Timestamp, expires_at: Timestamp, at: Timestamp) {
        for seat in &mut self.participants {
            let Some(link) = seat.link else { continue };
            seat.link = Some(match seat.standing {
                Standing::Removed => link,
                Standing::Invited if link.opens_at <= at => link.renewed(opens_at, expires_at),
                Standing::Invited => Link { opens_at, expires_at, ..link },
                Standing::Waiting { .. } | Standing::Admitted { .. } | Standing::Left { .. } => {
                    Link { expires_at, ..link }
                }
            });
        }
    }

    /// Gives the doctor's part to `doctor`; whoever had it and has a seat of their own stays as a colleague.
    fn seat_doctor(&mut self, doctor: &Participant) {
        for seat in self.participants.iter_mut().filter(|seat| seat.kind == Kind::Doctor) {
            seat.kind = Kind::Colleague;
        }
        match self.participants.iter_mut().find(|seat| seat.id == doctor.id) {
            Some(seat) => *seat = doctor.clone(),
            None => self.participants.push(doctor.clone()),
        }
    }

    fn extend_links(&mut self, until: Timestamp) {
        for link in self.participants.iter_mut().filter_map(|seat| seat.link.as_mut()) {
            link.expires_at = link.expires_at.max(until);
        }
    }
}
