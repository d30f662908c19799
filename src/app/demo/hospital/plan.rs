//! Which visits a day of the large hospital has: who, when, with whom. No doctor, ward place or patient is booked twice at once.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::people::{Family, INPATIENTS};
use crate::domain::ids::WardId;
use crate::domain::schedule::Appointment;
use crate::domain::service::Service;
use crate::domain::staff::{Role, StaffMember};

/// Everybody of the hospital.
pub(super) struct Hospital<'a> {
    pub(super) families: &'a [Family],
    pub(super) doctors: Vec<&'a StaffMember>,
    pub(super) clerks: Vec<&'a StaffMember>,
    pub(super) wards: &'a [WardId],
    pub(super) zone: &'a str,
    pub(super) rules: &'a TimeZone,
}

/// One visit.
pub(super) struct Planned<'a> {
    pub(super) service: Service,
    pub(super) family: &'a Family,
    pub(super) doctor: Option<&'a StaffMember>,
    pub(super) ward: Option<WardId>,
    pub(super) clerk: &'a StaffMember,
    pub(super) appointment: Appointment,
}

/// Services in the proportion a hospital has them.
const SERVICES: [Service; 10] = [
    Service::HomeConsultation,
    Service::TeleVisit,
    Service::HomeConsultation,
    Service::MedicalReport,
    Service::FollowUp,
    Service::HomeConsultation,
    Service::TeleVisit,
    Service::HomeConsultation,
    Service::MedicalReport,
    Service::FollowUp,
];

/// How long each is planned to last.
const MINUTES: u16 = 20;

impl<'a> Hospital<'a> {
    /// Everybody, by what they do.
    pub(super) fn of(
        families: &'a [Family],
        members: &'a [StaffMember],
        wards: &'a [WardId],
        zone: &'a str,
        rules: &'a TimeZone,
    ) -> Self {
        let of_role = |role: Role| members.iter().filter(move |member| member.role == role).collect();
        Self { families, doctors: of_role(Role::Doctor), clerks: of_role(Role::Clerk), wards, zone, rules }
    }

    /// The `count` visits of the `day`th day, from `from` until `until`.
    pub(super) fn day(
        &'a self,
        day: usize,
        count: usize,
        from: Timestamp,
        until: Timestamp,
    ) -> impl Iterator<Item = Planned<'a>> {
        let rooms = self.doctors.len().max(1);
        // Doctors and wards take turns; when everybody had one, the next begin.
        let rounds = count.div_ceil(rooms).max(1);
        let round = until.duration_since(from) / i32::try_from(rounds).unwrap_or(i32::MAX);
        (0..count).filter_map(move |number| {
            let service = *SERVICES.get(number % SERVICES.len())?;
            let turn = number / rooms;
            let five_minutes = SignedDuration::from_mins(5) * i32::try_from(number % 4).ok()?;
            let at = from + round * i32::try_from(turn).ok()? + five_minutes;
            let at = Timestamp::from_second(at.as_second() / 300 * 300).ok()?;
            let is_inpatient = !service_is_at_home(service);
            let nth = day * count + number;
            let place = if is_inpatient { inpatient(nth) } else { outpatient(nth, self.families.len()) };
            let family = self.families.get(place)?;
            Some(Planned {
                service,
                family,
                doctor: self.doctors.get(number % rooms).copied().filter(|_| service.needs_doctor()),
                ward: family.patient.care.ward().or_else(|| self.wards.first().copied().filter(|_| is_inpatient)),
                clerk: self.clerks.get(number % self.clerks.len().max(1))?,
                appointment: Appointment {
                    at,
                    wall: at.to_zoned(self.rules.clone()).datetime(),
                    zone: self.zone.to_owned(),
                    minutes: MINUTES,
                },
            })
        })
    }
}

const fn service_is_at_home(service: Service) -> bool {
    matches!(service, Service::HomeConsultation | Service::FollowUp)
}

/// Whose turn it is: in- and outpatients each in their order, day after day, nobody twice a day.
const fn inpatient(nth: usize) -> usize {
    nth % INPATIENTS
}

const fn outpatient(nth: usize, families: usize) -> usize {
    INPATIENTS + nth * 7 % (families - INPATIENTS)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn nobody_has_two_turns_on_one_day() {
        let families = INPATIENTS + 10_000;
        for day in [0, 1, 366] {
            // Four services in ten are for inpatients.
            let place = |nth: usize| if nth.is_multiple_of(2) { inpatient(nth) } else { outpatient(nth, families) };
            let turns: Vec<_> = (0..1600).map(|number| place(day * 2_000 + number)).collect();
            assert_eq!(turns.iter().collect::<HashSet<_>>().len(), turns.len());
            assert!(turns.iter().all(|turn| *turn < families));
        }
    }
}
