//! Paints the overlay of a made-up game to a PNG file, in software: to look at it without a GPU.
//!
//! `cargo run -p linger_overlay --example picture -- FILE.png [WIDTH] [HEIGHT] [hud|0..5] [errors|crowded|empty]`

#[path = "../tests/demo/mod.rs"]
mod demo;

use std::collections::HashMap;

use egui::epaint::{Primitive, Vertex};
use egui::{Color32, Context, Key, Pos2, RawInput, Rect, TextureId, TexturesDelta, Vec2};
use linger_overlay::{Overlay, OverlaySettings};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_else(|| "overlay.png".into());
    let width: usize = args.next().map_or(Ok(1_920), |text| text.parse())?;
    let height: usize = args.next().map_or(Ok(1_080), |text| text.parse())?;
    let tab: Option<usize> = args.next().and_then(|text| text.parse().ok());
    let profile = match args.next().as_deref() {
        Some("crowded") => demo::crowded(),
        Some("errors") => demo::profile_with_errors(),
        Some("empty") => linger_profile::Profile::default(),
        _ => demo::profile(),
    };
    let ctx = Context::default();
    let mut overlay = Overlay::default();
    let mut canvas = Canvas::new(width, height);
    for frame in 0..12_usize {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, Vec2::new(width as f32, height as f32))),
            time: Some(frame as f64 / 4.0),
            ..RawInput::default()
        };
        // The panel opens with the focus on the first tab: walk to the one asked for.
        let walking = frame % 2 == 0 && (1..=tab.unwrap_or(0)).contains(&(frame / 2));
        let key = walking.then_some(Key::ArrowRight);
        let event = |key, pressed| egui::Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: egui::Modifiers::NONE,
        };
        input.events.extend(key.into_iter().flat_map(|key| [event(key, true), event(key, false)]));
        let output = ctx.run_ui(input, |ui| {
            let ctx = ui.ctx().clone();
            overlay.hud_ui(&ctx, &profile, &OverlaySettings::default());
            if tab.is_some() {
                overlay.panel_ui(&ctx, &profile, &OverlaySettings::default());
            }
        });
        canvas.take_textures(output.textures_delta);
        canvas.game();
        for clipped in ctx.tessellate(output.shapes, output.pixels_per_point) {
            if let Primitive::Mesh(mesh) = clipped.primitive {
                for triangle in mesh.indices.chunks_exact(3) {
                    let corners = [0, 1, 2].map(|corner| mesh.vertices[triangle[corner] as usize]);
                    canvas.triangle(corners, mesh.texture_id, clipped.clip_rect);
                }
            }
        }
    }
    canvas.save(&path)
}

struct Texture {
    size: [usize; 2],
    pixels: Vec<Color32>,
}

struct Canvas {
    size: [usize; 2],
    pixels: Vec<[f32; 3]>,
    textures: HashMap<TextureId, Texture>,
}

impl Canvas {
    fn new(width: usize, height: usize) -> Self {
        Self { size: [width, height], pixels: Vec::new(), textures: HashMap::new() }
    }

    /// Something bright and something dark behind the overlay.
    fn game(&mut self) {
        let [width, height] = self.size;
        self.pixels = (0..width * height)
            .map(|at| {
                let (x, y) = (at % width, at / width);
                let stripe = (x * 8 / width + y * 5 / height) % 2;
                if stripe == 0 { [46.0, 92.0, 84.0] } else { [150.0, 170.0, 140.0] }
            })
            .collect();
    }

    fn take_textures(&mut self, mut delta: TexturesDelta) {
        for (id, delta) in delta.set.drain().flat_map(|(id, all)| all.into_iter().map(move |one| (id, one))) {
            let egui::ImageData::Color(image) = &delta.image;
            match delta.pos {
                None => {
                    let texture = Texture { size: image.size, pixels: image.pixels.clone() };
                    self.textures.insert(id, texture);
                }
                Some([left, top]) => {
                    let Some(texture) = self.textures.get_mut(&id) else {
                        continue;
                    };
                    for (row, line) in image.pixels.chunks(image.size[0]).enumerate() {
                        let start = (top + row) * texture.size[0] + left;
                        texture.pixels[start..start + line.len()].copy_from_slice(line);
                    }
                }
            }
        }
        delta.free.clear();
    }

    fn triangle(&mut self, corners: [Vertex; 3], texture: TextureId, clip: Rect) {
        let Some(texture) = self.textures.get(&texture) else {
            return;
        };
        let [a, b, c] = corners.map(|vertex| vertex.pos);
        let bounds = Rect::from_points(&[a, b, c]).intersect(clip);
        let area = (b - a).x * (c - a).y - (b - a).y * (c - a).x;
        if area == 0.0 || !bounds.is_positive() {
            return;
        }
        let [width, height] = self.size;
        let span = |low: f32, high: f32, end: usize| {
            (low.floor().max(0.0) as usize)..((high.ceil().max(0.0) as usize).min(end))
        };
        for y in span(bounds.top(), bounds.bottom(), height) {
            for x in span(bounds.left(), bounds.right(), width) {
                let at = Pos2::new(x as f32 + 0.5, y as f32 + 0.5);
                if !clip.contains(at) {
                    continue;
                }
                let edge =
                    |from: Pos2, to: Pos2| ((to - from).x * (at - from).y - (to - from).y * (at - from).x) / area;
                let weights = [edge(b, c), edge(c, a), edge(a, b)];
                // An edge that two triangles share belongs to one of them, near enough.
                if weights.iter().any(|weight| *weight < 0.0) {
                    continue;
                }
                let mix = |part: fn(&Vertex) -> f32| {
                    (0..3).map(|corner| weights[corner] * part(&corners[corner])).sum::<f32>()
                };
                let texel = texture.at(mix(|v| v.uv.x), mix(|v| v.uv.y));
                let alpha = mix(|v| f32::from(v.color.a())) * f32::from(texel.a()) / (255.0 * 255.0);
                let colour = [
                    mix(|v| f32::from(v.color.r())) * f32::from(texel.r()) / 255.0,
                    mix(|v| f32::from(v.color.g())) * f32::from(texel.g()) / 255.0,
                    mix(|v| f32::from(v.color.b())) * f32::from(texel.b()) / 255.0,
                ];
                let pixel = &mut self.pixels[y * width + x];
                *pixel = [0, 1, 2].map(|part| pixel[part] * (1.0 - alpha) + colour[part]);
            }
        }
    }

    fn save(&self, path: &str) -> Result<(), Box<dyn std::error::Error>> {
        let file = std::io::BufWriter::new(std::fs::File::create(path)?);
        let mut encoder = png::Encoder::new(file, self.size[0] as u32, self.size[1] as u32);
        encoder.set_color(png::ColorType::Rgb);
        let bytes: Vec<u8> = self.pixels.iter().flatten().map(|part| part.round().clamp(0.0, 255.0) as u8).collect();
        encoder.write_header()?.write_image_data(&bytes)?;
        Ok(())
    }
}

impl Texture {
    fn at(&self, u: f32, v: f32) -> Color32 {
        let [width, height] = self.size;
        let x = ((u * width as f32) as usize).min(width - 1);
        let y = ((v * height as f32) as usize).min(height - 1);
        self.pixels[y * width + x]
    }
}
