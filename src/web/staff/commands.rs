//! What staff command in a visit: each a resource that is posted to, answered as [`super::answer`] says.
//!
//! Parses, asks the hub, answers. Never decides whether a command is allowed.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::SignedDuration;
use serde_json::json;

use super::answer::{Wants, json_sentence, refusal_key, see_other, see_other_saying};
use super::forms::pairs::Pairs;
use super::views::card::Origin;
use super::views::shell;
use crate::domain::consultation::{Command, Whom};
use crate::domain::ids::{CommandId, ConsultationId, ParticipantId};
use crate::domain::staff::Operator;
use crate::hub::HubError;
use crate::text::Texts;
use crate::web::guard::SignedIn;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// Every form of a card.
pub type CardForm = web::Form<Vec<(String, String)>>;

/// The longest extension at once, in minutes.
const LONGEST_EXTENSION: i64 = 24 * 60;

/// `POST /consultations/{id}/session`: open the door.
///
/// # Errors
/// [`Problem`].
pub async fn start(
    site: web::Data<Site>,
    signed_in: SignedIn,
    request: HttpRequest,
    id: PathId<ConsultationId>,
    form: CardForm,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(&site, &signed_in, &request, id, form);
    asked.give(Command::Start { by: asked.by() }, "done-start").await
}

/// `POST /consultations/{id}/admissions`: let in one (`participant`), or everyone who waits.
///
/// # Errors
/// [`Problem`].
pub async fn admit(
    site: web::Data<Site>,
    signed_in: SignedIn,
    request: HttpRequest,
    id: PathId<ConsultationId>,
    form: CardForm,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(&site, &signed_in, &request, id, form);
    let whom = match asked.seat("participant") {
        Some(seat) => Whom::One(seat),
        None if asked.form.has("participant") => return Ok(asked.malformed()),
        None => Whom::Everyone,
    };
    asked.give(Command::Admit { by: asked.by(), whom }, "done-admit").await
}

/// `POST /consultations/{id}/holds`: back to the lobby.
///
/// # Errors
/// [`Problem`].
pub async fn hold(
    site: web::Data<Site>,
    signed_in: SignedIn,
    request: HttpRequest,
    id: PathId<ConsultationId>,
    form: CardForm,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(&site, &signed_in, &request, id, form);
    let Some(participant) = asked.seat("participant") else { return Ok(asked.malformed()) };
    asked.give(Command::Hold { by: asked.by(), participant }, "done-hold").await
}

/// `POST /consultations/{id}/removals`: send somebody away.
///
/// # Errors
/// [`Problem`].
pub async fn remove(
    site: web::Data<Site>,
    signed_in: SignedIn,
    request: HttpRequest,
    id: PathId<ConsultationId>,
    form: CardForm,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(&site, &signed_in, &request, id, form);
    let Some(participant) = asked.seat("participant") else { return Ok(asked.malformed()) };
    asked.give(Command::Remove { by: asked.by(), participant }, "done-remove").await
}

/// `POST /consultations/{id}/extensions`: links live `minutes` longer.
///
/// # Errors
/// [`Problem`].
pub async fn extend(
    site: web::Data<Site>,
    signed_in: SignedIn,
    request: HttpRequest,
    id: PathId<ConsultationId>,
    form: CardForm,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(&site, &signed_in, &request, id, form);
    let minutes = asked.form.one("minutes").parse().ok().filter(|minutes| (1..=LONGEST_EXTENSION).contains(minutes));
    let Some(minutes) = minutes else { return Ok(asked.malformed()) };
    asked.give(Command::Extend { by: asked.by(), by_how_much: SignedDuration::from_mins(minutes) }, "done-extend").await
}

/// `POST /consultations/{id}/ending`: close it for everyone.
///
/// # Errors
/// [`Problem`].
pub async fn end(
    site: web::Data<Site>,
    signed_in: SignedIn,
    request: HttpRequest,
    id: PathId<ConsultationId>,
    form: CardForm,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(&site, &signed_in, &request, id, form);
    asked.give(Command::End { by: asked.by() }, "done-end").await
}

