"""Drives the page with a real Chromium, as an officer would: browser.py PROGRAM AXE [PICTURE].

PROGRAM is the executable, AXE the file axe.min.js of the package axe-core. With PICTURE a screenshot is written there.
It needs selenium, openpyxl and python-docx, chromium and chromedriver; .ci/run installs them. Only this machine is asked.
"""

import os
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from pathlib import Path

import docx
import openpyxl
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

# Beside this file; nothing is left there.
sys.dont_write_bytecode = True
from chromium import Browser, Page

# What openpyxl leaves out it says each time.
warnings.simplefilter("ignore")

PROJECT = Path(__file__).resolve().parents[2]
SAMPLES = PROJECT / "samples"
SAMPLE = "khok-muang-2567.xlsx"
AGENCY = "เทศบาลตำบลโคกม่วง"
FOLDER = 60


def assert_sample(browser):
    """The sample's numbers are on the page."""
    assert browser.one("h1").text == AGENCY
    assert browser.one("#total").text == "92.13" and browser.one("#year").text == "2567"
    assert len(browser.all("table.chart tbody tr")) == 10 and len(browser.all("table.issues tbody tr")) == 7
    weak = [row for row in browser.all("table.chart tbody tr") if "72.94" in row.text]
    assert len(weak) == 1 and weak[0].find_elements(By.CSS_SELECTOR, "rect.weak")


def a_sample_is_dropped_and_its_workbook_and_document_are_read_back(page, browser, axe):
    browser.get(page.url)
    assert browser.driver.current_url == page.base + "/", "the token stays in the address"
    assert browser.all("html.with-script"), "the script has not run"
    browser.drop(SAMPLES / SAMPLE)
    browser.wait(lambda: browser.all("#total"))
    assert_sample(browser)
    assert "คะแนน EIT 82.14 ต่ำกว่า 85.00" in browser.text()
    links = browser.all(".fetch .button")
    workbook = browser.fetched(links[0])
    assert workbook.name == "khok-muang-2567-itasheet.xlsx", workbook
    book = openpyxl.load_workbook(workbook, data_only=True)
    cells = {str(cell.value) for row in book["สรุปผล"].iter_rows() for cell in row}
    assert any(AGENCY in cell for cell in cells) and {"92.13", "72.94"} <= cells, cells
    document = docx.Document(browser.fetched(links[1]))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert AGENCY in words and len(document.tables) >= 3
    # A second click works, and gives the same.
    again = browser.fetched(browser.all(".fetch .button")[0])
    assert again.read_bytes() == workbook.read_bytes()
    assert not browser.axe(axe), browser.axe(axe)


def a_broken_file_stands_beside_a_good_one(page, browser, axe):
    browser.get(page.base + "/")
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder) / "เสียหาย.xlsx"
        broken.write_bytes(b"PK\x03\x04 and no more")
        browser.drop(broken, SAMPLES / "clean-2567.xlsx")
        browser.wait(lambda: "สำเร็จ 1 ไม่สำเร็จ 1" in browser.one("#said").text)
    failed = [card for card in browser.all("li.card") if "เสียหาย.xlsx" in card.text]
    assert len(failed) == 1 and "อ่านไฟล์นี้ไม่ได้" in failed[0].text, failed
    assert any("องค์การบริหารส่วนตำบลตัวอย่าง" in card.text and "98.15" in card.text for card in browser.all("li.card"))
    assert not browser.axe(axe), browser.axe(axe)


