//! Texts of the pages as documentation comments: nothing in them may be taken for a link, HTML or a test.

const WIDTH: usize = 110;

/// A text as lines of a documentation comment, without the space in front. Blank lines part paragraphs.
pub fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split("\n\n") {
        let words = words(paragraph);
        if words.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        wrap(&words, "", &mut lines);
    }
    lines
}

/// Markup that is documentation already, wrapped.
pub fn wrapped(markup: &str) -> Vec<String> {
    let mut lines = Vec::new();
    wrap(&pieces(markup), "", &mut lines);
    lines
}

/// A text as one item of a list.
pub fn item(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    wrap(&words(&text.replace("\n\n", " ")), "  ", &mut lines);
    if let Some(first) = lines.first_mut() {
        first.replace_range(..2, "- ");
    }
    lines
}

/// A value in code quotes, whatever it holds.
pub fn code(value: &str) -> String {
    let value: String = value.chars().map(|char| if is_visible(char) { char } else { ' ' }).collect();
    if value.is_empty() {
        return "``\"\"``".to_owned();
    }
    let longest = value.split(|char| char != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest > 0 || value.starts_with(' ') || value.ends_with(' ') {
        format!("{fence} {value} {fence}")
    } else {
        format!("{fence}{value}{fence}")
    }
}

fn wrap(words: &[String], indent: &str, lines: &mut Vec<String>) {
    let mut line = String::new();
    for word in words {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(format!("{indent}{line}"));
            line.clear();
        }
        if line.is_empty() {
            line.push_str(&at_line_start(word));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    if !line.is_empty() {
        lines.push(format!("{indent}{line}"));
    }
}

/// A word that begins a line must not begin a heading, a list, a quotation or a table.
fn at_line_start(word: &str) -> String {
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    if digits > 0 && word[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &word[..digits], &word[digits..]);
    }
    if word.starts_with(['#', '-', '+', '=', '|', '~', ':']) { format!("\\{word}") } else { word.to_owned() }
}

/// The words of a paragraph, escaped; a code span is kept as it is.
fn words(paragraph: &str) -> Vec<String> {
    let mut out = String::new();
    let mut rest = paragraph;
    while let Some(char) = rest.chars().next() {
        let step = if char == '`' {
            code_span(rest)
        } else if char == '[' {
            link(rest)
        } else {
            None
        };
        if let Some((text, length)) = step {
            out.push_str(&text);
            rest = &rest[length..];
            continue;
        }
        if rest.starts_with("http://") || rest.starts_with("https://") {
            let end =
                rest.find(|char: char| char.is_whitespace() || "<>()[]`\"'|".contains(char)).unwrap_or(rest.len());
            let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
            if url.chars().all(|char| is_visible(char) && char.is_ascii()) {
                out.extend(["<", url, ">"]);
            } else {
                out.push_str(&code(url));
            }
            rest = &rest[url.len()..];
            continue;
        }
        match char {
            // With a link behind it, it would be a picture.
            '!' if rest.starts_with("![") => out.push_str("\\!"),
            '\\' | '`' | '[' | ']' | '<' | '>' | '*' | '&' | '_' | '|' | '$' => out.extend(['\\', char]),
            _ if is_visible(char) => out.push(char),
            _ => out.push(' '),
        }
        rest = &rest[char.len_utf8()..];
    }
    pieces(&out)
}

/// What may stand on different lines: the words of a markup, but a code span as a whole. A part of one that begins a
/// line could open a block of code, and those are run as tests.
fn pieces(markup: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut rest = markup;
    while let Some(char) = rest.chars().next() {
        let length = match char {
            '`' => span(rest).map_or(1, |(fence, end)| end + 2 * fence),
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            _ => char.len_utf8(),
        };
        if !char.is_whitespace() {
            piece.push_str(&rest[..length]);
        } else if !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
        }
        rest = &rest[length..];
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

/// The width of the backticks at the start of a text, and the length of the code span that they open.
fn span(text: &str) -> Option<(usize, usize)> {
    let fence = text.chars().take_while(|char| *char == '`').count();
    let rest = &text[fence..];
    let mut ends = rest.match_indices(&text[..fence]).map(|(at, _)| at);
    let end = ends.find(|&at| !rest[at + fence..].starts_with('`') && !rest[..at].ends_with('`'))?;
    Some((fence, end))
}

/// A code span at the start of a text, with its length there.
fn code_span(text: &str) -> Option<(String, usize)> {
    let (fence, end) = span(text)?;
    let inner: Vec<&str> = text[fence..fence + end].split_whitespace().collect();
    if inner.is_empty() { None } else { Some((code(&inner.join(" ")), end + 2 * fence)) }
}

/// A link at the start of a text, with its length there; only its words are kept, unless it leads out of the pages.
fn link(text: &str) -> Option<(String, usize)> {
    let close = text.find(']')?;
    let (label, rest) = (&text[1..close], &text[close + 1..]);
    let target = &rest.strip_prefix('(')?[..rest.find(')')? - 1];
    let label = words(label).join(" ");
    let length = close + 1 + target.len() + 2;
    let outside = (target.starts_with("https://") || target.starts_with("http://"))
        && target.chars().all(|char| char.is_ascii_graphic() && !"<>\\`\"".contains(char));
    Some((if outside { format!("[{label}](<{target}>)") } else { label }, length))
}

/// Neither a control character nor one that turns the direction of the text around it.
pub(crate) fn is_visible(char: char) -> bool {
    !char.is_control()
        && !matches!(char, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_taken_for_markup() {
        let cases = [
            ("a [x] <b> c*/ d", r"a \[x\] \<b\> c\*/ d"),
            ("see https://losant.com/a_b.", r"see <https://losant.com/a_b>."),
            (
                "see [Tags](../schemas/x.md#tags) and [Docs](https://losant.com)",
                "see Tags and [Docs](<https://losant.com>)",
            ),
            ("`a` and ``b`c`` and `", r"`a` and `` b`c `` and \`"),
            ("# no heading", r"\# no heading"),
            ("1. no list", r"1\. no list"),
            ("    no code", "no code"),
            ("```rust\nfn x() {}\n```", "` rust fn x() {} `".trim_matches(' ')),
            ("a\0b\u{202e}c\rd", "a b c d"),
            ("&amp; [half](", r"\&amp; \[half\]("),
            ("![x](https://losant.com)", r"\![x](<https://losant.com>)"),
            ("{{ctx}} a_b", r"{{ctx}} a\_b"),
        ];
        for (text, expected) in cases {
            if text.starts_with("```") {
                assert_eq!(lines(text), ["`rust fn x() {}`"]);
            } else {
                assert_eq!(lines(text), [expected], "{text}");
            }
        }
    }

    #[test]
    fn long_texts_are_wrapped_and_paragraphs_kept() {
        let text = format!("{}\n\n- second", "word ".repeat(40));
        let lines = lines(&text);
        assert!(lines.iter().all(|line| line.len() <= WIDTH), "{lines:?}");
        assert_eq!(lines.last().map(String::as_str), Some(r"\- second"));
        assert_eq!(lines[lines.len() - 2], "");
        assert_eq!(item("a\n\nb"), ["- a b"]);
    }

    #[test]
    fn code_spans_are_not_parted() {
        let long = "word ".repeat(21);
        for text in [format!("{long}```` x ```rust y ````"), format!("```` rust {long} ``y ````")] {
            for line in lines(&text).iter().chain(&wrapped(&text)) {
                let fence = line.chars().take_while(|char| *char == '`').count();
                assert!(fence < 3 || line[fence..].contains('`'), "{line}");
            }
        }
    }

    #[test]
    fn code_is_quoted_whatever_it_holds() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code(""), "``\"\"``");
    }
}
