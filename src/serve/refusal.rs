//! Why a request is not answered with what it asks for. What that is called stands in `page/wording.toml`.

use std::io;

use hyper::StatusCode;

/// A request that is not carried out.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.code())]
pub(super) enum Refusal {
    /// It is addressed to another host.
    Host,
    /// It comes of another page.
    Origin,
    /// It has no cookie, or its token is none or was used.
    Cookie,
    /// There is no such page, or its result is gone.
    NotFound,
    /// Nothing of this kind can be done with it.
    Method,
    /// It is no form with files.
    NotForm,
    /// No file was chosen.
    NoFile,
    /// It is larger than a request, or a file, may be: so many bytes.
    TooLarge(u64),
    /// It has more files than a request may have.
    TooManyFiles(usize),
    /// It came too slowly.
    TooSlow,
    /// As much is kept as may be.
    Full,
    /// The page has come to its end.
    Ended,
    /// A choice is none that can be made: the field, and what stands in it.
    Choice {
        /// The field's name.
        field: &'static str,
        /// What was given.
        given: String,
    },
    /// The disk, or the system, did not do its part.
    System(#[from] io::Error),
}

impl Refusal {
    /// Its stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Origin => "origin",
            Self::Cookie => "cookie",
            Self::NotFound => "not-found",
            Self::Method => "method",
            Self::NotForm => "not-form",
            Self::NoFile => "no-file",
            Self::TooLarge(_) => "too-large",
            Self::TooManyFiles(_) => "too-many-files",
            Self::TooSlow => "too-slow",
            Self::Full => "full",
            Self::Ended => "ended",
            Self::Choice { .. } => "choice",
            Self::System(_) => "system",
        }
    }

    /// The status that says so.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Host | Self::Origin | Self::Cookie => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotForm | Self::NoFile => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) | Self::TooManyFiles(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Ended => StatusCode::SERVICE_UNAVAILABLE,
            Self::Choice { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::System(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What is filled into its texts.
    pub fn words(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge(bytes) => vec![("megabytes", (bytes >> 20).to_string())],
            Self::TooManyFiles(files) => vec![("files", files.to_string())],
            Self::Choice { given, .. } => vec![("given", given.clone())],
            Self::System(e) => vec![("detail", e.to_string())],
            _ => Vec::new(),
        }
    }
}
