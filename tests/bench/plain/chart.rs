//! The one chart of the workbook.

use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLine, ChartMarker, ChartSolidFill, ChartType, Worksheet, XlsxError,
};

use super::list;

pub fn insert(sheet: &mut Worksheet, own: &list::Chart) -> Result<(), XlsxError> {
    let mut font = ChartFont::new();
    font.set_name(&own.font).set_size(11);
    let mut chart = Chart::new(ChartType::Column);
    let mut line = Chart::new(ChartType::Line);
    if let [columns, mark] = own.series.as_slice() {
        chart
            .add_series()
            .set_name(&columns.0)
            .set_categories(columns.1.as_str())
            .set_values(columns.2.as_str())
            .set_gap(60)
            .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(0x002F_5CA8)));
        line.add_series()
            .set_name(&mark.0)
            .set_categories(mark.1.as_str())
            .set_values(mark.2.as_str())
            .set_marker(ChartMarker::new().set_none())
            .set_format(ChartFormat::new().set_line(ChartLine::new().set_color(0x00C0_392B).set_width(1.5)));
        chart.combine(&line);
    }
    chart.title().set_name(&own.title).set_font(font.clone().set_size(12).unset_bold());
    chart.x_axis().set_font(&font);
    chart.y_axis().set_min(0).set_max(100).set_major_unit(20).set_font(&font).set_num_format("0");
    chart.legend().set_hidden();
    chart.set_alt_text(&own.alternative);
    chart.set_width(own.width).set_height(own.height);
    sheet.insert_chart_with_offset(own.row, own.column, &chart, own.left, 0)?;
    Ok(())
}
