//! Starting a node, running it until it is told to stop, and stopping it so that nobody notices.

use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::available_parallelism;

use actix_web::dev::{Server, ServerHandle};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use jiff::SignedDuration;

use super::carriers::{Carriers, NoCarrier};
use super::jobs::{AtWebex, Jobs};
use super::{listener, server};
use crate::auth::form_token::FormTokens;
use crate::auth::guessing::{Guesses, Limit, Pace};
use crate::auth::links::{LinkKey, LinkKeyError};
use crate::auth::password::Passwords;
use crate::auth::seal::{NotSealed, Sealer};
use crate::clock::Clock;
use crate::config::{PublicUrl, Scheme, Settings, WebexSettings};
use crate::domain::hospital::{HelpPhone, Hospital};
use crate::domain::link::Link;
use crate::domain::schedule::LinkWindow;
use crate::hub::agendas::Agendas;
use crate::hub::boards::Boards;
use crate::hub::{House, Hub};
use crate::messages::Messages;
use crate::protocol::seat::Texting;
use crate::providers::sms::Reach;
use crate::providers::video::webex::setup::WebexConfigError;
use crate::providers::video::{Direct, Engines, IceConfig, IceConfigError, LONGEST_LIFETIME, Webex};
use crate::store::hospital::Live;
use crate::store::postgres::Postgres;
use crate::store::sqlite::Sqlite;
use crate::store::{Store, StoreError, finishing, migrations};
use crate::web::sdk::Sdk;
use crate::web::site::Site;
use crate::web::webex::{Reception, mark};
use crate::workers::webex::WebexWork;
use crate::workers::webex_notices::Bot;

/// The embedded database, in the data folder.
const DATABASE_FILE: &str = "antesala.db";

/// The key links are derived from, in the data folder.
const LINK_KEY_FILE: &str = "link.key";

/// Connections to PostgreSQL.
const POOL: usize = 16;

/// Unknown links one address may try: a ward's own network opens many links, but not unknown ones.
const LINK_GUESSES: Pace = Pace { at_once: 20, then_every: SignedDuration::from_secs(10) };

/// A node that listens.
pub struct Node {
    site: actix_web::web::Data<Site>,
    server: Server,
    port: u16,
    public_url: PublicUrl,
    jobs: Jobs,
}

