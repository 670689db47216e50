use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use same_file::Handle;
use tempfile::{NamedTempFile, TempDir, TempPath};

use super::disk::{Disk, System, TEMPORARY_PREFIX};
use super::save::{Existing, Saved, Target};
use crate::error::{Cause, Error};

const OLD: &[u8] = b"what an officer typed";
const NEW: &[u8] = b"what is written now, which is longer";

/// What happens at the step that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// The system reports an error; the program goes on.
    Error,
    /// The program is killed: nothing is done any more.
    Kill,
    /// The power is cut: bytes that were not flushed are lost, and names given since the folder was flushed may be.
    PowerCut,
}

/// A disk on which one step fails.
#[derive(Debug)]
struct Faulty {
    fault: Fault,
    at: usize,
    /// Whether the file system gives a file no second name.
    is_without_links: bool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    steps: usize,
    /// The step that failed.
    failed: Option<&'static str>,
    /// Files with bytes that are not on the disk.
    unflushed: Vec<Handle>,
    /// Names that are not on the disk.
    links: Vec<PathBuf>,
}

impl Faulty {
    fn new(fault: Fault, at: usize, is_without_links: bool) -> Self {
        Self { fault, at, is_without_links, state: Mutex::default() }
    }

    fn step(&self, name: &'static str) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        let number = state.steps;
        state.steps += 1;
        let is_dead = self.fault != Fault::Error && state.failed.is_some();
        if number == self.at {
            state.failed = Some(name);
        }
        if is_dead || number == self.at { Err(io::Error::other("the disk has failed")) } else { Ok(()) }
    }

    fn with(&self, then: impl FnOnce(&mut State)) {
        then(&mut self.state.lock().unwrap());
    }

    /// What is left in the folder after the power cut, at its worst.
    fn cut(&self, folder: &Path) {
        let state = self.state.lock().unwrap();
        for path in entries(folder) {
            let is_lost = Handle::from_path(&path).is_ok_and(|file| state.unflushed.contains(&file));
            if is_lost {
                File::create(path).unwrap();
            }
        }
        for link in &state.links {
            // one that was taken away again is lost already
            let _ = fs::remove_file(link);
        }
    }
}

impl Disk for Faulty {
    fn create(&self, folder: &Path) -> io::Result<NamedTempFile> {
        self.step("create")?;
        System.create(folder)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        // Nothing else is lost by a power cut; not every Windows lets the name of a file go that has a handle.
        if self.fault == Fault::PowerCut {
            let handle = Handle::from_file(file.try_clone()?)?;
            self.with(|state| state.unflushed.push(handle));
        }
        if let Err(e) = self.step("write") {
            // a part of it has gone through
            System.write(file, &bytes[..bytes.len() / 2])?;
            return Err(e);
        }
        System.write(file, bytes)
    }

    fn flush(&self, file: &File) -> io::Result<()> {
        self.step("flush")?;
        let handle = Handle::from_file(file.try_clone()?)?;
        self.with(|state| state.unflushed.retain(|known| *known != handle));
        System.flush(file)
    }

    fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        if self.is_without_links {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.step("link")?;
        System.link(file, name)?;
        self.with(|state| state.links.push(name.to_owned()));
        Ok(())
    }

    fn rename(&self, mut temporary: TempPath, name: &Path, replace: bool) -> io::Result<()> {
        if let Err(e) = self.step("rename") {
            // a program that was killed removes nothing
            temporary.disable_cleanup(self.fault != Fault::Error);
            return Err(e);
        }
        System.rename(temporary, name, replace)
    }

    fn flush_folder(&self, folder: &Path) -> io::Result<()> {
        self.step("flush folder")?;
        self.with(|state| state.links.clear());
        System.flush_folder(folder)
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// Names and bytes of what people see in a folder.
fn seen(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let named =
        entries(folder).into_iter().map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path));
    let seen = named.filter(|(name, _)| !name.starts_with(TEMPORARY_PREFIX));
    seen.map(|(name, path)| (name, fs::read(path).unwrap())).collect()
}

/// A file in a folder of its own, with what stands there before.
fn place(old: Option<&[u8]>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    if let Some(old) = old {
        fs::write(&path, old).unwrap();
    }
    (folder, path)
}

fn save(disk: &dyn Disk, path: &Path, existing: Existing) -> Result<Saved, Error> {
    Target::on(disk, path, existing)?.write(NEW)
}

