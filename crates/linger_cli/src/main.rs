//! The program linger.

fn main() {}
