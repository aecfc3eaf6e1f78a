//! The Bevy plugin: runs scripts, looks at their memory once a frame, and shows, publishes and logs what it sees.
//!
//! [`LingerPlugin`] is made of plugins that can be used by themselves: [`scripts`] runs, [`sampling`] collects into the
//! [`Profiler`] resource, [`diagnostics`] publishes, `ui` draws. Their order within a frame is that of [`LingerSystems`].

pub mod asset;
pub mod attach;
pub mod call;
pub mod config;
mod declare;
pub mod diagnostics;
pub mod function;
pub mod host;
pub mod input;
pub mod object;
pub mod profiler;
pub mod record;
pub mod reference;
pub mod sampling;
pub mod scripts;
pub mod stubs;
pub mod testing;
#[cfg(feature = "render")]
pub mod ui;
pub mod value;

use std::time::Instant;

use bevy::prelude::*;

pub use asset::ScriptSource;
pub use attach::{Callback, CallbackCost, Script, ScriptMessage, ScriptStatus};
pub use call::{CallError, ScriptArguments, ScriptCalls};
pub use config::{CollectPolicy, LingerConfig, OverlayMode, PanelTab};
pub use diagnostics::LingerDiagnosticsPlugin;
pub use object::ScriptObject;
pub use profiler::Profiler;
pub use record::{LingerLogFile, console_layer, log_layer};
pub use sampling::LingerCommand;
pub use scripts::{LingerAppExt, LingerScripts, ScriptFailed, ScriptsState};
#[cfg(feature = "render")]
pub use ui::{LingerCamera, LingerUiPlugin};
pub use value::{FromScript, IntoScript, ScriptFault, ScriptValue};

/// What the plugin does in a frame, in this order.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LingerSystems {
    /// In `PreUpdate`: scripts whose files have come or changed are run as modules.
    LoadScripts,
    /// In `Update`: keys, buttons and commands change settings.
    Input,
    /// In `Update`: each script's `update(dt)`.
    RunScripts,
    /// In `Last`: the heap's counters, pauses and censuses become a sample.
    Collect,
    /// In `Last`: the sample becomes Bevy's diagnostics.
    Publish,
    /// In `Last`: the sample becomes tracing events.
    Record,
}

/// All of Linger. It goes after `DefaultPlugins`.
///
/// # Panics
/// In an app without Bevy's `AssetPlugin`, or before it.
#[derive(Default)]
pub struct LingerPlugin {
    /// The settings to begin with; a [`LingerConfig`] that was inserted before wins.
    pub config: LingerConfig,
}

impl Plugin for LingerPlugin {
    fn build(&self, app: &mut App) {
        // Later it could only be missed, and the overlay would silently not be there.
        assert!(
            app.is_plugin_added::<AssetPlugin>(),
            "scripts are assets: add LingerPlugin after DefaultPlugins, or AssetPlugin"
        );
        if !app.world().contains_resource::<LingerConfig>() {
            app.insert_resource(self.config.clone());
        }
        let start = app.world().get_resource::<record::SessionStart>();
        let start = start.map_or_else(Instant::now, |start| start.0);
        let profiler = Profiler::new(app.world().resource::<LingerConfig>(), start);
        app.register_type::<LingerConfig>()
            .init_resource::<Time>()
            .insert_resource(profiler)
            .configure_sets(Update, (LingerSystems::Input, LingerSystems::RunScripts).chain())
            .configure_sets(Last, (LingerSystems::Collect, LingerSystems::Publish, LingerSystems::Record).chain())
            .add_systems(First, begin_frame)
            .add_plugins((
                scripts::LingerScriptsPlugin,
                attach::LingerAttachPlugin,
                sampling::LingerSamplingPlugin,
                LingerDiagnosticsPlugin,
                record::LingerRecordPlugin,
                input::LingerInputPlugin,
                #[cfg(feature = "render")]
                LingerUiPlugin,
            ));
    }
}

fn begin_frame(mut profiler: ResMut<Profiler>) {
    profiler.begin_frame();
}
