//! The overview's numbers are those that the exported rows give when they are counted by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use calamine::{Data, Range};
use itasheet::Decimal;

use crate::support::group::{write_all, write_published};
use crate::support::{TestEnv, sheet, texts};

/// Agencies of the group: twelve districts, so that every name occurs in each.
const AGENCIES: usize = 240;
const MARK: i64 = 85;

/// One row of the CSV, by column.
type Row = BTreeMap<String, String>;
/// Agency, district, province.
type Who = (String, String, String);

fn rows(csv: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{FEFF}').as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn decimal(text: &str) -> Option<Decimal> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

/// The score shown: the published one, else the computed one.
/// The score that counts: the published one, else the computed one, of an instrument and of the total with two decimals.
fn shown(row: &Row) -> Option<Decimal> {
    let rounded = ["instrument", "total"].contains(&row["kind"].as_str());
    let computed = || decimal(&row["computed"]).map(|own| if rounded { cents(own) } else { own });
    decimal(&row["published"]).or_else(computed)
}

fn who(row: &Row) -> Who {
    (row["agency"].clone(), row["district"].clone(), row["province"].clone())
}

/// Two decimals, a half rounded up.
fn cents(number: Decimal) -> Decimal {
    (number * Decimal::ONE_HUNDRED + Decimal::new(5, 1)).floor() / Decimal::ONE_HUNDRED
}

/// Count, mean, median, lowest, highest, passing and share, as they are shown.
fn statistic(mut scores: Vec<Decimal>) -> [String; 7] {
    scores.sort();
    let (n, blank) = (scores.len(), String::new());
    if n == 0 {
        return ["0".into(), blank.clone(), blank.clone(), blank.clone(), blank.clone(), "0".into(), blank];
    }
    let sum: Decimal = scores.iter().sum();
    let passing = scores.iter().filter(|score| cents(**score) >= Decimal::from(MARK)).count();
    let median = (scores[(n - 1) / 2] + scores[n / 2]) / Decimal::TWO;
    let share = Decimal::from(passing * 100) / Decimal::from(n);
    let two = |number: Decimal| format!("{:.2}", cents(number));
    [
        n.to_string(),
        two(sum / Decimal::from(n)),
        two(median),
        two(scores[0]),
        two(scores[n - 1]),
        passing.to_string(),
        two(share),
    ]
}

/// A row of cells as text; scores with two decimals.
fn cells(range: &Range<Data>, row: u32, columns: std::ops::Range<u32>, counts: &[u32]) -> Vec<String> {
    let text = |column: u32| match range.get_value((row, column)) {
        Some(Data::Float(number)) if counts.contains(&column) => number.to_string(),
        Some(Data::Float(number)) => format!("{number:.2}"),
        Some(own) => own.to_string(),
        None => String::new(),
    };
    columns.map(text).collect()
}

/// The rows of a table under its headers, which are in the third row, up to the first without text in its first cell.
fn body(range: &Range<Data>) -> impl Iterator<Item = u32> + '_ {
    (3..=range.end().unwrap().0).take_while(|row| !matches!(range.get_value((*row, 1)), None | Some(Data::Empty)))
}

/// Rows of one kind by their code.
fn by_code<'a>(rows: &'a [Row], kind: &str) -> BTreeMap<&'a str, Vec<Decimal>> {
    let mut scores: BTreeMap<&str, Vec<Decimal>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row["kind"] == kind) {
        scores.entry(&row["code"]).or_default().extend(shown(row));
    }
    scores
}

fn overview_and_rows(env: &TestEnv) -> (std::path::PathBuf, Vec<Row>, Vec<Row>) {
    write_all(&env.path("scores"), AGENCIES, 2567, 1);
    write_all(&env.path("before"), AGENCIES - 40, 2567, 2);
    env.expect(0, ["overview", "scores", "-o", "overview.xlsx"]);
    let csv = |folder: &str| {
        let run = env.expect(0, ["export", folder]);
        assert!(run.stdout.starts_with('\u{FEFF}'));
        rows(&run.stdout)
    };
    (env.path("overview.xlsx"), csv("scores"), csv("before"))
}

