//! The domain data in the form in which it is compiled in: see `build.rs`.

use serde::de::DeserializeOwned;

/// A TOML file of `src`, named by its path without the ending, as the build script has put it.
macro_rules! embedded {
    ($file:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $file, ".json"))
    };
}

pub(crate) use embedded;

/// Reads compiled data, without which nothing works: no input has a part in it.
#[expect(clippy::expect_used, reason = "a test holds that every file can be read and says what its TOML says")]
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect("the data that is compiled in")
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::*;
    use crate::advice::{Advice, Units};
    use crate::framework::{Framework, Others, Topics};

    fn same<T: DeserializeOwned + Debug>(json: &str, toml: &str) {
        let compiled: T = read(json);
        let written: T = toml::from_str(toml).expect("the data as written");
        assert_eq!(format!("{compiled:?}"), format!("{written:?}"));
    }

    #[test]
    fn compiled_data_says_what_its_toml_says() {
        same::<Advice>(embedded!("advice/texts"), include_str!("../advice/texts.toml"));
        same::<Units>(embedded!("advice/roles"), include_str!("../advice/roles.toml"));
        // A year is a file in the folder.
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/framework");
        for framework in Framework::all_built_in() {
            let written = std::fs::read_to_string(folder.join(format!("{}.toml", framework.year))).expect("its file");
            let written: Framework = toml::from_str(&written).expect("the year as written");
            assert_eq!(format!("{framework:?}"), format!("{:?}", written.with_titles()));
        }
        same::<Topics>(embedded!("framework/topics"), include_str!("../framework/topics.toml"));
        same::<Others>(embedded!("framework/others"), include_str!("../framework/others.toml"));
        same::<serde_json::Value>(embedded!("error/catalogue"), include_str!("../error/catalogue.toml"));
        same::<serde_json::Value>(embedded!("error/details"), include_str!("../error/details.toml"));
        same::<serde_json::Value>(embedded!("finding/catalogue"), include_str!("../finding/catalogue.toml"));
        same::<serde_json::Value>(embedded!("app/cli/help"), include_str!("../app/cli/help.toml"));
        same::<serde_json::Value>(embedded!("app/reference/topics"), include_str!("../app/reference/topics.toml"));
        same::<serde_json::Value>(embedded!("serve/page/wording"), include_str!("../serve/page/wording.toml"));
        same::<serde_json::Value>(embedded!("write/printed/wording"), include_str!("../write/printed/wording.toml"));
        let words = include_str!("../recognise/vocabulary.toml");
        same::<serde_json::Value>(embedded!("recognise/vocabulary"), words);
    }
}
