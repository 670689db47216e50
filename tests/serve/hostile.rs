//! A client that means harm: every request has its status, the page goes on, and nothing is left.

use std::io::Write;
use std::time::{Duration, Instant};

use super::page::{FORM, Page, form, read, sample};
use crate::support::binary::zip;
use crate::support::hostile::{endless_attributes, last_corner, many_formats, sheet_beyond_the_end};

/// Megabytes that the page's own process may take, whatever it is sent: files are read by others.
const MOST_MEMORY: u64 = 96;

/// How many requests are made of a page, or as many as are asked for.
fn requests() -> usize {
    std::env::var("ITASHEET_REQUESTS").ok().and_then(|count| count.parse().ok()).unwrap_or(200)
}

/// The page still answers, reads a good file, and has taken no more memory than it may.
fn assert_well(page: &Page) {
    let number = page.read("good.xlsx", &sample("khok-muang-2567.xlsx"));
    assert!(page.get(&format!("/files/{number}")).text().contains(">92.13<"));
    if let Some(peak) = page.peak_memory() {
        assert!(peak < MOST_MEMORY, "{peak} MB");
        println!("peak memory {peak} MB");
    }
}

#[test]
fn ten_gigabytes_are_refused_when_they_are_announced() {
    let page = Page::open(&[]);
    let begun = Instant::now();
    let head = format!(
        "POST /files HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nCookie: {1}\r\nContent-Type: {FORM}\r\n\
         Content-Length: 10737418240\r\n\r\n",
        page.host, page.cookie
    );
    let answer = page.bytes(head.as_bytes());
    assert_eq!(answer.status, 413, "{}", answer.text());
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert_well(&page);
}

#[test]
fn a_file_that_goes_on_beyond_its_bound_is_cut_off_and_not_kept() {
    let page = Page::open(&["--max-file-bytes", "1M"]);
    let answer = page.send(&[("a.xlsx", &vec![0; 3 << 20])], &[]);
    assert_eq!(answer.status, 413, "{}", answer.text());
    assert!(answer.text().contains("1 MB"), "{}", answer.text());
    let pieces = format!(
        "POST /files HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nCookie: {1}\r\nContent-Type: {FORM}\r\n\
         Transfer-Encoding: chunked\r\n\r\n",
        page.host, page.cookie
    );
    let mut stream = page.connect();
    stream.write_all(pieces.as_bytes()).unwrap();
    let head = form(&[("a.xlsx", b"")], &[]);
    let head = &head[..head.len() - 11];
    let mut sent = stream.write_all(format!("{:x}\r\n", head.len()).as_bytes());
    sent = sent.and_then(|()| stream.write_all(head)).and_then(|()| stream.write_all(b"\r\n"));
    let piece = [b"10000\r\n".as_slice(), &[0; 0x10000], b"\r\n"].concat();
    for _ in 0..64 {
        sent = sent.and_then(|()| stream.write_all(&piece));
    }
    // Bytes that come without end have no announced size.
    assert!(sent.is_err() || read(stream).status == 413);
    assert!(!page.kept().iter().any(|path| path.contains("sent-")), "{:?}", page.kept());
    assert_well(&page);
}

#[test]
fn a_refusal_of_what_is_too_large_was_cut_off_before_a_browser_without_a_script_read_it() {
    let page = Page::open(&["--max-file-bytes", "1M"]);
    // One that is too large when it is announced, and one of which a file is too large.
    for bytes in [(256 << 20) + 1, 32 << 20] {
        let body = form(&[("a.xlsx", &vec![0; bytes])], &[]);
        let head = format!(
            "POST /files HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nCookie: {1}\r\nContent-Type: {FORM}\r\n\
             Content-Length: {2}\r\n\r\n",
            page.host,
            page.cookie,
            body.len()
        );
        // A browser sends all of it before it reads.
        let mut stream = page.connect();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&body).unwrap();
        let answer = read(stream);
        assert_eq!(answer.status, 413, "{bytes}");
        assert!(answer.text().contains("</html>"), "{bytes}: {}", answer.text());
    }
    assert_well(&page);
}

