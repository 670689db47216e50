//! Charts over tables of means: never over single agencies.

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLine, ChartMarker, ChartPoint, ChartSolidFill, ChartType,
};

use crate::domain::figure::round2;
use crate::write::xlsx::kit::style::{CHART_COLUMN, CHART_LINE};
use crate::write::xlsx::overview::Frame;

/// Where a chart's categories and values stand: a sheet, some rows and a column each.
#[derive(Clone, Copy)]
pub(in crate::write::xlsx) struct ChartSource<'a> {
    pub sheet: &'a str,
    pub rows: (u32, u32),
    pub categories: u16,
    pub values: u16,
}

/// What is said about a chart.
pub(in crate::write::xlsx) struct Words<'a> {
    /// Its title.
    pub title: &'a str,
    /// What those are told who cannot see it.
    pub alt: &'a str,
}

/// Standing columns of 0 to 100 with a line for the mark, which stands in the column `mark` of the same rows.
pub(in crate::write::xlsx) fn columns(
    source: ChartSource<'_>,
    mark: u16,
    words: &Words<'_>,
    frame: &Frame<'_>,
) -> Chart {
    let ChartSource { sheet, rows, categories, values } = source;
    let mut chart = Chart::new(ChartType::Column);
    chart
        .add_series()
        .set_name("ค่าเฉลี่ย")
        .set_categories((sheet, rows.0, categories, rows.1, categories))
        .set_values((sheet, rows.0, values, rows.1, values))
        .set_gap(60)
        .set_data_label(&label("0.00", frame))
        .set_format(&mut fill(CHART_COLUMN));
    let mut line = Chart::new(ChartType::Line);
    line.add_series()
        .set_name("เกณฑ์")
        .set_categories((sheet, rows.0, categories, rows.1, categories))
        .set_values((sheet, rows.0, mark, rows.1, mark))
        .set_marker(ChartMarker::new().set_none())
        .set_format(ChartFormat::new().set_line(ChartLine::new().set_color(CHART_LINE).set_width(1.5)));
    chart.combine(&line);
    chart.y_axis().set_min(0).set_max(100).set_major_unit(20).set_num_format("0");
    dress(&mut chart, words, frame);
    chart
}

/// Lying bars of 0 to 100 from the top down; those of `means` below the mark have the colour of the mark, and all have
/// their number.
pub(in crate::write::xlsx) fn bars(
    source: ChartSource<'_>,
    means: &[Option<Decimal>],
    mark: Decimal,
    words: &Words<'_>,
    frame: &Frame<'_>,
) -> Chart {
    let point = |mean: &Option<Decimal>| {
        let below = mean.is_some_and(|mean| round2(mean) < mark);
        ChartPoint::new().set_format(&mut fill(if below { CHART_LINE } else { CHART_COLUMN }))
    };
    let points: Vec<ChartPoint> = means.iter().map(point).collect();
    let mut chart = lying(source, "0.00", &points, frame);
    chart.x_axis().set_min(0).set_max(100);
    dress(&mut chart, words, frame);
    chart
}

/// Lying bars of counts, from the top down.
pub(in crate::write::xlsx) fn counts(source: ChartSource<'_>, words: &Words<'_>, frame: &Frame<'_>) -> Chart {
    let mut chart = lying(source, "#,##0", &[], frame);
    dress(&mut chart, words, frame);
    chart
}

fn lying(source: ChartSource<'_>, number: &str, points: &[ChartPoint], frame: &Frame<'_>) -> Chart {
    let ChartSource { sheet, rows, categories, values } = source;
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_name("ค่าเฉลี่ย")
        .set_categories((sheet, rows.0, categories, rows.1, categories))
        .set_values((sheet, rows.0, values, rows.1, values))
        .set_gap(40)
        .set_data_label(&label(number, frame))
        .set_points(points)
        .set_format(&mut fill(CHART_COLUMN));
    // the first row of the table at the top, the numbers on the bars
    chart.y_axis().set_reverse();
    chart.x_axis().set_hidden(true).set_major_gridlines(false);
    chart
}

fn fill(colour: rust_xlsxwriter::Color) -> ChartFormat {
    ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)).clone()
}

fn font(frame: &Frame<'_>) -> ChartFont {
    ChartFont::new().set_name(frame.font).set_size(11).clone()
}

fn label(number: &str, frame: &Frame<'_>) -> ChartDataLabel {
    ChartDataLabel::new().show_value().set_num_format(number).set_font(&font(frame)).clone()
}

fn dress(chart: &mut Chart, words: &Words<'_>, frame: &Frame<'_>) {
    chart.title().set_name(words.title).set_font(font(frame).set_size(12).unset_bold());
    chart.x_axis().set_font(&font(frame));
    chart.y_axis().set_font(&font(frame));
    chart.legend().set_hidden();
    chart.set_alt_text(words.alt);
}
