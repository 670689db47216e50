//! Titles say what a full score stands for, also where a file has titles of its own.

use calamine::{Reader, Xlsx, open_workbook};
use itasheet::framework::{Framework, Topics};

use crate::support::{TestEnv, texts};

/// What a survey asks that is bad, in words of a file's own.
const ADVERSE: [(&str, &str); 8] = [
    ("i3", "เจ้าหน้าที่ในหน่วยงานมีการเรียกรับสินบนเพื่อแลกกับการปฏิบัติงานหรือการให้บริการหรือไม่"),
    ("i5", "มีการเบิกจ่ายเงินที่เป็นเท็จมากน้อยเพียงใด"),
    ("i6", "การจัดซื้อจัดจ้างที่เอื้อประโยชน์ให้ผู้ประกอบการรายใดรายหนึ่ง"),
    ("i7", "ผู้บังคับบัญชาสั่งให้เจ้าหน้าที่ทำธุระส่วนตัว"),
    ("i8", "ผู้บังคับบัญชาสั่งให้ทำสิ่งที่เป็นการทุจริตหรือประพฤติมิชอบ"),
    ("i9", "การเรียกรับสินบนในการแต่งตั้งหรือเลื่อนตำแหน่ง"),
    ("i11", "การนำทรัพย์สินของราชการไปใช้เพื่อประโยชน์ส่วนตัว"),
    ("e3", "ท่านเคยถูกเรียกรับสินบนหรือไม่"),
];

#[test]
fn our_own_titles_say_what_a_full_score_stands_for() {
    let topics = Topics::built_in();
    for key in topics.keys() {
        let topic = topics.topic(key).unwrap();
        assert!(!topic.is_put_adversely(&topic.title), "{key}: {}", topic.title);
        if !topic.denied_by.is_empty() {
            assert!(topic.former.iter().all(|title| topic.is_put_adversely(title)), "{key}");
        }
    }
    let adverse = topics.keys().filter(|key| topics.topic(key).is_some_and(|topic| !topic.denied_by.is_empty()));
    assert_eq!(adverse.count(), ADVERSE.len());
}

#[test]
fn a_title_that_denies_what_is_bad_is_left_as_it_is() {
    for (code, title) in [
        ("i3", "การปฏิบัติงานโดยไม่มีการเรียกรับสินบน"),
        ("i6", "การจัดซื้อจัดจ้างไม่เอื้อประโยชน์แก่รายใดรายหนึ่ง"),
        ("e3", "ไม่เคยถูกเรียกรับสินบน"),
        ("i11", "ไม่นำทรัพย์สินของราชการไปใช้ส่วนตัว"),
    ] {
        let framework = Framework::built_in(2567).unwrap();
        let key = framework.topic(code.parse().unwrap()).unwrap();
        assert!(!Topics::built_in().topic(key).unwrap().is_put_adversely(title), "{code}: {title}");
    }
}

#[test]
fn our_title_stands_before_one_of_the_file_that_asks_for_what_is_bad() {
    let framework = Framework::built_in(2567).unwrap();
    let mut csv = String::from("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567,,\nข้อ,ข้อคำถาม,คะแนน\n");
    for (code, question) in &framework.questions {
        let own = ADVERSE.iter().find(|(adverse, _)| *adverse == code.to_string()).map(|(_, title)| *title);
        csv.push_str(&format!("{code},{},96.67\n", own.unwrap_or(&question.title)));
    }
    let env = TestEnv::new();
    std::fs::write(env.path("scores.csv"), csv).unwrap();
    env.expect(0, ["convert", "scores.csv", "-o", "out.xlsx"]);
    let mut workbook: Xlsx<_> = open_workbook(env.path("out.xlsx")).unwrap();
    let sheets = workbook.worksheets();
    for sheet in ["วิเคราะห์ผล", "คะแนนรายข้อ"] {
        let (_, range) = sheets.iter().find(|(name, _)| name == sheet).unwrap();
        let all: Vec<String> = texts(range).into_iter().map(|(_, _, text)| text).collect();
        for (code, title) in ADVERSE {
            let ours = &framework.questions[&code.parse::<itasheet::QuestionCode>().unwrap()].title;
            let whole = format!("{ours} (ข้อคำถาม: {title})");
            assert!(all.iter().any(|text| text.contains(&whole)), "{sheet}: no {whole}");
        }
    }
}
