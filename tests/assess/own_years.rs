//! A year and issues of one's own: a file is all that a year takes, and an agency may arrange its issues.

use itasheet::Config;
use itasheet::framework::{Framework, FrameworkError};

use crate::support::reports::one;
use crate::support::years::{Result, varied};
use crate::support::{TestEnv, finding_codes, sheet, texts};

/// A year that is not built in: its codes with their topics, and nothing else.
fn codes_and_topics(year: u16) -> String {
    let like = Framework::built_in(2569).unwrap();
    let mut text = format!("year = {year}\n\n[questions]\n");
    for (code, question) in &like.questions {
        // One item is gone, and the codes behind it are others.
        let number = code.number() - u8::from(code.to_string().starts_with('o') && code.number() > 5);
        if code.to_string() != "o5" {
            let letter = code.to_string().remove(0);
            text.push_str(&format!("{letter}{number} = {{ topic = \"{}\" }}\n", question.topic.as_ref().unwrap()));
        }
    }
    text + "o26 = {}\n"
}

fn scores(year: u16) -> String {
    Result { year: 2569, total: "90.63", level: "ผ่าน", ..Result::default() }
        .scores(varied)
        .replace("2569", &year.to_string())
}

#[test]
fn a_year_is_added_by_a_file_in_a_folder() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("years")).unwrap();
    std::fs::write(env.path("years/2570.toml"), codes_and_topics(2570)).unwrap();
    std::fs::write(env.path("years/2571.toml"), codes_and_topics(2571)).unwrap();
    env.expect(0, ["framework", "check", "years/2570.toml"]);
    for year in [2570, 2571] {
        std::fs::write(env.path("in.csv"), scores(year)).unwrap();
        let document = env.inspect(&["in.csv", "--framework", "years"]);
        assert_eq!(
            (document["fiscal_year"].as_u64(), document["framework"].as_str()),
            (Some(year.into()), Some(format!("ITA {year}").as_str()))
        );
        let findings = document["findings"].as_array().unwrap();
        let filled = findings.iter().find(|own| own["code"] == "framework-filled").unwrap();
        assert_eq!(filled["found"], "ITA 2569");
        for part in ["levels", "instruments", "indicators", "issues"] {
            assert!(filled["item"].as_str().unwrap().contains(part), "{filled}");
        }
        // The item without a topic goes nowhere, and that is no refusal.
        let none = findings.iter().find(|own| own["code"] == "question-in-no-issue").unwrap();
        assert_eq!(none["item"], "o26");
        env.expect(0, ["in.csv", "-o", "out.xlsx", "-o", "out.docx", "--force", "--framework", "years"]);
        let plan = texts(&sheet(&env.path("out.xlsx"), "แผนปฏิบัติการ"));
        assert!(plan.iter().any(|(_, _, text)| text.starts_with("7.1")), "{year}");
    }
    // A run takes the folder too, and the same again changes nothing.
    std::fs::create_dir(env.path("in")).unwrap();
    std::fs::write(env.path("in/a.csv"), scores(2570)).unwrap();
    env.expect(0, ["batch", "in", "-o", "run", "--framework", "years"]);
    let first = env.tree("run");
    env.expect(0, ["batch", "in", "-o", "run", "--framework", "years"]);
    assert_eq!(env.tree("run"), first);
    std::fs::create_dir(env.path("none")).unwrap();
    let run = env.expect(2, ["in.csv", "--framework", "none", "--lang", "en"]);
    assert!(run.stderr.contains("no framework file"), "{}", run.stderr);
}

#[test]
fn questions_go_by_their_topics_where_a_file_leaves_that_open() {
    let framework = Framework::parse(&codes_and_topics(2570)).unwrap();
    let code = |text: &str| text.parse().unwrap();
    let like = Framework::built_in(2569).unwrap();
    for (own, known) in [("o5", "o6"), ("o25", "o26"), ("o19", "o20"), ("i4", "i4")] {
        let number =
            |framework: &Framework, text: &str| framework.indicator_of(code(text)).map(|indicator| indicator.number);
        assert_eq!(number(&framework, own), number(like, known), "{own}");
        let issue =
            |framework: &Framework, text: &str| framework.issues_of(code(text)).next().map(|issue| issue.number);
        assert_eq!(issue(&framework, own), issue(like, known), "{own}");
    }
    // One without a topic counts in the indicator of those before it.
    assert_eq!(framework.indicator_of(code("o26")).map(|indicator| indicator.number), Some(10));
    assert!(framework.document.is_empty() && framework.feeds.is_none() && !framework.draft);
    // Of two years the nearer one is taken.
    let old = Framework::parse(&codes_and_topics(2560)).unwrap();
    assert_eq!(old.filled.unwrap().year, 2566);
    let unknown = Framework::parse("year = 2570\n[questions]\ni1 = { topic = \"nothing\" }\n");
    assert!(matches!(unknown, Err(FrameworkError::UnknownTopic { .. })), "{unknown:?}");
}

