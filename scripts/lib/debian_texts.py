"""Real texts for benchmarks, out of Debian: descriptions of packages in many languages, manual pages, HTML manuals.

Everything comes by way of the apt sources of this machine, whatever they are, into a folder of the caller's; nothing is
installed, and apt's own state is left as it is.
"""

from __future__ import annotations

import glob
import gzip
import html.parser
import os
import re
import subprocess

APT_HELPER = "/usr/lib/apt/apt-helper"
_BLOCKS = {"p", "li", "dd", "dt", "td", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "figcaption"}
_UNREAD = {"script", "style", "nav", "header", "footer"}


def descriptions(folder: str, languages: list[str]) -> dict[str, dict[str, tuple[str, list[str]]]]:
    """The descriptions of Debian's packages: by language and digest of the English one, the title and the paragraphs."""
    lists = f"{os.path.abspath(folder)}/lists"
    ready = f"{folder}/lists.ready"
    wanted = ",".join(languages)
    if not os.path.exists(ready) or open(ready).read() != wanted:
        os.makedirs(f"{lists}/partial", exist_ok=True)
        os.makedirs(f"{folder}/cache/archives/partial", exist_ok=True)
        # A state directory of its own: many machines tell apt to fetch no translations.
        subprocess.run(
            ["apt-get", "-qq", "update", "-o", f"Dir::State::lists={lists}", "-o", f"Dir::Cache={os.path.abspath(folder)}/cache",
             "-o", "APT::Sandbox::User=", "-o", f"Acquire::Languages={wanted}",
             "-o", "Acquire::IndexTargets::deb::Packages::DefaultEnabled=false"], check=True)
        with open(ready, "w") as file:
            file.write(wanted)
    return {language: _translation(lists, language) for language in languages}


def _translation(lists: str, language: str) -> dict[str, tuple[str, list[str]]]:
    found = {}
    for path in sorted(glob.glob(f"{lists}/*_i18n_Translation-{language.replace('_', '%5f')}*")):
        text = subprocess.run([APT_HELPER, "cat-file", path], check=True, capture_output=True).stdout.decode()
        for stanza in text.split("\n\n"):
            digest = re.search(r"^Description-md5: (\w+)$", stanza, re.M)
            body = re.search(rf"^Description-{language}: (.*)\n((?: .*\n?)*)", stanza, re.M)
            if digest and body:
                paragraphs = re.sub(r"^ ", "", body[2], flags=re.M).split("\n.\n")
                found[digest[1]] = (body[1], [" ".join(p.split()) for p in paragraphs if p.strip()])
    return found


def packages(folder: str, names: list[str]) -> dict[str, str]:
    """The folders into which packages are unpacked, by name."""
    trees = {}
    for name in names:
        trees[name] = f"{folder}/packages/{name}"
        if not os.path.exists(f"{trees[name]}/ready"):
            os.makedirs(trees[name], exist_ok=True)
            subprocess.run(["apt-get", "-qq", "-o", "APT::Sandbox::User=", "download", name], check=True, cwd=trees[name])
            archive = glob.glob(f"{trees[name]}/*.deb")[0]
            subprocess.run(["dpkg-deb", "-x", archive, trees[name]], check=True)
            os.remove(archive)
            open(f"{trees[name]}/ready", "w").close()
    return trees


def pages(tree: str):
    """Title and paragraphs of each manual page and each HTML page below a folder, in the order of their names."""
    for path in sorted(glob.glob(f"{tree}/**/*", recursive=True)):
        if not os.path.isfile(path) or os.path.islink(path):
            continue
        if re.search(r"\.html?(\.[a-z-]+)?(\.gz)?$", path) or "/man/" in path:
            with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
                text = file.read().decode(errors="replace")
            title, paragraphs = _manual(text) if "/man/" in path else web_page(text)
            if paragraphs:
                yield title or os.path.basename(path), paragraphs


def _manual(text: str) -> tuple[str, list[str]]:
    """Title and paragraphs of a manual page, without its macros: enough for prose."""
    title = re.search(r'^\.(?:TH|Dt) +"?([^ "\n]+)', text, re.M)
    paragraphs, lines = [], []
    for line in text.split("\n") + [".PP"]:
        if re.match(r"""[.']\s*(?:B|I|BR|RB|IR|RI|BI|IB|Nm|Fl|Ar|Xr|Pa|Em|Li|Nd)\b""", line):
            line = line.split(None, 1)[1] if " " in line else ""
        elif line.startswith((".", "'")):
            if lines:
                paragraphs.append(" ".join(" ".join(lines).split()))
            lines = []
            continue
        line = re.sub(r"\\f(?:\[\w*\]|\(..|.)|\\[&|^,/%:]|\\s[-+]?\d", "", line)
        lines.append(re.sub(r"\\\[u([0-9A-F]{4})\]", lambda m: chr(int(m[1], 16)), line).replace("\\-", "-").replace('"', ""))
    return (title[1] if title else ""), [p for p in paragraphs if p]


class _Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.title, self.paragraphs, self.text, self.unread, self.in_title = "", [], [], 0, False

    def handle_starttag(self, tag, attributes):
        self.in_title = tag == "title"
        self.unread += tag in _UNREAD
        if tag in _BLOCKS:
            self.close_block()

    def handle_endtag(self, tag):
        self.in_title = False
        self.unread -= tag in _UNREAD and self.unread > 0
        if tag in _BLOCKS:
            self.close_block()

    def handle_data(self, data):
        if self.in_title:
            self.title += data
        elif not self.unread:
            self.text.append(data)

    def close_block(self):
        block = " ".join("".join(self.text).split())
        self.text = []
        if len(block) > 1:
            self.paragraphs.append(block)


def web_page(text: str) -> tuple[str, list[str]]:
    """Title and blocks of an HTML page."""
    page = _Page()
    page.feed(text)
    page.close()
    page.close_block()
    return " ".join(page.title.split()), page.paragraphs
