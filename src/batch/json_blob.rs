//! A value kept as the text of its JSON: thousands of results fit in little memory.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A `T` as JSON. It is written into a file as `T` itself would be.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JsonBlob<T> {
    json: Box<RawValue>,
    #[serde(skip)]
    of: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned> JsonBlob<T> {
    /// Packs a value; nothing where it cannot be written as JSON.
    pub fn new(value: &T) -> Option<Self> {
        let json = serde_json::value::to_raw_value(value).ok()?;
        Some(Self { json, of: PhantomData })
    }

    /// The value; nothing where another version of this program has written what this one cannot read.
    pub fn get(&self) -> Option<T> {
        serde_json::from_str(self.json.get()).ok()
    }
}
