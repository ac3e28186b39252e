//! Typesetting a large book: essays that are made up, the same in every run, from text to PDF.
//!
//! `cargo bench --bench typesetting [ESSAYS]` tells what each stage takes on one core beside its floor, which is
//! shaping the same text and deflating the same pages once; pages per second on all cores; memory at two sizes; and,
//! where Typst is installed (`typst` on PATH, or `pip install typst` for the `python3` there), what Typst takes for
//! the same essays in the same run. Of several runs the quickest counts.

mod essays;
mod peer;
mod stages;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use garland::diagnostic::Diagnostics;
use garland::paged_book::PagedBook;
use garland::{Book, Options};
use rayon::ThreadPoolBuilder;

use essays::Vocabulary;

/// The command's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ESSAYS: usize = 1_000;
const RUNS: usize = 5;
/// Names the folder whose book a child process makes, to tell its memory.
const CHILD: &str = "--memory-of";

fn main() -> Result<(), Box<dyn Error>> {
    garland::cli::memory::keep();
    // Cargo adds an argument of its own.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.as_slice() {
        [flag, folder] if flag == CHILD => tell_memory(Path::new(folder)),
        [] => report(ESSAYS),
        [count, ..] => report(count.parse()?),
    }
}

fn report(count: usize) -> Result<(), Box<dyn Error>> {
    let work = tempfile::tempdir()?;
    let (folder, half) = (work.path().join("essays"), work.path().join("half"));
    let vocabulary = Vocabulary::new();
    write_essays(&vocabulary, count, &folder)?;
    write_essays(&vocabulary, count / 2, &half)?;

    let subject = stages::Subject::read(&folder);
    let pages = count_pages(&subject.typeset());
    println!("{count} essays, {pages} pages with text on them\n");

    println!("on one core, in ms per 1,000 pages:");
    let one_core = ThreadPoolBuilder::new().num_threads(1).build()?;
    let per_thousand = |time: Duration| time.as_secs_f64() * 1e6 / pages as f64;
    let times = one_core.install(|| stages::measure(&subject, RUNS));
    let floor = times.floor_shaping + times.floor_deflating;
    let whole = times.typesetting + times.printing;
    for (name, time) in [
        ("shaping", times.shaping),
        ("line breaking", times.breaking),
        ("page making", times.typesetting.saturating_sub(times.shaping + times.breaking)),
        ("writing", times.printing.saturating_sub(times.compressing)),
        ("compressing", times.compressing),
        ("all", whole),
        ("the floor", floor),
        ("  shaping", times.floor_shaping),
        ("  deflating", times.floor_deflating),
    ] {
        let share = time.as_secs_f64() / floor.as_secs_f64();
        println!("  {name:<14} {:7.1}   {share:5.2} of the floor", per_thousand(time));
    }

    let cores = rayon::current_num_threads();
    let typesetting = quickest(|| stages::typeset_and_write(&subject)).0;
    let (time, book) = quickest(|| build(&folder));
    let garland = Figures::new(time, pages, book.pdf.as_ref().map_or(0, Vec::len));
    println!("\non {cores} cores:");
    println!("  typesetting and writing alone: {:.0} ms per 1,000 pages", per_thousand(typesetting.wall));
    garland.tell("Garland, from text to PDF");
    match peer::typeset(&vocabulary, count, work.path())? {
        Some(typst) => {
            typst.tell("Typst, from text to PDF");
            println!("  Garland sets {:.1} times as many pages per second", garland.speed() / typst.speed());
            let work = |figures: &Figures| figures.time.cpu.as_secs_f64() / figures.pages as f64;
            if garland.time.cpu > Duration::ZERO {
                println!("  and {:.1} times as many per second of work", work(&typst) / work(&garland));
            }
        }
        None => println!("  Typst is not installed"),
    }

    let (fewer_pages, less) = memory_of(&half)?;
    let (more_pages, more) = memory_of(&folder)?;
    if less > 0.0 {
        println!("\nat most in memory:");
        println!("  {less:7.0} KB for {fewer_pages} pages, {:.1} KB a page", less / fewer_pages as f64);
        println!("  {more:7.0} KB for {more_pages} pages, {:.1} KB a page", more / more_pages as f64);
        let slope = (more - less) / (more_pages - fewer_pages) as f64;
        println!("  {slope:.1} KB for each page more");
    }
    Ok(())
}

