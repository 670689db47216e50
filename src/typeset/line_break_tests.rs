use proptest::prelude::*;

use super::*;

/// Checks `positions` against the whole text given to the model.
#[track_caller]
fn agrees_with_the_model(text: &str) {
    let model = LineSegmenter::new_lstm(LineBreakOptions::default());
    let by_model: Vec<usize> = model.segment_str(text).skip(1).collect();
    let ours = Breaks::new().positions(text);
    assert!(ours.iter().all(|at| by_model.contains(at)), "{text:?}: {ours:?} has more than {by_model:?}");
    for at in by_model.into_iter().filter(|at| !ours.contains(at)) {
        let before_mark = text[at..].starts_with(['ฯ', 'ๆ']);
        let mut words = WHOLE_WORDS.lines().flat_map(|word| text.match_indices(word));
        assert!(before_mark || words.any(|(from, word)| from < at && at < from + word.len()), "{text:?} lacks {at}");
    }
}

#[test]
fn mixed_texts_break_where_the_model_breaks_them_as_a_whole() {
    for text in [
        "",
        "ก",
        "a",
        " ",
        "หน่วยงานควรเปิดเผยข้อมูลการใช้จ่ายงบประมาณประจำปี พ.ศ. ๒๕๖๗ ให้ประชาชนตรวจสอบได้",
        "ร้อยละ 85.50 (มากกว่าปี 2566 ที่ได้ร้อยละ ๘๔.๒๕) ของผู้ตอบ 1,234 คน",
        "ขั้นตอนการให้บริการ/ระยะเวลา/ค่าธรรมเนียม และ/หรือข้อ 1/2",
        "ระบบE-Serviceและ One Stop Service(OSS)ของหน่วยงาน",
        "“หน่วยงานโปร่งใส” ‘ประชาชนไว้วางใจ’ \"ผ่านดี\" 'ดี'",
        "ประเด็นที่ 3: ช่องทาง – การประชาสัมพันธ์ — ข้อมูล-ข่าวสาร…",
        "ต่าง ๆ ต่างๆ ฯลฯ กรุงเทพฯ และฯพณฯ ท่าน",
        "เงิน฿100 ราคา๒๐บาท 50%ของ 20°ซ ½ส่วน ๏ข้อ๚๛",
        "https://itas.nacc.go.th/report/2567/ข้อมูล?q=ค่า&p=1",
        "ก\u{300}ข\u{200B}ค\u{A0}ง\u{AD}จ\u{2060}ฉ",
        "ผล(คะแนน)[สูง]{มาก}<ดี>!จริง?ใช่;แล้ว,เสร็จ.จบ",
        "ภาษาລາວและខ្មែរกับမြန်မာปนไทย中文ด้วย🙂ครับ",
        "หัวข้อ\r\nบรรทัดใหม่\tแท็บ\u{2028}อีกบรรทัด",
    ] {
        agrees_with_the_model(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_breaks_where_the_model_breaks_it(
        pieces in prop::collection::vec(prop_oneof![
            3 => prop::sample::select(vec![
                "หน่วยงาน", "ควร", "การ", "ข้อมูล", "ประชาสัมพันธ์", "ๆ", "ฯ", "น้ำ", "เจ้าหน้าที่", "โปร่งใส", "ปี", "ณ", "ก",
            ]),
            2 => prop::sample::select(vec![
                " ", "  ", "/", "-", "–", "—", ",", ".", ":", ";", "(", ")", "“", "”", "\"", "'", "%", "…", "฿", "&", "!", "?",
            ]),
            1 => prop::sample::select(vec!["85", "๒๕๖๗", "1,234", "0.5", "E-Service", "ITA", "go.th", "ລາວ", "ខ្មែរ", "中"]),
            1 => prop::sample::select(vec!["\n", "\t", "\u{A0}", "\u{200B}", "\u{200D}", "\u{301}", "🙂", "{", "}", "½"]),
        ], 0..24),
    ) {
        agrees_with_the_model(&pieces.concat());
    }

    #[test]
    fn any_characters_break_at_boundaries_in_order(text in any::<String>(), data in any::<String>()) {
        for breaks in [Breaks::new(), Breaks::from_stored(data.clone().leak())] {
            let positions = breaks.positions(&text);
            prop_assert!(positions.is_sorted_by(|a, b| a < b));
            prop_assert!(positions.iter().all(|&at| text.is_char_boundary(at)));
            prop_assert_eq!(positions.last().copied().unwrap_or_default(), text.len());
        }
    }
}

const TEXTS: [&str; 3] = [
    "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ปี ๒๕๖๗ (IIT)",
    "เจ้าหน้าที่ต้องไม่เรียกรับเงิน ทรัพย์สิน หรือผลประโยชน์อื่นใด ฯลฯ",
    "ก ข ควรระบุ",
];

#[test]
fn stored_runs_say_what_the_model_says_without_it() {
    let data = stored_runs(TEXTS.into_iter());
    let stored = Breaks::from_stored(data.clone().leak());
    for text in TEXTS {
        assert_eq!(stored.positions(text), Breaks::new().positions(text));
        assert!(runs(text).all(|run| stored.memo.get(&text[run]).is_none()), "{text} was worked out again");
    }
}

#[test]
fn stored_data_is_one_sorted_line_a_run() {
    let data = stored_runs(TEXTS.into_iter().chain(TEXTS));
    let lines: Vec<&str> = data.lines().collect();
    assert!(lines.is_sorted_by(|a, b| a < b));
    assert!(lines.contains(&"ควร|ระบุ"));
    assert!(lines.contains(&"มาตรการ|ส่งเสริม|คุณธรรม|และ|ความ|โปร่งใส|ภายใน|หน่วยงาน"));
    assert!(!data.contains("|ๆ") && !data.contains("|ฯ"));
}

#[test]
fn stored_breaks_are_taken_at_their_word() {
    assert_eq!(Breaks::from_stored("ค|วร\nให้\n").positions("ควร"), [3, 9]);
    assert_eq!(Breaks::from_stored("").positions("ควร"), [9]);
}

#[test]
fn a_run_is_worked_out_once() {
    let breaks = Breaks::new();
    breaks.positions("หน่วยงานควรระบุ 1");
    assert_eq!(breaks.memo.get("หน่วยงานควรระบุ").as_deref(), Some(&[24, 33][..]));
    assert_eq!(breaks.positions("2 หน่วยงานควรระบุ"), [2, 26, 35, 47]);
}

#[test]
fn threads_share_one_value() {
    let breaks = Breaks::new();
    let alone: Vec<_> = TEXTS.iter().map(|text| Breaks::new().positions(text)).collect();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..50 {
                    assert!(TEXTS.iter().zip(&alone).all(|(text, expected)| breaks.positions(text) == *expected));
                }
            });
        }
    });
}

#[test]
fn the_words_kept_whole_are_sorted_thai_words() {
    let words: Vec<&str> = WHOLE_WORDS.lines().collect();
    assert!(words.is_sorted_by(|a, b| a < b));
    assert!(words.iter().all(|word| word.chars().all(|c| script(c) == Some(Script::Thai))));
}
