//! One schema against another, place by place and keyword by keyword.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::schemas::{Schemas, Shared};
use super::similar::{self, SAME};
use super::{Rule, rules};

/// Deeper than any schema that a page prints.
const DEEPEST: usize = 64;
/// Fields, and forms of a union, that are less alike are two.
const LEAST: u32 = 600;

/// A change within a schema.
pub(super) struct Found {
    pub(super) rule: &'static Rule,
    /// The way down as it is shown: `attributes[].name`.
    pub(super) path: String,
    /// The same in steps, as far as they tell types apart.
    pub(super) steps: Vec<String>,
    /// The last step's old name, where it has another one now.
    pub(super) renamed_from: Option<String>,
    /// The keyword, or nothing for the part as a whole.
    pub(super) fact: &'static str,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
    /// The schema and the way down in its JSON, on each side.
    pub(super) old_at: (usize, Vec<String>),
    pub(super) new_at: (usize, Vec<String>),
}

/// The way down to a part.
#[derive(Clone, Default)]
pub(super) struct Path {
    shown: String,
    steps: Vec<String>,
    /// Whether a step was taken that the names of types do not follow.
    loose: bool,
    depth: usize,
}

impl Path {
    pub(super) fn step(&self, shown: &str, step: Option<&str>) -> Self {
        let mut path = self.clone();
        path.shown.push_str(shown);
        if !path.loose {
            path.steps.push(step.unwrap_or(super::surface::LOOSE).to_owned());
        }
        path.loose |= step.is_none();
        path.depth += 1;
        path
    }

    /// A part that is shown and has no way of its own.
    fn shown(&self, more: &str) -> Self {
        let mut path = self.clone();
        path.shown.push_str(more);
        path
    }

    fn property(&self, name: &str) -> Self {
        let dot = if self.shown.is_empty() { "" } else { "." };
        self.step(&format!("{dot}{name}"), Some(name))
    }
}

/// A part of a schema, and where its text is.
#[derive(Clone)]
pub(super) struct At<'v> {
    pub(super) value: &'v Value,
    schema: usize,
    way: Vec<String>,
    nullable: bool,
    /// The one of its types that is meant, where it stands for several forms.
    only: Option<&'v str>,
}

impl<'v> At<'v> {
    pub(super) fn root(shared: &'v Shared, schema: usize) -> Self {
        Self { value: &shared.schemas[schema].schema, schema, way: Vec::new(), nullable: false, only: None }
    }

    pub(super) fn get(&self, keys: &[&str]) -> Option<Self> {
        let value = keys.iter().try_fold(self.value, |value, key| value.get(key))?;
        let way = self.way.iter().cloned().chain(keys.iter().map(|key| (*key).to_owned())).collect();
        Some(Self { value, schema: self.schema, way, nullable: false, only: None })
    }

    pub(super) fn elements(&self, key: &str) -> Vec<Self> {
        let values = self.value.get(key).and_then(Value::as_array).into_iter().flatten().enumerate();
        let element = |(index, value): (usize, &'v Value)| {
            let way = self.way.iter().cloned().chain([key.to_owned(), index.to_string()]).collect();
            Self { value, schema: self.schema, way, nullable: false, only: None }
        };
        values.map(element).collect()
    }

    pub(super) fn members(&self, key: &str) -> Vec<(&'v str, Self)> {
        let map = self.value.get(key).and_then(Value::as_object);
        map.into_iter().flatten().filter_map(|(name, _)| Some((name.as_str(), self.get(&[key, name])?))).collect()
    }

    /// What stands behind references, and behind a choice between one thing and null.
    fn resolve(mut self, shared: &'v Shared) -> Self {
        for _ in 0..DEEPEST {
            if let Some(schema) = shared.target(self.value) {
                self = Self { nullable: self.nullable, ..Self::root(shared, schema) };
                continue;
            }
            let choices = self.forms();
            let [only] = &choices[..] else { break };
            let says_more = |key: &str| !matches!(key, "oneOf" | "anyOf" | "title" | "description" | "type");
            if self.value.as_object().is_some_and(|map| map.keys().any(|key| says_more(key))) {
                break;
            }
            self = Self { nullable: true, ..only.clone() };
        }
        self
    }

    pub(super) fn is_object(&self) -> bool {
        self.value.is_object()
    }

