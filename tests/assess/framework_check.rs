//! A framework that passes its check can be worked with; one that cannot does not pass.

use std::io::{Cursor, Read};
use std::sync::Arc;

use itasheet::{AgencyResult, Config, Framework, Input};
use toml::{Table, Value};

use crate::support::samples_folder;

fn built_in() -> Table {
    toml::from_str(Framework::text_of(2567).unwrap()).unwrap()
}

/// A step from a value to one inside it.
#[derive(Debug, Clone)]
enum Step {
    Key(String),
    Index(usize),
}

/// The way to every value, of many alike to the first, the last and one between.
fn ways(value: &Value, way: &[Step], found: &mut Vec<Vec<Step>>) {
    let steps: Vec<Step> = match value {
        Value::Table(table) => table.keys().cloned().map(Step::Key).collect(),
        Value::Array(items) => (0..items.len()).map(Step::Index).collect(),
        _ => Vec::new(),
    };
    let (few, last) = (steps.len() <= 16, steps.len().saturating_sub(1));
    let is_list = matches!(value, Value::Array(_)) || !few;
    for (index, step) in steps.into_iter().enumerate() {
        if is_list && ![0, last / 2 + 1, last].contains(&index) {
            continue;
        }
        let next = [way, std::slice::from_ref(&step)].concat();
        found.push(next.clone());
        ways(inside(value, std::slice::from_ref(&step)), &next, found);
    }
}

/// The value at the end of a way.
fn inside<'a>(root: &'a Value, way: &[Step]) -> &'a Value {
    way.iter().fold(root, |value, step| match step {
        Step::Key(key) => &value[key.as_str()],
        Step::Index(index) => &value[*index],
    })
}

/// What could stand in a value's place.
fn odd(value: &Value) -> Vec<Value> {
    let text = |text: &str| Value::String(text.to_owned());
    match value {
        Value::String(own) => vec![
            text(""),
            text(" "),
            text(&format!("{own} \"ก\"\"ข\"")),
            text("\""),
            text("สอง\nบรรทัด"),
            text(&"ก".repeat(60)),
            text(&"\"".repeat(60)),
            text(&"ก".repeat(300)),
            text(&"ก".repeat(40_000)),
            text("o35"),
            text("IIT"),
        ],
        Value::Integer(_) | Value::Float(_) => {
            let whole = [i64::MIN, -1, 0, 1, 3, 70, 100, 101, 255, 256, 2570, 65_535, i64::MAX].map(Value::Integer);
            whole.into_iter().chain([0.5, 84.996, 1e-9, 1e300, f64::NAN].map(Value::Float)).collect()
        }
        Value::Boolean(own) => vec![Value::Boolean(!own)],
        Value::Array(items) => {
            let first = items.first().cloned();
            let doubled = || items.iter().chain(items.last()).cloned().collect();
            vec![
                Value::Array(Vec::new()),
                Value::Array(first.into_iter().collect()),
                Value::Array(items.iter().skip(1).cloned().collect()),
                Value::Array(doubled()),
                Value::Array(items.iter().rev().cloned().collect()),
                Value::Array(items.iter().cycle().take(300).cloned().collect()),
            ]
        }
        Value::Table(_) => vec![Value::Table(Table::new())],
        Value::Datetime(_) => Vec::new(),
    }
}

/// The value at the end of a way is another, or is not there.
fn changed(root: &Value, way: &[Step], value: Option<Value>) -> Value {
    let mut root = root.clone();
    let (last, before) = way.split_last().unwrap();
    let place = before.iter().fold(&mut root, |place, step| match step {
        Step::Key(key) => &mut place[key.as_str()],
        Step::Index(index) => &mut place[*index],
    });
    match (place, last, value) {
        (Value::Table(table), Step::Key(key), Some(value)) => drop(table.insert(key.clone(), value)),
        (Value::Table(table), Step::Key(key), None) => drop(table.remove(key)),
        (Value::Array(items), Step::Index(index), Some(value)) => items[*index] = value,
        (Value::Array(items), Step::Index(index), None) => drop(items.remove(*index)),
        _ => unreachable!(),
    }
    root
}

/// The formulas of a workbook.
fn formulas(workbook: Vec<u8>) -> Vec<String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut formulas = Vec::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        if part.name().unwrap().starts_with("xl/worksheets/sheet") {
            let mut xml = String::new();
            part.read_to_string(&mut xml).unwrap();
            let texts = xml.split("<f>").skip(1).map(|rest| rest.split("</f>").next().unwrap());
            formulas.extend(texts.map(|text| quick_xml::escape::unescape(text).unwrap().into_owned()));
        }
    }
    formulas
}

