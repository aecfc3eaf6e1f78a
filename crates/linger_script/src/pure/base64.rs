//! Base64 of RFC 4648, read as leniently as CPython's `binascii` reads it. Knows no values of scripts.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub(crate) fn encode(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len().div_ceil(3) * 4);
    for chunk in data.chunks(3) {
        let bytes = [chunk[0], chunk.get(1).copied().unwrap_or(0), chunk.get(2).copied().unwrap_or(0)];
        let number = u32::from_be_bytes([0, bytes[0], bytes[1], bytes[2]]);
        for place in 0..4 {
            let letter = LETTERS[(number >> (18 - 6 * place)) as usize & 63];
            out.push(if place <= chunk.len() { letter } else { b'=' });
        }
    }
    out
}

/// The bytes, or what is wrong. Where not `strict`, what is no letter is skipped.
pub(crate) fn decode(text: &[u8], strict: bool) -> Result<Vec<u8>, String> {
    if strict && text.first() == Some(&b'=') {
        return Err("Leading padding not allowed".to_owned());
    }
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    // The letters of the four that are read, their number, and the padding behind them.
    let (mut bits, mut count, mut pads, mut padded) = (0_u32, 0, 0, false);
    for (at, &byte) in text.iter().enumerate() {
        if byte == b'=' {
            padded = true;
            pads += usize::from(count >= 2);
            if count >= 2 && count + pads >= 4 {
                if strict && at + 1 < text.len() {
                    return Err("Excess data after padding".to_owned());
                }
                return Ok(out);
            }
            continue;
        }
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ if strict => return Err("Only base64 data is allowed".to_owned()),
            _ => continue,
        };
        if strict && padded {
            return Err("Discontinuous padding not allowed".to_owned());
        }
        pads = 0;
        bits = bits << 6 | u32::from(value);
        count += 1;
        if count > 1 {
            out.push((bits >> (8 - 2 * count)) as u8);
        }
        count %= 4;
    }
    match count {
        0 => Ok(out),
        1 => Err(format!(
            "Invalid base64-encoded string: number of data characters ({}) cannot be 1 more than a multiple of 4",
            out.len() / 3 * 4 + 1
        )),
        _ => Err("Incorrect padding".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        for len in 0..50_u8 {
            let data: Vec<u8> = (0..len).map(|byte| byte.wrapping_mul(37)).collect();
            assert_eq!(decode(&encode(&data), true), Ok(data));
        }
    }

    #[test]
    fn what_is_no_letter_is_skipped_unless_strict() {
        assert_eq!(decode(b"aG Vs\nbG8=", false), Ok(b"hello".to_vec()));
        assert!(decode(b"aG Vs\nbG8=", true).is_err());
        assert!(decode(b"aGVsb", false).is_err_and(|why| why.contains("(5)")));
    }
}