    /// The forms of a union, without null.
    fn forms(&self) -> Vec<Self> {
        let forms = self.elements("oneOf").into_iter().chain(self.elements("anyOf"));
        forms.filter(|form| form.value.get("type").and_then(Value::as_str) != Some("null")).collect()
    }

    /// One form for each of its types: a list of types is a short way to write a union.
    fn of_types(self) -> Vec<Self> {
        let types = self.types();
        if types.len() < 2 || !self.forms().is_empty() {
            return vec![self];
        }
        types.into_iter().map(|ty| Self { only: Some(ty), ..self.clone() }).collect()
    }

    fn word(&self) -> String {
        self.only.map_or_else(|| word(self.value), str::to_owned)
    }

    fn outline(&self) -> String {
        self.only.map_or_else(|| outline(self.value), str::to_owned)
    }

    fn has_null(&self) -> bool {
        let list = |key: &str| self.value.get(key).and_then(Value::as_array).into_iter().flatten();
        let is_null = |value: &Value| value.as_str() == Some("null");
        let forms = self.elements("oneOf").into_iter().chain(self.elements("anyOf"));
        self.nullable
            || list("type").any(is_null)
            || list("enum").any(Value::is_null)
            || self.value.get("nullable").and_then(Value::as_bool) == Some(true)
            || forms.into_iter().any(|form| form.value.get("type").is_some_and(is_null))
    }

    /// Its types without null, or what its other keywords tell of them.
    pub(super) fn types(&self) -> BTreeSet<&'v str> {
        if let Some(only) = self.only {
            return BTreeSet::from([only]);
        }
        let types = match self.value.get("type") {
            Some(Value::String(ty)) => BTreeSet::from([ty.as_str()]),
            Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
            _ if self.value.get("properties").is_some() => BTreeSet::from(["object"]),
            _ if self.value.get("items").is_some() => BTreeSet::from(["array"]),
            _ => BTreeSet::new(),
        };
        types.into_iter().filter(|ty| *ty != "null").collect()
    }

    pub(super) fn required(&self) -> BTreeSet<&'v str> {
        self.value.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    }
}

/// The walk through two schemas.
pub(super) struct Walk<'s, 'a> {
    pub(super) schemas: &'s Schemas<'a>,
    pub(super) found: Vec<Found>,
    /// References that were followed together: going round once says everything.
    followed: BTreeSet<(usize, usize)>,
}

impl<'s, 'a> Walk<'s, 'a> {
    pub(super) fn new(schemas: &'s Schemas<'a>) -> Self {
        Self { schemas, found: Vec::new(), followed: BTreeSet::new() }
    }

