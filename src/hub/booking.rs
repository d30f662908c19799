//! Booking and moving visits without booking anybody twice, and inviting more people without inviting anybody twice:
//! whoever books is shown what else there is at that time, and what somebody else books meanwhile is shown too.
//!
//! Never decides whether an overlap is acceptable: whoever books names those they have seen.

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::consultation::{Do, Ground};
use super::{FIND_ATTEMPTS, Hub, HubError, unavailable};
use crate::domain::booking::{Booking, Timing, book};
use crate::domain::consultation::{Command, Consultation, Guest, GuestSeat, Invitee, Kind, Refusal, decide};
use crate::domain::ids::{CommandId, ConsultationId, ParticipantId, SeriesId, StaffId};
use crate::domain::schedule::Appointment;
use crate::domain::staff::{Operator, StaffMember};
use crate::store::StoreError;
use crate::store::calendars::{self, Guards, Overlap, Owners, Slot};
use crate::store::consultations::{self, NewBrowser, NewVisit, StoredVisit};

/// How often calendars are looked at anew when somebody else booked in them meanwhile.
const BOOKING_ATTEMPTS: u8 = 50;

/// A visit's new time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rescheduling {
    /// The appointment that whoever moves it saw.
    pub seen: Timestamp,
    /// How long it was to last then.
    pub seen_minutes: u16,
    /// The new one.
    pub appointment: Appointment,
    /// Visits at the new time that they have seen, and accept.
    pub accepted: Vec<ConsultationId>,
}

/// Visits whose rules have agreed to them.
struct Agreed<'a> {
    booking: &'a Booking,
    visit: Consultation,
    seated: Vec<GuestSeat>,
}

impl Hub {
    /// Opens a visit. The same `command` books once. One that is now is never held up by others.
    ///
    /// # Errors
    /// [`HubError::NotBookable`], [`HubError::Overlaps`], [`HubError::Unavailable`].
    pub async fn book(&self, by: Operator, command: CommandId, booking: &Booking) -> Result<ConsultationId, HubError> {
        let booked = self.book_series(by, command, std::slice::from_ref(booking)).await?;
        booked.first().copied().ok_or(HubError::Unavailable)
    }

    /// Opens the visits of one form, all of them or none, in the order of `bookings`. The same `command` books once.
    ///
    /// # Errors
    /// As [`Hub::book`].
    pub async fn book_series(
        &self,
        by: Operator,
        command: CommandId,
        bookings: &[Booking],
    ) -> Result<Vec<ConsultationId>, HubError> {
        let at = self.house.clock.now();
        let mut agreed = Vec::with_capacity(bookings.len());
        for booking in bookings {
            let (visit, seated) =
                book(booking, by, self.house.settings.now().links, at).map_err(HubError::NotBookable)?;
            let visit = Consultation { engine: self.engine_for(booking.service), ..visit };
            agreed.push(Agreed { booking, visit, seated });
        }
        let series = (bookings.len() > 1).then(SeriesId::mint);
        let link_hash = &*self.house.link_hash;
        let reminders = self.house.settings.now().reminders;
        let new: Vec<_> = agreed
            .iter()
            .map(|Agreed { booking, visit, seated }| NewVisit {
                visit,
                booking,
                seated,
                series,
                by: by.staff,
                command,
                reminders,
                at,
                link_hash,
            })
            .collect();
        for _ in 0..BOOKING_ATTEMPTS {
            match self.try_to_book(&new).await? {
                Ok(()) => {
                    for Agreed { visit, .. } in &agreed {
                        self.house.agendas.show(visit);
                        drop(self.show_new(visit.id).await);
                    }
                    return Ok(agreed.iter().map(|agreed| agreed.visit.id).collect());
                }
                Err(StoreError::Duplicate) => {
                    let booked = self.booked_with(command).await?;
                    return if booked.is_empty() { Err(HubError::Unavailable) } else { Ok(booked) };
                }
                Err(StoreError::Conflict) => {}
                Err(error) => return Err(unavailable(error)),
            }
        }
        Err(HubError::Unavailable)
    }

