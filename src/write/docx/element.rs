//! An XML element that is put together before it is written, so that what is written is well-formed.

use std::borrow::Cow;

/// An element with its attributes and content.
#[derive(Debug, Clone)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, Cow<'static, str>)>,
    content: Vec<Content>,
}

#[derive(Debug, Clone)]
enum Content {
    Element(Element),
    Text(String),
}

impl Element {
    pub fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), content: Vec::new() }
    }

    /// An element with the attribute `w:val`, as most of Word's have it.
    pub fn value(name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        Self::new(name).with("w:val", value)
    }

    /// An element that holds a text only.
    pub fn text(name: &'static str, text: impl Into<String>) -> Self {
        let mut element = Self::new(name);
        element.content.push(Content::Text(text.into()));
        element
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    #[must_use]
    pub fn child(mut self, child: Self) -> Self {
        self.push(child);
        self
    }

    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.extend(children);
        self
    }

    pub fn push(&mut self, child: Self) {
        self.content.push(Content::Element(child));
    }

    pub fn extend(&mut self, children: impl IntoIterator<Item = Self>) {
        self.content.extend(children.into_iter().map(Content::Element));
    }

    /// The element as a document of its own.
    pub fn document(&self) -> String {
        let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(value, out);
            out.push('"');
        }
        if self.content.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for content in &self.content {
            match content {
                Content::Element(element) => element.write(out),
                Content::Text(text) => escape(text, out),
            }
        }
        out.push_str("</");
        out.push_str(self.name);
        out.push('>');
    }
}

/// A text as XML has it: without the characters that no document may hold.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() && c != '\t' && c != '\n' => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_well_formed_whatever_the_text() {
        let text = "a<b>&\"'\u{0}\u{1b}\u{FFFF}๙";
        let xml = Element::new("a").with("b", text).child(Element::text("c", text)).document();
        let read = roxmltree::Document::parse(&xml).expect("well-formed XML");
        assert_eq!(read.root_element().attribute("b"), Some("a<b>&\"'๙"));
        assert_eq!(read.root_element().first_element_child().and_then(|c| c.text()), Some("a<b>&\"'๙"));
    }
}
