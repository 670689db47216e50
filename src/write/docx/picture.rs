//! What kind of picture a file is, and how many pixels it has: those kinds that a workbook takes too.

/// What a file of each kind begins with.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xff\xd8";
const GIF: &[u8] = b"GIF8";
const BMP: &[u8] = b"BM";

/// A picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Picture {
    /// The ending of its name.
    pub kind: &'static str,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

impl Picture {
    /// What a file's bytes are; nothing where they are none of these kinds.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let field = |at: usize, length: usize| bytes.get(at..at.checked_add(length)?);
        let (of_big, of_little) = (|at, length| field(at, length).map(big), |at, length| field(at, length).map(little));
        let (kind, size) = if bytes.starts_with(PNG) {
            ("png", (of_big(16, 4)?, of_big(20, 4)?))
        } else if bytes.starts_with(JPEG) {
            ("jpeg", jpeg(bytes)?)
        } else if bytes.starts_with(GIF) {
            ("gif", (of_little(6, 2)?, of_little(8, 2)?))
        } else if bytes.starts_with(BMP) {
            ("bmp", (of_little(18, 4)?, of_little(22, 4)?))
        } else {
            return None;
        };
        Some(Self { kind, size })
    }
}

/// A number with its highest byte first, and one with its lowest.
fn big(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn little(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// The size that a JPEG file's frame tells, behind segments that tell their own lengths.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| bytes.get(at..at.checked_add(2)?).map(big);
    let mut at = JPEG.len();
    loop {
        let marker = number(at)?;
        // The frame's header, however the picture is coded; the three between are other things.
        if (0xFFC0..=0xFFCF).contains(&marker) && ![0xFFC4, 0xFFC8, 0xFFCC].contains(&marker) {
            return Some((number(at + 7)?, number(at + 5)?));
        }
        at += 2 + usize::try_from(number(at + 2)?).ok()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kind_and_size_of_a_picture_are_read_or_it_is_none() {
        let png = [PNG, b"\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10"].concat();
        let jpeg = [JPEG, b"\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\0\x10\0\x20\x01"].concat();
        let gif = b"GIF89a\x20\0\x10\0".to_vec();
        let bmp = [BMP, &[0; 16], b"\x20\0\0\0\x10\0\0\0"].concat();
        for (kind, bytes) in [("png", png), ("jpeg", jpeg), ("gif", gif), ("bmp", bmp)] {
            assert_eq!(Picture::of(&bytes), Some(Picture { kind, size: (32, 16) }));
        }
        for bytes in [b"<svg/>".as_slice(), JPEG, PNG, b"BM", b""] {
            assert_eq!(Picture::of(bytes), None);
        }
    }
}
