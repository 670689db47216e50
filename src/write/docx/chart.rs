//! The chart of the indicators: a column for each, and a line at the pass mark. Word can edit it.

use rust_decimal::Decimal;

use crate::domain::digits::Digits;
use crate::domain::figure::{round2, two_decimals};
use crate::write::docx::element::Element;
use crate::write::docx::package;
use crate::write::docx::package::{Package, Part};
use crate::write::docx::sheet_data::{SHEET, Value, workbook};
use crate::write::docx::{Context, drawing};
use crate::write::printed::{Wording, fill};

/// Width and height in centimetres.
const SIZE: (f64, f64) = (16.0, 7.2);
/// Hundredths of a point of the chart's letters.
const LETTERS: &str = "1200";

/// Fill and outline of a column, and of one below the mark: pale, so that numbers can be read on them.
const COLUMN: (&str, &str) = ("A9C0E6", "2F5CA8");
const BELOW: (&str, &str) = ("F2B5AC", "C0392B");
const MARK: &str = "595959";

/// An indicator's number as it is shown, and its score.
struct Bar {
    label: String,
    score: Option<Decimal>,
    falls_short: bool,
}

/// Adds the chart to the package; returns the run that shows it, or nothing where no indicator has a score.
pub(super) fn write(context: &Context<'_>, package: &mut Package) -> Option<Element> {
    let (assessment, words) = (&context.report.assessment, &Wording::built_in().word);
    let bars: Vec<Bar> = assessment
        .indicators
        .iter()
        .map(|result| {
            let score = result.figure.shown().map(round2);
            let falls_short = score.is_some_and(|score| score < assessment.threshold);
            Bar { label: context.digits.title(&result.number.to_string()), score, falls_short }
        })
        .collect();
    if bars.iter().all(|bar| bar.score.is_none()) {
        return None;
    }
    let threshold = context.digits.title(&two_decimals(assessment.threshold));
    let mark = fill(&words.chart_mark, &[("threshold", &threshold)]);
    let part = Part::chart(&chart(context, &bars, &mark));
    let id = package.add(part);
    if let Ok(data) = workbook(&rows(&bars, assessment.threshold, [&words.chart_axis, &words.chart_scores, &mark])) {
        package.chart_data(data);
    }
    let scores = bars.iter().map(|bar| {
        let score = bar.score.map_or("-".to_owned(), |score| context.digits.title(&two_decimals(score)));
        format!("{} {} = {score}", words.chart_axis, bar.label)
    });
    let scores = scores.collect::<Vec<_>>().join(" ");
    let description = fill(&words.chart_description, &[("threshold", &threshold), ("scores", &scores)]);
    let size = (SIZE.0 * drawing::CENTIMETRE, SIZE.1 * drawing::CENTIMETRE);
    Some(drawing::chart(&id, size, &description))
}

/// The numbers as a sheet has them.
fn rows(bars: &[Bar], threshold: Decimal, heads: [&str; 3]) -> Vec<Vec<Value>> {
    let heads = heads.map(|head| Value::Text(head.to_owned())).into();
    let mark = || Value::Number(two_decimals(threshold));
    let row = |bar: &Bar| {
        let score = bar.score.map_or(Value::Blank, |score| Value::Number(two_decimals(score)));
        vec![Value::Text(bar.label.clone()), score, mark()]
    };
    std::iter::once(heads).chain(bars.iter().map(row)).collect()
}

