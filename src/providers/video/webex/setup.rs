//! From settings to a client, or to a sentence that says what is wrong with them.
//!
//! Never asks Webex anything: a hospital starts while Webex is down.

use std::sync::Arc;

use jsonwebtoken::EncodingKey;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};

use super::Webex;
use super::api::Api;
use super::bearer::Bearer;
use super::guests::Minting;
use super::tokens::App;
use crate::clock::Clock;
use crate::config::{WebexHost, WebexSettings};
use crate::domain::person::Email;

/// Why Webex cannot be used with these settings.
#[derive(Debug, thiserror::Error)]
pub enum WebexConfigError {
    /// A setting that is needed is not there.
    #[error("{0} is needed for Webex; docs/webex.md says where to find it")]
    Missing(&'static str),
    /// A setting without those it belongs to.
    #[error("{setting} does nothing without {needs}")]
    Alone {
        /// Which.
        setting: &'static str,
        /// What it needs.
        needs: &'static str,
    },
    /// A setting makes no sense.
    #[error("{setting} cannot be used: {why}")]
    Wrong {
        /// Which.
        setting: &'static str,
        /// Why.
        why: &'static str,
    },
    /// The TLS stack or the trusted certificates.
    #[error("this machine's trusted certificates cannot be read")]
    Client(#[source] reqwest::Error),
}

impl Webex {
    /// The client these settings describe; none where Webex is not set up. `derived` signs webhooks unless a secret is set.
    ///
    /// # Errors
    /// [`WebexConfigError`], in words for whoever runs the hospital's server.
    pub fn new(
        settings: &WebexSettings,
        derived: SecretString,
        clock: Clock,
    ) -> Result<Option<Self>, WebexConfigError> {
        let Some(client_id) = filled(settings.client_id.as_deref()) else {
            return alone(settings).map_or(Ok(None), Err);
        };
        sdk_is_consistent(settings)?;
        let missing = WebexConfigError::Missing;
        let app = App {
            client_id: client_id.to_owned(),
            client_secret: secret(settings.client_secret.as_ref()).ok_or(missing("ANTESALA_WEBEX_CLIENT_SECRET"))?,
            refresh_token: secret(settings.refresh_token.as_ref()).ok_or(missing("ANTESALA_WEBEX_REFRESH_TOKEN"))?,
        };
        let site = filled(settings.site.as_deref()).map(|site| site_name(site).map(str::to_owned)).transpose()?;
        if settings.host == WebexHost::GuestToGuest && site.is_none() {
            return Err(WebexConfigError::Alone { setting: "ANTESALA_WEBEX_HOST=g2g", needs: "ANTESALA_WEBEX_SITE" });
        }
        let bearer = Arc::new(Bearer::new());
        let api =
            Api::new(base(&settings.url)?, patch_type(settings)?, bearer, clock).map_err(WebexConfigError::Client)?;
        Ok(Some(Self {
            api,
            app,
            minting: minting(settings)?,
            site,
            host: settings.host,
            substitute: substitute(settings)?,
            bot: secret(settings.bot_token.as_ref()),
            webhook_secret: secret(settings.webhook_secret.as_ref()).unwrap_or(derived),
        }))
    }
}

/// Settings that are there although the service app is not.
fn alone(settings: &WebexSettings) -> Option<WebexConfigError> {
    let needs = "ANTESALA_WEBEX_CLIENT_ID";
    let given = [
        ("ANTESALA_WEBEX_CLIENT_SECRET", settings.client_secret.is_some()),
        ("ANTESALA_WEBEX_REFRESH_TOKEN", settings.refresh_token.is_some()),
        ("ANTESALA_WEBEX_SITE", settings.site.is_some()),
        ("ANTESALA_WEBEX_HOST=g2g", settings.host == WebexHost::GuestToGuest),
        ("ANTESALA_WEBEX_HOST_EMAIL", settings.host_email.is_some()),
        ("ANTESALA_WEBEX_BOT_TOKEN", settings.bot_token.is_some()),
    ];
    if settings.issuer_id.is_some() || settings.issuer_secret.is_some() {
        return Some(WebexConfigError::Wrong {
            setting: "ANTESALA_WEBEX_ISSUER_ID",
            why: "a guest issuer makes guests only; meetings need the service app (ANTESALA_WEBEX_CLIENT_ID)",
        });
    }
    given.into_iter().find(|(_, is_given)| *is_given).map(|(setting, _)| WebexConfigError::Alone { setting, needs })
}

fn minting(settings: &WebexSettings) -> Result<Minting, WebexConfigError> {
    let id = filled(settings.issuer_id.as_deref());
    let secret = secret(settings.issuer_secret.as_ref());
    match (id, secret) {
        (None, None) => Ok(Minting::ServiceApp),
        (Some(id), Some(secret)) => {
            let key = EncodingKey::from_base64_secret(secret.expose_secret().trim());
            let why = "it is not base64; copy it as the developer site shows it";
            let wrong = WebexConfigError::Wrong { setting: "ANTESALA_WEBEX_ISSUER_SECRET", why };
            Ok(Minting::Issuer { id: id.to_owned(), key: key.map_err(|_| wrong)? })
        }
        (Some(_), None) => Err(WebexConfigError::Missing("ANTESALA_WEBEX_ISSUER_SECRET")),
        (None, Some(_)) => Err(WebexConfigError::Missing("ANTESALA_WEBEX_ISSUER_ID")),
    }
}

fn substitute(settings: &WebexSettings) -> Result<Option<Email>, WebexConfigError> {
    let setting = "ANTESALA_WEBEX_HOST_EMAIL";
    let Some(address) = filled(settings.host_email.as_deref()) else { return Ok(None) };
    if settings.host == WebexHost::GuestToGuest {
        let why = "on a Guest-to-Guest site (ANTESALA_WEBEX_HOST=g2g) nobody is the host";
        return Err(WebexConfigError::Wrong { setting, why });
    }
    let wrong = WebexConfigError::Wrong { setting, why: "write an address, such as wards@hospital.example" };
    address.parse().map(Some).map_err(|_| wrong)
}

fn sdk_is_consistent(settings: &WebexSettings) -> Result<(), WebexConfigError> {
    let wrong = |setting, why| Err(WebexConfigError::Wrong { setting, why });
    match (&settings.sdk_file, &settings.sdk_url, &settings.sdk_integrity) {
        (Some(_), Some(_), _) => wrong("ANTESALA_WEBEX_SDK_URL", "there is a file already (ANTESALA_WEBEX_SDK_FILE)"),
        (_, Some(url), _) if !url.starts_with("https://") => {
            wrong("ANTESALA_WEBEX_SDK_URL", "browsers take it from an https address only")
        }
        (_, Some(_), None) => Err(WebexConfigError::Missing("ANTESALA_WEBEX_SDK_INTEGRITY")),
        (_, None, Some(_)) => {
            Err(WebexConfigError::Alone { setting: "ANTESALA_WEBEX_SDK_INTEGRITY", needs: "ANTESALA_WEBEX_SDK_URL" })
        }
        (_, Some(_), Some(digest)) if !is_digest(digest) => {
            wrong("ANTESALA_WEBEX_SDK_INTEGRITY", "write it as sha384-…, in base64")
        }
        _ => Ok(()),
    }
}

fn is_digest(text: &str) -> bool {
    let digest = ["sha256-", "sha384-", "sha512-"].iter().find_map(|kind| text.strip_prefix(kind));
    let belongs = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'+' | b'/' | b'=');
    digest.is_some_and(|digest| digest.len() >= 40 && digest.bytes().all(belongs))
}

fn base(text: &str) -> Result<Url, WebexConfigError> {
    let wrong = || WebexConfigError::Wrong { setting: "ANTESALA_WEBEX_URL", why: "write an https address" };
    let url = Url::parse(text).map_err(|_| wrong())?;
    let is_here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    if url.scheme() == "https" || (url.scheme() == "http" && is_here) { Ok(url) } else { Err(wrong()) }
}

fn patch_type(settings: &WebexSettings) -> Result<String, WebexConfigError> {
    let text = settings.patch_type.trim();
    let belongs = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'/' | b'+' | b'-' | b'.');
    if text.contains('/') && text.bytes().all(belongs) {
        return Ok(text.to_owned());
    }
    let why = "write it as application/json";
    Err(WebexConfigError::Wrong { setting: "ANTESALA_WEBEX_PATCH_TYPE", why })
}

fn site_name(site: &str) -> Result<&str, WebexConfigError> {
    let is_host = site.contains('.')
        && site.bytes().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, b'.' | b'-'));
    let why = "write the host alone, such as hospital.webex.com";
    if is_host { Ok(site) } else { Err(WebexConfigError::Wrong { setting: "ANTESALA_WEBEX_SITE", why }) }
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn secret(secret: Option<&SecretString>) -> Option<SecretString> {
    secret.filter(|secret| !secret.expose_secret().trim().is_empty()).cloned()
}
