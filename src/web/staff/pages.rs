//! The pages staff look at: boards and the call.
//!
//! Never changes anything.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::answer::see_other;
use super::views::board::{self, Board, Code};
use super::views::call;
use super::views::card::Origin;
use super::views::moment::Here;
use super::views::shell::Reader;
use crate::domain::ids::ConsultationId;
use crate::domain::service::Engine;
use crate::protocol::board::Card;
use crate::text::Texts;
use crate::web::csrf::FormToken;
use crate::web::flash;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// `GET /board`.
///
/// # Errors
/// [`Problem`].
pub async fn board(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    cards(&site, &signed_in, &token, &request, Origin::Board).await
}

/// `GET /visits`.
///
/// # Errors
/// [`Problem`].
pub async fn visits(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    cards(&site, &signed_in, &token, &request, Origin::Visits).await
}

/// `GET /ward`.
///
/// # Errors
/// [`Problem`].
pub async fn ward(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    cards(&site, &signed_in, &token, &request, Origin::Ward).await
}

/// `GET /consultations/{id}/call`.
///
/// # Errors
/// [`Problem`].
pub async fn call(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    id: PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    show_call(&site, &signed_in, &token, &request, id.0, Engine::Direct).await
}

/// `GET /consultations/{id}/call/webex`: the same, with what the browser SDK needs.
///
/// # Errors
/// [`Problem`].
pub async fn call_at_webex(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    id: PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    show_call(&site, &signed_in, &token, &request, id.0, Engine::Webex).await
}

/// The call page of one engine; whoever comes to the other's is led on.
async fn show_call(
    site: &Site,
    signed_in: &SignedIn,
    token: &FormToken,
    request: &HttpRequest,
    id: ConsultationId,
    engine: Engine,
) -> Result<HttpResponse, Problem> {
    let card = site.hub.card_for(&signed_in.member, id).await?;
    let carried_by = site.hub.stored(id).await?.visit.engine;
    if carried_by != engine {
        return Ok(see_other(&call::path(id, carried_by)));
    }
    let notice = flash::take(request, &site.public_url);
    let (reader, here) = (reader(signed_in, token, notice.as_deref()), here(site, signed_in));
    let page = match engine {
        Engine::Direct => call::direct(reader, &here, &card),
        Engine::Webex => call::at_webex(reader, &here, &card, site.sdk.as_ref()),
    };
    Ok(layout::page(StatusCode::OK, page))
}

/// Who reads, and when and where.
#[must_use]
pub fn here(site: &Site, signed_in: &SignedIn) -> Here {
    Here { now: site.clock.now(), zone: signed_in.member.zone.clone() }
}

/// Who reads a page.
#[must_use]
pub fn reader<'a>(signed_in: &'a SignedIn, token: &'a FormToken, notice: Option<&'a str>) -> Reader<'a> {
    Reader {
        texts: Texts::of(signed_in.member.language),
        member: &signed_in.member,
        hospital: &signed_in.hospital,
        form_token: token.as_str(),
        notice,
    }
}

async fn cards(
    site: &Site,
    signed_in: &SignedIn,
    token: &FormToken,
    request: &HttpRequest,
    origin: Origin,
) -> Result<HttpResponse, Problem> {
    let today = site.hub.today_for(&signed_in.member).await?;
    let codes = if origin == Origin::Ward { codes(site, &today.cards).await? } else { Vec::new() };
    let notice = flash::take(request, &site.public_url);
    Ok(layout::page(
        StatusCode::OK,
        board::page(&Board {
            reader: reader(signed_in, token, notice.as_deref()),
            here: &here(site, signed_in),
            origin,
            day: today.day,
            cards: &today.cards,
            rest: today.rest,
            codes: &codes,
        }),
    ))
}

/// The links of a ward's open visits, for its own devices.
async fn codes(site: &Site, cards: &[Card]) -> Result<Vec<Code>, Problem> {
    let mut found = Vec::new();
    for card in board::sorted(cards).0 {
        for link in site.messages.links_of(card.consultation).await? {
            found.push(Code {
                kind: link.kind,
                name: link.name.to_string(),
                patient: card.patient.name.to_string(),
                url: link.url,
            });
        }
    }
    Ok(found)
}
