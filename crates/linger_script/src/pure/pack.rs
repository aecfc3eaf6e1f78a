//! Numbers as the bytes that other programs write: the formats of `struct`, and the items of arrays and memory views.
//!
//! Knows neither values nor heap: what is packed arrives as integers, floats and bytes.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

/// What a letter of a format stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `x`: bytes that mean nothing.
    Pad,
    /// `c`: one byte as bytes.
    Char,
    /// `?`
    Bool,
    /// An integer, with a sign or without.
    Int {
        /// Whether it may be negative.
        signed: bool,
    },
    /// `e`, `f` and `d`.
    Float,
    /// `s`: bytes of a fixed length.
    Bytes,
    /// `p`: bytes with their length in front.
    Pascal,
}

/// One part of a format: `count` items, or bytes, of the same kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: Kind,
    /// The letter in the format.
    pub letter: char,
    /// Where it starts.
    pub offset: usize,
    /// How many there are; of bytes the length.
    pub count: usize,
    /// Bytes of one item.
    pub size: usize,
}

impl Part {
    /// How many values it takes or gives.
    pub fn values(&self) -> usize {
        match self.kind {
            Kind::Pad => 0,
            Kind::Bytes | Kind::Pascal => 1,
            _ => self.count,
        }
    }
}

/// A format that has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    /// Whether the lowest byte comes first.
    pub little: bool,
    /// Its parts in order.
    pub parts: Vec<Part>,
    /// Bytes of all of it.
    pub size: usize,
}

/// The kind and the size of a letter; `native` sizes are those of a 64-bit machine.
pub fn letter(letter: char, native: bool) -> Option<(Kind, usize)> {
    let int = |signed| Kind::Int { signed };
    Some(match letter {
        'x' => (Kind::Pad, 1),
        'c' => (Kind::Char, 1),
        '?' => (Kind::Bool, 1),
        'b' => (int(true), 1),
        'B' => (int(false), 1),
        'h' => (int(true), 2),
        'H' => (int(false), 2),
        'i' => (int(true), 4),
        'I' => (int(false), 4),
        'l' => (int(true), if native { 8 } else { 4 }),
        'L' => (int(false), if native { 8 } else { 4 }),
        'q' => (int(true), 8),
        'Q' => (int(false), 8),
        'n' if native => (int(true), 8),
        'N' | 'P' if native => (int(false), 8),
        'e' => (Kind::Float, 2),
        'f' => (Kind::Float, 4),
        'd' => (Kind::Float, 8),
        's' => (Kind::Bytes, 1),
        'p' => (Kind::Pascal, 1),
        _ => return None,
    })
}

/// Reads a format of `struct`; the error is its message.
pub fn parse(text: &str) -> Result<Format, &'static str> {
    let (order, rest) = match text.chars().next() {
        Some(order @ ('@' | '=' | '<' | '>' | '!')) => (order, &text[1..]),
        _ => ('@', text),
    };
    let native = order == '@';
    let mut parts = Vec::new();
    let mut size = 0usize;
    let mut characters = rest.chars().peekable();
    while let Some(character) = characters.next() {
        if character.is_ascii_whitespace() {
            continue;
        }
        let mut count = 1usize;
        let mut name = character;
        if let Some(digit) = character.to_digit(10) {
            count = digit as usize;
            while let Some(digit) = characters.peek().and_then(|next| next.to_digit(10)) {
                count = count
                    .checked_mul(10)
                    .and_then(|count| count.checked_add(digit as usize))
                    .ok_or("total struct size too long")?;
                characters.next();
            }
            name = characters.next().ok_or("repeat count given without format specifier")?;
        }
        let (kind, item) = letter(name, native).ok_or("bad char in struct format")?;
        if native && !size.is_multiple_of(item) {
            size += item - size % item;
        }
        parts.push(Part { kind, letter: name, offset: size, count, size: item });
        size = item
            .checked_mul(count)
            .and_then(|bytes| size.checked_add(bytes))
            .filter(|size| *size <= isize::MAX as usize)
            .ok_or("total struct size too long")?;
    }
    Ok(Format { little: order != '>' && order != '!', parts, size })
}

/// The integer that bytes spell.
pub fn read_int(bytes: &[u8], signed: bool, little: bool) -> i128 {
    let mut number = 0u128;
    for index in 0..bytes.len() {
        let byte = if little { bytes[bytes.len() - 1 - index] } else { bytes[index] };
        number = number << 8 | u128::from(byte);
    }
    let bits = bytes.len() as u32 * 8;
    if signed && bits > 0 && number >> (bits - 1) & 1 == 1 { number as i128 - (1i128 << bits) } else { number as i128 }
}

/// The smallest and the largest integer of a size.
pub fn int_range(size: usize, signed: bool) -> (i128, i128) {
    let bits = size as u32 * 8;
    if signed { (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1) } else { (0, (1i128 << bits) - 1) }
}

