//! What is read from a note as its author wrote it. `evaluation` has the figures over labelled sets.

mod evaluation;

use garland::compile::prose::{self, Part, Piece};

use evaluation::{measure, outline};

/// Each citation in a line, its fields in the order of their names; remarks in lines of their own.
fn read(markdown: &str) -> String {
    outline(markdown).trim_end().to_owned()
}

#[test]
fn a_note_in_chicago_style_names_a_book_and_a_page() {
    assert_eq!(
        read(
            "See Paulo Freire, *Pedagogy of the Oppressed*, trans. Myra Ramos (New York: Continuum, 2000), 72."
        ),
        "authors=Freire, Paulo | kind=book | locator=72 | place=New York | publisher=Continuum | signal=See | \
         title=Pedagogy of the Oppressed | translators=Ramos, Myra | year=2000"
    );
}

#[test]
fn pages_of_an_article_are_its_extent_in_a_list_and_a_place_in_a_note() {
    let article = "container=Mind | issue=236 | kind=article";
    assert_eq!(
        read("Turing, Alan. “Computing Machinery.” *Mind* 59, no. 236 (1950): 433."),
        format!(
            "authors=Turing, Alan | {article} | pages=433 | title=Computing Machinery | volume=59 | year=1950"
        )
    );
    assert_eq!(
        read("Alan Turing, “Computing Machinery,” *Mind* 59, no. 236 (1950): 433."),
        format!(
            "authors=Turing, Alan | {article} | locator=433 | title=Computing Machinery | volume=59 | year=1950"
        )
    );
}

#[test]
fn semicolons_part_sources_but_not_authors_or_numbers() {
    assert_eq!(read("Scott 1998, p. 4; Biesta 2009: 35").lines().count(), 2);
    assert_eq!(
        read("Smith, J.; Jones, K. (2010). *Things*. Penguin."),
        "authors=Smith, J. & Jones, K. | kind=book | publisher=Penguin | title=Things | year=2010"
    );
    assert_eq!(
        read("Wolf M. Reading. J Cogn Psychol. 2012;11(3):230-40."),
        "authors=Wolf, M | container=J Cogn Psychol | issue=3 | kind=article | pages=230–40 | title=Reading | \
         volume=11 | year=2012"
    );
}

#[test]
fn terms_are_known_in_many_languages() {
    let book = "kind=book | locator=12 | place=Paris | publisher=Seuil | title=Titre | year=2001";
    assert_eq!(
        read("Jean Dupont, *Titre*, Paris, Seuil, 2001, p. 12."),
        format!("authors=Dupont, Jean | {book}")
    );
    assert_eq!(
        read(
            "Anna Schmidt: „Medien“, in: Ute Krüger (Hg.): *Handbuch*, Wiesbaden: VS Verlag 2012, S. 34–56, hier S. 40."
        ),
        "authors=Schmidt, Anna | container=Handbuch | editors=Krüger, Ute | kind=chapter | locator=40 | pages=34–56 | \
         place=Wiesbaden | publisher=VS Verlag | title=Medien | year=2012"
    );
    assert_eq!(
        read("Лотман Ю. М. О поэтах // Вопросы литературы. 1996. № 3. С. 12–34."),
        "authors=Лотман, Ю. М. | container=Вопросы литературы | issue=3 | kind=article | pages=12–34 | \
         title=О поэтах | year=1996"
    );
    assert_eq!(
        read("柄谷行人『日本近代文学の起源』講談社、1980年、25頁。"),
        "authors=柄谷行人 | kind=book | locator=25 | publisher=講談社 | title=日本近代文学の起源 | year=1980"
    );
}

#[test]
fn earlier_sources_are_named_by_whatever_the_author_gives() {
    assert_eq!(read("Ibid., p. 12."), "ibid=true | kind=unknown | locator=12");
    assert_eq!(
        read("Foucault, op. cit., p. 101."),
        "authors=Foucault | kind=unknown | locator=101 | opcit=true"
    );
    assert_eq!(
        read("Spivak, n. 6 above, 280."),
        "above=6 | authors=Spivak | kind=unknown | locator=280 | short=true"
    );
    assert_eq!(
        read("Freire, Pedagogy, p. 80."),
        "authors=Freire | kind=unknown | locator=80 | short=true | title=Pedagogy"
    );
}

#[test]
fn addresses_lose_the_stop_of_the_sentence_and_dois_their_resolver() {
    assert_eq!(read("https://example.org/a_(b)."), "kind=webpage | url=https://example.org/a_(b)");
    assert_eq!(read("https://doi.org/10.1234/AB.c"), "doi=10.1234/ab.c | kind=unknown");
    assert_eq!(read("ISBN 978-0-262-52295-3"), "isbn=9780262522953 | kind=unknown");
    assert_eq!(read("ISBN 978-0-262-52295-4"), "remark=ISBN 978-0-262-52295-4");
    assert_eq!(
        read("HuggingFace: https://huggingface.co/ (accessed 4 May 2023)"),
        "accessed=2023-05-04 | kind=webpage | title=HuggingFace | url=https://huggingface.co/"
    );
}

