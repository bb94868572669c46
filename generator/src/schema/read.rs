//! Reads the JSON of one schema into a [`Node`] tree: every keyword, every known slip of an author, never fatal.
//! Needs the other schemas only to resolve references.

use serde_json::Value;

use super::codes;
use super::combine::{complete, join, narrow};
use super::keywords::{Keywords, Simple, kind, looks_like_schema, report};
use super::locate::{Cursor, Locator};
use super::names::Names;
use super::node::{Field, Form, Node, Object, Reason};
use super::values::{accepted, implied, text_form};
use crate::diagnostic::Diagnostic;
use crate::model::Schema;
use crate::source::Sources;

/// Levels of schemas that are read; `serde_json` itself reads no deeper text than this.
const DEPTH: usize = 128;

/// What the reading of every schema shares.
pub(super) struct Library<'a> {
    pub(super) names: Names,
    pub(super) schemas: Vec<&'a Schema>,
    pub(super) sources: &'a Sources,
}

impl Library<'_> {
    /// Reads one schema.
    pub(super) fn read(&self, index: usize, out: &mut Vec<Diagnostic>) -> Node {
        let schema = self.schemas[index];
        let locator = schema.span.map_or_else(Locator::default, |span| Locator::new(self.sources.slice(span)));
        let root = Cursor::root(&schema.schema, &locator, schema.span);
        let mut reader = Reader {
            library: self,
            own: index,
            root,
            nowhere: &Locator::default(),
            scopes: Vec::new(),
            unfolding: Vec::new(),
            unfolded: 0,
            hoisted: Vec::new(),
            out,
        };
        let mut node = reader.schema(root, 0);
        if let Some(form) = append(&mut node, std::mem::take(&mut reader.hoisted)) {
            node.form = form;
        }
        node
    }
}

/// Adds misplaced properties that no inner object took.
fn append(node: &mut Node, hoisted: Vec<Field>) -> Option<Form> {
    let Form::Object(object) = &mut node.form else { return None };
    object.fields.extend(hoisted);
    Some(std::mem::take(object).into_form())
}

pub(super) struct Reader<'a, 'o> {
    pub(super) library: &'a Library<'a>,
    pub(super) own: usize,
    pub(super) root: Cursor<'a>,
    /// For schemas of other pages.
    pub(super) nowhere: &'a Locator<'a>,
    /// The `definitions` around the place that is read, outermost first.
    pub(super) scopes: Vec<Cursor<'a>>,
    /// Local definitions that are being read.
    pub(super) unfolding: Vec<&'a Value>,
    pub(super) unfolded: usize,
    /// Properties that were written into a schema which is no object; they belong to the object around it.
    hoisted: Vec<Field>,
    pub(super) out: &'o mut Vec<Diagnostic>,
}

