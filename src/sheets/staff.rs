//! Staff as rows of a file. There are no passwords in it: whoever is registered chooses one with an invitation.
//!
//! Never knows who works here already.

use super::cells::{Cells, House, email, language, name, ward};
use super::columns::{self, Columns};
use super::vocabulary::{Called, LANGUAGES, meaning, written};
use crate::domain::ids::WardId;
use crate::domain::import::{Fault, Why};
use crate::domain::person::{Email, Language, PersonName};
use crate::domain::service::{Service, Services};
use crate::domain::staff::Role;

/// Somebody as a file has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    /// Their name.
    pub name: PersonName,
    /// How they sign in.
    pub email: Email,
    /// What they are here for.
    pub role: Role,
    /// The ward they work on.
    pub ward: Option<WardId>,
    /// What they may book or be given.
    pub services: Services,
    /// The language of their pages.
    pub language: Language,
}

/// The columns of one file.
#[derive(Clone, Debug)]
pub struct Reader(Columns<Column>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Email,
    Role,
    Ward,
    Services,
    Language,
}

const COLUMNS: &[Called<Column>] = &[
    called(Column::Name, ["nombre", "name", "nome"], &["nombre completo", "full name", "nome completo"]),
    called(Column::Email, ["correo", "email", "e-mail"], &["correo electronico", "mail", "email address"]),
    called(Column::Role, ["función", "role", "função"], &["rol", "puesto", "papel", "cargo"]),
    called(Column::Ward, ["sala", "ward", "ala"], &["enfermaria", "pabellon"]),
    called(Column::Services, ["servicios", "services", "serviços"], &["servicio", "service", "servico"]),
    called(Column::Language, ["idioma", "language", "idioma"], &["lengua", "lingua"]),
];

const ROLES: &[Called<Role>] = &[
    called(
        Role::Admin,
        ["administración", "administrator", "administração"],
        &["admin", "administrador", "administradora"],
    ),
    called(Role::Doctor, ["medicina", "doctor", "medicina"], &["doctora", "medico", "medica"]),
    called(Role::Clerk, ["captura", "clerk", "cadastro"], &["capturista", "recepcion", "recepcao"]),
    called(
        Role::Ward,
        ["sala", "ward", "ala"],
        &["enfermeria", "enfermero", "enfermera", "nurse", "enfermagem", "enfermeiro", "enfermeira"],
    ),
];

const SERVICES: &[Called<Service>] = &[
    called(
        Service::HomeConsultation,
        ["atención domiciliaria", "home consultation", "consulta domiciliar"],
        &["consulta domiciliaria", "domicilio"],
    ),
    called(
        Service::MedicalReport,
        ["informe médico", "medical report", "boletim médico"],
        &["informe", "report", "boletim"],
    ),
    called(Service::TeleVisit, ["televisita", "tele-visit", "televisita"], &["televisit"]),
    called(Service::FollowUp, ["seguimiento", "follow-up", "acompanhamento"], &["followup"]),
];

/// For somebody who may not be permitted any service, or is permitted none.
const NONE: &[Called<()>] =
    &[Called { meaning: (), written: ["ninguno", "none", "nenhum"], understood: &["no", "ninguna", "nenhuma"] }];

