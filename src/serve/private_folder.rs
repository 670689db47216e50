//! The folder of this user's page: what the next start must know, and what was dropped on the page, for the user alone.
//!
//! It stands where the user's caches are. A lock on a file in it, which the system lets go when a process ends however it ends,
//! tells whether a page is open; where none is, what a page before has left is removed.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::serve::admission::Admission;

/// The file whose lock says that a page is open.
const LOCK: &str = "serve.lock";

/// The file that says where it is.
const STATE: &str = "serve.json";

/// What the names of folders with files begin with.
const FILES: &str = "page-";

/// What the next start must know.
#[derive(Serialize, Deserialize)]
pub(super) struct State {
    /// Where the page is.
    pub address: std::net::SocketAddr,
    /// What is said there to be given a first address.
    pub asking: String,
    /// What is answered.
    pub answer: String,
}

/// The folder of a page that is open.
#[derive(Debug)]
pub(super) struct PrivateFolder {
    root: PathBuf,
    /// Locked as long as it is open.
    _lock: File,
    path: PathBuf,
}

/// Whose the folder is.
pub(super) enum Opened {
    /// This start's.
    Own(PrivateFolder),
    /// Another start's; where it is.
    OfAnother(PathBuf),
}

impl PrivateFolder {
    /// Takes the folder, unless another start has it.
    pub fn open() -> io::Result<Opened> {
        let root = place()?;
        make_private(&root)?;
        let lock = private_file(&root.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Opened::OfAnother(root)),
            Err(TryLockError::Error(e)) => return Err(e),
        }
        remove_leftovers(&root)?;
        let path = tempfile::Builder::new().prefix(FILES).tempdir_in(&root)?.keep();
        let own = Self { root, _lock: lock, path };
        make_private(&own.path)?;
        Ok(Opened::Own(own))
    }

    /// Where files are.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Says to the next start where the page is.
    pub fn write_state(&self, admission: &Admission) -> io::Result<()> {
        let Admission { asking, answer, .. } = admission;
        let state =
            State { address: admission.address(), asking: asking.text().to_owned(), answer: answer.text().to_owned() };
        let mut file = private_file(&self.root.join(STATE))?;
        file.set_len(0)?;
        file.write_all(&serde_json::to_vec(&state)?)
    }

    /// Removes everything but the lock; whether it is gone. What is not, the next start removes.
    pub fn close(&self) -> bool {
        let _ = fs::remove_dir_all(&self.path);
        let _ = fs::remove_file(self.root.join(STATE));
        !self.path.exists() && !self.root.join(STATE).exists()
    }
}

impl Drop for PrivateFolder {
    fn drop(&mut self) {
        self.close();
    }
}

/// What another start has written down.
pub(super) fn state(root: &Path) -> io::Result<State> {
    Ok(serde_json::from_slice(&fs::read(root.join(STATE))?)?)
}

/// Where this user's caches are, and in it what is the program's.
fn place() -> io::Result<PathBuf> {
    let of_variable = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let caches = if cfg!(windows) {
        of_variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        std::env::home_dir().map(|home| home.join("Library/Caches"))
    } else {
        of_variable("XDG_CACHE_HOME").or_else(|| std::env::home_dir().map(|home| home.join(".cache")))
    };
    let caches = caches.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no home folder"))?;
    Ok(caches.join("itasheet"))
}

/// A folder that its owner alone can look into. On Windows what stands below a user's own folder is so by itself.
fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// A file that its owner alone can read, as it stands.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        let file = options.mode(0o600).open(path)?;
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
        Ok(file)
    }
    #[cfg(not(unix))]
    options.open(path)
}

/// Removes what a page that was killed has left.
fn remove_leftovers(root: &Path) -> io::Result<()> {
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_string_lossy().starts_with(FILES) {
            // What another program still has open goes at a later start.
            let _ = fs::remove_dir_all(entry.path());
        } else if name == STATE {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
