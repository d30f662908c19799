//! Patients' records are edited by one at a time, found by what they say now, and merged whole.

use antesala::domain::ids::{PatientId, WardId};
use antesala::domain::patient::Care;
use antesala::store::patients::{
    self, Filed, Likeness, Listed, Merge, Patient, Relative, Stored, add_relative, edit, edit_relative, merge,
    remove_relative,
};
use antesala::store::wards::{self, Ward};
use antesala::store::{Store, StoreError};
use jiff::Timestamp;

use super::database::stores;
use super::patients::{add, named, patient, relative};
use super::visit::{booked, scheduled};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

pub(super) async fn record(store: &Store, id: PatientId) -> (Stored<Patient>, Vec<Stored<Relative>>) {
    match patients::read(store, id).await.unwrap() {
        Some(Filed::Here(patient, relatives)) => (*patient, relatives),
        other => panic!("{id} is not here: {other:?}"),
    }
}

async fn merging(store: &Store, survivor: PatientId, other: PatientId) -> Merge {
    let (survivor, relatives) = record(store, survivor).await;
    let (gone, others) = record(store, other).await;
    Merge { survivor, relatives, other: (other, gone.rev), others }
}

fn names(relatives: &[Stored<Relative>]) -> Vec<String> {
    relatives.iter().map(|stored| stored.value.name.to_string()).collect()
}

#[tokio::test]
async fn an_edit_is_found_by_what_it_says_and_no_longer_by_what_it_said() {
    for at in stores().await {
        let tomas = patient("Tomás Díaz", Some("+525512345678"));
        add(&at.store, &tomas, &[]).await;
        let (mut stored, _) = record(&at.store, tomas.id).await;
        let first = stored.clone();
        stored.value.name = "Tomás Luna".parse().unwrap();
        stored.value.phone = Some("+525599990000".parse().unwrap());
        stored.value.record = Some("K-7".parse().unwrap());
        stored.value.care = Care::Discharged { on: "2026-03-01".parse().unwrap() };
        edit(&at.store, &stored).await.unwrap();
        for text in ["luna", "5599", "k7", "525599"] {
            assert_eq!(named(&at.store, text).await, ["Tomás Luna"], "{}: {text}", at.engine);
        }
        for text in ["diaz", "5512"] {
            assert_eq!(named(&at.store, text).await, Vec::<String>::new(), "{}: {text}", at.engine);
        }
        assert_eq!(record(&at.store, tomas.id).await.0.value, stored.value, "{}", at.engine);
        let late = edit(&at.store, &first).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{}: {late:?}", at.engine);
        assert_eq!(named(&at.store, "luna").await, ["Tomás Luna"], "{}: nothing was written", at.engine);
    }
}

#[tokio::test]
async fn no_two_patients_have_one_record_number() {
    for at in stores().await {
        let tomas = Patient { record: Some("K-7".parse().unwrap()), ..patient("Tomás Díaz", None) };
        let ana = patient("Ana Cruz", None);
        add(&at.store, &tomas, &[]).await;
        add(&at.store, &ana, &[]).await;
        let (mut stored, _) = record(&at.store, ana.id).await;
        stored.value.record = tomas.record.clone();
        let taken = edit(&at.store, &stored).await;
        assert!(matches!(taken, Err(StoreError::Duplicate)), "{}: {taken:?}", at.engine);
        let rosa = Patient { record: tomas.record.clone(), ..patient("Rosa Cano", None) };
        let taken = patients::insert(&at.store, &rosa, &[], NOW).await;
        assert!(matches!(taken, Err(StoreError::Duplicate)), "{}: {taken:?}", at.engine);
    }
}

