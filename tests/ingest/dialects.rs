//! Which dialect an essay is taken for.

use garland::manuscript::Dialect;

use super::read;

fn dialect_of(file: &str, text: &str) -> Dialect {
    read(&[(file, text.as_bytes())]).input().manuscripts[0].dialect
}

fn dialect(text: &str) -> Dialect {
    dialect_of("a.md", text)
}

#[test]
fn marks_that_one_dialect_has_tell_it() {
    for text in [
        "A note^[inline].",
        "::: warning\nText.\n:::",
        "(@) First.\n(@b) Second.",
        "| Roses are\n| red.",
        "[Small]{.smallcaps} *x*",
    ] {
        assert_eq!(dialect(text), Dialect::Pandoc, "{text}");
    }
    for text in ["See [#knuth84].", "[p. 3][#knuth84] *x*", "{{TOC}}\n\n# H"] {
        assert_eq!(dialect(text), Dialect::MultiMarkdown, "{text}");
    }
    for text in ["{% include x.html %}", "{{ page.title }}", "Text.\n{: .lead}", "{% raw %}x{% endraw %}"] {
        assert_eq!(dialect(text), Dialect::Jekyll, "{text}");
    }
    for text in [
        "{{< figure src=\"x\" >}}",
        "{{% note %}}x{{% /note %}}",
        "{{ youtube(id=\"x\") }}",
        "{% quote(by=\"x\") %}y{% end %}",
    ] {
        assert_eq!(dialect(text), Dialect::Hugo, "{text}");
    }
    for text in [
        "See [[page]].",
        "![[photo.png]]",
        "[[#Part]]",
        "A claim. ^claim-1",
        "==so==",
        "%%no%%",
        "> [!info] T\n> x",
        "```dataview\nLIST\n```",
    ] {
        assert_eq!(dialect(text), Dialect::Vault, "{text}");
    }
    for text in [
        "# H\n\n`[[code]]` and `{% code %}`",
        "[[1]](https://example.org)",
        "[#123](x) *y*",
        "x | y\n--|--\n1 | 2",
        "# H {#id}",
    ] {
        let found = dialect(text);
        assert!(
            matches!(found, Dialect::Markdown | Dialect::Pandoc) && !text.contains("[[")
                || found == Dialect::Markdown,
            "{text}: {found:?}"
        );
    }
}

#[test]
fn pages_are_told_by_extension_or_doctype() {
    assert_eq!(dialect_of("a.html", "<p>Text.</p>"), Dialect::Html);
    assert_eq!(
        dialect_of("a.txt", "\n<!DOCTYPE html>\n<html><body><p>Text.</p></body></html>"),
        Dialect::Html
    );
    assert_eq!(dialect_of("a.md", "<p>Text.</p>"), Dialect::Markdown);
}

#[test]
fn where_the_text_is_plain_markdown_the_rest_tells() {
    assert_eq!(dialect("+++\ntitle = 'T'\n+++\n# H"), Dialect::Hugo);
    assert_eq!(dialect("% T\n\n# H"), Dialect::Pandoc);
    assert_eq!(dialect("---\ntitle: T\n...\n\n# H"), Dialect::Pandoc);
    assert_eq!(dialect("---\nlayout: post\n---\n# H"), Dialect::Jekyll);
    assert_eq!(dialect("Title: T\nAuthor: Ada Lovelace\n\n# H"), Dialect::MultiMarkdown);
    assert_eq!(dialect("A claim [@knuth84]."), Dialect::Pandoc);
    assert_eq!(dialect_of("2024-01-02-a.md", "# H\n\nText."), Dialect::Jekyll);
    assert_eq!(dialect_of("a.qmd", "# H\n\nText."), Dialect::Pandoc);
    assert_eq!(dialect("---\ntitle: T\n---\n# H"), Dialect::Markdown);
    let vault = read(&[("a.md", b"# H\n\nText."), (".obsidian/app.json", b"{}")]);
    assert_eq!(vault.input().manuscripts[0].dialect, Dialect::Vault);
    // Plain text stays plain, whatever stands above it.
    assert_eq!(dialect("---\nlayout: post\n---\nJust words."), Dialect::Plain);
    assert_eq!(dialect("Title: T\n\nJust words."), Dialect::Plain);
}

#[test]
fn quoted_mail_and_underscored_words_are_no_markdown_in_a_text_file() {
    for text in ["You wrote:\n\n> Just words.\n\nSo _I_ did.", "It is _so_."] {
        assert_eq!(dialect_of("a.txt", text), Dialect::Plain, "{text}");
        assert_eq!(dialect_of("a.md", text), Dialect::Markdown, "{text}");
    }
    assert_eq!(dialect_of("a.txt", "# H\n\n> Quoted.\n\nSo _I_ did."), Dialect::Markdown);
    assert_eq!(dialect_of("a.txt", "It is **so**, they say.\n\n> Quoted."), Dialect::Markdown);
}

#[test]
fn in_a_mixture_the_dialect_with_the_most_marks_wins() {
    assert_eq!(dialect("[[a]]\n\n[[b]]\n\n{% include c %}"), Dialect::Vault);
    assert_eq!(dialect("[[a]]\n\n{{ b }}\n\n{% include c %}"), Dialect::Jekyll);
    assert_eq!(dialect("---\nlayout: post\n---\n[[a]]\n\n{% include c %}"), Dialect::Jekyll);
    assert_eq!(dialect("---\nlayout: post\n---\nOne [[wikilink]]."), Dialect::Vault);
}

#[test]
fn the_manifest_has_the_last_word() {
    let folder = read(&[
        (
            "anthology.yaml",
            b"essays:\n  - file: a.md\n    dialect: plain\n  - file: b.md\n    dialect: zola\n",
        ),
        ("a.md", b"[[a]] and *stars*"),
        ("b.md", b"[[a]] and *stars*"),
    ]);
    let dialects: Vec<Dialect> = folder.input().manuscripts.iter().map(|it| it.dialect).collect();
    assert_eq!(dialects, [Dialect::Plain, Dialect::Hugo]);
}
