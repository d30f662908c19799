//! Somebody in the lobby asks for a message when it is their turn, or no longer wants one.
//!
//! Never promises what will not be kept: nobody is offered a message where none leaves, nor to a number that asked for none.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use crate::domain::consultation::{Command, Refusal};
use crate::domain::ids::CommandId;
use crate::hub::HubError;
use crate::protocol::seat::Texting;
use crate::store::opt_outs;
use crate::text::Texts;
use crate::web::guard::Seated;
use crate::web::language;
use crate::web::problem::Problem;
use crate::web::requests::accepts_json;
use crate::web::site::Site;

/// What somebody in the lobby wishes.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Wish {
    /// A message when it is their turn.
    Ask,
    /// None any more.
    Withdraw,
}

/// The form.
#[derive(Deserialize)]
pub struct Wished {
    wish: Wish,
}

/// `POST /lobby/{seat}/texts`.
///
/// # Errors
/// [`Problem`].
pub async fn text_me(
    request: HttpRequest,
    site: web::Data<Site>,
    seated: Seated,
    wished: web::Form<Wished>,
) -> Result<HttpResponse, Problem> {
    let Seated(found) = seated;
    let (participant, browser) = (found.participant, found.browser);
    let texts = Texts::of(language::chosen(&request).unwrap_or(found.language));
    let command = match wished.wish {
        Wish::Ask => {
            if let Some(key) = why_not(&site, &seated).await? {
                return Ok(refuse(texts, key));
            }
            Command::AskForText { participant, browser }
        }
        Wish::Withdraw => Command::DeclineText { participant, browser },
    };
    match site.hub.command(found.consultation, CommandId::mint(), command).await {
        Ok(_) if accepts_json(request.headers()) => Ok(HttpResponse::NoContent().finish()),
        Ok(_) => {
            let lobby = format!("/lobby/{participant}");
            Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, lobby)).finish())
        }
        Err(HubError::Refused(Refusal::NoPhone)) => Ok(refuse(texts, "text-me-no-phone")),
        // Where they stand has changed meanwhile: the lobby shows it.
        Err(HubError::Refused(_)) => Ok(refuse(texts, "text-me-not-now")),
        Err(error) => Err(error.into()),
    }
}

/// Why no message would reach this seat.
async fn why_not(site: &Site, Seated(found): &Seated) -> Result<Option<&'static str>, Problem> {
    if site.texting == Texting::Impossible {
        return Ok(Some("text-me-not-now"));
    }
    let stored = site.hub.stored(found.consultation).await?;
    let Some(phone) = stored.visit.participant(found.participant).and_then(|seat| seat.phone.as_ref()) else {
        return Ok(Some("text-me-no-phone"));
    };
    let has_opted_out = opt_outs::since(&site.store, phone).await?.is_some();
    Ok(has_opted_out.then_some("text-me-opted-out"))
}

fn refuse(texts: Texts, key: &str) -> HttpResponse {
    HttpResponse::build(StatusCode::CONFLICT).json(json!({ "sentence": texts.get(key) }))
}
