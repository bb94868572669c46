//! What `cargo xtask diff` says of changes: every rule has a small change of pages that shows it, one report is read as a
//! whole, and what approvals rely on stays as it is.

#[path = "../../xtask/src/cases.rs"]
mod cases;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use generator::Read;
use generator::diff::{self, Approvals, Category, Change, Head, Level, Side, Verdict, Wire, rules};
use generator::plan::lock::NamesLock;
use generator::source::Source;
use serde_json::json;
use support::{fixtures, pages, shared};

/// What can be compared.
struct Made {
    read: Read,
    plan: generator::plan::Crate,
}

fn made(pages: Vec<Source>) -> Made {
    let mut read = generator::read(pages);
    let built = generator::build_types(&mut read);
    let plan = generator::build_plan(&mut read, &built, &NamesLock::default());
    Made { read, plan }
}

fn changes(old: &Made, new: &Made) -> Vec<Change> {
    diff::compare(Side { read: &old.read, plan: &old.plan }, Side { read: &new.read, plan: &new.plan })
}

fn base() -> Vec<Source> {
    pages(&fixtures().join("changes/pages"))
}

fn all_cases() -> Vec<cases::Case> {
    let text = fs::read_to_string(fixtures().join("changes/changes.yaml")).expect("the list of changes");
    cases::read(&text).expect("changes")
}

fn case(name: &str) -> Vec<Source> {
    let case = all_cases().into_iter().find(|case| case.name == name).expect("a change of that name");
    case.apply(&base()).expect("pages")
}

/// Pages of our own document no types of parameters, so these three are shown by a model.
fn by_models() -> Vec<(&'static str, Vec<Change>)> {
    let typed = |ty: &str| {
        let mut made = made(base());
        let params = made
            .read
            .api
            .resources
            .iter_mut()
            .flat_map(|resource| &mut resource.actions)
            .flat_map(|action| &mut action.params);
        params.filter(|param| param.name == "page").for_each(|param| param.ty = Some(ty.to_owned()));
        made
    };
    let one = |old: &str, new: &str| changes(&typed(old), &typed(new));
    vec![
        ("a documented type that accepts less", one("number", "integer")),
        ("a documented type that accepts more", one("integer", "string")),
        ("another documented type", one("boolean", "integer")),
    ]
}

