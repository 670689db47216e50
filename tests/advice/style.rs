//! What the style sheet in the bank's head says, as far as a program can hold texts against it.

use itasheet::advice::Advice;
use itasheet::framework::Topics;

use crate::advice::texts::texts;

/// The degree that a grade's finding names, for something good and for something bad: one of the words.
const LADDER: [(&str, &[&str], &[&str]); 5] = [
    ("critical", &["ในระดับน้อย", "อยู่ในระดับน้อย"], &["ระดับมาก", "ระดับสูง"]),
    ("low", &["ระดับปานกลาง"], &["ระดับค่อนข้างมาก", "ระดับค่อนข้างสูง"]),
    ("fair", &["ระดับค่อนข้างมาก"], &["ระดับปานกลาง"]),
    ("good", &["ระดับมาก"], &["ระดับน้อย", "ระดับต่ำ"]),
    ("high", &["ระดับมากที่สุด"], &["อยู่บ้าง"]),
];

#[test]
fn findings_of_surveys_climb_one_ladder_of_degrees() {
    let degrees = ["น้อย", "ต่ำ", "ปานกลาง", "ค่อนข้างมาก", "ค่อนข้างสูง", "มากที่สุด", "มาก", "สูง"];
    // The degree that a text names: the longest word behind `ระดับ`.
    let named = |text: &str| -> Vec<String> {
        let behind = text.split("ระดับ").skip(1);
        let longest = |rest: &str| degrees.iter().filter(|word| rest.starts_with(**word)).max_by_key(|word| word.len());
        behind.filter_map(|rest| longest(rest).map(|word| format!("ระดับ{word}"))).collect()
    };
    let mut held = 0;
    for (key, topic) in &Advice::built_in().topics {
        let is_bad = Topics::built_in().topic(key).is_some_and(|topic| !topic.denied_by.is_empty());
        for (grade, good, bad) in LADDER {
            let Some(text) = topic.finding.get(grade) else { continue };
            let allowed = if is_bad { bad } else { good };
            assert!(allowed.iter().any(|word| text.contains(word)), "{key} {grade}: {text}");
            for word in named(text) {
                let is_its = allowed.iter().any(|allowed| allowed.ends_with(&word)) || is_bad && grade == "high";
                assert!(is_its, "{key} {grade} says {word}: {text}");
            }
            held += 1;
        }
    }
    assert_eq!(held, 24 * LADDER.len());
}

#[test]
fn promises_can_be_kept() {
    for measure in &Advice::built_in().measures {
        let (first, last) = measure.months;
        assert!(last >= 4 && first < last, "{}: months {first} to {last}", measure.id);
    }
    const NEVER: [&str; 14] = [
        "ร้อยละ",
        "วันทำการ",
        "ไตรมาส",
        "ทุกสัปดาห์",
        "ทุกวัน",
        "เดือนละ",
        "ต่อเดือน",
        "ต่อวัน",
        "วันละ",
        "สัปดาห์ละ",
        "นาที",
        "ชั่วโมง",
        "ภายใน 30",
        "ภายใน 60",
    ];
    for (name, text) in texts() {
        for word in NEVER {
            assert!(!text.contains(word), "{name}: {word} in {text}");
        }
        // Monthly is only what a law asks for monthly.
        assert!(!text.contains("ทุกเดือน") || name.starts_with("procurement-monthly-summary"), "{name}: {text}");
    }
}

#[test]
fn what_may_be_none_says_so() {
    // Complaints, objections and findings of checks: a plan that counts on them cannot be kept where there are none.
    for (name, text) in texts() {
        for word in
            ["ข้อทักท้วง", "ข้อที่ตรวจพบ", "เรื่องที่มีมูล", "กรณีที่มีมูล", "เรื่องที่ล่าช้า", "รายการที่ล่าช้า", "โครงการที่ล่าช้า", "รายการค้างคืน"]
        {
            assert!(!text.contains(word) || text.contains("(ถ้ามี)"), "{name}: {text}");
        }
    }
}

#[test]
fn the_head_is_asked_and_not_ordered() {
    for (name, text) in texts() {
        for word in ["ให้ผู้บริหารสูงสุด", "กำชับผู้บริหาร", "ผู้บริหารสูงสุดต้อง", "ผู้บริหารสูงสุดควร", "สั่งให้ผู้บริหาร"]
        {
            assert!(!text.contains(word), "{name}: {word} in {text}");
        }
        let asks = |word: &str| text.contains(&format!("เสนอผู้บริหารสูงสุดพิจารณา{word}"));
        for word in ["ลงนาม", "ประกาศนโยบาย", "มีหนังสือกำชับ"]
        {
            assert!(!text.contains(&format!("ผู้บริหารสูงสุด{word}")) || asks(word), "{name}: {text}");
        }
    }
}

#[test]
fn words_of_auditors_designers_and_translators_stand_nowhere() {
    const NEVER: [&str; 16] = [
        "สุ่ม",
        "สอบทาน",
        "ผู้ทดสอบ",
        "ทดสอบการใช้งาน",
        "ต้นแบบ",
        "ก้ำกึ่ง",
        "ทางลัด",
        "ต่อยอด",
        "ประสบการณ์ของผู้ใช้",
        "ผู้มีส่วนได้เสียทุกภาคส่วน",
        "ได้อีกเล็กน้อย",
        "แทบไม่",
        "จุดอ่อน",
        "จุดบกพร่อง",
        "กระทำผิดกฎหมาย",
        "ทำการ",
    ];
    for (name, text) in texts() {
        // The office itself, and days on which it works, are no mark of bad style.
        let text = text.replace("ที่ทำการ", "").replace("ข้อความข้างต้น", "");
        for word in NEVER {
            assert!(!text.contains(word), "{name}: {word} in {text}");
        }
    }
}

#[test]
fn a_degree_is_no_number_of_people_and_no_kind_of_person_is_named() {
    for (name, text) in texts() {
        for word in ["พนักงานขับรถ", "เจ้าหน้าที่พัสดุ", "เจ้าหน้าที่ธุรการ", "ผู้บังคับบัญชาบาง", "ผู้บังคับบัญชาหลาย", "เจ้าหน้าที่บาง"]
        {
            assert!(!text.contains(word), "{name}: {word} in {text}");
        }
    }
}

#[test]
fn the_council_and_the_political_side_stand_in_local_texts_only() {
    const LOCAL: [&str; 4] = ["ฝ่ายการเมือง", "สมาชิกสภา", "ผู้บริหารท้องถิ่น", "องค์กรปกครองส่วนท้องถิ่น"];
    let speaks = |text: &str| LOCAL.iter().any(|word| text.contains(word));
    let mut topics = Vec::new();
    for (key, topic) in &Advice::built_in().topics {
        for action in &topic.actions {
            let ((general, step), (local, local_step)) = (action.words(false), action.words(true));
            assert!(!speaks(general) && !speaks(step), "{key}: {general}\n{step}");
            assert_eq!(action.local.is_some(), speaks(local) && speaks(local_step), "{key}: {local}\n{local_step}");
            topics.extend(action.local.is_some().then_some(key.as_str()));
        }
    }
    topics.dedup();
    assert_eq!(
        topics,
        ["lawful-orders", "structure", "executives", "ethics-code", "structure-and-authority", "ethics-code-and-drive"]
    );
}
