//! Names between their spellings: `APPLICATION_ID`, `application-id`, `Application Id`, `applicationId`.

/// Lower camel case of words parted by blanks, dashes or underscores.
pub fn camel(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split([' ', '-', '_', '\n', '\t']).filter(|word| !word.is_empty()) {
        let mut characters = word.chars();
        if let Some(first) = characters.next() {
            if out.is_empty() {
                out.extend(first.to_lowercase());
            } else {
                out.extend(first.to_uppercase());
            }
            out.push_str(characters.as_str());
        }
    }
    out
}

/// Lower camel case of an upper-case name with underscores.
pub fn camel_of_marker(marker: &str) -> String {
    camel(&marker.to_ascii_lowercase())
}

/// Kebab case of a title: its letters and digits in lower case, with one dash for whatever parts them.
pub fn kebab(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(&word.to_lowercase());
    }
    out
}

/// The anchor that upstream pages give a title: lower case, blanks and underscores as dashes, nothing else changed.
pub fn anchor(title: &str) -> String {
    title.to_lowercase().replace([' ', '_'], "-")
}

/// Lower camel case of a title whose words may be acronyms: `API Token` is `apiToken`.
pub fn camel_of_title(title: &str) -> String {
    let mut words = kebab(title);
    words = camel(&words);
    words
}

/// A title of a dashed or camel-case name: `Application Api Token`.
pub fn title_of_camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if out.is_empty() {
            out.extend(character.to_uppercase());
        } else {
            if character.is_uppercase() {
                out.push(' ');
            }
            out.push(character);
        }
    }
    out
}

/// Snake case of lower camel case: `getLogEntries` is `get_log_entries`.
pub fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(character.to_lowercase());
    }
    out
}

/// Lower camel case in dashes: `accessTokenPatch` is `access-token-patch`.
pub fn dashed(name: &str) -> String {
    snake(name).replace('_', "-")
}

/// Whether a text is a name by which schemas refer to each other; unlike titles it starts with a small letter. It is in
/// camel case, or in dashes throughout.
pub fn is_definition(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && (!text.contains('-') || dashed(&camel(text)) == text)
}

/// The words of titles that are not spelled with one capital.
const OTHERWISE: &[&str] = &["API", "DCR", "ID", "IDs", "MQTT", "OAuth", "SAML", "SSO", "or"];

/// Whether every word has one capital, in front, but for those that upstream spells otherwise.
pub fn is_spelled(words: &str) -> bool {
    words.split([' ', '-', '/']).all(|word| {
        let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
        let rest = word.chars().skip(1).all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        OTHERWISE.contains(&word) || (capital && rest)
    })
}

/// The title of an action's name: each word with a capital, but for small ones behind the first.
pub fn title_of_action(name: &str) -> String {
    const SMALL: &[&str] =
        &["A", "An", "And", "As", "At", "But", "By", "For", "From", "In", "Of", "On", "Or", "The", "To", "With"];
    let title = title_of_camel(name);
    let small =
        |(at, word): (usize, &str)| if at > 0 && SMALL.contains(&word) { word.to_lowercase() } else { word.to_owned() };
    title.split(' ').enumerate().map(small).collect::<Vec<_>>().join(" ")
}

/// Whether a text is a name that an action or a parameter can have.
pub fn is_identifier(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_between_spellings() {
        assert_eq!(camel("application-api-token"), "applicationApiToken");
        assert_eq!(camel("Most Recent by Severity"), "mostRecentBySeverity");
        assert_eq!(camel("Sso Domain"), "ssoDomain");
        assert_eq!(camel_of_marker("DATA_TABLE_ID"), "dataTableId");
        assert_eq!(kebab("Access Token Patch"), "access-token-patch");
        assert_eq!(anchor("API Token_x"), "api-token-x");
        assert_eq!(camel_of_title("API Token"), "apiToken");
        assert_eq!(title_of_camel("applicationApiToken"), "Application Api Token");
        assert_eq!(snake("getLogEntries"), "get_log_entries");
        assert!(is_definition("email-verification") && !is_definition("Error") && !is_definition("a b"));
        assert_eq!(title_of_action("mostRecentBySeverity"), "Most Recent by Severity");
        assert!(is_spelled("Insert/Update API Token") && is_spelled("Multi-Factor IDs"));
        assert!(!is_spelled("access token") && !is_spelled("Access TOKEN") && !is_spelled("Access  Token"));
        assert!(is_identifier("_actions") && !is_identifier("a-b") && !is_identifier(""));
    }
}
