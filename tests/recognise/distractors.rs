//! Numbers that stand in tables of scores and are none: what heads them, and what they are like.

/// A question's row, from which a distracting number is made.
pub struct Question<'a> {
    /// Its place among the questions, from 0.
    pub index: u32,
    pub code: &'a str,
    pub score: f64,
    /// Tells this column's numbers from those of another.
    pub seed: u32,
}

impl Question<'_> {
    /// A number below `end`, another for each row and column.
    fn any(&self, end: u32) -> u32 {
        let mixed = (self.index + 1).wrapping_mul(0x9E37_79B1) ^ (self.seed + 7).wrapping_mul(0x85EB_CA77);
        (mixed ^ (mixed >> 15)).wrapping_mul(0x2C1B_3C6D) % end
    }
}

/// As a score is: in hundredths.
fn like_a_score(question: &Question<'_>) -> f64 {
    f64::from(3000 + question.any(6999)) / 100.0
}

/// How a column's numbers show without a header what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// They cannot be scores, and are told from them.
    Unlike,
    /// They are like scores: without a header nobody can tell.
    Scores,
}

/// A kind of column whose numbers are no scores.
pub struct Kind {
    pub name: &'static str,
    pub headers: &'static [&'static str],
    pub likeness: Likeness,
    /// Whether its numbers are scores where nothing else is: a draft is better than nothing.
    pub alone: bool,
    pub number: fn(&Question<'_>) -> f64,
}

const fn kind(
    name: &'static str,
    headers: &'static [&'static str],
    likeness: Likeness,
    number: fn(&Question<'_>) -> f64,
) -> Kind {
    Kind { name, headers, likeness, alone: false, number }
}

