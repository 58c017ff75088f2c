// The countries that an address can be in, in the words of the page.

import { html, language, t } from "./html.js";
import { countryName } from "./sheet.js";

const COUNTRIES = ("AT AU BE BG BR CA CH CL CY CZ DE DK EE ES FI FR GB GR HK HR HU IE IL IN IS IT JP KR LI LT LU LV MC MT MX MY NL NO NZ "
  + "PL PT RO SA SE SG SI SK TH TR TW US ZA AE").split(" ");

export function countryField(chosen) {
  const codes = COUNTRIES.includes(chosen) ? COUNTRIES : [...COUNTRIES, chosen];
  const sorted = [...codes].sort((a, b) => countryName(a).localeCompare(countryName(b), language));
  return html`<p class="field"><label for="f-country">${t("Country")}</label><select id="f-country" name="country" autocomplete="country" required aria-describedby="f-country-fault">
    ${sorted.map((code) => html`<option value="${code}" ${code === chosen && html`selected`}>${countryName(code)}</option>`)}</select><span class="fault" id="f-country-fault"></span></p>`;
}
