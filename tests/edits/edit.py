"""Edits a written workbook as an officer would: edit.py SEED FROM TO. Prints every word that was typed."""

import random
import sys
import warnings

import openpyxl

warnings.simplefilter("ignore")
seed, source, target = sys.argv[1:4]
chance = random.Random(int(seed))
book = openpyxl.load_workbook(source)
analysis, plan = book["วิเคราะห์ผล"], book["แผนปฏิบัติการ"]
follow_up, scores = book["ติดตามผล"], book["คะแนนรายข้อ"]
words = []


def word(kind):
    words.append(f"{kind}คำที่{len(words)}ของ{seed}จบ")
    return words[-1]


def keyed(sheet, column, start):
    """Rows whose key begins so."""
    rows = range(1, sheet.max_row + 1)
    return [row for row in rows if str(sheet.cell(row, column).value or "").startswith(start)]


def sample(rows, most):
    return chance.sample(rows, min(len(rows), chance.randint(1, most)))


# Titles, heads, labels and results, and cells far from everything.
places = [(book["สรุปผล"], cell) for cell in ["A1", "A2", "A3", "A6", "A9", "C11", "C12", "J15", "B70", "A8", "D12"]]
places += [(sheet, cell) for sheet in [analysis, plan, follow_up] for cell in ["A1", "A2", "C3", "A4", "K5", "M30"]]
places += [(scores, cell) for cell in ["A1", "A2", "F9", "F20", "L7", "C130", "A4"]]
places += [(book["ผลการตรวจสอบ"], cell) for cell in ["A1", "D4", "H5", "C60"]]
for sheet, cell in sample(places, 12):
    if not isinstance(sheet[cell], openpyxl.cell.cell.MergedCell):
        sheet[cell].value = word("ข้อความ")

# Follow-up and scores first: their rows stay where they are.
for row in sample([row for row in keyed(follow_up, 9, "F/") if "/-" not in follow_up.cell(row, 9).value
                   and "added" not in follow_up.cell(row, 9).value], 6):
    follow_up.cell(row, 3).value = word("ผล")
    follow_up.cell(row, 4).value = chance.choice(["กำลังดำเนินการ", "แล้วเสร็จ"])
    follow_up.cell(row, 5).value = chance.randint(0, 100)
    follow_up.cell(row, 6).value = word("ปัญหา")
for row in sample(list(range(5, 64)), 3):
    scores.cell(row, 2).value = chance.randint(0, 10000) / 100
for row in range(60, scores.max_row + 1):
    if scores.cell(row, 1).value == "อำเภอ" and chance.random() < 0.5:
        scores.cell(row, 6).value = word("อำเภอ")

rows = [row for row in keyed(analysis, 8, "A/") if analysis.cell(row, 8).value.count("/") == 2]
for row in sample(rows, 8):
    ends = chance.choice(["", "\nบรรทัดที่สอง", "  ", "\r\nบรรทัด"])
    analysis.cell(row, 6).value = word("วิเคราะห์") + ends
for row in sorted(sample(rows, 3), reverse=True):
    analysis.insert_rows(row + 1)
    analysis.cell(row + 1, 3).value = word("ข้อใหม่")
    analysis.cell(row + 1, 6).value = word("แถวใหม่")

firsts = [row for row in keyed(plan, 6, "P/") if "|title|" in plan.cell(row, 6).value]
for row in sample(firsts, 5):
    plan.cell(row, 2).value = word("มาตรการ")
    plan.cell(row, 4).value = word("ระยะเวลา")
    plan.cell(row, 5).value = word("หน่วยงาน")
others = [row for row in keyed(plan, 6, "P/") if "|" in str(plan.cell(row, 6).value) and row not in firsts]
for row in sample([row for row in others if plan.cell(row, 3).value], 5):
    plan.cell(row, 3).value = f"{chance.randint(1, 9)}. " + word("ขั้นตอน")
# Lines to sign on.
for row in keyed(plan, 6, "P/sign/1"):
    plan.cell(row, 1).value = "ลงชื่อ " + word("ผู้จัดทำ")
# A measure is moved behind the next one, another taken out.
if len(firsts) > 6 and chance.random() < 0.5:
    gone = chance.choice(firsts[3:])
    end = next((row for row in firsts if row > gone), gone + 3)
    while gone < end and "|" in str(plan.cell(gone, 6).value or "") and not any(
            w in str(plan.cell(gone, column).value) for w in words for column in range(1, 6)):
        for column in range(1, 7):
            plan.cell(gone, column).value = None
        gone += 1
for row in sorted(sample(others, 3), reverse=True):
    plan.insert_rows(row)
    plan.cell(row, 3).value = word("ขั้นตอนใหม่")
for row in sorted(keyed(plan, 6, "P/")[:30:7], reverse=True):
    if str(plan.cell(row, 6).value).endswith("|title|") or "|title|" in str(plan.cell(row, 6).value):
        plan.insert_rows(row)
        plan.cell(row, 1).value = "1.9"
        plan.cell(row, 2).value = word("มาตรการใหม่")
        plan.cell(row, 3).value = "1. " + word("ขั้นตอนของมาตรการใหม่")
        plan.cell(row, 5).value = word("ผู้รับผิดชอบ")
book.save(target)
print("\n".join(words))
