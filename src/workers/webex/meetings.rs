//! Brings meetings to where their visits are: makes them, moves them, deletes them.
//!
//! A meeting whose making may have succeeded is looked for by its tag before another is made; only once it would have been
//! seen by now is it made again. Never names a patient to Webex.

use std::time::Duration;

use futures_util::future::{join, join_all};
use jiff::{SignedDuration, Timestamp};

use super::{PAUSES, WebexWork, every};
use crate::domain::consultation::{Consultation, Phase};
use crate::domain::meeting::{Obstacle, Window, title};
use crate::domain::person::Email;
use crate::providers::video::{Plan, Room, Video};
use crate::store::webex::meetings::{self, Kept, Wish};
use crate::store::webex::{PASSWORD, Sealed, asks};
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

/// How long nothing is asked for that was refused: Webex counts that too, and only somebody there or an admin here can
/// change it.
const REFUSED_FOR: SignedDuration = SignedDuration::from_hours(4);

/// How long a meeting is at least left alone of which Webex does not say how to get there.
const READ_AFTER: SignedDuration = SignedDuration::from_mins(1);

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
    let (scarce, others): (Vec<_>, Vec<_>) = wishes.iter().partition(|wish| wish.obstacle == Some(Obstacle::Quota));
    // Of what is left of a host's day each takes its part before the next looks.
    let by_turns = async {
        for wish in scarce {
            carry_out(work, wish).await;
        }
    };
    join(join_all(others.into_iter().map(|wish| carry_out(work, wish))), by_turns).await;
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
    let has_way_in = wish.kept.as_ref().is_some_and(|kept| room(kept).has_destination());
    if !visit.phase.is_open() || (is_running && has_way_in) {
        return Ok(meetings::done(&work.store, wish).await?);
    }
    let plan = plan(work, visit).await?;
    match &wish.kept {
        Some(kept) => bring(work, wish, &plan, kept).await,
        None if wish.asked_at.is_some() => look_for(work, wish, &plan).await,
        None => make(work, wish, &plan).await,
    }
}

/// Brings a meeting to where the visit is. One of another host cannot be brought there: it is made anew.
async fn bring(work: &WebexWork, wish: &Wish, plan: &Plan, kept: &Kept) -> Result<(), Failure> {
    // Webex may write an address otherwise than it was given.
    let is_of = |host: &Email| kept.host.as_ref().is_none_or(|kept| kept.eq_ignore_ascii_case(&host.to_string()));
    if plan.host.as_ref().is_none_or(is_of) {
        return move_to(work, wish, plan, kept).await;
    }
    delete(work, wish, &room(kept)).await?;
    meetings::gone(&work.store, wish).await?;
    make(work, &lacks(wish), plan).await
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
    let named = plan.host.as_ref().map(ToString::to_string);
    let host = named.as_deref();
    if let Some(until) = asks::known_exhausted(&work.store, wish, host, now).await? {
        return Ok(wait(work, wish, until, Obstacle::Quota).await?);
    }
    meetings::ask(&work.store, wish, host, now).await?;
    match work.webex.prepare(plan, None).await {
        Ok(Some(room)) => keep(work, wish, &room).await,
        Ok(None) => Ok(meetings::done(&work.store, wish).await?),
        Err(trouble) if matches!(trouble.obstacle, Obstacle::Lost | Obstacle::Unreadable) => {
            tracing::warn!(consultation = %wish.visit, "nobody can say whether a meeting was made; looking for it");
            Ok(meetings::doubt(&work.store, wish, now + LOOK_AFTER).await?)
        }
        // Webex says the same of too many requests and of too many meetings: ours are counted.
        Err(trouble) if trouble.obstacle == Obstacle::Busy => {
            match asks::exhausted(&work.store, wish, host, now).await? {
                Some(until) => Ok(wait(work, wish, until, Obstacle::Quota).await?),
                None => Err(trouble.into()),
            }
        }
        Err(trouble) if matches!(trouble.obstacle, Obstacle::Forbidden | Obstacle::Refused) => {
            Ok(wait(work, wish, now + REFUSED_FOR, trouble.obstacle).await?)
        }
        Err(trouble) => Err(trouble.into()),
    }
}

