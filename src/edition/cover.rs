//! The cover: the editor's picture, or the book's words under a garland, in colours chosen by its title.

mod canvas;
mod lettering;
mod palette;
mod wreath;

use crate::anthology::{Anthology, Picture, PictureFormat};
use crate::edition::EditionError;
use crate::fonts::{Fonts, Style};
use crate::labels::Labels;

use canvas::Canvas;
use lettering::{Lettering, Room};
use palette::{Ink, Palette};

/// The cover's size in pixels: 1 to 1.6, as bookshops like it.
pub const WIDTH: u32 = 1600;
pub const HEIGHT: u32 = 2560;

const CENTRE: f32 = WIDTH as f32 / 2.0;
const MARGIN: f32 = 150.0;
const WREATH_CENTRE: f32 = 770.0;
/// Where title and subtitle stand, and where the names begin.
const WORDS_TOP: f32 = 1400.0;
const WORDS_BOTTOM: f32 = 2170.0;
const NAMES_TOP: f32 = 2230.0;

/// More authors than this are counted, not named.
const MAX_NAMED_AUTHORS: usize = 3;

/// The cover as both editions show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cover {
    pub picture: Picture,
    /// For those who do not see it.
    pub alt: String,
    /// Red, green and blue of the page around a picture that has another shape.
    pub ground: [u8; 3],
}

impl Cover {
    /// The editor's picture, or else one that is painted.
    pub fn of(anthology: &Anthology, fonts: &Fonts) -> Result<Cover, EditionError> {
        let title = &anthology.metadata.title;
        let said = || {
            let label = Labels::of(&anthology.metadata.language).cover;
            format!("{label}: {}", lines(anthology).join(". "))
        };
        if let Some(chosen) = &anthology.cover {
            let alt = chosen.alt.clone().unwrap_or_else(said);
            return Ok(Cover { picture: chosen.picture.clone(), alt, ground: [255; 3] });
        }
        let bytes = paint(anthology, fonts)?;
        let name = "cover.png".to_owned();
        let picture = Picture { name, format: PictureFormat::Png, bytes, width: WIDTH, height: HEIGHT };
        Ok(Cover { picture, alt: said(), ground: Palette::of(title).ground })
    }
}

/// What the cover says: title, subtitle if there is one, and whose book it is.
fn lines(anthology: &Anthology) -> Vec<String> {
    let metadata = &anthology.metadata;
    [Some(metadata.title.clone()), metadata.subtitle.clone(), Some(names(anthology))]
        .into_iter()
        .flatten()
        .filter(|line| !line.trim().is_empty())
        .collect()
}

/// The editors; without any, the authors or how many essays there are.
fn names(anthology: &Anthology) -> String {
    let metadata = &anthology.metadata;
    let labels = Labels::of(&metadata.language);
    let editors = labels.names(metadata.editors().map(|person| person.name.as_str()));
    if !editors.is_empty() {
        format!("{} {editors}", labels.edited_by)
    } else if metadata.authors.len() <= MAX_NAMED_AUTHORS {
        labels.names(metadata.authors.iter().map(|person| person.name.as_str()))
    } else {
        format!("{} {}", anthology.chapters.len(), labels.essays)
    }
}

/// The cover as a PNG.
pub fn paint(anthology: &Anthology, fonts: &Fonts) -> Result<Vec<u8>, EditionError> {
    let metadata = &anthology.metadata;
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    wreath::paint(&mut canvas, (CENTRE, WREATH_CENTRE), anthology.chapters.len());

    let width = WIDTH as f32 - 2.0 * MARGIN;
    if let (Some(mut roman), Some(mut italic)) =
        (Lettering::new(fonts, Style::Regular), Lettering::new(fonts, Style::Italic))
    {
        let subtitle = metadata.subtitle.as_deref().unwrap_or_default();
        let room = Room { width: width * 0.92, height: 200.0, size: 68.0, leading: 1.35 };
        let subtitle = italic.fit(subtitle, room);
        let gap = if subtitle.height() > 0.0 { 44.0 } else { 0.0 };
        let height = WORDS_BOTTOM - WORDS_TOP - subtitle.height() - gap;
        let title = roman.fit(&metadata.title, Room { width, height, size: 196.0, leading: 1.1 });
        let names = roman.fit(&names(anthology), Room { width, height: 160.0, size: 56.0, leading: 1.35 });

        // Words stand in the middle of their room; names on its last line.
        let used = title.height() + gap + subtitle.height();
        let top = WORDS_TOP + (WORDS_BOTTOM - WORDS_TOP - used) / 2.0;
        let settings = [
            roman.draw(&title, CENTRE, top),
            italic.draw(&subtitle, CENTRE, top + title.height() + gap),
            roman.draw(&names, CENTRE, NAMES_TOP + (160.0 - names.height()) / 2.0),
        ];
        for path in settings.into_iter().flatten() {
            canvas.fill(&path, Ink::Text);
        }
    }
    canvas
        .encode(Palette::of(&metadata.title))
        .map_err(|cause| EditionError::of("the cover could not be encoded", cause))
}
