"""The names of countries that the shop sends to most; any other goes by its code."""

from typing import Final

from watchstore.domain.address import Address
from watchstore.domain.language import Language

_NAMES: Final = {
    "AT": ("Austria", "Österreich"),
    "AU": ("Australia", "Australien"),
    "BE": ("Belgium", "Belgien"),
    "BG": ("Bulgaria", "Bulgarien"),
    "CA": ("Canada", "Kanada"),
    "CH": ("Switzerland", "Schweiz"),
    "CY": ("Cyprus", "Zypern"),
    "CZ": ("Czechia", "Tschechien"),
    "DE": ("Germany", "Deutschland"),
    "DK": ("Denmark", "Dänemark"),
    "EE": ("Estonia", "Estland"),
    "ES": ("Spain", "Spanien"),
    "FI": ("Finland", "Finnland"),
    "FR": ("France", "Frankreich"),
    "GB": ("United Kingdom", "Vereinigtes Königreich"),
    "GR": ("Greece", "Griechenland"),
    "HK": ("Hong Kong", "Hongkong"),
    "HR": ("Croatia", "Kroatien"),
    "HU": ("Hungary", "Ungarn"),
    "IE": ("Ireland", "Irland"),
    "IT": ("Italy", "Italien"),
    "JP": ("Japan", "Japan"),
    "LI": ("Liechtenstein", "Liechtenstein"),
    "LT": ("Lithuania", "Litauen"),
    "LU": ("Luxembourg", "Luxemburg"),
    "LV": ("Latvia", "Lettland"),
    "MC": ("Monaco", "Monaco"),
    "MT": ("Malta", "Malta"),
    "NL": ("Netherlands", "Niederlande"),
    "NO": ("Norway", "Norwegen"),
    "PL": ("Poland", "Polen"),
    "PT": ("Portugal", "Portugal"),
    "RO": ("Romania", "Rumänien"),
    "SE": ("Sweden", "Schweden"),
    "SG": ("Singapore", "Singapur"),
    "SI": ("Slovenia", "Slowenien"),
    "SK": ("Slovakia", "Slowakei"),
    "US": ("United States", "Vereinigte Staaten"),
}


def country_text(code: str, language: Language) -> str:
    english, german = _NAMES.get(code, (code, code))
    return german if language is Language.DE else english


def label(address: Address, language: Language) -> tuple[str, ...]:
    """The lines of a postal label."""
    place = " ".join(filter(None, (address.postcode, address.city)))
    lines = (address.name, address.extra, address.street, place, address.region)
    return (*filter(None, lines), country_text(address.country, language))
