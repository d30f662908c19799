//! One member of staff: added, shown, changed.
//!
//! What another admin changed meanwhile is shown beside the fields and overwritten only by saving once more. Nobody takes
//! their own role away: the store refuses it too.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::webex;
use super::{address, entry};
use crate::auth::{sessions, welcome};
use crate::domain::ids::StaffId;
use crate::domain::staff::{Role, StaffMember};
use crate::store::staff::roster::{self, Entry};
use crate::store::staff::{self, NewStaff, invitations};
use crate::store::wards::{self, Ward};
use crate::store::{Batch, StoreError};
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::staff::caller::Caller;
use crate::web::staff::forms::PageForm;
use crate::web::staff::forms::member as form;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::webex::{self as webex_form, Decision};
use crate::web::staff::views::form::Fault;
use crate::web::staff::views::member::{self as view, AtWebex, MemberPage, Newcomer};
use crate::web::staff::views::welcome::{self as link_view, Link};

/// `GET /staff/new`.
///
/// # Errors
/// [`Problem`].
pub async fn new(caller: Caller) -> Result<HttpResponse, Problem> {
    let hospital = caller.hospital();
    let typed = form::blank(hospital.language, hospital.zone.name());
    let at_webex = webex::read(&caller.site, None).await?;
    let typed = match &at_webex {
        Some(at_webex) => webex_form::blank(typed, &at_webex.usual),
        None => typed,
    };
    let typed = typed.with("id", StaffId::mint().to_string());
    show_new(&caller, at_webex.as_ref(), StatusCode::OK, &typed, &[]).await
}

