//! A log from events to the file and back: nothing lost, nothing foreign, nothing unsaid.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use linger_profile::{
    Alert, AlertKind, Counts, FrameSample, LingeringFigure, LingeringGroup, PassReason, PassRecord, PauseReason,
    PauseRecord, PhaseNanos, Profile, ScriptError, Tally,
};
use linger_record::record::{Record, Summary};
use linger_record::{
    FrameSummarizer, Kind, Line, LogReader, LogSettings, check, check_lines, emit, flush_on_panic, for_console,
    log_to_file, log_to_writer, records_wanted,
};
use tracing::subscriber::with_default;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry;

/// Memory that a test can look at while the writer thread has the other end.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("no test panics in a write").clone()).expect("a log is UTF-8")
    }

    fn lines(&self) -> Vec<Line> {
        LogReader::new(self.text().as_bytes()).collect::<Result<_, _>>().expect("every line is a record")
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no test panics in a write").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Runs `game` with a log, finishes the log and returns its lines.
fn logged(game: impl FnOnce()) -> Vec<Line> {
    let out = Shared::default();
    let (layer, guard) = log_to_writer(out.clone(), &settings()).expect("memory can be written");
    with_default(registry().with(layer), game);
    guard.finish().expect("memory can be written");
    let report = check_lines(LogReader::new(out.text().as_bytes())).expect("memory can be read");
    assert_eq!(report.problems, []);
    out.lines()
}

fn settings() -> LogSettings {
    LogSettings { title: "playtest".into(), runtime: "test".into(), ..LogSettings::default() }
}

fn kinds(lines: &[Line]) -> Vec<Kind> {
    lines.iter().map(|line| line.record.kind()).collect()
}

fn sample(frame: u64) -> FrameSample {
    FrameSample {
        frame,
        time_nanos: frame * 16_000_000,
        frame_nanos: 16_000_000 + frame,
        script_nanos: 2_000_000,
        pause_nanos: frame,
        sampling_nanos: 11,
        overlay_nanos: 12,
        heap_bytes: 4_096,
        live_objects: 100 + frame,
        allocated: 3,
        freed_by_count: 1,
        freed_by_collector: 1,
        lingering: LingeringFigure {
            low_objects: 5,
            high_objects: 9,
            low_bytes: 50,
            high_bytes: 90,
            exact: false,
            as_of_frame: frame.saturating_sub(1),
            complete_to_frame: None,
        },
    }
}

fn profile() -> Profile {
    let mut profile = Profile::default();
    profile.push_frame(sample(7));
    for (index, (name, objects)) in [("cell", 22), ("int", 0), ("tuple", 40)].iter().enumerate() {
        profile.update_type(index, name, Counts::default());
        profile.update_site(index, "encoder.py", 10 + index as u32, Counts::default());
        let lingering = Tally { objects: *objects, bytes: objects * 32 };
        profile.set_type_lingering(index, lingering);
        profile.set_site_lingering(index, lingering);
    }
    profile.set_groups(vec![LingeringGroup {
        fingerprint: u64::MAX,
        objects: 62,
        bytes: 1_984,
        cycle: vec!["cell \"listiter\"".into(), "function listiter".into()],
        site: "encoder.py:3".into(),
        cut: "cell.contents".into(),
        age_frames: 4,
        new_since_mark: 0,
        culprits: 60,
        victims: 2,
        ..LingeringGroup::default()
    }]);
    profile
}

#[test]
fn every_kind_comes_back_as_it_was_said() {
    let pause = PauseRecord {
        frame: 7,
        start_nanos: 1_000,
        pause_nanos: 2_500,
        reason: PauseReason::Script,
        examined: 100_000,
        freed_objects: 5,
        freed_bytes: 160,
        phases: PhaseNanos { mark_nanos: 1, subtract_nanos: 2, finalize_nanos: 3, clear_nanos: 4 },
    };
    let pass = PassRecord {
        reason: PassReason::Allocations,
        first_frame: 2,
        last_frame: 7,
        slices: 5,
        marked: 100_000,
        found_objects: 99,
        found_bytes: 3_168,
        work_nanos: 1_400_000,
        longest_slice_nanos: 290_000,
    };
    let error = ScriptError {
        frame: 8,
        time_nanos: 0,
        file: "enemy \"1\".py".into(),
        line: 3,
        column: 9,
        source_line: "\tx = yy".into(),
        message: "NameError: name 'yy' is not defined".into(),
        traceback: "Traceback (most recent call last):\n  File \"enemy.py\", line 3".into(),
        count: 2,
    };
    let alert = Alert {
        frame: 9,
        time_nanos: 0,
        kind: AlertKind::LingeringGrowth,
        message: "cells grow: 22 each second".into(),
    };
    let lines = logged(|| {
        let mut profile = profile();
        emit::frame(&sample(7));
        emit::pause(&pause);
        emit::pass(&pass);
        emit::collector(&profile);
        emit::lingering(&profile, emit::DEFAULT_LIST_ROWS);
        emit::mark(profile.set_mark("level 2"));
        emit::script_error(&error);
        emit::alert(&alert);
    });
    assert_eq!(
        kinds(&lines),
        [
            Kind::Header,
            Kind::Frame,
            Kind::Pause,
            Kind::Pass,
            Kind::Collector,
            Kind::Lingering,
            Kind::Mark,
            Kind::ScriptError,
            Kind::Alert,
            Kind::Trailer
        ]
    );
    let frames: Vec<u64> = lines.iter().map(|line| line.frame).collect();
    assert_eq!(frames, [0, 7, 7, 7, 7, 7, 7, 8, 9, 9]);
    let mut records = lines;
    if let Record::Header(header) = &mut records[0].record {
        // The only figures that differ from run to run.
        header.started_unix_millis = 0;
        header.linger = String::new();
    }
    let records: Vec<Record> = records.into_iter().map(|line| line.record).collect();
    insta::assert_debug_snapshot!(records);
}

#[test]
fn a_line_starts_with_time_frame_and_kind() {
    let out = Shared::default();
    let (layer, guard) = log_to_writer(out.clone(), &settings()).expect("memory can be written");
    with_default(registry().with(layer), || emit::frame(&sample(3)));
    drop(guard);
    let text = out.text();
    let line = text.lines().nth(1).expect("a header and a frame");
    let (ts, rest) = line.strip_prefix("{\"ts\":").and_then(|line| line.split_once(',')).expect("time comes first");
    assert_eq!(ts.split_once('.').map(|(_, micros)| micros.len()), Some(6), "{ts}");
    assert!(rest.starts_with("\"frame\":3,\"kind\":\"frame\",\"time_nanos\":48000000,"), "{rest}");
}

#[test]
fn lists_are_cut_to_the_largest_and_say_what_is_left_out() {
    let lines = logged(|| emit::lingering(&profile(), 1));
    let Record::Lingering(record) = &lines[1].record else { panic!("{:?}", lines[1]) };
    assert_eq!(record.types.len(), 1);
    assert_eq!((record.types[0].name.as_str(), record.types[0].objects), ("tuple", 40));
    assert_eq!(record.sites[0].site, "encoder.py:12");
    assert_eq!((record.types_left_out, record.sites_left_out, record.groups_left_out), (1, 1, 0));
}

#[test]
fn foreign_events_are_left_alone() {
    let lines = logged(|| {
        tracing::info!(frame = 3, "somebody else's");
        tracing::info!(target: "linger::script", frame = 3, "of no kind");
        tracing::info!(target: "linger::trailer", frame = 3, "an impostor");
    });
    assert_eq!(kinds(&lines), [Kind::Header, Kind::Trailer]);
}

#[test]
fn events_by_hand_cannot_spoil_a_line() {
    let lines = logged(|| {
        tracing::warn!(
            target: "linger::alert",
            frame = 3, alert = "custom", ratio = f64::NAN, below = -4, list.json = "[1,",
            "one\ntwo {}", 3
        );
    });
    let Record::Alert(alert) = &lines[1].record else { panic!("{:?}", lines[1]) };
    assert_eq!((alert.alert.as_str(), alert.message.as_str()), ("custom", "one\ntwo 3"));
    assert_eq!(lines[1].frame, 3);
}

#[test]
fn frames_are_summed_up() {
    let lines = logged(|| {
        let mut frames = FrameSummarizer::new(3);
        (1..=4).for_each(|frame| frames.push(&sample(frame)));
        frames.finish();
        frames.finish();
    });
    assert_eq!(kinds(&lines)[1..3], [Kind::Summary, Kind::Summary]);
    assert_eq!((lines[1].frame, lines[2].frame), (3, 4));
    let Record::Summary(first) = &lines[1].record else { panic!("{:?}", lines[1]) };
    let expected = Summary {
        first_frame: 1,
        frames: 3,
        frame_nanos_sum: 48_000_006,
        frame_nanos_max: 16_000_003,
        script_nanos_sum: 6_000_000,
        pause_nanos_sum: 6,
        pause_nanos_max: 3,
        own_nanos_sum: 69,
        allocated: 9,
        freed_by_count: 3,
        freed_by_collector: 3,
        heap_bytes: 4_096,
        live_objects: 103,
        lingering: sample(3).lingering.into(),
    };
    assert_eq!(*first, expected);
}

#[test]
fn each_frame_has_its_own_record_if_wanted() {
    let lines = logged(|| {
        let mut frames = FrameSummarizer::new(1);
        (1..=3).for_each(|frame| frames.push(&sample(frame)));
        frames.finish();
    });
    assert_eq!(kinds(&lines)[1..4], [Kind::Frame; 3]);
}

/// A disk that writes nothing until it is told to.
struct StuckDisk {
    inner: Shared,
    stuck: Sender<()>,
    go: Receiver<()>,
    header_written: bool,
}

impl Write for StuckDisk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.header_written {
            let _ = self.stuck.send(());
            // Once the test lets go of its end, the disk is as fast as any.
            let _ = self.go.recv();
        }
        self.header_written = true;
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_is_dropped_is_counted_and_said() {
    let (stuck, is_stuck) = channel();
    let (go, may_go) = channel();
    let inner = Shared::default();
    let disk = StuckDisk { inner: inner.clone(), stuck, go: may_go, header_written: false };
    let settings = LogSettings { queue_records: 4, ..settings() };
    let (layer, guard) = log_to_writer(disk, &settings).expect("the header is written");
    with_default(registry().with(layer), || {
        // More than the writer's buffer holds, so that it is stuck in a write.
        let long = Alert { frame: 1, time_nanos: 0, kind: AlertKind::HeapLimit, message: "x".repeat(100_000) };
        emit::alert(&long);
        is_stuck.recv().expect("the writer comes to write");
        // Four fit; six frames and a mark do not.
        (1..=10).for_each(|frame| emit::frame(&sample(frame)));
        emit::mark(Profile::default().set_mark("lost"));
        assert_eq!(guard.dropped_count(), 7);
        drop(go);
        guard.flush(Duration::from_secs(60));
        emit::frame(&sample(11));
        emit::frame(&sample(12));
    });
    let totals = guard.finish().expect("the disk works again");
    let lines = inner.lines();
    let dropping: Vec<(u64, String)> = lines
        .iter()
        .filter(|line| !line.dropped.is_empty())
        .map(|line| (line.frame, format!("{:?}", line.dropped)))
        .collect();
    assert_eq!(dropping, [(11, "{\"frame\": 6, \"mark\": 1}".to_owned())]);
    assert_eq!(format!("{:?}", totals.dropped), "{\"frame\": 6, \"mark\": 1}");
    let Some(Record::Trailer(trailer)) = lines.last().map(|line| &line.record) else { panic!("{lines:?}") };
    assert_eq!(trailer.dropped_total, totals.dropped);
    assert_eq!(trailer.written, totals.written);
    assert_eq!(trailer.written.get("frame"), Some(&6));
    let report = check_lines(LogReader::new(inner.text().as_bytes())).expect("memory can be read");
    assert_eq!(report.problems, []);
}

/// A disk that is full after the header.
struct FullDisk {
    writes: u32,
}

impl Write for FullDisk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes += 1;
        if self.writes > 1 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_said_at_the_end_and_stops_no_game() {
    let (layer, guard) = log_to_writer(FullDisk { writes: 0 }, &settings()).expect("the header fits");
    with_default(registry().with(layer), || {
        (1..=10_000).for_each(|frame| emit::frame(&sample(frame)));
    });
    let error = guard.finish().expect_err("the disk is full");
    assert!(error.to_string().starts_with("cannot write the log: "), "{error}");
}

#[test]
fn a_log_that_cannot_be_made_says_where() {
    let nowhere = std::path::Path::new("/nonexistent/folder/game.jsonl");
    let error = log_to_file(nowhere, &settings()).expect_err("there is no such folder");
    let message = error.to_string();
    assert!(message.starts_with("cannot create the log /nonexistent/folder/game.jsonl: "));
}

#[test]
fn a_console_is_spared_what_comes_each_frame() {
    struct Spy(Arc<Mutex<Vec<String>>>);
    impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Spy {
        fn on_event(&self, event: &tracing::Event<'_>, _context: tracing_subscriber::layer::Context<'_, S>) {
            let target = event.metadata().target().to_owned();
            self.0.lock().expect("no test panics here").push(target);
        }
    }
    let seen = Arc::new(Mutex::new(Vec::new()));
    let filter = tracing_subscriber::filter::filter_fn(for_console);
    let console = tracing_subscriber::Layer::with_filter(Spy(Arc::clone(&seen)), filter);
    with_default(registry().with(console), || {
        emit::frame(&sample(1));
        emit::lingering(&profile(), 1);
        emit::mark(Profile::default().set_mark("boss"));
        tracing::info!(target: "game", "hello");
    });
    assert_eq!(*seen.lock().expect("no test panics here"), ["linger::mark", "game"]);
}

#[test]
fn one_can_ask_whether_records_are_wanted() {
    assert!(!with_default(tracing::subscriber::NoSubscriber::default(), records_wanted));
    let (layer, _guard) = log_to_writer(Shared::default(), &settings()).expect("memory can be written");
    assert!(with_default(registry().with(layer), records_wanted));
}

const PANIC_LOG: &str = "LINGER_TEST_PANIC_LOG";

/// The game that the tests below run as a process of their own: its end is what they look at.
#[test]
fn a_game_that_panics() {
    let Some(path) = std::env::var_os(PANIC_LOG) else {
        return;
    };
    let (layer, guard) = log_to_file(path, &settings()).expect("the log can be made");
    let _subscriber = tracing::subscriber::set_default(registry().with(layer));
    flush_on_panic(&guard);
    (1..=100).for_each(|frame| emit::frame(&sample(frame)));
    if std::env::var_os("LINGER_TEST_ABORT").is_some() {
        let earlier = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            earlier(info);
            std::process::abort();
        }));
    }
    panic!("the game fell over in frame 100");
}

