"""Reads the sample's workbook with openpyxl and compares it with the published figures."""

import re
import sys

from openpyxl import load_workbook

INDICATORS = [91.78, 94.44, 98.00, 82.00, 92.00, 87.03, 86.45, 72.94, 100.00, 100.00]
# instrument and codes of each issue, as the published report prints them
ISSUES = {
    1: {"IIT": "i1 i2 i3", "OIT": "o7 o8 o9 o10"},
    2: {"EIT": "e1 e2 e3 e7 e8 e9", "OIT": "o11 o12 o13 o25"},
    3: {"EIT": "e4 e5 e6", "OIT": "o1 o2 o3 o4 o5 o6"},
    4: {"IIT": "i10 i11 i12"},
    5: {"IIT": "i4 i5 i6", "OIT": "o14 o15 o16 o17"},
    6: {"IIT": "i7 i8 i9", "OIT": "o18 o19 o20 o21"},
    7: {"IIT": "i13 i14 i15", "OIT": "o22 o23 o24 o26 o27 o28 o29 o30 o31 o32 o33 o34 o35"},
}


def rows(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def main(path):
    book = load_workbook(path, data_only=True)
    summary = [value for row in rows(book["สรุปผล"]) for value in row if value is not None]
    assert 92.13 in summary, "total"
    assert "ผ่าน" in summary, "level"
    assert any("EIT ๘๒.๑๔" in str(value) for value in summary), "reason"
    scores = [row[3] for row in rows(book["สรุปผล"]) if str(row[1] or "") and row[2] and isinstance(row[3], (int, float))]
    assert scores[:10] == INDICATORS, scores

    issue, instrument, found = None, None, {}
    for row in rows(book["วิเคราะห์ผล"]):
        if str(row[1] or "").startswith("ประเด็นที่ "):
            issue = int(row[1].split()[1])
        instrument = row[1] or instrument
        if code_at_start := re.match(r"[ieo]\d+(?= )", str(row[2] or "")):
            code = code_at_start.group()
            found.setdefault(issue, {}).setdefault(instrument, []).append(code)
            if code == "e9":
                assert row[3] == 30.49 and row[4] == "ควรปรับปรุง" and "หน่วยงานควรดำเนินการ" in row[5], row
    expected = {number: {key: codes.split() for key, codes in parts.items()} for number, parts in ISSUES.items()}
    assert found == expected, found
    assert sum(len(codes) for parts in found.values() for codes in parts.values()) == 59

    plan = [str(value) for row in rows(book["แผนปฏิบัติการ"]) for value in row if value]
    assert any("e9 (30.49 คะแนน)" in text for text in plan), "measure for e9"
    print("read back: 59 rows in 7 issues, 10 indicators, total 92.13, level ผ่าน")


main(sys.argv[1])
