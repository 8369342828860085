"""The scripts are run by tests and not imported, because their engines may be missing."""

from pathlib import Path

collect_ignore = [path.name for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("test_")]
