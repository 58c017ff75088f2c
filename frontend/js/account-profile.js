// Who one is: name, password, devices, all data as a file, and the end of the account.

import "./page.js";
import { busy, member, name as entitle, place, said } from "./after.js";
import { api } from "./api.js";
import { PASSWORD, field, onSubmit, tell } from "./form.js";
import { date, home, html, render, t, toast } from "./html.js";
import { forget } from "./wishes.js";

const device = (row) => html`<li><span>${agent(row.device)}${row.current && html` <small>${t("this device")}</small>`}<br><small>${t("since {day}", { day: date(row.started_at) })}</small></span>
  ${!row.current && html`<button class="button quiet" type="button" data-end="${row.id}" aria-label="${t("Sign out {device}", { device: agent(row.device) })}">${t("Sign out")}</button>`}</li>`;

function agent(text) {
  const browser = ["Edg", "Firefox", "Chrome", "Safari"].find((each) => text.includes(each)) ?? t("Browser");
  const system = ["iPhone", "iPad", "Android", "Windows", "Mac", "Linux"].find((each) => text.includes(each));
  return [browser.replace("Edg", "Edge"), system].filter(Boolean).join(" · ");
}

const section = (id, heading, content) => html`<section class="section" aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>${content}</section>`;
const email = (address) => html`<input type="email" autocomplete="username" value="${address}" hidden>`;

const you = (account) => section("you", t("You"), html`<form class="form narrow" data-name><div data-told></div><p><small>${t("E-mail")}</small><br>${account.email}</p>
  ${field("name", t("Name"), { value: account.name, autocomplete: "name" })}<p><button class="button quiet" type="submit">${t("Save the name")}</button></p></form>`);

const password = (account) => section("password", t("Password"), html`<form class="form narrow" data-password><div data-told></div>${email(account.email)}
  ${field("current", t("Current password"), { type: "password", autocomplete: "current-password" })}
  ${field("new", t("New password, 8 characters or more"), { type: "password", autocomplete: "new-password", more: PASSWORD })}
  <p><button class="button quiet" type="submit">${t("Change the password")}</button></p></form>`);

const devices = ({ items, total }) => section("devices", t("Where you are signed in"), html`<ul class="rows orders">${items.map(device)}</ul>
  <p class="actions">${total > 1 && html`<button class="button quiet" type="button" data-end-others>${t("Sign out everywhere else")}</button>`}
  <button class="button quiet" type="button" data-leave>${t("Sign out")}</button></p>`);

const data = () => section("data", t("Your data"), html`<p>${t("Everything that we keep about you, as one file: account, addresses, saved watches, bag and orders.")}</p>
  <p><button class="button quiet" type="button" data-export>${t("Download my data")}</button></p>`);

const end = (account) => section("end", t("Delete the account"), html`<p>${t("Addresses, saved watches, bag and name are erased at once and for good. Orders that were placed stay in our books, as the law wants it; you can still track them.")}</p>
  <details class="danger"><summary>${t("I want to delete my account")}</summary><form class="form narrow" data-erase><div data-told></div>${email(account.email)}
  <p class="field"><label for="f-password">${t("Your password")}</label><input id="f-password" name="password" type="password" autocomplete="current-password" required aria-describedby="f-password-fault"><span class="fault" id="f-password-fault"></span></p>
  <p><button class="button bad" type="submit">${t("Delete it for good")}</button></p></form></details>`);

function draw([account, sessions]) {
  render(place, html`${you(account)}${password(account)}${devices(sessions)}${data()}${account.role === "customer" && end(account)}`);
  const find = (each) => place.querySelector(`[data-${each}]`);
  onSubmit(find("name"), async (body) => {
    await api("PATCH", "/account", { body });
    tell(find("name"), t("Saved."), "good");
  });
  onSubmit(find("password"), async ({ current, new: fresh }) => {
    try {
      await api("PUT", "/account/password", { body: { current, new: fresh } });
    } catch (problem) {
      return refused(find("password"), problem);
    }
    find("password").reset();
    await api("GET", "/sessions").then((found) => render(place.querySelector(".rows"), html`${found.items.map(device)}`), () => {});
    return tell(find("password"), t("The password is changed. Other devices were signed out."), "good");
  });
  if (find("erase")) onSubmit(find("erase"), ({ password: given }) => erase(find("erase"), given));
}

function refused(form, problem) {
  if (problem.code === "sign_in_refused") return tell(form, t("This is not your current password."));
  if (problem.code === "too_many_attempts") return tell(form, said(problem));
  throw problem;
}

async function erase(form, given) {
  try {
    await api("DELETE", "/account", { body: { password: given } });
  } catch (problem) {
    return refused(form, problem);
  }
  forget();
  entitle(t("Goodbye"));
  document.querySelector(".member-nav")?.remove();
  render(place, html`<div class="narrow"><p class="good" role="status" tabindex="-1">${t("Your account is deleted. Thank you for the time with us.")}</p><p class="section"><a class="button quiet" href="${home}">${t("Back to the shop")}</a></p></div>`);
  return place.querySelector("[role=status]").focus();
}

async function download() {
  const file = new Blob([JSON.stringify(await api("GET", "/account/export"), null, 2)], { type: "application/json" });
  const way = document.createElement("a");
  way.href = URL.createObjectURL(file);
  way.download = "watchstore-account.json";
  way.click();
  URL.revokeObjectURL(way.href);
}

async function act({ end: id, endOthers, leave, export: file }) {
  if (file !== undefined) return download();
  if (leave !== undefined) {
    await api("DELETE", "/session");
    forget();
    return location.assign(home);
  }
  if (id) await api("DELETE", `/sessions/${id}`);
  else if (endOthers !== undefined) await api("DELETE", "/sessions");
  await load();
  return toast(t("Signed out."));
}

place.addEventListener("click", ({ target }) => {
  const button = target.closest("button[type=button]");
  if (button) busy(button, () => act(button.dataset).catch((problem) => toast(said(problem))));
});

const load = member((signal) => Promise.all([api("GET", "/account", { signal }), api("GET", "/sessions", { signal })]), draw);
