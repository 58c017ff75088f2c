// The account: orders, name, password, devices.

import "./page.js";
import { api, explain } from "./api.js";
import { PASSWORD, field, onSubmit, tell } from "./form.js";
import { date, home, html, money, render, t, toast } from "./html.js";
import { keep } from "./kept.js";
import { STATES } from "./orders.js";

const place = document.querySelector("[data-content]");

const order = (row) => html`<li><a href="${home}order/?number=${row.number}"><b>${row.number}</b><span>${date(row.placed_at)}</span>
  <span>${t(STATES[row.state])}</span><span>${money(row.total)}</span></a></li>`;

const device = (row) => html`<li><span>${agent(row.device)}${row.current && html` <small>${t("this device")}</small>`}<br><small>${t("since {day}", { day: date(row.started_at) })}</small></span>
  ${!row.current && html`<button class="button quiet" type="button" data-end="${row.id}">${t("Sign out")}</button>`}</li>`;

function agent(text) {
  const browser = ["Edg", "Firefox", "Chrome", "Safari"].find((name) => text.includes(name)) ?? t("Browser");
  const system = ["iPhone", "iPad", "Android", "Windows", "Mac", "Linux"].find((name) => text.includes(name));
  return [browser.replace("Edg", "Edge"), system].filter(Boolean).join(" · ");
}

function draw(account, orders, devices) {
  document.querySelector("h1").textContent = t("Good day, {name}.", account);
  render(place, html`
    ${!account.verified && html`<p class="good">${t("Please confirm your e-mail address: open the link in the mail that we sent you.")}</p>`}
    <section class="section" aria-labelledby="orders"><h2 id="orders">${t("Your orders")}</h2>
      ${orders.items.length ? html`<ul class="orders">${orders.items.map(order)}</ul>` : html`<p class="waiting">${t("No orders yet.")}</p>`}
      ${orders.next && html`<p><button class="button quiet" type="button" data-more="${orders.next}">${t("Earlier orders")}</button></p>`}</section>
    <section class="section" aria-labelledby="profile"><h2 id="profile">${t("Your name")}</h2>
      <form class="form narrow" data-name><div data-told></div><p>${account.email}</p>${field("name", t("Name"), { value: account.name, autocomplete: "name" })}
      <button class="button quiet" type="submit">${t("Save")}</button></form></section>
    <section class="section" aria-labelledby="password"><h2 id="password">${t("Password")}</h2>
      <form class="form narrow" data-password><div data-told></div>
      <input type="email" autocomplete="username" value="${account.email}" hidden>
      ${field("current", t("Current password"), { type: "password", autocomplete: "current-password" })}
      ${field("new", t("New password, 8 characters or more"), { type: "password", autocomplete: "new-password", more: PASSWORD })}
      <button class="button quiet" type="submit">${t("Change the password")}</button></form></section>
    <section class="section" aria-labelledby="devices"><h2 id="devices">${t("Where you are signed in")}</h2>
      <ul class="rows orders">${devices.items.map(device)}</ul>
      <p class="actions">${devices.total > 1 && html`<button class="button quiet" type="button" data-end-others>${t("Sign out everywhere else")}</button>`}
      <button class="button" type="button" data-leave>${t("Sign out")}</button></p></section>`);
  onSubmit(place.querySelector("[data-name]"), async (body) => {
    const renamed = await api("PATCH", "/account", { body });
    document.querySelector("h1").textContent = t("Good day, {name}.", renamed);
    tell(place.querySelector("[data-name]"), t("Saved."), "good");
  });
  const password = place.querySelector("[data-password]");
  onSubmit(password, async ({ current, new: fresh }) => {
    await api("PUT", "/account/password", { body: { current, new: fresh } });
    password.reset();
    tell(password, t("The password is changed. Other devices were signed out."), "good");
  });
}

async function act(button) {
  const { end, more, endOthers, leave } = button.dataset;
  if (end) await api("DELETE", `/sessions/${end}`);
  else if (endOthers !== undefined) await api("DELETE", "/sessions");
  else if (leave !== undefined) {
    await api("DELETE", "/session");
    keep("bag", []);
    return location.assign(home);
  } else if (more) {
    const page = await api("GET", `/orders?cursor=${encodeURIComponent(more)}`);
    const list = document.createElement("ul");
    render(list, html`${page.items.map(order)}`);
    place.querySelector(".orders").append(...list.children);
    if (page.next) button.dataset.more = page.next;
    else button.remove();
    return undefined;
  } else return undefined;
  return load();
}

place.addEventListener("click", (event) => {
  const button = event.target.closest("button[type=button]");
  if (button) act(button).catch((problem) => toast(explain(problem)));
});

const signIn = () => location.replace(`${home}sign-in/?next=${encodeURIComponent(location.pathname)}`);

async function load() {
  try {
    // Asked first, because a refusal is an error in the console and being a guest is none.
    if (!(await api("GET", "/session")).user) return signIn();
    draw(...(await Promise.all([api("GET", "/account"), api("GET", "/orders"), api("GET", "/sessions")])));
  } catch (problem) {
    if (problem.code === "not_signed_in") return signIn();
    render(place, html`<p class="alert" role="alert">${explain(problem)}</p><p class="section"><button class="button quiet" type="button" data-retry>${t("Try again")}</button></p>`);
    place.querySelector("[data-retry]").addEventListener("click", load);
  }
}

load();
