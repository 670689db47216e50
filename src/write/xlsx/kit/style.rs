//! Fonts, colours and number formats. Every pair of text and fill has a contrast of at least 4.5 to 1.

use crate::domain::digits::Digits;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Size of running text in points: 16 in official Thai documents.
pub(in crate::write::xlsx) const TEXT_SIZE: f64 = crate::typeset::DEFAULT_SIZE_PT;

/// Two decimals in Arabic digits.
pub(in crate::write::xlsx) const ARABIC: &str = "0.00";
/// Two decimals in Thai digits, in a form that both Excel and LibreOffice show; the cell stays a number.
pub(in crate::write::xlsx) const THAI: &str = "[$-D00041E]0.00";
/// A whole number with commas, in Thai digits.
pub(in crate::write::xlsx) const THAI_WHOLE: &str = "[$-D00041E]#,##0";

/// A change with its sign.
const ARABIC_CHANGE: &str = "+0.00;-0.00;0.00";
/// A change with its sign, in Thai digits.
const THAI_CHANGE: &str = "[$-D00041E]+0.00;[$-D00041E]-0.00;[$-D00041E]0.00";

const NAVY: Color = Color::RGB(0x001F_3864);
const PALE_BLUE: Color = Color::RGB(0x00E8_EEF7);
const PALE_YELLOW: Color = Color::RGB(0x00FF_F8DC);
const LINE: Color = Color::RGB(0x008E_9BB3);
const LINK: Color = Color::RGB(0x0005_4A91);
const HINT: Color = Color::RGB(0x009C_1C13);
const GREY_TEXT: Color = Color::RGB(0x0059_5959);

/// The formats of one workbook.
pub(in crate::write::xlsx) struct Styles {
    /// A sheet's title.
    pub title: Format,
    /// A line under the title.
    pub subtitle: Format,
    /// A heading over a table.
    pub heading: Format,
    /// A column's header.
    pub header: Format,
    /// An issue's heading row.
    pub issue: Format,
    /// An issue's number in that row.
    pub issue_number: Format,
    /// The heading of a second phase.
    pub phase: Format,
    /// The rows of a block of text: lines around the whole, none between its rows.
    pub block_first: Format,
    /// See [`Styles::block_first`].
    pub block_middle: Format,
    /// See [`Styles::block_first`].
    pub block_last: Format,
    /// A cell outside tables.
    pub plain: Format,
    /// Text in a table, at the top left.
    pub text: Format,
    /// Text in a table, at the top and centred.
    pub centred: Format,
    /// A score in a table of questions.
    pub score: Format,
    /// A score in a title or in the table of indicators.
    pub title_score: Format,
    /// A change from one year to the next, with its sign.
    pub change: Format,
    /// The same in a table of questions.
    pub question_change: Format,
    /// A rank.
    pub title_whole: Format,
    /// A whole number.
    pub whole: Format,
    /// A status word; its colours come from its text.
    pub status: Format,
    /// A score that is typed in.
    pub input: Format,
    /// A whole number that is typed in.
    pub input_whole: Format,
    /// A day that is typed in.
    pub input_date: Format,
    /// A text that is typed in.
    pub input_text: Format,
    /// The one figure that matters most.
    pub figure: Format,
    /// The level beside it.
    pub level: Format,
    /// What a figure is.
    pub label: Format,
    /// An explanation in grey.
    pub note: Format,
    /// A line to sign on.
    pub signature: Format,
    /// Such a hint that is a link.
    pub hint_link: Format,
    /// A link inside the workbook.
    pub link: Format,
    /// A link in a table.
    pub centred_link: Format,
    /// A hint that appears when something has changed.
    pub hint: Format,
}

