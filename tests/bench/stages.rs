//! How long each stage takes within a process that has warmed up, and calamine's own read beside it.

use std::hint::black_box;
use std::time::{Duration, Instant};

use itasheet::advice::Advice;
use itasheet::assess::assess;
use itasheet::plan::{Amount, Settings, plan};
use itasheet::read::{Options, read_bytes};
use itasheet::recognise::{CodedBook, Hints, parts, recognise};
use itasheet::{Config, Digits, Report};

const ROUNDS: usize = 60;

/// The median time of one call.
fn median(mut call: impl FnMut()) -> Duration {
    call();
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            call();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

/// Prints the table of stages.
pub fn print() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/");
    println!(
        "\n{:<22} {:>8} {:>9} {:>7} {:>9} {:>7} {:>6} {:>7} {:>14}",
        "stages", "whole", "calamine", "read", "recognise", "assess", "texts", "write", "recognise/cal."
    );
    for sample in ["khok-muang-2567.xlsx", "clean-2567.xlsx", "problems-2567.xlsx"] {
        let bytes = std::fs::read(format!("{folder}{sample}")).unwrap();
        let (options, hints, config) = (Options::default(), Hints::default(), Config::default());
        let advice = Advice::built_in();
        let units = Default::default();
        let settings =
            Settings {
                agency: Some("เทศบาลตำบลตัวอย่าง"), units: &units, digits: Digits::Report, amount: Amount::Usual
            };
        let plain = read_bytes(&bytes, &options).unwrap();
        let (book, _) = CodedBook::new(plain.clone());
        let recognised = recognise(&book, &hints).unwrap();
        let (submission, framework) = (&recognised.submission, &recognised.framework);
        let assessment = assess(submission, framework, framework.threshold);
        let report = {
            let (name, source) = (sample.to_owned(), book.book().source.clone());
            Report::of_recognised(recognised.clone(), name, String::new(), source, &config).unwrap()
        };
        let calamine = median(|| crate::plain::read(&bytes).unwrap());
        let read = median(|| drop(black_box(read_bytes(&bytes, &options).unwrap())));
        // as a conversion does: whose parts the book has, then each one's scores
        let recognising = median(|| {
            let (book, _) = CodedBook::new(plain.clone());
            for part in parts(&book, &hints).unwrap() {
                drop(black_box(part.recognise(&hints).unwrap()));
            }
        });
        let assessed = median(|| drop(black_box(assess(submission, framework, framework.threshold))));
        let texts = median(|| drop(black_box(plan(&assessment, advice, settings))));
        let written = median(|| drop(black_box(report.workbook(&config).unwrap())));
        let whole = read + recognising + assessed + texts + written;
        let micros = |time: Duration| time.as_micros();
        println!(
            "{sample:<22} {:>6}µs {:>7}µs {:>5}µs {:>7}µs {:>5}µs {:>4}µs {:>5}µs {:>13.2}x",
            micros(whole),
            micros(calamine),
            micros(read),
            micros(recognising),
            micros(assessed),
            micros(texts),
            micros(written),
            recognising.as_secs_f64() / calamine.as_secs_f64()
        );
    }
}
