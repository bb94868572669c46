//! Which actions have `by_page` and `by_item`, told by their pages alone.

use generator::source::Source;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The small pages, with other rows in place of that of `page`, and `schema` in place of the answer's.
fn widgets(rows: &str, schema: &str) -> String {
    let folder = root().join("tests/fixtures/pages");
    let read = |path: &str| fs::read_to_string(folder.join(path)).expect("a page");
    let pages = ["rest-api/overview.md", "rest-api/widget.md", "rest-api/widgets.md", "schemas/widget.md"];
    let sources = pages.map(|path| {
        let text = read(path).replace("| page | N | Which page. | 0 | `page=0` |\n", rows);
        let text = text.replace("| 200 | [Widgets](../schemas/widget.md#widgets) |", &format!("| 200 | {schema} |"));
        Source { path: path.to_owned(), text }
    });
    let mut read = generator::read(sources.into());
    let files: BTreeMap<String, String> = generator::generate(&mut read).expect("no errors");
    files["resources/widgets.rs"].clone()
}

const LIST: &str = "[Widgets](../schemas/widget.md#widgets)";

#[track_caller]
fn paged(rows: &str, schema: &str, paging: &str, item: &str) {
    let file = widgets(rows, schema);
    let by_item = format!("pub fn by_item(self) -> Items<schemas::{item}> {{");
    assert!(file.contains(&by_item), "{file}");
    assert_eq!(file.matches(&format!("Paging::{paging}")).count(), 2, "{file}");
}

#[test]
fn the_parameters_tell_the_way_through_the_pages() {
    let page = "| page | N | Which page. | 0 | `page=0` |\n| perPage | N | How many. | 25 | `perPage=10` |\n";
    paged(page, LIST, "Page(Some(25))", "Widget");
    let offset = "| limit | N | How many. | | `limit=10` |\n| offset | N | From where. | 0 | `offset=10` |\n";
    paged(offset, LIST, "Offset(None)", "Widget");
    let after = "| limit | N | How many. | 100 | `limit=10` |\n\
        | startingAfterId | N | Behind which. | | `startingAfterId=575ec8687ae143cd83dc4a97` |\n";
    paged(after, LIST, "After(Some(100))", "Widget");
    // A page that names the schema of an item where it means a list of them.
    paged(page, "[Widget](../schemas/widget.md#widget)", "Page(Some(25))", "Widget");
}

#[test]
fn other_actions_have_one_answer() {
    for rows in [
        "",
        "| page | N | Which page. | 0 | `page=0` |\n",
        "| limit | N | How many. | 1 | `limit=10` |\n",
        "| limit | N | How many. | 1 | `limit=10` |\n| since | N | From when. | | `since=1465790400000` |\n",
    ] {
        let file = widgets(rows, LIST);
        assert!(!file.contains("by_item") && !file.contains("Paging"), "{rows}");
    }
}

#[test]
fn every_action_with_pages_has_them() {
    let files = |folder: &str| -> Vec<String> {
        let entries = fs::read_dir(root().join(folder)).expect("a folder");
        let paths = entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file());
        paths.map(|path| fs::read_to_string(path).expect("a text")).collect()
    };
    let count = |files: &[String], what: &str| files.iter().map(|text| text.matches(what).count()).sum::<usize>();
    let pages = files("spec/rest-api");
    let expected: usize =
        ["\n| perPage |", "\n| offset |", "\n| startingAfterId |"].iter().map(|row| count(&pages, row)).sum();
    let listed = count(&files("generated-client/src/generated/resources"), "pub fn by_item");
    assert!(expected > 0);
    assert_eq!(listed, expected);
}
