//! The program's icon, drawn: columns of scores on a dark ground, and the pass mark across them.

/// The sides of its pictures, in pixels.
pub const SIZES: [u32; 5] = [16, 24, 32, 48, 128];

const GROUND: [u8; 3] = [0x1F, 0x38, 0x64];
const COLUMN: [u8; 3] = [0xFF, 0xFF, 0xFF];
const PASSED: [u8; 3] = [0x8F, 0xD1, 0x9E];
const MARK: [u8; 3] = [0xF2, 0xA6, 0x3B];

/// Points a pixel is made of, along each side: edges are smooth.
const FINENESS: u32 = 4;

/// What stands at a point of the square from 0 to 1, counted from the upper left; nothing outside the round corners.
fn colour(x: f64, y: f64) -> Option<[u8; 3]> {
    const CORNER: f64 = 0.18;
    let inward = |at: f64| (CORNER - at).max(at - (1.0 - CORNER)).max(0.0);
    if inward(x).hypot(inward(y)) > CORNER {
        return None;
    }
    if (0.40..0.46).contains(&y) && (0.12..0.88).contains(&x) {
        return Some(MARK);
    }
    let columns = [(0.18, 0.58, COLUMN), (0.42, 0.28, PASSED), (0.66, 0.18, PASSED)];
    let column =
        columns.into_iter().find(|(left, top, _)| (*left..left + 0.16).contains(&x) && (*top..0.82).contains(&y));
    Some(column.map_or(GROUND, |(_, _, colour)| colour))
}

/// A picture as icons have it: a head, rows of blue, green, red and opacity from below, and a mask that hides nothing.
pub fn picture(size: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    for field in [40, size, size * 2, 1 | (32 << 16), 0, 0, 0, 0, 0, 0] {
        bytes.extend(field.to_le_bytes());
    }
    for row in (0..size).rev() {
        for column in 0..size {
            bytes.extend(pixel(column, row, size));
        }
    }
    let mask_row = size.div_ceil(32) * 4;
    bytes.extend((0..mask_row * size).map(|_| 0));
    bytes
}

fn pixel(column: u32, row: u32, size: u32) -> [u8; 4] {
    let at = |whole: u32, part: u32| (f64::from(whole * FINENESS + part) + 0.5) / f64::from(size * FINENESS);
    let points = (0..FINENESS * FINENESS).map(|point| (at(column, point % FINENESS), at(row, point / FINENESS)));
    let seen: Vec<[u8; 3]> = points.filter_map(|(x, y)| colour(x, y)).collect();
    let count = u32::try_from(seen.len()).unwrap_or_default();
    let sum = seen.iter().fold([0_u32; 3], |[r, g, b], [red, green, blue]| {
        [r + u32::from(*red), g + u32::from(*green), b + u32::from(*blue)]
    });
    let [red, green, blue] = sum.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX));
    let opacity = u8::try_from(count * 255 / (FINENESS * FINENESS)).unwrap_or(u8::MAX);
    [blue, green, red, opacity]
}
