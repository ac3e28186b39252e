//! Setting citations and the bibliography: three citations for each source, in the book and by the CSL engine
//! alone. What the first takes beyond the second is ours; the engine's share grows with the style.

use divan::Bencher;
use divan::counter::ItemsCount;
use garland::compile::compile;
use garland::diagnostic::Diagnostics;
use garland::document::Document;
use garland::manifest::Manifest;
use garland::manuscript::{Input, InputFile, Manuscript, Reading};
use garland::{ingest, parse};
use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{LocaleCode, Style};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, LocatorPayload, SpecificLocator,
};

/// The command's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

const SOURCES: [usize; 2] = [250, 1_000];
const STYLES: [&str; 4] = ["ieee", "apa", "chicago-author-date", "chicago-notes"];
const CITATIONS_PER_ESSAY: usize = 30;

/// What is cited where: a source, and a page of every other citation.
fn citations(sources: usize) -> Vec<(usize, Option<String>)> {
    let page = |number: usize| number.is_multiple_of(2).then(|| (number % 300 + 1).to_string());
    (0..sources * 3).map(|number| (number * 7_919 % sources, page(number))).collect()
}

fn library(sources: usize) -> String {
    let entry = |number: usize| {
        let (kind, more) = match number % 3 {
            0 => ("book", format!("publisher = {{Press {}}}", number % 50)),
            1 => (
                "article",
                format!("journal = {{Journal {}}}, volume = {{{}}}", number % 40, number % 30 + 1),
            ),
            _ => ("online", format!("url = {{https://example.org/{number}}}")),
        };
        let year = 1950 + number % 70;
        format!(
            "@{kind}{{k{number}, author = {{Author{number}, Ada}}, title = {{Work {number}}}, year = {{{year}}}, {more}}}\n"
        )
    };
    (0..sources).map(entry).collect()
}

fn essays(sources: usize) -> Vec<(Manuscript, Document)> {
    let cite = |(source, page): &(usize, Option<String>)| match page {
        Some(page) => format!("They say so [@k{source}, p. {page}].\n\n"),
        None => format!("They say so [@k{source}].\n\n"),
    };
    let mut diagnostics = Diagnostics::new();
    citations(sources)
        .chunks(CITATIONS_PER_ESSAY)
        .enumerate()
        .map(|(number, citations)| {
            let text: String = citations.iter().map(cite).collect();
            let file = format!("{number:04}.md");
            let text = format!("---\ntitle: Essay {number}\n---\n\n{text}");
            let manuscript = ingest::prepare(&file, text.as_bytes(), Reading::default(), &mut diagnostics)
                .expect("an essay");
            let document = parse::parse(&manuscript, &mut diagnostics).0;
            (manuscript, document)
        })
        .collect()
}

#[divan::bench(args = SOURCES, consts = [0, 1, 2, 3], sample_count = 5, sample_size = 1)]
fn the_book<const STYLE: usize>(bencher: Bencher, sources: usize) {
    let (manuscripts, documents): (Vec<Manuscript>, Vec<Document>) = essays(sources).into_iter().unzip();
    let mut manifest = Manifest::default();
    manifest.bibliography.style = Some(STYLES[STYLE].to_owned());
    let bibliographies = vec![InputFile { path: "references.bib".to_owned(), content: library(sources) }];
    let input = Input { manuscripts, bibliographies, ..Input::default() };
    bencher
        .counter(ItemsCount::new(sources * 3))
        .with_inputs(|| (input.clone(), documents.clone()))
        .bench_values(|(input, documents)| {
            compile(&manifest, input, documents, None, &mut Diagnostics::new()).bibliography.len()
        });
}

#[divan::bench(args = SOURCES, consts = [0, 1, 2, 3], sample_count = 5, sample_size = 1)]
fn the_engine<const STYLE: usize>(bencher: Bencher, sources: usize) {
    let library = hayagriva::io::from_biblatex_str(&library(sources)).expect("a library");
    let entries: Vec<_> = library.iter().collect();
    let Some(Style::Independent(style)) = ArchivedStyle::by_name(STYLES[STYLE]).map(ArchivedStyle::get)
    else {
        panic!("a style of the archive")
    };
    let (locales, citations) = (locales(), citations(sources));
    let english = Some(LocaleCode::en_us());
    bencher.counter(ItemsCount::new(sources * 3)).bench(|| {
        let mut driver = BibliographyDriver::new();
        for (number, (source, page)) in citations.iter().enumerate() {
            let page = page.as_deref().map(|page| SpecificLocator(Locator::Page, LocatorPayload::Str(page)));
            let items = vec![CitationItem::with_locator(entries[*source], page)];
            let request = CitationRequest::new(items, &style, english.clone(), &locales, Some(number + 1));
            driver.citation(request);
        }
        driver.finish(BibliographyRequest::new(&style, english.clone(), &locales)).citations.len()
    });
}
