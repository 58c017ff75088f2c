from collections.abc import Iterator

import pytest
from tests.harness.books import books_agree
from tests.http.site import Browser, Site, a_site


@pytest.fixture
def site() -> Iterator[Site]:
    """Whatever a test does to it, its books agree in the end."""
    built = a_site()
    yield built
    books_agree(built.house.rival)


@pytest.fixture
def browser(site: Site) -> Browser:
    return site.browser()


@pytest.fixture
def customer(site: Site) -> Browser:
    return site.signed_in("customer")


@pytest.fixture
def manager(site: Site) -> Browser:
    return site.signed_in("manager")


@pytest.fixture(scope="module")
def still() -> Site:
    """A site that a whole module shares: for calls that are refused and change nothing."""
    return a_site()


@pytest.fixture(scope="module")
def still_customer(still: Site) -> Browser:
    return still.signed_in("customer")


@pytest.fixture(scope="module")
def still_manager(still: Site) -> Browser:
    return still.signed_in("manager")
