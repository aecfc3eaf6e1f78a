//! Text to bytes and back: the Unicode encodings, ASCII and Latin-1, and what is done about what they can't say.
//!
//! Text here holds no lone surrogates, so the handlers that would make them (`surrogateescape`, `surrogatepass`) act as `strict`.

use linger_heap::Value;

use crate::pure::str_repr::escape_non_ascii;
use crate::vm::{Raise, Result, Vm};

/// What is wrong with a stretch of the input, in bytes when decoding and in characters when encoding.
struct Fault {
    start: usize,
    end: usize,
    encoding: &'static str,
    reason: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8 {
        signature: bool,
    },
    Ascii,
    Latin1,
    /// With a byte order mark where the order is not given.
    Utf16(Option<Order>),
    Utf32(Option<Order>),
    UnicodeEscape,
    RawUnicodeEscape,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Little,
    Big,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Handler {
    Strict,
    Ignore,
    Replace,
    Backslash,
    XmlReference,
}

fn encoding_named(name: &str) -> Option<Encoding> {
    let name = name.trim().to_ascii_lowercase().replace([' ', '_'], "-");
    Some(match name.as_str() {
        "utf-8" | "utf8" | "u8" | "utf" | "utf8-ucs2" | "utf8-ucs4" | "cp65001" => Encoding::Utf8 { signature: false },
        "utf-8-sig" => Encoding::Utf8 { signature: true },
        "ascii" | "us-ascii" | "646" | "ansi-x3.4-1968" | "iso646-us" => Encoding::Ascii,
        "latin-1" | "latin1" | "latin" | "l1" | "iso-8859-1" | "iso8859-1" | "8859" | "cp819" => Encoding::Latin1,
        "utf-16" | "utf16" | "u16" => Encoding::Utf16(None),
        "utf-16-le" | "utf-16le" => Encoding::Utf16(Some(Order::Little)),
        "utf-16-be" | "utf-16be" => Encoding::Utf16(Some(Order::Big)),
        "utf-32" | "utf32" | "u32" => Encoding::Utf32(None),
        "utf-32-le" | "utf-32le" => Encoding::Utf32(Some(Order::Little)),
        "utf-32-be" | "utf-32be" => Encoding::Utf32(Some(Order::Big)),
        "unicode-escape" | "unicodeescape" => Encoding::UnicodeEscape,
        "raw-unicode-escape" => Encoding::RawUnicodeEscape,
        _ => return None,
    })
}

fn handler_named(name: &str) -> Option<Handler> {
    Some(match name {
        "strict" | "surrogateescape" | "surrogatepass" => Handler::Strict,
        "ignore" => Handler::Ignore,
        "replace" => Handler::Replace,
        "backslashreplace" => Handler::Backslash,
        "xmlcharrefreplace" => Handler::XmlReference,
        _ => return None,
    })
}

/// Decodes all that it can from `at` on.
fn decode_some(bytes: &[u8], at: usize, encoding: Encoding, out: &mut String) -> Result<(), Fault> {
    match encoding {
        Encoding::Utf8 { .. } => decode_utf8(bytes, at, out),
        Encoding::Ascii => {
            for (index, &byte) in bytes.iter().enumerate().skip(at) {
                if !byte.is_ascii() {
                    let reason = "ordinal not in range(128)";
                    return Err(Fault { start: index, end: index + 1, encoding: "ascii", reason });
                }
                out.push(byte as char);
            }
            Ok(())
        }
        Encoding::Latin1 => {
            out.extend(bytes[at..].iter().map(|&byte| byte as char));
            Ok(())
        }
        Encoding::Utf16(order) => decode_utf16(bytes, at, order, out),
        Encoding::Utf32(order) => decode_utf32(bytes, at, order, out),
        Encoding::UnicodeEscape => decode_escapes(bytes, at, out),
        Encoding::RawUnicodeEscape => decode_raw_escapes(bytes, at, out),
    }
}

fn decode_utf8(bytes: &[u8], at: usize, out: &mut String) -> Result<(), Fault> {
    let rest = &bytes[at..];
    let Err(error) = std::str::from_utf8(rest).map(|text| out.push_str(text)) else { return Ok(()) };
    let good = error.valid_up_to();
    out.push_str(&String::from_utf8_lossy(&rest[..good]));
    let start = at + good;
    let (end, reason) = match error.error_len() {
        None => (bytes.len(), "unexpected end of data"),
        Some(length) => {
            let leads = matches!(bytes[start], 0xC2..=0xF4);
            (start + length, if leads { "invalid continuation byte" } else { "invalid start byte" })
        }
    };
    Err(Fault { start, end, encoding: "utf-8", reason })
}

fn unit16(bytes: &[u8], order: Order) -> u16 {
    let pair = [bytes[0], bytes[1]];
    if order == Order::Little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
}

fn decode_utf16(bytes: &[u8], at: usize, order: Option<Order>, out: &mut String) -> Result<(), Fault> {
    let (order, mut at) = match (order, bytes) {
        (Some(order), _) => (order, at),
        (None, [0xFF, 0xFE, ..]) => (Order::Little, at.max(2)),
        (None, [0xFE, 0xFF, ..]) => (Order::Big, at.max(2)),
        (None, _) => (Order::Little, at),
    };
    let encoding = if order == Order::Little { "utf-16-le" } else { "utf-16-be" };
    let fault = |start, end, reason| Err(Fault { start, end, encoding, reason });
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.len() < 2 {
            return fault(at, bytes.len(), "truncated data");
        }
        let unit = unit16(rest, order);
        match unit {
            0xD800..=0xDBFF if rest.len() < 4 => return fault(at, bytes.len(), "unexpected end of data"),
            0xD800..=0xDBFF => {
                let low = unit16(&rest[2..], order);
                if !(0xDC00..=0xDFFF).contains(&low) {
                    return fault(at, at + 2, "illegal UTF-16 surrogate");
                }
                let code = 0x10000 + ((u32::from(unit) - 0xD800) << 10) + (u32::from(low) - 0xDC00);
                out.extend(char::from_u32(code));
                at += 4;
            }
            0xDC00..=0xDFFF => return fault(at, at + 2, "illegal encoding"),
            _ => {
                out.extend(char::from_u32(u32::from(unit)));
                at += 2;
            }
        }
    }
    Ok(())
}

