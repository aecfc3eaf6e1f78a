//! Reference-counted slots with counters, census and collector.
