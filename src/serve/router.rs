//! Which request is answered by what, after it was seen that it may be answered at all.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{Method, Request};

use crate::domain::language::Language;
use crate::serve::admission::cookie;
use crate::serve::answer::{self, Answer};
use crate::serve::handlers;
use crate::serve::page::{self, Voice};
use crate::serve::refusal::Refusal;
use crate::serve::{Server, ending, upload};

/// The cookie with the language that was chosen.
const LANGUAGE_COOKIE: &str = "itasheet-language";

/// The header of requests that the page's script makes: it shows what is wrong by itself.
const OF_SCRIPT: &str = "x-itasheet";

/// How long the page's own files can be had after it was ended.
const LAST_PAGE: Duration = Duration::from_secs(1);

/// Answers a request, whatever it is.
pub(super) async fn answer(server: Arc<Server>, request: Request<Incoming>) -> Result<Answer, Infallible> {
    let (head, body) = request.into_parts();
    let asked = query(&head, "lang").and_then(language);
    let chosen = asked.or_else(|| cookie(&head.headers, LANGUAGE_COOKIE).and_then(language));
    let voice =
        Voice { language: chosen.unwrap_or(server.language), kept_minutes: server.limits.results.as_secs() / 60 };
    let mut answer = match answered(&server, voice, &head, body).await {
        Ok(answer) => answer,
        Err(refusal) if head.headers.contains_key(OF_SCRIPT) => page::refused_in_words(voice, &refusal),
        Err(refusal) => page::refused(voice, &refusal),
    };
    if let Some(language) = asked {
        let name = language.pick("th", "en");
        answer = answer::with_cookie(answer, &format!("{LANGUAGE_COOKIE}={name}; Path=/; HttpOnly; SameSite=Strict"));
    }
    Ok(answer)
}

async fn answered(server: &Arc<Server>, voice: Voice, head: &Parts, body: Incoming) -> Result<Answer, Refusal> {
    let admission = &server.admission;
    admission.check_host(head)?;
    let path: Vec<&str> = head.uri.path().split('/').filter(|part| !part.is_empty()).collect();
    let is_get = head.method == Method::GET;
    match path.as_slice() {
        ["again"] => {
            admission.check_second_start(&head.headers)?;
            if server.work.is_over() {
                return Err(Refusal::Ended);
            }
            let token = admission.token()?;
            return Ok(answer::text(hyper::StatusCode::OK, format!("{} {token}", admission.answer.text())));
        }
        // They say nothing of anybody, and a refusal is shown with them.
        ["page.css"] if is_get => return Ok(answer::asset("text/css; charset=utf-8", page::STYLE)),
        ["page.js"] if is_get => return Ok(answer::asset("text/javascript; charset=utf-8", page::SCRIPT)),
        ["icon.svg"] if is_get => return Ok(answer::asset("image/svg+xml", page::ICON)),
        _ => {}
    }
    if let ([], true, Some(token)) = (path.as_slice(), is_get, query(head, "token")) {
        if admission.take_token(token) {
            return Ok(answer::with_cookie(answer::redirect("/"), &admission.set_cookie()));
        }
        // Who is in already may come by an address that was used.
        admission.check_cookie(&head.headers)?;
        return Ok(answer::redirect("/"));
    }
    admission.check_origin(head)?;
    admission.check_cookie(&head.headers)?;
    let _busy = server.presence.busy();
    if let (["end"], &Method::POST) = (path.as_slice(), &head.method) {
        return end(server, voice).await;
    }
    let answer =
        async { if is_get { get(server, voice, &path).await } else { post(server, voice, head, &path, body).await } };
    server.work.answer(answer).await
}

/// Ends the page; says so once its files are gone.
async fn end(server: &Arc<Server>, voice: Voice) -> Result<Answer, Refusal> {
    let ending = Arc::clone(server);
    // It goes on where nobody waits for the answer any more.
    let closed = tokio::spawn(async move {
        let gone = ending::close(&ending).await;
        tokio::spawn(async move {
            // The page that says so has a style to fetch.
            tokio::time::sleep(LAST_PAGE).await;
            ending.end.notify_one();
        });
        gone
    });
    Ok(page::ended(voice, closed.await.map_err(std::io::Error::other)?))
}

async fn get(server: &Arc<Server>, voice: Voice, path: &[&str]) -> Result<Answer, Refusal> {
    if matches!(path, [] | ["files", _] | ["files", _, _]) {
        server.presence.loaded();
    }
    match path {
        [] => Ok(handlers::home(server, voice)),
        ["all.zip"] => handlers::all_as_zip(server).await,
        ["overview.xlsx"] => handlers::overview(server).await,
        ["rows.csv"] => handlers::rows(server).await,
        ["files", file] => handlers::file(server, voice, number(file)?),
        ["files", file, agency] => handlers::agency(server, voice, number(file)?, number(agency)?),
        ["files", file, agency, kind] => handlers::download(server, number(file)?, number(agency)?, kind).await,
        ["files" | "end" | "here"] => Err(Refusal::Method),
        _ => Err(Refusal::NotFound),
    }
}

async fn post(
    server: &Arc<Server>,
    voice: Voice,
    head: &Parts,
    path: &[&str],
    body: Incoming,
) -> Result<Answer, Refusal> {
    if head.method != Method::POST {
        return Err(Refusal::Method);
    }
    match path {
        ["here"] => {
            server.presence.beat();
            Ok(answer::done())
        }
        ["files"] => {
            let form = upload::receive(server, head, body).await?;
            handlers::read(server, voice, form, head.headers.contains_key(OF_SCRIPT)).await
        }
        ["files", file, "settle"] => {
            let form = upload::receive(server, head, body).await?;
            handlers::settle(server, number(file)?, form.choices).await
        }
        ["files", file, "remove"] => {
            server.shelf.remove(number(file)?);
            Ok(answer::redirect("/"))
        }
        [] | ["all.zip" | "overview.xlsx" | "rows.csv" | "page.css" | "page.js" | "icon.svg"] | ["files", ..] => {
            Err(Refusal::Method)
        }
        _ => Err(Refusal::NotFound),
    }
}

/// A number of a path: nothing else in one means anything.
fn number<N: std::str::FromStr>(text: &str) -> Result<N, Refusal> {
    let digits = text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or(Refusal::NotFound)
}

/// A value of the query, in which nothing of this server's is coded.
fn query<'h>(head: &'h Parts, name: &str) -> Option<&'h str> {
    let pairs = head.uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(known, _)| *known == name).map(|(_, value)| value).next()
}

fn language(name: &str) -> Option<Language> {
    match name {
        "th" => Some(Language::Thai),
        "en" => Some(Language::English),
        _ => None,
    }
}
