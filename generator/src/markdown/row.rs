//! What a table row's line says about its cells; the Markdown reader drops surplus cells and pads short rows silently.

/// How many cells a row's line holds, and whether it begins and ends with a pipe.
pub(super) fn written(line: &str) -> (usize, bool) {
    let line = line.trim();
    let inner = line.strip_prefix('|').unwrap_or(line);
    let mut pipes = 0;
    let mut escaped = false;
    let mut last_is_pipe = false;
    for character in inner.chars() {
        last_is_pipe = character == '|' && !escaped;
        if last_is_pipe {
            pipes += 1;
        }
        escaped = character == '\\' && !escaped;
    }
    if last_is_pipe { (pipes, line.starts_with('|')) } else { (pipes + 1, false) }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn counts_cells_as_written() {
        for (line, want) in [
            ("| a | b |", (2, true)),
            ("| a | b | |", (3, true)),
            ("| a | b", (2, false)),
            ("a | b", (2, false)),
            ("a | b |", (2, false)),
            (r"| a \| b |", (1, true)),
            (r"| a \|", (1, false)),
            ("|", (1, false)),
            ("", (1, false)),
        ] {
            assert_eq!(written(line), want, "{line}");
        }
    }
}