    pub(super) fn add(&mut self, rule: &'static Rule, path: &Path, fact: &'static str, sides: (&At<'_>, &At<'_>), values: (Option<String>, Option<String>)) {
        let place = |at: &At<'_>| {
            let mut way = at.way.clone();
            way.extend((!fact.is_empty()).then(|| fact.to_owned()));
            (at.schema, way)
        };
        self.found.push(Found {
            rule,
            path: path.shown.clone(),
            steps: path.steps.clone(),
            renamed_from: None,
            fact,
            old: values.0,
            new: values.1,
            old_at: place(sides.0),
            new_at: place(sides.1),
        });
    }

    /// A part of both sides.
    pub(super) fn node(&mut self, path: &Path, old: At<'s>, new: At<'s>) {
        if path.depth > DEEPEST {
            return;
        }
        let targets = (self.schemas.old.target(old.value), self.schemas.new.target(new.value));
        if path.depth > 0 && targets != (None, None) {
            super::keywords::words(self, path, &old, &new, true);
            if let (Some(left), Some(right)) = targets
                && self.schemas.now(&self.schemas.old.schemas[left].name) == self.schemas.new.schemas[right].name
            {
                return;
            }
        }
        let (before, after) = (old.clone().resolve(&self.schemas.old), new.clone().resolve(&self.schemas.new));
        if targets != (None, None) {
            // By the text's own address: the same two parts, wherever they are met again.
            let address = |at: &At<'_>| std::ptr::from_ref(at.value).addr();
            if !self.followed.insert((address(&before), address(&after))) {
                return;
            }
        }
        let (forms_before, forms_after) = (before.forms(), after.forms());
        if before.has_null() != after.has_null() {
            let rule = if after.has_null() { rules::NULL_ADDED } else { rules::NULL_REMOVED };
            let text = |at: &At<'_>| Some(at.has_null().to_string());
            self.add(rule, path, "null", (&before, &after), (text(&before), text(&after)));
        }
        match (forms_before.is_empty(), forms_after.is_empty()) {
            (true, true) => super::keywords::compare(self, path, &before, &after),
            (false, false) => {
                self.forms(path, (&before, &after), forms_before, forms_after);
                super::keywords::compare(self, path, &before, &after);
            }
            // What stands alone on one side is one form of the other side.
            (true, false) => self.forms(path, (&before, &after), vec![before.clone()], forms_after),
            (false, true) => self.forms(path, (&before, &after), forms_before, vec![after.clone()]),
        }
    }

    /// The forms of a union, whatever their order.
    fn forms(&mut self, path: &Path, whole: (&At<'s>, &At<'s>), old: Vec<At<'s>>, new: Vec<At<'s>>) {
        let resolved = |shared: &'s Shared, at: &At<'s>| at.clone().resolve(shared);
        let one_each = |forms: Vec<At<'s>>| forms.into_iter().flat_map(At::of_types).collect::<Vec<_>>();
        let (old, new) = (one_each(old), one_each(new));
        let likeness = |left: &usize, right: &usize| {
            let (left, right) = (resolved(&self.schemas.old, &old[*left]), resolved(&self.schemas.new, &new[*right]));
            of_forms(&left, &right)
        };
        let (mut gone, mut come): (Vec<usize>, Vec<usize>) = ((0..old.len()).collect(), (0..new.len()).collect());
        let pairs = similar::renamed(&mut gone, &mut come, LEAST / 2, likeness);
        for index in gone {
            let path = path.shown(&format!("<{}>", old[index].word()));
            self.add(rules::VARIANT_REMOVED, &path, "", (&old[index], whole.1), (Some(old[index].outline()), None));
        }
        for index in come {
            let path = path.shown(&format!("<{}>", new[index].word()));
            self.add(rules::VARIANT_ADDED, &path, "", (whole.0, &new[index]), (None, Some(new[index].outline())));
        }
        for (left, right) in pairs {
            let word = new[right].word();
            self.node(&path.step(&format!("<{word}>"), None), old[left].clone(), new[right].clone());
        }
    }

    /// The fields of an object.
    pub(super) fn fields(&mut self, path: &Path, old: &At<'s>, new: &At<'s>) {
        let (must_before, must_after) = (old.required(), new.required());
        let (before, after) = (old.members("properties"), new.members("properties"));
        let mut both = Vec::new();
        let mut come = after.clone();
        let mut gone = Vec::new();
        for (name, left) in before {
            match come.iter().position(|(other, _)| *other == name) {
                Some(at) => both.push((name, left, come.remove(at))),
                None => gone.push((name, left)),
            }
        }
        let found = similar::pairs(&gone, &come, LEAST, |left, right| of_fields((left.0, left.1.value), (right.0, right.1.value)));
        for (left, right) in &found {
            let ((before, left), (after, right)) = (&gone[*left], &come[*right]);
            let path = path.property(after);
            self.add(rules::PROPERTY_RENAMED, &path, "", (left, right), (Some((*before).to_owned()), Some((*after).to_owned())));
            if let Some(found) = self.found.last_mut() {
                found.renamed_from = Some((*before).to_owned());
            }
            both.push((before, left.clone(), (after, right.clone())));
        }
        for (index, (name, left)) in gone.iter().enumerate() {
            if !found.iter().any(|pair| pair.0 == index) {
                self.add(rules::PROPERTY_REMOVED, &path.property(name), "", (left, new), (Some(outline(left.value)), None));
            }
        }
        for (index, (name, right)) in come.iter().enumerate() {
            if !found.iter().any(|pair| pair.1 == index) {
                let rule = if must_after.contains(name) { rules::PROPERTY_ADDED_REQUIRED } else { rules::PROPERTY_ADDED_OPTIONAL };
                self.add(rule, &path.property(name), "", (old, right), (None, Some(outline(right.value))));
            }
        }
        for (name, left, (now, right)) in both {
            let path = path.property(now);
            let (before, after) = (must_before.contains(name), must_after.contains(now));
            if before != after {
                let rule = if after { rules::PROPERTY_BECAME_REQUIRED } else { rules::PROPERTY_BECAME_OPTIONAL };
                self.add(rule, &path, "", (&left, &right), (Some(before.to_string()), Some(after.to_string())));
                if let Some(found) = self.found.last_mut() {
                    found.fact = "required";
                }
            }
            self.node(&path, left, right);
        }
    }
}

