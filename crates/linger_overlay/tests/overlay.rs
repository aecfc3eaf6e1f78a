//! The overlay as people meet it: what it says, what it answers, and that it keeps to its place on
//! every screen.

mod demo;

use egui::accesskit::Role;
use egui::epaint::{ClippedShape, TextShape};
use egui::{Key, Rect, Shape, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use linger_overlay::{HudPlace, Overlay, OverlayAction, OverlaySettings};
use linger_profile::{Counts, FrameSample, LingeringFigure, PauseReason, PauseRecord, PhaseNanos, Policy, Profile};

const TABS: [&str; 6] = ["Lingering", "Objects", "Pauses", "Collector", "Scripts", "Messages (2)"];

/// A screen with the overlay on it.
struct Screen {
    overlay: Overlay,
    profile: Profile,
    settings: OverlaySettings,
    panel: bool,
    actions: Vec<OverlayAction>,
}

fn screen<'a>(size: Vec2, profile: Profile, panel: bool) -> Harness<'a, Screen> {
    screen_with(size, profile, panel, OverlaySettings::default())
}

fn screen_with<'a>(size: Vec2, profile: Profile, panel: bool, settings: OverlaySettings) -> Harness<'a, Screen> {
    let state = Screen { overlay: Overlay::default(), profile, settings, panel, actions: Vec::new() };
    let draw = |ui: &mut egui::Ui, screen: &mut Screen| {
        let Screen { overlay, profile, settings, panel, actions } = screen;
        let ctx = ui.ctx().clone();
        overlay.hud_ui(&ctx, profile, settings);
        if *panel {
            actions.extend(overlay.panel_ui(&ctx, profile, settings));
        }
    };
    let mut harness = Harness::builder().with_size(size).with_step_dt(0.05).build_ui_state(draw, state);
    harness.run_steps(4);
    harness
}

/// All text that is drawn, from top to bottom and left to right.
fn texts<'a>(harness: &'a Harness<'_, Screen>) -> Vec<&'a TextShape> {
    fn collect<'a>(shape: &'a Shape, out: &mut Vec<&'a TextShape>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, out)),
            Shape::Text(text) => out.push(text),
            _ => {}
        }
    }
    let mut out = Vec::new();
    let shapes = harness.output().shapes.iter();
    shapes.for_each(|ClippedShape { shape, .. }| collect(shape, &mut out));
    out
}

fn said(harness: &Harness<'_, Screen>) -> Vec<String> {
    texts(harness).into_iter().map(|text| text.galley.text().to_owned()).collect()
}

fn press(harness: &mut Harness<'_, Screen>, keys: &[Key]) {
    for key in keys {
        harness.key_press(*key);
        harness.run_steps(2);
    }
}

fn actions(harness: &mut Harness<'_, Screen>) -> Vec<OverlayAction> {
    harness.run_steps(2);
    std::mem::take(&mut harness.state_mut().actions)
}

#[test]
fn nothing_lies_outside_of_the_safe_area_on_any_screen() {
    let screens = [
        (vec2(1_280.0, 720.0), OverlaySettings::default()),
        (vec2(3_840.0, 2_160.0), OverlaySettings::default()),
        (vec2(1_024.0, 768.0), OverlaySettings::default()),
        (vec2(720.0, 1_280.0), OverlaySettings::default()),
        (vec2(2_560.0, 1_080.0), OverlaySettings { hud_place: HudPlace::Bottom, ..Default::default() }),
        (vec2(1_920.0, 1_080.0), OverlaySettings { scale: 1.6, ..Default::default() }),
    ];
    for (size, settings) in screens {
        // Half a pixel for soft edges, a line's width for those on the edge.
        let safe = Rect::from_min_size(egui::Pos2::ZERO, size).shrink2(size * 0.05).expand(1.5);
        for tab in TABS {
            let mut harness = screen_with(size, demo::profile_with_errors(), true, settings);
            harness.get_by_role_and_label(Role::Button, tab).click();
            harness.run_steps(4);
            let mut seen = 0;
            for ClippedShape { clip_rect, shape } in &harness.output().shapes {
                let visible = shape.visual_bounding_rect().intersect(*clip_rect);
                if visible.is_positive() {
                    seen += 1;
                    assert!(safe.contains_rect(visible), "{size} {tab}: {visible} in {shape:?}");
                }
            }
            assert!(seen > 60, "{size} {tab}: only {seen} shapes");
        }
    }
}