#[test]
fn a_byte_a_second_is_waited_for_no_longer_than_a_request_may_take() {
    let page = Page::open(&["--head-seconds", "1", "--sending-seconds", "2", "--stalled-seconds", "2"]);
    let drip = |beginning: &str| {
        let begun = Instant::now();
        let mut stream = page.connect();
        stream.write_all(beginning.as_bytes()).unwrap();
        for _ in 0..20 {
            std::thread::sleep(Duration::from_millis(500));
            if stream.write_all(b"x").is_err() || begun.elapsed() > Duration::from_secs(6) {
                break;
            }
        }
        let answer = read(stream);
        (answer.status, begun.elapsed())
    };
    // The head never ends.
    let (status, took) = drip("GET / HTTP/1.1\r\nX: ");
    assert!((status == 0 || status == 408) && took < Duration::from_secs(15), "{status} {took:?}");
    let head = format!(
        "POST /files HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nCookie: {1}\r\nContent-Type: {FORM}\r\n\
         Content-Length: 100000\r\n\r\n--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n",
        page.host, page.cookie
    );
    let (status, took) = drip(&head);
    assert!((status == 0 || status == 408) && took < Duration::from_secs(15), "{status} {took:?}");
    // Nothing at all comes, neither at the beginning nor after a head.
    for beginning in ["", &head] {
        let begun = Instant::now();
        let mut stream = page.connect();
        stream.write_all(beginning.as_bytes()).unwrap();
        let status = read(stream).status;
        assert!(status == 0 || status == 408, "{status}");
        assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    }
    assert_well(&page);
    // The good file alone is kept.
    assert_eq!(page.kept().iter().filter(|path| path.contains("sent-")).count(), 1);
}

#[test]
fn an_answer_that_nobody_takes_is_given_up() {
    let page = Page::open(&["--stalled-seconds", "1"]);
    let files: Vec<u32> = (0..3).map(|_| page.read("a.xlsx", &sample("khok-muang-2567.xlsx"))).collect();
    assert_eq!(files.len(), 3);
    let request = format!("GET /all.zip HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\r\n", page.host, page.cookie);
    // They ask and never read.
    let silent: Vec<_> = (0..40)
        .map(|_| {
            let mut stream = page.connect();
            stream.write_all(request.as_bytes()).unwrap();
            stream
        })
        .collect();
    std::thread::sleep(Duration::from_secs(3));
    assert_well(&page);
    drop(silent);
}

