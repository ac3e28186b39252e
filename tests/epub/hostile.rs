//! Input that would make a broken or a dangerous EPUB: each is told of, and none of it gets through.

use crate::harness::{Anthology, Built};

/// Everything of the issue's list that an essay can hold.
const ESSAY: &str = r##"---
title: Danger & <Sons>
lang: not a language
---
Text with a script <script>alert(1)</script> and <b onclick="alert(2)">a handler</b>.

<div onmouseover="x()" style="background: url(https://example.org/spy.png)">A division.</div>

<iframe src="https://example.org/"></iframe><object data="x.swf"></object>

<p>Not <br> closed <i>well

[A script](javascript:alert%283%29), [data](data:text/html,x), [nowhere](#no-such-place), [a file](no-such-file.md).

![A remote chart](https://example.org/chart.png)

![A drawing](drawing.svg)

![A wrong name](photo.png)

![Odd name](<a b ü 漢.png>)

![](silent.png)

<h2 id="twice">One</h2>

Text.

<h2 id="twice">Two</h2>

Control characters: a&#1;b, c&#xFFFE;d, e.

<span lang="x y z">A bad tag</span> and <span lang="fr">un bon</span>.
"##;

const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9" onload="alert(5)"><script>alert(4)</script><image href="https://example.net/spy.png" width="9" height="9"/><a xlink:href="javascript:alert(6)"><rect width="9" height="9"/></a><foreignObject><p>Hi</p></foreignObject></svg>"##;

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![128; (width * height) as usize]).unwrap();
    writer.finish().unwrap();
    bytes
}

fn jpeg(width: u16, height: u16, colour: jpeg_encoder::ColorType, pixel: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let samples = pixel.repeat(usize::from(width) * usize::from(height));
    jpeg_encoder::Encoder::new(&mut bytes, 90).encode(&samples, width, height, colour).unwrap();
    bytes
}

/// Two frames of one pixel.
fn moving_gif() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = gif::Encoder::new(&mut bytes, 1, 1, &[0, 0, 0, 255, 255, 255]).unwrap();
    for pixel in [0, 1] {
        let frame = gif::Frame { width: 1, height: 1, buffer: vec![pixel].into(), ..gif::Frame::default() };
        encoder.write_frame(&frame).unwrap();
    }
    drop(encoder);
    bytes
}

pub fn anthology() -> Anthology {
    let long_name = format!("{}.md", "a very long name ü 漢字 ".repeat(6).trim());
    Anthology::new()
        .essay("1 danger.md", ESSAY)
        .essay(&format!("2 {long_name}"), "# Long\n\nA file with a long name.\n")
        .file("drawing.svg", SVG)
        .file("photo.png", jpeg(8, 8, jpeg_encoder::ColorType::Rgb, &[200, 10, 10]))
        .file("a b ü 漢.png", png(3, 2))
        .file("silent.png", png(2, 2))
}

fn documents(built: &Built) -> String {
    ["danger-sons", "long"].map(|stem| built.epub_text(&format!("text/{stem}.xhtml"))).concat()
}

#[test]
fn nothing_active_and_nothing_remote_gets_through() {
    let built = anthology().build();
    let text = documents(&built);
    for sign in [
        "<script",
        "alert(",
        "onclick",
        "onmouseover",
        "javascript:",
        "<iframe",
        "<object",
        "style=",
        "data:",
        "spy.png",
    ] {
        assert!(!text.contains(sign), "{sign} in {text}");
    }
    assert!(!text.contains("src=\"http"), "nothing is fetched: {text}");
    assert!(text.contains("A remote chart") && text.contains("A drawing"), "descriptions stand: {text}");
    assert!(text.contains("un bon") && text.contains("lang=\"fr\"") && !text.contains("x y z"));
    for code in ["remote-picture", "missing-alt", "unresolved-link"] {
        built.expect_warning(code);
    }
    // One picture says nothing, so that nothing is claimed.
    built.epub("content.opf").lacks("conformsTo");
}

#[test]
fn a_silent_picture_is_told_of_with_its_line() {
    let built = anthology().build();
    let found = built.diagnostics().iter().find(|it| it.code == "missing-alt").expect("it is told of");
    let place = found.place.as_ref().expect("a place").to_string();
    assert!(place.starts_with("1 danger.md:2"), "{place}");
}

