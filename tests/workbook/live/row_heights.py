"""Compares the row heights of a workbook with those that LibreOffice gives the same rows by itself.

usage: row_heights.py WORKBOOK FOLDER    ends with 1 where a row is lower than its text, or too many lines are spare
"""
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from openpyxl import load_workbook

# on these the rows' own text makes the height, not a merged cell
OWN_TEXT = ("คะแนนรายข้อ", "แผนปฏิบัติการ", "ผลการตรวจสอบข้อมูล")
POINTS = {"in": 72, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1}


def without_heights(source, target):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb' (ht="[^"]*"|customHeight="1")', b"", part)
            new.writestr(name, part)


def convert(source, folder):
    profile = (folder / "profile").absolute().as_uri()
    command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", "fods", "--outdir", folder, source]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / f"{source.stem}.fods"


def heights(fods):
    text = fods.read_text(encoding="utf-8")
    styles = dict(re.findall(r'<style:style style:name="(ro\d+)".*?style:row-height="([^"]+)"', text, re.S))
    for name, table in re.findall(r'<table:table table:name="([^"]+)"(.*?)</table:table>', text, re.S):
        found = []
        for attributes in re.findall(r"<table:table-row ([^>]*)>", table):
            style = re.search(r'table:style-name="(\w+)"', attributes)[1]
            repeated = re.search(r'number-rows-repeated="(\d+)"', attributes)
            value, unit = re.match(r"([\d.]+)(\w+)", styles[style]).groups()
            found += [float(value) * POINTS[unit]] * min(int(repeated[1]) if repeated else 1, 500)
        yield name, found


def main():
    workbook, folder = Path(sys.argv[1]), Path(sys.argv[2])
    for step in ("first", "second"):
        (folder / step).mkdir()
    bare = folder / "bare.xlsx"
    without_heights(workbook, bare)
    # rows are fitted when a file of its own kind is loaded
    needed = dict(heights(convert(convert(bare, folder / "first"), folder / "second")))
    clipped, lines, spare = [], 0, 0
    for sheet in load_workbook(workbook):
        for row, own in enumerate(needed[sheet.title][: sheet.max_row], 1):
            stored = sheet.row_dimensions[row].height
            if stored is None:
                continue
            if stored < own - 1:
                clipped.append(f"{sheet.title} row {row}: {stored} pt for {own:.1f}")
            elif sheet.title in OWN_TEXT and own > 25:
                lines += round(own / 20.2)
                spare += int((stored - own) / 20.2)
    print(f"{lines} lines, {spare} spare", *clipped, sep="\n")
    sys.exit(bool(clipped) or lines < 100 or spare * 10 > lines)


main()
