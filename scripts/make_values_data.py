"""Write mtcheck/data/values/cldr.tsv: calendar words, units and currencies by language.

Run it from the root of the repository: ``python scripts/make_values_data.py``. The figures and
spellings are those of the Unicode CLDR as packaged by Babel; the version is written in the header.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import babel
from babel import Locale

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "mtcheck" / "data" / "values"
LANGUAGES = (
    "ar", "cs", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "ms", "pl", "pt", "ru",
    "th", "tr", "vi", "zh",
)  # fmt: skip
LOCALES = {
    "zh": ("zh_Hans", "zh_Hant"),
    "pt": ("pt_BR", "pt_PT"),
    "ar": ("ar", "ar_LB"),
}
CURRENCIES = """
USD EUR GBP JPY CNY KRW INR IDR MYR SGD THB VND PHP HKD TWD AUD NZD CAD CHF RUB UAH TRY PLN CZK
HUF SEK NOK DKK ILS SAR AED QAR KWD EGP IRR IQD PKR BDT BRL MXN ARS CLP COP PEN VES ZAR NGN KES
GHS MAD DZD TND LBP SYP JOD KZT MMK LKR NPR
"""
PLURALS = {"zero", "one", "two", "few", "many", "other"}
HEADER = """\
# Words of dates, units and currencies by language: kind, language, key, forms separated by |.
# From the Unicode CLDR (Unicode License v3), Babel {version};
# written by scripts/make_values_data.py.
"""


def main() -> None:
    """Write the table."""
    rows = []
    units = list(_units())
    for lang in LANGUAGES:
        locales = [Locale.parse(name) for name in LOCALES.get(lang, (lang,))]
        for month in range(1, 13):
            rows.append(("month", lang, str(month), _calendar(locales, "months", month)))
        for day in range(7):
            rows.append(("weekday", lang, str(day + 1), _calendar(locales, "days", day)))
        for symbol, key in units:
            rows.append(("unit", lang, symbol, _patterns(locales, key)))
        for code in CURRENCIES.split():
            rows.append(("currency", lang, code, _currency(locales, code)))
    lines = [
        f"{kind}\t{lang}\t{key}\t{'|'.join(forms)}" for kind, lang, key, forms in rows if forms
    ]
    text = HEADER.format(version=babel.__version__) + "\n".join(lines) + "\n"
    (FOLDER / "cldr.tsv").write_text(text, encoding="utf-8")


def _units() -> Iterator[tuple[str, str]]:
    for line in (FOLDER / "units.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            symbol, _, _, key = line.split("\t")
            if key != "-":
                yield symbol, key


def _calendar(locales: Iterable[Locale], what: str, key: int) -> list[str]:
    found = []
    for locale in locales:
        table = getattr(locale, what)
        for use in ("format", "stand-alone"):
            # Short names of days are syllables of other words in too many languages.
            for width in ("wide", "abbreviated")[: 2 if what == "months" else 1]:
                word = table[use][width][key].strip(".")
                if not word[:1].isdigit():
                    found.append(word)
    return _clean(found)


def _patterns(locales: Iterable[Locale], key: str) -> list[str]:
    found = []
    for locale in locales:
        table: Any = locale._data["unit_patterns"].get(key, {})
        for width in ("long", "short"):
            if width in table:
                forms = table[width]
                values = {"other": forms} if isinstance(forms, str) else dict(forms)
                found += [
                    value.replace("{0}", "").strip()
                    for plural, value in values.items()
                    if plural in PLURALS and isinstance(value, str) and value.count("{") == 1
                ]
    return _clean(found)


def _currency(locales: Iterable[Locale], code: str) -> list[str]:
    found = []
    for locale in locales:
        found.append(locale.currencies.get(code, ""))
        plurals: Any = locale._data["currency_names_plural"].get(code, {})
        found += [value for value in plurals.values() if isinstance(value, str)]
        symbol = locale.currency_symbols.get(code, "")
        if symbol.strip() and symbol not in {"$", "¥"}:
            found.append(symbol)
    return _clean(found)


def _clean(forms: Iterable[str]) -> list[str]:
    kept = []
    for form in forms:
        text = form.replace("\u00ad", "").replace("\u200f", "").replace("\u200e", "")
        text = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
        if text and "|" not in text and "(" not in text:
            kept.append(text)
    return list(dict.fromkeys(kept))


if __name__ == "__main__":
    main()
