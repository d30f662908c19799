//! Patients with their relatives as rows of a file: one row for each patient, relatives in numbered groups of columns.
//!
//! Never knows who is registered already.

use jiff::civil::Date;

use super::cells::{Cells, House, day, email, language, name, phone, ward};
use super::columns::{self, Columns};
use super::vocabulary::{CHOICES, Called, LANGUAGES, meaning, plain, written};
use crate::domain::ids::WardId;
use crate::domain::import::{Fault, Why};
use crate::domain::patient::{Bed, Care, RecordNumber};
use crate::domain::person::{BirthDate, Country, Email, Language, PersonName, Phone};

/// Groups of columns for relatives that an example has.
pub const GROUPS: usize = 3;

/// The longest that a relative's relation may be, in characters.
const LONGEST_RELATION: usize = 40;

/// A patient as a file has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientRow {
    /// Their name.
    pub name: PersonName,
    /// When they were born.
    pub born: BirthDate,
    /// The number of their record.
    pub record: Option<RecordNumber>,
    /// Where their messages go.
    pub phone: Option<Phone>,
    /// Where letters to them go.
    pub email: Option<Email>,
    /// The language of their messages.
    pub language: Language,
    /// Where they are treated.
    pub care: Care,
    /// Who belongs to them.
    pub relatives: Vec<RelativeRow>,
}

/// A relative as a file has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelativeRow {
    /// Their name.
    pub name: PersonName,
    /// What they are to the patient.
    pub relation: String,
    /// Where their messages go.
    pub phone: Phone,
    /// The language of their messages.
    pub language: Language,
    /// Whether they may hear from a doctor how the patient is.
    pub may_receive_report: bool,
    /// Whether they may visit the patient by video.
    pub may_visit: bool,
}

/// By what a patient is recognised: in the file and among the registered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Their record number.
    pub record: Option<String>,
    /// Their name, folded.
    pub folded: Option<String>,
    /// When they were born.
    pub born: Option<String>,
}

