//! Folders that a site generator, a book tool or a note vault keeps.

use super::{Folder, read};

fn parts(folder: &Folder) -> Vec<(Option<&str>, Vec<&str>)> {
    let manifest = &folder.input.as_ref().expect("a readable folder").0;
    manifest
        .parts
        .iter()
        .map(|part| (part.title.as_deref(), part.essays.iter().map(|essay| essay.file.as_str()).collect()))
        .collect()
}

#[test]
fn an_mdbook_gives_the_order_and_says_what_the_book_is() {
    let folder = read(&[
        ("book.toml", b"[book]\ntitle = \"The Book\"\nauthors = [\"Ada Lovelace <a@b.c>\"]\nlanguage = \"de\"\n[output.html]\n"),
        ("book/index.html", b"<p>Made.</p>"),
        (
            "src/SUMMARY.md",
            b"# Summary\n\n[Foreword](foreword.md)\n\n# One\n\n- [First](./one/first.md)\n  - [Nested](one/nes%20ted.md#part)\n- [Someday]()\n- [Gone](gone.md)\n\n# Two\n\n* [Second](two.md)\n* [Second](two.md)\n\n---\n\n[Afterword](afterword.md)\n",
        ),
        ("src/foreword.md", b"No heading here."),
        ("src/one/first.md", b"# The First\n\nText."),
        ("src/one/nes ted.md", b"# Nested\n\nText."),
        ("src/two.md", b"---\nauthor: Grace Hopper\n---\n# Two\n\nText."),
        ("src/afterword.md", b"# After\n\nText."),
        ("src/forgotten.md", b"# Forgotten\n\nText."),
        ("theme/head.hbs", b"x"),
    ]);
    assert_eq!(
        parts(&folder),
        [
            (None, vec!["src/foreword.md"]),
            (Some("One"), vec!["src/one/first.md", "src/one/nes ted.md", "src/gone.md"]),
            (Some("Two"), vec!["src/two.md"]),
            (None, vec!["src/afterword.md"]),
        ]
    );
    assert_eq!(
        folder.files(),
        ["src/foreword.md", "src/one/first.md", "src/one/nes ted.md", "src/two.md", "src/afterword.md"]
    );
    let manifest = &folder.input.as_ref().expect("a readable folder").0;
    assert_eq!((manifest.title.as_deref(), manifest.language.as_deref()), (Some("The Book"), Some("de")));
    // The table of contents names what does not name itself.
    assert_eq!(folder.metadata().title.as_deref(), Some("Foreword"));
    assert_eq!(folder.input().manuscripts[1].metadata.title, None);
    assert_eq!(folder.authors(), ["Ada Lovelace"]);
    assert_eq!(folder.input().manuscripts[3].metadata.authors[0].name, "Grace Hopper");
    assert_eq!(
        folder.said(),
        [
            "note draft-essay src/SUMMARY.md:9",
            "warning repeated-essay src/SUMMARY.md:15",
            "warning missing-essay src/SUMMARY.md:10",
            "warning unlisted-essay src/forgotten.md",
            "note skipped-file book/",
            "note skipped-file theme/",
        ]
    );
}

#[test]
fn the_manifest_goes_before_a_table_of_contents() {
    let folder = read(&[
        ("anthology.yaml", b"essays: [b.md, a.md]\n"),
        ("SUMMARY.md", b"# Summary\n\n- [A](a.md)\n- [B](b.md)\n"),
        ("a.md", b"A."),
        ("b.md", b"B."),
    ]);
    assert_eq!(folder.files(), ["b.md", "a.md"]);
    assert_eq!(folder.said(), ["note skipped-file SUMMARY.md"]);
}

