//! Linger: a memory profiler with an in-game overlay for scripted Bevy games.
//!
//! A game imports [`prelude`] and adds [`LingerPlugin`](prelude::LingerPlugin); everything else is behind the crates
//! that this one re-exports. Holds no code of its own.

pub use bevy_linger;

/// All that a game imports.
pub mod prelude {
    pub use bevy_linger::{
        CallError, CollectPolicy, FromScript, IntoScript, LingerAppExt, LingerCommand, LingerConfig,
        LingerDiagnosticsPlugin, LingerLogFile, LingerPlugin, LingerScripts, LingerSystems, OverlayMode, PanelTab,
        Profiler, Script, ScriptCalls, ScriptFailed, ScriptFault, ScriptMessage, ScriptObject, ScriptValue,
        ScriptsState, assert_no_lingering, console_layer, log_layer,
    };

    /// The overlay's camera, for a game that wants to leave it out of its queries.
    #[cfg(feature = "render")]
    pub use bevy_linger::LingerCamera;
}

// The code of the documents compiles, or the tests say so.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
#[cfg(doctest)]
#[doc = include_str!("../docs/embedding.md")]
mod embedding {}
#[cfg(doctest)]
#[doc = include_str!("../docs/scripting.md")]
mod scripting {}
