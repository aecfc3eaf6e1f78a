//! Tests of the compiler as a whole: listings of what it makes, the rules it obeys, what it rejects.

mod errors;
mod rules;
mod shapes;
mod spans;
mod sweep;
