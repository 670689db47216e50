//! What a process took, measured by a parent that does nothing else.

use std::process::{Command, Stdio};
use std::time::Instant;

use crate::memory;

/// What one run of a command took.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    /// Seconds of processor time, its children's included; of the clock on systems that do not tell.
    pub cpu: f64,
    /// Seconds by the clock.
    pub wall: f64,
    /// The most memory that all its processes held at a time, in megabytes; 0 on systems that do not tell.
    pub peak: f64,
}

/// Runs a command as the bench does for each measurement, and prints what it took.
pub fn run(command: &str, args: &[&str]) {
    let start = Instant::now();
    let child = Command::new(command).args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (quiet, together) = memory::wait(child);
    let wall = start.elapsed().as_secs_f64();
    assert!(quiet, "{command} {args:?}");
    let (cpu, largest) = of_children(wall);
    println!("{cpu} {wall} {}", largest.max(together));
}

#[cfg(unix)]
fn of_children(_: f64) -> (f64, f64) {
    let usage = nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_CHILDREN).unwrap();
    let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    // bytes on macOS, kilobytes elsewhere
    let unit = if cfg!(target_os = "macos") { 1e6 } else { 1e3 };
    (seconds(usage.user_time()) + seconds(usage.system_time()), usage.max_rss() as f64 / unit)
}

#[cfg(not(unix))]
fn of_children(wall: f64) -> (f64, f64) {
    (wall, 0.0)
}

/// Measures one run of a command in a process of its own.
pub fn time(command: &[String]) -> Took {
    let output = Command::new(std::env::current_exe().unwrap()).arg("stopwatch").args(command).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let numbers: Vec<f64> = text.split_whitespace().map(|number| number.parse().unwrap()).collect();
    Took { cpu: numbers[0], wall: numbers[1], peak: numbers[2] }
}
