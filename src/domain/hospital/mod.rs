//! The hospital as its admin describes it: what families read, and how its links, days and records run.
//!
//! Each setting has one spelling, which the store and the forms share: [`Hospital::value`] writes it, [`Hospital::with`]
//! reads it. Never says where a value comes from.

mod consent;
mod logo;
mod parts;

use jiff::SignedDuration;

pub use consent::{Consent, ConsentText};
pub use logo::{LARGEST_LOGO, Logo, LogoKind, NoLogo};
pub use parts::{ByLanguage, HelpPhone, HelpText, HospitalName, Months, Retention, WardName, Zone};

use super::message::reminders::{POSSIBLE_HOURS, Reminders};
use super::message::wording::{Lettering, Wordings};
use super::person::{Country, Language};
use super::schedule::LinkWindow;
use super::service::{CarriedBy, Service};
use super::words::words;

words! {
    /// What an admin can set.
    Setting {
        /// The hospital's name.
        Name = "name",
        /// Whom families can call; may be empty.
        HelpPhone = "help_phone",
        /// A sentence of help in Spanish; may be empty.
        HelpSpanish = "help_es",
        /// A sentence of help in English; may be empty.
        HelpEnglish = "help_en",
        /// A sentence of help in Portuguese; may be empty.
        HelpPortuguese = "help_pt",
        /// The IANA zone.
        Zone = "zone",
        /// The country of numbers written without one.
        Country = "country",
        /// The language of readers who show none.
        Language = "language",
        /// Minutes before the appointment at which links go out.
        LinkLead = "link_lead",
        /// Minutes a link can be entered with for the first time.
        LinkLifetime = "link_lifetime",
        /// Whether families are reminded the day before.
        DayBefore = "day_before",
        /// The hour at which they are.
        ReminderHour = "reminder_hour",
        /// Which letters messages are written in.
        Lettering = "lettering",
        /// Months that visits and their events are kept.
        KeepVisits = "keep_visits",
        /// Months that messages are kept.
        KeepMessages = "keep_messages",
        /// Months that the technical side of calls is kept.
        KeepCalls = "keep_calls",
        /// Months that the trail of who did what is kept.
        KeepAudit = "keep_audit",
        /// What carries home consultations.
        CarryHomeConsultation = "carry_home_consultation",
        /// What carries medical reports.
        CarryMedicalReport = "carry_medical_report",
        /// What carries tele-visits.
        CarryTeleVisit = "carry_tele_visit",
        /// What carries follow-ups.
        CarryFollowUp = "carry_follow_up",
    }
}

/// How many minutes before the appointment links may go out.
pub const POSSIBLE_LEAD: std::ops::RangeInclusive<u16> = 1..=1440;

/// How many minutes a link may work.
pub const POSSIBLE_LIFETIME: std::ops::RangeInclusive<u16> = 15..=1440;

/// What the hospital is like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hospital {
    /// Its name, as families read it.
    pub name: HospitalName,
    /// Whom families can call.
    pub help_phone: Option<HelpPhone>,
    /// What helps families who are stuck.
    pub help: ByLanguage<Option<HelpText>>,
    /// Its zone, which says what "today" is.
    pub zone: Zone,
    /// The country of numbers written without one.
    pub country: Country,
    /// The language of a reader who shows none that the house speaks.
    pub language: Language,
    /// When links go out, and how long they last.
    pub links: LinkWindow,
    /// How families are reminded.
    pub reminders: Reminders,
    /// Which letters messages are written in.
    pub lettering: Lettering,
    /// Its own words for messages.
    pub wordings: Wordings,
    /// How long records are kept.
    pub retention: Retention,
    /// What carries new visits of each service.
    pub carried_by: CarriedBy,
    /// The picture beside its name, by its digest.
    pub logo: Option<String>,
    /// What families agree to.
    pub consent: Consent,
}

/// A text is none that this setting can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} cannot be set to that")]
pub struct Unfit(pub Setting);

impl Setting {
    /// The service whose engine it sets, if it sets one.
    #[must_use]
    pub const fn carries(self) -> Option<Service> {
        match self {
            Self::CarryHomeConsultation => Some(Service::HomeConsultation),
            Self::CarryMedicalReport => Some(Service::MedicalReport),
            Self::CarryTeleVisit => Some(Service::TeleVisit),
            Self::CarryFollowUp => Some(Service::FollowUp),
            _ => None,
        }
    }
}

