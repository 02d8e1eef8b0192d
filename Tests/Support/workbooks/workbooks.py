"""Writes the workbooks of the tests, and what reading them gives.

    pip install openpyxl xlsxwriter pandas
    python3 Tests/Support/workbooks/workbooks.py

Each file comes from another writer. `expected.json` holds the tables as pandas.read_excel reads them, but for what the
reference page states: rows without values are left out, times of day are milliseconds, durations are seconds, logical
values are TRUE and FALSE.
"""

import datetime, io, json, pathlib, re, zipfile

import openpyxl
import openpyxl.cell.rich_text as rich
import pandas
import xlsxwriter

HERE = pathlib.Path(__file__).parent
EPOCH = datetime.datetime(1970, 1, 1)
# Files that do not change when the script runs again.
WRITTEN = datetime.datetime(2026, 11, 27)


def with_openpyxl():
    """Gaps, errors, formulas without values, merged cells, hidden sheets, numbers that are not exact."""
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = WRITTEN
    sheet = book.active
    sheet.title = "Messwerte"
    rows = [
        ["id", "name", "sum", "day", "moment", "clock", "ok", "error", "formula"],
        [1, "Zoë", 0.1 + 0.2, datetime.date(2024, 1, 2), datetime.datetime(2024, 1, 2, 10, 0, 0), datetime.time(7, 30),
         True, 1.5, "=A3*2"],
        [2, 'say "hi"', 1e300, datetime.date(1900, 2, 28), datetime.datetime(1999, 12, 31, 23, 59, 59),
         datetime.time(0, 0), False, "#N/A", "=A4*2"],
        [None] * 9,
        [3, "two\nlines", -12345678901234.5, datetime.date(1900, 3, 1), datetime.datetime(2024, 2, 29, 12, 0, 0, 250000),
         datetime.time(23, 59, 59), True, "#DIV/0!", "=A6*2"],
        [4, None, 5e-324, None, None, None, None, -2.25, None],
    ]
    for number, row in enumerate(rows, 3):
        for column, value in enumerate(row, 2):
            if value is not None:
                sheet.cell(number, column, value)
    sheet.cell(8, 3).value = rich.CellRichText("bold ", rich.TextBlock(openpyxl.cell.text.InlineFont(b=True), "words"))
    sheet.merge_cells("L20:M21")
    sheet.cell(30, 14).fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
    other = book.create_sheet("Verborgen")
    other.sheet_state = "hidden"
    other.append(["x", "y"])
    other.append([1, "a"])
    other.append([2, "b"])
    book.create_sheet("Leer")
    chart = book.create_chartsheet("Diagramm")
    bars = openpyxl.chart.BarChart()
    bars.add_data(openpyxl.chart.Reference(other, min_col=1, min_row=1, max_row=3), titles_from_data=True)
    chart.add_chart(bars)
    book.save(HERE / "openpyxl.xlsx")


def with_xlsxwriter():
    """Custom formats of dates and durations, stored values of formulas, numbers as texts, a rich text."""
    book = xlsxwriter.Workbook(HERE / "xlsxwriter.xlsx")
    book.set_properties({"created": WRITTEN})
    sheet = book.add_worksheet("Zahlen")
    form = lambda code: book.add_format({"num_format": code})
    day, duration, percent = form("[$-407]dddd, d. mmmm yyyy;@"), form("[h]:mm:ss"), form("0.00%")
    money, clock, quoted = form('#,##0.00 "EUR pro day"'), form("hh:mm"), form('0.0 "h"')
    sheet.write_row(0, 0, ["day", "length", "share", "price", "double", "code", "flag", "hours"])
    for row in range(1, 41):
        sheet.write_number(row, 0, 45292 + row, day)
        sheet.write_number(row, 1, row * 0.9, duration if row % 2 else clock)
        sheet.write_number(row, 2, row / 300, percent)
        sheet.write_number(row, 3, row * 1234.567, money)
        sheet.write_formula(row, 4, f"=D{row + 1}*2", None, row * 2469.134)
        sheet.write_string(row, 5, f"k{row % 3}")
        sheet.write_boolean(row, 6, row % 4 == 0)
        sheet.write_number(row, 7, row + 0.5, quoted)
    sheet.write_rich_string(20, 5, book.add_format({"bold": True}), "k", "1")
    sheet.merge_range("J1:K1", "")
    book.close()
    book = xlsxwriter.Workbook(HERE / "from1904.xlsx", {"date_1904": True, "constant_memory": True})
    book.set_properties({"created": WRITTEN})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["day", "word"])
    form = book.add_format({"num_format": 14})
    for row in range(1, 4):
        sheet.write_datetime(row, 0, datetime.datetime(2000, 2, 27 + row if row < 3 else 1, 0, 0), form)
        sheet.write_string(row, 1, f"<w{row % 2}> & so")
    book.close()


