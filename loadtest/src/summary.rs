//! A report as people read it.

use crate::report::Report;

/// One figure a line, with its unit.
pub(crate) fn of(report: &Report) -> String {
    let times = &report.click_to_received_ms;
    let lines = [
        format!("{} waiting in groups of 3, {} doctors, {} store", report.waiting, report.doctors, report.store),
        format!("disk keeps a page in        {:>9.3} ms", report.disk_sync_ms),
        format!("connecting, with snapshot   {:>9.0} a second", report.connect_per_s),
        format!("server memory               {:>9.1} kB per socket", report.rss_bytes_per_socket / 1000.0),
        format!("server at rest              {:>9.2} % of one processor", report.idle_cpu_percent),
        format!("admitted                    {:>9} at {} a second", report.admissions, report.rate),
        format!("click to received, p50      {:>9.3} ms", times.p50),
        format!("click to received, p99      {:>9.3} ms", times.p99),
        format!("click to received, p99.9    {:>9.3} ms", times.p999),
        format!("click to received, longest  {:>9.3} ms", times.max),
        format!("server time                 {:>9.1} ms per 1,000 admissions", report.cpu_ms_per_1000_pushes),
        format!("refused, lost, disconnected {:>9}, {}, {}", report.refused, report.lost, report.disconnected),
        format!(
            "all back after SIGKILL      {:>9.3} s from start, {:.3} s from ready",
            report.back_after_restart_s, report.back_after_ready_s
        ),
        format!("forgotten by the restart    {:>9}", report.forgotten),
    ];
    lines.join("\n")
}
