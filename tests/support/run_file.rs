//! What the run file of an output folder says.

use serde_json::Value;

use crate::support::TestEnv;

/// The run file of an output folder.
pub fn run_file(env: &TestEnv, out: &str) -> Value {
    let text = std::fs::read_to_string(env.path(out).join("itasheet-run.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What the run file says of an input.
pub fn record(env: &TestEnv, out: &str, input: &str) -> Value {
    let run = run_file(env, out);
    let files = run["files"].as_array().unwrap();
    files.iter().find(|record| record["input"] == input).unwrap_or_else(|| panic!("{input} is not in {run:#}")).clone()
}