/// The columns of one file.
#[derive(Clone, Debug)]
pub struct Reader(Columns<Column>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Born,
    Record,
    Phone,
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
pub(super) enum Of {
    Name,
    Relation,
    Phone,
    Language,
    Report,
    Visit,
}

/// How somebody is treated, before the ward is known.
#[derive(Clone, Copy, PartialEq)]
enum Status {
    Outpatient,
    Inpatient,
    Discharged,
}

const COLUMNS: &[Called<Column>] = &[
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

const OF_RELATIVES: &[Called<Of>] = &[
    called(Of::Name, ["nombre", "name", "nome"], &[]),
    called(Of::Relation, ["parentesco", "relation", "parentesco"], &["relacion", "relationship", "relacao"]),
    called(Of::Phone, ["teléfono", "phone", "telefone"], &["celular", "movil", "mobile"]),
    called(Of::Language, ["idioma", "language", "idioma"], &["lengua", "lingua"]),
    called(Of::Report, ["informe", "report", "boletim"], &["informe medico", "medical report", "boletim medico"]),
    called(Of::Visit, ["visita", "visit", "visita"], &["visitas", "visits", "televisita"]),
];

const STATUSES: &[Called<Status>] = &[
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

/// The columns of a file with this many groups for relatives.
#[must_use]
pub fn header(groups: usize, language: Language) -> Vec<String> {
    let own = COLUMNS.iter().map(|column| column.meaning);
    let numbers = 1..=u16::try_from(groups).unwrap_or(u16::MAX);
    let groups = numbers.flat_map(|number| OF_RELATIVES.iter().map(move |of| Column::Relative(number, of.meaning)));
    own.chain(groups).map(|column| columns::Column::written(column, language)).collect()
}

/// The cells of a patient, in the order of [`header`]; `ward` is the name of their ward.
#[must_use]
pub fn cells(patient: &PatientRow, ward: &str, language: Language) -> Vec<String> {
    let text = |shown: Option<String>| shown.unwrap_or_default();
    let (status, bed, discharged) = match &patient.care {
        Care::Outpatient => (Status::Outpatient, None, None),
        Care::Inpatient { bed, .. } => (Status::Inpatient, bed.as_ref().map(Bed::to_string), None),
        Care::Discharged { on } => (Status::Discharged, None, Some(on.to_string())),
    };
    let own = vec![
        patient.name.to_string(),
        patient.born.to_string(),
        text(patient.record.as_ref().map(RecordNumber::to_string)),
        text(patient.phone.as_ref().map(Phone::to_string)),
        text(patient.email.as_ref().map(Email::to_string)),
        written(LANGUAGES, patient.language, language).to_owned(),
        written(STATUSES, status, language).to_owned(),
        ward.to_owned(),
        text(bed),
        text(discharged),
    ];
    let choice = |yes| written(CHOICES, yes, language).to_owned();
    let relatives = patient.relatives.iter().flat_map(|relative| {
        [
            relative.name.to_string(),
            relative.relation.clone(),
            relative.phone.to_string(),
            written(LANGUAGES, relative.language, language).to_owned(),
            choice(relative.may_receive_report),
            choice(relative.may_visit),
        ]
    });
    own.into_iter().chain(relatives).collect()
}

/// Invented people that show what a file may hold; `ward` is one of the house.
#[must_use]
pub fn example(ward: Option<WardId>) -> Vec<PatientRow> {
    let relative = |name: &str, relation: &str, phone: &str, may_receive_report| {
        Some(RelativeRow {
            name: name.parse().ok()?,
            relation: relation.to_owned(),
            phone: phone.parse().ok()?,
            language: Language::Spanish,
            may_receive_report,
            may_visit: true,
        })
    };
    let patient = |name: &str, born: &str, record: &str, phone: &str, care, relatives: Vec<Option<RelativeRow>>| {
        Some(PatientRow {
            name: name.parse().ok()?,
            born: born.parse().ok()?,
            record: record.parse().ok(),
            phone: phone.parse().ok(),
            email: None,
            language: Language::Spanish,
            care,
            relatives: relatives.into_iter().flatten().collect(),
        })
    };
    let rosa = relative("Rosa Ejemplo", "hija", "+525512345679", true);
    let julian = relative("Julián Ejemplo", "vecino", "+525512345680", false);
    let inside = ward.map_or(Care::Outpatient, |ward| Care::Inpatient { ward, bed: "12 B".parse().ok() });
    [
        patient("Tomás Ejemplo", "1950-02-11", "A-1001", "+525512345678", inside, vec![rosa, julian]),
        patient("Inés Muestra", "1984-09-30", "A-1002", "+525512345681", Care::Outpatient, vec![]),
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl Reader {
    /// For a file with this header.
    #[must_use]
    pub fn of(header: &[String]) -> Self {
        Self(Columns::of(header))
    }

    /// By what a row's patient is recognised; what cannot be read is no mark.
    #[must_use]
    pub fn marks(&self, cells: &[String]) -> Marks {
        let cells = Cells::of(&self.0, cells);
        Marks {
            record: cells.text(Column::Record).parse::<RecordNumber>().ok().map(|record| record.to_string()),
            folded: cells.text(Column::Name).parse::<PersonName>().ok().map(|name| name.folded()),
            born: day(cells.text(Column::Born), Why::BornMalformed).ok().map(|born| born.to_string()),
        }
    }

    /// Reads a row.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn row(&self, cells: &[String], house: House<'_>) -> Result<PatientRow, Vec<Fault>> {
        let mut cells = Cells::of(&self.0, cells);
        let name = cells.need(Column::Name, Why::NameMissing, name);
        let born = cells.need(Column::Born, Why::BornMissing, |text| born(text, house.today));
        let record = cells.read(Column::Record, |text| text.parse().map_err(|_| Why::RecordMalformed));
        let phone = cells.read(Column::Phone, |text| phone(text, house.country));
        let email = cells.read(Column::Email, email);
        let language = language(&mut cells, Column::Language, house.language);
        let care = care(&mut cells, house);
        let groups: Vec<u16> = self.groups();
        let relatives =
            groups.into_iter().filter_map(|number| relative(&mut cells, number, language, house.country)).collect();
        let read = name.zip(born).zip(care).map(|((name, born), care)| PatientRow {
            name,
            born,
            record,
            phone,
            email,
            language,
            care,
            relatives,
        });
        cells.judged(read)
    }

    /// The place of the cell that says who a row is about, by record number or by name.
    #[must_use]
    pub fn place_of_record(&self) -> Option<usize> {
        self.0.place(Column::Record)
    }

    /// The place of the cell with the name.
    #[must_use]
    pub fn place_of_name(&self) -> Option<usize> {
        self.0.place(Column::Name)
    }

    /// The numbers of the groups there are, in order.
    fn groups(&self) -> Vec<u16> {
        let number = |column: &Option<Column>| match column {
            Some(Column::Relative(number, _)) => Some(*number),
            _ => None,
        };
        let mut numbers: Vec<u16> = self.0.0.iter().filter_map(number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

fn born(text: &str, today: Date) -> Result<BirthDate, Why> {
    let date = day(text, Why::BornMalformed)?;
    BirthDate::parse(&date.to_string(), today).map_err(|_| Why::BornImpossible)
}

/// Without a status, a ward or a date of discharge tells it.
fn care(cells: &mut Cells<'_, Column>, house: House<'_>) -> Option<Care> {
    let has_ward = !cells.is_empty(Column::Ward) || !cells.is_empty(Column::Bed);
    let has_left = !cells.is_empty(Column::DischargedOn);
    let told = match (has_ward, has_left) {
        (true, _) => Status::Inpatient,
        (false, true) => Status::Discharged,
        (false, false) => Status::Outpatient,
    };
    let status = cells.choice(Column::Care, STATUSES, Why::CareUnknown, told);
    if has_ward && status != Status::Inpatient {
        cells.note(if cells.is_empty(Column::Ward) { Column::Bed } else { Column::Ward }, Why::CareContradicted);
    }
    if has_left && status != Status::Discharged {
        cells.note(Column::DischargedOn, Why::CareContradicted);
    }
    match status {
        Status::Outpatient => Some(Care::Outpatient),
        Status::Inpatient => {
            let ward = cells.need(Column::Ward, Why::WardMissing, |text| ward(text, house.wards));
            let bed = cells.read(Column::Bed, |text| text.parse().map_err(|_| Why::BedMalformed));
            Some(Care::Inpatient { ward: ward?, bed })
        }
        Status::Discharged => {
            let on = cells.need(Column::DischargedOn, Why::DischargeMissing, |text| day(text, Why::DischargeMalformed));
            Some(Care::Discharged { on: on? })
        }
    }
}

/// Nobody where name, relation and phone are empty.
fn relative(
    cells: &mut Cells<'_, Column>,
    number: u16,
    patients: Language,
    country: Option<Country>,
) -> Option<RelativeRow> {
    let of = |of| Column::Relative(number, of);
    if [Of::Name, Of::Relation, Of::Phone].iter().all(|column| cells.is_empty(of(*column))) {
        return None;
    }
    let name = cells.need(of(Of::Name), Why::NameMissing, name);
    let relation = cells.need(of(Of::Relation), Why::RelationMissing, |text| {
        let is_line = text.chars().count() <= LONGEST_RELATION && !text.chars().any(char::is_control);
        if is_line { Ok(text.to_owned()) } else { Err(Why::RelationMalformed) }
    });
    let phone = cells.need(of(Of::Phone), Why::PhoneMissing, |text| phone(text, country));
    let language = language(cells, of(Of::Language), patients);
    let may_receive_report = cells.choice(of(Of::Report), CHOICES, Why::ChoiceUnknown, true);
    let may_visit = cells.choice(of(Of::Visit), CHOICES, Why::ChoiceUnknown, true);
    Some(RelativeRow { name: name?, relation: relation?, phone: phone?, language, may_receive_report, may_visit })
}

#[cfg(test)]
mod tests;