/// What something took.
#[derive(Clone, Copy)]
pub struct Time {
    wall: Duration,
    /// Of all cores, and of the processes that were begun; none where the system does not tell it. Where others
    /// work on the same machine it is the figure to go by.
    cpu: Duration,
}

/// A run that is being timed.
pub struct Run {
    start: Instant,
    cpu: Duration,
}

impl Run {
    pub fn start() -> Self {
        Run { start: Instant::now(), cpu: Run::cpu() }
    }

    pub fn time(&self) -> Time {
        Time { wall: self.start.elapsed(), cpu: Run::cpu().saturating_sub(self.cpu) }
    }

    /// As /proc has it: in hundredths of a second, of the process and of its children, in the kernel and outside.
    fn cpu() -> Duration {
        const FIRST: usize = 11;
        let status = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let fields = status.rsplit_once(") ").map_or("", |(_, fields)| fields);
        let hundredths = fields.split(' ').skip(FIRST).take(4).filter_map(|field| field.parse::<u64>().ok());
        Duration::from_millis(hundredths.sum::<u64>() * 10)
    }
}

/// How fast a book was made, and how large it is.
pub struct Figures {
    time: Time,
    pages: usize,
    bytes: usize,
}

impl Figures {
    pub fn new(time: Time, pages: usize, bytes: usize) -> Self {
        Figures { time, pages, bytes }
    }

    /// Pages per second.
    fn speed(&self) -> f64 {
        self.pages as f64 / self.time.wall.as_secs_f64()
    }

    fn tell(&self, name: &str) {
        let (wall, cpu) = (self.time.wall.as_secs_f64(), self.time.cpu.as_secs_f64());
        let (pages, speed, size) = (self.pages, self.speed(), self.bytes as f64 / self.pages as f64);
        println!(
            "  {name}: {wall:.2} s ({cpu:.2} s of work), {pages} pages, {speed:.0} a second, {size:.0} bytes each"
        );
    }
}

fn write_essays(vocabulary: &Vocabulary, count: usize, folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir(folder)?;
    for number in 0..count {
        fs::write(folder.join(format!("{number:05}.md")), vocabulary.essay(number).markdown())?;
    }
    Ok(())
}

fn build(folder: &Path) -> Book {
    let options = Options { epub: false, ..Options::default() };
    garland::build(folder, &options, &mut Diagnostics::new()).expect("the essays make a book")
}

/// Blank pages are no work.
fn count_pages(book: &PagedBook) -> usize {
    book.pages.iter().filter(|page| !page.items.is_empty()).count()
}

/// The quickest of several runs, and what the last one made.
fn quickest<T>(mut run: impl FnMut() -> T) -> (Time, T) {
    let mut timed = || {
        let start = Run::start();
        let made = run();
        (start.time(), made)
    };
    let (mut least, mut made) = timed();
    for _ in 1..RUNS {
        let (time, next) = timed();
        least = Time { wall: least.wall.min(time.wall), cpu: least.cpu.min(time.cpu) };
        made = next;
    }
    (least, made)
}

/// Pages and peak of memory, in KB, of a process that makes the book of a folder; no memory where the system does
/// not tell it.
fn memory_of(folder: &Path) -> Result<(usize, f64), Box<dyn Error>> {
    let told = Command::new(std::env::current_exe()?).arg(CHILD).arg(folder).output()?.stdout;
    let told = String::from_utf8(told)?;
    let mut numbers = told.split_whitespace();
    let mut next = || numbers.next().ok_or("the child process tells nothing");
    Ok((next()?.parse()?, next()?.parse()?))
}

fn tell_memory(folder: &Path) -> Result<(), Box<dyn Error>> {
    let subject = stages::Subject::read(folder);
    let book = subject.typeset();
    let pages = count_pages(&book);
    std::hint::black_box(subject.print(&book));
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|peak| peak.split_whitespace().next()).unwrap_or("0");
    println!("{pages} {peak}");
    Ok(())
}