def a_missing_year_and_name_are_settled_on_the_page(page, browser, axe):
    with tempfile.TemporaryDirectory() as folder:
        book = openpyxl.Workbook()
        book.active.append(["ข้อ", "คะแนน"])
        for letter, last in [("i", 15), ("e", 9), ("o", 35)]:
            for number in range(1, last + 1):
                book.active.append([f"{letter}{number}", 91.5 if letter != "o" else 100])
        path = Path(folder) / "ไม่มีปี.xlsx"
        book.save(path)
        browser.get(page.base + "/")
        browser.drop(path)
        browser.wait(lambda: browser.all("#total"))
    codes = lambda: [item.get_attribute("data-code") for item in browser.all("li.finding")]
    assert "year-missing" in codes() and "agency-missing" in codes(), codes()
    assert not browser.axe(axe), browser.axe(axe)
    # By keyboard alone.
    browser.one("#settle-agency").send_keys("เทศบาลตำบลทดสอบ" + Keys.TAB + Keys.TAB + Keys.TAB + "2567")
    browser.one("#settle-year").send_keys(Keys.ENTER)
    browser.wait(lambda: browser.one("h1").text == "เทศบาลตำบลทดสอบ")
    assert "year-missing" not in codes() and "agency-missing" not in codes(), codes()
    workbook = openpyxl.load_workbook(browser.fetched(browser.one(".fetch .button")), data_only=True)
    assert any("เทศบาลตำบลทดสอบ" in str(cell.value) for row in workbook["สรุปผล"].iter_rows() for cell in row)


def an_edited_workbook_comes_back_with_its_edits(page, browser, axe):
    browser.get(page.base + "/")
    browser.drop(SAMPLES / SAMPLE)
    browser.wait(lambda: browser.all("#total"))
    edited = browser.fetched(browser.one(".fetch .button"))
    saved = Path(browser.folder.name) / "edited-itasheet.xlsx"
    with zipfile.ZipFile(edited) as old, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/sharedStrings.xml":
                title = "เพิ่มประสิทธิภาพการปฏิบัติงาน".encode()
                assert title in part
                start = part.index(title)
                part = part[:start] + "มาตรการของเจ้าหน้าที่".encode() + part[part.index(b"<", start):]
            new.writestr(name, part)
    browser.get(page.base + "/")
    browser.drop(saved)
    browser.wait(lambda: browser.all("#total"))
    again = browser.fetched(browser.one(".fetch .button"))
    assert again.name.startswith("edited-itasheet"), again
    plan = openpyxl.load_workbook(again)["แผนปฏิบัติการ"]
    assert any("มาตรการของเจ้าหน้าที่" in str(cell.value) for row in plan.iter_rows() for cell in row)


def both_languages_say_the_same(page, browser, axe):
    browser.get(page.base + "/")
    assert browser.one("html").get_attribute("lang") == "th"
    browser.one("a.language").click()
    browser.wait(lambda: browser.one("html").get_attribute("lang") == "en")
    assert "Files and scores do not leave this machine" in browser.text()
    assert not browser.axe(axe), browser.axe(axe)
    browser.drop(SAMPLES / SAMPLE)
    browser.wait(lambda: browser.all("#total"))
    assert_sample(browser)
    assert "EIT 82.14 is below 85.00" in browser.text() and "What to look at before publishing" in browser.text()
    assert not browser.axe(axe), browser.axe(axe)
    # It is kept, until it is switched again.
    browser.get(page.base + "/")
    assert browser.one("html").get_attribute("lang") == "en"
    browser.one("a.language").click()
    browser.wait(lambda: browser.one("html").get_attribute("lang") == "th")