#[test]
fn every_rule_has_a_change_that_shows_it() {
    let before = made(base());
    let mut seen = BTreeSet::new();
    let mut table = String::new();
    let mut tell = |name: &str, changes: &[Change]| {
        let _ = writeln!(table, "{name}");
        assert!(!changes.is_empty(), "{name}: no change");
        for change in changes {
            seen.insert(change.rule.id);
            let (wire, rust, items) = (change.wire.as_str(), change.rust.as_str(), change.items.join("; "));
            let side = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
            let at = |at: &Option<diff::At>| at.as_ref().map_or(0, |at| at.line);
            let _ = writeln!(table, "  {} | {} | wire {wire}, Rust {rust}", change.rule.id, change.place);
            let _ = writeln!(
                table,
                "      {} → {} | lines {} → {}",
                side(&change.old),
                side(&change.new),
                at(&change.old_at),
                at(&change.new_at)
            );
            if !items.is_empty() {
                let _ = writeln!(table, "      {items}");
            }
        }
    };
    for case in all_cases() {
        let after = made(case.apply(&base()).expect("pages"));
        tell(&case.name, &changes(&before, &after));
        tell(&format!("not any more: {}", case.name), &changes(&after, &before));
    }
    for (name, changes) in by_models() {
        tell(name, &changes);
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/diff");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("rules", table));
    let unseen: Vec<&str> = rules::ALL.iter().map(|rule| rule.id).filter(|id| !seen.contains(id)).collect();
    assert!(unseen.is_empty(), "no change shows {unseen:?}");
}

#[test]
fn no_change_is_no_change() {
    let before = made(base());
    assert_eq!(changes(&before, &made(base())), []);
    let mut names = vec!["spec".into()];
    names.extend(shared("corpus").map(|corpus| corpus.join("rest-2018-11-06")));
    for folder in names {
        let folder = fixtures().join("../..").join(folder);
        let made = made(pages(&folder));
        assert_eq!(changes(&made, &made), [], "{}", folder.display());
    }
}

#[test]
fn order_says_nothing() {
    let turned = base().into_iter().map(|mut page| {
        if page.path.ends_with("gadgets.md") {
            // Rows of a table, values of an enum, members of an object, scopes.
            let row = "| page | N | Which page. | 0 | `page=0` |\n";
            page.text = page.text.replace(row, "").replace("| kind | Y |", &format!("{row}| kind | Y |"));
            page.text = page
                .text
                .replace("asc, desc", "desc, asc")
                .replace("all.Application, gadget.*", "gadget.*, all.Application");
        }
        page.text = page.text.replace("\"off\", \"on\"", "\"on\", \"off\"").replace(
            "    \"east\": {\"type\": \"number\"},\n    \"north\": {\"type\": \"number\"}\n",
            "    \"north\": {\"type\": \"number\"},\n    \"east\": {\"type\": \"number\"}\n",
        );
        page
    });
    let mut turned: Vec<Source> = turned.collect();
    turned.reverse();
    let changes = changes(&made(base()), &made(turned));
    assert_eq!(changes, []);
}

#[test]
fn the_silent_class_comes_first() {
    let (before, after) = (made(base()), made(case("a method")));
    let changes = changes(&before, &after);
    let [change] = &changes[..] else { panic!("{changes:#?}") };
    assert_eq!((change.rule.id, change.wire, change.rust), ("action-method-changed", Wire::Breaking, Level::Patch));
    let verdict = Verdict::of(&changes, "1.4.2");
    assert_eq!((Category::of(change), verdict.rust, verdict.next.as_str()), (Category::Silent, Level::Patch, "2.0.0"));
}

#[test]
fn a_change_of_prose_is_one_of_doc_comments() {
    let (before, after) = (made(base()), made(case("a text")));
    let changes = changes(&before, &after);
    assert!(changes.iter().all(|change| Category::of(change) == Category::DocOnly && !change.is_breaking()));
    assert_eq!(Verdict::of(&changes, "1.4.2").next, "1.4.3");
    let files = |made: &Made| generator::emit::files(&made.plan).expect("Rust");
    let code =
        |text: &String| text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let (before, after) = (files(&before), files(&after));
    assert_ne!(before, after);
    let code = |files: &BTreeMap<String, String>| files.values().map(code).collect::<Vec<_>>();
    assert_eq!(code(&before), code(&after));
}

/// Several changes at once, as a pull request would have them.
fn several() -> Vec<Change> {
    let mut pages = base();
    for name in
        ["a method", "a required parameter", "a field renamed", "a value", "a text", "an optional body", "a default"]
    {
        let case = all_cases().into_iter().find(|case| case.name == name).expect("a change of that name");
        pages = case.apply(&pages).expect("pages");
    }
    changes(&made(base()), &made(pages))
}

#[test]
fn the_report_is_ready_to_paste() {
    let changes = several();
    let verdict = Verdict::of(&changes, "0.1.0");
    let silent = changes.iter().find(|change| change.rule.silent && change.is_breaking()).expect("a silent change");
    let text = format!("approved:\n  - fingerprint: {}\n    why: The old method still works.\n", silent.fingerprint());
    let approvals = Approvals::parse(&text).expect("approvals");
    let review = approvals.review(&changes);
    let head = Head { names: ("v1", "v2"), errors: (0, 0) };
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/diff");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("report", diff::markdown(head, &changes, &verdict, &review)));
}

#[test]
fn approvals_are_used_up() {
    let changes = several();
    let breaking: Vec<&Change> = changes.iter().filter(|change| change.is_breaking()).collect();
    assert!(breaking.len() > 1);
    let approve = |fingerprints: &[String]| {
        let entry = |print: &String| format!("  - fingerprint: \"{print}\"\n    why: It has to be.\n");
        let text: String = fingerprints.iter().map(entry).collect();
        Approvals::parse(&format!("approved:\n{text}")).expect("approvals")
    };
    let all: Vec<String> = breaking.iter().map(|change| change.fingerprint()).collect();
    assert!(approve(&all).review(&changes).is_fine());
    assert_eq!(approve(&all[1..]).review(&changes).unapproved, [breaking[0]]);
    let stale = [&all[..], &["0123456789abcdef".to_owned()]].concat();
    let approvals = approve(&stale);
    let review = approvals.review(&changes);
    assert!(!review.is_fine() && review.unapproved.is_empty());
    assert_eq!(review.stale.len(), 1);
    let twice = approve(&[&all[..], &all[..1]].concat());
    assert_eq!(twice.review(&changes).stale.len(), 1, "one approval is enough");
    assert!(Approvals::default().review(&[]).is_fine());
    assert_eq!(Approvals::parse("# nothing yet\n"), Ok(Approvals::default()));
    for wrong in [
        "approved:\n  - fingerprint: a\n    why: ' '\n",
        "approved:\n  - fingerprint: a\n",
        "other: []\n",
        "approved: [a",
    ] {
        assert!(Approvals::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_fingerprint_outlives_what_stands_above() {
    let before = made(base());
    let prints = |pages: Vec<Source>| {
        changes(&before, &made(pages)).iter().map(|change| (change.rule.id, change.fingerprint())).collect::<Vec<_>>()
    };
    let plain = prints(case("a bound"));
    let mut moved = case("a bound");
    for page in &mut moved {
        page.text = page.text.replace("\n## ", "\n\n\n## ");
    }
    assert_eq!(prints(moved), plain);
    // Approvals that were written down stay right.
    assert_eq!(plain, [("constraint-tightened", "76d250fe41923ad1".to_owned())]);
}

#[test]
fn the_json_form_has_what_the_documentation_lists() {
    let changes = several();
    let value = serde_json::to_value(&changes[0]).expect("JSON");
    let documented = fs::read_to_string(fixtures().join("../../generator/DIFF.md")).expect("the documentation");
    for key in value.as_object().expect("an object").keys() {
        assert!(documented.contains(&format!("\"{key}\":")), "generator/DIFF.md does not show {key}");
    }
    assert_eq!(value["category"], json!(Category::of(&changes[0])));
    assert!(
        documented.contains(&rules::table()),
        "the table of generator/DIFF.md is not this one:\n{}",
        rules::table()
    );
}

#[test]
fn pages_with_errors_are_compared_as_far_as_they_go() {
    let (before, after) = (made(base()), made(case("a page with an error")));
    let changes = changes(&before, &after);
    let sight: Vec<&Change> = changes.iter().filter(|change| change.rule.id == "sight-changed").collect();
    assert!(!sight.is_empty() && sight.iter().all(|change| change.is_breaking() && change.new_at.is_some()));
}