fn decode_utf32(bytes: &[u8], at: usize, order: Option<Order>, out: &mut String) -> Result<(), Fault> {
    let (order, mut at) = match (order, bytes) {
        (Some(order), _) => (order, at),
        (None, [0xFF, 0xFE, 0, 0, ..]) => (Order::Little, at.max(4)),
        (None, [0, 0, 0xFE, 0xFF, ..]) => (Order::Big, at.max(4)),
        (None, _) => (Order::Little, at),
    };
    let encoding = if order == Order::Little { "utf-32-le" } else { "utf-32-be" };
    let fault = |start, end, reason| Err(Fault { start, end, encoding, reason });
    while at < bytes.len() {
        let Some(&unit) = bytes[at..].first_chunk::<4>() else {
            return fault(at, bytes.len(), "truncated data");
        };
        let code = if order == Order::Little { u32::from_le_bytes(unit) } else { u32::from_be_bytes(unit) };
        match char::from_u32(code) {
            Some(c) => out.push(c),
            None if code < 0x11_0000 => {
                return fault(at, at + 4, "code point in surrogate code point range(0xd800, 0xe000)");
            }
            None => return fault(at, at + 4, "code point not in range(0x110000)"),
        }
        at += 4;
    }
    Ok(())
}

/// The escapes of string literals, with every other byte as Latin-1.
/// Only `\uXXXX` and `\UXXXXXXXX` mean something; all other bytes are Latin-1.
fn decode_raw_escapes(bytes: &[u8], mut at: usize, out: &mut String) -> Result<(), Fault> {
    while at < bytes.len() {
        let wanted = match (bytes[at], bytes.get(at + 1)) {
            (b'\\', Some(b'u')) => 4,
            (b'\\', Some(b'U')) => 8,
            (b'\\', Some(&other)) => {
                out.push('\\');
                out.push(other as char);
                at += 2;
                continue;
            }
            (byte, _) => {
                out.push(byte as char);
                at += 1;
                continue;
            }
        };
        let digits = bytes[at + 2..].iter().take(wanted).take_while(|byte| byte.is_ascii_hexdigit()).count();
        let fault = |end, reason| Err(Fault { start: at, end, encoding: "rawunicodeescape", reason });
        if digits < wanted {
            let reason = if wanted == 4 { "truncated \\uXXXX escape" } else { "truncated \\UXXXXXXXX escape" };
            return fault(at + 2 + digits, reason);
        }
        let text = String::from_utf8_lossy(&bytes[at + 2..at + 2 + wanted]);
        let code = u32::from_str_radix(&text, 16).unwrap_or(u32::MAX);
        if code >= 0x11_0000 {
            return fault(at + 2 + wanted, "\\Uxxxxxxxx out of range");
        }
        out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        at += 2 + wanted;
    }
    Ok(())
}