#[test]
fn every_number_is_the_one_that_the_exported_rows_give() {
    let env = TestEnv::new();
    let (path, rows, _) = overview_and_rows(&env);
    league_is_right(&path, &rows);
    questions_indicators_and_issues_are_right(&path, &rows);
    places_are_right(&path, &rows);
    heat_map_is_right(&path, &rows);
    first_page_is_right(&path, &rows);
    nearest_are_right(&path, &rows);
}

fn totals(rows: &[Row]) -> BTreeMap<Who, Option<Decimal>> {
    let of_total = rows.iter().filter(|row| row["kind"] == "total");
    of_total.map(|row| (who(row), shown(row).map(cents))).collect()
}

fn league_is_right(path: &Path, rows: &[Row]) {
    let league = sheet(path, "ตารางอันดับ");
    let totals = totals(rows);
    assert_eq!(totals.len(), AGENCIES);
    let mut seen = BTreeSet::new();
    let mut last = (0, 0);
    for row in body(&league) {
        let cells = cells(&league, row, 0..19, &[0]);
        let who: Who = (cells[1].clone(), cells[2].clone(), cells[3].clone());
        let total = totals[&who];
        let better = |other: &&Option<Decimal>| **other > total;
        let rank = total.map_or(String::new(), |_| (1 + totals.values().filter(better).count()).to_string());
        assert_eq!(cells[0], rank, "{who:?}");
        assert_eq!(cells[4], total.map_or(String::new(), |total| format!("{total:.2}")), "{who:?}");
        let own: Vec<&Row> = rows.iter().filter(|own| self::who(own) == who).collect();
        let of = |kind: &str, code: &str| {
            let found = own.iter().find(|own| own["kind"] == kind && own["code"] == code);
            found.and_then(|own| shown(own)).map_or(String::new(), |score| format!("{:.2}", cents(score)))
        };
        let level = own.iter().find(|own| own["kind"] == "level").map_or("", |own| own["status"].as_str());
        assert_eq!(cells[5], level, "{who:?}");
        for (at, instrument) in ["IIT", "EIT", "OIT"].into_iter().enumerate() {
            assert_eq!(cells[6 + at], of("instrument", instrument), "{who:?}");
        }
        for number in 1..=10 {
            assert_eq!(cells[8 + number], of("indicator", &number.to_string()), "{who:?} {number}");
        }
        // best first, those without a total at the end
        let rank: usize = rank.parse().unwrap_or(usize::MAX);
        assert!(rank >= last.0, "{who:?}");
        last = (rank, row);
        assert!(seen.insert(who));
    }
    assert_eq!(seen.len(), AGENCIES);
    let full = totals.values().filter(|total| **total == Some(Decimal::ONE_HUNDRED)).count();
    let unranked = totals.values().filter(|total| total.is_none()).count();
    assert!(full >= 2 && unranked >= 2, "the group has ties and gaps: {full}, {unranked}");
}

fn questions_indicators_and_issues_are_right(path: &Path, rows: &[Row]) {
    let questions = sheet(path, "รายข้อ");
    let expected = by_code(rows, "question");
    assert_eq!(body(&questions).count(), 59);
    for row in body(&questions) {
        let cells = cells(&questions, row, 0..10, &[3, 8]);
        assert_eq!(cells[3..], statistic(expected[cells[0].as_str()].clone()), "{}", cells[0]);
    }
    let indicators = sheet(path, "รายตัวชี้วัด");
    let (expected, instruments) = (by_code(rows, "indicator"), by_code(rows, "instrument"));
    let mut lines = 0;
    for row in body(&indicators) {
        let cells = cells(&indicators, row, 0..10, &[3, 8]);
        let scores = match (cells[0].as_str(), cells[1].as_str()) {
            ("", "รวม") => totals(rows).into_values().flatten().collect(),
            ("", instrument) => instruments[instrument].clone(),
            (number, _) => expected[number].clone(),
        };
        assert_eq!(cells[3..], statistic(scores), "{cells:?}");
        lines += 1;
    }
    assert_eq!(lines, 14);
    let issues = sheet(path, "รายประเด็น");
    for row in body(&issues) {
        let cells = cells(&issues, row, 0..9, &[2, 7]);
        let mut of_agency: BTreeMap<Who, Vec<Decimal>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row["issues"].split(';').any(|issue| issue == cells[0])) {
            of_agency.entry(who(row)).or_default().extend(shown(row));
        }
        let mean = |scores: Vec<Decimal>| scores.iter().sum::<Decimal>() / Decimal::from(scores.len());
        assert_eq!(cells[2..], statistic(of_agency.into_values().map(mean).collect()), "{cells:?}");
    }
    assert_eq!(body(&issues).count(), 7);
}

