//! The flags of how files are read, and of how much of one.

use std::path::PathBuf;

use clap::Args;

use crate::read::{Encoding, Limits, Options};

/// How files are read.
#[derive(Debug, Args)]
#[command(next_help_heading = "How files are read")]
pub struct ReadArgs {
    /// Encoding of text files and web pages, such as utf-8 or windows-874 (found by looking if not given)
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
    #[command(flatten)]
    limits: LimitArgs,
}

/// What of an untrusted file is refused. Sizes take K, M or G.
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits on untrusted files (sizes take K, M or G)")]
struct LimitArgs {
    /// Size of a file
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "64M", hide = true)]
    max_file_bytes: u64,
    /// Size of a file's parts, unpacked
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "128M", hide = true)]
    max_unpacked_bytes: u64,
    /// Parts of a file
    #[arg(long, value_name = "N", default_value_t = 10_000, hide = true)]
    max_parts: u64,
    /// Sheets, or tables of a web page
    #[arg(long, value_name = "N", default_value_t = 500, hide = true)]
    max_sheets: u64,
    /// Cells with content
    #[arg(long, value_name = "N", default_value_t = 2_000_000, hide = true)]
    max_cells: u64,
    /// Columns up to the last with content
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(..=1_048_576), default_value_t = 16_384, hide = true)]
    max_columns: u64,
    /// Characters of one cell
    #[arg(long, value_name = "N", default_value_t = 100_000, hide = true)]
    max_text: u64,
    /// Size of all cells' texts together
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "64M", hide = true)]
    max_all_text: u64,
    /// Memory for parsing an unusual file, beside the file itself (not on Windows)
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "300M", hide = true)]
    max_memory: u64,
    /// Seconds for parsing an unusual file
    #[arg(long, value_name = "N", default_value_t = 10, hide = true)]
    max_seconds: u64,
}

impl ReadArgs {
    /// What the flags amount to; `trial` is the program that tries unusual files.
    pub fn options(&self, trial: Option<PathBuf>) -> Options {
        Options { limits: self.limits.limits(), encoding: self.encoding, trial }
    }
}

impl LimitArgs {
    fn limits(&self) -> Limits {
        Limits {
            file_bytes: self.max_file_bytes,
            unpacked_bytes: self.max_unpacked_bytes,
            parts: self.max_parts,
            sheets: self.max_sheets,
            cells: self.max_cells,
            columns: self.max_columns,
            text: self.max_text,
            all_text: self.max_all_text,
            memory: self.max_memory,
            seconds: self.max_seconds,
        }
    }
}

/// A number of bytes: digits, and K, M or G for powers of 1024.
fn size(text: &str) -> Result<u64, String> {
    let text = text.trim().to_ascii_uppercase();
    let (digits, shift) = match text.strip_suffix('B').unwrap_or(&text) {
        number if number.ends_with('K') => (number.trim_end_matches('K'), 10),
        number if number.ends_with('M') => (number.trim_end_matches('M'), 20),
        number if number.ends_with('G') => (number.trim_end_matches('G'), 30),
        number => (number, 0),
    };
    let number = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(1 << shift));
    number.ok_or_else(|| "expected a number of bytes, such as 64M".to_owned())
}
