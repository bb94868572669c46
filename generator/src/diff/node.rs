//! One schema against another, place by place and keyword by keyword.

use std::collections::BTreeSet;

use super::schema_part::{At, DEEPEST, LEAST, of_fields, of_forms};
use super::schemas::{Schemas, Shared};
use super::{Rule, rules, similar};

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

    pub(super) fn add(
        &mut self,
        rule: &'static Rule,
        path: &Path,
        fact: &'static str,
        sides: (&At<'_>, &At<'_>),
        values: (Option<String>, Option<String>),
    ) {
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
    pub(super) fn node(&mut self, path: &Path, old: &At<'s>, new: &At<'s>) {
        if path.depth > DEEPEST {
            return;
        }
        let targets = (self.schemas.old.target(old.value), self.schemas.new.target(new.value));
        if path.depth > 0 && targets != (None, None) {
            super::keywords::words(self, path, old, new, true);
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
                self.forms(path, (&before, &after), forms_before, forms_after, rules::VARIANT_ADDED);
                super::keywords::compare(self, path, &before, &after);
            }
            // What stands alone on one side is one form of the other side; who read it has no room for another form.
            (true, false) => {
                self.forms(path, (&before, &after), vec![before.clone()], forms_after, rules::TYPE_WIDENED);
            }
            (false, true) => {
                self.forms(path, (&before, &after), forms_before, vec![after.clone()], rules::VARIANT_ADDED);
            }
        }
    }

    /// The forms of a union, whatever their order.
    fn forms(
        &mut self,
        path: &Path,
        whole: (&At<'s>, &At<'s>),
        old: Vec<At<'s>>,
        new: Vec<At<'s>>,
        added: &'static Rule,
    ) {
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
            self.add(added, &path, "", (whole.0, &new[index]), (None, Some(new[index].outline())));
        }
        for (left, right) in pairs {
            let word = new[right].word();
            self.node(&path.step(&format!("<{word}>"), None), &old[left], &new[right]);
        }
    }

    /// The fields of an object.
    pub(super) fn fields(&mut self, path: &Path, old: &At<'s>, new: &At<'s>) {
        let (must_before, must_after) = (old.required(), new.required());
        let (before, after) = (old.fields(), new.fields());
        let mut both = Vec::new();
        let mut come = after.clone();
        let mut gone = Vec::new();
        for (name, left) in before {
            match come.iter().position(|(other, _)| *other == name) {
                Some(at) => both.push((name, left, come.remove(at))),
                None => gone.push((name, left)),
            }
        }
        let found = similar::pairs(&gone, &come, LEAST, |left, right| {
            of_fields((left.0, left.1.value), (right.0, right.1.value))
        });
        for (left, right) in &found {
            let ((before, left), (after, right)) = (&gone[*left], &come[*right]);
            let path = path.property(after);
            self.add(
                rules::PROPERTY_RENAMED,
                &path,
                "",
                (left, right),
                (Some((*before).to_owned()), Some((*after).to_owned())),
            );
            if let Some(found) = self.found.last_mut() {
                found.renamed_from = Some((*before).to_owned());
            }
            both.push((before, left.clone(), (after, right.clone())));
        }
        for (index, (name, left)) in gone.iter().enumerate() {
            if !found.iter().any(|pair| pair.0 == index) {
                self.add(rules::PROPERTY_REMOVED, &path.property(name), "", (left, new), (Some(left.outline()), None));
            }
        }
        for (index, (name, right)) in come.iter().enumerate() {
            if !found.iter().any(|pair| pair.1 == index) {
                let rule = if must_after.contains(name) {
                    rules::PROPERTY_ADDED_REQUIRED
                } else {
                    rules::PROPERTY_ADDED_OPTIONAL
                };
                self.add(rule, &path.property(name), "", (old, right), (None, Some(right.outline())));
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
            self.node(&path, &left, &right);
        }
    }
}