impl Hospital {
    /// A hospital that is as usual, but for what differs everywhere.
    #[must_use]
    pub fn usual(name: HospitalName, zone: Zone, country: Country) -> Self {
        Self {
            name,
            help_phone: None,
            help: ByLanguage::default(),
            zone,
            country,
            language: Language::Spanish,
            links: LinkWindow { lead: SignedDuration::from_mins(10), lifetime: SignedDuration::from_mins(60) },
            reminders: Reminders::default(),
            lettering: Lettering::Plain,
            wordings: Wordings::default(),
            retention: Retention::default(),
            carried_by: CarriedBy::default(),
            logo: None,
            consent: Consent::built_in(),
        }
    }

    /// The spelling of one setting's value; empty where nothing is set.
    #[must_use]
    pub fn value(&self, setting: Setting) -> String {
        let optional = |text: Option<String>| text.unwrap_or_default();
        let help = |language| optional(self.help.of(language).as_ref().map(ToString::to_string));
        match setting {
            Setting::Name => self.name.to_string(),
            Setting::HelpPhone => optional(self.help_phone.as_ref().map(ToString::to_string)),
            Setting::HelpSpanish => help(Language::Spanish),
            Setting::HelpEnglish => help(Language::English),
            Setting::HelpPortuguese => help(Language::Portuguese),
            Setting::Zone => self.zone.to_string(),
            Setting::Country => self.country.to_string(),
            Setting::Language => self.language.to_string(),
            Setting::LinkLead => self.links.lead.as_mins().to_string(),
            Setting::LinkLifetime => self.links.lifetime.as_mins().to_string(),
            Setting::DayBefore => self.reminders.day_before.to_string(),
            Setting::ReminderHour => self.reminders.hour.to_string(),
            Setting::Lettering => self.lettering.to_string(),
            Setting::KeepVisits => self.retention.visits.to_string(),
            Setting::KeepMessages => self.retention.messages.to_string(),
            Setting::KeepCalls => self.retention.calls.to_string(),
            Setting::KeepAudit => self.retention.audit.to_string(),
            Setting::CarryHomeConsultation
            | Setting::CarryMedicalReport
            | Setting::CarryTeleVisit
            | Setting::CarryFollowUp => {
                setting.carries().map_or_else(String::new, |service| self.carried_by.of(service).to_string())
            }
        }
    }

    /// The same hospital with one setting as `text` spells it.
    ///
    /// # Errors
    /// [`Unfit`], when it spells no value of this setting.
    pub fn with(mut self, setting: Setting, text: &str) -> Result<Self, Unfit> {
        let unfit = Unfit(setting);
        let text = text.trim();
        match setting {
            Setting::Name => self.name = text.parse().map_err(|_| unfit)?,
            Setting::HelpPhone => self.help_phone = optional(text, unfit)?,
            Setting::HelpSpanish => self.help.spanish = optional(text, unfit)?,
            Setting::HelpEnglish => self.help.english = optional(text, unfit)?,
            Setting::HelpPortuguese => self.help.portuguese = optional(text, unfit)?,
            Setting::Zone => self.zone = text.parse().map_err(|_| unfit)?,
            Setting::Country => self.country = text.parse().map_err(|_| unfit)?,
            Setting::Language => self.language = text.parse().map_err(|_| unfit)?,
            Setting::LinkLead => self.links.lead = minutes(text, POSSIBLE_LEAD).ok_or(unfit)?,
            Setting::LinkLifetime => self.links.lifetime = minutes(text, POSSIBLE_LIFETIME).ok_or(unfit)?,
            Setting::DayBefore => self.reminders.day_before = text.parse().map_err(|_| unfit)?,
            Setting::ReminderHour => self.reminders.hour = hour(text).ok_or(unfit)?,
            Setting::Lettering => self.lettering = text.parse().map_err(|_| unfit)?,
            Setting::KeepVisits => self.retention.visits = text.parse().map_err(|_| unfit)?,
            Setting::KeepMessages => self.retention.messages = text.parse().map_err(|_| unfit)?,
            Setting::KeepCalls => self.retention.calls = text.parse().map_err(|_| unfit)?,
            Setting::KeepAudit => self.retention.audit = text.parse().map_err(|_| unfit)?,
            Setting::CarryHomeConsultation
            | Setting::CarryMedicalReport
            | Setting::CarryTeleVisit
            | Setting::CarryFollowUp => {
                let engine = text.parse().map_err(|_| unfit)?;
                self.carried_by = self.carried_by.with(setting.carries().ok_or(unfit)?, engine);
            }
        }
        Ok(self)
    }

