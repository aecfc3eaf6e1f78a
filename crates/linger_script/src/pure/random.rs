//! CPython's `random`: the Mersenne Twister, its seeds, and what is drawn from it as integers and positions.
//!
//! It knows no clock and no entropy: a generator without a seed is seeded by the caller. The real-valued distributions
//! are in `random_dist`.

use super::error::{ErrorKind, PureError, PureResult};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, Signed, Zero};
use sha2::{Digest, Sha512};
use std::collections::HashSet;

const STATE_WORDS: usize = 624;
const SHIFT_WORDS: usize = 397;

/// A generator; two with the same state draw the same.
#[derive(Clone, Debug)]
pub struct Random {
    words: Box<[u32; STATE_WORDS]>,
    next_word: usize,
    /// The second of the pair that `gauss` computes, as `getstate()[2]` shows it.
    pub gauss_next: Option<f64>,
}

impl Random {
    /// A generator seeded with an integer.
    pub fn new(seed: &BigUint) -> Self {
        let mut random = Self { words: Box::new([0; STATE_WORDS]), next_word: STATE_WORDS, gauss_next: None };
        random.seed(seed);
        random
    }

    /// Seeds with the size of an integer: its sign does not matter.
    pub fn seed(&mut self, seed: &BigUint) {
        let mut key: Vec<u32> = seed.iter_u32_digits().collect();
        if key.is_empty() {
            key.push(0);
        }
        self.seed_by_key(&key);
        self.gauss_next = None;
    }

    /// Seeds with text (encoded as UTF-8) or bytes, as version 2 does.
    pub fn seed_bytes(&mut self, seed: &[u8]) {
        let widened = [seed, Sha512::digest(seed).as_slice()].concat();
        self.seed(&BigUint::from_bytes_be(&widened));
    }

    /// Seeds with the hash of a float.
    pub fn seed_hash(&mut self, hash: i64) {
        self.seed(&BigUint::from(hash as u64));
    }

    fn seed_by_word(&mut self, seed: u32) {
        self.words[0] = seed;
        for at in 1..STATE_WORDS {
            let before = self.words[at - 1];
            self.words[at] = 1_812_433_253u32.wrapping_mul(before ^ (before >> 30)).wrapping_add(at as u32);
        }
        self.next_word = STATE_WORDS;
    }

    fn seed_by_key(&mut self, key: &[u32]) {
        self.seed_by_word(19_650_218);
        let words = &mut self.words;
        let (mut at, mut key_at) = (1, 0);
        for _ in 0..STATE_WORDS.max(key.len()) {
            let before = words[at - 1];
            words[at] = (words[at] ^ (before ^ (before >> 30)).wrapping_mul(1_664_525))
                .wrapping_add(key[key_at])
                .wrapping_add(key_at as u32);
            at += 1;
            key_at = (key_at + 1) % key.len();
            if at == STATE_WORDS {
                words[0] = words[STATE_WORDS - 1];
                at = 1;
            }
        }
        for _ in 1..STATE_WORDS {
            let before = words[at - 1];
            words[at] = (words[at] ^ (before ^ (before >> 30)).wrapping_mul(1_566_083_941)).wrapping_sub(at as u32);
            at += 1;
            if at == STATE_WORDS {
                words[0] = words[STATE_WORDS - 1];
                at = 1;
            }
        }
        words[0] = 0x8000_0000;
    }