#[test]
fn two_hundred_connections_keep_nobody_out_for_long() {
    let page = Page::open(&["--head-seconds", "1"]);
    let idle: Vec<_> = (0..200).map(|_| page.connect()).collect();
    let begun = Instant::now();
    assert_eq!(page.get("/").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    drop(idle);
    assert_well(&page);
}

#[test]
fn a_file_that_unpacks_to_far_more_or_brings_its_reader_down_is_its_own_failure() {
    let page = Page::open(&["--max-seconds", "1"]);
    let bomb = zip(&[("_rels/.rels", b"x"), ("xl/worksheets/sheet1.xml", &vec![b' '; 200 << 20])]);
    let killers: [(&str, Vec<u8>); 6] = [
        ("bomb.xlsx", bomb),
        ("formats.xlsx", many_formats()),
        ("corner.xls", last_corner()),
        ("panic.xls", sheet_beyond_the_end()),
        ("page.html", endless_attributes().into_bytes()),
        ("empty.xlsx", Vec::new()),
    ];
    for (name, bytes) in &killers {
        let number = page.read(name, bytes);
        let text = page.get(&format!("/files/{number}?lang=en")).text();
        assert!(text.contains("This file could not be read") && text.contains(name), "{name}: {text}");
        assert_eq!(page.get(&format!("/files/{number}/0/workbook")).status, 404, "{name}");
    }
    // A good one beside bad ones.
    let good = sample("khok-muang-2567.xlsx");
    let mixed: Vec<(&str, &[u8])> = killers
        .iter()
        .map(|(name, bytes)| (*name, bytes.as_slice()))
        .skip(1)
        .chain([("z.xlsx", good.as_slice())])
        .collect();
    assert_eq!(page.send(&mixed, &[]).header("location"), "/");
    assert!(page.get("/").text().contains("เทศบาลตำบลโคกม่วง"));
    assert_well(&page);
}

#[test]
fn names_that_lead_elsewhere_lead_nowhere() {
    let page = Page::open(&[]);
    let outside = |page: &Page| page.kept().into_iter().filter(|path| !path.contains("/page-")).collect::<Vec<_>>();
    let before = outside(&page);
    for name in ["../../../../evil.xlsx", "/etc/evil.xlsx", "..\\..\\evil.xlsx", "a/../../evil.xlsx"] {
        let number = page.read(name, &sample("clean-2567.xlsx"));
        let workbook = page.get(&format!("/files/{number}/0/workbook"));
        assert_eq!(workbook.status, 200);
        let named = workbook.header("content-disposition");
        assert!(!named.contains("..") && !named.contains('/') && !named.contains('\\'), "{named}");
    }
    assert_eq!(page.send(&[("evil\u{0}.xlsx", &sample("clean-2567.xlsx"))], &[]).status, 400);
    assert_eq!(outside(&page), before);
    assert!(!page.kept().iter().any(|path| path.contains("evil")), "{:?}", page.kept());
    let archive = page.get("/all.zip").body;
    let mut archive = zip_names(&archive);
    archive.retain(|name| name.contains("..") || name.contains('/') || name.contains('\\'));
    assert!(archive.is_empty(), "{archive:?}");
}

/// The names in a zip file.
fn zip_names(bytes: &[u8]) -> Vec<String> {
    let archive = ::zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    archive.file_names().map(|name| name.unwrap().into_owned()).collect()
}

#[test]
fn what_is_no_form_of_the_page_is_refused() {
    let page = Page::open(&[]);
    let good = form(&[("a.xlsx", &sample("clean-2567.xlsx"))], &[]);
    let many: Vec<(&str, &str)> = (0..200).map(|_| ("agency", "x")).collect();
    let long = "ก".repeat(10_000);
    for (kind, body, status) in [
        ("text/plain", good.clone(), 400),
        ("multipart/form-data", good.clone(), 400),
        ("multipart/form-data; boundary=other", good.clone(), 400),
        (FORM, good[..good.len() / 2].to_vec(), 400),
        (FORM, b"--XyZ\r\n\r\n".to_vec(), 400),
        (FORM, Vec::new(), 400),
        (FORM, form(&[], &[("year", "2567")]), 400),
        (FORM, form(&[], &many), 400),
        (FORM, form(&[], &[("agency", &long)]), 400),
        (FORM, form(&[("a.xlsx", &sample("clean-2567.xlsx"))], &[("year", "ปีนี้")]), 422),
        (FORM, form(&[("a.xlsx", &sample("clean-2567.xlsx"))], &[("threshold", "1e9")]), 422),
    ] {
        let answer = page.post("/files", &[("Content-Type", kind)], &body);
        assert_eq!(answer.status, status, "{kind} {:?}", body.len());
    }
    assert_eq!(page.bytes(b"\x16\x03\x01\x02\x00\x01").status, 400);
    assert!(matches!(page.bytes(b"GET / HTTP/9\r\n\r\n").status, 400 | 0 | 505));
    let long = format!("GET /{} HTTP/1.1\r\nHost: {}\r\n\r\n", "a".repeat(100_000), page.host);
    assert!(matches!(page.bytes(long.as_bytes()).status, 414 | 431 | 400 | 0));
    assert_well(&page);
}

#[test]
fn many_requests_are_all_answered() {
    let page = Page::open(&[]);
    let number = page.read("a.xlsx", &sample("khok-muang-2567.xlsx"));
    let paths = ["/".to_owned(), format!("/files/{number}"), format!("/files/{number}/0/workbook"), "/none".to_owned()];
    let each = requests() / 8;
    std::thread::scope(|scope| {
        for client in 0..8 {
            let (page, paths) = (&page, &paths);
            scope.spawn(move || {
                for turn in 0..each {
                    let path = &paths[(client + turn) % paths.len()];
                    let answer = page.get(path);
                    assert_eq!(answer.status, if path == "/none" { 404 } else { 200 }, "{path}");
                    let said: usize = answer.header("content-length").parse().unwrap();
                    assert_eq!(said, answer.body.len(), "{path}");
                }
            });
        }
    });
    assert_well(&page);
}
