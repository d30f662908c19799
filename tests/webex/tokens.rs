//! Staying signed in, on both engines: what Webex granted is kept, whatever happens meanwhile, and
//! shared by all nodes.

use std::sync::Arc;
use std::time::Duration;

use antesala::auth::seal::Sealer;
use antesala::clock::Clock;
use antesala::providers::video::Webex;
use antesala::workers::webex::{Keyring, keep_signed_in, stay_signed_in};
use futures_util::future::{join, join3};
use tokio::sync::{oneshot, watch};

use crate::database::{TestStore, stores};
use crate::webex::{FakeWebex, Mood};
use crate::{now, usual};

/// A hospital of several nodes, and its organisation at Webex.
struct House {
    at: TestStore,
    fake: FakeWebex,
    clock: Clock,
}

async fn houses() -> Vec<House> {
    let house = |at| {
        let clock = Clock::manual(now());
        House { at, fake: FakeWebex::start(clock.clone()), clock }
    };
    stores().await.into_iter().map(house).collect()
}

impl House {
    fn node(&self) -> Keyring {
        let client = Webex::new(&self.fake.settings(usual()), "derived".into(), self.clock.clone());
        Keyring {
            store: self.at.store.clone(),
            webex: Arc::new(client.unwrap().unwrap()),
            sealer: Sealer::keyed_by(&[7; 32]).unwrap(),
            clock: self.clock.clone(),
        }
    }

    fn revoke(&self) {
        self.fake.state().tokens.access = None;
    }

    fn renewals(&self) -> usize {
        self.fake.state().tokens.renewals
    }
}

#[tokio::test]
async fn a_renewal_that_a_shutdown_meets_is_kept() {
    for house in houses().await {
        let node = house.node();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = stay_signed_in(&node, async { drop(stopped.await) });
        let stopping = async {
            node.webex.bearer().arrives().await;
            house.revoke();
            house.fake.moods(&[("access_token", Mood::Slow(Duration::from_millis(300)))]);
            let granted = async {
                while house.renewals() < 2 {
                    tokio::task::yield_now().await;
                }
                // It is granted by now, and the answer on its way.
                drop(stop);
            };
            drop(join(node.webex.licences(), granted).await);
        };
        join(running, stopping).await;
        let later = house.node();
        assert!(keep_signed_in(&later).await.unwrap().is_in(), "{}", house.at.engine);
        assert!(later.webex.licences().await.is_ok(), "with what was granted: {}", house.at.engine);
        assert_eq!(house.renewals(), 2, "{}", house.at.engine);
    }
}

#[tokio::test]
async fn what_another_node_has_renewed_is_taken() {
    for house in houses().await {
        let (one, other) = (house.node(), house.node());
        assert!(keep_signed_in(&one).await.unwrap().is_in(), "{}", house.at.engine);
        let (stop, stopped) = watch::channel(());
        let until = |mut stopped: watch::Receiver<()>| async move { drop(stopped.changed().await) };
        let asking = async {
            for node in [&one, &other] {
                node.webex.bearer().arrives().await;
            }
            house.revoke();
            for node in [&one, &other] {
                assert!(node.webex.licences().await.is_ok(), "{}", house.at.engine);
            }
            drop(stop);
        };
        let running = |ring| stay_signed_in(ring, until(stopped.clone()));
        join3(running(&one), running(&other), asking).await;
        assert_eq!(house.renewals(), 2, "the first time, and once for both: {}", house.at.engine);
    }
}
