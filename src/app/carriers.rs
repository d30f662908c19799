//! What carries messages, made from the settings.
//!
//! Never asks a provider anything: a hospital starts while its provider is down.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::auth::links::LinkKey;
use crate::config::{PublicUrl, Settings, SmsProvider};
use crate::domain::person::{Country, Unreadable};
use crate::providers::sms::gateway::Gateway;
use crate::providers::sms::mail::Mail;
use crate::providers::sms::twilio::Twilio;
use crate::providers::sms::{ANSWER_WITHIN, Callbacks, CannotStart, Carrier, Console, Sending};
use crate::workers::outbox::Limits;

/// What carries messages, and who may report on them.
pub(super) struct Carriers {
    /// To phones.
    pub(super) texts: Arc<dyn Carrier>,
    /// To mailboxes.
    pub(super) mail: Option<Arc<dyn Carrier>>,
    /// How providers' reports are recognised.
    pub(super) callbacks: Callbacks,
    /// Where reports come to, in full; part of it is secret where they are not signed.
    pub(super) reports_to: String,
    /// How much may be sent, and where to.
    pub(super) limits: Limits,
}

/// Why messages cannot be sent with these settings.
#[derive(Debug, thiserror::Error)]
pub enum NoCarrier {
    /// A provider's settings.
    #[error(transparent)]
    Provider(#[from] CannotStart),
    /// The countries.
    #[error("ANTESALA_SMS_COUNTRIES cannot be used; write it as MX,US")]
    Countries(#[from] Unreadable),
}

impl Carriers {
    /// What pages need to know of it.
    pub(super) fn sending(&self) -> Sending {
        Sending {
            reach: self.texts.reach(),
            countries: self.limits.countries.clone(),
            daily: self.limits.daily,
            callbacks: self.callbacks.clone(),
        }
    }

    pub(super) fn of(settings: &Settings, public_url: &PublicUrl, key: &LinkKey) -> Result<Self, NoCarrier> {
        let sending = &settings.sending;
        let origin = public_url.origin();
        let secret = URL_SAFE_NO_PAD.encode(key.derive(b"reports of the SMS gateway"));
        let reports_to = match sending.sms {
            SmsProvider::Http => format!("{origin}/callbacks/sms/{secret}"),
            SmsProvider::Twilio | SmsProvider::Console => format!("{origin}/callbacks/twilio/status"),
        };
        let texts: Arc<dyn Carrier> = match sending.sms {
            SmsProvider::Console => Arc::new(Console),
            SmsProvider::Twilio => Arc::new(Twilio::new(&sending.twilio, origin, ANSWER_WITHIN)?),
            SmsProvider::Http => Arc::new(Gateway::new(&sending.gateway, reports_to.clone(), ANSWER_WITHIN)?),
        };
        let mail = Mail::new(&sending.mail)?.map(|mail| Arc::new(mail) as Arc<dyn Carrier>);
        let countries = if sending.sms_countries.is_empty() {
            vec![settings.country.parse()?]
        } else {
            sending.sms_countries.iter().map(|country| country.parse()).collect::<Result<Vec<Country>, _>>()?
        };
        let daily = (sending.sms_daily_limit > 0).then_some(u64::from(sending.sms_daily_limit));
        let callbacks = Callbacks {
            twilio_token: sending.twilio.auth_token.clone().filter(|_| sending.sms == SmsProvider::Twilio),
            gateway_secret: (sending.sms == SmsProvider::Http).then(|| secret.into()),
            has_mail: mail.is_some(),
        };
        Ok(Self { texts, mail, callbacks, reports_to, limits: Limits { countries, daily } })
    }
}
