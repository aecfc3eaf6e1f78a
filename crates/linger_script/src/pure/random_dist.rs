//! The real-valued distributions of CPython's `random`, which draw in its order and round as it does.
//!
//! It knows no integers or sequences; those are in `random`. The formulas must not be rearranged: another order of
//! operations gives other last digits.

use super::error::{PureError, PureResult};
use super::random::Random;
use std::f64::consts::{E, LN_2, PI, SQRT_2, TAU};

impl Random {
    /// `uniform(a, b)`.
    pub fn uniform(&mut self, a: f64, b: f64) -> f64 {
        a + (b - a) * self.random()
    }

    /// `triangular(low, high, mode)`.
    pub fn triangular(&mut self, low: f64, high: f64, mode: Option<f64>) -> f64 {
        let mut drawn = self.random();
        let mut turn = match mode {
            None => 0.5,
            Some(_) if high - low == 0.0 => return low,
            Some(mode) => (mode - low) / (high - low),
        };
        let (mut from, mut to) = (low, high);
        if drawn > turn {
            drawn = 1.0 - drawn;
            turn = 1.0 - turn;
            (from, to) = (high, low);
        }
        from + (to - from) * (drawn * turn).sqrt()
    }

    /// `normalvariate(mu, sigma)`.
    pub fn normalvariate(&mut self, mu: f64, sigma: f64) -> f64 {
        let magic = 4.0 * (-0.5f64).exp() / SQRT_2;
        loop {
            let u1 = self.random();
            let u2 = 1.0 - self.random();
            let z = magic * (u1 - 0.5) / u2;
            if z * z / 4.0 <= -u2.ln() {
                return mu + z * sigma;
            }
        }
    }

    /// `gauss(mu, sigma)`: every second call uses what the one before left.
    pub fn gauss(&mut self, mu: f64, sigma: f64) -> f64 {
        let z = self.gauss_next.take().unwrap_or_else(|| {
            let angle = self.random() * TAU;
            let radius = (-2.0 * (1.0 - self.random()).ln()).sqrt();
            self.gauss_next = Some(angle.sin() * radius);
            angle.cos() * radius
        });
        mu + z * sigma
    }

    /// `lognormvariate(mu, sigma)`.
    pub fn lognormvariate(&mut self, mu: f64, sigma: f64) -> PureResult<f64> {
        let x = self.normalvariate(mu, sigma);
        let result = x.exp();
        if result.is_infinite() && x.is_finite() { Err(PureError::overflow("math range error")) } else { Ok(result) }
    }

    /// `expovariate(lambd)`.
    pub fn expovariate(&mut self, lambd: f64) -> PureResult<f64> {
        let drawn = -(1.0 - self.random()).ln();
        if lambd == 0.0 { Err(PureError::zero_division("float division by zero")) } else { Ok(drawn / lambd) }
    }

    /// `vonmisesvariate(mu, kappa)`.
    pub fn vonmisesvariate(&mut self, mu: f64, kappa: f64) -> f64 {
        if kappa <= 1e-6 {
            return TAU * self.random();
        }
        let s = 0.5 / kappa;
        let r = s + (1.0 + s * s).sqrt();
        let z = loop {
            let u1 = self.random();
            let z = (PI * u1).cos();
            let d = z / (r + z);
            let u2 = self.random();
            if u2 < 1.0 - d * d || u2 <= (1.0 - d) * d.exp() {
                break z;
            }
        };
        let q = 1.0 / r;
        let f = (q + z) / (1.0 + q * z);
        let turn = if self.random() > 0.5 { mu + f.acos() } else { mu - f.acos() };
        // The remainder with the sign of the divisor.
        let rest = turn % TAU;
        if rest < 0.0 { rest + TAU } else { rest }
    }

    /// `gammavariate(alpha, beta)`.
    pub fn gammavariate(&mut self, alpha: f64, beta: f64) -> PureResult<f64> {
        if alpha <= 0.0 || beta <= 0.0 {
            return Err(PureError::value("gammavariate: alpha and beta must be > 0.0"));
        }
        if alpha == 1.0 {
            return Ok(-(1.0 - self.random()).ln() * beta);
        }
        let x = if alpha > 1.0 { self.gamma_by_cheng(alpha) } else { self.gamma_by_kennedy(alpha) };
        Ok(x * beta)
    }

