//! The playtest as a player and a build machine run it: the program itself, its exit status, its log, its picture.

mod common;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

use common::{command, example};
use serde_json::Value;
use tempfile::TempDir;

fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| example("playtest"))
}

fn succeed(command: &mut Command) -> Output {
    let output = command.output().expect("the program starts");
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

struct Session {
    records: Vec<Value>,
    stdout: String,
}

impl Session {
    fn headless(options: &[&str]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let log = folder.path().join("playtest.jsonl");
        let output = succeed(command(program()).arg("--headless").args(options).arg("--log").arg(&log));
        let report = linger_record::check(&log).expect("the log");
        assert!(report.is_sound(), "{:?}", report.problems);
        assert!(report.dropped.is_empty(), "{:?}", report.dropped);
        let text = fs::read_to_string(&log).expect("the log");
        let records = text.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
        let stdout = String::from_utf8(output.stdout).expect("text");
        Self { records, stdout }
    }

    fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Value> {
        self.records.iter().filter(move |record| record["kind"] == kind)
    }

    /// What lingered, by frame.
    fn lingering(&self) -> BTreeMap<u64, u64> {
        self.of_kind("lingering").map(|record| (number(record, "frame"), number(record, "low_objects"))).collect()
    }

    /// The figure that stands before `word` in what the program printed.
    fn printed(&self, word: &str) -> u64 {
        let before = self.stdout.split(word).next().expect("text");
        let digits = before.trim_end().rsplit(' ').next().expect("a word");
        digits.parse().unwrap_or_else(|_| panic!("no figure before {word:?} in {:?}", self.stdout))
    }
}

fn number(record: &Value, field: &str) -> u64 {
    record[field].as_u64().unwrap_or_else(|| panic!("no {field} in {record}"))
}

#[test]
fn six_hundred_frames_leave_a_whole_log_whose_last_figure_is_true() {
    let session = Session::headless(&["--frames", "600"]);
    let records = &session.records;
    for record in records {
        assert!(record["ts"].is_number() && record["frame"].is_u64(), "{record}");
    }
    assert_eq!(session.of_kind("header").count(), 1);
    assert_eq!(records[0]["kind"], "header");
    assert_eq!(records[0]["format"], "linger.log");
    assert_eq!(records[0]["version"], 1);
    assert_eq!(session.of_kind("trailer").count(), 1);
    assert_eq!(records[records.len() - 1]["kind"], "trailer");
    assert!(session.of_kind("pause").count() > 10);
    assert_eq!(session.of_kind("script_error").count(), 0);

    let last = session.of_kind("lingering").last().expect("a lingering record");
    let objects = number(last, "low_objects");
    assert_eq!(last["exact"], true);
    assert!(objects > 100, "nine saves by closures leave more than {objects}");
    assert_eq!(objects, session.printed("objects linger"), "the census at the exit");
    for list in ["types", "sites"] {
        let rows = last[list].as_array().expect(list);
        let sum: u64 = rows.iter().map(|row| number(row, "objects")).sum();
        if number(last, &format!("{list}_left_out")) == 0 {
            assert_eq!(sum, objects, "{list}: {last}");
        } else {
            assert!(sum < objects, "{list}: {last}");
        }
    }
    let types: Vec<_> = last["types"].as_array().expect("types").iter().map(|row| &row["name"]).collect();
    for name in ["cell", "function", "tuple"] {
        assert!(types.iter().any(|shown| **shown == name), "no {name} in {types:?}");
    }
    let sites = last["sites"].to_string();
    assert!(sites.contains("encode_closures.py"), "{sites}");
    let groups = last["groups"].to_string();
    assert!(groups.contains("function anything"), "{groups}");
}

#[test]
fn the_count_climbs_with_each_save_and_stops_when_the_encoder_is_swapped() {
    let session = Session::headless(&["--frames", "700", "--swap-at", "400"]);
    assert!(session.printed("saves") >= 9, "{}", session.stdout);
    let lingering = session.lingering();
    let climbing: Vec<_> = lingering.range(..400).map(|(_, objects)| *objects).collect();
    assert!(climbing.windows(2).all(|pair| pair[0] <= pair[1]), "{climbing:?}");
    assert!(climbing.first() < climbing.last(), "{climbing:?}");
    // One save may have come between the swap and the census before it.
    let after: Vec<_> = lingering.range(420..).map(|(_, objects)| *objects).collect();
    assert!(after.len() > 5);
    assert!(after.windows(2).all(|pair| pair[0] == pair[1]), "{after:?}");
}

#[test]
fn the_same_session_plays_the_same_each_time() {
    let figures = || Session::headless(&["--frames", "300"]).printed("kills");
    assert_eq!(figures(), figures());
}

#[test]
fn without_a_display_it_says_so_and_plays_headless() {
    let output =
        succeed(command(program()).args(["--frames", "30"]).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY"));
    let said = String::from_utf8_lossy(&output.stderr);
    if cfg!(all(unix, not(target_os = "macos"))) {
        assert!(said.contains("playing headless instead"), "{said}");
    }
}

#[test]
fn a_program_that_is_started_by_its_path_finds_its_scripts() {
    let elsewhere = TempDir::new().expect("a temporary folder");
    let mut started = Command::new(program());
    started.current_dir(elsewhere.path()).env_remove("BEVY_ASSET_ROOT").env_remove("CARGO_MANIFEST_DIR");
    let output = succeed(started.args(["--headless", "--frames", "150"]));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!said.contains(" 0 saves"), "{said}");
}

#[test]
fn an_editor_can_know_what_its_scripts_reach() {
    common::check_stubs("playtest");
}

#[test]
fn a_wrong_option_is_a_usage_error() {
    for options in
        [&["--nonsense"][..], &["--frames"], &["--frames", "x"], &["--overlay", "big"], &["--screenshot", "x.png"]]
    {
        let output = command(program()).args(options).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(2), "{options:?}");
    }
}

#[test]
fn a_picture_shows_the_panel_over_the_game() {
    let folder = TempDir::new().expect("a temporary folder");
    let picture = folder.path().join("panel.png");
    if Command::new("xvfb-run").arg("--help").output().is_err() {
        eprintln!("SKIPPED: no picture was taken, because xvfb-run is not installed");
        return;
    }
    let output = succeed(
        command("xvfb-run")
            .args(["-a", "-s", "-screen 0 1280x720x24"])
            .arg(program())
            .args(["--frames", "20", "--overlay", "panel", "--screenshot"])
            .arg(&picture)
            .env("XDG_RUNTIME_DIR", folder.path()),
    );
    let said = String::from_utf8_lossy(&output.stderr);
    if let Some(reason) = said.lines().find(|line| line.contains("no window")) {
        eprintln!("SKIPPED: no picture was taken; {reason}");
        return;
    }
    let decoder = png::Decoder::new(std::io::BufReader::new(fs::File::open(&picture).expect("the picture")));
    let mut reader = decoder.read_info().expect("a PNG");
    assert_eq!((reader.info().width, reader.info().height), (1280, 720));
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("pixels");
    // The panel's text is lighter than anything in the game at that place: the right half, between strip and footer.
    let light = pixels
        .chunks_exact(3)
        .enumerate()
        .filter(|(index, _)| index % 1280 > 640 && (130..660).contains(&(index / 1280)))
        .filter(|(_, pixel)| pixel.iter().all(|channel| *channel > 150))
        .count();
    assert!(light > 400, "{light} light pixels: the panel is not there");
}
