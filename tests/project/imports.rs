//! Which file of `src` uses which: every `use` and every path in code, followed through re-exports to the file that
//! holds the thing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::support::project;

/// A file of `src` with its module and its code, without comments and tests.
pub struct Source {
    /// Its path from the project, with slashes.
    pub path: String,
    /// Its module, such as `read::formats::html`; empty for `lib.rs`.
    pub module: Vec<String>,
    pub code: String,
}

/// Where a file uses another.
pub struct Import {
    pub from: String,
    pub to: String,
    /// The path as it is written.
    pub written: String,
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// All files of the library and the executable; unit tests in files of their own are none of them.
pub fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    rust_files(&project().join("src"), &mut paths);
    paths.sort();
    let names = paths
        .into_iter()
        .map(|path| path.strip_prefix(project()).unwrap().to_string_lossy().replace('\\', "/"))
        .filter(|path| !path.ends_with("_tests.rs"));
    names.map(source).collect()
}

fn source(path: String) -> Source {
    let text = std::fs::read_to_string(project().join(&path)).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut module: Vec<String> =
        path.trim_start_matches("src/").trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|name| name == "mod" || name == "lib") {
        module.pop();
    }
    Source { path, module, code }
}

/// The paths that a `use` tree names: `a::{b, c::d}` names two.
fn leaves(tree: &str, before: &[&str], found: &mut Vec<String>) {
    let tree = tree.trim();
    let Some((head, rest)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default().trim();
        let mut names: Vec<&str> = before.iter().copied().chain(path.split("::")).collect();
        names.retain(|name| !name.is_empty() && *name != "self");
        found.push(names.join("::"));
        return;
    };
    let inside = rest.rsplit_once('}').map_or(rest, |(inside, _)| inside);
    let before: Vec<&str> =
        before.iter().copied().chain(head.trim().split("::")).filter(|name| !name.is_empty()).collect();
    let (mut depth, mut start) = (0, 0);
    for (at, c) in inside.char_indices().chain([(inside.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let part = inside.get(start..at).unwrap_or_default();
                if !part.trim().is_empty() {
                    leaves(part, &before, found);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// The trees behind `use` in a file's code, and whether each is public.
fn use_trees(code: &str) -> Vec<(bool, String)> {
    let mut trees = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find("use ") {
        let before = rest.get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default().trim();
        let Some((tree, after)) = rest.get(at + 4..).unwrap_or_default().split_once(';') else { break };
        if line.is_empty() || (line.starts_with("pub") && line.split(' ').count() == 1) {
            trees.push((line.starts_with("pub"), tree.replace('\n', " ")));
            rest = after;
        } else {
            rest = rest.get(at + 4..).unwrap_or_default();
        }
    }
    trees
}

/// Paths such as `crate::read::Limits` that code names without `use`.
fn inline_paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in ["crate::", "super::"] {
        for (at, _) in code.match_indices(word) {
            let before = code.get(..at).and_then(|text| text.chars().next_back());
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let path: String = code
                .get(at..)
                .unwrap_or_default()
                .chars()
                .take_while(|c| c.is_alphanumeric() || "_:".contains(*c))
                .collect();
            found.push(path.trim_end_matches(':').to_owned());
        }
    }
    found
}

/// Module names to files, and what each file gives on from others.
struct Modules {
    files: BTreeMap<Vec<String>, String>,
    given_on: BTreeMap<(String, String), String>,
}

impl Modules {
    fn new(sources: &[Source]) -> Self {
        let files = sources.iter().map(|source| (source.module.clone(), source.path.clone())).collect();
        let mut modules = Self { files, given_on: BTreeMap::new() };
        for source in sources {
            for (_, tree) in use_trees(&source.code).into_iter().filter(|(public, _)| *public) {
                let mut paths = Vec::new();
                leaves(&tree, &[], &mut paths);
                for path in paths {
                    let name = path.rsplit("::").next().unwrap_or_default().to_owned();
                    if let Some(file) = modules.file(&source.module, &path) {
                        modules.given_on.insert((source.path.clone(), name), file);
                    }
                }
            }
        }
        modules
    }

    /// The file of the longest part of a path that is a module.
    fn file(&self, from: &[String], path: &str) -> Option<String> {
        let mut names: Vec<String> = from.to_vec();
        let mut parts = path.split("::").peekable();
        match parts.peek().copied()? {
            "crate" => {
                names.clear();
                parts.next();
            }
            "super" => {
                while parts.next_if_eq(&"super").is_some() {
                    names.pop();
                }
            }
            child => {
                names.push(child.to_owned());
                if !self.files.contains_key(&names) {
                    return None;
                }
                parts.next();
            }
        }
        names.extend(parts.map(str::to_owned));
        (1..=names.len()).rev().find_map(|length| self.files.get(names.get(..length)?)).cloned()
    }

    /// The file that holds what a path names: where a module only gives it on, the one that it is from.
    fn holder(&self, from: &[String], path: &str) -> Option<String> {
        let mut file = self.file(from, path)?;
        let mut seen = BTreeSet::new();
        while seen.insert(file.clone()) {
            let next = path.split("::").filter_map(|name| self.given_on.get(&(file.clone(), name.to_owned()))).last();
            match next {
                Some(next) => file.clone_from(next),
                None => break,
            }
        }
        Some(file)
    }
}

/// Every use of one file by another. A file may name its own room's `mod.rs`: that is no import of another file.
pub fn imports(sources: &[Source]) -> Vec<Import> {
    let modules = Modules::new(sources);
    let mut imports = Vec::new();
    for source in sources {
        let mut paths = inline_paths(
            &source.code.lines().filter(|line| !line.trim_start().starts_with("use ")).collect::<Vec<_>>().join("\n"),
        );
        for (_, tree) in use_trees(&source.code).into_iter().filter(|(public, _)| !public) {
            leaves(&tree, &[], &mut paths);
        }
        for path in paths {
            let Some(to) = modules.holder(&source.module, &path) else { continue };
            let room = to.strip_suffix("mod.rs").is_some_and(|folder| source.path.starts_with(folder));
            if to != source.path && !room {
                imports.push(Import { from: source.path.clone(), to, written: path });
            }
        }
    }
    imports
}

#[test]
fn trees_are_taken_apart_and_paths_are_found() {
    let mut found = Vec::new();
    leaves("crate::a::{self, b::{C, D as E}, f}", &[], &mut found);
    assert_eq!(found, ["crate::a", "crate::a::b::C", "crate::a::b::D", "crate::a::f"]);
    assert_eq!(inline_paths("let x = crate::a::b(super::C); mysuper::d"), ["crate::a::b", "super::C"]);
}
