//! The smallest set of scopes for a set of actions. Data alone: `cargo xtask scopes` is compiled from this very file.
//!
//! Of all sets that allow the actions the one counts as the smallest that, in this order,
//! 1. opens the fewest actions beside the wanted ones,
//! 2. has the fewest scopes,
//! 3. opens the fewest actions summed over its scopes,
//! 4. has the plainest scopes (`device.get` before `device.*` before `all.Device`),
//! 5. comes first by name.

/// Sets that are looked at. Up to some hundred actions of a real API need fewer; where it takes more, as it can for nearly
/// all actions of the API, the answer is the best set found until then, the same one each time.
const STEPS: usize = 5_000;

/// The smallest set. `actions` has the alternatives of every action of the API, `wanted` the places of some in it; actions
/// without alternatives need no particular scope. Sorted by name.
pub(crate) fn smallest<'a>(actions: &[&[&'a str]], wanted: &[usize]) -> Vec<&'a str> {
    // In order of plainness and name.
    let mut opened: Vec<((u8, &str), Set)> = Vec::new();
    for (place, alternatives) in actions.iter().enumerate() {
        for scope in *alternatives {
            let key = (plainness(scope), *scope);
            let at = opened.partition_point(|(known, _)| *known < key);
            if opened.get(at).is_none_or(|(known, _)| *known != key) {
                opened.insert(at, (key, Set::empty(actions.len())));
            }
            opened[at].1.add(place);
        }
    }
    let mut all = Set::empty(actions.len());
    wanted
        .iter()
        .filter(|place| actions.get(**place).is_some_and(|it| !it.is_empty()))
        .for_each(|place| all.add(*place));
    let mut scopes: Vec<Scope<'_>> = opened
        .into_iter()
        .map(|((_, name), opens)| Scope {
            name,
            covers: opens.and(&all),
            surplus: opens.without(&all),
            opens: opens.len(),
        })
        .filter(|scope| scope.covers.len() > 0)
        .collect();
    let needless: Vec<bool> = (0..scopes.len()).map(|at| is_needless(&scopes, at)).collect();
    let mut needless = needless.into_iter();
    scopes.retain(|_| !needless.next().unwrap_or_default());

    let mut of_action = vec![Vec::new(); actions.len()];
    for (at, scope) in scopes.iter().enumerate() {
        scope.covers.places().for_each(|place| of_action[place].push(at));
    }
    let mut search = Search { scopes: &scopes, of_action, best: None, steps: 0 };
    search.extend(&mut Vec::new(), &all, &Set::empty(actions.len()));
    let chosen = search.best.take().into_iter().flat_map(|best| best.chosen);
    in_order(chosen.map(|at| scopes[at].name))
}

/// A few items in order, by insertion: sorting is made for many and would be more code than all of this.
fn in_order<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut sorted = Vec::new();
    for item in items {
        let at = sorted.partition_point(|known| *known < item);
        sorted.insert(at, item);
    }
    sorted
}

/// Scopes of single actions are plainer than those of resources, and these than those of whole accounts.
fn plainness(scope: &str) -> u8 {
    if scope.starts_with("all.") || scope.starts_with("only.") { 2 } else { u8::from(scope.ends_with(".*")) }
}

struct Scope<'a> {
    name: &'a str,
    /// Wanted actions that it opens.
    covers: Set,
    /// Other actions that it opens.
    surplus: Set,
    /// How many it opens in all.
    opens: usize,
}

/// Whether another scope does the same or more and is in no respect worse.
fn is_needless(scopes: &[Scope<'_>], at: usize) -> bool {
    let this = &scopes[at];
    scopes.iter().enumerate().any(|(other_at, other)| {
        let is_as_good = other.opens <= this.opens
            && this.covers.without(&other.covers).len() == 0
            && other.surplus.without(&this.surplus).len() == 0;
        is_as_good && (other.opens < this.opens || other_at < at)
    })
}

/// What is compared first, second, third; at last the scopes themselves, which are in order.
type Cost = (usize, usize, usize);

struct Best {
    cost: Cost,
    chosen: Vec<usize>,
}

struct Search<'s, 'a> {
    scopes: &'s [Scope<'a>],
    /// For each action the scopes that open it.
    of_action: Vec<Vec<usize>>,
    best: Option<Best>,
    steps: usize,
}

