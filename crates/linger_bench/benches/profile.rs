//! What a frame costs the profile and the log: samples, rows, groups, and the records made of them.
//!
//! Does not know where the figures come from (see `sampling.rs`), nor how they are drawn (see `overlay.rs`).

#![allow(missing_docs, reason = "criterion makes a public function for each group")]

mod session;

use std::hint::black_box;
use std::io;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use linger_profile::{AlertWatch, FrameSample};
use linger_record::{FrameSummarizer, LogSettings, emit, log_to_writer};
use tracing_subscriber::layer::SubscriberExt;

/// Records said in one go; the log's queue holds more, so that none is dropped.
const BURST: u64 = 1_000;
const FLUSH_LIMIT: Duration = Duration::from_secs(10);

/// One step at a time of what is done with a profile that is full.
fn steps(criterion: &mut Criterion) {
    let mut profile = session::profile();
    let mut number = session::FRAMES;
    let mut group = criterion.benchmark_group("profile");
    group.bench_function("push_frame", |bencher| {
        bencher.iter(|| {
            number += 1;
            profile.push_frame(session::frame(number));
        });
    });
    group.bench_function("push_pause", |bencher| {
        bencher.iter(|| {
            number += 1;
            profile.push_pause(session::pause(number));
        });
    });
    // `push_pause` left the frames behind.
    profile.push_frame(session::frame(number));
    let mut watch = AlertWatch::default();
    group.bench_function("check_alerts", |bencher| bencher.iter(|| watch.check(black_box(&profile))));
    group.bench_function("recent_pauses", |bencher| {
        bencher.iter(|| black_box(&profile).history().recent_pauses(10_000_000_000));
    });
    group.bench_function("refresh_rows", |bencher| {
        bencher.iter(|| {
            number += 1;
            session::refresh_rows(&mut profile, number);
        });
    });
    group.bench_function("check_accounting", |bencher| bencher.iter(|| black_box(&profile).check_accounting()));
    group.bench_function("refresh_lingering", |bencher| {
        bencher.iter(|| {
            number += 1;
            session::refresh_lingering(&mut profile, number);
        });
    });
    group.bench_function("set_mark", |bencher| bencher.iter(|| black_box(profile.set_mark("level 3")).frame));
    group.finish();
}

/// A frame as the plugin drives it: pause, sample and alerts each time, rows and lingering groups every so often.
fn frames(criterion: &mut Criterion) {
    const ROWS_EVERY_FRAMES: u64 = 6;
    const CENSUS_EVERY_FRAMES: u64 = 30;
    let mut group = criterion.benchmark_group("profile_frame");
    for (name, with_rows) in [("without_rows", false), ("with_rows_ten_times_a_second", true)] {
        let mut profile = session::profile();
        let mut watch = AlertWatch::default();
        let mut number = session::FRAMES;
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                number += 1;
                profile.push_pause(session::pause(number));
                if with_rows && number.is_multiple_of(ROWS_EVERY_FRAMES) {
                    session::refresh_rows(&mut profile, number);
                }
                if with_rows && number.is_multiple_of(CENSUS_EVERY_FRAMES) {
                    session::refresh_lingering(&mut profile, number);
                }
                profile.push_frame(session::frame(number));
                profile.collector = session::collector();
                watch.check(&profile)
            });
        });
    }
    group.finish();
}

/// Records with nobody listening: a game that has no log.
fn silent_records(criterion: &mut Criterion) {
    let profile = session::profile();
    let sample = session::frame(session::FRAMES);
    let mut group = criterion.benchmark_group("records_without_log");
    group.bench_function("frame", |bencher| bencher.iter(|| emit::frame(black_box(&sample))));
    group.bench_function("lingering", |bencher| {
        bencher.iter(|| emit::lingering(black_box(&profile), emit::DEFAULT_LIST_ROWS));
    });
    group.finish();
}

/// Records with the log's layer: what the game's thread pays. The writer's thread catches up outside of the measured time.
fn logged_records(criterion: &mut Criterion) {
    let profile = session::profile();
    let settings = LogSettings { queue_records: 4 * BURST as usize, ..LogSettings::default() };
    let (layer, guard) = log_to_writer(io::sink(), &settings).expect("a thread can be started");
    let subscriber = tracing_subscriber::registry().with(layer);
    let in_bursts = |times: u64, say: &mut dyn FnMut(u64)| {
        let mut spent = Duration::ZERO;
        let mut done = 0;
        while done < times {
            let burst = BURST.min(times - done);
            let start = Instant::now();
            for number in 0..burst {
                say(done + number);
            }
            spent += start.elapsed();
            done += burst;
            guard.flush(FLUSH_LIMIT);
        }
        spent
    };
    tracing::subscriber::with_default(subscriber, || {
        assert!(linger_record::records_wanted(), "the layer hears nothing: this would measure nothing");
        let mut group = criterion.benchmark_group("records_with_log");
        group.throughput(Throughput::Elements(1));
        group.bench_function("frame", |bencher| {
            bencher.iter_custom(|times| in_bursts(times, &mut |number| emit::frame(&session::frame(number))));
        });
        group.bench_function("pause", |bencher| {
            bencher.iter_custom(|times| in_bursts(times, &mut |number| emit::pause(&session::pause(number))));
        });
        group.bench_function("summary_of_sixty_frames", |bencher| {
            let mut summarizer = FrameSummarizer::new(60);
            bencher.iter_custom(|times| {
                in_bursts(times, &mut |number| {
                    let sample: FrameSample = session::frame(number);
                    summarizer.push(&sample);
                })
            });
        });
        group.bench_function("lingering", |bencher| {
            bencher.iter_custom(|times| in_bursts(times, &mut |_| emit::lingering(&profile, emit::DEFAULT_LIST_ROWS)));
        });
        group.finish();
    });
    assert_eq!(guard.dropped_count(), 0, "records were dropped: dropping one is cheaper than keeping it");
}

criterion_group!(benches, steps, frames, silent_records, logged_records);
criterion_main!(benches);
