//! Allocate and free by kind; census and full collection by the size of the heap.

#![allow(missing_docs, reason = "criterion makes a public function for each group")]

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use linger_bench::load::Load;
use linger_heap::{Reason, Value};

fn allocate_and_free(criterion: &mut Criterion) {
    let load = Load::new(1000, 0);
    let mut group = criterion.benchmark_group("allocate_and_free");
    group.throughput(Throughput::Elements(1));
    group.bench_function("str", |bencher| bencher.iter(|| load.text("position")));
    group.bench_function("list_empty", |bencher| bencher.iter(|| load.list(Vec::new())));
    group.bench_function("dict_empty", |bencher| bencher.iter(|| load.dict(Vec::new())));
    group.bench_function("list_of_three", |bencher| {
        bencher.iter(|| load.list(vec![Value::NONE, Value::TRUE, Value::FALSE]));
    });
    group.bench_function("entity_of_four_objects", |bencher| bencher.iter(|| load.entity()));
    group.finish();
}

fn census_and_collection(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("live");
    group.sample_size(10);
    for live in [10_000, 100_000, 1_000_000] {
        group.throughput(Throughput::Elements(live as u64));
        let load = Load::new(live, 0);
        group.bench_with_input(BenchmarkId::new("census", live), &load, |bencher, load| {
            bencher.iter(|| load.heap.census());
        });
        group.bench_with_input(BenchmarkId::new("full_collection", live), &load, |bencher, load| {
            bencher.iter_batched(
                || (0..300).for_each(|_| drop(load.closure())),
                |()| load.heap.collect(Reason::Host, &mut ()),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

fn one_frame(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frame");
    let mut load = Load::new(10_000, 0);
    group.bench_function("load_without_collector", |bencher| {
        bencher.iter(|| load.frame(2000, 0, 200));
    });
    group.finish();
}

criterion_group!(benches, allocate_and_free, census_and_collection, one_frame);
criterion_main!(benches);
