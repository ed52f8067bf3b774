"""The guide shows pictures that exist, leads to chapters that exist and names what stands on the pages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "panduan"
CHAPTERS = sorted(GUIDE.glob("*.md"))
IMAGES = GUIDE / "gambar"
LARGEST = 120_000  # bytes
APPS = ("asn_eval", "programs", "evaluations", "reports")
GAP = "…"  # what the guide writes for the part of a button that changes
PLACEHOLDER = re.compile(r"\{\{.*?\}\}|%\(\w+\)[sd]")
TRANSLATED = re.compile(r"""(?:translate|_\()\s*(?:"([^"]+)"|'([^']+)')""")
BLOCK = re.compile(r"\{% blocktranslate.*?%\}(.*?)\{% endblocktranslate %\}", re.DOTALL)


def picture_names() -> list[str]:
    """The names in the list of pictures, read without starting a browser."""
    tree = ast.parse((GUIDE / "pictures.py").read_text())
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Picture"
    ]
    return [call.args[0].value for call in calls]


def named_in(chapter: Path) -> list[str]:
    return re.findall(r"!\[[^\]]+\]\(gambar/([\w-]+)\.png\)", chapter.read_text())


def normal(text: str) -> str:
    """One line without the parts that change, as the guide writes it; capitals say nothing."""
    return " ".join(PLACEHOLDER.sub(GAP, text).split()).casefold()


def words_of_templates() -> Iterator[str]:
    for path in (ROOT / "templates").rglob("*.html"):
        source = path.read_text()
        for double, single in TRANSLATED.findall(source):
            yield double or single
        for block in BLOCK.findall(source):
            yield from re.split(r"\{% plural %\}", block)


def words_of_python() -> Iterator[str]:
    """The texts that are given to gettext under one of its names, and the headings of imported columns."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "gettext", "gettext_lazy"}:
                    yield from (each.value for each in node.args if isinstance(each, ast.Constant))


@pytest.fixture(scope="module")
def words() -> frozenset[str]:
    return frozenset(normal(text) for text in (*words_of_templates(), *words_of_python()))


def anchors_of(chapter: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", chapter.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_every_picture_is_listed_made_and_shown_once():
    shown = [name for chapter in CHAPTERS for name in named_in(chapter)]
    assert sorted(shown) == sorted(picture_names())
    assert sorted(path.stem for path in IMAGES.iterdir()) == sorted(shown)


@pytest.mark.parametrize("path", sorted(IMAGES.glob("*")), ids=lambda path: path.name)
def test_picture_is_a_small_png(path):
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG\r\n")
    assert len(content) <= LARGEST


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.name)
def test_links_of_chapter_lead_somewhere(chapter):
    lost = []
    for target in re.findall(r"\]\(([^)]+)\)", chapter.read_text()):
        name, _sharp, anchor = target.partition("#")
        path = chapter.parent / name if name else chapter
        if not path.exists() or (anchor and anchor not in anchors_of(path)):
            lost.append(target)
    assert lost == []


def test_start_page_leads_to_every_chapter():
    listed = re.findall(r"^\d+\. \[[^\]]+\]\((\S+\.md)\)$", (GUIDE / "README.md").read_text(), re.MULTILINE)
    assert listed == [chapter.name for chapter in CHAPTERS if chapter.name != "README.md"]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.name)
def test_bold_words_of_chapter_stand_on_a_page(chapter, words):
    bold = re.findall(r"\*\*(.+?)\*\*", chapter.read_text())
    assert bold
    assert [text for text in bold if normal(text) not in words] == []