impl Styles {
    /// The formats of this font, with these digits and this colour for headings.
    pub(in crate::write::xlsx) fn new(font: &str, digits: Digits, heading: Option<u32>) -> Self {
        let navy = heading.map_or(NAVY, Color::RGB);
        let question_digits = if digits == Digits::Thai { THAI } else { ARABIC };
        let (title_digits, whole_digits, change_digits) = match digits {
            Digits::Report | Digits::Thai => (THAI, THAI_WHOLE, THAI_CHANGE),
            Digits::Arabic => (ARABIC, "#,##0", ARABIC_CHANGE),
        };
        let base = || Format::new().set_font_name(font).set_font_size(TEXT_SIZE);
        let cell = || base().set_border(FormatBorder::Thin).set_border_color(LINE).set_align(FormatAlign::Top);
        let wrapped = || cell().set_text_wrap();
        let sides = || base().set_border_left(FormatBorder::Thin).set_border_right(FormatBorder::Thin);
        let block = || {
            sides()
                .set_border_color(LINE)
                .set_align(FormatAlign::Top)
                .set_text_wrap()
                .set_align(FormatAlign::Left)
                .set_indent(1)
        };
        let hair = || block().set_border_bottom(FormatBorder::Hair);
        let middle = |format: Format| format.set_align(FormatAlign::Center);
        let centred = || middle(wrapped());
        let number = |format: &str| middle(cell()).set_num_format(format);
        let input = || middle(cell()).set_background_color(PALE_YELLOW);
        Self {
            title: base().set_bold().set_font_size(18).set_align(FormatAlign::Center).set_text_wrap(),
            subtitle: base().set_bold().set_align(FormatAlign::Center).set_text_wrap(),
            heading: base().set_bold().set_font_color(navy),
            header: centred()
                .set_bold()
                .set_align(FormatAlign::VerticalCenter)
                .set_font_color(Color::White)
                .set_background_color(navy),
            issue: wrapped()
                .set_align(FormatAlign::Left)
                .set_indent(1)
                .set_bold()
                .set_font_color(navy)
                .set_background_color(PALE_BLUE),
            issue_number: centred().set_bold().set_font_color(navy).set_background_color(PALE_BLUE),
            phase: wrapped().set_align(FormatAlign::Left).set_indent(1).set_bold().set_italic(),
            block_first: hair().set_border_top(FormatBorder::Thin),
            block_middle: hair(),
            block_last: block().set_border_bottom(FormatBorder::Thin),
            plain: base(),
            text: wrapped().set_align(FormatAlign::Left).set_indent(1),
            centred: centred(),
            score: number(question_digits),
            title_score: number(title_digits),
            change: number(change_digits),
            question_change: number(if digits == Digits::Thai { THAI_CHANGE } else { ARABIC_CHANGE }),
            title_whole: number(whole_digits),
            whole: number(if digits == Digits::Thai { "[$-D00041E]0" } else { "0" }),
            status: centred().set_bold(),
            input: input().set_num_format(question_digits),
            input_whole: input().set_num_format("0"),
            input_date: input().set_num_format("[$-107041E]d mmm yyyy"),
            input_text: wrapped().set_align(FormatAlign::Left).set_indent(1).set_background_color(PALE_YELLOW),
            figure: middle(cell()).set_bold().set_font_size(24).set_font_color(navy).set_num_format(title_digits),
            level: centred().set_bold().set_font_size(20).set_font_color(navy),
            label: centred().set_background_color(PALE_BLUE),
            note: base().set_font_color(GREY_TEXT).set_text_wrap().set_align(FormatAlign::Top),
            signature: base().set_align(FormatAlign::Center),
            centred_link: centred().set_font_color(LINK).set_underline(rust_xlsxwriter::FormatUnderline::Single),
            hint: base().set_bold().set_font_color(HINT).set_align(FormatAlign::Top),
            hint_link: base().set_bold().set_font_color(HINT).set_underline(rust_xlsxwriter::FormatUnderline::Single),
            link: base().set_font_color(LINK).set_underline(rust_xlsxwriter::FormatUnderline::Single),
        }
    }
}

/// The colours behind cells, as workbooks have them.
pub(in crate::write::xlsx) fn fills(heading: Option<u32>) -> Vec<String> {
    digits_of([heading.map_or(NAVY, Color::RGB), PALE_BLUE, PALE_YELLOW])
}

/// The colours of letters, likewise.
pub(in crate::write::xlsx) fn fonts(heading: Option<u32>) -> Vec<String> {
    digits_of([heading.map_or(NAVY, Color::RGB), Color::White, GREY_TEXT, LINK, HINT])
}

fn digits_of<const N: usize>(colours: [Color; N]) -> Vec<String> {
    let digits = |colour| match colour {
        Color::RGB(rgb) => format!("{rgb:06X}"),
        _ => "FFFFFF".to_owned(),
    };
    colours.into_iter().map(digits).collect()
}

/// Text and fill colours of the four status words, in the order of [`crate::assess::Status::ALL`].
pub(in crate::write::xlsx) const STATUS_COLOURS: [(u32, u32); 4] =
    [(0x009C_1C13, 0x00FD_E9E7), (0x0074_4B00, 0x00FF_F1CC), (0x001E_6B34, 0x00E3_F3E8), (0x0059_5959, 0x00EF_EFEF)];

/// The fill of the columns of charts and of their pass mark.
pub(in crate::write::xlsx) const CHART_COLUMN: Color = Color::RGB(0x002F_5CA8);
/// See [`CHART_COLUMN`].
pub(in crate::write::xlsx) const CHART_LINE: Color = Color::RGB(0x00C0_392B);
