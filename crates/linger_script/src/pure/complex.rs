//! Complex numbers: arithmetic with CPython's choices where mathematics leaves one, their text, and text read as one.
//!
//! Knows no values; format specifications are `format_spec`'s.

use super::error::{PureError, PureResult};
use super::float_text::{self, FloatForm, FloatStyle};

/// A complex number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Complex {
    /// The real part.
    pub real: f64,
    /// The imaginary part.
    pub imag: f64,
}

impl Complex {
    /// A number of its two parts.
    pub fn new(real: f64, imag: f64) -> Complex {
        Complex { real, imag }
    }

    /// `a + b`
    pub fn add(self, other: Complex) -> Complex {
        Complex::new(self.real + other.real, self.imag + other.imag)
    }

    /// `a - b`
    pub fn sub(self, other: Complex) -> Complex {
        Complex::new(self.real - other.real, self.imag - other.imag)
    }

    /// `a * b`
    pub fn mul(self, other: Complex) -> Complex {
        Complex::new(self.real * other.real - self.imag * other.imag, self.real * other.imag + self.imag * other.real)
    }

    /// `a / b`, by Smith's method, which does not overflow on the way.
    pub fn div(self, other: Complex) -> PureResult<Complex> {
        if other.real.abs() >= other.imag.abs() {
            if other.real == 0.0 {
                return Err(PureError::zero_division("complex division by zero"));
            }
            let ratio = other.imag / other.real;
            let scale = other.real + other.imag * ratio;
            Ok(Complex::new((self.real + self.imag * ratio) / scale, (self.imag - self.real * ratio) / scale))
        } else if other.imag.abs() >= other.real.abs() {
            let ratio = other.real / other.imag;
            let scale = other.real * ratio + other.imag;
            Ok(Complex::new((self.real * ratio + self.imag) / scale, (self.imag * ratio - self.real) / scale))
        } else {
            Ok(Complex::new(f64::NAN, f64::NAN))
        }
    }

    /// `a ** b`: by multiplication for a small whole exponent, else by logarithms.
    pub fn pow(self, other: Complex) -> PureResult<Complex> {
        let whole = other.imag == 0.0 && other.real == other.real.floor() && other.real.abs() <= 100.0;
        let power = if whole { self.whole_power(other.real as i32)? } else { self.general_power(other)? };
        if power.real.is_infinite() || power.imag.is_infinite() {
            return Err(PureError::overflow("complex exponentiation"));
        }
        Ok(power)
    }

    fn whole_power(self, exponent: i32) -> PureResult<Complex> {
        let mut result = Complex::new(1.0, 0.0);
        let mut factor = self;
        let mut left = exponent.unsigned_abs();
        while left > 0 {
            if left & 1 == 1 {
                result = result.mul(factor);
            }
            left >>= 1;
            if left > 0 {
                factor = factor.mul(factor);
            }
        }
        if exponent > 0 {
            return Ok(result);
        }
        Complex::new(1.0, 0.0).div(result).map_err(|_| PureError::zero_division("0.0 to a negative or complex power"))
    }

    fn general_power(self, other: Complex) -> PureResult<Complex> {
        if other.real == 0.0 && other.imag == 0.0 {
            return Ok(Complex::new(1.0, 0.0));
        }
        if self.real == 0.0 && self.imag == 0.0 {
            if other.imag != 0.0 || other.real < 0.0 {
                return Err(PureError::zero_division("0.0 to a negative or complex power"));
            }
            return Ok(Complex::new(0.0, 0.0));
        }
        let size = self.real.hypot(self.imag);
        let angle = self.imag.atan2(self.real);
        let mut length = size.powf(other.real);
        let mut phase = angle * other.real;
        if other.imag != 0.0 {
            length /= (angle * other.imag).exp();
            phase += other.imag * size.ln();
        }
        Ok(Complex::new(length * phase.cos(), length * phase.sin()))
    }

    /// `abs(a)`
    pub fn abs(self) -> PureResult<f64> {
        let size = self.real.hypot(self.imag);
        if size.is_infinite() && self.real.is_finite() && self.imag.is_finite() {
            return Err(PureError::overflow("absolute value too large"));
        }
        Ok(size)
    }

    /// `repr(a)`: the parts as short as can be, in parentheses unless there is only an imaginary one.
    pub fn repr(self) -> String {
        let text = |part: f64| float_text::to_text(part, FloatForm::Shortest, FloatStyle::default());
        if self.real == 0.0 && self.real.is_sign_positive() {
            return format!("{}j", text(self.imag));
        }
        let imag = text(self.imag);
        let sign = if imag.starts_with('-') { "" } else { "+" };
        format!("({}{sign}{imag}j)", text(self.real))
    }

    /// `complex(text)`
    pub fn parse(text: &str) -> Option<Complex> {
        let text = text.trim_matches(super::unicode::is_space);
        let text = match text.strip_prefix('(') {
            Some(inner) => inner.strip_suffix(')')?.trim_matches(super::unicode::is_space),
            None => text,
        };
        if !text.ends_with(['j', 'J']) {
            return part(text).map(|real| Complex::new(real, 0.0));
        }
        let body = &text[..text.len() - 1];
        // The last sign that belongs to no exponent parts the two.
        let split = body
            .char_indices()
            .rev()
            .find(|(at, c)| matches!(c, '+' | '-') && !body[..*at].ends_with(['e', 'E']))
            .map_or(0, |(at, _)| at);
        let imag = match &body[split..] {
            "" | "+" => 1.0,
            "-" => -1.0,
            digits => part(digits)?,
        };
        let real = if split == 0 { 0.0 } else { part(&body[..split])? };
        Some(Complex::new(real, imag))
    }
}

/// A part of a complex number's text: a float without spaces around it.
fn part(text: &str) -> Option<f64> {
    if text.contains(super::unicode::is_space) { None } else { float_text::parse(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in ["1j", "(1+2j)", "(-1.5-2e+20j)", "(-0-1j)", "nanj", "(inf-infj)", "-0j", "(1e+16+0j)"] {
            assert_eq!(Complex::parse(text).map(Complex::repr).as_deref(), Some(text), "{text}");
        }
        for text in ["", "1+", "1 + 2j", "j1", "1j2", "(1", "1+2", "1+-2j+"] {
            assert_eq!(Complex::parse(text), None, "{text}");
        }
    }
}