#[tokio::test]
async fn relatives_come_change_and_go_with_what_they_are_found_by() {
    for at in stores().await {
        let tomas = patient("Tomás Díaz", None);
        add(&at.store, &tomas, &[]).await;
        let rosa = relative("Rosa Díaz", "+525512345678");
        add_relative(&at.store, tomas.id, &rosa, NOW).await.unwrap();
        let again = add_relative(&at.store, tomas.id, &rosa, NOW).await;
        assert!(matches!(again, Err(StoreError::Duplicate)), "{}: {again:?}", at.engine);
        assert_eq!(named(&at.store, "5512").await, ["Tomás Díaz"], "{}", at.engine);

        let (of, mut stored) = patients::find_relative(&at.store, rosa.id).await.unwrap().unwrap();
        assert_eq!(of, tomas.id);
        let first = stored.clone();
        stored.value.phone = "+525587654321".parse().unwrap();
        stored.value.may_visit = false;
        edit_relative(&at.store, &stored).await.unwrap();
        assert_eq!(named(&at.store, "5512").await, Vec::<String>::new(), "{}", at.engine);
        assert_eq!(named(&at.store, "5587").await, ["Tomás Díaz"], "{}", at.engine);
        assert!(matches!(edit_relative(&at.store, &first).await, Err(StoreError::Conflict)), "{}", at.engine);
        let late = remove_relative(&at.store, rosa.id, first.rev, NOW).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{}: {late:?}", at.engine);

        let (_, now) = patients::find_relative(&at.store, rosa.id).await.unwrap().unwrap();
        assert_eq!(now.value, stored.value, "{}", at.engine);
        remove_relative(&at.store, rosa.id, now.rev, NOW).await.unwrap();
        assert_eq!(named(&at.store, "5587").await, Vec::<String>::new(), "{}", at.engine);
        assert_eq!(patients::relatives_of(&at.store, tomas.id).await.unwrap(), [], "{}", at.engine);
        assert_eq!(patients::find_relative(&at.store, rosa.id).await.unwrap(), None, "{}", at.engine);
        let nobody = add_relative(&at.store, PatientId::mint(), &relative("Eva Cruz", "+525512345678"), NOW).await;
        assert!(matches!(nobody, Err(StoreError::Conflict)), "{}: {nobody:?}", at.engine);
    }
}

#[tokio::test]
async fn who_may_be_the_same_person_is_told_with_the_reason() {
    for at in stores().await {
        let tomas = Patient { record: Some("K-7".parse().unwrap()), ..patient("Tomás Díaz", Some("+525512345678")) };
        add(&at.store, &tomas, &[]).await;
        let likeness = async |candidate: &Patient| {
            let alike = patients::duplicates_of(&at.store, candidate).await.unwrap();
            assert!(alike.iter().all(|alike| alike.patient.id == tomas.id), "{}", at.engine);
            alike.iter().map(|alike| alike.likeness).collect::<Vec<_>>()
        };
        let other = Patient { born: "1980-01-01".parse().unwrap(), ..patient("Ana Cruz", None) };
        assert_eq!(likeness(&tomas).await, [], "{}: nobody is alike themselves", at.engine);
        assert_eq!(likeness(&other).await, [], "{}", at.engine);
        let same = patient("TOMAS DIAZ", None);
        assert_eq!(likeness(&same).await, [Likeness::NameAndBirth], "{}", at.engine);
        let twin = Patient { record: tomas.record.clone(), ..same };
        assert_eq!(likeness(&twin).await, [Likeness::RecordNumber], "{}: once, for the strongest", at.engine);
        let married = Patient { name: "Ana Díaz".parse().unwrap(), phone: tomas.phone.clone(), ..other.clone() };
        assert_eq!(likeness(&married).await, [Likeness::PhoneAndName], "{}", at.engine);
        let neighbour = Patient { phone: tomas.phone.clone(), ..other };
        assert_eq!(likeness(&neighbour).await, [], "{}: a phone alone is a family's", at.engine);
    }
}