/// `POST /staff`: adds somebody, and shows the link by which they choose a password.
///
/// # Errors
/// [`Problem`].
pub async fn add(caller: Caller, typed: PageForm) -> Result<HttpResponse, Problem> {
    let typed = Pairs::from(typed.into_inner());
    let site = &caller.site;
    let id = typed.one("id").parse().unwrap_or_else(|_| StaffId::mint());
    let wards = wards::list(&site.store).await?;
    let at_webex = webex::read(site, None).await?;
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let (member, decision) = match read(&caller, at_webex.as_ref(), &typed, id, &wards) {
        Ok(read) => read,
        Err(faults) => return show_new(&caller, at_webex.as_ref(), refused, &typed, &faults).await,
    };
    let now = site.clock.now();
    let (token, invitation) = welcome::draw(id, now);
    let mut batch = Batch::new();
    staff::add(&mut batch, &NewStaff::invited(member.clone(), now));
    invitations::add(&mut batch, &invitation);
    webex::commit(&mut batch, id, None, decision);
    match site.store.write(batch).await {
        Ok(_) => {
            let link = Link { member: &member, token: &token, until: invitation.expires_at, is_new: true };
            let origin = site.public_url.origin();
            Ok(caller.page(StatusCode::OK, link_view::handed_over(caller.reader(), &caller.here(), origin, &link)))
        }
        // The same form came twice: they are added, and their link was shown.
        Err(StoreError::Duplicate) if roster::find(&site.store, id).await?.is_some() => {
            Ok(caller.saying(&address(id), "people-added-already"))
        }
        Err(StoreError::Duplicate) => {
            let fault = Fault::new(caller.texts, "email", "people-email-taken");
            show_new(&caller, at_webex.as_ref(), refused, &typed, &[fault]).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /staff/{id}`.
///
/// # Errors
/// [`Problem`].
pub async fn show(caller: Caller, id: PathId<StaffId>) -> Result<HttpResponse, Problem> {
    let entry = entry(&caller, id.0).await?;
    let typed = match webex::read(&caller.site, Some(id.0)).await? {
        Some(AtWebex { account, usual, .. }) => {
            webex_form::filled(form::filled(&entry.member), account.as_ref(), &usual)
        }
        None => form::filled(&entry.member),
    };
    show_person(&caller, StatusCode::OK, &entry, &typed, &[]).await
}

/// `POST /staff/{id}`: stores what was changed.
///
/// # Errors
/// [`Problem`].
pub async fn edit(caller: Caller, id: PathId<StaffId>, typed: PageForm) -> Result<HttpResponse, Problem> {
    let typed = Pairs::from(typed.into_inner());
    let store = &caller.site.store;
    let before = entry(&caller, id.0).await?;
    let wards = wards::list(store).await?;
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    // Somebody without a way in has nothing there either: that is decided with the door.
    let at_webex = webex::read(&caller.site, Some(id.0)).await?.filter(|_| before.is_active);
    let (member, decision) = match read(&caller, at_webex.as_ref(), &typed, id.0, &wards) {
        Ok(read) => read,
        Err(faults) => return show_person(&caller, refused, &before, &typed, &faults).await,
    };
    if id.0 == caller.id() && member.role != Role::Admin {
        let fault = Fault::new(caller.texts, "role", "people-own-role");
        return show_person(&caller, refused, &before, &typed, &[fault]).await;
    }
    let account = at_webex.as_ref().and_then(|at_webex| at_webex.account.as_ref());
    let at_once = |batch: &mut Batch| webex::commit(batch, id.0, account, decision);
    let rev = typed.one("rev").parse().unwrap_or_default();
    match roster::edit_and(store, caller.id(), &member, rev, at_once).await {
        Ok(()) => {
            close_what_changed(&caller, &before.member, &member).await?;
            Ok(caller.saying(&address(id.0), "people-saved"))
        }
        Err(StoreError::Duplicate) => {
            let fault = Fault::new(caller.texts, "email", "people-email-taken");
            show_person(&caller, refused, &before, &typed, &[fault]).await
        }
        Err(StoreError::Conflict) => show_stale(&caller, &member, &typed, &wards).await,
        Err(error) => Err(error.into()),
    }
}

/// Who the form describes, and what they shall have at Webex.
fn read(
    caller: &Caller,
    at_webex: Option<&AtWebex>,
    typed: &Pairs,
    id: StaffId,
    wards: &[Ward],
) -> Result<(StaffMember, Decision), Vec<Fault>> {
    let member = form::read(typed, caller.texts, id, wards, caller.hospital().zone.name());
    let role = typed.one("role").parse().ok();
    match (member, webex::decide(caller, at_webex, typed, role)) {
        (Ok(member), Ok(decision)) => Ok((member, decision)),
        (member, decision) => {
            let faults = [member.err(), decision.err()];
            Err(faults.into_iter().flatten().flatten().collect())
        }
    }
}

/// Somebody was changed meanwhile: what stands now comes beside what was typed.
async fn show_stale(
    caller: &Caller,
    wanted: &StaffMember,
    typed: &Pairs,
    wards: &[Ward],
) -> Result<HttpResponse, Problem> {
    let now = entry(caller, wanted.id).await?;
    if typed.one("rev") == now.rev.to_string() {
        // It is the asker who changed: no admin any more.
        return Err(Problem::Forbidden);
    }
    let faults = view::meanwhile(caller.texts, wards, &now.member, wanted);
    if faults.is_empty() {
        return Ok(caller.saying(&address(wanted.id), "people-saved"));
    }
    show_person(caller, StatusCode::CONFLICT, &now, typed, &faults).await
}

/// Who has another role or ward sees other visits: pages that are open now must not go on showing the old ones.
async fn close_what_changed(caller: &Caller, before: &StaffMember, after: &StaffMember) -> Result<(), Problem> {
    if (before.role, before.ward) == (after.role, after.ward) {
        return Ok(());
    }
    let open = sessions::of(&caller.site.store, after.id, caller.site.clock.now()).await?;
    let open: Vec<_> = open.iter().map(|session| session.id).collect();
    caller.close(&open).await;
    Ok(())
}

async fn show_new(
    caller: &Caller,
    at_webex: Option<&AtWebex>,
    status: StatusCode,
    typed: &Pairs,
    problems: &[Fault],
) -> Result<HttpResponse, Problem> {
    let wards = wards::list(&caller.site.store).await?;
    let zone = caller.hospital().zone.name();
    let (reader, here) = (caller.reader(), &caller.here());
    let newcomer = Newcomer { reader, typed, problems, wards: &wards, zone, here, at_webex };
    Ok(caller.page(status, view::newcomer(&newcomer)))
}

pub(super) async fn show_person(
    caller: &Caller,
    status: StatusCode,
    entry: &Entry,
    typed: &Pairs,
    problems: &[Fault],
) -> Result<HttpResponse, Problem> {
    let site = &caller.site;
    let (store, id) = (&site.store, entry.member.id);
    let at_webex = webex::read(site, Some(id)).await?;
    let person = MemberPage {
        reader: caller.reader(),
        here: &caller.here(),
        entry,
        typed,
        problems,
        wards: &wards::list(store).await?,
        zone: caller.hospital().zone.name(),
        link_until: invitations::expiry(store, id).await?.filter(|until| *until > site.clock.now()),
        at_webex: at_webex.as_ref(),
        sessions: &sessions::of(store, id, site.clock.now()).await?,
        own_session: caller.signed_in.session,
        coming: &roster::coming_visits(store, id).await?,
        doctors: &staff::doctors(store).await?,
    };
    Ok(caller.page(status, view::page(&person)))
}
