"""The program with its page, and a real Chromium that looks at it, for `browser.py`."""

import json
import os
import signal
import subprocess
import tempfile
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 60


class Page:
    """The program with its page, for a user of its own."""

    def __init__(self, program, *arguments):
        self.home = tempfile.TemporaryDirectory()
        environment = {**os.environ, "XDG_CACHE_HOME": self.home.name, "HOME": self.home.name, "LC_ALL": "C.UTF-8"}
        command = [program, "serve", "--no-open", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
        lines = iter(self.process.stdout.readline, "")
        self.url = next(line.strip() for line in lines if line.strip().startswith("http://"))
        self.base = self.url.split("/?")[0]

    def ended(self):
        return self.process.wait(timeout=PATIENCE)

    def left(self):
        return [path.name for path in Path(self.home.name).rglob("*") if path.is_file()]

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=PATIENCE)
        self.home.cleanup()


class Browser:
    """A Chromium that keeps what it downloads in a folder and notes what it asks for."""

    def __init__(self, script=True):
        self.folder = tempfile.TemporaryDirectory()
        options = webdriver.ChromeOptions()
        switches = ["headless=new", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-sync",
                    "disable-background-networking", "disable-component-update", "window-size=1280,1000",
                    "hide-scrollbars", "disable-dev-shm-usage"]
        for switch in switches:
            options.add_argument("--" + switch)
        preferences = {"download.default_directory": self.folder.name, "download.prompt_for_download": False,
                       "profile.default_content_setting_values.automatic_downloads": 1}
        options.add_experimental_option("prefs", preferences)
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        options.binary_location = "/usr/bin/chromium"
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.get = self.driver.get
        if not script:
            # A setting of the profile may reach the first page too late.
            self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def wait(self, condition, seconds=PATIENCE):
        # A page may give way to the next while it is looked at, and its end comes after its beginning.
        wait = WebDriverWait(self.driver, seconds, 0.1, [StaleElementReferenceException])
        return wait.until(lambda _: self.driver.execute_script("return document.readyState") == "complete" and condition())

    def text(self):
        return self.one("body").text

    def width(self, pixels):
        shape = {"width": pixels, "height": 1000, "deviceScaleFactor": 1, "mobile": pixels < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)

    def drop(self, *paths):
        """Drops files and folders on the page as a file manager does."""
        box = self.one("#drop").rect
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 30, "data": data}
        for kind in ["dragEnter", "dragOver", "drop"]:
            self.driver.execute_cdp_cmd("Input.dispatchDragEvent", {"type": kind, **place})

    def fetched(self, link):
        """What a link gives, as a file on the disk."""
        before = set(os.listdir(self.folder.name))
        link.click()
        whole = lambda: [name for name in set(os.listdir(self.folder.name)) - before
                         if not name.endswith((".crdownload", ".tmp")) and not name.startswith(".")]
        self.wait(whole)
        return Path(self.folder.name) / whole()[0]

    def axe(self, source):
        """What axe finds on the page."""
        self.driver.execute_script(source)
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1]; axe.run(document, {resultTypes: ['violations']})"
            ".then((found) => done(found.violations), (error) => done([{id: String(error), nodes: []}]));")
        return [f"{violation['id']}: {[node['html'][:120] for node in violation['nodes']]}" for violation in found]

    def asked(self):
        """The addresses that the browser has asked for since the last time."""
        events = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        sent = (event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent")
        return [url for url in sent if not url.startswith(("data:", "blob:", "chrome:", "about:"))]

    def complaints(self):
        """What the browser says is wrong, such as something that the page's policy forbids."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def close(self):
        self.driver.quit()
        self.folder.cleanup()
