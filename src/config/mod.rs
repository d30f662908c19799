//! Every setting: a flag and an environment variable, also read from `.env`.
//!
//! A setting that is wrong stops the start with a sentence that says what to do. Never reads a file that a setting names.

mod public_url;
mod sending;
mod webex;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::SignedDuration;
use secrecy::SecretString;

pub use public_url::{PublicUrl, Scheme};
pub use sending::{GatewaySettings, MailSettings, Sending, SmsProvider, TwilioChannel, TwilioSettings};
pub use webex::{WebexHost, WebexSettings};

/// What every environment variable of this program starts with.
pub const PREFIX: &str = "ANTESALA_";

/// Settings of the server.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// Folder for the embedded database and the link key
    #[arg(long, env = "ANTESALA_DATA", default_value = "data", value_name = "FOLDER", help_heading = "Storage")]
    pub data: PathBuf,

    /// PostgreSQL 14 or newer, as postgres://user:password@host/database; without it the embedded database is used
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL", help_heading = "Storage")]
    pub database_url: Option<SecretString>,

    /// Key from which links are derived, 32 bytes or more as base64url; the same on every node. Without it, a file in the data folder
    #[arg(long, env = "ANTESALA_LINK_KEY", hide_env_values = true, value_name = "KEY", help_heading = "Storage")]
    pub link_key: Option<SecretString>,

    /// Address and port to listen on
    #[arg(
        long,
        env = "ANTESALA_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDRESS",
        help_heading = "Network"
    )]
    pub listen: SocketAddr,

    /// Where browsers reach this server; https, or http on this machine only. Links, cookies and accepted origins follow from it
    #[arg(long, env = "ANTESALA_PUBLIC_URL", value_name = "URL", help_heading = "Network")]
    pub public_url: Option<PublicUrl>,

    /// Certificate chain (PEM), to serve HTTPS without a proxy
    #[arg(long, env = "ANTESALA_TLS_CERT", requires = "tls_key", value_name = "FILE", help_heading = "Network")]
    pub tls_cert: Option<PathBuf>,

    /// Private key (PEM) of the certificate
    #[arg(long, env = "ANTESALA_TLS_KEY", requires = "tls_cert", value_name = "FILE", help_heading = "Network")]
    pub tls_key: Option<PathBuf>,

    /// Proxies whose X-Forwarded-For counts, by address
    #[arg(
        long,
        env = "ANTESALA_TRUSTED_PROXIES",
        value_delimiter = ',',
        value_name = "ADDRESS",
        help_heading = "Network"
    )]
    pub trusted_proxies: Vec<IpAddr>,

    /// Threads that serve HTTP; as many as the machine has processors unless set
    #[arg(long, env = "ANTESALA_WORKERS", value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=256), help_heading = "Network")]
    pub workers: Option<u16>,

    /// Connections each worker accepts at most
    #[arg(
        long,
        env = "ANTESALA_MAX_CONNECTIONS",
        default_value_t = 25_000,
        value_name = "NUMBER",
        help_heading = "Network"
    )]
    pub max_connections: usize,

    /// Token for GET /metrics from other machines; without it, only this machine may read them
    #[arg(
        long,
        env = "ANTESALA_METRICS_TOKEN",
        hide_env_values = true,
        value_name = "TOKEN",
        help_heading = "Network"
    )]
    pub metrics_token: Option<SecretString>,

    /// The hospital's name, as families read it
    #[arg(long, env = "ANTESALA_HOSPITAL", default_value = "Hospital", value_name = "NAME", help_heading = "Hospital")]
    pub hospital: String,

    /// Phone number families can call for help
    #[arg(long, env = "ANTESALA_HELP_PHONE", value_name = "PHONE", help_heading = "Hospital")]
    pub help_phone: Option<String>,

    /// The hospital's time zone (IANA)
    #[arg(
        long,
        env = "ANTESALA_ZONE",
        default_value = "America/Mexico_City",
        value_name = "ZONE",
        help_heading = "Hospital"
    )]
    pub zone: String,

    /// Country of phone numbers written without one (ISO 3166-1)
    #[arg(long, env = "ANTESALA_COUNTRY", default_value = "MX", value_name = "COUNTRY", help_heading = "Hospital")]
    pub country: String,

    /// Minutes before an appointment at which its links are sent
    #[arg(long, env = "ANTESALA_LINK_LEAD_MINUTES", default_value_t = 10, value_name = "MINUTES", value_parser = clap::value_parser!(u16).range(1..=1440), help_heading = "Links")]
    pub link_lead_minutes: u16,

    /// Minutes from sending until a first entry with a link is refused
    #[arg(long, env = "ANTESALA_LINK_LIFETIME_MINUTES", default_value_t = 60, value_name = "MINUTES", value_parser = clap::value_parser!(u16).range(15..=1440), help_heading = "Links")]
    pub link_lifetime_minutes: u16,

    /// Whether this is a demonstration: then the page with messages stands for the family's phone.
    #[arg(skip)]
    pub is_demo: bool,

    #[command(flatten)]
    /// What leaves the house.
    pub sending: Sending,

    /// STUN servers, as stun:host:port
    #[arg(long, env = "ANTESALA_STUN_URLS", value_delimiter = ',', value_name = "URL", help_heading = "Calls")]
    pub stun_urls: Vec<String>,

    /// TURN servers, as turn:host:port?transport=udp or turns:host:port?transport=tcp
    #[arg(
        long,
        env = "ANTESALA_TURN_URLS",
        value_delimiter = ',',
        requires = "turn_secret",
        value_name = "URL",
        help_heading = "Calls"
    )]
    pub turn_urls: Vec<String>,

    /// Secret shared with the TURN servers (coturn: static-auth-secret)
    #[arg(long, env = "ANTESALA_TURN_SECRET", hide_env_values = true, value_name = "SECRET", help_heading = "Calls")]
    pub turn_secret: Option<SecretString>,

    #[command(flatten)]
    /// Webex.
    pub webex: WebexSettings,

    /// How much is logged
    #[arg(long, env = "ANTESALA_LOG", default_value = "info", value_name = "LEVEL", help_heading = "Logs")]
    pub log: LogLevel,

    /// Shape of the log: pretty on a terminal and JSON otherwise, unless set
    #[arg(long, env = "ANTESALA_LOG_FORMAT", default_value = "auto", value_name = "FORMAT", help_heading = "Logs")]
    pub log_format: LogFormat,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// Only what needs somebody.
    Error,
    /// Also what may soon.
    Warn,
    /// Also what happens.
    Info,
    /// Also how.
    Debug,
}

