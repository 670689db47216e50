//! The one chart of the workbook.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartPoint, ChartSolidFill, ChartType, Worksheet, XlsxError,
};

use super::list;

pub fn insert(sheet: &mut Worksheet, own: &list::Chart) -> Result<(), XlsxError> {
    let mut font = ChartFont::new();
    font.set_name(&own.font).set_size(12);
    let fill = |colour: u32| ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)).clone();
    let points: Vec<ChartPoint> =
        own.points.iter().map(|colour| ChartPoint::new().set_format(&mut fill(*colour))).collect();
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_name(&own.series.0)
        .set_categories(own.series.1.as_str())
        .set_values(own.series.2.as_str())
        .set_gap(40)
        .set_points(&points)
        .set_data_label(ChartDataLabel::new().show_value().set_num_format(&own.number).set_font(&font))
        .set_format(&mut fill(0x002F_5CA8));
    chart.title().set_name(&own.title).set_font(font.clone().set_size(12).unset_bold());
    chart.y_axis().set_font(&font).set_reverse();
    chart.x_axis().set_min(0).set_max(100).set_major_unit(20).set_font(&font).set_num_format("0").set_hidden(true);
    chart.x_axis().set_major_gridlines(false);
    chart.legend().set_hidden();
    chart.show_hidden_data();
    chart.set_alt_text(&own.alternative);
    chart.set_width(own.width).set_height(own.height);
    sheet.insert_chart_with_offset(own.row, own.column, &chart, own.left, 0)?;
    Ok(())
}
