//! Staff, their sessions, and the first admin's link.

use antesala::domain::ids::{StaffId, StaffSessionId, WardId};
use antesala::domain::person::Language;
use antesala::domain::staff::{Role, StaffMember};
use antesala::store::sessions::{self, NewSession};
use antesala::store::staff::{self, NewStaff, roster};
use antesala::store::wards::{self, Ward};
use antesala::store::{Batch, Store, StoreError, setup_links};
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

use super::database::stores;
use super::visit::{booked, scheduled};

pub(super) const NOW: Timestamp = Timestamp::UNIX_EPOCH;

pub(super) fn new(name: &str, email: &str, role: Role) -> NewStaff {
    let member = StaffMember {
        id: StaffId::mint(),
        email: email.parse().unwrap(),
        name: name.parse().unwrap(),
        role,
        ward: None,
        language: Language::Spanish,
        zone: "America/Mexico_City".to_owned(),
        services: role.possible_services(),
    };
    NewStaff { member, password_hash: format!("hash of {name}"), created_at: NOW }
}

/// Somebody signs in.
pub(super) async fn signed_in(store: &Store, member: &StaffMember, cookie: [u8; 32]) -> StaffSessionId {
    let new = session(member, cookie);
    sessions::insert(store, &new).await.unwrap();
    new.id
}

fn session(member: &StaffMember, cookie_hash: [u8; 32]) -> NewSession<'static> {
    NewSession { id: StaffSessionId::mint(), staff: member.id, cookie_hash, agent: "Firefox, Linux", at: NOW }
}

/// Somebody tries the set-up link with this hash.
async fn set_up(store: &Store, link: u8, admin: &NewStaff) -> Result<(), StoreError> {
    let cookie_hash = [*admin.member.id.as_bytes(); 2].concat().try_into().unwrap();
    setup_links::create_admin(store, &[link; 32], admin, &session(&admin.member, cookie_hash)).await
}

async fn dismiss(store: &Store, id: StaffId) {
    let mut batch = Batch::new();
    batch.run_on_one("UPDATE staff SET active = FALSE WHERE id = $1", vec![id.to_string().into()]);
    store.write(batch).await.unwrap();
}

#[tokio::test]
async fn a_member_of_staff_is_found_by_address_and_id() {
    for at in stores().await {
        let ward = Ward { id: WardId::mint(), name: "Medicina Interna".to_owned() };
        wards::insert(&at.store, &ward).await.unwrap();
        assert_eq!(wards::list(&at.store).await.unwrap(), std::slice::from_ref(&ward), "{}", at.engine);
        let mut eva = new("Eva Luna", "eva@hospital.example", Role::Ward);
        eva.member.ward = Some(ward.id);
        staff::insert(&at.store, &eva).await.unwrap();
        let found = staff::find_by_email(&at.store, &"EVA@hospital.example".parse().unwrap()).await.unwrap();
        assert_eq!(found, Some((eva.member.clone(), "hash of Eva Luna".to_owned())), "{}", at.engine);
        assert_eq!(staff::find(&at.store, eva.member.id).await.unwrap(), Some(eva.member), "{}", at.engine);
        let nobody = staff::find_by_email(&at.store, &"nobody@hospital.example".parse().unwrap()).await.unwrap();
        assert_eq!(nobody, None, "{}", at.engine);
    }
}

#[tokio::test]
async fn an_address_belongs_to_one() {
    for at in stores().await {
        staff::insert(&at.store, &new("Eva Luna", "eva@hospital.example", Role::Clerk)).await.unwrap();
        let outcome = staff::insert(&at.store, &new("Eva Sol", "eva@hospital.example", Role::Clerk)).await;
        assert!(matches!(outcome, Err(StoreError::Duplicate)), "{}: {outcome:?}", at.engine);
        assert_eq!(staff::count(&at.store).await.unwrap(), 1, "{}", at.engine);
    }
}

