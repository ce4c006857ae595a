//! The rows by tokio's runtime of one thread. `tokio_bench --list`, and `tokio_bench ROW`, which
//! prints the row's figure as a line of JSON. Times are the processor's, by the host's schedstat.

use std::fs::read_to_string;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::spawn;
use tokio::sync::{mpsc, Notify};
use tokio::task::{yield_now, JoinHandle};

fn first_number(path: &str, field: usize) -> f64 {
    let text = read_to_string(path).expect(path);
    text.split_whitespace().nth(field).and_then(|word| word.parse().ok()).expect(path)
}

fn cpu_seconds() -> f64 {
    first_number("/proc/thread-self/schedstat", 0) / 1e9
}

fn resident_bytes() -> f64 {
    first_number("/proc/self/statm", 1) * 4096.0
}

/// The processor time of `work`, in seconds.
fn time(work: impl Future) -> f64 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let before = cpu_seconds();
    runtime.block_on(work);
    cpu_seconds() - before
}

fn ns_each(operations: usize, work: impl Future) -> f64 {
    time(work) * 1e9 / operations as f64
}

async fn all(tasks: Vec<JoinHandle<()>>) {
    for task in tasks {
        task.await.unwrap();
    }
}

fn yields(tasks: usize) -> f64 {
    const TOTAL: usize = 2_000_000;
    ns_each(TOTAL, async move {
        let each = TOTAL / tasks;
        let run = |_| {
            spawn(async move {
                for _ in 0..each {
                    yield_now().await;
                }
            })
        };
        all((0..tasks).map(run).collect()).await;
    })
}

/// Lets the compiler believe that somebody wants the value. (std::hint::black_box is too new.)
fn keep<T: Copy>(value: T) {
    unsafe { std::ptr::read_volatile(&value) };
}

/// A subroutine that is not known at compile time, as a coroutine of the other runtimes is not
/// either: boxed.
#[inline(never)]
fn successor(number: i64) -> Pin<Box<dyn Future<Output = i64>>> {
    Box::pin(async move { number + 1 })
}

fn calls() -> f64 {
    const TIMES: usize = 5_000_000;
    ns_each(TIMES, async {
        let mut number = 0;
        for _ in 0..TIMES {
            number = successor(number).await;
        }
        keep(number);
    })
}

#[inline(never)]
fn depth(level: usize) -> Pin<Box<dyn Future<Output = usize>>> {
    Box::pin(async move {
        if level == 0 {
            0
        } else {
            1 + depth(level - 1).await
        }
    })
}

fn recursion() -> f64 {
    const LEVELS: usize = 1_000;
    const TIMES: usize = 2_000;
    ns_each(LEVELS * TIMES, async {
        for _ in 0..TIMES {
            keep(depth(LEVELS).await);
        }
    })
}

fn spawns() -> f64 {
    const BATCH: usize = 1_000;
    const BATCHES: usize = 500;
    ns_each(BATCH * BATCHES, async {
        for _ in 0..BATCHES {
            for _ in 0..BATCH {
                spawn(async {});
            }
            yield_now().await;
        }
    })
}

fn joins() -> f64 {
    const TIMES: usize = 500_000;
    ns_each(TIMES, async {
        spawn(async {
            for _ in 0..TIMES {
                spawn(async {}).await.unwrap();
            }
        })
        .await
        .unwrap();
    })
}

fn ping_pong() -> f64 {
    const TIMES: usize = 500_000;
    ns_each(2 * TIMES, async {
        let (there, mut arriving) = mpsc::channel(1);
        let (back, mut returning) = mpsc::channel(1);
        let ping = spawn(async move {
            for i in 0..TIMES {
                there.send(i).await.unwrap();
                returning.recv().await.unwrap();
            }
        });
        let pong = spawn(async move {
            while let Some(i) = arriving.recv().await {
                back.send(i).await.unwrap();
            }
        });
        all(vec![ping, pong]).await;
    })
}

fn buffered() -> f64 {
    const MESSAGES: usize = 2_000_000;
    ns_each(MESSAGES, async {
        let (sender, mut receiver) = mpsc::channel(1_024);
        let send = spawn(async move {
            for i in 0..MESSAGES {
                sender.send(i).await.unwrap();
            }
        });
        let receive = spawn(async move { while receiver.recv().await.is_some() {} });
        all(vec![send, receive]).await;
    })
}

/// What each of many tasks takes that block in what `make` gives.
fn memory<F: Future<Output = ()> + Send + 'static>(make: impl Fn() -> F) -> f64 {
    const TASKS: usize = 300_000;
    let mut figure = 0.0;
    time(async {
        let before = resident_bytes();
        for i in 0..TASKS {
            spawn(make());
            if i % 1_000 == 0 {
                yield_now().await;
            }
        }
        yield_now().await;
        figure = (resident_bytes() - before) / TASKS as f64;
    });
    figure
}

fn parked_memory() -> f64 {
    let event = Arc::new(Notify::new());
    memory(move || {
        let event = event.clone();
        async move { event.notified().await }
    })
}

fn sleep_memory() -> f64 {
    memory(|| tokio::time::sleep(Duration::from_secs(3_600)))
}

fn sleeps() -> f64 {
    const TASKS: u64 = 1_000_000;
    const PRIME: u64 = 7_919;
    time(async {
        let sleep = |i| {
            let duration = Duration::from_secs(2) * (i * PRIME % TASKS) as u32 / TASKS as u32;
            spawn(tokio::time::sleep(duration))
        };
        all((0..TASKS).map(sleep).collect()).await;
    })
}

fn main() {
    let rows: Vec<(&str, &str, fn() -> f64)> = vec![
        ("yield-2", "ns", || yields(2)),
        ("yield-10000", "ns", || yields(10_000)),
        ("call", "ns", calls),
        ("recursion", "ns", recursion),
        ("spawn", "ns", spawns),
        ("join", "ns", joins),
        ("channel-ping-pong", "ns", ping_pong),
        ("channel-1024", "ns", buffered),
        ("parked-memory", "bytes", parked_memory),
        ("sleep-memory", "bytes", sleep_memory),
        ("sleeps-1m", "s", sleeps),
    ];
    let asked = std::env::args().nth(1).unwrap_or_default();
    for (name, unit, figure) in rows {
        if asked == "--list" {
            println!("{name}");
        } else if asked == name {
            println!("{{\"row\": \"{name}\", \"{unit}\": {}}}", figure());
        }
    }
}
