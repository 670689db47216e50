//! Files with settings: found, read and checked before the work on an input starts.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::advice::{Advice, AdvicePatch};
use crate::config::Config;
use crate::error::{Cause, Error};
use crate::framework::Framework;
use crate::previous::LastYear;
use crate::profile::{PROFILE_NAME, Profile};
use crate::read::settings_text;
use crate::write::xlsx::kit::book;

/// Files with settings that the command line names.
#[derive(Debug, Clone, Default)]
pub struct SettingFiles {
    /// The profile.
    pub profile: Option<PathBuf>,
    /// The texts.
    pub advice: Option<PathBuf>,
    /// A framework, or a folder of them.
    pub framework: Option<PathBuf>,
    /// Last year's scores.
    pub previous: Option<PathBuf>,
}

/// `config` with what the named files set: checked once for all inputs.
///
/// # Errors
/// When a file cannot be read or sets something that cannot be used.
pub(crate) fn load(config: Config, files: &SettingFiles) -> Result<Config, Error> {
    let profile = match &files.profile {
        Some(path) => Profile::load(path)?,
        None => Profile::default(),
    };
    if let Some(logo) = &profile.logo {
        book::check_picture(logo).map_err(|problem| Error::new(logo, Cause::Settings(problem)))?;
    }
    let mut config = config;
    if let (Some(path), true) = (&files.framework, config.hints.frameworks.is_empty()) {
        for file in framework_files(path)? {
            config.hints.frameworks.push(Arc::new(read_framework(&file)?));
        }
    }
    let framework = config.hints.frameworks.first().map(Arc::as_ref);
    let mut advice = with_patch(None, profile.advice.as_ref(), files.profile.as_deref(), framework)?;
    if let Some(path) = &files.advice {
        let patch = read_advice(path)?;
        advice = with_patch(advice, Some(&patch), Some(path), framework)?;
    }
    // Read once for all inputs: it is the same whatever profile stands beside one.
    let previous = match (&config.previous, &files.previous) {
        (None, Some(path)) => Some(Arc::new(LastYear::of_file(path, &config.read)?)),
        (known, _) => known.clone(),
    };
    Ok(Config { profile, advice: advice.map(Arc::new), previous, ..config })
}

/// The settings for one input: `profile.toml` in its folder counts where the command line names none.
///
/// # Errors
/// As [`load`].
pub(crate) fn for_input(config: &Config, files: &SettingFiles, input: &Path) -> Result<Config, Error> {
    let beside = input.with_file_name(PROFILE_NAME);
    if files.profile.is_some() || !beside.is_file() {
        return Ok(config.clone());
    }
    load(config.clone(), &SettingFiles { profile: Some(beside), ..files.clone() })
}

/// Reads an advice file of the user's own.
///
/// # Errors
/// When it cannot be read or is not of the schema.
pub(crate) fn read_advice(path: &Path) -> Result<AdvicePatch, Error> {
    let text = settings_text(path)?;
    AdvicePatch::parse(&text).map_err(|e| Error::new(path, Cause::Advice(e)))
}

/// The framework files at a path: the file itself, or all of a folder, in the order of their names.
///
/// # Errors
/// When the folder cannot be read or has none.
pub(crate) fn framework_files(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let fail = |e| Error::new(path, Cause::Unreadable(e));
    let entries = fs::read_dir(path).map_err(fail)?.collect::<Result<Vec<_>, _>>().map_err(fail)?;
    let is_toml = |file: &PathBuf| file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).filter(is_toml).collect();
    files.sort();
    if files.is_empty() {
        return Err(Error::new(path, Cause::Settings("the folder has no framework file (.toml)".to_owned())));
    }
    Ok(files)
}

/// Reads a framework file of the user's own.
///
/// # Errors
/// When it cannot be read or contradicts itself.
pub(crate) fn read_framework(path: &Path) -> Result<Framework, Error> {
    let text = settings_text(path)?;
    Framework::parse(&text).map_err(|e| Error::new(path, Cause::Framework(e)))
}

/// Lays texts of the user's own over the built-in ones.
///
/// `own` is a framework of the user's own.
pub(crate) fn with_patch(
    base: Option<Advice>,
    patch: Option<&AdvicePatch>,
    path: Option<&Path>,
    given: Option<&Framework>,
) -> Result<Option<Advice>, Error> {
    let Some(patch) = patch else { return Ok(base) };
    let newest = Framework::usual();
    let year = patch.framework().or(given.map(|given| given.year)).or(newest.map(|framework| framework.year));
    let framework =
        given.filter(|given| Some(given.year) == year).or_else(|| Framework::built_in(year?).map(Arc::as_ref));
    let Some(framework) = framework.or(newest.map(Arc::as_ref)) else { return Ok(base) };
    let base = base.as_ref().unwrap_or_else(|| Advice::built_in());
    let named = path.unwrap_or(Path::new(PROFILE_NAME));
    patch.apply(base, framework).map(Some).map_err(|e| Error::new(named, Cause::Advice(e)))
}