#[tokio::test]
async fn lists_go_by_name_and_by_where_people_are() {
    for at in stores().await {
        let ward = Ward { id: WardId::mint(), name: "Medicina Interna".to_owned() };
        wards::insert(&at.store, &ward).await.unwrap();
        let home = Care::Discharged { on: "2026-03-01".parse().unwrap() };
        for (name, care) in [("Eva Cano", Care::Outpatient), ("Ana Mora", Care::on(Some(ward.id))), ("Rut Gil", home)] {
            add(&at.store, &Patient { care, ..patient(name, None) }, &[]).await;
        }
        let listed = async |which, skipped, limit| {
            let found = patients::list(&at.store, which, skipped, limit).await.unwrap();
            found.iter().map(|patient| patient.name.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(listed(Listed::Everybody, 0, 10).await, ["Ana Mora", "Eva Cano", "Rut Gil"], "{}", at.engine);
        assert_eq!(listed(Listed::Everybody, 1, 1).await, ["Eva Cano"], "{}", at.engine);
        assert_eq!(listed(Listed::Outpatients, 0, 10).await, ["Eva Cano"], "{}", at.engine);
        assert_eq!(listed(Listed::Inpatients, 0, 10).await, ["Ana Mora"], "{}", at.engine);
        assert_eq!(listed(Listed::OnWard(ward.id), 0, 10).await, ["Ana Mora"], "{}", at.engine);
        assert_eq!(listed(Listed::OnWard(WardId::mint()), 0, 10).await, Vec::<String>::new(), "{}", at.engine);
        assert_eq!(listed(Listed::Discharged, 0, 10).await, ["Rut Gil"], "{}", at.engine);
    }
}

#[tokio::test]
async fn a_merge_moves_everything_and_leads_on() {
    for at in stores().await {
        let visit = booked(&at.store, NOW, scheduled(NOW)).await.visit.id;
        let sql = "SELECT patient_id FROM consultations WHERE id = $1";
        let rows = at.store.read(sql, vec![visit.to_string().into()]).await.unwrap();
        let gone: PatientId = rows[0].parsed(0).unwrap();
        let rosa = relative("Rosa Díaz", "+525511110000");
        add_relative(&at.store, gone, &rosa, NOW).await.unwrap();
        add_relative(&at.store, gone, &relative("Eva Díaz", "+525511112222"), NOW).await.unwrap();
        let kept = Patient { record: Some("K-7".parse().unwrap()), ..patient("Tomás Díaz", None) };
        let same_rosa = Relative { may_receive_report: false, ..relative("Rosa D.", "+525511110000") };
        add(&at.store, &kept, &[same_rosa]).await;

        let mut merging = merging(&at.store, kept.id, gone).await;
        merging.survivor.value.phone = Some("+525577778888".parse().unwrap());
        merge(&at.store, &merging, NOW).await.unwrap();

        assert_eq!(patients::read(&at.store, gone).await.unwrap(), Some(Filed::MergedInto(kept.id)), "{}", at.engine);
        assert_eq!(patients::find(&at.store, gone).await.unwrap(), None, "{}", at.engine);
        let (now, relatives) = record(&at.store, kept.id).await;
        assert_eq!(now.value, merging.survivor.value, "{}", at.engine);
        let mut family = names(&relatives);
        family.sort();
        assert_eq!(family, ["Eva Díaz", "Rosa D."], "{}: one number, one relative", at.engine);
        assert!(relatives.iter().any(|rosa| !rosa.value.may_receive_report && rosa.value.may_visit), "{}", at.engine);
        assert_eq!(patients::open_visits(&at.store, kept.id).await.unwrap()[0].id, visit, "{}", at.engine);
        let seat = "SELECT name, phone FROM participants WHERE consultation_id = $1 AND kind = 'patient'";
        let seat = at.store.read(seat, vec![visit.to_string().into()]).await.unwrap();
        assert_eq!(
            (seat[0].text(0).unwrap(), seat[0].text(1).unwrap()),
            ("Tomás Díaz", "+525577778888"),
            "{}",
            at.engine
        );
        for text in ["5511110000", "5511112222", "k7", "5577778888"] {
            assert_eq!(named(&at.store, text).await, ["Tomás Díaz"], "{}: {text}", at.engine);
        }
        assert_eq!(named(&at.store, "quiroga").await, Vec::<String>::new(), "{}: who is merged away", at.engine);

        let last = patient("Tomás Díaz Luna", None);
        add(&at.store, &last, &[]).await;
        let again = self::merging(&at.store, last.id, kept.id).await;
        merge(&at.store, &again, NOW).await.unwrap();
        assert_eq!(patients::read(&at.store, gone).await.unwrap(), Some(Filed::MergedInto(last.id)), "{}", at.engine);
    }
}

#[tokio::test]
async fn a_merge_of_what_has_changed_merges_nothing() {
    for at in stores().await {
        let (one, two) = (patient("Tomás Díaz", None), patient("Tomás Diaz", None));
        let rosa = relative("Rosa Díaz", "+525511110000");
        add(&at.store, &one, &[relative("Rosa D.", "+525511110000")]).await;
        add(&at.store, &two, std::slice::from_ref(&rosa)).await;
        let merging = merging(&at.store, one.id, two.id).await;

        let (mut changed, _) = record(&at.store, two.id).await;
        changed.value.phone = Some("+525577778888".parse().unwrap());
        edit(&at.store, &changed).await.unwrap();
        let late = merge(&at.store, &merging, NOW).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{}: {late:?}", at.engine);

        let merging = self::merging(&at.store, one.id, two.id).await;
        let (_, mut stored) = patients::find_relative(&at.store, rosa.id).await.unwrap().unwrap();
        stored.value.may_visit = false;
        edit_relative(&at.store, &stored).await.unwrap();
        let late = merge(&at.store, &merging, NOW).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{}: {late:?}", at.engine);
        assert_eq!(named(&at.store, "tomas").await.len(), 2, "{}", at.engine);
        assert_eq!(patients::relatives_of(&at.store, two.id).await.unwrap().len(), 1, "{}", at.engine);
    }
}

#[tokio::test]
async fn a_merge_sees_all_relatives_or_merges_nothing() {
    for at in stores().await {
        let (one, two) = (patient("Tomás Díaz", None), patient("Tomás Diaz", None));
        let rosa = relative("Rosa Díaz", "+525511110000");
        add(&at.store, &one, &[relative("Ana Díaz", "+525511110001")]).await;
        add(&at.store, &two, std::slice::from_ref(&rosa)).await;
        let refused = async |merging: &Merge, why: &str| {
            let late = merge(&at.store, merging, NOW).await;
            assert!(matches!(late, Err(StoreError::Conflict)), "{}: {why}: {late:?}", at.engine);
        };

        for of in [one.id, two.id] {
            let before = merging(&at.store, one.id, two.id).await;
            add_relative(&at.store, of, &relative("Eva Díaz", "+525511110002"), NOW).await.unwrap();
            refused(&before, "somebody was added").await;
        }
        let before = merging(&at.store, one.id, two.id).await;
        let (_, mut stored) = patients::find_relative(&at.store, rosa.id).await.unwrap().unwrap();
        stored.value.may_visit = false;
        edit_relative(&at.store, &stored).await.unwrap();
        refused(&before, "nobody's number was known, but somebody changed").await;
        let before = merging(&at.store, one.id, two.id).await;
        let (_, stored) = patients::find_relative(&at.store, rosa.id).await.unwrap().unwrap();
        remove_relative(&at.store, rosa.id, stored.rev, NOW).await.unwrap();
        refused(&before, "somebody was removed").await;

        assert_eq!(patients::name_of_relative(&at.store, rosa.id).await.unwrap(), Some(rosa.name), "{}", at.engine);
        assert_eq!(named(&at.store, "tomas").await.len(), 2, "{}", at.engine);
        let now = merging(&at.store, one.id, two.id).await;
        merge(&at.store, &now, NOW).await.unwrap();
    }
}

#[tokio::test]
async fn of_a_merge_and_a_new_relative_only_one_passes_unseen() {
    for at in stores().await {
        for round in 0..12 {
            let (one, two) = (patient("Tomás Díaz", None), patient("Tomás Diaz", None));
            add(&at.store, &one, &[]).await;
            add(&at.store, &two, &[]).await;
            let before = merging(&at.store, one.id, two.id).await;
            let eva = relative("Eva Díaz", "+525511110002");
            let of = if round % 2 == 0 { one.id } else { two.id };
            let (added, merged) = tokio::join!(add_relative(&at.store, of, &eva, NOW), merge(&at.store, &before, NOW));
            // Whoever keeps the record may get a relative after the merge, never between looking and merging.
            let is_seen = match (&added, &merged) {
                (Ok(()), Err(StoreError::Conflict)) | (Err(StoreError::Conflict), Ok(())) => true,
                (Ok(()), Ok(())) => of == one.id,
                _ => false,
            };
            assert!(is_seen, "{}: {added:?}, {merged:?}", at.engine);
        }
    }
}
