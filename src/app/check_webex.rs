//! The part of `antesala check` that asks Webex: each thing by itself, with what to do about it.
//!
//! Asks only what changes nothing at Webex, but for renewing tokens, which it keeps as the server does.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::start::{link_key, sealer, store_for_command, webex};
use super::terminal::Failure;
use crate::clock::Clock;
use crate::config::{PublicUrl, Settings, WebexHost, WebexSettings};
use crate::domain::meeting::Obstacle;
use crate::domain::person::Email;
use crate::providers::sms::{Finding, can_be_reached_from_outside};
use crate::providers::video::webex::scopes::Permission;
use crate::providers::video::webex::webhooks::Report;
use crate::providers::video::{Trouble, Webex};
use crate::store::webex::tokens;
use crate::web::webex::mark;
use crate::workers::webex::{Keyring, SignIn, keep_signed_in};

/// The smallest file that can be the SDK, in bytes.
const SMALLEST_SDK: u64 = 100_000;

/// What is right and what is not.
///
/// # Errors
/// What keeps the server from starting, too.
pub(super) async fn findings(settings: &Settings, public_url: &PublicUrl) -> Result<Vec<Finding>, Failure> {
    let clock = Clock::system();
    let key = link_key(settings)?;
    let Some(webex) = webex(settings, &key, &clock)? else {
        return Ok(vec![Finding::good("Webex is not set up: calls go from browser to browser.")]);
    };
    let store = store_for_command(settings).await?;
    let ring = Keyring { store, webex: Arc::clone(&webex), sealer: sealer(&key)?, clock: clock.clone() };
    let mut found = vec![sdk(&settings.webex)];
    if let Some(why) = signed_out(&keep_signed_in(&ring).await?) {
        found.push(why);
        return Ok(found);
    }
    if let Some(kept) = tokens::read(&ring.store).await? {
        found.push(age(&kept, clock.now()));
    }
    found.extend(licences(&webex).await);
    found.extend(substitute(&webex, &settings.webex).await);
    found.extend(permissions(&webex).await);
    found.push(webhooks(&webex, public_url).await);
    if webex.has_bot() {
        found.push(bot(&webex, &settings.webex).await);
    }
    Ok(found)
}

/// Why the house is not signed in, and what to do; nothing where it is.
fn signed_out(sign_in: &SignIn) -> Option<Finding> {
    let trouble = match sign_in {
        SignIn::In => return None,
        SignIn::Elsewhere => {
            return Some(Finding::doubtful(
                "The server is renewing the tokens of Webex right now. Run this again in half a minute.",
            ));
        }
        SignIn::Sealed => {
            return Some(Finding::bad(
                "The tokens of Webex were kept with another link key. Run this with the ANTESALA_LINK_KEY or the data \
                 folder of the server.",
            ));
        }
        SignIn::Hindered(trouble) => trouble,
    };
    Some(match (trouble.obstacle, trouble.code.as_deref()) {
        (Obstacle::Down | Obstacle::Lost, _) => Finding::bad(format!(
            "Webex does not answer ({trouble}). Does this machine reach it, and is ANTESALA_WEBEX_URL right? Try again later."
        )),
        (Obstacle::Busy, _) => Finding::bad(patience(trouble)),
        (Obstacle::SignedOut, Some("invalid_client")) => Finding::bad(format!(
            "Webex does not know the service app ({trouble}). Check ANTESALA_WEBEX_CLIENT_ID and \
             ANTESALA_WEBEX_CLIENT_SECRET (docs/webex.md, 2.3)."
        )),
        (Obstacle::SignedOut, _) => Finding::bad(format!(
            "The refresh token has ended, or is none of this service app ({trouble}). Set a new \
             ANTESALA_WEBEX_REFRESH_TOKEN (docs/webex.md, 2.5)."
        )),
        _ => Finding::bad(format!(
            "Webex does not renew the tokens of the service app ({trouble}). Is ANTESALA_WEBEX_URL that of Webex?"
        )),
    })
}

