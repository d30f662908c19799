//! Settings of what leaves the house: text messages, WhatsApp, e-mail, and the limits on them.

use clap::{Args, ValueEnum};
use secrecy::SecretString;

/// What carries messages, and how many.
#[derive(Args, Clone, Debug)]
pub struct Sending {
    /// What carries text messages
    #[arg(long, env = "ANTESALA_SMS", default_value = "console", value_name = "PROVIDER", help_heading = "Messages")]
    pub sms: SmsProvider,

    /// Countries that may be written to (ISO 3166-1); only the hospital's own unless set
    #[arg(
        long,
        env = "ANTESALA_SMS_COUNTRIES",
        value_delimiter = ',',
        value_name = "COUNTRY",
        help_heading = "Messages"
    )]
    pub sms_countries: Vec<String>,

    /// Segments that may be sent each day; 0 for no limit
    #[arg(
        long,
        env = "ANTESALA_SMS_DAILY_LIMIT",
        default_value_t = 5000,
        value_name = "NUMBER",
        help_heading = "Messages"
    )]
    pub sms_daily_limit: u32,

    #[command(flatten)]
    /// Twilio.
    pub twilio: TwilioSettings,

    #[command(flatten)]
    /// A gateway of the house.
    pub gateway: GatewaySettings,

    #[command(flatten)]
    /// E-mail.
    pub mail: MailSettings,
}

/// What carries text messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SmsProvider {
    /// Nothing leaves: staff read links out.
    Console,
    /// Twilio.
    Twilio,
    /// A gateway with SMPP behind it, such as Jasmin.
    Http,
}

/// Settings of Twilio.
#[derive(Args, Clone, Debug)]
pub struct TwilioSettings {
    /// Account SID
    #[arg(
        id = "twilio-account-sid",
        long = "twilio-account-sid",
        env = "ANTESALA_TWILIO_ACCOUNT_SID",
        value_name = "SID",
        help_heading = "Messages"
    )]
    pub account_sid: Option<String>,

    /// Auth token: signs reports, and requests where there is no API key
    #[arg(
        id = "twilio-auth-token",
        long = "twilio-auth-token",
        env = "ANTESALA_TWILIO_AUTH_TOKEN",
        hide_env_values = true,
        value_name = "TOKEN",
        help_heading = "Messages"
    )]
    pub auth_token: Option<SecretString>,

    /// API key SID, to send with instead of the auth token
    #[arg(
        id = "twilio-api-key",
        long = "twilio-api-key",
        env = "ANTESALA_TWILIO_API_KEY",
        value_name = "SID",
        help_heading = "Messages"
    )]
    pub api_key: Option<String>,

    /// Secret of the API key
    #[arg(
        id = "twilio-api-secret",
        long = "twilio-api-secret",
        env = "ANTESALA_TWILIO_API_SECRET",
        hide_env_values = true,
        value_name = "SECRET",
        help_heading = "Messages"
    )]
    pub api_secret: Option<SecretString>,

    /// Number messages come from
    #[arg(
        id = "twilio-from",
        long = "twilio-from",
        env = "ANTESALA_TWILIO_FROM",
        value_name = "PHONE",
        help_heading = "Messages"
    )]
    pub from: Option<String>,

    /// Messaging Service that chooses the number instead
    #[arg(
        id = "twilio-messaging-service",
        long = "twilio-messaging-service",
        env = "ANTESALA_TWILIO_MESSAGING_SERVICE",
        value_name = "SID",
        help_heading = "Messages"
    )]
    pub messaging_service: Option<String>,

    /// Whether people get text messages or WhatsApp
    #[arg(
        id = "twilio-channel",
        long = "twilio-channel",
        env = "ANTESALA_TWILIO_CHANNEL",
        default_value = "sms",
        value_name = "CHANNEL",
        help_heading = "Messages"
    )]
    pub channel: TwilioChannel,

    /// Templates approved for WhatsApp, as link:es=HX…, one for each text and language
    #[arg(
        id = "twilio-templates",
        long = "twilio-templates",
        env = "ANTESALA_TWILIO_TEMPLATES",
        value_delimiter = ',',
        value_name = "TEMPLATE",
        help_heading = "Messages"
    )]
    pub templates: Vec<String>,

    /// Where Twilio answers
    #[arg(
        id = "twilio-url",
        long = "twilio-url",
        env = "ANTESALA_TWILIO_URL",
        default_value = "https://api.twilio.com",
        value_name = "URL",
        help_heading = "Messages"
    )]
    pub url: String,
}

/// What people get through Twilio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TwilioChannel {
    /// Text messages.
    Sms,
    /// WhatsApp.
    #[value(name = "whatsapp")]
    WhatsApp,
}

/// Settings of a gateway.
#[derive(Args, Clone, Debug)]
pub struct GatewaySettings {
    /// Where the gateway answers, such as http://jasmin:1401
    #[arg(
        id = "gateway-url",
        long = "gateway-url",
        env = "ANTESALA_GATEWAY_URL",
        value_name = "URL",
        help_heading = "Messages"
    )]
    pub url: Option<String>,

    /// User at the gateway
    #[arg(
        id = "gateway-username",
        long = "gateway-username",
        env = "ANTESALA_GATEWAY_USERNAME",
        value_name = "NAME",
        help_heading = "Messages"
    )]
    pub username: Option<String>,

    /// Password at the gateway
    #[arg(
        id = "gateway-password",
        long = "gateway-password",
        env = "ANTESALA_GATEWAY_PASSWORD",
        hide_env_values = true,
        value_name = "PASSWORD",
        help_heading = "Messages"
    )]
    pub password: Option<SecretString>,

    /// Sender that messages show; the gateway's own unless set
    #[arg(
        id = "gateway-from",
        long = "gateway-from",
        env = "ANTESALA_GATEWAY_FROM",
        value_name = "SENDER",
        help_heading = "Messages"
    )]
    pub from: Option<String>,
}

/// Settings of e-mail.
#[derive(Args, Clone, Debug)]
pub struct MailSettings {
    /// Mail server, as smtps://user:password@host or smtp://host?tls=required; without it no e-mail is sent
    #[arg(
        id = "smtp-url",
        long = "smtp-url",
        env = "ANTESALA_SMTP_URL",
        hide_env_values = true,
        value_name = "URL",
        help_heading = "Messages"
    )]
    pub url: Option<SecretString>,

    /// Whom e-mail comes from, as Hospital <visits@hospital.example>
    #[arg(
        id = "mail-from",
        long = "mail-from",
        env = "ANTESALA_MAIL_FROM",
        value_name = "ADDRESS",
        help_heading = "Messages"
    )]
    pub from: Option<String>,
}
