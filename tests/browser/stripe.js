// Stands for Stripe's own script: the same calls, and a frame of its own origin.
window.stripeCalls = [];
window.Stripe = (key, options) => {
  window.stripeCalls.push(["Stripe", key, options]);
  return {
    elements(given) {
      window.stripeCalls.push(["elements", given]);
      const listeners = {};
      const fields = {
        on: (name, listener) => (listeners[name] = listener),
        mount(node) {
          const frame = document.createElement("iframe");
          frame.title = "Secure card fields";
          frame.src = "https://js.stripe.com/v3/fields.html";
          frame.addEventListener("load", () => listeners.ready());
          node.append(frame);
        },
        focus: () => {},
      };
      return { create: () => fields, submit: async () => ({}), update: () => {} };
    },
    async createPaymentMethod({ params }) {
      window.stripeCalls.push(["createPaymentMethod", params]);
      if (window.cardFault) return { error: { message: window.cardFault } };
      return { paymentMethod: { id: "pm_1Fake", card: { brand: "visa", last4: "4242" } } };
    },
    async handleNextAction(given) {
      window.stripeCalls.push(["handleNextAction", given]);
      return window.bankFault ? { error: { message: window.bankFault } } : { paymentIntent: {} };
    },
  };
};
