//! Many files, one by one and several at a time: all right, and none taken for another.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::page::{Page, sample};
use crate::support::agencies::{agency, write};
use crate::support::{TestEnv, sheet, texts};

/// How many files are sent, or as many as are asked for.
fn files() -> usize {
    std::env::var("ITASHEET_UPLOADS").ok().and_then(|count| count.parse().ok()).unwrap_or(12)
}

/// Sends a file and looks at what comes back: page, workbook and rows are of this agency and no other.
fn send(page: &Page, env: &TestEnv, number: usize) {
    let name = format!("{number}.xlsx");
    let (input, output) = (env.path(&format!("in-{name}")), env.path(&format!("out-{name}")));
    write(&input, number, 7);
    let file = page.read(&name, &std::fs::read(&input).unwrap());
    let known = env.inspect(&[&format!("in-{name}")]);
    let shown = page.get(&format!("/files/{file}")).text();
    let total = format!("{:.2}", known["total"]["computed"].as_f64().unwrap());
    assert!(shown.contains(&format!("<h1>{}</h1>", agency(number))), "{number}");
    assert!(shown.contains(&format!("id=\"total\">{total}<")), "{number}: {total}");
    let workbook = page.get(&format!("/files/{file}/0/workbook"));
    assert!(workbook.header("content-disposition").contains(&format!("\"{number}-itasheet.xlsx\"")));
    std::fs::write(&output, &workbook.body).unwrap();
    let summary = texts(&sheet(&output, "สรุปผล"));
    assert!(summary.iter().any(|(_, _, text)| text.contains(&agency(number))), "{number}");
    for other in (0..files()).filter(|other| *other != number && agency(*other).len() > agency(number).len()) {
        assert!(!shown.contains(&agency(other)), "{number} shows {other}");
    }
}

#[test]
fn one_by_one() {
    let (page, env) = (Page::open(&[]), TestEnv::new());
    (0..files()).for_each(|number| send(&page, &env, number));
    assert_eq!(page.get("/").text().matches("<article").count(), files());
}

#[test]
fn eight_at_a_time() {
    let (page, env, next) = (Page::open(&[]), TestEnv::new(), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= files() {
                        return;
                    }
                    send(&page, &env, number);
                }
            });
        }
    });
    assert_eq!(page.get("/").text().matches("<article").count(), files());
}

#[test]
fn empty_files_and_requests_side_by_side_went_beyond_the_bound() {
    let page = Page::open(&["--kept-files", "3"]);
    let kept = || page.get("/").text().matches("<li class=\"card\"").count();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..6)
            .map(|number| {
                let bytes = if number % 2 == 0 { Vec::new() } else { sample("clean-2567.xlsx") };
                let page = &page;
                scope.spawn(move || page.send(&[("a.xlsx", &bytes)], &[]).status)
            })
            .collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 3, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 507).count(), 3, "{statuses:?}");
    assert_eq!(kept(), 3);
    // Several in one request are counted as well; what was refused takes no room.
    let empty: [(&str, &[u8]); 2] = [("a.xlsx", b""), ("b.xlsx", b"")];
    assert_eq!(page.post("/files/1/remove", &[], b"").status, 303);
    assert_eq!(page.send(&empty, &[]).status, 507);
    assert_eq!(page.send(&empty[..1], &[]).status, 303);
    assert_eq!(page.send(&empty[..1], &[]).status, 507);
    // One that is read again is the same file.
    assert_eq!(page.post_form("/files/2/settle", &[], &[("year", "2567")]).status, 303);
    assert_eq!(kept(), 3);
}
