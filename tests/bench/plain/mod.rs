//! The yardstick: an ordinary program that makes the same workbook.
//!
//! It reads the input with calamine and writes with rust_xlsxwriter as their documentation shows: formats built once,
//! one thread of its own, the default allocator and compression, straight to a file. It checks nothing.
//!
//! What to write is given to it as a list, made beforehand from a workbook that itasheet wrote: every text and formula
//! ready, every height known, every cell in the order of the file. So it is spared what itasheet does on top of writing:
//! recognising, assessing, choosing texts, finding line breaks, measuring, composing formulas. Loading the list takes it
//! under 0.1 ms. A test proves that its workbook equals ours in every part.

pub mod chart;
pub mod lift;
pub mod list;

use std::error::Error;
use std::path::Path;

use calamine::{Reader, Xlsx};
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar, ConditionalFormatText,
    ConditionalFormatTextRule, ConditionalFormatType, DataValidation, DataValidationRule, DocProperties, ExcelDateTime,
    Format, FormatAlign, FormatBorder, FormatUnderline, Formula, Note, Table, TableColumn, TableStyle, Workbook,
    Worksheet,
};

use list::{Cell, Choice, Colours, Content, List, Look, Options, Rule, Sheet};

type Done = Result<(), Box<dyn Error>>;

/// Writes one workbook.
pub fn save(list: &List, output: &Path) -> Done {
    write(list)?.save(output)?;
    Ok(())
}

/// Reads every cell of every sheet.
pub fn read(bytes: &[u8]) -> Done {
    let mut input = Xlsx::new(std::io::Cursor::new(bytes))?;
    for (_, range) in input.worksheets() {
        std::hint::black_box(range);
    }
    Ok(())
}

fn write(list: &List) -> Result<Workbook, Box<dyn Error>> {
    let formats: Vec<Format> = list.formats.iter().map(format).collect();
    let mut workbook = Workbook::new();
    workbook.set_default_format(&Format::new().set_font_name("TH SarabunPSK").set_font_size(16), 30, 72)?;
    let created = ExcelDateTime::parse_from_str(list.created.trim_end_matches('Z'))?;
    workbook.set_properties(
        &DocProperties::new().set_title(&list.title).set_author(&list.author).set_creation_datetime(&created),
    );
    for sheet in &list.sheets {
        write_sheet(workbook.add_worksheet().set_name(&sheet.name)?, sheet, &formats)?;
    }
    for (name, cell) in &list.names {
        workbook.define_name(name, &format!("={cell}"))?;
    }
    Ok(workbook)
}

fn format(look: &Look) -> Format {
    let mut format = Format::new().set_font_name(&look.font).set_font_size(look.size);
    if look.number != "General" {
        format = format.set_num_format(&look.number);
    }
    if look.bold {
        format = format.set_bold();
    }
    if look.underline {
        format = format.set_underline(FormatUnderline::Single);
    }
    if let Some(colour) = look.colour {
        format = format.set_font_color(colour);
    }
    if let Some(fill) = look.fill {
        format = format.set_background_color(fill);
    }
    if look.italic {
        format = format.set_italic();
    }
    if let Some(colour) = look.border {
        let line = |side: &str| match side {
            "thin" => FormatBorder::Thin,
            "hair" => FormatBorder::Hair,
            _ => FormatBorder::None,
        };
        let [left, right, top, bottom] = look.sides.each_ref().map(|side| line(side));
        format = format.set_border_left(left).set_border_right(right).set_border_top(top).set_border_bottom(bottom);
        format = format.set_border_color(colour);
    }
    match look.horizontal.as_str() {
        "center" => format = format.set_align(FormatAlign::Center),
        "left" => format = format.set_align(FormatAlign::Left).set_indent(look.indent),
        _ => {}
    }
    match look.vertical.as_str() {
        "top" => format = format.set_align(FormatAlign::Top),
        "center" => format = format.set_align(FormatAlign::VerticalCenter),
        _ => {}
    }
    if look.wrap { format.set_text_wrap() } else { format }
}

