//! Round after round, at the pace the provider takes: while some messages are on their way, the next are taken in hand.
//!
//! Never has more than [`IN_HAND`] messages on their way, and stops only once each of them has its answer.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

use super::{Leased, Outbox, gate};
use crate::domain::ids::ConsultationId;
use crate::domain::message::Channel;
use crate::domain::message::tempo::{Echo, Tempo};
use crate::store::StoreError;

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
                let pause = begin_round(&outbox, tempo.round(room), tempo, &mut under_way).await.unwrap_or_else(|error| {
                    tracing::warn!(%error, "messages that are due could not be read; trying again");
                    PAUSE
                });
                next_round.set(sleep(pause));
            }
        }
    }
    while under_way.join_next().await.is_some() {}
}

/// Takes at most `most` messages in hand and sends them on their way, texts one after another; answers when to begin the next
/// round. What is not to be sent takes none of the provider's time.
async fn begin_round<N, F>(
    outbox: &Arc<Outbox<N>>,
    most: u32,
    tempo: Tempo,
    under_way: &mut UnderWay,
) -> Result<Duration, StoreError>
where
    N: Fn(ConsultationId) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let Leased { doubtful, fresh, due } = outbox.lease(most).await?;
    for message in doubtful {
        let outbox = Arc::clone(outbox);
        under_way.spawn(async move {
            outbox.look_for(message).await;
            (tempo, Echo::Silent)
        });
    }
    let mut waits = Duration::ZERO;
    for ready in outbox.hand_over(fresh).await? {
        let (outbox, wait) = (Arc::clone(outbox), waits);
        if ready.message.channel == Channel::Text {
            waits += tempo.gap();
        }
        under_way.spawn(async move {
            sleep(wait).await;
            (tempo, outbox.give_away(ready).await.in_round(due, most))
        });
    }
    Ok(if due == most { waits } else { PAUSE })
}
