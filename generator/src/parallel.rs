//! Work on many things at once, with the results in the order of the things: no output may depend on which thread was
//! first.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// For fewer items than these, threads cost more than they save.
const WORTH_IT: usize = 16;

/// Applies a function to every item, on as many threads as the machine has cores. All of them are new: the memory of the
/// calling thread is in pieces by what it has done, and the more it did, the longer its allocator searches.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], apply: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    if threads < 2 || items.len() < WORTH_IT {
        return items.iter().map(apply).collect();
    }
    // Items differ in size, so a thread takes the next one whenever it is free.
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, item)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            items.get(at).map(|item| (at, item))
        } {
            done.push((at, apply(item)));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut done = Vec::with_capacity(items.len());
        for worker in workers {
            match worker.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..1000).collect();
        // The first items take longest.
        let slow = |item: &u64| (0..(1000 - item) * 100).fold(*item, |sum, _| std::hint::black_box(sum));
        assert_eq!(map(&items, slow), items);
    }

    #[test]
    fn nothing_and_one_need_no_thread() {
        assert!(map(&[] as &[u8], |item| *item).is_empty());
        assert_eq!(map(&[7], |item| item + 1), [8]);
    }
}
