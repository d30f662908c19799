//! Everybody who works or worked here, and what admins change about them, also two of them at once.

use antesala::domain::service::{Service, Services};
use antesala::domain::staff::Role;
use antesala::store::staff::roster::{self, Entry};
use antesala::store::staff::{self, NewStaff};
use antesala::store::{Store, StoreError, sessions};
use futures_util::future::join;

use super::database::stores;
use super::staff::{NOW, new, signed_in};

async fn hired(store: &Store, name: &str, email: &str, role: Role) -> NewStaff {
    let new = new(name, email, role);
    staff::insert(store, &new).await.unwrap();
    new
}

async fn entry(store: &Store, of: &NewStaff) -> Entry {
    roster::find(store, of.member.id).await.unwrap().unwrap()
}

#[tokio::test]
async fn the_roster_holds_everybody_and_how_they_stand() {
    for at in stores().await {
        let ada = hired(&at.store, "Ada Rey", "ada@hospital.example", Role::Admin).await;
        let ines = hired(&at.store, "Inés Soto", "ines@hospital.example", Role::Doctor).await;
        let invited = NewStaff::invited(new("Eva Luna", "eva@hospital.example", Role::Clerk).member, NOW);
        staff::insert(&at.store, &invited).await.unwrap();
        signed_in(&at.store, &ada.member, [1; 32]).await;
        roster::disable(&at.store, ada.member.id, ines.member.id).await.unwrap();

        let all = roster::all(&at.store).await.unwrap();
        assert_eq!(all.len(), 3, "{}", at.engine);
        let of = |new: &NewStaff| all.iter().find(|entry| entry.member == new.member).unwrap();
        assert_eq!((of(&ada).is_active, of(&ada).has_password, of(&ada).signed_in_at), (true, true, Some(NOW)));
        assert_eq!((of(&ines).is_active, of(&ines).has_password, of(&ines).signed_in_at), (false, true, None));
        assert_eq!((of(&invited).is_active, of(&invited).has_password), (true, false), "{}", at.engine);
        assert_eq!(entry(&at.store, &ines).await, *of(&ines), "{}", at.engine);
        let found = staff::find_by_email(&at.store, &invited.member.email).await.unwrap();
        assert_eq!(found, None, "{}: nobody signs in without a password", at.engine);
    }
}

#[tokio::test]
async fn an_edit_is_stored_and_a_stale_one_is_not() {
    for at in stores().await {
        let ada = hired(&at.store, "Ada Rey", "ada@hospital.example", Role::Admin).await;
        let ines = hired(&at.store, "Inés Soto", "ines@hospital.example", Role::Doctor).await;
        let rev = entry(&at.store, &ines).await.rev;
        let mut changed = ines.member.clone();
        changed.name = "Inés Soto Amaya".parse().unwrap();
        changed.services = Services::NONE.with(Service::MedicalReport);
        roster::edit(&at.store, ada.member.id, &changed, rev).await.unwrap();
        let stored = entry(&at.store, &ines).await;
        assert_eq!((&stored.member, stored.rev), (&changed, rev + 1), "{}", at.engine);

        let stale = roster::edit(&at.store, ada.member.id, &ines.member, rev).await;
        assert!(matches!(stale, Err(StoreError::Conflict)), "{}: {stale:?}", at.engine);
        changed.email = ada.member.email.clone();
        let taken = roster::edit(&at.store, ada.member.id, &changed, rev + 1).await;
        assert!(matches!(taken, Err(StoreError::Duplicate)), "{}: {taken:?}", at.engine);
        assert_eq!(entry(&at.store, &ines).await, stored, "{}", at.engine);
    }
}

#[tokio::test]
async fn who_is_disabled_is_signed_out_everywhere_and_comes_back_with_the_same_password() {
    for at in stores().await {
        let ada = hired(&at.store, "Ada Rey", "ada@hospital.example", Role::Admin).await;
        let ines = hired(&at.store, "Inés Soto", "ines@hospital.example", Role::Doctor).await;
        let mut open =
            [signed_in(&at.store, &ines.member, [1; 32]).await, signed_in(&at.store, &ines.member, [2; 32]).await];
        signed_in(&at.store, &ada.member, [3; 32]).await;
        let mut ended = roster::disable(&at.store, ada.member.id, ines.member.id).await.unwrap();
        ended.sort_unstable();
        open.sort_unstable();
        assert_eq!(ended, open, "{}", at.engine);
        assert_eq!(sessions::of_staff(&at.store, ines.member.id).await.unwrap(), [], "{}", at.engine);
        assert_eq!(sessions::of_staff(&at.store, ada.member.id).await.unwrap().len(), 1, "{}", at.engine);
        let twice = roster::disable(&at.store, ada.member.id, ines.member.id).await;
        assert!(matches!(twice, Err(StoreError::Conflict)), "{}: {twice:?}", at.engine);

        roster::enable(&at.store, ada.member.id, ines.member.id).await.unwrap();
        let found = staff::find_by_email(&at.store, &ines.member.email).await.unwrap();
        assert_eq!(found, Some((ines.member.clone(), ines.password_hash.clone())), "{}", at.engine);
    }
}

#[tokio::test]
async fn only_an_admin_changes_staff_and_nobody_takes_their_own_place_away() {
    for at in stores().await {
        let ada = hired(&at.store, "Ada Rey", "ada@hospital.example", Role::Admin).await;
        let ines = hired(&at.store, "Inés Soto", "ines@hospital.example", Role::Doctor).await;
        let (admin, doctor) = (ada.member.id, ines.member.id);
        let mut demoted = ada.member.clone();
        demoted.role = Role::Clerk;
        for outcome in [
            roster::disable(&at.store, doctor, admin).await.map(drop),
            roster::disable(&at.store, admin, admin).await.map(drop),
            roster::edit(&at.store, admin, &demoted, 1).await,
            roster::edit(&at.store, doctor, &ines.member, 1).await,
        ] {
            assert!(matches!(outcome, Err(StoreError::Conflict)), "{}: {outcome:?}", at.engine);
        }
        assert_eq!((entry(&at.store, &ada).await.rev, entry(&at.store, &ines).await.rev), (1, 1), "{}", at.engine);
    }
}

#[tokio::test]
async fn two_admins_who_disable_each_other_leave_one() {
    for at in stores().await {
        for round in 0..20 {
            let [ada, eva] = ["ada", "eva"].map(|name| format!("{name}{round}@hospital.example"));
            let ada = hired(&at.store, "Ada Rey", &ada, Role::Admin).await.member.id;
            let eva = hired(&at.store, "Eva Luna", &eva, Role::Admin).await.member.id;
            let outcomes = join(roster::disable(&at.store, ada, eva), roster::disable(&at.store, eva, ada)).await;
            let mut left = 0;
            for id in [ada, eva] {
                left += usize::from(roster::find(&at.store, id).await.unwrap().unwrap().is_active);
            }
            assert_eq!(left, 1, "{}: {outcomes:?}", at.engine);
        }
    }
}
