// Fills in a form as PDF.js, the engine in Firefox, does it, with the scripts that it runs, and saves it:
//   node fill.mjs FORM.pdf VALUES.json COPY.pdf
// The values are {"field": "text", ...}, of a menu the entry; for a check box or a radio button the name of its state.
// Prints {"field": "value", ...}: what the form's scripts have written into other fields.

import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

// The sandbox for scripts talks to a browser's window.
const events = new EventTarget();
globalThis.window = globalThis;
globalThis.addEventListener = events.addEventListener.bind(events);
globalThis.dispatchEvent = events.dispatchEvent.bind(events);
const pdfjs = await import("pdfjs-dist/legacy/build/pdf.mjs");
const { QuickJSSandbox } = await import("pdfjs-dist/legacy/build/pdf.sandbox.mjs");

const [form, values, copy] = process.argv.slice(2);
const pdfjsFolder = new URL("node_modules/pdfjs-dist/", import.meta.url);
const loading = pdfjs.getDocument({
  data: new Uint8Array(await readFile(form)),
  cMapUrl: fileURLToPath(new URL("cmaps/", pdfjsFolder)),
  cMapPacked: true,
  standardFontDataUrl: fileURLToPath(new URL("standard_fonts/", pdfjsFolder)),
  verbosity: pdfjs.VerbosityLevel.ERRORS,
});
const pdf = await loading.promise;
const objects = await pdf.getFieldObjects();
const names = new Map(Object.entries(objects).flatMap(([name, parts]) => parts.map(({ id }) => [id, name])));

const written = {};
addEventListener("updatefromsandbox", ({ detail: { id, value } }) => {
  if (id && value !== undefined) {
    written[names.get(id)] = String(value);
    pdf.annotationStorage.setValue(id, { value: String(value) });
  }
});
const sandbox = await QuickJSSandbox();
sandbox.create({
  objects,
  calculationOrder: await pdf.getCalculationOrderIds(),
  appInfo: { platform: "test", language: "en-US" },
  docInfo: { actions: null, numPages: pdf.numPages },
});

for (const [name, value] of Object.entries(JSON.parse(await readFile(values, "utf8")))) {
  for (const { id, type, exportValues } of objects[name].filter(({ rect }) => rect)) {
    if (type === "text" || type === "combobox") {
      pdf.annotationStorage.setValue(id, { value });
    } else {
      const pressed = exportValues === value;
      pdf.annotationStorage.setValue(id, { value: pressed });
      if (pressed) {
        sandbox.dispatchEvent({ id, name: "Action", value: true });
      }
    }
  }
}
await new Promise((resolve) => setTimeout(resolve, 50)); // the sandbox answers on timers
await writeFile(copy, await pdf.saveDocument());
sandbox.nukeSandbox();
await loading.destroy();
process.stdout.write(JSON.stringify(written) + "\n");