impl Search<'_, '_> {
    /// Tries every way to go on from some chosen scopes that can still be better than the best set known.
    fn extend(&mut self, chosen: &mut Vec<usize>, open: &Set, surplus: &Set) {
        let opens = chosen.iter().map(|at| self.scopes[*at].opens).sum();
        if open.len() == 0 {
            let sorted = in_order(chosen.iter().copied());
            let cost = (surplus.len(), chosen.len(), opens);
            if self.best.as_ref().is_none_or(|best| (cost, &sorted) < (best.cost, &best.chosen)) {
                self.best = Some(Best { cost, chosen: sorted });
            }
            return;
        }
        self.steps += 1;
        if self.best.is_some() && self.steps > STEPS {
            return;
        }
        let Some(usable) = self.usable(chosen.len(), opens, open, surplus) else { return };
        let usable = usable.into_iter().map(|at| {
            let scope = &self.scopes[at];
            (scope.surplus.without(surplus).len(), usize::MAX - scope.covers.and(open).len(), scope.opens, at)
        });
        for (.., at) in in_order(usable) {
            let scope = &self.scopes[at];
            chosen.push(at);
            self.extend(chosen, &open.without(&scope.covers), &surplus.or(&scope.surplus));
            chosen.pop();
        }
    }

    /// The scopes for the open action that has the fewest; none where no set from here on can be the best.
    fn usable(&self, count: usize, opens: usize, open: &Set, surplus: &Set) -> Option<Vec<usize>> {
        let limit = self.best.as_ref().map_or(usize::MAX, |best| best.cost.0);
        let added: Vec<usize> =
            self.scopes.iter().map(|scope| surplus.len() + scope.surplus.without(surplus).len()).collect();
        let mut least: Option<Vec<usize>> = None;
        let mut bound = (surplus.len(), count, opens);
        // Actions of which no two share a scope need a scope each; and if the scopes share no surplus, each its own one.
        let mut apart = Set::empty(self.scopes.len());
        let mut paid = surplus.clone();
        for action in open.places() {
            let of: Vec<usize> = self.of_action[action].iter().copied().filter(|at| added[*at] <= limit).collect();
            let cheapest = of.iter().map(|at| added[*at] - surplus.len()).min()?;
            if cheapest > 0 {
                let all = of
                    .iter()
                    .fold(Set::empty(self.of_action.len()), |all, at| all.or(&self.scopes[*at].surplus))
                    .without(surplus);
                if all.without(&paid) == all {
                    bound.0 += cheapest;
                    paid = paid.or(&all);
                }
            }
            if of.iter().all(|at| !apart.has(*at)) {
                for at in &of {
                    apart.add(*at);
                }
                bound.1 += 1;
                bound.2 += of.iter().map(|at| self.scopes[*at].opens).min()?;
            }
            if least.as_ref().is_none_or(|least| of.len() < least.len()) {
                least = Some(of);
            }
        }
        least.filter(|_| self.best.as_ref().is_none_or(|best| bound <= best.cost))
    }
}

/// A set of small numbers.
#[derive(Clone, PartialEq)]
struct Set(Vec<u64>);

