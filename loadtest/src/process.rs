//! What the kernel says of a running process: its memory and its processor time (Linux, `proc(5)`).

use std::time::Duration;
use std::{fs, io};

/// Ticks of processor time a second: fixed to 100 on every Linux that user space sees.
const TICKS_PER_SECOND: u64 = 100;

/// A process, by id.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Process(pub(crate) u32);

impl Process {
    /// Memory that is resident now, in bytes.
    pub(crate) fn resident(self) -> io::Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0))?;
        kibibytes(&status, "VmRSS:").map(|size| size * 1024).ok_or_else(|| io::Error::other("no VmRSS in status"))
    }

    /// Processor time it has used since it started, by itself and in the kernel.
    pub(crate) fn busy(self) -> io::Result<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.0))?;
        let ticks = ticks(&stat).ok_or_else(|| io::Error::other("unexpected shape of stat"))?;
        Ok(Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND))
    }
}

fn kibibytes(status: &str, name: &str) -> Option<u64> {
    status.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

/// `utime` and `stime`, the 14th and 15th field. The second field is a name in brackets that may hold spaces.
fn ticks(stat: &str) -> Option<u64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11).map(str::parse::<u64>);
    Some(fields.next()?.ok()? + fields.next()?.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_status() {
        assert_eq!(kibibytes("Name:\tantesala\nVmRSS:\t  123456 kB\nThreads:\t9\n", "VmRSS:"), Some(123_456));
        assert_eq!(kibibytes("Name:\tantesala\n", "VmRSS:"), None);
    }

    #[test]
    fn processor_time_is_read_behind_a_name_with_spaces() {
        let stat = "42 (load test) S 1 42 42 0 -1 4194304 900 0 0 0 250 50 0 0 20 0 9 0 100 1 1";
        assert_eq!(ticks(stat), Some(300));
        assert_eq!(ticks("42 (x) S 1"), None);
    }

    #[test]
    fn this_process_has_memory() {
        let own = Process(std::process::id());
        assert!(own.resident().unwrap() > 100_000);
        own.busy().unwrap();
    }
}
