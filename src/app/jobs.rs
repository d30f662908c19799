//! The jobs that run beside the pages as long as the node does.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::carriers::Carriers;
use crate::clock::Clock;
use crate::hub::Hub;
use crate::messages::Messages;
use crate::store::Store;
use crate::store::hospital::Live;
use crate::telemetry;
use crate::workers::imports::Imports;
use crate::workers::webex::WebexWork;
use crate::workers::webex_notices::Bot;
use crate::workers::webex_people::WebexPeople;
use crate::workers::{imports, outbox, settings, unattended, webex, webex_notices, webex_people};

/// How often metrics are folded.
const METRICS_EVERY: Duration = Duration::from_secs(5);

/// How long a job may take to finish what it has in hand.
const FINISH_WITHIN: Duration = Duration::from_secs(5);

/// What is done at Webex.
pub(super) struct AtWebex {
    /// Meetings, tokens, reports.
    pub(super) work: WebexWork,
    /// Notices, where there is a bot.
    pub(super) bot: Option<Bot>,
}

/// The running jobs.
pub(super) struct Jobs {
    stop: watch::Sender<bool>,
    running: Vec<JoinHandle<()>>,
}

impl Jobs {
    /// Starts all of them.
    pub(super) fn start(
        store: &Store,
        messages: &Messages,
        carriers: Carriers,
        at_webex: Option<AtWebex>,
        hub: &Hub,
        hospital: &Live,
        clock: &Clock,
    ) -> Self {
        let (stop, stopped) = watch::channel(false);
        let told = hub.clone();
        let outbox = outbox::Outbox {
            store: store.clone(),
            messages: messages.clone(),
            texts: carriers.texts,
            mail: carriers.mail,
            limits: carriers.limits,
            clock: clock.clone(),
            on_sent: move |visit| {
                let hub = told.clone();
                async move { hub.refresh(visit).await }
            },
        };
        let unattended = unattended::run(store.clone(), hub.clone(), clock.clone(), until(stopped.clone()));
        let files = Imports { store: store.clone(), clock: clock.clone() };
        let mut running = vec![
            actix_web::rt::spawn(outbox::run(outbox, until(stopped.clone()))),
            actix_web::rt::spawn(unattended),
            actix_web::rt::spawn(imports::run(files, until(stopped.clone()))),
            actix_web::rt::spawn(settings::run(store.clone(), hospital.clone(), until(stopped.clone()))),
            actix_web::rt::spawn(keep_up_metrics(until(stopped.clone()))),
        ];
        if let Some(AtWebex { work, bot }) = at_webex {
            let people = WebexPeople { store: store.clone(), webex: work.webex.clone(), clock: clock.clone() };
            running.push(actix_web::rt::spawn(webex::run(work, until(stopped.clone()))));
            running.push(actix_web::rt::spawn(webex_people::run(people, until(stopped.clone()))));
            running.extend(bot.map(|bot| actix_web::rt::spawn(webex_notices::run(bot, until(stopped)))));
        }
        Self { stop, running }
    }

    /// Stops them; what they have in hand is finished.
    pub(super) async fn stop(self) {
        self.stop.send_replace(true);
        for job in self.running {
            if tokio::time::timeout(FINISH_WITHIN, job).await.is_err() {
                tracing::warn!("a job did not finish in time");
            }
        }
    }
}

async fn until(mut stopped: watch::Receiver<bool>) {
    // The sender lives as long as the node; without it, stopping is right too.
    drop(stopped.wait_for(|stop| *stop).await);
}

async fn keep_up_metrics(stopped: impl Future<Output = ()>) {
    let mut stopped = std::pin::pin!(stopped);
    loop {
        tokio::select! {
            biased;
            () = &mut stopped => return,
            () = tokio::time::sleep(METRICS_EVERY) => telemetry::keep_up(),
        }
    }
}
