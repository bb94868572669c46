//! Pages cut off at any byte, and pages with random damage: never a panic, never a silently smaller API.

mod support;

use generator::read;
use generator::source::Source;
use proptest::prelude::*;
use support::{fixtures, pages, shared};

/// A cut is harmless where what is left is a whole page: nothing but blank lines, or whole actions or rows of the last
/// table, are gone. Pages with verb headings mark the end of an action, and pages for Docusaurus end with the
/// schemas that the actions above link to, so they can tell.
fn is_whole(left: &str, gone: &str) -> bool {
    gone.trim().is_empty() || left.ends_with("|\n") || left.ends_with("|\n\n")
}

#[test]
fn every_prefix_is_reported_or_whole() {
    for case in ["canonical", "anchored", "docusaurus", "verbs"] {
        let whole = pages(&fixtures().join("sound").join(case));
        let expected = read(whole.clone()).api;
        let at = whole.iter().position(|page| page.path.starts_with("widget.")).expect("the page");
        let text = whole[at].text.clone();
        for cut in (0..text.len()).filter(|&cut| text.is_char_boundary(cut)) {
            let mut pages = whole.clone();
            pages[at].text.truncate(cut);
            let result = read(pages);
            let same = result.api == expected;
            if !result.has_errors() && !same {
                let (left, gone) = text.split_at(cut);
                assert!(
                    !matches!(case, "docusaurus" | "verbs") && is_whole(left, gone),
                    "{case} cut at {cut} is smaller in silence: …{:?}",
                    &left[cut.saturating_sub(60)..]
                );
            }
        }
    }
}

#[test]
fn every_prefix_of_a_schemas_page_is_reported_or_whole() {
    let whole = pages(&fixtures().join("sound/anchored"));
    let expected = read(whole.clone()).api;
    let at = whole.iter().position(|page| page.path == "schemas.md").expect("the page");
    let text = whole[at].text.clone();
    for cut in 0..text.len() {
        let mut pages = whole.clone();
        pages[at].text.truncate(cut);
        let result = read(pages);
        assert!(result.has_errors() || result.api == expected, "cut at {cut}");
    }
}

#[test]
fn every_prefix_of_real_pages_is_reported_or_whole() {
    for (folder, file, marked) in
        [("seeds/rest-2016", "access-token.md", true), ("seeds/rest-2018", "application-api-token.md", false)]
    {
        let Some(folder) = shared(folder) else { return };
        let page = pages(&folder).into_iter().find(|page| page.path == file).expect("the page");
        let expected = read(vec![page.clone()]).api;
        for cut in (0..page.text.len()).filter(|&cut| page.text.is_char_boundary(cut)) {
            let (left, gone) = page.text.split_at(cut);
            let result = read(vec![Source { path: page.path.clone(), text: left.to_owned() }]);
            let silent = !result.has_errors() && result.api != expected;
            assert!(
                !silent || (!marked && is_whole(left, gone)) || (marked && left.trim_end().ends_with("<br/>")),
                "{file} cut at {cut} is smaller in silence"
            );
        }
    }
}

fn base() -> Vec<Source> {
    pages(&fixtures().join("sound/anchored"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_text_never_panics(text in "\\PC{0,400}", path in "[a-z]{1,8}\\.md") {
        let result = read(vec![Source { path, text }]);
        prop_assert!(result.has_errors() || result.api.resources.is_empty());
    }

    #[test]
    fn random_marks_never_panic(text in "[#|`<>\\[\\]()*_\\\\\n a-z:/&;{}.-]{0,600}") {
        let result = read(vec![Source { path: "widget.md".to_owned(), text }]);
        prop_assert!(result.has_errors() || result.api.resources.is_empty());
    }

    #[test]
    fn random_edits_never_panic(at in 0.0_f64..1.0, length in 0_usize..80, insert in "[#|`<>\\[\\]()* \\\\\na-z0-9é]{0,12}") {
        let mut pages = base();
        for page in &mut pages {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "any place will do")]
            let start = (page.text.len() as f64 * at) as usize;
            let end = (start + length).min(page.text.len());
            if page.text.is_char_boundary(start) && page.text.is_char_boundary(end) {
                page.text.replace_range(start..end, &insert);
            }
        }
        let result = read(pages);
        for diagnostic in &result.diagnostics {
            if let Some(span) = diagnostic.span {
                let text = &result.sources.get(span.file).text;
                prop_assert!(text.get(span.start..span.end).is_some(), "{} has a place outside the page", diagnostic.code.name);
            }
        }
    }
}
