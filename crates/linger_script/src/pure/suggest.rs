//! The name that somebody may have meant, by CPython's measure of distance (Python/suggestions.c).

const MOVE: usize = 2;
const CASE: usize = 1;
const MAX_CANDIDATES: usize = 750;
const MAX_LENGTH: usize = 40;

/// The nearest of some names, if one is near enough.
pub fn nearest<'a>(wanted: &str, names: &'a [String]) -> Option<&'a str> {
    if names.len() >= MAX_CANDIDATES {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for name in names.iter().filter(|name| *name != wanted) {
        let length = wanted.chars().count() + name.chars().count();
        let mut limit = (length + 3) * MOVE / 6;
        if let Some((distance, _)) = best {
            limit = limit.min(distance.saturating_sub(1));
        }
        let distance = distance(wanted.as_bytes(), name.as_bytes(), limit);
        if distance <= limit && best.is_none_or(|(other, _)| distance < other) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

fn substitution(a: u8, b: u8) -> usize {
    match (a, b) {
        _ if a == b => 0,
        _ if a.eq_ignore_ascii_case(&b) => CASE,
        _ => MOVE,
    }
}

/// The cost of making one name of another; more than `limit` where it is not worth computing.
fn distance<'a>(mut a: &'a [u8], mut b: &'a [u8], limit: usize) -> usize {
    while let ([first, rest_a @ ..], [other, rest_b @ ..]) = (a, b)
        && first == other
    {
        (a, b) = (rest_a, rest_b);
    }
    while let ([rest_a @ .., last], [rest_b @ .., other]) = (a, b)
        && last == other
    {
        (a, b) = (rest_a, rest_b);
    }
    if a.is_empty() || b.is_empty() {
        return (a.len() + b.len()) * MOVE;
    }
    if a.len() > MAX_LENGTH || b.len() > MAX_LENGTH {
        return limit + 1;
    }
    if b.len() < a.len() {
        std::mem::swap(&mut a, &mut b);
    }
    if (b.len() - a.len()) * MOVE > limit {
        return limit + 1;
    }
    let mut row: Vec<usize> = (1..=a.len()).map(|index| index * MOVE).collect();
    let mut result = 0;
    for (at, letter) in b.iter().enumerate() {
        let mut diagonal = at * MOVE;
        result = diagonal;
        let mut least = usize::MAX;
        for (index, other) in a.iter().enumerate() {
            let substituted = diagonal + substitution(*letter, *other);
            diagonal = row[index];
            result = substituted.min(result.min(diagonal) + MOVE);
            row[index] = result;
            least = least.min(result);
        }
        if least > limit {
            return limit + 1;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let names = ["append", "clear", "Count", "index"].map(str::to_owned);
        assert_eq!(nearest("appendd", &names), Some("append"));
        assert_eq!(nearest("count", &names), Some("Count"));
        assert_eq!(nearest("zzz", &names), None);
        assert_eq!(nearest("index", &names), None);
    }
}
