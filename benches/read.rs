//! Reading and checking a standards file of 75 MB (2,000 records, 60
//! statements each): megabytes a second, and the peak of memory. Dropping the
//! result is the caller's time, not counted here.

mod generate;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

const RECORDS: usize = 2_000;
const STATEMENTS: usize = 60;

/// Linux's own count of the largest resident size of this process.
fn peak_memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<usize>().ok().map(|kib| kib * 1024)
}

fn read_and_check(bytes: &[u8]) -> tlevel::check::Checked {
    tlevel::check(tlevel::read(bytes).expect("reads")).expect("passes")
}

fn bench(c: &mut Criterion) {
    let file = generate::standards_file(RECORDS);
    let bytes = file.as_bytes();
    // before anything else has been allocated: the file is part of the peak
    let checked = read_and_check(bytes);
    assert_eq!(checked.map.occupations().len(), RECORDS);
    assert_eq!(checked.map.statements().len(), RECORDS * STATEMENTS);
    if let Some(peak) = peak_memory() {
        let times = peak as f64 / bytes.len() as f64;
        println!("read_check_75MB: file {} bytes, peak memory {peak} bytes, {times:.2} times the file", bytes.len());
    }
    drop(checked);

    let mut group = c.benchmark_group("read_75MB_2000_records");
    group.throughput(Throughput::Bytes(bytes.len() as u64)).sample_size(10).measurement_time(Duration::from_secs(8));
    group.bench_function("read_and_check", |b| {
        // dropped outside the clock
        b.iter_batched(|| (), |()| read_and_check(black_box(bytes)), BatchSize::PerIteration);
    });
    group.bench_function("read", |b| {
        b.iter_batched(|| (), |()| tlevel::read(black_box(bytes)).expect("reads"), BatchSize::PerIteration);
    });
    // the yardstick: what a generic JSON tree costs before any of our work
    group.bench_function("baseline_serde_json_value", |b| {
        let parse = || serde_json::from_slice::<serde_json::Value>(black_box(bytes)).expect("is JSON");
        b.iter_batched(|| (), |()| parse(), BatchSize::PerIteration);
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
