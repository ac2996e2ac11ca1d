"""Every reader: the right words in the right parts, whatever mark-up stands between them."""

import random
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzz_readers import attempt, mutate, seeds
from mtcheck.readers import Problem, is_bilingual, read_article, read_documents, read_folders

FORMATS = Path(__file__).parent.parent.parent / "fixtures" / "formats"


def parts_of(name):
    article = read_article((FORMATS / name).read_bytes(), name)
    for part in article.parts:
        assert article.text[part.span.start : part.span.end] == part.span.text
    return article, [(part.name, part.span.text) for part in article.parts]


def test_html():
    article, parts = parts_of("article.id.html")
    assert article.lang == "id"
    assert parts[0] == ("headline", "Menteri baru dilantik")
    assert parts[1] == (
        "body",
        "Kementerian Dalam Negeri mengatakan pada Senin bahwa pengadilan akan memutus perkara itu "
        "di Surabaya.",
    )
    assert "“semua pihak menerimanya”, kata juru bicara R&D." in article.text
    assert parts[-3:] == [
        ("caption", "Gedung pengadilan di Surabaya, Senin."),
        ("alt", "Gedung dari jauh"),
        ("tags", "politik, hukum"),
    ]
    for noise in ("Beranda", "bukan teks", "Hak cipta"):
        assert noise not in article.text


def test_markdown():
    article, parts = parts_of("article.id.md")
    assert article.lang == "id"
    assert parts == [
        ("headline", "Menteri baru dilantik"),
        (
            "body",
            "Kementerian Dalam Negeri mengatakan bahwa pengadilan memutus perkara itu pada Senin. "
            "Putusan dibacakan di Surabaya.",
        ),
        ("alt", "Gedung pengadilan"),
        ("body", "Latar belakang"),
        ("body", "Hal pertama"),
        ("body", "Hal kedua"),
        ("tags", "politik, hukum"),
    ]


def test_front_matter():
    text = (
        "---\ntitle: \"Kata 'ya'\"\ndescription: >\n  Ringkas\nexcerpt: Singkat'\n"
        "lang: en_US\ntags: [\"a\", 'b']\n---\n# Bagian\n\nIsi.\n"
    )
    article = read_article(text.encode(), "a.md")
    assert article.lang == "en_US"
    assert [(part.name, part.span.text) for part in article.parts] == [
        ("headline", "Kata 'ya'"),
        ("standfirst", "Singkat'"),
        ("body", "Bagian"),
        ("body", "Isi."),
        ("tags", "a, b"),
    ]


def test_newsml_says_twice_what_the_article_says_twice():
    html = "<h1>Judul</h1><p>Judul</p><p>Ya.</p><p>Tidak.</p><p>Ya.</p>"
    article = read_article(FRAMES["newsml"].replace("<p>{0}</p>", html).encode(), "a.xml")
    assert [(part.name, part.span.text) for part in article.parts] == [
        ("headline", "Judul"),
        ("body", "Ya."),
        ("body", "Tidak."),
        ("body", "Ya."),
    ]


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        (
            "cms.id.json",
            [
                ("body", "Putusan dibacakan."),
                ("tags", "politik"),
                ("tags", "hukum"),
                ("caption", "Gedung pengadilan"),
                ("alt", "Gedung dari jauh"),
            ],
        ),
        ("ninjs.id.json", [("caption", "Gedung pengadilan")]),
        (
            "newsml.id.xml",
            [("body", "Putusan dibacakan."), ("caption", "Gedung pengadilan"), ("tags", "politik")],
        ),
        ("nitf.id.xml", [("caption", "Gedung pengadilan")]),
    ],
)
def test_agency_and_cms_formats(name, rest):
    article, parts = parts_of(name)
    assert article.lang == "id"
    assert parts == [
        ("headline", "Menteri baru dilantik"),
        ("standfirst", "Pelantikan di Surabaya"),
        ("body", "Kementerian Dalam Negeri mengatakan pada Senin."),
        *rest,
    ]


