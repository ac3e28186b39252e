//! Rules that every broken paragraph keeps.

use garland::typeset::justify::{FORBIDDEN, FORCED, Item, Justification, LineEnd, break_lines, line_start};
use proptest::prelude::{Strategy, prop, prop_assert, prop_assert_eq, proptest};

const SPACE: Item = Item::Glue { width: 3.0, stretch: 1.5, shrink: 1.0 };
const END: Item = Item::Penalty { width: 0.0, cost: FORCED, hyphen: false, hang_right: 0.0 };
const HYPHEN: Item = Item::Penalty { width: 2.0, cost: 60.0, hyphen: true, hang_right: 0.0 };

fn word(width: f32) -> Item {
    Item::Box { width, hang_left: 0.0, hang_right: 0.0 }
}

/// A paragraph of words, each a row of syllables.
fn paragraph(words: &[Vec<u8>]) -> Vec<Item> {
    let mut items = Vec::new();
    for (index, syllables) in words.iter().enumerate() {
        if index > 0 {
            items.push(SPACE);
        }
        for (index, &width) in syllables.iter().enumerate() {
            if index > 0 {
                items.push(HYPHEN);
            }
            items.push(word(f32::from(width)));
        }
    }
    items.push(END);
    items
}

fn justified(measure: f32) -> Justification {
    Justification { measure, shortest_last_line: 12.0, ragged: None }
}

/// Each line's boxes and its width with the glue set as chosen.
fn set(items: &[Item], ends: &[LineEnd]) -> Vec<(usize, f32)> {
    let mut start = 0;
    let mut lines = Vec::new();
    for end in ends {
        let mut width = 0.0;
        let mut boxes = 0;
        for item in &items[start..end.item] {
            match *item {
                Item::Box { width: box_width, .. } => {
                    width += box_width;
                    boxes += 1;
                }
                Item::Glue { width: space, stretch, shrink } => {
                    width += space + if end.ratio >= 0.0 { stretch * end.ratio } else { shrink * end.ratio };
                }
                Item::Penalty { .. } => {}
            }
        }
        if let Item::Penalty { width: hyphen, .. } = items[end.item] {
            width += hyphen;
        }
        lines.push((boxes, width));
        start = line_start(items, end.item);
    }
    lines
}

fn words() -> impl Strategy<Value = Vec<Vec<u8>>> {
    prop::collection::vec(prop::collection::vec(4u8..14, 1..4), 1..80)
}

proptest! {
    #[test]
    fn every_box_is_on_exactly_one_line(words in words(), measure in 60u16..240) {
        let items = paragraph(&words);
        let ends = break_lines(&items, &justified(f32::from(measure)));
        let boxes: usize = set(&items, &ends).iter().map(|(boxes, _)| boxes).sum();
        prop_assert_eq!(boxes, words.iter().map(Vec::len).sum::<usize>());
        prop_assert_eq!(ends.last().map(|end| end.item), Some(items.len() - 1));
    }

    #[test]
    fn no_line_is_longer_than_the_measure(words in words(), measure in 60u16..240) {
        let items = paragraph(&words);
        let ends = break_lines(&items, &justified(f32::from(measure)));
        for (_, width) in set(&items, &ends) {
            prop_assert!(width <= f32::from(measure) + 0.01, "{} on a measure of {}", width, measure);
        }
    }

    #[test]
    fn every_line_but_the_last_is_full(words in words(), measure in 60u16..240) {
        let items = paragraph(&words);
        let ends = break_lines(&items, &justified(f32::from(measure)));
        let lines = set(&items, &ends);
        for (boxes, width) in &lines[..lines.len() - 1] {
            let alone = *boxes == 1 || *width < f32::from(measure) && *boxes < 2;
            prop_assert!(alone || (width - f32::from(measure)).abs() < 0.05, "{} on {}", width, measure);
        }
    }

    #[test]
    fn breaking_never_fails(words in words(), measure in 1u16..40) {
        let items = paragraph(&words);
        prop_assert!(!break_lines(&items, &justified(f32::from(measure))).is_empty());
    }
}

#[test]
fn a_box_wider_than_the_measure_stands_alone() {
    let items = [word(10.0), SPACE, word(500.0), SPACE, word(10.0), END];
    let ends = break_lines(&items, &justified(100.0));
    assert_eq!(ends.iter().map(|end| end.item).collect::<Vec<_>>(), [1, 3, 5]);
}

#[test]
fn a_forced_break_ends_a_line_early() {
    let items = [word(10.0), END, word(10.0), END];
    let ends = break_lines(&items, &justified(100.0));
    assert_eq!(ends.iter().map(|end| end.item).collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn the_whole_paragraph_decides_not_the_first_line() {
    // First-fit would fill the first line to the brim and leave the second one gaping.
    let widths = [40.0, 40.0, 8.0, 60.0, 34.0, 40.0];
    let mut items: Vec<Item> = Vec::new();
    for width in widths {
        items.extend([word(width), SPACE]);
    }
    items.pop();
    items.push(END);
    let ends = break_lines(&items, &justified(100.0));
    let worst = ends.iter().map(|end| end.ratio.abs()).fold(0.0, f32::max);
    assert!(ends.len() == 3 && worst < 12.0, "{ends:?}");
}

#[test]
fn hyphens_do_not_pile_up() {
    let syllables: Vec<Vec<u8>> = std::iter::repeat_n(vec![9, 9, 9, 9], 40).collect();
    let items = paragraph(&syllables);
    let ends = break_lines(&items, &justified(100.0));
    let hyphenated: Vec<bool> =
        ends.iter().map(|end| matches!(items[end.item], Item::Penalty { hyphen: true, .. })).collect();
    assert!(!hyphenated.windows(3).any(|three| three.iter().all(|&hyphen| hyphen)), "{hyphenated:?}");
}

#[test]
fn two_breaks_with_nothing_between_make_no_empty_line() {
    let items = [word(90.0), HYPHEN, HYPHEN, SPACE, word(90.0), HYPHEN, HYPHEN, word(90.0), END];
    let ends = break_lines(&items, &justified(100.0));
    let boxes: Vec<usize> = set(&items, &ends).iter().map(|(boxes, _)| *boxes).collect();
    assert_eq!(boxes, [1, 1, 1]);
}

#[test]
fn no_line_ends_at_a_space_that_holds() {
    let hold = Item::Penalty { width: 0.0, cost: FORBIDDEN, hyphen: false, hang_right: 0.0 };
    let fill = Item::Glue { width: 0.0, stretch: 1000.0, shrink: 0.0 };
    let items = [word(32.0), SPACE, word(30.0), SPACE, word(32.0), hold, SPACE, word(30.0), fill, END];
    let ends = break_lines(&items, &justified(100.0));
    let ends: Vec<usize> = ends.iter().map(|end| end.item).collect();
    assert_eq!(ends, [3, 9], "the first line would be full with its third word");
}