    fn next_u32(&mut self) -> u32 {
        if self.next_word >= STATE_WORDS {
            self.regenerate();
        }
        let mut word = self.words[self.next_word];
        self.next_word += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    fn regenerate(&mut self) {
        for at in 0..STATE_WORDS {
            let low = self.words[(at + 1) % STATE_WORDS];
            let mixed = (self.words[at] & 0x8000_0000) | (low & 0x7fff_ffff);
            let twist = if low & 1 == 1 { 0x9908_b0df } else { 0 };
            self.words[at] = self.words[(at + SHIFT_WORDS) % STATE_WORDS] ^ (mixed >> 1) ^ twist;
        }
        self.next_word = 0;
    }

    /// `random()`: from 0 to below 1, in steps of 2**-53.
    pub fn random(&mut self) -> f64 {
        let high = f64::from(self.next_u32() >> 5);
        let low = f64::from(self.next_u32() >> 6);
        (high * 67_108_864.0 + low) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// `getrandbits(bits)` of at most 64 bits.
    pub fn bits_u64(&mut self, bits: u32) -> u64 {
        debug_assert!(bits <= 64);
        let mut drawn = 0;
        for word in 0..bits.div_ceil(32) {
            drawn |= u64::from(self.word_of(bits - 32 * word)) << (32 * word);
        }
        drawn
    }

    /// `getrandbits(bits)` of any number.
    pub fn bits_big(&mut self, bits: u64) -> BigUint {
        let words = (0..bits.div_ceil(32)).map(|word| self.word_of((bits - 32 * word).min(32) as u32)).collect();
        BigUint::new(words)
    }

    fn word_of(&mut self, bits: u32) -> u32 {
        self.next_u32() >> 32u32.saturating_sub(bits)
    }

    /// `randbytes(count)`.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = self.bits_big(count as u64 * 8).to_bytes_le();
        bytes.resize(count, 0);
        bytes
    }

    /// A number from 0 to below `n`, which is not 0.
    pub fn below(&mut self, n: u64) -> u64 {
        debug_assert!(n > 0, "no number is below 0");
        let bits = u64::BITS - n.leading_zeros();
        loop {
            let drawn = self.bits_u64(bits);
            if drawn < n {
                return drawn;
            }
        }
    }

    /// A number from 0 to below `n`, which is not 0.
    pub fn below_big(&mut self, n: &BigUint) -> BigUint {
        debug_assert!(!n.is_zero(), "no number is below 0");
        loop {
            let drawn = self.bits_big(n.bits());
            if drawn < *n {
                return drawn;
            }
        }
    }

    /// `randrange(start, stop, step)`; `randint(a, b)` is `range(a, b + 1, 1)`.
    pub fn range(&mut self, start: &BigInt, stop: &BigInt, step: &BigInt) -> PureResult<BigInt> {
        let width = stop - start;
        let count = if step.is_one() {
            if !width.is_positive() {
                let message = format!("empty range for randrange() ({start}, {stop}, {width})");
                return Err(PureError::value(message));
            }
            width
        } else if step.is_zero() {
            return Err(PureError::value("zero step for randrange()"));
        } else {
            // Rounded away from zero, so that a last partial step counts.
            (width + step - step.signum()).div_floor(step)
        };
        if !count.is_positive() {
            return Err(empty_range());
        }
        let drawn = BigInt::from(self.below_big(count.magnitude()));
        Ok(start + step * drawn)
    }

    /// The swaps of `shuffle` of that many elements, in order.
    pub fn shuffle(&mut self, count: usize, mut swap: impl FnMut(usize, usize)) {
        for at in (1..count).rev() {
            swap(at, self.below(at as u64 + 1) as usize);
        }
    }

    /// `choice`: the position of one of that many elements.
    pub fn choice(&mut self, count: usize) -> PureResult<usize> {
        if count == 0 {
            let message = "Cannot choose from an empty sequence".to_owned();
            return Err(PureError { kind: ErrorKind::Index, message });
        }
        Ok(self.below(count as u64) as usize)
    }

    /// `sample`: positions of different elements among `population`, in order of selection.
    pub fn sample(&mut self, population: usize, count: i64) -> PureResult<Vec<usize>> {
        let count = usize::try_from(count).ok().filter(|count| *count <= population);
        let count = count.ok_or_else(|| PureError::value("Sample larger than population or is negative"))?;
        let mut chosen = Vec::with_capacity(count);
        if population as f64 <= set_size(count) {
            let mut pool: Vec<usize> = (0..population).collect();
            for done in 0..count {
                let at = self.below((population - done) as u64) as usize;
                chosen.push(pool[at]);
                pool[at] = pool[population - done - 1];
            }
        } else {
            let mut seen = HashSet::with_capacity(count);
            while chosen.len() < count {
                let at = self.below(population as u64) as usize;
                if seen.insert(at) {
                    chosen.push(at);
                }
            }
        }
        Ok(chosen)
    }

    /// `choices` without weights: positions among `population`.
    pub fn choices(&mut self, population: usize, count: usize) -> Vec<usize> {
        (0..count).map(|_| (self.random() * population as f64).floor() as usize).collect()
    }

    /// `choices` with cumulative weights, of which there are as many as elements.
    pub fn choices_weighted(&mut self, cumulative: &[f64], population: usize, count: usize) -> PureResult<Vec<usize>> {
        let total = match cumulative {
            [.., total] if cumulative.len() == population => *total,
            _ => return Err(PureError::value("The number of weights does not match the population")),
        };
        if total <= 0.0 {
            return Err(PureError::value("Total of weights must be greater than zero"));
        }
        if !total.is_finite() {
            return Err(PureError::value("Total of weights must be finite"));
        }
        let searched = &cumulative[..population - 1];
        let mut draw = || {
            let target = self.random() * total;
            searched.partition_point(|weight| *weight <= target)
        };
        Ok((0..count).map(|_| draw()).collect())
    }

    /// The 625 numbers of `getstate()[1]`.
    pub fn state(&self) -> Vec<u32> {
        let mut state = self.words.to_vec();
        state.push(self.next_word as u32);
        state
    }

    /// Takes the 625 numbers that `state` gave.
    pub fn set_state(&mut self, state: &[u32]) -> PureResult<()> {
        let (next_word, words) = match state.split_last() {
            Some(parts) if state.len() == STATE_WORDS + 1 => parts,
            _ => return Err(PureError::value("state vector is the wrong size")),
        };
        if *next_word as usize > STATE_WORDS {
            return Err(PureError::value("invalid state"));
        }
        self.words.copy_from_slice(words);
        self.next_word = *next_word as usize;
        Ok(())
    }
}

fn empty_range() -> PureError {
    PureError::value("empty range for randrange()")
}

/// Up to which population a pool is the smaller thing to keep than a set of what was chosen.
fn set_size(count: usize) -> f64 {
    let mut size = 21.0;
    if count > 5 {
        size += 4f64.powf(((count as f64 * 3.0).ln() / 4f64.ln()).ceil());
    }
    size
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeded(seed: u64) -> Random {
        Random::new(&BigUint::from(seed))
    }

    #[test]
    fn same_numbers_for_the_same_seed() {
        let mut random = seeded(42);
        assert_eq!(random.random(), 0.6394267984578837);
        assert_eq!(random.random(), 0.025010755222666936);
        let mut random = seeded(0);
        assert_eq!(random.random(), 0.8444218515250481);
        let mut random = Random::new(&(BigUint::from(1u8) << 100u8));
        assert_eq!(random.random(), 0.7586581712996778);
        random.seed_bytes(b"hello");
        assert_eq!(random.random(), 0.3537754404730722);
        random.seed_hash(crate::pure::float_num::hash_f64(-1.5).expect("a number"));
        assert_eq!(random.random(), 0.7101153317194698);
    }

    #[test]
    fn draws_integers() {
        let mut random = seeded(7);
        assert_eq!([5, 32, 33, 64].map(|bits| random.bits_u64(bits)), [10, 4071050724, 647892279, 890727360438182992]);
        assert_eq!(random.bits_big(100).to_string(), "121685109202443864600992231219");
        assert_eq!(random.bytes(5), [248, 201, 157, 93, 149]);
        let drawn: Vec<_> = (0..5).map(|_| random.below(10)).collect();
        assert_eq!(drawn, [0, 8, 3, 0, 1]);
        let mut range = |a: i64, b: i64, c: i64| random.range(&a.into(), &b.into(), &c.into());
        assert_eq!(range(10, -10, -3), Ok(1.into()));
        let message = |result: PureResult<BigInt>| result.expect_err("empty").message;
        assert_eq!(message(range(3, 3, 1)), "empty range for randrange() (3, 3, 0)");
        assert_eq!(message(range(3, 3, 2)), "empty range for randrange()");
        assert_eq!(message(range(3, 4, 0)), "zero step for randrange()");
        assert!(random.choice(0).is_err());
    }

    #[test]
    fn draws_positions() {
        let mut random = seeded(3);
        let mut items: Vec<u32> = (0..8).collect();
        random.shuffle(items.len(), |a, b| items.swap(a, b));
        assert_eq!(items, [0, 5, 7, 2, 1, 6, 4, 3]);
        assert_eq!(random.sample(10, 4).expect("enough"), [9, 1, 0, 6]);
        assert_eq!(random.sample(1000, 6).expect("enough"), [480, 265, 564, 239, 196, 734]);
        assert_eq!(random.choices(5, 4), [2, 4, 2, 3]);
        assert_eq!(random.choices_weighted(&[1.0, 11.0, 12.0], 3, 6).expect("weights"), [1, 1, 1, 1, 1, 1]);
        assert!(random.sample(3, 4).is_err() && random.choices_weighted(&[0.0], 1, 1).is_err());
    }

    #[test]
    fn state_can_be_put_back() {
        let mut random = seeded(1);
        random.random();
        let state = random.state();
        let next = random.random();
        random.set_state(&state).expect("its own state");
        assert_eq!(random.random(), next);
        assert!(random.set_state(&state[1..]).is_err());
        assert!(random.set_state(&[vec![0; 624], vec![625]].concat()).is_err());
    }
}
