"""A dataset as a file that a person opens: Excel, CSV with its codebook, SPSS."""

import io
import zipfile
from datetime import date
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from asn_eval.exports import stream_csv, write_csv, write_workbook
from reports.exporting.codebook import codebook_header, codebook_rows
from reports.exporting.dataset import Dataset
from reports.exporting.words import explanation, facts


def write_excel(dataset: Dataset, *, today: date, is_joined: bool = False) -> bytes:
    """A workbook: answers, open answers where they stand apart, codebook, explanation."""
    sheets = {_("Jawaban"): ([column.name for column in dataset.columns], dataset.rows())}
    if dataset.has_texts_apart:
        sheets[_("Jawaban terbuka")] = (texts_header(), dataset.texts())
    sheets[_("Buku kode")] = (codebook_header(), codebook_rows(dataset))
    sheets[_("Keterangan")] = (["", ""], _explained(dataset, today, is_joined))
    return write_workbook(sheets)


def write_csv_archive(dataset: Dataset, *, today: date, is_joined: bool = False) -> bytes:
    """A zip of text files; the answers are packed row by row."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        _add_table(archive, "data.csv", [column.name for column in dataset.columns], dataset.rows())
        if dataset.has_texts_apart:
            _add_table(archive, "jawaban_terbuka.csv", texts_header(), dataset.texts())
        archive.writestr("buku_kode.csv", write_csv(codebook_header(), codebook_rows(dataset)))
        archive.writestr("keterangan.txt", _as_text(_explained(dataset, today, is_joined)))
    return packed.getvalue()


def write_spss(dataset: Dataset, *, today: date, is_joined: bool = False) -> bytes:
    """A .sav file. Open answers that stand apart have no row in it; they are in the other two."""
    from reports.exporting.sav import write_sav  # slow to load

    notes = [words for _term, words in _explained(dataset, today, is_joined)]
    with TemporaryDirectory() as folder:
        return write_sav(dataset, folder, notes=notes)


def texts_header() -> list[str]:
    return [_("Gelombang"), _("Butir"), _("Pertanyaan"), _("Jawaban")]


def _add_table(archive: zipfile.ZipFile, name: str, header: list[str], rows) -> None:
    with (
        archive.open(name, "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, encoding="utf-8-sig", newline="", write_through=True) as stream,
    ):
        stream_csv(stream, header, rows)


def _explained(dataset: Dataset, today: date, is_joined: bool) -> list[list[str]]:
    told = explanation(dataset.surveys, is_joined=is_joined)
    return [*facts(dataset.surveys, dataset.title, today), *(["", sentence] for sentence in told)]


def _as_text(lines: list[list[str]]) -> bytes:
    text = "\r\n".join(f"{term}: {words}" if term else f"- {words}" for term, words in lines)
    return f"{text}\r\n".encode("utf-8-sig")
