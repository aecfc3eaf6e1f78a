//! The command line of the playtest. Knows nothing of the game.

use std::path::PathBuf;

use linger::prelude::{OverlayMode, PanelTab};

pub const USAGE: &str = "\
usage: playtest [OPTION]...

  --headless           play without a window; an autopilot plays
  --frames N           end after N frames
  --log FILE           write the session's log to FILE (JSON Lines)
  --screenshot FILE    save the last frame to FILE (.png; needs --frames and a window)
  --overlay MODE       start with the overlay at hud, panel or off (default: hud)
  --tab NAME           the panel's tab: lingering, objects, pauses, collector, scripts or messages
  --stubs FOLDER       write type stubs of what the scripts reach to FOLDER, and end
  --resolution WxH     the window's size in pixels (default: 1280x720)
  --swap-at N          swap the encoder at frame N, as the key E does
  --autopilot          let the autopilot play in the window too
  --help               print this
";

#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    pub headless: bool,
    pub frames: Option<u64>,
    pub log: Option<PathBuf>,
    pub screenshot: Option<PathBuf>,
    pub overlay: OverlayMode,
    pub tab: PanelTab,
    pub stubs: Option<PathBuf>,
    pub resolution: (u32, u32),
    pub swap_at: Option<u64>,
    pub autopilot: bool,
}

/// What the command line asks for.
#[derive(Debug, PartialEq)]
pub enum Request {
    Play(Options),
    Help,
}

pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Request, String> {
    let mut options = Options {
        headless: false,
        frames: None,
        log: None,
        screenshot: None,
        overlay: OverlayMode::Hud,
        tab: PanelTab::Lingering,
        stubs: None,
        resolution: (1280, 720),
        swap_at: None,
        autopilot: false,
    };
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let mut value = || {
            let value = arguments.next();
            value.ok_or_else(|| format!("{argument} needs a value"))
        };
        match argument.as_str() {
            "--help" | "-h" => return Ok(Request::Help),
            "--headless" => options.headless = true,
            "--autopilot" => options.autopilot = true,
            "--frames" => options.frames = Some(number(&value()?)?),
            "--swap-at" => options.swap_at = Some(number(&value()?)?),
            "--log" => options.log = Some(value()?.into()),
            "--screenshot" => options.screenshot = Some(value()?.into()),
            "--overlay" => options.overlay = overlay(&value()?)?,
            "--tab" => options.tab = tab(&value()?)?,
            "--stubs" => {
                options.stubs = Some(value()?.into());
                options.headless = true;
            }
            "--resolution" => options.resolution = resolution(&value()?)?,
            other => return Err(format!("unknown option {other}")),
        }
    }
    if options.screenshot.is_some() && options.frames.is_none() {
        return Err("--screenshot needs --frames, to know which frame is the last".into());
    }
    if options.frames == Some(0) {
        return Err("--frames needs at least 1".into());
    }
    Ok(Request::Play(options))
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("{text} is not a number of frames"))
}

fn overlay(text: &str) -> Result<OverlayMode, String> {
    match text {
        "hud" => Ok(OverlayMode::Hud),
        "panel" => Ok(OverlayMode::Panel),
        "off" => Ok(OverlayMode::Off),
        _ => Err(format!("{text} is none of hud, panel, off")),
    }
}

fn tab(text: &str) -> Result<PanelTab, String> {
    match text {
        "lingering" => Ok(PanelTab::Lingering),
        "objects" => Ok(PanelTab::Objects),
        "pauses" => Ok(PanelTab::Pauses),
        "collector" => Ok(PanelTab::Collector),
        "scripts" => Ok(PanelTab::Scripts),
        "messages" => Ok(PanelTab::Messages),
        _ => Err(format!("{text} is none of lingering, objects, pauses, collector, scripts, messages")),
    }
}

fn resolution(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once('x').and_then(|(width, height)| {
        let sides = (width.parse().ok()?, height.parse().ok()?);
        (sides.0 > 0 && sides.1 > 0).then_some(sides)
    });
    sides.ok_or_else(|| format!("{text} is no resolution like 1280x720"))
}
