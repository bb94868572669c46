//! The words that names are made of: how a text of the API falls into words, and what single words tell.

use heck::ToSnakeCase;

/// The words of a text, each in lower case; none only for the empty text.
pub fn words(text: &str) -> Vec<String> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return vec![text.to_owned()];
    }
    let readable = readable(text);
    let words: Vec<String> =
        readable.to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    if words.is_empty() { spelled_words(text) } else { words }
}

/// A text with everything spelled that would get lost between its words.
fn readable(text: &str) -> String {
    let mut readable = String::new();
    let mut before = None;
    for char in text.chars() {
        match char {
            '*' if matches!(before, Some('.' | ':' | '/')) => readable.push_str("any"),
            _ if char.is_ascii_alphanumeric() => readable.push(char),
            _ if char.is_ascii() => readable.push(' '),
            _ if char.is_alphanumeric() => readable.extend([" ", &format!("U{:04X}", u32::from(char)), " "]),
            _ => readable.push(' '),
        }
        before = Some(char);
    }
    readable
}

/// The words of a text with its punctuation spelled.
pub(super) fn spelled_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for char in text.chars() {
        if char.is_ascii_alphanumeric() {
            match words.last_mut() {
                Some(word) if open => word.push(char.to_ascii_lowercase()),
                _ => words.push(char.to_ascii_lowercase().to_string()),
            }
            open = true;
        } else {
            let word = match char {
                '*' => "any",
                '$' => "dollar",
                '<' => "less",
                '>' => "greater",
                '=' => "equal",
                '!' => "not",
                '+' => "plus",
                '-' => "minus",
                '/' => "slash",
                '\\' => "backslash",
                '%' => "percent",
                '&' => "and",
                '|' => "or",
                '^' => "caret",
                '~' => "tilde",
                '#' => "hash",
                '@' => "at",
                '?' => "question",
                '.' => "dot",
                ',' => "comma",
                ':' => "colon",
                ' ' => "space",
                '_' => "underscore",
                _ => "",
            };
            words.push(if word.is_empty() { format!("u{:04x}", u32::from(char)) } else { word.to_owned() });
            open = false;
        }
    }
    if words.is_empty() { vec!["empty".to_owned()] } else { words }
}

/// The words of one thing of many: only the last one changes.
pub fn singular(mut words: Vec<String>) -> Vec<String> {
    if let Some(last) = words.last_mut() {
        *last = singular_word(last);
    }
    words
}

fn singular_word(word: &str) -> String {
    const UNCHANGED: &[&str] = &[
        "series", "news", "previous", "status", "alias", "canvas", "gps", "dns", "https", "tls", "aws", "sms", "sqs",
        "kms", "os",
    ];
    if UNCHANGED.contains(&word) {
        return word.to_owned();
    }
    let cut = |end: &str| word.strip_suffix(end).filter(|rest| rest.len() > 1);
    if let Some(rest) = cut("ies") {
        format!("{rest}y")
    } else if let Some(rest) = word.strip_suffix("axes") {
        format!("{rest}axis")
    } else if let Some(rest) = word.strip_suffix("children") {
        format!("{rest}child")
    } else if let Some(rest) = cut("es").filter(|rest| {
        rest.ends_with(["s", "x", "z"].map(|end| end.chars().next().unwrap_or('s')))
            || rest.ends_with("ch")
            || rest.ends_with("sh")
    }) {
        // `databases` has its `e` before the plural; `statuses` has not.
        if rest.ends_with("as") || rest.ends_with("ns") || rest.ends_with("rs") || rest.ends_with("iz") {
            format!("{rest}e")
        } else {
            rest.to_owned()
        }
    } else if let Some(rest) = cut("s").filter(|rest| !rest.ends_with(['s', 'u', 'i'])) {
        rest.to_owned()
    } else {
        word.to_owned()
    }
}

/// Whether a text field under this name must not be seen by chance.
pub fn is_secret(wire: &str) -> bool {
    let words = words(wire);
    let ends = |end: &[&str]| words.len() >= end.len() && words[words.len() - end.len()..].iter().eq(end);
    // Keys that open something; others are names, such as those of tags.
    let keys = ["account", "api", "auth", "encryption", "private", "secret", "shared", "signing", "ssl"];
    // What carries a secret under another name: `keyUri` is that of an authenticator app.
    let pairs = [
        ["key", "json"],
        ["key", "uri"],
        ["factor", "code"],
        ["saml", "response"],
        ["secret", "value"],
        ["verification", "code"],
    ];
    ["token", "password", "secret", "passphrase", "signature"].iter().any(|word| ends(&[word]))
        || keys.iter().any(|kind| ends(&[kind, "key"]))
        || pairs.iter().any(|pair| ends(pair))
        || ends(&["secret", "access", "key"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_many() {
        for (many, one) in [
            ("devices", "device"),
            ("policies", "policy"),
            ("statuses", "status"),
            ("status", "status"),
            ("addresses", "address"),
            ("series", "series"),
            ("matches", "match"),
            ("databases", "database"),
            ("licenses", "license"),
            ("children", "child"),
            ("class", "class"),
            ("boxes", "box"),
            ("axis", "axis"),
            ("responses", "response"),
            ("data", "data"),
        ] {
            assert_eq!(singular_word(many), one);
        }
    }

    #[test]
    fn secrets_are_told_by_their_names() {
        for name in [
            "token",
            "accessToken",
            "password",
            "newPassword",
            "clientSecret",
            "client_secret",
            "apiKey",
            "keyJson",
            "secretValue",
            "sslKey",
            "twoFactorAuthKey",
            "twoFactorCode",
            "x-amz-signature",
            "privateKey",
            "secretAccessKey",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "tokenType",
            "accessKeyId",
            "key",
            "tokens",
            "passwordPolicy",
            "tokenTTL",
            "publicKey",
            "tagKey",
            "statusCode",
            "isPasswordProtected",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
