//! Functions of floats that the standard library lacks, computed as CPython computes them so that the last digit agrees.
//!
//! Knows no script value.

/// Why there is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Domain {
    /// The function is not defined there.
    Domain,
    /// The result is beyond the floats.
    Range,
}

use std::f64::consts::{LN_2, PI};

const LANCZOS_G_MINUS_HALF: f64 = 5.524680040776729583740234375;
// The coefficients of the rational form of Lanczos' approximation with 13 terms, g = 6.024680040776729583740234375.
const LANCZOS_NUMERATOR: [f64; 13] = [
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
];
const LANCZOS_DENOMINATOR: [f64; 13] = [
    0.0,
    39916800.0,
    120543840.0,
    150917976.0,
    105258076.0,
    45995730.0,
    13339535.0,
    2637558.0,
    357423.0,
    32670.0,
    1925.0,
    66.0,
    1.0,
];

/// The sum of Lanczos' series at a positive `x`, from the end where the powers stay small.
fn lanczos_sum(x: f64) -> f64 {
    let terms = LANCZOS_NUMERATOR.iter().zip(LANCZOS_DENOMINATOR);
    let (numerator, denominator) = if x < 5.0 {
        terms.rev().fold((0.0, 0.0), |(n, d), (a, b)| (n * x + a, d * x + b))
    } else {
        terms.fold((0.0, 0.0), |(n, d), (a, b)| (n / x + a, d / x + b))
    };
    numerator / denominator
}

/// The sine of `x` times pi, exact at multiples of a half.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let result = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        // Written so that zero keeps its sign.
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1.0_f64.copysign(x) * result
}

/// (n - 1)! for n from 1 to 23: exact floats.
fn small_factorial(n: usize) -> f64 {
    (2..n).fold(1.0, |product, factor| product * factor as f64)
}

/// The gamma function.
pub(super) fn gamma(x: f64) -> Result<f64, Domain> {
    if !x.is_finite() {
        return if x.is_nan() || x > 0.0 { Ok(x) } else { Err(Domain::Domain) };
    }
    if x == 0.0 {
        return Err(Domain::Domain);
    }
    if x == x.floor() {
        if x < 0.0 {
            return Err(Domain::Domain);
        }
        if x <= 23.0 {
            return Ok(small_factorial(x as usize));
        }
    }
    let magnitude = x.abs();
    if magnitude < 1e-20 {
        let result = 1.0 / x;
        return if result.is_infinite() { Err(Domain::Range) } else { Ok(result) };
    }
    if magnitude > 200.0 {
        return if x < 0.0 { Ok(0.0 / sin_pi(x)) } else { Err(Domain::Range) };
    }
    let y = magnitude + LANCZOS_G_MINUS_HALF;
    // What rounding cost in `y`.
    let lost = if magnitude > LANCZOS_G_MINUS_HALF {
        let q = y - magnitude;
        q - LANCZOS_G_MINUS_HALF
    } else {
        let q = y - LANCZOS_G_MINUS_HALF;
        q - magnitude
    };
    let z = lost * (LANCZOS_G_MINUS_HALF + 0.5) / y;
    let result = if x < 0.0 {
        let mut result = -PI / sin_pi(magnitude) / magnitude * y.exp() / lanczos_sum(magnitude);
        result -= z * result;
        if magnitude < 140.0 {
            result / y.powf(magnitude - 0.5)
        } else {
            let root = y.powf(magnitude / 2.0 - 0.25);
            result / root / root
        }
    } else {
        let mut result = lanczos_sum(magnitude) / y.exp();
        result += z * result;
        if magnitude < 140.0 {
            result * y.powf(magnitude - 0.5)
        } else {
            let root = y.powf(magnitude / 2.0 - 0.25);
            result * root * root
        }
    };
    if result.is_infinite() { Err(Domain::Range) } else { Ok(result) }
}