/// `POST /consultations/{id}/cancellation`: call it off.
///
/// # Errors
/// [`Problem`].
pub async fn cancel(
    site: web::Data<Site>,
    signed_in: SignedIn,
    request: HttpRequest,
    id: PathId<ConsultationId>,
    form: CardForm,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(&site, &signed_in, &request, id, form);
    asked.give(Command::Cancel { by: asked.by() }, "done-cancel").await
}

/// `POST /consultations/{id}/links`: send somebody a new link (`renew`), or the same one `again`.
///
/// # Errors
/// [`Problem`].
pub async fn send_link(
    site: web::Data<Site>,
    signed_in: SignedIn,
    request: HttpRequest,
    id: PathId<ConsultationId>,
    form: CardForm,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(&site, &signed_in, &request, id, form);
    let by = asked.by();
    match (asked.seat("renew"), asked.seat("again")) {
        (Some(participant), None) => {
            asked.give(Command::RenewLink { by, participant, lifetime: site.link_window.lifetime }, "done-renew").await
        }
        (None, Some(participant)) => asked.give(Command::ResendLink { by, participant }, "done-again").await,
        _ => Ok(asked.malformed()),
    }
}

/// A command as it came to the door.
struct Asked<'a> {
    site: &'a Site,
    signed_in: &'a SignedIn,
    texts: Texts,
    wants: Wants,
    visit: ConsultationId,
    form: Pairs,
}

impl<'a> Asked<'a> {
    fn read(
        site: &'a Site,
        signed_in: &'a SignedIn,
        request: &HttpRequest,
        id: PathId<ConsultationId>,
        form: CardForm,
    ) -> Self {
        Self {
            site,
            signed_in,
            texts: Texts::of(signed_in.member.language),
            wants: Wants::of(request),
            visit: id.0,
            form: form.into_inner().into(),
        }
    }

    fn by(&self) -> Operator {
        self.signed_in.member.operator()
    }

    fn seat(&self, field: &str) -> Option<ParticipantId> {
        self.form.one(field).parse().ok()
    }

    async fn give(&self, command: Command, done: &str) -> Result<HttpResponse, Problem> {
        let id = self.form.one("command").parse().unwrap_or_else(|_| CommandId::mint());
        let (is_start, is_end) = (matches!(command, Command::Start { .. }), matches!(command, Command::End { .. }));
        match self.site.hub.command(self.visit, id, command).await {
            Ok(rev) if self.wants == Wants::Json => Ok(HttpResponse::Ok().json(json!({ "rev": rev }))),
            Ok(_) if is_start && shell::start_leads_to(self.signed_in.member.role).is_some() => {
                Ok(see_other(&self.call()))
            }
            Ok(_) => {
                let said = self.texts.with(done, &[("minutes", self.form.one("minutes").into())]);
                let to = if is_end { self.landing() } else { self.back() };
                Ok(see_other_saying(self.site, &to, &said))
            }
            Err(HubError::Refused(refusal)) => Ok(self.say(StatusCode::CONFLICT, refusal_key(refusal))),
            Err(HubError::NotFound) if self.wants == Wants::Json => {
                Ok(self.say(StatusCode::NOT_FOUND, "refusal-not-found"))
            }
            Err(HubError::Unavailable) => Ok(self.say(StatusCode::SERVICE_UNAVAILABLE, "refusal-unavailable")),
            Err(error) => Err(error.into()),
        }
    }

    fn malformed(&self) -> HttpResponse {
        self.say(StatusCode::UNPROCESSABLE_ENTITY, "form-malformed")
    }

    fn say(&self, status: StatusCode, key: &str) -> HttpResponse {
        let sentence = self.texts.get(key);
        match self.wants {
            Wants::Json => json_sentence(status, &sentence, &[]),
            Wants::Page => see_other_saying(self.site, &self.back(), &sentence),
        }
    }

    /// The page the form stood on.
    fn back(&self) -> String {
        match self.form.one("from").parse() {
            Ok(Origin::Board) => shell::Place::Board.path().to_owned(),
            Ok(Origin::Visits) => shell::Place::Visits.path().to_owned(),
            Ok(Origin::Ward) => shell::Place::Ward.path().to_owned(),
            Ok(Origin::Call) => self.call(),
            Err(_) => self.landing(),
        }
    }

    fn landing(&self) -> String {
        shell::landing(self.signed_in.member.role).to_owned()
    }

    fn call(&self) -> String {
        format!("/consultations/{}/call", self.visit)
    }
}
