//! The log's queue, its writer thread and its end.
//!
//! The queue is bounded and offering to it never waits. What doesn't fit is counted by kind; the
//! counts travel with the next record that fits, and their sums with the trailer. The thread stamps
//! no times: a record has its time from when it was offered, made monotonic in the order of writing.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use linger_profile::AlertKind;

use crate::layer::LogLayer;
use crate::line::{Fields, push_json_string};
use crate::record::{FORMAT, Header, Kind, KindCounts, Trailer, VERSION};
use crate::settings::{LogError, LogSettings};

const KIND_COUNT: usize = Kind::ALL.len();
const THREAD_NAME: &str = "linger-log";
/// A game that is killed loses at most what was written in this time.
const FLUSH_INTERVAL: Duration = Duration::from_millis(250);
/// How long a panicking thread waits for the disk.
const PANIC_FLUSH_LIMIT: Duration = Duration::from_secs(2);

type Counts = [u64; KIND_COUNT];

#[derive(Debug)]
enum Message {
    Record { kind: Kind, ts_micros: u64, fields: Fields, dropped: Option<Box<Counts>> },
    Flush(SyncSender<()>),
    Finish { reason: &'static str },
}

/// The game's end of the queue.
#[derive(Debug)]
pub(crate) struct Queue {
    sender: SyncSender<Message>,
    start: Instant,
    closed: AtomicBool,
    last_frame: AtomicU64,
    /// Dropped and not yet said in a record.
    unsaid: [AtomicU64; KIND_COUNT],
    dropped_total: [AtomicU64; KIND_COUNT],
}

impl Queue {
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    /// Hands a record over, or counts it as dropped. Never waits.
    pub(crate) fn offer(&self, kind: Kind, fields: Fields) {
        self.last_frame.fetch_max(fields.frame, Ordering::Relaxed);
        let ts_micros = micros_since(self.start);
        let dropped = self.take_unsaid();
        let message = Message::Record { kind, ts_micros, fields, dropped };
        let Err(TrySendError::Full(lost) | TrySendError::Disconnected(lost)) = self.sender.try_send(message) else {
            return;
        };
        if let Message::Record { dropped: Some(counts), .. } = lost {
            for (unsaid, count) in self.unsaid.iter().zip(counts.iter()) {
                unsaid.fetch_add(*count, Ordering::Relaxed);
            }
        }
        self.unsaid[kind.index()].fetch_add(1, Ordering::Relaxed);
        self.dropped_total[kind.index()].fetch_add(1, Ordering::Relaxed);
    }

    fn take_unsaid(&self) -> Option<Box<Counts>> {
        if self.unsaid.iter().all(|count| count.load(Ordering::Relaxed) == 0) {
            return None;
        }
        Some(Box::new(std::array::from_fn(|kind| self.unsaid[kind].swap(0, Ordering::Relaxed))))
    }

    fn dropped_total(&self) -> Counts {
        std::array::from_fn(|kind| self.dropped_total[kind].load(Ordering::Relaxed))
    }

    /// Waits until all that was offered is with the system, or the time is up.
    fn flush(&self, limit: Duration) {
        let deadline = Instant::now() + limit;
        let (done, wait) = sync_channel(1);
        let mut message = Message::Flush(done);
        while let Err(refused) = self.sender.try_send(message) {
            match refused {
                TrySendError::Full(back) if Instant::now() < deadline => message = back,
                TrySendError::Full(_) | TrySendError::Disconnected(_) => return,
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        // Too late or no writer: there is nobody left to tell.
        let _ = wait.recv_timeout(deadline.saturating_duration_since(Instant::now()));
    }
}

/// What was written and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogTotals {
    /// Lines written, by kind, header and trailer included.
    pub written: KindCounts,
    /// Records dropped, by kind.
    pub dropped: KindCounts,
}

/// Finishes the log when dropped: writes what is queued and the trailer, and waits for the disk.
/// Keep it as long as the game runs.
#[derive(Debug)]
pub struct LogGuard {
    queue: Arc<Queue>,
    thread: Option<JoinHandle<Result<LogTotals, io::Error>>>,
}

impl LogGuard {
    /// Finishes the log and says how it went.
    ///
    /// # Errors
    /// When a line could not be written, then or earlier.
    pub fn finish(mut self) -> Result<LogTotals, LogError> {
        self.finish_thread().unwrap_or(Ok(LogTotals::default()))
    }