#[test]
fn in_a_crowded_game_names_lose_their_beginnings_and_figures_nothing() {
    for size in [vec2(1_280.0, 720.0), vec2(3_840.0, 2_160.0)] {
        for tab in TABS {
            let mut harness = screen(size, demo::crowded(), true);
            harness.get_by_role_and_label(Role::Button, tab).click();
            harness.run_steps(4);
            for text in texts(&harness) {
                assert!(!text.galley.elided, "{size} {tab}: {:?} is cut", text.galley.text());
            }
            if tab == "Lingering" {
                let said = said(&harness);
                for words in ["3,456,789", "…_controller.py:12345", "✂ cut"] {
                    assert!(said.iter().any(|text| text == words), "{size}: no {words} in {said:#?}");
                }
            }
        }
    }
}

/// What does not fit is scrolled to, and not squeezed until lines lie on one another.
#[test]
fn in_a_small_window_no_two_bars_of_pauses_share_a_line() {
    let mut harness = screen(vec2(800.0, 450.0), demo::crowded(), true);
    harness.get_by_role_and_label(Role::Button, "Pauses").click();
    harness.run_steps(4);
    press(&mut harness, &[Key::PageDown]);
    let mut tops: Vec<(f32, f32)> = texts(&harness)
        .into_iter()
        .filter(|text| text.galley.text().starts_with('≥') && text.galley.text().ends_with('s'))
        .map(|text| (text.pos.y, text.galley.size().y))
        .collect();
    tops.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert!(tops.len() >= 5, "{tops:?} {:#?}", said(&harness));
    assert!(tops.windows(2).all(|pair| pair[1].0 - pair[0].0 > pair[0].1 * 0.7), "{tops:?}");
}

#[test]
fn the_hud_is_whole_and_legible_at_both_ends_of_screens() {
    for (size, figure_pixels) in [(vec2(1_280.0, 720.0), 17.0), (vec2(3_840.0, 2_160.0), 52.0)] {
        let harness = screen(size, demo::profile(), false);
        let mut largest = 0.0_f32;
        for text in texts(&harness) {
            assert!(!text.galley.elided, "{size}: {:?} is cut", text.galley.text());
            for section in &text.galley.job.sections {
                let pixels = section.format.font_id.size;
                assert!(pixels >= 12.0, "{size}: {:?} of {pixels} pixels", text.galley.text());
                largest = largest.max(pixels);
            }
        }
        assert_eq!(largest, figure_pixels);
    }
}

#[test]
fn pixels_are_counted_and_not_points() {
    let mut harness = screen(vec2(1_920.0, 1_080.0), demo::profile(), false);
    harness.set_pixels_per_point(2.0);
    harness.set_size(vec2(1_920.0, 1_080.0));
    harness.run_steps(3);
    let sizes = texts(&harness)
        .into_iter()
        .flat_map(|text| text.galley.job.sections.iter().map(|section| section.format.font_id.size));
    // The same share of the screen's height, however many points that is.
    let height = harness.ctx.content_rect().height();
    assert_eq!(sizes.fold(0.0, f32::max), 26.0 * height / 1_080.0);
    assert!(height != 1_080.0);
}

#[test]
fn the_hud_says() {
    let harness = screen(vec2(1_920.0, 1_080.0), demo::profile(), false);
    insta::assert_snapshot!(said(&harness).join("\n"));
}

