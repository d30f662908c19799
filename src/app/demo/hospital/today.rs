//! Today and tomorrow of the large hospital, through the rules of the house: closed, running, waiting, and booked.

use futures_util::future::try_join_all;
use jiff::{SignedDuration, Timestamp};

use super::chance::Chance;
use super::past::{VISITS, old};
use super::plan::{Hospital, Planned};
use super::{Progress, write_all};
use crate::app::demo::visits::{carry_out, guests, write};
use crate::app::terminal::Failure;
use crate::domain::booking::{Booking, Timing};
use crate::domain::consultation::{Command, Whom};
use crate::domain::ids::BrowserId;
use crate::domain::service::Admission;
use crate::store::{Batch, archive};
use crate::web::site::Site;

/// Visits that began longer ago are over.
const OVER_AFTER: SignedDuration = SignedDuration::from_mins(40);

/// The day's visits lie around now, so that there is something to see at any hour.
const AROUND: SignedDuration = SignedDuration::from_hours(7);

/// Visits booked at the same time.
const AT_ONCE: usize = 64;

/// Adds them; answers how many there are.
pub(super) async fn add(
    site: &Site,
    hospital: &Hospital<'_>,
    midnight: Timestamp,
    tomorrow: Timestamp,
) -> Result<usize, Failure> {
    let now = site.clock.now();
    let (from, until) = ((now - AROUND).max(midnight), (now + AROUND).min(tomorrow));
    let next = (from + SignedDuration::from_hours(24), until + SignedDuration::from_hours(24));
    let planned: Vec<_> =
        hospital.day(366, VISITS, from, until).chain(hospital.day(367, VISITS, next.0, next.1)).collect();
    let mut chance = Chance::from(4);
    let mut progress = Progress::of("visits of today and tomorrow", planned.len());
    let (over, open): (Vec<&Planned<'_>>, Vec<_>) =
        planned.iter().partition(|visit| visit.appointment.at + OVER_AFTER < now);
    let batches = over.chunks(100).map(|visits| {
        let mut batch = Batch::new();
        visits.iter().for_each(|visit| archive::add(&mut batch, &old(&mut chance, visit)));
        batch
    });
    write_all(&site.store, batches.collect()).await?;
    let mut done = over.len();
    for visits in open.chunks(AT_ONCE) {
        let going = visits.iter().map(|visit| (*visit, chance.below(100)));
        try_join_all(going.map(|(visit, luck)| book_and_play(site, visit, luck, now))).await?;
        done += visits.len();
        progress.tell(done);
    }
    Ok(planned.len())
}

/// Books a visit the day before; who should be there by now mostly is.
async fn book_and_play(site: &Site, planned: &Planned<'_>, luck: u64, now: Timestamp) -> Result<(), Failure> {
    let starts_at = planned.appointment.at;
    let booking = Booking {
        service: planned.service,
        admission: planned.service.default_admission(),
        patient: planned.family.patient.id,
        reason: "Control".parse()?,
        doctor: planned.doctor.cloned(),
        ward: planned.ward,
        appointment: planned.appointment.clone(),
        timing: Timing::Scheduled,
        accepted: Vec::new(),
        guests: guests(planned.service, &planned.family.patient, &planned.family.relatives),
    };
    let booked_at = starts_at.min(now) - SignedDuration::from_hours(24);
    let mut visit = write(site, &booking, planned.clerk.operator(), booked_at).await?;
    let minutes = now.duration_since(starts_at).as_mins();
    let comes = match minutes {
        0.. => luck < 90,
        -10..0 => luck < 40,
        _ => false,
    };
    if !comes {
        return Ok(());
    }
    let first = visit.participants.iter().find(|seat| seat.link.is_some()).map(|seat| seat.id);
    let participant = first.ok_or("nobody was invited")?;
    let arrived_at = (starts_at - SignedDuration::from_mins(4)).min(now);
    carry_out(site, &mut visit, Command::Arrive { participant, browser: BrowserId::mint() }, arrived_at).await?;
    let Some(doctor) = planned.doctor.filter(|_| minutes >= 3 && luck < 70) else { return Ok(()) };
    let (by, at) = (doctor.operator(), starts_at + SignedDuration::from_mins(3));
    carry_out(site, &mut visit, Command::Start { by }, at).await?;
    if visit.admission == Admission::OneByOne {
        carry_out(site, &mut visit, Command::Admit { by, whom: Whom::Everyone }, at).await?;
    }
    Ok(())
}
