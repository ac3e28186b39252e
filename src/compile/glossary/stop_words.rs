//! Words that are terms of no use to a reader who meets them in a sentence.

use super::spellings::is_acronym;

/// The commonest words of the languages that Garland speaks some of.
const STOP_WORDS: [(&str, &str); 6] = [
    (
        "en",
        "a about above after again all also although always am an and any are as at back be because been before \
         being below between both but by can could did do does done down each else even ever every few for from \
         get go had has have having he hence her here hers him his how however i if in into is it its just let \
         like made make many may me might more most much must my never no nor not now of off often on once one \
         only or other our out over own per put said same say see she should since so some still such than that \
         the their them then there these they thing this those though through thus to too under until up upon us \
         use used very via was way we well were what when where whether which while who whom whose why will with \
         within without would yes yet you your",
    ),
    (
        "de",
        "aber alle als also am an auch auf aus bei bin bis da dann das dass dem den denn der des die dies dort du \
         durch ein eine einem einen einer eines er es für gegen hat hier ich ihr im in ist ja kann man mehr mit \
         nach nein nicht noch nun nur ob oder ohne schon sehr sein sich sie sind so über um und uns unter vom von \
         vor war was wenn wer wie wir wird wo zu zum zur",
    ),
    (
        "fr",
        "a ai au aussi avec ce ces comme dans de des du elle en encore est et eux il ils je la le les leur lui ma \
         mais me mes moi mon ne nos notre nous on ont ou où par pas plus pour que qui sa sans se ses si son sont \
         sur ta te tes toi ton tous tout tu un une vos votre vous y à",
    ),
    (
        "es",
        "a al algo como con cuando de del desde donde dos el ella ellos en entre era es esa ese eso esta este esto \
         fue ha hay la las le les lo los más me mi muy no nos o otra otro para pero por porque que quien se ser si \
         sin sobre son su sus también te tu un una uno y ya yo",
    ),
    (
        "pt",
        "a ao aos as com como da das de do dos e é ela ele em entre era essa esse esta este eu foi há isso isto já \
         lhe mais mas me muito na nas não no nos o os ou para pela pelo por que quem se sem ser seu só sua também \
         te um uma",
    ),
    (
        "it",
        "a ai al alla anche che chi ci come con cui da dal dei del della di dove e è era gli ha hanno i il in io la \
         le lei lo loro lui ma mi ne nei nel no noi non o ogni per perché più può quando quello questa questo se \
         si sono su sua suo tra tu un una uno",
    ),
];

/// Whether a reader is helped by a link from every first use of a word: letters and the commonest words of a
/// language stand everywhere. `IT` and `US` are not `it` and `us`.
pub(in crate::compile) fn is_linkable(spelling: &str, language: &str) -> bool {
    if spelling.chars().filter(|c| c.is_alphanumeric()).take(2).count() < 2 {
        return spelling.chars().count() > 1 && spelling.contains(char::is_alphanumeric);
    }
    spelling.contains(' ') || is_acronym(spelling) || !is_stop_word(&spelling.to_lowercase(), language)
}

fn is_stop_word(word: &str, language: &str) -> bool {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    let words = STOP_WORDS.iter().find(|(known, _)| *known == primary).map_or("", |(_, words)| words);
    words.split(' ').any(|known| known == word)
}
