#!/usr/bin/env python3
"""How evenly justified text is spaced, and how often it is hyphenated.

    cargo build --release && tests/bench/evenness.py [ESSAY ...]
    tests/bench/evenness.py --pdf FILE [--size 10 --measure 108]

The first sets essays (by default the three longest seeds, else the sample anthology) with Garland's theme
`book` on A5, which is Literata 10 on 13.5 points at a measure of 108 mm, and the same paragraphs with Typst and
XeLaTeX where they are installed (`pip install typst`, or `typst` and `xelatex` on PATH). The second measures any PDF.

A full line is one of body text that starts at the left margin (or is indented) and reaches the right one. Its gap is
the mean distance between neighbouring word boxes of `pdftotext -bbox-layout`. Told are the mean and the 95th percentile of
how far a line's gap is off the mean gap of all lines, as a share of that mean, the share of lines that end in a
hyphen, and the number of rivers per hundred lines: three gaps or more one below the other, each
overlapping the next by half of the narrower one.
"""

import argparse
import gzip
import html
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GARLAND = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "garland"
SEEDS = ROOT / ".." / "shared" / "seeds"
MILLIMETRE = 72 / 25.4
HYPHENS = "-\u00ad\u2010"


def lines_of(pdf):
    """Lines of each page, as lists of words (left, right, top, bottom, text). pdftotext divides a line into
    blocks where a gap is wide, so words are joined again by their baselines."""
    report = subprocess.run(["pdftotext", "-bbox-layout", pdf, "-"], capture_output=True, check=True).stdout
    report = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", report)
    for page in xml.fromstring(report).iter("{http://www.w3.org/1999/xhtml}page"):
        words = []
        for word in page.iter("{http://www.w3.org/1999/xhtml}word"):
            left, top, right, bottom = (float(word.get(key)) for key in ("xMin", "yMin", "xMax", "yMax"))
            words.append((left, right, top, bottom, word.text or ""))
        words.sort(key=lambda word: (word[3], word[0]))
        lines = []
        for word in words:
            if lines and abs(lines[-1][0][3] - word[3]) < 1:
                lines[-1].append(word)
            else:
                lines.append([word])
        yield [sorted(line) for line in lines]


def full_lines(pdf, measure):
    """The full lines of body text, page by page: those whose height is the commonest, that are about as long as the
    measure and end where most of their page's lines do."""
    pages = list(lines_of(pdf))
    heights = [round(word[3] - word[2], 1) for page in pages for line in page for word in line]
    body = statistics.mode(heights)
    for page in pages:
        lines = [line for line in page if sum(round(word[3] - word[2], 1) == body for word in line) > len(line) / 2]
        lines = [line for line in lines if len(line) > 2 and 0.88 * measure < line[-1][1] - line[0][0] < measure + 12]
        if lines:
            right = statistics.mode(round(line[-1][1] / 2) for line in lines) * 2
            leaders = [line for line in lines if sum(word[4] == "." for word in line) > 2]
            yield [line for line in lines if abs(line[-1][1] - right) < 6 and line not in leaders]


def rivers(lines):
    """How many rivers run through lines that stand below each other."""
    found, running = 0, []
    previous = None
    for line in lines:
        gaps = [(a[1], b[0]) for a, b in zip(line, line[1:])]
        if previous is None or line[0][3] - previous > 20:
            running = []
        grown = []
        for gap in gaps:
            overlaps = [
                length
                for (left, right), length in running
                if min(right, gap[1]) - max(left, gap[0]) >= 0.5 * min(right - left, gap[1] - gap[0])
            ]
            length = 1 + max(overlaps, default=0)
            found += length == 3
            grown.append((gap, length))
        running, previous = grown, line[0][3]
    return found


def measure_pdf(pdf, measure):
    pages = list(full_lines(pdf, measure))
    lines = [line for page in pages for line in page]
    gaps = [statistics.mean(b[0] - a[1] for a, b in zip(line, line[1:])) for line in lines]
    mean = statistics.mean(gaps)
    off = sorted(abs(gap - mean) for gap in gaps)
    hyphenated = sum(line[-1][4].endswith(tuple(HYPHENS)) for line in lines)
    return {
        "lines": len(lines),
        "gap": mean,
        "mean": statistics.mean(off) / mean,
        "95th": off[min(len(off) - 1, round(0.95 * len(off)))] / mean,
        "hyphenated": 100 * hyphenated / len(lines),
        "rivers": 100 * sum(rivers(page) for page in pages) / len(lines),
    }


