//! Round after round, at the pace the provider takes: while some messages are on their way, the next are taken in hand.
//!
//! Never has more than [`IN_HAND`] messages on their way, and stops only once each of them has its answer.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

use super::{Hand, Outbox, gate};
use crate::domain::ids::ConsultationId;
use crate::domain::message::tempo::{Echo, Tempo};

/// How many messages one worker has on their way at most.
const IN_HAND: u32 = 100;

/// How often it looks for more, once nothing is due.
const PAUSE: Duration = Duration::from_secs(1);

/// How often what is left of the day's limit is told.
const BUDGET_EVERY: Duration = Duration::from_secs(60);

/// Messages on their way, each with the tempo at which it was handed over.
type UnderWay = JoinSet<(Tempo, Echo)>;

/// Sends what is due until `shutdown` completes; what is in hand by then is finished.
pub async fn run<N, F>(outbox: Outbox<N>, shutdown: impl Future<Output = ()>)
where
    N: Fn(ConsultationId) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let outbox = Arc::new(outbox);
    let mut shutdown = pin!(shutdown);
    let mut next_round = pin!(sleep(Duration::ZERO));
    let mut budget = tokio::time::interval(BUDGET_EVERY);
    let (mut tempo, mut under_way) = (Tempo::default(), UnderWay::new());
    loop {
        let room = IN_HAND.saturating_sub(u32::try_from(under_way.len()).unwrap_or(IN_HAND));
        tokio::select! {
            biased;
            () = &mut shutdown => break,
            Some(answered) = under_way.join_next() => {
                // Whoever panicked has said so; its message is looked for once its lease is over.
                if let Ok((handed_at, echo)) = answered {
                    tempo = tempo.after(handed_at, echo);
                }
            }
            // What is left of the day's limit changes also while nothing is sent: at midnight, or by another node.
            _ = budget.tick() => drop(gate::budget(&outbox).await),
            () = &mut next_round, if room > 0 => {
                let most = tempo.round(room);
                let due = begin_round(&outbox, most, tempo, &mut under_way).await;
                next_round.set(sleep(if due == most { tempo.gap() * due } else { PAUSE }));
            }
        }
    }
    while under_way.join_next().await.is_some() {}
}

/// Takes at most `most` messages in hand and sends them on their way, one after another; answers how many were due.
async fn begin_round<N, F>(outbox: &Arc<Outbox<N>>, most: u32, tempo: Tempo, under_way: &mut UnderWay) -> u32
where
    N: Fn(ConsultationId) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let Hand { doubtful, ready, due } = match outbox.take(most).await {
        Ok(hand) => hand,
        Err(error) => {
            tracing::warn!(%error, "messages that are due could not be read; trying again");
            return 0;
        }
    };
    for message in doubtful {
        let outbox = Arc::clone(outbox);
        under_way.spawn(async move {
            outbox.look_for(message).await;
            (tempo, Echo::Silent)
        });
    }
    let mut waits = Duration::ZERO;
    for ready in ready {
        let outbox = Arc::clone(outbox);
        under_way.spawn(async move {
            sleep(waits).await;
            (tempo, outbox.give_away(ready).await)
        });
        waits += tempo.gap();
    }
    due
}
