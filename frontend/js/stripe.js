// Stripe's own script, fetched from Stripe when a card is asked for and not before.

import { language } from "./html.js";

const ADDRESS = "https://js.stripe.com/v3/";
let coming;
let made;

function fetched() {
  coming ??= new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = ADDRESS;
    script.addEventListener("load", () => done(window.Stripe));
    script.addEventListener("error", () => {
      coming = undefined; // tried anew the next time
      script.remove();
      fail(new Error("Stripe's script did not come"));
    });
    document.head.append(script);
  });
  return coming;
}

async function stripe(key) {
  const build = await fetched();
  made ??= build(key, { locale: language });
  return made;
}

// The fields of a card, in frames of Stripe's that look like ours.
export async function cardFields(key, node, total) {
  const client = await stripe(key);
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const elements = client.elements({
    mode: "payment",
    amount: total.amount,
    currency: total.currency.toLowerCase(),
    captureMethod: "manual",
    paymentMethodCreation: "manual",
    paymentMethodTypes: ["card"],
    appearance: {
      theme: isDark ? "night" : "stripe",
      variables: { borderRadius: colour("--radius"), colorPrimary: isDark ? "#8fd1b6" : "#1f4d3f" },
    },
  });
  const fields = elements.create("payment", { layout: "tabs" });
  fields.mount(node);
  await new Promise((done, fail) => {
    fields.on("ready", done);
    fields.on("loaderror", ({ error }) => fail(new Error(error.message)));
  });
  return {
    // A token for the card; the figures of the card never come near us.
    async token(billing) {
      const checked = await elements.submit();
      if (checked.error) throw checked.error;
      const { error, paymentMethod } = await client.createPaymentMethod({ elements, params: { billing_details: billing } });
      if (error) throw error;
      return paymentMethod;
    },
    update: ({ amount }) => elements.update({ amount }),
    focus: () => fields.focus(),
  };
}

// The bank asks its customer; resolves when it has been answered, either way.
export async function confirmAtBank(key, clientSecret) {
  const client = await stripe(key);
  const { error } = await client.handleNextAction({ clientSecret });
  return error ?? null;
}