fn age(kept: &tokens::Kept, now: Timestamp) -> Finding {
    let days = |until: Timestamp| until.duration_since(now).as_hours() / 24;
    let (Some((_, access)), Some(refresh)) = (&kept.access, kept.refresh_until) else {
        return Finding::bad("The tokens of the service app were never renewed. Start the server once.");
    };
    let told = format!("the access token lasts {} more days, the refresh token {}", days(*access), days(refresh));
    if refresh.duration_since(now) < tokens::ENDS_SOON {
        return Finding::bad(format!("Signed in to Webex, but {told}: set a new ANTESALA_WEBEX_REFRESH_TOKEN soon."));
    }
    Finding::good(format!("Signed in to Webex; {told}."))
}

/// Scope, site and counts of licences.
async fn licences(webex: &Webex) -> Vec<Finding> {
    let licences = match webex.licences().await {
        Ok(licences) => licences,
        Err(trouble) => return vec![lacks("read licences", "spark-admin:licenses_read", &trouble)],
    };
    let mut found = Vec::new();
    if let Some(site) = webex.site() {
        let is_known = licences.iter().any(|licence| licence.site_url.as_deref() == Some(site));
        found.push(match (is_known, webex.host()) {
            (true, _) => Finding::good(format!("The site {site} belongs to the organisation.")),
            (false, WebexHost::GuestToGuest) => Finding::doubtful(format!(
                "No licence names {site}. A Guest-to-Guest site needs none; is the name right?"
            )),
            (false, WebexHost::Doctor) => Finding::bad(format!(
                "No licence of the organisation is for {site}. Check ANTESALA_WEBEX_SITE in Control Hub, under Services, Meeting."
            )),
        });
    }
    for licence in &licences {
        let name = licence.name.as_deref().unwrap_or(&licence.id);
        let told = format!("{name}: {} of {} taken", licence.consumed_units, licence.total_units);
        found.push(if licence.left() > 0 {
            Finding::good(format!("{told}."))
        } else {
            Finding::doubtful(format!("{told}. The next doctor gets none: order more, or take some back."))
        });
    }
    found
}

/// The host of visits that no doctor conducts.
async fn substitute(webex: &Webex, settings: &WebexSettings) -> Option<Finding> {
    if settings.host == WebexHost::GuestToGuest {
        return Some(Finding::good("Nobody needs a licence: meetings are on a Guest-to-Guest site."));
    }
    let Some(address) = settings.host_email.as_deref().and_then(|email| email.parse::<Email>().ok()) else {
        return Some(Finding::doubtful(
            "Tele-visits have no host at Webex: set ANTESALA_WEBEX_HOST_EMAIL, or let the direct call carry them.",
        ));
    };
    match webex.find_person(&address).await {
        Ok(Some(_)) => Some(Finding::good("The host of tele-visits has an account at Webex.")),
        Ok(None) => Some(Finding::bad(
            "The address in ANTESALA_WEBEX_HOST_EMAIL has no account at Webex: add it in Control Hub.",
        )),
        // What is in the way is said of the permission.
        Err(_) => None,
    }
}

/// What the service app may do, one by one.
async fn permissions(webex: &Webex) -> Vec<Finding> {
    use Permission as P;
    let (reads, changes, has_hosts) = match webex.host() {
        WebexHost::Doctor => ("meeting:admin_schedule_read", "meeting:admin_schedule_write", true),
        WebexHost::GuestToGuest => ("meeting:schedules_read", "meeting:schedules_write", false),
    };
    let mut found = Vec::new();
    if webex.has_issuer() {
        found.push(Finding::good("Guests come from the guest issuer: guest-issuer:write is not needed."));
    } else {
        found.push(permission(webex, P::MakeGuests, "guest-issuer:write", "make guests").await);
    }
    found.push(permission(webex, P::ReadMeetings, reads, "read meetings").await);
    found.push(permission(webex, P::ChangeMeetings, changes, "make and change meetings").await);
    found.push(permission(webex, P::SeeAttendees, "meeting:participants_read", "see who is in a meeting").await);
    found.push(permission(webex, P::MoveAttendees, "meeting:participants_write", "let people in and out").await);
    if has_hosts {
        found.push(permission(webex, P::ReadPeople, "spark-admin:people_read", "look people up").await);
        found.push(permission(webex, P::ChangePeople, "spark-admin:people_write", "give accounts and licences").await);
    }
    found
}

