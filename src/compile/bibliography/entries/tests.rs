//! Whatever is set by itself looks as the engine sets it among all others.

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{IndependentStyle, LocaleCode, Style};
use hayagriva::io::from_biblatex_str;
use hayagriva::{BibliographyDriver, Entry};

use crate::compile::bibliography::completion::complete;
use crate::compile::bibliography::specialised::Specialised;
use crate::compile::bibliography::{CitedSources, SettingStyle, in_text, items, pieces, style};

use super::{finish, set_apart, stand_apart};

/// Works of many kinds, with and without authors, years and places, some of them alike.
const WORKS: &str = r#"
@book{a, author = {Freire, Paulo}, title = {Pedagogy of the Oppressed}, year = 1970, publisher = {Continuum}, location = {New York}, edition = {2}}
@book{b, author = {Freire, Paulo}, title = {Education for Critical Consciousness}, year = 1970, publisher = {Seabury}}
@book{c, editor = {hooks, bell and West, Cornel}, title = {Breaking Bread}, year = 1991, publisher = {South End Press}, isbn = {9780896084148}}
@article{d, author = {Okafor, Ada and Li, Wei and Novak, Jan and Silva, Rui}, title = {Learning Together}, journaltitle = {Journal of Workshops}, volume = 12, number = 3, pages = {45--67}, year = 2019, doi = {10.1000/xyz}}
@article{e, author = {Okafor, Ben}, title = {Learning Alone}, journaltitle = {Journal of Workshops}, year = 2019, pages = {7}}
@article{f, title = {Nobody wrote this}, journaltitle = {The Daily}, date = {2020-02-03}, entrysubtype = {newspaper}}
@incollection{g, author = {Illich, Ivan}, title = {A Chapter}, booktitle = {A Whole Book}, editor = {Cayley, David}, year = 1992, pages = {10--20}, publisher = {Anansi}, location = {Toronto}}
@inproceedings{h, author = {Lovelace, Ada}, title = {On Engines}, booktitle = {Proceedings of Machines}, year = 1843, pages = {1--9}}
@online{i, author = {{World Health Organization}}, title = {Air}, url = {https://example.org/air}, urldate = {2024-05-06}, year = 2023}
@online{j, title = {A Page}, url = {https://example.org/page}}
@thesis{k, author = {Muster, Erika}, title = {A Thesis}, type = {phdthesis}, institution = {University of Somewhere}, year = 2001}
@report{l, author = {{UNESCO}}, title = {A Report}, institution = {UNESCO}, number = {7}, year = 2021, type = {techreport}}
@misc{m, author = {Doe, Jane}, title = {Something Else}}
@book{n, author = {Tolstoy, Leo}, translator = {Maude, Louise}, title = {War and Peace}, year = 1869, series = {World's Classics}, number = {5}, volumes = {2}}
"#;

fn works() -> Vec<Entry> {
    from_biblatex_str(WORKS).expect("well-formed works").iter().cloned().collect()
}

fn styles() -> impl Iterator<Item = (String, IndependentStyle)> {
    ArchivedStyle::all().iter().filter_map(|archived| {
        let Style::Independent(mut style) = archived.get() else { return None };
        complete(&mut style);
        Some((format!("{archived:?}"), style))
    })
}

/// Every work three times, alone and in company.
fn citations(works: usize) -> Vec<Vec<CitedSources>> {
    let alone = (0..works).map(|at| vec![(at, None)]);
    let together = (0..works).map(|at| vec![(at, None), ((at + 3) % works, None)]);
    vec![alone.clone().chain(together).collect(), alone.collect()]
}

#[test]
fn entries_that_stand_apart_are_the_engines_own() {
    let works = works();
    let chapters = citations(works.len());
    let mut compared = 0;
    for (name, style) in styles().filter(|(_, style)| !style::is_numeric(style)) {
        let setting =
            SettingStyle { style: &style, locale: LocaleCode::en_us(), locale_files: &style::LOCALES };
        let specialised = Specialised::new(&works, &setting);
        if !stand_apart(&style, &specialised) {
            continue;
        }
        let mut driver = BibliographyDriver::new();
        for cited in chapters.iter().flatten() {
            driver.citation(setting.request(items(cited, &works), None));
        }
        let (_, whole) = finish(driver, &works, &setting);
        let all: Vec<usize> = (0..works.len()).collect();
        let apart = set_apart(&works, &all, &specialised, &setting);
        let show = |items: &[super::Item]| {
            items.iter().map(|it| format!("{} {}", it.source, it.content)).collect::<Vec<_>>()
        };
        assert_same(&name, &show(&apart), &show(&whole));
        compared += 1;
    }
    assert!(compared > 20, "{compared} styles");
}

#[test]
fn citations_with_specialised_styles_are_the_engines_own() {
    let works = works();
    let chapters = citations(works.len());
    for (name, style) in styles().filter(|(_, style)| !style::is_numeric(style)) {
        let setting =
            SettingStyle { style: &style, locale: LocaleCode::en_us(), locale_files: &style::LOCALES };
        let mut driver = BibliographyDriver::new();
        for cited in chapters.iter().flatten() {
            driver.citation(setting.request(items(cited, &works), None));
        }
        let whole = finish(driver, &works, &setting).0;
        let whole: Vec<_> = whole.into_iter().map(|it| pieces(it.citation)).collect();
        let specialised = Specialised::new(&works, &setting);
        let set = in_text::set(&chapters, &[], &works, Some(&specialised), false, &setting);
        let set: Vec<_> = set.positions.iter().map(|at| set.citations[*at].clone()).collect();
        assert_eq!(set, whole, "{name}");
    }
}

fn assert_same(name: &str, one: &[String], other: &[String]) {
    for (one, other) in one.iter().zip(other) {
        assert_eq!(one, other, "{name}");
    }
    assert_eq!(one.len(), other.len(), "{name}");
}