#[test]
fn pictures_are_what_they_are_whatever_they_are_called() {
    let opf = anthology().build().epub_text("content.opf");
    assert!(opf.contains("media-type=\"image/jpeg\" id=\"id_images_photo.jpg\""), "{opf}");
    assert!(opf.contains("media-type=\"image/svg+xml\" id=\"id_images_drawing.svg\""), "{opf}");
    assert!(
        !opf.contains("properties=\"svg") && !opf.contains("remote-resources") && !opf.contains("scripted"),
        "{opf}"
    );
}

#[test]
fn drawings_are_shapes_and_nothing_else() {
    let svg = String::from_utf8(picture(&anthology().build(), "drawing.svg")).unwrap();
    assert_eq!(
        svg,
        "<svg viewBox=\"0 0 9 9\" width=\"9\" height=\"9\" xmlns=\"http://www.w3.org/2000/svg\"><g><path fill=\"#000000\" \
         stroke=\"none\" d=\"M 0 0 L 9 0 L 9 9 L 0 9 Z\"/></g></svg>"
    );
}

/// What the EPUB holds under this name.
fn picture(built: &Built, name: &str) -> Vec<u8> {
    let bytes = built.book().epub.as_deref().expect("an EPUB");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut file = archive.by_name(&format!("OEBPS/images/{name}")).expect("the picture is there");
    let mut content = Vec::new();
    std::io::Read::read_to_end(&mut file, &mut content).unwrap();
    content
}

#[test]
fn large_pictures_are_scaled_to_the_limit() {
    let wide = jpeg(4000, 100, jpeg_encoder::ColorType::Rgb, &[10, 200, 10]);
    let built = Anthology::new()
        .essay("a.md", "# A\n\n![A field](field.jpg)\n\n![A wall](wall.png)\n")
        .file("field.jpg", wide)
        .file("wall.png", png(16, 6400))
        .build();
    let size = |name: &str| {
        let size = imagesize::blob_size(&picture(&built, name)).unwrap();
        (size.width, size.height)
    };
    assert_eq!([size("field.jpg"), size("wall.png")], [(3200, 80), (8, 3200)]);
    let notes: Vec<&str> = built
        .diagnostics()
        .iter()
        .filter(|it| it.code == "changed-picture")
        .map(|it| it.message.as_str())
        .collect();
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(notes[0].contains("4000 × 100 pixels was scaled to 3200 × 80"), "{notes:?}");
}

#[test]
fn printing_inks_become_colours_of_the_screen() {
    let inks = jpeg(16, 16, jpeg_encoder::ColorType::Cmyk, &[0, 255, 255, 0]);
    let built = Anthology::new().essay("a.md", "# A\n\n![Red](red.jpg)\n").file("red.jpg", inks).build();
    let bytes = picture(&built, "red.jpg");
    let mut decoder = zune_jpeg::JpegDecoder::new(zune_jpeg::zune_core::bytestream::ZCursor::new(&bytes));
    let pixels = decoder.decode().expect("a JPEG");
    let components = decoder.info().expect("a header").components;
    assert_eq!(components, 3);
    assert!(pixels[0] > 180 && pixels[1] < 90 && pixels[2] < 90, "red stays red: {:?}", &pixels[..3]);
}

#[test]
fn what_moves_is_told_of_and_withdraws_the_claim() {
    let built =
        Anthology::new().essay("a.md", "# A\n\n![Blinking](b.gif)\n").file("b.gif", moving_gif()).build();
    built.expect_warning("moving-picture");
    built.epub("content.opf").lacks("conformsTo").contains("accessibilityHazard\">unknown<");
}

#[test]
fn own_styles_follow_ours_unless_they_fetch_something() {
    let essay = |styles: &str| {
        let anthology = Anthology::new().essay("a.md", "# A\n\nWords.\n").file("styles/epub.css", styles);
        anthology.build()
    };
    let built = essay("p { letter-spacing: 0.01em; }\n");
    assert!(built.epub_text("stylesheet.css").ends_with("p { letter-spacing: 0.01em; }\n"));
    // Nobody has looked at its colours.
    built.epub("content.opf").lacks("conformsTo");
    for styles in
        ["@import 'x.css';", "p { background: URL(https://example.org/x.png); }", "p { b: \\75rl(x) }"]
    {
        let built = essay(styles);
        built.expect_warning("unsafe-styles");
        built.epub("stylesheet.css").lacks(styles);
    }
}

