//! Carries out what is wished for people: finds or makes them, gives and takes licences, opens and closes their way in.
//!
//! Each step is as good done twice as once, so a wish whose end nobody saw is simply carried out again. Only what was given
//! from here is ever taken back.

use jiff::SignedDuration;

use super::{LEASE, PAUSES, WebexPeople};
use crate::domain::account::{Chosen, Names, Outcome, Wanted};
use crate::domain::meeting::Obstacle;
use crate::domain::person::Email;
use crate::providers::video::webex::people::{Grant, Granted, Login, Person};
use crate::providers::video::{Trouble, Webex};
use crate::store::StoreError;
use crate::store::webex_people::jobs::{self, Found, Job};
use crate::store::webex_people::licences;
use crate::workers::failure::Failure;

/// How many wishes are taken at once.
const AT_ONCE: u32 = 4;

/// How long to wait before asking again for what was not given: somebody has to buy it or give it back first.
const ASK_AGAIN: SignedDuration = SignedDuration::from_mins(15);

pub(super) async fn work(work: &WebexPeople) -> Result<usize, StoreError> {
    let now = work.clock.now();
    let taken = jobs::lease(&work.store, now, now + LEASE, AT_ONCE).await?;
    for job in &taken {
        let recorded = match carry_out(work, job).await {
            Ok(found) => record(work, job, &found).await,
            Err(Failure::Store(error)) => Err(error),
            Err(failure) => put_off(work, job, &failure).await,
        };
        match recorded {
            // Somebody wished something else meanwhile: that is carried out next.
            Err(StoreError::Conflict) => tracing::debug!(staff = %job.account.staff, "a wish was overtaken"),
            other => other?,
        }
    }
    Ok(taken.len())
}

async fn record(work: &WebexPeople, job: &Job, found: &Found) -> Result<(), StoreError> {
    let is_done = matches!(found.outcome, Outcome::Granted | Outcome::TakenBack);
    tracing::info!(staff = %job.account.staff, outcome = %found.outcome, "an account at Webex was seen to");
    if is_done {
        jobs::settle(&work.store, job, found).await?;
    } else {
        jobs::try_again(&work.store, job, found, found.at + ASK_AGAIN).await?;
    }
    licences::read_soon(&work.store).await
}

async fn put_off(work: &WebexPeople, job: &Job, failure: &Failure) -> Result<(), StoreError> {
    tracing::warn!(staff = %job.account.staff, trouble = %failure, "an account at Webex could not be seen to; trying again");
    let now = work.clock.now();
    let said = (failure.obstacle(), failure.tracking());
    jobs::put_off(&work.store, job, said, now + PAUSES.after(job.tries, failure.after()), now).await
}

async fn carry_out(work: &WebexPeople, job: &Job) -> Result<Found, Failure> {
    let webex = &*work.webex;
    let there = look(webex, job).await?;
    let (outcome, person, granted) = match (job.account.wanted, there) {
        (Wanted::Account, there) => {
            let person = match there {
                Some(person) => person,
                // Without licences: what then comes of each is told by the grant.
                None => webex.create_person(&job.email, &job.name, &[]).await?,
            };
            let (outcome, granted) = give(webex, job, &person).await?;
            (outcome, Some(person), granted)
        }
        (wanted, Some(person)) => {
            let granted = change(webex, job, &person, &Chosen::default()).await?;
            match wanted {
                Wanted::Closed => shut(work, job, &person).await?,
                Wanted::Account | Wanted::Released => open(webex, job, &person).await?,
            }
            let outcome = if granted.kept.is_empty() { Outcome::TakenBack } else { Outcome::Kept };
            (outcome, Some(person), granted)
        }
        (_, None) => (Outcome::TakenBack, None, Granted::default()),
    };
    Ok(found(work, job, outcome, person.as_ref(), &granted))
}

/// The person, by the id that is known, or else by their address.
async fn look(webex: &Webex, job: &Job) -> Result<Option<Person>, Trouble> {
    if let Some(id) = &job.account.person {
        match webex.person(id).await {
            Err(trouble) if trouble.obstacle == Obstacle::NotFound => {}
            other => return other.map(Some),
        }
    }
    webex.find_person(&job.email).await
}

