//! The publish step: the latest sample as Bevy diagnostics, for whatever shows or logs those. Knows only the profile.

use bevy::{
    diagnostic::{Diagnostic, DiagnosticPath, Diagnostics, RegisterDiagnostic},
    prelude::*,
};

use crate::{LingerSystems, profiler::Profiler};

/// Publishes the samples as diagnostics.
pub struct LingerDiagnosticsPlugin;

impl LingerDiagnosticsPlugin {
    /// Bytes of live script objects.
    pub const HEAP_BYTES: DiagnosticPath = DiagnosticPath::const_new("linger/heap_bytes");
    /// Live script objects.
    pub const LIVE_OBJECTS: DiagnosticPath = DiagnosticPath::const_new("linger/live_objects");
    /// Objects that nothing reaches and nothing freed.
    pub const LINGERING_OBJECTS: DiagnosticPath = DiagnosticPath::const_new("linger/lingering_objects");
    /// Their bytes.
    pub const LINGERING_BYTES: DiagnosticPath = DiagnosticPath::const_new("linger/lingering_bytes");
    /// Microseconds that scripts stood still in the frame.
    pub const PAUSE_MICROS: DiagnosticPath = DiagnosticPath::const_new("linger/pause_micros");
    /// Microseconds that scripts ran in the frame.
    pub const SCRIPT_MICROS: DiagnosticPath = DiagnosticPath::const_new("linger/script_micros");
    /// Microseconds that the profiler itself cost in the frame.
    pub const OWN_MICROS: DiagnosticPath = DiagnosticPath::const_new("linger/own_micros");
}

impl Plugin for LingerDiagnosticsPlugin {
    fn build(&self, app: &mut App) {
        app.register_diagnostic(Diagnostic::new(Self::HEAP_BYTES).with_suffix(" B"))
            .register_diagnostic(Diagnostic::new(Self::LIVE_OBJECTS))
            .register_diagnostic(Diagnostic::new(Self::LINGERING_OBJECTS))
            .register_diagnostic(Diagnostic::new(Self::LINGERING_BYTES).with_suffix(" B"))
            .register_diagnostic(Diagnostic::new(Self::PAUSE_MICROS).with_suffix(" µs"))
            .register_diagnostic(Diagnostic::new(Self::SCRIPT_MICROS).with_suffix(" µs"))
            .register_diagnostic(Diagnostic::new(Self::OWN_MICROS).with_suffix(" µs"))
            .add_systems(Last, publish.in_set(LingerSystems::Publish));
    }
}

fn publish(profiler: Res<Profiler>, mut diagnostics: Diagnostics) {
    let Some(sample) = profiler.profile().latest_frame().copied() else {
        return;
    };
    let mut add = |path: &DiagnosticPath, value: u64| {
        diagnostics.add_measurement(path, || value as f64);
    };
    type Paths = LingerDiagnosticsPlugin;
    add(&Paths::HEAP_BYTES, sample.heap_bytes);
    add(&Paths::LIVE_OBJECTS, sample.live_objects);
    add(&Paths::LINGERING_OBJECTS, sample.lingering.low_objects);
    add(&Paths::LINGERING_BYTES, sample.lingering.low_bytes);
    add(&Paths::PAUSE_MICROS, sample.pause_nanos / 1_000);
    add(&Paths::SCRIPT_MICROS, sample.script_nanos / 1_000);
    add(&Paths::OWN_MICROS, sample.own_nanos() / 1_000);
}