    /// How many records were dropped so far.
    pub fn dropped_count(&self) -> u64 {
        self.queue.dropped_total().iter().sum()
    }

    /// Waits until all that was said so far is with the system, at most `limit`.
    pub fn flush(&self, limit: Duration) {
        self.queue.flush(limit);
    }

    fn finish_thread(&mut self) -> Option<Result<LogTotals, LogError>> {
        let thread = self.thread.take()?;
        self.queue.closed.store(true, Ordering::Relaxed);
        let reason = if std::thread::panicking() { "panic" } else { "exit" };
        // Waits for a place in the queue; without a receiver the thread is gone, and `join` says why.
        let _ = self.queue.sender.send(Message::Finish { reason });
        Some(match thread.join() {
            Ok(Ok(totals)) => Ok(totals),
            Ok(Err(error)) => Err(LogError::Write(error)),
            Err(_panic) => Err(LogError::WriterPanicked),
        })
    }
}

impl Drop for LogGuard {
    fn drop(&mut self) {
        if let Some(Err(error)) = self.finish_thread() {
            // The end of the program: there is no log left to say it in.
            eprintln!("linger: {error}");
        }
    }
}

/// Starts a log in a file, which is replaced if it is there.
///
/// # Errors
/// When the file cannot be made or written, or no thread can be started.
pub fn log_to_file(path: impl AsRef<Path>, settings: &LogSettings) -> Result<(LogLayer, LogGuard), LogError> {
    let path = path.as_ref();
    let file = File::create(path).map_err(|source| LogError::Create { path: path.to_owned(), source })?;
    log_to_writer(file, settings)
}

/// Starts a log that goes anywhere.
///
/// # Errors
/// When the header cannot be written, or no thread can be started.
pub fn log_to_writer(
    out: impl Write + Send + 'static,
    settings: &LogSettings,
) -> Result<(LogLayer, LogGuard), LogError> {
    let (sender, receiver) = sync_channel(settings.queue_records.max(1));
    let queue = Arc::new(Queue {
        sender,
        start: settings.start,
        closed: AtomicBool::new(false),
        last_frame: AtomicU64::new(0),
        unsaid: Default::default(),
        dropped_total: Default::default(),
    });
    let mut writer = Writer::new(BufWriter::new(out), Arc::clone(&queue));
    writer.header(settings);
    if let Some(error) = writer.error {
        return Err(LogError::Write(error));
    }
    let thread = std::thread::Builder::new()
        .name(THREAD_NAME.to_owned())
        .spawn(move || writer.run(&receiver))
        .map_err(LogError::Thread)?;
    let guard = LogGuard { queue: Arc::clone(&queue), thread: Some(thread) };
    Ok((LogLayer::new(queue), guard))
}

/// Adds a panic hook that writes an alert with the panic's message and waits (two seconds at most)
/// until all that was said is with the system; then the earlier hook runs. Needed where a panic ends
/// the program without unwinding to the guard. Install it once for each log.
pub fn flush_on_panic(guard: &LogGuard) {
    let queue = Arc::clone(&guard.queue);
    let earlier = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let here = std::thread::current();
        // The writer must not wait for itself, and a finished log has nothing to flush.
        if here.name() != Some(THREAD_NAME) && !queue.is_closed() {
            queue.offer(Kind::Alert, panic_alert(&queue, &info.to_string()));
            queue.flush(PANIC_FLUSH_LIMIT);
        }
        earlier(info);
    }));
}

fn panic_alert(queue: &Queue, message: &str) -> Fields {
    let mut body = String::from("\"alert\":");
    push_json_string(&mut body, AlertKind::Panic.name());
    body.push_str(",\"message\":");
    push_json_string(&mut body, message);
    Fields { frame: queue.last_frame.load(Ordering::Relaxed), body }
}

struct Writer<W: Write> {
    out: BufWriter<W>,
    queue: Arc<Queue>,
    written: Counts,
    last_micros: u64,
    line: String,
    /// The first error; nothing is written after it, for a line may be half there.
    error: Option<io::Error>,
}

impl<W: Write> Writer<W> {
    fn new(out: BufWriter<W>, queue: Arc<Queue>) -> Self {
        Self { out, queue, written: [0; KIND_COUNT], last_micros: 0, line: String::new(), error: None }
    }

