//! The least a game needs.
fn main() {}
