//! The thread that connections live on.
//!
//! The web workers and the hub each run on a runtime of their own; a connection opened on one would die with it.
//!
//! Never runs a caller's work: only the connections' input and output.

use std::future::poll_fn;
use std::pin::Pin;
use std::thread::{Builder, JoinHandle};

use deadpool_postgres::{ConfigConnectImpl, Connect};
use tokio::runtime::{self, Handle};
use tokio::sync::oneshot;
use tokio::task;
use tokio_postgres::{Client, Config, Error};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::store::StoreError;

/// A runtime on a thread of its own; ends when dropped.
pub(super) struct OwnRuntime {
    handle: Handle,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl OwnRuntime {
    pub(super) fn start() -> Result<Self, StoreError> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(StoreError::unavailable)?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let work = move || {
            runtime.block_on(async {
                // Ends with an error when the sender is dropped, which is the signal.
                stopped.await.ok();
            });
        };
        let thread = Builder::new().name("store-postgres".to_owned()).spawn(work).map_err(StoreError::unavailable)?;
        Ok(Self { handle, stop: Some(stop), thread: Some(thread) })
    }

    /// Opens connections on this thread.
    pub(super) fn connects_with(&self, tls: MakeRustlsConnect) -> impl Connect + 'static {
        ConnectsHere { handle: self.handle.clone(), inner: ConfigConnectImpl { tls } }
    }
}

impl Drop for OwnRuntime {
    fn drop(&mut self) {
        self.stop = None;
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread of the database's connections had ended in a panic");
        }
    }
}

struct ConnectsHere {
    handle: Handle,
    inner: ConfigConnectImpl<MakeRustlsConnect>,
}

type Connecting<'a> = Pin<Box<dyn Future<Output = Result<(Client, task::JoinHandle<()>), Error>> + Send + 'a>>;

impl Connect for ConnectsHere {
    fn connect(&self, config: &Config) -> Connecting<'_> {
        let mut connecting = self.inner.connect(config);
        // Sockets and tasks belong to the runtime that is entered while they are made, whoever polls.
        Box::pin(poll_fn(move |context| {
            let _entered = self.handle.enter();
            connecting.as_mut().poll(context)
        }))
    }
}
