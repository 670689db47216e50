//! Paragraphs and the runs in them.

use crate::write::docx::element::Element;
use crate::write::docx::style::Style;

/// A paragraph that is put together.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    style: Style,
    keep_next: bool,
    keep_lines: bool,
    list: Option<u32>,
    tabs: Vec<Element>,
    page_break: bool,
    before: Option<u32>,
    bookmark: Option<(usize, String)>,
    runs: Vec<Element>,
}

impl Paragraph {
    pub fn new(style: Style) -> Self {
        let (keep_next, keep_lines, page_break) = (false, false, false);
        let (tabs, runs) = (Vec::new(), Vec::new());
        Self { style, keep_next, keep_lines, list: None, tabs, page_break, before: None, bookmark: None, runs }
    }

    /// A paragraph with one text.
    pub fn of(style: Style, text: &str) -> Self {
        Self::new(style).run(text)
    }

    /// The paragraph stays on the page of the next one.
    #[must_use]
    pub fn kept(mut self) -> Self {
        self.keep_next = true;
        self
    }

    /// The paragraph is not split between pages.
    #[must_use]
    pub fn whole(mut self) -> Self {
        self.keep_lines = true;
        self
    }

    /// The paragraph is an item of a list.
    #[must_use]
    pub fn item(mut self, list: u32) -> Self {
        self.list = Some(list);
        self
    }

    /// The paragraph has tab stops of its own.
    #[must_use]
    pub fn tabs(mut self, tabs: impl IntoIterator<Item = Element>) -> Self {
        self.tabs.extend(tabs);
        self
    }

    /// The paragraph begins a page.
    #[must_use]
    pub fn on_new_page(mut self) -> Self {
        self.page_break = true;
        self
    }

    /// So much space stands above the paragraph, in twentieths of a point.
    #[must_use]
    pub fn below(mut self, space: u32) -> Self {
        self.before = Some(space);
        self
    }

    /// The paragraph can be referred to by this name; no other has the number.
    #[must_use]
    pub fn bookmark(mut self, number: usize, name: String) -> Self {
        self.bookmark = Some((number, name));
        self
    }

    #[must_use]
    pub fn run(mut self, text: &str) -> Self {
        self.add(text, None);
        self
    }

    /// A text in a character style.
    #[must_use]
    pub fn styled(mut self, text: &str, style: &'static str) -> Self {
        self.add(text, Some(style));
        self
    }

    /// A run of any kind.
    #[must_use]
    pub fn with(mut self, run: Element) -> Self {
        self.runs.push(run);
        self
    }

    fn add(&mut self, text: &str, style: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        let mut run = Element::new("w:r");
        if let Some(style) = style {
            run.push(Element::new("w:rPr").child(Element::value("w:rStyle", style)));
        }
        // Tabs and line ends are elements of their own.
        for piece in text.split_inclusive(['\t', '\n']) {
            let plain = piece.trim_end_matches(['\t', '\n']);
            if !plain.is_empty() {
                run.push(Element::text("w:t", plain).with("xml:space", "preserve"));
            }
            match piece.chars().next_back() {
                Some('\t') => run.push(Element::new("w:tab")),
                Some('\n') => run.push(Element::new("w:br")),
                _ => {}
            }
        }
        self.runs.push(run);
    }

    /// The runs alone, for a link.
    pub fn into_runs(self) -> Vec<Element> {
        self.runs
    }

    pub fn element(self) -> Element {
        let mut properties = Element::new("w:pPr").child(Element::value("w:pStyle", self.style.id()));
        if self.keep_next {
            properties.push(Element::new("w:keepNext"));
        }
        if self.keep_lines {
            properties.push(Element::new("w:keepLines"));
        }
        if self.page_break {
            properties.push(Element::new("w:pageBreakBefore"));
        }
        if let Some(list) = self.list {
            let list = Element::value("w:numId", list.to_string());
            properties.push(Element::new("w:numPr").child(Element::value("w:ilvl", "0")).child(list));
        }
        if !self.tabs.is_empty() {
            properties.push(Element::new("w:tabs").children(self.tabs));
        }
        if let Some(space) = self.before {
            properties.push(Element::new("w:spacing").with("w:before", space.to_string()));
        }
        let paragraph = Element::new("w:p").child(properties);
        let Some((number, name)) = self.bookmark else { return paragraph.children(self.runs) };
        let mark = |name| Element::new(name).with("w:id", number.to_string());
        paragraph.child(mark("w:bookmarkStart").with("w:name", name)).children(self.runs).child(mark("w:bookmarkEnd"))
    }
}

/// A field that Word computes, with what it shows until then.
pub(super) fn field(code: &str, shown: &str) -> Element {
    Element::new("w:fldSimple")
        .with("w:instr", code.to_owned())
        .child(Element::new("w:r").child(Element::text("w:t", shown)))
}