    /// The settings in which it is another than `other`, with their values here.
    pub fn differences<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (Setting, String)> + 'a {
        Setting::ALL
            .iter()
            .map(|setting| (*setting, self.value(*setting)))
            .filter(|(setting, value)| *value != other.value(*setting))
    }

    /// Whether a link still works when its visit begins.
    #[must_use]
    pub fn links_outlast_the_wait(&self) -> bool {
        self.links.lifetime > self.links.lead
    }
}

fn optional<T: std::str::FromStr>(text: &str, unfit: Unfit) -> Result<Option<T>, Unfit> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| unfit) }
}

fn minutes(text: &str, possible: std::ops::RangeInclusive<u16>) -> Option<SignedDuration> {
    let minutes: u16 = text.parse().ok()?;
    possible.contains(&minutes).then(|| SignedDuration::from_mins(i64::from(minutes)))
}

fn hour(text: &str) -> Option<i8> {
    text.parse().ok().filter(|hour| POSSIBLE_HOURS.contains(hour))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hospital() -> Hospital {
        let (name, zone, country) = ("Hospital San Telmo", "America/Mexico_City", "MX");
        let usual = Hospital::usual(name.parse().unwrap(), zone.parse().unwrap(), country.parse().unwrap());
        usual.with(Setting::HelpPhone, "55 5000 0000").unwrap()
    }

    #[test]
    fn every_setting_reads_what_it_writes() {
        let others = [
            "Clínica del Mar",
            "+52 (55) 5000-0001",
            "Llame a recepción.",
            "Call the desk.",
            "Ligue.",
            "America/Tijuana",
            "BR",
            "pt",
            "20",
            "90",
            "off",
            "9",
            "accents",
            "12",
            "6",
            "1",
            "72",
            "webex",
            "webex",
            "webex",
            "webex",
        ];
        for (setting, other) in Setting::ALL.iter().zip(others) {
            let changed = hospital().with(*setting, other).unwrap();
            assert_eq!(changed.value(*setting), other);
            assert_eq!(changed.differences(&hospital()).collect::<Vec<_>>(), [(*setting, other.to_owned())]);
            assert_eq!(changed.with(*setting, &hospital().value(*setting)).unwrap(), hospital(), "{setting}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_by_name() {
        let long = "x".repeat(61);
        for (setting, text) in [
            (Setting::Name, " "),
            (Setting::Name, long.as_str()),
            (Setting::Name, "San\nTelmo"),
            (Setting::HelpPhone, "call us"),
            (Setting::HelpPhone, "12"),
            (Setting::Zone, "America/Atlantis"),
            (Setting::Zone, ""),
            (Setting::Country, "Mexico"),
            (Setting::Language, "fr"),
            (Setting::LinkLead, "0"),
            (Setting::LinkLead, "1441"),
            (Setting::LinkLead, "ten"),
            (Setting::LinkLifetime, "14"),
            (Setting::LinkLifetime, "1441"),
            (Setting::DayBefore, "perhaps"),
            (Setting::ReminderHour, "7"),
            (Setting::ReminderHour, "21"),
            (Setting::Lettering, "cursive"),
            (Setting::KeepCalls, "0"),
            (Setting::KeepAudit, "241"),
            (Setting::CarryTeleVisit, "zeppelin"),
        ] {
            assert_eq!(hospital().with(setting, text), Err(Unfit(setting)), "{text}");
        }
    }

    #[test]
    fn what_families_need_not_have_may_be_empty() {
        let silent = hospital().with(Setting::HelpPhone, "").unwrap().with(Setting::HelpEnglish, " ").unwrap();
        assert_eq!((silent.help_phone, silent.help.english), (None, None));
    }

    #[test]
    fn a_link_has_to_last_until_the_visit() {
        assert!(hospital().links_outlast_the_wait());
        assert!(!hospital().with(Setting::LinkLead, "60").unwrap().links_outlast_the_wait());
    }
}