/// What is wrong with a formula, as far as its characters tell.
fn fault(formula: &str) -> Option<&'static str> {
    if formula.encode_utf16().count() > 8_192 {
        return Some("too long");
    }
    let (mut outside, mut depth, mut text) = (String::new(), 0, None::<usize>);
    let mut chars = formula.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, &mut text) {
            ('"', None) => text = Some(0),
            ('"', Some(length)) if chars.peek() == Some(&'"') => {
                chars.next();
                *length += 2;
            }
            ('"', Some(_)) => {
                text = None;
                outside.push('¶');
            }
            (c, Some(length)) => *length += c.len_utf16(),
            (c, None) => {
                depth += i32::from(c == '(') - i32::from(c == ')');
                outside.push(c);
            }
        }
        if text.is_some_and(|length| length > 255) {
            return Some("a text that is too long");
        }
        if depth < 0 {
            return Some("a bracket too many");
        }
    }
    let torn = ["()", "(,", ",,", ",)", "¶¶", "¶(", "$0", "NaN"].iter().any(|piece| outside.contains(piece));
    match (text, depth) {
        (Some(_), _) => Some("a text without an end"),
        (None, 0) if torn => Some("an argument is missing"),
        (None, 0) => None,
        (None, _) => Some("a bracket without an end"),
    }
}

/// Converts the sample by this framework, and makes an overview of it.
fn convert(input: &Input, framework: Framework) -> Vec<String> {
    let mut config = Config::default();
    config.hints.year = Some(framework.year);
    config.hints.frameworks.push(Arc::new(framework));
    let report = input.reports(&config).unwrap().next().unwrap().unwrap();
    let formulas = formulas(report.workbook(&config).unwrap());
    let result = AgencyResult::new(&report, "in.xlsx".to_owned());
    itasheet::write::overview_workbook(&[result], &[], None, &config).unwrap();
    formulas
}

#[test]
fn what_passes_the_check_converts_whatever_has_been_changed_in_it() {
    let input = Input::read(&samples_folder().join("khok-muang-2567.xlsx"), &Config::default()).unwrap();
    let root = Value::Table(built_in());
    let mut all = Vec::new();
    ways(&root, &[], &mut all);
    let (mut refused, mut converted) = (0, 0);
    for way in &all {
        for value in odd(inside(&root, way)).into_iter().map(Some).chain([None]) {
            let shown = value.as_ref().map(|value| value.to_string().chars().take(80).collect::<String>());
            let Ok(text) = toml::to_string(&changed(&root, way, value)) else { continue };
            let Ok(framework) = Framework::parse(&text) else {
                refused += 1;
                continue;
            };
            converted += 1;
            for formula in convert(&input, framework) {
                let fault = fault(&formula);
                assert!(fault.is_none(), "{way:?} = {shown:?}: {fault:?} in {formula}");
            }
        }
    }
    // The check neither takes all nor refuses all.
    assert!(refused > 500 && converted > 100, "{refused} refused, {converted} converted");
}

#[test]
fn a_framework_that_cannot_work_does_not_pass_its_check() {
    let key = |name: &str| Step::Key(name.to_owned());
    let at = Step::Index;
    let text = |text: &str| Some(Value::String(text.to_owned()));
    let number = |number: i64| Some(Value::Integer(number));
    let none = || Some(Value::Array(Vec::new()));
    let codes = |codes: &[&str]| Some(Value::Array(codes.iter().map(|own| Value::String((*own).to_owned())).collect()));
    let cases = [
        (vec![key("indicators")], none(), "no indicator is of instrument IIT"),
        (vec![key("instruments")], Some(Value::Table(Table::new())), "instrument IIT is missing"),
        (vec![key("instruments"), key("EIT")], None, "instrument EIT is missing"),
        (vec![key("instruments"), key("EIT"), key("weight")], number(40), "sum to 110"),
        (vec![key("instruments"), key("EIT"), key("weight")], number(-30), "the weight of EIT is -30"),
        (vec![key("instruments"), key("EIT"), key("weight")], None, "EIT has no weight"),
        (vec![key("instruments"), key("OIT"), key("title")], text(" "), "the title of OIT is blank"),
        (vec![key("questions")], Some(Value::Table(Table::new())), "not among the questions"),
        (vec![key("indicators"), at(0), key("questions")], none(), "indicator 1: basis"),
        (vec![key("indicators"), at(8), key("sub_indicators"), at(1), key("questions")], none(), "9.2 of indicator 9"),
        (vec![key("indicators"), at(4), key("title")], text("การใช้งบประมาณ"), "indicators 2 and 5"),
        (vec![key("indicators"), at(0), key("questions")], codes(&["i1", "i2"]), "i3 is in 0 indicators"),
        (vec![key("issues"), at(2), key("questions")], none(), "issue 3 has no questions"),
        (vec![key("issues"), at(2), key("title")], text(""), "the title of issue 3 is blank"),
        (vec![key("issues"), at(0), key("questions")], codes(&["i1", "i1"]), "names i1 twice"),
        (vec![key("levels"), at(4)], None, "from the highest total to 0"),
        (vec![key("levels"), at(4), key("total")], number(1), "from the highest total to 0"),
        (vec![key("levels"), at(1), key("total")], number(96), "from the highest total to 0"),
        (vec![key("levels"), at(0), key("total")], number(101), "the total of level `ผ่านดีเยี่ยม` is 101"),
        (vec![key("levels"), at(2), key("each_instrument")], number(85), "`ผ่าน` can never be reached"),
        (vec![key("levels"), at(3), key("name")], text("ผ่านดี"), "two levels are called"),
        (vec![key("levels"), at(0), key("passes")], Some(Value::Boolean(false)), "passes, though a higher one"),
        (vec![key("levels")], none(), "there are no levels"),
        (vec![key("short_name")], text(""), "short_name is blank"),
        (vec![key("name")], text("สอง\nบรรทัด"), "line end"),
        (vec![key("threshold")], number(101), "threshold is 101"),
        (vec![key("tolerance")], number(-1), "tolerance is -1"),
        (vec![key("year")], number(65_535), "year is 65535"),
        (vec![key("questions"), key("i1"), key("title")], text(&"ก".repeat(301)), "longer than 300"),
    ];
    let root = Value::Table(built_in());
    for (way, value, words) in cases {
        let table = changed(&root, &way, value);
        let problem = Framework::parse(&toml::to_string(&table).unwrap()).unwrap_err().to_string();
        assert!(problem.contains(words), "{way:?}: {problem}");
    }
}

