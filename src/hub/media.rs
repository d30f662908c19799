//! What the hub knows of who carries the media.
//!
//! Never asks an engine for what lets somebody in: whoever serves their page does, once they are admitted.

use super::Hub;
use super::consultation::InMeeting;
use crate::domain::ids::ConsultationId;
use crate::domain::service::{Engine, Service};
use crate::providers::video::Engines;

impl Hub {
    /// What carries new visits of a service: what the hospital chose, or the direct call where that is not possible.
    #[must_use]
    pub fn engine_for(&self, service: Service) -> Engine {
        let chosen = self.house.settings.now().carried_by.of(service);
        if self.house.engines.of(chosen).is_some() { chosen } else { Engine::Direct }
    }

    /// What can carry visits here.
    #[must_use]
    pub fn engines(&self) -> &Engines {
        &self.house.engines
    }

    /// Webex reports who is in the meeting of a visit. One that is not live shows it to nobody.
    pub async fn in_meeting(&self, visit: ConsultationId, report: InMeeting) {
        if let Ok(Some(live)) = self.live(visit).await {
            live.do_send(report);
        }
    }
}
