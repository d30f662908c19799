//! From the cells of a row to a patient with relatives, or everything that is wrong with it.
//!
//! Never knows who is registered already.

use jiff::civil::Date;

use super::names::{Column, Of, STATUSES, Status};
use super::{PatientRow, RelativeRow};
use crate::domain::import::{Fault, Why};
use crate::domain::patient::{Care, RecordNumber};
use crate::domain::person::{BirthDate, Country, Language, PersonName};
use crate::sheets::cells::{Cells, House, day, email, language, name, phone, ward};
use crate::sheets::columns::Columns;
use crate::sheets::vocabulary::{CHOICES, meaning};

/// The longest that a relative's relation may be, in characters.
const LONGEST_RELATION: usize = 40;

/// By what a patient is recognised: in the file and among the registered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Their record number.
    pub record: Option<String>,
    /// Their name, folded.
    pub folded: Option<String>,
    /// When they were born.
    pub born: Option<String>,
    /// Their phone.
    pub phone: Option<String>,
    /// Whether the row says that whoever else has its phone is another person.
    pub shares_phone: bool,
}

/// The columns of one file.
#[derive(Clone, Debug)]
pub struct Reader(Columns<Column>);

impl Reader {
    /// For a file with this header.
    #[must_use]
    pub fn of(header: &[String]) -> Self {
        Self(Columns::of(header))
    }

    /// By what a row's patient is recognised; what cannot be read is no mark. `country` is that of numbers without one.
    #[must_use]
    pub fn marks(&self, cells: &[String], country: Option<Country>) -> Marks {
        let cells = Cells::of(&self.0, cells);
        let number = cells.text(Column::Phone);
        let number = (!number.is_empty()).then_some(number);
        Marks {
            phone: number.and_then(|number| phone(number, country).ok()).map(|phone| phone.to_string()),
            shares_phone: meaning(CHOICES, cells.text(Column::SharesPhone)) == Some(true),
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
        let shares_phone = cells.choice(Column::SharesPhone, CHOICES, Why::ChoiceUnknown, false);
        let email = cells.read(Column::Email, email);
        let language = language(&mut cells, Column::Language, house.language);
        let care = care(&mut cells, house);
        let mut relatives: Vec<RelativeRow> = Vec::new();
        for number in self.groups() {
            let Some(relative) = relative(&mut cells, number, language, house.country) else { continue };
            if !shares_phone && relatives.iter().any(|other| other.phone == relative.phone) {
                cells.note(Column::Relative(number, Of::Phone), Why::PhoneInRow);
            }
            relatives.push(relative);
        }
        let read = name.zip(born).zip(care).map(|((name, born), care)| PatientRow {
            name,
            born,
            record,
            phone,
            shares_phone,
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

    /// The place of the cell with the phone.
    #[must_use]
    pub fn place_of_phone(&self) -> Option<usize> {
        self.0.place(Column::Phone)
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
