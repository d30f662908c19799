//! Brings meetings to where their visits are: makes them, moves them, deletes them.
//!
//! A meeting whose making may have succeeded is looked for by its tag before another is made; only once it would have been
//! seen by now is it made again. Never names a patient to Webex.

use std::time::Duration;

use futures_util::future::join_all;
use jiff::SignedDuration;

use super::{PAUSES, WebexWork, every};
use crate::domain::consultation::{Consultation, Phase};
use crate::domain::meeting::{Obstacle, Window, title};
use crate::domain::person::Email;
use crate::providers::video::{Plan, Room, Trouble, Video};
use crate::store::webex::meetings::{self, Kept, Wish};
use crate::store::webex::{PASSWORD, Sealed};
use crate::store::{StoreError, consultations, staff};
use crate::workers::failure::Failure;

/// How many wishes one worker has in hand.
const IN_HAND: u32 = 20;

/// How often it looks for more.
const PAUSE: Duration = Duration::from_secs(1);

/// How long nobody else takes what a worker has in hand.
const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// When a meeting is first looked for that may have been made.
const LOOK_AFTER: SignedDuration = SignedDuration::from_secs(20);

/// How long Webex may not show what has happened.
const SETTLES_AFTER: SignedDuration = SignedDuration::from_mins(10);

/// How many meetings a host may make in a day.
const QUOTA: u32 = 100;

pub(super) async fn run(work: &WebexWork, shutdown: impl Future<Output = ()>) {
    every(PAUSE, None, shutdown, || async {
        if let Err(error) = self::work(work).await {
            tracing::warn!(%error, "wishes for meetings could not be read; trying again");
        }
    })
    .await;
}

pub(super) async fn work(work: &WebexWork) -> Result<usize, StoreError> {
    let now = work.clock.now();
    let wishes = meetings::lease(&work.store, now, now + LEASE, IN_HAND).await?;
    join_all(wishes.iter().map(|wish| carry_out(work, wish))).await;
    Ok(wishes.len())
}

async fn carry_out(work: &WebexWork, wish: &Wish) {
    let outcome = if wish.is_wanted { want(work, wish).await } else { forgo(work, wish).await };
    let recorded = match outcome {
        Ok(()) => Ok(()),
        Err(Failure::Store(error)) => Err(error),
        Err(failure) => put_off(work, wish, &failure).await,
    };
    match recorded {
        // A newer wish has taken over.
        Ok(()) | Err(StoreError::Conflict) => {}
        Err(error) => {
            tracing::error!(consultation = %wish.visit, %error, "what became of a meeting could not be recorded")
        }
    }
    work.hub.read_anew(wish.visit).await;
}

async fn want(work: &WebexWork, wish: &Wish) -> Result<(), Failure> {
    let Some(stored) = consultations::find(&work.store, wish.visit).await? else {
        return Ok(meetings::done(&work.store, wish).await?);
    };
    let visit = &stored.visit;
    let is_running = matches!(visit.phase, Phase::InSession { .. });
    // A meeting that is in use stays as it is, whoever conducts the visit by now.
    if !visit.phase.is_open() || (is_running && wish.kept.is_some()) {
        return Ok(meetings::done(&work.store, wish).await?);
    }
    let plan = plan(work, visit).await?;
    match &wish.kept {
        Some(kept) if plan.host.as_ref().is_none_or(|host| kept.host == Some(host.to_string())) => {
            move_to(work, wish, &plan, kept).await
        }
        Some(kept) => {
            work.webex.delete_meeting(&room(kept)).await?;
            meetings::gone(&work.store, wish).await?;
            make(work, wish, &plan).await
        }
        None if wish.asked_at.is_some() => look_for(work, wish, &plan).await,
        None => make(work, wish, &plan).await,
    }
}

async fn plan(work: &WebexWork, visit: &Consultation) -> Result<Plan, Failure> {
    let doctor = match visit.doctor {
        Some(doctor) => staff::find(&work.store, doctor).await?.map(|member| member.email),
        None => None,
    };
    Ok(Plan {
        visit: visit.id,
        title: title(work.hospital.now().name.as_str(), visit.id),
        window: Window::of(visit.starts_at, visit.minutes, work.clock.now()),
        host: work.webex.host_for(doctor.as_ref())?,
    })
}

async fn make(work: &WebexWork, wish: &Wish, plan: &Plan) -> Result<(), Failure> {
    let now = work.clock.now();
    meetings::ask(&work.store, wish, now).await?;
    match work.webex.prepare(plan, None).await {
        Ok(Some(room)) => keep(work, wish, &room).await,
        Ok(None) => Ok(meetings::done(&work.store, wish).await?),
        Err(trouble) if matches!(trouble.obstacle, Obstacle::Lost | Obstacle::Unreadable) => {
            tracing::warn!(consultation = %wish.visit, "nobody can say whether a meeting was made; looking for it");
            Ok(meetings::doubt(&work.store, wish, now + LOOK_AFTER).await?)
        }
        Err(trouble) if trouble.obstacle == Obstacle::Busy => {
            Err(whether_quota(work, plan.host.as_ref(), trouble).await)
        }
        Err(trouble) => Err(trouble.into()),
    }
}