#[tokio::test]
async fn lists_hold_the_active_by_name() {
    for at in stores().await {
        assert_eq!(staff::count(&at.store).await.unwrap(), 0, "{}", at.engine);
        let ines = new("Inés Soto", "ines@hospital.example", Role::Doctor);
        let ada = new("Ada Rey", "ada@hospital.example", Role::Doctor);
        let gone = new("Bruno Gil", "bruno@hospital.example", Role::Doctor);
        let clerk = new("Carla Paz", "carla@hospital.example", Role::Clerk);
        for one in [&ines, &ada, &gone, &clerk] {
            staff::insert(&at.store, one).await.unwrap();
        }
        dismiss(&at.store, gone.member.id).await;
        let doctors = staff::doctors(&at.store).await.unwrap();
        assert_eq!(doctors, [ada.member.clone(), ines.member.clone()], "{}", at.engine);
        assert_eq!(staff::list(&at.store).await.unwrap(), [ada.member, clerk.member, ines.member], "{}", at.engine);
        assert_eq!(staff::find(&at.store, gone.member.id).await.unwrap(), None, "{}", at.engine);
        assert_eq!(staff::find_by_email(&at.store, &gone.member.email).await.unwrap(), None, "{}", at.engine);
        assert_eq!(staff::count(&at.store).await.unwrap(), 4, "{}", at.engine);
    }
}

#[tokio::test]
async fn former_doctors_are_those_whom_visits_still_name() {
    for at in stores().await {
        let hour = SignedDuration::from_hours(1);
        let mut doctors = Vec::new();
        for name in ["Zoe Gil", "Ada Rey", "Eva Sol"] {
            let doctor = booked(&at.store, NOW, scheduled(NOW + hour)).await.doctor;
            let mut batch = Batch::new();
            let sql = "UPDATE staff SET name = $1 WHERE id = $2";
            batch.run_on_one(sql, vec![name.into(), doctor.id.to_string().into()]);
            at.store.write(batch).await.unwrap();
            doctors.push(doctor.id);
        }
        let never = new("Bruno Gil", "bruno@hospital.example", Role::Doctor);
        staff::insert(&at.store, &never).await.unwrap();
        for id in [doctors[0], never.member.id] {
            dismiss(&at.store, id).await;
        }
        let mut batch = Batch::new();
        let sql = "UPDATE staff SET role = 'clerk' WHERE id = $1";
        batch.run_on_one(sql, vec![doctors[1].to_string().into()]);
        at.store.write(batch).await.unwrap();
        let former = roster::former_doctors(&at.store).await.unwrap();
        let ids: Vec<_> = former.iter().map(|doctor| doctor.id).collect();
        assert_eq!(ids, [doctors[1], doctors[0]], "{}: by name; who has another role by now, too", at.engine);
    }
}

#[tokio::test]
async fn a_session_lives_from_sign_in_to_sign_out() {
    for at in stores().await {
        let ines = new("Inés Soto", "ines@hospital.example", Role::Doctor);
        staff::insert(&at.store, &ines).await.unwrap();
        let first = signed_in(&at.store, &ines.member, [1; 32]).await;
        signed_in(&at.store, &ines.member, [2; 32]).await;
        let later = NOW + SignedDuration::from_mins(5);
        sessions::touch(&at.store, first, later).await.unwrap();
        let session = sessions::find_by_cookie(&at.store, &[1; 32]).await.unwrap().unwrap();
        assert_eq!((session.id, session.created_at, session.seen_at), (first, NOW, later), "{}", at.engine);
        assert_eq!(session.member, ines.member, "{}", at.engine);
        assert_eq!(sessions::find_by_cookie(&at.store, &[3; 32]).await.unwrap(), None, "{}", at.engine);

        sessions::end(&at.store, first).await.unwrap();
        sessions::end(&at.store, first).await.unwrap();
        assert_eq!(sessions::find_by_cookie(&at.store, &[1; 32]).await.unwrap(), None, "{}", at.engine);
        assert!(sessions::find_by_cookie(&at.store, &[2; 32]).await.unwrap().is_some(), "{}", at.engine);
    }
}