#[test]
fn each_tab_says() {
    for tab in TABS {
        let mut harness = screen(vec2(1_920.0, 1_080.0), demo::profile_with_errors(), true);
        harness.get_by_role_and_label(Role::Button, tab).click();
        harness.run_steps(4);
        insta::assert_snapshot!(tab.split(' ').next(), said(&harness).join("\n"));
    }
}

#[test]
fn a_game_that_has_not_begun_has_an_overlay_too() {
    let mut harness = screen(vec2(1_280.0, 720.0), Profile::default(), true);
    assert!(harness.query_by_label_contains("Nothing lingers: reference counting").is_some());
    assert!(said(&harness).iter().any(|text| text == "no pause"));
    for (tab, says) in [("Objects", "No objects yet."), ("Pauses", "No pause yet."), ("Messages", "✔ None.")] {
        harness.get_by_role_and_label(Role::Button, tab).click();
        harness.run_steps(4);
        assert!(said(&harness).iter().any(|text| text == says), "{tab}: {:?}", said(&harness));
    }
}

#[test]
fn an_error_of_a_script_is_shown_in_the_hud_with_its_caret() {
    let mut harness = screen(vec2(1_280.0, 720.0), demo::profile_with_errors(), false);
    let said_now = said(&harness);
    let says = |part: &str| said_now.iter().any(|text| text.contains(part));
    assert!(says("✖ SCRIPT ERROR") && says("enemy.py:27:23 · 0.5 s ago · 3 times"));
    assert!(says("NameError: name 'word' is not defined") && says("              ^"));
    // The panel has a tab for it, and would cover it.
    harness.state_mut().panel = true;
    harness.run_steps(4);
    assert!(!said(&harness).iter().any(|text| text == "✖ SCRIPT ERROR"));
}

#[test]
fn an_error_is_no_news_after_a_while() {
    let mut profile = demo::profile_with_errors();
    let later = profile.history().now_nanos() + 20_000_000_000;
    profile.push_frame(FrameSample { time_nanos: later, ..FrameSample::default() });
    let harness = screen(vec2(1_280.0, 720.0), profile, false);
    assert!(!said(&harness).iter().any(|text| text.contains("SCRIPT ERROR")));
}

#[test]
fn an_interval_is_never_shown_as_a_number() {
    let mut profile = Profile::default();
    profile.push_frame(FrameSample {
        frame: 9,
        lingering: LingeringFigure {
            low_objects: 1_200,
            high_objects: 1_500,
            low_bytes: 64,
            high_bytes: 99,
            exact: false,
            as_of_frame: 5,
            complete_to_frame: None,
        },
        ..FrameSample::default()
    });
    let said = said(&screen(vec2(1_280.0, 720.0), profile, false));
    assert!(said.iter().any(|text| text == "≥1,200"), "{said:?}");
    assert!(said.iter().any(|text| text == "at least"), "{said:?}");
}

#[test]
fn buttons_ask_and_change_nothing_themselves() {
    let mut harness = screen(vec2(1_280.0, 720.0), demo::profile(), true);
    for (button, action) in [
        ("Collect now", OverlayAction::CollectNow),
        ("Count now", OverlayAction::CensusNow),
        ("Set mark", OverlayAction::SetMark),
        ("automatic", OverlayAction::SetPolicy(Policy::Automatic)),
        ("manual", OverlayAction::SetPolicy(Policy::Manual)),
        ("Close", OverlayAction::ClosePanel),
    ] {
        harness.get_by_role_and_label(Role::Button, button).click();
        assert_eq!(actions(&mut harness), [action], "{button}");
    }
    // The policy that holds already is nothing to ask for.
    harness.get_by_role_and_label(Role::Button, "observe").click();
    assert_eq!(actions(&mut harness), []);
    assert_eq!(harness.state().profile.collector.policy, Policy::Observe);
}