fn chart(context: &Context<'_>, bars: &[Bar], mark: &str) -> Element {
    let words = &Wording::built_in().word;
    let format = if context.digits == Digits::Arabic { "0.00" } else { "[$-D00041E]0.00" };
    let threshold = context.report.assessment.threshold;
    let scores: Vec<Option<Decimal>> = bars.iter().map(|bar| bar.score).collect();
    let marks = vec![Some(threshold); bars.len()];
    let points = bars.iter().enumerate().filter(|(_, bar)| bar.falls_short).map(|(index, _)| {
        Element::new("c:dPt")
            .child(val("c:idx", index.to_string()))
            .child(val("c:invertIfNegative", "0"))
            .child(shape_of(BELOW))
    });
    let columns = series(0, 'B', &words.chart_scores)
        .child(shape_of(COLUMN))
        .child(val("c:invertIfNegative", "0"))
        .children(points)
        .child(labels(context, format))
        .child(categories(bars))
        .child(values('B', &scores));
    let line = Element::new("a:ln").with("w", "22225").child(fill_of(MARK)).child(val_a("a:prstDash", "dash"));
    let marks = series(1, 'C', mark)
        .child(Element::new("c:spPr").child(line))
        .child(Element::new("c:marker").child(val("c:symbol", "none")))
        .child(categories(bars))
        .child(values('C', &marks))
        .child(val("c:smooth", "0"));
    let bar_chart = Element::new("c:barChart")
        .child(val("c:barDir", "col"))
        .child(val("c:grouping", "clustered"))
        .child(val("c:varyColors", "0"))
        .child(columns)
        .child(val("c:gapWidth", "40"))
        .children(axis_ids());
    let line_chart = Element::new("c:lineChart")
        .child(val("c:grouping", "standard"))
        .child(val("c:varyColors", "0"))
        .child(marks)
        .child(val("c:marker", "1"))
        .children(axis_ids());
    let plot = Element::new("c:plotArea")
        .child(Element::new("c:layout"))
        .child(bar_chart)
        .child(line_chart)
        .child(category_axis(context))
        .child(value_axis(context));
    let legend =
        Element::new("c:legend").child(val("c:legendPos", "b")).child(val("c:overlay", "0")).child(letters(context));
    let chart = Element::new("c:chart")
        .child(val("c:autoTitleDeleted", "1"))
        .child(plot)
        .child(legend)
        .child(val("c:plotVisOnly", "1"))
        .child(val("c:dispBlanksAs", "gap"));
    let data = Element::new("c:externalData").with("r:id", "rId1").child(val("c:autoUpdate", "0"));
    let frame = Element::new("c:spPr").child(Element::new("a:ln").child(Element::new("a:noFill")));
    package::root("c:chartSpace")
        .child(val("c:roundedCorners", "0"))
        .child(chart)
        .child(frame)
        .child(letters(context))
        .child(data)
}

fn val(name: &'static str, value: impl Into<std::borrow::Cow<'static, str>>) -> Element {
    Element::new(name).with("val", value)
}

fn val_a(name: &'static str, value: &'static str) -> Element {
    Element::new(name).with("val", value)
}

fn fill_of(colour: &'static str) -> Element {
    Element::new("a:solidFill").child(val("a:srgbClr", colour))
}

fn shape_of((fill, outline): (&'static str, &'static str)) -> Element {
    let line = Element::new("a:ln").with("w", "9525").child(fill_of(outline));
    Element::new("c:spPr").child(fill_of(fill)).child(line)
}

/// The beginning of a series: its place and its name, the head of its column.
fn series(index: usize, column: char, name: &str) -> Element {
    let point = Element::new("c:pt").with("idx", "0").child(Element::text("c:v", name));
    let cache = Element::new("c:strCache").child(val("c:ptCount", "1")).child(point);
    let reference = Element::new("c:strRef").child(Element::text("c:f", format!("{SHEET}!${column}$1"))).child(cache);
    Element::new("c:ser")
        .child(val("c:idx", index.to_string()))
        .child(val("c:order", index.to_string()))
        .child(Element::new("c:tx").child(reference))
}

fn categories(bars: &[Bar]) -> Element {
    let points = bars.iter().enumerate().map(|(index, bar)| {
        Element::new("c:pt").with("idx", index.to_string()).child(Element::text("c:v", bar.label.clone()))
    });
    let cache = Element::new("c:strCache").child(val("c:ptCount", bars.len().to_string())).children(points);
    let range = Element::text("c:f", format!("{SHEET}!$A$2:$A${}", bars.len() + 1));
    Element::new("c:cat").child(Element::new("c:strRef").child(range).child(cache))
}

fn values(column: char, numbers: &[Option<Decimal>]) -> Element {
    let points = numbers.iter().enumerate().filter_map(|(index, number)| {
        let value = Element::text("c:v", two_decimals((*number)?));
        Some(Element::new("c:pt").with("idx", index.to_string()).child(value))
    });
    let cache = Element::new("c:numCache")
        .child(Element::text("c:formatCode", "0.00"))
        .child(val("c:ptCount", numbers.len().to_string()))
        .children(points);
    let range = Element::text("c:f", format!("{SHEET}!${column}$2:${column}${}", numbers.len() + 1));
    Element::new("c:val").child(Element::new("c:numRef").child(range).child(cache))
}

