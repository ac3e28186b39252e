//! What a listing's words are, as far as print tells them apart: keywords, remarks and quoted text.
//!
//! A table of a few signs and words per language says enough for that. Full grammars would weigh more than all of
//! Garland's typesetter, and their dozens of categories are made for colours.

use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lexeme {
    Keyword,
    Comment,
    Quoted,
}

/// A stretch of a listing's text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub start: usize,
    pub end: usize,
    pub lexeme: Lexeme,
}

/// How a language marks what print shows.
struct Grammar {
    /// What its listings are called, in small letters.
    names: &'static [&'static str],
    /// What begins a remark that ends with the line.
    line_comments: &'static [&'static str],
    /// What encloses longer ones.
    block_comments: &'static [(&'static str, &'static str)],
    /// What encloses text, longer marks first. Marks of one character end with the line at the latest, but for
    /// the grave accent.
    quotes: &'static [&'static str],
    /// Separated by spaces.
    keywords: &'static str,
    words: Words,
}

/// What makes a word a keyword.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    /// It is in the list.
    Listed,
    /// It is in the list, in small letters or capitals.
    ListedInAnyCase,
    /// It opens a line and a colon or an equals sign follows; or it is in the list.
    Keys,
    /// It names an element.
    Elements,
}

const C_COMMENTS: &[(&str, &str)] = &[("/*", "*/")];

