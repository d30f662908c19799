//! What providers report by themselves: how far a message has come, and what people answered.
//!
//! No browser ever sends these, and no cookie counts here: a report is believed for its signature, or for coming to an
//! address that nobody can guess. One that comes twice, late or out of order changes nothing that it should not; one
//! that says something unknown is acknowledged and forgotten.
//!
//! Never logs a number or a text, and never sends anything by itself.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::problem::Problem;
use super::site::Site;
use crate::domain::ids::MessageId;
use crate::domain::message::Channel;
use crate::domain::message::opt_out::Answer;
use crate::domain::person::Phone;
use crate::providers::sms::signature::{Signed, is_genuine};
use crate::providers::sms::{gateway, pdu, twilio};
use crate::store::numbers::open_visits_with;
use crate::store::outbox;
use crate::store::outbox::reports::{self, Report};
use crate::store::replies::{self, NewReply};

/// Nothing to say back to whoever wrote.
const SILENT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

/// The parameters of a form.
type Pairs = Vec<(String, String)>;

/// `POST /callbacks/twilio/status`.
///
/// # Errors
/// [`Problem::NotFound`] where Twilio is not in use, [`Problem::Forbidden`] without a genuine signature.
pub async fn twilio_status(
    site: web::Data<Site>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let pairs = signed_by_twilio(&site, &request, &body)?;
    let code = one(&pairs, "ErrorCode").filter(|code| *code != "0");
    let message = twilio::message_in(request.query_string());
    let id = one(&pairs, "MessageSid").and_then(|id| id.parse().ok());
    let said = twilio::reported(one(&pairs, "MessageStatus").unwrap_or_default(), code);
    if let (Some(message), Some(id), Some((status, reason))) = (message, id, said) {
        apply(&site, Report { message, id, status, reason, code: code.map(str::to_owned) }).await?;
    }
    Ok(silent())
}

/// `POST /callbacks/twilio/inbound`.
///
/// # Errors
/// As [`twilio_status`].
pub async fn twilio_inbound(
    site: web::Data<Site>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let pairs = signed_by_twilio(&site, &request, &body)?;
    let text = one(&pairs, "Body").unwrap_or_default();
    // Twilio says so where it has kept its own list of words.
    let meaning = match one(&pairs, "OptOutType") {
        Some("STOP") => Answer::Stop,
        Some("START") => Answer::Start,
        _ => Answer::read(text),
    };
    let from = one(&pairs, "From").map(|from| from.strip_prefix("whatsapp:").unwrap_or(from));
    keep(&site, one(&pairs, "MessageSid"), from, text, meaning).await?;
    Ok(silent())
}

/// `POST /callbacks/sms/{secret}`: reports of delivery and answers, from a gateway that signs nothing.
///
/// # Errors
/// [`Problem::NotFound`] at any other address.
pub async fn gateway(
    site: web::Data<Site>,
    request: HttpRequest,
    secret: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let known = site.sending.callbacks.gateway_secret.as_ref().ok_or(Problem::NotFound)?;
    // Comparing hashes takes the same time whichever letter is wrong.
    if Sha256::digest(secret.as_bytes()) != Sha256::digest(known.expose_secret()) {
        return Err(Problem::NotFound);
    }
    // Bytes of a phone may stand there as they are.
    let pairs = pairs(&String::from_utf8_lossy(&body)).unwrap_or_default();
    if let Some(status) = one(&pairs, "message_status") {
        let message = twilio::message_in(request.query_string());
        let id = one(&pairs, "id").and_then(|id| id.parse().ok());
        if let (Some(message), Some(id), Some((status, reason))) = (message, id, gateway::reported(status)) {
            let code = one(&pairs, "err").filter(|code| !code.is_empty() && *code != "000").map(str::to_owned);
            apply(&site, Report { message, id, status, reason, code }).await?;
        }
    } else if let Some(text) = written(&pairs) {
        keep(&site, one(&pairs, "id"), one(&pairs, "from"), &text, Answer::read(&text)).await?;
    }
    Ok(HttpResponse::Ok().content_type("text/plain").body(gateway::ACKNOWLEDGED))
}

async fn apply(site: &Site, report: Report) -> Result<(), Problem> {
    let now = site.clock.now();
    let Some(message) = outbox::find(&site.store, report.message).await? else { return Ok(()) };
    let falls_back = message.channel == Channel::Text && message.email.is_some() && site.sending.callbacks.has_mail;
    let instead = falls_back.then(MessageId::mint);
    if !reports::apply(&site.store, &report, instead, now).await? {
        return Ok(());
    }
    metrics::counter!("antesala_message_reports_total", "status" => report.status.as_str()).increment(1);
    site.hub.refresh(message.consultation).await;
    Ok(())
}

async fn keep(site: &Site, id: Option<&str>, from: Option<&str>, text: &str, meaning: Answer) -> Result<(), Problem> {
    let from = from.and_then(|from| Phone::reported(from).ok());
    let (Some(id), Some(from)) = (id.and_then(|id| id.parse().ok()), from) else { return Ok(()) };
    let reply = NewReply { id, from, text: text.to_owned(), at: site.clock.now() };
    let about = replies::keep(&site.store, &reply, meaning).await?;
    // Whoever stops or starts does so in every visit they are invited to.
    let mut visits =
        if meaning == Answer::Other { Vec::new() } else { open_visits_with(&site.store, &reply.from).await? };
    visits.extend(about.filter(|visit| !visits.contains(visit)));
    for visit in visits {
        site.hub.refresh(visit).await;
    }
    Ok(())
}

/// The form of a request that Twilio signed for our public address.
fn signed_by_twilio(site: &Site, request: &HttpRequest, body: &[u8]) -> Result<Pairs, Problem> {
    let token = site.sending.callbacks.twilio_token.as_ref().ok_or(Problem::NotFound)?;
    let signature = request.headers().get("x-twilio-signature").and_then(|value| value.to_str().ok());
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let url = format!("{}{path}", site.public_url.origin());
    let pairs = is_form(request).then(|| form(body)).flatten();
    let signed = pairs.as_deref().map_or(Signed::Body(body), Signed::Form);
    if !signature.is_some_and(|signature| is_genuine(token, &url, signed, signature)) {
        tracing::warn!("a report without a genuine signature was refused");
        metrics::counter!("antesala_reports_refused_total").increment(1);
        return Err(Problem::Forbidden);
    }
    Ok(pairs.unwrap_or_default())
}

fn is_form(request: &HttpRequest) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"))
}

fn form(body: &[u8]) -> Option<Pairs> {
    pairs(std::str::from_utf8(body).ok()?)
}

fn pairs(form: &str) -> Option<Pairs> {
    web::Query::<Pairs>::from_query(form).ok().map(web::Query::into_inner)
}

/// What somebody wrote, where a gateway hands that on. In `content` are a phone's bytes, in whatever coding it used; they are
/// certain in `binary` only.
fn written(pairs: &Pairs) -> Option<String> {
    let coding = one(pairs, "coding").unwrap_or_default();
    let read = one(pairs, "binary").filter(|bytes| !bytes.is_empty()).and_then(|bytes| pdu::text(coding, bytes));
    read.or_else(|| one(pairs, "content").map(str::to_owned))
}

fn one<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn silent() -> HttpResponse {
    HttpResponse::Ok().content_type("text/xml; charset=utf-8").body(SILENT)
}
