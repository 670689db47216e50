"""The yardstick in Python: openpyxl reads the input, XlsxWriter writes the cells, formats, blocks and formulas of a workbook
that itasheet wrote (chart, notes and choices are left out, which is in Python's favour).

    pip install openpyxl XlsxWriter
    itasheet samples/khok-muang-2567.xlsx -o report.xlsx
    python tests/bench/compare.py samples/khok-muang-2567.xlsx report.xlsx

What to write is gathered once, before anything is timed. Prints processor time: of a start (the imports), and of a file in
a process that has warmed up.
"""

import sys
import tempfile
import time

STARTED = time.process_time()
import openpyxl
import xlsxwriter

START = time.process_time() - STARTED
FILES = 20


def look(cell):
    """A cell's format, as XlsxWriter wants it."""
    font, fill, side, align = cell.font, cell.fill, cell.border.left, cell.alignment
    facts = {"font_name": font.name, "font_size": font.sz, "num_format": cell.number_format}
    facts |= {"bold": True} if font.b else {}
    facts |= {"underline": 1} if font.u else {}
    facts |= {"text_wrap": True} if align.wrap_text else {}
    facts |= {"align": align.horizontal} if align.horizontal else {}
    facts |= {"valign": {"center": "vcenter"}.get(align.vertical, align.vertical)} if align.vertical else {}
    facts |= {"border": 1, "border_color": "#" + side.color.rgb[2:]} if side.style else {}
    facts |= {"bg_color": "#" + fill.fgColor.rgb[2:]} if fill.fill_type == "solid" else {}
    facts |= {"font_color": "#" + font.color.rgb[2:]} if font.color and font.color.type == "rgb" else {}
    return facts


def gather(path):
    """Everything to write, sheet by sheet."""
    formulas, results = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    formats, sheets = {}, []
    for sheet in formulas:
        cells = []
        for row in sheet.iter_rows():
            for cell in row:
                if cell.has_style and not isinstance(cell, openpyxl.cell.cell.MergedCell):
                    formats.setdefault(cell.style_id, look(cell))
                    result = results[sheet.title].cell(cell.row, cell.column).value
                    cells.append((cell.row - 1, cell.column - 1, cell.value, result, cell.style_id))
        blocks = [(r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1) for r in sheet.merged_cells.ranges]
        widths = [(own.min - 1, own.max - 1, own.width) for own in sheet.column_dimensions.values()]
        heights = [(row - 1, own.height) for row, own in sheet.row_dimensions.items() if own.height]
        sheets.append((sheet.title, cells, {block[:2]: block for block in blocks}, widths, heights))
    return formats, sheets


def convert(source, target, formats, sheets):
    """What a script for one agency would do."""
    for sheet in openpyxl.load_workbook(source):
        for _ in sheet.iter_rows(values_only=True):
            pass
    book = xlsxwriter.Workbook(target)
    made = {style: book.add_format(facts) for style, facts in formats.items()}
    for title, cells, blocks, widths, heights in sheets:
        sheet = book.add_worksheet(title)
        for first, last, width in widths:
            sheet.set_column(first, last, width)
        for row, height in heights:
            sheet.set_row(row, height)
        for row, column, value, result, style in cells:
            if (row, column) in blocks:
                sheet.merge_range(*blocks[row, column], "", made[style])
            if isinstance(value, str) and value.startswith("="):
                sheet.write_formula(row, column, value, made[style], "" if result is None else result)
            elif isinstance(value, str):
                sheet.write_string(row, column, value, made[style])
            else:
                sheet.write(row, column, value, made[style])
    book.close()


def main(source, report):
    formats, sheets = gather(report)
    with tempfile.TemporaryDirectory() as folder:
        convert(source, f"{folder}/out.xlsx", formats, sheets)
        started = time.process_time()
        for _ in range(FILES):
            convert(source, f"{folder}/out.xlsx", formats, sheets)
        each = (time.process_time() - started) / FILES
    print(f"start {START * 1e3:.0f} ms, each file {each * 1e3:.0f} ms")


main(*sys.argv[1:])
