//! The one place where names of the API become names of Rust.
//!
//! A name is a function of the thing it names and, where two things of one scope would share it, of the two:
//! never of a counter or of the order of the input. Every name that leaves this module is a valid identifier.
//!
//! Rules, in order:
//! - words are split at everything that is no letter or digit and at changes of case;
//! - a name without letters and digits is spelled (`*` is `Any`, `>=` is `GreaterEqual`), the empty one is `Empty`;
//!   a `*` behind a dot counts as a word too (`device.*` is `DeviceAny`); characters beyond ASCII become `U00e9`;
//! - a name that begins with a digit gets `V` in front, and digits keep apart by `_` (`3.1.1` is `V3_1_1`);
//! - where two names of one scope are equal, the one in capitals gets `Upper` in front (`ASC` beside `asc`), and
//!   where that does not help, both are spelled with their punctuation (`a-b` is `AMinusB`);
//! - a keyword becomes a raw identifier, and a name that the scope has taken gets the scope's suffix.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToShoutySnakeCase;

use super::words::spelled_words;
pub use super::words::{is_secret, singular, words};

/// A valid Rust identifier, with `r#` where it is a keyword.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// The identifier.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`, for file names and docs.
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }

    /// As a token.
    pub fn ident(&self) -> proc_macro2::Ident {
        let span = proc_macro2::Span::call_site();
        match self.0.strip_prefix("r#") {
            Some(raw) => proc_macro2::Ident::new_raw(raw, span),
            None => proc_macro2::Ident::new(&self.0, span),
        }
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The keywords of edition 2024, those reserved for later included.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw identifiers.
const PATH_KEYWORDS: &[&str] = &["self", "super", "crate", "Self", "_"];

/// Names that generated modules import or that every Rust module sees: no generated type may hide them.
const TYPE_NAMES_TAKEN: &[&str] = &[
    "BTreeMap",
    "Blank",
    "Box",
    "Clone",
    "Client",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Deserializer",
    "Endpoint",
    "Err",
    "EventMessage",
    "EventStream",
    "Extra",
    "FieldReader",
    "FieldWriter",
    "Form",
    "From",
    "Id",
    "Into",
    "IntoFuture",
    "Iterator",
    "Map",
    "MapAccess",
    "Method",
    "None",
    "Number",
    "Object",
    "Ok",
    "OneOrMany",
    "Option",
    "PartialEq",
    "Patch",
    "RawResponse",
    "Request",
    "RequestOptions",
    "ResponseFuture",
    "Result",
    "Scalar",
    "Secret",
    "Send",
    "Serialize",
    "SerializeMap",
    "Serializer",
    "Sized",
    "Some",
    "String",
    "Sync",
    "Template",
    "Timestamp",
    "ToOwned",
    "ToString",
    "TypedMap",
    "Union",
    "UnknownValue",
    "Upload",
    "Value",
    "Vec",
];

/// Words as one `UpperCamelCase` name.
fn pascal(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        let digit = |char: Option<char>| char.is_some_and(|char| char.is_ascii_digit());
        let mut letters = word.chars();
        let first = letters.next();
        if digit(name.chars().last()) && digit(first) {
            name.push('_');
        }
        name.extend(first.map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    if name.starts_with(|char: char| char.is_ascii_digit()) { format!("V{name}") } else { name }
}

fn snake(words: &[String]) -> String {
    let name = words.join("_");
    if name.starts_with(|char: char| char.is_ascii_digit()) { format!("v{name}") } else { name }
}

/// Makes a word an identifier that is none of those taken.
fn identifier(word: &str, taken: &[&str], suffix: &str) -> Name {
    if taken.contains(&word) {
        Name(format!("{word}{suffix}"))
    } else if PATH_KEYWORDS.contains(&word) {
        Name(format!("{word}_"))
    } else if KEYWORDS.contains(&word) {
        Name(format!("r#{word}"))
    } else {
        Name(word.to_owned())
    }
}

/// The name of a type. A name that generated modules need for something else gets `Type` behind it.
pub fn type_name(words: &[String]) -> Name {
    identifier(&pascal(words), TYPE_NAMES_TAKEN, "Type")
}

/// A name that somebody chose for a type, where it can be one: in `UpperCamelCase`, and nothing that modules need.
pub fn chosen_type(text: &str) -> Option<Name> {
    chosen_variant(text).filter(|name| !TYPE_NAMES_TAKEN.contains(&name.as_str()))
}

/// A name that a generated type has had, where one can have it still.
pub(super) fn published_type(text: &str) -> Option<Name> {
    let fine = text.starts_with(|char: char| char.is_ascii_uppercase())
        && text.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
        && !PATH_KEYWORDS.contains(&text)
        && !TYPE_NAMES_TAKEN.contains(&text);
    fine.then(|| Name(text.to_owned()))
}

/// A name that somebody chose for a variant, where it can be one.
pub fn chosen_variant(text: &str) -> Option<Name> {
    let fine = text.starts_with(|char: char| char.is_ascii_uppercase())
        && text.chars().all(|char| char.is_ascii_alphanumeric())
        && !PATH_KEYWORDS.contains(&text);
    fine.then(|| Name(text.to_owned()))
}

/// Names that the module of a resource imports or sees; a builder of that name gets `Action` behind it.
const BUILDER_NAMES_TAKEN: &[&str] = &[
    "BTreeMap",
    "Box",
    "Client",
    "Clone",
    "Debug",
    "Endpoint",
    "Err",
    "Error",
    "EventMessage",
    "EventStream",
    "From",
    "Into",
    "IntoFuture",
    "Map",
    "Method",
    "None",
    "Number",
    "Ok",
    "Option",
    "RawResponse",
    "Request",
    "RequestOptions",
    "ResponseFuture",
    "Result",
    "Scalar",
    "Some",
    "String",
    "Upload",
    "Value",
    "Vec",
];

/// The name of an action's builder.
pub fn builder(action: &str) -> Name {
    identifier(&pascal(&words(action)), BUILDER_NAMES_TAKEN, "Action")
}

/// The name of a module. `taken` modules get `_` behind them.
pub fn module(text: &str, taken: &[&str]) -> Name {
    identifier(&snake(&words(text)), taken, "_")
}

/// The name of a function, argument or field; where the scope has taken it, with the scope's suffix behind it.
pub fn value(text: &str, taken: &[&str], suffix: &str) -> Name {
    identifier(&snake(&words(text)), taken, suffix)
}

/// The name of a static.
pub fn constant(text: &str) -> Name {
    identifier(&snake(&words(text)).to_shouty_snake_case(), &[], "_")
}

/// The names of the fields of one struct, by wire name; with the wire names that had to be spelled to keep them apart.
pub fn fields(wire: &BTreeSet<&str>, taken: &[&str]) -> (BTreeMap<String, Name>, Vec<String>) {
    distinct(wire, |words| identifier(&snake(words), taken, "_"), |_, _| None)
}

/// The names of the arguments of one function, by wire name.
pub fn arguments(wire: &BTreeSet<&str>, taken: &[&str]) -> BTreeMap<String, Name> {
    distinct(wire, |words| identifier(&snake(words), taken, "_arg"), |_, _| None).0
}

/// The names of the variants of one enum, by value; with the values that had to be spelled to keep them apart.
pub fn variants(values: &BTreeSet<&str>, taken: &[&str]) -> (BTreeMap<String, Name>, Vec<String>) {
    let name = |words: &[String]| {
        let name = pascal(words);
        if taken.contains(&name.as_str()) || PATH_KEYWORDS.contains(&name.as_str()) {
            Name(format!("Value{name}"))
        } else {
            Name(name)
        }
    };
    distinct(values, name, |text, words| {
        let capitals = text.contains(|char: char| char.is_ascii_uppercase())
            && !text.contains(|char: char| char.is_ascii_lowercase());
        capitals.then(|| name(&[&["upper".to_owned()], words].concat()))
    })
}

fn distinct(
    texts: &BTreeSet<&str>,
    name: impl Fn(&[String]) -> Name,
    variation: impl Fn(&str, &[String]) -> Option<Name>,
) -> (BTreeMap<String, Name>, Vec<String>) {
    let mut names: BTreeMap<String, Name> = texts.iter().map(|text| ((*text).to_owned(), name(&words(text)))).collect();
    for text in shared(&names) {
        if let Some(varied) = variation(&text, &words(&text)) {
            names.insert(text, varied);
        }
    }
    let spelled = shared(&names);
    for text in &spelled {
        names.insert(text.clone(), name(&spelled_words(text)));
    }
    // `aB` and `ab` are still one name when spelled: their bytes are not.
    for text in shared(&names) {
        let bytes: Vec<String> = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        names.insert(text.clone(), name(&[&spelled_words(&text)[..], &[format!("x{}", bytes.concat())]].concat()));
    }
    (names, spelled)
}

/// The texts whose name is also the name of another one.
fn shared(names: &BTreeMap<String, Name>) -> Vec<String> {
    let mut uses: BTreeMap<&Name, Vec<&String>> = BTreeMap::new();
    for (text, name) in names {
        uses.entry(name).or_default().push(text);
    }
    let mut shared: Vec<String> = uses.into_values().filter(|texts| texts.len() > 1).flatten().cloned().collect();
    shared.sort();
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variant_names(values: &[&str]) -> Vec<String> {
        let (names, _) = variants(&values.iter().copied().collect(), &["Unknown"]);
        values.iter().map(|value| names[*value].to_string()).collect()
    }

    #[test]
    fn odd_values_have_names() {
        assert_eq!(
            variant_names(&["", "*", "$and", "3.1.1", "5", "device.*", "device.get", "custom-html", "NO_WAY", ">="]),
            ["Empty", "Any", "And", "V3_1_1", "V5", "DeviceAny", "DeviceGet", "CustomHtml", "NoWay", "GreaterEqual"]
        );
        assert_eq!(variant_names(&["self", "unknown", "Unknown?", "é", "{{dashboard.duration}}"])[0], "ValueSelf");
        assert_eq!(variant_names(&["unknown"]), ["ValueUnknown"]);
        assert_eq!(variant_names(&["é", "{{dashboard.duration}}"]), ["U00e9", "DashboardDuration"]);
    }

    #[test]
    fn equal_names_are_kept_apart_by_a_rule() {
        assert_eq!(
            variant_names(&["asc", "desc", "ASC", "DESC", ""]),
            ["Asc", "Desc", "UpperAsc", "UpperDesc", "Empty"]
        );
        assert_eq!(variant_names(&["a-b", "a_b"]), ["AMinusB", "AUnderscoreB"]);
        let names = variant_names(&["aB", "ab", "a b", "AB", "Ab", "*", "any"]);
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
    }

    #[test]
    fn fields_are_identifiers_whatever_the_wire_says() {
        let wire =
            ["type", "self", "content-type", "$and", "deviceId", "_type", "extra", "3d", "", "SAMLResponse", "gen"];
        let (names, spelled) = fields(&wire.iter().copied().collect(), &["extra"]);
        let names: Vec<_> = wire.iter().map(|wire| names[*wire].as_str()).collect();
        assert_eq!(
            names,
            [
                "r#type",
                "self_",
                "content_type",
                "and",
                "device_id",
                "underscore_type",
                "extra_",
                "v3d",
                "empty",
                "saml_response",
                "r#gen"
            ]
        );
        assert_eq!(spelled, ["_type", "type"]);
        for name in ["a\u{202e}b", "r#type", "//", "\0", "日本", "a`b"] {
            let name = value(name, &[], "_");
            assert!(syn::parse_str::<syn::Ident>(name.plain()).is_ok(), "{name}");
        }
    }

    #[test]
    fn types_do_not_hide_what_their_modules_need() {
        assert_eq!(type_name(&words("value")).as_str(), "ValueType");
        assert_eq!(type_name(&words("access-token-patch")).as_str(), "AccessTokenPatch");
        assert_eq!(type_name(&words("2fa-info")).as_str(), "V2faInfo");
    }
}
