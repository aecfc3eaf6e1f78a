//! Linger: a memory profiler with an in-game overlay for scripted Bevy games.
