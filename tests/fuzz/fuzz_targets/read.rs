//! Any bytes: an answer or an error.
#![no_main]

use std::path::Path;
use std::sync::Once;

use itasheet::read::{Limits, Options, is_guarded};
use itasheet::{Config, Input};
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
    let config = Config { read: Options { limits, ..Options::default() }, ..Config::default() };
    if let Ok(input) = Input::of_bytes(Path::new("input"), bytes, &config)
        && let Ok(reports) = input.reports(&config)
    {
        reports.for_each(drop);
    }
});