#[test]
fn whatever_step_fails_the_old_file_or_the_new_one_is_there_and_the_next_run_makes_it_good() {
    let mut failed = BTreeSet::new();
    for (existing, old, is_without_links) in [
        (Existing::Stays, None, false),
        (Existing::OURS, Some(OLD), false),
        (Existing::KEPT, Some(OLD), false),
        (Existing::KEPT, Some(OLD), true),
    ] {
        let (undisturbed, path) = place(old);
        save(&Faulty::new(Fault::Error, usize::MAX, is_without_links), &path, existing).unwrap();
        let expected = seen(undisturbed.path());
        for fault in [Fault::Error, Fault::Kill, Fault::PowerCut] {
            for at in 0.. {
                let (folder, path) = place(old);
                let disk = Faulty::new(fault, at, is_without_links);
                let saved = save(&disk, &path, existing);
                let Some(step) = disk.state.lock().unwrap().failed else {
                    assert!(saved.is_ok() && at > 3, "{saved:?} {at}");
                    break;
                };
                failed.insert(step);
                let name = format!("{existing:?} {fault:?} {step} ({at})");
                // without a second name the file is copied
                assert!(saved.is_err() || (fault, step) == (Fault::Error, "link"), "{name}");
                if fault == Fault::PowerCut {
                    disk.cut(folder.path());
                }
                let after = seen(folder.path());
                let found = after.get("a.xlsx").map(Vec::as_slice);
                assert!(found == old || found == Some(NEW), "{name}: {found:?}");
                let is_kept = matches!(existing, Existing::Replaced { can_be_made_again } if !can_be_made_again(&path));
                assert!(!is_kept || after.values().any(|bytes| bytes == OLD), "{name}: what was typed is gone");
                assert!(
                    after.values().all(|bytes| bytes == OLD || bytes == NEW),
                    "{name}: a part of a file: {after:?}"
                );
                if fault == Fault::Error {
                    assert_eq!(entries(folder.path()).len(), after.len(), "{name}: a temporary file is left");
                    assert!(found == Some(NEW) || after.len() == usize::from(old.is_some()), "{name}: {after:?}");
                }
                // The next run.
                let again = if found == Some(NEW) && old.is_none() { Existing::OURS } else { existing };
                save(&Faulty::new(Fault::Error, usize::MAX, is_without_links), &path, again).unwrap();
                assert_eq!(seen(folder.path()), expected, "{name}");
            }
        }
    }
    let every = ["create", "flush", "flush folder", "link", "rename", "write"];
    assert!(failed.iter().eq(&every), "{failed:?}");
}

#[test]
fn what_comes_bit_by_bit_is_whole_or_not_there() {
    for at in 0..6 {
        let (folder, path) = place(Some(OLD));
        let disk = Faulty::new(Fault::PowerCut, at, false);
        let written = Target::on(&disk, &path, Existing::OURS).and_then(|mut target| {
            let mut writer = target.writer();
            let bytes = NEW.iter().try_for_each(|byte| writer.write_all(&[*byte])).and_then(|()| writer.flush());
            drop(writer);
            bytes.map_err(|e| Error::new(&path, Cause::Unwritable(e)))?;
            target.finish()
        });
        disk.cut(folder.path());
        let found = fs::read(&path).unwrap();
        assert!(found == NEW || found == OLD && written.is_err(), "step {at}: {found:?}");
        assert_eq!(written.is_ok(), at == 5, "step {at}: {written:?}");
    }
}

#[test]
fn what_force_replaces_is_kept_under_the_first_free_number() {
    let (folder, path) = place(None);
    for (version, kept) in [("1", None), ("2", Some("a (ฉบับก่อน 1).xlsx")), ("3", Some("a (ฉบับก่อน 2).xlsx"))]
    {
        let saved = Target::prepare(&path, Existing::KEPT).unwrap().write(version.as_bytes()).unwrap();
        assert_eq!(saved.earlier, kept.map(|name| folder.path().join(name)), "version {version}");
    }
    fs::remove_file(folder.path().join("a (ฉบับก่อน 1).xlsx")).unwrap();
    let saved = Target::prepare(&path, Existing::KEPT).unwrap().write(b"4").unwrap();
    assert_eq!(saved.earlier, Some(folder.path().join("a (ฉบับก่อน 1).xlsx")));
    let texts = [("a (ฉบับก่อน 1).xlsx", "3"), ("a (ฉบับก่อน 2).xlsx", "2"), ("a.xlsx", "4")];
    let expected = texts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    assert_eq!(seen(folder.path()), BTreeMap::from(expected));
}

#[test]
fn the_bytes_that_are_there_already_are_not_kept_twice() {
    let (folder, path) = place(Some(NEW));
    let saved = save(&System, &path, Existing::KEPT).unwrap();
    assert_eq!((saved.earlier, seen(folder.path()).len()), (None, 1));
}

#[test]
fn a_file_that_is_made_meanwhile_is_not_replaced() {
    let (folder, path) = place(None);
    let target = Target::prepare(&path, Existing::Stays).unwrap();
    fs::write(&path, OLD).unwrap();
    let error = target.write(NEW).unwrap_err();
    assert!(matches!(error.cause, Cause::OutputExists), "{error}");
    assert_eq!((fs::read(&path).unwrap().as_slice(), entries(folder.path()).len()), (OLD, 1));
}