#[test]
fn remarks_stay_around_the_sources_in_them() {
    assert_eq!(
        read("On this, see Ann Jones, *The Debate* (London: Verso, 1999), which argues the opposite."),
        "remark=On this,\n\
         authors=Jones, Ann | kind=book | place=London | publisher=Verso | signal=see | title=The Debate | year=1999\n\
         remark=, which argues the opposite."
    );
    for remark in ["Emphasis mine.", "Walden, again.", "Smith, personal communication, 3 March 2019."] {
        assert_eq!(read(remark), format!("remark={remark}"));
    }
}

#[test]
fn every_byte_of_a_note_is_in_one_part_whatever_the_note() {
    let hostile = [
        "(".repeat(50_000),
        "Smith, J.; ".repeat(5_000),
        "see “A” (".repeat(5_000),
        "ı\u{301}.".repeat(9_000),
    ];
    for text in &hostile {
        let note = prose::read(&[Piece { text, is_emphasised: false, address: None }]);
        let mut end = 0;
        for part in &note.parts {
            let range = match part {
                Part::Remark(range) => range,
                Part::Citation(citation) => &citation.range,
            };
            assert_eq!(range.start, end);
            assert!(text.get(range.clone()).is_some_and(|text| !text.is_empty()));
            end = range.end;
        }
        assert_eq!(end, text.len());
    }
}

#[test]
fn sources_are_found_within_sentences() {
    assert_eq!(
        read(
            "The idea is older: it is in Marta Lindqvaist, *Tall Houses* (Oslo, 1987), p. 4, and older still."
        ),
        "remark=The idea is older: it is in\n\
         authors=Lindqvaist, Marta | kind=book | locator=4 | place=Oslo | title=Tall Houses | year=1987\n\
         remark=, and older still."
    );
    assert_eq!(
        read("As Ivan Illich writes in *Deschooling Society* (1971, p. 12), school is a ritual."),
        "remark=As Ivan Illich writes in\n\
         authors=Illich, Ivan | kind=book | locator=12 | title=Deschooling Society | year=1971\n\
         remark=, school is a ritual."
    );
    assert_eq!(
        read("Two studies found it: Okeke & Silversmith (2011) and Vantongeren et al. (2016)."),
        "remark=Two studies found it:\n\
         authors=Okeke & Silversmith | kind=unknown | short=true | year=2011\n\
         remark=and\n\
         authors=Vantongeren | kind=unknown | others=true | short=true | year=2016"
    );
}

#[test]
fn names_are_told_by_their_form_in_whatever_order() {
    let book = "kind=book | place=Geneva | publisher=Droz | title=Le pain | year=1970";
    for (text, authors) in [
        ("Ezeoke OP, Gorin MA. Le pain. Geneva: Droz; 1970.", "Ezeoke, OP & Gorin, MA"),
        ("PERROT Vavette et DUBY Jorin, *Le pain*, Geneva: Droz, 1970.", "Perrot, Vavette & Duby, Jorin"),
        (
            "Duflo (Esteva), Banerjee (Abhiram), *Le pain*, Geneva: Droz, 1970.",
            "Duflo, Esteva & Banerjee, Abhiram",
        ),
        ("hooks, bell. *Le pain*. Geneva: Droz, 1970.", "hooks, bell"),
        ("Puig de la Bellacasa, Mariva. *Le pain*. Geneva: Droz, 1970.", "Puig de la Bellacasa, Mariva"),
        ("Nuroyon Vagalim, Le pain, Geneva: Droz, 1970.", "Vagalim, Nuroyon"),
    ] {
        assert_eq!(read(text), format!("authors={authors} | {book}"), "{text}");
    }
}

#[test]
fn places_within_places_stay_together() {
    assert_eq!(read("Ebd., S. 31, Anm. 4."), "ibid=true | kind=unknown | locator=31, Anm. 4");
    assert_eq!(read("Ibid., vol. II, p. 214-215."), "ibid=true | kind=unknown | locator=214–215 | volume=II");
    assert_eq!(
        read("Id., «L'uccisione», cit., p. 31."),
        "idem=true | kind=unknown | locator=31 | opcit=true | title=L'uccisione"
    );
}

#[test]
fn the_labelled_sets_are_read_as_well_as_ever() {
    let sets = [
        (include_str!("../fixtures/citations/development.yaml"), 0.985, 0.98),
        (include_str!("../fixtures/citations/development-2.yaml"), 0.92, 0.85),
        // The reported figures: nobody who works on the reader looks into this one.
        (include_str!("../fixtures/citations/reported.yaml"), 0.91, 0.83),
    ];
    for (yaml, precision, recall) in sets {
        let measured = measure(yaml);
        let fields = measured.fields;
        assert!(fields.precision() >= precision && fields.recall() >= recall, "{}", measured.report);
        assert!(measured.verbatim_lost == 0, "{}", measured.report);
    }
}
