//! What requests of the page are answered with.

use std::fs::File;
use std::sync::Arc;

use hyper::StatusCode;
use maud::html;

use crate::batch::{EXTENSIONS, OVERVIEW};
use crate::serve::answer::{self, Answer};
use crate::serve::choices::Choices;
use crate::serve::page::{self, Home, Voice};
use crate::serve::reading;
use crate::serve::refusal::Refusal;
use crate::serve::results::Details;
use crate::serve::shelf::ReadFile;
use crate::serve::upload::Form;
use crate::serve::{Server, archive};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const ZIP: &str = "application/zip";
const CSV: &str = "text/csv; charset=utf-8";

/// The first page.
pub(super) fn home(server: &Server, voice: Voice) -> Answer {
    let files = server.shelf.all();
    page::home(voice, &Home { files: &files, file_bytes: server.config.read.limits.file_bytes, types: &EXTENSIONS })
}

/// Reads the files of a form; the script is given their entries, a browser without one the page to go on with.
pub(super) async fn read(server: &Arc<Server>, voice: Voice, form: Form, of_script: bool) -> Result<Answer, Refusal> {
    if form.files.is_empty() {
        return Err(Refusal::NoFile);
    }
    let mut numbers = Vec::new();
    for upload in form.files {
        let file = reading::read(server, upload, form.choices.clone()).await?;
        numbers.push(server.shelf.add(file));
    }
    if of_script {
        let files = numbers.iter().filter_map(|number| Some((*number, server.shelf.get(*number)?)));
        let files: Vec<(u32, Arc<ReadFile>)> = files.collect();
        let cards = html! { ul { @for (number, file) in &files { (page::card(voice, *number, file)) } } };
        return Ok(answer::page(StatusCode::OK, cards));
    }
    match numbers.as_slice() {
        [only] => Ok(answer::redirect(&format!("/files/{only}"))),
        _ => Ok(answer::redirect("/")),
    }
}

/// Reads a file again, with other choices.
pub(super) async fn settle(server: &Arc<Server>, number: u32, choices: Choices) -> Result<Answer, Refusal> {
    let before = server.shelf.get(number).ok_or(Refusal::NotFound)?;
    let file = reading::read(server, Arc::clone(&before.upload), choices).await?;
    server.shelf.replace(number, file);
    Ok(answer::redirect(&format!("/files/{number}")))
}

/// The page of a file: of its only agency, of its failure, or the list where it has several.
pub(super) fn file(server: &Server, voice: Voice, number: u32) -> Result<Answer, Refusal> {
    let file = server.shelf.get(number).ok_or(Refusal::NotFound)?;
    if file.agencies().len() > 1 {
        return Ok(answer::redirect("/"));
    }
    of_agency(voice, (number, 0), &file)
}

/// The page of an agency of a file.
pub(super) fn agency(server: &Server, voice: Voice, number: u32, index: usize) -> Result<Answer, Refusal> {
    let file = server.shelf.get(number).ok_or(Refusal::NotFound)?;
    if index >= file.agencies().len() {
        return Err(Refusal::NotFound);
    }
    of_agency(voice, (number, index), &file)
}

fn of_agency(voice: Voice, (number, index): (u32, usize), file: &ReadFile) -> Result<Answer, Refusal> {
    let agency = file.agencies().get(index);
    let details = agency.map(|agency| Details::of(agency, file.folder())).transpose()?.flatten();
    Ok(page::file(voice, (number, index), file, details.as_ref()))
}

/// A file of an agency, or both.
pub(super) async fn download(server: &Arc<Server>, number: u32, index: usize, kind: &str) -> Result<Answer, Refusal> {
    let file = server.shelf.get(number).ok_or(Refusal::NotFound)?;
    let agency = file.agencies().get(index).ok_or(Refusal::NotFound)?;
    let stem = archive::stem(&file, agency);
    let open = |made: &Option<String>, ending: &str, kind: &'static str| {
        let made = made.as_ref().ok_or(Refusal::NotFound)?;
        let bytes = File::open(file.folder().join(made))?;
        Ok(answer::download_file(&format!("{stem}.{ending}"), kind, bytes, Some(Arc::clone(&file) as _))?)
    };
    match kind {
        "workbook" => open(&agency.workbook, "xlsx", XLSX),
        "document" => open(&agency.document, "docx", DOCX),
        "both" => {
            let folder = server.folder.path().to_owned();
            let files = vec![Arc::clone(&file)];
            let packed = on_thread(server, move || Ok(archive::zip(&files, Some(index), None, &folder)?)).await?;
            Ok(answer::download_file(&format!("{stem}.zip"), ZIP, packed, None)?)
        }
        _ => Err(Refusal::NotFound),
    }
}

/// Everything of every file.
pub(super) async fn all_as_zip(server: &Arc<Server>) -> Result<Answer, Refusal> {
    let files = there(server)?;
    let shared = Arc::clone(server);
    let packed = on_thread(server, move || {
        let several = archive::agencies(&files) > 1;
        let overview = several.then(|| archive::overview(&files, &shared.config)).transpose();
        let overview = overview.map_err(std::io::Error::other)?;
        Ok(archive::zip(&files, None, overview, shared.folder.path())?)
    });
    Ok(answer::download_file("itasheet.zip", ZIP, packed.await?, None)?)
}

/// The overview of all agencies.
pub(super) async fn overview(server: &Arc<Server>) -> Result<Answer, Refusal> {
    let files = there(server)?;
    let shared = Arc::clone(server);
    let bytes =
        on_thread(server, move || Ok(archive::overview(&files, &shared.config).map_err(std::io::Error::other)?));
    Ok(answer::download(OVERVIEW, XLSX, bytes.await?))
}

/// All scores as rows.
pub(super) async fn rows(server: &Arc<Server>) -> Result<Answer, Refusal> {
    let files = there(server)?;
    let bytes = on_thread(server, move || Ok(archive::rows(&files)?)).await?;
    Ok(answer::download("itasheet.csv", CSV, bytes))
}

/// All files in the order in which they came.
fn there(server: &Server) -> Result<Vec<Arc<ReadFile>>, Refusal> {
    let mut files: Vec<Arc<ReadFile>> = server.shelf.all().into_iter().map(|(_, file)| file).collect();
    files.reverse();
    if files.is_empty() { Err(Refusal::NotFound) } else { Ok(files) }
}

/// Work that would hold other requests up.
async fn on_thread<T: Send + 'static>(
    server: &Server,
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let begun = server.work.begin()?;
    let work = move || {
        let done = work();
        drop(begun);
        done
    };
    tokio::task::spawn_blocking(work).await.map_err(std::io::Error::other)?
}