fn places_are_right(path: &Path, rows: &[Row]) {
    let totals = totals(rows);
    let of_instrument = |member: &dyn Fn(&Who) -> bool, instrument: &str| {
        let own =
            rows.iter().filter(|row| row["kind"] == "instrument" && row["code"] == instrument && member(&who(row)));
        statistic(own.filter_map(shown).collect())[1].clone()
    };
    let check = |cells: &[String], member: &dyn Fn(&Who) -> bool| {
        let own: Vec<Option<Decimal>> = totals.iter().filter(|(who, _)| member(who)).map(|(_, own)| *own).collect();
        assert_eq!(cells[0], own.len().to_string(), "{cells:?}");
        assert_eq!(cells[1..8], statistic(own.into_iter().flatten().collect()), "{cells:?}");
        let instruments = ["IIT", "EIT", "OIT"].map(|own| of_instrument(member, own));
        assert_eq!(cells[8..], instruments, "{cells:?}");
    };
    let provinces = sheet(path, "รายจังหวัด");
    for row in body(&provinces) {
        let cells = cells(&provinces, row, 0..13, &[0, 2, 3, 8]);
        check(&cells[2..], &|who| who.2 == cells[1]);
    }
    assert_eq!(body(&provinces).count(), 4);
    let districts = sheet(path, "รายอำเภอ");
    let mut means = Vec::new();
    for row in body(&districts) {
        let cells = cells(&districts, row, 0..14, &[0, 3, 4, 9]);
        check(&cells[3..], &|who| who.1 == cells[1] && who.2 == cells[2]);
        means.push(cells[5].parse::<f64>().unwrap());
    }
    assert_eq!(means.len(), 12);
    assert!(means.is_sorted_by(|a, b| a >= b), "{means:?}");
}

fn heat_map_is_right(path: &Path, rows: &[Row]) {
    let map = sheet(path, "ตารางสีคะแนน");
    let scores: BTreeMap<(String, String, String), Vec<Option<Decimal>>> =
        rows.iter().filter(|row| row["kind"] == "question").fold(BTreeMap::new(), |mut scores, row| {
            // the map names no district: names that repeat in a province are held against each other as sets
            let key = (row["agency"].clone(), row["province"].clone(), row["code"].clone());
            scores.entry(key).or_insert_with(Vec::new).push(decimal(&row["published"]));
            scores
        });
    let mut compared = 0;
    for row in 5..5 + AGENCIES as u32 {
        let head = cells(&map, row, 0..4, &[]);
        for column in 4..63 {
            let code = map.get_value((4, column)).unwrap().to_string();
            let found = match map.get_value((row, column)) {
                Some(Data::Float(number)) => Some(Decimal::try_from(*number).unwrap()),
                _ => None,
            };
            let of_name = &scores[&(head[1].clone(), head[3].clone(), code.clone())];
            assert!(of_name.contains(&found), "{head:?} {code} {found:?}");
            compared += 1;
        }
    }
    assert_eq!(compared, AGENCIES * 59);
    let means = by_code(rows, "question");
    for column in 4..63 {
        let code = map.get_value((4, column)).unwrap().to_string();
        let mean = cells(&map, 3, column..column + 1, &[]);
        assert_eq!(mean[0], statistic(means[code.as_str()].clone())[1], "{code}");
    }
}

