// Sends dropped and chosen files one by one, shows how far it is, and says that the page is there. Everything works without it.
"use strict";
(() => {
  const AT_A_TIME = 3;
  const BEAT = 15000;
  const FILES_OF_A_FOLDER = 5000;
  const HEADERS = { "X-Itasheet": "page" };

  // The last page, and one that says why there is none, are nobody's presence.
  if (!document.querySelector("form[action='/end']")) return;
  const lost = document.getElementById("lost");
  const beat = async () => {
    const answer = await fetch("/here", { method: "POST", headers: HEADERS }).catch(() => null);
    lost.hidden = Boolean(answer && answer.ok);
  };
  beat();
  setInterval(beat, BEAT);
  // A page that comes back from the browser's memory is there again.
  addEventListener("pageshow", beat);
  // A browser stops the clocks of a page that is not looked at, but not of one that holds a lock.
  if (navigator.locks) navigator.locks.request("itasheet", { mode: "shared" }, () => new Promise(() => {}));
  // A file that is dropped beside its place does not take the page away.
  for (const kind of ["dragenter", "dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());

  const words = document.getElementById("for-script");
  if (!words) return;
  const say = words.dataset;
  const byId = (id) => document.getElementById(id);
  const [form, input, folder, folderInput] = ["send", "file", "folder", "folder-input"].map(byId);
  const [drop, said, bar, progress, cards] = ["drop", "said", "bar", "progress", "cards"].map(byId);
  document.documentElement.classList.add("with-script");
  document.querySelectorAll(".scripted").forEach((element) => { element.hidden = false; });
  if ("webkitdirectory" in folderInput) folder.hidden = false;

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  const types = new Set(say.types.split(" "));
  const name = (file) => file.path || file.webkitRelativePath || file.name;
  const isHidden = (path) => path.split("/").some((part) => part.startsWith(".") || part.startsWith("~$"));
  const isSpreadsheet = (path) => types.has(path.slice(path.lastIndexOf(".") + 1).toLowerCase());

  const queue = [];
  let running = 0;
  const none = { all: 0, done: 0, good: 0, bad: 0, passed: 0, beyond: 0, only: "" };
  let count = { ...none };

  // What was not read, and why.
  const leftOut = () => {
    const most = FILES_OF_A_FOLDER.toLocaleString("en");
    const parts = [];
    if (count.passed) parts.push(fill(say.passed, { count: count.passed }));
    if (count.beyond) parts.push(fill(say.beyond, { most, count: count.beyond.toLocaleString("en") }));
    return parts.join(" · ");
  };

  const show = () => {
    progress.hidden = false;
    bar.max = count.all;
    bar.value = count.done;
    const rest = leftOut();
    const over = queue.length === 0 && running === 0;
    said.textContent = fill(over ? say.finished : say.waiting, count) + (rest ? ` · ${rest}` : "");
    if (!over) return;
    progress.hidden = true;
    const { all, only, beyond } = count;
    count = { ...none };
    // Who has sent one file wants to see what is in it.
    if (all === 1 && only && !beyond) location.assign(only);
  };

  const failed = (file, message) => {
    const item = document.createElement("li");
    item.className = "card";
    const [box, title, text] = ["div", "h3", "p"].map((tag) => document.createElement(tag));
    box.className = "failed";
    title.textContent = name(file);
    text.className = "message";
    text.textContent = message;
    box.append(title, text);
    item.append(box);
    cards.prepend(item);
    byId("none").hidden = true;
    count.bad += 1;
  };

  const took = (request) => {
    const fragment = new DOMParser().parseFromString(request.responseText, "text/html");
    const items = [...fragment.querySelectorAll("li.card")];
    cards.prepend(...items);
    byId("none").hidden = true;
    byId("together").hidden = false;
    const isGood = items.some((item) => item.querySelector(".entry"));
    count[isGood ? "good" : "bad"] += 1;
    const entries = items.flatMap((item) => [...item.querySelectorAll(".entry h3 a")]);
    count.only = isGood && entries.length === 1 ? entries[0].getAttribute("href") : "";
  };

  const send = (file) => new Promise((resolve) => {
    if (file.size > Number(say.bytes)) {
      failed(file, say.large);
      resolve();
      return;
    }
    const data = new FormData(form);
    data.delete("file");
    data.append("file", file, name(file));
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-Itasheet", "page");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && count.all === 1) bar.value = 0.5 * (event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status === 200) took(request);
      else failed(file, request.responseText);
      resolve();
    };
    request.onerror = () => {
      failed(file, say.lost);
      resolve();
    };
    request.send(data);
  });

  const next = async () => {
    while (queue.length > 0) {
      await send(queue.shift());
      count.done += 1;
      if (queue.length > 0 || running > 1) show();
    }
    running -= 1;
    if (running === 0) show();
  };

  const take = (files, named) => {
    for (const file of files) {
      const path = name(file);
      if (isHidden(path) || (!named && !isSpreadsheet(path))) count.passed += 1;
      else queue.push(file);
    }
    const fresh = queue.length + running + count.done;
    count.all = Math.max(count.all, fresh);
    if (queue.length === 0 && running === 0) {
      said.textContent = leftOut();
      [count.passed, count.beyond] = [0, 0];
      return;
    }
    show();
    while (running < AT_A_TIME && queue.length > 0) {
      running += 1;
      next();
    }
  };

  const read = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));
  const list = (reader) => new Promise((resolve, reject) => reader.readEntries(resolve, reject));

  // The files of a folder come in portions.
  const walk = async (entry, found) => {
    if (entry.isFile && found.length >= FILES_OF_A_FOLDER) {
      count.beyond += 1;
      return;
    }
    if (entry.isFile) {
      const file = await read(entry);
      file.path = entry.fullPath.replace(/^\//, "");
      found.push(file);
      return;
    }
    const reader = entry.createReader();
    for (let part = await list(reader); part.length > 0; part = await list(reader)) {
      // One that cannot be opened is passed over, and the others are taken.
      for (const inner of part) await walk(inner, found).catch(() => { count.passed += 1; });
    }
  };

  const dropped = async (transfer) => {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    if (entries.length === 0) {
      take([...transfer.files], true);
      return;
    }
    const [named, found] = [[], []];
    for (const entry of entries) await walk(entry, entry.isFile ? named : found);
    if (named.length > 0) take(named, true);
    if (found.length > 0) take(found, false);
  };

  input.addEventListener("change", () => {
    take([...input.files], true);
    input.value = "";
  });
  folder.addEventListener("click", () => folderInput.click());
  folderInput.addEventListener("change", () => {
    take([...folderInput.files], false);
    folderInput.value = "";
  });
  form.addEventListener("submit", (event) => {
    if (input.files.length === 0) {
      event.preventDefault();
      input.click();
    }
  });
  for (const kind of ["dragenter", "dragover"]) document.addEventListener(kind, () => drop.classList.add("over"));
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    drop.classList.remove("over");
    dropped(event.dataTransfer).catch(() => { said.textContent = say.lost; });
  });
})();
