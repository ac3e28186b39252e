//! A book of three pages with one of everything.

use garland::anthology::{
    Anchors, Anthology, BookMetadata, Division, Part, Picture, PictureFormat, PictureId, Subject,
};
use garland::document::{Date, Numerals, Person};
use garland::fonts::{FaceId, Family, Style};
use garland::paged_book::{
    Destination, Folio, Item, LinkTarget, Meaning, OutlineItem, PagedBook, PlacedPicture, Role,
};

use super::composer::{Composer, Setting};

pub struct Sample {
    pub anthology: Anthology,
    pub book: PagedBook,
}

pub fn typeset() -> Sample {
    let mut anchors = Anchors::default();
    let chapter = anchors.define(Division::Chapter(0), "one".to_owned());
    let nowhere = anchors.define(Division::Glossary, "nowhere".to_owned());

    let mut composer = Composer::new();
    let text = composer.text();
    let bold = face(&composer, Family::Serif, Style::Bold);
    let heading = Setting { face: bold, size: 16.0, ..text };
    let mono = Setting { face: face(&composer, Family::Mono, Style::Regular), ..text };
    let root = composer.book.structure.root();

    composer.page(Folio::Roman(1));
    composer.block(root, Role::Heading(1), "Contents", heading);
    let contents = composer.element(root, Role::Contents);
    let entry = composer.element(contents, Role::ContentsItem);
    let reference = composer.element(entry, Role::Reference);
    let link = composer.element(reference, Role::Link);
    let content = composer.content(link);
    composer.link(link, 40.0, 100.0, LinkTarget::Internal(chapter), "Chapter one, page 1");
    composer.line(content, "Erste Überschrift 1", text);

    composer.page(Folio::Arabic(1));
    let article = composer.element(root, Role::Article);
    composer.book.structure.elements[article.0].language = Some("de".to_owned());
    composer.block(article, Role::Heading(1), "Erste Überschrift", heading);
    composer.rule();
    let paragraph = composer.element(article, Role::Paragraph);
    let content = composer.content(paragraph);
    composer.line(content, "A difficult office, AVATAR, affluent; Hyphen\u{ad}", text);
    let end = composer.words(content, "ation and more of it, see", text, 40.0);
    let link = composer.element(paragraph, Role::Link);
    let linked = composer.content(link);
    composer.link(
        link,
        end,
        40.0,
        LinkTarget::External("https://example.org/café".to_owned()),
        "The project’s site",
    );
    composer.line(linked, "here", Setting { indent: end - 40.0, ..text });
    let dead = composer.block(paragraph, Role::Link, "and there", text);
    composer.link(dead, 40.0, 40.0, LinkTarget::Internal(nowhere), "Nowhere");

    let arabic = Setting { face: covering(&composer, 'س'), ..text };
    let hindi = Setting { face: covering(&composer, 'ह'), ..text };
    composer.block(article, Role::Paragraph, "السلام عليكم", arabic);
    composer.block(article, Role::Paragraph, "हिन्दी क्षेत्र", hindi);
    let quote = composer.element(article, Role::Quote);
    let split = composer.block(quote, Role::Paragraph, "A paragraph that starts here", text);

    composer.page(Folio::Arabic(2));
    let garland::paged_book::Child::Content(content) = composer.children(split)[0] else { unreachable!() };
    composer.line(content, "and ends on the next page in fine print.", Setting { size: 8.0, ..text });
    composer.block(article, Role::Heading(2), "A list, a table, a picture", heading);
    let list = composer.element(article, Role::List { numerals: Some(Numerals::Decimal) });
    for (label, item) in [("1.", "First things"), ("2.", "Second things")] {
        let element = composer.element(list, Role::ListItem);
        let marker = composer.element(element, Role::Label);
        let content = composer.content(marker);
        composer.words(content, label, text, 40.0);
        let body = composer.element(element, Role::ListBody);
        composer.block(body, Role::Paragraph, item, Setting { indent: 20.0, ..text });
    }
    let table = composer.element(article, Role::Table);
    for (role, cells) in [(Role::TableHeader, ["Flower", "Colour"]), (Role::TableCell, ["Rose", ""])] {
        let row = composer.element(table, Role::TableRow);
        for (column, cell) in cells.into_iter().enumerate() {
            let element = composer.element(row, role);
            if !cell.is_empty() {
                let content = composer.content(element);
                composer.words(content, cell, text, 40.0 + 80.0 * column as f32);
            }
        }
        composer.skip(14.0);
    }
    let figure = composer.element(article, Role::Figure);
    composer.book.structure.elements[figure.0].alternative = Some("A garden behind a wall".to_owned());
    let content = composer.content(figure);
    composer.skip(50.0);
    let picture = PlacedPicture {
        picture: PictureId(0),
        x: 40.0,
        y: composer.y(),
        width: 80.0,
        height: 60.0,
        meaning: Meaning::Content(content),
    };
    composer.push(Item::Picture(picture));
    composer.skip(14.0);
    composer.block(article, Role::Code, "let garland = 1;", mono);
    composer.block(article, Role::Note, "1 A note at the foot.", Setting { size: 8.0, ..text });
    composer.element(article, Role::Aside);

    let mut book = composer.book;
    book.destinations = vec![Some(Destination { page: 1, y: 360.0 }), None];
    book.outline = vec![
        OutlineItem {
            title: "Contents".to_owned(),
            destination: Destination { page: 0, y: 360.0 },
            children: vec![],
        },
        OutlineItem {
            title: "Erste Überschrift".to_owned(),
            destination: Destination { page: 1, y: 360.0 },
            children: vec![OutlineItem {
                title: "A list, a table, a picture".to_owned(),
                destination: Destination { page: 2, y: 340.0 },
                children: vec![],
            }],
        },
    ];
    Sample { anthology: anthology(anchors), book }
}