def a_folder_of_sixty_is_read_with_progress(page, browser, axe):
    browser.get(page.base + "/")
    before = len(browser.all("article.entry"))
    with tempfile.TemporaryDirectory() as folder:
        template = openpyxl.load_workbook(SAMPLES / "clean-2567.xlsx")
        cells = [cell for sheet in template for row in sheet.iter_rows() for cell in row
                 if isinstance(cell.value, str) and "องค์การบริหารส่วนตำบล" in cell.value]
        assert cells
        for number in range(FOLDER):
            for cell in cells:
                cell.value = f"องค์การบริหารส่วนตำบลที่ {number}"
            path = Path(folder) / "คะแนน" / f"อำเภอ {number % 4}" / f"{number:02}.xlsx"
            path.parent.mkdir(parents=True, exist_ok=True)
            template.save(path)
        for name in ["อ่าน.pdf", "~$00.xlsx", ".hidden.xlsx"]:
            (Path(folder) / "คะแนน" / name).write_bytes(b"nothing")
        browser.drop(Path(folder) / "คะแนน")
        browser.wait(lambda: "จาก 60 ไฟล์" in browser.one("#said").text)
        assert browser.one("#progress").is_displayed()
        browser.wait(lambda: "อ่านครบ 60 ไฟล์: สำเร็จ 60 ไม่สำเร็จ 0" in browser.one("#said").text, 180)
    assert "ข้ามไฟล์ที่ไม่ใช่ตารางคะแนน 3 ไฟล์" in browser.one("#said").text
    assert len(browser.all("article.entry")) == before + FOLDER
    names = {link.text for link in browser.all("article.entry h3 a")}
    assert {f"องค์การบริหารส่วนตำบลที่ {number}" for number in range(FOLDER)} <= names
    assert "คะแนน/อำเภอ 1/01.xlsx" in browser.text()
    links = {link.get_attribute("href").rsplit("/", 1)[1]: link for link in browser.all("#together a")}
    with zipfile.ZipFile(browser.fetched(links["all.zip"])) as archive:
        assert archive.testzip() is None
        assert len([name for name in archive.namelist() if name.endswith(".docx")]) == before + FOLDER
    overview = openpyxl.load_workbook(browser.fetched(links["overview.xlsx"]), data_only=True)
    listed = {str(cell.value) for row in overview["ตารางอันดับ"].iter_rows() for cell in row}
    assert {f"องค์การบริหารส่วนตำบลที่ {number}" for number in range(FOLDER)} <= listed
    rows = browser.fetched(links["rows.csv"]).read_text(encoding="utf-8-sig")
    assert rows.count(",total,") == before + FOLDER


def files_of_a_folder_beyond_the_bound_were_left_out_without_a_word(page, browser, axe):
    with tempfile.TemporaryDirectory() as folder:
        for number in range(5_003):
            (Path(folder) / f"{number}.txt.old").touch()
        for language, said in [("en", "more than 5,000 files: the other 3 were left out"),
                               ("th", "มากกว่า 5,000 ไฟล์ ไม่ได้อ่านที่เหลืออีก 3 ไฟล์")]:
            browser.get(page.base + f"/?lang={language}")
            browser.drop(Path(folder))
            browser.wait(lambda: said in browser.one("#said").text)
    assert not browser.axe(axe), browser.axe(axe)


def everything_is_reached_by_keyboard_and_fits_320_pixels(page, browser, axe):
    browser.get(page.base + "/")
    reached = []
    for _ in range(12):
        ActionChains(browser.driver).send_keys(Keys.TAB).perform()
        focused = browser.driver.switch_to.active_element
        reached.append(focused.get_attribute("id") or focused.get_attribute("class") or focused.tag_name)
        label = browser.driver.execute_script(
            "const e = document.activeElement; const shown = e.id === 'file' ? e.closest('.drop').querySelector('label') : e;"
            "return getComputedStyle(shown).outlineStyle;")
        assert label != "none", f"nothing shows that {reached[-1]} has the focus"
    assert reached[0] == "skip" and {"brand", "language", "quiet", "file", "folder", "summary"} <= set(reached), reached
    agency = browser.one("article.entry h3 a").get_attribute("href")
    for address in [page.base + "/", agency]:
        browser.width(320)
        browser.get(address)
        wide = browser.driver.execute_script("return document.documentElement.scrollWidth")
        assert wide <= 320, f"{address} is {wide} pixels wide"
        assert not browser.axe(axe), browser.axe(axe)
        for feature in [{"name": "forced-colors", "value": "active"}, {"name": "prefers-color-scheme", "value": "dark"}]:
            browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
            assert not browser.axe(axe), browser.axe(axe)
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
        browser.width(1280)


