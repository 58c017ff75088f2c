import "./page.js";
import { recents, refreshInView } from "./cards.js";

refreshInView(document.querySelectorAll(".card"));
recents(document.querySelector("[data-recents]"));