/// Writes an integer; says whether it fits.
pub fn write_int(number: &BigInt, bytes: &mut [u8], signed: bool, little: bool) -> bool {
    let (least, most) = int_range(bytes.len(), signed);
    let Some(number) = number.to_i128().filter(|number| (least..=most).contains(number)) else { return false };
    let len = bytes.len();
    let all = number.to_le_bytes();
    for (index, byte) in all.iter().take(len).enumerate() {
        bytes[if little { index } else { len - 1 - index }] = *byte;
    }
    true
}

/// The float that two, four or eight bytes spell.
pub fn read_float(bytes: &[u8], little: bool) -> f64 {
    let bits = read_int(bytes, false, little) as u64;
    match bytes.len() {
        2 => half_to_f64(bits as u16),
        4 => f64::from(f32::from_bits(bits as u32)),
        _ => f64::from_bits(bits),
    }
}

/// Writes a float in two, four or eight bytes; says whether it fits.
pub fn write_float(number: f64, bytes: &mut [u8], little: bool) -> bool {
    let bits = match bytes.len() {
        2 => match f64_to_half(number) {
            Some(half) => u64::from(half),
            None => return false,
        },
        4 => {
            let single = number as f32;
            if single.is_infinite() && number.is_finite() {
                return false;
            }
            u64::from(if single.is_nan() { plain_nan_f32(number) } else { single.to_bits() })
        }
        _ => {
            if number.is_nan() {
                0x7FF8_0000_0000_0000 | number.to_bits() & (1 << 63)
            } else {
                number.to_bits()
            }
        }
    };
    let len = bytes.len();
    for (index, byte) in bits.to_le_bytes().iter().take(len).enumerate() {
        bytes[if little { index } else { len - 1 - index }] = *byte;
    }
    true
}

fn plain_nan_f32(number: f64) -> u32 {
    0x7FC0_0000 | if number.is_sign_negative() { 1 << 31 } else { 0 }
}

fn half_to_f64(half: u16) -> f64 {
    let sign = if half >> 15 == 1 { -1.0 } else { 1.0 };
    let exponent = i32::from(half >> 10 & 0x1F);
    let fraction = f64::from(half & 0x3FF);
    match exponent {
        0 => sign * fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => sign * f64::INFINITY,
        31 => f64::NAN.copysign(sign),
        _ => sign * (1.0 + fraction / 1024.0) * 2f64.powi(exponent - 15),
    }
}

/// The nearest half-precision float, ties to even; none if the number is too large.
fn f64_to_half(number: f64) -> Option<u16> {
    let sign = u16::from(number.is_sign_negative()) << 15;
    if number.is_nan() {
        return Some(sign | 0x7E00);
    }
    let size = number.abs();
    if size.is_infinite() {
        return Some(sign | 0x7C00);
    }
    // In units of the last place at this size.
    let exponent = if size == 0.0 { -14 } else { (size.log2().floor() as i32).max(-14) };
    let mut exponent = exponent;
    if size >= 2f64.powi(exponent + 1) {
        exponent += 1;
    } else if exponent > -14 && size < 2f64.powi(exponent) {
        exponent -= 1;
    }
    let units = (size / 2f64.powi(exponent - 10)).round_ties_even() as u32;
    // A carry out of the fraction is one into the exponent, which is where it belongs.
    let bits = if exponent == -14 { units } else { ((exponent + 14) as u32) * 1024 + units };
    if bits >= 0x7C00 { None } else { Some(sign | bits as u16) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_aligned_as_the_machine_does_unless_told_otherwise() {
        let size = |text: &str| parse(text).map(|format| format.size);
        assert_eq!(size("bi"), Ok(8));
        assert_eq!(size("<bi"), Ok(5));
        assert_eq!(size("@l"), Ok(8));
        assert_eq!(size("=l"), Ok(4));
        assert_eq!(size("3s 2h"), Ok(8));
        assert_eq!(size("b0q"), Ok(8));
        assert_eq!(size("z"), Err("bad char in struct format"));
        assert_eq!(size("12"), Err("repeat count given without format specifier"));
    }

    #[test]
    fn integers_come_back_in_either_order() {
        for little in [true, false] {
            for (number, size, signed) in [(-2i64, 1, true), (255, 1, false), (-32768, 2, true), (1 << 40, 8, true)] {
                let mut bytes = vec![0; size];
                assert!(write_int(&BigInt::from(number), &mut bytes, signed, little));
                assert_eq!(read_int(&bytes, signed, little), i128::from(number));
            }
        }
        assert!(!write_int(&BigInt::from(256), &mut [0], false, true));
        assert!(!write_int(&BigInt::from(-1), &mut [0; 8], false, true));
    }

    #[test]
    fn half_floats_round_to_even() {
        for (number, bits) in
            [(1.0, 0x3C00), (-2.0, 0xC000), (65504.0, 0x7BFF), (2f64.powi(-24), 1), (0.1, 0x2E66), (1e-8, 0)]
        {
            assert_eq!(f64_to_half(number), Some(bits), "{number}");
        }
        assert_eq!(f64_to_half(65520.0), None);
        for bits in 0..0x7C00 {
            assert_eq!(f64_to_half(half_to_f64(bits)), Some(bits));
        }
    }
}
