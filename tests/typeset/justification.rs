//! Rules that every broken paragraph keeps.

use garland::typeset::justify::{
    FORBIDDEN, FORCED, Item, Justification, LAST_RESORT, LineEnd, break_into, break_lines, line_start,
};
use proptest::prelude::{Strategy, prop, prop_assert, prop_assert_eq, proptest};

const SPACE: Item = Item::Glue { width: 3.0, stretch: 1.5, shrink: 1.0 };
const GIVE: f32 = 0.02;
const END: Item = Item::Penalty { width: 0.0, cost: FORCED, hyphen: false, hang_right: 0.0 };
const HYPHEN: Item = Item::Penalty { width: 2.0, cost: 60.0, hyphen: true, hang_right: 0.0 };

fn word(width: f32) -> Item {
    Item::Box { width, give: width * GIVE, hang_left: 0.0, hang_right: 0.0 }
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
                Item::Box { width: box_width, give, .. } => {
                    width += box_width + give * end.give;
                    boxes += 1;
                }
                Item::Glue { width: space, stretch, shrink } => {
                    width += space + if end.space >= 0.0 { stretch * end.space } else { shrink * end.space };
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

/// What a setting costs by the book: each line by how far its glue and boxes are changed, then what it does
/// to its neighbours. None if it is not allowed.
fn price(items: &[Item], breaks: &[usize], rules: &Justification, tolerance: f64) -> Option<f64> {
    let is_hyphen = |at: usize| matches!(items[at], Item::Penalty { hyphen: true, .. });
    let (mut start, mut fitness, mut hyphens, mut sum) = (0, 1i32, 0, 0.0);
    for (index, &end) in breaks.iter().enumerate() {
        let (mut width, mut stretch, mut shrink, mut give) = (0.0, 0.0, 0.0, 0.0);
        for item in &items[start..end] {
            match *item {
                Item::Box { width: own, give: own_give, .. } => {
                    width += f64::from(own);
                    give += f64::from(own_give);
                }
                Item::Glue { width: own, stretch: more, shrink: less } => {
                    width += f64::from(own);
                    stretch += f64::from(more);
                    shrink += f64::from(less);
                }
                Item::Penalty { .. } => {}
            }
        }
        let mut cost = 0.0;
        if let Item::Penalty { width: own, cost: own_cost, .. } = items[end] {
            width += f64::from(own);
            cost = f64::from(own_cost.max(0.0));
        }
        let last = index + 1 == breaks.len();
        let missing = f64::from(rules.measure) - width;
        let ratio = match missing {
            missing if missing.abs() < 1e-3 || missing > 0.0 && last => 0.0,
            missing if missing < 0.0 => missing / (shrink + give),
            missing if missing > stretch + give => (missing - give) / stretch,
            missing => missing / (stretch + give),
        };
        hyphens = if is_hyphen(end) { hyphens + 1 } else { 0 };
        let runt = last && index > 0 && width < f64::from(rules.shortest_last_line);
        if !(-1.0..=tolerance).contains(&ratio) || hyphens > 2 || runt {
            return None;
        }
        let class =
            [-0.5, 0.5, 1.0].iter().filter(|&&bound| ratio > bound || bound < 0.0 && ratio >= bound).count();
        let class = class as i32;
        sum += (10.0 + 100.0 * ratio.abs().powi(3)).powi(2) + cost * cost;
        sum += if hyphens == 2 { 6_000.0 } else { 0.0 };
        sum += if last && index > 0 && is_hyphen(breaks[index - 1]) { 20_000.0 } else { 0.0 };
        sum += if (class - fitness).abs() > 1 { 3_000.0 } else { 0.0 };
        fitness = class;
        start = line_start(items, end);
    }
    Some(sum)
}

/// The best of all ways to break a paragraph, tried one by one; of those in so many lines, if that is asked.
fn try_everything(items: &[Item], rules: &Justification, lines: Option<usize>) -> Option<f64> {
    let places: Vec<usize> =
        (1..items.len() - 1).filter(|&at| !matches!(items[at], Item::Box { .. })).collect();
    let all = (0..1u32 << places.len()).filter_map(|chosen| {
        let mut breaks: Vec<usize> =
            (0..places.len()).filter(|bit| chosen >> bit & 1 == 1).map(|bit| places[bit]).collect();
        breaks.push(items.len() - 1);
        let wanted = lines.is_none_or(|lines| lines == breaks.len());
        wanted.then(|| price(items, &breaks, rules, 1.5)).flatten()
    });
    all.min_by(f64::total_cmp)
}

fn short_words() -> impl Strategy<Value = Vec<Vec<u8>>> {
    prop::collection::vec(prop::collection::vec(5u8..16, 1..3), 2..9)
}

proptest! {
    #[test]
    fn no_other_breaks_cost_less(words in short_words(), measure in 30u16..90) {
        let items = paragraph(&words);
        let rules = justified(f32::from(measure));
        if let Some(least) = try_everything(&items, &rules, None) {
            let found = break_lines(&items, &rules).demerits;
            prop_assert!((found - least).abs() <= 1e-6 * least, "{} where {} is possible", found, least);
        }
    }

    #[test]
    fn a_line_more_or_less_costs_the_least_too(words in short_words(), measure in 30u16..90) {
        let items = paragraph(&words);
        let rules = justified(f32::from(measure));
        let best = break_lines(&items, &rules);
        for lines in [best.ends.len().saturating_sub(1), best.ends.len(), best.ends.len() + 1] {
            if let Some(least) = try_everything(&items, &rules, Some(lines)) {
                let found = break_into(&items, &rules, &best, lines).expect("a setting");
                prop_assert_eq!(found.ends.len(), lines);
                prop_assert!((found.demerits - least).abs() <= 1e-6 * least, "{} and {}", found.demerits, least);
            }
        }
    }

    #[test]
    fn never_three_hyphens_in_a_row_where_there_is_another_way(words in words(), measure in 60u16..240) {
        let items = paragraph(&words);
        let ends = break_lines(&items, &justified(f32::from(measure))).ends;
        let hyphens: Vec<bool> =
            ends.iter().map(|end| matches!(items[end.item], Item::Penalty { hyphen: true, .. })).collect();
        prop_assert!(!hyphens.windows(3).any(|three| three.iter().all(|&hyphen| hyphen)), "{:?}", hyphens);
    }
}

proptest! {
    #[test]
    fn every_box_is_on_exactly_one_line(words in words(), measure in 60u16..240) {
        let items = paragraph(&words);
        let ends = break_lines(&items, &justified(f32::from(measure))).ends;
        let boxes: usize = set(&items, &ends).iter().map(|(boxes, _)| boxes).sum();
        prop_assert_eq!(boxes, words.iter().map(Vec::len).sum::<usize>());
        prop_assert_eq!(ends.last().map(|end| end.item), Some(items.len() - 1));
    }

    #[test]
    fn no_line_is_longer_than_the_measure(words in words(), measure in 60u16..240) {
        let items = paragraph(&words);
        let ends = break_lines(&items, &justified(f32::from(measure))).ends;
        for (_, width) in set(&items, &ends) {
            prop_assert!(width <= f32::from(measure) + 0.01, "{} on a measure of {}", width, measure);
        }
    }

    #[test]
    fn every_line_but_the_last_is_full(words in words(), measure in 60u16..240) {
        let items = paragraph(&words);
        let ends = break_lines(&items, &justified(f32::from(measure))).ends;
        let lines = set(&items, &ends);
        for (boxes, width) in &lines[..lines.len() - 1] {
            let alone = *boxes == 1 || *width < f32::from(measure) && *boxes < 2;
            prop_assert!(alone || (width - f32::from(measure)).abs() < 0.05, "{} on {}", width, measure);
        }
    }

    #[test]
    fn breaking_never_fails(words in words(), measure in 1u16..40) {
        let items = paragraph(&words);
        prop_assert!(!break_lines(&items, &justified(f32::from(measure))).ends.is_empty());
    }
}

#[test]
fn a_box_wider_than_the_measure_stands_alone() {
    let items = [word(10.0), SPACE, word(500.0), SPACE, word(10.0), END];
    let ends = break_lines(&items, &justified(100.0)).ends;
    assert_eq!(ends.iter().map(|end| end.item).collect::<Vec<_>>(), [1, 3, 5]);
}

#[test]
fn a_forced_break_ends_a_line_early() {
    let items = [word(10.0), END, word(10.0), END];
    let ends = break_lines(&items, &justified(100.0)).ends;
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
    let ends = break_lines(&items, &justified(100.0)).ends;
    let worst = ends.iter().map(|end| end.space.abs()).fold(0.0, f32::max);
    assert!(ends.len() == 3 && worst < 12.0, "{ends:?}");
}

#[test]
fn hyphens_do_not_pile_up() {
    let syllables: Vec<Vec<u8>> = std::iter::repeat_n(vec![9, 9, 9, 9], 40).collect();
    let items = paragraph(&syllables);
    let ends = break_lines(&items, &justified(100.0)).ends;
    let hyphenated: Vec<bool> =
        ends.iter().map(|end| matches!(items[end.item], Item::Penalty { hyphen: true, .. })).collect();
    assert!(!hyphenated.windows(3).any(|three| three.iter().all(|&hyphen| hyphen)), "{hyphenated:?}");
}

#[test]
fn two_breaks_with_nothing_between_make_no_empty_line() {
    let items = [word(90.0), HYPHEN, HYPHEN, SPACE, word(90.0), HYPHEN, HYPHEN, word(90.0), END];
    let ends = break_lines(&items, &justified(100.0)).ends;
    let boxes: Vec<usize> = set(&items, &ends).iter().map(|(boxes, _)| *boxes).collect();
    assert_eq!(boxes, [1, 1, 1]);
}

#[test]
fn no_line_ends_at_a_space_that_holds() {
    let hold = Item::Penalty { width: 0.0, cost: FORBIDDEN, hyphen: false, hang_right: 0.0 };
    let fill = Item::Glue { width: 0.0, stretch: 1000.0, shrink: 0.0 };
    let items = [word(32.0), SPACE, word(30.0), SPACE, word(32.0), hold, SPACE, word(30.0), fill, END];
    let ends = break_lines(&items, &justified(100.0)).ends;
    let ends: Vec<usize> = ends.iter().map(|end| end.item).collect();
    assert_eq!(ends, [3, 9], "the first line would be full with its third word");
}

#[test]
fn a_last_resort_is_taken_only_when_nothing_else_keeps_text_between_the_margins() {
    let anywhere = Item::Penalty { width: 0.0, cost: LAST_RESORT, hyphen: false, hang_right: 0.0 };
    let quarter = [word(20.0), SPACE];
    let mut loose = [quarter, quarter, quarter, quarter].concat();
    loose.extend([word(8.0), anywhere, word(70.0), END]);
    let ends: Vec<usize> = break_lines(&loose, &justified(100.0)).ends.iter().map(|end| end.item).collect();
    assert_eq!(ends, [7, 11], "a loose line rather than a word cut in two");
    let overlong = [word(10.0), SPACE, word(80.0), anywhere, word(80.0), END];
    let ends: Vec<usize> =
        break_lines(&overlong, &justified(100.0)).ends.iter().map(|end| end.item).collect();
    assert_eq!(ends, [3, 5]);
}

#[test]
fn a_paragraph_can_be_asked_for_one_line_more() {
    let words: Vec<Vec<u8>> =
        (0..400u16).map(|index| vec![8 + (index % 7) as u8, 9 + (index % 5) as u8]).collect();
    let items = paragraph(&words);
    let rules = justified(240.0);
    let best = break_lines(&items, &rules);
    let longer = break_into(&items, &rules, &best, best.ends.len() + 1).expect("a line more");
    assert_eq!(longer.ends.len(), best.ends.len() + 1);
    assert!(longer.demerits >= best.demerits);
}

#[test]
fn twenty_thousand_words_and_as_many_of_no_width_are_broken_in_linear_time() {
    let words: Vec<Vec<u8>> = (0..20_000).map(|index| vec![6 + (index % 9) as u8, 9]).collect();
    let started = std::time::Instant::now();
    assert!(break_lines(&paragraph(&words), &justified(300.0)).ends.len() > 1000);
    let nothing: Vec<Vec<u8>> = (0..20_000).map(|_| vec![0, 0]).collect();
    assert!(!break_lines(&paragraph(&nothing), &justified(300.0)).ends.is_empty());
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}