const GRAMMARS: &[Grammar] = &[
    Grammar {
        names: &["rust", "rs"],
        line_comments: &["//"],
        block_comments: C_COMMENTS,
        quotes: &["\""],
        keywords: "as async await break const continue crate dyn else enum extern false fn for if impl in let loop \
            match mod move mut pub ref return self Self static struct super trait true type unsafe use where while",
        words: Words::Listed,
    },
    Grammar {
        names: &["python", "py", "python3"],
        line_comments: &["#"],
        block_comments: &[],
        quotes: &["\"\"\"", "'''", "\"", "'"],
        keywords: "False None True and as assert async await break case class continue def del elif else except \
            finally for from global if import in is lambda match nonlocal not or pass raise return try while with \
            yield",
        words: Words::Listed,
    },
    Grammar {
        names: &["javascript", "js", "jsx", "typescript", "ts", "tsx", "mjs"],
        line_comments: &["//"],
        block_comments: C_COMMENTS,
        quotes: &["\"", "'", "`"],
        keywords: "abstract any as async await boolean break case catch class const continue debugger declare default \
            delete do else enum export extends false finally for from function if implements import in instanceof \
            interface let namespace new null number of private protected public readonly return static string \
            super switch this throw true try type typeof undefined var void while with yield",
        words: Words::Listed,
    },
    Grammar {
        names: &["c", "h", "cpp", "c++", "cc", "hpp", "objective-c", "arduino"],
        line_comments: &["//"],
        block_comments: C_COMMENTS,
        quotes: &["\""],
        keywords: "auto bool break case catch char class const constexpr continue default delete do double else enum \
            explicit extern false float for friend goto if inline int long namespace new noexcept nullptr operator \
            private protected public register return short signed sizeof static struct switch template this throw \
            true try typedef typename union unsigned using virtual void volatile while",
        words: Words::Listed,
    },
    Grammar {
        names: &["java", "kotlin", "kt", "scala", "csharp", "c#", "cs", "swift", "dart", "go", "golang"],
        line_comments: &["//"],
        block_comments: C_COMMENTS,
        quotes: &["\"\"\"", "\"", "`"],
        keywords: "abstract as async await base bool boolean break byte case catch chan char class companion const \
            continue data default defer delegate do double else enum extends extension false final finally float for \
            foreach fun func go guard if implements import in init int interface internal is lateinit let long map \
            namespace new nil null object open operator out override package private protected protocol public \
            range readonly record ref return sealed select self short static string struct super switch \
            synchronized this throw throws trait true try type typealias using val var virtual void when where while \
            yield",
        words: Words::Listed,
    },
    Grammar {
        names: &["shell", "sh", "bash", "zsh", "console", "fish"],
        line_comments: &["#"],
        block_comments: &[],
        quotes: &["\"", "'"],
        keywords: "break case continue do done elif else esac exit export fi for function if in local return select \
            set then until while",
        words: Words::Listed,
    },
    Grammar {
        names: &["ruby", "rb", "elixir", "ex", "julia", "jl"],
        line_comments: &["#"],
        block_comments: &[],
        quotes: &["\"\"\"", "\"", "'"],
        keywords: "alias and begin break case class def defmodule defp do else elsif end ensure false fn for function \
            if in module mutable next nil not or raise redo require rescue retry return self struct super then true \
            undef unless until using when while yield",
        words: Words::Listed,
    },
    Grammar {
        names: &["r", "lua"],
        line_comments: &["#", "--"],
        block_comments: &[],
        quotes: &["\"", "'"],
        keywords: "FALSE NA NULL TRUE and break do else elseif end false for function if in library local next nil \
            not or repeat return then true until while",
        words: Words::Listed,
    },
    Grammar {
        names: &["php"],
        line_comments: &["//", "#"],
        block_comments: C_COMMENTS,
        quotes: &["\"", "'"],
        keywords: "abstract and array as break case catch class const continue default do echo else elseif extends \
            final finally fn for foreach function global if implements include instanceof interface match namespace \
            new null private protected public readonly require return static switch throw trait try use var while",
        words: Words::Listed,
    },
    Grammar {
        names: &["haskell", "hs", "elm", "purescript"],
        line_comments: &["--"],
        block_comments: &[("{-", "-}")],
        quotes: &["\""],
        keywords: "case class data deriving do else if import in infix infixl infixr instance let module newtype of \
            then type where",
        words: Words::Listed,
    },
    Grammar {
        names: &["sql", "sqlite", "mysql", "postgresql", "pgsql", "sparql"],
        line_comments: &["--"],
        block_comments: C_COMMENTS,
        quotes: &["'", "\""],
        keywords: "add all alter and as asc between by case check constraint create cross default delete desc \
            distinct drop else end exists foreign from full group having in index inner insert into is join key left \
            like limit not null offset on optional or order outer prefix primary references right select set table \
            then union unique update values view when where with",
        words: Words::ListedInAnyCase,
    },
    Grammar {
        names: &["yaml", "yml", "toml", "ini", "properties", "conf"],
        line_comments: &["#", ";"],
        block_comments: &[],
        quotes: &["\"", "'"],
        keywords: "",
        words: Words::Keys,
    },
    Grammar {
        names: &["json", "json5", "jsonc"],
        line_comments: &["//"],
        block_comments: C_COMMENTS,
        quotes: &["\""],
        keywords: "false null true",
        words: Words::Listed,
    },
    Grammar {
        names: &["css", "scss", "less"],
        line_comments: &[],
        block_comments: C_COMMENTS,
        quotes: &["\"", "'"],
        keywords: "",
        words: Words::Keys,
    },
    Grammar {
        names: &["html", "xml", "svg", "xhtml", "vue"],
        line_comments: &[],
        block_comments: &[("<!--", "-->")],
        quotes: &["\""],
        keywords: "",
        words: Words::Elements,
    },
];

/// The tokens of a listing, in order and apart from each other; none where its language is not known. Takes time
/// in proportion to the text.
pub fn scan(language: Option<&str>, text: &str) -> Vec<Token> {
    let Some(grammar) = language.and_then(find_grammar) else { return Vec::new() };
    let keywords: Vec<&str> = grammar.keywords.split(' ').filter(|word| !word.is_empty()).collect();
    let mut tokens = Vec::new();
    // Where the line ends in which a mark was found to close nothing, so that no line is searched twice for it.
    let mut unclosed = vec![0; grammar.quotes.len()];
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let end = match grammar.comment(text, at).or_else(|| grammar.quoted(text, at, &mut unclosed)) {
            Some((end, lexeme)) => {
                tokens.push(Token { start: at, end, lexeme });
                end
            }
            None if is_word(first) => {
                let end = text[at..].find(|character| !is_word(character)).map_or(text.len(), |end| at + end);
                if grammar.is_keyword(text, at..end, &keywords) {
                    tokens.push(Token { start: at, end, lexeme: Lexeme::Keyword });
                }
                end
            }
            None => at + first.len_utf8(),
        };
        at = end;
    }
    tokens
}

