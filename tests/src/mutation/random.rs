//! A small seeded source of numbers (`SplitMix64`): the same seed gives the same mutants on every machine.

use std::ops::Range;

/// The state.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Starts from a seed and the number of the mutant, so that each mutant can be made again alone.
    pub fn new(seed: u64, number: u64) -> Self {
        let mut random = Self(seed ^ number.wrapping_mul(0xA076_1D64_78BD_642F));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound; zero where the bound is zero.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % bound).unwrap_or_default()
    }

    /// One of some things.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        let at = self.below(things.len());
        things.get(at)
    }

    /// One of the places in a range of bytes where a character stands that is asked for.
    pub fn place(&mut self, text: &str, range: &Range<usize>, wanted: impl Fn(char) -> bool) -> Option<(usize, char)> {
        let slice = text.get(range.clone())?;
        let found: Vec<(usize, char)> = slice.char_indices().filter(|(_, c)| wanted(*c)).collect();
        self.pick(&found).map(|(at, c)| (range.start + at, *c))
    }
}
