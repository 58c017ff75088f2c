import pytest
from tests.http.site import Browser, Site, a_site


@pytest.fixture
def site() -> Site:
    return a_site()


@pytest.fixture
def browser(site: Site) -> Browser:
    return site.browser()


@pytest.fixture
def customer(site: Site) -> Browser:
    return site.signed_in("customer")


@pytest.fixture
def manager(site: Site) -> Browser:
    return site.signed_in("manager")