def with_pandas():
    """The rows and index of a data frame."""
    table = pandas.DataFrame({
        "x": [1.5, None, -3.25, 1 / 3],
        "when": pandas.to_datetime(["2020-01-31 00:00", "2021-06-30 12:34:56", None, "1969-07-20 20:17:40"],
                               format="mixed"),
        "kind": ["a", "b", "a", None],
        "score": [1, 2, 3, 4],
    })
    with pandas.ExcelWriter(HERE / "pandas.xlsx", engine="openpyxl") as writer:
        table.to_excel(writer, sheet_name="Sheet1")
        writer.book.properties.created = writer.book.properties.modified = WRITTEN


def german():
    """A German export: decimal commas in texts, stored numbers beside them."""
    book = xlsxwriter.Workbook(HERE / "german.xlsx")
    book.set_properties({"created": WRITTEN})
    sheet = book.add_worksheet("Tabelle1")
    sheet.write_row(0, 0, ["Größe", "Preis", "Ort", "Datum", "gespeichert"])
    for row in range(1, 21):
        sheet.write_string(row, 0, f"{row / 8:.3f}".replace(".", ","))
        sheet.write_string(row, 1, f"{1000 + row}.{row:03d},50".replace("10", "1", 1))
        sheet.write_string(row, 2, ["Köln", "Bonn", "Zürich"][row % 3])
        sheet.write_string(row, 3, f"{row:02d}.12.2024")
        sheet.write_number(row, 4, 1 + row / 1000)
    book.close()


PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": '<Relationships xmlns="r"><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/'
                   'relationships/officeDocument" Target="/xl/Book.xml"/></Relationships>',
    "xl/book.xml": '<?xml version="1.0" encoding="UTF-8"?><x:workbook xmlns:x="m" xmlns:q="r"><x:sheets>'
                   '<x:sheet name="One &amp; only" sheetId="7" q:id="b"/></x:sheets></x:workbook>',
    "xl/_rels/book.xml.rels": '<Relationships xmlns="r"><Relationship Id="b" Type="x/worksheet" Target="./s/../S1.xml"/>'
                              '<Relationship Id="c" Type="x/sharedStrings" Target="words.xml"/>'
                              '<Relationship Id="d" Type="x/styles" Target="styles.xml"/></Relationships>',
    "xl\\words.xml": '<sst><si><t>name</t></si><si><r><t xml:space="preserve">ab </t></r><r><t>cd</t></r><rPh sb="0" '
                     'eb="1"><t>NOTE</t></rPh></si><si><t>a_x000D_\n_x005F_x41_</t></si><si><t> blank </t></si></sst>',
    "xl/styles.xml": '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.00E+00"/><numFmt numFmtId="171" '
                     'formatCode="[Red]General"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>'
                     '<xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    "xl/s1.xml": '<x:worksheet xmlns:x="m"><x:dimension ref="A1"/><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c>'
                 '<x:c t="inlineStr"><x:is><x:t>number</x:t></x:is></x:c><x:c t="str"><x:v>day</x:v></x:c>'
                 '<x:c t="inlineStr"><x:is><x:t>empty</x:t></x:is></x:c></x:row>'
                 '<x:row><x:c t="s"><x:v>1</x:v></x:c><x:c s="1"><x:v>1.10000000000000009E-3</x:v></x:c>'
                 '<x:c s="3"><x:v>45292.75</x:v></x:c><x:c t="str"><x:f>""</x:f><x:v></x:v></x:c></x:row>'
                 '<x:row r="9"><x:c r="A9" t="s"><x:v>2</x:v></x:c><x:c r="B9" s="2"><x:v>100000</x:v></x:c>'
                 '<x:c t="d"><x:v>2024-02-29T06:00:00</x:v></x:c></x:row>'
                 '<x:row><x:c t="s"><x:v>3</x:v></x:c><x:c><x:v>0.30000000000000004</x:v></x:c><x:c t="e"><x:v>#REF!</x:v></x:c>'
                 '<x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>',
}


