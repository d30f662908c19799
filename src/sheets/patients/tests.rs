//! Rows of patients, read and written.

use super::*;
use crate::domain::import::{Fault, Why};
use crate::sheets::{House, Sheet, Table, read};

const WARD: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

fn wards() -> Vec<(WardId, String)> {
    vec![(WARD.parse().unwrap(), "medicina interna".to_owned())]
}

fn house(wards: &[(WardId, String)]) -> House<'_> {
    House { country: "mx".parse().ok(), today: "2026-11-23".parse().unwrap(), language: Language::Spanish, wards }
}

fn table(file: &str) -> Table {
    read(file.as_bytes()).unwrap()
}

fn only(file: &str) -> Result<PatientRow, Vec<Fault>> {
    let table = table(file);
    Reader::of(&table.header).row(&table.rows[0].cells, house(&wards()))
}

/// What is wrong, with the heading it is under.
fn faults(file: &str) -> Vec<(String, Why)> {
    let header = table(file).header;
    let heading = |fault: &Fault| fault.place.and_then(|place| header.get(place)).cloned().unwrap_or_default();
    only(file).unwrap_err().iter().map(|fault| (heading(fault), fault.why)).collect()
}

fn fault_of(heading: &str, cell: &str) -> Vec<(String, Why)> {
    faults(&format!("name,born,{heading}\nTomás Díaz,1950-02-11,\"{cell}\"\n"))
}

#[test]
fn a_patient_comes_with_relatives() {
    let row = only(
        "nombre;fecha de nacimiento;expediente;teléfono;correo;idioma;sala;cama;familiar 1 nombre;familiar 1 parentesco;familiar 1 teléfono;familiar 1 informe;familiar 2 nombre;familiar 2 parentesco;familiar 2 teléfono\n\
         Tomás  Díaz;11/02/1950;ab-12;525512345678;T@Correo.example;pt;MEDICINA INTERNA;7 B;Rosa Díaz;hija;55 1234 5679;no;;;\n",
    )
    .unwrap();
    assert_eq!((row.name.to_string(), row.born.to_string()), ("Tomás Díaz".to_owned(), "1950-02-11".to_owned()));
    assert_eq!(row.record.unwrap().to_string(), "AB-12");
    assert_eq!(row.phone.unwrap().to_string(), "+525512345678", "a spreadsheet dropped its plus");
    assert_eq!(row.language, Language::Portuguese);
    assert_eq!(row.care, Care::Inpatient { ward: WARD.parse().unwrap(), bed: "7 B".parse().ok() });
    let [rosa] = row.relatives.as_slice() else { panic!("{:?}", row.relatives) };
    assert_eq!((rosa.phone.to_string().as_str(), rosa.relation.as_str()), ("+525512345679", "hija"));
    assert_eq!((rosa.language, rosa.may_receive_report, rosa.may_visit), (Language::Portuguese, false, true));
}

#[test]
fn a_status_is_told_or_follows_from_ward_and_discharge() {
    let care = |columns: &str, cells: &str| {
        only(&format!("name,born,{columns}\nTomás Díaz,1950-02-11,{cells}\n")).map(|row| row.care)
    };
    let inside = Care::Inpatient { ward: WARD.parse().unwrap(), bed: None };
    let left = Care::Discharged { on: "2026-11-20".parse().unwrap() };
    assert_eq!(care("ward,discharged on", ",").unwrap(), Care::Outpatient);
    assert_eq!(care("ward,discharged on", "medicina interna,").unwrap(), inside);
    assert_eq!(care("ward,discharged on", ",20/11/2026").unwrap(), left);
    assert_eq!(care("estado,fecha de alta", "Alta,20/11/2026").unwrap(), left);
    assert_eq!(care("situação,ala", "internado,Medicina Interna").unwrap(), inside);
}

#[test]
fn every_fault_is_told_at_its_cell() {
    for (heading, cell, why) in [
        ("record number", "=cmd", Why::RecordMalformed),
        ("phone", "12", Why::PhoneMalformed),
        ("phone", "5.25512E+11", Why::PhoneMalformed),
        ("email", "tomas", Why::EmailMalformed),
        ("language", "fr", Why::LanguageUnknown),
        ("status", "lost", Why::CareUnknown),
        ("ward", "Luna", Why::WardUnknown),
        ("discharged on", "yesterday", Why::DischargeMalformed),
        ("relative 1 visit,relative 1 name", "x\",\"12", Why::NameMalformed),
    ] {
        let found = fault_of(heading, cell);
        assert!(found.iter().any(|(_, fault)| *fault == why), "{heading} {cell}: {found:?}");
    }
    assert_eq!(fault_of("status", "inpatient"), [(String::new(), Why::WardMissing)]);
    assert_eq!(fault_of("status", "alta"), [(String::new(), Why::DischargeMissing)]);
    assert_eq!(
        fault_of("status,ward", "outpatient\",\"Medicina interna"),
        [("ward".to_owned(), Why::CareContradicted)]
    );
    assert_eq!(
        fault_of("ward,bed", "Medicina interna\",\"a bed that is longer than a line"),
        [("bed".to_owned(), Why::BedMalformed)]
    );
    assert_eq!(
        fault_of("relative 1 name,relative 1 relation,relative 1 phone,relative 1 report", "\",\"hija\",\"\",\"maybe"),
        [
            ("relative 1 name".to_owned(), Why::NameMissing),
            ("relative 1 phone".to_owned(), Why::PhoneMissing),
            ("relative 1 report".to_owned(), Why::ChoiceUnknown),
        ]
    );
}

