//! The type graph: what the schemas say, with every reference resolved and every shape stored once.
//!
//! It knows nothing of Rust: names, modules and ownership are decided in [`crate::plan`].

use std::collections::BTreeMap;

use serde_json::Value;

use crate::source::Span;

/// Index of a [`Type`] in its [`TypeGraph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// Every type of the API.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TypeGraph {
    /// Each distinct shape once. Shapes that hold no fields, values or variants of their own are not here but stand as a [`Ref`].
    pub types: Vec<Type>,
    /// What each schema of the model is, by schema name.
    pub schemas: BTreeMap<String, Ref>,
}

impl TypeGraph {
    /// The type of an id.
    pub fn get(&self, id: TypeId) -> &Type {
        &self.types[id.0]
    }
}

/// Where a shape stands: the schema and the way down to it, in words a name can be made of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    /// Name of the schema.
    pub schema: String,
    /// Property names, or [`Step`]s for what has none.
    pub steps: Vec<Step>,
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.schema)?;
        self.steps.iter().try_for_each(|step| match step {
            Step::Property(name) => write!(f, ".{name}"),
            Step::Item => f.write_str("[]"),
            Step::Value => f.write_str("{}"),
            Step::Variant(word) => write!(f, "<{word}>"),
        })
    }
}

/// One step down into a schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into a property.
    Property(String),
    /// Into the items of a list.
    Item,
    /// Into the values of a map.
    Value,
    /// Into a variant of a union, told by its tag values or, where it has none, by a word for what tells it apart.
    Variant(String),
}

/// One shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Type {
    /// The schema that *is* this shape; none for an anonymous one.
    pub schema: Option<String>,
    /// The title inside the schema, where an anonymous shape has one.
    pub title: Option<String>,
    /// What it describes.
    pub description: Option<String>,
    /// Everywhere it stands, in order; never empty.
    pub paths: Vec<Path>,
    /// What it is made of.
    pub kind: Kind,
    /// The first place it stands at.
    pub span: Option<Span>,
}

/// What a shape is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// An object with known properties.
    Object(Object),
    /// Strings from a list.
    Enum(Vec<String>),
    /// One of several shapes.
    Union(Union),
    /// Another name for a list, a map or a scalar: only for shapes that a schema names.
    Alias(Ref),
}

/// An object with known properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// By name.
    pub fields: Vec<Field>,
    /// The type of properties beyond those, where the schema gives one (`patternProperties` beside `properties`).
    pub rest: Option<Ref>,
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// Its type, without the `null` that [`Field::nullable`] tells of.
    pub ty: Ref,
    /// Whether the schema requires it.
    pub required: bool,
    /// Whether null is one of its values.
    pub nullable: bool,
    /// What the schema says of it.
    pub description: Option<String>,
    /// Bounds that a type does not carry, as facts for the docs.
    pub limits: Limits,
}

/// Bounds that a Rust type does not carry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Least and greatest length of a string, number of items or number of properties.
    pub length: (Option<u64>, Option<u64>),
    /// Least and greatest number.
    pub range: (Option<serde_json::Number>, Option<serde_json::Number>),
    /// A regular expression.
    pub pattern: Option<String>,
    /// `email`, `uri` …
    pub format: Option<String>,
    /// The value that the server takes for an absent one.
    pub default: Option<Value>,
    /// The accepted values, where they are no strings.
    pub values: Option<Vec<Value>>,
}

/// A use of a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ref {
    /// True or false.
    Boolean,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// Any text.
    String,
    /// A 24-digit hexadecimal id.
    Id,
    /// An RFC 3339 date and time.
    Timestamp,
    /// A string, a number or a boolean (or null): any mix of at least two of them without further structure.
    Scalar,
    /// A value of the type, or a template string (`{{…}}`) that the platform fills in.
    Template(Box<Ref>),
    /// Anything: the reason stands beside it in [`crate::schema::Built::untyped`].
    Any,
    /// An object of which nothing is known.
    AnyObject,
    /// A list.
    List(Box<Ref>),
    /// An object used as a map.
    Map(Box<Ref>),
    /// The value or null, where it stands in no field (in a list, a map or a union). Never around [`Ref::Scalar`] or
    /// [`Ref::Any`], which hold null themselves.
    Nullable(Box<Ref>),
    /// One value or a list of them.
    OneOrMany(Box<Ref>),
    /// A shape of the graph.
    Type(TypeId),
}

impl Ref {
    /// Whether it is no shape of the graph and holds none.
    pub fn is_plain(&self) -> bool {
        !matches!(
            self,
            Self::Template(_) | Self::List(_) | Self::Map(_) | Self::Nullable(_) | Self::OneOrMany(_) | Self::Type(_)
        )
    }
}

/// One of several shapes.
#[derive(Clone, Debug, PartialEq)]
pub enum Union {
    /// A field with its own values per variant tells them apart.
    Tagged {
        /// The field's name on the wire.
        tag: String,
        /// In the order of their first tag value.
        variants: Vec<TaggedVariant>,
    },
    /// Nothing but their form tells them apart.
    Untagged(Vec<UntaggedVariant>),
}

/// A variant that is told apart by the value of the union's tag.
#[derive(Clone, Debug, PartialEq)]
pub struct TaggedVariant {
    /// A word for it: its value; of several what they share, else both of two or the first.
    pub word: String,
    /// The values; a variant with several keeps the tag as a field of its shape, one with a single value does not, unless
    /// the shape is that of a schema, which is used elsewhere too.
    pub values: Vec<String>,
    /// The shape.
    pub ty: Ref,
}

/// A variant that is told apart by its form.
#[derive(Clone, Debug, PartialEq)]
pub struct UntaggedVariant {
    /// A word for what tells it apart, made from its title, its own fields or its kind: `text`, `user id`.
    pub word: String,
    /// The shape.
    pub ty: Ref,
}
