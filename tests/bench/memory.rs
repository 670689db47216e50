//! How much memory a process and all that it has started hold together.

use std::process::Child;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// Between two looks: what a process holds grows, its peak is seen as long as it lives.
const PAUSE: Duration = Duration::from_millis(50);

/// Waits for a process to end. Returns whether all went well, and the most, in megabytes, that the peaks of the processes that
/// lived at a time came to; memory that two of them share counts twice. 0 on systems that do not tell.
pub fn wait(mut child: Child) -> (bool, f64) {
    let id = child.id();
    let (ended, end) = mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        let mut most: f64 = 0.0;
        while end.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
            most = most.max(held(id));
        }
        most
    });
    let status = child.wait().unwrap();
    drop(ended);
    (status.success(), watch.join().unwrap())
}

/// The peaks of a process and of those it has started.
fn held(process: u32) -> f64 {
    let folder = format!("/proc/{process}");
    let peak = || {
        let status = std::fs::read_to_string(format!("{folder}/status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().trim_end_matches(" kB").parse::<f64>().ok()
    };
    let children = std::fs::read_to_string(format!("{folder}/task/{process}/children")).unwrap_or_default();
    let of_children: f64 = children.split_whitespace().filter_map(|id| id.parse().ok()).map(held).sum();
    // kilobytes
    peak().unwrap_or_default() / 1e3 + of_children
}
