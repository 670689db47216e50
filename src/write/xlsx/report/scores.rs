//! The sheet of scores: everything that is typed in, and the table that every other sheet's formulas refer to.

use rust_decimal::Decimal;
use rust_xlsxwriter::{DataValidation, DataValidationRule, Note, Table, TableColumn, TableStyle, Worksheet};

use crate::domain::figure::Figure;
use crate::domain::sheet_names::{NAMES_COLUMN, SCORES};
use crate::write::xlsx::error::WorkbookError;
use crate::write::xlsx::figure_row::FigureRow;
use crate::write::xlsx::kit::census::{CellKind, Census};
use crate::write::xlsx::kit::sheet::{CachedResult, Page, Paper};
use crate::write::xlsx::kit::style::TEXT_SIZE;
use crate::write::xlsx::report::addresses::{Fact, HEADER_ROW, column, local};
use crate::write::xlsx::report::{Context, formulas};

/// Widths of the columns in digits; together the width of a lying A4 page.
const WIDTHS: [f64; 9] = [6.5, 8.0, 8.0, 8.0, 8.0, 42.5, 12.0, 8.0, 8.0];

/// The same with two more columns to compare scores.
const WIDE: [f64; 11] = [6.5, 8.5, 8.0, 8.0, 8.0, 24.0, 12.0, 8.0, 8.5, 8.0, 8.0];

/// The two columns.
const COMPARED: [&str; 2] = ["ครั้งก่อน", "เพิ่ม/ลด"];

/// Behind a label of what is by a rule of another year.
const INFERRED: &str = " (อนุมานจากปีก่อน)";

const HEADERS: [&str; 9] =
    ["รหัส", "คะแนน", "เครื่องมือ", "ตัวชี้วัด", "ประเด็น", "เรื่องที่ประเมิน", "สถานะ", "ลำดับ\nจากต่ำสุด", "เซลล์ต้นทาง"];

/// What leads to the figures below the table.
const LINK: &str = "ไปยังคะแนนตัวชี้วัด คะแนนรวม และข้อมูลหน่วยงาน";

const FIGURE_HEADERS: [&str; 9] = ["ลำดับ", "ประกาศ", "คำนวณ", "ผลต่าง", "ค่าที่แสดง", "รายการ", "เครื่องมือ", "เกณฑ์", "ปีก่อน"];

pub(super) fn write(sheet: &mut Worksheet, context: &Context<'_>) -> Result<Census, WorkbookError> {
    let widths: &[f64] = if context.before().is_some() { &WIDE } else { &WIDTHS };
    let kept = context.kept(SCORES, NAMES_COLUMN);
    Page::keep(sheet, context.breaks, (widths, Paper::Landscape), kept, |page| {
        let styles = context.styles;
        page.line(0, "คะแนนรายข้อและผลที่ประกาศ", &styles.title, 18.0, true)?;
        let help = "ช่องพื้นเหลืองคือข้อมูลที่พิมพ์ได้ เมื่อแก้ไขแล้ว ค่าเฉลี่ย ระดับ สถานะ และลำดับในทุกชีตจะคำนวณใหม่";
        let sheet = context.only_sheet().map(|name| format!(" เซลล์ต้นทางอยู่ในชีต {name}")).unwrap_or_default();
        let topics = context.own_topics();
        let topics = if topics.is_empty() {
            String::new()
        } else {
            format!(" เรื่องที่ประเมินของ {topics} เป็นหัวข้อย่อที่โปรแกรมเรียบเรียงเอง ไม่ใช่ข้อคำถามทางการ")
        };
        let before = context.year_before();
        let before = before.map(|year| format!(" ครั้งก่อนคือผลปี {year} แสดงเฉพาะข้อที่มีหัวข้อเดียวกัน ซึ่งอาจมีรหัสต่างกัน"));
        let before = before.unwrap_or_default();
        page.line(1, &format!("{help}{sheet}{topics}{before}"), &styles.note, TEXT_SIZE, false)?;
        // a row's number counts from 1: this is the header over the figures
        let below = format!("internal:'{SCORES}'!A{}", context.cells.figures_row());
        page.sheet.write_url_with_text(2, 0, below.as_str(), LINK)?;
        page.note((2, 0), LINK, CellKind::Text, Some(&styles.link));
        for (row, name) in (0..).zip(["title", "help", "link"]) {
            page.name(row, &format!("N/-{name}"))?;
        }
        page.sheet.set_cell_format(2, 0, &styles.link)?;
        page.row_height(2, page.one_line())?;
        table(page, context)?;
        figures(page, context)?;
        facts(page, context)?;
        units(page, context)?;
        page.sheet.set_freeze_panes(HEADER_ROW + 1, 1)?;
        // Every page repeats the heads of the scores, so nothing else is printed: figures are on สรุปผล, the rest are settings.
        page.sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
        let last = page.last;
        page.sheet.set_print_area(0, 0, context.cells.table_rows().1, last)?;
        Ok(())
    })
}

