//! Patterns as regular expressions that need no leniency.

/// A pattern that every engine reads, with Unicode mode or without: braces that bound no repetition are escaped.
pub(super) fn portable(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    let mut in_class = false;
    while let Some(character) = rest.chars().next() {
        let repeats = repetition(rest);
        match character {
            '\\' => {
                let escaped = rest.chars().take(2).map(char::len_utf8).sum();
                out.push_str(&rest[..escaped]);
                rest = &rest[escaped..];
                continue;
            }
            '{' if !in_class && !out.is_empty() && repeats > 0 => {
                out.push_str(&rest[..repeats]);
                rest = &rest[repeats..];
                continue;
            }
            '{' | '}' if !in_class => out.push('\\'),
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        out.push(character);
        rest = &rest[character.len_utf8()..];
    }
    out
}

/// The length of a repetition such as `{2,5}` at the start of a text; 0 where there is none.
fn repetition(text: &str) -> usize {
    let Some((inner, _)) = text.strip_prefix('{').and_then(|rest| rest.split_once('}')) else { return 0 };
    let (least, most) = inner.split_once(',').unwrap_or((inner, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !least.is_empty() && digits(least) && digits(most) { inner.len() + 2 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_by_every_engine() {
        assert_eq!(portable(".*{{.+}}.*"), r".*\{\{.+\}\}.*");
        assert_eq!(portable(r"^[A-F\d]{24}$"), r"^[A-F\d]{24}$");
        assert_eq!(portable(r"a{1,}b{2,3}[{}]\{"), r"a{1,}b{2,3}[{}]\{");
    }
}