fn encode_raw_escapes(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for character in text.chars() {
        match u32::from(character) {
            code @ 0..=0xFF => out.push(code as u8),
            code @ 0x100..=0xFFFF => out.extend(format!("\\u{code:04x}").into_bytes()),
            code => out.extend(format!("\\U{code:08x}").into_bytes()),
        }
    }
    out
}

fn decode_escapes(bytes: &[u8], at: usize, out: &mut String) -> Result<(), Fault> {
    let mut at = at;
    while at < bytes.len() {
        let start = at;
        if bytes[at] != b'\\' {
            out.push(bytes[at] as char);
            at += 1;
            continue;
        }
        let fault = |end, reason| Err(Fault { start, end, encoding: "unicodeescape", reason });
        let Some(&kind) = bytes.get(at + 1) else { return fault(bytes.len(), "\\ at end of string") };
        at += 2;
        let simple = match kind {
            b'\n' => continue,
            b'\\' | b'\'' | b'"' => kind,
            b'a' => 7,
            b'b' => 8,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 11,
            b'f' => 12,
            b'r' => b'\r',
            b'0'..=b'7' => {
                let digits = bytes[at - 1..].iter().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
                let code =
                    bytes[at - 1..at - 1 + digits].iter().fold(0, |code, digit| code * 8 + u32::from(digit - b'0'));
                out.extend(char::from_u32(code));
                at += digits - 1;
                continue;
            }
            b'x' | b'u' | b'U' => {
                let (wanted, reason) = match kind {
                    b'x' => (2, "truncated \\xXX escape"),
                    b'u' => (4, "truncated \\uXXXX escape"),
                    _ => (8, "truncated \\UXXXXXXXX escape"),
                };
                let digits = bytes[at..].iter().take(wanted).take_while(|byte| byte.is_ascii_hexdigit()).count();
                if digits < wanted {
                    return fault(at + digits, reason);
                }
                let text = String::from_utf8_lossy(&bytes[at..at + wanted]);
                let code = u32::from_str_radix(&text, 16).unwrap_or(u32::MAX);
                if code >= 0x11_0000 {
                    return fault(at + wanted, "illegal Unicode character");
                }
                out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                at += wanted;
                continue;
            }
            _ => {
                out.push('\\');
                kind
            }
        };
        out.push(simple as char);
    }
    Ok(())
}

fn decode(bytes: &[u8], encoding: Encoding, handler: Handler) -> Result<String, Fault> {
    let mut out = String::with_capacity(bytes.len());
    let mut at = match encoding {
        Encoding::Utf8 { signature: true } if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) => 3,
        _ => 0,
    };
    while let Err(fault) = decode_some(bytes, at, encoding, &mut out) {
        at = fault.end;
        match handler {
            Handler::Ignore => {}
            Handler::Replace => out.push(char::REPLACEMENT_CHARACTER),
            Handler::Backslash => {
                for byte in &bytes[fault.start..fault.end] {
                    out.push_str(&format!("\\x{byte:02x}"));
                }
            }
            Handler::Strict | Handler::XmlReference => return Err(fault),
        }
    }
    Ok(out)
}

