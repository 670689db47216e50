//! The build script: the domain data is written as TOML and read at every start as JSON, which takes a tenth of the time;
//! for Windows, the program's icon and version.

#[path = "build/windows.rs"]
mod windows;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders whose TOML files are compiled in.
const FOLDERS: [&str; 10] = [
    "advice",
    "domain",
    "error",
    "finding",
    "framework",
    "recognise",
    "app/cli",
    "app/reference",
    "serve/page",
    "write/printed",
];

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::var("OUT_DIR")?;
    println!("cargo::rerun-if-changed=src/build");
    for folder in FOLDERS {
        let source = Path::new("src").join(folder);
        println!("cargo::rerun-if-changed={}", source.display());
        fs::create_dir_all(Path::new(&out).join(folder))?;
        let mut paths: Vec<PathBuf> =
            fs::read_dir(source)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        paths.sort();
        if folder == "framework" {
            fs::write(Path::new(&out).join("years.rs"), years(&paths))?;
        }
        for path in paths {
            if path.extension().is_some_and(|extension| extension == "toml") {
                let data: toml::Table =
                    toml::from_str(&fs::read_to_string(&path)?).map_err(|e| format!("{}: {e}", path.display()))?;
                let json = path.with_extension("json");
                let name = json.file_name().ok_or_else(|| format!("{} has no name", json.display()))?;
                fs::write(Path::new(&out).join(folder).join(name), serde_json::to_string(&data)?)?;
            }
        }
    }
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "windows") {
        windows::link(Path::new(&out))?;
    }
    Ok(())
}

/// The years that there are frameworks of, oldest first, as a list of Rust: the year, what is compiled in, the file as written.
fn years(paths: &[PathBuf]) -> String {
    let year = |path: &PathBuf| path.file_stem()?.to_str()?.parse::<u16>().ok();
    let entries = paths.iter().filter_map(|path| {
        let year = year(path)?;
        Some(format!(
            "({year}, include_str!(concat!(env!(\"OUT_DIR\"), \"/framework/{year}.json\")), \
             include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/src/framework/{year}.toml\"))),\n"
        ))
    });
    format!("&[\n{}]\n", entries.collect::<String>())
}
