//! The services a hospital offers by video, and what each implies.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::words::{UnknownWord, words};

words! {
    /// What a visit is for.
    Service {
        /// A doctor sees a patient who is at home (*atención domiciliaria*).
        HomeConsultation = "home_consultation",
        /// A doctor tells relatives how an inpatient is (*informe médico*).
        MedicalReport = "medical_report",
        /// Relatives visit an inpatient (*televisita*); no doctor is needed.
        TeleVisit = "tele_visit",
        /// A doctor sees a patient who has left the hospital.
        FollowUp = "follow_up",
    }
}

/// Some of the services, or all, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Services(u8);

words! {
    /// Who is let in, and when.
    Admission {
        /// *Start* admits everyone who waits, and whoever arrives later.
        WhenStarted = "when_started",
        /// Staff admit one by one, or by group.
        OneByOne = "one_by_one",
    }
}

words! {
    /// What carries the media. The hub never does.
    Engine {
        /// Browser to browser (WebRTC mesh of at most [`Engine::MOST_IN_MESH`]).
        Direct = "direct",
        /// A meeting at Webex.
        Webex = "webex",
    }
}

/// What carries new visits, service by service: the direct call, but for these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CarriedBy {
    webex: Services,
}

/// How somebody lets people in, service by service, where it is not as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Admissions(BTreeMap<Service, Admission>);

impl Engine {
    /// The largest mesh an old phone can carry: each browser sends its video to every other one. It bounds every visit,
    /// so that any can be switched to the mesh while it runs.
    pub const MOST_IN_MESH: usize = 6;
}

impl Service {
    /// How people are let in unless staff choose otherwise.
    #[must_use]
    pub const fn default_admission(self) -> Admission {
        match self {
            Self::HomeConsultation | Self::MedicalReport => Admission::WhenStarted,
            Self::TeleVisit | Self::FollowUp => Admission::OneByOne,
        }
    }

    /// How long a visit is planned to last unless staff choose otherwise.
    #[must_use]
    pub const fn usual_minutes(self) -> u16 {
        match self {
            Self::MedicalReport => 15,
            Self::FollowUp => 20,
            Self::HomeConsultation | Self::TeleVisit => 30,
        }
    }

    /// Whether the patient has a seat. A medical report is about the patient, not with the patient.
    #[must_use]
    pub const fn seats_patient(self) -> bool {
        !matches!(self, Self::MedicalReport)
    }

    /// Whether a doctor conducts it; otherwise the ward does.
    #[must_use]
    pub const fn needs_doctor(self) -> bool {
        !matches!(self, Self::TeleVisit)
    }
}

impl CarriedBy {
    /// What carries new visits of a service.
    #[must_use]
    pub const fn of(self, service: Service) -> Engine {
        if self.webex.hold(service) { Engine::Webex } else { Engine::Direct }
    }

    /// The same, but for one service.
    #[must_use]
    pub fn with(self, service: Service, engine: Engine) -> Self {
        let others: Services = self.webex.iter().filter(|other| *other != service).collect();
        match engine {
            Engine::Direct => Self { webex: others },
            Engine::Webex => Self { webex: others.with(service) },
        }
    }
}

impl Default for CarriedBy {
    fn default() -> Self {
        Self { webex: Services::NONE }
    }
}

impl Admissions {
    /// How they let people in.
    #[must_use]
    pub fn of(&self, service: Service) -> Admission {
        self.0.get(&service).copied().unwrap_or(service.default_admission())
    }

    /// Where it is not as usual.
    pub fn unusual(&self) -> impl Iterator<Item = (Service, Admission)> {
        self.0.iter().map(|(service, admission)| (*service, *admission))
    }
}

impl FromIterator<(Service, Admission)> for Admissions {
    fn from_iter<I: IntoIterator<Item = (Service, Admission)>>(chosen: I) -> Self {
        Self(chosen.into_iter().filter(|(service, admission)| *admission != service.default_admission()).collect())
    }
}

impl Services {
    /// None.
    pub const NONE: Self = Self(0);

    /// All.
    pub const ALL: Self = Self::NONE
        .with(Service::HomeConsultation)
        .with(Service::MedicalReport)
        .with(Service::TeleVisit)
        .with(Service::FollowUp);

    /// These, and one more.
    #[must_use]
    pub const fn with(self, service: Service) -> Self {
        Self(self.0 | 1 << service as u8)
    }

    /// Whether `service` is among them.
    #[must_use]
    pub const fn hold(self, service: Service) -> bool {
        self.0 & 1 << service as u8 != 0
    }

    /// Those that are also among `others`.
    #[must_use]
    pub const fn among(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// One by one, in the order people are shown them.
    pub fn iter(self) -> impl Iterator<Item = Service> {
        Service::ALL.iter().copied().filter(move |service| self.hold(*service))
    }
}

impl FromIterator<Service> for Services {
    fn from_iter<I: IntoIterator<Item = Service>>(services: I) -> Self {
        services.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Display for Services {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<_> = self.iter().map(Service::as_str).collect();
        out.write_str(&words.join(" "))
    }
}

impl FromStr for Services {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        text.split_whitespace().map(str::parse::<Service>).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_let_in_as_usual_unless_somebody_chose_otherwise() {
        let chosen: Admissions =
            [(Service::MedicalReport, Admission::OneByOne), (Service::TeleVisit, Admission::OneByOne)]
                .into_iter()
                .collect();
        assert_eq!(chosen.of(Service::MedicalReport), Admission::OneByOne);
        assert_eq!(chosen.of(Service::HomeConsultation), Admission::WhenStarted);
        assert_eq!(chosen.unusual().collect::<Vec<_>>(), [(Service::MedicalReport, Admission::OneByOne)]);
    }

    #[test]
    fn services_are_read_as_they_are_written() {
        let some = Services::NONE.with(Service::FollowUp).with(Service::HomeConsultation);
        assert_eq!(some.to_string(), "home_consultation follow_up");
        assert_eq!("follow_up home_consultation".parse(), Ok(some));
        assert_eq!("".parse(), Ok(Services::NONE));
        assert_eq!("spa".parse::<Services>(), Err(UnknownWord));
        assert!(some.hold(Service::FollowUp) && !some.hold(Service::TeleVisit));
        assert_eq!(Services::ALL.iter().collect::<Vec<_>>(), Service::ALL);
    }
}
