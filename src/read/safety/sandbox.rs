//! A file is read in a process of its own first, where running out of memory or of time is survived.
//!
//! The spreadsheet parser can end the whole process, which nothing inside it can stop.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::error::{Breakdown, Cause, Quantity};
use crate::read::{Options, read_bytes};
use crate::system::memory;

/// The hidden subcommand that the process is started with.
pub const COMMAND: &str = "try-read";

/// Exit code of a trial that took too long.
const TIMED_OUT: u8 = 3;
/// Exit code of a trial whose parser panicked.
const PANICKED: u8 = 4;

/// Reads the bytes in another process of the program `executable`.
///
/// # Errors
/// When the process does not live through it. What is merely wrong with the file is not an error here.
pub(in crate::read) fn survives(executable: &Path, bytes: &[u8], options: &Options) -> Result<(), Cause> {
    let limits = &options.limits;
    let mut command = Command::new(executable);
    command.arg(COMMAND);
    for what in Quantity::ALL {
        command.arg(format!("{}={}", what.flag(), limits.limit(what)));
    }
    command.args(options.encoding.map(|encoding| format!("--encoding={encoding}")));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // Where no process may be started, the checks before the parser have to do.
    let Ok(mut child) = command.spawn() else { return Ok(()) };
    if let Some(mut stdin) = child.stdin.take() {
        // It has ended early if this fails, which its status tells.
        let _ = stdin.write_all(bytes);
    }
    let output = child.wait_with_output().map_err(Cause::Unreadable)?;
    let code = output.status.code().and_then(|code| u8::try_from(code).ok());
    let words = String::from_utf8_lossy(&output.stderr);
    Err(Cause::Parser(match code {
        Some(0) => return Ok(()),
        Some(TIMED_OUT) => Breakdown::Time(limits.seconds),
        Some(PANICKED) => Breakdown::Panic(String::from_utf8_lossy(&output.stdout).into_owned()),
        _ if words.contains("memory allocation") => Breakdown::Memory(limits.memory),
        _ => Breakdown::Crash(output.status.to_string()),
    }))
}

/// The other side: reads what comes on standard input as the run will, under limits of memory and time; returns the exit
/// code.
///
/// # Errors
/// When standard input or output breaks.
pub(crate) fn run(options: &Options, mut input: impl Read, mut output: impl Write) -> std::io::Result<u8> {
    let limits = &options.limits;
    let patience = Duration::from_secs(limits.seconds);
    std::thread::spawn(move || {
        std::thread::sleep(patience);
        std::process::exit(TIMED_OUT.into());
    });
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    // Where the system refuses, time is still limited.
    let _ = memory::limit(limits.memory.saturating_add(bytes.len() as u64));
    match read_bytes(&bytes, options) {
        Err(Cause::Parser(Breakdown::Panic(words))) => output.write_all(words.as_bytes()).map(|()| PANICKED),
        _ => Ok(0),
    }
}
