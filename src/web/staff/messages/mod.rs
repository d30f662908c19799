//! The *Messages* page: what left the house and what will, day by day, and what staff can do where it did not arrive.
//!
//! A reader gets the messages of the visits they may look at, as on their boards. What the address says and nobody can read
//! counts as not said; it holds no name and no number.

pub mod number;
pub mod repeats;
pub mod showings;
pub mod slip;

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::pages::{here, reader};
use super::views::list::PageNumber;
use super::views::messages::{self as view, Counts, Messages, Shown};
use super::views::moment::Here;
use crate::domain::agenda::Stretch;
use crate::domain::ids::{MessageId, ParticipantId};
use crate::domain::message::budget::Budget;
use crate::domain::message::{MessageStatus, pace};
use crate::domain::person::Phone;
use crate::domain::staff::{Role, StaffMember};
use crate::messages::Rendered;
use crate::protocol::board::{Card, May};
use crate::providers::sms::{Reach, digest};
use crate::store::Store;
use crate::store::agenda::Part;
use crate::store::budget as lifts;
use crate::store::outbox::queue;
use crate::store::outbox::{self, Order, StoredMessage, Wanted, Whose, deliveries};
use crate::store::scope::Scope;
use crate::text::Texts;
use crate::web::csrf::FormToken;
use crate::web::flash;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    show: Option<String>,
    day: Option<String>,
    whose: Option<String>,
    page: Option<String>,
}

/// How many messages a page shows.
const ROWS: u32 = 50;

/// The shortest time there is.
const INSTANT: SignedDuration = SignedDuration::from_micros(1);

/// What was sent longer ago makes nobody wait.
const REPEATS_COUNT_FOR: SignedDuration = SignedDuration::from_hours(1);

/// `GET /messages`.
///
/// # Errors
/// [`Problem`].
pub async fn list(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Problem> {
    let (member, here) = (&signed_in.member, here(&site, &signed_in));
    let shown = asked.shown(member, &here);
    let whose = whose(member, shown)?;
    let day = Stretch::of_day(shown.day, &here.time_zone());
    let gone = Stretch { from: day.from, until: day.until.min(here.now + INSTANT) };
    let coming = Stretch { from: day.from.max(here.now + INSTANT), until: day.until };
    let (within, order) = match shown.show {
        view::Filter::Coming => (coming, Order::Next),
        view::Filter::Withdrawn => (day, Order::Latest),
        _ => (gone, Order::Latest),
    };
    let page = PageNumber::read(asked.page.as_deref());
    let wanted = Wanted { whose, within, statuses: shown.show.statuses(), order };
    let part = Part { skipped: page.skipped(ROWS), most: ROWS + 1 };
    let mut rows = outbox::list(&site.store, &wanted, part).await?;
    let leaf = page.cut(&mut rows, ROWS);
    let counts = Counts {
        gone: outbox::count(&site.store, whose, gone).await?,
        coming: outbox::count(&site.store, whose, coming).await?,
    };
    let otherwise = rows.iter().filter(|message| went_otherwise(&site, message)).map(|message| message.id).collect();
    let acts_for = member.operator().acts_for();
    let rows: Vec<Rendered> = rows
        .into_iter()
        .map(|message| {
            // Of visits of other services they see where a message stands, without its link, and are offered nothing.
            let is_welcome = message.is_welcome && acts_for.hold(message.service);
            site.messages.shown(StoredMessage { is_welcome, ..message })
        })
        .collect();
    let notice = flash::take(&request, &site.public_url);
    let page = Messages {
        reader: reader(&signed_in, &token, notice.as_deref()),
        here: &here,
        acts_for,
        shown,
        messages: &rows,
        otherwise: &otherwise,
        waits: &waits(&site.store, &rows, here.now).await?,
        counts: &counts,
        leaf,
        replies: &site.messages.replies(member).await?,
        reach: site.sending.reach,
        budget: standing_budget(&site).await?,
    };
    Ok(layout::page(StatusCode::OK, view::page(&page)))
}

/// Whether a message left, or was shown, with another text than it would now.
fn went_otherwise(site: &Site, message: &StoredMessage) -> bool {
    let is_told = message.has_left || message.status == MessageStatus::Delivered;
    let went_with = message.handed_digest.filter(|_| is_told);
    went_with.is_some_and(|went_with| went_with != digest(&site.messages.written(message).text))
}

/// The day's limit; nothing is counted where nothing leaves the house.
///
/// # Errors
/// [`Problem`].
pub async fn budget(site: &Site) -> Result<Option<Budget>, Problem> {
    let Some(limit) = site.sending.daily.filter(|_| site.sending.reach == Reach::World) else { return Ok(None) };
    let spent = queue::spent(&site.store, site.messages.start_of_today()).await?;
    Ok(Some(Budget { spent, limit }))
}

/// The same, unless an admin has lifted it.
///
/// # Errors
/// [`Problem`].
pub async fn standing_budget(site: &Site) -> Result<Option<Budget>, Problem> {
    let is_lifted = lifts::lifted(&site.store, site.messages.start_of_today()).await?.is_some();
    Ok(budget(site).await?.filter(|_| !is_lifted))
}

/// A sentence for staff about numbers in countries that are not written to; empty when there are none. It names nobody, since
/// it is carried to the next page in a cookie.
#[must_use]
pub fn not_written_to<'a>(site: &Site, texts: Texts, phones: impl IntoIterator<Item = Option<&'a Phone>>) -> String {
    let is_reached = |phone: &Phone| site.sending.reaches(phone);
    let unreached = phones.into_iter().flatten().filter(|phone| !is_reached(phone)).count();
    if unreached == 0 {
        return String::new();
    }
    format!(" {}", texts.with("sending-not-to", &[("count", unreached.into())]))
}

