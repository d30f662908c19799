//! One person who is registered twice becomes one.
//!
//! Never merges what was not shown: both records and all their relatives must be as they were seen, and somebody must say
//! that they are sure.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::{Clerk, MOST_FOUND, PageForm, Record};
use crate::domain::ids::PatientId;
use crate::store::StoreError;
use crate::store::patients::{self, Merge, Patient, Rev, Stored};
use crate::web::layout;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::staff::answer::see_other_saying;
use crate::web::staff::forms::merge::{Meanwhile, survivor};
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::views::form::Fault;
use crate::web::staff::views::patients::merge::{self as view, OtherRecord, Overtaken, TwoRecords};

/// `GET /patients/{id}/merger`: who may be the other one.
///
/// # Errors
/// [`Problem`].
pub async fn begin(clerk: Clerk, id: PathId<PatientId>) -> Result<HttpResponse, Problem> {
    let kept = match clerk.record(id.0, |survivor| format!("/patients/{survivor}/merger")).await? {
        Ok(found) => found.patient.value,
        Err(onward) => return Ok(onward),
    };
    let alike = patients::duplicates_of(&clerk.site.store, &kept).await?;
    let alike: Vec<Patient> = alike.into_iter().map(|alike| alike.patient).collect();
    found(&clerk, &kept, "", &alike).await
}

/// `POST /patients/{id}/merger/searches`.
///
/// # Errors
/// [`Problem`].
pub async fn search(clerk: Clerk, id: PathId<PatientId>, form: PageForm) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let kept = match clerk.record(id.0, |survivor| format!("/patients/{survivor}/merger")).await? {
        Ok(found) => found.patient.value,
        Err(onward) => return Ok(onward),
    };
    let wanted = form.one("text");
    let mut others = patients::search(&clerk.site.store, wanted, MOST_FOUND).await?;
    others.retain(|other| other.id != kept.id);
    found(&clerk, &kept, form.one("text"), &others).await
}

/// `GET /patients/{id}/merger/{other}`: both records side by side.
///
/// # Errors
/// [`Problem`].
pub async fn compare(clerk: Clerk, id: PathId<PatientId>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    match both(&clerk, id.0, &request).await? {
        Ok((kept, other)) => {
            Shown { clerk: &clerk, kept: &kept, other: &other }.page(&Pairs::default(), &[], None).await
        }
        Err(onward) => Ok(onward),
    }
}

/// `POST /patients/{id}/merger/{other}`.
///
/// # Errors
/// [`Problem`].
pub async fn merge(
    clerk: Clerk,
    id: PathId<PatientId>,
    request: HttpRequest,
    form: PageForm,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let seen = Seen::read(&form)?;
    let (kept, other) = match both(&clerk, id.0, &request).await? {
        Ok(two) => two,
        Err(onward) => return Ok(onward),
    };
    let shown = Shown { clerk: &clerk, kept: &kept, other: &other };
    if let Some(overtaken) = shown.overtaken(&seen).await? {
        return shown.page(&form, &[], Some(&overtaken)).await;
    }
    if !form.has("sure") {
        let fault = Fault::new(clerk.texts(), "sure", "merge-not-sure");
        return shown.page(&form, &[fault], None).await;
    }
    let merging = Merge {
        survivor: Stored { value: survivor(&form, &kept.patient.value, &other.patient.value), rev: seen.kept },
        relatives: kept.relatives.clone(),
        other: (other.patient.value.id, seen.other),
        others: other.relatives.clone(),
    };
    match patients::merge(&clerk.site.store, &merging, clerk.site.clock.now()).await {
        Ok(()) => {}
        Err(StoreError::Conflict) => {
            return match both(&clerk, id.0, &request).await? {
                Ok((kept, other)) => {
                    let shown = Shown { clerk: &clerk, kept: &kept, other: &other };
                    let overtaken = shown.overtaken(&seen).await?.unwrap_or_default();
                    shown.page(&form, &[], Some(&overtaken)).await
                }
                Err(onward) => Ok(onward),
            };
        }
        Err(error) => return Err(error.into()),
    }
    clerk.tell_visits(id.0).await?;
    Ok(see_other_saying(&clerk.site, &format!("/patients/{}", id.0), &clerk.texts().get("merge-done")))
}

