//! What was measured: one JSON object. Field names and units are explained in loadtest/README.md.
//!
//! Never rounds a failure away: what was lost or forgotten is counted.

use std::time::Duration;

use serde::Serialize;

/// Figures of one measurement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Report {
    pub(crate) scenario: &'static str,
    pub(crate) store: &'static str,
    pub(crate) waiting: usize,
    pub(crate) rate: u32,
    pub(crate) seconds: u32,
    pub(crate) doctors: usize,
    pub(crate) disk_sync_ms: f64,
    pub(crate) connect_per_s: f64,
    pub(crate) rss_before_bytes: u64,
    pub(crate) rss_bytes_per_socket: f64,
    pub(crate) idle_cpu_percent: f64,
    pub(crate) admissions: usize,
    pub(crate) click_to_received_ms: Percentiles,
    pub(crate) cpu_ms_per_1000_pushes: f64,
    pub(crate) refused: usize,
    pub(crate) lost: usize,
    pub(crate) disconnected: usize,
    pub(crate) back_after_restart_s: f64,
    pub(crate) back_after_ready_s: f64,
    pub(crate) forgotten: usize,
}

/// How long things took, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Percentiles {
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) p999: f64,
    pub(crate) max: f64,
}

impl Report {
    /// Whether everybody was admitted who should have been, and stayed so.
    pub(crate) const fn is_flawless(&self) -> bool {
        self.lost == 0 && self.refused == 0 && self.forgotten == 0 && self.disconnected == 0
    }
}

impl Percentiles {
    /// By nearest rank: each is a time that was measured. All zero when nothing was.
    pub(crate) fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |per_thousand: usize| {
            let rank = (times.len() * per_thousand).div_ceil(1000).max(1);
            times.get(rank - 1).map_or(0.0, |time| millis(*time))
        };
        Self { p50: at(500), p99: at(990), p999: at(999), max: at(1000) }
    }
}

/// In milliseconds, to the microsecond.
pub(crate) fn millis(time: Duration) -> f64 {
    round(time.as_secs_f64() * 1000.0)
}

/// To three places after the point.
pub(crate) fn round(figure: f64) -> f64 {
    (figure * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_millis(times: impl Iterator<Item = u64>) -> Percentiles {
        Percentiles::of(times.map(Duration::from_millis).collect())
    }

    #[test]
    fn percentiles_are_times_that_were_measured() {
        let shuffled = (0..2000).map(|place| place * 7919 % 2000 + 1);
        assert_eq!(of_millis(shuffled), Percentiles { p50: 1000.0, p99: 1980.0, p999: 1998.0, max: 2000.0 });
        assert_eq!(of_millis([3, 1, 2].into_iter()), Percentiles { p50: 2.0, p99: 3.0, p999: 3.0, max: 3.0 });
        assert_eq!(of_millis([4].into_iter()), Percentiles { p50: 4.0, p99: 4.0, p999: 4.0, max: 4.0 });
        assert_eq!(of_millis([].into_iter()), Percentiles { p50: 0.0, p99: 0.0, p999: 0.0, max: 0.0 });
    }

    #[test]
    fn times_are_given_to_the_microsecond() {
        assert_eq!(millis(Duration::from_nanos(1_234_567)), 1.235);
    }

    pub(crate) fn sample() -> Report {
        Report {
            scenario: "admit",
            store: "sqlite",
            waiting: 10_000,
            rate: 500,
            seconds: 30,
            doctors: 64,
            disk_sync_ms: 0.16,
            connect_per_s: 12_000.0,
            rss_before_bytes: 30_000_000,
            rss_bytes_per_socket: 14_000.0,
            idle_cpu_percent: 0.5,
            admissions: 15_000,
            click_to_received_ms: Percentiles { p50: 0.8, p99: 4.0, p999: 9.0, max: 12.0 },
            cpu_ms_per_1000_pushes: 400.0,
            refused: 0,
            lost: 0,
            disconnected: 0,
            back_after_restart_s: 1.5,
            back_after_ready_s: 1.2,
            forgotten: 0,
        }
    }

    #[test]
    fn the_shape_of_the_json_is_what_others_read() {
        let json = serde_json::to_string(&sample()).unwrap();
        assert_eq!(
            json,
            r#"{"scenario":"admit","store":"sqlite","waiting":10000,"rate":500,"seconds":30,"doctors":64,"disk_sync_ms":0.16,"connect_per_s":12000.0,"rss_before_bytes":30000000,"rss_bytes_per_socket":14000.0,"idle_cpu_percent":0.5,"admissions":15000,"click_to_received_ms":{"p50":0.8,"p99":4.0,"p999":9.0,"max":12.0},"cpu_ms_per_1000_pushes":400.0,"refused":0,"lost":0,"disconnected":0,"back_after_restart_s":1.5,"back_after_ready_s":1.2,"forgotten":0}"#
        );
    }

    #[test]
    fn one_lost_admission_is_a_flaw() {
        assert!(sample().is_flawless());
        assert!(!Report { lost: 1, ..sample() }.is_flawless());
        assert!(!Report { forgotten: 1, ..sample() }.is_flawless());
    }
}
