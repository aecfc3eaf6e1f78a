//! The draw step: a camera of the overlay's own, on which linger_overlay draws the profile. Knows nothing of how the
//! figures came to be. While the overlay is off its camera is inactive and nothing of it runs.

use std::time::Instant;

use bevy::{
    camera::{CameraMainTextureUsages, CameraOutputMode, MsaaWriteback, visibility::RenderLayers},
    ecs::{query::QueryData, schedule::ScheduleLabel},
    prelude::*,
    render::{
        RenderPlugin,
        render_resource::{BlendState, TextureUsages},
    },
};
use bevy_egui::{
    EguiContext, EguiContextSettings, EguiFullOutput, EguiGlobalSettings, EguiInput, EguiPlugin, EguiSchedule,
    PrimaryEguiContext, egui, input::EguiInputEvent,
};
use linger_overlay::{Overlay, OverlayAction, OverlaySettings, Tab};
use linger_profile::Policy;

use crate::{
    LingerSystems,
    config::{CollectPolicy, LingerConfig, OverlayMode, PanelTab},
    profiler::{Profiler, nanos},
    sampling::LingerCommand,
};

/// Higher than any camera of a game is likely to have, so that the overlay is on top.
const CAMERA_ORDER: isize = 1_000_000;

/// Marks the overlay's camera. A game that asks for its only camera excludes it: `Without<LingerCamera>`.
#[derive(Component, Debug)]
pub struct LingerCamera;

/// The schedule in which the overlay is drawn. May run more than once a frame.
#[derive(ScheduleLabel, Debug, Clone, PartialEq, Eq, Hash)]
pub struct LingerOverlayPass;

/// Draws the overlay. Does nothing in an app without a renderer.
pub struct LingerUiPlugin;

/// The overlay's memory between frames, and what was asked for in it since it was last carried out.
#[derive(Resource, Default)]
struct OverlayState {
    overlay: Overlay,
    actions: Vec<OverlayAction>,
    marks: u32,
}

/// Whether the game itself draws with egui, and so has a context that is not the overlay's.
#[derive(Resource)]
struct GameUsesEgui(bool);

impl Plugin for LingerUiPlugin {
    fn build(&self, app: &mut App) {
        if !app.is_plugin_added::<RenderPlugin>() {
            return;
        }
        let game_uses_egui = app.is_plugin_added::<EguiPlugin>();
        if !game_uses_egui {
            app.add_plugins(EguiPlugin::default());
            app.world_mut().resource_mut::<EguiGlobalSettings>().auto_create_primary_context = false;
        }
        let overlay = Overlay::with_tab(first_tab(app));
        app.insert_resource(GameUsesEgui(game_uses_egui))
            .insert_resource(OverlayState { overlay, ..default() })
            .init_schedule(LingerOverlayPass)
            .add_systems(
                Update,
                (carry_out, navigate_by_gamepad, switch_camera, match_samples)
                    .chain()
                    .in_set(LingerSystems::Input)
                    .after(crate::input::toggle_overlay),
            )
            .add_systems(LingerOverlayPass, draw);
    }
}

/// The tab that the panel opens with.
fn first_tab(app: &App) -> Tab {
    match app.world().resource::<LingerConfig>().panel_tab {
        PanelTab::Lingering => Tab::Lingering,
        PanelTab::Objects => Tab::Objects,
        PanelTab::Pauses => Tab::Pauses,
        PanelTab::Collector => Tab::Collector,
        PanelTab::Scripts => Tab::Scripts,
        PanelTab::Messages => Tab::Messages,
    }
}

/// The parts of the overlay's camera that are switched.
#[derive(QueryData)]
#[query_data(mutable)]
struct OverlayCamera {
    camera: &'static mut Camera,
    context: &'static mut EguiContext,
    settings: &'static mut EguiContextSettings,
    input: &'static mut EguiInput,
    output: &'static mut EguiFullOutput,
}

