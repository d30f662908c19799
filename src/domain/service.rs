//! The services a hospital offers by video, and what each implies.

use super::words::words;

words! {
    /// What a visit is for.
    Service {
        /// A doctor sees a patient who is at home (*atención domiciliaria*).
        HomeConsultation = "home_consultation",
        /// A doctor tells relatives how an inpatient is (*informe médico*).
        MedicalReport = "medical_report",
        /// Relatives visit an inpatient (*televisita*); no doctor is needed.
        TeleVisit = "tele_visit",
    }
}

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
    }
}

impl Engine {
    /// The largest mesh an old phone can carry: each browser sends its video to every other one.
    pub const MOST_IN_MESH: usize = 6;
}

impl Service {
    /// How people are let in unless staff choose otherwise.
    #[must_use]
    pub const fn default_admission(self) -> Admission {
        match self {
            Self::HomeConsultation | Self::MedicalReport => Admission::WhenStarted,
            Self::TeleVisit => Admission::OneByOne,
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