#[test]
fn a_disabled_script_can_be_enabled_by_itself_or_with_all() {
    let mut harness = screen(vec2(1_280.0, 720.0), demo::profile(), true);
    harness.get_by_role_and_label(Role::Button, "Scripts").click();
    harness.run_steps(2);
    for (button, action) in
        [("Enable enemy 12v0", OverlayAction::EnableScript(1_790)), ("Enable all", OverlayAction::EnableScripts)]
    {
        harness.get_by_role_and_label(Role::Button, button).click();
        assert_eq!(actions(&mut harness), [action], "{button}");
    }
    assert!(harness.query_by_label("Enable enemy 17v2").is_none(), "it runs");
}

#[test]
fn the_budget_can_be_set_without_a_mouse() {
    let mut harness = screen(vec2(1_280.0, 720.0), demo::profile(), true);
    harness.get_by_role(Role::Slider).focus();
    harness.run_steps(2);
    press(&mut harness, &[Key::ArrowRight]);
    let asked = actions(&mut harness);
    let Some(OverlayAction::SetBudgetMicros(micros)) = asked.first() else { panic!("{asked:?}") };
    assert!(*micros > 300, "{micros}");
}

#[test]
fn the_panel_opens_with_the_focus_and_is_walked_with_arrows() {
    for size in [vec2(1_280.0, 720.0), vec2(720.0, 1_280.0), vec2(3_840.0, 2_160.0)] {
        let mut harness = screen(size, demo::profile_with_errors(), true);
        for (index, tab) in TABS.iter().enumerate() {
            if index > 0 {
                press(&mut harness, &[Key::ArrowRight]);
            }
            assert!(harness.get_by_role_and_label(Role::Button, tab).is_focused(), "{size} {tab}");
        }
        assert!(said(&harness).iter().any(|text| text == "ERRORS OF SCRIPTS"));
        // There is nothing to the right of the last, and from the tabs one gets elsewhere.
        press(&mut harness, &[Key::ArrowRight, Key::ArrowLeft, Key::ArrowLeft, Key::ArrowLeft, Key::ArrowLeft]);
        assert!(harness.get_by_role_and_label(Role::Button, "Objects").is_focused());
        press(&mut harness, &[Key::ArrowDown, Key::Enter]);
        assert!(!harness.get_by_role_and_label(Role::Button, "Objects").is_focused());
        assert!(said(&harness).iter().any(|text| text == "freed by count"));
    }
}

#[test]
fn a_table_is_sorted_by_the_column_that_is_chosen() {
    let mut harness = screen(vec2(1_920.0, 1_080.0), demo::profile(), true);
    harness.get_by_role_and_label(Role::Button, "Objects").click();
    harness.run_steps(4);
    let first_type = |harness: &Harness<'_, Screen>| {
        let all = said(harness);
        let header = all.iter().position(|text| text == "since mark").expect("a header");
        all[header + 1].clone()
    };
    assert_eq!(first_type(&harness), "str");
    harness.get_by_role_and_label(Role::Button, "lingering").click();
    harness.run_steps(4);
    assert_eq!(first_type(&harness), "cell");
    harness.get_by_role_and_label(Role::Button, "lingering ⏷").click();
    harness.run_steps(4);
    assert!(harness.query_by_role_and_label(Role::Button, "lingering ⏶").is_some());
    assert_ne!(first_type(&harness), "cell");
}

#[test]
fn of_many_rows_only_those_in_sight_are_drawn() {
    let mut profile = demo::profile();
    for index in 0..20_000 {
        let counts = Counts { allocated: 1, live: 1, ..Counts::default() };
        profile.update_type(index + 100, &format!("Type{index}"), counts);
    }
    let mut harness = screen(vec2(1_280.0, 720.0), profile, true);
    harness.get_by_role_and_label(Role::Button, "Objects").click();
    harness.run_steps(4);
    assert!(texts(&harness).len() < 600, "{}", texts(&harness).len());
    // The page key goes on.
    let before = said(&harness);
    press(&mut harness, &[Key::PageDown]);
    harness.run_steps(4);
    assert_ne!(said(&harness), before);
}