#[test]
fn drafts_stay_out_unless_the_manifest_lists_them() {
    let files: [(&str, &[u8]); 6] = [
        ("_config.yml", b"title: Blog\n"),
        ("_posts/2024-01-02-a.md", b"---\nlayout: post\n---\nA."),
        ("_posts/2024-01-03-b.md", b"---\npublished: false\n---\nB."),
        ("_drafts/c.md", b"C."),
        ("index.html", b"{% for post in site.posts %}x{% endfor %}"),
        ("_layouts/post.html", b"{{ content }}"),
    ];
    let folder = read(&files);
    assert_eq!(folder.files(), ["_posts/2024-01-02-a.md"]);
    assert_eq!(folder.date(), "2024-01-02");
    assert_eq!(
        folder.said(),
        [
            "warning draft-essay _drafts/c.md",
            "warning draft-essay _posts/2024-01-03-b.md",
            "note skipped-file _config.yml",
            "note skipped-file _layouts/",
            "note skipped-file index.html",
        ]
    );
    let manifest = b"essays: [_drafts/c.md, _posts/2024-01-03-b.md, _posts/2024-01-02-a.md]\n";
    let with_manifest: Vec<(&str, &[u8])> =
        files.into_iter().chain([("anthology.yaml", manifest.as_slice())]).collect();
    let folder = read(&with_manifest);
    assert_eq!(folder.files(), ["_drafts/c.md", "_posts/2024-01-03-b.md", "_posts/2024-01-02-a.md"]);
}

#[test]
fn a_hugo_bundle_is_an_essay_by_its_folders_name() {
    let folder = read(&[
        ("hugo.toml", b"title = 'Blog'\n"),
        ("layouts/single.html", b"{{ .Content }}"),
        ("content/_index.md", b"---\ntitle: All\n---\nAll posts."),
        ("content/2024-09-03-the-open-road/index.md", b"Text with ![a road](road.png)."),
        ("content/2024-09-03-the-open-road/road.png", b"png"),
        ("content/2023-01-01-before/index.md", b"+++\ndraft = false\n+++\nText."),
        ("content/unfinished.md", b"+++\ndraft = true\n+++\nText."),
    ]);
    assert_eq!(
        folder.files(),
        ["content/2023-01-01-before/index.md", "content/2024-09-03-the-open-road/index.md"]
    );
    let essay = &folder.input().manuscripts[1];
    assert_eq!(essay.metadata.date.map(|date| date.to_string()).as_deref(), Some("2024-09-03"));
    assert_eq!(essay.metadata.aliases, ["2024-09-03-the-open-road"]);
    let document = garland::parse::parse(essay, &mut garland::diagnostic::Diagnostics::new()).0;
    assert_eq!(document.metadata.title.as_deref(), Some("The open road"));
    assert_eq!(folder.input().pictures[0].path, "content/2024-09-03-the-open-road/road.png");
    assert_eq!(
        folder.said(),
        [
            "warning draft-essay content/unfinished.md",
            "note skipped-file content/_index.md",
            "note skipped-file hugo.toml",
            "note skipped-file layouts/",
        ]
    );
}

#[test]
fn every_file_is_an_essay_an_asset_or_named() {
    let mut files: Vec<(String, &[u8])> =
        (0..20).map(|n| (format!("tools/t{n:02}.py"), b"x".as_slice())).collect();
    for name in [
        "a.md",
        "a.html",
        "b.qmd",
        "style.css",
        "notes.json",
        "paper.pdf",
        "shot.png",
        ".git/config",
        ".DS_Store",
        "node_modules/x/readme.md",
        "film.mp4",
        "Face.otf",
        "odd.xyz",
        "noextension",
    ] {
        files.push((name.to_owned(), b"Text."));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    let folder = read(&files);
    assert_eq!(folder.files(), ["a.md", "b.qmd"]);
    let said: Vec<String> = folder
        .diagnostics
        .iter()
        .map(|it| {
            format!(
                "{}{}",
                it.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default(),
                it.message
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            "paper.pdf: this looks like an essay, but its format is not read",
            "no essay shows `shot.png`",
            "Face.otf: left out: fonts are only taken from fonts/",
            "a.html: left out: the essay of the same name beside it is taken instead",
            "film.mp4: left out: sound and film have no place in a printed book",
            "node_modules/: left out: it holds programs, not essays",
            "noextension: left out: it is neither an essay nor a picture, font or bibliography",
            "odd.xyz: left out: it is neither an essay nor a picture, font or bibliography",
            "notes.json: left out: no manifest and no essay names it as a bibliography",
            "style.css: left out: it is a program or a style sheet",
            "tools: `tools/t00.py`, `tools/t01.py`, `tools/t02.py` and 17 more are left out: it is a program or a style sheet",
            "`.DS_Store` and `.git` are left out: hidden files hold no essays",
        ]
    );
}