async fn permission(webex: &Webex, permission: Permission, scope: &str, act: &str) -> Finding {
    match webex.may(permission).await {
        Ok(()) => Finding::good(format!("{scope}: the service app may {act}.")),
        Err(trouble) if trouble.obstacle == Obstacle::NoHost => Finding::doubtful(format!(
            "{scope}: could not be asked for, since there is no host to name. Set ANTESALA_WEBEX_HOST_EMAIL."
        )),
        Err(trouble) => lacks(act, scope, &trouble),
    }
}

async fn webhooks(webex: &Webex, public_url: &PublicUrl) -> Finding {
    if !can_be_reached_from_outside(public_url.origin()) {
        return Finding::doubtful(format!(
            "{public_url} is this machine only: Webex cannot report who starts a meeting. Set ANTESALA_PUBLIC_URL."
        ));
    }
    let target = format!("{public_url}/callbacks/webex/{}", mark(webex.webhook_secret()));
    let registered = match webex.webhooks().await {
        Ok(registered) => registered,
        Err(trouble) => {
            return lacks("read webhooks", "the scopes of what Webex reports (meeting:participants_read)", &trouble);
        }
    };
    let active = |report: &&Report| {
        registered.iter().any(|hook| {
            hook.report() == Some(**report) && hook.target_url.as_deref() == Some(&*target) && hook.is_active()
        })
    };
    let count = Report::ALL.iter().filter(active).count();
    if count == Report::ALL.len() {
        return Finding::good(format!("Webex reports to {public_url}/callbacks/webex/."));
    }
    Finding::doubtful(format!(
        "Webex reports {count} of {} things here. The server registers the others within two minutes: is it running?",
        Report::ALL.len()
    ))
}

async fn bot(webex: &Webex, settings: &WebexSettings) -> Finding {
    match webex.bot_is_known().await {
        Ok(()) if settings.bot_room.is_some() => Finding::good("The bot is known at Webex."),
        Ok(()) => Finding::doubtful("The bot is known at Webex, but has no room: set ANTESALA_WEBEX_BOT_ROOM."),
        Err(trouble) => Finding::bad(format!("Webex does not accept ANTESALA_WEBEX_BOT_TOKEN ({trouble}).")),
    }
}

fn sdk(settings: &WebexSettings) -> Finding {
    match (&settings.sdk_file, &settings.sdk_url) {
        (Some(file), _) => sdk_file(file),
        (None, Some(url)) => Finding::good(format!("Browsers take the SDK from {url}, if its digest is right.")),
        (None, None) => Finding::doubtful(
            "There is no browser SDK: people join with Webex's own page. Set ANTESALA_WEBEX_SDK_FILE (docs/webex.md, 5).",
        ),
    }
}

fn sdk_file(file: &Path) -> Finding {
    match std::fs::metadata(file) {
        Ok(about) if about.is_file() && about.len() >= SMALLEST_SDK => {
            Finding::good(format!("The SDK is in {}, {} kB.", file.display(), about.len() / 1000))
        }
        Ok(_) => Finding::bad(format!(
            "{} is not the SDK: take umd/meetings.min.js of the npm package webex.",
            file.display()
        )),
        Err(error) => Finding::bad(format!("The SDK in {} cannot be read: {error}.", file.display())),
    }
}

/// Something that the service app may not do, or that Webex does not answer.
fn lacks(act: &str, scope: &str, trouble: &Trouble) -> Finding {
    match trouble.obstacle {
        Obstacle::Forbidden => Finding::bad(format!(
            "The service app may not {act}. Give it {scope}, and let an administrator authorise it anew ({trouble})."
        )),
        Obstacle::Busy => Finding::bad(patience(trouble)),
        Obstacle::Down | Obstacle::Lost => Finding::bad(format!(
            "Webex does not answer whether the service app may {act} ({trouble}). Try again later."
        )),
        _ => Finding::bad(format!(
            "Webex does not let the service app {act} ({trouble}){}",
            trouble.said.as_deref().map_or_else(|| ".".to_owned(), |said| format!(": {said}"))
        )),
    }
}

fn patience(trouble: &Trouble) -> String {
    let seconds = trouble.after.map_or(5, |after| after.as_secs());
    format!("Webex is busy ({trouble}). Run this again after {seconds} seconds.")
}
