//! What the columns and statuses of patients are called, in every language, and what else is understood.
//!
//! Never reads a cell.

use crate::domain::person::Language;
use crate::sheets::columns;
use crate::sheets::vocabulary::{Called, meaning, plain, written};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sheets) enum Column {
    Name,
    Born,
    Record,
    Phone,
    SharesPhone,
    Email,
    Language,
    Care,
    Ward,
    Bed,
    DischargedOn,
    Relative(u16, Of),
}

/// A column of a relative's group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sheets) enum Of {
    Name,
    Relation,
    Phone,
    Language,
    Report,
    Visit,
}

/// How somebody is treated, before the ward is known.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Status {
    Outpatient,
    Inpatient,
    Discharged,
}

pub(super) const COLUMNS: &[Called<Column>] = &[
    called(
        Column::Name,
        ["nombre", "name", "nome"],
        &["paciente", "patient", "nombre completo", "full name", "nome completo"],
    ),
    called(
        Column::Born,
        ["fecha de nacimiento", "date of birth", "data de nascimento"],
        &["nacimiento", "born", "birth date", "birthdate", "nascimento"],
    ),
    called(
        Column::Record,
        ["expediente", "record number", "prontuário"],
        &["numero de expediente", "no expediente", "record", "numero do prontuario", "mrn"],
    ),
    called(
        Column::Phone,
        ["teléfono", "phone", "telefone"],
        &["celular", "movil", "telefono celular", "mobile", "phone number", "mobile phone"],
    ),
    called(
        Column::SharesPhone,
        ["teléfono compartido", "shared phone", "telefone compartilhado"],
        &["comparte telefono", "shares phone", "compartilha telefone"],
    ),
    called(Column::Email, ["correo", "email", "e-mail"], &["correo electronico", "mail", "email address"]),
    called(Column::Language, ["idioma", "language", "idioma"], &["lengua", "lingua"]),
    called(Column::Care, ["estado", "status", "situação"], &["situacion", "estatus"]),
    called(Column::Ward, ["sala", "ward", "ala"], &["enfermaria", "servicio", "pabellon"]),
    called(Column::Bed, ["cama", "bed", "leito"], &[]),
    called(
        Column::DischargedOn,
        ["fecha de alta", "discharged on", "data da alta"],
        &["alta", "discharged", "discharge date", "date of discharge", "data de alta"],
    ),
];

const GROUP: &[Called<()>] =
    &[Called { meaning: (), written: ["familiar", "relative", "familiar"], understood: &["pariente", "parente"] }];

pub(super) const OF_RELATIVES: &[Called<Of>] = &[
    called(Of::Name, ["nombre", "name", "nome"], &[]),
    called(Of::Relation, ["parentesco", "relation", "parentesco"], &["relacion", "relationship", "relacao"]),
    called(Of::Phone, ["teléfono", "phone", "telefone"], &["celular", "movil", "mobile"]),
    called(Of::Language, ["idioma", "language", "idioma"], &["lengua", "lingua"]),
    called(Of::Report, ["informe", "report", "boletim"], &["informe medico", "medical report", "boletim medico"]),
    called(Of::Visit, ["visita", "visit", "visita"], &["visitas", "visits", "televisita"]),
];

pub(super) const STATUSES: &[Called<Status>] = &[
    called(
        Status::Outpatient,
        ["ambulatorio", "outpatient", "ambulatorial"],
        &["externo", "consulta externa", "ambulatoria"],
    ),
    called(
        Status::Inpatient,
        ["hospitalizado", "inpatient", "internado"],
        &["hospitalizada", "internada", "interno", "ingresado", "ingresada"],
    ),
    called(
        Status::Discharged,
        ["dado de alta", "discharged", "com alta"],
        &["alta", "dada de alta", "de alta", "egresado", "egresada"],
    ),
];

const fn called<T>(meaning: T, written: [&'static str; 3], understood: &'static [&'static str]) -> Called<T> {
    Called { meaning, written, understood }
}

impl columns::Column for Column {
    const REQUIRED: &'static [Self] = &[Self::Name, Self::Born];

    fn called(heading: &str) -> Option<Self> {
        if let Some(known) = meaning(COLUMNS, heading) {
            return Some(known);
        }
        let plain = plain(heading);
        let mut words = plain.splitn(3, ' ');
        let (group, number, of) = (words.next()?, words.next()?, words.next()?);
        meaning(GROUP, group)?;
        let number = number.parse().ok().filter(|number| *number > 0)?;
        Some(Self::Relative(number, meaning(OF_RELATIVES, of)?))
    }

    fn written(self, language: Language) -> String {
        match self {
            Self::Relative(number, of) => {
                format!("{} {number} {}", written(GROUP, (), language), written(OF_RELATIVES, of, language))
            }
            known => written(COLUMNS, known, language).to_owned(),
        }
    }
}