const OWN: &str = r#"
[[issues]]
issue = 7
[[issues]]
issue = 2
title = "การให้บริการประชาชน"
add = ["e4"]
[[issues]]
title = "การบริหารความเสี่ยง"
questions = ["o30", "o31", "o99"]
[[issues]]
issue = 1
[[issues]]
issue = 12
"#;

#[test]
fn a_profile_renames_adds_drops_and_reorders_issues_and_moves_codes() {
    let env = TestEnv::new();
    std::fs::write(env.path("profile.toml"), OWN).unwrap();
    std::fs::write(env.path("in.csv"), Result { year: 2567, ..Result::default() }.scores(varied)).unwrap();
    let document = env.inspect(&["in.csv"]);
    let findings = document["findings"].as_array().unwrap();
    let item =
        |code: &str| findings.iter().find(|own| own["code"] == code).unwrap()["item"].as_str().unwrap().to_owned();
    assert_eq!(item("issue-setting-unused"), "o99, issue 12");
    assert_eq!(item("question-in-no-issue"), "i4-i12, e5, e6, o1-o6, o14-o21");
    env.expect(0, ["in.csv", "-o", "out.xlsx", "-o", "out.docx"]);
    let analysis = texts(&sheet(&env.path("out.xlsx"), "วิเคราะห์ผล"));
    let heads: Vec<&str> =
        analysis.iter().map(|(_, _, text)| text.as_str()).filter(|text| text.starts_with("ประเด็นที่")).collect();
    assert_eq!(
        heads,
        [
            "ประเด็นที่ 1 กลไกและมาตรการในการแก้ไขและป้องกันการทุจริตภายในหน่วยงาน",
            "ประเด็นที่ 2 การให้บริการประชาชน",
            "ประเด็นที่ 3 การบริหารความเสี่ยง",
            "ประเด็นที่ 4 กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ",
        ]
    );
    // What was moved stands in one issue alone.
    let scores = texts(&sheet(&env.path("out.xlsx"), "คะแนนรายข้อ"));
    let issue_of = |code: &str| {
        let row = scores.iter().find(|(_, column, text)| *column == 0 && text == code).unwrap().0;
        scores.iter().find(|(at, column, _)| *at == row && *column == 4).map_or("", |(_, _, text)| text.as_str())
    };
    assert_eq!(["o30", "e4", "o29", "i4"].map(issue_of), ["3", "2", "1", ""]);
    // The overview has the same issues.
    env.expect(0, ["overview", "in.csv", "-o", "all.xlsx", "--profile", "profile.toml"]);
    for (text, words) in [
        ("[[issues]]\nadd = [\"o1\"]\n", "needs a title"),
        ("[[issues]]\nissue = 1\n[[issues]]\nissue = 1\n", "listed twice"),
        ("[[issues]]\nissue = 1\nmeasures = [3, 1]\n", "the least number"),
        ("[[issues]]\ntitle = \"\"\n", "a title must be"),
    ] {
        std::fs::write(env.path("profile.toml"), text).unwrap();
        let run = env.expect(2, ["in.csv", "-o", "bad.xlsx", "--profile", "profile.toml", "--lang", "en"]);
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
}

#[test]
fn a_question_in_no_issue_of_a_framework_is_shown_and_said() {
    let text = Framework::text_of(2567).unwrap().replace(r#""o34", "o35"]"#, "\"o34\"]");
    let framework = Framework::parse(&text.replace(r#"questions = ["o34"]"#, r#"questions = ["o34", "o35"]"#)).unwrap();
    let mut config = Config::default();
    config.hints.frameworks.push(std::sync::Arc::new(framework));
    let report = one(&Result { year: 2567, ..Result::default() }.scores(varied), &config);
    let finding = report.assessment.findings.iter().find(|own| own.code.to_string() == "question-in-no-issue").unwrap();
    assert_eq!(finding.item, "o35");
    assert_eq!(report.assessment.score("o35".parse().unwrap()), Some(100.into()));
    report.workbook(&config).unwrap();
    let other = TestEnv::new();
    std::fs::write(other.path("in.csv"), Result { year: 2567, ..Result::default() }.scores(varied)).unwrap();
    assert!(!finding_codes(&other.inspect(&["in.csv"])).contains(&"question-in-no-issue".to_owned()));
}
