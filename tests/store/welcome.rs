//! The link by which somebody chooses a password.

use antesala::auth::welcome::{self, LIFETIME, WelcomeError};
use antesala::domain::ids::StaffId;
use antesala::domain::staff::{Role, StaffMember};
use antesala::store::staff::{self, NewStaff, invitations, roster};
use antesala::store::{Batch, Store, StoreError, sessions};
use futures_util::future::join_all;
use jiff::SignedDuration;

use super::database::stores;
use super::staff::{NOW, new, signed_in};

const AGENT: &str = "Firefox, Linux";

async fn invited(store: &Store) -> StaffMember {
    let member = new("Eva Luna", "eva@hospital.example", Role::Clerk).member;
    staff::insert(store, &NewStaff::invited(member.clone(), NOW)).await.unwrap();
    member
}

#[tokio::test]
async fn a_link_sets_one_password_ends_every_session_and_begins_one() {
    for at in stores().await {
        let eva = invited(&at.store).await;
        let token = welcome::invite(&at.store, eva.id, NOW).await.unwrap();
        let session = signed_in(&at.store, &eva, [1; 32]).await;
        assert_eq!(welcome::holder(&at.store, &token, NOW).await.unwrap(), Some(eva.clone()), "{}", at.engine);
        assert_eq!(invitations::expiry(&at.store, eva.id).await.unwrap(), Some(NOW + LIFETIME), "{}", at.engine);

        let later = NOW + SignedDuration::from_mins(5);
        let hashes: Vec<_> = (0..5).map(|number| format!("hash {number}")).collect();
        let racing = hashes.iter().map(|hash| welcome::accept(&at.store, eva.id, &token, hash, AGENT, later));
        let outcomes = join_all(racing).await;
        let (won, lost): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, 4), "{}", at.engine);
        let accepted = won.into_iter().next().unwrap().unwrap();
        assert_eq!(accepted.ended, [session], "{}", at.engine);
        let begun = sessions::of_staff(&at.store, eva.id).await.unwrap();
        let begun: Vec<_> = begun.iter().map(|one| (one.id, one.agent.as_str(), one.created_at)).collect();
        let held = sessions::find_by_cookie(&at.store, &accepted.cookie.hash()).await.unwrap().unwrap();
        assert_eq!((begun, held.member), (vec![(held.id, AGENT, later)], eva.clone()), "{}: one only", at.engine);
        let entry = roster::find(&at.store, eva.id).await.unwrap().unwrap();
        assert_eq!(entry.signed_in_at, Some(later), "{}", at.engine);
        assert!(lost.iter().all(|lost| matches!(lost, Err(WelcomeError::LinkOver))), "{}: {lost:?}", at.engine);
        let (found, hash) = staff::find_by_email(&at.store, &eva.email).await.unwrap().unwrap();
        assert_eq!(found, eva, "{}", at.engine);
        assert!(hashes.contains(&hash), "{}: {hash}", at.engine);
        assert_eq!(sessions::find_by_cookie(&at.store, &[1; 32]).await.unwrap(), None, "{}", at.engine);
        assert_eq!(welcome::holder(&at.store, &token, NOW).await.unwrap(), None, "{}: used", at.engine);
    }
}

#[tokio::test]
async fn a_link_dies_of_time_of_a_newer_one_and_of_disablement() {
    for at in stores().await {
        let ada = new("Ada Rey", "ada@hospital.example", Role::Admin);
        staff::insert(&at.store, &ada).await.unwrap();
        let eva = invited(&at.store).await;
        let old = welcome::invite(&at.store, eva.id, NOW).await.unwrap();
        let token = welcome::invite(&at.store, eva.id, NOW).await.unwrap();
        assert_eq!(welcome::holder(&at.store, &old, NOW).await.unwrap(), None, "{}: replaced", at.engine);
        let last = NOW + LIFETIME - SignedDuration::from_secs(1);
        assert!(welcome::holder(&at.store, &token, last).await.unwrap().is_some(), "{}", at.engine);
        let late = NOW + LIFETIME;
        assert_eq!(welcome::holder(&at.store, &token, late).await.unwrap(), None, "{}: expired", at.engine);
        let refused = [
            welcome::accept(&at.store, eva.id, &old, "hash", AGENT, NOW).await,
            welcome::accept(&at.store, eva.id, &token, "hash", AGENT, late).await,
            welcome::accept(&at.store, ada.member.id, &token, "hash", AGENT, NOW).await,
        ];
        assert!(refused.iter().all(|one| matches!(one, Err(WelcomeError::LinkOver))), "{}: {refused:?}", at.engine);

        for id in [eva.id, ada.member.id] {
            assert!(sessions::of_staff(&at.store, id).await.unwrap().is_empty(), "{}: nobody is signed in", at.engine);
        }

        roster::disable(&at.store, ada.member.id, eva.id).await.unwrap();
        assert_eq!(welcome::holder(&at.store, &token, NOW).await.unwrap(), None, "{}: disabled", at.engine);
        for nobody in [eva.id, StaffId::mint()] {
            let outcome = welcome::invite(&at.store, nobody, NOW).await;
            assert!(matches!(outcome, Err(StoreError::Conflict)), "{}: {outcome:?}", at.engine);
        }
        roster::enable(&at.store, ada.member.id, eva.id).await.unwrap();
        assert_eq!(welcome::holder(&at.store, &token, NOW).await.unwrap(), None, "{}: gone for good", at.engine);
        let (_, hash) = staff::find_by_email(&at.store, &ada.member.email).await.unwrap().unwrap();
        assert_eq!(hash, ada.password_hash, "{}", at.engine);
    }
}

#[tokio::test]
async fn somebody_is_added_together_with_their_link_or_not_at_all() {
    for at in stores().await {
        let eva = new("Eva Luna", "eva@hospital.example", Role::Clerk).member;
        let (token, invitation) = welcome::draw(eva.id, NOW);
        let mut batch = Batch::new();
        staff::add(&mut batch, &NewStaff::invited(eva.clone(), NOW));
        invitations::add(&mut batch, &invitation);
        at.store.write(batch).await.unwrap();
        assert_eq!(welcome::holder(&at.store, &token, NOW).await.unwrap(), Some(eva.clone()), "{}", at.engine);

        let other = new("Eva Sol", "eva@hospital.example", Role::Clerk).member;
        let (token, invitation) = welcome::draw(other.id, NOW);
        let mut batch = Batch::new();
        staff::add(&mut batch, &NewStaff::invited(other, NOW));
        invitations::add(&mut batch, &invitation);
        let outcome = at.store.write(batch).await;
        assert!(matches!(outcome, Err(StoreError::Duplicate)), "{}: {outcome:?}", at.engine);
        assert_eq!(welcome::holder(&at.store, &token, NOW).await.unwrap(), None, "{}", at.engine);
    }
}
