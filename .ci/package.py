"""Makes a release's archive of a program: with the Thai guide, samples, completions, manual page and licences.

    package.py NAME PROGRAM FOLDER   writes FOLDER/itasheet-VERSION-NAME.zip or .tar.gz and its SHA-256 sum
    package.py --version             prints the version
"""

import gzip
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SHELLS = {"bash": "itasheet.bash", "fish": "itasheet.fish", "powershell": "itasheet.ps1", "zsh": "_itasheet"}


def version():
    text = (PROJECT / "Cargo.toml").read_text(encoding="utf-8")
    return re.search(r'^version = "(.+)"$', text, re.MULTILINE).group(1)


def guide():
    """The README's Thai part as plain text, for the editor that comes with Windows."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    part = re.search(r"^## สำหรับเจ้าหน้าที่\n(.*?)(?=^## )", readme, re.MULTILINE | re.DOTALL).group(1)
    part = re.sub(r"^#+ ", "", part, flags=re.MULTILINE)
    part = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", part)
    part = part.replace("**", "").replace("`", "")
    text = f"itasheet {version()}\n\n{part.strip()}\n"
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def licences():
    """The licences of all crates that the program is made of."""
    done = subprocess.run(
        ["cargo", "metadata", "--format-version=1", "--locked"], cwd=PROJECT, check=True, capture_output=True
    )
    metadata = json.loads(done.stdout)
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    # those that are built in, not those that only tests or the build script use
    reached, ahead = set(), [metadata["resolve"]["root"]]
    while ahead:
        package = ahead.pop()
        if package in reached:
            continue
        reached.add(package)
        for needed in nodes[package]["deps"]:
            if any(kind["kind"] is None for kind in needed["dep_kinds"]):
                ahead.append(needed["pkg"])
    parts = []
    for package in sorted(metadata["packages"], key=lambda package: (package["name"], package["version"])):
        if package["id"] not in reached or package["name"] == "itasheet":
            continue
        folder = Path(package["manifest_path"]).parent
        files = sorted(path for path in folder.iterdir() if re.match(r"(?i)(licen[cs]e|copying|notice)", path.name))
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in files if path.is_file()]
        head = f"{package['name']} {package['version']}: {package['license'] or 'see below'}"
        parts.append("\n\n".join([head, *texts]).rstrip())
    return ("\n\n" + "=" * 78 + "\n\n").join(parts).encode()


def contents(program):
    """Every file's name with its bytes."""

    def said(*arguments):
        return subprocess.run([str(program.resolve()), *arguments], check=True, capture_output=True).stdout

    files = {
        program.name: program.read_bytes(),
        "คู่มือ.txt": guide(),
        "LICENSE.txt": (PROJECT / "LICENSE").read_bytes(),
        "LICENSES-OF-PARTS.txt": licences(),
        "man/itasheet.1": said("man"),
    }
    for shell, name in SHELLS.items():
        files[f"completions/{name}"] = said("completions", shell)
    for path in sorted((PROJECT / "samples").glob("*.xlsx")):
        if not path.stem.endswith("-itasheet"):
            files[f"samples/{path.name}"] = path.read_bytes()
    return files


def write(archive, folder, files, program):
    """The same files give the same bytes."""
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
            for name, data in sorted(files.items()):
                out.writestr(zipfile.ZipInfo(f"{folder}/{name}"), data, zipfile.ZIP_DEFLATED)
        return
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as out:
        for name, data in sorted(files.items()):
            entry = tarfile.TarInfo(f"{folder}/{name}")
            entry.size = len(data)
            entry.mode = 0o755 if name == program else 0o644
            out.addfile(entry, io.BytesIO(data))
    archive.write_bytes(gzip.compress(packed.getvalue(), mtime=0))


def main(arguments):
    if arguments == ["--version"]:
        print(version())
        return
    name, program, out = arguments[0], Path(arguments[1]), Path(arguments[2])
    folder = f"itasheet-{version()}-{name}"
    out.mkdir(parents=True, exist_ok=True)
    archive = out / (folder + (".zip" if program.suffix == ".exe" else ".tar.gz"))
    write(archive, folder, contents(program), program.name)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    (out / f"{archive.name}.sha256").write_bytes(f"{digest}  {archive.name}\n".encode())
    print(archive)


main(sys.argv[1:])
