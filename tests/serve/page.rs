//! A page that is open for a test, and a client that writes its requests byte by byte.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Longer than any answer takes, even beside other tests.
pub const PATIENCE: Duration = Duration::from_secs(90);

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as a text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// A page that is open, with the browser's cookie.
pub struct Page {
    child: Child,
    stdout: BufReader<ChildStdout>,
    /// The folder of the user's caches.
    home: TempDir,
    pub host: String,
    pub first: String,
    pub cookie: String,
}

impl Page {
    /// Opens a page and goes in by its first address.
    pub fn open(args: &[&str]) -> Self {
        let mut page = Self::start(tempfile::tempdir().unwrap(), args);
        page.enter();
        page
    }

    /// Starts the program; nobody has gone in yet.
    pub fn start(home: TempDir, args: &[&str]) -> Self {
        let mut page = Self::start_at(home.path(), args);
        page.home = home;
        page
    }

    /// The same in a folder that another page was started in.
    pub fn start_at(root: &Path, args: &[&str]) -> Self {
        let mut command = command(root, args);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let first = first_address(&mut stdout);
        let host = first.strip_prefix("http://").unwrap().split('/').next().unwrap().to_owned();
        let home = tempfile::tempdir().unwrap();
        Self { child, stdout, home, host, first, cookie: String::new() }
    }

    /// Exchanges the first address for the cookie.
    pub fn enter(&mut self) {
        let answer = self.raw("GET", &path_of(&self.first), &[], b"");
        assert_eq!((answer.status, answer.header("location")), (303, "/"), "{}", answer.text());
        self.cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    }

    /// A request with these headers beside `Host`.
    pub fn raw(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.host);
        headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
        if method == "POST" {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        self.bytes(&[head.as_bytes(), b"\r\n", body].concat())
    }

    /// Bytes as they are, and what comes back.
    pub fn bytes(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // The other side may have had enough before all is sent.
        let _ = stream.write_all(bytes);
        read(stream)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// What the browser asks for.
    pub fn get(&self, path: &str) -> Answer {
        self.raw("GET", path, &[("Cookie", &self.cookie)], b"")
    }

    /// What a form of the page sends.
    pub fn post(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let origin = format!("http://{}", self.host);
        let own = [("Cookie", self.cookie.as_str()), ("Origin", origin.as_str())];
        self.raw("POST", path, &[own.as_slice(), headers].concat(), body)
    }

    /// Sends files with choices.
    pub fn send(&self, files: &[(&str, &[u8])], choices: &[(&str, &str)]) -> Answer {
        self.post_form("/files", files, choices)
    }

    pub fn post_form(&self, path: &str, files: &[(&str, &[u8])], choices: &[(&str, &str)]) -> Answer {
        self.post(path, &[("Content-Type", FORM)], &form(files, choices))
    }

    /// Sends a file that can be read, and gives the number of the file.
    pub fn read(&self, name: &str, bytes: &[u8]) -> u32 {
        let answer = self.send(&[(name, bytes)], &[]);
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.header("location").strip_prefix("/files/").unwrap().parse().unwrap()
    }

    /// The folder of the user's caches.
    pub fn home_path(&self) -> PathBuf {
        self.home.path().to_owned()
    }

    /// The number of the program's process.
    #[cfg(unix)]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The program's process.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// What the page keeps on the disk, by paths from its folder.
    pub fn kept(&self) -> Vec<String> {
        kept(&self.home)
    }

    /// Waits for the program's end; gives its code, what it has printed since it opened the page, and its folder.
    pub fn end(mut self) -> (i32, String, TempDir) {
        let begun = Instant::now();
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status,
                None if begun.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(20)),
                None => panic!("the page does not end"),
            }
        };
        let mut said = String::new();
        self.stdout.read_to_string(&mut said).unwrap();
        let home = std::mem::replace(&mut self.home, tempfile::tempdir().unwrap());
        (status.code().unwrap_or(-1), said, home)
    }

    /// The most memory that the program has taken, in megabytes; nothing where the system does not say.
    pub fn peak_memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() / 1024)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program with a page, for a user with this home.
pub fn command(home: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_itasheet"));
    command.args(["serve", "--no-open"]).args(args).env("LC_ALL", "C");
    for name in ["XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"] {
        command.env(name, home);
    }
    command
}

/// The address that the program prints.
pub fn first_address(out: &mut impl BufRead) -> String {
    let mut line = String::new();
    while out.read_line(&mut line).unwrap() > 0 {
        if let Some(url) = line.trim().strip_prefix("http://") {
            return format!("http://{url}");
        }
        line.clear();
    }
    panic!("no address is printed");
}

/// The path and query of an address.
pub fn path_of(url: &str) -> String {
    let rest = url.strip_prefix("http://").unwrap();
    rest.get(rest.find('/').unwrap()..).unwrap().to_owned()
}

/// Everything below a user's folder of the program, by path.
pub fn kept(home: &TempDir) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![home.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(home.path()).unwrap().to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

pub const FORM: &str = "multipart/form-data; boundary=XyZ";

/// A form as browsers send it.
pub fn form(files: &[(&str, &[u8])], choices: &[(&str, &str)]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, value) in choices {
        body.extend(format!("--XyZ\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes());
    }
    for (name, bytes) in files {
        let name = name.replace('"', "%22");
        let head = format!("--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n");
        body.extend(head.bytes().chain(*b"Content-Type: application/octet-stream\r\n\r\n"));
        body.extend_from_slice(bytes);
        body.extend(*b"\r\n");
    }
    body.extend(*b"--XyZ--\r\n");
    body
}

/// Reads an answer to its end; a connection that is cut has the status 0.
pub fn read(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    // What came before it was cut counts.
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
    let Some(end) = end else { return Answer { status: 0, headers: BTreeMap::new(), body: bytes } };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_default();
    let headers = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    Answer { status, headers, body: bytes[end + 4..].to_vec() }
}

/// A committed sample.
pub fn sample(name: &str) -> Vec<u8> {
    std::fs::read(crate::support::samples_folder().join(name)).unwrap()
}
