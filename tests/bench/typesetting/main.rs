//! Typesetting a large book.

mod essays;

use std::fs;
use std::time::Duration;
struct Instant(Duration);
impl Instant { fn now() -> Self { Instant(cpu()) } fn elapsed(&self) -> Duration { cpu() - self.0 } }
fn cpu() -> Duration {
    if std::env::var("WALL").is_ok() { return std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap(); }
    let mut sum = 0u64;
    for task in fs::read_dir("/proc/self/task").unwrap() {
        let s = fs::read_to_string(task.unwrap().path().join("schedstat")).unwrap();
        sum += s.split(' ').next().unwrap().parse::<u64>().unwrap();
    }
    Duration::from_nanos(sum)
}

use essays::Vocabulary;
use garland::diagnostic::Diagnostics;
use garland::Options;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let folder = std::env::var("ESSAYS").expect("ESSAYS");
    let folder = std::path::Path::new(&folder);
    if !folder.exists() {
        fs::create_dir_all(folder.join("g")).unwrap();
        let vocabulary = Vocabulary::new();
        let mut typst = String::new();
        for number in 0..1000 {
            let essay = vocabulary.essay(number);
            fs::write(folder.join("g").join(format!("{number:04}.md")), essay.markdown()).unwrap();
            typst.push_str(&essay.typst());
        }
        fs::write(folder.join("body.typ"), typst).unwrap();
    }
    let threads: usize = std::env::var("T").map_or(2, |t| t.parse().unwrap());
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| {
        let options = Options { epub: false, ..Options::default() };
        for _ in 0..std::env::var("W").map_or(0, |t| t.parse().unwrap()) {
            let start = Instant::now();
            let mut diagnostics = Diagnostics::new();
            let book = garland::build(&folder.join("g"), &options, &mut diagnostics).unwrap();
            println!("whole {:?} pages {:?} bytes {}", start.elapsed(), book.pages, book.pdf.unwrap().len());
        }
        for _ in 0..std::env::var("S").map_or(4, |t| t.parse().unwrap()) {
            use rayon::prelude::*;
            let mut diagnostics = Diagnostics::new();
            let t = Instant::now();
            let (manifest, input) = garland::ingest::read(&folder.join("g"), &mut diagnostics).unwrap();
            let a = t.elapsed();
            let fonts = garland::fonts::Fonts::bundled();
            let documents: Vec<_> = input.manuscripts.par_iter().map(|m| garland::parse::parse(m, &mut Diagnostics::new()).0).collect();
            let b = t.elapsed();
            let anthology = garland::compile::compile(&manifest, input, documents, None, &mut diagnostics);
            let c = t.elapsed();
            let book = garland::typeset::typeset(&anthology, &fonts, &garland::typeset::Theme::bundled("book").unwrap(), garland::manifest::Paper::A5);
            let d = t.elapsed();
            let pdf = garland::edition::pdf::write(&anthology, &book, &fonts).unwrap();
            let e = t.elapsed();
            for _ in 0..std::env::var("P").map_or(0, |t| t.parse().unwrap()) { std::hint::black_box(garland::edition::pdf::write(&anthology, &book, &fonts).unwrap()); }
            for _ in 0..std::env::var("Y").map_or(0, |t| t.parse().unwrap()) { std::hint::black_box(garland::typeset::typeset(&anthology, &fonts, &garland::typeset::Theme::bundled("book").unwrap(), garland::manifest::Paper::A5)); }
            if let Ok(o) = std::env::var("OUT") { fs::write(o, &pdf).unwrap(); }
            drop(book);
            println!("read {:?} parse {:?} compile {:?} typeset {:?} pdf {:?} drop {:?} {}", a, b - a, c - b, d - c, e - d, t.elapsed() - e, pdf.len());
        }
    });
}
