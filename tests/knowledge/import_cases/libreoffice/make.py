"""Makes the files of this folder that LibreOffice wrote, in the locales of three countries.

    python tests/knowledge/import_cases/libreoffice/make.py

It needs soffice (Debian: apt install libreoffice-calc); the tests need only the files.

The same table of practices goes through LibreOffice once for each locale and kind of file, as if somebody
had opened it there and saved it anew. Numbers and dates in CSV are then those that the country writes.
"""

import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

import openpyxl

HERE = Path(__file__).parent
LOCALES = ("en-US", "de-DE", "el-GR")
KINDS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods"}
# Separator, quotation mark, character set, first line, then: quote all texts no, cells as shown yes.
CSV = "csv:Text - txt - csv (StarCalc):{separator},34,{charset},1,,0,false,true,true"
COMMA, SEMICOLON, TAB = 44, 59, 9
UTF_8, UTF_16, CP1252 = 76, 65535, 1
HEADINGS = ["id", "title", "country", "nuts_code", "topic", "stage", "source"]
HEADINGS += ["start", "end", "cost_eur", "summary"]
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{}</value></prop></item></oor:items>
"""


def practices():
    """Three practices with what real tables have: zeros by format, dates by format, decimals, a formula,
    a line break, a hidden row and a second sheet."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Πρακτικές"
    sheet.append(HEADINGS)
    place = ["PL", "PL51", "mining heritage and tourism", "post-mining", "https://example.org/p"]
    sheet.append([7, "Zeche Zürich – Führung", *place, date(2016, 5, 1), 2018, 7000000, "Ein\nBesuch."])
    sheet.append([8, "Ορυχείο λιγνίτη", *place, date(2014, 3, 9), None, 1250.5, '="Two "&"words"'])
    sheet.append([9, "Мини „Марица“", *place, 2016, None, 0.1 + 0.2, "Kopalnia złota"])
    for row in (2, 3, 4):
        sheet.cell(row, 1).number_format = "000"
    sheet["H2"].number_format, sheet["H3"].number_format = "yyyy\\-mm", "yyyy\\-mm\\-dd"
    sheet.row_dimensions[4].hidden = True
    workbook.create_sheet("Notes")["A1"] = "What this is about"
    return workbook


def merged():
    """Two practices, one of which spans two rows, below a title."""
    workbook = practices()
    sheet = workbook.active
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Practices of the year"
    sheet.merge_cells("A1:E1")
    sheet["B5"] = None
    sheet.merge_cells("B4:B5")
    return workbook


def stray():
    """A table below and beside which formats go on, as when somebody clicks on a whole column."""
    workbook = practices()
    workbook.active["H60000"].number_format = "yyyy"
    workbook.active["ZZ2"].number_format = "0.00"
    return workbook


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for locale in LOCALES:
            for name, make in {"practices": practices, "merged": merged, "stray": stray}.items():
                source = folder / f"{name}.{locale}.xlsx"
                make().save(source)
                for kind, as_what in KINDS.items():
                    if name == "practices" or locale == "de-DE":
                        convert(folder, locale, source, as_what, f"{name}.{locale}.{kind}")
        source = folder / "practices.en-US.xlsx"
        for locale, separator in zip(LOCALES, (COMMA, SEMICOLON, SEMICOLON), strict=True):
            as_what = CSV.format(separator=separator, charset=UTF_8)
            convert(folder, locale, source, as_what, f"practices.{locale}.csv")
        convert(folder, "de-DE", source, CSV.format(separator=TAB, charset=UTF_16), "unicode-text.de-DE.txt")
        convert(folder, "de-DE", source, CSV.format(separator=SEMICOLON, charset=CP1252), "cp1252.de-DE.csv")
        convert(folder, "de-DE", source, "html", "web-page.de-DE.xls")
        convert(folder, "de-DE", source, "fods", "flat.de-DE.xml")
        convert(folder, "de-DE", source, "pdf", "print.de-DE.pdf")
        convert(folder, "de-DE", source, "slk:SYLK", "sylk.de-DE.slk")
        openpyxl.Workbook().save(folder / "empty.xlsx")
        for kind, as_what in KINDS.items():
            convert(folder, "el-GR", folder / "empty.xlsx", as_what, f"empty.el-GR.{kind}")


def convert(folder, locale, source, as_what, name):
    """Open the source in LibreOffice as it is set up in this country, and save it under this name."""
    profile = folder / locale
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS.format(locale), encoding="utf-8")
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{profile}", "--headless"),
            *("--convert-to", as_what, "--outdir", out, source),
        ],
        check=True,
        capture_output=True,
    )
    shutil.copy(next(out.iterdir()), HERE / name)


if __name__ == "__main__":
    main()
