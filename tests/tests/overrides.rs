//! `overrides.yaml`: what it may say, what it does, and how it is told that it does nothing.

mod support;

use generator::diagnostic::Severity;
use generator::model::{Api, Encoding, Param};
use generator::source::Source;
use generator::{Read, read};
use serde_json::json;
use support::{fixtures, pages, plain};

/// The tests' own pages beside an overrides file.
fn with(overrides: &str) -> Read {
    let mut sources = pages(&fixtures().join("pages"));
    sources.push(Source { path: "overrides.yaml".to_owned(), text: overrides.to_owned() });
    read(sources)
}

/// The same through all stages, and the generated files as one text.
fn generated(overrides: &str) -> (Read, String) {
    let mut read = with(overrides);
    let files = generator::generate(&mut read).unwrap_or_default();
    (read, files.into_values().collect())
}

/// The errors as `code line:column`.
fn errors(read: &Read) -> Vec<String> {
    let errors = read.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    errors
        .map(|error| {
            let place = error.location(&read.sources).unwrap_or_default();
            format!("{} {}", error.code.name, place.strip_prefix("overrides.yaml:").unwrap_or(&place))
        })
        .collect()
}

fn param<'a>(api: &'a Api, action: &str, name: &str) -> &'a Param {
    let resource = api.resources.iter().find(|resource| resource.name == "widget").expect("the resource");
    let action = resource.actions.iter().find(|known| known.name == action).expect("the action");
    action.params.iter().find(|param| param.name == name).expect("the parameter")
}