fn table<'a>(page: &mut Page<'a>, context: &Context<'a>) -> Result<(), WorkbookError> {
    let (styles, cells) = (context.styles, context.cells);
    let (first, last) = cells.table_rows();
    let before = context.before();
    let names: Vec<&str> = HEADERS.into_iter().chain(COMPARED.into_iter().filter(|_| before.is_some())).collect();
    let column = |header: &&str| TableColumn::new().set_header(*header).set_header_format(&styles.header);
    let headers: Vec<TableColumn> = names.iter().map(column).collect();
    let table = Table::new().set_name("คะแนน").set_style(TableStyle::None).set_columns(&headers);
    page.sheet.add_table(HEADER_ROW, 0, last, page.last, &table)?;
    let header_height = names
        .iter()
        .zip(0u16..)
        // the filter's button takes the room of two letters
        .map(|(header, at)| page.height(&format!("{header}กกก"), (at, at), TEXT_SIZE, true))
        .fold(0.0, f64::max);
    page.row_height(HEADER_ROW, header_height)?;
    // A table's heads are names in formulas: they are told, and never another text.
    for (at, name) in (0u16..).zip(&names) {
        page.note((HEADER_ROW, at), name, CellKind::Result, None);
    }
    page.name(HEADER_ROW, "N/-head")?;
    for (code, row) in cells.questions() {
        let answer = context.report.submission.answers.get(&code);
        let score = context.report.assessment.score(code);
        page.text(row, column::CODE, &code.to_string(), &styles.centred)?;
        page.number(row, column::SCORE, score, &styles.input)?;
        page.text(row, column::INSTRUMENT, code.instrument().name(), &styles.centred)?;
        let indicator = context.framework.indicator_of(code).map(|indicator| indicator.number.to_string());
        page.text(row, column::INDICATOR, &indicator.unwrap_or_default(), &styles.centred)?;
        let issues: Vec<String> = context.framework.issues_of(code).map(|issue| issue.number.to_string()).collect();
        page.text(row, column::ISSUES, &issues.join(", "), &styles.centred)?;
        let title = context.title(code)?;
        page.text(row, column::TITLE, &title, &styles.text)?;
        let status = context.report.assessment.status(code).thai();
        let formula = formulas::status(cells, &local(row, column::SCORE));
        page.live(row, column::STATUS, &formula, status.into(), &styles.status)?;
        let rank = context.rank(code).map(Decimal::from);
        page.live(row, column::RANK, &formulas::rank(cells, row), rank.into(), &styles.centred)?;
        let source = answer.and_then(|answer| answer.score_place.as_ref()).map(|place| context.source(place));
        let source = source.unwrap_or_default();
        page.text(row, column::SOURCE, &source, &styles.centred)?;
        if let Some(before) = before {
            compare(page, row, before.get(&code).copied(), score, context)?;
        }
        let needs = [(title.as_ref(), column::TITLE), (source.as_str(), column::SOURCE)];
        let height = needs.iter().map(|(text, at)| page.height(text, (*at, *at), TEXT_SIZE, false));
        page.row_height(row, height.fold(page.one_line(), f64::max))?;
        note(page, row, &code.to_string(), context)?;
        // Rows of the table can be sorted: their code is their name.
        page.named(row, &code.to_string());
    }
    page.colour_statuses((first, last), column::STATUS)
}