def documents_of(name):
    data = (FORMATS / name).read_bytes()
    assert is_bilingual(data, name)
    assert is_bilingual(data, "")  # by its content
    items = list(read_documents(data, name))
    return (
        [item for item in items if not isinstance(item, Problem)],
        [str(item) for item in items if isinstance(item, Problem)],
    )


def named(document):
    return [
        (
            part.name,
            part.source and document.source[slice(*part.source)],
            part.target and document.target[slice(*part.target)],
        )
        for part in document.parts
    ]


def test_xliff_1():
    (document,), problems = documents_of("article.12.xlf")
    assert (document.source_lang, document.target_lang) == ("id", "en")
    assert "Kementerian Dalam Negeri mengatakan itu benar." in document.source
    assert "The Ministry of Home Affairs said so truly." in document.target
    assert named(document)[0] == ("headline", "Menteri baru dilantik", "New minister sworn in")
    assert ("caption", "Gedung pengadilan", "The court building") in named(document)
    assert "Wrong" not in document.target
    assert "CODE-7" not in document.source
    # What is not translated is in the source to be reported, and named.
    assert "Belum diterjemahkan" in document.source
    assert problems == ["article.12.xlf: 1 unit without a translation: 4"]


def test_xliff_2():
    (document,), problems = documents_of("article.21.xlf")
    assert problems == []
    assert named(document) == [
        ("headline", "Menteri baru dilantik", "New minister sworn in"),
        (
            "body",
            "Kementerian Dalam Negeri mengatakan itu. Putusan dibacakan.",
            "The Ministry of Home Affairs said so. The ruling was read out.",
        ),
    ]


def test_tmx_gives_a_document_for_each_language():
    (english, german), problems = documents_of("memory.tmx")
    assert english.source.startswith("Kementerian Dalam Negeri mengatakan itu.\n\n")
    assert english.target.startswith("The Ministry of Home Affairs said so.\n\n")
    assert (german.target_lang, german.target) == ("de", "Das Innenministerium sagte das.")
    assert problems == ["memory.tmx#de: 1 unit without a translation: 2"]


def units(*pairs):
    rows = "".join(
        f"<trans-unit id='{number}'><source>{source}</source>"
        + (f"<target>{target}</target>" if target else "")
        + "</trans-unit>"
        for number, (source, target) in enumerate(pairs, start=1)
    )
    frame = '<xliff version="1.2"><file source-language="id" target-language="en"><body>'
    items = list(read_documents(f"{frame}{rows}</body></file></xliff>".encode(), "a.xlf"))
    return (
        [item for item in items if not isinstance(item, Problem)],
        [str(item) for item in items if isinstance(item, Problem)],
    )


def test_a_long_file_is_read_in_pieces():
    long = "kata " * 40_000
    documents, problems = units((long, long), ("Dua.", "Two."), (long, long), ("Empat.", ""))
    assert [d.id for d in documents] == ["a.xlf#1", "a.xlf#2"]
    assert documents[0].target.endswith("Two.")
    assert documents[1].source.endswith("Empat.")
    assert problems == ["a.xlf: 1 unit without a translation: 4"]


def test_the_piece_that_is_not_translated_is_named():
    long = "kata " * 40_000
    documents, problems = units((long, long), ("Dua.", ""), (long, ""))
    assert len(documents) == 1
    assert problems == [
        "a.xlf#2: nothing in it is translated",
        "a.xlf: 1 unit without a translation: 2",
    ]
    assert units(("Satu.", ""), ("Dua.", "")) == ([], ["a.xlf: nothing in it is translated"])


