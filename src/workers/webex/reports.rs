//! Works on what Webex reported: a host who starts opens the visit, one who ends closes it, and people come and go.
//!
//! Every command says who conducts the visit; the rules decide. A report about a meeting of nobody here is forgotten, and
//! one that came before the meeting was kept is looked at again. Whom Webex does not show yet is let in once it does. Never
//! logs an address.

use std::time::Duration;

use jiff::SignedDuration;

use super::sending_out::{self, Sent};
use super::{WebexWork, every, letting_in};
use crate::domain::consultation::{Command, Kind};
use crate::domain::ids::{CommandId, ConsultationId, ParticipantId};
use crate::domain::meeting::Obstacle;
use crate::domain::staff::{Operator, StaffMember};
use crate::hub::HubError;
use crate::hub::consultation::InMeeting;
use crate::providers::video::webex::meetings::series_of;
use crate::providers::video::webex::webhooks::Report;
use crate::store::webex::guests;
use crate::store::webex::meetings::{self, Standing};
use crate::store::webex::own::{self, Own};
use crate::store::webex::reports::{self, Due};
use crate::store::{StoreError, consultations, staff};
use crate::workers::failure::Failure;

/// How many reports one worker has in hand: each may take a few requests.
const IN_HAND: u32 = 5;

/// How often it looks for more, when nobody rings.
const PAUSE: Duration = Duration::from_secs(2);

/// How long nobody else takes what a worker has in hand: longer than all requests it takes may last together.
const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// How often a report is tried whose meeting nobody here knows.
const TRIES: u32 = 5;

/// How often any other is tried.
const MOST_TRIES: u32 = 20;

/// For how long after a report people are let in or sent out whom Webex does not show yet: ten minutes, and some more.
const PATIENCE: SignedDuration = SignedDuration::from_mins(15);

/// How long Webex is left alone at most, meanwhile, unless it asks for more.
const LONGEST: SignedDuration = SignedDuration::from_secs(30);

/// How the work on a report ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    Again,
    /// Only letting people in or sending them out is still to be done; not before so long.
    Later(Option<SignedDuration>),
}

pub(super) async fn run(work: &WebexWork, shutdown: impl Future<Output = ()>) {
    every(PAUSE, Some(&work.bell), shutdown, || async {
        if let Err(error) = self::work(work).await {
            tracing::warn!(%error, "reports of Webex could not be worked on; trying again");
        }
    })
    .await;
}

pub(super) async fn work(work: &WebexWork) -> Result<usize, StoreError> {
    let now = work.clock.now();
    let due = reports::lease(&work.store, now, now + LEASE, IN_HAND).await?;
    // One after another: a start comes before its end.
    for due in &due {
        let outcome = look_at(work, due).await.unwrap_or_else(|error| {
            tracing::warn!(%error, tries = due.tries, "a report of Webex could not be worked on");
            Outcome::Again
        });
        if let Err(error) = record(work, due, outcome).await {
            tracing::warn!(%error, "what became of a report of Webex could not be recorded");
        }
    }
    if due.is_empty() {
        reports::forget(&work.store, now).await?;
    } else {
        // There may be more.
        work.bell.notify_one();
    }
    Ok(due.len())
}

async fn record(work: &WebexWork, due: &Due, outcome: Outcome) -> Result<(), StoreError> {
    let now = work.clock.now();
    let pause = SignedDuration::from_secs(i64::from(due.tries) * 2);
    match outcome {
        Outcome::Again if due.tries < MOST_TRIES => return reports::put_off(&work.store, due, now + pause).await,
        Outcome::Later(asked) if now < due.report.at + PATIENCE => {
            let until = now + pause.min(LONGEST).max(asked.unwrap_or(SignedDuration::ZERO));
            return reports::later(&work.store, due, until).await;
        }
        Outcome::Again | Outcome::Later(_) => tracing::error!(tries = due.tries, "a report of Webex is given up"),
        Outcome::Done => {}
    }
    reports::done(&work.store, &due.report.digest, now).await
}

