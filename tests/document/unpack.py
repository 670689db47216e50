"""unpack.py FILE.docx: the zip file is whole, every part parses, and every table's cells fill its grid."""

import sys
import zipfile
import io
from xml.etree import ElementTree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
assert archive.namelist()[0] == "[Content_Types].xml"
for entry in archive.infolist():
    assert entry.create_system == 0 and entry.date_time == (1980, 1, 1, 0, 0, 0), entry
    data = archive.read(entry)
    if entry.filename.endswith((".xml", ".rels")):
        ElementTree.fromstring(data)
    elif entry.filename.endswith(".xlsx"):
        inner = zipfile.ZipFile(io.BytesIO(data))
        assert inner.testzip() is None
        for name in inner.namelist():
            ElementTree.fromstring(inner.read(name))
body = ElementTree.fromstring(archive.read("word/document.xml"))
for table in body.iter(WORD + "tbl"):
    widths = [int(column.get(WORD + "w")) for column in table.find(WORD + "tblGrid")]
    for row in table.findall(WORD + "tr"):
        cells = row.findall(WORD + "tc")
        spans = [cell.find(f"{WORD}tcPr/{WORD}gridSpan") for cell in cells]
        spans = [1 if span is None else int(span.get(WORD + "val")) for span in spans]
        assert sum(spans) == len(widths), (spans, widths)
        found = [int(cell.find(f"{WORD}tcPr/{WORD}tcW").get(WORD + "w")) for cell in cells]
        assert sum(found) == sum(widths), (found, widths)
        assert all(cell.findall(WORD + "p") for cell in cells)