def test_tmx_names_units_without_the_source_language():
    data = (
        '<tmx version="1.4"><header srclang="id"/><body>'
        '<tu tuid="1"><tuv xml:lang="id"><seg>Satu.</seg></tuv>'
        '<tuv xml:lang="en"><seg>One.</seg></tuv></tu>'
        '<tu tuid="2"><tuv xml:lang="en"><seg>Two.</seg></tuv></tu></body></tmx>'
    )
    document, problem = read_documents(data.encode(), "a.tmx")
    assert document.target == "One."
    assert str(problem) == "a.tmx: 1 unit without id: 2"


def test_a_problem_is_one_line_whatever_a_file_calls_itself():
    data = (
        '<xliff version="1.2"><file original="a&#10;b"><body/></file>'
        '<file original="c"><body/></file></xliff>'
    )
    assert all(str(item).isprintable() for item in read_documents(data.encode(), "a.xlf"))


def test_jsonl_names_bad_lines():
    documents, problems = documents_of("pairs.jsonl")
    assert [d.id for d in documents] == ["satu", "dua"]
    assert named(documents[1]) == [
        ("headline", "Menteri baru", "New minister"),
        ("body", "Ia dilantik.", "He was sworn in."),
    ]
    assert [p.split(":")[1] for p in problems] == ["3", "4"]


def test_folders_pair_by_name_and_name_what_is_alone():
    items = list(read_folders(FORMATS / "folders" / "id", FORMATS / "folders" / "en"))
    problems = [str(item) for item in items if isinstance(item, Problem)]
    assert [item.id for item in items if not isinstance(item, Problem)] == [
        "dua.txt",
        "satu.en.txt",
    ]
    assert len(problems) == 1
    assert problems[0].endswith("sendiri.txt: a source without a translation")


@pytest.mark.parametrize(
    ("source", "target", "pairs"),
    [
        ("a.id.txt", "a.en.html", True),
        ("a_zh-Hans.txt", "a_pt-BR.txt", True),
        ("kata-ya-id.md", "kata-ya-EN.md", True),
        ("a-new.txt", "a-old.txt", False),  # no languages
        ("a.id.txt", "b.en.txt", False),
        ("x/a.txt", "y/a.txt", False),
    ],
)
def test_which_names_are_partners(tmp_path, source, target, pairs):
    for side, name in (("source", source), ("target", target)):
        path = tmp_path / side / name
        path.parent.mkdir(parents=True)
        path.write_text("<html><body><p>teks</p></body></html>" if "html" in name else "teks")
    items = list(read_folders(tmp_path / "source", tmp_path / "target"))
    assert len(items) == (1 if pairs else 2)