async fn look_at(work: &WebexWork, due: &Due) -> Result<Outcome, StoreError> {
    if let Ok(own) = due.report.what.parse::<Own>() {
        return act(work, due, own).await;
    }
    let Ok(what) = due.report.what.parse::<Report>() else { return Ok(Outcome::Done) };
    let Some(visit) = meetings::visit_of(&work.store, series_of(&due.report.meeting)).await? else {
        return Ok(if due.tries < TRIES { Outcome::Again } else { Outcome::Done });
    };
    let Some(standing) = meetings::of_visit(&work.store, visit).await? else { return Ok(Outcome::Done) };
    meetings::changed(&work.store, visit, due.report.at).await?;
    metrics::counter!("antesala_webex_reports_total", "report" => what.as_str()).increment(1);
    match what {
        Report::MeetingStarted => give(work, visit, &standing, |by| Command::HostStarted { by }).await,
        Report::MeetingEnded => {
            work.hub.in_meeting(visit, InMeeting::Nobody).await;
            let start = Report::MeetingStarted.as_str();
            if own::has_closed(&work.store, series_of(&due.report.meeting), due, start).await? {
                return Ok(Outcome::Done);
            }
            give(work, visit, &standing, |by| Command::HostEnded { by }).await
        }
        Report::Joined => {
            if let Some(seat) = seat_of(work, visit, &standing, due.report.email.as_deref()).await? {
                work.hub.in_meeting(visit, InMeeting::Joined(seat)).await;
            }
            match letting_in::admit_those_who_may(work, visit, &standing).await {
                Err(Failure::Store(error)) => Err(error),
                Err(failure) if passes(failure.obstacle()) => Ok(Outcome::Later(failure.after())),
                // Staff in the call can let people in by hand where this is refused; the client has logged why.
                Ok(()) | Err(_) => Ok(Outcome::Done),
            }
        }
        Report::Left => {
            if let Some(seat) = seat_of(work, visit, &standing, due.report.email.as_deref()).await? {
                work.hub.in_meeting(visit, InMeeting::Left(seat)).await;
            }
            Ok(Outcome::Done)
        }
    }
}

/// Something the house has to do itself.
async fn act(work: &WebexWork, due: &Due, own: Own) -> Result<Outcome, StoreError> {
    let visit = meetings::visit_of(&work.store, &due.report.meeting).await?;
    let sent = match visit {
        Some(visit) => match meetings::of_visit(&work.store, visit).await? {
            Some(standing) => sending_out::carry_out(work, own, visit, &standing).await?,
            None => Sent::NotDone,
        },
        None => Sent::NotDone,
    };
    match sent {
        Sent::Done => Ok(Outcome::Done),
        Sent::Again(pause) => Ok(Outcome::Later(pause)),
        Sent::NotDone => {
            own::withdraw(&work.store, due).await?;
            Ok(Outcome::Done)
        }
    }
}

/// Whether what hinders letting people in is over by itself.
const fn passes(obstacle: Obstacle) -> bool {
    matches!(obstacle, Obstacle::NotFound | Obstacle::Busy | Obstacle::Down | Obstacle::Lost | Obstacle::SignedOut)
}

/// Gives a command in the name of whoever started the meeting, or else of the visit's doctor.
async fn give(
    work: &WebexWork,
    visit: ConsultationId,
    standing: &Standing,
    command: impl Fn(Operator) -> Command,
) -> Result<Outcome, StoreError> {
    for member in conductors(work, visit, standing).await? {
        match work.hub.command(visit, CommandId::mint(), command(member.operator())).await {
            Err(HubError::Unavailable) => return Ok(Outcome::Again),
            // Somebody who conducts it no longer; or it is over, and nothing is left to do.
            Err(_) => {}
            Ok(_) => return Ok(Outcome::Done),
        }
    }
    tracing::warn!(consultation = %visit, "a host did something at Webex that nobody here may do");
    Ok(Outcome::Done)
}

async fn conductors(
    work: &WebexWork,
    visit: ConsultationId,
    standing: &Standing,
) -> Result<Vec<StaffMember>, StoreError> {
    let doctor = consultations::find(&work.store, visit).await?.and_then(|stored| stored.visit.doctor);
    let mut found = Vec::new();
    for id in [standing.starter, doctor].into_iter().flatten() {
        found.extend(staff::find(&work.store, id).await?);
    }
    Ok(found)
}

async fn seat_of(
    work: &WebexWork,
    visit: ConsultationId,
    standing: &Standing,
    email: Option<&str>,
) -> Result<Option<ParticipantId>, StoreError> {
    let Some(email) = email else { return Ok(None) };
    if let Some(seat) = guests::seat_of(&work.store, visit, email).await? {
        return Ok(Some(seat));
    }
    let host = standing.kept.as_ref().and_then(|kept| kept.host.as_deref());
    if !host.is_some_and(|host| host.eq_ignore_ascii_case(email)) {
        return Ok(None);
    }
    let stored = consultations::find(&work.store, visit).await?;
    let doctors =
        stored.and_then(|stored| stored.visit.participants.into_iter().find(|seat| seat.kind == Kind::Doctor));
    Ok(doctors.map(|seat| seat.id))
}
