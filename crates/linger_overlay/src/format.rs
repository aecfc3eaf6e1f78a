//! Figures as people read them: thousand separators, binary byte units, microseconds, shares.
//!
//! Knows nothing about what the figures mean.

/// Larger numbers are cut to four digits and a letter, so that a column has a width that holds.
const LARGEST_IN_FULL: u64 = 9_999_999;

/// `1,234,567`, and `12.3 M` where that would be longer.
pub(crate) fn count(number: u64) -> String {
    if number <= LARGEST_IN_FULL {
        return grouped(number);
    }
    const STEPS: [(u64, char); 3] = [(1_000_000_000_000, 'T'), (1_000_000_000, 'G'), (1_000_000, 'M')];
    let (step, letter) = STEPS.into_iter().find(|(step, _)| number >= *step).unwrap_or((1_000_000, 'M'));
    let tenths = number / (step / 10);
    format!("{}.{} {letter}", grouped(tenths / 10), tenths % 10)
}

/// `1,234,567`, and from a milliard on `1.0 G`.
pub(crate) fn in_full(number: u64) -> String {
    if number < 1_000_000_000 { grouped(number) } else { count(number) }
}

/// `+1,234`, `-12`, `0`.
pub(crate) fn change(number: i64) -> String {
    signed(number, count)
}

/// `+1.2 KiB`, `-3.0 MiB`, `0 B`.
pub(crate) fn bytes_change(number: i64) -> String {
    signed(number, bytes)
}

fn signed(number: i64, format: impl Fn(u64) -> String) -> String {
    let sign = match number {
        0 => "",
        1.. => "+",
        // A true minus is as wide as the plus.
        _ => "\u{2212}",
    };
    format!("{sign}{}", format(number.unsigned_abs()))
}

/// `512 B`, `1.2 KiB`, `345.6 MiB`.
pub(crate) fn bytes(number: u64) -> String {
    if number < 1_000 {
        return format!("{number} B");
    }
    let mut value = number as f64 / 1_024.0;
    for unit in ["KiB", "MiB", "GiB", "TiB"] {
        // 999.95 would be rounded to 1000.0.
        if value < 999.95 {
            return format!("{value:.1} {unit}");
        }
        value /= 1_024.0;
    }
    format!("{value:.1} PiB")
}

/// `1,234 µs`, with tenths under ten; `12.3 ms` and `12.3 s` where that would be longer.
pub(crate) fn micros(nanos: u64) -> String {
    if nanos < 9_950 {
        let tenths = nanos.div_ceil(50) / 2;
        return format!("{}.{} µs", tenths / 10, tenths % 10);
    }
    match (nanos + 500) / 1_000 {
        micros if micros < 10_000 => format!("{} µs", grouped(micros)),
        // Whoever looks for microseconds in these has lost them.
        micros if micros < 9_999_500 => millis(nanos),
        micros => format!("{}.{} s", count(micros / 1_000_000), micros / 100_000 % 10),
    }
}

/// `16.7 ms`; two decimals under ten.
pub(crate) fn millis(nanos: u64) -> String {
    let millis = nanos as f64 / 1e6;
    if millis < 9.995 {
        format!("{millis:.2} ms")
    } else if millis < 999.95 {
        format!("{millis:.1} ms")
    } else {
        format!("{} ms", count(nanos / 1_000_000))
    }
}

/// `12%`, `<1%`, `0%`.
pub(crate) fn share(part: u64, whole: u64) -> String {
    let percent = part as f64 / whole.max(1) as f64 * 100.0;
    if part == 0 {
        "0%".to_owned()
    } else if percent < 1.0 {
        "<1%".to_owned()
    } else if percent < 9_999.5 {
        format!("{percent:.0}%")
    } else {
        ">9999%".to_owned()
    }
}

/// `0.4 s`, `12 s`, `3 min`, `2 h`.
pub(crate) fn span(nanos: u64) -> String {
    let seconds = nanos as f64 / 1e9;
    if seconds < 9.95 {
        format!("{seconds:.1} s")
    } else if seconds < 120.0 {
        format!("{seconds:.0} s")
    } else if seconds < 7_200.0 {
        format!("{:.0} min", (seconds / 60.0).floor())
    } else {
        format!("{:.0} h", (seconds / 3_600.0).floor())
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_separators_and_a_bounded_width() {
        let shown = [0, 999, 1_000, 1_234_567, 9_999_999, 12_345_678, 1_000_000_000].map(count);
        assert_eq!(shown, ["0", "999", "1,000", "1,234,567", "9,999,999", "12.3 M", "1.0 G"]);
        assert!(count(999_999_999).len() <= 9);
    }

    #[test]
    fn changes_have_signs() {
        assert_eq!([0, 1_234, -12].map(change), ["0", "+1,234", "\u{2212}12"]);
        assert_eq!([0, 2_048, -1_536].map(bytes_change), ["0 B", "+2.0 KiB", "\u{2212}1.5 KiB"]);
        assert_eq!(change(i64::MIN).chars().next(), Some('\u{2212}'));
    }

    #[test]
    fn bytes_never_show_four_digits() {
        let shown = [0, 999, 1_000, 1_023_999, 1_048_576, 1_099_511_627_776].map(bytes);
        assert_eq!(shown, ["0 B", "999 B", "1.0 KiB", "1.0 MiB", "1.0 MiB", "1.0 TiB"]);
        assert_eq!(bytes(1_023_000), "999.0 KiB");
    }

    #[test]
    fn times_are_rounded_to_what_one_can_read() {
        assert_eq!([0, 940, 9_940, 12_345_678].map(micros), ["0.0 µs", "0.9 µs", "9.9 µs", "12.3 ms"]);
        assert_eq!([9_999_000, 1_234_000_000, 451_604_000_000].map(micros), ["9,999 µs", "1,234 ms", "451.6 s"]);
        assert_eq!([0, 340_000, 16_666_667].map(millis), ["0.00 ms", "0.34 ms", "16.7 ms"]);
        assert_eq!(
            [400_000_000, 12_000_000_000, 200_000_000_000, 9_000_000_000_000].map(span),
            ["0.4 s", "12 s", "3 min", "2 h"]
        );
    }

    #[test]
    fn shares_survive_any_whole() {
        assert_eq!(
            [(0, 10), (1, 1_000), (1, 2), (30, 10), (1_000_000, 0)].map(|(part, whole)| share(part, whole)),
            ["0%", "<1%", "50%", "300%", ">9999%"]
        );
    }
}
