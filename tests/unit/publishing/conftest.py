import pytest
from tests.harness.language import a_watch, an_offer
from tests.harness.shop import House, memory_shop


@pytest.fixture
def house() -> House:
    """Three watches of two brands, two of them for sale."""
    made = memory_shop()
    an_offer(made, price="5800", watch=a_watch(made, "SBGA211"))
    an_offer(made, price="9100", watch=a_watch(made, "SBGA413"))
    a_watch(made, "AB-1", brand="<b>Lange & Söhne</script>")
    return made