impl Set {
    fn empty(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)])
    }

    fn add(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    fn has(&self, place: usize) -> bool {
        self.0[place / 64] >> (place % 64) & 1 == 1
    }

    fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    fn places(&self) -> impl Iterator<Item = usize> {
        (0..self.0.len() * 64).filter(|place| self.has(*place))
    }

    fn and(&self, other: &Self) -> Self {
        self.with(other, |one, two| one & two)
    }

    fn or(&self, other: &Self) -> Self {
        self.with(other, |one, two| one | two)
    }

    fn without(&self, other: &Self) -> Self {
        self.with(other, |one, two| one & !two)
    }

    fn with(&self, other: &Self, join: fn(u64, u64) -> u64) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, two)| join(*one, *two)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::smallest;

    fn check(actions: &[&[&str]], wanted: &[usize], scopes: &[&str]) {
        assert_eq!(smallest(actions, wanted), scopes, "{wanted:?}");
    }

    #[test]
    fn privileges_count_before_scopes() {
        let actions: &[&[&str]] =
            &[&["all.A", "a.*", "a.get"], &["all.A", "a.*", "a.put"], &["all.A", "b.*", "b.get"], &[], &["all.A"]];
        check(actions, &[], &[]);
        check(actions, &[0], &["a.get"]);
        check(actions, &[1, 0, 0], &["a.*"]);
        check(actions, &[2], &["b.get"]);
        check(actions, &[0, 2], &["a.get", "b.get"]);
        check(actions, &[0, 1, 2], &["a.*", "b.get"]);
        // What needs no scope adds none, and what is not there neither.
        check(actions, &[3, 99], &[]);
        // Who gets everything anyway needs one scope.
        check(actions, &[0, 1, 2, 4], &["all.A"]);
        check(actions, &[0, 4], &["all.A"]);
    }

    #[test]
    fn a_scope_that_is_paid_for_is_used() {
        // The third action has but the large scope; what it opens anyway needs no scope of its own.
        let actions: &[&[&str]] = &[&["a.get", "big.*"], &["b.get", "big.*"], &["big.*"], &["big.*", "c.get"]];
        check(actions, &[0, 1, 2], &["big.*"]);
        check(actions, &[0, 1, 3], &["a.get", "b.get", "c.get"]);
    }

    /// Every set of scopes, compared by the rules as they are written above.
    fn by_trying_all<'a>(actions: &[&[&'a str]], wanted: &[usize]) -> Vec<&'a str> {
        let mut scopes: Vec<&str> = actions.iter().flat_map(|of| of.iter().copied()).collect();
        scopes.sort_unstable();
        scopes.dedup();
        let opens = |set: &[&str], place: usize| actions[place].iter().any(|scope| set.contains(scope));
        let sets = (0..1_u32 << scopes.len())
            .map(|bits| (0..scopes.len()).filter(|at| bits >> at & 1 == 1).map(|at| scopes[at]).collect::<Vec<_>>());
        let fitting = sets.filter(|set| wanted.iter().all(|place| actions[*place].is_empty() || opens(set, *place)));
        let rank = |set: &Vec<&'a str>| {
            let beside = (0..actions.len()).filter(|place| !wanted.contains(place) && opens(set, *place)).count();
            let summed: usize = set.iter().map(|scope| actions.iter().filter(|of| of.contains(scope)).count()).sum();
            let mut plain: Vec<_> = set.iter().map(|scope| (super::plainness(scope), *scope)).collect();
            plain.sort_unstable();
            (beside, set.len(), summed, plain)
        };
        fitting.min_by_key(rank).unwrap_or_default()
    }

    #[test]
    fn it_is_the_smallest_of_all_sets() {
        const NAMES: [&str; 9] = ["all.A", "all.B", "only.A", "a.*", "b.*", "a.get", "a.put", "b.get", "b.put"];
        // Numbers that look random and are the same each time.
        let mut state = 1_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for _ in 0..400 {
            let lists: Vec<Vec<&str>> = (0..7).map(|_| NAMES.into_iter().filter(|_| next(3) == 0).collect()).collect();
            let actions: Vec<&[&str]> = lists.iter().map(Vec::as_slice).collect();
            let wanted: Vec<usize> = (0..7).filter(|_| next(2) == 0).collect();
            assert_eq!(smallest(&actions, &wanted), by_trying_all(&actions, &wanted), "{lists:?} {wanted:?}");
        }
    }
}
