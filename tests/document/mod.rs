//! The Word document: its parts, and that it says what the workbook says.

mod contents;
mod follow_up;
mod options;
mod outputs;
mod package;
mod parsed;
mod pdf;

use itasheet::{Config, Report};

use crate::support::agencies::codes;
use crate::support::project;
use crate::support::reports::one;

/// The report of a committed sample.
fn sample(name: &str, config: &Config) -> Report {
    Report::of_file(&project().join("samples").join(name), config).unwrap()
}

/// A report in which every question has this score.
fn level(year: u16, agency: &str, score: &str, config: &Config) -> Report {
    let rows: String = codes().map(|code| format!("{code},{score}\n")).collect();
    // The codes of 2567 stand for those of any year.
    let mut config = config.clone();
    config.hints.force_year = true;
    let text = format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {year}\n{agency}\nข้อ,คะแนน\n{rows}");
    one(&text, &config)
}

/// Reports from one end to the other, by name.
fn reports(config: &Config) -> Vec<(String, Report)> {
    let long = format!("เทศบาลตำบล{}", "ตัวอย่าง".repeat(14));
    let mut reports: Vec<(String, Report)> = ["khok-muang-2567.xlsx", "clean-2567.xlsx", "problems-2567.xlsx"]
        .map(|name| (name.to_owned(), sample(name, config)))
        .into();
    for (year, agency, score) in [
        (2567, "เทศบาลตำบลตัวอย่าง", "0"),
        (2567, "เทศบาลตำบลตัวอย่าง", "100"),
        (2567, long.as_str(), "62.5"),
        (2568, "เทศบาลตำบลตัวอย่าง", "84.5"),
        (2569, "เทศบาลตำบลตัวอย่าง", "84.5"),
    ] {
        reports.push((format!("{year}, all {score}"), level(year, agency, score, config)));
    }
    let indicators: String = (1..=10).map(|number| format!("ตัวชี้วัดที่ {number},{}\n", 70 + number)).collect();
    let text = format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nเทศบาลตำบลตัวอย่าง\n{indicators}i1,\ni2,\ni3,90\n");
    reports.push(("indicators".to_owned(), one(&text, config)));
    let rows: String = codes().filter(|code| !code.starts_with('o')).map(|code| format!("{code},91\n")).collect();
    let text = format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nเทศบาลตำบลตัวอย่าง\nข้อ,คะแนน\n{rows}");
    reports.push(("no OIT".to_owned(), one(&text, config)));
    reports
}