#[tokio::test]
async fn who_is_dismissed_is_signed_out() {
    for at in stores().await {
        let ines = new("Inés Soto", "ines@hospital.example", Role::Doctor);
        staff::insert(&at.store, &ines).await.unwrap();
        signed_in(&at.store, &ines.member, [1; 32]).await;
        dismiss(&at.store, ines.member.id).await;
        assert_eq!(sessions::find_by_cookie(&at.store, &[1; 32]).await.unwrap(), None, "{}", at.engine);
        let id = StaffSessionId::mint();
        let again = NewSession { id, staff: ines.member.id, cookie_hash: [2; 32], agent: "", at: NOW };
        let outcome = sessions::insert(&at.store, &again).await;
        assert!(matches!(outcome, Err(StoreError::Conflict)), "{}: {outcome:?}", at.engine);
    }
}

#[tokio::test]
async fn the_set_up_link_makes_one_admin() {
    for at in stores().await {
        let until = NOW + SignedDuration::from_hours(1);
        setup_links::insert(&at.store, &[1; 32], until).await.unwrap();
        setup_links::insert(&at.store, &[2; 32], until).await.unwrap();
        assert_eq!(setup_links::expiry(&at.store, &[1; 32]).await.unwrap(), None, "{}: replaced", at.engine);
        assert_eq!(setup_links::expiry(&at.store, &[2; 32]).await.unwrap(), Some(until), "{}", at.engine);

        let racers: Vec<_> =
            (0..10).map(|n| new("Ada Rey", &format!("ada{n}@hospital.example"), Role::Admin)).collect();
        let outcomes = join_all(racers.iter().map(|admin| set_up(&at.store, 2, admin))).await;
        let made = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        let told = outcomes.iter().filter(|outcome| matches!(outcome, Err(StoreError::Conflict))).count();
        assert_eq!((made, told), (1, 9), "{}", at.engine);
        assert_eq!(staff::count(&at.store).await.unwrap(), 1, "{}", at.engine);
        assert_eq!(setup_links::expiry(&at.store, &[2; 32]).await.unwrap(), None, "{}: used", at.engine);
        let begun = at.store.read_one("SELECT COUNT(*) FROM staff_sessions", vec![]).await.unwrap().unwrap();
        assert_eq!(begun.int(0).unwrap(), 1, "{}: signed in once", at.engine);
    }
}

#[tokio::test]
async fn a_set_up_link_ends_when_somebody_works_here() {
    for at in stores().await {
        setup_links::insert(&at.store, &[1; 32], NOW + SignedDuration::from_hours(1)).await.unwrap();
        staff::insert(&at.store, &new("Inés Soto", "ines@hospital.example", Role::Doctor)).await.unwrap();
        assert_eq!(setup_links::expiry(&at.store, &[1; 32]).await.unwrap(), None, "{}", at.engine);
        let admin = new("Ada Rey", "ada@hospital.example", Role::Admin);
        let outcome = set_up(&at.store, 1, &admin).await;
        assert!(matches!(outcome, Err(StoreError::Conflict)), "{}: {outcome:?}", at.engine);
        assert_eq!(staff::count(&at.store).await.unwrap(), 1, "{}", at.engine);
    }
}

#[tokio::test]
async fn a_set_up_link_out_of_time_makes_nobody() {
    for at in stores().await {
        setup_links::insert(&at.store, &[1; 32], NOW).await.unwrap();
        let admin = new("Ada Rey", "ada@hospital.example", Role::Admin);
        let outcome = set_up(&at.store, 1, &admin).await;
        assert!(matches!(outcome, Err(StoreError::Conflict)), "{}: {outcome:?}", at.engine);
        assert_eq!(staff::count(&at.store).await.unwrap(), 0, "{}", at.engine);
    }
}
