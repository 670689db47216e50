//! The stored line breaks of the fixed texts are those that the segmenter finds.
//!
//! To write them again after texts have changed: `ITASHEET_WRITE_BREAKS=1 cargo test breaks`.

use itasheet::advice::{Advice, STORED_BREAKS, Units};
use itasheet::framework::Framework;
use itasheet::typeset::stored_runs;

use crate::support::{TestEnv, project, texts};
use calamine::{Reader, Xlsx, open_workbook};

#[test]
fn stored_breaks_are_those_of_the_segmenter() {
    let framework = Framework::built_in(2567).unwrap();
    let advice = Advice::built_in();
    let mut fixed: Vec<String> = advice.texts().map(str::to_owned).collect();
    fixed.extend(framework.questions.values().map(|question| question.title.clone()));
    // As they stand below their lead-in, and with their numbers.
    for action in advice.topics.values().flat_map(|topic| &topic.actions) {
        for lead_in in [&advice.phrases.lead_in_one, &advice.phrases.lead_in_oit_one] {
            fixed.extend([false, true].map(|local| format!("{lead_in}{}", action.words(local).0)));
        }
    }
    fixed.extend(advice.measures.iter().map(|measure| format!("ผลผลิต: {}", measure.output)));
    fixed.extend(advice.measures.iter().map(|measure| format!("ตัวชี้วัดความสำเร็จ: {}", measure.success)));
    fixed.extend(framework.issues.iter().map(|issue| issue.title.clone()));
    fixed.extend(Units::built_in().names().map(str::to_owned));
    // The reasons for a level.
    fixed.extend(framework.levels.iter().map(|level| format!("ยังไม่ถึงระดับ{} เพราะคะแนนรวม และคะแนน", level.name)));
    // Headings, labels and messages: what a workbook says beside the advice.
    let env = TestEnv::new();
    for sample in ["khok-muang-2567.xlsx", "clean-2567.xlsx", "problems-2567.xlsx"] {
        env.sample(sample);
        env.expect(0, ["convert", sample, "-o", "out.xlsx", "--force"]);
        let mut workbook: Xlsx<_> = open_workbook(env.path("out.xlsx")).unwrap();
        for (name, range) in workbook.worksheets() {
            let all = texts(&range);
            // A table's headers are measured with room for the filter's button.
            fixed.extend(
                all.iter()
                    .filter(|(row, _, _)| name == "คะแนนรายข้อ" && *row == 3)
                    .map(|(_, _, text)| format!("{text}กกก")),
            );
            fixed.extend(all.into_iter().map(|(_, _, text)| text));
        }
    }
    let runs = stored_runs(fixed.iter().map(String::as_str));
    if std::env::var_os("ITASHEET_WRITE_BREAKS").is_some() {
        std::fs::write(project().join("src/advice/breaks.txt"), &runs).unwrap();
    }
    assert!(runs == STORED_BREAKS, "src/advice/breaks.txt is not what the segmenter finds in the texts");
}
