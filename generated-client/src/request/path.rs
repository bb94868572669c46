//! Paths: each argument becomes exactly one segment, whatever it holds. Touches nothing.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986; for path segments and for query names and values.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Writes a text so that nothing in it means anything to a URL.
pub(super) fn encode(text: &str, to: &mut String) {
    to.extend(utf8_percent_encode(text, RESERVED));
}

/// Whether a template is that of a path; the documented ones are.
pub(super) fn check(template: &str) -> Result<(), &'static str> {
    if !template.starts_with('/') {
        return Err("the path must start with a slash");
    }
    if template.contains(['?', '#']) {
        return Err("the path cannot have a query or fragment in it");
    }
    Ok(())
}

/// A path template with its braces filled in order; the error names the parameter and not its value.
pub(super) fn fill(template: &str, args: &[&str]) -> Result<String, String> {
    let mut path = String::with_capacity(template.len() + 32);
    let mut args = args.iter();
    let mut rest = template;
    while let Some((literal, tail)) = rest.split_once('{') {
        let (name, tail) = tail.split_once('}').ok_or("the path has a brace that is not closed")?;
        let value = args.next().ok_or_else(|| format!("the path parameter {name} is missing"))?;
        match *value {
            "" => return Err(format!("the path parameter {name} is empty")),
            // URL parsers take these for steps through the path, encoded or not: another route would be called.
            "." | ".." => return Err(format!("the path parameter {name} is a dot segment")),
            _ => {}
        }
        path.push_str(literal);
        encode(value, &mut path);
        rest = tail;
    }
    if args.next().is_some() {
        return Err("the path has fewer parameters than arguments were given".to_owned());
    }
    path.push_str(rest);
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::{check, fill};

    #[test]
    fn arguments_are_single_segments() {
        let one = |value: &str| fill("/a/{x}/b", &[value]);
        assert_eq!(one("575ec8687ae143cd83dc4a97").as_deref(), Ok("/a/575ec8687ae143cd83dc4a97/b"));
        assert_eq!(one("a/b?c#d").as_deref(), Ok("/a/a%2Fb%3Fc%23d/b"));
        assert_eq!(one("100%25").as_deref(), Ok("/a/100%2525/b"));
        assert_eq!(one("%2e%2e").as_deref(), Ok("/a/%252e%252e/b"));
        assert_eq!(one("...").as_deref(), Ok("/a/.../b"));
        assert_eq!(one("é日😀").as_deref(), Ok("/a/%C3%A9%E6%97%A5%F0%9F%98%80/b"));
        assert_eq!(one("\0\t\r\n").as_deref(), Ok("/a/%00%09%0D%0A/b"));
        assert_eq!(
            one("!*'();:@$,[]~-_.=&+\\").as_deref(),
            Ok("/a/%21%2A%27%28%29%3B%3A%40%24%2C%5B%5D~-_.%3D%26%2B%5C/b")
        );
        assert_eq!(one("{y}").as_deref(), Ok("/a/%7By%7D/b"));
        assert_eq!(fill("/a/{x}/{y}", &["1", "2"]).as_deref(), Ok("/a/1/2"));
        assert_eq!(fill("/a", &[]).as_deref(), Ok("/a"));
    }

    #[test]
    fn what_would_change_the_route_is_refused() {
        for value in ["", ".", ".."] {
            let fault = fill("/a/{x}/b", &[value]).expect_err("refused");
            assert!(fault.contains(" x "), "{fault}");
        }
        for (template, args) in [("/{a", &["1"][..]), ("/{a}", &[]), ("/a", &["1"])] {
            assert!(fill(template, args).is_err(), "{template}");
        }
        for template in ["", "a", "/a?b", "/a#b"] {
            assert!(check(template).is_err(), "{template}");
        }
        assert_eq!(check("/a/{b}"), Ok(()));
    }
}
