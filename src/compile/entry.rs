//! Works as styles know them, from works as authors describe them.

use hayagriva::Entry;
use hayagriva::types::{
    Date, EntryType, FormatString, MaybeTyped, Numeric, PageRanges, Person, PersonRole, PersonsWithRoles,
    Publisher, QualifiedUrl, StringChunk,
};
use url::Url;

use super::addresses::{self, Address};
use super::prose::{self, Kind, Name, Work};
use super::record;

/// The work under `key`. A style that finds all it needs in it can set it; whether it does is for
/// [`can_be_set`] to say.
pub(super) fn entry_of(key: &str, work: &Work) -> Entry {
    let (own, parent) = types(work);
    let mut entry = Entry::new(key, own);
    if let Some(title) = &work.title {
        entry.set_title(verbatim(title));
    }
    if !work.authors.is_empty() {
        entry.set_authors(people(&work.authors));
    }
    if !work.translators.is_empty() {
        let translators = PersonsWithRoles::new(people(&work.translators), PersonRole::Translator);
        entry.set_affiliated(vec![translators]);
    }
    if let Some(date) = work.date.as_ref().and_then(date) {
        entry.set_date(date);
    }
    if let Some(pages) = &work.pages {
        entry.set_page_range(
            pages.parse::<PageRanges>().map_or(MaybeTyped::String(pages.clone()), MaybeTyped::Typed),
        );
    }
    if let Some(url) = url(work) {
        entry.set_url(url);
    }
    if let Some(genre) = work.note.as_deref().filter(|_| work.kind == Kind::Thesis && can_be_set(work)) {
        entry.set_genre(verbatim(genre));
    }
    if let Some(doi) = &work.doi {
        entry.set_doi(doi.clone());
    }
    if let Some(arxiv) = &work.arxiv {
        entry.set_keyed_serial_number("arxiv", arxiv.clone());
    }
    let Some(parent) = parent else {
        describe_volume(&mut entry, work);
        if let Some(series) = &work.series {
            // A style finds a series where it looks for a collection.
            entry.set_parents(vec![titled(key, own, series)]);
        }
        return entry;
    };
    let mut container = Entry::new(key, parent);
    if let Some(title) = container_title(work) {
        container.set_title(verbatim(title));
    }
    describe_volume(&mut container, work);
    if let Some(series) = &work.series {
        container.set_parents(vec![titled(key, parent, series)]);
    }
    entry.set_parents(vec![container]);
    entry
}

/// A work under `key`, and of such a kind that styles say all that is known of it, and once.
pub(super) fn styled(key: &str, entry: &Entry) -> Entry {
    let mut record = record::record_of(entry);
    let is_chapter = *entry.entry_type() == EntryType::Chapter
        && entry.parents().first().is_some_and(|parent| *parent.entry_type() == EntryType::Book);
    let stand_in = match record.kind.as_str() {
        // What the web holds is dated by the day, as newspapers are; of types of their own, styles leave
        // out the date or the site.
        "article" | "motion_picture" | "webpage" if record.fields.contains_key("container-title") => {
            Some("article-newspaper")
        }
        // Of other parents styles would print the title twice: as the container's and the volume's.
        "chapter" | "entry-encyclopedia" | "paper-conference" if !is_chapter => Some("chapter"),
        _ => None,
    };
    match stand_in {
        Some(kind) => record.kind = kind.to_owned(),
        None if entry.key() == key => return entry.clone(),
        None => {}
    }
    record::entry_of(key, &record).0
}

/// Whether a style that sets the work says all that its author said. Where it does not, or where
/// there is too little to set, the author's words are the better entry.
pub(super) fn can_be_set(work: &Work) -> bool {
    let has_words_for_date =
        work.date.as_ref().is_some_and(|date| matches!(date.words, Some(prose::Words::Forthcoming(_))));
    let is_told = work.note.as_deref().is_none_or(|note| is_genre(work, note));
    let is_whole = is_told && !work.has_others && !work.has_same_authors && !has_words_for_date;
    let is_named = !work.authors.is_empty() || !work.editors.is_empty();
    let is_placed = work.container.is_some() || work.publisher.is_some();
    let is_dated = work.date.as_ref().is_some_and(|date| date.year.is_some());
    let needs_container = matches!(
        work.kind,
        Kind::Article
            | Kind::Chapter
            | Kind::Conference
            | Kind::Encyclopedia
            | Kind::Magazine
            | Kind::Newspaper
    );
    let is_known = match work.kind {
        // Styles have no form for these, or hayagriva cannot tell styles of them.
        Kind::Dataset
        | Kind::Film
        | Kind::Interview
        | Kind::Legislation
        | Kind::Letter
        | Kind::Podcast
        | Kind::Review
        | Kind::Talk => false,
        Kind::Unknown => work.url.is_some(),
        _ => !needs_container || work.container.is_some(),
    };
    let fits = work.container.is_none() || types(work).1.is_some();
    is_whole && is_known && fits && work.title.is_some() && (is_named || is_placed) && (is_dated || is_named)
}