/// The grammar for what follows the fence: `rust`, `Rust,ignore`, `python title="x"`.
fn find_grammar(language: &str) -> Option<&'static Grammar> {
    let name = language.split([' ', ',', '{']).next().unwrap_or_default().to_lowercase();
    GRAMMARS.iter().find(|grammar| grammar.names.contains(&name.as_str()))
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

impl Grammar {
    /// A remark that starts at a place: where it ends.
    fn comment(&self, text: &str, at: usize) -> Option<(usize, Lexeme)> {
        let rest = &text[at..];
        let block = self.block_comments.iter().find(|(open, _)| rest.starts_with(open));
        let length = if let Some((open, close)) = block {
            let inner = &rest[open.len()..];
            inner.find(close).map_or(rest.len(), |end| open.len() + end + close.len())
        } else if self.line_comments.iter().any(|mark| rest.starts_with(mark)) && self.may_comment(text, at) {
            rest.find('\n').unwrap_or(rest.len())
        } else {
            return None;
        };
        Some((at + length, Lexeme::Comment))
    }

    /// Quoted text that starts at a place: where it ends.
    fn quoted(&self, text: &str, at: usize, unclosed: &mut [usize]) -> Option<(usize, Lexeme)> {
        let rest = &text[at..];
        if let Some(length) = character_literal(rest).filter(|_| !self.quotes.contains(&"'")) {
            return Some((at + length, Lexeme::Quoted));
        }
        let index = self.quotes.iter().position(|mark| rest.starts_with(mark))?;
        let (mark, unclosed) = (*self.quotes.get(index)?, unclosed.get_mut(index)?);
        if at < *unclosed {
            return None;
        }
        let spans_lines = mark.len() > 1 || mark == "`";
        let length = match find_closing(&rest[mark.len()..], mark, spans_lines) {
            Ok(end) => mark.len() + end + mark.len(),
            Err(_) if spans_lines => rest.len(),
            Err(end) => {
                // An apostrophe.
                *unclosed = at + mark.len() + end;
                return None;
            }
        };
        Some((at + length, Lexeme::Quoted))
    }

    /// A sign within a word, as in `$#` or `a--`, begins no remark where the sign is used for other things.
    fn may_comment(&self, text: &str, at: usize) -> bool {
        let before = text[..at].chars().next_back();
        let is_sign = text[at..].starts_with(['#', ';']);
        !is_sign || before.is_none_or(char::is_whitespace)
    }

    fn is_keyword(&self, text: &str, word: Range<usize>, keywords: &[&str]) -> bool {
        let spelled = &text[word.clone()];
        let listed = || keywords.contains(&spelled);
        match self.words {
            Words::Listed => listed(),
            Words::ListedInAnyCase => keywords.iter().any(|known| known.eq_ignore_ascii_case(spelled)),
            Words::Keys => {
                opens_line(&text[..word.start])
                    && text[word.end..].trim_start_matches([' ', '-']).starts_with([':', '='])
            }
            Words::Elements => text[..word.start].trim_end_matches('/').ends_with('<'),
        }
    }
}

/// The length of a character in single quotes: `'x'`, `'\n'`, `'\u{1F600}'`; lifetimes and primes are none.
fn character_literal(rest: &str) -> Option<usize> {
    const LONGEST: usize = 12;
    let inner = rest.strip_prefix('\'')?;
    let first = inner.chars().next().filter(|first| !matches!(first, '\'' | '\n'))?;
    let escaped = if first == '\\' {
        inner.char_indices().take(LONGEST).skip(2).find(|(_, character)| *character == '\'')?.0
    } else {
        first.len_utf8()
    };
    inner[escaped..].starts_with('\'').then_some(escaped + 2)
}

/// Where a closing mark stands that no backslash takes back; else where the search ended.
fn find_closing(inner: &str, mark: &str, spans_lines: bool) -> Result<usize, usize> {
    let mut is_escaped = false;
    for (at, character) in inner.char_indices() {
        match character {
            '\n' if !spans_lines => return Err(at),
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if inner[at..].starts_with(mark) => return Ok(at),
            _ => {}
        }
    }
    Err(inner.len())
}

/// Whether nothing but blanks and signs of a list stand before a place on its line.
fn opens_line(before: &str) -> bool {
    before.trim_end_matches([' ', '\t', '-']).chars().next_back().is_none_or(|character| character == '\n')
}
