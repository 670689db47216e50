//! Any bytes, all the way from reading to the plan, of some files to the workbook: an answer or an error.
#![no_main]

use std::path::Path;
use std::sync::{Mutex, Once};

use itasheet::read::safety::catch_panic::is_guarded;
use itasheet::write::rows;
use itasheet::{AgencyResult, Cause, Config, Error, Input};
use libfuzzer_sys::fuzz_target;

static HOOK: Once = Once::new();

/// What the last panic said that was caught, and where.
static CAUGHT: Mutex<String> = Mutex::new(String::new());

/// Agencies of a file that are looked at.
const AGENCIES: usize = 20;

fuzz_target!(|bytes: &[u8]| {
    HOOK.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if is_guarded() {
                *CAUGHT.lock().unwrap() = panic.to_string();
            } else {
                report(panic);
            }
        }));
    });
    // Small enough that the fuzzer's own limit of memory is never the one that is met.
    let mut config = Config::default();
    let limits = &mut config.read.limits;
    (limits.unpacked_bytes, limits.memory, limits.cells) = (16 << 20, 64 << 20, 100_000);
    if let Err(error) = whole_way(bytes, &config)
        && is_of_program(&error.cause)
    {
        panic!("{}", CAUGHT.lock().unwrap());
    }
});

/// A parser's panic that is caught is no finding; this program's own is one.
fn is_of_program(cause: &Cause) -> bool {
    match cause {
        Cause::Program(_) | Cause::Workbook(_) => true,
        Cause::OfAgency { cause, .. } => is_of_program(cause),
        _ => false,
    }
}

fn whole_way(bytes: &[u8], config: &Config) -> Result<(), Error> {
    let input = Input::of_bytes(Path::new("input"), bytes, config)?;
    for (number, report) in input.reports(config)?.take(AGENCIES).enumerate() {
        let report = match report {
            Ok(report) => report,
            Err(error) if is_of_program(&error.cause) => return Err(error),
            Err(_) => continue,
        };
        AgencyResult::new(&report, "input".to_owned());
        rows::records(&report, "input");
        // A workbook takes longer than all before it together.
        if number == 0 && bytes.len().is_multiple_of(16) {
            report.workbook(config).map_err(|cause| Error::new("input", cause))?;
        }
    }
    Ok(())
}