/// The score of an earlier result, and the change since.
fn compare<'a>(
    page: &mut Page<'a>,
    row: u32,
    before: Option<Decimal>,
    score: Option<Decimal>,
    context: &Context<'a>,
) -> Result<(), WorkbookError> {
    page.number(row, column::BEFORE, before, &context.styles.input)?;
    let (score_cell, before_cell) = (local(row, column::SCORE), local(row, column::BEFORE));
    let formula =
        format!("=IF(AND(ISNUMBER({score_cell}),ISNUMBER({before_cell})),ROUND({score_cell}-{before_cell},2),\"\")");
    let change = score.zip(before).map(|(score, before)| crate::domain::figure::round2(score - before));
    page.live(row, column::CHANGE, &formula, change.into(), &context.styles.question_change)
}

/// What is said of a score whose input had something wrong with it.
fn about(code: &str, context: &Context<'_>) -> Vec<String> {
    if context.publish {
        return Vec::new();
    }
    let findings = context.report.assessment.findings.iter();
    findings
        .filter(|finding| finding.item == code && finding.severity() > crate::finding::Severity::Note)
        .map(|finding| finding.message(crate::domain::language::Language::Thai))
        .collect()
}

/// The notes on scores.
pub(super) fn notes(context: &Context<'_>) -> Vec<String> {
    let all = context.cells.questions().map(|(code, _)| about(&code.to_string(), context));
    all.filter(|about| !about.is_empty()).map(|about| about.join("\n")).collect()
}

/// A note on a score whose input had something wrong with it.
fn note<'a>(page: &mut Page<'a>, row: u32, code: &str, context: &Context<'a>) -> Result<(), WorkbookError> {
    let about = about(code, context);
    if !about.is_empty() {
        let note = Note::new(about.join("\n")).set_width(320).set_height(90);
        page.sheet.insert_note(row, column::SCORE, &note)?;
    }
    Ok(())
}

fn figures<'a>(page: &mut Page<'a>, context: &Context<'a>) -> Result<(), WorkbookError> {
    let (styles, cells, assessment) = (context.styles, context.cells, &context.report.assessment);
    let first = cells.figures_row();
    page.text(first - 2, 0, "คะแนนตัวชี้วัด เครื่องมือ และคะแนนรวม", &styles.heading)?;
    page.row_height(first - 2, page.one_line())?;
    page.headers(first - 1, &FIGURE_HEADERS, &styles.header)?;
    page.name(first - 2, "N/-figures")?;
    page.name(first - 1, "N/-figures-head")?;
    for (figure, row) in cells.figures() {
        let (number, label, instrument, value, formula) = match figure {
            FigureRow::Indicator(number) => {
                let unknown = || WorkbookError::NoFigure(figure);
                let mut indicators = context.framework.indicators.iter();
                let indicator = indicators.find(|candidate| candidate.number == number).ok_or_else(unknown)?;
                let mut results = assessment.indicators.iter();
                let value = results.find(|result| result.number == number).ok_or_else(unknown)?.figure;
                let instrument = indicator.instrument.name();
                let formula = formulas::indicator(cells, indicator, value.computed.is_some())?;
                (number.to_string(), indicator.title.clone(), instrument, value, formula)
            }
            FigureRow::Instrument(instrument) => {
                let facts = context.instrument(instrument)?;
                let weight = facts.weight.map(|weight| format!(" (ร้อยละ {weight})"));
                let label = facts.title.clone() + &weight.unwrap_or_default();
                let value = assessment.instruments.get(&instrument).map(Figure::as_shown);
                let value = value.ok_or(WorkbookError::NoInstrument(instrument))?;
                let formula = facts.weight.map(|_| formulas::instrument(cells, context.framework, instrument));
                (String::new(), label, instrument.name(), value, formula.transpose()?)
            }
            FigureRow::Total => {
                let formula = formulas::total(cells, context.framework)?;
                (String::new(), "คะแนนรวม".to_owned(), "", assessment.total.as_shown(), formula)
            }
        };
        page.text(row, column::NUMBER, &number, &styles.centred)?;
        page.number(row, column::PUBLISHED, value.published, &styles.input)?;
        match formula {
            Some(formula) => page.live(row, column::COMPUTED, &formula, value.computed.into(), &styles.score)?,
            None => page.text(row, column::COMPUTED, "–", &styles.centred)?,
        }
        difference(page, row, &value, context)?;
        page.text(row, column::LABEL, &label, &styles.text)?;
        page.text(row, column::OF_INSTRUMENT, instrument, &styles.centred)?;
        let threshold = format!("={}", cells.fact(Fact::Threshold));
        page.live(row, column::THRESHOLD, &threshold, CachedResult::Number(assessment.threshold), &styles.score)?;
        page.number(row, column::PREVIOUS, context.previous(figure), &styles.input)?;
        let height = page.height(&label, (column::LABEL, column::LABEL), TEXT_SIZE, false);
        page.row_height(row, height)?;
        let name = match figure {
            FigureRow::Indicator(number) => format!("indicator-{number}"),
            FigureRow::Instrument(instrument) => instrument.name().to_owned(),
            FigureRow::Total => "total".to_owned(),
        };
        page.name(row, &format!("N/{name}"))?;
    }
    Ok(())
}