    fn header(&mut self, settings: &LogSettings) {
        let elapsed = settings.start.elapsed();
        let started = SystemTime::now().checked_sub(elapsed).unwrap_or(UNIX_EPOCH);
        let since_1970 = started.duration_since(UNIX_EPOCH).unwrap_or_default();
        let header = Header {
            format: FORMAT.to_owned(),
            version: VERSION,
            title: settings.title.clone(),
            runtime: settings.runtime.clone(),
            linger: env!("CARGO_PKG_VERSION").to_owned(),
            started_unix_millis: u64::try_from(since_1970.as_millis()).unwrap_or(u64::MAX),
            frame_budget_nanos: settings.frame_budget_nanos,
        };
        let body = body_of(&header);
        self.write(Kind::Header, micros_since(settings.start), &Fields { frame: 0, body }, None);
        self.flush();
    }

    fn run(mut self, receiver: &Receiver<Message>) -> Result<LogTotals, io::Error> {
        let mut flushed = Instant::now();
        let reason = loop {
            match receiver.recv_timeout(FLUSH_INTERVAL) {
                Ok(Message::Record { kind, ts_micros, fields, dropped }) => {
                    self.write(kind, ts_micros, &fields, dropped.as_deref());
                }
                Ok(Message::Flush(done)) => {
                    self.flush();
                    // The one who asked may have stopped waiting.
                    let _ = done.try_send(());
                }
                Ok(Message::Finish { reason }) => break reason,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break "exit",
            }
            if flushed.elapsed() >= FLUSH_INTERVAL {
                self.flush();
                flushed = Instant::now();
            }
        };
        // Another thread may have offered a record while the end was being said.
        for message in receiver.try_iter() {
            if let Message::Record { kind, ts_micros, fields, dropped } = message {
                self.write(kind, ts_micros, &fields, dropped.as_deref());
            }
        }
        self.trailer(reason);
        self.flush();
        let written = by_name(&self.written);
        let dropped = by_name(&self.queue.dropped_total());
        match self.error {
            None => Ok(LogTotals { written, dropped }),
            Some(error) => Err(error),
        }
    }

    fn trailer(&mut self, reason: &str) {
        let mut written = self.written;
        written[Kind::Trailer.index()] += 1;
        let trailer = Trailer {
            reason: reason.to_owned(),
            written: by_name(&written),
            dropped_total: by_name(&self.queue.dropped_total()),
        };
        let frame = self.queue.last_frame.load(Ordering::Relaxed);
        let fields = Fields { frame, body: body_of(&trailer) };
        self.write(Kind::Trailer, micros_since(self.queue.start), &fields, None);
    }

    fn write(&mut self, kind: Kind, ts_micros: u64, fields: &Fields, dropped: Option<&Counts>) {
        if self.error.is_some() {
            return;
        }
        self.last_micros = self.last_micros.max(ts_micros);
        let (seconds, micros) = (self.last_micros / 1_000_000, self.last_micros % 1_000_000);
        let line = &mut self.line;
        line.clear();
        // Writing to a String cannot fail.
        let _ = write!(line, "{{\"ts\":{seconds}.{micros:06},\"frame\":{}", fields.frame);
        let _ = write!(line, ",\"kind\":\"{kind}\"");
        if let Some(counts) = dropped {
            line.push_str(",\"dropped\":{");
            for (index, (name, count)) in by_name(counts).iter().enumerate() {
                let comma = if index == 0 { "" } else { "," };
                let _ = write!(line, "{comma}\"{name}\":{count}");
            }
            line.push('}');
        }
        if !fields.body.is_empty() {
            line.push(',');
            line.push_str(&fields.body);
        }
        line.push_str("}\n");
        match self.out.write_all(line.as_bytes()) {
            Ok(()) => self.written[kind.index()] += 1,
            Err(error) => self.error = Some(error),
        }
    }

    fn flush(&mut self) {
        if self.error.is_none() {
            self.error = self.out.flush().err();
        }
    }
}

/// A record's fields without the braces.
fn body_of(record: &impl serde::Serialize) -> String {
    let text = serde_json::to_string(record).expect("strings and numbers always serialize");
    text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(&text).to_owned()
}

fn by_name(counts: &Counts) -> KindCounts {
    Kind::ALL
        .into_iter()
        .map(|kind| (kind.name().to_owned(), counts[kind.index()]))
        .filter(|(_, count)| *count > 0)
        .collect()
}

fn micros_since(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX)
}