#[test]
fn text_changes_a_few_times_a_second_and_no_more() {
    let mut harness = screen(vec2(1_280.0, 720.0), demo::profile(), false);
    let mut changes = 0;
    let mut before = said(&harness);
    // Two seconds of frames, each with another figure.
    for frame in 0..40 {
        let live_objects = 1_000 + frame;
        harness.state_mut().profile.push_frame(FrameSample { live_objects, ..Default::default() });
        harness.run_steps(1);
        let now = said(&harness);
        changes += usize::from(now != before);
        before = now;
    }
    assert!((10..=20).contains(&changes), "{changes} changes in two seconds");
}

#[test]
fn the_graph_moves_each_frame_and_is_one_mesh() {
    let meshes = |harness: &Harness<'_, Screen>| -> Vec<usize> {
        let shapes = harness.output().shapes.iter();
        shapes
            .filter_map(|ClippedShape { shape, .. }| match shape {
                Shape::Mesh(mesh) => Some(mesh.vertices.len()),
                _ => None,
            })
            .collect()
    };
    let mut profile = Profile::default();
    profile.push_frame(FrameSample::default());
    let mut harness = screen(vec2(1_280.0, 720.0), profile, false);
    let before = meshes(&harness);
    assert_eq!(before.len(), 1);
    harness.state_mut().profile.push_frame(FrameSample::default());
    harness.run_steps(1);
    assert!(meshes(&harness)[0] > before[0]);
}

#[test]
fn the_games_own_egui_keeps_its_looks() {
    let ctx = egui::Context::default();
    let (style, zoom) = (ctx.global_style(), ctx.zoom_factor());
    let (mut overlay, settings) = (Overlay::default(), OverlaySettings::default());
    let profile = demo::profile();
    for _ in 0..3 {
        let output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let ctx = ui.ctx().clone();
            overlay.hud_ui(&ctx, &profile, &settings);
            overlay.panel_ui(&ctx, &profile, &settings);
        });
        output.drop_without_applying_deltas();
    }
    assert!(*ctx.global_style() == *style, "the global style was changed");
    assert_eq!(ctx.zoom_factor(), zoom);
}

#[test]
fn books_that_do_not_balance_are_called_out() {
    let mut profile = demo::profile();
    let wrong = Counts { allocated: 5, live: 4, ..Counts::default() };
    profile.update_type(0, "cell", wrong);
    let said = said(&screen(vec2(1_920.0, 1_080.0), profile, true));
    assert!(said.iter().any(|text| text.starts_with("✖ books do not balance: cell: 5 allocated")));
}

#[test]
fn even_the_largest_figures_fit_into_the_hud() {
    let mut profile = Profile::default();
    profile.push_frame(FrameSample::default());
    profile.push_pause(PauseRecord {
        frame: 2,
        start_nanos: 0,
        pause_nanos: 1_234_567_890,
        reason: PauseReason::Script,
        examined: 0,
        freed_objects: 0,
        freed_bytes: 0,
        phases: PhaseNanos::default(),
    });
    profile.push_frame(FrameSample {
        frame: 1,
        time_nanos: 20_000_000_000,
        frame_nanos: 1_234_567_890,
        script_nanos: 1_234_567_890,
        sampling_nanos: 87_654_321,
        heap_bytes: 1_023_456_789,
        live_objects: 9_999_999,
        lingering: LingeringFigure {
            low_objects: 9_999_998,
            high_objects: 9_999_999,
            low_bytes: 1_023_456_789,
            high_bytes: 1_023_456_789,
            exact: false,
            as_of_frame: 1,
            complete_to_frame: None,
        },
        ..FrameSample::default()
    });
    for size in [vec2(1_280.0, 720.0), vec2(1_920.0, 1_080.0), vec2(720.0, 1_280.0)] {
        let harness = screen(size, profile.clone(), false);
        for text in texts(&harness) {
            assert!(!text.galley.elided, "{size}: {:?} is cut", text.galley.text());
        }
        assert!(said(&harness).iter().any(|text| text == "≥9,999,998"), "{:?}", said(&harness));
    }
}
