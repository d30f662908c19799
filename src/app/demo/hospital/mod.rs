//! `--size hospital`: 100,000 patients with 250,000 relatives, 200 staff, a year of visits, and a full day today and tomorrow.
//!
//! Written in large batches, since only its size matters. Never comes near real people: all names are put together by chance.

mod chance;
mod names;
mod past;
mod people;
mod plan;
mod today;
mod words;

use std::time::Instant;

use futures_util::future::try_join_all;

use self::plan::Hospital;
use crate::app::terminal::{Failure, tell};
use crate::clock::stopwatch;
use crate::domain::ids::WardId;
use crate::domain::staff::StaffMember;
use crate::store::{Batch, Store, archive};
use crate::web::site::Site;

/// Batches under way at the same time.
const AT_ONCE: usize = 4;

/// Adds everything to a house that has the demo's own staff and wards.
pub(super) async fn add(
    site: &Site,
    password_hash: &str,
    mut members: Vec<StaffMember>,
    mut wards: Vec<WardId>,
) -> Result<(), Failure> {
    let started = stopwatch();
    let (store, now) = (&site.store, site.clock.now());
    people::add_wards(store, &mut wards).await?;
    people::add_staff(store, password_hash, &wards, &mut members, now).await?;
    let families = people::add_families(store, &wards, now).await?;
    let zone = site.hospital().zone.clone();
    let hospital = Hospital::of(&families, &members, &wards, zone.name(), zone.rules());
    let (today, midnight, tomorrow) = site.hub.today();
    let past = past::add_year(store, &hospital, today).await?;
    let days = today::add(site, &hospital, midnight, tomorrow).await?;
    archive::messages_were_sent(store, now).await?;
    tell(&format!(
        "{} patients, {} staff, {past} past visits and {days} of today and tomorrow, in {} s",
        families.len(),
        members.len(),
        started.elapsed().as_secs()
    ));
    Ok(())
}

/// Commits batches, a few at the same time: on a slow machine, too, each is answered before the store's patience ends.
async fn write_all(store: &Store, batches: Vec<Batch>) -> Result<(), Failure> {
    let mut left = batches.into_iter();
    loop {
        let few: Vec<_> = left.by_ref().take(AT_ONCE).collect();
        if few.is_empty() {
            return Ok(());
        }
        try_join_all(few.into_iter().map(|batch| store.write(batch))).await?;
    }
}

/// How far it is, told every few seconds.
struct Progress {
    what: &'static str,
    all: usize,
    told: Instant,
}

impl Progress {
    fn of(what: &'static str, all: usize) -> Self {
        Self { what, all, told: stopwatch() }
    }

    fn tell(&mut self, done: usize) {
        if self.told.elapsed().as_secs() >= 5 || done == self.all {
            self.told = stopwatch();
            tell(&format!("{done} of {} {}", self.all, self.what));
        }
    }
}