/// Both records; the way to the one that stayed when they are one already.
async fn both(
    clerk: &Clerk,
    kept: PatientId,
    request: &HttpRequest,
) -> Result<Result<(Record, Record), HttpResponse>, Problem> {
    let other = request.match_info().get("other").and_then(|id| id.parse::<PatientId>().ok());
    let other = other.filter(|other| *other != kept).ok_or(Problem::NotFound)?;
    let onward = |survivor| format!("/patients/{survivor}");
    let kept = match clerk.record(kept, onward).await? {
        Ok(kept) => kept,
        Err(onward) => return Ok(Err(onward)),
    };
    Ok(clerk.record(other, onward).await?.map(|other| (kept, other)))
}

async fn found(clerk: &Clerk, kept: &Patient, typed: &str, found: &[Patient]) -> Result<HttpResponse, Problem> {
    let page =
        OtherRecord { reader: clerk.reader(), here: &clerk.here(), wards: &clerk.wards().await?, kept, typed, found };
    Ok(layout::page(StatusCode::OK, view::search_page(&page)))
}

/// What the form's reader had before them.
struct Seen<'a> {
    kept: Rev,
    other: Rev,
    form: &'a Pairs,
}

impl<'a> Seen<'a> {
    fn read(form: &'a Pairs) -> Result<Self, Problem> {
        let rev = |field| form.one(field).parse().map_err(|_| Problem::Malformed);
        Ok(Self { kept: rev("rev")?, other: rev("other_rev")?, form })
    }
}

/// Two records as they are shown.
struct Shown<'a> {
    clerk: &'a Clerk,
    kept: &'a Record,
    other: &'a Record,
}

impl Shown<'_> {
    /// What is no longer as it was seen, if anything.
    async fn overtaken(&self, seen: &Seen<'_>) -> Result<Option<Overtaken>, Problem> {
        let revs = [(&self.kept.patient, seen.kept), (&self.other.patient, seen.other)];
        let records = revs.into_iter().filter(|(now, seen)| now.rev != *seen);
        let records: Vec<_> = records.map(|(now, _)| now.value.name.clone()).collect();
        let now: Vec<_> = self.kept.relatives.iter().chain(&self.other.relatives).collect();
        let meanwhile = Meanwhile::since(seen.form, &now);
        if records.is_empty() && meanwhile.is_nothing() {
            return Ok(None);
        }
        let Meanwhile { added, changed, gone } = meanwhile;
        let mut names = Vec::new();
        for id in gone {
            names.extend(patients::name_of_relative(&self.clerk.site.store, id).await?);
        }
        Ok(Some(Overtaken { records, added, changed, gone: names }))
    }

    async fn page(
        &self,
        typed: &Pairs,
        problems: &[Fault],
        overtaken: Option<&Overtaken>,
    ) -> Result<HttpResponse, Problem> {
        let status = match (overtaken, problems) {
            (Some(_), _) => StatusCode::CONFLICT,
            (None, []) => StatusCode::OK,
            (None, _) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let folded: Vec<_> = patients::folded_relatives(&self.kept.relatives, &self.other.relatives).collect();
        let is_folded = |id| folded.iter().any(|relative| relative.id == id);
        let moving: Vec<_> =
            self.other.relatives.iter().map(|stored| &stored.value).filter(|other| !is_folded(other.id)).collect();
        let page = TwoRecords {
            reader: self.clerk.reader(),
            here: &self.clerk.here(),
            wards: &self.clerk.wards().await?,
            kept: &self.kept.patient,
            other: &self.other.patient,
            moving: &moving,
            folded: &folded,
            typed,
            problems,
            relatives: [&self.kept.relatives, &self.other.relatives],
            overtaken,
        };
        Ok(layout::page(status, view::compare_page(&page)))
    }
}
