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
use crate::providers::video::webex::webhooks::Report;
use crate::providers::video::{Trouble, Webex};
use crate::store::webex::tokens;
use crate::web::webex::mark;
use crate::workers::webex::{Keyring, keep_signed_in};

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
    if !keep_signed_in(&ring).await? {
        found.push(Finding::bad(
            "Webex does not accept the service app. Check ANTESALA_WEBEX_CLIENT_SECRET, and set a new \
             ANTESALA_WEBEX_REFRESH_TOKEN (docs/webex.md, 2.5).",
        ));
        return Ok(found);
    }
    if let Some(kept) = tokens::read(&ring.store).await? {
        found.push(age(&kept, clock.now()));
    }
    found.extend(licences(&webex).await);
    found.push(substitute(&webex, &settings.webex).await);
    found.push(schedule(&webex).await);
    found.push(webhooks(&webex, public_url).await);
    if webex.has_bot() {
        found.push(bot(&webex, &settings.webex).await);
    }
    Ok(found)
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
        Err(trouble) => return vec![lacks("licences", "spark-admin:licenses_read", &trouble)],
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
async fn substitute(webex: &Webex, settings: &WebexSettings) -> Finding {
    if settings.host == WebexHost::GuestToGuest {
        return Finding::good("Nobody needs a licence: meetings are on a Guest-to-Guest site.");
    }
    let Some(address) = settings.host_email.as_deref().and_then(|email| email.parse::<Email>().ok()) else {
        return Finding::doubtful(
            "Tele-visits have no host at Webex: set ANTESALA_WEBEX_HOST_EMAIL, or let the direct call carry them.",
        );
    };
    match webex.find_person(&address).await {
        Ok(Some(_)) => Finding::good("The host of tele-visits has an account at Webex."),
        Ok(None) => {
            Finding::bad("The address in ANTESALA_WEBEX_HOST_EMAIL has no account at Webex: add it in Control Hub.")
        }
        Err(trouble) => lacks("people", "spark-admin:people_read", &trouble),
    }
}

async fn schedule(webex: &Webex) -> Finding {
    match webex.meetings_in_progress(None).await {
        Ok(_) => Finding::good("Meetings can be read at Webex."),
        Err(trouble) => {
            let scope = match webex.host() {
                WebexHost::Doctor => "meeting:admin_schedule_read and meeting:admin_schedule_write",
                WebexHost::GuestToGuest => "guest-meeting:rw, meeting:schedules_read and meeting:schedules_write",
            };
            lacks("meetings", scope, &trouble)
        }
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
        Err(trouble) => return lacks("webhooks", "those of what it reports: meeting:participants_read", &trouble),
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

/// Something that the service app may not ask, or that Webex does not answer.
fn lacks(what: &str, scope: &str, trouble: &Trouble) -> Finding {
    match trouble.obstacle {
        Obstacle::Forbidden => Finding::bad(format!(
            "The service app may not ask for {what}. Give it {scope}, and let an administrator authorise it anew ({trouble})."
        )),
        Obstacle::Down | Obstacle::Busy | Obstacle::Lost => {
            Finding::bad(format!("Webex does not answer when asked for {what} ({trouble}). Try again later."))
        }
        _ => Finding::bad(format!(
            "Webex refuses to tell {what} ({trouble}){}",
            trouble.said.as_deref().map_or_else(|| ".".to_owned(), |said| format!(": {said}"))
        )),
    }
}