    /// Moves a visit; answers its `rev` after it. The same `command` is carried out once.
    ///
    /// # Errors
    /// [`HubError::Refused`], [`HubError::Overlaps`], [`HubError::NotFound`], [`HubError::Unavailable`].
    pub async fn reschedule(
        &self,
        by: Operator,
        command: CommandId,
        visit: ConsultationId,
        to: Rescheduling,
    ) -> Result<u64, HubError> {
        let Rescheduling { seen, seen_minutes, appointment, accepted } = to;
        let moving =
            Command::Reschedule { by, seen, appointment: appointment.clone(), window: self.house.settings.now().links };
        self.move_visit(visit, command, moving, &accepted, |stored| {
            let owners = Owners { doctor: stored.visit.doctor, patient: Some(stored.facts.patient_id) };
            (stored.visit.minutes == seen_minutes).then(|| Slot::of(&appointment, owners))
        })
        .await
    }

    /// Lets another doctor than the one who was `seen` conduct a visit; answers its `rev` after it. The same `command` is
    /// carried out once.
    ///
    /// # Errors
    /// As [`Hub::reschedule`].
    pub async fn hand_over(
        &self,
        by: Operator,
        command: CommandId,
        visit: ConsultationId,
        seen: Option<StaffId>,
        to: &StaffMember,
        accepted: &[ConsultationId],
    ) -> Result<u64, HubError> {
        let handing = Command::HandOver { by, to: Box::new(to.clone()), seat: ParticipantId::mint() };
        let owners = Owners { doctor: Some(to.id), patient: None };
        self.move_visit(visit, command, handing, accepted, |stored| {
            let slot = Slot { owners, from: stored.visit.starts_at, until: stored.visit.planned_end() };
            (stored.visit.doctor == seen).then_some(slot)
        })
        .await
    }

    /// Invites more people; answers the visit's `rev` after it. Nobody is invited twice, also where two invite at once; the
    /// same `command` invites once.
    ///
    /// # Errors
    /// [`HubError::Refused`], [`HubError::NotFound`], [`HubError::Unavailable`].
    pub async fn invite(
        &self,
        by: Operator,
        command: CommandId,
        visit: ConsultationId,
        guests: &[Guest],
    ) -> Result<u64, HubError> {
        let invitees = guests.iter().cloned().map(Invitee::new).collect();
        let inviting = Command::Invite { by, invitees, window: self.house.settings.now().links };
        self.carry_out_as_read(visit, command, inviting, async |stored| {
            let relatives = consultations::relatives_invited(&self.house.store, visit).await.map_err(unavailable)?;
            let has_patient = stored.visit.guests().any(|seat| seat.kind == Kind::Patient);
            let is_invited = |guest: &Guest| match guest.relative {
                Some(relative) => relatives.contains(&relative),
                None => guest.kind == Kind::Patient && has_patient,
            };
            let is_twice = |guest: &Guest| {
                let is_same = |other: &&Guest| (other.kind, other.relative) == (guest.kind, guest.relative);
                guests.iter().filter(is_same).count() > 1
            };
            if guests.iter().any(|guest| is_invited(guest) || is_twice(guest)) {
                return Err(HubError::Refused(Refusal::AlreadyInvited));
            }
            Ok(Guards::default())
        })
        .await
    }

    /// The `rev` that a command led to which somebody gave before, if it was carried out: who sends it again is told the
    /// same, also when they may no longer look at the visit.
    ///
    /// # Errors
    /// [`HubError::Unavailable`].
    pub async fn carried_out(
        &self,
        by: StaffId,
        visit: ConsultationId,
        id: CommandId,
    ) -> Result<Option<u64>, HubError> {
        consultations::carried_out(&self.house.store, by, visit, id).await.map_err(unavailable)
    }

    /// What else there is at that time, by appointment; `except` is none of it.
    ///
    /// # Errors
    /// [`HubError::Unavailable`].
    pub async fn overlaps(&self, slot: Slot, except: Option<ConsultationId>) -> Result<Vec<Overlap>, HubError> {
        calendars::overlaps(&self.house.store, slot, except).await.map_err(unavailable)
    }

