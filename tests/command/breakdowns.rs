//! Where the program itself breaks down on what one agency's file says, that is its error, and the others go on.

use std::sync::Arc;

use itasheet::framework::Framework;
use itasheet::{Cause, Config, Decimal, Instrument};

use crate::support::agencies::codes;
use crate::support::reports::reports;

#[test]
fn a_breakdown_on_one_agency_is_its_error_and_the_others_go_on() {
    // A weight that no framework file has: the first agency's total cannot be told with any number of digits.
    let mut framework = Framework::parse(Framework::text_of(2567).unwrap()).unwrap();
    framework.instruments.get_mut(&Instrument::Iit).unwrap().weight = Some(Decimal::MAX);
    let mut config = Config::default();
    config.hints.frameworks.push(Arc::new(framework));
    let codes: Vec<String> = codes().collect();
    let row = |name: &str, first: &str| format!("{name},{first},{}\n", vec!["90.5"; codes.len() - 1].join(","));
    let rows =
        [row("เทศบาลตำบลก", "90.5"), row("เทศบาลตำบลข", ""), row("เทศบาลตำบลค", "90.5"), row("เทศบาลตำบลง", "-")];
    let head = format!("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nหน่วยงาน,{}\n", codes.join(","));
    let text = head + &rows.concat();
    let reports = reports(text.as_bytes(), &config).unwrap();
    assert_eq!(reports.iter().map(Result::is_ok).collect::<Vec<_>>(), [false, true, false, true]);
    for error in reports.into_iter().filter_map(Result::err) {
        assert!(matches!(&error.cause, Cause::Program(words) if words.contains("overflow")), "{error:?}");
        assert_eq!(error.exit_code(), 1);
    }
    assert!(!itasheet::read::safety::catch_panic::is_guarded());
}

#[test]
fn a_breakdown_while_the_workbook_is_made_is_an_error() {
    let mut text = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\nเทศบาลตำบลก\nรหัส,คะแนน\n".to_owned();
    text.extend(codes().map(|code| format!("{code},90.5\n")));
    let config = Config::default();
    let mut report = reports(text.as_bytes(), &config).unwrap().remove(0).unwrap();
    assert!(report.workbook(&config).is_ok());
    // The difference of these two has more digits than there are.
    let total = &mut report.assessment.total;
    (total.published, total.computed) = (Some(Decimal::MIN), Some(Decimal::ONE_HUNDRED));
    assert!(matches!(report.workbook(&config), Err(Cause::Program(_))));
}