    /// Cheng's method, for a shape above 1.
    fn gamma_by_cheng(&mut self, alpha: f64) -> f64 {
        let scale = (2.0 * alpha - 1.0).sqrt();
        let offset = alpha - LN_2 * 2.0;
        let slope = alpha + scale;
        let magic = 1.0 + 4.5f64.ln();
        loop {
            let u1 = self.random();
            if !(1e-7 < u1 && u1 < 0.9999999) {
                continue;
            }
            let u2 = 1.0 - self.random();
            let v = (u1 / (1.0 - u1)).ln() / scale;
            let x = alpha * v.exp();
            let z = u1 * u1 * u2;
            let r = offset + slope * v - x;
            if r + magic - 4.5 * z >= 0.0 || r >= z.ln() {
                return x;
            }
        }
    }

    /// Kennedy and Gentle's method, for a shape below 1.
    fn gamma_by_kennedy(&mut self, alpha: f64) -> f64 {
        loop {
            let u = self.random();
            let b = (E + alpha) / E;
            let p = b * u;
            let x = if p <= 1.0 { p.powf(1.0 / alpha) } else { -((b - p) / alpha).ln() };
            let u1 = self.random();
            let limit = if p > 1.0 { x.powf(alpha - 1.0) } else { (-x).exp() };
            if u1 <= limit {
                return x;
            }
        }
    }

    /// `betavariate(alpha, beta)`.
    pub fn betavariate(&mut self, alpha: f64, beta: f64) -> PureResult<f64> {
        let y = self.gammavariate(alpha, 1.0)?;
        if y == 0.0 { Ok(0.0) } else { Ok(y / (y + self.gammavariate(beta, 1.0)?)) }
    }

    /// `paretovariate(alpha)`.
    pub fn paretovariate(&mut self, alpha: f64) -> PureResult<f64> {
        let drawn = 1.0 - self.random();
        if alpha == 0.0 {
            Err(PureError::zero_division("float division by zero"))
        } else {
            Ok(drawn.powf(-1.0 / alpha))
        }
    }

    /// `weibullvariate(alpha, beta)`.
    pub fn weibullvariate(&mut self, alpha: f64, beta: f64) -> PureResult<f64> {
        let drawn = 1.0 - self.random();
        if beta == 0.0 {
            return Err(PureError::zero_division("float division by zero"));
        }
        Ok(alpha * (-drawn.ln()).powf(1.0 / beta))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigUint;

    #[test]
    fn same_numbers_in_the_same_order() {
        let mut r = Random::new(&BigUint::from(5u8));
        let mut drawn = Vec::new();
        for _ in 0..2 {
            drawn.extend([r.uniform(1.0, 5.0), r.triangular(0.0, 4.0, Some(1.0)), r.triangular(0.0, 1.0, None)]);
            drawn.extend([r.normalvariate(1.0, 2.0), r.gauss(0.0, 1.0), r.vonmisesvariate(1.0, 2.0)]);
            let fallible = [
                r.lognormvariate(0.0, 1.0),
                r.expovariate(3.0),
                r.gammavariate(2.5, 1.5),
                r.gammavariate(0.5, 1.5),
                r.gammavariate(1.0, 1.5),
                r.betavariate(2.0, 3.0),
                r.paretovariate(3.0),
                r.weibullvariate(1.0, 1.5),
            ];
            drawn.extend(fallible.map(|x| x.expect("a valid shape")));
        }
        assert_eq!(
            drawn,
            [
                3.4916067795588077,
                2.239728393437181,
                0.6799949731376839,
                -1.0823401450368215,
                -1.275024000956212,
                0.8740508593248937,
                1.1926805075579376,
                0.004400313282484739,
                1.9725807085958158,
                2.428595581456215,
                0.26082348352347334,
                0.937192368912935,
                1.0814955108876114,
                0.38907046950114876,
                4.929684435303701,
                2.7626209898505723,
                0.3803322019938139,
                4.4362787675459545,
                -1.7313507433891213,
                2.128804549877934,
                2.620322310341927,
                0.1493827020752086,
                1.6727589237826188,
                0.0089215872674578,
                1.3861441623632493,
                0.03269797779816423,
                1.7662636885015384,
                0.754490070301054,
            ]
        );
        assert!(r.gammavariate(0.0, 1.0).is_err() && r.expovariate(0.0).is_err());
    }
}
