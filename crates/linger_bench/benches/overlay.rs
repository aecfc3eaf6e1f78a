//! One frame of the overlay without a GPU: egui's run and the tessellation, HUD alone and with each tab of the panel.
//!
//! Does not know a renderer: what uploading and drawing the meshes costs is not in these figures.

#![allow(missing_docs, reason = "criterion makes a public function for each group")]

mod session;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use egui::epaint::{ClippedPrimitive, Primitive};
use egui::{Context, Event, Key, Modifiers, Pos2, RawInput, Rect, Vec2};
use linger_overlay::{Overlay, OverlaySettings};
use linger_profile::Profile;

/// Names of the panel's tabs, in their order.
const TABS: [&str; 4] = ["lingering", "objects", "pauses", "messages"];
const FRAME_SECONDS: f64 = 1.0 / 60.0;
/// Frames until textures, layouts and caches have settled.
const FRAMES_TO_SETTLE: usize = 30;

/// A screen with the overlay on it.
struct Screen {
    ctx: Context,
    overlay: Overlay,
    settings: OverlaySettings,
    size: Vec2,
    with_panel: bool,
    frames: u64,
}

impl Screen {
    fn new(size: [f32; 2], tab: Option<usize>) -> Screen {
        Screen {
            ctx: Context::default(),
            overlay: Overlay::default(),
            settings: OverlaySettings::default(),
            size: size.into(),
            with_panel: tab.is_some(),
            frames: 0,
        }
    }

    /// One frame, up to the triangles that a renderer would draw.
    fn frame(&mut self, profile: &Profile, events: Vec<Event>) -> Vec<ClippedPrimitive> {
        let Screen { ctx, overlay, settings, size, with_panel, frames } = self;
        *frames += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, *size)),
            time: Some(*frames as f64 * FRAME_SECONDS),
            events,
            ..RawInput::default()
        };
        let mut output = ctx.run_ui(input, |ui| {
            let ctx = ui.ctx().clone();
            overlay.hud_ui(&ctx, profile, settings);
            if *with_panel {
                black_box(overlay.panel_ui(&ctx, profile, settings));
            }
        });
        // There is no renderer to take the textures, and egui insists that somebody does.
        output.textures_delta.clear();
        ctx.tessellate(output.shapes, output.pixels_per_point)
    }

    /// Walks to a tab, on which the focus is when the panel opens, and waits until nothing changes any more.
    fn settle(&mut self, profile: &Profile, tab: Option<usize>) {
        self.frame(profile, Vec::new());
        self.frame(profile, Vec::new());
        for _ in 0..tab.unwrap_or(0) {
            let event = |pressed| Event::Key {
                key: Key::ArrowRight,
                physical_key: None,
                pressed,
                repeat: false,
                modifiers: Modifiers::NONE,
            };
            self.frame(profile, vec![event(true), event(false)]);
            self.frame(profile, Vec::new());
        }
        for _ in 0..FRAMES_TO_SETTLE {
            self.frame(profile, Vec::new());
        }
        let meshes = self.frame(profile, Vec::new());
        let triangles: usize = meshes.iter().map(triangles).sum();
        assert!(triangles > 100, "the overlay drew {triangles} triangles: this would measure nothing");
    }
}

fn triangles(clipped: &ClippedPrimitive) -> usize {
    match &clipped.primitive {
        Primitive::Mesh(mesh) => mesh.indices.len() / 3,
        Primitive::Callback(_) => 0,
    }
}

fn overlay(criterion: &mut Criterion) {
    let profile = session::profile();
    let mut group = criterion.benchmark_group("overlay");
    for (name, size) in [("720p", [1280.0, 720.0]), ("1080p", [1920.0, 1080.0]), ("2160p", [3840.0, 2160.0])] {
        let mut screen = Screen::new(size, None);
        screen.settle(&profile, None);
        group.bench_function(BenchmarkId::new("hud", name), |bencher| {
            bencher.iter(|| screen.frame(&profile, Vec::new()));
        });
    }
    for (tab, name) in TABS.into_iter().enumerate() {
        let mut screen = Screen::new([1920.0, 1080.0], Some(tab));
        screen.settle(&profile, Some(tab));
        group.bench_function(BenchmarkId::new("hud_and_panel", name), |bencher| {
            bencher.iter(|| screen.frame(&profile, Vec::new()));
        });
    }
    group.finish();
}

/// The same while the game goes on: each frame adds to the profile before it is drawn.
fn overlay_of_a_running_game(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("overlay_running");
    for (name, tab) in [("hud", None), ("hud_and_panel", Some(0))] {
        let mut profile = session::profile();
        let mut screen = Screen::new([1920.0, 1080.0], tab);
        screen.settle(&profile, tab);
        let mut number = session::FRAMES;
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                number += 1;
                profile.push_pause(session::pause(number));
                profile.push_frame(session::frame(number));
                screen.frame(&profile, Vec::new())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, overlay, overlay_of_a_running_game);
criterion_main!(benches);
