"""One spelling per brand: the catalogue's own, whatever letters a file has for it."""

from collections.abc import Iterable

from watchstore.domain.watch import Brand


class Spellings:
    """Brands are the same when their addresses are: `A. Lange & Sohne`, `A. Lange & Söhne`."""

    def __init__(self, known: Iterable[Brand]) -> None:
        self._known = {brand.slug: brand for brand in known}

    def of(self, brand: Brand) -> Brand:
        """The known spelling, else from now on this one."""
        return self._known.setdefault(brand.slug, brand)
