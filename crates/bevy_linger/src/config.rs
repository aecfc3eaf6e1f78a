//! The plugin's configuration: one reflected resource that may be changed while the game runs.
//! Knows nothing of how each setting is carried out.

use bevy::prelude::*;

/// How much of the overlay is on screen.
#[derive(Reflect, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OverlayMode {
    /// Nothing is drawn.
    Off,
    /// The strip with the figures that matter while playing.
    #[default]
    Hud,
    /// The strip and the panel with tables, timeline and buttons.
    Panel,
}

impl OverlayMode {
    /// The mode that the toggle goes to from this one: off, strip, panel, off.
    pub fn next(self) -> Self {
        match self {
            Self::Off => Self::Hud,
            Self::Hud => Self::Panel,
            Self::Panel => Self::Off,
        }
    }
}

/// The panel's tabs.
#[derive(Reflect, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PanelTab {
    /// What lingers, by cycle, type and line.
    #[default]
    Lingering,
    /// All objects, by type and line.
    Objects,
    /// Pauses: timeline, histogram, the longest.
    Pauses,
    /// The collector: its slices and passes.
    Collector,
    /// What entities' scripts cost.
    Scripts,
    /// Errors, alerts and marks.
    Messages,
}

/// Who frees the objects that reference counting leaves behind.
#[derive(Reflect, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CollectPolicy {
    /// Nobody: lingering objects are counted and stay. The default while playtesting.
    #[default]
    Observe,
    /// The plugin, a little in each frame and within [`LingerConfig::budget_micros`].
    Automatic,
    /// The player or the game, on demand. No pass over the whole heap begins by itself either.
    Manual,
}

impl CollectPolicy {
    /// The policy's name, as the overlay and the log write it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Observe => "observe",
            Self::Automatic => "automatic",
            Self::Manual => "manual",
        }
    }
}

/// Everything that can be set. Insert it before the plugin or change it at any time:
/// each field says when a change takes hold.
#[derive(Resource, Reflect, Debug, Clone, PartialEq)]
#[reflect(Resource)]
pub struct LingerConfig {
    /// The key that steps through the overlay's modes. At once.
    pub toggle_key: KeyCode,
    /// The gamepad buttons that do the same when held together. At once.
    pub toggle_chord: [GamepadButton; 2],
    /// While the panel is open, the directional pad and the south button move and press in it. At once.
    pub gamepad_navigates_panel: bool,
    /// What is on screen. The start state, and the current one from then on. At once.
    pub overlay: OverlayMode,
    /// The tab that the panel opens with. When it is first opened.
    pub panel_tab: PanelTab,
    /// Scale of the overlay's text, on top of what the window's size asks for. At once.
    pub text_scale: f32,
    /// The folder of scripts inside the asset folder. When scripts are loaded.
    pub script_folder: String,
    /// Whether the scripts' `update` is called. At once.
    pub run_scripts: bool,
    /// Instructions that one call of a script may use; 0 for no limit. At once.
    pub instruction_limit: u64,
    /// Instructions of a frame for all scripts together; those left over come first in the next frame. 0 for no limit. At once.
    pub frame_instruction_limit: u64,
    /// Entities in the game from which on scripts can spawn no more; 0 for no limit. At once.
    pub entity_limit: u32,
    /// Messages on their way to scripts from which on scripts can send no more; 0 for no limit. At once.
    pub message_limit: u32,
    /// Microseconds that one callback of an entity's script may take before it is stopped; 0 for no limit. At once.
    pub script_call_micros: u32,
    /// Microseconds of a frame for the scripts of all entities together; those left over come first in the next frame. 0 for no
    /// limit. At once.
    pub scripts_frame_micros: u32,
    /// Errors after which an entity's script is disabled; 0 for never. At once.
    pub script_failure_limit: u32,
    /// How deep calls may nest. When the script host is made.
    pub recursion_limit: u32,
    /// Bytes that the scripts' objects may hold together; 0 for no limit. When the script host is made.
    pub memory_limit_bytes: u64,
    /// The collector's policy. At once.
    pub policy: CollectPolicy,
    /// Microseconds at each frame's end for finding what lingers and, under [`CollectPolicy::Automatic`], freeing it. At once.
    pub budget_micros: u32,
    /// A pass over the whole heap begins when scripts have made so many objects since the last one began, or
    pub pass_after_allocations: u64,
    /// so many frames after the last one ended, while the figure is not exact. At once.
    pub pass_after_frames: u32,
    /// Objects that dropping one reference may free at once; more are freed at the frames' ends, within the budget. 0 frees
    /// all at once, however many they are. At once.
    pub free_at_once_objects: u32,
    /// Frames between two looks at the cycles of what lingers; 0 for none but those asked for. At once.
    pub explain_every_frames: u32,
    /// Microseconds that one such look may take; of more objects than fit it takes some. At once.
    pub explain_budget_micros: u32,
    /// The frame that the game aims for; pauses are shown as a share of it. At once.
    pub frame_budget_micros: u32,
    /// Frames of history that are kept. When the plugin starts.
    pub history_frames: usize,
    /// Whether frames, pauses and figures are emitted as tracing events even without a log file. At once.
    pub emit_records: bool,
    /// Frames that are summed up in one line of the log: 1 for a line each, 0 for none. At once.
    pub log_every_frames: u32,
}

impl Default for LingerConfig {
    fn default() -> Self {
        Self {
            toggle_key: KeyCode::F3,
            toggle_chord: [GamepadButton::Select, GamepadButton::RightThumb],
            gamepad_navigates_panel: true,
            overlay: OverlayMode::Hud,
            panel_tab: PanelTab::Lingering,
            text_scale: 1.0,
            script_folder: "scripts".into(),
            run_scripts: true,
            instruction_limit: 2_000_000,
            frame_instruction_limit: 20_000_000,
            entity_limit: 100_000,
            message_limit: 10_000,
            script_call_micros: 0,
            scripts_frame_micros: 0,
            script_failure_limit: 5,
            recursion_limit: 500,
            memory_limit_bytes: 256 << 20,
            policy: CollectPolicy::Observe,
            budget_micros: 300,
            pass_after_allocations: 100_000,
            pass_after_frames: 30,
            free_at_once_objects: 2_000,
            explain_every_frames: 30,
            explain_budget_micros: 1_000,
            frame_budget_micros: 16_667,
            history_frames: 1_200,
            emit_records: false,
            log_every_frames: 60,
        }
    }
}
