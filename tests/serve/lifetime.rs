//! How a page begins, is found again, and ends with nothing left.

use std::io::BufReader;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::page::{PATIENCE, Page, command, first_address, kept, path_of, sample};
use crate::support::TestEnv;

/// What stays in the user's folder: a lock that nobody holds.
fn nothing_but_the_lock(files: &[String]) -> bool {
    files.iter().all(|path| path.ends_with("serve.lock"))
}

#[test]
fn the_button_ends_it_and_nothing_is_left() {
    let page = Page::open(&[]);
    page.read("a.xlsx", &sample("khok-muang-2567.xlsx"));
    assert!(page.kept().len() > 4, "{:?}", page.kept());
    let answer = page.post("/end", &[], b"");
    assert!(answer.status == 200 && answer.text().contains("ปิดโปรแกรมแล้ว"), "{}", answer.text());
    let (code, _, home) = page.end();
    assert_eq!(code, 0);
    assert!(nothing_but_the_lock(&kept(&home)), "{:?}", kept(&home));
}

#[test]
fn files_were_said_to_be_gone_before_they_were() {
    let page = Page::open(&[]);
    page.read("a.xlsx", &sample("khok-muang-2567.xlsx"));
    std::thread::scope(|scope| {
        // Files are being read all the while.
        for _ in 0..4 {
            scope.spawn(|| page.send(&[("b.xlsx", &sample("khok-muang-2567.xlsx"))], &[]));
        }
        std::thread::sleep(Duration::from_millis(300));
        let answer = page.post("/end", &[], b"");
        assert!(answer.text().contains("ลบทั้งหมดแล้ว"), "{}", answer.text());
        for _ in 0..20 {
            let (left, folders) = (page.kept(), std::fs::read_dir(page.home_path().join("itasheet")).unwrap().count());
            assert!(nothing_but_the_lock(&left) && folders == 1, "{left:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
        // Nothing is read any more; a style the last page still has.
        assert_eq!(page.send(&[("c.xlsx", &sample("clean-2567.xlsx"))], &[]).status, 503);
        assert_eq!(page.get("/page.css").status, 200);
    });
    let (code, _, home) = page.end();
    assert_eq!(code, 0);
    assert!(nothing_but_the_lock(&kept(&home)), "{:?}", kept(&home));
}

#[test]
fn what_was_made_of_a_file_stayed_when_the_page_ended_while_it_was_read() {
    let codes: Vec<String> = (1..=30).map(|number| format!("i{number}")).collect();
    let agencies = (0..2_000).map(|number| format!("\nเทศบาลตำบลตัวอย่าง {number}{}", ",80".repeat(codes.len())));
    let table = format!("หน่วยงาน,{}{}", codes.join(","), agencies.collect::<String>());
    let page = Page::open(&[]);
    std::thread::scope(|scope| {
        scope.spawn(|| page.send(&[("many.csv", table.as_bytes())], &[]));
        let begun = Instant::now();
        while page.kept().iter().filter(|path| path.ends_with(".tmp")).count() < 4 {
            assert!(begun.elapsed() < PATIENCE, "{:?}", page.kept());
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(page.post("/end", &[], b"").status, 200);
    });
    let (code, _, home) = page.end();
    assert_eq!(code, 0);
    assert!(nothing_but_the_lock(&kept(&home)), "{:?}", kept(&home));
}

#[test]
fn a_start_just_after_the_end_failed() {
    let page = Page::open(&[]);
    page.read("a.xlsx", &sample("khok-muang-2567.xlsx"));
    let home = page.home_path();
    assert_eq!(page.post("/end", &[], b"").status, 200);
    // The one that ends has not ended yet.
    let next = Page::start_at(&home, &[]);
    assert_ne!(next.first, page.first);
    assert_eq!(next.raw("GET", &path_of(&next.first), &[], b"").status, 303);
    assert_eq!(page.end().0, 0);
}

#[test]
fn it_ends_some_time_after_the_last_page_was_closed() {
    let page = Page::open(&["--idle-seconds", "1"]);
    page.read("a.xlsx", &sample("clean-2567.xlsx"));
    // A page with a script is there as long as it says so.
    for _ in 0..8 {
        assert_eq!(page.post("/here", &[], b"").status, 204);
        std::thread::sleep(Duration::from_millis(400));
    }
    let begun = Instant::now();
    let (code, _, home) = page.end();
    assert_eq!(code, 0);
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert!(nothing_but_the_lock(&kept(&home)), "{:?}", kept(&home));
}

#[test]
fn a_page_without_a_script_is_there_as_long_as_its_results() {
    let mut page = Page::open(&["--idle-seconds", "1", "--kept-seconds", "4"]);
    let number = page.read("a.xlsx", &sample("clean-2567.xlsx"));
    assert_eq!(page.get("/").status, 200);
    std::thread::sleep(Duration::from_millis(2_200));
    assert!(page.child().try_wait().unwrap().is_none(), "it has ended");
    assert_eq!(page.get(&format!("/files/{number}/0/workbook")).status, 200);
    // Kept they are no longer than that.
    std::thread::sleep(Duration::from_millis(2_400));
    assert_eq!(page.get(&format!("/files/{number}/0/workbook")).status, 404);
    assert_eq!(page.end().0, 0);
}

#[test]
fn a_second_click_gets_the_same_again() {
    let page = Page::open(&[]);
    let number = page.read("a.xlsx", &sample("khok-muang-2567.xlsx"));
    for kind in ["workbook", "document", "both"] {
        let path = format!("/files/{number}/0/{kind}");
        let (first, second) = (page.get(&path), page.get(&path));
        assert_eq!((first.status, second.status), (200, 200), "{kind}");
        assert!(!first.body.is_empty() && (kind == "both" || first.body == second.body), "{kind}");
    }
    assert_eq!(page.post(&format!("/files/{number}/remove"), &[], b"").header("location"), "/");
    assert_eq!(page.get(&format!("/files/{number}/0/workbook")).status, 404);
    assert!(!page.kept().iter().any(|path| path.contains("sent-") || path.ends_with(".tmp")), "{:?}", page.kept());
}

#[test]
fn a_second_start_opens_the_same_page() {
    let page = Page::open(&[]);
    page.read("a.xlsx", &sample("khok-muang-2567.xlsx"));
    let home = page.home_path();
    let mut second = command(&home, &["--lang", "en"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(second.stdout.take().unwrap());
    let url = first_address(&mut out);
    assert_eq!(second.wait().unwrap().code(), Some(0));
    assert!(url.starts_with(&format!("http://{}/", page.host)) && url != page.first, "{url}");
    let answer = page.raw("GET", &path_of(&url), &[], b"");
    assert_eq!((answer.status, answer.header("location")), (303, "/"));
    let cookie = answer.header("set-cookie").split(';').next().unwrap();
    assert!(page.raw("GET", "/", &[("Cookie", cookie)], b"").text().contains("เทศบาลตำบลโคกม่วง"));
}

#[test]
fn what_a_killed_page_has_left_is_gone_at_the_next_start() {
    let mut page = Page::open(&[]);
    page.read("a.xlsx", &sample("khok-muang-2567.xlsx"));
    page.child().kill().unwrap();
    let (_, _, home) = page.end();
    let left = kept(&home);
    assert!(left.iter().any(|path| path.contains("/page-")), "{left:?}");
    let page = Page::start(home, &[]);
    let found = page.kept();
    assert!(!left.iter().any(|path| path.contains("/page-") && found.contains(path)), "{found:?}");
    assert!(found.iter().any(|path| path.ends_with("serve.json")), "{found:?}");
}

#[cfg(unix)]
#[test]
fn what_the_next_start_must_know_is_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let page = Page::open(&[]);
    page.read("a.xlsx", &sample("clean-2567.xlsx"));
    for path in page.kept() {
        let path = page.home_path().join(path);
        // What workers have made nobody else can come to.
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        let of_worker = path.extension().is_some_and(|ending| ending == "tmp");
        assert!(of_worker || mode & 0o077 == 0, "{} {mode:o}", path.display());
        let folder = std::fs::metadata(path.parent().unwrap()).unwrap().permissions().mode();
        assert_eq!(folder & 0o077, 0, "{} {folder:o}", path.display());
    }
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_with_nothing_left() {
    for signal in ["INT", "TERM", "HUP"] {
        let page = Page::open(&[]);
        page.read("a.xlsx", &sample("clean-2567.xlsx"));
        let sent = std::process::Command::new("kill").args(["-s", signal, &page.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let (code, _, home) = page.end();
        assert_eq!(code, 0, "{signal}");
        assert!(nothing_but_the_lock(&kept(&home)), "{signal}: {:?}", kept(&home));
    }
}

#[test]
fn a_network_is_not_offered_and_that_is_said() {
    let env = TestEnv::new();
    for address in ["0.0.0.0", "192.0.2.1", "::"] {
        let run = env.expect(2, ["serve", "--no-open", "--address", address]);
        assert!(run.stderr.contains("network is not offered"), "{}", run.stderr);
        let run = env.expect(2, ["serve", "--no-open", "--lang", "th", "--address", address]);
        assert!(run.stderr.contains("เครือข่ายยังไม่มี"), "{}", run.stderr);
    }
}

#[test]
fn a_port_that_is_taken_is_said() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let home = tempfile::tempdir().unwrap();
    let run = command(home.path(), &["--port", &port]).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(said.contains(&port) && said.contains("--port"), "{said}");
    assert!(nothing_but_the_lock(&kept(&home)), "{:?}", kept(&home));
}
