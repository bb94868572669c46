//! The commands as a user runs them: exit codes, what goes where, and that nothing else is touched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures")
}

fn xtask(arguments: &[&str], folders: &[PathBuf]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments);
    for folder in folders {
        command.arg("--spec").arg(folder);
    }
    command.output().expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[test]
fn lint_exits_with_its_answer() {
    let sound = [fixtures().join("sound/canonical")];
    assert_eq!(xtask(&["lint"], &sound).status.code(), Some(0));
    let warned = [fixtures().join("damaged/scope-twice")];
    assert_eq!(xtask(&["lint"], &warned).status.code(), Some(0));
    assert_eq!(xtask(&["lint", "--deny-warnings"], &warned).status.code(), Some(1));
    let wrong = [fixtures().join("damaged/response-code")];
    assert_eq!(xtask(&["lint"], &wrong).status.code(), Some(1));
    let absent = [fixtures().join("absent")];
    let output = xtask(&["lint"], &absent);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("folder-unreadable"));
    assert_eq!(xtask(&["lint", "--format", "loud"], &sound).status.code(), Some(2));
}

#[test]
fn an_empty_folder_is_an_error() {
    let folder = std::env::temp_dir().join(format!("xtask-empty-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let output = xtask(&["lint"], std::slice::from_ref(&folder));
    fs::remove_dir(&folder).expect("an empty folder");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("folder-without-pages"));
}

#[test]
fn lint_prints_in_three_formats() {
    let folder = [fixtures().join("damaged/response-code")];
    let output = xtask(&["lint"], &folder);
    let human = text(&output.stderr);
    assert!(output.stdout.is_empty());
    for part in [
        "error[response-code]: `4o4` is no status code",
        "widget.md:51:3",
        "| 4o4 |",
        "^^^",
        "help: write a status code",
        "1 errors",
    ] {
        assert!(human.contains(part), "{part} is not in:\n{human}");
    }
    assert!(!human.contains('\u{1b}'), "colour in a pipe");
    assert!(!human.contains(env!("CARGO_MANIFEST_DIR")), "an absolute path");
    let json = text(&xtask(&["lint", "--format", "json"], &folder).stderr);
    let value: serde_json::Value = serde_json::from_str(json.trim()).expect("one JSON object");
    assert_eq!((&value["code"], &value["line"], &value["column"]), (&"response-code".into(), &51.into(), &3.into()));
    let github = text(&xtask(&["lint", "--format", "github"], &folder).stderr);
    assert!(github.starts_with("::error file=widget.md,line=51,col=3,title=response-code::"), "{github}");
}

#[test]
fn long_lines_are_shown_in_part() {
    let folder = [fixtures().join("damaged/deep-quotes")];
    let human = text(&xtask(&["lint"], &folder).stderr);
    assert!(human.contains("quote-unexpected"));
    assert!(human.lines().all(|line| line.chars().count() < 400), "a line without end");
}

#[test]
fn model_prints_all_or_nothing() {
    let sound = [fixtures().join("sound/canonical")];
    let output = xtask(&["model"], &sound);
    assert_eq!(output.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a model");
    assert_eq!(json["resources"][0]["actions"][0]["name"], "get");
    let yaml = xtask(&["model", "--format", "yaml"], &sound);
    let same: serde_json::Value = serde_yaml::from_slice(&yaml.stdout).expect("a model");
    assert_eq!(same, json);
    assert_eq!(xtask(&["model"], &sound).stdout, output.stdout, "two runs differ");
    let wrong = [fixtures().join("damaged/response-code")];
    let output = xtask(&["model"], &wrong);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
}

#[test]
fn several_folders_stay_apart() {
    let folders = [fixtures().join("sound/canonical"), fixtures().join("damaged/unknown-page")];
    let human = text(&xtask(&["lint"], &folders).stderr);
    assert!(human.contains("unknown-page/notes.md:1:1"), "{human}");
    assert!(human.contains("canonical/widget.md"), "{human}");
}

/// Runs an import of one folder into another.
fn import(from: &Path, into: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("import").arg(from).arg("--into").arg(into).args(["--format", "json"]);
    command.output().expect("the command runs")
}

#[test]
fn import_writes_pages_of_ours_and_overwrites_no_others() {
    let folder = std::env::temp_dir().join(format!("xtask-import-{}", std::process::id()));
    let into = folder.join("spec");
    let old = fixtures().join("sound/anchored");

    let output = import(&old, &into);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let page = fs::read_to_string(into.join("rest-api/widget.md")).expect("the page");
    assert!(page.contains("\nGET /applications/**`APPLICATION_ID`**/widgets/**`WIDGET_ID`**\n"), "{page}");
    assert_eq!(xtask(&["lint"], std::slice::from_ref(&into)).status.code(), Some(0));

    // Again, over its own pages; a page that the import does not write any more goes.
    let again = import(&into, &into);
    assert!(text(&again.stderr).contains(": 0 of 3 pages changed"), "{}", text(&again.stderr));
    let verbs = import(&fixtures().join("sound/verbs"), &into);
    assert_eq!(verbs.status.code(), Some(0), "{}", text(&verbs.stderr));

    // Not over a page that somebody changed, and not from pages with errors.
    fs::write(into.join("rest-api/widget.md"), page.replace("Widget\n", "Widget\n\n")).expect("a page");
    let refused = import(&old, &into);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("rest-api/widget.md is not as an import writes it"));
    let damaged = import(&fixtures().join("damaged/response-code"), &folder.join("other"));
    assert_eq!(damaged.status.code(), Some(1));
    assert!(!folder.join("other").exists(), "something was written");
    fs::remove_dir_all(&folder).expect("the folder");
}

#[test]
fn openapi_prints_all_or_nothing() {
    let sound = [fixtures().join("sound/canonical")];
    let output = xtask(&["openapi"], &sound);
    assert_eq!(output.status.code(), Some(0));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a document");
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(xtask(&["openapi"], &sound).stdout, output.stdout, "two runs differ");
    let output = xtask(&["openapi"], &[fixtures().join("damaged/response-code")]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
}

#[test]
fn scopes_of_unknown_actions_are_wrong_use() {
    let output = xtask(&["scopes", "device.gett", "devise.get", "nothing-like-it"], &[]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let said = text(&output.stderr);
    assert!(said.contains("there is no action `device.gett`; near: device.get, "), "{said}");
    assert!(said.contains("`devise.get`; near: device.get"), "{said}");
    assert!(said.contains("there is no action `nothing-like-it`\n"), "{said}");
    assert_eq!(xtask(&["scopes"], &[]).status.code(), Some(2));
    let output = xtask(&["scopes", "device.get", "device.get"], &[]);
    assert_eq!((output.status.code(), &text(&output.stdout)[..]), (Some(0), "device.get\n"));
}

#[test]
fn pages_that_changed_since_they_were_locked_are_told() {
    let folder = std::env::temp_dir().join(format!("xtask-lock-{}", std::process::id()));
    assert_eq!(import(&fixtures().join("sound/anchored"), &folder).status.code(), Some(0));
    let lock = fs::read_to_string(folder.join("pages.lock")).expect("a lock file");
    let entry = lock.lines().find(|line| line.starts_with("\"rest-api/widget.md\" = { sha256 = ")).expect("a line");
    assert!(entry.contains("imported from anchored/widget.md (sha256 "), "{entry}");
    let linted = |folder: &PathBuf| text(&xtask(&["lint"], std::slice::from_ref(folder)).stderr);
    assert!(!linted(&folder).contains("page-lock-stale"));

    // Another text, a page more, a page less.
    let page = folder.join("rest-api/widget.md");
    fs::write(&page, fs::read_to_string(&page).expect("a page") + "\n").expect("a page");
    let said = linted(&folder);
    assert!(said.contains("the page changed since") && said.contains("rest-api/widget.md:1:1"), "{said}");
    let github = text(&xtask(&["lint", "--format", "github"], std::slice::from_ref(&folder)).stderr);
    assert!(github.contains("rest-api/widget.md,line=1,col=1,title=page-lock-stale::"), "{github}");
    fs::rename(&page, folder.join("rest-api/gadget.md")).expect("a page");
    let said = linted(&folder);
    assert!(said.contains("the page is not in the lock file"), "{said}");
    assert!(said.contains("`rest-api/widget.md` is in the lock file and not among the pages"), "{said}");
    fs::write(folder.join("pages.lock"), "\"a\" = 1\n").expect("a file");
    let output = xtask(&["lint"], std::slice::from_ref(&folder));
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("pages.lock is malformed"));
}

fn diff(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("diff")
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the command runs")
}

fn git(folder: &Path, arguments: &[&str]) {
    let who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", "-c", "commit.gpgsign=false"];
    let done = Command::new("git").args(who).args(arguments).current_dir(folder).output().expect("git runs");
    assert!(done.status.success(), "{}", text(&done.stderr));
}

#[test]
fn diff_compares_folders_and_revisions() {
    let folder = std::env::temp_dir().join(format!("xtask-diff-{}", std::process::id()));
    let spec = folder.join("spec");
    fs::create_dir_all(&spec).expect("a folder");
    let old = fixtures().join("sound/canonical");
    fs::copy(old.join("overview.md"), spec.join("overview.md")).expect("a page");
    let page = fs::read_to_string(old.join("widget.md")).expect("a page").replace("schemas.md#", "widget-patch.md#");
    fs::write(spec.join("widget.md"), &page).expect("a page");
    fs::copy(old.join("schemas/widget.md"), spec.join("widget-patch.md")).expect("a page");
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "--message", "Pages"]);

    let same = diff(&["HEAD", "spec"], &folder);
    assert_eq!(same.status.code(), Some(0), "{}", text(&same.stderr));
    assert!(text(&same.stdout).contains("No change of the API."));

    // The work tree has another method; what is committed stays as it was.
    fs::write(spec.join("widget.md"), page.replacen("PATCH /app", "PUT /app", 1)).expect("a page");
    let changed = diff(&["HEAD", "spec"], &folder);
    assert_eq!(changed.status.code(), Some(1));
    let markdown = text(&changed.stdout);
    assert!(markdown.contains("action-method-changed") && markdown.contains("**Breaking"), "{markdown}");
    assert_eq!(diff(&["HEAD:spec", "HEAD"], &folder).status.code(), Some(0));

    let json: serde_json::Value =
        serde_json::from_slice(&diff(&["HEAD", "spec", "--format", "json"], &folder).stdout).expect("JSON");
    assert_eq!((&json["unapproved"], &json["changes"][0]["rule"]), (&1.into(), &"action-method-changed".into()));
    let fingerprint = json["changes"][0]["fingerprint"].as_str().expect("a fingerprint");
    let approvals = format!("approved:\n  - fingerprint: {fingerprint}\n    why: The old one works, too.\n");
    fs::write(folder.join("approvals.yaml"), approvals).expect("a file");
    let approved = diff(&["HEAD", "spec", "--approvals", "approvals.yaml"], &folder);
    assert_eq!(approved.status.code(), Some(0), "{}", text(&approved.stderr));
    let stale = diff(&["HEAD", "HEAD", "--approvals", "approvals.yaml"], &folder);
    assert_eq!(stale.status.code(), Some(1));
    assert!(text(&stale.stderr).contains("is stale"));

    for wrong in
        [&["HEAD", "nowhere"][..], &["HEAD"], &["HEAD", "spec", "--approvals", "nowhere.yaml"], &["--help-me", "spec"]]
    {
        assert_eq!(diff(wrong, &folder).status.code(), Some(2), "{wrong:?}");
    }
    fs::remove_dir_all(&folder).expect("the folder");
}