fn write_sheet(sheet: &mut Worksheet, own: &Sheet, formats: &[Format]) -> Done {
    sheet.set_formula_result_default("");
    for (column, width) in &own.columns {
        sheet.set_column_width_pixels(*column, *width)?;
    }
    for column in &own.hidden {
        sheet.set_column_hidden(*column)?;
    }
    sheet.set_very_hidden(own.very_hidden);
    if let Some(colour) = own.tab {
        sheet.set_tab_color(colour);
    }
    for (row, height) in &own.rows {
        sheet.set_row_height(*row, *height)?;
    }
    if let Some((name, at, headers)) = &own.table {
        let format = own.cells.iter().find(|cell| (cell.row, cell.column) == (at.0, at.1)).map_or(0, |own| own.format);
        let format = &formats[usize::from(format)];
        let columns: Vec<TableColumn> =
            headers.iter().map(|text| TableColumn::new().set_header(text).set_header_format(format)).collect();
        let table = Table::new().set_name(name).set_style(TableStyle::None).set_columns(&columns);
        sheet.add_table(at.0, at.1, at.2, at.3, &table)?;
    }
    if let Some((row, column, target, text)) = &own.link {
        sheet.write_url_with_text(*row, *column, target.as_str(), text)?;
    }
    for ((row, column, last_row, last_column), cell) in &own.blocks {
        let format = &formats[usize::from(cell.format)];
        let text = if let Content::Text(text) = &cell.content { text } else { "" };
        sheet.merge_range(*row, *column, *last_row, *last_column, text, format)?;
        if matches!(cell.content, Content::Number(_) | Content::Formula(..)) {
            write_cell(sheet, cell, formats)?;
        }
    }
    for cell in &own.cells {
        write_cell(sheet, cell, formats)?;
    }
    for colours in &own.colours {
        colour(sheet, colours)?;
    }
    for choice in &own.choices {
        choose(sheet, choice)?;
    }
    for (row, column, text) in &own.notes {
        sheet.insert_note(*row, *column, &Note::new(text).set_width(320).set_height(90))?;
    }
    if let Some(chart) = &own.chart {
        chart::insert(sheet, chart)?;
    }
    set_up(sheet, own)
}

fn write_cell(sheet: &mut Worksheet, cell: &Cell, formats: &[Format]) -> Done {
    let (row, column, format) = (cell.row, cell.column, &formats[usize::from(cell.format)]);
    match &cell.content {
        Content::Blank => sheet.write_blank(row, column, format)?,
        Content::Text(text) => sheet.write_string_with_format(row, column, text, format)?,
        Content::Number(number) => sheet.write_number_with_format(row, column, *number, format)?,
        Content::Formula(formula, result) => {
            sheet.write_formula_with_format(row, column, Formula::new(formula).set_result(result), format)?
        }
    };
    Ok(())
}

fn colour(sheet: &mut Worksheet, own: &Colours) -> Done {
    let at = own.at;
    match &own.rule {
        Rule::Says(word, text, fill) => {
            let format = Format::new().set_font_color(*text).set_background_color(*fill);
            let rule = ConditionalFormatCellRule::EqualTo(word.clone());
            let condition = ConditionalFormatCell::new().set_rule(rule).set_format(format);
            sheet.add_conditional_format(at.0, at.1, at.2, at.3, &condition)?;
        }
        Rule::Holds(word, text, fill) => {
            let format = Format::new().set_font_color(*text).set_background_color(*fill);
            let rule = ConditionalFormatTextRule::Contains(word.clone());
            let condition = ConditionalFormatText::new().set_rule(rule).set_format(format);
            sheet.add_conditional_format(at.0, at.1, at.2, at.3, &condition)?;
        }
        Rule::Bar(colour) => {
            let bar = ConditionalFormatDataBar::new()
                .set_fill_color(Color::RGB(*colour))
                .set_solid_fill(true)
                .set_minimum(ConditionalFormatType::Number, 0)
                .set_maximum(ConditionalFormatType::Number, 100);
            sheet.add_conditional_format(at.0, at.1, at.2, at.3, &bar)?;
        }
    }
    Ok(())
}

fn choose(sheet: &mut Worksheet, own: &Choice) -> Done {
    let choice = match &own.of {
        Options::Words(words) => DataValidation::new().allow_list_strings(words)?,
        Options::Cells(cells) => {
            DataValidation::new().allow_list_formula(Formula::new(cells)).show_error_message(false)
        }
        Options::Between(least, most, title, text) => DataValidation::new()
            .allow_decimal_number(DataValidationRule::Between(*least, *most))
            .set_error_title(title)?
            .set_error_message(text)?,
    };
    sheet.add_data_validation(own.at.0, own.at.1, own.at.2, own.at.3, &choice)?;
    Ok(())
}

fn set_up(sheet: &mut Worksheet, own: &Sheet) -> Done {
    sheet.set_paper_size(9);
    if own.landscape {
        sheet.set_landscape();
    }
    let [left, right, top, bottom, header, footer] = own.margins;
    sheet.set_margins(left, right, top, bottom, header, footer);
    if own.one_page {
        sheet.set_print_fit_to_pages(1, 1);
    }
    sheet.set_print_center_horizontally(own.centred);
    sheet.set_footer(&own.footer);
    sheet.set_zoom(own.zoom);
    if let Some((row, column)) = own.frozen {
        sheet.set_freeze_panes(row, column)?;
    }
    if !own.page_breaks.is_empty() {
        sheet.set_page_breaks(&own.page_breaks)?;
    }
    if let Some(area) = own.print_area {
        sheet.set_print_area(area.0, area.1, area.2, area.3)?;
    }
    if let Some((first, last)) = own.repeated_rows {
        sheet.set_repeat_rows(first, last)?;
    }
    Ok(())
}