/// The difference between the published and the computed figure, and the one that is shown.
fn difference<'a>(page: &mut Page<'a>, row: u32, value: &Figure, context: &Context<'a>) -> Result<(), WorkbookError> {
    let (published, computed) = (local(row, column::PUBLISHED), local(row, column::COMPUTED));
    let both = value
        .published
        .zip(value.computed)
        .map(|(published, computed)| crate::domain::figure::round2(published - computed));
    let formula = format!("=IF(AND(ISNUMBER({published}),ISNUMBER({computed})),ROUND({published}-{computed},2),\"\")");
    page.live(row, column::DIFFERENCE, &formula, both.into(), &context.styles.score)?;
    let formula = format!("=IF(ISNUMBER({published}),{published},IF(ISNUMBER({computed}),{computed},\"\"))");
    page.live(row, column::SHOWN, &formula, value.exact().into(), &context.styles.score)
}

fn facts<'a>(page: &mut Page<'a>, context: &Context<'a>) -> Result<(), WorkbookError> {
    let (styles, cells, report) = (context.styles, context.cells, context.report);
    let heading = cells.facts_heading();
    page.text(heading, 0, "ข้อมูลหน่วยงานและผลที่ประกาศ", &styles.heading)?;
    page.row_height(heading, page.one_line())?;
    page.name(heading, "N/-facts")?;
    let (submission, level) = (&report.submission, &report.assessment.level);
    let text = |given: &Option<crate::recognise::Given<String>>| {
        given.as_ref().map(|known| known.value.clone()).unwrap_or_default()
    };
    for fact in Fact::ALL {
        let row = cells.fact_row(fact);
        let at = column::LABEL;
        let columns = (at, column::SOURCE);
        let inferred = if fact == Fact::ComputedLevel && context.framework.draft { INFERRED } else { "" };
        let name = format!("{}{inferred}", label(fact));
        page.block((row, row), (0, column::SHOWN), &name, &styles.text)?;
        page.merge((row, row), columns, &styles.text)?;
        let shown = match fact {
            Fact::Agency => text(&submission.agency),
            Fact::District => text(&submission.district),
            Fact::Province => text(&submission.province),
            Fact::PublishedLevel => level.published.clone().unwrap_or_default(),
            _ => String::new(),
        };
        match fact {
            Fact::Agency | Fact::District | Fact::Province | Fact::PublishedLevel => {
                page.text(row, at, &shown, &styles.input_text)?;
            }
            Fact::Year => page.number(row, at, Some(Decimal::from(context.framework.year)), &styles.input_whole)?,
            Fact::Threshold => page.number(row, at, Some(report.assessment.threshold), &styles.input)?,
            Fact::TitlesChecked => {
                let year = Decimal::from(context.framework.year);
                page.number(row, at, report.titles_checked.then_some(year), &styles.input_whole)?;
                only_the_year(page, row, context)?;
            }
            Fact::Rank => page.number(row, at, report.assessment.rank.map(Decimal::from), &styles.input_whole)?,
            Fact::ComputedLevel => {
                let computed = level.computed.as_deref().unwrap_or_default();
                page.live(row, at, &formulas::level(cells, context.framework)?, computed.into(), &styles.text)?;
            }
            Fact::NextLevel => {
                let level = level.computed.as_deref();
                let rules = context.framework.level_rules();
                let next =
                    rules.windows(2).find(|pair| matches!(pair, [_, reached] if Some(reached.name.as_str()) == level));
                let next = next.and_then(|pair| pair.first()).map_or("", |next| next.name.as_str());
                page.live(row, at, &formulas::next_level(cells, context.framework), next.into(), &styles.text)?;
            }
            Fact::ShownLevel => {
                let (published, computed) = (cells.fact(Fact::PublishedLevel), cells.fact(Fact::ComputedLevel));
                let formula = format!("=IF({published}<>\"\",{published},{computed})");
                page.live(row, at, &formula, level.shown().unwrap_or_default().into(), &styles.text)?;
            }
            Fact::Reason => {
                let formula = formulas::reason(cells, context.framework, context.digits.formal())?;
                let reason = context.digits.title(&level.reason);
                page.live(row, at, &formula, reason.as_str().into(), &styles.text)?;
            }
        }
        let text = if fact == Fact::Reason { context.longest_reason() } else { shown };
        let height = page.height(&text, columns, TEXT_SIZE, false);
        let of_name = page.height(&name, (0, column::SHOWN), TEXT_SIZE, false);
        page.row_height(row, height.max(of_name))?;
        page.name(row, &format!("N/-{}", fact.name()))?;
    }
    Ok(())
}

