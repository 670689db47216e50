//! A form with files: its parts as they come, into memory and onto the disk, within bounds of size, number and time.

use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http_body_util::BodyDataStream;
use hyper::body::{Body, Incoming};
use hyper::header::CONTENT_TYPE;
use hyper::http::request::Parts;
use multer::{Constraints, Error as FormError, Field, Multipart, SizeLimit};

use crate::serve::Server;
use crate::serve::choices::Choices;
use crate::serve::limits::BYTES_A_SECOND;
use crate::serve::refusal::Refusal;
use crate::serve::shelf::{Reserved, Upload};

/// The most bytes of a field that is no file.
const FIELD_BYTES: u64 = 4 << 10;

/// The most fields that are no files.
const FIELDS: usize = 100;

/// Characters of a file's name that are kept.
const NAME_CHARS: usize = 200;

/// The name of the field with files.
const FILES: &str = "file";

/// What a form says.
#[derive(Debug, Default)]
pub(super) struct Form {
    /// The files.
    pub files: Vec<Arc<Upload>>,
    /// The choices.
    pub choices: Choices,
}

/// How long the body may still take.
struct Clock {
    begun: Instant,
    body: Duration,
    stalled: Duration,
    bytes: u64,
}

impl Clock {
    /// The longest to wait for the next bytes.
    fn patience(&self) -> Duration {
        let all = self.body + Duration::from_secs(self.bytes / BYTES_A_SECOND);
        all.saturating_sub(self.begun.elapsed()).min(self.stalled)
    }

    async fn wait<T>(&self, coming: impl Future<Output = Result<T, FormError>>) -> Result<T, Refusal> {
        match tokio::time::timeout(self.patience(), coming).await {
            Ok(came) => came.map_err(refusal),
            Err(_) => Err(Refusal::TooSlow),
        }
    }
}

/// Receives a form.
pub(super) async fn receive(server: &Server, head: &Parts, body: Incoming) -> Result<Form, Refusal> {
    let limits = &server.limits;
    if body.size_hint().lower() > limits.request_bytes {
        return Err(Refusal::TooLarge(limits.request_bytes));
    }
    let kind = head.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let boundary = kind.and_then(|kind| multer::parse_boundary(kind).ok()).ok_or(Refusal::NotForm)?;
    let file_bytes = server.config.read.limits.file_bytes;
    let sizes = SizeLimit::new()
        .whole_stream(limits.request_bytes)
        .per_field(FIELD_BYTES)
        .for_field(FILES, file_bytes.min(limits.request_bytes));
    let constraints = Constraints::new().size_limit(sizes);
    let mut parts = Multipart::with_constraints(BodyDataStream::new(body), boundary, constraints);
    let mut clock = Clock { begun: Instant::now(), body: limits.body, stalled: limits.stalled, bytes: 0 };
    let mut form = Form::default();
    let mut fields = 0;
    while let Some(mut part) = clock.wait(parts.next_field()).await? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == FILES {
            if let Some(upload) = file(server, &mut part, &mut clock).await? {
                form.files.push(Arc::new(upload));
            }
            if form.files.len() > limits.request_files {
                return Err(Refusal::TooManyFiles(limits.request_files));
            }
        } else {
            fields += 1;
            if fields > FIELDS {
                return Err(Refusal::NotForm);
            }
            let text = clock.wait(part.text()).await?;
            form.choices.set(&name, &text);
        }
    }
    Ok(form)
}

/// Receives a file; nothing where none was chosen.
async fn file(server: &Server, part: &mut Field<'_>, clock: &mut Clock) -> Result<Option<Upload>, Refusal> {
    let limits = &server.limits;
    let name = shown_name(part.file_name().unwrap_or_default());
    // One that is empty takes room as well.
    let mut reserved: Reserved = server.shelf.reserve(limits.kept_files).ok_or(Refusal::Full)?;
    let mut temporary = tempfile::Builder::new().prefix("sent-").tempfile_in(server.folder.path())?;
    while let Some(bytes) = clock.wait(part.chunk()).await? {
        clock.bytes += bytes.len() as u64;
        if reserved.add(bytes.len() as u64) > limits.kept_bytes {
            return Err(Refusal::Full);
        }
        temporary.write_all(&bytes)?;
    }
    if name.is_empty() && reserved.own() == 0 {
        return Ok(None);
    }
    Ok(Some(Upload::new(temporary.into_temp_path(), name, reserved)))
}

fn refusal(error: FormError) -> Refusal {
    match error {
        FormError::FieldSizeExceeded { limit, field_name } if field_name.as_deref() == Some(FILES) => {
            Refusal::TooLarge(limit)
        }
        FormError::StreamSizeExceeded { limit } => Refusal::TooLarge(limit),
        _ => Refusal::NotForm,
    }
}

/// A file's name as it is shown: with the folders that it was dropped with, and nothing that is no name. It names nothing on the
/// disk.
fn shown_name(sent: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let plain: String = sent.chars().filter(|c| !steers(*c)).collect();
    let parts: Vec<&str> = plain.split(['/', '\\']).filter(|part| !matches!(part.trim(), "" | "." | "..")).collect();
    let name = parts.join("/");
    // The end of a name tells more.
    let beyond = name.chars().count().saturating_sub(NAME_CHARS);
    name.chars().skip(beyond).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_folders_and_leads_nowhere() {
        for (sent, shown) in [
            ("คะแนน.xlsx", "คะแนน.xlsx"),
            ("อำเภอ/a.xlsx", "อำเภอ/a.xlsx"),
            ("../../etc/passwd", "etc/passwd"),
            ("C:\\fakepath\\a.xlsx", "C:/fakepath/a.xlsx"),
            ("/a/./b\u{202e}\r\n.csv", "a/b.csv"),
            ("..", ""),
        ] {
            assert_eq!(shown_name(sent), shown);
        }
        assert_eq!(shown_name(&format!("{}.xlsx", "ก".repeat(300))).chars().count(), NAME_CHARS);
    }
}