def a_page_without_a_script_does_it_too(page, browser, axe):
    bare = Browser(script=False)
    try:
        second = subprocess.run([PROGRAM, "serve", "--no-open"], env={**os.environ, "XDG_CACHE_HOME": page.home.name},
                                capture_output=True, text=True, check=True)
        url = next(line.strip() for line in second.stdout.splitlines() if line.strip().startswith("http://"))
        bare.get(url)
        assert not bare.all("html.with-script"), "the script has run"
        bare.one("#file").send_keys(str(SAMPLES / SAMPLE))
        bare.one("#send button.unscripted").click()
        bare.wait(lambda: bare.all("#total"))
        assert not bare.all("html.with-script"), "the script has run"
        assert_sample(bare)
        assert bare.fetched(bare.one(".fetch .button")).stat().st_size > 10_000
        assert not bare.complaints(), bare.complaints()
        # One that is too large is refused on a page, and not by a connection that is cut.
        with tempfile.TemporaryDirectory() as folder:
            large = Path(folder) / "large.xlsx"
            with large.open("wb") as file:
                file.truncate(300 << 20)
            bare.get(page.base + "/")
            bare.one("#file").send_keys(str(large))
            bare.one("#send button.unscripted").click()
            bare.wait(lambda: "ไฟล์ใหญ่เกิน 256 MB" in bare.text())
        complaints = bare.complaints()
        assert all("status of 413" in entry for entry in complaints), complaints
    finally:
        bare.close()


def a_page_whose_program_is_gone_says_so(page, browser, axe):
    other = Page(PROGRAM)
    try:
        browser.get(other.url)
        assert not browser.one("#lost").is_displayed()
        other.process.kill()
        other.process.wait()
        browser.driver.execute_script("dispatchEvent(new Event('pageshow'))")
        browser.wait(lambda: browser.one("#lost").is_displayed())
        assert "โปรดเปิดโปรแกรมอีกครั้ง" in browser.one("#lost").text
    finally:
        other.close()
    known = [entry for entry in browser.complaints() if not entry.startswith(other.base + "/here")]
    assert not known, known


def the_button_ends_it_and_nothing_is_left(page, browser, axe):
    browser.get(page.base + "/")
    browser.one("nav form button").click()
    browser.wait(lambda: "ปิดโปรแกรมแล้ว" in browser.text())
    assert page.ended() == 0
    assert page.left() == ["serve.lock"], page.left()


STEPS = [
    a_sample_is_dropped_and_its_workbook_and_document_are_read_back,
    a_broken_file_stands_beside_a_good_one,
    a_missing_year_and_name_are_settled_on_the_page,
    an_edited_workbook_comes_back_with_its_edits,
    both_languages_say_the_same,
    a_folder_of_sixty_is_read_with_progress,
    files_of_a_folder_beyond_the_bound_were_left_out_without_a_word,
    everything_is_reached_by_keyboard_and_fits_320_pixels,
    a_page_without_a_script_does_it_too,
    a_page_whose_program_is_gone_says_so,
    the_button_ends_it_and_nothing_is_left,
]


def picture(page, browser, path):
    """The page of the sample, as the README shows it."""
    browser.get(page.url)
    browser.drop(SAMPLES / SAMPLE)
    browser.wait(lambda: browser.all("#total"))
    shape = {"width": 1000, "height": 1360, "deviceScaleFactor": 1, "mobile": False}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)
    browser.driver.save_screenshot(path)


def main():
    axe = Path(sys.argv[2]).read_text(encoding="utf-8")
    page, browser = Page(PROGRAM), Browser()
    failed = 0
    try:
        if len(sys.argv) > 3:
            picture(page, browser, sys.argv[3])
            return 0
        for step in STEPS:
            begun = time.monotonic()
            try:
                step(page, browser, axe)
                said = "ok"
            except Exception as problem:  # The next step may still pass.
                failed += 1
                line = traceback.extract_tb(problem.__traceback__)[-1].line
                said = f"FAILED: {type(problem).__name__}: {problem} in: {line}"
            print(f"{step.__name__}: {said} ({time.monotonic() - begun:.1f} s)", flush=True)
        elsewhere = [url for url in browser.asked() if not url.startswith("http://127.0.0.1:")]
        complaints = browser.complaints()
        for name, found in [("no_other_host_is_asked", elsewhere), ("the_browser_has_nothing_to_complain_of", complaints)]:
            failed += bool(found)
            print(f"{name}: {'FAILED: ' + str(found) if found else 'ok'}")
    finally:
        browser.close()
        page.close()
    print(f"{len(STEPS) + 2 - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    PROGRAM = sys.argv[1]
    sys.exit(main())
