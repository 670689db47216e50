//! The text of a rich text's runs, without raised ones: a footnote's mark is no digit of the number before it.

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::Event;

use crate::error::Cause;
use crate::read::formats::xml::{attribute, damaged, entity};

/// The runs of a text: the raised ones together, and the others.
#[derive(Debug, Default)]
pub(in crate::read) struct Runs {
    plain: String,
    raised: String,
}

impl Runs {
    pub fn push(&mut self, raised: bool, text: &str) {
        if raised { self.raised.push_str(text) } else { self.plain.push_str(text) }
    }

    /// The text; what is raised counts only where nothing else stands beside it.
    pub fn text(self) -> String {
        if self.plain.trim().is_empty() { self.raised } else { self.plain }
    }
}

/// The text of the element that has just begun, up to its end: `si` in the shared strings, `is` in a cell.
pub(in crate::read) fn text(reader: &mut Reader<&[u8]>, closing: &str) -> Result<String, Cause> {
    let mut runs = Runs::default();
    let (mut raised, mut phonetic, mut open, mut keeps_space) = (false, false, false, false);
    let mut run = String::new();
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(start) => match start.local_name().as_ref() {
                "r" => raised = false,
                "rPh" => phonetic = true,
                "vertAlign" => raised = attribute(&start, "val").as_deref() == Some("superscript"),
                "t" => {
                    (open, keeps_space) = (!phonetic, attribute(&start, "space").as_deref() == Some("preserve"));
                }
                _ => {}
            },
            Event::Text(text) if open => run.push_str(&text.xml10_content()),
            Event::CData(text) if open => run.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if open => run.extend(entity(&reference)),
            Event::End(end) => match end.local_name().as_ref() {
                "t" if open => {
                    runs.push(raised, if keeps_space { &run } else { run.trim_matches([' ', '\t', '\r', '\n']) });
                    run.clear();
                    open = false;
                }
                "rPh" => phonetic = false,
                "r" => raised = false,
                name if name == closing => return Ok(runs.text()),
                _ => {}
            },
            Event::Eof => return Err(Cause::Damaged("it ends inside a text".to_owned())),
            _ => {}
        }
    }
}

/// The shared strings anew, one plain text each.
pub(in crate::read) fn plain_strings(part: &[u8]) -> Result<Vec<u8>, Cause> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut out = String::from("<sst>");
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(start) if start.local_name().as_ref() == "si" => {
                let text = text(&mut reader, "si")?;
                out.push_str("<si><t xml:space=\"preserve\">");
                out.push_str(&escape(&text));
                out.push_str("</t></si>");
            }
            Event::Eof => break,
            _ => {}
        }
    }
    out.push_str("</sst>");
    Ok(out.into_bytes())
}