/// The shape of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Pretty on a terminal, JSON otherwise.
    Auto,
    /// For people.
    Pretty,
    /// For machines.
    Json,
}

/// An environment variable that looks like a setting and is none: most likely misspelt.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} is not a setting of Antesala. Is it misspelt? `antesala --help` lists them all.")]
pub struct UnknownSetting {
    /// The variable.
    pub name: String,
}

impl Settings {
    /// From sending a link to the appointment.
    #[must_use]
    pub fn link_lead(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.link_lead_minutes))
    }

    /// From sending a link to its expiry.
    #[must_use]
    pub fn link_lifetime(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.link_lifetime_minutes))
    }
}

/// Refuses variables that start with [`PREFIX`] and are no setting of `command`.
///
/// # Errors
/// [`UnknownSetting`] names the first.
pub fn refuse_unknown(command: &clap::Command, variables: impl Iterator<Item = String>) -> Result<(), UnknownSetting> {
    let known = known_variables(command);
    let mut unknown: Vec<_> = variables.filter(|name| name.starts_with(PREFIX) && !known.contains(name)).collect();
    unknown.sort();
    match unknown.into_iter().next() {
        Some(name) => Err(UnknownSetting { name }),
        None => Ok(()),
    }
}

/// The environment variables that are settings, of `command` and its subcommands.
#[must_use]
pub fn known_variables(command: &clap::Command) -> Vec<String> {
    let own =
        command.get_arguments().filter_map(|setting| setting.get_env()).map(|name| name.to_string_lossy().into_owned());
    own.chain(command.get_subcommands().flat_map(known_variables)).collect()
}
