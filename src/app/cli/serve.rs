//! The arguments of `serve`.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use clap::Args;

use crate::app::cli::reading::ReadArgs;
use crate::app::cli::{Environment, Lang};
use crate::config::{CREATED, Config};
use crate::domain::language::Language;
use crate::serve::{PageLimits, ServeOptions};

pub(super) const EXAMPLES: &str = "\
Examples:
  itasheet serve                   open the page in the browser; the button on it, or Ctrl-C, ends the program
  itasheet serve --no-open --port 8080

Exit codes: 0 the page was ended, 2 it could not be started.";

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Port of the page (one that is free if not given)
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Print the address of the page and open no browser
    #[arg(long)]
    no_open: bool,
    /// Address to listen on, of this machine alone
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// Language of the page and of messages (Thai, and by the system's locale, if not given)
    #[arg(long, value_enum)]
    lang: Option<Lang>,
    #[command(flatten)]
    bounds: BoundArgs,
    #[command(flatten)]
    read: ReadArgs,
}

/// How long things may take, in seconds, and how many there may be.
#[derive(Debug, Args)]
struct BoundArgs {
    /// Time for the head of a request
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..), hide = true)]
    head_seconds: u64,
    /// Time without a byte
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..), hide = true)]
    stalled_seconds: u64,
    /// Time for a file to be sent
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..), hide = true)]
    sending_seconds: u64,
    /// Time until the program ends after the last page was closed
    #[arg(long, value_name = "SECONDS", default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..), hide = true)]
    idle_seconds: u64,
    /// Time for which results are kept
    #[arg(long, value_name = "SECONDS", default_value_t = 3_600, value_parser = clap::value_parser!(u64).range(1..), hide = true)]
    kept_seconds: u64,
    /// Files that are kept at a time
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..), hide = true)]
    kept_files: u32,
}

impl ServeArgs {
    /// What the page is started with, the settings of files, and the language of the terminal.
    pub fn into_options(self, environment: &Environment) -> (ServeOptions, Config, Language) {
        let language = environment.language(self.lang);
        let config = Config {
            created: environment.created.unwrap_or(CREATED),
            // Each file has a process for itself: none needs a trial.
            read: self.read.options(None),
            ..Config::default()
        };
        let seconds = Duration::from_secs;
        let limits = PageLimits {
            head: seconds(self.bounds.head_seconds),
            stalled: seconds(self.bounds.stalled_seconds),
            body: seconds(self.bounds.sending_seconds),
            idle: seconds(self.bounds.idle_seconds),
            results: seconds(self.bounds.kept_seconds),
            kept_files: usize::try_from(self.bounds.kept_files).unwrap_or(usize::MAX),
            ..PageLimits::default()
        };
        let (address, port, open) = (self.address, self.port, !self.no_open);
        let of_page = self.lang.map_or(Language::Thai, Language::from);
        let workers = environment.processors;
        (ServeOptions { address, port, open, workers, limits, language: of_page }, config, language)
    }
}
