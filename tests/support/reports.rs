//! What the library makes of a text: no process, no file.

use std::path::Path;

use itasheet::finding::FindingCode;
use itasheet::{Cause, Config, Error, Input, Report};

use super::agencies::codes;

pub const TITLE: &str = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nเทศบาลตำบลตัวอย่าง\n";

/// The reports of the agencies of a file.
pub fn reports(bytes: &[u8], config: &Config) -> Result<Vec<Result<Report, Error>>, Error> {
    let input = Input::of_bytes(Path::new("input"), bytes, config)?;
    input.reports(config).map(Iterator::collect)
}

/// The built-in framework with questions that have no topics, and so no texts.
pub fn without_topics(framework: &str) -> String {
    let lines = framework.lines().map(|line| match line.split_once("topic = \"") {
        Some((before, behind)) => {
            behind.split_once("\", ").map_or(String::new(), |(_, rest)| format!("{before}{rest}"))
        }
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The reports of a file that all agencies of can be read.
#[track_caller]
pub fn all(text: &str, config: &Config) -> Vec<Report> {
    let reports = reports(text.as_bytes(), config).unwrap();
    reports.into_iter().map(|report| report.unwrap()).collect()
}

/// The report of a file of one agency.
#[track_caller]
pub fn one(text: &str, config: &Config) -> Report {
    let mut all = all(text, config);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// Why a file, or its only agency, cannot be converted.
#[track_caller]
pub fn cause(bytes: &[u8], config: &Config) -> Cause {
    let error = match reports(bytes, config) {
        Ok(reports) => reports.into_iter().next().unwrap().err(),
        Err(error) => Some(error),
    };
    error.expect("an error").cause
}

/// The places that each finding of a kind names, in one text a finding.
pub fn places(report: &Report, code: FindingCode) -> Vec<String> {
    let findings = report.assessment.findings.iter().filter(|finding| finding.code == code);
    findings.map(|finding| finding.place_text()).collect()
}

/// A line for each question: its code and `cells`.
pub fn lines(cells: impl Fn(usize) -> String) -> String {
    codes().enumerate().map(|(index, code)| format!("{code},{}\n", cells(index))).collect()
}