/// Makes the camera when the overlay is first seen, makes it anew when the game despawned it along with its own, and
/// turns it on and off.
fn switch_camera(
    mut commands: Commands,
    config: Res<LingerConfig>,
    game: Res<GameUsesEgui>,
    game_contexts: Query<(), With<PrimaryEguiContext>>,
    mut cameras: Query<OverlayCamera, With<LingerCamera>>,
) {
    let on = config.overlay != OverlayMode::Off;
    if let Ok(mut overlay) = cameras.single_mut() {
        if overlay.camera.is_active != on {
            overlay.camera.is_active = on;
            overlay.settings.run_manually = !on;
        }
        if !on {
            // Nobody takes the events of a context that does not run, and its output is missed each frame.
            overlay.input.events.clear();
            let pixels_per_point = overlay.context.get_mut().pixels_per_point();
            overlay.output.0 = Some(egui::FullOutput { pixels_per_point, ..default() });
        }
        return;
    }
    // bevy_egui gives a game its context only as long as no camera has one.
    if !on || (game.0 && game_contexts.is_empty()) {
        return;
    }
    commands.spawn((
        Name::new("Linger overlay"),
        LingerCamera,
        Camera2d,
        Camera {
            order: CAMERA_ORDER,
            clear_color: ClearColorConfig::Custom(Color::NONE),
            output_mode: CameraOutputMode::Write {
                blend_state: Some(BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                clear_color: ClearColorConfig::None,
            },
            msaa_writeback: MsaaWriteback::Off,
            ..default()
        },
        // Cameras whose textures are alike share one, and a shared one is cleared once only: the overlay's differs.
        CameraMainTextureUsages::default().with(TextureUsages::COPY_DST),
        RenderLayers::none(),
        EguiContext::default(),
        EguiSchedule::new(LingerOverlayPass),
    ));
}

/// Bevy's 2D cameras on one window share a depth texture, so all must take the same number of samples.
fn match_samples(
    game_cameras: Query<(&Camera, &Msaa), Without<LingerCamera>>,
    mut cameras: Query<&mut Msaa, With<LingerCamera>>,
) {
    let of_game = game_cameras.iter().find(|(camera, _)| camera.is_active);
    if let (Ok(mut msaa), Some((_, of_game))) = (cameras.single_mut(), of_game)
        && *msaa != *of_game
    {
        *msaa = *of_game;
    }
}

fn draw(
    mut contexts: Query<&mut EguiContext, With<LingerCamera>>,
    config: Res<LingerConfig>,
    mut profiler: ResMut<Profiler>,
    mut state: ResMut<OverlayState>,
) {
    let Ok(mut context) = contexts.single_mut() else {
        return;
    };
    let start = Instant::now();
    let ctx = context.get_mut();
    let settings = OverlaySettings {
        scale: config.text_scale,
        // A game is busier than most backgrounds, and some glow.
        opacity: 0.975,
        ..OverlaySettings::default()
    };
    let OverlayState { overlay, actions, .. } = &mut *state;
    let profile = profiler.profile();
    if config.overlay != OverlayMode::Off {
        overlay.hud_ui(ctx, profile, &settings);
    }
    if config.overlay == OverlayMode::Panel {
        for action in overlay.panel_ui(ctx, profile, &settings) {
            // A second run of the pass in a frame would ask for the same again.
            if !actions.contains(&action) {
                actions.push(action);
            }
        }
    }
    profiler.overlay_nanos += nanos(start);
}

/// Carries out what was asked for in the panel.
fn carry_out(
    mut state: ResMut<OverlayState>,
    mut config: ResMut<LingerConfig>,
    mut commands: MessageWriter<LingerCommand>,
) {
    for action in std::mem::take(&mut state.actions) {
        match action {
            OverlayAction::CollectNow => {
                commands.write(LingerCommand::Collect);
            }
            OverlayAction::CensusNow => {
                commands.write(LingerCommand::Census);
            }
            OverlayAction::SetPolicy(policy) => {
                config.policy = match policy {
                    Policy::Observe => CollectPolicy::Observe,
                    Policy::Automatic => CollectPolicy::Automatic,
                    Policy::Manual => CollectPolicy::Manual,
                };
            }
            OverlayAction::SetBudgetMicros(micros) => config.budget_micros = micros,
            OverlayAction::SetMark => {
                state.marks += 1;
                commands.write(LingerCommand::Mark(format!("mark {}", state.marks)));
            }
            OverlayAction::EnableScripts => {
                commands.write(LingerCommand::EnableScripts);
            }
            OverlayAction::EnableScript(key) => {
                if let Some(entity) = Entity::try_from_bits(key) {
                    commands.write(LingerCommand::EnableScript(entity));
                }
            }
            OverlayAction::ClosePanel => config.overlay = OverlayMode::Hud,
        }
    }
}

/// egui hears nothing of gamepads, so their buttons are told to it as the keys that move the focus.
fn navigate_by_gamepad(
    config: Res<LingerConfig>,
    gamepads: Query<&Gamepad>,
    cameras: Query<Entity, With<LingerCamera>>,
    mut events: MessageWriter<EguiInputEvent>,
) {
    const KEYS: [(GamepadButton, egui::Key, egui::Modifiers); 7] = [
        (GamepadButton::DPadUp, egui::Key::ArrowUp, egui::Modifiers::NONE),
        (GamepadButton::DPadDown, egui::Key::ArrowDown, egui::Modifiers::NONE),
        (GamepadButton::DPadLeft, egui::Key::ArrowLeft, egui::Modifiers::NONE),
        (GamepadButton::DPadRight, egui::Key::ArrowRight, egui::Modifiers::NONE),
        (GamepadButton::LeftTrigger, egui::Key::Tab, egui::Modifiers::SHIFT),
        (GamepadButton::RightTrigger, egui::Key::Tab, egui::Modifiers::NONE),
        (GamepadButton::South, egui::Key::Enter, egui::Modifiers::NONE),
    ];
    if config.overlay != OverlayMode::Panel || !config.gamepad_navigates_panel {
        return;
    }
    let Ok(context) = cameras.single() else {
        return;
    };
    for gamepad in &gamepads {
        for (button, key, modifiers) in KEYS {
            let pressed = if gamepad.just_pressed(button) {
                true
            } else if gamepad.just_released(button) {
                false
            } else {
                continue;
            };
            events.write(EguiInputEvent {
                context,
                event: egui::Event::Key { key, physical_key: None, pressed, repeat: false, modifiers },
            });
        }
    }
}