/// Looks for a meeting that may have been made.
async fn look_for(work: &WebexWork, wish: &Wish, plan: &Plan) -> Result<(), Failure> {
    let now = work.clock.now();
    let settled = wish.asked_at.map_or(now, |at| at + SETTLES_AFTER);
    let host = plan.host.as_ref().map(ToString::to_string);
    match work.webex.find_meeting(wish.visit, host.as_deref()).await {
        Ok(Some(room)) => keep(work, wish, &room).await,
        Ok(None) if now >= settled => {
            tracing::warn!(consultation = %wish.visit, "Webex does not have the meeting; making it again");
            meetings::gone(&work.store, wish).await?;
            make(work, wish, plan).await
        }
        Ok(None) => Ok(meetings::doubt(&work.store, wish, settled.min(now + SignedDuration::from_mins(1))).await?),
        // Not to be put off as if nothing had been made.
        Err(trouble) => Ok(meetings::doubt(&work.store, wish, now + PAUSES.after(wish.tries, trouble.after)).await?),
    }
}

async fn move_to(work: &WebexWork, wish: &Wish, plan: &Plan, kept: &Kept) -> Result<(), Failure> {
    match work.webex.prepare(plan, Some(&room(kept))).await {
        Ok(Some(room)) => keep(work, wish, &room).await,
        Ok(None) => Ok(meetings::done(&work.store, wish).await?),
        // Somebody deleted it there; after what Webex may not show yet, it is made again.
        Err(trouble) if trouble.obstacle == Obstacle::NotFound && wish.tries > 6 => {
            meetings::gone(&work.store, wish).await?;
            make(work, wish, plan).await
        }
        Err(trouble) => Err(trouble.into()),
    }
}

async fn forgo(work: &WebexWork, wish: &Wish) -> Result<(), Failure> {
    let now = work.clock.now();
    let found = match (&wish.kept, wish.asked_at) {
        (Some(kept), _) => Some(room(kept)),
        (None, None) => None,
        (None, Some(asked_at)) => match work.webex.find_meeting(wish.visit, None).await {
            Ok(None) if now < asked_at + SETTLES_AFTER => {
                return Ok(meetings::doubt(&work.store, wish, asked_at + SETTLES_AFTER).await?);
            }
            Err(trouble) => {
                return Ok(meetings::doubt(&work.store, wish, now + PAUSES.after(wish.tries, trouble.after)).await?);
            }
            Ok(found) => found,
        },
    };
    let Some(found) = found else { return Ok(meetings::done(&work.store, wish).await?) };
    match work.webex.delete_meeting(&found).await {
        Ok(()) => {
            meetings::gone(&work.store, wish).await?;
            Ok(meetings::done(&work.store, wish).await?)
        }
        Err(trouble) if trouble.obstacle == Obstacle::Conflict => {
            // It is in progress: everybody is sent home first.
            drop(work.webex.end(&found).await);
            Err(trouble.into())
        }
        Err(trouble) => Err(trouble.into()),
    }
}

async fn keep(work: &WebexWork, wish: &Wish, room: &Room) -> Result<(), Failure> {
    let Ok(password) = room.password.as_ref().map(|password| work.sealer.seal(PASSWORD, password)).transpose() else {
        // There is a meeting: to be put off as if there were none would make another.
        tracing::error!(consultation = %wish.visit, "the password of a meeting could not be sealed; looking for it again");
        return Ok(meetings::doubt(&work.store, wish, work.clock.now() + LOOK_AFTER).await?);
    };
    let kept = Kept {
        id: room.id.clone(),
        number: room.number.clone(),
        sip_address: room.sip_address.clone(),
        web_link: room.web_link.clone(),
        password: password.map(Sealed),
        host: room.host.clone(),
    };
    Ok(meetings::made(&work.store, wish, &kept, work.clock.now()).await?)
}

/// The meeting as the client speaks of it; its password is not needed for work.
pub(super) fn room(kept: &Kept) -> Room {
    Room {
        id: kept.id.clone(),
        number: kept.number.clone(),
        sip_address: kept.sip_address.clone(),
        web_link: kept.web_link.clone(),
        password: None,
        host: kept.host.clone(),
    }
}

/// Webex says the same of too many requests and of too many meetings: ours are counted.
async fn whether_quota(work: &WebexWork, host: Option<&Email>, trouble: Trouble) -> Failure {
    let since = work.clock.now() - SignedDuration::from_hours(24);
    let made = match host {
        Some(host) => meetings::made_since(&work.store, &host.to_string(), since).await.unwrap_or(0),
        None => 0,
    };
    if made >= QUOTA { Failure::Webex(trouble.with(Obstacle::Quota)) } else { Failure::Webex(trouble) }
}

async fn put_off(work: &WebexWork, wish: &Wish, failure: &Failure) -> Result<(), StoreError> {
    metrics::counter!("antesala_webex_meetings_put_off_total", "obstacle" => failure.obstacle().as_str()).increment(1);
    let until = work.clock.now() + PAUSES.after(wish.tries, failure.after());
    meetings::put_off(&work.store, wish, until, failure.obstacle()).await
}