fn face(composer: &Composer, family: Family, style: Style) -> FaceId {
    composer.fonts.select(family, style).unwrap()
}

fn covering(composer: &Composer, character: char) -> FaceId {
    composer.fonts.covering(character, FaceId(0)).unwrap()
}

fn anthology(anchors: Anchors) -> Anthology {
    Anthology {
        metadata: BookMetadata {
            title: "A Small Garland".to_owned(),
            subtitle: Some("Made by hand".to_owned()),
            contributors: vec![],
            authors: vec![Person::new("Ada Lovelace"), Person::new("José Rizal")],
            publisher: Some("Nobody".to_owned()),
            date: Some(Date { year: 2025, month: Some(4), day: Some(4) }),
            language: "en".to_owned(),
            identifier: "urn:uuid:00000000-0000-5000-8000-000000000000".to_owned(),
            description: None,
            print_identifier: "urn:uuid:2c1d0c58-7f2a-5b0e-8d35-94a7d1a6c0f2".to_owned(),
            series: None,
            certification: None,
            subjects: vec![Subject::new("flowers")],
            rights: Some("CC BY 4.0 & friends".to_owned()),
            slug: "small".to_owned(),
        },
        parts: vec![Part { title: None, chapters: 0..0 }],
        chapters: vec![],
        bibliography: vec![],
        glossary: vec![],
        discussion: vec![],
        biographies: Vec::new(),
        index: vec![],
        sources: vec![],
        pictures: vec![Picture {
            name: "garden.png".to_owned(),
            format: PictureFormat::Png,
            bytes: garden(),
            width: 8,
            height: 6,
        }],
        anchors,
        hyphenation: Vec::new(),
        cover: None,
    }
}

/// A half-transparent gradient.
fn garden() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 8, 6);
    encoder.set_color(png::ColorType::Rgba);
    let pixels: Vec<u8> = (0..48).flat_map(|index| [index * 5, 120, 255 - index * 5, 100 + index]).collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    file
}
