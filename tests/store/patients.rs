//! Patients are stored with their relatives and found as people ask for them.

use antesala::domain::ids::{PatientId, RelativeId, WardId};
use antesala::domain::patient::Care;
use antesala::domain::person::Language;
use antesala::store::patients::{self, Patient, Relative};
use antesala::store::wards::{self, Ward};
use antesala::store::{Store, StoreError};
use jiff::Timestamp;

use super::database::stores;

pub(super) fn patient(name: &str, phone: Option<&str>) -> Patient {
    Patient {
        id: PatientId::mint(),
        name: name.parse().unwrap(),
        born: "1950-02-11".parse().unwrap(),
        record: None,
        phone: phone.map(|phone| phone.parse().unwrap()),
        email: None,
        language: Language::Spanish,
        care: Care::Outpatient,
    }
}

pub(super) fn relative(name: &str, phone: &str) -> Relative {
    Relative {
        id: RelativeId::mint(),
        name: name.parse().unwrap(),
        relation: "hija".to_owned(),
        phone: phone.parse().unwrap(),
        language: Language::Portuguese,
        may_receive_report: true,
        may_visit: true,
    }
}

pub(super) async fn add(store: &Store, patient: &Patient, relatives: &[Relative]) {
    patients::insert(store, patient, relatives, Timestamp::UNIX_EPOCH).await.unwrap();
}

pub(super) async fn named(store: &Store, text: &str) -> Vec<String> {
    let found = patients::search(store, text, 10).await.unwrap();
    found.iter().map(|patient| patient.name.to_string()).collect()
}

#[tokio::test]
async fn a_patient_comes_back_whole_with_relatives_in_order() {
    for at in stores().await {
        let ward = Ward { id: WardId::mint(), name: "Medicina Interna".to_owned() };
        wards::insert(&at.store, &ward).await.unwrap();
        let tomas = Patient { care: Care::on(Some(ward.id)), ..patient("Tomás Díaz", None) };
        let family = [relative("Rosa Díaz", "+525512345678"), relative("Ana Díaz", "+525587654321")];
        add(&at.store, &tomas, &family).await;
        assert_eq!(patients::find(&at.store, tomas.id).await.unwrap(), Some(tomas.clone()), "{}", at.engine);
        assert_eq!(patients::relatives_of(&at.store, tomas.id).await.unwrap(), family, "{}", at.engine);
        assert_eq!(patients::find(&at.store, PatientId::mint()).await.unwrap(), None, "{}", at.engine);
    }
}

#[tokio::test]
async fn the_same_form_twice_adds_nobody_twice() {
    for at in stores().await {
        let tomas = patient("Tomás Díaz", None);
        add(&at.store, &tomas, &[relative("Rosa Díaz", "+525512345678")]).await;
        let again = [relative("Rosa Díaz", "+525512345678")];
        let outcome = patients::insert(&at.store, &tomas, &again, Timestamp::UNIX_EPOCH).await;
        assert!(matches!(outcome, Err(StoreError::Duplicate)), "{}: {outcome:?}", at.engine);
        assert_eq!(patients::relatives_of(&at.store, tomas.id).await.unwrap().len(), 1, "{}", at.engine);
    }
}

#[tokio::test]
async fn any_word_of_a_name_finds_without_case_and_accents() {
    for at in stores().await {
        for name in ["Tomás Díaz Muñoz", "José Ruiz Gómez", "Zoë Ángeles-Mora", "Ana de la Cruz"] {
            add(&at.store, &patient(name, None), &[]).await;
        }
        for text in ["tom", "TOMÁS", "díaz", "diaz mu", "muñoz", "munoz", "  Tomás   Diaz ", "muñoz, t"] {
            assert_eq!(named(&at.store, text).await, ["Tomás Díaz Muñoz"], "{}: {text}", at.engine);
        }
        // Where texts sort by a locale, a range up to the letter after `z` would be empty.
        for (text, name) in [("ruiz", "José Ruiz Gómez"), ("z", "Zoë Ángeles-Mora"), ("la cruz", "Ana de la Cruz")]
        {
            assert_eq!(named(&at.store, text).await, [name], "{}: {text}", at.engine);
        }
        assert_eq!(named(&at.store, "mora").await, ["Zoë Ángeles-Mora"], "{}", at.engine);
        assert_eq!(named(&at.store, "go jo ru").await, ["José Ruiz Gómez"], "{}", at.engine);
        for text in ["", "   ", "omas", "%", "_", "tomas'", "tomas ruiz", "jose ruiz gomez x"] {
            assert_eq!(named(&at.store, text).await, Vec::<String>::new(), "{}: {text}", at.engine);
        }
    }
}