const fn called<T>(meaning: T, written: [&'static str; 3], understood: &'static [&'static str]) -> Called<T> {
    Called { meaning, written, understood }
}

impl columns::Column for Column {
    const REQUIRED: &'static [Self] = &[Self::Name, Self::Email, Self::Role];

    fn called(heading: &str) -> Option<Self> {
        meaning(COLUMNS, heading)
    }

    fn written(self, language: Language) -> String {
        written(COLUMNS, self, language).to_owned()
    }
}

/// The columns of a file.
#[must_use]
pub fn header(language: Language) -> Vec<String> {
    COLUMNS.iter().map(|column| columns::Column::written(column.meaning, language)).collect()
}

/// The cells of somebody, in the order of [`header`]; `ward` is the name of their ward.
#[must_use]
pub fn cells(member: &StaffRow, ward: &str, language: Language) -> Vec<String> {
    let services: Vec<_> = member.services.iter().map(|service| written(SERVICES, service, language)).collect();
    let is_choice = member.role.possible_services() != Services::NONE;
    let none = if is_choice { written(NONE, (), language) } else { "" };
    vec![
        member.name.to_string(),
        member.email.to_string(),
        written(ROLES, member.role, language).to_owned(),
        ward.to_owned(),
        if services.is_empty() { none.to_owned() } else { services.join(", ") },
        written(LANGUAGES, member.language, language).to_owned(),
    ]
}

/// Invented people that show what a file may hold; `ward` is one of the house.
#[must_use]
pub fn example(ward: Option<WardId>) -> Vec<StaffRow> {
    let member = |name: &str, email: &str, role: Role, ward, services: Services| {
        Some(StaffRow {
            name: name.parse().ok()?,
            email: email.parse().ok()?,
            role,
            ward,
            services: services.among(role.possible_services()),
            language: Language::Spanish,
        })
    };
    let reports = Services::NONE.with(Service::MedicalReport).with(Service::FollowUp);
    let nurse = ward.and_then(|ward| member("Sara Muestra", "sara@example.org", Role::Ward, Some(ward), Services::ALL));
    [
        member("Inés Ejemplo", "ines@example.org", Role::Doctor, None, reports),
        member("Leo Ejemplo", "leo@example.org", Role::Clerk, None, Services::ALL),
        nurse,
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

    /// The address by which a row's person is recognised, if it can be read.
    #[must_use]
    pub fn mark(&self, cells: &[String]) -> Option<String> {
        Cells::of(&self.0, cells).text(Column::Email).parse::<Email>().ok().map(|email| email.to_string())
    }

    /// The place of the cell with the name.
    #[must_use]
    pub fn place_of_name(&self) -> Option<usize> {
        self.0.place(Column::Name)
    }

    /// The place of the cell with the address.
    #[must_use]
    pub fn place_of_email(&self) -> Option<usize> {
        self.0.place(Column::Email)
    }

    /// Reads a row. Without services, everybody is permitted what their role allows.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn row(&self, cells: &[String], house: House<'_>) -> Result<StaffRow, Vec<Fault>> {
        let mut cells = Cells::of(&self.0, cells);
        let name = cells.need(Column::Name, Why::NameMissing, name);
        let email = cells.need(Column::Email, Why::EmailMissing, email);
        let role = cells.need(Column::Role, Why::RoleMissing, |text| meaning(ROLES, text).ok_or(Why::RoleUnknown));
        let ward = cells.read(Column::Ward, |text| ward(text, house.wards));
        if role == Some(Role::Ward) && cells.is_empty(Column::Ward) {
            cells.note(Column::Ward, Why::WardMissing);
        }
        let permitted = cells.read(Column::Services, services);
        if let (Some(role), Some(permitted)) = (role, permitted)
            && permitted.among(role.possible_services()) != permitted
        {
            cells.note(Column::Services, Why::ServiceImpossible);
        }
        let language = language(&mut cells, Column::Language, house.language);
        let read = name.zip(email).zip(role).map(|((name, email), role)| StaffRow {
            name,
            email,
            role,
            ward,
            services: permitted.unwrap_or(role.possible_services()),
            language,
        });
        cells.judged(read)
    }
}

fn services(text: &str) -> Result<Services, Why> {
    if meaning(NONE, text).is_some() {
        return Ok(Services::NONE);
    }
    text.split([',', ';', '|', '+', '\n'])
        .filter(|word| !word.trim().is_empty())
        .map(|word| meaning(SERVICES, word).ok_or(Why::ServiceUnknown))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::{Sheet, read};

    const WARD: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

    fn wards() -> Vec<(WardId, String)> {
        vec![(WARD.parse().unwrap(), "norte".to_owned())]
    }

    fn house(wards: &[(WardId, String)]) -> House<'_> {
        House { country: None, today: "2026-11-23".parse().unwrap(), language: Language::Spanish, wards }
    }

    fn rows(file: &str) -> Vec<Result<StaffRow, Vec<Why>>> {
        let (table, wards) = (read(file.as_bytes()).unwrap(), wards());
        let reader = Reader::of(&table.header);
        let whys = |faults: Vec<Fault>| faults.into_iter().map(|fault| fault.why).collect();
        table.rows.iter().map(|line| reader.row(&line.cells, house(&wards)).map_err(whys)).collect()
    }

    #[test]
    fn services_are_limited_by_the_role() {
        let read = rows(
            "nombre;correo;función;sala;servicios;idioma\n\
             Inés Soto;Ines@hospital.example;doctora;;informe médico, seguimiento;en\n\
             Sara León;sara@hospital.example;enfermera;NORTE;;\n\
             Ada Luna;ada@hospital.example;admin;;ninguno;\n\
             Leo Paz;leo@hospital.example;captura;;ninguno;\n\
             Eva Ruiz;eva@hospital.example;doctora;;televisita;\n",
        );
        let ines = read[0].clone().unwrap();
        assert_eq!(
            (ines.email.to_string().as_str(), ines.role, ines.language),
            ("ines@hospital.example", Role::Doctor, Language::English)
        );
        assert_eq!(ines.services, Services::NONE.with(Service::MedicalReport).with(Service::FollowUp));
        let sara = read[1].clone().unwrap();
        assert_eq!((sara.ward, sara.services), (WARD.parse().ok(), Services::NONE.with(Service::TeleVisit)));
        assert_eq!(read[2].clone().unwrap().services, Services::NONE);
        assert_eq!(read[3].clone().unwrap().services, Services::NONE);
        assert_eq!(read[4], Err(vec![Why::ServiceImpossible]));
    }

    #[test]
    fn every_fault_is_told() {
        let read = rows(
            "name,email,role,ward,services,language\n\
             ,,,,,\"x\"\n\
             Leo,leo@,king,Luna,haircut,fr\n\
             Leo,leo@hospital.example,ward,,,\n",
        );
        assert_eq!(read[0], Err(vec![Why::NameMissing, Why::EmailMissing, Why::RoleMissing, Why::LanguageUnknown]));
        assert_eq!(
            read[1],
            Err(vec![
                Why::EmailMalformed,
                Why::RoleUnknown,
                Why::WardUnknown,
                Why::ServiceUnknown,
                Why::LanguageUnknown
            ])
        );
        assert_eq!(read[2], Err(vec![Why::WardMissing]));
    }

    #[test]
    fn what_was_written_is_read_back_in_every_language() {
        let member = |role: Role, ward: Option<&str>, services| StaffRow {
            name: "=Inés".parse().unwrap(),
            email: "ines@hospital.example".parse().unwrap(),
            role,
            ward: ward.map(|ward| ward.parse().unwrap()),
            services,
            language: Language::English,
        };
        let people = [
            member(Role::Admin, None, Services::NONE),
            member(Role::Doctor, None, Services::NONE.with(Service::FollowUp)),
            member(Role::Clerk, None, Services::NONE),
            member(Role::Clerk, Some(WARD), Services::ALL),
            member(Role::Ward, Some(WARD), Services::NONE.with(Service::TeleVisit)),
        ];
        for language in Language::ALL {
            let header = header(*language);
            let mut sheet = Sheet::with_header(header.iter().map(String::as_str));
            for member in &people {
                let ward = if member.ward.is_some() { "Norte" } else { "" };
                sheet.push(cells(member, ward, *language).iter().map(String::as_str));
            }
            let file = String::from_utf8(sheet.into_bytes()).unwrap();
            assert_eq!(rows(&file).into_iter().map(Result::unwrap).collect::<Vec<_>>(), people, "{language}");
        }
    }
}
