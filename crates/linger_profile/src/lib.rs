//! What was seen: frame samples, history, pauses, lingering groups.
