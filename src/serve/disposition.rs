//! The header that gives a download its name, in any script.

/// Names that hold nothing but what every program reads stand as they are; others a second time, byte by byte.
pub(super) fn attachment(name: &str) -> String {
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    if plain == name {
        return format!("attachment; filename=\"{plain}\"");
    }
    let coded: String = name
        .bytes()
        .map(|byte| {
            let c = char::from(byte);
            if c.is_ascii_alphanumeric() || "-._".contains(c) { c.to_string() } else { format!("%{byte:02X}") }
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{coded}")
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._ ()".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_in_any_script_and_ends_no_header() {
        for (name, header) in [
            ("a-itasheet (2).xlsx", "attachment; filename=\"a-itasheet (2).xlsx\""),
            ("ก.csv", "attachment; filename=\"_.csv\"; filename*=UTF-8''%E0%B8%81.csv"),
            ("a\"\r\nb", "attachment; filename=\"a___b\"; filename*=UTF-8''a%22%0D%0Ab"),
        ] {
            assert_eq!(attachment(name), header);
        }
    }
}
