//! What staff choose for themselves, and the sessions they see and end.

use antesala::domain::ids::StaffSessionId;
use antesala::domain::person::Language;
use antesala::domain::service::{Admission, Admissions, Service};
use antesala::domain::staff::{CannedMessage, Role};
use antesala::store::staff::own::{self, NewPasswordHash};
use antesala::store::staff::{self, roster};
use antesala::store::{StoreError, sessions};

use super::database::stores;
use super::staff::{NOW, new, signed_in};

#[tokio::test]
async fn language_and_zone_are_kept_and_an_admin_s_older_page_does_not_overwrite_them() {
    for at in stores().await {
        let ada = new("Ada Rey", "ada@hospital.example", Role::Admin);
        let ines = new("Inés Soto", "ines@hospital.example", Role::Doctor);
        staff::insert(&at.store, &ada).await.unwrap();
        staff::insert(&at.store, &ines).await.unwrap();
        own::settle(&at.store, ines.member.id, Language::English, "America/Tijuana").await.unwrap();
        let stored = roster::find(&at.store, ines.member.id).await.unwrap().unwrap();
        assert_eq!((stored.member.language, stored.member.zone.as_str()), (Language::English, "America/Tijuana"));
        let stale = roster::edit(&at.store, ada.member.id, &ines.member, 1).await;
        assert!(matches!(stale, Err(StoreError::Conflict)), "{}: {stale:?}", at.engine);
    }
}

#[tokio::test]
async fn a_new_password_takes_the_old_one_s_place_once_and_ends_the_other_sessions() {
    for at in stores().await {
        let ines = new("Inés Soto", "ines@hospital.example", Role::Doctor);
        staff::insert(&at.store, &ines).await.unwrap();
        let session = signed_in(&at.store, &ines.member, [1; 32]).await;
        let other = signed_in(&at.store, &ines.member, [2; 32]).await;
        let old = own::password_hash(&at.store, ines.member.id).await.unwrap().unwrap();
        assert_eq!(old, ines.password_hash, "{}", at.engine);
        let change = NewPasswordHash { staff: ines.member.id, old: &old, new: "another hash", session };
        assert_eq!(own::change_password(&at.store, change).await.unwrap(), [other], "{}", at.engine);
        assert!(sessions::find_by_cookie(&at.store, &[1; 32]).await.unwrap().is_some(), "{}", at.engine);
        let again = own::change_password(&at.store, NewPasswordHash { new: "a third", ..change }).await;
        assert!(matches!(again, Err(StoreError::Conflict)), "{}: {again:?}", at.engine);
        let now = own::password_hash(&at.store, ines.member.id).await.unwrap();
        assert_eq!(now.as_deref(), Some("another hash"), "{}", at.engine);
    }
}

#[tokio::test]
async fn sessions_are_listed_with_their_browser_and_ended_by_their_owner_only() {
    for at in stores().await {
        let ines = new("Inés Soto", "ines@hospital.example", Role::Doctor).member;
        let carla = new("Carla Paz", "carla@hospital.example", Role::Clerk).member;
        for member in [&ines, &carla] {
            let invited = staff::NewStaff::invited(member.clone(), NOW);
            staff::insert(&at.store, &invited).await.unwrap();
        }
        let first = signed_in(&at.store, &ines, [1; 32]).await;
        let second = signed_in(&at.store, &ines, [2; 32]).await;
        let third = signed_in(&at.store, &ines, [3; 32]).await;
        let theirs = signed_in(&at.store, &carla, [4; 32]).await;
        let listed = sessions::of_staff(&at.store, ines.id).await.unwrap();
        assert_eq!(listed.len(), 3, "{}", at.engine);
        assert!(listed.iter().all(|session| session.agent == "Firefox, Linux" && session.created_at == NOW));

        let none: [StaffSessionId; 0] = [];
        assert_eq!(sessions::end_one_of(&at.store, carla.id, first).await.unwrap(), none, "{}", at.engine);
        assert_eq!(sessions::end_one_of(&at.store, ines.id, first).await.unwrap(), [first], "{}", at.engine);
        assert_eq!(sessions::end_others_of(&at.store, ines.id, second).await.unwrap(), [third], "{}", at.engine);
        assert_eq!(sessions::end_all_of(&at.store, ines.id).await.unwrap(), [second], "{}", at.engine);
        let left = sessions::of_staff(&at.store, carla.id).await.unwrap();
        assert_eq!(left.iter().map(|session| session.id).collect::<Vec<_>>(), [theirs], "{}", at.engine);
    }
}

#[tokio::test]
async fn how_somebody_lets_people_in_is_kept_where_it_is_not_as_usual() {
    for at in stores().await {
        let ines = new("Inés Soto", "ines@hospital.example", Role::Doctor);
        staff::insert(&at.store, &ines).await.unwrap();
        let id = ines.member.id;
        assert_eq!(own::admissions(&at.store, id).await.unwrap(), Admissions::default(), "{}", at.engine);
        let chosen: Admissions =
            [(Service::MedicalReport, Admission::OneByOne), (Service::FollowUp, Admission::WhenStarted)]
                .into_iter()
                .collect();
        own::keep_admissions(&at.store, id, &chosen).await.unwrap();
        assert_eq!(own::admissions(&at.store, id).await.unwrap(), chosen, "{}", at.engine);
        own::keep_admissions(&at.store, id, &Admissions::default()).await.unwrap();
        assert_eq!(own::admissions(&at.store, id).await.unwrap(), Admissions::default(), "{}", at.engine);
    }
}

#[tokio::test]
async fn canned_messages_keep_their_order() {
    for at in stores().await {
        let ines = new("Inés Soto", "ines@hospital.example", Role::Doctor);
        staff::insert(&at.store, &ines).await.unwrap();
        let id = ines.member.id;
        let messages: Vec<CannedMessage> =
            (0..20).map(|number| format!("Voy en {} min", 20 - number).parse().unwrap()).collect();
        own::keep_canned_messages(&at.store, id, &messages).await.unwrap();
        assert_eq!(own::canned_messages(&at.store, id).await.unwrap(), messages, "{}", at.engine);
        own::keep_canned_messages(&at.store, id, &messages[3..5]).await.unwrap();
        assert_eq!(own::canned_messages(&at.store, id).await.unwrap(), messages[3..5], "{}", at.engine);
    }
}