/// Looks for a meeting that may have been made.
async fn look_for(work: &WebexWork, wish: &Wish, plan: &Plan) -> Result<(), Failure> {
    let now = work.clock.now();
    let settled = wish.asked_at.map_or(now, |at| at + SETTLES_AFTER);
    // The visit may be another doctor's by now.
    let host = wish.asked_host.clone().or_else(|| plan.host.as_ref().map(ToString::to_string));
    match work.webex.find_meeting(wish.visit, host.as_deref()).await {
        Ok(Some(room)) => match note(work, wish, &room).await? {
            // It was asked for as the visit stood then.
            Some(kept) => bring(work, &has(wish, &kept), plan, &kept).await,
            None => Ok(()),
        },
        Ok(None) if now >= settled => {
            tracing::warn!(consultation = %wish.visit, "Webex does not have the meeting; making it again");
            meetings::gone(&work.store, wish).await?;
            make(work, &lacks(wish), plan).await
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
        Err(trouble) if trouble.obstacle == Obstacle::NotFound && wish.tries > 6 && is_settled(work, wish) => {
            meetings::gone(&work.store, wish).await?;
            make(work, &lacks(wish), plan).await
        }
        Err(trouble) => Err(trouble.into()),
    }
}

async fn forgo(work: &WebexWork, wish: &Wish) -> Result<(), Failure> {
    let now = work.clock.now();
    let found = match (&wish.kept, wish.asked_at) {
        (Some(_), _) | (None, None) => None,
        (None, Some(asked_at)) => match work.webex.find_meeting(wish.visit, wish.asked_host.as_deref()).await {
            Ok(None) if now < asked_at + SETTLES_AFTER => {
                return Ok(meetings::doubt(&work.store, wish, asked_at + SETTLES_AFTER).await?);
            }
            Err(trouble) => {
                return Ok(meetings::doubt(&work.store, wish, now + PAUSES.after(wish.tries, trouble.after)).await?);
            }
            Ok(found) => found,
        },
    };
    if let Some(found) = found {
        return match note(work, wish, &found).await? {
            Some(kept) => put_away(work, &has(wish, &kept), &found).await,
            None => Ok(()),
        };
    }
    match &wish.kept {
        Some(kept) => put_away(work, wish, &room(kept)).await,
        None => Ok(meetings::done(&work.store, wish).await?),
    }
}

/// Ends a meeting that may be in progress, and deletes it.
async fn put_away(work: &WebexWork, wish: &Wish, room: &Room) -> Result<(), Failure> {
    let stored = consultations::find(&work.store, wish.visit).await?;
    let (wish, was_in_session) = match stored.map(|stored| stored.visit.phase) {
        Some(Phase::Ended { at }) => {
            // Until then it may have been in progress, whether Webex reported so or not.
            let wish = Wish { changed_at: wish.changed_at.max(Some(at)), ..wish.clone() };
            (send_home(work, wish, room).await?, true)
        }
        _ => (wish.clone(), false),
    };
    match delete(work, &wish, room).await {
        Ok(()) => {
            meetings::gone(&work.store, &wish).await?;
            Ok(meetings::done(&work.store, &wish).await?)
        }
        // The host may have started it all the same: Webex has several ways to say so.
        Err(failure) if !was_in_session && is_refusal(failure.obstacle()) => {
            send_home(work, wish, room).await?;
            Err(failure)
        }
        Err(failure) => Err(failure),
    }
}

const fn is_refusal(obstacle: Obstacle) -> bool {
    matches!(obstacle, Obstacle::Conflict | Obstacle::Refused | Obstacle::Forbidden)
}

/// Ends a meeting, if it is in progress; the client has logged it otherwise.
async fn send_home(work: &WebexWork, wish: Wish, room: &Room) -> Result<Wish, Failure> {
    if work.webex.end(room).await.is_err() {
        return Ok(wish);
    }
    let now = work.clock.now();
    meetings::changed(&work.store, wish.visit, now).await?;
    Ok(Wish { changed_at: Some(now), ..wish })
}

/// Deletes a meeting. That it is not there is believed once Webex would show it, whatever happened to it last.
async fn delete(work: &WebexWork, wish: &Wish, room: &Room) -> Result<(), Failure> {
    match work.webex.delete_meeting(room).await {
        Err(trouble) if trouble.obstacle == Obstacle::NotFound && is_settled(work, wish) => Ok(()),
        other => Ok(other?),
    }
}

fn is_settled(work: &WebexWork, wish: &Wish) -> bool {
    wish.changed_at.is_none_or(|at| work.clock.now() >= at + SETTLES_AFTER)
}

async fn keep(work: &WebexWork, wish: &Wish, room: &Room) -> Result<(), Failure> {
    if !room.has_destination() {
        let until = work.clock.now() + PAUSES.after(wish.tries, Some(READ_AFTER));
        return match note(work, wish, room).await? {
            Some(_) => Ok(wait(work, wish, until, Obstacle::NotFound).await?),
            None => Ok(()),
        };
    }
    match sealed(work, wish, room).await? {
        Some(kept) => Ok(meetings::made(&work.store, wish, &kept, work.clock.now()).await?),
        None => Ok(()),
    }
}

/// Records that there is a meeting, which is not yet as the visit is.
async fn note(work: &WebexWork, wish: &Wish, room: &Room) -> Result<Option<Kept>, Failure> {
    let kept = sealed(work, wish, room).await?;
    if let Some(kept) = &kept {
        meetings::found(&work.store, wish, kept, work.clock.now()).await?;
    }
    Ok(kept)
}

/// The wish, once a meeting is recorded.
fn has(wish: &Wish, kept: &Kept) -> Wish {
    Wish { kept: Some(kept.clone()), asked_at: None, ..wish.clone() }
}

/// The wish, once its meeting is gone: nothing of it is another meeting's.
fn lacks(wish: &Wish) -> Wish {
    Wish { kept: None, asked_at: None, ..wish.clone() }
}

/// The meeting as it is kept; nothing where that cannot be, and it is looked for again.
async fn sealed(work: &WebexWork, wish: &Wish, room: &Room) -> Result<Option<Kept>, Failure> {
    let Ok(password) = room.password.as_ref().map(|password| work.sealer.seal(PASSWORD, password)).transpose() else {
        // There is a meeting: to be put off as if there were none would make another.
        tracing::error!(consultation = %wish.visit, "the password of a meeting could not be sealed; looking for it again");
        meetings::doubt(&work.store, wish, work.clock.now() + LOOK_AFTER).await?;
        return Ok(None);
    };
    Ok(Some(Kept {
        id: room.id.clone(),
        number: room.number.clone(),
        sip_address: room.sip_address.clone(),
        web_link: room.web_link.clone(),
        // What Webex does not repeat stays as it was.
        password: password.map(Sealed).or_else(|| wish.kept.as_ref().and_then(|kept| kept.password.clone())),
        host: room.host.clone(),
    }))
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

async fn put_off(work: &WebexWork, wish: &Wish, failure: &Failure) -> Result<(), StoreError> {
    let until = work.clock.now() + PAUSES.after(wish.tries, failure.after());
    wait(work, wish, until, failure.obstacle()).await
}

async fn wait(work: &WebexWork, wish: &Wish, until: Timestamp, obstacle: Obstacle) -> Result<(), StoreError> {
    metrics::counter!("antesala_webex_meetings_put_off_total", "obstacle" => obstacle.as_str()).increment(1);
    meetings::put_off(&work.store, wish, until, obstacle).await
}
