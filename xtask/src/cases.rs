//! The made-up changes of `tests/fixtures/changes`: a small set of pages, and edits of it that each show a rule or two.
//! The tests read them with this file, too.

use generator::source::Source;
use serde_json::Value;

/// A change of the pages.
pub(crate) struct Case {
    /// In a few words.
    pub(crate) name: String,
    edits: Vec<Edit>,
}

/// A change of one page.
struct Edit {
    page: String,
    /// What is replaced; none where the page is new.
    old: Option<String>,
    /// What stands there then; none where the page goes.
    new: Option<String>,
    /// Whether every place is replaced, and not the first alone.
    every: bool,
}

/// Reads the list of changes.
///
/// # Errors
/// When it is no YAML of that form.
pub(crate) fn read(text: &str) -> Result<Vec<Case>, String> {
    let cases: Vec<Value> = serde_yaml::from_str(text).map_err(|fault| fault.to_string())?;
    cases.iter().map(|case| Case::of(case).ok_or_else(|| format!("a change of another form: {case}"))).collect()
}

impl Case {
    fn of(case: &Value) -> Option<Self> {
        let edit = |edit: &Value| {
            let text = |key: &str| edit.get(key).and_then(Value::as_str).map(str::to_owned);
            Some(Edit { page: text("page")?, old: text("old"), new: text("new"), every: edit.get("every").is_some() })
        };
        let edits = case.get("edits")?.as_array()?.iter().map(edit).collect::<Option<_>>()?;
        Some(Self { name: case.get("name")?.as_str()?.to_owned(), edits })
    }

    /// The pages after the change.
    ///
    /// # Errors
    /// When a page has nothing of what is to be replaced.
    pub(crate) fn apply(&self, pages: &[Source]) -> Result<Vec<Source>, String> {
        let mut pages = pages.to_vec();
        for edit in &self.edits {
            let place = pages.iter().position(|page| page.path == edit.page);
            match (place, &edit.old, &edit.new) {
                (None, None, Some(new)) => pages.push(Source { path: edit.page.clone(), text: new.clone() }),
                (Some(at), Some(old), Some(new)) if pages[at].text.contains(old) => {
                    let text = &pages[at].text;
                    pages[at].text = if edit.every { text.replace(old, new) } else { text.replacen(old, new, 1) };
                }
                (Some(at), _, None) => drop(pages.remove(at)),
                _ => return Err(format!("{}: {} has no place for the change", self.name, edit.page)),
            }
        }
        Ok(pages)
    }
}
