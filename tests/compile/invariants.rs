//! What holds of every book: links lead both ways, and no two places share an identifier.

use std::collections::{BTreeSet, HashSet};

use garland::anthology::{Anchor, Anthology, Division, Link, Resolved};
use garland::audit::{close, take_down};
use garland::document::{Block, Inline, Numerals, Parsed, Run, visit_runs};
use garland::ledger::Ledger;
use garland::manifest::{Grouping, SourceLists};
use garland::manuscript::{Dialect, Manuscript};
use proptest::prelude::{Just, Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};

use super::builder::{
    Essay, Folder, Tree, cite, collect_links, essay, folder, heading, link, links, list, mark, paragraph,
    text, timestamp, wikilink,
};
use crate::harness::tries;

const WORKS: &str = "@book{one, author={Ada One}, title={One}, year=2001}
@book{two, author={Bea Two}, title={Two}, year=2002, url={https://example.org/2}}";

/// Words stand apart from the marks around them, as in any essay.
fn inline() -> impl Strategy<Value = Inline<Parsed>> {
    prop_oneof![
        Just(text(" The AI divide and a neural network, said AI. ")),
        Just(text(" Plain words ")),
        (0..4_u8).prop_map(|label| mark(&label.to_string())),
        (0..3_usize).prop_map(|at| cite(&[(["one", "two", "none"][at], None), ("one", Some("p. 2"))])),
        (0..4000_u32).prop_map(timestamp),
        (0..4_u8).prop_map(|at| wikilink(&format!("e{at}"), None, " there ")),
        Just(link("https://example.org/2", " out ")),
        Just(link("#part", " within ")),
        (0..4_u8).prop_map(|label| Inline::Superscript(vec![mark(&label.to_string())])),
        (0..4_u8).prop_map(|label| Inline::Emphasis(vec![text(" so"), mark(&label.to_string())])),
    ]
}

fn block() -> impl Strategy<Value = Tree> {
    let content = || prop::collection::vec(inline(), 0..5);
    prop_oneof![
        content().prop_map(paragraph),
        content().prop_map(|content| Block::Quote(vec![paragraph(content)])),
        content().prop_map(|content| Block::Heading {
            level: 3,
            anchor: None,
            content,
            span: Default::default()
        }),
        (1..7_u8).prop_map(|level| heading(level, "Part")),
        Just(heading(2, "Glossary")),
        Just(list(&["AI Divide: a gap", "Neural network: a net [of] sorts", "AI: a machine"])),
        content().prop_map(|content| {
            let mut entry = vec![text("Network: ")];
            entry.extend(content);
            Block::List(garland::document::List {
                start: None,
                numerals: Numerals::default(),
                tight: true,
                items: vec![vec![paragraph(entry)]],
            })
        }),
    ]
}

fn any_essay(at: usize) -> impl Strategy<Value = Essay> {
    let notes = prop::collection::vec((prop::collection::vec(inline(), 1..3), any::<bool>()), 0..4);
    (prop::collection::vec(block(), 0..7), notes, any::<bool>()).prop_map(move |(blocks, notes, video)| {
        let mut made = essay(&format!("e{at}.md"), "Same title");
        for block in blocks {
            made = made.block(block);
        }
        for (label, (content, reference)) in notes.into_iter().enumerate() {
            let label = label.to_string();
            made = if reference { made.reference(&label, content) } else { made.footnote(&label, content) };
        }
        made.with(|own| own.video = video.then(|| "https://youtu.be/x".to_owned()))
    })
}

fn any_folder() -> impl Strategy<Value = Folder> {
    let lists = prop::sample::select(vec![SourceLists::Book, SourceLists::Essays, SourceLists::Both]);
    let grouping = prop::sample::select(vec![None, Some(Grouping::Kind), Some(Grouping::Letter)]);
    (any_essay(0), any_essay(1), any_essay(2), lists, grouping).prop_map(|(a, b, c, lists, grouping)| {
        let mut folder =
            folder().bibliography("r.bib", WORKS).glossary("AI: Machines.\n").essay(a).essay(b).essay(c);
        folder.manifest.bibliography.lists = lists;
        folder.manifest.bibliography.grouping = grouping;
        folder
    })
}

/// Every link of the book, with the division that it stands in.
fn all_links(book: &Anthology) -> Vec<(Division, &Link)> {
    let mut all = Vec::new();
    for (at, chapter) in book.chapters.iter().enumerate() {
        let bodies = std::iter::once(&chapter.body).chain(chapter.notes.iter().map(|note| &note.body));
        all.extend(bodies.flat_map(|body| links(body)).map(|(to, _)| (Division::Chapter(at), to)));
    }
    let own = book.chapters.iter().enumerate().map(|(at, it)| (Division::Chapter(at), &it.references));
    for (division, list) in own.chain([(Division::Bibliography, &book.bibliography)]) {
        for entry in list {
            let mut found = Vec::new();
            collect_links(&entry.content, &mut found);
            all.extend(found.into_iter().map(|(to, _)| (division, to)));
        }
    }
    for definition in book.glossary.iter().flat_map(|term| &term.definitions) {
        all.extend(links(&definition.content).into_iter().map(|(to, _)| (Division::Glossary, to)));
    }
    all
}

fn has_link_in_link(content: &[Inline<Resolved>], is_in_link: bool) -> bool {
    content.iter().any(|inline| {
        let is_link = matches!(inline, Inline::Link { .. });
        is_link && is_in_link || has_link_in_link(inline.content(), is_in_link || is_link)
    })
}

type Ends = BTreeSet<(&'static str, usize, usize, Anchor)>;

proptest! {
    // Failures are to be told as examples of their own, so none are kept in files.
    #![proptest_config(tries(256))]

    #[test]
    fn links_lead_both_ways(folder in any_folder()) {
        let book = folder.clone().compile().anthology;
        let mut out = Ends::new();
        for (division, to) in all_links(&book) {
            let (end, here) = match (to, division) {
                (Link::Note { note, here }, Division::Chapter(at)) => (("note", at, *note, *here), here),
                (Link::Source { entry, here }, _) => (("source", 0, entry.index(), *here), here),
                (Link::Term { term, here }, _) => (("term", 0, *term, *here), here),
                (Link::Note { .. }, _) => panic!("a note outside a chapter"),
                _ => continue,
            };
            assert_eq!(book.anchors.place(*here).division, division);
            assert!(out.insert(end), "an anchor is used twice");
        }
        let mut back = Ends::new();
        for (at, chapter) in book.chapters.iter().enumerate() {
            for (number, note) in chapter.notes.iter().enumerate() {
                assert!(!note.referrers.is_empty());
                back.extend(note.referrers.iter().map(|here| ("note", at, number, *here)));
            }
        }
        let lists: Vec<_> = book.chapters.iter().map(|chapter| &chapter.references).collect();
        let has_own_lists = lists.iter().any(|list| !list.is_empty());
        for entry in lists.into_iter().flatten() {
            back.extend(entry.citations.iter().map(|place| ("source", 0, entry.anchor.index(), place.anchor)));
        }
        for entry in &book.bibliography {
            // Where essays have lists of their own, the book's leads to every place as well.
            for place in &entry.citations {
                if has_own_lists {
                    assert!(out.iter().any(|end| end.3 == place.anchor));
                } else {
                    back.insert(("source", 0, entry.anchor.index(), place.anchor));
                }
            }
        }
        for (at, term) in book.glossary.iter().enumerate() {
            back.extend(term.uses.iter().map(|place| ("term", 0, at, place.anchor)));
        }
        prop_assert_eq!(out, back);
    }

    #[test]
    fn no_term_is_linked_in_a_link_or_a_heading(folder in any_folder()) {
        let book = folder.compile().anthology;
        for chapter in &book.chapters {
            for block in &chapter.body {
                let linked = links(std::slice::from_ref(block));
                let has_term = linked.iter().any(|(to, _)| matches!(to, Link::Term { .. }));
                assert!(!(has_term && matches!(block, Block::Heading { .. })), "{block:?}");
            }
            visit_runs(&chapter.body, &mut |run| {
                if let Run::Inlines(content) = run {
                    assert!(!has_link_in_link(content, false), "{content:?}");
                }
            });
            let bodies = chapter.notes.iter().map(|note| &note.body);
            assert!(!bodies.flat_map(|body| links(body)).any(|(to, _)| matches!(to, Link::Term { .. })));
        }
    }

    #[test]
    fn identifiers_are_unique_xml_names(folder in any_folder()) {
        let book = folder.compile().anthology;
        let mut anchors: Vec<Anchor> = all_links(&book).into_iter().filter_map(|(_, to)| match to {
            Link::Note { here, .. } | Link::Source { here, .. } | Link::Term { here, .. } => Some(*here),
            _ => None,
        }).collect();
        for chapter in &book.chapters {
            anchors.push(chapter.anchor);
            anchors.extend(chapter.notes.iter().map(|note| note.anchor));
        }
        let lists = book.chapters.iter().map(|chapter| &chapter.references).chain([&book.bibliography]);
        anchors.extend(lists.flatten().map(|entry| entry.anchor));
        anchors.extend(book.glossary.iter().map(|term| term.anchor));
        let mut seen = HashSet::new();
        for anchor in anchors {
            let id = &book.anchors.place(anchor).id;
            assert!(seen.insert(id.clone()), "{id} is there twice");
            assert!(id.starts_with(|c: char| c.is_ascii_alphabetic()), "{id}");
            assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'), "{id}");
        }
    }

    #[test]
    fn the_same_input_makes_the_same_book(folder in any_folder()) {
        let (one, two) = (folder.clone().compile(), folder.compile());
        prop_assert_eq!(one.anthology, two.anthology);
        prop_assert_eq!(one.diagnostics, two.diagnostics);
    }

    #[test]
    fn no_word_is_lost(folder in any_folder()) {
        let blank = |file: &str| Manuscript::untouched(file, Dialect::Markdown, "");
        let taken: Vec<_> = folder
            .documents
            .iter()
            .map(|tree| take_down(&blank(&tree.file), tree, Ledger::default()))
            .collect();
        let book = folder.compile();
        let mut found = garland::diagnostic::Diagnostics::new();
        close(taken, &book.anthology, false, &mut found);
        let lost: Vec<_> = found.iter().filter(|it| it.code == "lost-words").collect();
        assert!(lost.is_empty(), "{lost:?}\n{:#?}", book.anthology.chapters);
    }
}
