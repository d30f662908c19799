//! The throw-away folder of one measurement, and how long its disk takes to keep a write.
//!
//! Never outlives the measurement.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Writes whose durability is timed.
const TRIALS: usize = 65;

/// A folder that is deleted when it is dropped.
pub(crate) struct ThrowAway(PathBuf);

impl ThrowAway {
    /// Makes one in `parent`.
    pub(crate) fn make_in(parent: &Path) -> io::Result<Self> {
        let folder = parent.join(format!("loadtest-{}", std::process::id()));
        fs::create_dir(&folder)?;
        Ok(Self(folder))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// How long this folder's disk takes to keep one page: the median of a few. What it says of a disk in memory is
    /// nearly nothing, and then the latencies say nothing of a real one.
    pub(crate) fn median_sync(&self) -> io::Result<Duration> {
        let path = self.0.join("sync");
        let mut file = File::create(&path)?;
        let mut trials = Vec::with_capacity(TRIALS);
        for _ in 0..TRIALS {
            file.write_all(&[0; 4096])?;
            let started = Instant::now();
            file.sync_data()?;
            trials.push(started.elapsed());
        }
        fs::remove_file(path)?;
        trials.sort_unstable();
        Ok(trials.get(TRIALS / 2).copied().unwrap_or_default())
    }
}

impl Drop for ThrowAway {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            crate::tell(&format!("{} could not be deleted: {error}", self.0.display()));
        }
    }
}
