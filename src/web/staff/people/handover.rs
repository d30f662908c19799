//! Coming visits of somebody who leaves, given to another doctor.
//!
//! Each visit is handed over by itself, and what cannot be is counted with the reason. Never says whose visits they are.

use actix_web::{HttpResponse, web};

use super::{address, entry};
use crate::domain::consultation::Refusal;
use crate::domain::ids::{CommandId, StaffId};
use crate::hub::HubError;
use crate::store::staff;
use crate::store::staff::roster;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::staff::answer::see_other_saying;
use crate::web::staff::caller::Caller;
use crate::web::staff::forms::pairs::Pairs;

/// How it went.
#[derive(Default)]
struct Tally {
    done: u32,
    taken: u32,
    not_permitted: u32,
    otherwise: u32,
    /// Still theirs.
    left: usize,
}

/// `POST /staff/{id}/handovers`: every coming visit goes to the doctor the form names, as far as it can.
///
/// # Errors
/// [`Problem`]; visits that were handed over before it stay so.
pub async fn hand_over(
    caller: Caller,
    id: PathId<StaffId>,
    form: web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let site = &caller.site;
    entry(&caller, id.0).await?;
    let chosen = form.one("doctor").parse::<StaffId>().ok();
    let doctors = staff::doctors(&site.store).await?;
    let Some(to) = doctors.iter().find(|doctor| Some(doctor.id) == chosen && doctor.id != id.0) else {
        return Ok(caller.saying(&address(id.0), "people-handover-missing"));
    };
    let mut tally = Tally::default();
    for (visit, _) in roster::coming_visits(&site.store, id.0).await? {
        let handed =
            site.hub.hand_over(caller.member().operator(), CommandId::mint(), visit, Some(id.0), to, &[]).await;
        match handed {
            Ok(_) => tally.done += 1,
            Err(HubError::Overlaps(_) | HubError::Overtaken) => tally.taken += 1,
            Err(HubError::Refused(Refusal::DoctorNotPermitted)) => tally.not_permitted += 1,
            Err(HubError::Refused(_) | HubError::NotBookable(_) | HubError::NotFound) => tally.otherwise += 1,
            Err(HubError::Unavailable) => return Err(Problem::Unavailable(None)),
        }
    }
    tally.left = roster::coming_visits(&site.store, id.0).await?.len();
    Ok(see_other_saying(site, &address(id.0), &told(&caller, &tally)))
}

/// What was done, what was not and why, and what can be done about it.
fn told(caller: &Caller, tally: &Tally) -> String {
    let parts = [
        ("people-handed-over", Some(tally.done)),
        ("people-handover-taken", Some(tally.taken).filter(|count| *count > 0)),
        ("people-handover-not-permitted", Some(tally.not_permitted).filter(|count| *count > 0)),
        ("people-handover-otherwise", Some(tally.otherwise).filter(|count| *count > 0)),
    ];
    let how = (tally.left > 0).then(|| caller.texts.get("people-handover-by-hand"));
    let told = parts
        .into_iter()
        .filter_map(|(key, count)| count.map(|count| caller.texts.with(key, &[("count", count.to_string().into())])));
    told.chain(how).collect::<Vec<_>>().join(" ")
}
