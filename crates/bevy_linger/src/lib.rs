//! The Bevy plugin: script host, sampling, overlay and log wiring.
