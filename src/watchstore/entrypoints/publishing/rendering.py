"""Pages from templates: everything escaped, nothing undefined."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from watchstore.entrypoints.publishing.deliveries import ZONES, delivery_fees
from watchstore.entrypoints.publishing.facts import facts_of
from watchstore.entrypoints.publishing.languages import Language
from watchstore.entrypoints.publishing.pages import Page
from watchstore.entrypoints.publishing.structured import breadcrumbs, product, script_text


class Renderer:
    def __init__(
        self,
        templates: Path,
        assets: Mapping[str, str],
        languages: tuple[Language, ...],
        public_url: str,
    ) -> None:
        self.assets = assets
        self.public_url = public_url
        self.languages = languages
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals.update(
            delivery_fees=delivery_fees,
            zones=tuple(ZONES),
            facts_of=facts_of,
            product=product,
            breadcrumbs=breadcrumbs,
            script_text=script_text,
        )

    def render(self, page: Page, language: Language, version: int) -> str:
        template = self._environment.get_template(page.template)
        return template.render(
            **page.content,
            **self._frame(page, language),
            page=page,
            language=language,
            version=version,
        )

    def _frame(self, page: Page, language: Language) -> dict[str, Any]:
        home = f"/{language.prefix}"
        return {
            "t": language.say,
            "assets": {**self.assets, "js": f"{self.assets['js']}/{language.code}"},
            "home": home,
            "origin": self.public_url,
            "address": f"{self.public_url}{home}{page.path}",
            "translations": [
                (other, f"{self.public_url}/{other.prefix}{page.path}") for other in self.languages
            ],
        }