impl Asked {
    /// What is shown to this reader: what is due today, unless something else is asked for.
    fn shown(&self, member: &StaffMember, here: &Here) -> Shown {
        fn read<T: std::str::FromStr>(text: Option<&String>) -> Option<T> {
            text.and_then(|text| text.parse().ok())
        }
        Shown {
            show: read(self.show.as_ref()).unwrap_or(view::Filter::All),
            day: read(self.day.as_ref()).unwrap_or_else(|| here.today()),
            is_own: member.role == Role::Clerk && self.whose.as_deref() == Some("mine"),
        }
    }
}

/// The list that a form of its page leads back to.
fn list_of(form: &super::forms::pairs::Pairs, member: &StaffMember, here: &Here) -> String {
    let asked = web::Query::<Asked>::from_query(form.one("list")).map(web::Query::into_inner).unwrap_or_default();
    asked.shown(member, here).address()
}

fn whose(member: &StaffMember, shown: Shown) -> Result<Whose, Problem> {
    let scope = Scope::of(member).ok_or(Problem::Forbidden)?;
    Ok(if shown.is_own { Whose::BookedBy(member.id) } else { Whose::Within(scope) })
}

/// A message of a visit that the reader may look at, and that visit's card.
async fn found(site: &Site, member: &StaffMember, id: MessageId) -> Result<(StoredMessage, Card), Problem> {
    let message = outbox::find(&site.store, id).await?.ok_or(Problem::NotFound)?;
    let card = site.hub.card_for(member, message.consultation).await?;
    Ok((message, card))
}

/// As [`found`], for those who act for visits of that service.
async fn acted_for(site: &Site, member: &StaffMember, id: MessageId) -> Result<StoredMessage, Problem> {
    let (message, _) = found(site, member, id).await?;
    if member.operator().acts_for().hold(message.service) { Ok(message) } else { Err(Problem::NotFound) }
}

/// As [`found`], for those who may have something sent in that visit.
async fn sendable(site: &Site, member: &StaffMember, id: MessageId) -> Result<(StoredMessage, Card), Problem> {
    let (message, card) = found(site, member, id).await?;
    if !message.is_welcome || !card.may.contains(&May::SendLink) {
        return Err(Problem::NotFound);
    }
    Ok((message, card))
}

/// From when on each of these can be sent again, where that is not now.
async fn waits(store: &Store, messages: &[Rendered], now: Timestamp) -> Result<HashMap<MessageId, Timestamp>, Problem> {
    let mut waits = HashMap::new();
    let mut links: HashMap<ParticipantId, Option<Timestamp>> = HashMap::new();
    for message in messages.iter().filter(|message| view::may_be_sent_again(message)) {
        let from = if !message.template.carries_link() {
            let since = now - REPEATS_COUNT_FOR;
            let sent = deliveries::sent_to(store, message.participant, message.template, since).await?;
            pace::resend_from(&sent, now)
        } else if let Some(known) = links.get(&message.participant) {
            *known
        } else {
            let from = resend_link_from(store, message.participant, now).await?;
            links.insert(message.participant, from);
            from
        };
        waits.extend(from.map(|from| (message.message, from)));
    }
    Ok(waits)
}

/// From when on a link may be sent to this seat once more; none is now.
///
/// # Errors
/// [`Problem`].
pub async fn resend_link_from(
    store: &Store,
    seat: ParticipantId,
    now: Timestamp,
) -> Result<Option<Timestamp>, Problem> {
    let mut sent = deliveries::links_to(store, seat, now - REPEATS_COUNT_FOR).await?;
    sent.retain(|at| *at <= now);
    Ok(pace::resend_from(&sent, now))
}

/// Whether nobody has this message in hand and it is not about to go out by itself.
const fn rests(status: MessageStatus) -> bool {
    !matches!(status, MessageStatus::Pending | MessageStatus::Sending | MessageStatus::Cancelled)
}
