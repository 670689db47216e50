//! What is fetched of many agencies at once: all files as a zip, all rows as one table, the overview.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::sync::Arc;

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::batch::OVERVIEW;
use crate::batch::file_name::{Facts, NameTemplate, TakenNames};
use crate::batch::single_file::AgencyFiles;
use crate::config::Config;
use crate::domain::language::Language;
use crate::error::Cause;
use crate::overview::{AgencyResult, Failure};
use crate::serve::shelf::{Outcome, ReadFile};
use crate::write::OUTPUT_SUFFIX;
use crate::write::rows;
use crate::write::xlsx::overview as workbook;

/// What an agency's files are called, without extension: as the file that they come of, as `convert` has it; in a file of several
/// agencies, as the agency.
pub(super) fn stem(file: &ReadFile, agency: &AgencyFiles) -> String {
    if file.agencies().len() > 1 && !agency.stem.is_empty() {
        return agency.stem.clone();
    }
    let name = file.upload.name.rsplit('/').next().unwrap_or_default();
    let input = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // A workbook that comes back with its edits keeps its name.
    let suffix = if input.ends_with(OUTPUT_SUFFIX) { "" } else { OUTPUT_SUFFIX };
    let template = format!("{{input}}{suffix}").parse::<NameTemplate>();
    let facts = Facts { agency: None, district: None, province: None, year: 0, input };
    template.map(|template| template.stem(facts)).unwrap_or_default()
}

/// A zip file of workbooks and documents, and of the overview where there is one; in no folder that it could be found in.
pub(super) fn zip(
    files: &[Arc<ReadFile>],
    only: Option<usize>,
    overview: Option<Vec<u8>>,
    folder: &std::path::Path,
) -> io::Result<File> {
    let mut zip = ZipWriter::new(tempfile::tempfile_in(folder)?);
    // What is in it is packed already.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut names = TakenNames::default();
    names.reserve(OVERVIEW);
    for file in files {
        let agencies = file.agencies().iter().enumerate();
        for (_, agency) in agencies.filter(|(number, _)| only.is_none_or(|only| only == *number)) {
            let Some(made) = &agency.workbook else { continue };
            let name = names.give(&file.upload.name, &stem(file, agency));
            zip.start_file(name.as_str(), options)?;
            io::copy(&mut File::open(file.folder().join(made))?, &mut zip)?;
            if let Some(document) = &agency.document {
                zip.start_file(name.replace(".xlsx", ".docx"), options)?;
                io::copy(&mut File::open(file.folder().join(document))?, &mut zip)?;
            }
        }
    }
    if let Some(overview) = overview {
        zip.start_file(OVERVIEW, options)?;
        zip.write_all(&overview)?;
    }
    let mut packed = zip.finish()?;
    packed.seek(SeekFrom::Start(0))?;
    Ok(packed)
}

/// All agencies' rows as one table.
pub(super) fn rows(files: &[Arc<ReadFile>]) -> io::Result<Vec<u8>> {
    let mut all = Vec::new();
    for file in files {
        for name in file.agencies().iter().filter_map(|agency| agency.rows.as_ref()) {
            rows::append(&mut all, &fs::read(file.folder().join(name))?);
        }
    }
    Ok(all)
}

/// The overview of all agencies.
pub(super) fn overview(files: &[Arc<ReadFile>], config: &Config) -> Result<Vec<u8>, Cause> {
    let mut results: Vec<AgencyResult> = Vec::new();
    let mut failures: Vec<Failure> = Vec::new();
    for file in files {
        match &file.outcome {
            Outcome::Failed(reason) => failures.push(Failure {
                input: file.upload.name.clone(),
                reason: reason.message.in_language(Language::Thai).to_owned(),
                remedy: reason.hint.in_language(Language::Thai).to_owned(),
            }),
            Outcome::Read { agencies, .. } => {
                results.extend(agencies.iter().filter_map(|agency| agency.agency.result()));
            }
        }
    }
    workbook::bytes(&results, &failures, None, config)
}

/// How many agencies there are that count once each.
pub(super) fn agencies(files: &[Arc<ReadFile>]) -> usize {
    let results = files.iter().flat_map(|file| file.agencies()).filter_map(|agency| agency.agency.result());
    let keys = results.map(|result| (result.agency, result.district, result.province, result.year));
    keys.collect::<HashSet<_>>().len()
}