def by_hand():
    """What the standard allows and few writers do: prefixes, no references, other editions, other slashes."""
    with zipfile.ZipFile(HERE / "handmade.xlsm", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 27, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return {
        "file": "handmade.xlsm", "sheet": None, "columns": [
            {"name": "name", "type": "enum", "values": ["ab cd", "a\r\n_x41_", "blank"]},
            {"name": "number", "type": "number", "values": [0.0011000000000000001, 100000, 0.1 + 0.2]},
            {"name": "day", "type": "time", "values": [1704132000000, 1709186400000, None]},
            {"name": "empty", "type": "number", "values": [None, None, 7]},
        ]}


def same_bytes(path):
    """Writes a zip archive again with a fixed time in its entries."""
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            # openpyxl enters the time of saving.
            content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-11-27T00:00:00Z", source.read(entry))
            archive.writestr(zipfile.ZipInfo(entry.filename, (2026, 11, 27, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def value(cell):
    """Returns the kind and the value of what pandas read in a cell."""
    if isinstance(cell, bool):
        return "enum", "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime.timedelta):
        return "number", round(cell.total_seconds(), 3)
    if isinstance(cell, datetime.time):
        return "time", ((cell.hour * 60 + cell.minute) * 60 + cell.second) * 1000
    if isinstance(cell, datetime.datetime):
        return "time", round((cell - EPOCH) / datetime.timedelta(milliseconds=1))
    if isinstance(cell, (int, float)):
        return "number", cell if abs(cell) < 2 ** 53 else float(cell)
    return "enum", cell.strip()


def as_pandas_reads(file, sheet=None, skipped=0, replaced={}):
    table = pandas.read_excel(HERE / file, sheet_name=sheet or 0, skiprows=skipped, engine="openpyxl",
                              dtype=object)
    table = table.dropna(how="all")
    table = table.loc[:, [not (str(name).startswith("Unnamed") and table[name].isna().all()) for name in table.columns]]
    columns = []
    for number, name in enumerate(table.columns):
        if name in replaced:
            columns.append({"name": name, "type": "number", "values": replaced[name]})
            continue
        found = [None if pandas.isna(cell) else value(cell) for cell in table[name]]
        kinds = {cell[0] for cell in found if cell}
        assert len(kinds) < 2, (file, name, kinds)
        columns.append({"name": f"C{number + 1}" if str(name).startswith("Unnamed") else str(name),
                        "type": kinds.pop() if kinds else "number", "values": [cell and cell[1] for cell in found]})
    return {"file": file, "sheet": sheet, "columns": columns}


def main():
    with_openpyxl()
    with_xlsxwriter()
    with_pandas()
    german()
    for path in sorted(HERE.glob("*.xlsx")):
        same_bytes(path)
    tables = [
        as_pandas_reads("openpyxl.xlsx", skipped=2), as_pandas_reads("openpyxl.xlsx", "Verborgen"),
        as_pandas_reads("xlsxwriter.xlsx", replaced={"length": [round(row * 77760.0, 3) for row in range(1, 41)]}),
        as_pandas_reads("from1904.xlsx"), as_pandas_reads("pandas.xlsx"), by_hand(),
    ]
    (HERE / "expected.json").write_text(json.dumps(tables, indent=1, ensure_ascii=False, allow_nan=False) + "\n")


if __name__ == "__main__":
    main()
