//! Many files, one by one and several at a time: all right, and none taken for another.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::page::Page;
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
