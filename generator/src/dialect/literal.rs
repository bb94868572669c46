//! JavaScript literals as Node prints them: JSON values with bare keys and three kinds of quotes.

use serde_json::{Map, Value};

use super::json::JsonError;

/// Deeper nesting than this is an attack; the reader of JSON texts has the same bound.
const DEEPEST: usize = 128;

type Result<T> = std::result::Result<T, JsonError>;

/// Reads the literal at the start of a text; gives its value and the byte behind it.
pub(super) fn parse(text: &str) -> Result<(Value, usize)> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0)?;
    Ok((value, reader.at))
}

/// What stands in for the rest of a value where Node shortens it.
const SHORTENED: &[&str] = &["[Object", "[Array", "[Circular", "[Function", "[Getter", "...", "<"];

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn fail<T>(&self, at: usize, message: impl Into<String>) -> Result<T> {
        Err(JsonError { message: message.into(), at: at.min(self.text.len()), duplicate: false })
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\n', '\t']).len();
    }

    /// Passes over a character, if it is the next one.
    fn takes(&mut self, character: char) -> bool {
        let found = self.rest().starts_with(character);
        if found {
            self.at += character.len_utf8();
        }
        found
    }

    fn value(&mut self, depth: usize) -> Result<Value> {
        self.blanks();
        if depth > DEEPEST {
            return self.fail(self.at, format!("values are nested more than {DEEPEST} deep"));
        }
        if SHORTENED.iter().any(|mark| self.rest().starts_with(mark)) {
            return self.fail(self.at, "the value was shortened when it was printed");
        }
        match self.peek() {
            None => self.fail(self.at, "the literal ends here, within a value"),
            Some('{') => self.object(depth),
            Some('[') => self.array(depth),
            Some('\'' | '"' | '`') => self.joined_strings().map(Value::String),
            Some('-' | '0'..='9') => self.number(),
            Some(_) => self.word(),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value> {
        let open = self.at;
        self.at += 1;
        let mut map = Map::new();
        loop {
            self.blanks();
            if self.takes('}') {
                return Ok(Value::Object(map));
            }
            let start = self.at;
            let key = self.key(open)?;
            if map.contains_key(&key) {
                let message = format!("the key stands twice in one object: `{}`", super::link::clip(&key));
                return Err(JsonError { message, at: start, duplicate: true });
            }
            self.blanks();
            if !self.takes(':') {
                return self.fail(self.at, "a key is followed by a colon");
            }
            let value = self.value(depth + 1)?;
            map.insert(key, value);
            self.separator('}')?;
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.blanks();
            if self.takes(']') {
                return Ok(Value::Array(items));
            }
            items.push(self.value(depth + 1)?);
            self.separator(']')?;
        }
    }

    /// Between two entries stands a comma, and behind the last one none.
    fn separator(&mut self, close: char) -> Result<()> {
        self.blanks();
        let comma = self.at;
        if !self.takes(',') {
            let closed = self.rest().starts_with(close);
            return if closed { Ok(()) } else { self.fail(self.at, format!("here stands a comma or `{close}`")) };
        }
        self.blanks();
        if self.rest().starts_with(close) { self.fail(comma, "behind this comma stands nothing") } else { Ok(()) }
    }

    fn key(&mut self, open: usize) -> Result<String> {
        let start = self.at;
        match self.peek() {
            None => self.fail(open, "this object is never closed"),
            Some('\'' | '"') => self.string(),
            Some(first) if first.is_ascii_alphabetic() || first == '_' || first == '$' => {
                let rest = self.rest();
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '$');
                let key = &rest[..end.unwrap_or(rest.len())];
                self.at += key.len();
                Ok(key.to_owned())
            }
            Some(_) => self.fail(start, "this is no key"),
        }
    }

    /// Older versions of Node part long strings with `+`.
    fn joined_strings(&mut self) -> Result<String> {
        let mut text = self.string()?;
        loop {
            let end = self.at;
            self.blanks();
            if !self.takes('+') {
                self.at = end;
                return Ok(text);
            }
            self.blanks();
            match self.peek() {
                Some('\'' | '"' | '`') => text.push_str(&self.string()?),
                _ => return self.fail(self.at, "behind `+` stands another string"),
            }
        }
    }

    fn string(&mut self) -> Result<String> {
        let open = self.at;
        let Some(quote) = self.peek() else { return self.fail(open, "here stands a string") };
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let Some(end) = rest.find([quote, '\\', '\n', '$']) else {
                return self.fail(open, "this string is never closed");
            };
            text.push_str(&rest[..end]);
            self.at += end;
            let template = quote == '`';
            match rest[end..].chars().next() {
                Some('\\') => self.escape(quote, &mut text)?,
                Some('\n') if !template => return self.fail(open, "this string is never closed"),
                Some('$') if template && rest[end..].starts_with("${") => {
                    return self.fail(self.at, "a string that is put together by code");
                }
                Some(other) if other == quote => {
                    self.at += 1;
                    return Ok(text);
                }
                other => {
                    text.extend(other);
                    self.at += 1;
                }
            }
        }
    }

    fn escape(&mut self, quote: char, text: &mut String) -> Result<()> {
        let start = self.at;
        self.at += 1;
        let Some(letter) = self.peek() else { return self.fail(start, "the literal ends within a string") };
        self.at += letter.len_utf8();
        text.push(match letter {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{C}',
            'v' => '\u{B}',
            '0' if !self.rest().starts_with(|c: char| c.is_ascii_digit()) => '\0',
            // Node escapes no other mark.
            '\\' => letter,
            _ if letter == quote => letter,
            'x' => {
                let code = self.hexadecimal(start, 2)?;
                char::from_u32(code).unwrap_or('\u{FFFD}')
            }
            'u' => self.unicode(start)?,
            _ => return self.fail(start, "this escape is not known"),
        });
        Ok(())
    }

    /// What follows `\u`: four digits, twice for a character beyond them, or any number of digits in braces.
    fn unicode(&mut self, start: usize) -> Result<char> {
        let code = if self.takes('{') {
            let digits = self.rest().find('}').filter(|count| (1..=6).contains(count));
            let Some(digits) = digits else { return self.fail(start, "this escape is not closed") };
            let code = self.hexadecimal(start, digits)?;
            self.at += 1;
            code
        } else {
            let high = self.hexadecimal(start, 4)?;
            if (0xD800..0xDC00).contains(&high) && self.rest().starts_with("\\u") {
                self.at += 2;
                let low = self.hexadecimal(start, 4)?;
                let pair = (0xDC00..0xE000).contains(&low).then(|| 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00));
                pair.unwrap_or(high)
            } else {
                high
            }
        };
        match char::from_u32(code) {
            Some(character) => Ok(character),
            None => self.fail(start, "half a character, which no text can hold"),
        }
    }

    fn hexadecimal(&mut self, start: usize, digits: usize) -> Result<u32> {
        let text = self.rest().get(..digits).filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(code) = text.and_then(|text| u32::from_str_radix(text, 16).ok()) else {
            return self.fail(start, "this escape needs hexadecimal digits");
        };
        self.at += digits;
        Ok(code)
    }

    fn number(&mut self) -> Result<Value> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c)).unwrap_or(rest.len());
        match serde_json::from_str(&rest[..end]) {
            Ok(number @ Value::Number(_)) => {
                self.at += end;
                Ok(number)
            }
            _ => self.fail(self.at, format!("`{}` is no number of JSON", super::link::clip(&rest[..end]))),
        }
    }

    fn word(&mut self) -> Result<Value> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let value = match &rest[..end] {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            "" => return self.fail(self.at, "here stands a value"),
            other => return self.fail(self.at, format!("`{}` is no value of JSON", super::link::clip(other))),
        };
        self.at += end;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::parse;

    #[test]
    fn reads_what_node_prints() {
        let cases = [
            ("{}", json!({})),
            ("[]", json!([])),
            (
                "{ '$schema': 'x', type: [ 'a', 'b' ], $id: { _b: null } }",
                json!({"$schema": "x", "type": ["a", "b"], "$id": {"_b": null}}),
            ),
            ("[ 0, -1, 2.5, 1e+21, -1.5e-7, true, false ]", json!([0, -1, 2.5, 1e21, -1.5e-7, true, false])),
            (r#"[ 'it\'s', "it's", `a 'b' "c"` ]"#, json!(["it's", "it's", "a 'b' \"c\""])),
            (r"[ '\\d\n\t\x1B', '\u00e9\u{1F600}\uD83D\uDE00' ]", json!(["\\d\n\t\u{1B}", "é😀😀"])),
            ("{ 'a-b': 'one ' +\n  'two' + \"!\" }", json!({"a-b": "one two!"})),
            ("[ '$', '${x}', `$1` ]", json!(["$", "${x}", "$1"])),
            ("{\n  a: 1,\n  b: [ 2 ]\n}", json!({"a": 1, "b": [2]})),
        ];
        for (text, value) in cases {
            assert_eq!(parse(&format!("{text} }} />")), Ok((value, text.len())), "{text}");
        }
        assert_eq!(parse(" 'x' +").map_err(|error| error.at), Err(6));
    }

    /// The byte at which each of these goes wrong.
    #[test]
    fn says_where_it_goes_wrong() {
        let cases = [
            ("", 0),
            ("{ a: }", 5),
            ("{ a 1 }", 4),
            ("{ a: 1 b: 2 }", 7),
            ("{ a: 1, a: 2 }", 8),
            ("{ 1: 2 }", 2),
            ("{ a: 'x }", 5),
            ("{ a: { b: 1 }", 13),
            ("[ 1, , 2 ]", 5),
            ("{ a: [ 2, ] }", 8),
            ("{ a: 1, }", 6),
            ("[ 01 ]", 2),
            ("[ NaN ]", 2),
            ("[ -Infinity ]", 2),
            ("[ undefined ]", 2),
            ("{ a: [Object] }", 5),
            ("[ 1, ... 3 more items ]", 5),
            ("[ <1 empty item> ]", 2),
            ("[ `${x}` ]", 3),
            (r"[ '\q' ]", 3),
            (r"[ '\uD83D' ]", 3),
            (r"[ '\xé' ]", 3),
            ("[ new Date() ]", 2),
            ("[ 'a\nb' ]", 2),
        ];
        for (text, at) in cases {
            let error = parse(text).expect_err(text);
            assert_eq!(error.at, at, "{text}: {}", error.message);
            assert_eq!(error.duplicate, text.starts_with("{ a: 1, a"), "{text}");
        }
    }

    #[test]
    fn deep_and_long_literals_end() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(&nested(120)).is_ok());
        assert!(parse(&nested(130)).is_err() && parse(&"{a:".repeat(1_000_000)).is_err());
        let long = format!("[{}'a']", "'a', ".repeat(199_999));
        assert!(matches!(parse(&long), Ok((Value::Array(items), _)) if items.len() == 200_000));
    }
}
