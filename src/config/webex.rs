//! Settings of Webex: the service app, guests, whose meetings they are, the bot, and the browser SDK.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use secrecy::SecretString;

/// Settings of Webex. Without a client id visits go browser to browser only.
#[derive(Args, Clone, Debug)]
pub struct WebexSettings {
    /// Client id of the service app; with it, visits can be carried by Webex
    #[arg(
        id = "webex-client-id",
        long = "webex-client-id",
        env = "ANTESALA_WEBEX_CLIENT_ID",
        value_name = "ID",
        help_heading = "Webex"
    )]
    pub client_id: Option<String>,

    /// Client secret of the service app
    #[arg(
        id = "webex-client-secret",
        long = "webex-client-secret",
        env = "ANTESALA_WEBEX_CLIENT_SECRET",
        hide_env_values = true,
        value_name = "SECRET",
        help_heading = "Webex"
    )]
    pub client_secret: Option<SecretString>,

    /// Refresh token of the service app, as it was handed out; from then on Antesala renews it by itself
    #[arg(
        id = "webex-refresh-token",
        long = "webex-refresh-token",
        env = "ANTESALA_WEBEX_REFRESH_TOKEN",
        hide_env_values = true,
        value_name = "TOKEN",
        help_heading = "Webex"
    )]
    pub refresh_token: Option<SecretString>,

    /// The site meetings are on, such as hospital.webex.com
    #[arg(
        id = "webex-site",
        long = "webex-site",
        env = "ANTESALA_WEBEX_SITE",
        value_name = "HOST",
        help_heading = "Webex"
    )]
    pub site: Option<String>,

    /// Whose meetings they are
    #[arg(
        id = "webex-host",
        long = "webex-host",
        env = "ANTESALA_WEBEX_HOST",
        default_value = "doctor",
        value_name = "WHO",
        help_heading = "Webex"
    )]
    pub host: WebexHost,

    /// Address of the host of visits that no doctor conducts
    #[arg(
        id = "webex-host-email",
        long = "webex-host-email",
        env = "ANTESALA_WEBEX_HOST_EMAIL",
        value_name = "EMAIL",
        help_heading = "Webex"
    )]
    pub host_email: Option<String>,

    /// Id of a guest issuer made before 2026; guests come from it instead of the service app
    #[arg(
        id = "webex-issuer-id",
        long = "webex-issuer-id",
        env = "ANTESALA_WEBEX_ISSUER_ID",
        value_name = "ID",
        help_heading = "Webex"
    )]
    pub issuer_id: Option<String>,

    /// Secret of the guest issuer, in base64 as it was handed out
    #[arg(
        id = "webex-issuer-secret",
        long = "webex-issuer-secret",
        env = "ANTESALA_WEBEX_ISSUER_SECRET",
        hide_env_values = true,
        value_name = "SECRET",
        help_heading = "Webex"
    )]
    pub issuer_secret: Option<SecretString>,

    /// Token of the bot that tells staff what happened
    #[arg(
        id = "webex-bot-token",
        long = "webex-bot-token",
        env = "ANTESALA_WEBEX_BOT_TOKEN",
        hide_env_values = true,
        value_name = "TOKEN",
        help_heading = "Webex"
    )]
    pub bot_token: Option<SecretString>,

    /// Room the bot writes to
    #[arg(
        id = "webex-bot-room",
        long = "webex-bot-room",
        env = "ANTESALA_WEBEX_BOT_ROOM",
        value_name = "ID",
        help_heading = "Webex"
    )]
    pub bot_room: Option<String>,

    /// Secret that signs what Webex reports; derived from the link key unless set
    #[arg(
        id = "webex-webhook-secret",
        long = "webex-webhook-secret",
        env = "ANTESALA_WEBEX_WEBHOOK_SECRET",
        hide_env_values = true,
        value_name = "SECRET",
        help_heading = "Webex"
    )]
    pub webhook_secret: Option<SecretString>,

    /// The browser SDK as a file: meetings.min.js of the npm package webex, which you supply
    #[arg(
        id = "webex-sdk-file",
        long = "webex-sdk-file",
        env = "ANTESALA_WEBEX_SDK_FILE",
        value_name = "FILE",
        help_heading = "Webex"
    )]
    pub sdk_file: Option<PathBuf>,

    /// The browser SDK at an address, instead of a file
    #[arg(
        id = "webex-sdk-url",
        long = "webex-sdk-url",
        env = "ANTESALA_WEBEX_SDK_URL",
        value_name = "URL",
        help_heading = "Webex"
    )]
    pub sdk_url: Option<String>,

    /// Digest of what is at that address, as sha384-…
    #[arg(
        id = "webex-sdk-integrity",
        long = "webex-sdk-integrity",
        env = "ANTESALA_WEBEX_SDK_INTEGRITY",
        value_name = "DIGEST",
        help_heading = "Webex"
    )]
    pub sdk_integrity: Option<String>,

    /// Where Webex answers
    #[arg(
        id = "webex-url",
        long = "webex-url",
        env = "ANTESALA_WEBEX_URL",
        default_value = "https://webexapis.com/v1",
        value_name = "URL",
        help_heading = "Webex"
    )]
    pub url: String,

    /// Content type of changes to meetings
    #[arg(
        id = "webex-patch-type",
        long = "webex-patch-type",
        env = "ANTESALA_WEBEX_PATCH_TYPE",
        default_value = "application/json",
        value_name = "TYPE",
        help_heading = "Webex"
    )]
    pub patch_type: String,
}

/// Whose meetings they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WebexHost {
    /// The visit's doctor's, who needs a licence.
    Doctor,
    /// Nobody's: a Guest-to-Guest site, where nobody needs a licence.
    #[value(name = "g2g")]
    GuestToGuest,
}
