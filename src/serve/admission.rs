//! Who is let in: the browser of the person who started the program, and nobody else.
//!
//! Another page in the same browser may send requests here, also under a name of its own that leads to this machine; another
//! program on the machine may, too. The first is told by `Host`, `Origin` and `Sec-Fetch-Site`, which no page can forge, the
//! second by the cookie, which only the first address gives.

use std::io;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use hyper::header::{AUTHORIZATION, COOKIE, HOST, ORIGIN};
use hyper::http::request::Parts;
use hyper::{HeaderMap, Method};

use crate::serve::refusal::Refusal;
use crate::serve::secret::Secret;

/// First addresses that have been given out and not been used; older ones become void.
const MOST_TOKENS: usize = 16;

/// What tells the own browser from others.
#[derive(Debug)]
pub(super) struct Admission {
    address: SocketAddr,
    /// What `Host` must be.
    host: String,
    /// What `Origin` must be.
    origin: String,
    cookie_name: String,
    cookie: Secret,
    /// Each opens the page once.
    tokens: Mutex<Vec<Secret>>,
    /// What a second start says to be given a first address.
    pub asking: Secret,
    /// What it is told, so that it knows whom it has asked.
    pub answer: Secret,
}

impl Admission {
    pub fn new(address: SocketAddr) -> io::Result<Self> {
        Ok(Self {
            address,
            host: address.to_string(),
            origin: format!("http://{address}"),
            // Cookies know no ports: another such page on this machine has another name for its own.
            cookie_name: format!("itasheet-{}", address.port()),
            cookie: Secret::new()?,
            tokens: Mutex::new(Vec::new()),
            asking: Secret::new()?,
            answer: Secret::new()?,
        })
    }

    /// Where the page is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// An address that opens the page once.
    pub fn first_address(&self) -> io::Result<String> {
        Ok(format!("{}/?token={}", self.origin, self.token()?))
    }

    /// A text that opens the page once.
    pub fn token(&self) -> io::Result<String> {
        let token = Secret::new()?;
        let text = token.text().to_owned();
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        if tokens.len() >= MOST_TOKENS {
            tokens.remove(0);
        }
        tokens.push(token);
        Ok(text)
    }

    /// Whether a token opens the page; it does so once.
    pub fn take_token(&self, text: &str) -> bool {
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        let found = tokens.iter().position(|token| token.is(text));
        found.map(|at| tokens.remove(at)).is_some()
    }

    /// The cookie that the first address is exchanged for.
    pub fn set_cookie(&self) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie_name, self.cookie.text())
    }

    /// Whether the request is addressed to this server by its own name, as none is that another name was made to lead here.
    pub fn check_host(&self, head: &Parts) -> Result<(), Refusal> {
        let mut named = head.headers.get_all(HOST).iter();
        let is_own = named.next().is_some_and(|host| host.as_bytes() == self.host.as_bytes()) && named.next().is_none();
        // A request that names a host in its first line as well means that one.
        let is_own = is_own && head.uri.authority().is_none_or(|authority| authority.as_str() == self.host);
        if is_own { Ok(()) } else { Err(Refusal::Host) }
    }

    /// Whether the request comes of this page or of the person.
    pub fn check_origin(&self, head: &Parts) -> Result<(), Refusal> {
        let site = text(&head.headers, "sec-fetch-site");
        let of_page = site == Some("same-origin");
        let site_is_own = of_page || matches!(site, None | Some("none"));
        let origin_is_own = match text(&head.headers, ORIGIN.as_str()) {
            Some(origin) if origin == self.origin => true,
            // A form of a page that sends no referrer has this origin.
            Some("null") => of_page,
            Some(_) => false,
            None => head.method == Method::GET,
        };
        if site_is_own && origin_is_own { Ok(()) } else { Err(Refusal::Origin) }
    }

    /// Whether the request has the cookie.
    pub fn check_cookie(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let known = cookie(headers, &self.cookie_name).is_some_and(|value| self.cookie.is(value));
        if known { Ok(()) } else { Err(Refusal::Cookie) }
    }

    /// Whether the request is that of a second start.
    pub fn check_second_start(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let given = text(headers, AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer "));
        if given.is_some_and(|given| self.asking.is(given)) { Ok(()) } else { Err(Refusal::Cookie) }
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?;
    // What stands there twice means nothing.
    if all.next().is_some() { Some("") } else { first.to_str().ok() }
}

/// The value of a cookie.
pub(super) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}
