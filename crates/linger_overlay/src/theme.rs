//! Sizes, colours and the egui style of the overlay, worked out from the screen.
//!
//! Everything is fixed for a given screen: nothing grows, fades or moves but the figures.

use std::sync::Arc;

use egui::style::{ScrollStyle, Selection, WidgetVisuals, Widgets};
use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Rect, Stroke, Style, TextStyle, Vec2, Visuals, vec2,
};

use crate::hud::HudLayout;
use crate::settings::{HudPlace, OverlaySettings};

/// The height of screen for which sizes are given, in pixels.
const REFERENCE_HEIGHT: f32 = 1_080.0;
const REFERENCE_ASPECT: f32 = 16.0 / 9.0;
/// Smaller text cannot be read on any screen.
const SMALLEST_TEXT_PIXELS: f32 = 12.0;

pub(crate) const TEXT: Color32 = Color32::from_rgb(0xe8, 0xec, 0xf2);
pub(crate) const FAINT: Color32 = Color32::from_rgb(0xa4, 0xae, 0xbd);
pub(crate) const LINGERING: Color32 = Color32::from_rgb(0xff, 0xb8, 0x5c);
pub(crate) const GOOD: Color32 = Color32::from_rgb(0x6f, 0xd3, 0xb8);
pub(crate) const BAD: Color32 = Color32::from_rgb(0xff, 0x7d, 0x7d);
pub(crate) const COOL: Color32 = Color32::from_rgb(0x7f, 0xb4, 0xff);
const GROUND: Color32 = Color32::from_rgb(0x0d, 0x11, 0x18);
const RAISED: Color32 = Color32::from_rgb(0x1b, 0x22, 0x2d);
const PRESSED: Color32 = Color32::from_rgb(0x2a, 0x35, 0x46);
const CHOSEN: Color32 = Color32::from_rgb(0x27, 0x41, 0x63);
const RULE: Color32 = Color32::from_rgb(0x2b, 0x34, 0x42);

/// What the theme depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Basis {
    screen: Rect,
    pixels_per_point: f32,
    settings: OverlaySettings,
}

/// Sizes in points, fonts and style.
#[derive(Clone, Debug)]
pub(crate) struct Theme {
    basis: Basis,
    /// Where the overlay may draw.
    pub(crate) safe: Rect,
    /// The HUD's main figures, and the digits' width.
    pub(crate) figure: FontId,
    pub(crate) figure_digit: f32,
    /// Labels and notes of the HUD.
    pub(crate) label: FontId,
    /// Text of the panel, and figures of its tables with the digits' width.
    pub(crate) body: FontId,
    pub(crate) mono: FontId,
    pub(crate) mono_digit: f32,
    pub(crate) heading: FontId,
    pub(crate) hud_layout: HudLayout,
    pub(crate) ground: Color32,
    pub(crate) rule: Stroke,
    /// Lines of a plot's grid.
    pub(crate) grid: Color32,
    pub(crate) style: Arc<Style>,
}

impl Theme {
    /// The theme for the screen as it is; `earlier` is kept while nothing changed.
    pub(crate) fn of(ctx: &Context, settings: &OverlaySettings, earlier: Option<Self>) -> Self {
        let basis = Basis { screen: ctx.content_rect(), pixels_per_point: ctx.pixels_per_point(), settings: *settings };
        match earlier {
            Some(theme) if theme.basis == basis => theme,
            _ => Self::new(ctx, basis),
        }
    }

