//! What carries a visit: switching it, and what its host does outside the house.
//!
//! A report about a meeting that no longer carries the visit changes nothing: it may come late, or after a switch.

use super::decide::{Decision, end, entitled, may_conduct, open, start};
use super::{Consultation, Event, Phase};
use crate::domain::service::Engine;
use crate::domain::staff::Operator;

pub(super) fn switch_engine(visit: &Consultation, by: Operator, to: Engine) -> Decision {
    entitled(may_conduct(visit, by))?;
    open(visit)?;
    if visit.engine == to {
        return Ok(vec![]);
    }
    Ok(vec![Event::EngineSwitched { engine: to, by: by.staff }])
}

/// As if its conductor had started it here.
pub(super) fn host_started(visit: &Consultation, by: Operator) -> Decision {
    entitled(may_conduct(visit, by))?;
    open(visit)?;
    match (visit.engine, visit.phase) {
        (Engine::Direct, _) | (Engine::Webex, Phase::InSession { .. }) => Ok(vec![]),
        (Engine::Webex, _) => start(visit, by),
    }
}

/// As if its conductor had ended it here.
pub(super) fn host_ended(visit: &Consultation, by: Operator) -> Decision {
    entitled(may_conduct(visit, by))?;
    open(visit)?;
    match visit.engine {
        Engine::Direct => Ok(vec![]),
        Engine::Webex => end(visit, by),
    }
}
