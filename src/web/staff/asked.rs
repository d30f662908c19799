//! A command as it came to the door, and the answer: JSON for scripts, a redirect with a sentence for plain forms.
//!
//! Never decides whether a command is allowed: a refusal of the hub becomes its sentence.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{Error, FromRequest, HttpRequest, HttpResponse, web};
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Builder;

use super::answer::{Wants, json_sentence, refusal_key, see_other, see_other_saying};
use super::forms::pairs::Pairs;
use super::messages::resend_link_from;
use super::pages::here;
use super::views::card::Origin;
use super::views::messages::again_in;
use super::views::shell;
use crate::domain::consultation::{Command, Phase, Refusal};
use crate::domain::ids::{CommandId, ConsultationId, ParticipantId};
use crate::domain::meeting::Obstacle;
use crate::domain::schedule::LinkWindow;
use crate::domain::service::Engine;
use crate::domain::staff::Operator;
use crate::hub::HubError;
use crate::providers::sms::Reach;
use crate::providers::video::{Circuit, Video};
use crate::store::consultations;
use crate::text::Texts;
use crate::web::guard::SignedIn;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// The fields by which two commands of one form, posted to one address, differ.
const OF_BUTTONS: [&str; 6] = ["participant", "minutes", "renew", "again", "engine", "invite"];

/// A command as it came to the door.
pub struct Asked {
    site: web::Data<Site>,
    signed_in: SignedIn,
    texts: Texts,
    wants: Wants,
    visit: ConsultationId,
    form: Pairs,
    path: String,
}

impl Asked {
    /// Who asks.
    #[must_use]
    pub fn by(&self) -> Operator {
        self.signed_in.member.operator()
    }

    /// The value of a field; empty where there is none.
    #[must_use]
    pub fn one(&self, field: &str) -> &str {
        self.form.one(field)
    }

