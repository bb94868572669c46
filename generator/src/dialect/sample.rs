//! Sample calls on pages of client references: what they call, what they pass, and whether the rest is as on all pages.

use super::names;

/// A sample taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sample {
    /// As the API calls it.
    pub resource: String,
    /// As the API calls it.
    pub action: String,
    /// The arguments by name; none where the sample does not show them.
    pub passed: Option<Vec<String>>,
    /// Whether every character is known.
    pub known: bool,
}

/// A language with its spelling of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    JavaScript,
    Ruby,
    Python,
}

impl Language {
    fn spell(self, name: &str) -> String {
        match self {
            Self::JavaScript => name.to_owned(),
            Self::Python if name == "import" => "api_import".to_owned(),
            Self::Ruby | Self::Python => names::snake(name),
        }
    }

    /// The name behind a spelling; none for what this language does not write.
    fn name(self, spelling: &str) -> Option<String> {
        let name = match self {
            Self::JavaScript => spelling.to_owned(),
            Self::Python if spelling == "api_import" => "import".to_owned(),
            Self::Ruby | Self::Python => names::camel(spelling),
        };
        (names::is_identifier(&name) && self.spell(&name) == spelling).then_some(name)
    }

    /// The argument of the name: `deviceId: myDeviceId`, `deviceId=my_device_id`.
    fn argument(self, name: &str) -> String {
        match self {
            Self::JavaScript => format!("{name}: {}", names::camel(&format!("my {name}"))),
            Self::Ruby => format!("{name}: my_{}", names::snake(name)),
            Self::Python => format!("{name}=my_{}", names::snake(name)),
        }
    }
}

/// Reads a sample; none where it calls nothing.
pub(super) fn read(language: &str, text: &str, has_params: bool) -> Option<Sample> {
    let language = match language {
        "javascript" => Language::JavaScript,
        "ruby" => Language::Ruby,
        "python" => Language::Python,
        _ => return None,
    };
    let (_, rest) = text.split_once("client.")?;
    let end = |text: &str| text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    let (resource, rest) = rest.split_at(end(rest));
    let rest = rest.strip_prefix('.')?;
    let action = &rest[..end(rest)];
    let call = format!("client.{resource}.{action}");
    let passed = arguments(text);
    let hidden = ["(params", "(**params"].iter().any(|mark| text.contains(mark)) && !text.contains("params = {");
    let known = match language {
        Language::JavaScript => javascript(&call, &passed),
        Language::Ruby => ruby(&call, &passed, has_params),
        Language::Python => vec![python(&call, &passed, has_params)],
    };
    Some(Sample {
        resource: language.name(resource)?,
        action: language.name(action)?,
        passed: (!hidden).then_some(passed),
        known: known.iter().any(|known| known == text),
    })
}

/// The names before `: my…` and `=my…`.
fn arguments(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for mark in [": my", "=my"] {
        for (at, _) in text.match_indices(mark) {
            let name = text[..at].rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
            found.push(name.to_owned());
        }
    }
    found
}

/// The arguments one below the other.
fn lines(language: Language, passed: &[String], indent: &str) -> String {
    let arguments: Vec<String> = passed.iter().map(|name| format!("{indent}{}", language.argument(name))).collect();
    arguments.join(",\n")
}

fn javascript(call: &str, passed: &[String]) -> Vec<String> {
    let object = if passed.is_empty() {
        "params = {}; // all params are optional\n".to_owned()
    } else {
        format!("params = {{\n{}\n}};\n", lines(Language::JavaScript, passed, "  "))
    };
    let callbacks = |gap: &str| {
        format!(
            "// with callbacks\n{call}(params, function (err, result) {{\n  if (err) {{ return console.error(err); }}\n  \
             console.log(result);\n}});\n{gap}// with promises\n{call}(params)\n  .then(console.log)\n  \
             .catch(console.error);\n"
        )
    };
    // For some days in 2025 a line too much stood behind the call.
    let awaited = |head: &str, stray: &str| {
        format!(
            "const {object}{head}try {{\n  console.log(await {call}(params));\n{stray}}} catch (err) {{\n  \
             console.error(err);\n}}\n"
        )
    };
    vec![
        callbacks(""),
        format!("var {object}\n{}", callbacks("\n")),
        awaited("", ""),
        awaited("\n// with promises\n", "';\n"),
    ]
}

fn ruby(call: &str, passed: &[String], has_params: bool) -> Vec<String> {
    let lines = lines(Language::Ruby, passed, "  ");
    let (early, late) = match passed {
        [] if has_params => ("(params)".to_owned(), "(optional_params)".to_owned()),
        [] => (String::new(), String::new()),
        [one] => (format!("(\n{lines}\n)"), format!("({})", Language::Ruby.argument(one))),
        _ => (format!("(\n{lines}\n)"), format!("(\n{lines})")),
    };
    vec![format!("  {call}{early}\n"), format!("{call}{early}\n"), format!("result = {call}{late}\n\nputs result\n")]
}

fn python(call: &str, passed: &[String], has_params: bool) -> String {
    let arguments = match passed {
        [] if has_params => "**optional_params".to_owned(),
        [] => String::new(),
        [one] => Language::Python.argument(one),
        _ => format!("\n{}", lines(Language::Python, passed, "    ")),
    };
    format!("result = {call}({arguments})\n\nprint(result)\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(resource: &str, action: &str, passed: Option<&[&str]>, known: bool) -> Sample {
        let passed = passed.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        Sample { resource: resource.to_owned(), action: action.to_owned(), passed, known }
    }

    #[test]
    fn what_samples_call_and_pass() {
        for (language, text, has_params, expected) in [
            ("ruby", "  client.data_table.get(params)\n", true, Some(sample("dataTable", "get", None, true))),
            ("ruby", "client.data_table.get\n", false, Some(sample("dataTable", "get", Some(&[]), true))),
            ("ruby", "client.data_table.get\n", true, Some(sample("dataTable", "get", Some(&[]), false))),
            (
                "ruby",
                "result = client.me.add_item(\n  itemId: my_item_id,\n  item: my_item)\n\nputs result\n",
                true,
                Some(sample("me", "addItem", Some(&["itemId", "item"]), true)),
            ),
            (
                "python",
                "result = client.flows.api_import(**optional_params)\n\nprint(result)\n",
                true,
                Some(sample("flows", "import", Some(&[]), true)),
            ),
            (
                "python",
                "result = client.flow.get(flowId=my_flow)\n\nprint(result)\n",
                true,
                Some(sample("flow", "get", Some(&["flowId"]), false)),
            ),
            ("python", "result = client.flows.getIt()\n", false, None),
            ("javascript", "console.log(1)\n", false, None),
            ("perl", "client.flows.get()\n", false, None),
        ] {
            assert_eq!(read(language, text, has_params), expected, "{text}");
        }
    }
}