/// As many levels, indicators and questions as can be, in an order that no range of rows takes together.
#[test]
fn the_largest_framework_that_passes_its_check_has_formulas_that_excel_reads() {
    let mut table = built_in();
    let level = |index: usize| {
        let name = format!("{index}{}", "\"".repeat(59));
        let total = if index == 7 { Value::Integer(0) } else { Value::Float(99.1234 - index as f64) };
        let mut level = Table::from_iter([("name".to_owned(), Value::String(name)), ("total".to_owned(), total)]);
        if index < 7 {
            level.insert("each_instrument".to_owned(), Value::Float(98.1234 - index as f64));
        }
        Value::Table(level)
    };
    table.insert("levels".to_owned(), Value::Array((0..8).map(level).collect()));
    let codes = |letter: char, numbers: &mut dyn Iterator<Item = u32>| -> Vec<Value> {
        numbers.map(|number| Value::String(format!("{letter}{number}"))).collect()
    };
    let question = || Value::Table(Table::from_iter([("certainty".to_owned(), Value::String("recalled".to_owned()))]));
    let questions = ['i', 'e', 'o'].into_iter().flat_map(|letter| codes(letter, &mut (1..=99)));
    table.insert(
        "questions".to_owned(),
        Value::Table(questions.map(|code| (code.as_str().unwrap().to_owned(), question())).collect()),
    );
    let indicator = |number: usize| {
        let (letter, instrument) = [('i', "IIT"), ('e', "EIT"), ('o', "OIT")][(number - 1) % 3];
        let rank = (number as u32 - 1) / 3;
        let own = codes(letter, &mut (1..=99).filter(|code| (code - 1) % 33 == rank));
        Value::Table(Table::from_iter([
            ("number".to_owned(), Value::Integer(number as i64)),
            ("title".to_owned(), Value::String(format!("ตัวชี้วัด {}", "ก".repeat(number)))),
            ("instrument".to_owned(), Value::String(instrument.to_owned())),
            ("basis".to_owned(), Value::String("questions".to_owned())),
            ("certainty".to_owned(), Value::String("recalled".to_owned())),
            ("questions".to_owned(), Value::Array(own)),
        ]))
    };
    table.insert("indicators".to_owned(), Value::Array((1..=99).map(indicator).collect()));
    let issue = |number: i64, questions: Vec<Value>| {
        Value::Table(Table::from_iter([
            ("number".to_owned(), Value::Integer(number)),
            ("title".to_owned(), Value::String("ก".repeat(300))),
            ("questions".to_owned(), Value::Array(questions)),
        ]))
    };
    let every_second: Vec<Value> =
        ['i', 'e', 'o'].into_iter().flat_map(|letter| codes(letter, &mut (1..=99).step_by(3))).collect();
    let issues = std::iter::once(every_second).chain(['i', 'e', 'o'].map(|letter| codes(letter, &mut (1..=99))));
    let issues = (1..).zip(issues).map(|(number, own)| issue(number, own)).collect();
    table.insert("issues".to_owned(), Value::Array(issues));
    let framework = Framework::parse(&toml::to_string(&table).unwrap()).unwrap();
    let input = Input::read(&samples_folder().join("khok-muang-2567.xlsx"), &Config::default()).unwrap();
    let formulas = convert(&input, framework);
    assert!(formulas.iter().any(|formula| formula.encode_utf16().count() > 3_000), "nothing is large");
    for formula in formulas {
        let fault = fault(&formula);
        assert!(fault.is_none(), "{fault:?} in {formula}");
    }
}
