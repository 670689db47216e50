//! A run that is killed while it carries edits leaves the old workbook or the new one, whole; one that is open is named.

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{all_text, edit, written};
use crate::support::TestEnv;

const OUT: &str = "s-itasheet.xlsx";
const WORD: &str = "มาตรการของเจ้าหน้าที่";

/// How often a run is killed: as `ITASHEET_KILLS` says, or a few times.
fn kills() -> u32 {
    std::env::var("ITASHEET_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(8)
}

/// Kills a run at moments that are spread over the time that a whole one takes; `begin` puts everything as it was before.
fn kill_again_and_again(env: &TestEnv, args: &[&str], workbook: &str, begin: impl Fn()) {
    begin();
    let start = Instant::now();
    env.expect(0, args);
    let whole = start.elapsed();
    for kill in 0..kills() {
        begin();
        let mut command = env.command();
        let mut run = command.args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * kill / kills() + Duration::from_millis(1));
        let _ = run.kill();
        run.wait().unwrap();
        // A worker of it ends when it has nobody to answer.
        std::thread::sleep(Duration::from_millis(50));
        // A whole workbook, and nobody's words are gone.
        assert!(all_text(&env.path(workbook)).contains(WORD), "killed at {kill} of {}", kills());
    }
    env.expect(0, args);
    assert!(all_text(&env.path(workbook)).contains(WORD));
}

#[test]
fn a_conversion_that_is_killed_leaves_a_whole_workbook_with_the_officers_words() {
    let env = written();
    if edit(&env, OUT, &format!("plan['B5'] = '{WORD}'\nsummary['A1'] = '{WORD}'")).is_none() {
        return;
    }
    let edited = std::fs::read(env.path(OUT)).unwrap();
    let begin = || std::fs::write(env.path(OUT), &edited).unwrap();
    kill_again_and_again(&env, &["s.xlsx", "--force", "--threshold", "90"], OUT, begin);
}

/// The folder of a run whose workbook somebody has edited, and that workbook's name.
fn edited_run() -> Option<(TestEnv, &'static str)> {
    let env = written();
    std::fs::create_dir(env.path("in")).unwrap();
    std::fs::copy(env.path("s.xlsx"), env.path("in/s.xlsx")).unwrap();
    env.expect(0, ["batch", "in", "-o", "out"]);
    let name = "out/เทศบาลตำบลโคกม่วง-2567.xlsx";
    edit(&env, name, &format!("plan['B5'] = '{WORD}'"))?;
    Some((env, name))
}

#[test]
fn a_batch_that_is_killed_while_it_merges_leaves_a_whole_workbook_with_the_officers_words() {
    let Some((env, name)) = edited_run() else { return };
    let before = env.tree("out");
    let begin = || {
        std::fs::remove_dir_all(env.path("out")).unwrap();
        std::fs::create_dir(env.path("out")).unwrap();
        for (file, bytes) in &before {
            std::fs::write(env.path("out").join(file), bytes).unwrap();
        }
    };
    kill_again_and_again(&env, &["batch", "in", "-o", "out", "--threshold", "90"], name, begin);
}

#[test]
fn an_edited_workbook_that_is_open_elsewhere_is_named_and_stays() {
    let Some((env, name)) = edited_run() else { return };
    let edited = std::fs::read(env.path(name)).unwrap();
    for lock in ["out/~$เทศบาลตำบลโคกม่วง-2567.xlsx", "out/.~lock.เทศบาลตำบลโคกม่วง-2567.xlsx#"]
    {
        std::fs::write(env.path(lock), "").unwrap();
        let run = env.run(["batch", "in", "-o", "out", "--threshold", "90"]);
        assert!(run.code != 0 && run.stderr.contains("เทศบาลตำบลโคกม่วง-2567.xlsx"), "{lock}: {}", run.stderr);
        assert!(std::fs::read(env.path(name)).unwrap() == edited, "{lock}");
        std::fs::remove_file(env.path(lock)).unwrap();
    }
    env.expect(0, ["batch", "in", "-o", "out", "--threshold", "90"]);
    assert!(all_text(&env.path(name)).contains(WORD));
}

#[test]
fn edits_that_cannot_be_read_for_once_are_carried_by_the_next_run() {
    let Some((env, name)) = edited_run() else { return };
    // They stand in a workbook of the program's own.
    env.expect(0, ["batch", "in", "-o", "out", "--threshold", "90"]);
    let (path, aside) = (env.path(name), env.path("aside.xlsx"));
    std::fs::rename(&path, &aside).unwrap();
    std::fs::create_dir(&path).unwrap();
    env.expect(1, ["batch", "in", "-o", "out", "--threshold", "80"]);
    std::fs::remove_dir(&path).unwrap();
    std::fs::copy(&aside, &path).unwrap();
    env.expect(0, ["batch", "in", "-o", "out", "--threshold", "80"]);
    assert!(std::fs::read(&path).unwrap() != std::fs::read(&aside).unwrap(), "it is not made anew");
    assert!(all_text(&path).contains(WORD));
}