/// Why a node did not start, in words for whoever started it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder.
    #[error("the data folder {folder} cannot be used")]
    Data {
        /// Which.
        folder: String,
        /// Why.
        source: io::Error,
    },
    /// The database.
    #[error("the database cannot be opened")]
    Store(#[from] StoreError),
    /// The link key.
    #[error("the link key cannot be used")]
    LinkKey(#[from] LinkKeyError),
    /// STUN and TURN.
    #[error("the call settings cannot be used")]
    Ice(#[from] IceConfigError),
    /// Webex.
    #[error("Webex cannot be used with these settings")]
    Webex(#[from] WebexConfigError),
    /// The key that seals.
    #[error("what is kept for Webex cannot be sealed")]
    Sealed(#[from] NotSealed),
    /// What the hospital is like.
    #[error("{variable} cannot be used; write {shape}")]
    Hospital {
        /// Which setting.
        variable: &'static str,
        /// How it is written.
        shape: &'static str,
    },
    /// Links that end before their visits.
    #[error(
        "ANTESALA_LINK_LIFETIME_MINUTES must be longer than ANTESALA_LINK_LEAD_MINUTES: a link works until its visit"
    )]
    Links,
    /// What carries messages.
    #[error("messages cannot be sent with these settings")]
    Carrier(#[from] NoCarrier),
    /// The address.
    #[error("{address} cannot be listened on")]
    Listen {
        /// Which.
        address: String,
        /// Why.
        source: io::Error,
    },
    /// The certificate.
    #[error("the certificate cannot be used")]
    Tls(#[from] listener::TlsError),
}

impl Node {
    /// Opens the store, starts hub and workers, and listens.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start(settings: &Settings, clock: Clock) -> Result<Self, StartError> {
        let listening = listener::listen(settings)?;
        let scheme = if listening.tls.is_some() { Scheme::Https } else { Scheme::Http };
        let public_url =
            settings.public_url.clone().unwrap_or_else(|| PublicUrl::on_this_machine(scheme, listening.port));
        let store = open_store(settings).await?;
        let link_key = link_key(settings)?;
        let hospital = Live::started_as(as_started(settings)?);
        hospital.look_again(&store).await?;
        let webex = webex(settings, &link_key, &clock)?;
        let carriers = Carriers::of(settings, &public_url, &link_key)?;
        let sending = carriers.sending();
        let texting =
            if sending.reach == Reach::World || settings.is_demo { Texting::Possible } else { Texting::Impossible };
        let hub = start_hub(settings, &store, &clock, &link_key, &hospital, webex.clone(), texting)?;
        let origin = public_url.origin();
        let messages = Messages::new(store.clone(), link_key.clone(), clock.clone(), origin, hospital.clone());
        let reception = webex.as_ref().map(|webex| reception(webex, &link_key)).transpose()?;
        let work = webex.zip(reception.clone()).map(|(webex, reception)| WebexWork {
            store: store.clone(),
            target: format!("{origin}/callbacks/webex/{}", reception.mark),
            webex,
            sealer: reception.sealer,
            hub: hub.clone(),
            hospital: hospital.clone(),
            clock: clock.clone(),
            bell: reception.bell,
        });
        let room = settings.webex.bot_room.clone();
        let at_webex = work.map(|work| AtWebex { bot: bot(&work, origin, room), work });
        let jobs = Jobs::start(&store, &messages, carriers, at_webex, &hub, &hospital, &clock);
        let site = actix_web::web::Data::new(Site {
            store,
            hub,
            clock,
            messages,
            public_url: public_url.clone(),
            trusted_proxies: settings.trusted_proxies.clone(),
            passwords: Passwords::new(),
            guesses: Guesses::new(),
            link_guesses: Limit::at(LINK_GUESSES),
            form_tokens: FormTokens::keyed_by(&link_key.derive(b"form tokens")),
            metrics_token: settings.metrics_token.clone(),
            sdk: sdk(&settings.webex),
            settings: hospital,
            texting,
            sending,
            webex: reception,
            draining: Arc::new(AtomicBool::new(false)),
            link_key,
        });
        let port = listening.port;
        let server = server::run(settings, listening, site.clone());
        Ok(Self { site, server, port, public_url, jobs })
    }

    /// The port it listens on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Where browsers reach it.
    #[must_use]
    pub const fn public_url(&self) -> &PublicUrl {
        &self.public_url
    }

    /// What its handlers share.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Serves until `told_to_stop` completes, then stops so that nobody notices: not ready, sockets told to come back,
    /// commits finished, open requests answered.
    ///
    /// # Errors
    /// When the server fails by itself.
    pub async fn run_until(self, told_to_stop: impl Future<Output = ()> + 'static) -> io::Result<()> {
        let Self { site, server, jobs, .. } = self;
        let (handle, hub) = (server.handle(), site.hub.clone());
        actix_web::rt::spawn(async move {
            told_to_stop.await;
            stop(&site, jobs, &handle).await;
        });
        let result = server.await;
        // The hub outlives the HTTP server: what its last requests asked is finished by now.
        hub.stop();
        result
    }
}

async fn stop(site: &Site, jobs: Jobs, handle: &ServerHandle) {
    tracing::info!("stopping: no longer ready");
    site.draining.store(true, Ordering::Relaxed);
    site.hub.drain().await;
    tracing::info!("stopping: every connection was told to come back");
    jobs.stop().await;
    handle.stop(true).await;
}

async fn open_store(settings: &Settings) -> Result<Store, StartError> {
    let store = if let Some(url) = &settings.database_url {
        migrations::migrate_postgres(url).await?;
        Store::new(Postgres::connect(url, POOL).await?)
    } else {
        create_data_folder(settings)?;
        let path = settings.data.join(DATABASE_FILE);
        migrations::migrate_sqlite(&path).await?;
        Store::new(Sqlite::open(&path)?)
    };
    finishing::finish(&store).await?;
    Ok(store)
}

/// Opens the store a command works on, migrated.
pub(super) async fn store_for_command(settings: &Settings) -> Result<Store, StartError> {
    open_store(settings).await
}

pub(super) fn link_key(settings: &Settings) -> Result<LinkKey, StartError> {
    match &settings.link_key {
        Some(key) => Ok(LinkKey::parse(key)?),
        None => {
            create_data_folder(settings)?;
            Ok(LinkKey::load_or_create(&settings.data.join(LINK_KEY_FILE))?)
        }
    }
}

fn create_data_folder(settings: &Settings) -> Result<(), StartError> {
    let folder = &settings.data;
    std::fs::create_dir_all(folder).map_err(|source| StartError::Data { folder: folder.display().to_string(), source })
}

/// The hospital as flags and environment describe it.
fn as_started(settings: &Settings) -> Result<Hospital, StartError> {
    let named = |variable: &'static str, shape: &'static str| move |_| StartError::Hospital { variable, shape };
    let help_phone = settings.help_phone.as_deref().map(str::parse::<HelpPhone>).transpose();
    let name = settings.hospital.parse().map_err(named("ANTESALA_HOSPITAL", "a name of 1 to 60 letters"))?;
    let zone = settings.zone.parse().map_err(named("ANTESALA_ZONE", "a zone, such as America/Mexico_City"))?;
    let country = settings.country.parse().map_err(named("ANTESALA_COUNTRY", "two letters, such as MX"))?;
    let hospital = Hospital {
        help_phone: help_phone.map_err(named("ANTESALA_HELP_PHONE", "a phone number, such as +52 55 5000 0000"))?,
        links: LinkWindow { lead: settings.link_lead(), lifetime: settings.link_lifetime() },
        ..Hospital::usual(name, zone, country)
    };
    if hospital.links_outlast_the_wait() { Ok(hospital) } else { Err(StartError::Links) }
}

/// The bot that tells staff, where one is set up.
fn bot(work: &WebexWork, origin: &str, room: Option<String>) -> Option<Bot> {
    work.webex.has_bot().then(|| Bot {
        store: work.store.clone(),
        webex: Arc::clone(&work.webex),
        clock: work.clock.clone(),
        hospital: work.hospital.clone(),
        origin: origin.to_owned(),
        room,
    })
}

/// What the doors of Webex need.
fn reception(webex: &Webex, key: &LinkKey) -> Result<Reception, NotSealed> {
    Ok(Reception { sealer: sealer(key)?, bell: Arc::default(), mark: mark(webex.webhook_secret()) })
}

/// Seals what the store keeps for Webex.
pub(super) fn sealer(key: &LinkKey) -> Result<Sealer, NotSealed> {
    Sealer::keyed_by(&key.derive(b"what is kept for Webex"))
}

/// The browser SDK of Webex, where the hospital supplies one.
fn sdk(settings: &WebexSettings) -> Option<Sdk> {
    match (&settings.sdk_file, &settings.sdk_url, &settings.sdk_integrity) {
        (Some(file), ..) => Sdk::read(file),
        (None, Some(url), Some(integrity)) => Some(Sdk::Elsewhere { url: url.clone(), integrity: integrity.clone() }),
        _ => None,
    }
}

/// The client of Webex, where it is set up.
pub(super) fn webex(settings: &Settings, key: &LinkKey, clock: &Clock) -> Result<Option<Arc<Webex>>, WebexConfigError> {
    let secret = BASE64_URL_SAFE_NO_PAD.encode(key.derive(b"reports of Webex"));
    Ok(Webex::new(&settings.webex, secret.into(), clock.clone())?.map(Arc::new))
}

fn start_hub(
    settings: &Settings,
    store: &Store,
    clock: &Clock,
    link_key: &LinkKey,
    hospital: &Live,
    webex: Option<Arc<Webex>>,
    texting: Texting,
) -> Result<Hub, StartError> {
    let ice = IceConfig {
        stun: settings.stun_urls.clone(),
        turn: settings.turn_urls.clone(),
        turn_secret: settings.turn_secret.clone(),
        lifetime: LONGEST_LIFETIME,
    };
    let key = link_key.clone();
    let house = House {
        store: store.clone(),
        clock: clock.clone(),
        engines: Engines { direct: Arc::new(Direct::new(ice)?), webex },
        link_hash: Arc::new(move |link: &Link| key.token(link.invitation, link.generation).hash()),
        settings: hospital.clone(),
        texting,
        boards: Boards::default(),
        agendas: Agendas::default(),
    };
    Ok(Hub::start(house, available_parallelism().unwrap_or(NonZeroUsize::MIN)))
}