#[test]
fn a_book_of_everything_dangerous_is_well_formed() {
    let built = anthology().build();
    for path in ["text/danger-sons.xhtml", "text/long.xhtml", "nav.xhtml", "content.opf", "toc.ncx"] {
        let text = built.epub_text(path);
        let mut reader = quick_xml::Reader::from_str(&text);
        while reader.read_event().unwrap_or_else(|error| panic!("{path}: {error}"))
            != quick_xml::events::Event::Eof
        {}
    }
}

/// Pixels that no compression makes much smaller.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

fn noisy_png(side: u32, colour: png::ColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(colour);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&noise(side as usize * side as usize * colour.samples())).unwrap();
    writer.finish().unwrap();
    bytes
}

#[test]
fn pictures_of_forty_megabytes_are_made_small_enough_to_travel() {
    const LIMIT: usize = 4_000_000;
    let (photograph, drawing) = (noisy_png(3700, png::ColorType::Rgb), noisy_png(1100, png::ColorType::Rgba));
    assert!(photograph.len() > 40_000_000 && drawing.len() > LIMIT);
    let built = Anthology::new()
        .essay("a.md", "# A\n\n![A crowd](crowd.png)\n\n![A cloud](cloud.png)\n")
        .file("crowd.png", photograph)
        .file("cloud.png", drawing)
        .build();
    for name in ["crowd.jpg", "cloud.png"] {
        let length = picture(&built, name).len();
        assert!(length <= LIMIT && length > LIMIT / 4, "{name}: {length}");
    }
    let told: Vec<_> = built.diagnostics().iter().filter(|it| it.code == "changed-picture").collect();
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|it| it.message.contains("no file larger than 4 MB")));
}

#[test]
fn names_of_three_hundred_characters_and_with_spaces_find_their_files() {
    // Two folders, since no file system holds a name of 300 characters.
    let path =
        format!("{}/{}/a picture ü 漢字.png", "long name ü ".repeat(9).trim(), "other 漢 ".repeat(12).trim());
    assert!(path.len() > 250, "{}", path.len());
    let link = path.replace(' ', "%20");
    let built = Anthology::new()
        .essay("a.md", &format!("# A\n\n![One](<{path}>)\n\nAgain ![two]({link})\n"))
        .file(&path, png(2, 2))
        .build();
    built.expect_clean();
    let text = built.epub_text("text/a.xhtml");
    assert_eq!(text.matches("<img ").count(), 2, "{text}");
}

#[test]
fn a_picture_that_is_not_whole_is_told_with_its_line() {
    for (name, bytes) in [("r.png", png(90, 90)[..60].to_vec()), ("s.gif", moving_gif()[..20].to_vec())] {
        let essay = format!("# A\n\n![A ruin]({name})\n");
        let built = Anthology::new().essay("a.md", &essay).file(name, bytes).build();
        built.expect_error("picture");
        let found = built.diagnostics().iter().find(|it| it.code == "picture").expect("it is told of");
        assert!(
            found.place.as_ref().is_some_and(|place| place.to_string().starts_with("a.md:3")),
            "{found:?}"
        );
    }
    // Half a JPEG can be shown.
    let half = jpeg(3000, 2000, jpeg_encoder::ColorType::Rgb, &[9, 90, 200]);
    let half = half[..half.len() / 2].to_vec();
    Anthology::new().essay("a.md", "# A\n\n![Half](h.jpg)\n").file("h.jpg", half).build().book();
}

#[test]
fn a_drawing_with_scripts_is_shown_without_them() {
    let built = Anthology::new().essay("a.md", "# A\n\n![A drawing](d.svg)\n").file("d.svg", SVG).build();
    built.epub("text/a.xhtml").contains("alt=\"A drawing\"").lacks("alert").lacks("<script");
    built.epub("images/d.svg").contains("<svg").lacks("script").lacks("alert");
}

#[test]
fn repeated_names_lost_fragments_and_bad_language_tags_are_told_and_mended() {
    let essay = "---\ntitle: A\nlang: not a language\n---\n<h2 id=\"twice\">One</h2>\n\nText [down](#twice) and [away](#nowhere).\n\n\
                 <h2 id=\"twice\">Two</h2>\n\nMore, <span lang=\"x y z\">tagged badly</span>.\n";
    let built = Anthology::new().essay("a.md", essay).build();
    built.expect_warning("unresolved-link");
    let text = built.epub_text("text/a.xhtml");
    assert_eq!(text.matches(" id=\"a--twice\"").count() + text.matches(" id=\"twice\"").count(), 1, "{text}");
    assert!(!text.contains("x y z") && !text.contains("not a language"), "{text}");
    assert!(text.contains(">down</a>") && text.contains("and away."), "{text}");
}
