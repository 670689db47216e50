"""Changes numbers in a written workbook, lets LibreOffice recalculate it, and compares every dependent cell with what
the program writes for those numbers; further written workbooks are compared with themselves, recalculated.
Usage: recalculate.py EXECUTABLE SAMPLE FOLDER [WORKBOOK...]"""

import math
import os
import random
import re
import subprocess
import sys
import zipfile

from openpyxl import load_workbook

SCORES, ANALYSIS, PLAN, FOLLOW_UP = "คะแนนรายข้อ", "วิเคราะห์ผล", "แผนปฏิบัติการ", "ติดตามผล"
# By default LibreOffice keeps cached values; 0 is "always recalculate".
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value>
</prop></item></oor:items>"""


def recalculate(path, folder):
    profile, out = os.path.join(folder, "profile"), os.path.join(folder, "recalculated")
    if not os.path.exists(profile):
        os.makedirs(os.path.join(profile, "user"))
        with open(os.path.join(profile, "user", "registrymodifications.xcu"), "w") as file:
            file.write(SETTINGS)
    arguments = ["soffice", "--headless", "--norestore", "-env:UserInstallation=file://" + profile]
    arguments += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, path]
    subprocess.run(arguments, check=True, capture_output=True, timeout=240, env=dict(os.environ, HOME=folder))
    return os.path.join(out, os.path.basename(path))


def same(a, b):
    a, b = ("" if a is None else a), ("" if b is None else b)
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return math.isclose(a, b, abs_tol=1e-6)
    return a == b


def questions(book):
    """Score and status of each row of the analysis, by issue and code: where a row stands depends on the texts."""
    found, issue = {}, None
    for row in book[ANALYSIS].iter_rows(values_only=True):
        if str(row[1] or "").startswith("ประเด็นที่ "):
            issue = row[1].split()[1]
        if str(row[2] or "").startswith("ข้อ "):
            found[issue, row[2].split()[1]] = row[3:5]
    return found


def compare(got, want, by_place):
    values, expected, formulas = load_workbook(got, data_only=True), load_workbook(want, data_only=True), load_workbook(want)
    count, wrong = 0, []
    for sheet in formulas.worksheets:
        if sheet.title in by_place:
            continue
        for cell in (cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")):
            count += 1
            own, other = values[sheet.title][cell.coordinate].value, expected[sheet.title][cell.coordinate].value
            if not same(own, other):
                wrong.append(f"{sheet.title}!{cell.coordinate}: recalculated {own!r}, written {other!r}")
    for sheet in by_place:
        # titles follow what is typed in
        for address in ("A1", "A2"):
            count += 1
            own, other = values[sheet][address].value, expected[sheet][address].value
            if not same(own, other):
                wrong.append(f"{sheet}!{address}: recalculated {own!r}, written {other!r}")
    if by_place:
        own = questions(values)
        for key, cells in questions(expected).items():
            count += len(cells)
            if not all(map(same, own[key], cells)):
                wrong.append(f"{key}: recalculated {own[key]}, written {cells}")
    return count, wrong


def spoil(path, out):
    """Replaces one formula's cached value: a recalculation that keeps it is none."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data, count = re.subn(rb"(</f><v>)92\.13(</v>)", rb"\g<1>11.11\2", data)
                assert count, "no cached total to spoil"
            target.writestr(name, data)


def edit(path, out, seed):
    draw = random.Random(seed)
    book = load_workbook(path)
    sheet = book[SCORES]
    threshold = draw.choice([85, 80, 90.5, 100])
    for row in sheet.iter_rows(min_row=5):
        code, number, label = str(row[0].value or ""), row[1], row[5].value
        if re.fullmatch(r"[ieo]\d+", code):
            number.value = draw.choice([None, 0, 100, 100, *(round(draw.uniform(40, 100), 2) for _ in range(8))])
        elif re.fullmatch(r"\d+", code):
            number.value = draw.choice([None, number.value, round(draw.uniform(60, 100), 2)])
        elif label == "คะแนนรวม":
            number.value = draw.choice([None, number.value])
        elif code.startswith("เกณฑ์"):
            row[5].value = threshold
        elif code in ("หน่วยงาน", "อำเภอ", "จังหวัด"):
            row[5].value = draw.choice([row[5].value, "เทศบาลตำบลอื่น" if code == "หน่วยงาน" else "อื่น"])
    book.save(out)
    return threshold


def main(executable, sample, folder, *others):
    path = os.path.join(folder, "written.xlsx")
    subprocess.run([executable, sample, "-o", path], check=True, capture_output=True)
    spoiled = os.path.join(folder, "spoiled.xlsx")
    spoil(path, spoiled)
    assert load_workbook(spoiled, data_only=True).worksheets[0]["A8"].value == 11.11, "the total is not in A8"
    mended = load_workbook(recalculate(spoiled, folder), data_only=True).worksheets[0]["A8"].value
    assert mended == 92.13, f"LibreOffice did not recalculate: {mended}"
    count, wrong = compare(recalculate(path, folder), path, ())
    for seed in range(4):
        changed, expected = (os.path.join(folder, f"{name}{seed}.xlsx") for name in ("changed", "expected"))
        threshold = edit(path, changed, seed)
        arguments = [executable, changed, "-o", expected, "--threshold", str(threshold)]
        subprocess.run(arguments, check=True, capture_output=True)
        more, faults = compare(recalculate(changed, folder), expected, (ANALYSIS, PLAN, FOLLOW_UP))
        count, wrong = count + more, wrong + [f"change {seed}: {fault}" for fault in faults]
    for other in others:
        more, faults = compare(recalculate(other, folder), other, ())
        count, wrong = count + more, wrong + [f"{os.path.basename(other)}: {fault}" for fault in faults]
    print(f"{count} formulas compared")
    print("\n".join(wrong[:40]))
    sys.exit(1 if wrong else 0)


main(*sys.argv[1:])