fn encode(text: &str, encoding: Encoding, handler: Handler) -> Result<Vec<u8>, Fault> {
    let (limit, encoding, reason) = match encoding {
        Encoding::Utf8 { signature: false } => return Ok(text.as_bytes().to_vec()),
        Encoding::Utf8 { signature: true } => return Ok([&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat()),
        Encoding::Utf16(order) => return Ok(encode_utf16(text, order)),
        Encoding::Utf32(order) => return Ok(encode_utf32(text, order)),
        Encoding::UnicodeEscape => return Ok(encode_escapes(text).into_bytes()),
        Encoding::RawUnicodeEscape => return Ok(encode_raw_escapes(text)),
        Encoding::Ascii => (0x80, "ascii", "ordinal not in range(128)"),
        Encoding::Latin1 => (0x100, "latin-1", "ordinal not in range(256)"),
    };
    let mut out = Vec::with_capacity(text.len());
    for (index, c) in text.chars().enumerate() {
        let code = u32::from(c);
        if code < limit {
            out.push(code as u8);
            continue;
        }
        match handler {
            Handler::Ignore => {}
            Handler::Replace => out.push(b'?'),
            Handler::Backslash => out.extend(escape_non_ascii(c.encode_utf8(&mut [0; 4])).bytes()),
            Handler::XmlReference => out.extend(format!("&#{code};").bytes()),
            Handler::Strict => {
                let length = text.chars().skip(index).take_while(|c| u32::from(*c) >= limit).count();
                return Err(Fault { start: index, end: index + length, encoding, reason });
            }
        }
    }
    Ok(out)
}

fn encode_utf16(text: &str, order: Option<Order>) -> Vec<u8> {
    let mark = order.is_none().then_some(0xFEFF);
    let units = mark.into_iter().chain(text.encode_utf16());
    match order {
        Some(Order::Big) => units.flat_map(u16::to_be_bytes).collect(),
        _ => units.flat_map(u16::to_le_bytes).collect(),
    }
}

fn encode_utf32(text: &str, order: Option<Order>) -> Vec<u8> {
    let mark = order.is_none().then_some(0xFEFF);
    let units = mark.into_iter().chain(text.chars().map(u32::from));
    match order {
        Some(Order::Big) => units.flat_map(u32::to_be_bytes).collect(),
        _ => units.flat_map(u32::to_le_bytes).collect(),
    }
}

fn encode_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            ' '..='~' => out.push(c),
            '\0'..='\u{7f}' => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            _ => out.push_str(&escape_non_ascii(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

impl Vm {
    /// `text.encode(encoding, errors)`.
    pub(crate) fn encode(&mut self, text: &Value, encoding: &str, errors: &str) -> Result<Vec<u8>> {
        let Some(found) = encoding_named(encoding) else { return Err(self.unknown_encoding(encoding)) };
        let Some(body) = self.text_of(text) else { return Ok(Vec::new()) };
        // The handler is looked for only once it is needed, as in CPython.
        let handler = handler_named(errors);
        match (encode(&body.text, found, handler.unwrap_or(Handler::Strict)), handler) {
            (Ok(bytes), _) => Ok(bytes),
            (Err(_), None) => Err(self.unknown_handler(errors)),
            (Err(fault), _) => {
                let class = self.classes.unicode_encode_error.clone();
                let object = self.str(&body.text);
                Err(self.codec_error(&class, object, &fault))
            }
        }
    }

    /// `bytes.decode(encoding, errors)`.
    pub(crate) fn decode(&mut self, bytes: &[u8], encoding: &str, errors: &str) -> Result<Value> {
        if bytes.is_empty() {
            return Ok(self.str(""));
        }
        let Some(found) = encoding_named(encoding) else { return Err(self.unknown_encoding(encoding)) };
        let handler = handler_named(errors);
        match (decode(bytes, found, handler.unwrap_or(Handler::Strict)), handler) {
            (Ok(text), _) => Ok(self.str(&text)),
            (Err(_), None) => Err(self.unknown_handler(errors)),
            (Err(_), Some(Handler::XmlReference)) => {
                Err(self.type_error("don't know how to handle UnicodeDecodeError in error callback"))
            }
            (Err(fault), _) => {
                let class = self.classes.unicode_decode_error.clone();
                let object = self.bytes(bytes.to_vec());
                Err(self.codec_error(&class, object, &fault))
            }
        }
    }

    fn codec_error(&mut self, class: &linger_heap::Ref<crate::objects::Class>, object: Value, fault: &Fault) -> Raise {
        let args = vec![
            self.str(fault.encoding),
            object,
            self.size(fault.start),
            self.size(fault.end),
            self.str(fault.reason),
        ];
        Raise(self.make_exception(class, args))
    }

    fn unknown_encoding(&mut self, name: &str) -> Raise {
        self.lookup_error(format!("unknown encoding: {name}"))
    }

    fn unknown_handler(&mut self, name: &str) -> Raise {
        self.lookup_error(format!("unknown error handler name '{name}'"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(text: &str, name: &str) -> Vec<u8> {
        let encoding = encoding_named(name).expect("known");
        let Ok(bytes) = encode(text, encoding, Handler::Strict) else { panic!("{text:?} has no form in {name}") };
        let Ok(back) = decode(&bytes, encoding, Handler::Strict) else { panic!("{bytes:?} is no {name}") };
        assert_eq!(back, text, "{name}");
        bytes
    }

    #[test]
    fn every_encoding_reads_what_it_writes() {
        for name in [
            "utf-8",
            "UTF_8_SIG",
            "utf-16",
            "utf-16-le",
            "utf-16-be",
            "utf-32",
            "utf-32-le",
            "utf-32-be",
            "unicode_escape",
        ] {
            round_trip("aé日😀\n\\", name);
        }
        assert_eq!(round_trip("é", "latin-1"), [0xE9]);
        assert_eq!(round_trip("é", "utf-16"), [0xFF, 0xFE, 0xE9, 0]);
    }

    #[test]
    fn faults_are_placed() {
        let fault = |bytes: &[u8], name: &str| {
            let encoding = encoding_named(name).expect("known");
            decode(bytes, encoding, Handler::Strict).err().map(|fault| (fault.start, fault.end, fault.reason))
        };
        assert_eq!(fault(b"a\xff", "utf-8"), Some((1, 2, "invalid start byte")));
        assert_eq!(fault(b"a\xe6\x97", "utf-8"), Some((1, 3, "unexpected end of data")));
        assert_eq!(fault(b"\xe6\x97a", "utf-8"), Some((0, 2, "invalid continuation byte")));
        assert_eq!(fault(b"\xed\xa0\x80", "utf-8"), Some((0, 1, "invalid continuation byte")));
        assert_eq!(fault(b"a", "utf-16-le"), Some((0, 1, "truncated data")));
        assert_eq!(fault(b"a\x80", "ascii"), Some((1, 2, "ordinal not in range(128)")));
    }

    #[test]
    fn handlers_mend_what_they_can() {
        let mend = |handler| decode(b"a\xffb", Encoding::Utf8 { signature: false }, handler).unwrap_or_default();
        assert_eq!(mend(Handler::Ignore), "ab");
        assert_eq!(mend(Handler::Replace), "a\u{fffd}b");
        assert_eq!(mend(Handler::Backslash), "a\\xffb");
        let mend = |handler| encode("aé日", Encoding::Ascii, handler).unwrap_or_default();
        assert_eq!(mend(Handler::Replace), b"a??");
        assert_eq!(mend(Handler::Backslash), b"a\\xe9\\u65e5");
        assert_eq!(mend(Handler::XmlReference), b"a&#233;&#26085;");
    }
}