    async fn try_to_book(&self, new: &[NewVisit<'_>]) -> Result<Result<(), StoreError>, HubError> {
        let store = &self.house.store;
        let Some(first) = new.first() else { return Ok(Ok(())) };
        if first.booking.timing == Timing::Now {
            return Ok(consultations::insert(store, new).await);
        }
        let guards = Guards::read(store, owners(first)).await.map_err(unavailable)?;
        let mut in_the_way = Vec::new();
        for visit in new {
            let slot = Slot::of(&visit.booking.appointment, owners(visit));
            in_the_way.extend(not_accepted(self.overlaps(slot, None).await?, &visit.booking.accepted));
        }
        if !in_the_way.is_empty() {
            // Whoever sends a form again must not find their own visits in the way. Asked after looking: the first sending
            // may have been booked in between.
            let is_booked = !self.booked_with(first.command).await?.is_empty();
            return if is_booked { Ok(Err(StoreError::Duplicate)) } else { Err(HubError::Overlaps(in_the_way)) };
        }
        Ok(consultations::insert_guarded(store, new, &guards).await)
    }

    async fn booked_with(&self, command: CommandId) -> Result<Vec<ConsultationId>, HubError> {
        consultations::find_booked(&self.house.store, command).await.map_err(unavailable)
    }

    /// Gives a command that puts a visit into `slot`, unless something is there that is not accepted; there is no slot for a
    /// visit that is not as it was seen.
    async fn move_visit(
        &self,
        visit: ConsultationId,
        id: CommandId,
        command: Command,
        accepted: &[ConsultationId],
        slot: impl Fn(&StoredVisit) -> Option<Slot>,
    ) -> Result<u64, HubError> {
        self.carry_out_as_read(visit, id, command, async |stored| {
            let slot = slot(stored).ok_or(HubError::Refused(Refusal::Changed))?;
            let guards = Guards::read(&self.house.store, slot.owners).await.map_err(unavailable)?;
            let in_the_way = not_accepted(self.overlaps(slot, Some(visit)).await?, accepted);
            if in_the_way.is_empty() { Ok(guards) } else { Err(HubError::Overlaps(in_the_way)) }
        })
        .await
    }

    /// Gives a command that relies on what the rules do not see: `ground` looks at it, and says which calendars nobody else
    /// may have booked in meanwhile. It is carried out on the visit as it was read here, or not at all.
    async fn carry_out_as_read(
        &self,
        visit: ConsultationId,
        id: CommandId,
        command: Command,
        ground: impl AsyncFn(&StoredVisit) -> Result<Guards, HubError>,
    ) -> Result<u64, HubError> {
        for _ in 0..BOOKING_ATTEMPTS {
            let stored = self.stored(visit).await?;
            let rev = Some(stored.visit.rev);
            let agreed = match decide(&stored.visit, &command, self.house.clock.now()) {
                Ok(_) => ground(&stored).await,
                Err(refusal) => Err(HubError::Refused(refusal)),
            };
            let answer = match agreed {
                Ok(guards) => self.carry_out(visit, id, &command, None, &Ground { rev, guards }).await,
                Err(error) => Err(error),
            };
            match answer {
                Err(HubError::Overtaken) => {}
                // Whoever sends a form again must not meet what they did themselves. Asked after looking: the first sending
                // may have been carried out in between.
                Err(error) => return self.was_carried_out(visit, id).await?.ok_or(error),
                Ok(rev) => return Ok(rev),
            }
        }
        Err(HubError::Unavailable)
    }

    /// The visit's `rev` as it is now, if the visit has carried this command out.
    async fn was_carried_out(&self, visit: ConsultationId, id: CommandId) -> Result<Option<u64>, HubError> {
        let done = consultations::commands_of(&self.house.store, visit).await.map_err(unavailable)?;
        Ok(if done.contains(&id) { Some(self.stored(visit).await?.visit.rev) } else { None })
    }

    pub(super) async fn carry_out(
        &self,
        visit: ConsultationId,
        id: CommandId,
        command: &Command,
        browser: Option<&NewBrowser>,
        ground: &Ground,
    ) -> Result<u64, HubError> {
        for _ in 0..FIND_ATTEMPTS {
            let (answer, answered) = oneshot::channel();
            let (command, browser, ground) = (command.clone(), browser.cloned(), ground.clone());
            let live = self.visit(visit).await?;
            // An actor that left between look-up and delivery drops the message: look again.
            if live.send(Do { id, command, browser, ground, answer }).await.is_err() {
                continue;
            }
            if let Ok(result) = answered.await {
                return result;
            }
        }
        Err(HubError::Unavailable)
    }
}

fn owners(new: &NewVisit<'_>) -> Owners {
    Owners { doctor: new.visit.doctor, patient: Some(new.booking.patient) }
}

fn not_accepted(mut overlaps: Vec<Overlap>, accepted: &[ConsultationId]) -> Vec<Overlap> {
    overlaps.retain(|overlap| !accepted.contains(&overlap.consultation));
    overlaps
}
