"""What every suite shares: the import path, --remote, and a server for the session."""
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))


def pytest_addoption(parser):
    parser.addoption("--remote", help="test this endpoint instead of starting build/grebe")


@pytest.fixture(scope="session")
def remote(request, tmp_path_factory):
    """The address of the server under test."""
    given = request.config.getoption("--remote")
    if given:
        yield given
        return
    from server import Server

    with Server(tmp_path_factory.mktemp("server")) as server:
        yield server.remote