#[tokio::test]
async fn a_search_is_ordered_and_bounded() {
    for at in stores().await {
        for name in ["Rosa Cano", "Rosa Álvarez", "Rosa Benítez", "Rosa Rosales Rosas"] {
            add(&at.store, &patient(name, None), &[]).await;
        }
        let all = ["Rosa Álvarez", "Rosa Benítez", "Rosa Cano", "Rosa Rosales Rosas"];
        assert_eq!(named(&at.store, "rosa").await, all, "{}: each once", at.engine);
        add(&at.store, &patient("Rosa Abad Cano", None), &[]).await;
        let both = ["Rosa Cano", "Rosa Abad Cano"];
        assert_eq!(named(&at.store, "rosa cano").await, both, "{}: in a row first", at.engine);
        let two = patients::search(&at.store, "rosa", 2).await.unwrap();
        assert_eq!(two.len(), 2, "{}", at.engine);
    }
}

#[tokio::test]
async fn how_a_number_begins_finds_the_patient_and_the_relatives_patient() {
    for at in stores().await {
        let tomas =
            Patient { record: Some("SAN-551/7".parse().unwrap()), ..patient("Tomás Díaz", Some("+525512345678")) };
        let ana = patient("Ana Cruz", None);
        add(&at.store, &tomas, &[]).await;
        add(&at.store, &ana, &[relative("Rosa Cruz", "+525512349999"), relative("Eva Cruz", "+525587654321")]).await;
        for text in ["55 1234", "(55) 1234-", "+52 55 1234", "5255", "55"] {
            let mut both = named(&at.store, text).await;
            both.sort();
            assert_eq!(both, ["Ana Cruz", "Tomás Díaz"], "{}: {text}", at.engine);
        }
        for text in ["san-551", "SAN5517", "55 1234 5678", "tomas 5512"] {
            assert_eq!(named(&at.store, text).await, ["Tomás Díaz"], "{}: {text}", at.engine);
        }
        assert_eq!(named(&at.store, "5587654321").await, ["Ana Cruz"], "{}", at.engine);
        assert_eq!(named(&at.store, "1234").await, Vec::<String>::new(), "{}: in the middle", at.engine);
    }
}

#[tokio::test]
async fn the_last_digits_of_a_number_find_from_four_on_and_come_last() {
    for at in stores().await {
        let tomas = patient("Tomás Díaz", Some("+525512345678"));
        let ana = patient("Ana Cruz", None);
        add(&at.store, &tomas, &[]).await;
        add(&at.store, &ana, &[relative("Rosa Cruz", "+525512349999"), relative("Eva Cruz", "+525587654321")]).await;
        for text in ["5678", "45678", "2345678", "1234 5678", "234-56 78", "5512345678", "diaz 5678", "5678, tom"] {
            assert_eq!(named(&at.store, text).await, ["Tomás Díaz"], "{}: {text}", at.engine);
        }
        for text in ["4321", "765 4321", "9999"] {
            assert_eq!(named(&at.store, text).await, ["Ana Cruz"], "{}: {text}", at.engine);
        }
        for text in ["678", "78", "5679", "cruz 5678", "tomas 678"] {
            assert_eq!(named(&at.store, text).await, Vec::<String>::new(), "{}: {text}", at.engine);
        }
        add(&at.store, &patient("Luis Gil", Some("+525678000000")), &[]).await;
        assert_eq!(named(&at.store, "5678").await, ["Luis Gil", "Tomás Díaz"], "{}: who begins so first", at.engine);
    }
}

#[tokio::test]
async fn a_whole_number_finds_the_patient_and_the_relatives_patient() {
    for at in stores().await {
        let tomas = patient("Tomás Díaz", Some("+525512345678"));
        let ana = patient("Ana Cruz", None);
        add(&at.store, &tomas, &[]).await;
        add(&at.store, &ana, &[relative("Rosa Cruz", "+525512345678"), relative("Eva Cruz", "+525587654321")]).await;
        let found = async |phone| patients::search(&at.store, phone, 10).await.unwrap();
        assert_eq!(found("+525512345678").await, [tomas, ana.clone()], "{}", at.engine);
        assert_eq!(found("+525587654321").await, [ana], "{}", at.engine);
        assert_eq!(found("+525500000000").await, [], "{}", at.engine);
    }
}
