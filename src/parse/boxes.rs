//! Boxes of Web pages that are headings and lists in their text: key takeaways, questions to the reader.

use crate::document::{Block, Inline, List, Parsed, plain_text};

/// How the heading of a box of takeaways starts.
const TAKEAWAYS: &[&str] = &[
    "key takeaways|key takeaway|main takeaways|takeaways|the takeaways|key points|main points|key insights|key \
     findings|tl dr|tldr|in short|in brief|in a nutshell|at a glance|summary|quick summary|highlights|key highlights|\
     what you will learn|what youll learn|what you need to know",
    "das wichtigste in kürze|das wichtigste|auf einen blick|kernaussagen|kernpunkte|in kürze|kurz gefasst|\
     zusammenfassung|wichtigste erkenntnisse",
    "à retenir|points clés|les points clés|ce quil faut retenir|lessentiel|en bref|en résumé",
    "puntos clave|conclusiones clave|ideas clave|lo esencial|en resumen|en breve",
    "najważniejsze wnioski|kluczowe wnioski|najważniejsze informacje|w skrócie|w pigułce|podsumowanie",
    "principais conclusões|pontos principais|pontos chave|em resumo|o essencial",
    "punti chiave|punti salienti|in sintesi|in breve|da ricordare",
    "belangrijkste punten|kernpunten|in het kort|samengevat|samenvatting",
];
/// How the heading of questions to the reader starts.
const QUESTIONS: &[&str] = &[
    "join the conversation|join the discussion|discussion questions|discussion|questions for discussion|questions for \
     reflection|reflection questions|questions to consider|questions to ponder|questions for readers|questions for the \
     reader|study questions|think about it|food for thought|for discussion|for reflection|lets discuss|lets talk|what \
     do you think|your thoughts|over to you|your turn|questions",
    "diskutieren sie mit|diskutiert mit|diskussionsfragen|fragen zur diskussion|fragen zum nachdenken|was meinen \
     sie|was meint ihr|was denkst du",
    "questions de discussion|questions pour réfléchir|questions pour la discussion|et vous|quen pensez vous|pour en \
     discuter",
    "preguntas para reflexionar|preguntas para el debate|para reflexionar|qué opinas|únete a la conversación",
    "pytania do dyskusji|pytania do refleksji|pytania|do przemyślenia|co o tym sądzisz|a wy co myślicie",
    "perguntas para reflexão|perguntas para discussão|para refletir|o que você acha|participe da conversa",
    "domande per riflettere|domande per la discussione|per riflettere|cosa ne pensi|unisciti alla conversazione",
    "vragen ter discussie|discussievragen|vragen om over na te denken|wat denk jij|praat mee",
];
/// A longer heading says something of its own.
const HEADING_WORDS: usize = 16;

/// Turns such sections into callouts.
pub fn frame(blocks: &mut Vec<Block<Parsed>>) {
    let mut index = 0;
    while index < blocks.len() {
        let found =
            title(&blocks[index]).and_then(|(title, is_heading)| frame_at(blocks, index, &title, is_heading));
        if let Some((kind, length)) = found {
            let mut section = blocks.splice(index..index + length, []).collect::<Vec<_>>().into_iter();
            if let Some(Block::Heading { content: title, .. } | Block::Paragraph(title)) = section.next() {
                blocks
                    .insert(index, Block::Callout { kind: kind.to_owned(), title, body: section.collect() });
            }
        }
        index += 1;
    }
}

/// The words of a heading, or of a short paragraph that is one in all but name.
fn title(block: &Block<Parsed>) -> Option<(String, bool)> {
    const PARAGRAPH_WORDS: usize = 6;
    let (content, limit, is_heading) = match block {
        Block::Heading { content, .. } => (content, HEADING_WORDS, true),
        Block::Paragraph(content) if content.len() <= 2 => (content, PARAGRAPH_WORDS, false),
        _ => return None,
    };
    let first_text = match content.first() {
        Some(Inline::Text(text)) => text.len(),
        _ => 0,
    };
    // Most paragraphs are too long, and their text need not be put together to see it.
    if first_text > 200 {
        return None;
    }
    let text = plain_text(content);
    let is_short = text.split_whitespace().nth(limit).is_none();
    is_short.then(|| (words(&text), is_heading))
}

fn words(text: &str) -> String {
    let text = text.replace(['\'', '’'], "").to_lowercase();
    text.split(|next: char| !next.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What kind of box starts at a title, and of how many blocks it consists.
fn frame_at(
    blocks: &[Block<Parsed>],
    index: usize,
    title: &str,
    is_heading: bool,
) -> Option<(&'static str, usize)> {
    let section = &blocks[index + 1..];
    let is_points = matches!(section.first(), Some(Block::List(list)) if list.items.len() > 1);
    let asked = section.iter().take_while(|block| asks(block)).count();
    if !is_points && asked == 0 {
        return None;
    }
    if names(TAKEAWAYS, title, true) {
        return is_points.then_some(("takeaways", 2));
    }
    if !names(QUESTIONS, title, false) {
        return None;
    }
    // One question below a heading may open an argument; a list of them, or the end, does not.
    let is_list = matches!(section.first(), Some(Block::List(_)));
    let is_end = section.get(asked).is_none_or(|next| matches!(next, Block::Heading { .. } | Block::Break));
    (asked > 0 && (is_list || (is_heading && is_end))).then_some(("questions", asked + 1))
}

/// Whether a title is one of the names, or starts with one that goes on `from …`.
fn names(lists: &[&str], title: &str, may_go_on: bool) -> bool {
    lists.iter().flat_map(|list| list.split('|')).any(|name| {
        title.strip_prefix(name).is_some_and(|rest| {
            rest.is_empty()
                || (may_go_on
                    && name.contains(' ')
                    && [
                        " from ", " of ", " for ", " aus ", " de ", " du ", " z ", " di ", " da ", " van ",
                        " uit ",
                    ]
                    .iter()
                    .any(|link| rest.starts_with(link)))
        })
    })
}

/// A paragraph that ends in a question, or a list most of whose items do.
fn asks(block: &Block<Parsed>) -> bool {
    let is_question =
        |content: &Vec<Inline<Parsed>>| plain_text(content).trim_end().ends_with(['?', '？', '؟']);
    match block {
        Block::Paragraph(content) => is_question(content),
        Block::List(List { items, .. }) => {
            let asking = items.iter().filter(|item| {
                item.iter().any(|block| matches!(block, Block::Paragraph(content) if is_question(content)))
            });
            asking.count() * 2 > items.len()
        }
        _ => false,
    }
}