    fn new(ctx: &Context, basis: Basis) -> Self {
        let scale = Scale::of(&basis);
        let figure = FontId::new(scale.text(26.0), FontFamily::Monospace);
        let mono = FontId::new(scale.text(17.0), FontFamily::Monospace);
        let body = FontId::new(scale.text(18.0), FontFamily::Proportional);
        let label = FontId::new(scale.text(16.0), FontFamily::Proportional);
        let heading = FontId::new(scale.text(22.0), FontFamily::Proportional);
        let (figure_digit, mono_digit) =
            ctx.fonts_mut(|fonts| (fonts.glyph_width(&figure, '0'), fonts.glyph_width(&mono, '0')));
        let inset = basis.settings.safe_inset.clamp(0.0, 0.25);
        let opacity = basis.settings.opacity.clamp(0.0, 1.0);
        let mut theme = Self {
            basis,
            safe: basis.screen.shrink2(basis.screen.size() * inset),
            figure,
            figure_digit,
            label,
            body,
            mono,
            mono_digit,
            heading,
            hud_layout: HudLayout::default(),
            ground: GROUND.gamma_multiply(opacity),
            rule: Stroke::new(scale.size(1.0).max(1.0 / basis.pixels_per_point), RULE),
            grid: Color32::from_white_alpha(22),
            style: Arc::default(),
        };
        theme.style = Arc::new(theme.make_style(&scale));
        let (hud_width, gap) = (theme.hud_rect().shrink2(theme.hud_padding()).width(), scale.size(26.0));
        theme.hud_layout = HudLayout::new(hud_width, gap, theme.figure_digit, |text| {
            let font = theme.label.clone();
            ctx.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font, TEXT).size().x)
        });
        theme
    }

    /// A length that is `pixels` on a screen of 1080, in points, on whole pixels.
    pub(crate) fn size(&self, pixels: f32) -> f32 {
        Scale::of(&self.basis).size(pixels)
    }

    /// The rectangle of the HUD strip.
    pub(crate) fn hud_rect(&self) -> Rect {
        let row: f32 = self.hud_rows().iter().sum();
        let rows = if self.hud_layout.two_rows { row * 2.0 + self.hud_padding().y } else { row };
        let height = self.hud_padding().y * 2.0 + rows;
        let size = vec2(self.safe.width(), height);
        match self.basis.settings.hud_place {
            HudPlace::Top => Rect::from_min_size(self.safe.left_top(), size),
            HudPlace::Bottom => Rect::from_min_size(self.safe.left_bottom() - vec2(0.0, height), size),
        }
    }

    /// The heights of the HUD's label, figure and note.
    pub(crate) fn hud_rows(&self) -> [f32; 3] {
        let label = self.label.size * 1.35;
        [label, self.figure.size * 1.3, label]
    }

    pub(crate) fn hud_padding(&self) -> Vec2 {
        vec2(self.size(18.0), self.size(9.0))
    }

    /// The part of the safe area that the HUD leaves.
    pub(crate) fn below_hud(&self) -> Rect {
        let gap = self.size(12.0);
        let (hud, mut rest) = (self.hud_rect(), self.safe);
        match self.basis.settings.hud_place {
            HudPlace::Top => rest.min.y = hud.max.y + gap,
            HudPlace::Bottom => rest.max.y = hud.min.y - gap,
        }
        rest
    }

    /// The rectangle of the panel: to the right, so that some of the game is seen beside it.
    pub(crate) fn panel_rect(&self) -> Rect {
        let mut rect = self.below_hud();
        // As many digits as the widest table has, and its margins.
        rect.min.x = rect.max.x - (self.mono_digit * 118.0).round().min(rect.width());
        rect
    }

    /// The height of a table's row.
    pub(crate) fn row_height(&self) -> f32 {
        self.mono.size * 1.5
    }

    pub(crate) fn corner(&self) -> CornerRadius {
        CornerRadius::same(whole(self.size(6.0)))
    }

    fn make_style(&self, scale: &Scale) -> Style {
        let mut style = Style {
            text_styles: [
                (TextStyle::Small, self.label.clone()),
                (TextStyle::Body, self.body.clone()),
                (TextStyle::Button, self.body.clone()),
                (TextStyle::Monospace, self.mono.clone()),
                (TextStyle::Heading, self.heading.clone()),
            ]
            .into(),
            animation_time: 0.0,
            visuals: self.make_visuals(scale),
            ..Style::default()
        };
        let spacing = &mut style.spacing;
        // Tables give half of it to each neighbour.
        spacing.item_spacing = vec2(scale.size(6.0) * 2.0, scale.size(8.0));
        spacing.button_padding = vec2(scale.size(12.0), scale.size(6.0));
        spacing.interact_size = vec2(scale.size(36.0), (self.body.size * 1.2).ceil() + scale.size(12.0));
        spacing.slider_width = scale.size(170.0);
        spacing.slider_rail_height = scale.size(8.0);
        spacing.indent = scale.size(18.0);
        spacing.icon_width = scale.size(16.0);
        spacing.icon_width_inner = scale.size(10.0);
        spacing.window_margin = Margin::same(whole_signed(scale.size(14.0)));
        spacing.scroll = ScrollStyle {
            bar_width: scale.size(10.0),
            handle_min_length: scale.size(24.0),
            bar_inner_margin: scale.size(4.0),
            ..ScrollStyle::solid()
        };
        style.interaction.selectable_labels = false;
        style.interaction.show_tooltips_only_when_still = true;
        style
    }

    fn make_visuals(&self, scale: &Scale) -> Visuals {
        let line = |width: f32, colour| Stroke::new(scale.size(width), colour);
        let widget = |fill, edge, text| WidgetVisuals {
            bg_fill: fill,
            weak_bg_fill: fill,
            bg_stroke: edge,
            corner_radius: self.corner(),
            fg_stroke: line(1.5, text),
            expansion: 0.0,
        };
        // A slider's rail has the fill, a button the weak fill.
        let inactive = WidgetVisuals { bg_fill: PRESSED, ..widget(RAISED, line(1.0, RULE), TEXT) };
        Visuals {
            widgets: Widgets {
                noninteractive: widget(GROUND, self.rule, TEXT),
                inactive,
                hovered: widget(PRESSED, line(1.0, FAINT), TEXT),
                // Also the looks of what has the focus: it must be found at a glance from a sofa.
                active: widget(PRESSED, line(2.5, LINGERING), TEXT),
                open: inactive,
            },
            selection: Selection { bg_fill: CHOSEN, stroke: line(1.5, TEXT) },
            weak_text_color: Some(FAINT),
            // Lies on a translucent ground: lighter by a breath, not a colour of its own.
            faint_bg_color: Color32::from_white_alpha(7),
            extreme_bg_color: Color32::from_black_alpha(90),
            error_fg_color: BAD,
            warn_fg_color: LINGERING,
            slider_trailing_fill: true,
            ..Visuals::dark()
        }
    }
}

/// From pixels on a screen of 1080 to points on this one.
struct Scale {
    unit: f32,
    pixels_per_point: f32,
}

impl Scale {
    fn of(basis: &Basis) -> Self {
        // A screen narrower than 16:9 has less room for columns: its width decides.
        let height = basis.screen.height().min(basis.screen.width() / REFERENCE_ASPECT);
        let unit = height / REFERENCE_HEIGHT * basis.settings.scale.clamp(0.25, 4.0);
        Self { unit, pixels_per_point: basis.pixels_per_point }
    }

    fn size(&self, pixels: f32) -> f32 {
        (pixels * self.unit * self.pixels_per_point).round() / self.pixels_per_point
    }

    fn text(&self, pixels: f32) -> f32 {
        self.size(pixels).max(SMALLEST_TEXT_PIXELS / self.pixels_per_point)
    }
}

fn whole(points: f32) -> u8 {
    points.round().clamp(0.0, 255.0) as u8
}

fn whole_signed(points: f32) -> i8 {
    points.round().clamp(0.0, 127.0) as i8
}