#[test]
fn each_fault_is_an_error_at_its_place() {
    let accept = |rest: &str| format!("faults:\n  accept:\n    - {rest}\n");
    let set = |rest: &str| format!("faults:\n  set:\n    - {rest}\n");
    let taste = |rest: &str| format!("taste:\n  - {rest}\n");
    let cases: Vec<(&str, String, &[&str])> = vec![
        ("no YAML", "taste: [".to_owned(), &["override-malformed 1:1"]),
        ("no map", "- a\n".to_owned(), &["override-malformed 1:1"]),
        ("an unknown section", "faults:\n  allow: []\n".to_owned(), &["override-malformed 2:3"]),
        ("a section that is no list", "# why\ntaste:\n  type: a\n".to_owned(), &["override-malformed 2:1"]),
        ("an entry that is no map", taste("a"), &["override-malformed 2:3"]),
        ("a key twice", taste("type: a\n    type: b"), &["override-malformed 2:5"]),
        ("no reason", taste("type: widget.parts[]\n    name: Part"), &["override-malformed 2:3"]),
        ("an empty reason", taste("type: a\n    name: B\n    why: ' '"), &["override-malformed 2:3"]),
        ("an unknown key", taste("type: a\n    name: B\n    note: c\n    why: d"), &["override-malformed 4:5"]),
        ("no name", taste("type: widget.parts[]\n    why: a"), &["override-malformed 2:3"]),
        ("a number for a text", taste("type: 1\n    name: B\n    why: a"), &["override-malformed 2:11"]),
        ("an unknown code", accept("code: oops\n      schema: widget\n      why: a"), &["override-malformed 3:13"]),
        ("no place", accept("code: schema-keyword-spelling\n      why: a"), &["override-malformed 3:5"]),
        (
            "an error",
            accept("code: schema-json\n      schema: widget\n      why: a").replace("schema-json", "param-duplicate"),
            &["override-refused 3:13"],
        ),
        ("a note", accept("code: untyped\n      schema: widget\n      why: a"), &["override-refused 3:13"]),
        (
            "a warning that is not there",
            accept("code: schema-keyword-spelling\n      schema: widget\n      why: a"),
            &["override-unused 3:13"],
        ),
        (
            "a resource that is not there",
            accept("code: schema-keyword-spelling\n      resource: gadget\n      why: a"),
            &["override-unused 3:13"],
        ),
        ("no parameter", set("type: id\n      why: a"), &["override-malformed 3:5"]),
        ("half a parameter", set("param: widget.get\n      type: id\n      why: a"), &["override-malformed 3:14"]),
        ("nothing to set", set("param: widget.get.timeout\n      why: a"), &["override-malformed 3:5"]),
        (
            "an unknown type",
            set("param: widget.get.timeout\n      type: int\n      why: a"),
            &["override-malformed 4:13"],
        ),
        (
            "no boolean",
            set("param: widget.get.timeout\n      required: yep\n      why: a"),
            &["override-malformed 4:17"],
        ),
        ("no end", set("param: widget.get.timeout\n      default: .inf\n      why: a"), &["override-malformed 4:16"]),
        ("a list", set("param: widget.get.timeout\n      default: [1]\n      why: a"), &["override-malformed 4:16"]),
        (
            "an encoding",
            set("param: widget.get.timeout\n      encoding: xml\n      why: a"),
            &["override-malformed 4:17"],
        ),
        ("no resource", set("param: gadget.get.timeout\n      type: number\n      why: a"), &["override-unused 3:14"]),
        ("no action", set("param: widget.put.timeout\n      type: number\n      why: a"), &["override-unused 3:14"]),
        ("no such one", set("param: widget.get.size\n      type: number\n      why: a"), &["override-unused 3:14"]),
        (
            "its type",
            set("param: widget.get.timeout\n      type: integer\n      why: a"),
            &["override-without-effect 3:14"],
        ),
        (
            "its default",
            set("param: widget.get.timeout\n      default: 5\n      why: a"),
            &["override-without-effect 3:14"],
        ),
        (
            "not required anyway",
            set("param: widget.get.timeout\n      required: false\n      why: a"),
            &["override-without-effect 3:14"],
        ),
        (
            "a component of the path",
            set("param: widget.get.widgetId\n      required: false\n      why: a"),
            &["override-without-effect 3:14"],
        ),
        (
            "twice",
            set("param: [widget.get.timeout, widget.get.timeout]\n      type: number\n      why: a"),
            &["override-without-effect 3:14"],
        ),
        ("no such place", taste("type: widget.pieces[]\n    name: Piece\n    why: a"), &["override-unused 2:11"]),
        ("a schema", taste("type: widget\n    name: Gadget\n    why: a"), &["override-unused 2:11"]),
        (
            "its name",
            taste("type: widget.parts[]\n    name: WidgetPart\n    why: a"),
            &["override-without-effect 3:11"],
        ),
        ("a schema's name", taste("type: widget.parts[]\n    name: Job\n    why: a"), &["override-name 3:11"]),
        ("a type's name", taste("type: widget.parts[]\n    name: WidgetOwner\n    why: a"), &["override-name 3:11"]),
        (
            "two of one type",
            taste("type: widget.parts[]\n    name: A\n    why: a\n  - type: widget.parts[]\n    name: B\n    why: b"),
            &["override-unused 5:11"],
        ),
        (
            "two of one name",
            taste("type: widget.parts[]\n    name: A\n    why: a\n  - type: widget.type\n    name: A\n    why: b"),
            &["override-name 6:11"],
        ),
        (
            "no such variant",
            taste("type: widget.parts[]\n    variant: roof\n    name: Roof\n    why: a"),
            &["override-unused 2:11"],
        ),
        (
            "the variant's name",
            taste("type: widget.parts[]\n    variant: wheel\n    name: Wheel\n    why: a"),
            &["override-without-effect 4:11"],
        ),
        (
            "the name of another variant",
            taste("type: widget.type\n    variant: asc\n    name: UpperAsc\n    why: a"),
            &["override-name 4:11"],
        ),
        (
            "the catch-all of enums",
            taste("type: widget.type\n    variant: asc\n    name: Unknown\n    why: a"),
            &["override-name 4:11"],
        ),
        (
            "the catch-all of unions",
            taste("type: widget.parts[]\n    variant: wheel\n    name: Other\n    why: a"),
            &["override-name 4:11"],
        ),
        (
            "a variant of what has none",
            taste("type: widget\n    variant: wheel\n    name: Rim\n    why: a"),
            &["override-unused 2:11"],
        ),
    ];
    let mut wrong = String::new();
    for (case, overrides, expected) in cases {
        let (read, files) = generated(&overrides);
        if errors(&read) != expected {
            wrong.extend([case, ":\n", &overrides, "\n", &plain(&read), "\n"]);
        }
        assert!(files.is_empty(), "{case}: code is written in spite of an error");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn hostile_names_are_refused() {
    for name in ["self", "Self", "String", "Vec", "a", "A b", "A-b", "Ä", "A{}", "r#A", "3D", "A\\u202e", "A//", "_"] {
        let overrides = format!("taste:\n  - type: widget.parts[]\n    name: \"{name}\"\n    why: a\n");
        let (read, files) = generated(&overrides);
        assert_eq!(errors(&read), ["override-name 3:11"], "{name}: {}", plain(&read));
        assert!(files.is_empty());
    }
}

#[test]
fn whatever_the_text_nothing_panics() {
    let deep = "[".repeat(10_000);
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntaste: [*c, *c]\n".to_owned();
    let texts = [
        deep,
        bomb,
        "\0".to_owned(),
        "taste:\n\t- a".to_owned(),
        "? {a: b}\n: c\n".to_owned(),
        "taste: !tag []\n".to_owned(),
        "faults: {accept: [{code: ä, schema: ö, why: ü}], set: [{}]}\ntaste: [{}, 1, [], null]".to_owned(),
        "taste:\n- type: 'é'\n  name: X\n  why: |\n    - type: a\n    taste:\n".to_owned(),
    ];
    for text in texts {
        let (read, _) = generated(&text);
        assert!(read.has_errors(), "{text:.80}");
        for diagnostic in &read.diagnostics {
            assert!(diagnostic.location(&read.sources).is_some(), "{diagnostic:?}");
        }
    }
}

#[test]
fn a_file_that_says_nothing_changes_nothing() {
    let bare = read(pages(&fixtures().join("pages")));
    for text in ["", "# nothing\n", "faults:\ntaste:\n", "faults: {accept: [], set: }\n"] {
        let read = with(text);
        assert_eq!(errors(&read), [""; 0], "{text}");
        let json = |api: &Api| serde_json::to_string(api).expect("a model");
        assert!(json(&read.api) == json(&bare.api), "{text}");
        assert_eq!(read.counts, bare.counts);
    }
}

#[test]
fn facts_are_set() {
    let read = with(
        "faults:
  set:
    - param: [widget.get.timeout, widget.get.excludeParts]
      type: number
      why: a
    - param: widget.get.timeout
      default: 7
      required: true
      encoding: json
      why: b
",
    );
    assert_eq!(errors(&read), [""; 0], "{}", plain(&read));
    let timeout = param(&read.api, "get", "timeout");
    assert_eq!(timeout.inferred.as_deref(), Some("number"));
    assert_eq!(timeout.default, Some(json!(7)));
    assert!(timeout.required);
    assert_eq!(timeout.encoding, Some(Encoding::Json));
    assert_eq!(param(&read.api, "get", "excludeParts").inferred.as_deref(), Some("number"));
}

#[test]
fn warnings_are_accepted_where_the_entry_says() {
    let mut sources = pages(&fixtures().join("pages"));
    for page in sources.iter_mut().filter(|page| page.path == "schemas/widget.md") {
        page.text = page.text.replace("\"default\": 3", "\"default\": 3, \"min\": 1, \"max\": 9");
    }
    let overrides = |schema: &str| Source {
        path: "overrides.yaml".to_owned(),
        text: format!(
            "faults:\n  accept:\n    - code: schema-keyword-spelling\n      schema: {schema}\n      why: a\n"
        ),
    };
    let run = |schema: &str| {
        let mut read = read([sources.clone(), vec![overrides(schema)]].concat());
        generator::generate(&mut read);
        (errors(&read), read.count(Severity::Warning), read.overrides.accepted())
    };
    assert_eq!(run("widget"), (vec![], 0, 2));
    assert_eq!(run("job"), (vec!["override-unused 3:13".to_owned()], 2, 0));
}

#[test]
fn types_and_variants_get_their_names() {
    let (read, files) = generated(
        "taste:
- type: widget.parts[]
  name: Component
  why: a
- type: widget.parts[]
  variant: hatch
  name: Opening
  why: b
- type: widget.type
  variant: ''
  name: Bare
  why: c
",
    );
    assert_eq!(errors(&read), [""; 0], "{}", plain(&read));
    for name in ["pub enum Component {", "pub struct ComponentWheel {", "Opening(Box<", "    Bare,"] {
        assert!(files.contains(name), "{name}");
    }
    assert!(!files.contains("WidgetPart"));
}

#[test]
fn several_folders_bring_their_own() {
    let mut sources = pages(&fixtures().join("pages"));
    for page in &mut sources {
        page.path = format!("a/{}", page.path);
    }
    sources.push(Source { path: "b/overrides.yaml".to_owned(), text: "taste: 1\n".to_owned() });
    let read = read(sources);
    assert_eq!(errors(&read), ["override-malformed b/overrides.yaml:1:1"]);
    assert_eq!(read.seen.pages, 4);
}
