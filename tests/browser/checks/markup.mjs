// Validates pages: a path per line on standard input, an answer in JSON per line on standard output.

import { createInterface } from "node:readline";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const validator = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
    // What a search suggests while one types is a listbox that no <select> can be (ARIA combobox).
    // A facet is a group of boxes under one name. Stripe's script changes whenever Stripe wants.
    rules: {
      "require-sri": ["error", { target: "crossorigin", exclude: ["https://js.stripe.com/"] }],
      "prefer-native-element": ["error", { exclude: ["listbox"] }],
      "form-dup-name": ["error", { shared: ["radio", "checkbox", "submit", "reset", "button"] }],
    },
  }),
);

for await (const path of createInterface({ input: process.stdin })) {
  const report = await validator.validateFile(path);
  const faults = report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector, line }) => `${ruleId}: ${message} (${selector ?? line})`),
  );
  process.stdout.write(`${JSON.stringify(faults)}\n`);
}
