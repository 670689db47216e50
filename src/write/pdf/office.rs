//! LibreOffice: where it is, and how it is started for a few documents with a profile of its own.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::domain::digest::sha256;
use crate::error::Cause;
use crate::write::pdf::ENDING;
use crate::write::pdf::stamp::Stamp;

/// Names of its program, the one that waits for its end first.
const NAMES: &[&str] = if cfg!(windows) { &["soffice.com", "soffice.exe"] } else { &["soffice", "libreoffice"] };

/// Time for its start with a new profile, and for each document.
const START: Duration = Duration::from_secs(120);
const EACH: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(20);

/// No macro of any document runs.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"#;

/// An installed LibreOffice.
#[derive(Debug, Clone)]
pub(crate) struct Office {
    program: PathBuf,
}

/// Names the program where it stands elsewhere, as a portable one does.
const PROGRAM: &str = "ITASHEET_OFFICE";

impl Office {
    /// The program that the environment names, and then no other; else that on the search path, or where its installers put it.
    ///
    /// # Errors
    /// When it is not there.
    pub fn find() -> Result<Self, Cause> {
        if let Some(program) = std::env::var_os(PROGRAM).map(PathBuf::from) {
            return if program.is_file() { Ok(Self { program }) } else { Err(Cause::NoOffice) };
        }
        let path = std::env::var_os("PATH").unwrap_or_default();
        Self::find_in(std::env::split_paths(&path).chain(usual_folders()))
    }

    fn find_in(folders: impl Iterator<Item = PathBuf>) -> Result<Self, Cause> {
        let mut programs = folders.flat_map(|folder| NAMES.iter().map(move |name| folder.join(name)));
        programs.find(|program| program.is_file()).map(|program| Self { program }).ok_or(Cause::NoOffice)
    }

    /// The PDFs of documents, made by one start of the program; each says that it was made at `created`.
    ///
    /// # Errors
    /// When the program cannot be started, takes too long, or does not give every PDF.
    pub fn pdfs(&self, documents: &[Vec<u8>], created: u64) -> Result<Vec<Vec<u8>>, Cause> {
        let work = tempfile::tempdir().map_err(Cause::Unwritable)?;
        let folder = |name: &str| {
            let folder = work.path().join(name);
            fs::create_dir_all(&folder).map(|()| folder).map_err(Cause::Unwritable)
        };
        let (profile, out, user) = (folder("profile")?, folder("out")?, folder("profile/user")?);
        fs::write(user.join("registrymodifications.xcu"), PROFILE).map_err(Cause::Unwritable)?;
        let name = |number: usize, ending: &str| format!("{number}.{ending}");
        let mut arguments: Vec<OsString> = [
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            "--nologo",
            &format!("-env:UserInstallation={}", url(&profile)),
            "--convert-to",
            ENDING,
            "--outdir",
        ]
        .map(OsString::from)
        .into();
        arguments.push(out.clone().into_os_string());
        for (number, document) in documents.iter().enumerate() {
            let path = work.path().join(name(number, "docx"));
            fs::write(&path, document).map_err(Cause::Unwritable)?;
            arguments.push(path.into_os_string());
        }
        let most = u32::try_from(documents.len()).unwrap_or(u32::MAX);
        self.run(&arguments, START.saturating_add(EACH.saturating_mul(most)))?;
        let pdf = |(number, document): (usize, &Vec<u8>)| {
            let pdf = fs::read(out.join(name(number, ENDING))).map_err(|_| Cause::Office(String::new()))?;
            let stamp = Stamp::of_document(&sha256(document));
            // Another version may write a PDF in which nothing can be settled.
            Ok(stamp.put(pdf.clone(), created).unwrap_or(pdf))
        };
        documents.iter().enumerate().map(pdf).collect()
    }

    /// Starts the program and waits for its end.
    fn run(&self, arguments: &[OsString], most: Duration) -> Result<(), Cause> {
        let mut command = Command::new(&self.program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // What it starts itself ends with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().map_err(|e| Cause::Office(e.to_string()))?;
        let start = Instant::now();
        loop {
            match child.try_wait() {
                Ok(Some(_)) => return Ok(()),
                Ok(None) if start.elapsed() < most => thread::sleep(PAUSE),
                Ok(None) => {
                    end(&mut child);
                    return Err(Cause::Office(format!("it took longer than {} seconds", most.as_secs())));
                }
                Err(e) => return Err(Cause::Office(e.to_string())),
            }
        }
    }
}

/// Ends a process that takes too long, with those that it has started.
fn end(child: &mut Child) {
    let id = child.id();
    let mut command = if cfg!(windows) { Command::new("taskkill") } else { Command::new("kill") };
    if cfg!(windows) {
        command.args(["/T", "/F", "/PID", &id.to_string()]);
    } else {
        command.args(["-KILL", "--", &format!("-{id}")]);
    }
    // It may have ended by itself meanwhile: then there is nothing to end.
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let _ = child.kill();
    let _ = child.wait();
}

/// Where installers put it on Windows, macOS and Linux.
fn usual_folders() -> Vec<PathBuf> {
    let windows = ["ProgramFiles", "ProgramFiles(x86)"].into_iter().filter_map(std::env::var_os);
    let windows = windows.map(|folder| PathBuf::from(folder).join("LibreOffice").join("program"));
    let others = [
        "/Applications/LibreOffice.app/Contents/MacOS",
        "/usr/bin",
        "/usr/local/bin",
        "/snap/bin",
        "/usr/lib/libreoffice/program",
    ];
    let mut folders: Vec<PathBuf> = windows.chain(others.map(PathBuf::from)).collect();
    // Its own packages for Linux have the version in the folder's name.
    let optional = fs::read_dir("/opt").into_iter().flatten().flatten().map(|entry| entry.path());
    let is_office = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().to_lowercase().starts_with("libreoffice"))
    };
    let mut optional: Vec<PathBuf> = optional.filter(is_office).map(|folder| folder.join("program")).collect();
    optional.sort();
    folders.extend(optional.into_iter().rev());
    folders
}

/// A folder as the address that the program takes.
fn url(folder: &Path) -> String {
    let path = folder.to_string_lossy().replace('\\', "/");
    let mut url = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/:-_.~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_that_is_not_there_is_an_error_with_a_remedy() {
        let empty = tempfile::tempdir().expect("a folder");
        let missing = Office::find_in([empty.path().to_owned()].into_iter()).expect_err("no program");
        assert_eq!(missing.code(), "no-office");
        let program = empty.path().join(NAMES[0]);
        fs::write(&program, "").expect("a file");
        assert_eq!(Office::find_in([empty.path().to_owned()].into_iter()).expect("a program").program, program);
        let broken = Office { program }.pdfs(&[Vec::new()], 0).expect_err("no PDF");
        assert_eq!(broken.code(), "office");
    }

    #[test]
    fn a_folder_is_an_address_whatever_its_name() {
        assert_eq!(url(Path::new("/x/a b/ก")), "file:///x/a%20b/%E0%B8%81");
        assert_eq!(url(Path::new("C:\\Users\\a")), "file:///C:/Users/a");
    }
}
