"""Runs type checkers and reads what they report.

Strategy: the files of this folder are programs about OpenAI. For every provider they are written
into one folder under the provider's names, next to a module of the SDK's own types, and each
checker runs over that folder once. What it reports is compared by line with the marks in the files:
`# error` is for every checker, `# error: mypy, ty - why` for those that are named.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from natives import NATIVES

__all__ = ["CHECKERS", "ROOT", "Checker", "Report", "expected", "run", "write_programs"]

ROOT = Path(__file__).resolve().parent.parent.parent