fn log_of_a_panic(abort: bool) -> (Vec<Line>, linger_record::CheckReport) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("game.jsonl");
    let mut game = std::process::Command::new(std::env::current_exe().expect("this test runs"));
    game.args(["a_game_that_panics", "--exact"]).env(PANIC_LOG, &path);
    if abort {
        game.env("LINGER_TEST_ABORT", "1");
    }
    let output = game.output().expect("the game can be started");
    assert!(!output.status.success());
    let lines = LogReader::open(&path).expect("there is a log").collect::<Result<_, _>>().expect("sound");
    (lines, check(&path).expect("there is a log"))
}

#[test]
fn a_panic_that_unwinds_leaves_a_whole_log() {
    let (lines, report) = log_of_a_panic(false);
    assert_eq!(report.problems, []);
    assert_eq!(report.counts.get("frame"), Some(&100));
    let [.., alert, trailer] = lines.as_slice() else { panic!("{lines:?}") };
    let Record::Alert(alert) = &alert.record else { panic!("{alert:?}") };
    assert_eq!(alert.alert, "panic");
    assert!(alert.message.contains("the game fell over in frame 100"), "{}", alert.message);
    assert!(matches!(&trailer.record, Record::Trailer(trailer) if trailer.reason == "panic"));
}

#[test]
fn a_panic_that_aborts_leaves_all_but_the_trailer() {
    let (lines, report) = log_of_a_panic(true);
    assert_eq!(report.problems, []);
    assert!(!report.finished);
    assert_eq!(report.counts.get("frame"), Some(&100));
    assert_eq!(lines.last().map(|line| (line.record.kind(), line.frame)), Some((Kind::Alert, 100)));
}
