//! What stands in a cell, as a text.

use crate::read::Value;

/// A value as a text: numbers in their shortest form, dates as serial numbers of days.
pub(super) fn value_text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number { value, .. } => value.normalize().to_string(),
        Value::Date(day) => day.map(|day| day.serial().to_string()).unwrap_or_default(),
        Value::Bool(value) => value.to_string(),
        Value::Error(error) => error.clone(),
        Value::Formula => String::new(),
    }
}