/// Takes only the year of the result where it is said that its topics were checked.
fn only_the_year(page: &mut Page<'_>, row: u32, context: &Context<'_>) -> Result<(), WorkbookError> {
    let year = f64::from(context.framework.year);
    let validation = DataValidation::new()
        .allow_decimal_number(DataValidationRule::Between(year, year))
        .set_error_title("ปีไม่ตรงกับผลนี้")?
        .set_error_message("เมื่อตรวจหัวข้อทุกข้อกับคู่มือแล้ว พิมพ์ปีงบประมาณ พ.ศ. ของผลนี้ หรือเว้นว่างไว้")?;
    page.sheet.add_data_validation(row, column::LABEL, row, column::LABEL, &validation)?;
    Ok(())
}

fn label(fact: Fact) -> &'static str {
    match fact {
        Fact::Agency => "หน่วยงาน",
        Fact::District => "อำเภอ",
        Fact::Province => "จังหวัด",
        Fact::Year => "ปีงบประมาณ พ.ศ.",
        Fact::Threshold => "เกณฑ์ที่ใช้ตัดสินว่าควรปรับปรุง (ต่ำกว่า)",
        Fact::Rank => "อันดับที่ประกาศ",
        Fact::PublishedLevel => "ระดับที่ประกาศ",
        Fact::ComputedLevel => "ระดับตามเกณฑ์",
        Fact::NextLevel => "ระดับถัดไปตามเกณฑ์",
        Fact::ShownLevel => "ระดับที่แสดงในรายงาน",
        Fact::Reason => "เหตุผลของระดับตามเกณฑ์",
        Fact::TitlesChecked => "หัวข้อข้อคำถามที่ตรวจกับคู่มือแล้ว (พิมพ์ปีงบประมาณของผลนี้)",
    }
}

/// The units to choose from in the plan.
fn units<'a>(page: &mut Page<'a>, context: &Context<'a>) -> Result<(), WorkbookError> {
    let first = context.units_rows().0;
    page.text(first - 1, 0, "ผู้รับผิดชอบที่เลือกได้ในแผนปฏิบัติการ", &context.styles.heading)?;
    page.row_height(first - 1, page.one_line())?;
    page.name(first - 1, "N/-units")?;
    for (row, unit) in (first..).zip(&context.report.plan.units) {
        page.name(row, &format!("N/-unit-{}", row - first + 1))?;
        page.block((row, row), (0, column::LABEL), unit, &context.styles.input_text)?;
        let height = page.height(unit, (0, column::LABEL), TEXT_SIZE, false);
        page.row_height(row, height)?;
    }
    Ok(())
}