/// Shuts their way in. Where it was open that is noted first, so that whoever lets them in here opens it again.
async fn shut(work: &WebexPeople, job: &Job, person: &Person) -> Result<(), Failure> {
    if person.login_enabled != Some(false) {
        jobs::shuts(&work.store, job).await?;
        work.webex.set_login(&person.id, Login::Refused).await?;
    }
    Ok(())
}

/// Opens what was shut from here.
async fn open(webex: &Webex, job: &Job, person: &Person) -> Result<(), Trouble> {
    if job.is_shut && person.login_enabled == Some(false) {
        webex.set_login(&person.id, Login::Allowed).await?;
    }
    Ok(())
}

async fn give(webex: &Webex, job: &Job, person: &Person) -> Result<(Outcome, Granted), Trouble> {
    if person.login_enabled == Some(false) {
        webex.set_login(&person.id, Login::Allowed).await?;
    }
    if job.align.name {
        webex.rename_person(&person.id, &job.name).await?;
    }
    if job.align.address {
        webex.readdress_person(&person.id, &job.email).await?;
    }
    let granted = change(webex, job, person, &job.account.chosen).await?;
    let outcome = match (granted.missing.as_slice(), granted.kept.as_slice()) {
        ([], []) => Outcome::Granted,
        ([], _) => Outcome::Kept,
        (missing, _) if are_used_up(webex, missing).await? => Outcome::OutOfLicences,
        _ => Outcome::Missing,
    };
    Ok((outcome, granted))
}

/// Gives what of `chosen` they lack, and takes what else they have from here.
async fn change(webex: &Webex, job: &Job, person: &Person, chosen: &Chosen) -> Result<Granted, Trouble> {
    let (licences, sites) = (names(&person.licenses), names(&person.site_urls));
    let held = &job.account.held;
    let apart = |one: &Names, other: &Names| one.difference(other).cloned().collect::<Vec<_>>();
    let both = |one: Vec<String>, other: &Names| one.into_iter().filter(|name| other.contains(name)).collect();
    let grant = Grant {
        add: apart(&chosen.licences, &licences),
        remove: both(apart(&held.licences, &chosen.licences), &licences),
        add_sites: apart(&chosen.sites, &sites),
        remove_sites: both(apart(&held.sites, &chosen.sites), &sites),
    };
    if grant == Grant::default() {
        return Ok(Granted { holds: person.licenses.clone(), ..Granted::default() });
    }
    match webex.grant(&address(job, person), &grant).await {
        // Some organisations refuse the whole where others do it in part.
        Err(trouble) if trouble.status == Some(400) && are_used_up(webex, &grant.add).await? => {
            Ok(Granted { holds: person.licenses.clone(), missing: grant.add, ..Granted::default() })
        }
        other => other,
    }
}

/// Whether any of these is a licence of which none is left.
async fn are_used_up(webex: &Webex, ids: &[String]) -> Result<bool, Trouble> {
    Ok(webex.licences().await?.iter().any(|licence| licence.left() <= 0 && ids.contains(&licence.id)))
}

/// By which Webex knows them now.
fn address(job: &Job, person: &Person) -> Email {
    let known = person.emails.first().and_then(|email| email.parse().ok());
    known.filter(|_| !job.align.address).unwrap_or_else(|| job.email.clone())
}

fn found(work: &WebexPeople, job: &Job, outcome: Outcome, person: Option<&Person>, granted: &Granted) -> Found {
    let (chosen, held) = match job.account.wanted {
        Wanted::Account => (&job.account.chosen, &job.account.held),
        Wanted::Released | Wanted::Closed => (&job.account.held, &job.account.held),
    };
    let ours = chosen.and(held);
    let has = names(&granted.holds);
    let missing: Names = granted.missing.iter().chain(&granted.kept).cloned().collect();
    let sites = match job.account.wanted {
        Wanted::Account => chosen.sites.difference(&missing).cloned().collect(),
        Wanted::Released | Wanted::Closed => Names::new(),
    };
    Found {
        outcome,
        held: Chosen { licences: &ours.licences & &has, sites },
        missing,
        person: person.map(|person| person.id.clone()),
        address: person.map(|person| address(job, person).to_string()),
        at: work.clock.now(),
    }
}

fn names(list: &[String]) -> Names {
    list.iter().cloned().collect()
}
