//! SHA-512 of a whole message, which is how `random` widens a text seed.
//!
//! It knows no streaming and is no tool of security. The constants of FIPS 180-4 are computed from their definition,
//! the fractional parts of roots of the first primes, rather than listed.

use num_bigint::BigUint;
use num_traits::ToPrimitive;
use std::sync::LazyLock;

const ROUNDS: usize = 80;
const BLOCK_BYTES: usize = 128;

struct Constants {
    initial: [u64; 8],
    rounds: [u64; ROUNDS],
}

static CONSTANTS: LazyLock<Constants> = LazyLock::new(|| {
    let mut primes: Vec<u64> = Vec::with_capacity(ROUNDS);
    for candidate in 2.. {
        if primes.len() == ROUNDS {
            break;
        }
        if primes.iter().all(|prime| candidate % prime != 0) {
            primes.push(candidate);
        }
    }
    Constants {
        initial: std::array::from_fn(|at| root_fraction(primes[at], 2)),
        rounds: std::array::from_fn(|at| root_fraction(primes[at], 3)),
    }
});

/// The first 64 bits behind the point of the given root.
fn root_fraction(n: u64, degree: u32) -> u64 {
    let scaled = (BigUint::from(n) << (64 * degree)).nth_root(degree);
    (scaled & BigUint::from(u64::MAX)).to_u64().unwrap_or(0)
}

/// The digest of the message.
pub(super) fn digest(message: &[u8]) -> [u8; 64] {
    let mut padded = message.to_vec();
    padded.push(0x80);
    while padded.len() % BLOCK_BYTES != BLOCK_BYTES - 16 {
        padded.push(0);
    }
    padded.extend_from_slice(&(message.len() as u128 * 8).to_be_bytes());
    let mut state = CONSTANTS.initial;
    for block in padded.chunks_exact(BLOCK_BYTES) {
        compress(&mut state, block);
    }
    let mut out = [0; 64];
    for (bytes, word) in out.chunks_exact_mut(8).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    out
}

fn compress(state: &mut [u64; 8], block: &[u8]) {
    let mut words = [0u64; ROUNDS];
    for (at, byte) in block.iter().enumerate() {
        words[at / 8] = words[at / 8] << 8 | u64::from(*byte);
    }
    for at in 16..ROUNDS {
        let (near, far) = (words[at - 2], words[at - 15]);
        let near = near.rotate_right(19) ^ near.rotate_right(61) ^ (near >> 6);
        let far = far.rotate_right(1) ^ far.rotate_right(8) ^ (far >> 7);
        words[at] = words[at - 16].wrapping_add(far).wrapping_add(words[at - 7]).wrapping_add(near);
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for (word, constant) in words.iter().zip(&CONSTANTS.rounds) {
        let mix = e.rotate_right(14) ^ e.rotate_right(18) ^ e.rotate_right(41);
        let choice = (e & f) ^ (!e & g);
        let first = h.wrapping_add(mix).wrapping_add(choice).wrapping_add(*constant).wrapping_add(*word);
        let mix = a.rotate_right(28) ^ a.rotate_right(34) ^ a.rotate_right(39);
        let majority = (a & b) ^ (a & c) ^ (b & c);
        let second = mix.wrapping_add(majority);
        (h, g, f, e) = (g, f, e, d.wrapping_add(first));
        (d, c, b, a) = (c, b, a, first.wrapping_add(second));
    }
    for (word, change) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(change);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(message: &[u8]) -> String {
        digest(message).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn known_digests() {
        assert!(hex(b"").starts_with("cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"));
        assert!(hex(b"abc").starts_with("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"));
        assert!(hex(&[b'a'; 111]).ends_with("3c68d04e297b0eb7b2b4d60fc6b566a2"));
        assert!(hex(&[b'a'; 112]).ends_with("9ecbb152f58f130a407c8830604b70ca"));
    }
}