#[test]
fn two_relatives_with_one_number_are_told_unless_they_share_it() {
    let of = |shared: &str, phone: &str| {
        let group = |number| format!("relative {number} name,relative {number} relation,relative {number} phone");
        let header = format!("name,born,shared phone,{},{}", group(1), group(2));
        format!("{header}\nTomás,1950-02-11,{shared},Rosa,hija,5512345678,Ana,nieta,{phone}\n")
    };
    let told = [("relative 2 phone".to_owned(), Why::PhoneInRow)];
    assert_eq!(faults(&of("", "+52 55 1234 5678")), told);
    assert_eq!(faults(&of("no", "+52 55 1234 5678")), told);
    assert_eq!(only(&of("sí", "+52 55 1234 5678")).unwrap().relatives.len(), 2);
    assert_eq!(only(&of("", "5512345679")).unwrap().relatives.len(), 2);
    assert_eq!(faults(&of("perhaps", "5512345679")), [("shared phone".to_owned(), Why::ChoiceUnknown)]);
}

#[test]
fn name_and_birth_must_be_there_and_make_sense() {
    let found = |name: &str, born: &str| {
        faults(&format!("name,born\n{name},{born}\n")).into_iter().map(|(_, why)| why).collect::<Vec<_>>()
    };
    assert_eq!(found("", "1950-02-11"), [Why::NameMissing]);
    assert_eq!(found("12", ""), [Why::NameMalformed, Why::BornMissing]);
    assert_eq!(found(&"x".repeat(101), "1950-02-30"), [Why::NameLong, Why::BornMalformed]);
    assert_eq!(found("Tomás", "2027-01-01"), [Why::BornImpossible]);
    assert_eq!(found("Tomás", "1850-01-01"), [Why::BornImpossible]);
    assert_eq!(found("Tomás", "1950-02-11,extra"), [Why::CellExtra]);
}

#[test]
fn a_formula_is_text_like_any_other() {
    let row = only("name,born\n=cmd|' /C calc'!A0,1950-02-11\n").unwrap();
    assert_eq!(row.name.to_string(), "=cmd|' /C calc'!A0");
}

#[test]
fn a_row_is_recognised_by_record_name_and_birth() {
    let table =
        table("name,born,record,phone,shared phone\n TOMÁS  Díaz,11/02/1950,ab-1,5512345678,X\n12,soon,=x,12,\n");
    let reader = Reader::of(&table.header);
    let marks = reader.marks(&table.rows[0].cells, "mx".parse().ok());
    assert_eq!(
        marks,
        Marks {
            record: Some("AB-1".to_owned()),
            folded: Some("tomas diaz".to_owned()),
            born: Some("1950-02-11".to_owned()),
            phone: Some("+525512345678".to_owned()),
            shares_phone: true,
        }
    );
    assert_eq!(reader.marks(&table.rows[1].cells, None), Marks::default());
}

#[test]
fn what_was_written_is_read_back_in_every_language() {
    let relative = |name: &str, may_visit: bool| RelativeRow {
        name: name.parse().unwrap(),
        relation: "=hija".to_owned(),
        phone: "+525512345679".parse().unwrap(),
        language: Language::English,
        may_receive_report: !may_visit,
        may_visit,
    };
    let patient = |care, relatives| PatientRow {
        name: "=Tomás; \"Díaz\"".parse().unwrap(),
        born: "1950-02-11".parse().unwrap(),
        record: "AB-1".parse().ok(),
        phone: "+525512345678".parse().ok(),
        shares_phone: true,
        email: "t@correo.example".parse().ok(),
        language: Language::Portuguese,
        care,
        relatives,
    };
    let wards = wards();
    let patients = [
        patient(Care::Inpatient { ward: WARD.parse().unwrap(), bed: "-7".parse().ok() }, vec![]),
        patient(Care::Discharged { on: "2026-11-20".parse().unwrap() }, vec![relative("Rosa", true)]),
        patient(Care::Outpatient, vec![relative("Rosa", true), relative("Ana", false)]),
    ];
    for language in Language::ALL {
        let header = header(2, *language);
        let mut sheet = Sheet::with_header(header.iter().map(String::as_str));
        for patient in &patients {
            let ward = if patient.care.ward().is_some() { "Medicina Interna" } else { "" };
            sheet.push(cells(patient, ward, *language).iter().map(String::as_str));
        }
        let table = read(&sheet.into_bytes()).unwrap();
        let reader = Reader::of(&table.header);
        let read: Vec<_> = table.rows.iter().map(|line| reader.row(&line.cells, house(&wards)).unwrap()).collect();
        assert_eq!(read, patients, "{language}");
    }
}

#[test]
fn the_example_can_be_handed_in() {
    let wards = wards();
    let example = example(wards.first().map(|(id, _)| *id));
    let header = header(GROUPS, Language::Spanish);
    let reader = Reader::of(&header);
    for patient in &example {
        let ward = if patient.care.ward().is_some() { "Medicina Interna" } else { "" };
        let read = reader.row(&cells(patient, ward, Language::Spanish), house(&wards));
        assert_eq!(read.as_ref(), Ok(patient));
    }
    assert_eq!(example.len(), 2);
}