fn first_page_is_right(path: &Path, rows: &[Row]) {
    let first = sheet(path, "ภาพรวม");
    let all = texts(&first);
    let row_of = |text: &str| all.iter().find(|(_, _, own)| own == text).map(|(row, _, _)| *row).unwrap();
    let mut levels: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row["kind"] == "level") {
        *levels.entry(row["status"].as_str()).or_default() += 1;
    }
    let without = AGENCIES - levels.values().sum::<usize>();
    levels.insert("ไม่ทราบระดับ", without);
    for (level, count) in levels {
        assert_eq!(cells(&first, row_of(level), 3..4, &[3]), [count.to_string()], "{level}");
    }
    let totals = statistic(totals(rows).into_values().flatten().collect());
    let figures = row_of("คะแนนรวมเฉลี่ย") + 1;
    let shown = [0, 3, 6, 8].map(|column| cells(&first, figures, column..column + 1, &[0])[0].clone());
    assert_eq!(shown, [AGENCIES.to_string(), totals[1].clone(), totals[2].clone(), totals[6].clone()]);
    let mut means: Vec<(Decimal, &str)> = by_code(rows, "question")
        .into_iter()
        .map(|(code, scores)| (scores.iter().sum::<Decimal>() / Decimal::from(scores.len()), code))
        .collect();
    means.sort();
    let start = row_of("ข้อที่กลุ่มได้คะแนนเฉลี่ยต่ำที่สุด 10 ข้อ") + 2;
    for (row, (mean, code)) in (start..).zip(means.into_iter().take(10)) {
        let cells = cells(&first, row, 0..10, &[0]);
        assert_eq!((cells[1].as_str(), &cells[7]), (code, &format!("{:.2}", cents(mean))));
    }
}

fn nearest_are_right(path: &Path, rows: &[Row]) {
    let near = sheet(path, "ยังไม่ผ่านเกณฑ์");
    let mark = Decimal::from(MARK);
    let totals = totals(rows);
    let mut below: Vec<Decimal> = totals.values().flatten().copied().filter(|total| *total < mark).collect();
    below.sort_by(|a, b| b.cmp(a));
    let mut listed = 0;
    for (row, total) in body(&near).zip(&below) {
        let cells = cells(&near, row, 0..8, &[0]);
        assert_eq!(cells[4], format!("{total:.2}"));
        assert_eq!(cells[5], format!("{:.2}", mark - total));
        let who: Who = (cells[1].clone(), cells[2].clone(), cells[3].clone());
        for (kind, text) in [("instrument", &cells[6]), ("indicator", &cells[7])] {
            let own = rows.iter().filter(|row| self::who(row) == who && row["kind"] == kind);
            let short: BTreeSet<String> = own
                .filter_map(|row| Some((row["code"].clone(), cents(shown(row)?))))
                .filter(|(_, score)| *score < mark)
                .map(|(code, score)| format!("{code} {score:.2} ({:.2})", mark - score))
                .collect();
            let plain = text.replace('\u{A0}', " ").replace(':', "");
            let found: BTreeSet<String> = plain.split(", ").filter(|own| *own != "-").map(str::to_owned).collect();
            assert_eq!(found, short, "{who:?}");
        }
        listed += 1;
    }
    assert_eq!(listed, below.len().min(100));
}

