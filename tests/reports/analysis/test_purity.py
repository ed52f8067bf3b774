import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MODULES = [f"reports.analysis.{path.stem}" for path in sorted((ROOT / "reports/analysis").glob("[!_]*.py"))]


@pytest.mark.parametrize("modules", [["evaluations.scoring"], MODULES], ids=["scoring", "analysis"])
def test_the_core_is_importable_without_django(modules):
    program = f"import sys, {', '.join(modules)}; sys.exit('django' in sys.modules)"
    # An empty environment: no settings module can help.
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env={}, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
