"""How every picture looks: its colours, its typeface, what matplotlib needs to know of them."""

from pathlib import Path

import matplotlib
from matplotlib import font_manager

TEAL, AMBER, INK, GREY, LINE, BAND = "#0f5257", "#92500a", "#1d2526", "#566164", "#d5dbdc", "#e9edee"
PALE_TEAL = "#a9cdd0"
OPEN_SANS = Path("/usr/share/fonts/truetype/open-sans")
OPEN_SANS_FILES = ("OpenSans-Regular.ttf", "OpenSans-Bold.ttf")


def _register_font() -> str:
    """The family to draw with: Open Sans by path where it is installed, else what matplotlib ships."""
    files = [OPEN_SANS / name for name in OPEN_SANS_FILES]
    if not all(file.is_file() for file in files):
        return "DejaVu Sans"
    for file in files:
        font_manager.fontManager.addfont(file)
    return "Open Sans"


matplotlib.rcParams.update(
    {
        "font.family": [_register_font(), "DejaVu Sans"],
        "font.size": 8.5,
        "svg.fonttype": "path",
        "svg.hashsalt": "asn-eval",
        "axes.unicode_minus": True,
        # "$10^{" in a unit or a label is money or nonsense, never a formula.
        "text.parse_math": False,
        "axes.edgecolor": LINE,
        "axes.labelcolor": GREY,
        "text.color": INK,
        "xtick.color": GREY,
        "ytick.color": INK,
        "hatch.linewidth": 0.6,
    }
)
