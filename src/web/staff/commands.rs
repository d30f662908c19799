//! What staff command in a visit: each a resource that is posted to, answered as [`super::asked`] says.
//!
//! Parses, asks the hub, answers. Never decides whether a command is allowed.

use actix_web::HttpResponse;
use jiff::SignedDuration;

use super::asked::Asked;
use crate::domain::consultation::{Command, Whom};
use crate::domain::service::Engine;
use crate::providers::sms::Reach;
use crate::web::problem::Problem;

/// The longest extension at once, in minutes.
const LONGEST_EXTENSION: i64 = 24 * 60;

/// `POST /consultations/{id}/session`: open the door.
///
/// # Errors
/// [`Problem`].
pub async fn start(asked: Asked) -> Result<HttpResponse, Problem> {
    asked.give(Command::Start { by: asked.by() }, "done-start").await
}

/// `POST /consultations/{id}/admissions`: let in one (`participant`), or everyone who waits.
///
/// # Errors
/// [`Problem`].
pub async fn admit(asked: Asked) -> Result<HttpResponse, Problem> {
    let whom = match asked.seat("participant") {
        Some(seat) => Whom::One(seat),
        None if asked.has("participant") => return Ok(asked.malformed()),
        None => Whom::Everyone,
    };
    asked.give(Command::Admit { by: asked.by(), whom }, "done-admit").await
}

/// `POST /consultations/{id}/holds`: back to the lobby.
///
/// # Errors
/// [`Problem`].
pub async fn hold(asked: Asked) -> Result<HttpResponse, Problem> {
    let Some(participant) = asked.seat("participant") else { return Ok(asked.malformed()) };
    asked.give(Command::Hold { by: asked.by(), participant }, "done-hold").await
}

/// `POST /consultations/{id}/removals`: send somebody away.
///
/// # Errors
/// [`Problem`].
pub async fn remove(asked: Asked) -> Result<HttpResponse, Problem> {
    let Some(participant) = asked.seat("participant") else { return Ok(asked.malformed()) };
    asked.give(Command::Remove { by: asked.by(), participant }, "done-remove").await
}

/// `POST /consultations/{id}/extensions`: links live `minutes` longer.
///
/// # Errors
/// [`Problem`].
pub async fn extend(asked: Asked) -> Result<HttpResponse, Problem> {
    let minutes = asked.one("minutes").parse().ok().filter(|minutes| (1..=LONGEST_EXTENSION).contains(minutes));
    let Some(minutes) = minutes else { return Ok(asked.malformed()) };
    asked.give(Command::Extend { by: asked.by(), by_how_much: SignedDuration::from_mins(minutes) }, "done-extend").await
}

/// `POST /consultations/{id}/delays`: it begins `minutes` late.
///
/// # Errors
/// [`Problem`].
pub async fn run_late(asked: Asked) -> Result<HttpResponse, Problem> {
    let Ok(lateness) = asked.one("minutes").parse() else { return Ok(asked.malformed()) };
    let (by, window) = (asked.by(), asked.link_window());
    asked.give(Command::RunLate { by, lateness, window }, "done-late").await
}

/// `POST /consultations/{id}/ending`: close it for everyone.
///
/// # Errors
/// [`Problem`].
pub async fn end(asked: Asked) -> Result<HttpResponse, Problem> {
    asked.give(Command::End { by: asked.by() }, "done-end").await
}

/// `POST /consultations/{id}/engine`: let another `engine` carry it.
///
/// # Errors
/// [`Problem`].
pub async fn switch(asked: Asked) -> Result<HttpResponse, Problem> {
    let Ok(to) = asked.one("engine").parse::<Engine>() else { return Ok(asked.malformed()) };
    if let Some(obstacle) = asked.hindrance(to).await? {
        return Ok(asked.hindered(obstacle));
    }
    let done = match to {
        Engine::Direct => "done-to-direct",
        Engine::Webex => "done-to-webex",
    };
    asked.give(Command::SwitchEngine { by: asked.by(), to }, done).await
}

/// `POST /consultations/{id}/cancellation`: call it off; where the page says which appointment was `seen`, that one only.
///
/// # Errors
/// [`Problem`].
pub async fn cancel(asked: Asked) -> Result<HttpResponse, Problem> {
    if let Some(refused) = asked.saw_another_hour().await? {
        return Ok(refused);
    }
    asked.give(Command::Cancel { by: asked.by() }, "done-cancel").await
}

/// `POST /consultations/{id}/links`: send somebody a new link (`renew`), or the same one `again`.
///
/// # Errors
/// [`Problem`].
pub async fn send_link(asked: Asked) -> Result<HttpResponse, Problem> {
    let by = asked.by();
    let [renewed, repeated] = match asked.reach() {
        Reach::House => ["done-renew-by-hand", "done-again-by-hand"],
        Reach::World => ["done-renew", "done-again"],
    };
    match (asked.seat("renew"), asked.seat("again")) {
        (Some(participant), None) => {
            asked.give(Command::RenewLink { by, participant, window: asked.link_window() }, renewed).await
        }
        (None, Some(participant)) => match asked.resend_from(participant).await? {
            Some(from) => Ok(asked.wait_until(from)),
            None => asked.give(Command::ResendLink { by, participant }, repeated).await,
        },
        _ => Ok(asked.malformed()),
    }
}
