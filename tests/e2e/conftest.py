"""The raw protocol is spoken with the newer client's messages; the older client skips those files."""
import os

import pytest

if os.environ.get("GREBE_ENVIRONMENT") == "py35":
    collect_ignore = ["test_service.py", "test_faults.py", "test_interrupt.py", "test_lifecycle.py"]


@pytest.fixture
def wire(remote):
    """A raw session at the server under test."""
    from wire import Wire

    with Wire(remote.removeprefix("sc://")) as made:
        yield made
