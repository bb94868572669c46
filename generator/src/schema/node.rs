//! The tree between a schema's text and the type graph: what each place of a schema accepts, in one form whatever
//! keywords said so. Plain data; nothing here reads JSON or knows the graph.

use super::graph::Limits;
use crate::source::Span;

/// Why a place accepts anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// `{}` or `true`.
    SaysAnything,
    /// A list that does not say what it holds.
    NoItems,
    /// Null is the only value.
    OnlyNull,
    /// What stands there is no schema.
    Malformed,
    /// The reference leads nowhere.
    Unresolved,
    /// A local definition that holds itself.
    Circular,
    /// Deeper or larger than is read.
    TooLarge,
    /// The example that it is typed from shows no value.
    NothingShown,
    /// No page defines the schema and no example shows it.
    Undefined,
}

impl Reason {
    /// All reasons.
    pub const ALL: &[Self] = &[
        Self::SaysAnything,
        Self::NoItems,
        Self::OnlyNull,
        Self::Malformed,
        Self::Unresolved,
        Self::Circular,
        Self::TooLarge,
        Self::NothingShown,
        Self::Undefined,
    ];

    /// The reason in words, to follow "accepts anything: ".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SaysAnything => "the schema says so",
            Self::NoItems => "the list does not say what it holds",
            Self::OnlyNull => "null is the only value that the schema allows",
            Self::Malformed => "what stands there is no schema",
            Self::Unresolved => "no page defines the schema that it refers to",
            Self::Circular => "the local definition holds itself",
            Self::TooLarge => "the schema is deeper or larger than is read",
            Self::NothingShown => "the example shows no value",
            Self::Undefined => "no page defines the schema and no example shows it",
        }
    }
}

/// One place of a schema.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) form: Form,
    /// Whether null is accepted beside the form.
    pub(super) nullable: bool,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    /// Bounds; boxed because most places have none, and trees are moved often.
    pub(super) limits: Option<Box<Limits>>,
    pub(super) span: Option<Span>,
    /// The number of its structure, equal for equal structures; set by [`super::structure`].
    pub(super) class: usize,
}

/// What a place accepts.
#[derive(Clone, Debug)]
pub(super) enum Form {
    Any(Reason),
    AnyObject,
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Id,
    Timestamp,
    Scalar,
    Enum(Vec<String>),
    List(Box<Node>),
    Map(Box<Node>),
    Object(Object),
    /// Branches as they were read: at least two, none of them a union itself.
    OneOf(Vec<Node>),
    /// Another schema, by its place among the named ones.
    Named(usize),
    // The forms below are what a `OneOf` becomes once it is classified.
    Template(Box<Node>),
    OneOrMany(Box<Node>),
    Tagged {
        tag: String,
        variants: Vec<(Vec<String>, Node)>,
    },
    Untagged(Vec<(String, Node)>),
}

/// An object with known properties, in the order of their names.
#[derive(Clone, Debug, Default)]
pub(super) struct Object {
    pub(super) fields: Vec<Field>,
    pub(super) rest: Option<Box<Node>>,
    /// The required names in the author's order, which often begins with what tells variants apart.
    pub(super) required: Vec<String>,
}

/// One property.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) node: Node,
}

impl Node {
    pub(super) fn new(form: Form, span: Option<Span>) -> Self {
        Self { form, nullable: false, title: None, description: None, limits: None, span, class: 0 }
    }

    /// A place that accepts what any of the branches accepts. Nested unions are spread, null branches become
    /// `nullable`, and a single branch that is left stands for itself.
    pub(super) fn one_of(branches: Vec<Self>, span: Option<Span>) -> Self {
        let mut nullable = false;
        let mut flat = Vec::with_capacity(branches.len());
        for branch in branches {
            nullable |= branch.nullable;
            match branch.form {
                Form::Null => nullable = true,
                Form::OneOf(inner) => flat.extend(inner),
                form => flat.push(Self { form, nullable: false, ..branch }),
            }
        }
        if let Some(at) = flat.iter().position(|branch| matches!(branch.form, Form::Any(_))) {
            let any = flat.swap_remove(at);
            return Self { nullable, ..any };
        }
        if flat.len() > 1 {
            return Self { nullable, ..Self::new(Form::OneOf(flat), span) };
        }
        match flat.pop() {
            Some(branch) => Self { nullable, ..branch },
            None if nullable => Self::new(Form::Null, span),
            None => Self::new(Form::Any(Reason::SaysAnything), span),
        }
    }

    /// The object's properties, where it is one.
    pub(super) fn as_object(&self) -> Option<&Object> {
        match &self.form {
            Form::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The places inside it.
    pub(super) fn parts(&self) -> Vec<&Self> {
        match &self.form {
            Form::List(inner) | Form::Map(inner) | Form::Template(inner) | Form::OneOrMany(inner) => vec![&**inner],
            Form::Object(object) => {
                object.fields.iter().map(|field| &field.node).chain(object.rest.as_deref()).collect()
            }
            Form::Tagged { variants, .. } => variants.iter().map(|(_, node)| node).collect(),
            Form::Untagged(variants) => variants.iter().map(|(_, node)| node).collect(),
            Form::OneOf(branches) => branches.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Its regular expression.
    pub(super) fn pattern(&self) -> Option<&str> {
        self.limits.as_ref()?.pattern.as_deref()
    }

    /// The accepted strings, where there are no others: of an enum or of a union of enums.
    pub(super) fn words(&self) -> Option<Vec<&str>> {
        match &self.form {
            Form::Enum(values) => Some(values.iter().map(String::as_str).collect()),
            Form::OneOf(branches) => {
                let parts: Option<Vec<_>> = branches.iter().map(Self::words).collect();
                parts.map(|parts| parts.concat())
            }
            _ => None,
        }
    }
}

impl Object {
    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        let at = self.fields.binary_search_by(|field| field.name.as_str().cmp(name)).ok()?;
        Some(&self.fields[at])
    }

    /// The form that it is: a map or a free-form object where there are no properties.
    pub(super) fn into_form(mut self) -> Form {
        self.fields.sort_by(|a, b| a.name.cmp(&b.name));
        self.fields.dedup_by(|a, b| a.name == b.name);
        match (self.fields.is_empty(), self.rest) {
            (true, Some(values)) => Form::Map(values),
            (true, None) => Form::AnyObject,
            (false, rest) => Form::Object(Self { rest, ..self }),
        }
    }
}
