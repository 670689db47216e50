//! Results of any fiscal year, as the texts of a table.

use itasheet::framework::{Framework, Question, QuestionCode};

/// What a table says beside its questions.
pub struct Result<'a> {
    pub year: u16,
    pub total: &'a str,
    pub level: &'a str,
    /// Scores of the ten indicators.
    pub indicators: [f64; 10],
}

impl Default for Result<'_> {
    fn default() -> Self {
        let indicators = [91.25, 92.5, 95.83, 84.17, 90.42, 86.7, 83.15, 78.9, 97.5, 95.0];
        Self { year: 2568, total: "", level: "", indicators }
    }
}

impl Result<'_> {
    /// The table, with a title for each question where there is one and its score.
    pub fn table(
        &self,
        title: impl Fn(QuestionCode, &Question) -> String,
        score: impl Fn(QuestionCode) -> f64,
    ) -> String {
        let framework = Framework::built_in(self.year).unwrap();
        let mut text = format!(
            "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {}\nเทศบาลตำบลตัวอย่าง จังหวัดนครราชสีมา\nคะแนนรวม,{}\nระดับ,{}\n\nตัวชี้วัด,คะแนน\n",
            self.year, self.total, self.level
        );
        for (number, score) in (1..).zip(self.indicators) {
            text.push_str(&format!("ตัวชี้วัดที่ {number},{score}\n"));
        }
        text.push_str("\nรหัส,ข้อคำถาม,คะแนน\n");
        for (&code, question) in &framework.questions {
            text.push_str(&format!("{code},{},{}\n", title(code, question), score(code)));
        }
        text
    }

    /// The same without titles.
    pub fn scores(&self, score: impl Fn(QuestionCode) -> f64) -> String {
        self.table(|_, _| String::new(), score)
    }
}

/// A score that tells questions apart.
pub fn varied(code: QuestionCode) -> f64 {
    match code.to_string().chars().next() {
        Some('o') => {
            if code.number() % 7 == 3 {
                0.0
            } else {
                100.0
            }
        }
        _ => 60.0 + f64::from(code.number()) * 1.25,
    }
}

/// Survey questions in words that are not this program's own, each about the topic that 2567 has under the code.
pub fn asked(code: QuestionCode) -> Option<&'static str> {
    let all = [
        ("i1", "บุคลากรปฏิบัติงานหรือให้บริการแก่ผู้มาติดต่อตามขั้นตอนและระยะเวลาที่กำหนดไว้เพียงใด"),
        ("i2", "บุคลากรปฏิบัติต่อผู้มาติดต่อทุกคนเท่าเทียมกันเพียงใด"),
        ("i3", "บุคลากรมีการเรียกรับสินบนเพื่อแลกกับการปฏิบัติงานหรือไม่"),
        ("i4", "หน่วยงานใช้จ่ายงบประมาณตรงตามวัตถุประสงค์ที่ตั้งไว้เพียงใด"),
        ("i5", "บุคลากรเบิกจ่ายเงินที่เป็นเท็จ เช่น ค่าเดินทาง มากน้อยเพียงใด"),
        ("i6", "การจัดซื้อจัดจ้างเอื้อประโยชน์แก่ผู้ประกอบการบางรายหรือไม่"),
        ("i7", "ผู้บังคับบัญชาสั่งให้ท่านทำธุระส่วนตัวหรือไม่"),
        ("i8", "ผู้บังคับบัญชาสั่งการให้ทำสิ่งที่เป็นการทุจริตหรือไม่"),
        ("i9", "การแต่งตั้งหรือโยกย้ายในหน่วยงานมีการเรียกรับสินบนหรือไม่"),
        ("i10", "ท่านขออนุญาตยืมของหลวงไปใช้ถูกต้องเพียงใด"),
        ("i11", "มีผู้นำทรัพย์สินของหลวงไปใช้ส่วนตัวหรือไม่"),
        ("i12", "หน่วยงานตรวจสอบการใช้ทรัพย์สินของราชการบ่อยเพียงใด"),
        ("i13", "ผู้บริหารสูงสุดให้ความสำคัญกับการต่อต้านการทุจริตเพียงใด"),
        ("i14", "มาตรการของหน่วยงานป้องกันการทุจริตได้จริงเพียงใด"),
        ("i15", "ท่านเชื่อมั่นว่าเรื่องร้องเรียนการทุจริตจะได้รับการจัดการเพียงใด"),
        ("e1", "เจ้าหน้าที่ให้บริการท่านตามขั้นตอนและระยะเวลาที่ประกาศไว้เพียงใด"),
        ("e2", "เจ้าหน้าที่ให้บริการอย่างเป็นธรรมเพียงใด"),
        ("e3", "ท่านเคยถูกเรียกรับสินบนหรือไม่"),
        ("e4", "ช่องทางเผยแพร่ของหน่วยงานเข้าถึงสะดวกเพียงใด"),
        ("e5", "ข้อมูลของหน่วยงานชัดเจนและเพียงพอเพียงใด"),
        ("e6", "เจ้าหน้าที่ตอบข้อซักถามของท่านได้เพียงใด"),
        ("e7", "หน่วยงานปรับปรุงงานให้ดีขึ้นเพียงใด"),
        ("e8", "หน่วยงานเปิดให้ท่านมีส่วนร่วมเพียงใด"),
        ("e9", "ท่านเคยใช้บริการออนไลน์ของหน่วยงานหรือไม่"),
    ];
    all.iter().find(|(known, _)| *known == code.to_string()).map(|(_, asked)| *asked)
}
