//! The group's result in a few sentences.

use crate::domain::figure::{round2, two_decimals};
use crate::framework::Indicator;
use crate::overview::{Changes, Exclusion, Overview};
use crate::write::xlsx::overview::Frame;

/// What the group's numbers say, a paragraph each.
pub(in crate::write::xlsx) fn paragraphs(frame: &Frame<'_>) -> Vec<String> {
    let overview = frame.overview;
    if overview.standings.is_empty() {
        return vec!["ไม่มีหน่วยงานที่อ่านผลการประเมินได้ ดูเหตุผลในชีตรายการที่ควรตรวจสอบ".to_owned()];
    }
    let all =
        [totals(frame), indicators(frame), overview.changes.as_ref().map(|change| changes(change, frame)), rest(frame)];
    all.into_iter().flatten().collect()
}

fn totals(frame: &Frame<'_>) -> Option<String> {
    let totals = &frame.overview.totals;
    let mark = frame.score(Some(frame.overview.pass_mark));
    (totals.count > 0).then(|| {
        format!(
            "หน่วยงานที่มีคะแนนรวม {} แห่ง ผ่านเกณฑ์ {mark} คะแนน {} แห่ง คิดเป็นร้อยละ {} \
             คะแนนรวมเฉลี่ย {} มัธยฐาน {} ต่ำสุด {} สูงสุด {}",
            frame.count(totals.count),
            frame.count(totals.passing),
            frame.score(totals.share()),
            frame.score(totals.mean),
            frame.score(totals.median),
            frame.score(totals.lowest),
            frame.score(totals.highest),
        )
    })
}

/// The lowest and the highest indicator.
fn indicators(frame: &Frame<'_>) -> Option<String> {
    let overview = frame.overview;
    let means = || {
        let indicators = overview.framework.indicators.iter();
        indicators.filter_map(|indicator| Some((indicator, overview.indicators.get(&indicator.number)?.mean?)))
    };
    let named = |indicator: &Indicator| {
        format!("ตัวชี้วัดที่ {} {}", frame.digits.number(&indicator.number.to_string()), indicator.title)
    };
    let (lowest, low) = means().min_by_key(|(_, mean)| *mean)?;
    let (highest, high) = means().max_by_key(|(_, mean)| *mean)?;
    (lowest.number != highest.number).then(|| {
        format!(
            "ตัวชี้วัดที่ได้คะแนนเฉลี่ยสูงที่สุด คือ {} ({}) และต่ำที่สุด คือ {} ({})",
            named(highest),
            frame.score(Some(high)),
            named(lowest),
            frame.score(Some(low)),
        )
    })
}

fn changes(change: &Changes, frame: &Frame<'_>) -> String {
    let year = frame.digits.number(&change.year.to_string());
    let count = change.statistic.count;
    let Some(mean) = change.statistic.mean.map(round2) else {
        return format!("ไม่มีหน่วยงานที่เทียบกับปีงบประมาณ พ.ศ. {year} ได้");
    };
    let direction =
        if mean.is_sign_negative() && !mean.is_zero() { "ลดลง" } else { "เพิ่มขึ้น" };
    format!(
        "เมื่อเทียบกับปีงบประมาณ พ.ศ. {year} ได้ {} แห่ง คะแนนรวม{direction}เฉลี่ย {} คะแนน เพิ่มขึ้น {} แห่ง ลดลง {} แห่ง เท่าเดิม {} แห่ง",
        frame.count(count),
        frame.digits.number(&two_decimals(mean.abs())),
        frame.count(change.up),
        frame.count(change.down),
        frame.count(count - change.up - change.down),
    )
}

/// Who and what is not in the numbers.
fn rest(frame: &Frame<'_>) -> Option<String> {
    let overview: &Overview<'_> = frame.overview;
    let of_years = overview.excluded.iter().filter(|excluded| excluded.reason == Exclusion::OtherYear).count();
    let repeated = overview.excluded.len() - of_years;
    let unranked = overview.standings.len() - overview.totals.count;
    let year = frame.digits.number(&overview.framework.year.to_string());
    let parts = [
        (unranked, "ไม่มีคะแนนรวมจึงไม่จัดอันดับ {} แห่ง".to_owned()),
        (of_years, format!("เป็นผลของปีอื่นที่ไม่ใช่ {year} จึงไม่นับรวม {{}} รายการ")),
        (repeated, "ซ้ำกับหน่วยงานที่นับแล้ว {} รายการ".to_owned()),
        (overview.failures.len(), "อ่านไม่สำเร็จ {} ไฟล์".to_owned()),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, text)| text.replace("{}", &frame.count(count)))
        .collect();
    let listed = overview.excluded.len() + overview.failures.len() > 0;
    let behind =
        if listed { " (ดูชีตรายการที่ควรตรวจสอบ)" } else { "" };
    (!parts.is_empty()).then(|| format!("{}{behind}", parts.join(" ")))
}
