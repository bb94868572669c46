//! Follows references: into the schema itself, to its local definitions, to other schemas. Local ones are unfolded where
//! they stand, within limits; other schemas stay references.

use super::codes;
use super::keywords::report;
use super::locate::Cursor;
use super::node::{Form, Node, Reason};
use super::read::Reader;

/// Schemas that local definitions may unfold into.
const UNFOLDED: usize = 20_000;

impl<'a> Reader<'a, '_> {
    /// A part of `allOf`; a reference is replaced by what it refers to, because its properties are joined with others.
    pub(super) fn unfolded(&mut self, part: Cursor<'a>, depth: usize) -> Node {
        let node = self.schema(part, depth + 1);
        let Form::Named(index) = node.form else { return node };
        let target = self.library.schemas[index];
        let target = Cursor::root(&target.schema, self.nowhere, target.span);
        self.unfold(target, part, depth)
    }

    pub(super) fn reference(&mut self, reference: &'a str, at: Cursor<'a>, depth: usize) -> Node {
        if reference == "#" {
            return Node::new(Form::Named(self.own), at.span());
        }
        if let Some(local) = self.local(reference) {
            return self.unfold(local, at, depth);
        }
        if let Some(index) = self.library.names.find(reference) {
            return Node::new(Form::Named(index), at.span());
        }
        if let Some(index) = self.library.names.guess(reference) {
            let title = &self.library.schemas[index].title;
            report(
                self.out,
                codes::GUESSED_REFERENCE,
                at,
                format!("`{reference}` is taken for the schema \"{title}\""),
            );
            return Node::new(Form::Named(index), at.span());
        }
        report(self.out, codes::UNRESOLVED_REFERENCE, at, format!("no page defines the schema `{reference}`"));
        Node::new(Form::Any(Reason::Unresolved), at.span())
    }

    /// The place inside this schema that a reference means: a definition, searched from the innermost on, or a path.
    fn local(&self, reference: &str) -> Option<Cursor<'a>> {
        let walk = |from: Cursor<'a>, path: &str| {
            path.split('/').try_fold(from, |at, step| at.key(&step.replace("~1", "/").replace("~0", "~")))
        };
        let path = reference.strip_prefix("#/")?;
        let inner = path.strip_prefix("definitions/").or_else(|| path.strip_prefix("$defs/"));
        let scoped = inner.and_then(|inner| self.scopes.iter().rev().find_map(|scope| walk(*scope, inner)));
        scoped.or_else(|| walk(self.root, path))
    }

    fn unfold(&mut self, target: Cursor<'a>, at: Cursor<'a>, depth: usize) -> Node {
        if self.unfolding.iter().any(|active| std::ptr::eq(*active, target.value)) {
            report(self.out, codes::CIRCULAR_DEFINITION, at, "the definition holds itself");
            return Node::new(Form::Any(Reason::Circular), at.span());
        }
        self.unfolded += 1;
        if self.unfolded > UNFOLDED {
            if self.unfolded == UNFOLDED + 1 {
                report(
                    self.out,
                    codes::TOO_LARGE,
                    at,
                    format!("local definitions are used more than {UNFOLDED} times"),
                );
            }
            return Node::new(Form::Any(Reason::TooLarge), at.span());
        }
        self.unfolding.push(target.value);
        let node = self.schema(target, depth + 1);
        self.unfolding.pop();
        node
    }
}
