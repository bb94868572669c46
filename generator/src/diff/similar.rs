//! What is the same thing under another name: by likeness, in whole numbers, so that every machine finds the same pairs.

use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The likeness of what is equal.
pub(super) const SAME: u32 = 1000;

/// Pairs what is most alike first, each thing at most once, and nothing that is less alike than `least`.
pub(super) fn pairs<A, B>(old: &[A], new: &[B], least: u32, likeness: impl Fn(&A, &B) -> u32) -> Vec<(usize, usize)> {
    let mut scores = Vec::new();
    for (left, a) in old.iter().enumerate() {
        scores.extend(new.iter().enumerate().map(|(right, b)| (Reverse(likeness(a, b)), left, right)));
    }
    scores.retain(|(score, ..)| score.0 >= least.max(1));
    scores.sort_unstable();
    let (mut lefts, mut rights) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, left, right) in scores {
        if !lefts.contains(&left) && !rights.contains(&right) {
            lefts.insert(left);
            rights.insert(right);
            pairs.push((left, right));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Splits what two lists have by a key into pairs, what only the old one has, and what only the new one has.
pub(super) fn by_key<T: Copy, K: Ord>(old: &[T], new: &[T], key: impl Fn(T) -> K) -> (Vec<(T, T)>, Vec<T>, Vec<T>) {
    let mut rest = new.to_vec();
    let (mut both, mut gone) = (Vec::new(), Vec::new());
    for &left in old {
        match rest.iter().position(|right| key(*right) == key(left)) {
            Some(at) => both.push((left, rest.remove(at))),
            None => gone.push(left),
        }
    }
    (both, gone, rest)
}

/// Moves what is alike from the two lists of what has no partner to a list of pairs.
pub(super) fn renamed<T: Copy>(
    gone: &mut Vec<T>,
    come: &mut Vec<T>,
    least: u32,
    likeness: impl Fn(&T, &T) -> u32,
) -> Vec<(T, T)> {
    let found = pairs(gone, come, least, likeness);
    let result = found.iter().map(|&(left, right)| (gone[left], come[right])).collect();
    let keep = |list: &mut Vec<T>, taken: BTreeSet<usize>| {
        let mut at = 0..;
        list.retain(|_| at.next().is_none_or(|at| !taken.contains(&at)));
    };
    keep(gone, found.iter().map(|pair| pair.0).collect());
    keep(come, found.iter().map(|pair| pair.1).collect());
    result
}

/// What two sets share, of what both have together.
pub(super) fn jaccard<T: Ord>(left: &BTreeSet<T>, right: &BTreeSet<T>) -> u32 {
    share(left.intersection(right).count(), left.union(right).count())
}

/// How alike two names are: the pairs of letters that they share.
pub(super) fn of_names(left: &str, right: &str) -> u32 {
    let pairs = |text: &str| {
        let letters: Vec<char> =
            text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        letters.windows(2).map(|pair| (pair[0], pair[1])).collect::<BTreeSet<_>>()
    };
    let (left, right) = (pairs(left), pairs(right));
    share(2 * left.intersection(&right).count(), left.len() + right.len())
}

/// How alike two texts are: the words that they share.
pub(super) fn of_texts(left: &str, right: &str) -> u32 {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<BTreeSet<_>>();
    jaccard(&words(left), &words(right))
}

fn share(part: usize, whole: usize) -> u32 {
    (part * 1000).checked_div(whole).and_then(|share| u32::try_from(share).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_alike_are_paired_first_and_once() {
        let (old, new) = (["colour", "size", "weight"], ["weights", "color", "kind"]);
        let found = pairs(&old, &new, 500, |left, right| of_names(left, right));
        assert_eq!(found, [(0, 1), (2, 0)]);
        let (both, mut gone, mut come) = by_key(&["a", "colour"], &["color", "a"], |name| name);
        assert_eq!((both, &gone, &come), (vec![("a", "a")], &vec!["colour"], &vec!["color"]));
        assert_eq!(renamed(&mut gone, &mut come, 500, |left, right| of_names(left, right)), [("colour", "color")]);
        assert!(gone.is_empty() && come.is_empty());
    }

    #[test]
    fn likeness_is_a_share_of_what_there_is() {
        assert_eq!((of_names("name", "NAME"), of_names("a", "a"), of_texts("The name", "the name")), (SAME, 0, SAME));
        assert_eq!(jaccard(&BTreeSet::from([1, 2]), &BTreeSet::from([2, 3])), 333);
    }
}