    /// Whether the form has a field.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.form.has(field)
    }

    /// The seat a field names.
    #[must_use]
    pub fn seat(&self, field: &str) -> Option<ParticipantId> {
        self.form.one(field).parse().ok()
    }

    /// When links go out, and how long they last.
    #[must_use]
    pub fn link_window(&self) -> LinkWindow {
        self.site.hospital().links
    }

    /// How far text messages go.
    #[must_use]
    pub fn reach(&self) -> Reach {
        self.site.sending.reach
    }

    /// Gives the command to the hub and answers; `done` is the key of what the page then says.
    ///
    /// # Errors
    /// [`Problem`].
    pub async fn give(&self, command: Command, done: &str) -> Result<HttpResponse, Problem> {
        let id = id_of_button(&self.path, &self.form).unwrap_or_else(CommandId::mint);
        let (is_start, is_end) = (matches!(command, Command::Start { .. }), matches!(command, Command::End { .. }));
        match self.site.hub.command(self.visit, id, command).await {
            Ok(rev) if self.wants == Wants::Json => {
                Ok(HttpResponse::Ok().json(json!({ "rev": rev, "sentence": self.said(done) })))
            }
            Ok(_) if is_start && shell::start_leads_to(self.signed_in.member.role).is_some() => {
                Ok(see_other(&self.call()))
            }
            Ok(_) => {
                let to = if is_end { self.landing() } else { self.back() };
                Ok(see_other_saying(&self.site, &to, &self.said(done)))
            }
            Err(HubError::Refused(refusal)) => Ok(self.say(StatusCode::CONFLICT, refusal_key(refusal))),
            Err(HubError::NotFound) if self.wants == Wants::Json => {
                Ok(self.say(StatusCode::NOT_FOUND, "refusal-not-found"))
            }
            Err(HubError::Unavailable) => Ok(self.say(StatusCode::SERVICE_UNAVAILABLE, "refusal-unavailable")),
            Err(error) => Err(error.into()),
        }
    }

    /// From when on a link may be sent to this seat once more; none is now. A button that was pressed before, whose answer
    /// was lost, is answered again.
    ///
    /// # Errors
    /// [`Problem`].
    pub async fn resend_from(&self, seat: ParticipantId) -> Result<Option<Timestamp>, Problem> {
        let store = &self.site.store;
        let Some(from) = resend_link_from(store, seat, self.site.clock.now()).await? else { return Ok(None) };
        let done = consultations::commands_of(store, self.visit).await?;
        let was_pressed = id_of_button(&self.path, &self.form).is_some_and(|id| done.contains(&id));
        Ok((!was_pressed).then_some(from))
    }

    /// The answer to whoever saw another appointment than the visit has by now: what others changed is shown, not undone.
    ///
    /// # Errors
    /// [`Problem`].
    pub async fn saw_another_hour(&self) -> Result<Option<HttpResponse>, Problem> {
        let Ok(seen) = self.one("seen").parse::<Timestamp>() else { return Ok(None) };
        let stored = self.site.hub.stored(self.visit).await?;
        let is_another = stored.visit.starts_at != seen && stored.visit.phase == Phase::Scheduled;
        Ok(is_another.then(|| self.say(StatusCode::CONFLICT, refusal_key(Refusal::Changed))))
    }

    /// The answer to whoever has to wait until then.
    #[must_use]
    pub fn wait_until(&self, from: Timestamp) -> HttpResponse {
        let here = here(&self.site, &self.signed_in);
        self.say_sentence(StatusCode::CONFLICT, &again_in(self.texts, &here, "resend-wait", from))
    }

    /// What keeps an engine from carrying the visit now. Nothing keeps the one that carries it already.
    ///
    /// # Errors
    /// [`Problem`].
    pub async fn hindrance(&self, to: Engine) -> Result<Option<Obstacle>, Problem> {
        let hub = &self.site.hub;
        if hub.stored(self.visit).await?.visit.engine == to {
            return Ok(None);
        }
        Ok(match hub.engines().of(to).map(Video::health) {
            None => Some(Obstacle::NotSetUp),
            Some(Circuit::Open { .. }) => Some(Obstacle::Down),
            Some(Circuit::Closed | Circuit::Trying) => None,
        })
    }

    /// The answer where an engine cannot carry the visit now; nothing has changed.
    #[must_use]
    pub fn hindered(&self, obstacle: Obstacle) -> HttpResponse {
        self.say(StatusCode::SERVICE_UNAVAILABLE, &format!("webex-obstacle-{obstacle}"))
    }

    /// The answer to a form that lacks what its command needs.
    #[must_use]
    pub fn malformed(&self) -> HttpResponse {
        self.say(StatusCode::UNPROCESSABLE_ENTITY, "form-malformed")
    }

    fn said(&self, done: &str) -> String {
        self.texts.with(done, &[("minutes", self.form.one("minutes").into())])
    }

    fn say(&self, status: StatusCode, key: &str) -> HttpResponse {
        self.say_sentence(status, &self.texts.get(key))
    }

    fn say_sentence(&self, status: StatusCode, sentence: &str) -> HttpResponse {
        match self.wants {
            Wants::Json => json_sentence(status, sentence, &[]),
            Wants::Page => see_other_saying(&self.site, &self.back(), sentence),
        }
    }

    /// The page the form stood on.
    fn back(&self) -> String {
        match self.form.one("from").parse() {
            Ok(Origin::Board) => shell::Place::Board.path().to_owned(),
            Ok(Origin::Visits) => shell::Place::Visits.path().to_owned(),
            Ok(Origin::Ward) => shell::Place::Ward.path().to_owned(),
            Ok(Origin::Call) => self.call(),
            Ok(Origin::Visit) => format!("/consultations/{}", self.visit),
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

/// One id for each button of a form, and for each choice in it: two of them pressed before the page has changed are two
/// commands, one pressed twice is one.
pub(super) fn id_of_button(path: &str, form: &Pairs) -> Option<CommandId> {
    let shared = form.one("command").parse::<CommandId>().ok()?;
    let mut button = Sha256::new_with_prefix(shared.as_bytes());
    button.update(path);
    for field in OF_BUTTONS {
        for value in form.all(field) {
            button.update([0]);
            button.update(value);
        }
        button.update([1]);
    }
    let digest: [u8; 32] = button.finalize().into();
    Builder::from_random_bytes(*digest.first_chunk()?).into_uuid().to_string().parse().ok()
}

impl FromRequest for Asked {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let door = <(web::Data<Site>, SignedIn, PathId<ConsultationId>)>::extract(request);
        let form = web::Form::<Vec<(String, String)>>::from_request(request, payload);
        let wants = Wants::of(request);
        let path = request.path().to_owned();
        Box::pin(async move {
            let (site, signed_in, PathId(visit)) = door.await?;
            let texts = Texts::of(signed_in.member.language);
            Ok(Self { site, signed_in, texts, wants, visit, form: form.await?.into_inner().into(), path })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_button_of_a_card_is_a_command_of_its_own() {
        let card = Pairs::default().with("command", CommandId::mint().to_string());
        let admit = |seat: &str| id_of_button("/consultations/1/admissions", &card.clone().with("participant", seat));
        assert_eq!(admit("a"), admit("a"), "pressed twice");
        assert_ne!(admit("a"), admit("b"));
        assert_ne!(admit("a"), id_of_button("/consultations/1/holds", &card.clone().with("participant", "a")));
        assert_ne!(
            id_of_button("/consultations/1/links", &card.clone().with("renew", "a")),
            id_of_button("/consultations/1/links", &card.clone().with("again", "a"))
        );
        assert_eq!(id_of_button("/consultations/1/ending", &Pairs::default()), None);
    }
}