def test_two_that_could_be_the_partner_are_both_named(tmp_path):
    for name in ("source/a.md", "target/a.txt", "target/a.html", "target/.a.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("teks")
    items = list(read_folders(tmp_path / "source", tmp_path / "target"))
    assert all(isinstance(item, Problem) for item in items)
    assert [item.name.rpartition("/")[2] for item in items] == ["a.md", "a.html", "a.txt"]


def test_links_out_of_a_folder_are_not_read(tmp_path):
    (tmp_path / "secret.txt").write_text("rahasia negara")
    for side in ("a", "b"):
        (tmp_path / side).mkdir()
        (tmp_path / side / "x.txt").write_text("teks")
    (tmp_path / "a" / "y.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b" / "y.txt").write_text("text")
    items = list(read_folders(tmp_path / "a", tmp_path / "b"))
    assert [item.id for item in items if not isinstance(item, Problem)] == ["x.txt"]
    reasons = sorted(item.reason for item in items if isinstance(item, Problem))
    assert reasons == [
        "a link out of its folder: not read",
        "a link to a folder: not followed",
        "a translation without a source",
    ]


WORDS = st.lists(st.text("abcdeé&<>\"'東京कि", min_size=1, max_size=6), min_size=1, max_size=8).map(
    lambda words: [w for w in words if w.strip()]
)


def marked(words, left, right, cut):
    """Words with codes around every second one and one code inside a word."""
    pieces = []
    for i, word in enumerate(words):
        text = escape(word)
        if i % 2:
            text = left + text + right
        elif len(word) > cut > 0:
            text = escape(word[:cut]) + left + escape(word[cut:]) + right
        pieces.append(text)
    return " ".join(pieces)


CODES = {
    "xliff1": [
        ('<g id="1">', "</g>"),
        ('<bpt id="1">&lt;b&gt;</bpt>', '<ept id="1">&lt;/b&gt;</ept>'),
        ('<bx id="1"/>', '<ex id="1"/>'),
        ('<mrk mtype="term">', "</mrk>"),
    ],
    "xliff2": [
        ('<pc id="1">', "</pc>"),
        ('<sc id="1"/>', '<ec startRef="1"/>'),
        ('<mrk id="m">', "</mrk>"),
    ],
    "tmx": [("<hi>", "</hi>"), ('<bpt i="1">{b}</bpt>', '<ept i="1">{/b}</ept>')],
    "newsml": [("<b>", "</b>"), ('<a href="x">', "</a>"), ("<em><b>", "</b></em>")],
    "json": [
        ("<b>", "</b>"),
        ('<a href="x" title="&lt;p&gt;">', "</a>"),
        ("<!-- x --><i>", "</i>"),
    ],
}
FRAMES = {
    "xliff1": '<xliff version="1.2"><file source-language="id" target-language="en"><body>'
    "<trans-unit id='1' resname='headline'><source>Judul</source><target>Title</target>"
    "</trans-unit><trans-unit id='2'><source>{0}</source><target>{0}</target></trans-unit>"
    "</body></file></xliff>",
    "xliff2": '<xliff version="2.0" srcLang="id" trgLang="en"><file id="1"><unit id="1" '
    'name="headline"><segment><source>Judul</source><target>Title</target></segment></unit>'
    '<unit id="2"><segment><source>{0}</source><target>{0}</target></segment></unit></file>'
    "</xliff>",
    "tmx": '<tmx version="1.4"><header srclang="id"/><body><tu><tuv xml:lang="id"><seg>{0}</seg>'
    '</tuv><tuv xml:lang="en"><seg>{0}</seg></tuv></tu></body></tmx>',
    "newsml": "<newsItem><contentMeta><headline>Judul</headline></contentMeta><contentSet>"
    "<inlineXML><html><body><p>{0}</p></body></html></inlineXML></contentSet></newsItem>",
}


@settings(max_examples=150, deadline=None)
@given(
    words=WORDS, kind=st.sampled_from(sorted(CODES)), code=st.integers(0, 9), cut=st.integers(0, 3)
)
def test_inline_codes_shift_nothing_and_glue_nothing(words, kind, code, cut):
    codes = CODES[kind]
    text = marked(words, *codes[code % len(codes)], cut)
    expected = " ".join(" ".join(words).split())
    if kind == "json":
        import json

        data = json.dumps({"headline": "Judul", "body_html": f"<p>{text}</p>"}).encode()
        article = read_article(data, "a.json")
        found = [p for p in article.parts if p.name == "body"]
    elif kind == "newsml":
        article = read_article(FRAMES[kind].format(text).encode(), "a.xml")
        found = [p for p in article.parts if p.name == "body"]
    else:
        (document,) = read_documents(
            FRAMES[kind].format(text).encode(),
            "a." + kind.rstrip("12") if kind == "tmx" else "a.xlf",
        )
        body = next(p for p in document.parts if p.name == "body")
        assert document.source[slice(*body.source)] == expected
        assert document.target[slice(*body.target)] == expected
        return
    assert [p.span.text for p in found] == [expected]
    assert article.text[found[0].span.start : found[0].span.end] == expected


def test_damaged_files_give_an_article_or_one_line():
    rng = random.Random(7)
    files = seeds()
    others = [data for _, data in files]
    for number in range(400):
        name, data = files[number % len(files)]
        attempt(mutate(data, others, rng), name if number % 9 else "")
