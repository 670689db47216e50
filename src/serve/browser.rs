//! Opens the page in the browser that the person uses.

use std::io;
use std::process::{Command, Stdio};

/// Asks the system to open an address. It is handed to no shell.
pub(super) fn open(url: &str) -> io::Result<()> {
    let (program, arguments): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut child = Command::new(program)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    // It may be the browser itself; one that is not waited for stays in the system's list of processes.
    std::thread::spawn(move || child.wait());
    Ok(())
}
