//! Compares both sides: reads Webex a page at a time, and takes back from strangers what somebody chose to take back.
//!
//! A step is one page, committed: a node that dies repeats a page, several nodes share the work. Webex tells where the next
//! page is, and forgets it after a while: then all is read again. Never makes anything equal that nobody chose.

use jiff::SignedDuration;

use super::{LEASE, PAUSES, WebexPeople};
use crate::domain::account::differences::{Difference, Here, between};
use crate::domain::account::{Names, There, Wanted};
use crate::domain::meeting::Obstacle;
use crate::providers::video::Trouble;
use crate::providers::video::webex::people::{Grant, Person};
use crate::store::StoreError;
use crate::store::staff::roster;
use crate::store::webex_people::comparisons::{self, Reading};
use crate::store::webex_people::differences::{self, TakeBack};
use crate::store::webex_people::{accounts, choices};

/// How long to wait before all is read again.
const ANEW: SignedDuration = SignedDuration::from_mins(1);

/// What a page is compared with.
struct House {
    here: Vec<Here>,
    /// Licences this house gives.
    ours: Names,
}

pub(super) async fn read_a_page(work: &WebexPeople) -> Result<bool, StoreError> {
    let now = work.clock.now();
    let Some(reading) = comparisons::lease(&work.store, now, now + LEASE).await? else { return Ok(false) };
    let done = match work.webex.people(reading.next_page.as_deref()).await {
        Ok((people, next)) => keep(work, &reading, &people, next).await,
        Err(trouble) => {
            tracing::warn!(%trouble, "the people at Webex could not be read; trying again");
            let wait = PAUSES.after(reading.tries, trouble.after);
            if reading.next_page.is_some() && is_gone(trouble.obstacle) {
                comparisons::start_over(&work.store, &reading, trouble.obstacle, now + wait.max(ANEW)).await
            } else {
                comparisons::put_off(&work.store, &reading, trouble.obstacle, now + wait).await
            }
        }
    };
    match done {
        // Another comparison was asked for meanwhile.
        Err(StoreError::Conflict) => Ok(true),
        other => other.map(|()| true),
    }
}

/// Whether asking for the same page again would be told the same.
const fn is_gone(obstacle: Obstacle) -> bool {
    matches!(obstacle, Obstacle::Refused | Obstacle::NotFound | Obstacle::Unreadable)
}

async fn keep(
    work: &WebexPeople,
    reading: &Reading,
    people: &[Person],
    next: Option<String>,
) -> Result<(), StoreError> {
    let house = house(work).await?;
    let those_who_matter: Vec<_> = people.iter().map(there).filter(|person| house.minds(person)).collect();
    if let Some(next) = next {
        return comparisons::read_on(&work.store, reading, people.len(), &those_who_matter, &next).await;
    }
    let mut there = comparisons::people(&work.store, reading.id).await?;
    there.extend(those_who_matter);
    let found: Vec<Difference> = between(&house.here, &there, &house.ours);
    tracing::info!(differences = found.len(), "Webex was compared with the staff");
    comparisons::finish(&work.store, reading, people.len(), &found, work.clock.now()).await
}

async fn house(work: &WebexPeople) -> Result<House, StoreError> {
    let usual = choices::read(&work.store).await?.usual.licences;
    let mut accounts = accounts::all(&work.store).await?;
    let mut ours = usual.clone();
    let mut here = Vec::new();
    for entry in roster::all(&work.store).await? {
        let account = accounts.remove(&entry.member.id);
        ours.extend(account.iter().flat_map(|account| account.chosen.and(&account.held).licences));
        here.push(Here {
            staff: entry.member.id,
            name: entry.member.name,
            email: entry.member.email,
            role: entry.member.role,
            is_active: entry.is_active,
            wanted: account.as_ref().map(|account| account.wanted),
            person: account.as_ref().and_then(|account| account.person.clone()),
            licences: match account {
                Some(account) if account.wanted == Wanted::Account => account.chosen.licences,
                Some(_) => Names::new(),
                None => usual.clone(),
            },
        });
    }
    Ok(House { here, ours })
}

impl House {
    /// Whether somebody is known here, or holds a licence of this house.
    fn minds(&self, there: &There) -> bool {
        let is_them = |here: &Here| {
            here.person.as_deref() == Some(there.person.as_str()) || here.email.to_string() == there.email
        };
        !there.licences.is_disjoint(&self.ours) || self.here.iter().any(is_them)
    }
}

fn there(person: &Person) -> There {
    There {
        person: person.id.clone(),
        email: person.emails.first().map(|email| email.to_lowercase()).unwrap_or_default(),
        name: person.display_name.clone(),
        licences: person.licenses.iter().cloned().collect(),
        may_sign_in: person.login_enabled != Some(false),
    }
}

pub(super) async fn take_back(work: &WebexPeople) -> Result<usize, StoreError> {
    let now = work.clock.now();
    let chosen = differences::lease_taking(&work.store, now, now + LEASE).await?;
    for taking in &chosen {
        match take(work, taking).await {
            Ok(()) => differences::taken(&work.store, taking).await?,
            Err(trouble) => {
                tracing::warn!(%trouble, "a licence could not be taken back at Webex; trying again");
                let next = now + PAUSES.after(taking.tries, trouble.after);
                differences::not_taken(&work.store, taking, trouble.obstacle, next).await?;
            }
        }
    }
    Ok(chosen.len())
}

async fn take(work: &WebexPeople, taking: &TakeBack) -> Result<(), Trouble> {
    let refused = |obstacle| Trouble { obstacle, status: None, tracking: None, code: None, after: None, said: None };
    let Ok(email) = taking.kept.difference.email.parse() else { return Err(refused(Obstacle::Refused)) };
    let remove = taking.kept.difference.extra.iter().cloned().collect();
    let granted = work.webex.grant(&email, &Grant { remove, ..Grant::default() }).await?;
    if granted.kept.is_empty() { Ok(()) } else { Err(refused(Obstacle::Refused)) }
}
