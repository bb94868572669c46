//! Random numbers that need to be no secret, from the only source of them in the standard library, or from JavaScript. Touches nothing.

use std::hash::{BuildHasher, RandomState};

/// 64 random bits.
pub(crate) fn bits() -> u64 {
    // Without a system the hasher is the same in each program.
    #[cfg(all(target_family = "wasm", target_os = "unknown"))]
    let seed = js_sys::Math::random().to_bits();
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    let seed = 0_u64;
    RandomState::new().hash_one(seed)
}

/// A number from 0 up to (and without) 1.
pub(crate) fn fraction() -> f64 {
    // 32 bits are more than any wait can tell apart, and fit a float exactly.
    f64::from((bits() >> 32) as u32) / 4_294_967_296.0
}

#[cfg(test)]
mod tests {
    use super::{bits, fraction};

    #[test]
    fn numbers_differ_and_stay_below_one() {
        assert_ne!(bits(), bits());
        for _ in 0..1000 {
            assert!((0.0..1.0).contains(&fraction()));
        }
    }
}
