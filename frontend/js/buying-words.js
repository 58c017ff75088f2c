// The words of bag, checkout and thanks, which no other page has to load.

import { language, learn } from "./html.js";

if (language === "de") learn((await import("./words.buying.de.js")).default);