fn labels(context: &Context<'_>, format: &'static str) -> Element {
    let shown = ["c:showLegendKey", "c:showVal", "c:showCatName", "c:showSerName", "c:showPercent", "c:showBubbleSize"];
    Element::new("c:dLbls")
        .child(Element::new("c:numFmt").with("formatCode", format).with("sourceLinked", "0"))
        .child(Element::new("c:spPr").child(Element::new("a:noFill")))
        .child(letters(context))
        .child(val("c:dLblPos", "inBase"))
        .children(shown.map(|name| val(name, if name == "c:showVal" { "1" } else { "0" })))
}

/// Font and size of a part of the chart.
fn letters(context: &Context<'_>) -> Element {
    let properties = Element::new("a:pPr").child(run_properties("a:defRPr", context));
    let paragraph = Element::new("a:p").child(properties).child(Element::new("a:endParaRPr").with("lang", "th-TH"));
    Element::new("c:txPr").child(Element::new("a:bodyPr")).child(Element::new("a:lstStyle")).child(paragraph)
}

fn run_properties(name: &'static str, context: &Context<'_>) -> Element {
    let font = |script| Element::new(script).with("typeface", context.look.font.to_owned());
    Element::new(name).with("sz", LETTERS).with("b", "0").child(font("a:latin")).child(font("a:cs"))
}

const CATEGORIES: &str = "100000001";
const VALUES: &str = "100000002";

fn axis_ids() -> [Element; 2] {
    [CATEGORIES, VALUES].map(|id| val("c:axId", id))
}

fn axis(name: &'static str, id: &'static str, limits: &[(&'static str, &'static str)], place: &'static str) -> Element {
    let scaling = Element::new("c:scaling")
        .child(val("c:orientation", "minMax"))
        .children(limits.iter().map(|(name, limit)| val(name, *limit)));
    Element::new(name).child(val("c:axId", id)).child(scaling).child(val("c:delete", "0")).child(val("c:axPos", place))
}

fn category_axis(context: &Context<'_>) -> Element {
    let run = Element::new("a:r")
        .child(run_properties("a:rPr", context))
        .child(Element::text("a:t", Wording::built_in().word.chart_axis.clone()));
    let rich = Element::new("c:rich")
        .child(Element::new("a:bodyPr"))
        .child(Element::new("a:lstStyle"))
        .child(Element::new("a:p").child(run));
    let title = Element::new("c:title").child(Element::new("c:tx").child(rich)).child(val("c:overlay", "0"));
    axis("c:catAx", CATEGORIES, &[], "b")
        .child(title)
        .child(Element::new("c:numFmt").with("formatCode", "General").with("sourceLinked", "0"))
        .child(val("c:majorTickMark", "none"))
        .child(val("c:minorTickMark", "none"))
        .child(val("c:tickLblPos", "nextTo"))
        .child(letters(context))
        .child(val("c:crossAx", VALUES))
        .child(val("c:crosses", "autoZero"))
        .child(val("c:auto", "0"))
        .child(val("c:lblAlgn", "ctr"))
        .child(val("c:lblOffset", "100"))
        .child(val("c:noMultiLvlLbl", "0"))
}

fn value_axis(context: &Context<'_>) -> Element {
    let format = if context.digits == Digits::Arabic { "0" } else { "[$-D00041E]0" };
    let line = Element::new("a:ln").with("w", "6350").child(fill_of("D9D9D9"));
    let grid = Element::new("c:majorGridlines").child(Element::new("c:spPr").child(line));
    axis("c:valAx", VALUES, &[("c:max", "100"), ("c:min", "0")], "l")
        .child(grid)
        .child(Element::new("c:numFmt").with("formatCode", format).with("sourceLinked", "0"))
        .child(val("c:majorTickMark", "none"))
        .child(val("c:minorTickMark", "none"))
        .child(val("c:tickLblPos", "nextTo"))
        .child(letters(context))
        .child(val("c:crossAx", CATEGORIES))
        .child(val("c:crosses", "autoZero"))
        .child(val("c:crossBetween", "between"))
        .child(val("c:majorUnit", "20"))
}