/// The logarithm of the gamma function's magnitude.
pub(super) fn log_gamma(x: f64) -> Result<f64, Domain> {
    if !x.is_finite() {
        return Ok(if x.is_nan() { x } else { f64::INFINITY });
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { Err(Domain::Domain) } else { Ok(0.0) };
    }
    let magnitude = x.abs();
    if magnitude < 1e-20 {
        return Ok(-magnitude.ln());
    }
    let mut result = lanczos_sum(magnitude).ln() - (LANCZOS_G_MINUS_HALF + 0.5);
    result += (magnitude - 0.5) * ((magnitude + LANCZOS_G_MINUS_HALF).ln() - 1.0);
    if x < 0.0 {
        result = PI.ln() - sin_pi(magnitude).abs().ln() - magnitude.ln() - result;
    }
    if result.is_infinite() { Err(Domain::Range) } else { Ok(result) }
}

/// A sum that keeps what rounding loses.
#[derive(Clone, Copy)]
struct Compensated {
    sum: f64,
    lost: [f64; 3],
}

impl Compensated {
    fn add(&mut self, term: f64, which: usize) {
        let before = self.sum;
        self.sum += term;
        self.lost[which] += (before - self.sum) + term;
    }

    fn total(&self) -> f64 {
        self.sum - 1.0 + (self.lost[0] + self.lost[1] + self.lost[2])
    }
}

/// A float as the sum of two that have half of its digits.
fn split(x: f64) -> (f64, f64) {
    let t = x * 134_217_729.0;
    let high = t - (t - x);
    (high, x - high)
}

/// The Euclidean norm, correct but for the last rounding (Veltkamp's splitting, and a differential correction of the root).
pub(super) fn norm(values: &[f64]) -> f64 {
    let mut largest = 0.0_f64;
    let mut has_nan = false;
    for value in values {
        has_nan |= value.is_nan();
        largest = largest.max(value.abs());
    }
    if largest.is_infinite() {
        return largest;
    }
    if has_nan {
        return f64::NAN;
    }
    if largest == 0.0 || values.len() <= 1 {
        return largest;
    }
    let (_, exponent) = libm::frexp(largest);
    let mut sum = Compensated { sum: 1.0, lost: [0.0; 3] };
    if exponent < -1023 {
        // The scale would be infinite.
        for value in values {
            let x = value / largest;
            sum.add(x * x, 0);
        }
        return largest * sum.total().sqrt();
    }
    let scale = libm::ldexp(1.0, -exponent);
    for value in values {
        let (high, low) = split(value * scale);
        sum.add(high * high, 0);
        sum.add(2.0 * high * low, 1);
        sum.lost[2] += low * low;
    }
    let root = sum.total().sqrt();
    let (high, low) = split(root);
    sum.add(-high * high, 0);
    sum.add(-2.0 * high * low, 1);
    sum.add(-low * low, 2);
    (root + sum.total() / (2.0 * root)) / scale
}