#[test]
fn the_change_on_last_year_is_found_by_name_and_place() {
    let env = TestEnv::new();
    write_all(&env.path("scores"), 48, 2567, 1);
    std::fs::create_dir(env.path("before")).unwrap();
    let head = |agency, place| ["ปีงบประมาณ พ.ศ. 2566", agency, place];
    let files = [
        ("a.xlsx", head("เทศบาลตำบลบ้านใหม่", "อำเภอหาดใหญ่ จังหวัดสงขลา"), 80.0),
        ("b.xlsx", head("เทศบาลตำบลบ้านใหม่", "อำเภอพล จังหวัดขอนแก่น"), 70.0),
        // a name that is not its alone, and no place
        ("c.xlsx", head("องค์การบริหารส่วนตำบลบ้านใหม่", ""), 60.0),
    ];
    for (name, head, total) in files {
        write_published(&env.path("before").join(name), &head, total);
    }
    let run = env.expect(0, ["overview", "scores", "--previous", "before", "-o", "o.xlsx"]);
    let league = sheet(&env.path("o.xlsx"), "ตารางอันดับ");
    let mut found = Vec::new();
    for row in body(&league) {
        let cells = cells(&league, row, 0..21, &[0]);
        if !cells[19].is_empty() {
            let change = cells[4].parse::<f64>().unwrap() - cells[19].parse::<f64>().unwrap();
            assert_eq!(cells[20], format!("{change:.2}"));
            found.push((cells[2].clone(), cells[19].clone()));
        }
    }
    found.sort();
    assert_eq!(
        found,
        [("พล".to_owned(), "70.00".to_owned()), ("หาดใหญ่".to_owned(), "80.00".to_owned())],
        "{}",
        run.stderr
    );
}

#[test]
fn other_years_doubles_and_failures_are_named_and_not_counted() {
    let env = TestEnv::new();
    write_all(&env.path("scores"), 24, 2567, 1);
    std::fs::copy(env.path("scores/เลย/เมืองเลย/0009.xlsx"), env.path("scores/again.xlsx")).unwrap();
    std::fs::write(env.path("scores/broken.xlsx"), "PK\u{3}\u{4}").unwrap();
    std::fs::write(env.path("scores/notes.csv"), "no,scores\n").unwrap();
    let run = env.expect(1, ["overview", "scores", "gone.xlsx", "-o", "o.xlsx"]);
    assert!(run.stderr.contains("broken.xlsx") && run.stderr.contains("gone.xlsx"), "{}", run.stderr);
    let league = sheet(&env.path("o.xlsx"), "ตารางอันดับ");
    assert_eq!(body(&league).count(), 24);
    let list = sheet(&env.path("o.xlsx"), "รายการที่ควรตรวจสอบ");
    let lines: Vec<String> = body(&list).map(|row| cells(&list, row, 1..5, &[]).join("|")).collect();
    assert!(lines.iter().any(|line| line.contains("broken.xlsx")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("gone.xlsx")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("ไม่นับรวม") && line.contains("0009.xlsx")), "{lines:?}");
}

#[test]
fn the_same_inputs_give_the_same_bytes_and_nothing_is_replaced_unasked() {
    let env = TestEnv::new();
    write_all(&env.path("scores"), 24, 2567, 1);
    env.expect(0, ["overview", "scores", "-o", "a.xlsx"]);
    env.expect(0, ["overview", "scores", "-o", "b.xlsx"]);
    let bytes = std::fs::read(env.path("a.xlsx")).unwrap();
    assert_eq!(bytes, std::fs::read(env.path("b.xlsx")).unwrap());
    env.expect(2, ["overview", "scores", "-o", "a.xlsx"]);
    env.expect(0, ["overview", "scores", "-o", "a.xlsx", "--force"]);
    env.expect(2, ["overview", "scores", "-o", "a.csv"]);
}

#[test]
fn a_group_of_none_still_lists_what_failed() {
    let env = TestEnv::new();
    std::fs::create_dir(env.path("scores")).unwrap();
    std::fs::write(env.path("scores/broken.xlsx"), "").unwrap();
    env.expect(1, ["overview", "scores", "-o", "o.xlsx"]);
    let list = sheet(&env.path("o.xlsx"), "รายการที่ควรตรวจสอบ");
    assert_eq!(body(&list).count(), 1);
}

