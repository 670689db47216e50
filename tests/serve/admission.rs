//! Who is let in, and what every answer says.

use super::page::{FORM, Page, form, path_of, sample};

#[test]
fn nobody_gets_in_but_by_the_first_address_and_once() {
    let mut page = Page::start(tempfile::tempdir().unwrap(), &[]);
    let first = path_of(&page.first);
    for path in ["/", "/?token=", "/?token=0", "/files/1", "/all.zip", "/?token=%2e%2e"] {
        assert_eq!(page.raw("GET", path, &[], b"").status, 403, "{path}");
    }
    let wrong = format!("{}{}", &first[..first.len() - 1], if first.ends_with('0') { '1' } else { '0' });
    assert_eq!(page.raw("GET", &wrong, &[], b"").status, 403);
    let origin = format!("http://{}", page.host);
    for path in ["/files", "/end", "/here"] {
        assert_eq!(page.raw("POST", path, &[("Origin", &origin)], b"").status, 403, "{path}");
    }
    assert_eq!(page.raw("POST", "/again", &[("Authorization", "Bearer 0")], b"").status, 403);
    page.enter();
    // Who has no cookie does not get in by an address that was used; who has one goes on.
    assert_eq!(page.raw("GET", &first, &[], b"").status, 403);
    assert_eq!(page.get(&first).header("location"), "/");
    assert_eq!(page.get("/").status, 200);
    let forged = format!("{}0", page.cookie);
    assert_eq!(page.raw("GET", "/", &[("Cookie", &forged)], b"").status, 403);
}

#[test]
fn a_cookie_is_for_this_server_and_no_script() {
    let page = Page::start(tempfile::tempdir().unwrap(), &[]);
    let answer = page.raw("GET", &path_of(&page.first), &[], b"");
    let cookie = answer.header("set-cookie");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
    assert!(cookie.split([';', '=']).nth(1).unwrap().len() >= 64, "{cookie}");
}

#[test]
fn another_host_or_origin_is_refused_whatever_else_is_right() {
    let page = Page::open(&[]);
    let cookie = format!("Cookie: {}", page.cookie);
    let own = format!("http://{}", page.host);
    let port = page.host.split(':').nth(1).unwrap();
    let local = format!("localhost:{port}");
    let rebound = ["evil.example", local.as_str(), "", "127.0.0.1"];
    for host in rebound {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\n{cookie}\r\n\r\n");
        assert_eq!(page.bytes(request.as_bytes()).status, 403, "{host}");
    }
    let twice = format!("GET / HTTP/1.1\r\nHost: {}\r\nHost: evil.example\r\n{cookie}\r\n\r\n", page.host);
    assert_ne!(page.bytes(twice.as_bytes()).status, 200);
    let absolute = format!("GET http://evil.example/ HTTP/1.1\r\nHost: {}\r\n{cookie}\r\n\r\n", page.host);
    assert_eq!(page.bytes(absolute.as_bytes()).status, 403);
    let none = format!("GET / HTTP/1.1\r\n{cookie}\r\n\r\n");
    assert_ne!(page.bytes(none.as_bytes()).status, 200);

    let body = form(&[("a.xlsx", &sample("clean-2567.xlsx"))], &[]);
    let kind = ("Content-Type", FORM);
    let jar = ("Cookie", page.cookie.as_str());
    for (headers, status) in [
        (vec![], 403),
        (vec![("Origin", "http://evil.example")], 403),
        (vec![("Origin", "http://127.0.0.1:1")], 403),
        (vec![("Origin", "null")], 403),
        (vec![("Origin", "null"), ("Sec-Fetch-Site", "cross-site")], 403),
        (vec![("Origin", own.as_str()), ("Sec-Fetch-Site", "same-site")], 403),
        (vec![("Origin", own.as_str()), ("Origin", "http://evil.example")], 403),
        // A form of the page itself, which sends no referrer.
        (vec![("Origin", "null"), ("Sec-Fetch-Site", "same-origin")], 303),
        (vec![("Origin", own.as_str()), ("Sec-Fetch-Site", "same-origin")], 303),
    ] {
        let answer = page.raw("POST", "/files", &[&[kind, jar], headers.as_slice()].concat(), &body);
        assert_eq!(answer.status, status, "{headers:?}");
    }
    for site in ["cross-site", "same-site"] {
        assert_eq!(page.raw("GET", "/", &[jar, ("Sec-Fetch-Site", site)], b"").status, 403, "{site}");
    }
    assert_eq!(page.raw("GET", "/", &[jar, ("Sec-Fetch-Site", "none")], b"").status, 200);
}

#[test]
fn every_answer_forbids_what_is_not_the_pages_own() {
    let page = Page::open(&[]);
    let number = page.read("a.xlsx", &sample("clean-2567.xlsx"));
    let paths = ["/", "/page.css", "/page.js", "/icon.svg", "/none", "/all.zip", "/?lang=en"].map(str::to_owned);
    let more = [format!("/files/{number}"), format!("/files/{number}/0/workbook")];
    for path in paths.into_iter().chain(more) {
        for answer in [page.get(&path), page.raw("GET", &path, &[], b"")] {
            let policy = answer.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'; ") && policy.contains("frame-ancestors 'none'"), "{path}");
            assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"), "{policy}");
            assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            assert!(!answer.headers.contains_key("access-control-allow-origin"), "{path}");
        }
    }
}

#[test]
fn a_page_has_nothing_inline_and_names_no_other_host() {
    let page = Page::open(&[]);
    let number = page.read("a.xlsx", &sample("problems-2567.xlsx"));
    for path in ["/".to_owned(), format!("/files/{number}"), "/none".to_owned()] {
        let text = page.get(&path).text();
        assert!(text.contains("<main"), "{path}");
        for word in
            [" style=", " onclick=", "javascript:", "<script>", "<style", "src=\"http", "href=\"http", "@import"]
        {
            assert!(!text.contains(word), "{path} has {word}");
        }
    }
    for file in ["page.css", "page.js", "icon.svg"] {
        let text = page.get(&format!("/{file}")).text().replace("http://www.w3.org/2000/svg", "");
        assert!(!text.contains("//cdn") && !text.contains("http://") && !text.contains("https://"), "{file}");
    }
}

#[test]
fn what_is_done_with_a_page_is_done_as_it_is_meant() {
    let page = Page::open(&[]);
    let jar = ("Cookie", page.cookie.as_str());
    for (method, path, status) in [
        ("GET", "/end", 405),
        ("GET", "/files", 405),
        ("PUT", "/files", 403),
        ("DELETE", "/", 403),
        ("GET", "/files/1/remove", 404),
        ("GET", "/files/x", 404),
        ("GET", "/files/99999999999999999999", 404),
        ("GET", "/files/1/0/../../../etc/passwd", 404),
        ("GET", "/..%2f..%2fetc%2fpasswd", 404),
        ("GET", "/files/..%2f..%2fserve.json/0/workbook", 404),
        ("GET", "/serve.json", 404),
    ] {
        assert_eq!(page.raw(method, path, &[jar], b"").status, status, "{method} {path}");
    }
    assert_eq!(page.post("/none", &[], b"").status, 404);
    assert_eq!(page.get("/").status, 200);
}
