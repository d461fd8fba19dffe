"""One office and its desk for the page's tests."""

import pytest

from assistant.web.desk import Desk
from tests.web.office import Office, office


@pytest.fixture(scope="session")
def our_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office over the shipped corpus."""
    return office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def desk(our_office: Office) -> Desk:
    """Its desk."""
    return Desk(our_office)
