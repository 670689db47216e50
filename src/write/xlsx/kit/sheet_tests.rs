use std::sync::LazyLock;

use crate::write::xlsx::kit::formula::FORMULA_TEXT;
use std::io::{Cursor, Read};

use rust_xlsxwriter::Workbook;

use super::*;

fn breaks() -> Breaks {
    Breaks::from_stored("")
}

/// The numbers of the formats of the first row's cells.
fn formats(workbook: &mut Workbook) -> Vec<String> {
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut xml = String::new();
    zip.by_name("xl/worksheets/sheet1.xml").expect("a sheet").read_to_string(&mut xml).expect("text");
    let cells = xml.split("<c r=\"").skip(1).map(|cell| cell.split(" s=\"").nth(1).expect("a format"));
    cells.map(|rest| rest.split('"').next().expect("a number").to_owned()).collect()
}

#[test]
fn a_cell_written_twice_has_the_format_that_it_was_written_with_last() {
    let (bold, plain, breaks) = (Format::new().set_bold(), Format::new().set_italic(), breaks());
    let mut workbook = Workbook::new();
    let written = Page::write(workbook.add_worksheet(), &breaks, &[8.0; 5], Paper::Portrait, |page| {
        page.text(0, 1, "ก", &bold)?;
        page.text(0, 0, "ก", &bold)?;
        page.number(0, 0, Some(Decimal::ONE), &plain)?;
        page.live(0, 2, "=A1", CachedResult::Blank, &bold)?;
        page.text(0, 2, "", &plain)?;
        page.text(0, 3, "ก", &bold)?;
        page.block((0, 0), (3, 4), "ก", &plain)
    });
    assert!(written.is_ok(), "{written:?}");
    let formats = formats(&mut workbook);
    let (plain, bold) = (&formats[0], &formats[1]);
    assert!(plain != bold);
    assert_eq!(formats, [plain, bold, plain, plain, plain].map(String::as_str));
}

#[test]
fn a_cell_that_cannot_be_written_is_an_error() {
    type Write = fn(&mut Page<'_>, &'static Format) -> Result<(), WorkbookError>;
    static FORMAT: LazyLock<Format> = LazyLock::new(Format::new);
    const BEHIND: u32 = 1_048_576;
    let writes: [Write; 5] = [
        |page, format| page.text(BEHIND, 0, "ก", format),
        |page, format| page.number(BEHIND, 0, Some(Decimal::ONE), format),
        |page, format| page.live(BEHIND, 0, "=A1", CachedResult::Blank, format),
        |page, format| page.block((0, BEHIND), (0, 0), "ก", format),
        |page, format| page.live(0, 0, &format!("=\"{}\"", "ก".repeat(FORMULA_TEXT)), CachedResult::Blank, format),
    ];
    for write in writes {
        for before in [false, true] {
            let breaks = breaks();
            let mut workbook = Workbook::new();
            let written = Page::write(workbook.add_worksheet(), &breaks, &[8.0], Paper::Portrait, |page| {
                if before {
                    page.text(0, 0, "ก", &FORMAT)?;
                }
                write(page, &FORMAT)
            });
            assert!(written.is_err());
        }
    }
}

#[test]
fn a_text_longer_than_a_cell_is_cut_with_a_mark() {
    for c in ['ก', '😀', 'a'] {
        let fits = c.to_string().repeat(CELL_TEXT / c.len_utf16());
        assert_eq!(in_cell(&fits), fits);
        let cut = in_cell(&(fits.clone() + "กข")).into_owned();
        assert!(cut.ends_with('…') && fits.starts_with(cut.trim_end_matches('…')));
        assert!((CELL_TEXT - 2..=CELL_TEXT).contains(&cut.encode_utf16().count()));
    }
}

#[test]
fn a_column_of_no_given_width_has_that_of_the_sheet() {
    let breaks = breaks();
    let mut workbook = Workbook::new();
    let page = Page::new(workbook.add_worksheet(), &breaks, &[8.0], Paper::Portrait).expect("a page");
    assert_eq!(page.span((0, 2)).as_ref(), [8.0, DEFAULT_WIDTH, DEFAULT_WIDTH]);
    assert_eq!(columns_px(&page.span((1, 1))), f64::from(crate::write::xlsx::kit::book::DEFAULT_COLUMN));
}
