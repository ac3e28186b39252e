//! A face without the outlines that a text does not need.
//!
//! Glyph ids stay as they are, so the layout tables stay valid and are copied: only `glyf` and `loca` are
//! written anew. What substitutions can reach from the text's characters is kept too, for ligatures and
//! small capitals, contextual forms and conjuncts.

use std::borrow::Cow;
use std::collections::BTreeSet;

use skrifa::raw::collections::IntSet;
use skrifa::raw::tables::glyf::Glyph;
use skrifa::raw::types::{GlyphId, Tag};
use skrifa::raw::{FontRef, TableProvider};
use skrifa::{MetadataProvider, Tag as FeatureTag};

use crate::fonts::Face;

/// Features that no text gets unasked and that the style sheet does not ask for.
const UNUSED_FEATURES: [&[u8; 4]; 10] =
    [b"aalt", b"salt", b"zero", b"dnom", b"numr", b"frac", b"sinf", b"case", b"c2sc", b"titl"];

/// Tables that nothing here reads: vertical metrics, and a signature that no longer holds.
const DROPPED_TABLES: [&[u8; 4]; 4] = [b"vhea", b"vmtx", b"VORG", b"DSIG"];

/// How deep composite glyphs are followed.
const MAX_COMPOSITE_DEPTH: usize = 8;

/// `None` for a face that cannot be cut down: one without TrueType outlines, or a damaged one.
pub fn subset(face: &Face, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = face.font();
    let glyphs = needed_glyphs(&font, characters)?;
    let (glyf, loca) = outlines(&font, &glyphs)?;
    let mut tables: Vec<(Tag, Cow<[u8]>)> = Vec::new();
    for record in font.table_directory().table_records() {
        let tag = record.tag();
        if DROPPED_TABLES.iter().any(|dropped| Tag::new(dropped) == tag) {
            continue;
        }
        let data = font.table_data(tag)?;
        let data = data.as_bytes();
        let data = match &tag.to_be_bytes() {
            b"glyf" => Cow::Borrowed(glyf.as_slice()),
            b"loca" => Cow::Borrowed(loca.as_slice()),
            b"head" => Cow::Owned(without_checksum(data)?),
            b"post" => Cow::Owned(without_names(data)?),
            _ => Cow::Borrowed(data),
        };
        tables.push((tag, data));
    }
    tables.sort_by_key(|(tag, _)| *tag);
    assemble(&tables)
}

/// The glyphs of the characters and everything they can turn into or be built from.
fn needed_glyphs(font: &FontRef, characters: &BTreeSet<char>) -> Option<IntSet<GlyphId>> {
    let charmap = font.charmap();
    let mut glyphs: IntSet<GlyphId> = characters.iter().filter_map(|c| charmap.map(*c)).collect();
    // The hyphen that a reading system adds, the replacement glyph, and the space.
    glyphs.extend(['-', '\u{2010}', ' ', '\u{a0}'].into_iter().filter_map(|c| charmap.map(c)));
    glyphs.insert(GlyphId::NOTDEF);
    if let Ok(gsub) = font.gsub() {
        let mut features: IntSet<FeatureTag> = IntSet::all();
        for feature in UNUSED_FEATURES {
            features.remove(FeatureTag::new(feature));
        }
        for number in 1..=20 {
            for prefix in ["ss", "cv"] {
                features.remove(FeatureTag::new_checked(format!("{prefix}{number:02}").as_bytes()).ok()?);
            }
        }
        let features = gsub.collect_features(&IntSet::all(), &IntSet::all(), &features).ok()?;
        let lookups = gsub.collect_lookups(&features).ok()?;
        gsub.closure_glyphs(&lookups, &mut glyphs).ok()?;
    }
    let (glyf, loca) = (font.glyf().ok()?, font.loca(None).ok()?);
    let mut layer: Vec<GlyphId> = glyphs.iter().collect();
    for _ in 0..MAX_COMPOSITE_DEPTH {
        let mut components = Vec::new();
        for id in layer {
            if let Some(Glyph::Composite(composite)) = loca.get_glyf(id, &glyf).ok().flatten() {
                components.extend(composite.components().map(|component| GlyphId::from(component.glyph)));
            }
        }
        components.retain(|id| glyphs.insert(*id));
        layer = components;
    }
    Some(glyphs)
}

/// New `glyf` and `loca` tables; glyphs that are not needed have no outline.
fn outlines(font: &FontRef, glyphs: &IntSet<GlyphId>) -> Option<(Vec<u8>, Vec<u8>)> {
    let loca = font.loca(None).ok()?;
    let is_long = font.head().ok()?.index_to_loc_format() == 1;
    let data = font.table_data(Tag::new(b"glyf"))?;
    let mut glyf = Vec::new();
    let mut offsets = Vec::new();
    let mut write_offset = |offset: usize| -> Option<()> {
        if is_long {
            offsets.extend(u32::try_from(offset).ok()?.to_be_bytes());
        } else {
            offsets.extend(u16::try_from(offset / 2).ok()?.to_be_bytes());
        }
        Some(())
    };
    for index in 0..u32::from(font.maxp().ok()?.num_glyphs()) {
        write_offset(glyf.len())?;
        if glyphs.contains(GlyphId::new(index)) {
            let at = index as usize;
            let (start, end) = (loca.get_raw(at)? as usize, loca.get_raw(at + 1)? as usize);
            glyf.extend_from_slice(data.as_bytes().get(start..end)?);
            glyf.resize(glyf.len().next_multiple_of(4), 0);
        }
    }
    write_offset(glyf.len())?;
    Some((glyf, offsets))
}

/// `head` with an empty checksum adjustment; [`assemble`] fills it in.
fn without_checksum(head: &[u8]) -> Option<Vec<u8>> {
    let mut head = head.to_vec();
    head.get_mut(8..12)?.fill(0);
    Some(head)
}

/// `post` in its version 3, which names no glyphs.
fn without_names(post: &[u8]) -> Option<Vec<u8>> {
    let mut post = post.get(..32)?.to_vec();
    post.get_mut(..4)?.copy_from_slice(&0x0003_0000_u32.to_be_bytes());
    Some(post)
}

/// A font file of tables that are sorted by tag.
fn assemble(tables: &[(Tag, Cow<[u8]>)]) -> Option<Vec<u8>> {
    let count = u16::try_from(tables.len()).ok()?;
    let selector = count.checked_ilog2()? as u16;
    let range = 16_u16.checked_shl(u32::from(selector))?;
    let size = 12 + tables.iter().map(|(_, data)| 16 + data.len().next_multiple_of(4)).sum::<usize>();
    let mut file = Vec::with_capacity(size);
    file.extend(0x0001_0000_u32.to_be_bytes());
    for value in [count, range, selector, (count * 16).checked_sub(range)?] {
        file.extend(value.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    let mut adjustment_at = None;
    for (tag, data) in tables {
        if tag == &Tag::new(b"head") {
            adjustment_at = Some(offset + 8);
        }
        file.extend(tag.to_be_bytes());
        file.extend(checksum(data).to_be_bytes());
        file.extend(u32::try_from(offset).ok()?.to_be_bytes());
        file.extend(u32::try_from(data.len()).ok()?.to_be_bytes());
        offset += data.len().next_multiple_of(4);
    }
    for (_, data) in tables {
        file.extend_from_slice(data);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    let at = adjustment_at?;
    // The specification's constant: the adjusted file sums up to it.
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&file));
    file.get_mut(at..at + 4)?.copy_from_slice(&adjustment.to_be_bytes());
    Some(file)
}

/// The sum of big-endian words, the last one filled with zeros.
fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0_u32, |sum, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}