def tell(name, figures):
    print(
        f"{name:<10} {figures['lines']:4} lines, gap {figures['gap']:.2f} pt; off by {figures['mean']:.3f}, "
        f"95th percentile {figures['95th']:.3f}; {figures['hyphenated']:.0f} % hyphenated, "
        f"{figures['rivers']:.1f} rivers per hundred lines"
    )


def paragraphs(epub):
    """The text of the essays' paragraphs, as the EPUB has it."""
    furniture = ("cover", "title-page", "bibliography", "glossary", "index", "colophon", "nav")
    with zipfile.ZipFile(epub) as book:
        for name in sorted(book.namelist()):
            if not name.endswith(".xhtml") or pathlib.Path(name).stem in furniture:
                continue
            page = re.sub(r"<aside\b.*?</aside>", "", book.read(name).decode(), flags=re.S)
            for paragraph in re.findall(r"<(?:p|li)(?: [^>]*)?>(.*?)</(?:p|li)>", page, re.S):
                text = " ".join(html.unescape(re.sub(r"<[^>]+>", "", paragraph)).split())
                if len(text) > 60:
                    yield text


def faces(folder):
    for packed in (ROOT / "fonts" / "literata").glob("*.ttf.gz"):
        (folder / packed.stem).write_bytes(gzip.decompress(packed.read_bytes()))


def set_with_typst(texts, work):
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    source = work / "typst.typ"
    source.write_text(
        "#set page(width: 148mm, height: 210mm, margin: (x: 20mm))\n"
        '#set text(font: "Literata", size: 10pt, lang: "en")\n'
        "#set par(justify: true, first-line-indent: 13.5pt)\n" + "\n\n".join(f'#"{text}"' for text in quoted)
    )
    target = work / "typst.pdf"
    if shutil.which("typst"):
        command = ["typst", "compile", "--font-path", str(work), str(source), str(target)]
        subprocess.run(command, check=True)
        return target
    try:
        import typst
    except ImportError:
        return None
    typst.compile(str(source), output=str(target), font_paths=[str(work)])
    return target


def set_with_latex(texts, work):
    if not shutil.which("xelatex"):
        return None
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    special.update({character: "\\" + character for character in "&%$#_{}"})
    escaped = ("".join(special.get(character, character) for character in text) for text in texts)
    (work / "latex.tex").write_text(
        "\\documentclass[10pt]{article}\n\\usepackage[paperwidth=148mm,paperheight=210mm,textwidth=108mm]{geometry}\n"
        "\\usepackage{fontspec}\\usepackage[protrusion=true]{microtype}\n"
        "\\setmainfont{Literata-Regular.ttf}[Path=./]\n\\begin{document}\n" + "\n\n".join(escaped) + "\n\\end{document}\n"
    )
    command = ["xelatex", "-interaction=batchmode", "latex.tex"]
    subprocess.run(command, cwd=work, check=True, stdout=subprocess.DEVNULL)
    return work / "latex.pdf"


def compare(essays):
    if not GARLAND.is_file():
        sys.exit(f"{GARLAND} is not there: cargo build --release")
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        folder = ROOT / "chapters"
        if essays:
            folder = work / "essays"
            folder.mkdir()
            for essay in essays:
                shutil.copy(essay, folder)
        command = [str(GARLAND), "build", str(folder), "--output", str(work / "dist"), "--quiet"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        tell("Garland", measure_pdf(next((work / "dist").glob("*.pdf")), 108.1 * MILLIMETRE))
        faces(work)
        texts = list(paragraphs(next((work / "dist").glob("*.epub"))))
        for name, typesetter in (("Typst", set_with_typst), ("XeLaTeX", set_with_latex)):
            pdf = typesetter(texts, work)
            if pdf is None:
                print(f"{name:<10} is not installed")
            else:
                tell(name, measure_pdf(pdf, 108 * MILLIMETRE))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("essays", nargs="*", type=pathlib.Path)
    arguments.add_argument("--pdf", type=pathlib.Path)
    arguments.add_argument("--measure", type=float, default=108.1, help="in millimetres")
    given = arguments.parse_args()
    if given.pdf:
        tell(given.pdf.stem, measure_pdf(given.pdf, given.measure * MILLIMETRE))
        return
    seeds = sorted(SEEDS.glob("*.txt"), key=lambda path: -path.stat().st_size)[:3] if SEEDS.is_dir() else []
    compare(given.essays or seeds)


main()
