//! The example of an action as documentation: a test that is compiled and not run.

use crate::plan::Example;

/// The lines of its section, with a blank one in front; none where there is no example.
pub(super) fn lines(example: &Example) -> Result<Vec<String>, String> {
    if example.code.is_empty() {
        return Ok(Vec::new());
    }
    let mut lines = ["", "# Example", "", "```no_run"].map(str::to_owned).to_vec();
    lines.push("# async fn example(client: losant_client::Client) -> Result<(), losant_client::Error> {".to_owned());
    if !example.uses.is_empty() {
        lines.extend(example.uses.iter().map(|path| format!("use {path};")));
        lines.push(String::new());
    }
    lines.extend(statements(&example.code)?);
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    Ok(lines)
}

/// Statements as the formatter sets them.
fn statements(code: &str) -> Result<Vec<String>, String> {
    let file = syn::parse_file(&format!("async fn example() {{ {code} }}"));
    let text = prettyplease::unparse(&file.map_err(|fault| format!("an example: {fault} in `{code}`"))?);
    let body = text.lines().skip(1).take_while(|line| *line != "}");
    Ok(body.map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()).collect())
}
