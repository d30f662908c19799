//! Seats in visits that are still open follow the record they were copied from.
//!
//! A visit's own changes never write these columns, and these never write a visit's state: so neither needs the other's
//! `rev`. A live visit must read its seats anew afterwards.

use super::{Patient, PatientId, Relative, RelativeId};
use crate::store::Batch;

const FOLLOW_PATIENT: &str = "UPDATE participants SET name = $1, phone = $2, language = $3 \
     WHERE kind = 'patient' AND consultation_id IN \
     (SELECT c.id FROM consultations c WHERE c.patient_id = $4 AND c.phase IN ('scheduled', 'in_session'))";

const FOLLOW_RELATIVE: &str = "UPDATE participants SET name = $1, relation = $2, phone = $3, language = $4 \
     WHERE relative_id = $5 AND consultation_id IN \
     (SELECT c.id FROM consultations c JOIN relatives r ON r.patient_id = c.patient_id \
     WHERE r.id = $5 AND c.phase IN ('scheduled', 'in_session'))";

const SIT_AS: &str = "UPDATE participants SET relative_id = $1 WHERE relative_id = $2 AND consultation_id IN \
     (SELECT c.id FROM consultations c WHERE c.patient_id = $3 AND c.phase IN ('scheduled', 'in_session'))";

/// The patient's seats say what the record says.
pub(super) fn follow_patient(batch: &mut Batch, patient: &Patient) {
    batch.run(
        FOLLOW_PATIENT,
        vec![
            patient.name.to_string().into(),
            patient.phone.as_ref().map(ToString::to_string).into(),
            patient.language.as_str().into(),
            patient.id.to_string().into(),
        ],
    );
}

/// The relative's seats say what the record says.
pub(super) fn follow_relative(batch: &mut Batch, relative: &Relative) {
    batch.run(
        FOLLOW_RELATIVE,
        vec![
            relative.name.to_string().into(),
            relative.relation.as_str().into(),
            relative.phone.to_string().into(),
            relative.language.as_str().into(),
            relative.id.to_string().into(),
        ],
    );
}

/// The seats of `folded`, in the open visits of `patient`, are those of `kept`.
pub(super) fn sit_as(batch: &mut Batch, patient: PatientId, kept: RelativeId, folded: RelativeId) {
    batch.run(SIT_AS, vec![kept.to_string().into(), folded.to_string().into(), patient.to_string().into()]);
}
