#!/usr/bin/env python3
"""notes_floor.py FIGURES FLOOR: fails where a figure that `score_notes.py --json` wrote is below the floor's.

FLOOR is JSON with any of the totals `precision`, `recall` and `f1`, e.g. {"precision": 0.95, "recall": 0.9}.
"""
import json
import pathlib
import sys

figures, floor = (json.loads(pathlib.Path(path).read_text()) for path in sys.argv[1:3])
below = [f"{name} {figures[name]:.4f}, floor {least}" for name, least in floor.items() if figures[name] < least]
print("below the floor: " + "; ".join(below) if below else "no figure of the notes is below the floor")
sys.exit(bool(below))
