//! Number formats: whether a cell shows its number as a percentage.
//!
//! A format has up to four sections, and the number chooses one: `[<=1]0.00%;0.00` shows 0.5 as 50.00% and 50 as 50.00.

/// The sections of a number format, as far as percentages go.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::read) struct NumberFormat {
    sections: Vec<Section>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Section {
    condition: Option<Condition>,
    percent: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Condition {
    below: bool,
    equal: bool,
    above: bool,
    bound: f64,
}

/// Sections for numbers; a fourth is for texts.
const SECTIONS: usize = 3;

/// Built-in formats that show a percentage: `0%`, `0.00%`.
pub(in crate::read) const BUILT_IN_PERCENTS: [u16; 2] = [9, 10];

impl NumberFormat {
    /// Reads a format's code.
    pub fn parse(code: &str) -> Self {
        let mut sections = vec![Section::default()];
        let (mut quoted, mut escaped) = (false, false);
        let mut bracket: Option<String> = None;
        for c in code.chars() {
            if escaped {
                escaped = false;
                continue;
            }
            let Some(section) = sections.last_mut() else { break };
            match (c, &mut bracket) {
                (']', Some(inside)) => {
                    section.condition = section.condition.or(Condition::parse(inside));
                    bracket = None;
                }
                (c, Some(inside)) => inside.push(c),
                ('"', None) => quoted = !quoted,
                _ if quoted => {}
                ('\\' | '_' | '*', None) => escaped = true,
                ('[', None) => bracket = Some(String::new()),
                (';', None) => sections.push(Section::default()),
                ('%', None) => section.percent = true,
                _ => {}
            }
        }
        sections.truncate(SECTIONS);
        Self { sections }
    }

    /// The format of a percentage.
    pub fn percent() -> Self {
        Self { sections: vec![Section { condition: None, percent: true }] }
    }

    /// Whether some number is shown as a percentage.
    pub fn has_percent(&self) -> bool {
        self.sections.iter().any(|section| section.percent)
    }

    /// Whether this number is.
    pub fn shows_percent(&self, number: f64) -> bool {
        self.has_percent() && self.section(number).is_some_and(|section| section.percent)
    }

    fn section(&self, number: f64) -> Option<&Section> {
        let holds = |section: &Section| section.condition.map(|condition| condition.holds(number));
        let (first, second, third) = (self.sections.first()?, self.sections.get(1), self.sections.get(2));
        let Some(second) = second else { return Some(first) };
        let takes_first = match (first.condition, second.condition, third) {
            (Some(_), ..) => holds(first) == Some(true),
            // The second says itself what it is for.
            (None, Some(_), None) => holds(second) == Some(false),
            (None, _, None) => number >= 0.0,
            (None, _, Some(_)) => number > 0.0,
        };
        let takes_second = match (second.condition, third) {
            (Some(_), _) => holds(second) == Some(true),
            (None, None) => true,
            (None, Some(_)) => number < 0.0,
        };
        if takes_first {
            Some(first)
        } else if takes_second {
            Some(second)
        } else {
            third.or(Some(second))
        }
    }
}

impl Condition {
    /// `<=1`; a colour or a locale is none.
    fn parse(inside: &str) -> Option<Self> {
        let sign = inside.trim_start_matches(['<', '>', '=']);
        let (signs, number) = inside.split_at_checked(inside.len() - sign.len())?;
        let (below, equal, above) = match signs {
            "<" => (true, false, false),
            "<=" => (true, true, false),
            "=" => (false, true, false),
            ">=" => (false, true, true),
            ">" => (false, false, true),
            "<>" => (true, false, true),
            _ => return None,
        };
        Some(Self { below, equal, above, bound: number.trim().parse().ok()? })
    }

    fn holds(self, number: f64) -> bool {
        self.below && number < self.bound || self.equal && number == self.bound || self.above && number > self.bound
    }
}

/// Whether a format shows dates or times: it has letters of their parts outside quotes and brackets.
pub(in crate::read) fn is_date(code: &str) -> bool {
    let first = code.split(';').next().unwrap_or_default();
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    first.chars().any(|c| {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' if !quoted => bracketed = false,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return !quoted && !bracketed,
            _ => {}
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_shows_by_its_letters() {
        for (code, date) in
            [("d/m/yyyy", true), ("h:mm", true), ("000.00", false), ("0.00\"days\"", false), ("[Red]0", false)]
        {
            assert_eq!(is_date(code), date, "{code}");
        }
    }

    #[test]
    fn the_number_chooses_the_section() {
        for (code, percents, others) in [
            ("0%", &[0.5, -1.0, 0.0][..], &[][..]),
            ("0.00", &[], &[0.5, 84.67]),
            ("[<=1]0.00%;0.00", &[0.5, 1.0], &[50.0, 1.5]),
            ("[>1]0.00;0.00%", &[0.5, 1.0], &[50.0]),
            ("0.00;[<=1]0.00%", &[0.5, 1.0], &[50.0]),
            ("[>1]0.00;[<=1]0.00%;General", &[0.5], &[50.0]),
            ("0.00;-0.00%", &[-0.5], &[0.5, 0.0]),
            ("0.00%;-0.00%;0", &[0.5, -0.5], &[0.0]),
            ("0.00;-0.00;0.00;@\"%\"", &[], &[0.5, -0.5, 0.0]),
            ("0.00\\%", &[], &[50.0]),
            ("0.00\"%\"", &[], &[50.0]),
            ("0.00_%", &[], &[50.0]),
            ("[Red]0.0%", &[0.5], &[]),
            ("[$%-41E]0.0", &[], &[0.5]),
        ] {
            let format = NumberFormat::parse(code);
            for number in percents {
                assert!(format.shows_percent(*number), "{code} {number}");
            }
            for number in others {
                assert!(!format.shows_percent(*number), "{code} {number}");
            }
        }
    }
}
