//! Essays set side by side.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::{IntoParallelIterator, IntoParallelRefMutIterator, ParallelIterator};

use super::compositor::Compositor;
use super::galley::Galley;
use super::lexicon::Lexicon;
use super::paginate::Start;
use super::theme::Layout;
use crate::anthology::Anthology;
use crate::fonts::{FaceId, Fonts};

/// How many essays each lane sets before they are laid: few enough that not much waits in memory, enough
/// that no lane waits long for another.
const ESSAYS_AT_A_TIME: usize = 16;

/// One compositor for each thread; what one has shaped, all find in the [lexicon](super::lexicon).
pub struct Lanes<'a> {
    anthology: &'a Anthology,
    compositors: Vec<Compositor<'a>>,
    /// On which sides essays may begin.
    starts: &'static [Start],
}

impl<'a> Lanes<'a> {
    pub fn new(anthology: &'a Anthology, fonts: &'a Fonts, layout: &'a Layout, lexicon: &'a Lexicon) -> Self {
        const RECTO: Start = Start { on_verso: false, shared: None };
        const VERSO: Start = Start { on_verso: true, shared: None };
        let compositors =
            (0..rayon::current_num_threads()).map(|_| Compositor::new(anthology, fonts, layout, lexicon));
        let starts: &[Start] = if layout.opens_right { &[RECTO] } else { &[RECTO, VERSO] };
        Lanes { anthology, compositors: compositors.collect(), starts }
    }

    /// Gives back what the lanes know, on all cores; tells which faces they used.
    pub fn close(self) -> BTreeSet<FaceId> {
        let faces = self.compositors.iter().flat_map(|compositor| compositor.shaper.faces_in_use());
        let faces = faces.copied().collect();
        self.compositors.into_par_iter().for_each(drop);
        faces
    }

    /// How many essays are set at a time.
    pub fn reach(&self) -> usize {
        self.compositors.len() * ESSAYS_AT_A_TIME
    }

    /// Sets essays and divides them into pages, for every side that they may begin on. Each lane takes the next
    /// one when it is done with the last.
    pub fn set_chapters(&mut self, range: Range<usize>) -> Vec<Galley> {
        let chapters = self.anthology.chapters.get(range).unwrap_or_default();
        let next = AtomicUsize::new(0);
        let mut set: Vec<(usize, Galley)> = self
            .compositors
            .par_iter_mut()
            .flat_map_iter(|compositor| {
                let mut set = Vec::new();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(chapter) = chapters.get(index) else { return set };
                    let mut galley = compositor.set_chapter(chapter);
                    galley.pagination = Some(compositor.paginate(&mut galley, self.starts));
                    set.push((index, galley));
                }
            })
            .collect();
        set.sort_unstable_by_key(|(index, _)| *index);
        set.into_iter().map(|(_, galley)| galley).collect()
    }
}