#[test]
fn an_overview_and_analysis_workbooks_among_the_inputs_are_no_inputs() {
    let env = TestEnv::new();
    write_all(&env.path("scores"), 12, 2567, 1);
    let first = "scores/เลย/เมืองเลย/0009.xlsx";
    env.expect(0, ["convert", first]);
    env.expect(0, ["overview", "scores", "-o", "scores/overview.xlsx"]);
    env.expect(0, ["overview", "scores", "-o", "scores/overview.xlsx", "--force"]);
    assert_eq!(body(&sheet(&env.path("scores/overview.xlsx"), "ตารางอันดับ")).count(), 12);
}

/// A result without a file, with a total and a workbook.
fn result(agency: &str, year: u16, total: i64, workbook: &str) -> itasheet::AgencyResult {
    itasheet::AgencyResult {
        agency: Some(agency.to_owned()),
        district: None,
        province: None,
        year,
        framework: format!("ITA {year}"),
        total: Some(Decimal::from(total)),
        level: None,
        instruments: BTreeMap::new(),
        indicators: BTreeMap::new(),
        questions: Default::default(),
        source: format!("{agency}-{year}.xlsx"),
        workbook: Some(workbook.to_owned()),
    }
}

/// A part of a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

#[test]
fn links_lead_to_the_workbooks_beside_the_overview_whatever_their_names() {
    let names = ["เทศบาล ก-2567.xlsx", "100% [1] & 'ข' #2.xlsx", "ค.xlsx"];
    let results: Vec<_> = names.iter().enumerate().map(|(at, name)| result(name, 2567, 90 - at as i64, name)).collect();
    let bytes = itasheet::write::overview_workbook(&results, &[], None, &itasheet::Config::default()).unwrap();
    let links = part(&bytes, "xl/worksheets/_rels/sheet2.xml.rels");
    let targets = ["เทศบาล%20ก-2567.xlsx", "100%25%20%5B1%5D%20&amp;%20'ข'%20%232.xlsx", "ค.xlsx"];
    for target in targets {
        assert!(links.contains(&format!("Target=\"{target}\" TargetMode=\"External\"")), "{target}: {links}");
    }
}

#[test]
fn the_year_that_most_are_of_is_the_group_and_the_others_are_named() {
    let env = TestEnv::new();
    let of = |agency: &str, year| result(agency, year, 90, "a.xlsx");
    let results = [of("ก", 2567), of("ข", 2567), of("ก", 2566), of("ก", 2567)];
    let bytes = itasheet::write::overview_workbook(&results, &[], None, &itasheet::Config::default()).unwrap();
    std::fs::write(env.path("o.xlsx"), bytes).unwrap();
    assert_eq!(body(&sheet(&env.path("o.xlsx"), "ตารางอันดับ")).count(), 2);
    let list = sheet(&env.path("o.xlsx"), "รายการที่ควรตรวจสอบ");
    let lines: Vec<String> = body(&list).map(|row| cells(&list, row, 1..5, &[]).join("|")).collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].contains("2566") && lines[1].contains("ก-2567.xlsx"), "{lines:?}");
    let first = texts(&sheet(&env.path("o.xlsx"), "ภาพรวม"));
    assert!(first.iter().any(|(_, _, text)| text.contains("ผลของปีอื่น")), "{first:?}");
}

#[test]
fn ranks_are_shared_as_1_1_3_by_the_total_that_is_shown() {
    let env = TestEnv::new();
    let mut results = ["ก", "ข", "ค", "ง"].map(|agency| result(agency, 2567, 0, "a.xlsx"));
    for (own, total) in results.iter_mut().zip(["90.004", "90.0", "89.99", ""]) {
        own.total = decimal(total);
    }
    let bytes = itasheet::write::overview_workbook(&results, &[], None, &itasheet::Config::default()).unwrap();
    std::fs::write(env.path("o.xlsx"), bytes).unwrap();
    let league = sheet(&env.path("o.xlsx"), "ตารางอันดับ");
    let ranks: Vec<String> = body(&league).map(|row| cells(&league, row, 0..1, &[0])[0].clone()).collect();
    assert_eq!(ranks, ["1", "1", "3", ""]);
}
