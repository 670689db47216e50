//! Any bytes: an answer or an error.
#![no_main]

use std::sync::Once;

use itasheet::Report;
use itasheet::read::{Limits, Options, is_guarded, read_bytes};
use libfuzzer_sys::fuzz_target;

static HOOK: Once = Once::new();

fuzz_target!(|bytes: &[u8]| {
    // A parser's panic that is caught is no finding.
    HOOK.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !is_guarded() {
                report(panic);
            }
        }));
    });
    // Small enough that the fuzzer's own limit of memory is never the one that is met.
    let limits = Limits { unpacked_bytes: 16 << 20, memory: 64 << 20, cells: 100_000, ..Limits::default() };
    if let Ok(book) = read_bytes(bytes, &Options { limits, ..Options::default() }) {
        let _ = Report::of_book(&book, "input".to_owned(), &itasheet::Config::default());
    }
});