/// The sum of floats, rounded once (Shewchuk's partial sums that don't overlap).
pub(super) fn exact_sum(values: &[f64]) -> Result<f64, Domain> {
    let mut partials: Vec<f64> = Vec::new();
    let (mut special, mut infinite) = (0.0, 0.0);
    for value in values {
        let mut x = *value;
        let mut kept = 0;
        for index in 0..partials.len() {
            let mut y = partials[index];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        if x.is_finite() {
            if x != 0.0 {
                partials.push(x);
            }
        } else if value.is_finite() {
            return Err(Domain::Range);
        } else {
            if value.is_infinite() {
                infinite += value;
            }
            special += value;
            partials.clear();
        }
    }
    if special != 0.0 {
        return if f64::is_nan(infinite) { Err(Domain::Domain) } else { Ok(special) };
    }
    let mut rest = partials.into_iter().rev();
    let Some(mut high) = rest.next() else { return Ok(0.0) };
    let mut low = 0.0;
    let mut next = None;
    for y in rest.by_ref() {
        let x = high;
        high = x + y;
        low = y - (high - x);
        if low != 0.0 {
            next = rest.next();
            break;
        }
    }
    // A half is rounded by what follows it, not to even.
    if let Some(next) = next
        && ((low < 0.0 && next < 0.0) || (low > 0.0 && next > 0.0))
    {
        let doubled = low * 2.0;
        let x = high + doubled;
        if doubled == x - high {
            high = x;
        }
    }
    Ok(high)
}

/// The inverse of `sinh`, by the logarithm of the platform, as C libraries have it.
pub(super) fn asinh_of(x: f64) -> f64 {
    let size = x.abs();
    if !x.is_finite() || size < TINY {
        return x;
    }
    let result = if size > 1.0 / TINY {
        size.ln() + LN_2
    } else if size > 2.0 {
        (2.0 * size + 1.0 / ((x * x + 1.0).sqrt() + size)).ln()
    } else {
        let square = x * x;
        (size + square / (1.0 + (1.0 + square).sqrt())).ln_1p()
    };
    result.copysign(x)
}

/// The inverse of `cosh`.
pub(super) fn acosh_of(x: f64) -> f64 {
    if x >= 1.0 / TINY {
        x.ln() + LN_2
    } else if x > 2.0 {
        (2.0 * x - 1.0 / (x + (x * x - 1.0).sqrt())).ln()
    } else if x > 1.0 {
        let above = x - 1.0;
        (above + (2.0 * above + above * above).sqrt()).ln_1p()
    } else if x == 1.0 {
        0.0
    } else {
        f64::NAN
    }
}

/// The inverse of `tanh`.
pub(super) fn atanh_of(x: f64) -> f64 {
    let size = x.abs();
    let result = if size < TINY {
        return x;
    } else if size < 0.5 {
        let double = size + size;
        0.5 * (double + double * size / (1.0 - size)).ln_1p()
    } else {
        0.5 * ((size + size) / (1.0 - size)).ln_1p()
    };
    result.copysign(x)
}

/// Below this the inverse hyperbolic functions are their argument.
const TINY: f64 = 1.0 / (1_u64 << 28) as f64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gamma_is_cpythons() {
        assert_eq!(gamma(5.0), Ok(24.0));
        assert_eq!(gamma(0.5), Ok(1.7724538509055159));
        assert_eq!(gamma(-1.5), Ok(2.3632718012073544));
        assert_eq!(gamma(-2.0), Err(Domain::Domain));
        assert_eq!(gamma(171.7), Err(Domain::Range));
        assert_eq!(log_gamma(100.5), Ok(361.4355404677776));
    }

    #[test]
    fn inverses_of_hyperbolic_functions_are_cpythons() {
        for (x, inverse) in
            [(4.750995631442352, 2.262397467057579), (-0.5, -0.48121182505960347), (1e300, 691.4686750787736)]
        {
            assert_eq!(asinh_of(x), inverse);
        }
        assert_eq!((acosh_of(1.0), acosh_of(2.5), acosh_of(1e300)), (0.0, 1.566799236972411, 691.4686750787736));
        assert!(acosh_of(0.5).is_nan() && atanh_of(1.0).is_infinite());
        assert_eq!((atanh_of(0.25), atanh_of(-0.75)), (0.25541281188299536, -0.9729550745276566));
    }

    #[test]
    fn sums_are_rounded_once() {
        assert_eq!(exact_sum(&[0.1; 10]), Ok(1.0));
        assert_eq!(exact_sum(&[1e16, 1.0, 1e-16]), Ok(10000000000000002.0));
        assert_eq!(exact_sum(&[f64::INFINITY, f64::NEG_INFINITY]), Err(Domain::Domain));
    }

    #[test]
    fn norms_are_exact_where_they_can_be() {
        assert_eq!(norm(&[3.0, 4.0]), 5.0);
        assert_eq!(norm(&[1e308, 1e308]), 1.4142135623730951e308);
        assert_eq!(norm(&[5e-324, 0.0]), 5e-324);
    }
}
