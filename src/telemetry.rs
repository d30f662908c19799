//! Logs and metrics.
//!
//! Logs carry ids, counts and reasons. Never: names, numbers, links, tokens, message bodies, or the path of a request,
//! which may hold a token (its pattern is logged instead).

use std::io::IsTerminal;
use std::sync::LazyLock;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use crate::config::{LogFormat, LogLevel};

/// Histogram bounds for seconds, from a tenth of a millisecond to ten seconds.
const SECONDS: &[f64] = &[0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0];

/// Starts logging to standard error. A second call changes nothing.
pub fn start_logging(level: LogLevel, format: LogFormat) {
    let is_pretty = match format {
        LogFormat::Auto => std::io::stderr().is_terminal(),
        LogFormat::Pretty => true,
        LogFormat::Json => false,
    };
    let ours = match level {
        LogLevel::Error => Level::ERROR,
        LogLevel::Warn => Level::WARN,
        LogLevel::Info => Level::INFO,
        LogLevel::Debug => Level::DEBUG,
    };
    // Libraries may log what passes through them at lower levels: statements, headers, addresses.
    let filter = Targets::new().with_default(Level::WARN.min(ours)).with_target("antesala", ours);
    let layer = if is_pretty {
        fmt::layer().with_writer(std::io::stderr).with_target(false).boxed()
    } else {
        fmt::layer().with_writer(std::io::stderr).json().flatten_event(true).with_span_list(false).boxed()
    };
    drop(tracing_subscriber::registry().with(layer.with_filter(filter)).try_init());
}

/// The metrics of this process in Prometheus' text format.
#[must_use]
pub fn render_metrics() -> String {
    METRICS.as_ref().map(PrometheusHandle::render).unwrap_or_default()
}

/// Folds what was measured since the last call into the histograms; without it they grow until somebody reads them.
pub fn keep_up() {
    if let Some(metrics) = METRICS.as_ref() {
        metrics.run_upkeep();
    }
}

/// Starts collecting metrics. A second call changes nothing.
pub fn start_metrics() {
    LazyLock::force(&METRICS);
}

static METRICS: LazyLock<Option<PrometheusHandle>> = LazyLock::new(|| {
    let recorder = PrometheusBuilder::new().set_buckets(SECONDS).ok()?.build_recorder();
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder).ok()?;
    Some(handle)
});