const fn round(name: &'static str, headers: &'static [&'static str]) -> Kind {
    Kind { name, headers, likeness: Likeness::Scores, alone: true, number: like_a_score }
}

const UNLIKE: Likeness = Likeness::Unlike;
const LIKE: Likeness = Likeness::Scores;

pub const KINDS: [Kind; 28] = [
    kind("row numbers", &["ลำดับ", "ที่", "ลำดับที่", "No.", "ข้อ"], UNLIKE, |question| f64::from(question.index + 1)),
    kind("ranks", &["อันดับ", "อันดับที่", "Rank", "อันดับของจังหวัด"], UNLIKE, |question| f64::from(1 + question.any(211))),
    kind(
        "weights",
        &["น้ำหนัก", "Weight", "ค่าน้ำหนัก (%)", "น้ำหนักคะแนน"],
        UNLIKE,
        |question| {
            if question.code.starts_with('o') { 40.0 } else { 30.0 }
        },
    ),
    kind(
        "respondents",
        &["จำนวนผู้ตอบ", "Respondents", "ผู้ตอบ (คน)", "จำนวน", "N"],
        UNLIKE,
        |question| {
            if question.code.starts_with('i') { 30.0 } else { 82.0 }
        },
    ),
    kind("counts", &["จำนวน (คน)", "จำนวนคำตอบ", "Count"], LIKE, |question| {
        f64::from(20 + question.any(60))
    }),
    kind(
        "targets",
        &["เป้าหมาย", "ค่าเป้าหมาย ปี 2568", "Target", "เป้าหมาย (คะแนน)"],
        LIKE,
        |question| f64::from(80 + 5 * question.any(5)),
    ),
    kind("pages", &["หน้า", "เลขหน้า", "Page"], UNLIKE, |question| {
        f64::from(12 + question.index / 8)
    }),
    kind("days", &["วันที่ส่ง", "วันที่", "Date", "วันที่ปรับปรุง"], UNLIKE, |question| f64::from(1 + question.any(28))),
    kind("years", &["ปี", "ปีงบประมาณ", "พ.ศ."], UNLIKE, |_| 67.0),
    kind("money", &["งบประมาณ", "งบประมาณ (บาท)", "วงเงิน", "Budget"], LIKE, like_a_score),
    kind(
        "sums of money",
        &["งบประมาณที่ใช้ (บาท)", "วงเงิน (พันบาท)"],
        UNLIKE,
        |question| f64::from(1500 + question.any(90_000)),
    ),
    kind(
        "progress",
        &["ความคืบหน้า (%)", "ร้อยละความก้าวหน้า", "Progress", "ความก้าวหน้า"],
        LIKE,
        |question| f64::from(5 * question.any(21)),
    ),
    kind(
        "last year",
        &["คะแนนปีก่อน", "คะแนน ปี 2566", "ปี 2566", "ปีที่แล้ว", "Last year", "ปี 66", "คะแนนเดิม", "ผลคะแนนปีที่ผ่านมา"],
        LIKE,
        like_a_score,
    ),
    kind("national means", &["ค่าเฉลี่ยระดับประเทศ", "คะแนนเฉลี่ยทั้งประเทศ", "National mean"], LIKE, like_a_score),
    kind("province means", &["ค่าเฉลี่ยจังหวัด", "คะแนนเฉลี่ยระดับจังหวัด", "คะแนนเฉลี่ยภาค"], LIKE, like_a_score),
    kind("self-assessment", &["คะแนนประเมินตนเอง", "ประเมินตนเอง", "Self-assessment"], LIKE, like_a_score),
    kind("forecasts", &["คะแนนคาดการณ์", "คาดการณ์", "Forecast", "ประมาณการคะแนน"], LIKE, like_a_score),
    kind("full marks", &["คะแนนเต็ม", "เต็ม", "Full score", "คะแนนเต็ม (100)"], UNLIKE, |_| 100.0),
    kind("deviations", &["S.D.", "ส่วนเบี่ยงเบนมาตรฐาน", "SD"], UNLIKE, |question| f64::from(question.any(200)) / 100.0),
    kind("highest", &["สูงสุด", "คะแนนสูงสุด", "Max"], LIKE, like_a_score),
    kind("lowest", &["ต่ำสุด", "คะแนนต่ำสุด", "Min"], LIKE, like_a_score),
    kind(
        "changes",
        &["ผลต่าง", "เปลี่ยนแปลง", "Change", "เพิ่ม/ลด"],
        UNLIKE,
        |question| f64::from(question.any(2000)) / 100.0 - 10.0,
    ),
    kind("gaps", &["ส่วนที่ขาด", "ยังขาดอีก", "Gap"], LIKE, |question| {
        (10_000.0 - question.score * 100.0).round() / 100.0
    }),
    kind(
        "out of 5",
        &["คะแนน (เต็ม 5)", "ค่าเฉลี่ย (5)", "คะแนนเต็ม 5"],
        UNLIKE,
        |question| (question.score * 5.0).round() / 100.0,
    ),
    kind(
        "weighted",
        &["คะแนนถ่วงน้ำหนัก", "คะแนนหลังถ่วงน้ำหนัก", "Weighted score"],
        LIKE,
        |question| (question.score * 30.0).round() / 100.0,
    ),
    round("drafts", &["คะแนนเบื้องต้น", "ร่างคะแนน", "Draft score", "คะแนน (เบื้องต้น)", "Preliminary"]),
    round("before", &["คะแนนก่อนอุทธรณ์", "ก่อนอุทธรณ์", "ก่อนแก้ไข", "คะแนนก่อนปรับปรุง"]),
    round("means of groups", &["ค่าเฉลี่ยกลุ่ม", "คะแนนเฉลี่ยของกลุ่ม", "Mean of group"]),
];

/// Headers of columns with the agency's own scores.
pub const OWN: [&str; 12] = [
    "คะแนน",
    "คะแนนที่ได้",
    "ผลคะแนน",
    "Score",
    "คะแนน ปี 2567",
    "คะแนน (เต็ม 100)",
    "ผลการประเมิน",
    "คะแนน ITA ปีงบประมาณ พ.ศ. 2567",
    "คะแนนสุดท้าย",
    "คะแนนหลังอุทธรณ์",
    "คะแนนที่หน่วยงานได้รับ",
    "คะแนน (ร้อยละ)",
];

/// Names of sheets that hold other numbers under the same codes.
pub const SHEETS: [&str; 16] = [
    "เป้าหมาย",
    "เป้าหมาย 2568",
    "ปี 2566",
    "ITA66",
    "ร่าง",
    "Draft",
    "ประเมินตนเอง",
    "ค่าเฉลี่ยประเทศ",
    "ค่าเฉลี่ยจังหวัด",
    "คาดการณ์",
    "ก่อนอุทธรณ์",
    "ก่อนแก้ไข",
    "คะแนนเต็ม",
    "ปีที่แล้ว",
    "น้ำหนัก",
    "จำนวนผู้ตอบ",
];

/// The words of two rows of one code: those of the other number, and those of the score.
pub const PAIRS: [(&str, &str); 7] = [
    ("ก่อนอุทธรณ์", "หลังอุทธรณ์"),
    ("ปี 2566", "ปี 2567"),
    ("ปี 66", "ปี 67"),
    ("เป้าหมาย", "ผล"),
    ("ร่าง", "สุดท้าย"),
    ("ประเมินตนเอง", "ผลการประเมิน"),
    ("ค่าเฉลี่ยประเทศ", "คะแนนที่ได้"),
];
