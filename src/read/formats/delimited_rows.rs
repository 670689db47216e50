//! Rows of a delimited text that a separator inside an unquoted text has made longer than the others.

use csv::StringRecord;

/// What most rows of a text are like.
#[derive(Debug)]
pub(super) struct RowLayout {
    /// Their fields.
    fields: usize,
    /// The column of running text, in which a separator can stand.
    text: usize,
}

/// The fewest rows that tell a layout.
const FEWEST: usize = 5;

impl RowLayout {
    /// The layout that nine of ten rows have; nothing where they differ, or no column is one of texts before others.
    pub fn of(records: impl Iterator<Item = StringRecord>) -> Option<Self> {
        let rows: Vec<StringRecord> = records.filter(|record| filled(record) > 1).collect();
        let mut counts: Vec<usize> = rows.iter().map(StringRecord::len).collect();
        counts.sort_unstable();
        let (fields, alike) = counts
            .chunk_by(|a, b| a == b)
            .filter_map(|run| Some((*run.first()?, run.len())))
            .max_by_key(|run| run.1)?;
        if alike < FEWEST || alike * 10 < rows.len() * 8 || fields < 3 {
            return None;
        }
        let whole = rows.iter().filter(|row| row.len() == fields);
        let letters = |column: usize| -> usize {
            whole
                .clone()
                .filter_map(|row| row.get(column))
                .map(|field| field.chars().filter(|c| c.is_alphabetic()).count())
                .sum()
        };
        let text = (0..fields - 1).max_by_key(|column| letters(*column))?;
        (letters(text) > alike * 4).then_some(Self { fields, text })
    }

    /// The fields of a longer row with the pieces of its text together again; nothing where the row is no longer.
    ///
    /// Where a piece and the field behind it could be one number with a decimal comma, nobody can tell: they stay together,
    /// and are no number.
    pub fn fitted(&self, record: &StringRecord) -> Option<Vec<String>> {
        let more = filled(record).checked_sub(self.fields).filter(|more| *more > 0)?;
        let fields: Vec<&str> = record.iter().collect();
        let pieces = fields.get(self.text..=self.text + more)?;
        let (before, behind) = (fields.get(..self.text)?, fields.get(self.text + more + 1..)?);
        let is_number = |field: &&str| field.trim().parse::<f64>().is_ok();
        // A number with decimals is no piece of a text, and a row without numbers behind its text is a header.
        let is_score = |field: &&str| is_number(field) && field.contains('.');
        if pieces.iter().skip(1).any(is_score) || !behind.iter().any(is_number) {
            return None;
        }
        let digits = |field: &str, most: usize| {
            let field = field.trim();
            (1..=most).contains(&field.len()) && field.bytes().all(|byte| byte.is_ascii_digit())
        };
        let mut fitted: Vec<String> = before.iter().map(|field| (*field).to_owned()).collect();
        match (pieces.split_last(), behind.split_first()) {
            (Some((last, pieces)), Some((next, rest))) if digits(last, 3) && digits(next, 2) => {
                fitted.push(pieces.join(","));
                fitted.push(format!("{}, {}", last.trim(), next.trim()));
                fitted.extend(rest.iter().map(|field| (*field).to_owned()));
            }
            _ => {
                fitted.push(pieces.join(","));
                fitted.extend(behind.iter().map(|field| (*field).to_owned()));
            }
        }
        Some(fitted)
    }
}

/// How many fields a row has up to the last that is not blank.
fn filled(record: &StringRecord) -> usize {
    record.iter().enumerate().filter(|(_, field)| !field.trim().is_empty()).last().map_or(0, |(last, _)| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> RowLayout {
        let row = |n: usize| StringRecord::from(vec![format!("i{n}"), "การปฏิบัติงาน".to_owned(), format!("{n}.5")]);
        RowLayout::of((1..9).map(row)).expect("a layout")
    }

    #[test]
    fn the_pieces_of_a_text_are_put_together_and_a_number_in_doubt_is_none() {
        let fitted = |fields: &[&str]| layout().fitted(&StringRecord::from(fields.to_vec()));
        let row = |fields: &[&str]| Some(fields.iter().map(|field| (*field).to_owned()).collect::<Vec<_>>());
        assert_eq!(fitted(&["i1", "งบ 2566", " 67", "52.95"]), row(&["i1", "งบ 2566, 67", "52.95"]));
        assert_eq!(fitted(&["i1", "งาน", "52", "95"]), row(&["i1", "งาน", "52, 95"]));
        assert_eq!(fitted(&["i1", "งาน", "52.95", ""]), None);
        assert_eq!(fitted(&["i1", "งาน", "52.95"]), None);
        assert_eq!(fitted(&["i1", "งาน", "52.95", "ผ่าน"]), None);
        assert_eq!(fitted(&["i1", "งาน", "52.95", "79.00"]), None);
        assert_eq!(fitted(&["i1", "งาน", "52", "ผ่าน"]), None);
        assert_eq!(fitted(&["รหัส", "ข้อคำถาม", "คะแนน", "หมายเหตุ"]), None);
    }
}