/// A word for a form of a union: its title, the value that only it has, its type.
fn word(value: &Value) -> String {
    let title = value.get("title").and_then(Value::as_str);
    let tag = || {
        let properties = value.get("properties")?.as_object()?;
        properties.values().find_map(|property| match property.get("enum").and_then(Value::as_array).map(Vec::as_slice) {
            Some([only]) => only.as_str(),
            _ => property.get("const").and_then(Value::as_str),
        })
    };
    let reference = || value.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next());
    let ty = || value.get("type").and_then(Value::as_str);
    title.or_else(tag).or_else(reference).or_else(ty).unwrap_or("form").to_owned()
}

/// What a part is, in a few words.
fn outline(value: &Value) -> String {
    let reference = value.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next());
    match (reference, value.get("type")) {
        (Some(name), _) => name.to_owned(),
        (None, Some(Value::String(ty))) => ty.clone(),
        (None, Some(Value::Array(types))) => types.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ if value.get("oneOf").or(value.get("anyOf")).is_some() => "one of several".to_owned(),
        _ if value.get("properties").is_some() => "object".to_owned(),
        _ => "any".to_owned(),
    }
}

/// The parts of a schema with their types.
pub(super) fn features(value: &Value) -> BTreeSet<String> {
    fn down(value: &Value, at: &str, out: &mut BTreeSet<String>) {
        out.insert(format!("{at}:{}", outline(value)));
        if let Some(Value::Object(properties)) = value.get("properties") {
            properties.iter().for_each(|(name, value)| down(value, &format!("{at}.{name}"), out));
        }
        value.get("items").into_iter().for_each(|items| down(items, &format!("{at}[]"), out));
        for key in ["oneOf", "anyOf", "allOf"] {
            value.get(key).and_then(Value::as_array).into_iter().flatten().for_each(|form| down(form, at, out));
        }
        if let Some(values) = value.get("enum").and_then(Value::as_array) {
            out.extend(values.iter().map(|value| format!("{at}={value}")));
        }
    }
    let mut out = BTreeSet::new();
    down(value, "", &mut out);
    out
}

/// A schema without what is said of it.
fn shape(value: &Value) -> Value {
    let Value::Object(map) = value else { return value.clone() };
    let mut kept = Map::new();
    for (key, value) in map {
        match (&key[..], value) {
            ("title" | "description" | "example" | "examples" | "$comment", _) => {}
            ("properties" | "patternProperties", Value::Object(parts)) => {
                let parts = parts.iter().map(|(name, part)| (name.clone(), shape(part)));
                kept.insert(key.clone(), Value::Object(parts.collect()));
            }
            ("oneOf" | "anyOf" | "allOf", Value::Array(parts)) => {
                kept.insert(key.clone(), parts.iter().map(shape).collect());
            }
            ("items" | "additionalProperties", part) => {
                kept.insert(key.clone(), shape(part));
            }
            _ => {
                kept.insert(key.clone(), value.clone());
            }
        }
    }
    Value::Object(kept)
}

/// How alike two forms of a union are. What has one word and one type is one form, however much of it changed.
fn of_forms(old: &At<'_>, new: &At<'_>) -> u32 {
    if shape(old.value) == shape(new.value) && old.only == new.only {
        return SAME;
    }
    let same_word = old.word() == new.word() && old.outline() == new.outline();
    if old.only.is_some() || new.only.is_some() {
        return if same_word || old.types() == new.types() { LEAST } else { 0 };
    }
    similar::jaccard(&features(old.value), &features(new.value)).max(if same_word { LEAST } else { 0 })
}

/// How alike two fields of different names are. Many fields are texts: a small one needs a like name or the same words.
fn of_fields((old_name, old): (&str, &Value), (new_name, new): (&str, &Value)) -> u32 {
    if shape(old) != shape(new) {
        return 0;
    }
    let names = similar::of_names(old_name, new_name);
    if features(old).len() > 3 {
        return (SAME * 3 + names) / 4;
    }
    let said = |value: &Value| value.get("description").and_then(Value::as_str).map(str::to_owned);
    let texts = match (said(old), said(new)) {
        (Some(old), Some(new)) => similar::of_texts(&old, &new),
        _ => 0,
    };
    names.max(texts.saturating_sub(100))
}
