#!/usr/bin/env python3
"""make.py NODE_MODULES: writes static/fonts from the complete faces of two npm packages.

    npm install --no-save @expo-google-fonts/literata@0.4.3 @expo-google-fonts/commissioner@0.4.1
    pip install fonttools brotli
    python3 fonts/make.py node_modules

Literata and Commissioner are under the SIL Open Font License without reserved names, so cut-down copies may keep theirs.
The ready-made web fonts of both lack old-style figures, small capitals and true superscripts; so they are cut here.
"""
import pathlib
import shutil
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCES = pathlib.Path(sys.argv[1]) / "@expo-google-fonts"
OUT = pathlib.Path(__file__).parent.parent / "static" / "fonts"
# The ranges that CSS names: static/postil.css (`unicode-range`) says the same.
RANGES = {
    "latin": "0000-00FF,0131,0152-0153,02BB-02BC,02C6,02DA,02DC,2000-200B,200E-2019,201A-2027,202F-203A,203E,2042,2044,2070-208E,20AC,2116,2122,2190-2193,21A9,2212,2215,FB01-FB02",
    "latin-ext": "0100-0130,0132-0151,0154-024F,0259,1E00-1EFF,20A0-20AB,20AD-20C0,2113,2C60-2C7F,A720-A7FF,0300-036F",
    "greek": "0370-03FF,1F00-1FFF",
    "cyrillic": "0400-052F,1C80-1C88,2DE0-2DFF,A640-A69F",
}
FACES = {
    "literata": ("literata/400Regular/Literata_400Regular.ttf", RANGES),
    "literata-italic": ("literata/400Regular_Italic/Literata_400Regular_Italic.ttf", RANGES),
    "literata-semibold": ("literata/600SemiBold/Literata_600SemiBold.ttf", RANGES),
    "commissioner": ("commissioner/400Regular/Commissioner_400Regular.ttf", RANGES),
    "commissioner-semibold": ("commissioner/600SemiBold/Commissioner_600SemiBold.ttf", RANGES),
}
FEATURES = {
    "literata": ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "onum", "lnum", "pnum", "tnum", "smcp", "c2sc", "sups", "ordn"],
    "commissioner": ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "calt", "ordn", "case"],
}


def codes(ranges):
    for part in ranges.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


OUT.mkdir(parents=True, exist_ok=True)
for name, (path, ranges) in FACES.items():
    for script, wanted in ranges.items():
        font = TTFont(SOURCES / path, recalcTimestamp=False)
        options = subset.Options()
        options.flavor = "woff2"
        options.hinting = False
        options.desubroutinize = True
        options.layout_features = FEATURES[name.split("-")[0]]
        options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=codes(wanted))
        cutter.subset(font)
        file = OUT / f"{name}-{script}.woff2"
        subset.save_font(font, file, options)
        print(f"{file.stat().st_size:7} {file.name}")
# Markers that a source writes with raised figures (¹) stand raised on the page already: here those are plain figures.
RAISED = dict(zip([0x2070, 0xB9, 0xB2, 0xB3, *range(0x2074, 0x207A)], "0123456789"))
font = TTFont(SOURCES / FACES["commissioner"][0], recalcTimestamp=False)
options = subset.Options()
options.flavor = "woff2"
options.hinting = False
options.layout_features = []
figures = font.getBestCmap()
glyphs = {raised: figures[ord(figure)] for raised, figure in RAISED.items()}
for table in font["cmap"].tables:
    if table.isUnicode():
        table.cmap.update(glyphs)
cutter = subset.Subsetter(options)
cutter.populate(unicodes=RAISED)
cutter.subset(font)
subset.save_font(font, OUT / "commissioner-raised.woff2", options)
for family in ("literata", "commissioner"):
    shutil.copy(SOURCES / family / "LICENSE_FONT", OUT / f"{family}-OFL.txt")