/// The type of the work, and of what it is part of.
fn types(work: &Work) -> (EntryType, Option<EntryType>) {
    let within = |own, parent| (own, work.container.is_some().then_some(parent));
    match work.kind {
        Kind::Article | Kind::Magazine | Kind::Review => within(EntryType::Article, EntryType::Periodical),
        Kind::Newspaper => within(EntryType::Article, EntryType::Newspaper),
        Kind::Book => (EntryType::Book, None),
        Kind::Chapter => (EntryType::Chapter, Some(EntryType::Book)),
        Kind::Conference => (EntryType::Article, Some(EntryType::Proceedings)),
        Kind::Encyclopedia => (EntryType::Entry, Some(EntryType::Reference)),
        Kind::Film => (EntryType::Video, None),
        Kind::Legislation => (EntryType::Legislation, None),
        Kind::Podcast => within(EntryType::Audio, EntryType::Audio),
        Kind::Report => (EntryType::Report, None),
        Kind::Thesis => (EntryType::Thesis, None),
        Kind::Preprint => (EntryType::Article, container_title(work).map(|_| EntryType::Web)),
        Kind::Video => (EntryType::Video, container_title(work).map(|_| EntryType::Video)),
        Kind::WebPage => (EntryType::Web, container_title(work).map(|_| EntryType::Web)),
        Kind::Dataset | Kind::Interview | Kind::Letter | Kind::Talk | Kind::Unknown => {
            within(if work.url.is_some() { EntryType::Web } else { EntryType::Misc }, EntryType::Web)
        }
    }
}

/// What the work is part of, which an identifier or an address may tell.
fn container_title(work: &Work) -> Option<&str> {
    let told = match work.kind {
        Kind::Preprint => work.arxiv.as_ref().map(|_| "arXiv"),
        Kind::Video => {
            let url = work.url.as_deref().unwrap_or_default();
            let is_at =
                |host: &str| url.contains(&format!("//{host}/")) || url.contains(&format!(".{host}/"));
            let host = ["youtube.com", "youtu.be", "vimeo.com"].into_iter().position(is_at);
            host.map(|at| if at < 2 { "YouTube" } else { "Vimeo" })
        }
        _ => None,
    };
    work.container.as_deref().or(told)
}

/// What is said of the work besides is what kind of thesis or film it is.
fn is_genre(work: &Work, note: &str) -> bool {
    let names_medium = |word: &str| {
        matches!(word.to_lowercase().as_str(), "youtube" | "vimeo" | "video" | "online" | "film")
    };
    match work.kind {
        Kind::Thesis => note.split_whitespace().count() <= 4 && !note.contains(|c: char| c.is_ascii_digit()),
        Kind::Video => note.split_whitespace().all(names_medium),
        _ => false,
    }
}

/// What belongs to the volume, be it the work or what the work is part of.
fn describe_volume(entry: &mut Entry, work: &Work) {
    if !work.editors.is_empty() {
        entry.set_editors(people(&work.editors));
    }
    if let Some(edition) = &work.edition {
        entry.set_edition(number(edition));
    }
    if let Some(volume) = &work.volume {
        entry.set_volume(number(volume));
    }
    if let Some(issue) = &work.issue {
        entry.set_issue(number(issue));
    }
    if work.publisher.is_some() || work.place.is_some() {
        let name = work.publisher.as_deref().map(verbatim);
        entry.set_publisher(Publisher::new(name, work.place.as_deref().map(verbatim)));
    }
    if let Some(isbn) = &work.isbn {
        entry.set_isbn(isbn.clone());
    }
}

fn titled(key: &str, kind: EntryType, title: &str) -> Entry {
    let mut entry = Entry::new(key, kind);
    entry.set_title(verbatim(title));
    entry
}

/// Verbatim, or a style that sets titles in sentence case would recase names.
pub(super) fn verbatim(text: &str) -> FormatString {
    FormatString::from(StringChunk::verbatim(text))
}

fn number(text: &str) -> MaybeTyped<Numeric> {
    text.parse::<Numeric>().map_or(MaybeTyped::String(text.to_owned()), MaybeTyped::Typed)
}

fn people(names: &[Name]) -> Vec<Person> {
    let person = |name: &Name| Person {
        name: name.family.clone(),
        given_name: name.given.clone(),
        prefix: None,
        suffix: name.suffix.clone(),
        comma_suffix: false,
        alias: None,
    };
    names.iter().map(person).collect()
}

/// Months and days count from 0 here, and the year before the first is 0.
fn date(date: &prose::Date) -> Option<Date> {
    let year = date.year?;
    let month = date.month.and_then(|month| month.checked_sub(1)).filter(|month| *month < 12);
    let day = date.day.and_then(|day| day.checked_sub(1)).filter(|day| *day < 31 && month.is_some());
    Some(Date {
        year: if year < 0 { year.saturating_add(1) } else { year },
        month,
        day,
        approximate: date.is_circa,
        season: None,
    })
}

fn url(work: &Work) -> Option<QualifiedUrl> {
    let arxiv = work.arxiv.as_ref().map(|id| format!("https://arxiv.org/abs/{id}"));
    let Address::External(address) = addresses::read(&work.url.clone().or(arxiv)?) else { return None };
    let accessed = work.accessed.as_ref().and_then(date);
    Some(QualifiedUrl::new(Url::parse(&address).ok()?, accessed))
}
