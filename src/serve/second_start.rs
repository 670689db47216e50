//! A second start while a page is open: asks that page for a first address of its own, or takes the place of one that ends.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::serve::private_folder::{Opened, PrivateFolder, State, state};

/// How long a start that has only just begun, or a page that ends, may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long a page may take to answer.
const ANSWER: Duration = Duration::from_secs(5);

/// The most that is read of an answer.
const MOST_BYTES: u64 = 4 << 10;

/// Where the page is, or is to be.
pub(super) enum Place {
    /// In this start's folder.
    Own(PrivateFolder),
    /// With another start: the address that opens it once.
    Open(String),
}

/// Takes the folder, or finds the page of the start that has it.
pub(super) fn folder() -> io::Result<Place> {
    let begun = Instant::now();
    loop {
        let root = match PrivateFolder::open()? {
            Opened::Own(folder) => return Ok(Place::Own(folder)),
            Opened::OfAnother(root) => root,
        };
        match url(&root) {
            // It has only just begun, or it ends and leaves the folder to this start.
            Err(_) if begun.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(100)),
            answered => return answered.map(Place::Open),
        }
    }
}

/// The address that opens the page once.
fn url(root: &Path) -> io::Result<String> {
    ask(&state(root)?)
}

fn ask(state: &State) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&state.address, ANSWER)?;
    stream.set_read_timeout(Some(ANSWER))?;
    let (address, asking) = (state.address, &state.asking);
    write!(
        stream,
        "POST /again HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {asking}\r\nContent-Length: 0\r\n\r\n"
    )?;
    let mut answer = String::new();
    stream.take(MOST_BYTES).read_to_string(&mut answer)?;
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.trim()).unwrap_or_default();
    let token = body.split_once(' ').filter(|(answered, _)| *answered == state.answer).map(|(_, token)| token);
    // Nobody but the page of this user knows the answer, and what it gives is a token and nothing else.
    let token = token.filter(|token| token.bytes().all(|byte| byte.is_ascii_hexdigit()));
    token.map(|token| format!("http://{address}/?token={token}")).ok_or_else(|| io::ErrorKind::ConnectionRefused.into())
}
