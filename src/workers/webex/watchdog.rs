//! Sees to it that Webex reports here: registers what is missing, revives what was disabled, and removes what is double or
//! goes to an address this house no longer has.
//!
//! Never touches a webhook that is not this house's.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{WebexWork, every};
use crate::providers::video::Trouble;
use crate::providers::video::webex::webhooks::Report;

/// How often it looks.
const PAUSE: Duration = Duration::from_secs(120);

/// How soon it looks again while something is wrong.
const SOON: Duration = Duration::from_secs(10);

pub(super) async fn run(work: &WebexWork, shutdown: impl Future<Output = ()>) {
    let step = || async {
        while let Err(trouble) = watch(work).await {
            tracing::warn!(%trouble, "Webex may not report here; trying again");
            tokio::time::sleep(SOON).await;
        }
    };
    let mut shutdown = std::pin::pin!(shutdown);
    tokio::select! {
        biased;
        () = &mut shutdown => {}
        () = async {
            // Before the house is signed in there is nothing to ask.
            work.webex.bearer().arrives().await;
            every(PAUSE, None, std::future::pending(), step).await;
        } => {}
    }
}

pub(super) async fn watch(work: &WebexWork) -> Result<(), Trouble> {
    let house = work.target.rsplit_once('/').map_or(work.target.as_str(), |(house, _)| house);
    let ours = |target: &str| target.strip_prefix(house).is_some_and(|rest| rest.starts_with('/'));
    let mut seen = BTreeSet::new();
    for webhook in work.webex.webhooks().await? {
        let Some(target) = webhook.target_url.as_deref().filter(|target| ours(target)) else { continue };
        let Some(report) = webhook.report().filter(|report| target == work.target && !seen.contains(report)) else {
            work.webex.unregister(&webhook).await?;
            continue;
        };
        seen.insert(report);
        if !webhook.is_active() {
            tracing::warn!(%report, "Webex had stopped reporting; it is asked to go on");
            metrics::counter!("antesala_webex_webhooks_revived_total").increment(1);
            work.webex.revive(&webhook, report, &work.target).await?;
        }
    }
    for report in Report::ALL.iter().filter(|report| !seen.contains(report)) {
        work.webex.register(*report, &work.target).await?;
    }
    metrics::gauge!("antesala_webex_webhooks").set(Report::ALL.len() as f64);
    Ok(())
}
