//! What the style sheet in the bank's head says, as far as a program can hold texts against it.

use std::collections::BTreeSet;

use itasheet::advice::Advice;
use itasheet::framework::{Framework, Instrument, Topics};

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
        " นาที",
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

#[test]
fn no_deadline_lies_before_the_ninetieth_day_and_no_count_is_beyond_a_small_office() {
    let number_before = |text: &str| -> Option<u32> {
        let digits: String = text.trim_end().chars().rev().take_while(char::is_ascii_digit).collect();
        digits.chars().rev().collect::<String>().parse().ok()
    };
    for (name, text) in texts() {
        for (at, _) in text.match_indices("วัน") {
            let days = number_before(&text[..at]);
            assert!(days.is_none_or(|days| days >= 90), "{name}: {text}");
        }
        for (at, word) in text.match_indices("อย่างน้อย") {
            let behind = text[at + word.len()..].trim_start_matches("ปีละ").trim_start();
            let allowed = ["1 ครั้ง", "2 ครั้ง", "1 เรื่อง", "1 งาน"];
            assert!(allowed.iter().any(|count| behind.starts_with(count)), "{name}: {text}");
        }
    }
}

#[test]
fn only_the_lead_ins_lead_in() {
    for (name, text) in texts() {
        for word in ["ดังนี้", "หน่วยงานควร"] {
            assert!(name == "phrases" || !text.contains(word), "{name}: {text}");
        }
    }
    let phrases = &Advice::built_in().phrases;
    assert!(phrases.lead_in_one.starts_with("หน่วยงานควร") && !phrases.lead_in_one.contains("ดังนี้"));
    assert!(phrases.lead_in_oit.contains("ITAS") && phrases.lead_in_oit_one.contains("ITAS"));
}

#[test]
fn a_recommendation_and_its_step_begin_with_a_verb() {
    const VERBS: [&str; 42] = [
        "จัด",
        "กำหนด",
        "ปรับ",
        "คัดเลือก",
        "ประชุม",
        "วิเคราะห์",
        "ชี้แจง",
        "แยก",
        "ซักซ้อม",
        "ติดตาม",
        "เปิด",
        "รวบรวม",
        "ตรวจสอบ",
        "ทบทวน",
        "ประกาศ",
        "บันทึก",
        "ระบุ",
        "ควบคุม",
        "รณรงค์",
        "แจ้ง",
        "รับฟัง",
        "เสนอ",
        "บรรจุ",
        "เผยแพร่",
        "กำกับ",
        "สรุป",
        "ปิด",
        "แสดง",
        "เพิ่ม",
        "สำรวจ",
        "มอบหมาย",
        "ประชาสัมพันธ์",
        "ศึกษา",
        "นำ",
        "เชิญ",
        "แต่งตั้ง",
        "ดำเนินการ",
        "ดูแล",
        "ตอบ",
        "ประเมิน",
        "ใช้",
        "พิจารณา",
    ];
    for (key, topic) in &Advice::built_in().topics {
        let words = topic.actions.iter().flat_map(|action| [action.words(false), action.words(true)]);
        let urgent = topic.urgent.iter().map(|urgent| urgent.recommend.as_str());
        for text in words.flat_map(<[&str; 2]>::from).chain(urgent) {
            assert!(VERBS.iter().any(|verb| text.starts_with(verb)), "{key}: {text}");
        }
    }
    for (key, indicator) in &Advice::built_in().indicators {
        for text in [&indicator.recommend, &indicator.step] {
            assert!(VERBS.iter().any(|verb| text.starts_with(verb)), "{key}: {text}");
        }
    }
}

#[test]
fn the_finding_of_a_question_names_no_pass_mark() {
    for (key, topic) in &Advice::built_in().topics {
        for text in topic.finding.values() {
            assert!(!text.contains("ต่ำกว่าเกณฑ์") && !text.contains("ผ่านเกณฑ์"), "{key}: {text}");
        }
    }
}

/// The topics of the disclosure check of all years.
fn disclosed() -> BTreeSet<&'static str> {
    let questions = Framework::all_built_in().flat_map(|framework| {
        let codes = framework.questions.keys().filter(|code| code.instrument() == Instrument::Oit);
        codes.filter_map(|code| framework.topic(*code))
    });
    questions.filter(|topic| Advice::built_in().topic(topic).is_some()).collect()
}

#[test]
fn first_steps_about_published_data_look_up_what_is_missing_and_who_publishes_it() {
    for topic in disclosed() {
        let measure = Advice::built_in().measure_about(topic).unwrap();
        let begin = measure.begin.as_deref().unwrap();
        assert!(begin.contains("ในระบบ ITAS"), "{topic}: {begin}");
        assert!(["ผู้", "มอบหมาย"].iter().any(|word| begin.contains(word)), "{topic}: {begin}");
    }
    // What has no data to publish has no such reason.
    for (key, topic) in &Advice::built_in().topics {
        let measure = Advice::built_in().measure(&topic.measure).unwrap();
        let looks_up = measure.begin.as_deref().is_some_and(|begin| begin.contains("ITAS"));
        assert_eq!(looks_up, disclosed().contains(key.as_str()), "{key}");
    }
}

#[test]
fn what_reports_the_past_year_does_not_wait_for_the_second_phase() {
    for (key, topic) in &Advice::built_in().topics {
        let measure = Advice::built_in().measure(&topic.measure).unwrap();
        let mut texts = topic.actions.iter().flat_map(|action| <[&str; 2]>::from(action.words(false)));
        let is_of_past_year = texts.any(|text| text.starts_with("จัดทำ") && text.contains("ของปีที่ผ่านมา"));
        assert!(!is_of_past_year || measure.dated || measure.duty, "{key}: {}", measure.id);
    }
}

#[test]
fn a_measure_has_room_for_its_first_its_last_and_any_one_step() {
    let count = |text: &str| text.chars().count();
    for (key, topic) in &Advice::built_in().topics {
        let measure = Advice::built_in().measure(&topic.measure).unwrap();
        let fixed = count(&measure.title) + count(&measure.end) + measure.begin.as_deref().map_or(0, count);
        for action in &topic.actions {
            for (_, step) in [action.words(false), action.words(true)] {
                assert!(fixed + count(step) <= 450, "{key}: {} of {}", fixed + count(step), measure.id);
            }
        }
    }
}

#[test]
fn the_first_recommendation_about_data_that_is_not_there_publishes_it() {
    // A channel or a system is where it is opened.
    const PUBLISHES: [&str; 4] = ["เผยแพร่", "แสดง", "เปิดช่องทาง", "จัดให้มีระบบ"];
    for topic in disclosed() {
        let actions = &Advice::built_in().topic(topic).unwrap().actions;
        let first = actions.iter().find(|action| action.when == "publish").unwrap();
        for text in [first.words(false), first.words(true)].into_iter().flat_map(<[&str; 2]>::from) {
            let publishes = PUBLISHES.iter().any(|word| text.contains(word)) || text.starts_with("เปิด");
            assert!(publishes, "{topic}: {text}");
        }
    }
}