impl<'a> Reader<'a, '_> {
    pub(super) fn schema(&mut self, at: Cursor<'a>, depth: usize) -> Node {
        if depth > DEPTH {
            report(self.out, codes::TOO_LARGE, at, format!("the schema is nested more than {DEPTH} levels deep"));
            return Node::new(Form::Any(Reason::TooLarge), at.span());
        }
        match at.value {
            Value::Object(_) => {}
            Value::Bool(true) => return Node::new(Form::Any(Reason::SaysAnything), at.span()),
            other => {
                report(self.out, codes::NOT_A_SCHEMA, at, format!("{} stands where a schema must stand", kind(other)));
                return Node::new(Form::Any(Reason::Malformed), at.span());
            }
        }
        let keywords = Keywords::read(at, self.out);
        self.scopes.extend(keywords.definitions);
        let mut node = self.form(at, &keywords, depth);
        if keywords.definitions.is_some() {
            self.scopes.pop();
        }
        node.span = at.span();
        if let Some(title) = keywords.title {
            node.title = Some(title.to_owned());
        }
        if let Some(description) = keywords.description {
            node.description = Some(description.to_owned());
        }
        complete(&mut node.limits, keywords.limits);
        if let Some(limits) = &mut node.limits {
            match node.form {
                Form::Id => limits.pattern = None,
                Form::Timestamp => limits.format = None,
                _ => {}
            }
        }
        node
    }

    fn form(&mut self, at: Cursor<'a>, keywords: &Keywords<'a>, depth: usize) -> Node {
        if let Some((reference, place)) = keywords.reference {
            return self.reference(reference, place, depth);
        }
        let mut base = self.base(at, keywords, depth);
        if let Some(parts) = keywords.parts {
            base = Some(self.all_of(base, parts, depth));
        }
        for union in &keywords.unions {
            let Some(branches) = self.branches(*union, depth) else { continue };
            base = Some(narrow(base, branches));
        }
        base.unwrap_or_else(|| Node::new(Form::Any(Reason::SaysAnything), at.span()))
    }

    /// What the keywords other than references and unions say; nothing where they say nothing.
    fn base(&mut self, at: Cursor<'a>, keywords: &Keywords<'a>, depth: usize) -> Option<Node> {
        let implied = if keywords.types.is_empty() { implied(keywords) } else { None };
        let types = implied.as_ref().map_or(&keywords.types[..], std::slice::from_ref);
        if keywords.types.is_empty() {
            let bare = keywords.properties.is_none() && !keywords.strays.is_empty();
            if !bare && (!types.is_empty() || keywords.accepted.is_some()) {
                report(self.out, codes::MISSING_TYPE, at, "the schema does not say its type");
            }
        }
        if !types.contains(&Simple::Object) {
            self.hoist(&keywords.strays, depth);
        }
        if let Some(values) = &keywords.accepted {
            if let Some(node) = accepted(values, at) {
                return Some(node);
            }
            report(self.out, codes::KEYWORD_FORM, at, "`enum` lists no texts, numbers or booleans");
        }
        if let [simple] = types[..] {
            return Some(self.simple(simple, at, keywords, depth));
        }
        let branches: Vec<Node> = types.iter().map(|simple| self.simple(*simple, at, keywords, depth)).collect();
        (!branches.is_empty()).then(|| Node::one_of(branches, at.span()))
    }

    fn simple(&mut self, simple: Simple, at: Cursor<'a>, keywords: &Keywords<'a>, depth: usize) -> Node {
        let form = match simple {
            Simple::Null => Form::Null,
            Simple::Boolean => Form::Boolean,
            Simple::Integer => Form::Integer,
            Simple::Number => Form::Number,
            Simple::String => text_form(keywords.limits.as_deref()),
            Simple::Array => Form::List(Box::new(self.items(at, keywords.items, depth))),
            Simple::Object => return self.object(at, keywords, depth),
        };
        Node::new(form, at.span())
    }

    fn items(&mut self, at: Cursor<'a>, items: Option<Cursor<'a>>, depth: usize) -> Node {
        let Some(items) = items else { return Node::new(Form::Any(Reason::NoItems), at.span()) };
        if !items.value.is_array() {
            return self.schema(items, depth + 1);
        }
        let each: Vec<Node> = items.elements().map(|item| self.schema(item, depth + 1)).collect();
        if each.is_empty() {
            Node::new(Form::Any(Reason::NoItems), items.span())
        } else {
            Node::one_of(each, items.span())
        }
    }

    fn object(&mut self, at: Cursor<'a>, keywords: &Keywords<'a>, depth: usize) -> Node {
        let mut object =
            Object { required: keywords.required.iter().map(|&name| name.to_owned()).collect(), ..Object::default() };
        let mut title = None;
        let mut properties = keywords.properties;
        while let Some(inner) = properties
            && inner.value.get("type").is_some_and(Value::is_string)
            && inner.value.get("properties").is_some_and(Value::is_object)
        {
            report(self.out, codes::SCHEMA_AS_PROPERTIES, inner, "`properties` holds a whole schema");
            title = inner.value.get("title").and_then(Value::as_str).map(str::to_owned).or(title);
            object.required.extend(texts(inner.value.get("required")));
            properties = inner.key("properties");
        }
        for (name, property) in properties.into_iter().flat_map(Cursor::members) {
            match (name, property.value) {
                ("required", Value::Array(_)) | ("additionalProperties", Value::Bool(_)) => {
                    report(
                        self.out,
                        codes::KEYWORD_AS_PROPERTY,
                        property,
                        format!("`{name}` stands among the properties"),
                    );
                    object.required.extend(texts(Some(property.value)));
                }
                (_, Value::Bool(false)) => {
                    report(
                        self.out,
                        codes::IMPOSSIBLE_PROPERTY,
                        property,
                        format!("no value is accepted for `{name}`"),
                    );
                }
                _ => self.field(&mut object, name, property, depth),
            }
        }
        if !keywords.strays.is_empty() && keywords.properties.is_none() && keywords.types.is_empty() {
            let names: Vec<_> = keywords.strays.iter().map(|(name, _)| format!("`{name}`")).collect();
            report(
                self.out,
                codes::BARE_PROPERTIES,
                at,
                format!("{} stand here without `properties`", names.join(", ")),
            );
            for (name, stray) in &keywords.strays {
                self.field(&mut object, name, *stray, depth);
            }
        } else {
            self.hoist(&keywords.strays, depth);
            object.fields.append(&mut self.hoisted);
        }
        object.rest = self.rest(keywords, depth);
        self.require(&mut object, at);
        let mut node = Node::new(object.into_form(), at.span());
        node.title = title;
        node
    }

    /// Reads a property and takes the properties that were misplaced inside it.
    fn field(&mut self, object: &mut Object, name: &str, at: Cursor<'a>, depth: usize) {
        let outer = std::mem::take(&mut self.hoisted);
        let node = self.schema(at, depth + 1);
        object.fields.push(Field { name: name.to_owned(), required: false, node });
        object.fields.append(&mut self.hoisted);
        self.hoisted = outer;
    }

    /// Reads misplaced properties for the object around.
    fn hoist(&mut self, strays: &[(&'a str, Cursor<'a>)], depth: usize) {
        for (name, stray) in strays {
            if !looks_like_schema(stray.value) {
                report(self.out, codes::UNKNOWN_KEYWORD, *stray, format!("`{name}` is no keyword of JSON Schema"));
                continue;
            }
            report(
                self.out,
                codes::BARE_PROPERTIES,
                *stray,
                format!("`{name}` stands among the keywords, not among the properties"),
            );
            let node = self.schema(*stray, depth + 1);
            self.hoisted.push(Field { name: (*name).to_owned(), required: false, node });
        }
    }

    fn rest(&mut self, keywords: &Keywords<'a>, depth: usize) -> Option<Box<Node>> {
        let mut values = Vec::new();
        for (pattern, value) in keywords.patterns.into_iter().flat_map(Cursor::members) {
            if pattern.starts_with('^') && !pattern.ends_with('$') {
                report(
                    self.out,
                    codes::OPEN_PATTERN,
                    value,
                    format!("the pattern `{pattern}` for property names has no end"),
                );
            }
            values.push(self.schema(value, depth + 1));
        }
        values.extend(keywords.additional.map(|additional| self.schema(additional, depth + 1)));
        let span = values.first()?.span;
        if values.len() == 1 { values.pop().map(Box::new) } else { Some(Box::new(Node::one_of(values, span))) }
    }

    fn require(&mut self, object: &mut Object, at: Cursor<'a>) {
        for name in &object.required {
            let mut named = object.fields.iter_mut().filter(|field| field.name == *name).peekable();
            if named.peek().is_none() && object.rest.is_none() {
                let place = at.key("required").unwrap_or(at);
                report(self.out, codes::REQUIRED_UNDECLARED, place, format!("`{name}` is required but not declared"));
            }
            named.for_each(|field| field.required = true);
        }
    }

    /// The branches of a union; nothing where they only say which properties are needed together.
    fn branches(&mut self, union: Cursor<'a>, depth: usize) -> Option<Node> {
        let mut branches = Vec::new();
        for branch in union.elements() {
            if Keywords::only_required(branch.value) {
                continue;
            }
            if branch.value.is_array() {
                report(self.out, codes::LIST_AS_BRANCH, branch, "a branch is a list of schemas");
                branches.extend(branch.elements().map(|inner| self.schema(inner, depth + 2)));
            } else {
                branches.push(self.schema(branch, depth + 1));
            }
        }
        if branches.is_empty() {
            report(self.out, codes::ONE_SET_NEEDED, union, "one of several sets of properties is needed");
            return None;
        }
        Some(Node::one_of(branches, union.span()))
    }

    /// Joins parts of which all apply.
    fn all_of(&mut self, base: Option<Node>, parts: Cursor<'a>, depth: usize) -> Node {
        let mut joined: Option<Node> = base;
        for part in parts.elements() {
            if Keywords::only_required(part.value) {
                if let Some(Form::Object(object)) = joined.as_mut().map(|node| &mut node.form) {
                    object.required.extend(texts(part.value.get("required")));
                    object
                        .fields
                        .iter_mut()
                        .filter(|field| object.required.contains(&field.name))
                        .for_each(|field| field.required = true);
                }
                continue;
            }
            let node = self.unfolded(part, depth);
            joined = Some(match joined {
                None => node,
                Some(before) => match (before.form, node.form) {
                    (Form::Object(a), Form::Object(b)) => {
                        Node { form: join(a, b).into_form(), ..Node::new(Form::AnyObject, before.span) }
                    }
                    (form, Form::AnyObject | Form::Any(_)) => Node { form, ..before },
                    (Form::AnyObject | Form::Any(_), form) => Node { form, ..node },
                    (form, _) => {
                        report(
                            self.out,
                            codes::UNJOINABLE_PARTS,
                            part,
                            "this part cannot be joined with the ones before it",
                        );
                        Node { form, ..before }
                    }
                },
            });
        }
        joined.unwrap_or_else(|| Node::new(Form::Any(Reason::SaysAnything), parts.span()))
    }
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let values = value.and_then(Value::as_array).into_iter().flatten();
    values.filter_map(Value::as_str).map(str::to_owned).collect()
}
