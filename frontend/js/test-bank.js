// The bank of the test gateway: its question and the buyer's answer, in the place of a real window.

import { api } from "./api.js";
import { html, render, t } from "./html.js";

function answered() {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  dialog.setAttribute("aria-labelledby", "ask");
  render(dialog, html`<form class="form" method="dialog"><h2 id="ask">${t("The test bank")}</h2>
    <p>${t("This shop is a demonstration. A real bank would now make sure that it is you.")}</p>
    <p class="actions"><button class="button" type="submit" value="yes">${t("Confirm the payment")}</button><button class="button quiet" type="submit" value="no">${t("Refuse it")}</button></p></form>`);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => {
    dialog.remove();
    done(dialog.returnValue);
  }));
}

// As with a real bank, leaving its window is no answer.
export async function confirmAtBank(_key, clientSecret) {
  const answer = await answered();
  if (answer) await api("POST", "/payments/challenges", { body: { client_secret: clientSecret, approved: answer === "yes" } });
}
